import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type AwsCollectOptions,
  collectFromAws,
} from '../../../assistant/cli/commands/collect-aws.ts';
import { connect } from '../../../collector/aws/sdk.ts';
import { collect } from '../../../collector/pipeline.ts';
import { analyzeKey } from '../../../collector/policy/analyze.ts';
import { rateBudgets } from '../../../collector/read/rate-budget.ts';
import type { CollectOptions } from '../../../collector/run/options.ts';
import { paths } from '../../../collector/schema/snapshot.ts';
import { folderStore } from '../../../collector/snapshot/folder-store.ts';
import { s3Store } from '../../../collector/snapshot/s3-store.ts';
import type { SnapshotStore } from '../../../collector/snapshot/store.ts';
import { query } from '../../collector/collecting.ts';
import { type Answer, type Asked, type Front, startFront } from './front.ts';
import { type Moto, startMoto } from './moto.ts';
import {
  disable,
  MANAGEMENT,
  makeKeys,
  makeOrganization,
  makeRichKey,
  root,
  scheduleDeletion,
  type TestOrganization,
} from './organization.ts';

/** The SDK's real clients against moto; what moto lacks is answered by the front. */

const KEYS = 120;
let moto: Moto;
let front: Front;
let organization: TestOrganization;
let keys: readonly string[];
let rich: string;
const folders: string[] = [];

beforeAll(async () => {
  moto = await startMoto();
  front = await startFront(moto.url);
  organization = await makeOrganization(moto.url);
  const { payments = '', data = '' } = organization.accounts;
  const inPayments = await organization.kms(payments, 'eu-central-1');
  keys = await makeKeys(inPayments, KEYS);
  await disable(inPayments, keys[0] ?? '');
  await scheduleDeletion(inPayments, keys[1] ?? '');
  rich = await makeRichKey(await organization.kms(data, 'us-east-1'), {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Outside',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::999988887777:root' },
        Action: 'kms:Decrypt',
        Resource: '*',
      },
      {
        Sid: 'Sibling',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${payments}:role/app` },
        Action: 'kms:Decrypt',
        Resource: '*',
      },
    ],
  });
  process.env.AWS_ENDPOINT_URL = front.url;
  process.env.AWS_ACCESS_KEY_ID = root.accessKeyId;
  process.env.AWS_SECRET_ACCESS_KEY = root.secretAccessKey;
  process.env.AWS_REGION = 'us-east-1';
});

afterAll(async () => {
  await front?.stop();
  await moto?.stop();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

const newFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kms-insights-aws-'));
  folders.push(folder);
  return folder;
};

const trackedSince = Date.parse('2026-01-01T00:00:00Z') / 1000;

/** What moto lacks, as AWS answers it. */
function lacking({ service, operation, accountId, input }: Asked): Answer | undefined {
  if (service === 'account') {
    const names = accountId === null ? ['us-east-1'] : ['us-east-1', 'eu-central-1'];
    return {
      json: { Regions: names.map((RegionName) => ({ RegionName, RegionOptStatus: 'ENABLED' })) },
    };
  }
  if (operation === 'GetKeyLastUsage') {
    const isRich = String(input.KeyId).endsWith(rich);
    return {
      json: {
        TrackingStartDate: trackedSince,
        ...(isRich
          ? {
              KeyLastUsage: {
                Operation: 'Decrypt',
                Timestamp: Date.parse('2026-11-01T12:00:00Z') / 1000,
                CloudTrailEventId: 'event-1',
              },
            }
          : {}),
      },
    };
  }
  if (operation === 'LookupEvents') {
    const [attribute] = input.LookupAttributes as { AttributeValue: string }[];
    if (attribute?.AttributeValue !== 'event-1') return { json: { Events: [] } };
    return { json: { Events: [lastUse()] } };
  }
  return undefined;
}

const lastUse = () => ({
  EventId: 'event-1',
  EventName: 'Decrypt',
  EventTime: Date.parse('2026-11-01T12:00:00Z') / 1000,
  EventSource: 'kms.amazonaws.com',
  CloudTrailEvent: JSON.stringify({
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      arn: 'arn:aws:sts::999988887777:assumed-role/app/s',
      accountId: '999988887777',
      sessionContext: {
        sessionIssuer: { type: 'Role', arn: 'arn:aws:iam::999988887777:role/app' },
      },
    },
    eventTime: '2026-11-01T12:00:00Z',
    eventSource: 'kms.amazonaws.com',
    eventName: 'Decrypt',
    awsRegion: 'us-east-1',
    sourceIPAddress: '198.51.100.7',
    requestParameters: { encryptionContext: { 'aws:s3:arn': 'arn:aws:s3:::invoices' } },
    resources: [{ ARN: `arn:aws:kms:us-east-1:${organization.accounts.data}:key/${rich}` }],
    eventID: 'event-1',
  }),
});

let before = 0;
/** Requests of the collection under way, by operation. */
const askedNow = (operation: string) =>
  front.asked.slice(before).filter((a) => a.operation === operation);

beforeEach(() => {
  front.answer = lacking;
  before = front.asked.length;
});

/** As many requests a second as moto can take; the quotas have tests of their own. */
const unhurried = rateBudgets({
  quotas: { GetKeyLastUsage: 1000, LookupEvents: 1000, ListGrants: 1000 },
});

async function run(store: SnapshotStore, options: Partial<CollectOptions> = {}) {
  const { api } = await connect({
    role: { name: 'KMSInsightsReadRole', externalId: 'an id', sessionName: 'kms-insights' },
  });
  return collect({
    aws: api,
    store,
    clock: () => new Date('2026-11-24T09:00:00Z'),
    origin: 'aws',
    seed: null,
    analyze: analyzeKey,
    callFor: unhurried,
    ...options,
  });
}

describe('a collection of an organization', () => {
  it('reads every account, Region and key, and what each key has', async () => {
    const folder = await newFolder();
    const { payments = '', data = '', closed = '' } = organization.accounts;
    const { manifest, summary } = await run(folderStore(folder));
    expect(summary.failures).toEqual([]);
    expect(manifest).toMatchObject({ origin: 'aws', organizationId: organization.id });
    const rows = (sql: string) => query(folder, manifest.snapshotId, sql);

    expect(
      await rows(
        `SELECT account_id, ou_path, state, is_management, CAST(tags AS VARCHAR) tags FROM accounts
         WHERE account_id IN ('${payments}', '${closed}', '${MANAGEMENT}') ORDER BY account_id = '${payments}', state`,
      ),
    ).toEqual([
      { account_id: MANAGEMENT, ou_path: 'Root', state: 'ACTIVE', is_management: true, tags: '{}' },
      { account_id: closed, ou_path: 'Root', state: 'SUSPENDED', is_management: false, tags: '{}' },
      {
        account_id: payments,
        ou_path: 'Root/Workloads/Production',
        state: 'ACTIVE',
        is_management: false,
        tags: '{owner=payments-team}',
      },
    ]);
    expect(
      await rows(
        `SELECT status, count(*) n FROM collection_status GROUP BY status ORDER BY status`,
      ),
    ).toEqual([
      { status: 'OK', n: '9' },
      { status: 'SKIPPED', n: '1' },
    ]);
    expect(
      await rows(
        `SELECT count(*) n, count(DISTINCT key_id) ids, count(DISTINCT alias) aliases, count(DISTINCT tags['number']) tags,
           count(*) FILTER (key_state = 'Disabled') disabled, count(*) FILTER (key_state = 'PendingDeletion') pending,
           count(*) FILTER (usage_status = 'NEVER_USED') never
         FROM kms_keys WHERE account_id = '${payments}' AND region = 'eu-central-1'`,
      ),
    ).toEqual([
      {
        n: String(KEYS),
        ids: String(KEYS),
        aliases: String(KEYS),
        tags: String(KEYS),
        disabled: '1',
        pending: '1',
        never: String(KEYS),
      },
    ]);
    expect(
      await rows(
        `SELECT account_id, rotation_enabled, usage_status, last_used_operation, CAST(concern_codes AS VARCHAR) codes FROM kms_keys WHERE key_id = '${rich}'`,
      ),
    ).toEqual([
      {
        account_id: data,
        rotation_enabled: true,
        usage_status: 'USED',
        last_used_operation: 'Decrypt',
        codes: expect.stringMatching(/EXTERNAL_ACCOUNT.*EXTERNAL_GRANT/),
      },
    ]);
    expect(
      await rows(
        `SELECT trust, source, count(*) n FROM key_permissions WHERE key_id = '${rich}' GROUP BY ALL ORDER BY ALL`,
      ),
    ).toEqual([
      { trust: 'EXTERNAL', source: 'GRANT', n: '3' },
      { trust: 'EXTERNAL', source: 'POLICY', n: '1' },
      { trust: 'ORGANIZATION', source: 'POLICY', n: '1' },
    ]);
    expect(
      await rows(
        `SELECT operation, principal_arn, caller_account, source_ip, resource_arn, source FROM key_usage WHERE key_id = '${rich}'`,
      ),
    ).toEqual([
      {
        operation: 'Decrypt',
        principal_arn: 'arn:aws:sts::999988887777:assumed-role/app/s',
        caller_account: '999988887777',
        source_ip: '198.51.100.7',
        resource_arn: 'arn:aws:s3:::invoices',
        source: 'CLOUDTRAIL',
      },
    ]);
  });

  it('enters each account once, with the external id, and its own without a role', async () => {
    await run(folderStore(await newFolder()));
    const entered = askedNow('AssumeRole').map(({ input }) => [input.RoleArn, input.ExternalId]);
    const { payments, data, sandbox, untrusting } = organization.accounts;
    expect(entered.sort()).toEqual(
      [payments, data, sandbox, untrusting]
        .map((id) => [`arn:aws:iam::${id}:role/KMSInsightsReadRole`, 'an id'])
        .sort(),
    );
    // Once for each Region that has keys.
    expect(askedNow('ListAliases')).toHaveLength(2);
  });

  it('publishes to a bucket what it publishes to a folder', async () => {
    // Without the front, which knows no streams.
    const s3 = new S3Client({ forcePathStyle: true, endpoint: moto.url });
    await s3.send(new CreateBucketCommand({ Bucket: 'insights' }));
    const store = s3Store(s3, { bucket: 'insights', prefix: 'kms/data' });
    const folder = await newFolder();
    const onDisk = await run(folderStore(folder));
    const inBucket = await run(store);
    const hashes = (tables: typeof onDisk.manifest.tables) =>
      Object.entries(tables).map(([name, { rows }]) => [name, rows]);
    expect(hashes(inBucket.manifest.tables)).toEqual(hashes(onDisk.manifest.tables));
    expect(inBucket.summary.warnings).toEqual([]);
    const { snapshotId } = inBucket.manifest;
    const files = [...(await store.list('manifests')), ...(await store.list('tables'))];
    expect(files.map((file) => file.path)).toContain(paths.manifest(snapshotId));
    expect(files.map((file) => file.path)).toContain(paths.table(snapshotId, 'kms_keys'));
    expect(await store.list('runs')).toEqual([]);
    expect(await store.get(paths.current)).not.toBeNull();
    expect(await store.get('nothing.json')).toBeNull();
  });

  it('records an account whose role does not trust the collector, and how to mend it', async () => {
    const { untrusting = '' } = organization.accounts;
    front.answer = (one) =>
      one.operation === 'AssumeRole' && String(one.input.RoleArn).includes(untrusting)
        ? {
            error: 'AccessDenied',
            message: 'not authorized to perform: sts:AssumeRole',
            status: 403,
          }
        : lacking(one);
    const { summary } = await run(folderStore(await newFolder()));
    expect(summary.failures).toEqual([
      {
        accountId: untrusting,
        region: null,
        status: 'FAILED',
        code: 'AccessDenied',
        message: expect.stringMatching(
          /asked for arn:aws:iam::\d+:role\/KMSInsightsReadRole with the configured external id\).*trust policy/,
        ),
      },
    ]);
    expect(summary.keys).toBe(KEYS + 1);
  });

  it('loses nothing to throttling, server errors and cut connections', async () => {
    const seen = new Map<string, number>();
    front.answer = (one) => {
      const name = JSON.stringify([one.accountId, one.operation, one.input]);
      const times = seen.get(name) ?? 0;
      seen.set(name, times + 1);
      if (one.service === 'kms' && times === 0 && name.length % 3 === 0)
        return { error: 'ThrottlingException' };
      if (one.service === 'kms' && times === 0 && name.length % 3 === 1)
        return { error: 'KMSInternalException', status: 500 };
      return lacking(one);
    };
    const { summary } = await run(folderStore(await newFolder()));
    expect(summary).toMatchObject({ failures: [], keys: KEYS + 1 });
  });

  it('marks just the field that a denied call leaves unknown', async () => {
    const { data = '' } = organization.accounts;
    front.answer = (one) =>
      one.accountId === data && one.operation === 'GetKeyPolicy'
        ? { error: 'AccessDeniedException', message: 'not authorized to perform: kms:GetKeyPolicy' }
        : lacking(one);
    const folder = await newFolder();
    const { manifest, summary } = await run(folderStore(folder));
    expect(summary.failures).toMatchObject([
      { accountId: data, region: 'us-east-1', status: 'PARTIAL', code: 'AccessDeniedException' },
    ]);
    expect(
      await query(
        folder,
        manifest.snapshotId,
        `SELECT policy_readable, policy_json, rotation_enabled FROM kms_keys WHERE key_id = '${rich}'`,
      ),
    ).toEqual([{ policy_readable: false, policy_json: null, rotation_enabled: true }]);
  });

  it('ends with expired credentials, and goes on with new ones', async () => {
    const folder = await newFolder();
    let left = 400;
    front.answer = (one) =>
      one.service === 'kms' && --left < 0 ? { error: 'ExpiredTokenException' } : lacking(one);
    const failed = await run(folderStore(folder)).catch((error) => error);
    expect(failed).toMatchObject({ code: 'CREDENTIALS', runId: expect.any(String) });
    front.answer = lacking;
    const { summary } = await run(folderStore(folder), { resume: failed.runId });
    expect(summary).toMatchObject({ failures: [], keys: KEYS + 1 });
  });
});

describe('a dry run', () => {
  const told = async (options: Partial<AwsCollectOptions>) => {
    const lines: string[] = [];
    const log = vi.spyOn(console, 'log').mockImplementation((text) => lines.push(String(text)));
    try {
      await collectFromAws({
        data: 'nowhere',
        role: 'KMSInsightsReadRole',
        share: 0.95,
        concurrency: 32,
        lookupMinutes: 15,
        keepSnapshots: 30,
        trailWorkgroup: 'audit',
        trailDays: 90,
        trailMinutes: 30,
        log: 'text',
        dryRun: true,
        ...options,
      });
    } finally {
      log.mockRestore();
    }
    return lines.join('\n');
  };

  it('tells the calls and the permissions, and reads no key', async () => {
    const text = await told({});
    expect(text).toContain('Would read 5 of 6 accounts');
    expect(text).toMatch(/cloudtrail:LookupEvents .* by the member role/);
    expect(text).not.toMatch(/athena/);
    expect(new Set(front.asked.slice(before).map((a) => a.service))).toEqual(
      new Set(['sts', 'organizations']),
    );
  });

  it('tells those of the organization trail in place of the event histories', async () => {
    const text = await told({ trail: 'security.organization_trail' });
    expect(text).toContain('the last 90 days of security.organization_trail');
    expect(text).toMatch(/athena:StartQueryExecution .* by the collector/);
    expect(text).toContain('WriteQueryResults');
    expect(text).not.toMatch(/LookupEvents/);
    expect(front.asked.slice(before).filter((a) => a.service === 'athena')).toEqual([]);
  });
});

describe('without the right to list the organization', () => {
  it('the accounts that are named are read', async () => {
    front.answer = (one) =>
      one.operation === 'ListAccounts' ? { error: 'AccessDeniedException' } : lacking(one);
    const { data = '' } = organization.accounts;
    const folder = await newFolder();
    const { summary, manifest } = await run(folderStore(folder), { only: [{ accountId: data }] });
    expect(summary).toMatchObject({ accounts: 1, keys: 1 });
    expect(manifest.organizationId).toBe(organization.id);
    expect(
      await query(
        folder,
        manifest.snapshotId,
        `SELECT detail FROM key_concerns WHERE code = 'EXTERNAL_ACCOUNT' AND sid = 'Outside'`,
      ),
    ).toEqual([{ detail: expect.stringContaining('as far as its accounts are known') }]);
  });
});
