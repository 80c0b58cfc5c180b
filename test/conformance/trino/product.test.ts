import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readCoverage } from '../../../assistant/answer/coverage.ts';
import { openDuckdb } from '../../../assistant/engine/duckdb/duckdb.ts';
import type { Engine } from '../../../assistant/engine/engine.ts';
import type { CheckedQuery } from '../../../assistant/guard/types.ts';
import { loadDataValues } from '../../../assistant/translate/data-values.ts';
import { exampleQuestions } from '../../../assistant/translate/offline/examples.ts';
import { createOfflineTranslator } from '../../../assistant/translate/offline/offline.ts';
import { relations } from '../../../collector/schema/relations.ts';
import { exampleValues, request } from '../../assistant/translate/offline/example-data.ts';
import { understoodQuestions } from '../../assistant/translate/offline/understood-questions.ts';
import { difference, differenceOf, type Engines } from './check.ts';

const { url, folder } = inject('trino');

let duckdb: Engine;
let engines: Engines;
beforeAll(async () => {
  duckdb = await openDuckdb(folder);
  engines = { duckdb, trinoUrl: url };
});
afterAll(() => duckdb.close());

describe('what the offline translator writes gives the same on both', () => {
  const translator = createOfflineTranslator(exampleValues);

  it.concurrent.for(understoodQuestions)('%s', async (question, { expect }) => {
    const translation = await translator.translate(request(question));
    if (translation.kind !== 'query') throw new Error(`${question} is not translated`);
    const { sql } = translation;
    expect(await difference({ name: question, sql }, engines)).toBeNull();
    // What ask() counts when there are more rows than it shows.
    const counting = `SELECT count(*) AS n FROM (\n${sql}\n) AS counted`;
    expect(await difference({ name: question, sql: counting }, engines)).toBeNull();
  });
});

describe('what the offline translator writes over the values of this very data', () => {
  let translator: ReturnType<typeof createOfflineTranslator>;
  beforeAll(async () => {
    translator = createOfflineTranslator(await loadDataValues(duckdb, null));
  });

  it.each(exampleQuestions)('%s', async (question) => {
    const translation = await translator.translate(request(question));
    if (translation.kind !== 'query') throw new Error(`${question} is not translated`);
    expect(await difference({ name: question, sql: translation.sql }, engines)).toBeNull();
  });
});

describe('what the product asks of its own accord', () => {
  const asked = async (use: (engine: Engine) => Promise<unknown>) => {
    const queries: CheckedQuery[] = [];
    await use({
      ...duckdb,
      run: (query, ...rest) => {
        queries.push(query);
        return duckdb.run(query, ...rest);
      },
    });
    expect(queries.length).toBeGreaterThan(0);
    const found = [];
    for (const query of queries) found.push(await differenceOf(query, engines));
    expect(found.filter((d) => d !== null)).toEqual([]);
  };

  it.each([null, [], ['900000000001']])('the values of the data, for the accounts %j', (accounts) =>
    asked((engine) => loadDataValues(engine, accounts)),
  );

  it.each([null, [], ['900000000001']])('the coverage, for the accounts %j', (accounts) =>
    asked((engine) => readCoverage(engine, accounts)),
  );

  it.each(relations.map((r) => r.name))('everything in %s, for one account', async (name) => {
    const columns = relations.find((r) => r.name === name)?.columns ?? {};
    const sql = `SELECT ${Object.keys(columns)
      .map((c) => `"${c}"`)
      .join(', ')} FROM ${name}`;
    expect(await difference({ name, sql, accounts: ['900000000001'] }, engines)).toBeNull();
  });
});
