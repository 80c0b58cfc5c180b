import { DATABASE } from '../../collector/schema/relations.ts';
import { keyConcerns, kmsKeys } from '../../collector/schema/tables.ts';
import type { Column, ColumnType } from '../../collector/schema/types.ts';

/**
 * What the dashboard of QuickSight rests on, derived from the contract. QuickSight knows no arrays and no
 * maps: those become text.
 */

export interface DataSet {
  readonly name: 'keys' | 'concerns';
  readonly sql: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** How QuickSight spells each type ("Supported data types and values"). */
const types: Readonly<Record<ColumnType, string>> = {
  varchar: 'STRING',
  boolean: 'BOOLEAN',
  integer: 'INTEGER',
  bigint: 'INTEGER',
  double: 'DECIMAL',
  date: 'DATETIME',
  timestamp: 'DATETIME',
  'array(varchar)': 'STRING',
  'map(varchar, varchar)': 'STRING',
};

/** Documents are kept whole for evidence; a dashboard has no use for them. */
const isShown = ([, { role }]: readonly [string, Column]) => role !== 'document';

function asText(name: string, type: ColumnType): string {
  if (type === 'array(varchar)') return `array_join(${name}, '; ') AS ${name}`;
  if (type === 'map(varchar, varchar)') {
    return `array_join(transform(map_entries(${name}), e -> e[1] || '=' || e[2]), '; ') AS ${name}`;
  }
  return name;
}

function dataSet(name: DataSet['name'], table: typeof kmsKeys | typeof keyConcerns): DataSet {
  const columns = (Object.entries(table.columns) as [string, Column][]).filter(isShown);
  return {
    name,
    sql: `SELECT ${columns.map(([column, { type }]) => asText(column, type)).join(', ')} FROM ${DATABASE}.${table.name}`,
    columns: columns.map(([column, { type }]) => ({ name: column, type: types[type] })),
  };
}

export const dataSets: readonly DataSet[] = [
  dataSet('keys', kmsKeys),
  dataSet('concerns', keyConcerns),
];
