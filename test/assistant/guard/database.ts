import { DuckDBInstance } from '@duckdb/node-api';
import { guard } from '../../../assistant/guard/guard.ts';
import type { CheckedQuery, GuardError, GuardOptions } from '../../../assistant/guard/types.ts';
import { duckdbDdl } from '../../../collector/schema/duckdb.ts';

export const options: GuardOptions = {
  asOf: new Date('2026-11-23T10:30:00Z'),
  accountScope: null,
};

const key = (
  account: string,
  id: string,
  region: string,
  over: Readonly<Record<string, string>> = {},
): string => {
  const arn = `arn:aws:kms:${region}:${account}:key/${id}`;
  const columns: Record<string, string> = {
    account_id: `'${account}'`,
    account_name: `'name-${account.slice(-1)}'`,
    ou_path: `'/Root'`,
    region: `'${region}'`,
    key_id: `'${id}'`,
    key_arn: `'${arn}'`,
    alias: `'alias/${id}'`,
    aliases: `['alias/${id}']`,
    description: `''`,
    key_manager: `'CUSTOMER'`,
    key_state: `'Enabled'`,
    key_spec: `'SYMMETRIC_DEFAULT'`,
    key_usage: `'ENCRYPT_DECRYPT'`,
    origin: `'AWS_KMS'`,
    multi_region: 'false',
    created_at: `TIMESTAMP '2026-01-15 08:00:00'`,
    tags: 'MAP {}',
    policy_readable: 'true',
    concern_codes: '[]',
    usage_status: `'USED'`,
    monthly_cost_usd: '1.0',
    collected_at: `TIMESTAMP '2026-11-23 10:00:00'`,
    ...over,
  };
  return `INSERT INTO kms_insights.kms_keys (${Object.keys(columns).join(', ')}) VALUES (${Object.values(columns).join(', ')})`;
};

export const usage = (
  account: string,
  id: string,
  region: string,
  at: string,
  user: string,
): string =>
  `INSERT INTO kms_insights.key_usage (account_id, region, key_id, key_arn, operation, category, last_event_at, username, encryption_context, source)
   VALUES ('${account}', '${region}', '${id}', 'arn:aws:kms:${region}:${account}:key/${id}', 'Decrypt', 'CRYPTO', TIMESTAMP '${at}', '${user}', MAP {}, 'KMS')`;

const permission = (account: string, id: string, region: string, principal: string): string =>
  `INSERT INTO kms_insights.key_permissions (account_id, region, key_id, key_arn, source, statement_index, effect, principal_type, principal, trust, actions, resources, access_levels, restricted_by, is_effective)
   VALUES ('${account}', '${region}', '${id}', 'arn:aws:kms:${region}:${account}:key/${id}', 'POLICY', 0, 'Allow', 'ACCOUNT', '${principal}', 'EXTERNAL', ['kms:*'], ['*'], ['ADMIN'], [], true)`;

const concern = (
  account: string,
  id: string,
  region: string,
  code: string,
  label: string,
): string =>
  `INSERT INTO kms_insights.key_concerns (account_id, region, key_id, key_arn, code, label, severity, detail, statement_index, principal, control_ids)
   VALUES ('${account}', '${region}', '${id}', 'arn:aws:kms:${region}:${account}:key/${id}', '${code}', '${label}', 'HIGH', 'detail', 0, '999999999999', [])`;

/** Two accounts: 1 with three keys, and 2 with one, whose every value says "canary". */
const rows = [
  key('111111111111', 'k1', 'us-east-1', {
    tags: `MAP {'Owner': 'ada', 'Env': 'prod'}`,
    concern_codes: `['EXTERNAL_ACCOUNT', 'WILDCARD_ACTIONS']`,
    aliases: `['alias/k1', 'alias/b', 'alias/a']`,
    days_unused: '10',
    policy_json: `'{"Statement":[{"Effect":"Allow","Condition":{"x:y":"z"},"n":null}]}'`,
    last_used_at: `TIMESTAMP '2026-11-13 10:00:00'`,
  }),
  key('111111111111', 'k2', 'eu-west-1', {
    alias: 'NULL',
    days_unused: '200',
    monthly_cost_usd: '2.5',
    created_at: `TIMESTAMP '2025-12-31 23:59:59'`,
    tags: `MAP {'Owner': 'bob'}`,
  }),
  key('111111111111', 'k3', 'us-east-1', { key_state: `'Disabled'`, multi_region: 'true' }),
  key('222222222222', 'canary', 'us-east-1', {
    account_name: `'canary'`,
    tags: `MAP {'canary': 'canary'}`,
    concern_codes: `['canary']`,
  }),
  usage('111111111111', 'k1', 'us-east-1', '2026-11-13 10:00:00', 'ada'),
  usage('111111111111', 'k2', 'eu-west-1', '2026-05-07 10:00:00', 'bob'),
  usage('222222222222', 'canary', 'us-east-1', '2026-11-01 00:00:00', 'canary'),
  permission('111111111111', 'k1', 'us-east-1', '999999999999'),
  permission('222222222222', 'canary', 'us-east-1', '999999999999'),
  concern('111111111111', 'k1', 'us-east-1', 'EXTERNAL_ACCOUNT', 'External account'),
  concern('111111111111', 'k1', 'us-east-1', 'WILDCARD_ACTIONS', 'Key policy overly permissive'),
  concern('222222222222', 'canary', 'us-east-1', 'EXTERNAL_ACCOUNT', 'External account'),
  `INSERT INTO kms_insights.accounts VALUES ('111111111111', 'name-1', '/Root', 'example.com', 'ACTIVE', false, MAP {}), ('222222222222', 'canary', '/Root', NULL, 'ACTIVE', false, MAP {})`,
];

/** Runs DuckDB SQL over the rows above, and those of more statements; values as JSON. */
export async function openDatabase(
  more: readonly string[] = [],
): Promise<(sql: string) => Promise<readonly (readonly unknown[])[]>> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const statement of [...duckdbDdl(), ...rows, ...more]) await connection.run(statement);
  return async (sql) => (await connection.runAndReadAll(sql)).getRowsJson();
}

export function accept(sql: string, over: Partial<GuardOptions> = {}): CheckedQuery {
  const result = guard(sql, { ...options, ...over });
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message} (${sql})`);
  return result.query;
}

export function refused(sql: string): GuardError {
  const result = guard(sql, options);
  if (result.ok) throw new Error(`Accepted: ${sql}\nas ${result.query.trino}`);
  return result.error;
}
