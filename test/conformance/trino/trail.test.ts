import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { athenaApi } from '../../../collector/aws/athena.ts';
import { readEvent } from '../../../collector/usage/cloudtrail-event.ts';
import { settleUsage } from '../../../collector/usage/settle.ts';
import type { UsageEvent } from '../../../collector/usage/source.ts';
import { trailRows } from '../../../collector/usage/trail-athena.ts';
import { readTrailEvent, type TrailRow, trailQuery } from '../../../collector/usage/trail-query.ts';
import { trailColumns, trailPartitions } from '../../../collector/usage/trail-table.ts';
import { collectInto, impatient, newFolder, query } from '../../collector/collecting.ts';
import { fakeAws } from '../../collector/fake-aws.ts';
import {
  arnOf,
  athenaColumns,
  away,
  home,
  keyId,
  type Logged,
  lookedUp,
  multiRegion,
  other,
  owner,
  since,
  trailLogs,
  until,
} from '../../collector/usage/trail-events.ts';
import { type AthenaServer, startAthena } from '../aws/athena-server.ts';
import { runOnTrino } from './client.ts';

/**
 * The query over the logs of an organization trail, run by a real Trino behind Athena's protocol, and
 * beside it the same events read as LookupEvents gives them.
 */

// Trino compiles the query for several seconds, each time.
vi.setConfig({ testTimeout: 240_000 });

const { url } = inject('trino');
let athena: AthenaServer;
const before = { ...process.env };

/** A Hive type as Trino writes it. */
const trinoType = (hive: string): string =>
  hive
    .replace(/STRUCT<([^<>]*)>/g, (_, fields: string) => `row(${fields.replaceAll(': ', ' ')})`)
    .replace(/ARRAY<(.*)>/, 'array($1)')
    .replaceAll('STRING', 'varchar');

beforeAll(async () => {
  const columns = Object.entries({ ...trailColumns, ...trailPartitions }).map(
    ([name, type]) => `${name} ${trinoType(type)}`,
  );
  await runOnTrino(url, 'CREATE SCHEMA IF NOT EXISTS logs');
  await runOnTrino(url, `CREATE TABLE logs.trail (${columns.join(', ')})`);
  const rows = JSON.stringify(trailLogs.map(athenaColumns)).replaceAll("'", "''");
  const names = Object.keys({ ...trailColumns, ...trailPartitions }).join(', ');
  await runOnTrino(
    url,
    `INSERT INTO logs.trail SELECT ${names} FROM UNNEST(CAST(json_parse('${rows}') AS array(row(${columns.join(', ')})))) AS t(${names})`,
  );
  athena = await startAthena({
    workgroups: ['primary'],
    execute: async (sql) => {
      const result = await runOnTrino(url, sql);
      return {
        columns: result.columns,
        rows: result.rows.map((row) =>
          row.map((cell) => (cell === null ? undefined : String(cell))),
        ),
      };
    },
  });
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'eu-central-1',
    AWS_ENDPOINT_URL_ATHENA: athena.url,
  });
});
afterAll(async () => {
  process.env = before;
  await athena?.stop();
  await runOnTrino(url, 'DROP TABLE logs.trail');
});

const scope = { table: 'logs.trail', accounts: [owner, other], regions: null, since, until };

async function rowsFor(over: Partial<Parameters<typeof trailQuery>[0]> = {}) {
  const rows: TrailRow[] = [];
  const options = {
    athena: athenaApi({}),
    call: impatient(),
    workgroup: 'primary',
    timeLimitMs: 60_000,
  };
  for await (const page of trailRows(options, trailQuery({ ...scope, ...over })))
    rows.push(...page);
  return rows;
}

const comparable = (events: readonly UsageEvent[]) =>
  [...events]
    .sort((a, b) =>
      JSON.stringify([a.operation, a.caller]) < JSON.stringify([b.operation, b.caller]) ? -1 : 1,
    )
    .map((event) => ({ ...event, source: 'TRAIL_LOGS' }));

/** What is left of the events of a key: the latest of each operation and caller. */
const settled = (events: readonly UsageEvent[]) =>
  comparable(
    settleUsage({ status: 'UNKNOWN', trackedSince: null, lastUse: null }, events, () => true)
      .events,
  );

/** What LookupEvents would tell of a key in its own account and Region. */
function expected(account: string, region: string, id: string, logs: readonly Logged[]) {
  return settled(
    logs
      .filter((one) => one.account === account && one.region === region)
      .filter(({ record: { eventTime } }) => {
        const at = new Date(eventTime);
        return at.getTime() >= Math.floor(since.getTime() / 1000) * 1000 && at <= until;
      })
      .map((one) => readEvent(lookedUp(one)))
      .flatMap((outcome) =>
        outcome.kind === 'read' &&
        outcome.keys.some((name) => name === id || name === arnOf(id, region, account))
          ? [outcome.event]
          : [],
      ),
  );
}

const units = [
  ...[1, 2, 3, 4, 5].map((n) => [owner, home, keyId(n)] as const),
  [owner, home, multiRegion] as const,
  [owner, away, multiRegion] as const,
  [other, home, keyId(1)] as const,
];

describe('the query over the logs of an organization trail', () => {
  it('tells of each key what LookupEvents tells', async () => {
    const rows = await rowsFor();
    for (const [account, region, id] of units) {
      const found = rows
        .filter((row) => row.account === account && row.region === region && row.keyId === id)
        .map((row) => readTrailEvent(row.event))
        .map((outcome) => {
          if (outcome.kind !== 'read') throw new Error(JSON.stringify(outcome));
          return outcome.event;
        });
      expect(settled(found), `${account} ${region} ${id}`).toEqual(
        expected(account, region, id, trailLogs),
      );
    }
    const named = new Set(units.map((unit) => unit.join()));
    expect(rows.filter((r) => !named.has([r.account, r.region, r.keyId].join()))).toEqual([]);
    // The samples hold something to find, and something to leave out.
    expect(expected(owner, home, keyId(1), trailLogs).length).toBeGreaterThan(9);
    expect(expected(owner, home, keyId(5), trailLogs)).toEqual([]);
    expect(rows.filter((row) => row.account === other)).toEqual([]);
  });

  it('gives one row for a key, operation and caller, in order of account, Region and key', async () => {
    const rows = await rowsFor();
    const places = rows.map((row) => [row.account, row.region, row.keyId].join(' '));
    expect(places).toEqual([...places].sort());
    const outcomes = rows.map((row) => [row, readTrailEvent(row.event)] as const);
    const names = outcomes.map(([row, outcome]) =>
      JSON.stringify([
        row.account,
        row.region,
        row.keyId,
        outcome.kind === 'read' && [outcome.event.operation, outcome.event.caller],
      ]),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  it('reads the accounts, Regions and days that are asked for', async () => {
    const of = (rows: readonly TrailRow[]) => [
      ...new Set(rows.map((r) => `${r.account} ${r.region}`)),
    ];
    expect(of(await rowsFor({ regions: [away] }))).toEqual([`${owner} ${away}`]);
    expect(await rowsFor({ accounts: [other] })).toEqual([]);
    const day = await rowsFor({ since: new Date('2026-11-23T00:00:00Z') });
    expect(day.map((row) => row.keyId)).toEqual([keyId(1), keyId(4)]);
  });

  it('fills the usage of a collection', async () => {
    const folder = await newFolder();
    const used = { Operation: 'ReEncrypt', Timestamp: new Date('2026-11-07T00:00:00Z') };
    const { api, calls } = fakeAws({
      accounts: [
        {
          id: owner,
          regions: {
            [home]: {
              keys: [1, 2, 3, 4, 5].map((n) => ({
                id: keyId(n),
                ...(n === 2 ? { lastUsage: { KeyLastUsage: used } } : {}),
              })),
            },
            [away]: { keys: [{ id: multiRegion }] },
          },
        },
        { id: other, regions: { [home]: { keys: [] } } },
      ],
    });
    const { manifest, summary } = await collectInto(folder, {
      aws: api,
      clock: () => until,
      trail: {
        athena: athenaApi({}),
        settings: { table: 'logs.trail', workgroup: 'primary', days: 90, timeLimitMs: 60_000 },
      },
    });
    expect(summary.failures).toEqual([]);
    expect(calls.filter((c) => c.api === 'LookupEvents')).toEqual([]);
    const rows = await query(
      folder,
      manifest.snapshotId,
      `SELECT k.region, k.key_id, count(*) FILTER (WHERE u.source = 'TRAIL_LOGS') AS logged,
         any_value(k.usage_status) status
       FROM kms_keys k LEFT JOIN key_usage u USING (key_arn) GROUP BY ALL ORDER BY ALL`,
    );
    const count = (region: string, id: string) =>
      String(expected(owner, region, id, trailLogs).length);
    expect(rows.map((row) => [row.region, row.key_id, row.logged])).toEqual([
      ...[1, 2, 3, 4, 5].map((n) => [home, keyId(n), count(home, keyId(n))]),
      [away, multiRegion, count(away, multiRegion)],
    ]);
    expect(rows[0]?.status).toBe('USED');
  });
});
