import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Concern } from '../../collector/policy/types.ts';
import type { ApiName } from '../../collector/read/call.ts';
import { CollectError, type CollectOptions, type Progress } from '../../collector/run/options.ts';
import { concernKind } from '../../collector/schema/concerns.ts';
import { MANIFESTS, manifestSchema, paths, snapshotOf } from '../../collector/schema/snapshot.ts';
import { folderStore } from '../../collector/snapshot/folder-store.ts';
import type { SnapshotStore } from '../../collector/snapshot/store.ts';
import { collectInto, newFolder, now, query } from './collecting.ts';
import { arnOf, awsError, type FakeCall, type FakeKey, fakeAws } from './fake-aws.ts';

const account = '111122223333';
const other = '444455556666';
const region = 'eu-central-1';
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const oneRegion = (keys: readonly FakeKey[]) => [{ id: account, regions: { [region]: { keys } } }];
const concern = (code: Concern['code']): Concern => ({
  code,
  label: concernKind(code).label,
  severity: concernKind(code).severity,
  detail: 'A detail.',
  statement_index: null,
  sid: null,
  grant_id: null,
  principal: null,
  control_ids: concernKind(code).controls,
});

/** Throws for requests of one operation, about one key where one is given. */
const deny =
  (api: ApiName, keyId?: string, error = 'AccessDeniedException') =>
  (call: FakeCall) => {
    if (call.api !== api) return;
    if (keyId === undefined || String(call.input.KeyId).endsWith(keyId)) throw awsError(error);
  };

const currentOf = async (folder: string) =>
  JSON.parse(await readFile(join(folder, paths.current), 'utf8')).snapshotId;

/** The snapshots that are whole, in order. */
const snapshotsIn = async (folder: string) =>
  (await readdir(join(folder, MANIFESTS))).map(snapshotOf).sort();

describe('a collection', () => {
  it('reads every key of a long list and publishes it', async () => {
    const folder = await newFolder();
    const keys = Array.from({ length: 2345 }, (_, n) => ({
      id: uuid(n),
      aliases: [`alias/key-${n}`],
      tags: Array.from({ length: n % 3 }, (_, t) => [`tag-${t}`, `${n}`] as const),
    }));
    const { api, calls } = fakeAws({ accounts: oneRegion(keys), pageSize: 100 });
    const { manifest, summary } = await collectInto(folder, { aws: api });

    expect(summary).toMatchObject({ keysSeen: 2345, keys: 2345, failures: [], warnings: [] });
    expect(manifest.coverage).toEqual({ ok: 1, partial: 0, failed: 0, skipped: 0 });
    const rows = await query(
      folder,
      manifest.snapshotId,
      'SELECT count(DISTINCT key_arn) n, count(DISTINCT alias) a, sum(cardinality(tags)) t FROM kms_keys',
    );
    expect(rows).toEqual([{ n: '2345', a: '2345', t: '2344' }]);
    expect(calls.filter((call) => call.api === 'ListAliases')).toHaveLength(24);
    const written = await readFile(join(folder, paths.manifest(manifest.snapshotId)), 'utf8');
    expect(manifestSchema.parse(JSON.parse(written))).toEqual(manifest);
    expect(await readdir(join(folder, 'runs'))).toEqual([]);
  });

  it('publishes an organization without accounts, and accounts without keys', async () => {
    const folder = await newFolder();
    const none = await collectInto(folder, { aws: fakeAws({ accounts: [] }).api });
    expect(none.manifest.tables.accounts?.rows).toBe(0);
    const { api, calls } = fakeAws({ accounts: oneRegion([]) });
    const { manifest } = await collectInto(folder, { aws: api });
    expect(manifest.coverage.ok).toBe(1);
    expect(await query(folder, manifest.snapshotId, 'FROM kms_keys')).toEqual([]);
    expect(calls.map((call) => call.api)).not.toContain('LookupEvents');
  });

  it('describes accounts as the organization does, and reads each organizational unit once', async () => {
    const folder = await newFolder();
    const workloads = { id: 'ou-1', name: 'Workloads' };
    const { api, calls } = fakeAws({
      managementId: other,
      accounts: [
        {
          id: account,
          Name: 'payments "prod"',
          Email: 'a@b@Example.ORG',
          ous: [workloads, { id: 'ou-2', name: 'Prod' }],
          tags: [
            ['team', 'payments'],
            ['__proto__', 'x'],
          ],
          regions: { [region]: {} },
        },
        { id: other, ous: [], State: 'SUSPENDED' },
        { id: '777788889999', ous: [workloads], regions: { [region]: {} } },
      ],
    });
    const { manifest } = await collectInto(folder, { aws: api });
    const rows = await query(
      folder,
      manifest.snapshotId,
      `SELECT account_id, account_name, ou_path, email_domain, state, is_management, map_keys(tags) t FROM accounts`,
    );
    expect(rows).toEqual([
      {
        account_id: account,
        account_name: 'payments "prod"',
        ou_path: 'Root/Workloads/Prod',
        email_domain: 'example.org',
        state: 'ACTIVE',
        is_management: false,
        t: ['__proto__', 'team'],
      },
      expect.objectContaining({ ou_path: 'Root', state: 'SUSPENDED', is_management: true }),
      expect.objectContaining({ ou_path: 'Root/Workloads' }),
    ]);
    expect(calls.filter((call) => call.api === 'DescribeOrganizationalUnit')).toHaveLength(2);
  });

  it('keeps an organizational unit with a slash in its name apart from one below another', async () => {
    const folder = await newFolder();
    const units = [
      [{ id: 'ou-1', name: 'R/D' }],
      [
        { id: 'ou-2', name: 'R' },
        { id: 'ou-3', name: 'D' },
      ],
      [{ id: 'ou-4', name: 'R%2FD' }],
      [{ id: 'ou-5', name: '100%' }],
    ];
    const accounts = units.map((ous, n) => ({ id: String(111122223333 + n), ous, regions: {} }));
    const { manifest } = await collectInto(folder, { aws: fakeAws({ accounts }).api });
    const rows = await query(
      folder,
      manifest.snapshotId,
      'SELECT ou_path FROM accounts ORDER BY account_id',
    );
    expect(rows.map((row) => row.ou_path)).toEqual([
      'Root/R%2FD',
      'Root/R/D',
      'Root/R%252FD',
      'Root/100%',
    ]);
  });

  it('keeps every moment to the millisecond in UTC and counts whole days', async () => {
    const folder = await newFolder();
    const created = new Date('2024-02-29T23:59:59.999Z');
    const { api } = fakeAws({
      accounts: oneRegion([
        {
          id: uuid(1),
          metadata: {
            CreationDate: created,
            Origin: 'EXTERNAL',
            ExpirationModel: 'KEY_MATERIAL_EXPIRES',
            ValidTo: new Date('2027-03-28T01:30:00.001Z'),
            DeletionDate: new Date(Number.NaN),
          },
          lastUsage: {
            TrackingStartDate: new Date('2026-04-22T00:00:00.000Z'),
            KeyLastUsage: { Operation: 'Sign', Timestamp: new Date('2026-11-21T12:34:56.790Z') },
          },
        },
      ]),
    });
    const { manifest } = await collectInto(folder, { aws: api });
    expect(manifest.asOf).toBe('2026-11-23T12:34:56.789Z');
    const rows = await query(
      folder,
      manifest.snapshotId,
      `SELECT created_at, material_expires_at, deletion_at, last_used_at, usage_tracked_since, days_unused, collected_at FROM kms_keys`,
    );
    expect(rows).toEqual([
      {
        created_at: '2024-02-29 23:59:59.999',
        material_expires_at: '2027-03-28 01:30:00.001',
        deletion_at: null,
        last_used_at: '2026-11-21 12:34:56.79',
        usage_tracked_since: '2026-04-22 00:00:00',
        days_unused: 1,
        collected_at: '2026-11-23 12:34:56.789',
      },
    ]);
  });

  it.each([
    ['SQL and quotes', `'; DROP TABLE kms_keys; -- "\\"`],
    ['control characters', 'a\u0000b\u0001\n\r\t\u2028\u2029'],
    ['emoji, ligatures and right-to-left text', '👩‍👩‍👧‍👦 ﷽ \u202e abc é'],
    ['JSON', '{"a":["\\u0041\\ud800"]}'],
    ['what looks like a date', '2026-11-23T00:00:00.000Z'],
    ['what looks like null', 'null'],
    ['something long', 'x'.repeat(30_000)],
  ])('carries %s through unchanged', async (_, text) => {
    const folder = await newFolder();
    const policy = JSON.stringify({ Statement: [{ Sid: text }] });
    const { api } = fakeAws({
      accounts: [
        {
          id: account,
          Name: text,
          tags: [[text, text]],
          regions: {
            [region]: {
              keys: [
                {
                  id: uuid(1),
                  metadata: { Description: text },
                  aliases: [text],
                  tags: [[text, text]],
                  policy,
                },
              ],
            },
          },
        },
      ],
    });
    const { manifest } = await collectInto(folder, { aws: api });
    const rows = await query(
      folder,
      manifest.snapshotId,
      'SELECT account_name, description, alias, aliases, map_keys(tags) k, map_values(tags) v, policy_json FROM kms_keys',
    );
    expect(rows).toEqual([
      {
        account_name: text,
        description: text,
        alias: text,
        aliases: [text],
        k: [text],
        v: [text],
        policy_json: policy,
      },
    ]);
  });

  it('replaces lone surrogates, also where two names become one', async () => {
    const folder = await newFolder();
    const { api } = fakeAws({
      accounts: oneRegion([
        {
          id: uuid(1),
          metadata: { Description: 'a\ud800b 😀' },
          tags: [
            ['\ud800', '1'],
            ['\udfff', '2'],
          ],
        },
      ]),
    });
    const { manifest } = await collectInto(folder, { aws: api });
    expect(
      await query(
        folder,
        manifest.snapshotId,
        'SELECT description, map_keys(tags) k, map_values(tags) v FROM kms_keys',
      ),
    ).toEqual([{ description: 'a\ufffdb 😀', k: ['\ufffd'], v: ['2'] }]);
  });

  it('gives the same tables in whatever order AWS answers', async () => {
    const events = [
      ['Decrypt', 'a'],
      ['PutKeyPolicy', 'b'],
      ['DisableKey', 'a'],
    ].map(([name, user], n) => ({
      EventId: `event-${n}`,
      EventName: name,
      EventTime: new Date('2026-11-01T00:00:00Z'),
      Resources: [{ ResourceName: arnOf(account, region, uuid(n)) }],
      CloudTrailEvent: JSON.stringify({
        eventSource: 'kms.amazonaws.com',
        eventName: name,
        userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::${account}:user/${user}` },
      }),
    }));
    const keys = Array.from({ length: 60 }, (_, n) => ({
      id: uuid((n * 37) % 60),
      lastUsage: {
        KeyLastUsage: {
          Operation: 'Decrypt',
          Timestamp: new Date('2026-11-01T00:00:00Z'),
          CloudTrailEventId: `event-${n}`,
        },
      },
    }));
    const hashes = async (before?: () => Promise<void>) => {
      const { api } = fakeAws({
        accounts: [account, other].map((id) => ({
          id,
          regions: { [region]: { keys, events }, 'us-east-1': { keys } },
        })),
        ...(before ? { before } : {}),
      });
      const details = ['b', 'd', 'a', 'c'];
      const analyze: CollectOptions['analyze'] = () => ({
        permissions: [],
        // Alike in every column by which they are ordered.
        concerns: details
          .sort(() => (before ? Math.random() - 0.5 : 0))
          .map((detail) => ({ ...concern('UNUSED_KEY'), detail })),
      });
      const { manifest } = await collectInto(await newFolder(), { aws: api, analyze });
      return manifest.tables;
    };
    const calm = await hashes();
    const shuffled = await hashes(async () => {
      for (let n = Math.floor(Math.random() * 5); n > 0; n--) await setImmediate();
    });
    expect(calm.key_usage?.rows).toBeGreaterThan(200);
    expect(shuffled).toEqual(calm);
  });

  it('names a key by the first of its aliases', async () => {
    const folder = await newFolder();
    const aliases = ['alias/b', 'alias/c', 'alias/a'];
    const { api } = fakeAws({ accounts: oneRegion([{ id: uuid(1), aliases }, { id: uuid(2) }]) });
    const { manifest } = await collectInto(folder, { aws: api });
    expect(await query(folder, manifest.snapshotId, 'SELECT alias, aliases FROM kms_keys')).toEqual(
      [
        { alias: 'alias/a', aliases: ['alias/a', 'alias/b', 'alias/c'] },
        { alias: null, aliases: [] },
      ],
    );
  });

  it('sums up the concerns of a key: each code once, in order, and the highest severity', async () => {
    const folder = await newFolder();
    const { api } = fakeAws({ accounts: oneRegion([{ id: uuid(1) }]) });
    const codes = ['UNUSED_KEY', 'PUBLIC_ACCESS', 'DISABLED_KEY', 'PUBLIC_ACCESS'] as const;
    const analyze: CollectOptions['analyze'] = () => ({
      permissions: [],
      concerns: codes.map(concern),
    });
    const { manifest } = await collectInto(folder, { aws: api, analyze });
    expect(
      await query(
        folder,
        manifest.snapshotId,
        'SELECT concern_codes c, max_severity s, (SELECT count(*) FROM key_concerns) n FROM kms_keys',
      ),
    ).toEqual([{ c: ['DISABLED_KEY', 'PUBLIC_ACCESS', 'UNUSED_KEY'], s: 'CRITICAL', n: '4' }]);
  });

  it('has no expiry for material that does not expire, and no next rotation where it is off', async () => {
    const folder = await newFolder();
    const soon = new Date('2026-12-01T00:00:00Z');
    const { api } = fakeAws({
      accounts: oneRegion([
        {
          id: uuid(1),
          metadata: {
            Origin: 'EXTERNAL',
            ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
            ValidTo: soon,
          },
        },
        {
          id: uuid(2),
          rotation: {
            KeyRotationEnabled: false,
            RotationPeriodInDays: 365,
            NextRotationDate: soon,
          },
        },
      ]),
    });
    const { manifest } = await collectInto(folder, { aws: api });
    const columns = 'material_expires_at m, rotation_period_days p, next_rotation_at n';
    const none = { m: null, p: null, n: null };
    expect(await query(folder, manifest.snapshotId, `SELECT ${columns} FROM kms_keys`)).toEqual([
      none,
      none,
    ]);
  });

  it('asks for rotation only where it is possible', async () => {
    const folder = await newFolder();
    const { api, calls } = fakeAws({
      accounts: oneRegion([
        {
          id: uuid(1),
          rotation: {
            KeyRotationEnabled: true,
            RotationPeriodInDays: 90,
            NextRotationDate: new Date('2026-12-01T00:00:00Z'),
          },
        },
        { id: uuid(2), metadata: { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' } },
        { id: uuid(3), metadata: { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' } },
        { id: uuid(4), metadata: { Origin: 'EXTERNAL' } },
        { id: uuid(5), metadata: { Origin: 'AWS_CLOUDHSM' } },
        { id: uuid(6) },
        { id: uuid(7) },
      ]),
      before: deny('GetKeyRotationStatus', uuid(7), 'UnsupportedOperationException'),
    });
    const { manifest } = await collectInto(folder, { aws: api });
    expect(manifest.coverage.ok).toBe(1);
    expect(calls.filter((call) => call.api === 'GetKeyRotationStatus')).toHaveLength(3);
    const rows = await query(
      folder,
      manifest.snapshotId,
      'SELECT rotation_enabled e, rotation_period_days p, next_rotation_at n FROM kms_keys',
    );
    const none = { e: null, p: null, n: null };
    expect(rows).toEqual([
      { e: true, p: 90, n: '2026-12-01 00:00:00' },
      none,
      none,
      none,
      none,
      { e: false, p: null, n: null },
      none,
    ]);
  });

  it('reports its progress up to the end', async () => {
    const moments: Progress[] = [];
    const { api } = fakeAws({
      accounts: [
        ...oneRegion([{ id: uuid(1) }, { id: uuid(2) }]),
        { id: other, State: 'SUSPENDED' as const },
      ],
      before: deny('ListGrants'),
    });
    await collectInto(await newFolder(), { aws: api, onProgress: (p) => moments.push(p) });
    expect([...new Set(moments.map((p) => p.phase))]).toEqual([
      'organization',
      'regions',
      'keys',
      'publish',
      'done',
    ]);
    expect(moments.at(-1)).toEqual({
      phase: 'done',
      accountsDone: 2,
      accountsTotal: 2,
      regionsDone: 2,
      regionsTotal: 2,
      keys: 2,
      failures: 1,
    });
  });
});

describe('what cannot be read', () => {
  const settings = 'policy_readable p, cardinality(tags) t, rotation_enabled r, usage_status u';
  const usual = { p: true, t: '1', r: false, u: 'NEVER_USED' };

  it.each<[ApiName, object]>([
    ['GetKeyPolicy', { p: false }],
    ['ListResourceTags', { t: null }],
    ['ListGrants', {}],
    ['GetKeyRotationStatus', { r: null }],
    ['GetKeyLastUsage', { u: 'UNKNOWN' }],
  ])('costs one field when %s is denied for one key', async (apiName, expected) => {
    const folder = await newFolder();
    const keys = [1, 2].map((n) => ({ id: uuid(n), tags: [['a', 'b']] as const }));
    const { api } = fakeAws({ accounts: oneRegion(keys), before: deny(apiName, uuid(1)) });
    const { manifest, summary } = await collectInto(folder, { aws: api });
    expect(await query(folder, manifest.snapshotId, `SELECT ${settings} FROM kms_keys`)).toEqual([
      { ...usual, ...expected },
      usual,
    ]);
    const [status] = await query(folder, manifest.snapshotId, 'FROM collection_status');
    expect(status).toMatchObject({
      status: 'PARTIAL',
      keys_seen: 2,
      error_code: 'AccessDeniedException',
      error_message: expect.stringContaining(`${apiName} failed for key ${uuid(1)} with AccessD`),
    });
    expect(summary.failures).toMatchObject([{ accountId: account, region, status: 'PARTIAL' }]);
  });

  it('hands unreadable policies and grants to the analysis as unknown, not as empty', async () => {
    const seen: unknown[] = [];
    const { api } = fakeAws({
      accounts: oneRegion([{ id: uuid(1) }]),
      before: (call) => {
        deny('GetKeyPolicy')(call);
        deny('ListGrants')(call);
      },
    });
    const analyze: CollectOptions['analyze'] = ({ policy, grants }) => {
      seen.push({ policy, grants });
      return { permissions: [], concerns: [] };
    };
    await collectInto(await newFolder(), { aws: api, analyze });
    expect(seen).toEqual([{ policy: null, grants: null }]);
  });

  it.each<[string, string]>([
    ['is not JSON', '{"Statement":'],
    ['is empty', ''],
    ['holds a name twice', '{"Statement":[],"Statement":[]}'],
  ])('counts a policy that %s as unreadable', async (_, policy) => {
    const folder = await newFolder();
    const { api } = fakeAws({ accounts: oneRegion([{ id: uuid(1), policy }]) });
    const { manifest } = await collectInto(folder, { aws: api });
    expect(
      await query(
        folder,
        manifest.snapshotId,
        'SELECT policy_readable, policy_json, status, error_code FROM kms_keys, collection_status',
      ),
    ).toEqual([
      {
        policy_readable: false,
        policy_json: null,
        status: 'PARTIAL',
        error_code: 'MalformedPolicy',
      },
    ]);
  });

  it('counts a policy over which the analysis stumbles as unreadable, and goes on', async () => {
    const folder = await newFolder();
    const { api } = fakeAws({
      accounts: oneRegion([
        { id: uuid(1), policy: '{"Statement":"odd"}' },
        { id: uuid(2), policy: '{}' },
      ]),
    });
    const analyze: CollectOptions['analyze'] = ({ policy }) => {
      if (JSON.stringify(policy).includes('odd')) throw new TypeError('statement is odd');
      return { permissions: [], concerns: policy === null ? [concern('UNREADABLE_KEY')] : [] };
    };
    const { manifest } = await collectInto(folder, { aws: api, analyze });
    expect(
      await query(
        folder,
        manifest.snapshotId,
        'SELECT policy_readable, concern_codes, max_severity FROM kms_keys',
      ),
    ).toEqual([
      { policy_readable: false, concern_codes: ['UNREADABLE_KEY'], max_severity: 'MEDIUM' },
      { policy_readable: true, concern_codes: [], max_severity: null },
    ]);
    expect(await query(folder, manifest.snapshotId, 'FROM collection_status')).toMatchObject([
      { status: 'PARTIAL', error_message: expect.stringContaining('statement is odd') },
    ]);
  });

  it.each<[ApiName, object]>([
    ['ListAliases', { aliases: null, tags: {} }],
    ['ListResourceTags', { aliases: [], tags: null }],
  ])('tells no labels from unknown ones when %s is denied', async (apiName, known) => {
    const { api } = fakeAws({ accounts: oneRegion([{ id: uuid(1) }]), before: deny(apiName) });
    const analysed: unknown[] = [];
    const analyze: CollectOptions['analyze'] = ({ key }) => {
      analysed.push(key);
      return { permissions: [], concerns: [] };
    };
    await collectInto(await newFolder(), { aws: api, analyze });
    expect(analysed).toMatchObject([known]);
  });

  it('keeps a key that cannot be described, and forgets one that is gone', async () => {
    const folder = await newFolder();
    const { api } = fakeAws({
      accounts: oneRegion([1, 2, 3].map((n) => ({ id: uuid(n) }))),
      before: (call) => {
        deny('DescribeKey', uuid(1))(call);
        deny('DescribeKey', uuid(2), 'NotFoundException')(call);
      },
    });
    const { manifest, summary } = await collectInto(folder, { aws: api });
    expect(summary).toMatchObject({ keysSeen: 2, keys: 2 });
    const unknown = 'key_state, key_manager, created_at, monthly_cost_usd';
    expect(
      await query(
        folder,
        manifest.snapshotId,
        `SELECT key_id, policy_readable, ${unknown} FROM kms_keys`,
      ),
    ).toMatchObject([
      {
        key_id: uuid(1),
        policy_readable: true,
        key_state: null,
        key_manager: null,
        created_at: null,
        monthly_cost_usd: null,
      },
      { key_id: uuid(3), key_state: 'Enabled', key_manager: 'CUSTOMER' },
    ]);
    const [status] = await query(folder, manifest.snapshotId, 'FROM collection_status');
    expect(status).toMatchObject({ status: 'PARTIAL', keys_seen: 2 });
    expect(status?.error_message).toMatch(
      new RegExp(`DescribeKey failed for key ${uuid(1)} .* unknown`),
    );
    expect(status?.error_message).not.toContain(uuid(2));
  });

  it('keeps every account in sight, whatever happens to it', async () => {
    const folder = await newFolder();
    const ids = Array.from({ length: 6 }, (_, n) => `${n + 1}`.repeat(12));
    const { api } = fakeAws({
      pageSize: 2,
      accounts: ids.map((id, n) => ({
        id,
        State: n === 0 ? ('SUSPENDED' as const) : ('ACTIVE' as const),
        regions:
          n === 5 ? {} : { [region]: { keys: [{ id: uuid(n) }] }, 'us-east-1': { keys: [] } },
      })),
      before: ({ api: name, accountId, region: where }) => {
        if (name === 'ListRegions' && accountId === ids[1]) throw awsError('AccessDenied');
        if (name === 'AssumeRole' && accountId === ids[2]) throw awsError('AccessDenied');
        if (name === 'ListKeys' && accountId === ids[3] && where === region) {
          throw awsError('AccessDeniedException');
        }
      },
    });
    const { manifest } = await collectInto(folder, { aws: api });
    const rows = await query(
      folder,
      manifest.snapshotId,
      `SELECT account_id[1] || coalesce(' ' || region, '') || ' ' || status || coalesce(' ' || error_code, '') s FROM collection_status`,
    );
    expect(rows.map((row) => row.s)).toEqual([
      '1 SKIPPED ACCOUNT_SUSPENDED',
      '2 FAILED AccessDenied',
      `3 ${region} FAILED AccessDenied`,
      '3 us-east-1 FAILED AccessDenied',
      `4 ${region} FAILED AccessDeniedException`,
      '4 us-east-1 OK',
      `5 ${region} OK`,
      '5 us-east-1 OK',
      '6 FAILED UnknownError',
    ]);
    expect(manifest.coverage).toEqual({ ok: 3, partial: 0, failed: 5, skipped: 1 });
    expect(manifest.tables.accounts?.rows).toBe(6);
  });

  it('leaves out Regions outside the configuration, and says so', async () => {
    const folder = await newFolder();
    const { api } = fakeAws({
      accounts: [{ id: account, regions: { [region]: {}, 'us-east-1': {}, 'eu-west-1': {} } }],
    });
    const regions = [region, 'me-south-1'];
    const { manifest, summary } = await collectInto(folder, { aws: api, regions });
    expect(summary.warnings).toEqual([expect.stringContaining('me-south-1 is enabled in no')]);
    expect(
      await query(folder, manifest.snapshotId, 'SELECT region, status FROM collection_status'),
    ).toEqual([
      { region, status: 'OK' },
      { region: 'eu-west-1', status: 'SKIPPED' },
      { region: 'us-east-1', status: 'SKIPPED' },
    ]);
  });

  it('reads only what is selected, and records the rest as skipped', async () => {
    const folder = await newFolder();
    const regions = { [region]: { keys: [{ id: uuid(1) }] }, 'us-east-1': {} };
    const third = '777788889999';
    const { api, calls } = fakeAws({
      accounts: [account, other, third].map((id) => ({ id, regions })),
    });
    const only = [
      { accountId: account },
      { accountId: other, region },
      { accountId: other, region: 'me-south-1' },
      { accountId: '000000000000' },
    ];
    const { manifest, summary } = await collectInto(folder, { aws: api, only });
    expect(
      await query(
        folder,
        manifest.snapshotId,
        'SELECT account_id, region, status, error_code FROM collection_status ORDER BY ALL',
      ),
    ).toEqual([
      { account_id: account, region, status: 'OK', error_code: null },
      { account_id: account, region: 'us-east-1', status: 'OK', error_code: null },
      { account_id: other, region, status: 'OK', error_code: null },
      {
        account_id: other,
        region: 'us-east-1',
        status: 'SKIPPED',
        error_code: 'REGION_NOT_SELECTED',
      },
      { account_id: third, region: null, status: 'SKIPPED', error_code: 'ACCOUNT_NOT_SELECTED' },
    ]);
    expect(summary.keys).toBe(2);
    expect(summary.warnings).toEqual([
      `The Region me-south-1 is not enabled in account ${other}, or that is not known.`,
      'The account 000000000000 is not in the organization.',
    ]);
    expect(calls.filter((c) => c.accountId === third)).toEqual([]);
  });

  it.each<[api: ApiName, error: string, organizationId: string | null]>([
    ['ListAccounts', 'AccessDeniedException', 'o-example'],
    ['DescribeOrganization', 'AWSOrganizationsNotInUseException', null],
  ])(
    'takes the accounts that are named where %s fails with %s',
    async (apiName, error, organizationId) => {
      const folder = await newFolder();
      const organizations: unknown[] = [];
      const { api } = fakeAws({
        accounts: [account, other].map((id) => ({
          id,
          regions: { [region]: { keys: [{ id: uuid(1) }] } },
        })),
        before: (call) => {
          deny('ListAccounts', undefined, error)(call);
          deny(apiName, undefined, error)(call);
        },
      });
      const { manifest, summary } = await collectInto(folder, {
        aws: api,
        only: [{ accountId: other }],
        analyze: (_, organization) => {
          organizations.push(organization);
          return { permissions: [], concerns: [] };
        },
      });
      expect(manifest.organizationId).toBe(organizationId);
      expect(organizations).toEqual([
        { id: organizationId, accountIds: new Set([other]), isPartial: true },
      ]);
      expect(summary).toMatchObject({ accounts: 1, keys: 1 });
      expect(
        await query(
          folder,
          manifest.snapshotId,
          'SELECT account_id, account_name, ou_path FROM accounts',
        ),
      ).toEqual([{ account_id: other, account_name: '', ou_path: 'Unknown' }]);
      expect(summary.failures).toMatchObject([
        {
          accountId: other,
          region,
          status: 'PARTIAL',
          code: error,
          message: expect.stringContaining('count as outside it'),
        },
      ]);
    },
  );

  it('keeps an account whose organizational unit and tags cannot be read', async () => {
    const folder = await newFolder();
    const { api } = fakeAws({
      accounts: oneRegion([{ id: uuid(1) }]),
      before: (call) => {
        deny('ListParents')(call);
        deny('ListTagsForResource')(call);
      },
    });
    const { manifest } = await collectInto(folder, { aws: api });
    expect(
      await query(
        folder,
        manifest.snapshotId,
        'SELECT k.ou_path, status, error_message FROM kms_keys k, collection_status',
      ),
    ).toEqual([
      {
        ou_path: 'Unknown',
        status: 'PARTIAL',
        error_message: expect.stringMatching(/ListParents failed .* ListTagsForResource failed/),
      },
    ]);
  });

  it.each<ApiName>(['DescribeOrganization', 'ListAccounts'])(
    'stops without a snapshot when %s is denied',
    async (apiName) => {
      const folder = await newFolder();
      const { api } = fakeAws({ accounts: oneRegion([]), before: deny(apiName) });
      await expect(collectInto(folder, { aws: api })).rejects.toMatchObject({
        code: 'ORGANIZATION_UNREADABLE',
        runId: null,
      });
      expect(await readdir(folder)).toEqual([]);
    },
  );

  it.each(['ExpiredTokenException', 'CredentialsProviderError'])(
    'ends the run, to be resumed, when its own credentials are no good any more: %s',
    async (error) => {
      const folder = await newFolder();
      const accounts = Array.from({ length: 30 }, (_, n) => ({
        id: String(100000000000 + n),
        regions: { [region]: { keys: [{ id: uuid(n) }] } },
      }));
      let expired = false;
      const { api, calls } = fakeAws({
        accounts,
        before: (call) => {
          expired ||= call.accountId === '100000000020' && call.api === 'DescribeKey';
          if (expired) throw awsError(error);
        },
      });
      const failed: CollectError = await collectInto(folder, {
        aws: api,
        concurrency: { accountRegions: 1 },
      }).catch((e) => e);
      expect(failed).toMatchObject({
        code: 'CREDENTIALS',
        hint: expect.stringContaining(`Resume the run ${failed.runId}`),
      });
      // Its Regions are asked for ahead of time; nothing of it is read after the end.
      const last = calls.filter((c) => c.accountId === '100000000029').map((c) => c.api);
      expect(last.filter((name) => name !== 'ListRegions')).toEqual([]);
      const { api: renewed, calls: later } = fakeAws({ accounts });
      const { summary } = await collectInto(folder, {
        aws: renewed,
        resume: failed.runId ?? '',
      });
      expect(summary).toMatchObject({ keys: 30, failures: [] });
      expect(later.filter((c) => c.api === 'DescribeKey').length).toBeLessThan(30);
    },
  );

  it('takes throttling as a matter of time', async () => {
    const refused = new Map<string, number>();
    const { api } = fakeAws({
      accounts: oneRegion(Array.from({ length: 20 }, (_, n) => ({ id: uuid(n) }))),
      before: ({ api: name, input }) => {
        const request = `${name} ${JSON.stringify(input)}`;
        const times = refused.get(request) ?? 0;
        if (times >= 3) return;
        refused.set(request, times + 1);
        throw awsError(times === 2 ? 'KMSInternalException' : 'ThrottlingException');
      },
    });
    const { summary } = await collectInto(await newFolder(), { aws: api });
    expect(summary).toMatchObject({ coverage: { ok: 1, partial: 0, failed: 0 }, keys: 20 });
    expect(refused.size).toBeGreaterThan(100);
  });

  it('records throttling that never ends', async () => {
    const { api } = fakeAws({
      accounts: oneRegion([{ id: uuid(1) }]),
      before: deny('ListKeys', undefined, 'ThrottlingException'),
    });
    const { summary } = await collectInto(await newFolder(), { aws: api });
    expect(summary.failures).toMatchObject([{ status: 'FAILED', code: 'ThrottlingException' }]);
  });
});

describe('a run that ends early', () => {
  const accounts = [account, other].map((id) => ({
    id,
    regions: {
      [region]: { keys: [{ id: uuid(1) }, { id: uuid(2) }] },
      'us-east-1': { keys: [{ id: uuid(3) }] },
    },
  }));
  const one = { concurrency: { accountRegions: 1, keys: 1 } };

  const failed = async (promise: Promise<unknown>): Promise<CollectError> => {
    const error = await promise.then(
      () => null,
      (reason: unknown) => reason,
    );
    if (error instanceof CollectError) return error;
    throw new Error(`expected a CollectError, got ${error}`);
  };

  it('is resumed without reading finished account-Regions again', async () => {
    const folder = await newFolder();
    const before = await collectInto(folder, { aws: fakeAws({ accounts }).api });
    const stop = new AbortController();
    const interrupted = fakeAws({
      accounts,
      before: ({ api, accountId, region: where }) => {
        if (api === 'GetKeyPolicy' && accountId === other && where === region) stop.abort();
      },
    });
    const error = await failed(
      collectInto(folder, { aws: interrupted.api, ...one, signal: stop.signal }),
    );
    expect(error).toMatchObject({ code: 'ABORTED', runId: expect.any(String) });
    expect(await currentOf(folder)).toBe(before.manifest.snapshotId);

    const resumed = fakeAws({ accounts });
    const later = new Date(now.getTime() + 86_400_000);
    const { manifest } = await collectInto(folder, {
      aws: resumed.api,
      ...one,
      resume: error.runId ?? '',
      clock: () => later,
    });
    const read = resumed.calls
      .filter((call) => call.api === 'DescribeKey')
      .map((call) => `${call.accountId} ${call.region}`);
    expect(read).toEqual([`${other} ${region}`, `${other} ${region}`, `${other} us-east-1`]);
    expect(manifest.asOf).toBe(now.toISOString());
    expect(await currentOf(folder)).toBe(error.runId);
    expect(await readdir(join(folder, 'runs'))).toEqual([]);
    const keys = 'SELECT key_arn, created_at, days_unused FROM kms_keys';
    expect(await query(folder, manifest.snapshotId, keys)).toEqual(
      await query(folder, before.manifest.snapshotId, keys),
    );
    expect(manifest.coverage).toEqual({ ok: 4, partial: 0, failed: 0, skipped: 0 });
  });

  it('tries again what failed before, also where the Regions were not known', async () => {
    const folder = await newFolder();
    const store = folderStore(folder);
    const broken: SnapshotStore = {
      ...store,
      putFile: () => Promise.reject(new Error('disk full')),
    };
    const faulty = fakeAws({
      accounts,
      before: ({ api, accountId, region: where }) => {
        if (api === 'ListRegions' && accountId === account) throw awsError('AccessDenied');
        if (api === 'AssumeRole' && where === 'us-east-1') throw awsError('AccessDenied');
      },
    });
    const error = await failed(collectInto(folder, { aws: faulty.api, store: broken }));
    const resumed = fakeAws({ accounts });
    const { manifest } = await collectInto(folder, {
      aws: resumed.api,
      resume: error.runId ?? '',
    });
    expect(manifest.coverage).toEqual({ ok: 4, partial: 0, failed: 0, skipped: 0 });
    expect(manifest.tables.collection_status?.rows).toBe(4);
    expect(resumed.calls.filter((call) => call.api === 'DescribeKey')).toHaveLength(4);
  });

  it.each<[string, Partial<Options>]>([
    ['a run that does not exist', { resume: '20200101T000000Z-00000000' }],
    ['a run id that is a path', { resume: '../../etc' }],
  ])('does not resume %s', async (_, options) => {
    const error = await failed(
      collectInto(await newFolder(), { aws: fakeAws({ accounts }).api, ...options }),
    );
    expect(error.code).toBe('NO_SUCH_RUN');
  });

  it('does not resume a run about another organization', async () => {
    const folder = await newFolder();
    const broken: SnapshotStore = {
      ...folderStore(folder),
      putFile: () => Promise.reject(new Error('disk full')),
    };
    const aws = fakeAws({ accounts }).api;
    const { runId } = await failed(collectInto(folder, { aws, store: broken }));
    const error = await failed(collectInto(folder, { aws, resume: runId ?? '', seed: 2 }));
    expect(error.code).toBe('NO_SUCH_RUN');
  });

  type Options = Parameters<typeof collectInto>[1];
  type Fault = (store: SnapshotStore) => Partial<SnapshotStore>;
  const disk = () => Promise.reject(new Error('No space left on device'));
  it.each<[string, Fault]>([
    ['a table cannot be stored', () => ({ putFile: disk })],
    [
      'a table is stored wrongly',
      (store) => ({
        putFile: (path, file) =>
          path.startsWith('tables/key_usage/')
            ? store.put(path, 'PAR1')
            : store.putFile(path, file),
      }),
    ],
    [
      'the manifest cannot be stored',
      (store) => ({
        put: (path, text) => (path.startsWith('manifests/') ? disk() : store.put(path, text)),
      }),
    ],
    [
      'the pointer cannot be replaced',
      (store) => ({
        put: (path, text) => (path === paths.current ? disk() : store.put(path, text)),
      }),
    ],
    [
      'a staged row is lost',
      (store) => ({
        put: (path, text) =>
          store.put(path, path.endsWith('.jsonl') ? text.slice(text.indexOf('\n') + 1) : text),
      }),
    ],
    [
      'a staged row is damaged',
      (store) => ({
        put: (path, text) =>
          store.put(path, path.endsWith('.jsonl') ? text.replaceAll('"key_id"', '"x"') : text),
      }),
    ],
  ])('leaves the snapshot in force when %s, and can be resumed', async (_, fault) => {
    const folder = await newFolder();
    const { manifest: old } = await collectInto(folder, { aws: fakeAws({ accounts }).api });
    const store = folderStore(folder);
    const error = await failed(
      collectInto(folder, {
        aws: fakeAws({ accounts }).api,
        store: { ...store, ...fault(store) },
      }),
    );
    expect(error).toMatchObject({ code: 'FAILED', hint: expect.stringContaining('Resume') });
    expect(await currentOf(folder)).toBe(old.snapshotId);
    expect(await snapshotsIn(folder)).toEqual([old.snapshotId]);
    expect(await readdir(join(folder, 'runs'))).toEqual([error.runId]);
  });

  it('stops the other account-Regions when one cannot be staged', async () => {
    const folder = await newFolder();
    const many = Array.from({ length: 30 }, (_, n) => ({ id: uuid(n) }));
    let refuse: () => void = () => undefined;
    const refused = new Promise<void>((resolve) => {
      refuse = resolve;
    });
    const { api, calls } = fakeAws({
      accounts: [account, other].map((id) => ({
        id,
        regions: { [region]: { keys: id === account ? [] : many } },
      })),
      // However slow the disk is, the first keys of the other account are still being read then.
      before: ({ api: called }) => (called === 'GetKeyLastUsage' ? refused : undefined),
    });
    const store = folderStore(folder);
    const put: SnapshotStore['put'] = (path, text) => {
      if (!path.includes(`/${account}/`)) return store.put(path, text);
      setTimeout(() => refuse(), 20);
      return disk();
    };
    const error = await failed(collectInto(folder, { aws: api, store: { ...store, put } }));
    expect(error).toMatchObject({ code: 'FAILED', message: 'No space left on device' });
    await refused;
    await new Promise((resolve) => setTimeout(resolve, 50));
    const made = calls.length;
    expect(calls.filter((call) => call.api === 'GetKeyLastUsage').length).toBeLessThan(30);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(calls.length).toBe(made);
  });

  it('knows that the pointer was replaced when only the answer was lost', async () => {
    const folder = await newFolder();
    const store = folderStore(folder);
    const put: SnapshotStore['put'] = async (path, text) => {
      await store.put(path, text);
      if (path === paths.current) throw new Error('timeout');
    };
    const { manifest } = await collectInto(folder, {
      aws: fakeAws({ accounts }).api,
      store: { ...store, put },
    });
    expect(await currentOf(folder)).toBe(manifest.snapshotId);
    expect(await snapshotsIn(folder)).toEqual([manifest.snapshotId]);
  });

  it('reads Regions that were left out before, when it is resumed with them', async () => {
    const folder = await newFolder();
    const broken: SnapshotStore = {
      ...folderStore(folder),
      putFile: () => Promise.reject(new Error('disk full')),
    };
    const aws = fakeAws({ accounts }).api;
    const { runId } = await failed(
      collectInto(folder, { aws, store: broken, regions: ['us-east-1'] }),
    );
    const { manifest } = await collectInto(folder, { aws, resume: runId ?? '' });
    expect(manifest.coverage).toEqual({ ok: 4, partial: 0, failed: 0, skipped: 0 });
    expect(manifest.tables.kms_keys?.rows).toBe(6);
  });

  it('does no harm to another that runs at the same time', async () => {
    const folder = await newFolder();
    const results = await Promise.all(
      [1, 2, 3].map(() => collectInto(folder, { aws: fakeAws({ accounts }).api })),
    );
    const ids = results.map((result) => result.manifest.snapshotId).sort();
    expect(new Set(ids).size).toBe(3);
    expect(await snapshotsIn(folder)).toEqual(ids);
    expect(ids).toContain(await currentOf(folder));
    for (const id of ids) {
      expect(await query(folder, id, 'SELECT count(*) n FROM kms_keys')).toEqual([{ n: '6' }]);
    }
  });
});
