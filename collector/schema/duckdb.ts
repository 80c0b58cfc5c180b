import { DATABASE, relations } from './relations.ts';
import type { ColumnType } from './types.ts';
import { duckdbViews, viewDefinitions } from './views.ts';

/** How DuckDB spells each column type. */
export const duckdbTypes: Readonly<Record<ColumnType, string>> = {
  varchar: 'VARCHAR',
  boolean: 'BOOLEAN',
  integer: 'INTEGER',
  bigint: 'BIGINT',
  double: 'DOUBLE',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
  'array(varchar)': 'VARCHAR[]',
  'map(varchar, varchar)': 'MAP(VARCHAR, VARCHAR)',
};

/** The statements that make the whole database in an empty DuckDB, in order. */
export function duckdbDdl(): readonly string[] {
  const tables = relations
    .filter((r) => r.kind !== 'view')
    .map((r) => {
      const columns = Object.entries(r.columns).map(
        ([name, c]) => `  "${name}" ${duckdbTypes[c.type]}${c.nullable ? '' : ' NOT NULL'}`,
      );
      return `CREATE TABLE ${DATABASE}."${r.name}" (\n${columns.join(',\n')}\n)`;
    });
  const views = viewDefinitions(duckdbViews).map(
    (v) => `CREATE VIEW ${DATABASE}."${v.name}" AS\n${v.sql}`,
  );
  return [`CREATE SCHEMA ${DATABASE}`, ...tables, ...views];
}
