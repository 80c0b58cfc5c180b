import { baseTables } from './tables.ts';
import { type Column, type Columns, nullable, required, type Words } from './types.ts';

/**
 * Everything that can stand in a FROM clause: the base tables, their `*_history` twins and the
 * views that keep the names of the original workshop working.
 */
export interface Relation {
  readonly name: string;
  readonly kind: 'table' | 'history' | 'view';
  readonly row: string;
  readonly description: string;
  readonly words: Words;
  readonly columns: Columns;
  /** Other names under which it is known. */
  readonly alsoKnownAs: readonly string[];
}

/** The database, and the names that are accepted as a qualifier for it. */
export const DATABASE = 'kms_insights';
export const DATABASE_ALIASES: readonly string[] = [DATABASE, 'kms_insights_database'];

const historyColumns = {
  snapshot_date: required('date', {
    role: 'time',
    description:
      'The day of the snapshot (UTC); of several snapshots of a day the last one counts.',
    words: { en: ['snapshot date', 'day of the snapshot'] },
  }),
  snapshot_id: required('varchar', {
    role: 'identifier',
    description: 'The id of the snapshot.',
    words: { en: ['snapshot id', 'snapshot'] },
  }),
} as const;

const text = (description: string): Column<'varchar', true> =>
  nullable('varchar', { role: 'text', untrusted: true, description });

const tableRelations: readonly Relation[] = baseTables.map((t) => ({
  name: t.name,
  kind: 'table',
  row: t.row,
  description: t.description,
  words: t.words,
  columns: t.columns,
  alsoKnownAs: [],
}));

const historyRelations: readonly Relation[] = baseTables.map((t) => ({
  name: `${t.name}_history`,
  kind: 'history',
  row: `${t.row}, in one snapshot`,
  description: `All snapshots of ${t.name}, one per day. ${t.description}`,
  words: {},
  columns: { ...t.columns, ...historyColumns },
  alsoKnownAs: [],
}));

const permissionViewColumns: Columns = {
  date: required('date', { role: 'time', description: 'The day of the snapshot (UTC).' }),
  accountnumber: required('varchar', { role: 'identifier', description: 'The account id.' }),
  accountname: text('The account name.'),
  region: required('varchar', { role: 'category', description: 'The Region.' }),
  keyid: required('varchar', { role: 'identifier', description: 'The key id.' }),
  alias: text('The first alias of the key.'),
  sid: text('The Sid of the statement.'),
  effect: text('Allow or Deny; null when the policy could not be read.'),
  principal: text('The principal as written; null when the policy could not be read.'),
  principalservice: text('The service, when the principal is one.'),
  action: text("The actions, joined by ','."),
  condition: text('The condition block as JSON text.'),
  concern: text("The labels of the concerns of this row, joined by ';'; null without one."),
  resource: text("The resources, joined by ','."),
  tags: text("The tags of the key as name=value, joined by ';'."),
  creationdate: nullable('timestamp', {
    role: 'time',
    description: 'When the key was created (UTC).',
  }),
};

const lastUsedViewColumns: Columns = {
  keyid: required('varchar', { role: 'identifier', description: 'The key id.' }),
  eventtime: required('timestamp', {
    role: 'time',
    description: 'The last recorded cryptographic use (UTC). A key without one has no row.',
  }),
  username: text('The user or session name of the caller.'),
  eventname: text('The operation, such as Decrypt.'),
  encryptioncontext: text("The encryption context as name=value, joined by ';'."),
  eventsource: text('Always kms.amazonaws.com.'),
  useridentitytype: text('The CloudTrail userIdentity type.'),
  sourceipaddress: text('The source IP address.'),
};

const { keyid: _joinedOn, ...lastUsedColumnsWithoutKey } = lastUsedViewColumns;

const viewRelations: readonly Relation[] = [
  {
    name: 'kms_keys_table',
    kind: 'view',
    row: 'one principal of one policy statement of one key',
    description:
      'The key policies under the names of the original workshop. A key whose policy could not be read has one row with the concern "Unreadable key".',
    words: {},
    columns: permissionViewColumns,
    alsoKnownAs: [],
  },
  {
    name: 'kms_key_last_used_table',
    kind: 'view',
    row: 'the last use of one key id',
    description:
      'The last cryptographic use under the names of the original workshop. Replicas of a multi-Region key share a key id; their latest use counts.',
    words: {},
    columns: lastUsedViewColumns,
    alsoKnownAs: [],
  },
  {
    name: 'view_kms_insights_data',
    kind: 'view',
    row: 'one principal of one policy statement of one key, with the last use of the key',
    description: 'kms_keys_table LEFT JOIN kms_key_last_used_table ON keyid.',
    words: {},
    columns: { ...permissionViewColumns, ...lastUsedColumnsWithoutKey },
    alsoKnownAs: ['kms_insights_view'],
  },
];

/** Every relation of the contract. */
export const relations: readonly Relation[] = [
  ...tableRelations,
  ...historyRelations,
  ...viewRelations,
];

const relationByName: ReadonlyMap<string, Relation> = new Map(
  relations.flatMap((r) => [r.name, ...r.alsoKnownAs].map((name) => [name, r] as const)),
);

/** The relation of a name or of one of its other names, in any case; undefined when there is none. */
export function findRelation(name: string): Relation | undefined {
  return relationByName.get(name.toLowerCase());
}
