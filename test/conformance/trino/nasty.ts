import { DATABASE } from '../../../collector/schema/relations.ts';

/**
 * Rows of the contract's tables that no collection would give all at once: nulls wherever they may
 * stand, empty arrays and maps, nulls inside them, all kinds of text, ties, duplicates, days far
 * away, and numbers that are not ordinary. As statements for DuckDB.
 */
export function nastyRows(): readonly string[] {
  return [
    ...keys.map((k, i) => insert('kms_keys', key(i, k))),
    ...usages.map((u, i) => insert('key_usage', usage(i, u))),
    ...permissions.map((p, i) => insert('key_permissions', permission(i, p))),
    ...concerns.map((c, i) => insert('key_concerns', concern(i, c))),
    insert('accounts', {
      account_id: `'900000000001'`,
      account_name: `'日本 ''quoted'' "account"'`,
      ou_path: `''`,
      state: `'ACTIVE'`,
      is_management: 'false',
      tags: `MAP {'a': '', '': 'b'}`,
    }),
  ];
}

type Values = Readonly<Record<string, string>>;

const insert = (table: string, values: Values): string =>
  `INSERT INTO ${DATABASE}.${table} (${Object.keys(values).join(', ')}) VALUES (${Object.values(values).join(', ')})`;

const accountOf = (i: number) => `'90000000000${1 + (i % 3)}'`;
const arnOf = (i: number) => `'arn:aws:kms:xx-nasty-1:90000000000${1 + (i % 3)}:key/nasty-${i}'`;

const texts: readonly string[] = [
  `''`,
  `' '`,
  `'%'`,
  `'a_b%c'`,
  `'a\\b'`,
  `'O''Brien "x"'`,
  `'日本語のキー'`,
  `'😀 emoji e\u0301'`,
  `'tab\there\nline\r\nend'`,
  `'ß İ ı Σς ǅ'`,
  `'$1 \\1 (.*) [a]'`,
  `'alias/UPPER-lower'`,
  `'  padded  '`,
  `'2024-02-29'`,
  `'-12.50'`,
  `'1e3'`,
];

const keys: readonly Values[] = [
  ...texts.map((t, i) => ({
    alias: t,
    description: t,
    aliases: `[${t}, NULL, ${t}, 'z']`,
    tags: `MAP {'text': ${t}, 'Z': 'last', 'a': 'first', '10': 'ten', '9': 'nine'}`,
    days_unused: String([0, 1, -1, 90, 90, 91, 2147483647, -2147483648][i % 8]),
    monthly_cost_usd:
      ['0.1', '0.2', '-0.0', '1e-300', '123456789012.5', '2.5', '3.5', '0.30000000000000004'][
        i % 8
      ] ?? '0',
  })),
  {
    aliases: 'NULL',
    tags: 'NULL',
    created_at: 'NULL',
    monthly_cost_usd: 'NULL',
    key_manager: 'NULL',
  },
  { monthly_cost_usd: `'NaN'::DOUBLE`, days_unused: '7' },
  { monthly_cost_usd: `'Infinity'::DOUBLE`, days_unused: '7' },
  { monthly_cost_usd: `'-Infinity'::DOUBLE`, days_unused: '7' },
  {
    created_at: `TIMESTAMP '0001-01-01 00:00:00'`,
    deletion_at: `TIMESTAMP '9999-12-31 23:59:59.999'`,
    last_used_at: `TIMESTAMP '1969-12-31 23:59:59.999'`,
    material_expires_at: `TIMESTAMP '1970-01-01 00:00:00.001'`,
  },
  {
    created_at: `TIMESTAMP '2024-02-29 12:34:56.789'`,
    last_used_at: `TIMESTAMP '2026-08-25 00:00:00'`,
    deletion_at: `TIMESTAMP '2026-12-31 00:00:00'`,
    policy_json: `'{"Version":"2012-10-17","Statement":[{"Sid":"Ärger \\u00e9","Effect":"Allow","n":1.50,"t":true,"z":null,"a":[1,[2]],"x y":{"k.e":"v"}}]}'`,
  },
  { created_at: `TIMESTAMP '2024-12-30 00:00:00'`, policy_json: `'not json'`, tags: 'MAP {}' },
  { created_at: `TIMESTAMP '2027-01-03 23:59:59.999'`, policy_json: `'[1,"two",{"3":3}]'` },
  { policy_json: `''`, aliases: '[NULL]' },
  { policy_json: `'"text"'`, aliases: `['b', 'a', 'B', 'A', 'á', '日', '']` },
];

function key(i: number, over: Values): Values {
  return {
    account_id: accountOf(i),
    account_name: `'nasty'`,
    ou_path: `'/Root/Nasty'`,
    region: `'xx-nasty-${1 + (i % 2)}'`,
    key_id: `'nasty-${i}'`,
    key_arn: arnOf(i),
    aliases: '[]',
    key_manager: `'CUSTOMER'`,
    multi_region: 'false',
    created_at: `TIMESTAMP '2026-01-31 08:00:00.123'`,
    tags: 'MAP {}',
    policy_readable: i % 4 === 0 ? 'false' : 'true',
    concern_codes: i % 3 === 0 ? '[]' : `['B', 'A']`,
    usage_status: `'UNKNOWN'`,
    monthly_cost_usd: '1.0',
    collected_at: `TIMESTAMP '2026-11-23 10:30:00'`,
    ...over,
  };
}

const usages: readonly Values[] = [
  { last_event_at: `TIMESTAMP '2026-01-01 00:00:00'`, username: `'same time'`, event_id: `'b'` },
  {
    last_event_at: `TIMESTAMP '2026-01-01 00:00:00'`,
    username: `'same time too'`,
    event_id: `'a'`,
  },
  { last_event_at: `TIMESTAMP '2026-01-01 00:00:00'`, username: 'NULL', event_id: 'NULL' },
  {
    last_event_at: `TIMESTAMP '2025-06-30 23:59:59.999'`,
    encryption_context: `MAP {'b': '2', 'a': '1', '日': '本=;'}`,
  },
  { last_event_at: `TIMESTAMP '2026-08-25 10:30:00'`, category: `'MANAGEMENT'` },
];

function usage(i: number, over: Values): Values {
  const n = i < 3 ? 5 : 4 + i;
  return {
    account_id: accountOf(n),
    region: `'xx-nasty-1'`,
    key_id: `'nasty-${n}'`,
    key_arn: arnOf(n),
    operation: `'Decrypt'`,
    category: `'CRYPTO'`,
    encryption_context: 'MAP {}',
    source: `'KMS'`,
    ...over,
  };
}

const permissions: readonly Values[] = [
  { principal: `'*'`, principal_type: `'ANYONE'`, trust: `'PUBLIC'`, sid: 'NULL' },
  {
    principal: `'*'`,
    principal_type: `'ANYONE'`,
    trust: `'PUBLIC'`,
    sid: `''`,
    statement_index: '1',
  },
  {
    principal: `'s3.amazonaws.com'`,
    principal_type: `'SERVICE'`,
    trust: `'SERVICE'`,
    actions: '[]',
    resources: '[]',
  },
  {
    principal: `'arn:aws:iam::1:user/ü'`,
    principal_type: `'USER'`,
    actions: `['kms:*', 'kms:De*']`,
  },
];

function permission(i: number, over: Values): Values {
  const n = i < 2 ? 5 : i;
  return {
    account_id: accountOf(n),
    region: `'xx-nasty-1'`,
    key_id: `'nasty-${n}'`,
    key_arn: arnOf(n),
    source: `'POLICY'`,
    statement_index: '0',
    effect: `'Allow'`,
    principal_type: `'ACCOUNT'`,
    principal: `'1'`,
    trust: `'EXTERNAL'`,
    actions: `['kms:Decrypt']`,
    resources: `['*']`,
    access_levels: `['DECRYPT']`,
    restricted_by: '[]',
    is_effective: 'true',
    ...over,
  };
}

const concerns: readonly Values[] = [
  { code: `'PUBLIC_ACCESS'`, label: `'z last'`, severity: `'CRITICAL'` },
  { code: `'EXTERNAL_ACCOUNT'`, label: `'External account'` },
  { code: `'EXTERNAL_ACCOUNT'`, label: `'External account'` },
  {
    code: `'UNREADABLE_KEY'`,
    label: `'Unreadable key'`,
    principal: 'NULL',
    statement_index: 'NULL',
  },
];

function concern(i: number, over: Values): Values {
  const n = i < 3 ? 5 : 4;
  return {
    account_id: accountOf(n),
    region: `'xx-nasty-1'`,
    key_id: `'nasty-${n}'`,
    key_arn: arnOf(n),
    code: `'EXTERNAL_ACCOUNT'`,
    label: `'External account'`,
    severity: `'HIGH'`,
    detail: `'detail'`,
    statement_index: '0',
    principal: `'*'`,
    control_ids: '[]',
    ...over,
  };
}
