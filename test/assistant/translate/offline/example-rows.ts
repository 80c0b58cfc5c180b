import { DuckDBInstance } from '@duckdb/node-api';
import { guard } from '../../../../assistant/guard/guard.ts';
import { duckdbDdl } from '../../../../collector/schema/duckdb.ts';
import { relations } from '../../../../collector/schema/relations.ts';
import { asOf } from './example-data.ts';

type Row = Readonly<Record<string, unknown>>;

const day = 86_400_000;
/** A moment so many days before the as-of time. */
export const daysAgo = (days: number) => new Date(asOf.getTime() - days * day);

const keyDefaults: Row = {
  account_id: '111111111111',
  account_name: 'payments-prod',
  ou_path: 'Root/Workloads/Production',
  region: 'eu-central-1',
  alias: null,
  aliases: [],
  description: '',
  key_manager: 'CUSTOMER',
  key_state: 'Enabled',
  key_spec: 'SYMMETRIC_DEFAULT',
  key_usage: 'ENCRYPT_DECRYPT',
  origin: 'AWS_KMS',
  multi_region: false,
  rotation_enabled: true,
  created_at: daysAgo(1000),
  tags: {},
  policy_json: '{}',
  policy_readable: true,
  concern_codes: [],
  usage_status: 'UNKNOWN',
  monthly_cost_usd: 1,
  collected_at: asOf,
};

const permissionDefaults: Row = {
  source: 'POLICY',
  statement_index: 0,
  effect: 'Allow',
  principal_type: 'ROLE',
  principal: 'arn:aws:iam::999999999999:role/x',
  principal_account: '999999999999',
  trust: 'EXTERNAL',
  actions: ['kms:Decrypt'],
  resources: ['*'],
  access_levels: ['DECRYPT'],
  restricted_by: [],
  is_effective: true,
};

/** One key of the example, with values of its own. */
export const key = (id: string, own: Row): Row => ({
  ...keyDefaults,
  key_id: id,
  key_arn: `arn:aws:kms:eu-central-1:111111111111:key/${id}`,
  ...own,
});
const ofKey = (id: string, own: Row): Row => ({
  account_id: '111111111111',
  region: 'eu-central-1',
  key_id: id,
  key_arn: `arn:aws:kms:eu-central-1:111111111111:key/${id}`,
  ...own,
});
const permission = (id: string, own: Row) => ofKey(id, { ...permissionDefaults, ...own });
const concern = (id: string, code: string, label: string, severity: string) =>
  ofKey(id, { code, label, severity, detail: 'x', control_ids: [] });

const used = (days: number, own: Row = {}): Row => ({
  usage_status: 'USED',
  last_used_at: daysAgo(days),
  last_used_operation: 'Decrypt',
  usage_tracked_since: daysAgo(400),
  days_unused: days,
  ...own,
});

/** A small data set with the cases at the edges. */
export const rows: Readonly<Record<string, readonly Row[]>> = {
  kms_keys: [
    key('used-90', used(90, { alias: 'alias/orders', aliases: ['alias/orders'] })),
    key('used-89', used(89, { rotation_enabled: false })),
    key('used-91', used(91, { tags: { owner: 'platform' }, region: 'eu-west-1' })),
    key('never-old', { usage_status: 'NEVER_USED', created_at: daysAgo(200), days_unused: 200 }),
    key('never-new', { usage_status: 'NEVER_USED', created_at: daysAgo(1), days_unused: 1 }),
    key('norecord-long', {
      usage_status: 'NO_RECORD',
      usage_tracked_since: daysAgo(100),
      days_unused: 100,
    }),
    key('norecord-short', {
      usage_status: 'NO_RECORD',
      usage_tracked_since: daysAgo(30),
      days_unused: 30,
    }),
    key('unknown', {}),
    key(
      'unreadable',
      used(300, {
        policy_readable: false,
        policy_json: null,
        rotation_enabled: null,
        concern_codes: ['UNREADABLE_KEY'],
        max_severity: 'MEDIUM',
      }),
    ),
    key('denied', used(300, {})),
    key(
      'public',
      used(10, {
        key_state: 'Disabled',
        concern_codes: ['PUBLIC_ACCESS'],
        max_severity: 'CRITICAL',
      }),
    ),
    key(
      'aws',
      used(300, {
        key_manager: 'AWS',
        monthly_cost_usd: 0,
        alias: 'alias/aws/s3',
        aliases: ['alias/aws/s3'],
        account_id: '222222222222',
        account_name: 'payments-dev',
        ou_path: 'Root/Workloads/Staging',
      }),
    ),
  ],
  key_permissions: [
    ...[
      'used-90',
      'used-89',
      'used-91',
      'never-old',
      'never-new',
      'norecord-long',
      'norecord-short',
      'unknown',
    ].map((id) => permission(id, {})),
    permission('denied', { is_effective: false }),
    permission('denied', {
      trust: 'SAME_ACCOUNT',
      principal: 'arn:aws:iam::111111111111:role/deploy',
      principal_account: '111111111111',
    }),
    permission('public', {
      trust: 'PUBLIC',
      principal: '*',
      principal_type: 'ANYONE',
      principal_account: null,
      source: 'POLICY',
      access_levels: ['ENCRYPT'],
    }),
    permission('aws', {
      trust: 'ORGANIZATION',
      principal: 'arn:aws:iam::333333333333:root',
      principal_type: 'ACCOUNT',
      principal_account: '333333333333',
      source: 'GRANT',
      grant_id: 'g',
      statement_index: null,
    }),
  ],
  key_concerns: [
    concern('public', 'PUBLIC_ACCESS', 'Public access', 'CRITICAL'),
    concern('unreadable', 'UNREADABLE_KEY', 'Unreadable key', 'MEDIUM'),
  ],
  key_usage: [
    ofKey('used-90', {
      operation: 'Decrypt',
      category: 'CRYPTO',
      last_event_at: daysAgo(90),
      username: 'alice',
      encryption_context: {},
      source: 'KMS',
    }),
    ofKey('used-90', {
      operation: 'PutKeyPolicy',
      category: 'MANAGEMENT',
      last_event_at: daysAgo(5),
      username: 'bob',
      encryption_context: {},
      source: 'CLOUDTRAIL',
    }),
  ],
  accounts: [
    {
      account_id: '111111111111',
      account_name: 'payments-prod',
      ou_path: 'Root/Workloads/Production',
      state: 'ACTIVE',
      is_management: false,
      tags: {},
    },
    {
      account_id: '222222222222',
      account_name: 'payments-dev',
      ou_path: 'Root/Workloads/Staging',
      state: 'ACTIVE',
      is_management: false,
      tags: {},
    },
    {
      account_id: '333333333333',
      account_name: 'Audit',
      ou_path: 'Root/Security',
      state: 'ACTIVE',
      is_management: true,
      tags: {},
    },
    {
      account_id: '444444444444',
      account_name: 'lost',
      ou_path: 'Root/Security',
      state: 'ACTIVE',
      is_management: false,
      tags: {},
    },
  ],
  collection_status: [
    {
      account_id: '444444444444',
      region: 'eu-west-1',
      status: 'FAILED',
      keys_seen: 0,
      error_code: 'AccessDenied',
      started_at: asOf,
      finished_at: asOf,
    },
    {
      account_id: '111111111111',
      region: 'eu-west-1',
      status: 'OK',
      keys_seen: 1,
      started_at: asOf,
      finished_at: asOf,
    },
  ],
};

function sqlValue(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (value instanceof Date)
    return `TIMESTAMP '${value.toISOString().slice(0, 19).replace('T', ' ')}'`;
  if (Array.isArray(value)) return `[${value.map(sqlValue).join(', ')}]::VARCHAR[]`;
  if (typeof value === 'object') {
    const pairs = Object.entries(value).map(([k, v]) => `${sqlValue(k)}: ${sqlValue(v)}`);
    return pairs.length === 0 ? 'MAP()::MAP(VARCHAR, VARCHAR)' : `MAP {${pairs.join(', ')}}`;
  }
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}

/** Opens the example rows, or others; the function runs a query and gives its rows as objects. */
export async function openExample(
  tables: Readonly<Record<string, readonly Row[]>> = rows,
): Promise<(sql: string) => Promise<Record<string, unknown>[]>> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const statement of duckdbDdl()) await connection.run(statement);
  for (const [table, list] of Object.entries(tables)) {
    const relation = relations.find((r) => r.name === table);
    const names = Object.keys(relation?.columns ?? {});
    for (const row of list) {
      await connection.run(
        `INSERT INTO kms_insights.${table} (${names.join(', ')}) VALUES (${names.map((n) => sqlValue(row[n])).join(', ')})`,
      );
    }
  }
  return async (sql) => {
    const checked = guard(sql, { asOf, accountScope: null });
    if (!checked.ok) throw new Error(`${JSON.stringify(checked.error)}\n${sql}`);
    const { duckdb } = checked.query;
    const reader = await connection.runAndReadAll(duckdb);
    return reader.getRowObjectsJson() as Record<string, unknown>[];
  };
}
