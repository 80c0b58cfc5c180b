import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openDuckdb } from '../../../assistant/engine/duckdb/duckdb.ts';
import type { Engine } from '../../../assistant/engine/engine.ts';
import { difference } from './check.ts';
import { suite } from './queries/suite.ts';

const { url, folder, release } = inject('trino');

let duckdb: Engine;
beforeAll(async () => {
  duckdb = await openDuckdb(folder);
});
afterAll(() => duckdb.close());

describe('a query gives on DuckDB the rows, names and types that it gives on Trino', () => {
  it.each(suite.filter((q) => (q.since ?? 0) <= release))('$name', async (q) => {
    expect(await difference(q, { duckdb, trinoUrl: url })).toBeNull();
  });
});
