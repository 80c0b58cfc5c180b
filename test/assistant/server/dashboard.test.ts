import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AskDependencies } from '../../../assistant/ask.ts';
import { ask } from '../../../assistant/ask.ts';
import type { Assistant } from '../../../assistant/assistant.ts';
import type { AuditEntry } from '../../../assistant/audit/audit.ts';
import { questionForKeys } from '../../../assistant/dashboard/key-filter.ts';
import { openLocalAssistant } from '../../../assistant/local.ts';
import type { DashboardBody, KeyBody, KeysBody, Mark } from '../../../assistant/server/api.ts';
import { createApp } from '../../../assistant/server/app.ts';
import { runSql } from '../../../assistant/sql.ts';
import type { LanguageCode } from '../../../assistant/translate/language.ts';
import type { Turn } from '../../../assistant/translate/translator.ts';
import { collect } from '../../../collector/pipeline.ts';
import { analyzeKey } from '../../../collector/policy/analyze.ts';
import { concernKinds } from '../../../collector/schema/concerns.ts';
import { createExampleCorp } from '../../../collector/simulate/example-corp.ts';
import { folderStore } from '../../../collector/snapshot/folder-store.ts';
import { sampled } from '../../thorough.ts';

/** The dashboard and the key page, over a small Example Corp of two days. */

let folder: string;
let assistant: Assistant;
const audited: AuditEntry[] = [];

async function publish(day: string): Promise<void> {
  const corp = createExampleCorp({ seed: 5, asOf: new Date(`${day}T00:00:00Z`), accounts: 16 });
  await collect({
    aws: corp.api,
    store: folderStore(folder),
    clock: corp.now,
    origin: 'simulated',
    seed: 5,
    analyze: analyzeKey,
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kms-insights-dashboard-'));
  await publish('2026-11-20');
  await publish('2026-11-23');
  assistant = await openLocalAssistant(folder);
}, 120_000);

afterAll(async () => {
  await assistant?.close();
  await rm(folder, { recursive: true, force: true });
});

async function dependenciesFor(accountScope: readonly string[] | null): Promise<AskDependencies> {
  const dependencies = await assistant.dependencies();
  return { ...dependencies, accountScope, audit: async (entry) => void audited.push(entry) };
}

/** GET as someone who may see these accounts. */
async function get(path: string, accountScope: readonly string[] | null = null): Promise<Response> {
  const dependencies = await dependenciesFor(accountScope);
  const app = createApp({
    assistant: { ...assistant, dependencies: async () => dependencies },
    webFiles: new Map(),
    allowedHosts: new Set(['localhost']),
    log: (message, details) => {
      throw new Error(`${message} ${JSON.stringify(details)}`);
    },
  });
  return app.fetch(new Request(`http://localhost${path}`));
}

async function body<T>(path: string, accountScope: readonly string[] | null = null): Promise<T> {
  const response = await get(path, accountScope);
  const read = await response.json();
  expect(response.status, JSON.stringify(read)).toBe(200);
  return read as T;
}

const dashboard = (query: Record<string, string>, scope: readonly string[] | null = null) =>
  body<DashboardBody>(`/api/dashboard?${new URLSearchParams(query)}`, scope);

/** What SQL that somebody writes gives for the same thing. */
async function sqlNumber(sql: string, accountScope: readonly string[] | null = null) {
  const { engine, clock } = await assistant.dependencies();
  const outcome = await runSql(sql, {
    engine,
    audit: async () => {},
    accountScope,
    user: 'test',
    face: 'cli',
    clock,
  });
  if (outcome.kind !== 'rows') throw new Error(outcome.error.message);
  return Number(outcome.result.rows[0]?.[0]);
}

/** Questions are asked one after another, as in the chat: none may be read as going on from the last. */
let conversation: readonly Turn[] = [];

/** How many keys the question behind a mark lists. */
async function listed(question: string, language: LanguageCode): Promise<number | string> {
  const { answer, turn } = await ask(
    {
      question,
      conversation,
      timeZone: 'UTC',
      language,
      user: 'test',
      face: 'http',
    },
    await dependenciesFor(null),
  );
  conversation = turn ? [...conversation, turn].slice(-3) : conversation;
  if (answer.status !== 'answered') return `${answer.status}: ${question}`;
  expect(answer.columns.map((c) => c.name)).toContain('key_id');
  return answer.totalRows ?? `uncounted: ${question}`;
}

function marksOf(shown: DashboardBody): Mark[] {
  return [
    shown.total,
    ...shown.managers,
    ...shown.regions.flatMap((region) => [region, ...region.managers]),
    ...shown.accounts,
    ...shown.concerns,
    ...shown.severities,
    ...shown.usage,
  ];
}

const places = async () => {
  const { rows, columns } = await body<KeysBody>(
    '/api/keys?concern=WILDCARD_ACTIONS&severity=HIGH&manager=CUSTOMER',
  );
  const at = (name: string) =>
    String(rows[0]?.[columns.findIndex((c) => c.name === name)] ?? 'none');
  return { account: at('account_id'), ou: at('ou_path'), region: at('region') };
};

describe('GET /api/dashboard', () => {
  it('counts the keys by everything that is shown, as SQL does', async () => {
    const shown = await dashboard({});
    const all = await sqlNumber('SELECT count(*) FROM kms_keys');
    const sum = (marks: readonly Mark[]) => marks.reduce((total, { keys }) => total + keys, 0);
    expect(all).toBeGreaterThan(100);
    expect(shown.total.keys).toBe(all);
    expect(sum(shown.managers)).toBe(all);
    expect(sum(shown.regions)).toBe(all);
    expect(sum(shown.usage)).toBe(all);
    expect(sum(shown.accounts) + shown.otherAccounts.keys).toBe(all);
    expect(shown.otherAccounts.accounts + shown.accounts.length).toBe(
      await sqlNumber('SELECT count(DISTINCT account_id) FROM kms_keys'),
    );
    for (const { region, managers, keys } of shown.regions)
      expect(sum(managers), region).toBe(keys);
    expect(sum(shown.concerns)).toBe(
      await sqlNumber('SELECT sum(cardinality(concern_codes)) FROM kms_keys'),
    );
    expect(sum(shown.severities)).toBe(
      await sqlNumber('SELECT count(*) FROM kms_keys WHERE max_severity IS NOT NULL'),
    );
    expect(shown.cost.monthlyUsd).toBeCloseTo(
      await sqlNumber('SELECT sum(monthly_cost_usd) FROM kms_keys'),
    );
  });

  it('says which data it rests on', async () => {
    const { engine, coverage } = await assistant.dependencies();
    expect(await dashboard({ language: 'ja' })).toMatchObject({
      snapshotId: engine.snapshot.snapshotId,
      asOf: '2026-11-23T00:00:00.000Z',
      origin: 'simulated',
      coverage: coverage.coverage,
      coverageText: coverage.text.ja,
    });
  });

  it('says what could not be read where the filter looks, and nothing of elsewhere', async () => {
    const { region } = await places();
    const shown = await dashboard({ region });
    expect(shown.coverage.ok).toBe(
      await sqlNumber(
        `SELECT count(*) FROM collection_status WHERE status = 'OK' AND region = '${region}'`,
      ),
    );
    expect(shown.coverage.failed).toBe(
      await sqlNumber(
        `SELECT count(*) FROM collection_status WHERE status = 'FAILED' AND (region = '${region}' OR region IS NULL)`,
      ),
    );
  });

  it.each<
    [LanguageCode, readonly (keyof Awaited<ReturnType<typeof places>>)[], Record<string, string>]
  >([
    ['en', [], {}],
    ['ja', [], {}],
    ['en', ['account'], { manager: 'CUSTOMER' }],
    ['ja', ['account'], { manager: 'CUSTOMER' }],
    ['en', ['ou'], { concern: 'EXTERNAL_ACCOUNT' }],
    ['ja', ['ou'], { concern: 'EXTERNAL_ACCOUNT' }],
    ['en', ['region'], { severity: 'MEDIUM' }],
    ['ja', ['region'], { severity: 'MEDIUM' }],
    [
      'en',
      ['account', 'ou', 'region'],
      { manager: 'CUSTOMER', concern: 'WILDCARD_ACTIONS', severity: 'HIGH' },
    ],
    [
      'ja',
      ['account', 'ou', 'region'],
      { manager: 'CUSTOMER', concern: 'WILDCARD_ACTIONS', severity: 'HIGH' },
    ],
  ])(
    'puts behind each mark the question (%s) that lists just these keys, for %j and %j',
    async (language, placed, others) => {
      const found = await places();
      const query = Object.fromEntries(placed.map((name) => [name, found[name]]));
      const shown = await dashboard({ ...query, ...others, language });
      expect(shown.total.keys).toBeGreaterThan(0);
      const asked = new Set<string>();
      for (const { keys, question } of sampled(3, marksOf(shown))) {
        if (question === null || asked.has(question)) continue;
        asked.add(question);
        expect(await listed(question, language), question).toBe(keys);
      }
      expect(asked.size).toBeGreaterThan(1);
    },
  );

  it.each<LanguageCode>(['en', 'ja'])(
    'puts the question for the same cost behind it (%s)',
    async (language) => {
      const { ou, region } = await places();
      for (const query of [
        {},
        { ou, region, manager: 'CUSTOMER', concern: 'WILDCARD_ACTIONS', severity: 'HIGH' },
      ]) {
        const { cost } = await dashboard({ ...query, language });
        const { answer } = await ask(
          {
            question: cost.question ?? '',
            conversation: [],
            timeZone: 'UTC',
            language,
            user: 'test',
            face: 'http',
          },
          await dependenciesFor(null),
        );
        if (answer.status !== 'answered') throw new Error(`${answer.status}: ${cost.question}`);
        expect(Number(answer.rows[0]?.[0])).toBeCloseTo(cost.monthlyUsd);
      }
    },
  );

  it.each<LanguageCode>(['en', 'ja'])(
    'can ask for every kind of concern (%s)',
    async (language) => {
      for (const { code } of concernKinds) {
        const keys = await sqlNumber(
          `SELECT count(*) FROM kms_keys WHERE contains(concern_codes, '${code}')`,
        );
        expect(
          await listed(questionForKeys({ concern: code }, language) ?? '', language),
          code,
        ).toBe(keys);
      }
    },
  );

  it('asks nothing of keys whose manager is not known', async () => {
    for (const { value, question } of (await dashboard({})).managers)
      expect(question === null).toBe(value === null);
  });

  it('includes the units below an organizational unit, and none that only begin alike', async () => {
    const { ou } = await places();
    const above = ou.split('/').slice(0, 2).join('/');
    expect((await dashboard({ ou: above })).total.keys).toBe(
      await sqlNumber(
        `SELECT count(*) FROM kms_keys WHERE ou_path = '${above}' OR ou_path LIKE '${above}/%'`,
      ),
    );
    expect((await get(`/api/dashboard?ou=${encodeURIComponent(above.slice(0, -1))}`)).status).toBe(
      404,
    );
  });

  it('tells the trend over the snapshots, with what could not be read', async () => {
    const { trend, total } = await dashboard({});
    expect(trend.map(({ date }) => date)).toEqual(['2026-11-20', '2026-11-23']);
    expect(trend[1]?.keys).toBe(total.keys);
    expect(trend[0]?.keys).toBe(
      await sqlNumber(
        "SELECT count(*) FROM kms_keys_history WHERE snapshot_date = DATE '2026-11-20'",
      ),
    );
    expect(trend[0]?.unread).toBe(
      await sqlNumber(
        "SELECT count(*) FROM collection_status_history WHERE snapshot_date = DATE '2026-11-20' AND status = 'FAILED'",
      ),
    );
  });

  it('shows a viewer the accounts that they may see, and no trace of others', async () => {
    const { account } = await places();
    const shown = await dashboard({}, [account]);
    expect(shown.options.accounts.map(({ id }) => id)).toEqual([account]);
    expect(shown.accounts.map(({ accountId }) => accountId)).toEqual([account]);
    expect(shown.total.keys).toBe(
      await sqlNumber(`SELECT count(*) FROM kms_keys WHERE account_id = '${account}'`),
    );
    const { options } = await dashboard({});
    const other = options.accounts.find(({ id }) => id !== account)?.id;
    expect((await get(`/api/dashboard?account=${other}`, [account])).status).toBe(404);
    expect((await get(`/api/keys?account=${other}`, [account])).status).toBe(404);
  });

  it('records what was looked at like any query', async () => {
    audited.length = 0;
    await dashboard({ severity: 'HIGH' });
    expect(audited.length).toBeGreaterThan(3);
    for (const entry of audited)
      expect(entry).toMatchObject({
        user: 'local',
        face: 'http',
        question: null,
        status: 'answered',
      });
    expect(audited.some(({ sql }) => sql?.includes("max_severity = 'HIGH'"))).toBe(true);
  });

  it.each([
    ['/api/dashboard?account=12', 400, /account/],
    ['/api/dashboard?manager=customer', 400, /manager/],
    ['/api/dashboard?concern=NONE', 400, /concern/],
    ['/api/dashboard?severity=high', 400, /severity/],
    ['/api/dashboard?acount=111122223333', 400, /acount/],
    ['/api/dashboard?region=us-east-1&region=eu-west-1', 400, /region/],
    ['/api/dashboard?ou=Root%00', 400, /ou/],
    ['/api/dashboard?account=999999999999', 404, /account 999999999999/],
    ['/api/dashboard?region=xx-nowhere-1', 404, /xx-nowhere-1/],
    ["/api/dashboard?ou=Root'%20OR%20true%20--", 404, /organizational unit/],
    ['/api/keys?alias=', 400, /alias/],
    ['/api/keys/no-arn', 400, /ARN/],
    ["/api/keys/arn%3Aaws%3Akms%3Aus-east-1%3A111122223333%3Akey%2F'%20OR%20true", 400, /ARN/],
    ['/api/keys/arn%3Aaws%3Akms%3Aus-east-1%3A111122223333%3Akey%2Fnone', 404, /nothing here/],
  ])('refuses %s', async (path, status, detail) => {
    const response = await get(path);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({ status, detail: expect.stringMatching(detail) });
  });
});

describe('GET /api/keys', () => {
  it('lists the keys of a filter', async () => {
    const { region } = await places();
    const list = await body<KeysBody>(`/api/keys?region=${region}`);
    const at = list.columns.findIndex((c) => c.name === 'region');
    expect(new Set(list.rows.map((row) => row[at]))).toEqual(new Set([region]));
    expect(list.rows.length).toBe(list.total);
    expect(list.total).toBe((await dashboard({ region })).total.keys);
  });

  it('finds keys by a part of an alias, case aside, whatever it is', async () => {
    const list = await body<KeysBody>('/api/keys?alias=ALIAS/AWS/S3');
    expect(list.total).toBeGreaterThan(0);
    expect(list.total).toBe(
      await sqlNumber(
        "SELECT count(*) FROM kms_keys WHERE any_match(aliases, a -> a LIKE '%alias/aws/s3%')",
      ),
    );
    for (const hostile of [
      "x'; DROP TABLE kms_keys; --",
      "' OR '1'='1",
      '%',
      '/* */',
      '$1 ?',
      '\\',
    ])
      expect((await body<KeysBody>(`/api/keys?alias=${encodeURIComponent(hostile)}`)).total).toBe(
        0,
      );
  });
});

describe('GET /api/keys/:arn', () => {
  const pathOf = (arn: unknown) => `/api/keys/${encodeURIComponent(String(arn))}`;

  /** The key with most concerns. */
  async function gravest(): Promise<string> {
    const { engine, clock } = await assistant.dependencies();
    const outcome = await runSql(
      "SELECT key_arn FROM kms_keys AS k WHERE k.key_arn IN (SELECT p.key_arn FROM key_permissions AS p WHERE p.source = 'GRANT') ORDER BY cardinality(k.concern_codes) DESC, k.key_arn LIMIT 1",
      { engine, audit: async () => {}, accountScope: null, user: 'test', face: 'cli', clock },
    );
    if (outcome.kind !== 'rows') throw new Error(outcome.error.message);
    return String(outcome.result.rows[0]?.[0]);
  }

  it('gives everything about one key', async () => {
    const arn = await gravest();
    const page = await body<KeyBody>(pathOf(arn));
    const number = (table: string) =>
      sqlNumber(`SELECT count(*) FROM ${table} WHERE key_arn = '${arn}'`);
    expect(page.key.key_arn).toBe(arn);
    expect(JSON.parse(String(page.key.policy_json))).toHaveProperty('Statement');
    expect(page.concerns.length).toBe(await number('key_concerns'));
    expect(page.permissions.length).toBe(await number('key_permissions'));
    expect(page.usage.length).toBe(await number('key_usage'));
    expect(page.concerns.length).toBeGreaterThan(2);
    expect(page.advice.map(({ code }) => code)).toEqual(
      [...new Set(page.concerns.map(({ code }) => code))].sort(),
    );
    for (const { why, fix } of page.advice) expect(why && fix).not.toBe('');
    const order = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFO'];
    const ranks = page.concerns.map(({ severity }) => order.indexOf(String(severity)));
    expect(ranks).toEqual([...ranks].sort());
    expect(page.coverage.ok + page.coverage.partial).toBe(1);
  });

  it('is not there for who may not see the account', async () => {
    const arn = await gravest();
    expect((await get(pathOf(arn), ['000000000000'])).status).toBe(404);
    expect((await get(pathOf(arn), [arn.split(':')[4] ?? ''])).status).toBe(200);
  });

  it('names the columns in Japanese where they are asked for', async () => {
    const page = await body<KeyBody>(`${pathOf(await gravest())}?language=ja`);
    expect(page.columns.find(({ name }) => name === 'region')?.label).toBe('リージョン');
  });
});
