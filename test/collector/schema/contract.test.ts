import { readFileSync } from 'node:fs';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { concernKinds } from '../../../collector/schema/concerns.ts';
import { duckdbDdl } from '../../../collector/schema/duckdb.ts';
import { referenceMarkdown } from '../../../collector/schema/reference.ts';
import { findRelation, relations } from '../../../collector/schema/relations.ts';
import { baseTables } from '../../../collector/schema/tables.ts';

let db: DuckDBConnection;

beforeAll(async () => {
  db = await (await DuckDBInstance.create(':memory:')).connect();
  for (const statement of duckdbDdl()) await db.run(statement);
});

const rows = async (sql: string) => (await db.runAndReadAll(sql)).getRowObjectsJson();

describe('the database made from the contract', () => {
  it.each(relations.map((r) => r.name))(
    '%s has exactly the columns of the contract, in order',
    async (name) => {
      const reader = await db.runAndReadAll(`SELECT * FROM kms_insights."${name}"`);
      expect(reader.columnNames()).toEqual(Object.keys(findRelation(name)?.columns ?? {}));
    },
  );

  it('knows the view of the workshop under its other name too', () => {
    expect(findRelation('KMS_Insights_View')?.name).toBe('view_kms_insights_data');
  });

  it('gives every table a history twin with the day and the id of the snapshot', () => {
    for (const table of baseTables) {
      const twin = findRelation(`${table.name}_history`);
      expect(Object.keys(twin?.columns ?? {})).toEqual([
        ...Object.keys(table.columns),
        'snapshot_date',
        'snapshot_id',
      ]);
    }
  });

  it('describes every column, and every table says whose account a row is of', () => {
    for (const relation of relations) {
      for (const [name, column] of Object.entries(relation.columns)) {
        expect(column.description, `${relation.name}.${name}`).toMatch(/\.$/);
      }
      if (relation.kind !== 'view') expect(relation.columns).toHaveProperty('account_id');
    }
  });
});

describe('the concerns', () => {
  it('carry the four labels of the workshop to the letter', () => {
    const labels = concernKinds.map((k) => k.label);
    expect(labels).toEqual(
      expect.arrayContaining([
        'Principal is account',
        'Key policy overly permissive',
        'Access provided to IAM user',
        'External account',
        'Unreadable key',
      ]),
    );
    expect(new Set(labels).size).toBe(labels.length);
  });
});

describe('the views of the workshop', () => {
  const key = (id: string, region: string, extra: Record<string, string> = {}) => {
    const values: Record<string, string> = {
      account_id: "'111122223333'",
      account_name: "'payments'",
      ou_path: "'Root'",
      region: `'${region}'`,
      key_id: `'${id}'`,
      key_arn: `'arn:aws:kms:${region}:111122223333:key/${id}'`,
      aliases: '[]',
      description: "''",
      key_manager: "'CUSTOMER'",
      key_state: "'Enabled'",
      key_spec: "'SYMMETRIC_DEFAULT'",
      key_usage: "'ENCRYPT_DECRYPT'",
      origin: "'AWS_KMS'",
      multi_region: 'false',
      created_at: "TIMESTAMP '2020-01-01 00:00:00'",
      tags: "MAP {'team': 'red', 'owner': 'platform'}",
      policy_readable: 'true',
      concern_codes: '[]',
      usage_status: "'USED'",
      monthly_cost_usd: '1.0',
      collected_at: "TIMESTAMP '2026-11-23 00:00:00'",
      ...extra,
    };
    return `INSERT INTO kms_insights.kms_keys (${Object.keys(values).join(', ')}) VALUES (${Object.values(values).join(', ')})`;
  };
  const usage = (
    id: string,
    region: string,
    at: string,
    operation = 'Decrypt',
    category = 'CRYPTO',
  ) =>
    `INSERT INTO kms_insights.key_usage (account_id, region, key_id, key_arn, operation, category, last_event_at, username, encryption_context, source)
     VALUES ('111122223333', '${region}', '${id}', 'arn:aws:kms:${region}:111122223333:key/${id}', '${operation}', '${category}', TIMESTAMP '${at}', 'alice', MAP {'b': '2', 'a': '1'}, 'CLOUDTRAIL')`;
  const permission = (id: string, index: number, principal: string) =>
    `INSERT INTO kms_insights.key_permissions (account_id, region, key_id, key_arn, source, statement_index, effect, principal_type, principal, trust, actions, resources, access_levels, restricted_by, is_effective)
     VALUES ('111122223333', 'eu-west-1', '${id}', 'arn:aws:kms:eu-west-1:111122223333:key/${id}', 'POLICY', ${index}, 'Allow', 'ACCOUNT', '${principal}', 'SAME_ACCOUNT', ['kms:Encrypt', 'kms:Decrypt'], ['*'], [], [], true)`;
  const concern = (id: string, index: string, principal: string, label: string, code = 'X') =>
    `INSERT INTO kms_insights.key_concerns (account_id, region, key_id, key_arn, code, label, severity, detail, statement_index, principal, control_ids)
     VALUES ('111122223333', 'eu-west-1', '${id}', 'arn:aws:kms:eu-west-1:111122223333:key/${id}', '${code}', '${label}', 'LOW', 'd', ${index}, ${principal}, [])`;

  beforeAll(async () => {
    for (const sql of [
      key('k1', 'eu-west-1'),
      key('k2', 'eu-west-1', { policy_readable: 'false' }),
      key('mrk-1', 'eu-west-1'),
      key('mrk-1', 'us-east-1'),
      permission('k1', 0, 'root'),
      permission('k1', 1, 'root'),
      concern('k1', '1', "'root'", 'Principal is account'),
      concern('k1', '1', "'root'", 'Key policy overly permissive'),
      concern('k1', 'NULL', 'NULL', 'Rotation disabled'),
      concern('k2', 'NULL', 'NULL', 'Unreadable key', 'UNREADABLE_KEY'),
      concern('k2', 'NULL', 'NULL', 'Rotation disabled'),
      usage('k1', 'eu-west-1', '2026-01-01 00:00:00'),
      usage('k1', 'eu-west-1', '2026-03-01 00:00:00', 'Encrypt'),
      usage('k1', 'eu-west-1', '2026-09-01 00:00:00', 'PutKeyPolicy', 'MANAGEMENT'),
      usage('mrk-1', 'eu-west-1', '2026-02-01 00:00:00'),
      usage('mrk-1', 'us-east-1', '2026-04-01 00:00:00'),
    ]) {
      await db.run(sql);
    }
  });

  it('give each statement its own concerns, and key-wide ones to none', async () => {
    expect(
      await rows(
        "SELECT concern FROM kms_insights.kms_keys_table WHERE keyid = 'k1' ORDER BY concern NULLS FIRST",
      ),
    ).toEqual([
      { concern: null },
      { concern: 'Key policy overly permissive;Principal is account' },
    ]);
  });

  it('keep a key whose policy could not be read, with that concern alone', async () => {
    expect(
      await rows("SELECT principal, concern FROM kms_insights.kms_keys_table WHERE keyid = 'k2'"),
    ).toEqual([{ principal: null, concern: 'Unreadable key' }]);
  });

  it('join actions and tags into text', async () => {
    expect(
      await rows(
        "SELECT DISTINCT action, tags, CAST(date AS VARCHAR) AS date FROM kms_insights.kms_keys_table WHERE keyid = 'k1'",
      ),
    ).toEqual([
      { action: 'kms:Encrypt,kms:Decrypt', tags: 'owner=platform;team=red', date: '2026-11-23' },
    ]);
  });

  it('show the latest cryptographic use once per key id, whatever was managed later', async () => {
    expect(
      await rows(
        'SELECT keyid, eventname, eventtime, encryptioncontext FROM kms_insights.kms_key_last_used_table ORDER BY keyid',
      ),
    ).toEqual([
      {
        keyid: 'k1',
        eventname: 'Encrypt',
        eventtime: '2026-03-01 00:00:00',
        encryptioncontext: 'a=1;b=2',
      },
      {
        keyid: 'mrk-1',
        eventname: 'Decrypt',
        eventtime: '2026-04-01 00:00:00',
        encryptioncontext: 'a=1;b=2',
      },
    ]);
  });

  it('do not multiply the rows of multi-Region keys when joined by key id', async () => {
    expect(
      await rows(
        "SELECT region, count(*) AS n FROM kms_insights.kms_insights_view WHERE keyid = 'mrk-1' GROUP BY region ORDER BY region",
      ),
    ).toEqual([
      { region: 'eu-west-1', n: '1' },
      { region: 'us-east-1', n: '1' },
    ]);
  });
});

describe('the reference page', () => {
  it('is docs/schema.md (npm run docs writes it)', () => {
    const page = readFileSync(new URL('../../../docs/schema.md', import.meta.url), 'utf8');
    expect(page).toBe(`${referenceMarkdown()}\n`);
  });
});
