import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { duckdbDdl } from '../../collector/schema/duckdb.ts';
import { relations } from '../../collector/schema/relations.ts';
import type { Random } from './random.ts';
import { randomFrom } from './random.ts';

/** Stands in everything that no query may ever give: other tables and files, settings, environment. */
export const CANARY = 'Qz7canary9Zq';
/** Stands in every text of the accounts that the scope leaves out. */
export const FOREIGN = 'Xv3foreign8vX';
/** What a clock, chance or setting answers in the fuzzer's database. */
export const TRIPWIRE = 'Wt5tripwire1tW';

export const OWN_ACCOUNTS: readonly string[] = ['111111111111', '444444444444'];
export const OWN_UNIT = "Root/Prod's 100%_x";
const OTHERS = ['222222222222', '333333333333'];

interface Account {
  readonly id: string;
  readonly unit: string;
  readonly mark: string;
}
const accounts: readonly Account[] = [
  { id: '111111111111', unit: OWN_UNIT, mark: 'own' },
  { id: '444444444444', unit: `${OWN_UNIT}/Team`, mark: 'own' },
  // Units whose paths begin alike, or that a wildcard would match.
  { id: '222222222222', unit: `${OWN_UNIT}ction`, mark: FOREIGN },
  { id: '333333333333', unit: "Root/Prod's 100 x/Team", mark: FOREIGN },
];

const quote = (s: string): string => `'${s.replaceAll("'", "''")}'`;
const list = (items: readonly string[]): string => `[${items.map(quote).join(', ')}]`;
const map = (entries: readonly (readonly [string, string])[]): string =>
  `MAP {${entries.map(([k, v]) => `${quote(k)}: ${quote(v)}`).join(', ')}}`;

const enums: Readonly<Record<string, readonly string[]>> = {
  region: ['us-east-1', 'eu-west-1'],
  key_state: ['Enabled', 'Disabled', 'PendingDeletion'],
  usage_status: ['USED', 'NEVER_USED', 'UNKNOWN'],
  category: ['CRYPTO', 'CRYPTO', 'MANAGEMENT'],
  source: ['POLICY', 'POLICY', 'GRANT'],
  effect: ['Allow', 'Deny'],
  status: ['OK', 'FAILED'],
  code: ['EXTERNAL_ACCOUNT', 'UNREADABLE_KEY', 'UNUSED_KEY'],
};

/** One row of a table for an account; `n` numbers the keys, which some accounts share. */
function row(table: string, a: Account, n: number, r: Random): Readonly<Record<string, string>> {
  const relation = relations.find((t) => t.name === table);
  const region = `us-east-${1 + (n % 2)}`;
  // A key id of one account stands in another too: nothing but the account tells the rows apart.
  const keyId = n === 0 ? 'mrk-shared' : `${a.id.slice(0, 3)}-k${n}`;
  const arn =
    n === 0 && r.chance(0.5) ? 'arn:shared' : `arn:aws:kms:${region}:${a.id}:key/${keyId}`;
  const value = (name: string, type: string, nullable: boolean): string => {
    if (name === 'account_id') return quote(a.id);
    if (name === 'ou_path') return quote(a.unit);
    if (name === 'region') return quote(region);
    if (name === 'key_id') return quote(keyId);
    if (name === 'key_arn') return quote(arn);
    if (nullable && r.chance(0.2)) return 'NULL';
    const known = enums[name];
    if (known) return quote(r.pick(known));
    if (name === 'policy_json')
      return quote(`{"Version":"${a.mark}","Statement":[{"Effect":"Allow"}]}`);
    switch (type) {
      case 'boolean':
        return r.pick(['true', 'false']);
      case 'integer':
      case 'bigint':
        return String(r.below(5) * (a.mark === 'own' ? 1 : 100));
      case 'double':
        return `${r.below(4)}.5`;
      case 'date':
        return `DATE '2026-0${1 + r.below(9)}-1${r.below(9)}'`;
      case 'timestamp':
        return `TIMESTAMP '2026-0${1 + r.below(9)}-1${r.below(9)} 0${r.below(9)}:00:00'`;
      case 'array(varchar)':
        return list(Array.from({ length: r.below(4) }, (_, i) => `${a.mark}-${i}`));
      case 'map(varchar, varchar)':
        return map(
          Array.from({ length: r.below(3) }, (_, i) => [
            ['Owner', 'Env'][i] ?? 'x',
            `${a.mark}-${i}`,
          ]),
        );
      default:
        return quote(`${a.mark}-${name.slice(0, 4)}-${r.below(4)}`);
    }
  };
  return Object.fromEntries(
    Object.entries(relation?.columns ?? {}).map(([name, c]) => [
      name,
      value(name, c.type, c.nullable),
    ]),
  );
}

/** The statements that fill the tables, in any order. */
function inserts(only: readonly string[] | null): readonly string[] {
  const statements: string[] = [];
  for (const t of relations.filter((x) => x.kind !== 'view'))
    for (const a of accounts) {
      const r = randomFrom(Number(a.id.slice(0, 5)) + t.name.length);
      const count = t.name.startsWith('accounts') ? 1 : 4;
      for (let n = 0; n < count; n++) {
        const columns = row(t.name, a, n, r);
        if (only !== null && !only.includes(a.id)) continue;
        statements.push(
          `INSERT INTO kms_insights."${t.name}" (${Object.keys(columns)
            .map((c) => `"${c}"`)
            .join(', ')}) VALUES (${Object.values(columns).join(', ')})`,
        );
      }
    }
  return statements;
}

/** The row's account is told by nothing but its id, so another order of rows must not change an answer. */
async function fill(connection: DuckDBConnection, statements: readonly string[], reverse: boolean) {
  for (const s of duckdbDdl()) await connection.run(s);
  for (const s of reverse ? [...statements].reverse() : statements) await connection.run(s);
}

export type Outcome =
  | { readonly kind: 'rows'; readonly rows: readonly string[]; readonly ms: number }
  | { readonly kind: 'error'; readonly message: string; readonly ms: number };

export type Run = (sql: string) => Promise<Outcome>;

/** Longest that a query may run before it is interrupted. */
const TIMEOUT_MS = 5_000;

function runner(connection: DuckDBConnection): Run {
  return async (sql) => {
    const started = performance.now();
    const timer = setTimeout(() => connection.interrupt(), TIMEOUT_MS);
    const ms = (): number => performance.now() - started;
    try {
      const rows = (await connection.runAndReadAll(sql))
        .getRowsJson()
        .map((r) => JSON.stringify(r));
      return { kind: 'rows', rows, ms: ms() };
    } catch (error) {
      return { kind: 'error', message: String(error), ms: ms() };
    } finally {
      clearTimeout(timer);
    }
  };
}

async function plain(only: readonly string[] | null, reverse: boolean): Promise<Run> {
  const connection = await (
    await DuckDBInstance.create(':memory:', { threads: '1', memory_limit: '1GB' })
  ).connect();
  await fill(connection, inserts(only), reverse);
  return runner(connection);
}

export interface Databases {
  /** All accounts, and canaries all around, with nothing locked. */
  readonly open: Run;
  /** The same rows in another order. */
  readonly shuffled: Run;
  /** The rows of the own accounts only, in both orders. */
  readonly own: Run;
  readonly ownShuffled: Run;
  readonly none: Run;
  readonly canaryFile: string;
  /** A text that changes when anything in the open database or its files is changed. */
  readonly fingerprint: () => Promise<string>;
  readonly close: () => Promise<void>;
}

/** Functions of clocks, chance, settings and the surroundings, each made to give itself away. */
const tripwires = [
  'now()',
  'today()',
  'random()',
  'uuid()',
  'gen_random_uuid()',
  'version()',
  'current_setting(x)',
  'getenv(x)',
  'getvariable(x)',
  'current_database()',
  'txid_current()',
  'nextval(x)',
  'currval(x)',
  'get_current_timestamp()',
  'get_current_time()',
  'current_localtimestamp()',
  'current_localtime()',
  'pg_backend_pid()',
  'transaction_timestamp()',
  'in_search_path(x, y)',
];

export async function openDatabases(): Promise<Databases> {
  const folder = await mkdtemp(join(tmpdir(), 'kms-fuzz-'));
  const canaryFile = join(folder, 'canary.csv');
  await writeFile(canaryFile, `secret\n${CANARY}\n`);
  process.env.SECRET = CANARY;
  const instance = await DuckDBInstance.create(join(folder, 'open.duckdb'), {
    threads: '1',
    memory_limit: '1GB',
    custom_user_agent: CANARY,
    autoinstall_known_extensions: 'false',
  });
  const connection = await instance.connect();
  await fill(connection, inserts(null), false);
  const make = (where: string): readonly string[] => [
    `CREATE TABLE ${where}canary_t (secret VARCHAR)`,
    `INSERT INTO ${where}canary_t VALUES ('${CANARY}')`,
  ];
  for (const s of [
    ...make(''),
    'CREATE SCHEMA other',
    ...make('other.'),
    ...make('kms_insights.'),
    'CREATE VIEW canary_view AS SELECT * FROM canary_t',
    `ATTACH '${join(folder, 'attached.duckdb')}' AS attached`,
    ...make('attached.'),
    `CREATE TEMP TABLE canary_temp AS SELECT '${CANARY}' AS secret`,
    `SET VARIABLE secret = '${CANARY}'`,
    ...tripwires.map((f) => `CREATE MACRO main.${f} AS error('${TRIPWIRE}')`),
    'CHECKPOINT',
    'CHECKPOINT attached',
  ])
    await connection.run(s);

  const fingerprint = async (): Promise<string> => {
    const hash = createHash('sha256');
    const names = await connection.runAndReadAll(
      `SELECT database_name, schema_name, table_name FROM duckdb_tables() ORDER BY ALL`,
    );
    for (const [database, schema, table] of names.getRowsJson()) {
      const sum = await connection.runAndReadAll(
        `SELECT count(*), bit_xor(hash(t)) FROM "${database}"."${schema}"."${table}" t`,
      );
      hash.update(JSON.stringify([database, schema, table, sum.getRowsJson()]));
    }
    const settings = await connection.runAndReadAll(
      'SELECT name, value FROM duckdb_settings() ORDER BY name',
    );
    hash.update(JSON.stringify(settings.getRowsJson()));
    for (const file of (await readdir(folder)).sort())
      hash.update(file).update(file.endsWith('.csv') ? await readFile(join(folder, file)) : '');
    return hash.digest('hex');
  };

  return {
    open: runner(connection),
    shuffled: await plain(null, true),
    own: await plain(OWN_ACCOUNTS, false),
    ownShuffled: await plain(OWN_ACCOUNTS, true),
    none: await plain([], false),
    canaryFile,
    fingerprint,
    close: async () => {
      instance.closeSync();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export { OTHERS };
