import type { Relation } from '../../collector/schema/relations.ts';
import type { SqlType } from './sqltype.ts';

/**
 * The guard's own tree of a query: small, closed and immutable. What it cannot hold cannot reach an
 * engine. Lowering makes it with types unknown, resolving gives back a tree with every name bound
 * and every type told, rewriting changes that, and rendering prints it.
 */

interface Node {
  /** Offset in the submitted text; null where the node was made by the guard. */
  readonly at: number | null;
}

interface Typed extends Node {
  readonly type: SqlType;
}

export type IntervalUnit = 'second' | 'minute' | 'hour' | 'day' | 'month' | 'year';

export type LiteralValue =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'string'; readonly value: string }
  /** Digits as written, so that none is lost. */
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'date'; readonly text: string }
  | { readonly kind: 'timestamp'; readonly text: string }
  | { readonly kind: 'interval'; readonly amount: number; readonly unit: IntervalUnit };

export type CompareOperator =
  | '='
  | '<>'
  | '<'
  | '<='
  | '>'
  | '>='
  | 'IS DISTINCT FROM'
  | 'IS NOT DISTINCT FROM';

export interface Sort {
  readonly expr: Expr;
  readonly descending: boolean;
  /** Null where the author left it to Trino, which puts nulls last. */
  readonly nulls: 'first' | 'last' | null;
}

export type FrameBound =
  | { readonly kind: 'unbounded preceding' | 'unbounded following' | 'current row' }
  | { readonly kind: 'preceding' | 'following'; readonly rows: number };

export interface Frame {
  readonly unit: 'ROWS' | 'RANGE';
  readonly start: FrameBound;
  readonly end: FrameBound;
}

export interface Window {
  /** A named window that this one builds on; gone after resolving. */
  readonly base: string | null;
  readonly partitionBy: readonly Expr[];
  readonly orderBy: readonly Sort[];
  readonly frame: Frame | null;
}

export interface LiteralExpr extends Typed {
  readonly kind: 'literal';
  readonly value: LiteralValue;
}
export interface ColumnExpr extends Typed {
  readonly kind: 'column';
  readonly qualifier: string | null;
  readonly name: string;
}
export interface LambdaExpr extends Typed {
  readonly kind: 'lambda';
  readonly parameters: readonly string[];
  readonly body: Expr;
}
export interface CallExpr extends Typed {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Expr[];
  readonly star: boolean;
  readonly distinct: boolean;
  readonly orderBy: readonly Sort[];
  readonly withinGroup: boolean;
  readonly filter: Expr | null;
  readonly nulls: 'ignore' | 'respect' | null;
  readonly over: Window | null;
}

export type Expr =
  | LiteralExpr
  | ColumnExpr
  | LambdaExpr
  | CallExpr
  /** current_date and kin, until they are pinned. */
  | (Typed & { readonly kind: 'clock'; readonly name: ClockName })
  | (Typed & { readonly kind: 'not' | 'negate'; readonly operand: Expr })
  | (Typed & {
      readonly kind: 'arithmetic';
      readonly op: '+' | '-' | '*' | '/' | '%';
      readonly left: Expr;
      readonly right: Expr;
    })
  | (Typed & { readonly kind: 'concat'; readonly left: Expr; readonly right: Expr })
  | (Typed & {
      readonly kind: 'compare';
      readonly op: CompareOperator;
      readonly left: Expr;
      readonly right: Expr;
    })
  | (Typed & {
      readonly kind: 'logic';
      readonly op: 'AND' | 'OR';
      readonly operands: readonly Expr[];
    })
  | (Typed & {
      readonly kind: 'between';
      readonly operand: Expr;
      readonly low: Expr;
      readonly high: Expr;
      readonly negated: boolean;
    })
  | (Typed & {
      readonly kind: 'in';
      readonly operand: Expr;
      readonly items: readonly Expr[];
      readonly negated: boolean;
    })
  | (Typed & {
      readonly kind: 'inQuery';
      readonly operand: Expr;
      readonly query: Query;
      readonly negated: boolean;
    })
  | (Typed & {
      readonly kind: 'like';
      readonly operand: Expr;
      readonly pattern: Expr;
      readonly escape: string | null;
      readonly negated: boolean;
    })
  | (Typed & { readonly kind: 'isNull'; readonly operand: Expr; readonly negated: boolean })
  | (Typed & { readonly kind: 'exists'; readonly query: Query })
  | (Typed & {
      readonly kind: 'quantified';
      readonly op: CompareOperator;
      readonly quantifier: 'ANY' | 'ALL';
      readonly operand: Expr;
      readonly query: Query;
    })
  | (Typed & { readonly kind: 'scalarQuery'; readonly query: Query })
  | (Typed & {
      readonly kind: 'case';
      readonly operand: Expr | null;
      readonly whens: readonly { readonly when: Expr; readonly result: Expr }[];
      readonly otherwise: Expr | null;
    })
  | (Typed & {
      readonly kind: 'cast';
      readonly operand: Expr;
      readonly to: SqlType;
      /** TRY_CAST: null instead of an error. */
      readonly safe: boolean;
    })
  | (Typed & { readonly kind: 'array'; readonly items: readonly Expr[] })
  | (Typed & { readonly kind: 'subscript'; readonly base: Expr; readonly index: Expr });

export type ClockName = 'current_date' | 'current_timestamp' | 'localtimestamp' | 'now';

export interface Cte extends Node {
  readonly name: string;
  readonly columns: readonly string[] | null;
  readonly query: Query;
}

export interface Query extends Node {
  readonly ctes: readonly Cte[];
  readonly body: Body;
  readonly orderBy: readonly Sort[];
  readonly offset: number | null;
  readonly limit: number | null;
}

export type SetOperator = 'UNION' | 'INTERSECT' | 'EXCEPT';

export type Body =
  | Select
  | (Node & {
      readonly kind: 'setOperation';
      readonly op: SetOperator;
      readonly all: boolean;
      readonly left: Body;
      readonly right: Body;
    })
  | (Node & { readonly kind: 'values'; readonly rows: readonly (readonly Expr[])[] })
  | (Node & { readonly kind: 'nested'; readonly query: Query });

export interface Select extends Node {
  readonly kind: 'select';
  readonly distinct: boolean;
  readonly items: readonly Item[];
  readonly from: From | null;
  readonly where: Expr | null;
  readonly groupBy: readonly Grouping[];
  readonly having: Expr | null;
  /** Named windows; gone after resolving, which puts each where it is used. */
  readonly windows: readonly { readonly name: string; readonly window: Window }[];
}

export type Item =
  | (Node & { readonly kind: 'expression'; readonly expr: Expr; readonly alias: string | null })
  | (Node & { readonly kind: 'star'; readonly qualifier: string | null });

export type Grouping =
  | { readonly kind: 'expression'; readonly expr: Expr }
  | { readonly kind: 'sets'; readonly sets: readonly (readonly Expr[])[] }
  | { readonly kind: 'rollup' | 'cube'; readonly exprs: readonly Expr[] };

export type JoinKind = 'INNER' | 'LEFT' | 'RIGHT' | 'FULL' | 'CROSS';

export type From =
  | (Node & {
      readonly kind: 'name';
      readonly qualifier: string | null;
      readonly name: string;
      readonly alias: string | null;
      readonly columns: readonly string[] | null;
    })
  /** A relation of the contract; what a `name` becomes unless it is a CTE. */
  | (Node & {
      readonly kind: 'relation';
      readonly relation: Relation;
      readonly alias: string;
      readonly columns: readonly string[] | null;
    })
  | (Node & {
      readonly kind: 'cte';
      readonly name: string;
      readonly alias: string;
      readonly columns: readonly string[] | null;
    })
  | (Node & {
      readonly kind: 'derived';
      readonly query: Query;
      readonly lateral: boolean;
      readonly alias: string | null;
      readonly columns: readonly string[] | null;
    })
  | (Node & {
      readonly kind: 'unnest';
      readonly args: readonly Expr[];
      readonly ordinality: boolean;
      readonly alias: string | null;
      readonly columns: readonly string[] | null;
    })
  | (Node & {
      readonly kind: 'join';
      readonly join: JoinKind;
      readonly left: From;
      readonly right: From;
      readonly on: Expr | null;
      /** Gone after resolving, which turns it into `on`. */
      readonly using: readonly string[] | null;
    });
