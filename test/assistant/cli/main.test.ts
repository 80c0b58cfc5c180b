import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { main } from '../../../assistant/cli/main.ts';
import { collect } from '../../../collector/pipeline.ts';
import { analyzeKey } from '../../../collector/policy/analyze.ts';
import { createExampleCorp } from '../../../collector/simulate/example-corp.ts';
import { folderStore } from '../../../collector/snapshot/folder-store.ts';
import { captureConsole } from '../captured-console.ts';

/** The commands as a script would call them, over a small simulated organization. */

let data: string;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'kms-insights-cli-'));
  const corp = createExampleCorp({ seed: 3, asOf: new Date('2026-11-23T00:00:00Z'), accounts: 30 });
  await collect({
    aws: corp.api,
    store: folderStore(data),
    clock: corp.now,
    origin: 'simulated',
    seed: 3,
    analyze: analyzeKey,
  });
}, 60_000);
afterAll(() => rm(data, { recursive: true, force: true }));

const { out, err, clear } = captureConsole();
beforeEach(() => {
  vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
});

const run = (...args: string[]) => main([...args, '--data', data]);
const json = () => JSON.parse(out.join('\n'));

const WORKSHOP = `SELECT kms_keys.keyid, kms_keys.alias, kms_keys.accountnumber, kms_keys.principal, kms_keys.action,
  kms_keys.concern, kms_keys.creationdate, last_used.eventtime, last_used.username, last_used.eventname
FROM kms_insights_database.kms_keys_table kms_keys
LEFT JOIN kms_insights_database.kms_key_last_used_table last_used ON (kms_keys.keyid = last_used.keyid) WHERE`;

/** The number of rows of a query, however many there are. */
async function count(sql: string): Promise<number> {
  clear();
  expect(await run('sql', '--json', `SELECT count(*) AS n FROM (${sql}) AS q`)).toBe(0);
  const [[n]] = json().rows;
  clear();
  return n;
}

describe('kms-insights sql', () => {
  it.each([
    [
      'never used',
      'last_used.eventtime IS NULL',
      `SELECT 1 AS x FROM kms_keys k LEFT JOIN key_permissions p ON p.key_arn = k.key_arn AND p.source = 'POLICY'
       WHERE NOT EXISTS (SELECT 1 FROM key_usage u WHERE u.key_id = k.key_id AND u.category = 'CRYPTO')`,
    ],
    [
      'external account',
      "concern LIKE '%External account%'",
      "SELECT DISTINCT key_arn, statement_index, principal FROM key_concerns WHERE code = 'EXTERNAL_ACCOUNT'",
    ],
    [
      'overly permissive',
      "concern LIKE '%overly permissive%'",
      "SELECT DISTINCT key_arn, statement_index, principal FROM key_concerns WHERE code = 'WILDCARD_ACTIONS'",
    ],
    [
      'unused for 90 days',
      "last_used.eventtime < date_add('day', -90, current_date)",
      `SELECT 1 AS x FROM kms_keys k LEFT JOIN key_permissions p ON p.key_arn = k.key_arn AND p.source = 'POLICY'
       WHERE (SELECT max(last_event_at) FROM key_usage u WHERE u.key_id = k.key_id AND u.category = 'CRYPTO') < TIMESTAMP '2026-08-25 00:00:00'`,
    ],
  ])(
    "runs the workshop's query for %s verbatim and finds what the tables hold",
    async (_, where, same) => {
      expect(await run('sql', '--json', `${WORKSHOP} ${where}`)).toBe(0);
      const { columns, rows, rowCount } = json();
      expect(columns.map((c: { name: string }) => c.name)).toEqual([
        'keyid',
        'alias',
        'accountnumber',
        'principal',
        'action',
        'concern',
        'creationdate',
        'eventtime',
        'username',
        'eventname',
      ]);
      expect(rows).toHaveLength(rowCount);
      expect(rowCount).toBeGreaterThan(0);
      expect(await count(`${WORKSHOP} ${where}`)).toBe(await count(same));
    },
  );

  it.each([
    ['an unknown table', 'SELECT * FROM secrets', 'UNKNOWN_TABLE'],
    ['an unknown function', 'SELECT lenght(alias) FROM kms_keys', 'UNKNOWN_FUNCTION'],
    ['two statements', 'SELECT 1; SELECT 2', 'MULTIPLE_STATEMENTS'],
    ['a write', 'DELETE FROM kms_keys', 'NOT_A_QUERY'],
    ['nothing', '  ', 'EMPTY'],
    ['100 kB', `SELECT '${'x'.repeat(100_000)}'`, 'TOO_LONG'],
  ])('refuses %s with exit code 2, a code and a fix', async (_, sql, code) => {
    expect(await run('sql', '--json', sql)).toBe(2);
    expect(json()).toMatchObject({
      error: {
        code,
        message: expect.any(String),
        hint: expect.stringMatching(/\w/),
      },
    });
    expect(err.join()).toMatch(/^Refused/);
  });

  it('records what ran and what was refused', async () => {
    await run('sql', 'SELECT region FROM kms_keys LIMIT 1');
    await run('sql', 'DROP TABLE kms_keys');
    const log = (await readFile(join(data, 'audit', 'audit.jsonl'), 'utf8')).trim().split('\n');
    expect(log.slice(-2).map((line) => JSON.parse(line))).toMatchObject([
      { status: 'answered', rowCount: 1, face: 'cli' },
      { status: 'refused', sql: null, errorCode: 'NOT_A_QUERY' },
    ]);
  });
});

describe('kms-insights check-sql', () => {
  it('prints what would run, which checks to itself', async () => {
    expect(await run('check-sql', 'select key_id from kms_insights_database.kms_keys -- all')).toBe(
      0,
    );
    const rendered = out.join('\n');
    expect(rendered).toMatch(/^SELECT kms_keys\.key_id FROM kms_insights\.kms_keys LIMIT 1000$/);
    clear();
    await run('check-sql', rendered);
    expect(out.join('\n')).toBe(rendered);
  });

  it('needs no data', async () => {
    expect(await main(['check-sql', 'SELECT 1', '--data', join(data, 'nothing-here')])).toBe(0);
    expect(await main(['check-sql', 'DROP TABLE x', '--data', join(data, 'nothing-here')])).toBe(2);
  });
});

describe('kms-insights ask', () => {
  it("answers the mission's question with the keys that the tables hold", async () => {
    expect(
      await run('ask', '--json', 'Which keys have external access and were unused for 90 days?'),
    ).toBe(0);
    const answer = json();
    expect(answer.status).toBe('answered');
    const names = answer.columns.map((c: { name: string }) => c.name);
    expect(names).toEqual(expect.arrayContaining(['key_id', 'account_id']));
    const truth = await count(`SELECT k.key_arn FROM kms_keys k WHERE EXISTS (
        SELECT 1 FROM key_permissions p WHERE p.key_arn = k.key_arn AND p.effect = 'Allow' AND p.is_effective
        AND p.trust IN ('EXTERNAL', 'PUBLIC'))
      AND ((k.usage_status = 'USED' AND k.last_used_at <= TIMESTAMP '2026-08-25 00:00:00')
        OR (k.usage_status = 'NEVER_USED' AND k.created_at <= TIMESTAMP '2026-08-25 00:00:00')
        OR (k.usage_status = 'NO_RECORD' AND k.usage_tracked_since <= TIMESTAMP '2026-08-25 00:00:00'))`);
    expect(truth).toBeGreaterThan(0);
    expect(answer.rowCount).toBe(truth);
    expect(answer.evidence).toMatchObject({ rowCount: truth, sql: answer.sql, engine: 'duckdb' });
    expect(answer.evidence.coverageText).toMatch(/could not be read/);
  });

  it('gives evidence that can be run again, to the same result', async () => {
    await run('ask', '--json', 'How many keys are there per region?');
    const { evidence } = json();
    clear();
    expect(await run('sql', '--json', evidence.sql)).toBe(0);
    expect(json().resultHash).toBe(evidence.resultHash);
  });

  it('has the same keys whatever the outcome', async () => {
    const keysOf = async (question: string) => {
      clear();
      await run('ask', '--json', question);
      return Object.keys(json());
    };
    const wanted = [
      'status',
      'interpretation',
      'sql',
      'columns',
      'rows',
      'rowCount',
      'summary',
      'chart',
      'evidence',
      'translator',
    ];
    for (const question of ['How many keys are there?', 'What is the weather?', '']) {
      expect(await keysOf(question), question).toEqual(expect.arrayContaining(wanted));
    }
  });

  it('takes several questions as one conversation', async () => {
    expect(
      await run('ask', '--json', 'How many keys are there per region?', 'only customer managed'),
    ).toBe(0);
    const [all, some] = out.map((line) => JSON.parse(line));
    expect(some.status).toBe('answered');
    expect(some.sql).toMatch(/CUSTOMER/);
    expect(some.sql).not.toBe(all.sql);
  });

  it.each([
    ['an empty question', ''],
    ['a question of 100 kB', 'keys '.repeat(20_000)],
  ])('refuses %s with exit code 2', async (_, question) => {
    expect(await run('ask', '--json', question)).toBe(2);
    expect(json()).toMatchObject({ status: 'error', error: { hint: expect.stringMatching(/\w/) } });
  });
});

describe('kms-insights collect', () => {
  it('does not replace a snapshot of a real organization by a simulated one', async () => {
    const real = await mkdtemp(join(tmpdir(), 'kms-insights-real-'));
    const corp = createExampleCorp({
      seed: 4,
      asOf: new Date('2026-11-23T00:00:00Z'),
      accounts: 12,
    });
    await collect({
      aws: corp.api,
      store: folderStore(real),
      clock: corp.now,
      origin: 'aws',
      seed: null,
      analyze: analyzeKey,
    });
    const before = await readFile(join(real, 'current', 'snapshot.json'), 'utf8');
    expect(await main(['collect', '--simulate', '--data', real])).toBe(2);
    expect(err.join()).toMatch(/your own organization/);
    expect(await readFile(join(real, 'current', 'snapshot.json'), 'utf8')).toBe(before);
    await rm(real, { recursive: true });
  });

  it('leaves the snapshot in force when it cannot go on', async () => {
    const before = await readdir(join(data, 'manifests'));
    expect(await run('collect', '--simulate', '--resume', '20261123T000000Z-00000000')).toBe(4);
    expect(err.join('\n')).toMatch(/no unfinished run/);
    expect(await readdir(join(data, 'manifests'))).toEqual(before);
  });

  it.each([
    [['collect', '--simulate', '--as-of', '2026-02-31'], 2],
    [['collect', '--simulate', '--seed', 'x'], 2],
    [['serve', '--host', '0.0.0.0'], 2],
    [
      ['ask', 'How many keys are there?', '--data', join(tmpdir(), 'kms-insights-no-such-folder')],
      3,
    ],
    [['no-such-command'], 2],
  ])('%j ends with exit code %i', async (args, code) => {
    expect(await main(args)).toBe(code);
  });
});

describe('kms-insights analyze', () => {
  it('names the place of a malformed policy', async () => {
    const file = join(data, 'policy.json');
    await writeFile(
      file,
      JSON.stringify({ Statement: [{ Effect: 'Alow', Principal: '*', Action: 'kms:*' }] }),
    );
    expect(await main(['analyze', file, '--account', '111122223333'])).toBe(2);
    expect(err.join('\n')).toMatch(/Statement\[0\]\.Effect/);
  });

  it('judges a policy by the owner and the organization that are given', async () => {
    const file = join(data, 'policy.json');
    const statement = {
      Effect: 'Allow',
      Principal: { AWS: '444455556666' },
      Action: 'kms:Decrypt',
      Resource: '*',
    };
    await writeFile(file, JSON.stringify({ Version: '2012-10-17', Statement: [statement] }));
    const trust = async (...args: string[]) => {
      clear();
      expect(await main(['analyze', file, '--json', '--account', '111122223333', ...args])).toBe(0);
      return json().permissions[0].trust;
    };
    expect(await trust('--org', 'o-abc')).toBe('EXTERNAL');
    expect(await trust('--org', 'o-abc', '--org-accounts', '444455556666')).toBe('ORGANIZATION');
  });
});

describe('kms-insights serve with settings of Slack', () => {
  const names = ['ACCESS', 'SIGNING_SECRET'].map((name) => `KMS_INSIGHTS_SLACK_${name}`);
  afterEach(() => {
    for (const name of names) delete process.env[name];
  });

  it.each([
    [{ ACCESS: 'a.yaml' }, /KMS_INSIGHTS_SLACK_SIGNING_SECRET: is missing/],
    [{ SIGNING_SECRET: 'not-to-be-printed-0123' }, /KMS_INSIGHTS_SLACK_ACCESS: is missing/],
    [
      { SIGNING_SECRET: 'not-to-be-printed-0123', ACCESS: '/no/such/file' },
      /ACCESS: \/no\/such\/file cannot be read/,
    ],
  ])('refuses %j, and never prints the secret', async (settings, message) => {
    for (const [name, value] of Object.entries(settings)) {
      process.env[`KMS_INSIGHTS_SLACK_${name}`] = value;
    }
    expect(await run('serve', '--port', '0')).toBe(2);
    expect(err.join('\n')).toMatch(message);
    expect([...out, ...err].join('\n')).not.toContain('not-to-be-printed');
  });
});
