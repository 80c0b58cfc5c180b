import {
  DuckDBDateValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBTimestampValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import { toCell } from '../../../assistant/engine/duckdb/cells.ts';
import type { ColumnType } from '../../../collector/schema/types.ts';
import { runOnTrino } from './client.ts';

/** Longest text of one INSERT; Trino refuses statements of a million characters. */
const MAX_BATCH = 700_000;

/**
 * Puts rows that DuckDB gave into a table of Trino. They travel as one JSON text per INSERT, which
 * Trino reads a hundred times faster than as many literals.
 */
export async function load(
  url: string,
  table: string,
  columns: readonly (readonly [string, ColumnType])[],
  rows: readonly (readonly DuckDBValue[])[],
): Promise<void> {
  const fields = columns.flatMap(([, type], i) =>
    type === 'map(varchar, varchar)'
      ? [`k${i} array(varchar)`, `c${i} array(varchar)`]
      : [`c${i} ${asJson[type] ?? type}`],
  );
  const values = columns.map(([, type], i) => {
    if (type === 'map(varchar, varchar)') return `IF(k${i} IS NULL, NULL, MAP(k${i}, c${i}))`;
    return asJson[type] ? `CAST(c${i} AS ${type})` : `c${i}`;
  });
  const names = fields.map((f) => f.split(' ')[0]);
  for (const batch of batches(
    rows.map((row) => JSON.stringify(row.flatMap((v, i) => jsonOf(v, columns[i]?.[1])))),
  ))
    await runOnTrino(
      url,
      `INSERT INTO ${table} SELECT ${values.join(', ')} FROM UNNEST(CAST(json_parse('[${batch.join(',').replaceAll("'", "''")}]') AS array(row(${fields.join(', ')})))) AS t(${names.join(', ')})`,
    );
}

/** Types that JSON has no value for, and NaN, travel as text. */
const asJson: Partial<Record<ColumnType, 'varchar'>> = {
  date: 'varchar',
  timestamp: 'varchar',
  double: 'varchar',
};

function jsonOf(value: DuckDBValue, type: ColumnType | undefined): readonly unknown[] {
  if (value === null) return type === 'map(varchar, varchar)' ? [null, null] : [null];
  if (value instanceof DuckDBMapValue)
    return [value.entries.map((e) => e.key), value.entries.map((e) => e.value)];
  if (value instanceof DuckDBListValue) return [value.items];
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBDateValue)
    return [String(toCell(value))];
  if (type === 'double') return [Object.is(value, -0) ? '-0' : String(value)];
  return [value];
}

function* batches(rows: readonly string[]): Generator<readonly string[]> {
  let batch: string[] = [];
  let length = 0;
  for (const row of rows) {
    if (batch.length > 0 && length + row.length > MAX_BATCH) {
      yield batch;
      batch = [];
      length = 0;
    }
    batch.push(row);
    length += row.length + 1;
  }
  if (batch.length > 0) yield batch;
}
