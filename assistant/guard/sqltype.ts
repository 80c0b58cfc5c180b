import type { ColumnType } from '../../collector/schema/types.ts';

/** A type as Trino knows it, as far as the contract and its functions need types. */
export type SqlType =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'integer' }
  | { readonly kind: 'bigint' }
  | { readonly kind: 'double' }
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  /** `length` is known of a CAST's target only. */
  | { readonly kind: 'varchar'; readonly length?: number }
  /** Read by JSON functions; never compared, sorted or given out. */
  | { readonly kind: 'json' }
  | { readonly kind: 'date' }
  | { readonly kind: 'timestamp' }
  | { readonly kind: 'interval'; readonly of: 'time' | 'months' }
  | { readonly kind: 'array'; readonly element: SqlType }
  | { readonly kind: 'map'; readonly key: SqlType; readonly value: SqlType }
  /** A lambda; only ever an argument. */
  | { readonly kind: 'function'; readonly result: SqlType };

export const NULL_TYPE: SqlType = { kind: 'null' };
export const BOOLEAN: SqlType = { kind: 'boolean' };
export const INTEGER: SqlType = { kind: 'integer' };
export const BIGINT: SqlType = { kind: 'bigint' };
export const DOUBLE: SqlType = { kind: 'double' };
export const VARCHAR: SqlType = { kind: 'varchar' };
export const JSON_TYPE: SqlType = { kind: 'json' };
export const DATE: SqlType = { kind: 'date' };
export const TIMESTAMP: SqlType = { kind: 'timestamp' };
export const arrayOf = (element: SqlType): SqlType => ({ kind: 'array', element });
export const decimal = (precision: number, scale: number): SqlType => ({
  kind: 'decimal',
  precision: Math.min(38, Math.max(precision, 1)),
  scale,
});

/** The type of a column of the contract. */
export function columnType(type: ColumnType): SqlType {
  switch (type) {
    case 'array(varchar)':
      return arrayOf(VARCHAR);
    case 'map(varchar, varchar)':
      return { kind: 'map', key: VARCHAR, value: VARCHAR };
    default:
      return { kind: type };
  }
}

/** The name of a type as the contract spells it; `unknown` for a bare NULL, as in Trino. */
export function typeName(t: SqlType): string {
  switch (t.kind) {
    case 'null':
      return 'unknown';
    case 'decimal':
      return `decimal(${t.precision}, ${t.scale})`;
    case 'array':
      return `array(${typeName(t.element)})`;
    case 'map':
      return `map(${typeName(t.key)}, ${typeName(t.value)})`;
    case 'interval':
      return t.of === 'time' ? 'interval day to second' : 'interval year to month';
    default:
      return t.kind;
  }
}

/** How DuckDB spells a type. */
export function duckdbTypeName(t: SqlType): string {
  switch (t.kind) {
    case 'decimal':
      return `DECIMAL(${t.precision}, ${t.scale})`;
    case 'array':
      return `${duckdbTypeName(t.element)}[]`;
    case 'map':
      return `MAP(${duckdbTypeName(t.key)}, ${duckdbTypeName(t.value)})`;
    case 'null':
      return 'INTEGER';
    default:
      return t.kind.toUpperCase();
  }
}

export const sameType = (a: SqlType, b: SqlType): boolean => typeName(a) === typeName(b);

export const isInteger = (t: SqlType): boolean => t.kind === 'integer' || t.kind === 'bigint';
export const isNumber = (t: SqlType): boolean =>
  isInteger(t) || t.kind === 'double' || t.kind === 'decimal';
export const isTemporal = (t: SqlType): boolean => t.kind === 'date' || t.kind === 'timestamp';

/** Integers as the decimals that Trino widens them to. */
export function asDecimal(t: SqlType): { readonly precision: number; readonly scale: number } {
  if (t.kind === 'decimal') return t;
  return { precision: t.kind === 'integer' ? 10 : 19, scale: 0 };
}

const numberRank = { integer: 0, bigint: 1, decimal: 2, double: 3 } as const;

/** The type both sides are brought to before they meet, or undefined where Trino has none. */
export function commonType(a: SqlType, b: SqlType): SqlType | undefined {
  if (a.kind === 'null') return b;
  if (b.kind === 'null') return a;
  if (sameType(a, b)) return a;
  if (isNumber(a) && isNumber(b)) {
    const rank = (t: SqlType) => numberRank[t.kind as keyof typeof numberRank];
    const top = Math.max(rank(a), rank(b));
    if (top === numberRank.double) return DOUBLE;
    if (top !== numberRank.decimal) return BIGINT;
    const [l, r] = [asDecimal(a), asDecimal(b)];
    const scale = Math.max(l.scale, r.scale);
    return decimal(Math.max(l.precision - l.scale, r.precision - r.scale) + scale, scale);
  }
  if (isTemporal(a) && isTemporal(b)) return TIMESTAMP;
  if (a.kind === 'array' && b.kind === 'array') {
    const element = commonType(a.element, b.element);
    return element && arrayOf(element);
  }
  if (a.kind === 'map' && b.kind === 'map') {
    const key = commonType(a.key, b.key);
    const value = commonType(a.value, b.value);
    return key && value && { kind: 'map', key, value };
  }
  return undefined;
}

/** Whether a value of one type may stand where another is wanted. */
export function fits(from: SqlType, to: SqlType): boolean {
  const common = commonType(from, to);
  return common !== undefined && sameType(common, to);
}

/** Whether values of the type have an order, so that they may be sorted, compared and ranked. */
export function isOrderable(t: SqlType): boolean {
  // Trino does not order arrays that hold nulls, DuckDB does.
  return !['array', 'map', 'json', 'interval', 'function'].includes(t.kind);
}

/** Whether two values of the type can be told to be the same, so that DISTINCT means something. */
export function isComparable(t: SqlType): boolean {
  if (t.kind === 'array') return isComparable(t.element);
  return !['map', 'json', 'interval', 'function'].includes(t.kind);
}
