import type { Expr, From, LiteralExpr, Sort } from '../ast.ts';

/** What a dialect does in its own way; the rest is one renderer's. */
export interface Dialect {
  readonly name: (name: string) => string;
  /** A table or view of the contract, by its name. */
  readonly table: (name: string) => string;
  readonly literal: (e: LiteralExpr) => string;
  /** An expression that the dialect writes its own way; undefined where the common way will do. */
  readonly expr: (e: Expr, render: (e: Expr) => string) => string | undefined;
  readonly nulls: (s: Sort) => string;
  readonly typeName: (e: Extract<Expr, { kind: 'cast' }>['to']) => string;
  readonly unnest: (f: Extract<From, { kind: 'unnest' }>, render: (e: Expr) => string) => string;
  /** VALUES, whose columns Trino calls _col0, _col1 and so on. */
  readonly values: (sql: string, columns: number) => string;
  /** Puts every operand that is not simple into parentheses, rather than only where needed. */
  readonly parenthesizeAll: boolean;
}
