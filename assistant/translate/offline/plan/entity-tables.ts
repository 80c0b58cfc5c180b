import { severities } from '../../../../collector/schema/enums.ts';
import { DATABASE } from '../../../../collector/schema/relations.ts';
import {
  accounts,
  collectionStatus,
  keyConcerns,
  keyPermissions,
  keyUsage,
  kmsKeys,
} from '../../../../collector/schema/tables.ts';
import type { Column, Table } from '../../../../collector/schema/types.ts';
import type { Entity } from './plan.ts';

interface EntityTable {
  readonly table: Table;
  readonly noun: { readonly one: string; readonly many: string };
  /** The columns of a list, in order, before those that the conditions speak of. */
  readonly listed: readonly string[];
  /** Whether rows belong to one key. */
  readonly ofKey: boolean;
  /** Names that people know the row by, or group rows by, looked up in the table of another entity. */
  readonly borrowed?: {
    readonly from: Entity;
    /** The column that both tables have, unique in the other one. */
    readonly on: string;
    readonly columns: readonly string[];
  };
}

const namesOfKey = {
  from: 'keys',
  on: 'key_arn',
  columns: ['account_name', 'alias', 'ou_path'],
} as const;

/** The table behind each entity and how its rows are listed. */
export const entityTables: Readonly<Record<Entity, EntityTable>> = {
  keys: {
    table: kmsKeys,
    noun: { one: 'key', many: 'keys' },
    listed: ['key_id', 'account_id', 'account_name', 'region', 'alias', 'key_arn'],
    ofKey: false,
  },
  accounts: {
    table: accounts,
    noun: { one: 'account', many: 'accounts' },
    listed: ['account_id', 'account_name', 'ou_path', 'state'],
    ofKey: false,
  },
  coverage: {
    table: collectionStatus,
    noun: { one: 'account and Region', many: 'accounts and Regions' },
    listed: [
      'account_id',
      'account_name',
      'region',
      'status',
      'keys_seen',
      'error_code',
      'error_message',
    ],
    ofKey: false,
    borrowed: { from: 'accounts', on: 'account_id', columns: ['account_name'] },
  },
  permissions: {
    table: keyPermissions,
    noun: { one: 'permission', many: 'permissions' },
    listed: [
      'principal',
      'principal_type',
      'principal_account',
      'trust',
      'access_levels',
      'source',
      'restricted_by',
      'key_id',
      'alias',
      'account_id',
      'account_name',
      'region',
      'key_arn',
    ],
    ofKey: true,
    borrowed: namesOfKey,
  },
  concerns: {
    table: keyConcerns,
    noun: { one: 'concern', many: 'concerns' },
    listed: [
      'severity',
      'label',
      'code',
      'detail',
      'principal',
      'key_id',
      'alias',
      'account_id',
      'account_name',
      'region',
      'key_arn',
    ],
    ofKey: true,
    borrowed: namesOfKey,
  },
  usage: {
    table: keyUsage,
    noun: { one: 'recorded event', many: 'recorded events' },
    listed: [
      'last_event_at',
      'operation',
      'username',
      'principal_arn',
      'caller_account',
      'source_ip',
      'via_service',
      'key_id',
      'alias',
      'account_id',
      'account_name',
      'region',
      'key_arn',
      'resource_arn',
      'event_id',
    ],
    ofKey: true,
    borrowed: namesOfKey,
  },
};

/** The times of keys that lie ahead, where there is one. */
export const timesAhead: readonly string[] = [
  'deletion_at',
  'material_expires_at',
  'next_rotation_at',
];

/** The column of an entity's table; undefined when it has none of that name. */
export function columnOf(entity: Entity, name: string): Column | undefined {
  const { columns } = entityTables[entity].table;
  return Object.hasOwn(columns, name) ? columns[name] : undefined;
}

/** As {@link columnOf}, or the column of the table from which names are borrowed. */
export function shownColumnOf(entity: Entity, name: string): Column | undefined {
  const { borrowed } = entityTables[entity];
  return (
    columnOf(entity, name) ??
    (borrowed?.columns.includes(name) ? columnOf(borrowed.from, name) : undefined)
  );
}

/** The qualified name of an entity's table. */
export function qualifiedTable(entity: Entity): string {
  return `${DATABASE}.${entityTables[entity].table.name}`;
}

/** Whether a column holds severities, which have an order of their own. */
export const isSeverity = (entity: Entity, column: string): boolean =>
  columnOf(entity, column)?.values === severities;
