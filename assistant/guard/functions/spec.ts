import type { Expr } from '../ast.ts';
import {
  fits,
  isComparable,
  isInteger,
  isNumber,
  isOrderable,
  isTemporal,
  type SqlType,
  typeName,
  VARCHAR,
} from '../sqltype.ts';

/** What a DuckDB rendering may ask for. */
export interface Tools {
  /**
   * Gives values names, so that each is computed once however often it is used. What `use` makes
   * may stand in a lambda, where DuckDB allows no subquery: it must hold no argument but by name.
   */
  readonly bind: (values: readonly string[], use: (...names: string[]) => string) => string;
  /** An expression that stops the query as Trino would; null inside TRY and TRY_CAST. */
  readonly fail: (message: string) => string;
  /** An expression that stops the query where Trino would not. Inside TRY it refuses the query. */
  readonly stop: (message: string) => string;
  /** Whether an error is to become null here. */
  readonly isSoft: boolean;
  /** The body of a lambda argument. */
  readonly body: (argument: number) => string;
  /** A fresh lambda parameter. */
  readonly fresh: () => string;
  /** The arguments as checked, for their types and literals. */
  readonly args: readonly Expr[];
  readonly result: SqlType;
}

export type Render = (args: readonly string[], tools: Tools) => string;

export interface Parameter {
  /** What is wanted, for the message when something else comes. */
  readonly wanted: string;
  readonly accepts: (type: SqlType, arg: Expr) => boolean;
}

/** One function: what it takes, what it gives, and how DuckDB computes the very same. */
export interface FunctionSpec {
  readonly kind: 'scalar' | 'aggregate' | 'window';
  readonly parameters: readonly Parameter[];
  /** How many of the parameters, counted from the end, may be left out. */
  readonly optional: number;
  /** The last parameter may come any number of times. */
  readonly variadic: boolean;
  /** The type of the result, or a sentence on why the arguments do not go together. */
  readonly result: (types: readonly SqlType[], args: readonly Expr[]) => SqlType | string;
  /** Types of the parameters of a lambda argument, from the types of the other arguments. */
  readonly lambda?: (types: readonly SqlType[]) => readonly SqlType[];
  readonly duckdb: Render;
  /** For aggregates: the arguments as DuckDB is given them. */
  readonly given?: (args: readonly string[], tools: Tools) => readonly string[];
  /** For aggregates: rows whose first argument is null do not count. */
  readonly skipsNulls?: true;
  /** For aggregates: around the call with its FILTER and OVER. */
  readonly around?: (call: string, result: SqlType) => string;
  /** Only with WITHIN GROUP (ORDER BY …). */
  readonly ordered?: true;
}

export const parameter = {
  any: { wanted: 'a value', accepts: (t) => t.kind !== 'function' },
  orderable: { wanted: 'a value that has an order', accepts: isOrderable },
  text: { wanted: 'varchar', accepts: (t) => fits(t, VARCHAR) },
  number: { wanted: 'a number', accepts: (t) => isNumber(t) || t.kind === 'null' },
  whole: { wanted: 'an integer', accepts: (t) => isInteger(t) || t.kind === 'null' },
  boolean: { wanted: 'boolean', accepts: (t) => t.kind === 'boolean' || t.kind === 'null' },
  temporal: { wanted: 'date or timestamp', accepts: (t) => isTemporal(t) || t.kind === 'null' },
  timestamp: { wanted: 'date or timestamp', accepts: (t) => isTemporal(t) || t.kind === 'null' },
  array: { wanted: 'an array', accepts: (t) => t.kind === 'array' },
  comparableArray: {
    wanted: 'an array of values that can be compared',
    accepts: (t) => t.kind === 'array' && isComparable(t.element),
  },
  json: { wanted: 'varchar or json', accepts: (t) => t.kind === 'json' || fits(t, VARCHAR) },
  map: { wanted: 'a map', accepts: (t) => t.kind === 'map' },
  lambda: { wanted: 'a lambda such as x -> x = 1', accepts: (t) => t.kind === 'function' },
  /** Text that stands in the query itself, so that it can be checked before anything runs. */
  literal: { wanted: 'a text in quotes', accepts: (_t, e) => textOf(e) !== undefined },
  nonEmpty: {
    wanted: 'a text in quotes that is not empty',
    accepts: (_t, e) => (textOf(e) ?? '') !== '',
  },
  position: {
    wanted: 'a number from 1 to 1000, written out',
    accepts: (_t, e) => (wholeOf(e) ?? 0) >= 1 && (wholeOf(e) ?? 0) <= 1000,
  },
} as const satisfies Readonly<Record<string, Parameter>>;

/** The text of a literal. */
export function textOf(e: Expr | undefined): string | undefined {
  return e?.kind === 'literal' && e.value.kind === 'string' ? e.value.value : undefined;
}

/** The value of a literal whole number, with its sign. */
export function wholeOf(e: Expr | undefined): number | undefined {
  if (e?.kind === 'negate') {
    const n = wholeOf(e.operand);
    return n === undefined ? undefined : -n;
  }
  return e?.kind === 'literal' && e.value.kind === 'number' && /^\d{1,15}$/.test(e.value.text)
    ? Number(e.value.text)
    : undefined;
}

interface Options {
  readonly optional?: number;
  readonly variadic?: boolean;
  readonly lambda?: FunctionSpec['lambda'];
}

type Result = SqlType | FunctionSpec['result'];

/** A function that DuckDB has under the same name, or another one, or that takes an expression. */
export function scalar(
  parameters: readonly Parameter[],
  result: Result,
  duckdb: string | Render,
  options: Options = {},
): FunctionSpec {
  return {
    kind: 'scalar',
    parameters,
    optional: options.optional ?? 0,
    variadic: options.variadic ?? false,
    result: typeof result === 'function' ? result : () => result,
    duckdb: typeof duckdb === 'string' ? (args) => `${duckdb}(${args.join(', ')})` : duckdb,
    ...(options.lambda ? { lambda: options.lambda } : {}),
  };
}

export function aggregate(
  parameters: readonly Parameter[],
  result: Result,
  duckdb: string | Render,
  around?: FunctionSpec['around'],
): FunctionSpec {
  return {
    ...scalar(parameters, result, typeof duckdb === 'string' ? () => duckdb : duckdb),
    kind: 'aggregate',
    ...(around ? { around } : {}),
  };
}

export function windowFunction(
  parameters: readonly Parameter[],
  result: Result,
  optional = 0,
): FunctionSpec {
  return { ...scalar(parameters, result, '', { optional }), kind: 'window' };
}

export const first = (types: readonly SqlType[]): SqlType => types[0] ?? VARCHAR;

export function elementOf(types: readonly SqlType[]): SqlType {
  const t = types[0];
  return t?.kind === 'array' ? t.element : VARCHAR;
}

/** For messages: the types as a list. */
export const typeNames = (types: readonly SqlType[]): string => types.map(typeName).join(', ');
