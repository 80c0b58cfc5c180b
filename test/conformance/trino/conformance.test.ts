import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openDuckdb } from '../../../assistant/engine/duckdb/duckdb.ts';
import type { Engine } from '../../../assistant/engine/engine.ts';
import { functionNames } from '../../../assistant/guard/functions/table.ts';
import { guard } from '../../../assistant/guard/guard.ts';
import { difference } from './check.ts';
import { suite } from './queries/suite.ts';

const { url, folder, release } = inject('trino');

let duckdb: Engine;
beforeAll(async () => {
  duckdb = await openDuckdb(folder);
});
afterAll(() => duckdb.close());

describe('a query gives on DuckDB the rows, names and types that it gives on Trino', () => {
  it.concurrent.for(suite.filter((q) => (q.since ?? 0) <= release))(
    '$name',
    async (q, { expect }) => {
      expect(await difference(q, { duckdb, trinoUrl: url })).toBeNull();
    },
  );
});

describe('the suite', () => {
  it('has a query for every function that may be called', () => {
    const text = suite.map((q) => q.sql.toLowerCase()).join('\n');
    const missing = [...functionNames].filter(
      (name) => !new RegExp(`\\b${name}\\s*\\(`).test(text),
    );
    expect(missing).toEqual([]);
  });

  it('is rendered as queries that are rendered the same again', () => {
    const asOf = new Date(duckdb.snapshot.asOf);
    const checked = (sql: string) => {
      const result = guard(sql, { asOf, accountScope: null });
      if (!result.ok) return result.error;
      const { trino, duckdb, columns } = result.query;
      return { trino, duckdb, columns };
    };
    for (const { sql } of suite) {
      const once = checked(sql);
      if ('trino' in once) expect(checked(once.trino)).toEqual(once);
    }
  });

  it('names each query once', () => {
    const names = suite.map((q) => `${q.name} ${q.sql}`);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });
});
