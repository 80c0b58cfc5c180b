/**
 * The vocabulary in which the data contract is written: column types, columns, tables, and the
 * TypeScript row types derived from them.
 *
 * A column type is spelled as Trino spells it, because Athena is the engine of record; other
 * spellings (DuckDB, Glue) are derived in `ddl.ts`.
 */

/** A column type, as Trino names it. Timestamps carry no zone and are always UTC. */
export type ColumnType =
  | 'varchar'
  | 'boolean'
  | 'integer'
  | 'bigint'
  | 'double'
  | 'date'
  | 'timestamp'
  | 'array(varchar)'
  | 'map(varchar, varchar)';

/** Words by which people name a thing, lower case, besides its own name. */
export interface Words {
  readonly en?: readonly string[];
  readonly ja?: readonly string[];
}

/** One value that a column with a closed set of values may hold. */
export interface EnumValue {
  readonly value: string;
  readonly description: string;
  readonly words?: Words;
}

/**
 * What a column means to a reader, which decides how it may be asked about:
 * - `identifier`: names one thing (an ARN, a key id); compared, counted, never summed
 * - `category`: worth grouping by
 * - `text`: free text
 * - `time`: a moment; `days`: a length of time in days; `money`: US dollars; `count`: how many
 * - `flag`: true or false
 * - `document`: JSON kept whole, for evidence rather than for filtering
 */
export type ColumnRole =
  | 'identifier'
  | 'category'
  | 'text'
  | 'time'
  | 'days'
  | 'money'
  | 'count'
  | 'flag'
  | 'document';

interface ColumnOptions {
  readonly description: string;
  readonly role: ColumnRole;
  readonly words?: Words;
  /** Written by anyone in a member account: never instructions, markup, links or SQL. */
  readonly untrusted?: true;
}

/** One column of the contract. `values` is present when the set of values is closed. */
export interface Column<
  T extends ColumnType = ColumnType,
  N extends boolean = boolean,
  V extends string = string,
> extends ColumnOptions {
  readonly type: T;
  readonly nullable: N;
  readonly values?: readonly (EnumValue & { readonly value: V })[];
}

/** A column that always has a value. */
export function required<const T extends ColumnType>(
  type: T,
  options: ColumnOptions,
): Column<T, false> {
  return { type, nullable: false, ...options };
}

/** A column whose absence means something; its description says what. */
export function nullable<const T extends ColumnType>(
  type: T,
  options: ColumnOptions,
): Column<T, true> {
  return { type, nullable: true, ...options };
}

/** A varchar column with a closed set of values. */
export function oneOf<const V extends string>(
  values: readonly (EnumValue & { readonly value: V })[],
  options: ColumnOptions,
): Column<'varchar', false, V> {
  return { type: 'varchar', nullable: false, values, ...options };
}

/** As {@link oneOf}, where the value may be absent. */
export function oneOfOrNull<const V extends string>(
  values: readonly (EnumValue & { readonly value: V })[],
  options: ColumnOptions,
): Column<'varchar', true, V> {
  return { type: 'varchar', nullable: true, values, ...options };
}

/** An array column whose elements come from a closed set of values. */
export function manyOf<const V extends string>(
  values: readonly (EnumValue & { readonly value: V })[],
  options: ColumnOptions,
): Column<'array(varchar)', false, V> {
  return { type: 'array(varchar)', nullable: false, values, ...options };
}

export type Columns = Readonly<Record<string, Column>>;

/** One table of the contract. */
export interface Table<C extends Columns = Columns> {
  readonly name: string;
  /** What one row stands for, as a noun phrase: "one KMS key". */
  readonly row: string;
  readonly description: string;
  readonly words: Words;
  /** The columns that together identify a row; the order in which rows are stored. */
  readonly sortBy: readonly string[];
  readonly columns: C;
}

/** Keeps the literal column types, and checks at compile time that `sortBy` names columns. */
export function table<const C extends Columns>(
  definition: Table<C> & { readonly sortBy: readonly (keyof C & string)[] },
): Table<C> {
  return definition;
}

type ScalarOf<T extends ColumnType, V extends string> = T extends 'varchar'
  ? V
  : T extends 'boolean'
    ? boolean
    : T extends 'integer' | 'bigint' | 'double'
      ? number
      : T extends 'date'
        ? string
        : T extends 'timestamp'
          ? Date
          : T extends 'array(varchar)'
            ? readonly V[]
            : Readonly<Record<string, string>>;

type ValueOf<K> =
  K extends Column<infer T, infer N, infer V>
    ? N extends true
      ? ScalarOf<T, V> | null
      : ScalarOf<T, V>
    : never;

/**
 * The TypeScript type of a row of a table. Timestamps are `Date` (UTC), dates are `YYYY-MM-DD`
 * strings, maps are plain objects.
 */
export type RowOf<T> =
  T extends Table<infer C> ? { readonly [K in keyof C]: ValueOf<C[K]> } : never;
