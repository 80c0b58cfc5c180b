/** A type of a result column, read from its Trino name. */
export type ValueType =
  | { readonly kind: Scalar }
  | { readonly kind: 'array'; readonly element: ValueType }
  | { readonly kind: 'map'; readonly key: Scalar; readonly value: ValueType };

export type Scalar =
  | 'varchar'
  | 'boolean'
  | 'integer'
  | 'double'
  | 'decimal'
  | 'date'
  | 'timestamp'
  | 'timestamp with time zone'
  /** A bare NULL; there is no other value of it. */
  | 'unknown';

const scalars: Readonly<Record<string, Scalar>> = {
  varchar: 'varchar',
  char: 'varchar',
  boolean: 'boolean',
  tinyint: 'integer',
  smallint: 'integer',
  integer: 'integer',
  bigint: 'integer',
  double: 'double',
  // GetQueryResults says float for a real.
  float: 'double',
  real: 'double',
  decimal: 'decimal',
  date: 'date',
  timestamp: 'timestamp',
  'timestamp with time zone': 'timestamp with time zone',
  unknown: 'unknown',
};

/**
 * Reads the name of a type, such as `map(varchar, array(bigint))` or `decimal(10, 2)`. Undefined for
 * a type that no result of the contract has.
 */
export function readType(name: string): ValueType | undefined {
  const array = /^array\((.*)\)$/s.exec(name)?.[1];
  if (array !== undefined) {
    const element = readType(array);
    return element && { kind: 'array', element };
  }
  const map = /^map\((.*)\)$/s.exec(name)?.[1];
  if (map !== undefined) {
    // The keys of a map are always simple, and only a decimal has a comma within.
    const parts = /^(decimal\(\d+, ?\d+\)|[^,(]+), ?(.*)$/s.exec(map);
    const key = scalarOf(parts?.[1] ?? '');
    const value = readType(parts?.[2] ?? '');
    return key && value && { kind: 'map', key, value };
  }
  const kind = scalarOf(name);
  return kind && { kind };
}

/** A length or a precision says nothing about how a value is read. */
const scalarOf = (name: string): Scalar | undefined =>
  scalars[name.replace(/\(\d+(?:, ?\d+)?\)/, '')];
