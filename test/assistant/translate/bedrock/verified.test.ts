import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDuckdb } from '../../../../assistant/engine/duckdb/duckdb.ts';
import type { Engine } from '../../../../assistant/engine/engine.ts';
import { guard } from '../../../../assistant/guard/guard.ts';
import {
  asOfLiteral,
  PromptError,
  parseVerified,
  readVerified,
  sqlAt,
  type VerifiedQuestion,
} from '../../../../assistant/translate/bedrock/verified.ts';
import { languageOf } from '../../../../assistant/translate/language.ts';
import { collect } from '../../../../collector/pipeline.ts';
import { analyzeKey } from '../../../../collector/policy/analyze.ts';
import { createExampleCorp } from '../../../../collector/simulate/example-corp.ts';
import { folderStore } from '../../../../collector/snapshot/folder-store.ts';

const asOf = new Date('2026-11-23T10:30:00Z');
const verified = await readVerified('prompts/verified');

describe('the verified questions', () => {
  let folder: string;
  let engine: Engine;
  const found = new Map<VerifiedQuestion, number>();
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kms-insights-verified-'));
    const corp = createExampleCorp({ seed: 7, asOf, accounts: 60 });
    await collect({
      aws: corp.api,
      store: folderStore(folder),
      clock: corp.now,
      origin: 'simulated',
      seed: 7,
      analyze: analyzeKey,
    });
    engine = await openDuckdb(folder);
  }, 120_000);
  afterAll(async () => {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('are at least 60, of every topic, in English and Japanese', () => {
    expect(verified.length).toBeGreaterThanOrEqual(60);
    expect([...new Set(verified.map((v) => v.topic))]).toEqual([
      'access',
      'change',
      'combinations',
      'concerns',
      'cost',
      'coverage',
      'hygiene',
      'inventory',
      'usage',
    ]);
    expect(verified.filter((v) => languageOf(v.question, 'en') === 'ja').length).toBeGreaterThan(9);
  });

  it.each(verified)('$question', async (v) => {
    const checked = guard(sqlAt(v, asOf), { asOf, accountScope: null });
    if (!checked.ok) throw new Error(`${checked.error.message} ${checked.error.hint}`);
    const { columns, rows } = await engine.run(checked.query);
    found.set(v, rows.length);
    // A list of keys can be followed up only with what tells keys apart.
    if (columns.some((c) => c.name === 'key_id'))
      expect(columns.map((c) => c.name)).toContain('account_id');
    // What is shown first must not be left to chance.
    expect(rows.length <= 1 || /\bORDER BY\b/.test(v.sql)).toBe(true);
    expect(languageOf(v.explanation, 'en')).toBe(languageOf(v.question, 'en'));
  });

  it('find something in the simulated organization, but for a few', () => {
    const empty = verified.filter((v) => found.get(v) === 0).map((v) => v.question);
    expect({ empty, few: empty.length <= verified.length / 10 }).toEqual({ empty, few: true });
  });
});

const entry = {
  question: 'q',
  sql: 'SELECT 1 AS one',
  explanation: 'One.',
  tags: ['test'],
};
const yaml = (over: object) => `- ${JSON.stringify({ ...entry, ...over })}`;

describe('a file of verified questions', () => {
  it('is read with its topic', () => {
    expect(parseVerified('t.yaml', yaml({}))).toEqual([{ ...entry, topic: 't' }]);
  });

  it.each([
    [{ sql: undefined }, 'bad.yaml:1: "q", sql: '],
    [{ question: '' }, 'bad.yaml:1: "", question: '],
    [{ tags: [] }, '"q", tags: '],
    [{ tags: ['Upper'] }, '"q", tags, 0: must be lower case'],
    [{ more: 1 }, 'Unrecognized key'],
    [{ sql: 'DROP TABLE x' }, '"q", sql: must begin with SELECT or WITH'],
    [{ sql: 'SELECT current_date AS d' }, '{as_of} instead of a clock'],
    [{ sql: 'SELECT now() AS d' }, '{as_of} instead of a clock'],
    [{ sql: 'SELECT {asof} AS d' }, 'a place that is not {as_of}'],
    [{ sql: 'SELECT 1 AS one;' }, 'semicolon'],
  ])('is refused with %j', (over, message) => {
    const read = () => parseVerified('bad.yaml', yaml(over));
    expect(read).toThrow(PromptError);
    expect(read).toThrow(message);
  });

  it('is refused when it is no YAML or no list', () => {
    expect(() => parseVerified('bad.yaml', '- [')).toThrow('bad.yaml');
    expect(() => parseVerified('bad.yaml', 'a: 1')).toThrow('bad.yaml');
  });

  it('must be there', async () => {
    await expect(readVerified('test/nowhere')).rejects.toThrow(PromptError);
  });
});

describe('the moment of the data', () => {
  it('stands where the SQL says {as_of}', () => {
    const [v] = parseVerified('t.yaml', yaml({ sql: 'SELECT {as_of} AS a, {as_of} AS b' }));
    expect(v && sqlAt(v, asOf)).toBe(
      "SELECT TIMESTAMP '2026-11-23 10:30:00.000' AS a, TIMESTAMP '2026-11-23 10:30:00.000' AS b",
    );
    expect(asOfLiteral(new Date(0))).toBe("TIMESTAMP '1970-01-01 00:00:00.000'");
  });
});
