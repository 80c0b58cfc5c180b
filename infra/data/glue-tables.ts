import { SNAPSHOTS_DATABASE, type View } from '../../collector/schema/catalog.ts';
import { DATABASE, type Relation, relations } from '../../collector/schema/relations.ts';
import { MANIFESTS, TABLES } from '../../collector/schema/snapshot.ts';
import { baseTables } from '../../collector/schema/tables.ts';
import type { Columns, ColumnType } from '../../collector/schema/types.ts';
import { trinoViews, viewDefinitions } from '../../collector/schema/views.ts';

/**
 * The tables and views of the AWS Glue Data Catalog, derived from the data contract and the layout of
 * the bucket (decision 9):
 *
 * - `kms_insights_snapshots` has what is stored: each table of the contract with all its snapshots, by
 *   day; the pointer to the snapshot in force; and the manifests of those that are whole.
 * - `kms_insights` has the contract, as views: of each table the snapshot in force, and its history,
 *   the last snapshot of each day; and the views of the workshop.
 * - `kms_insights_database` has the same under the name that the workshop gave its database.
 */

/** The name of the workshop's database. */
export const WORKSHOP_DATABASE = 'kms_insights_database';

export interface GlueColumn {
  readonly name: string;
  /** As Hive spells it. */
  readonly type: string;
}

/** A table over objects below a prefix. */
export interface StoredTable {
  readonly database: string;
  readonly name: string;
  readonly description: string;
  readonly format: 'parquet' | 'json';
  /** Where the objects are, below the prefix of the data; without slashes at its ends. */
  readonly folder: string;
  readonly columns: readonly GlueColumn[];
  readonly partitionKeys: readonly GlueColumn[];
}

/** How Hive spells each column type. */
const hiveTypes: Readonly<Record<ColumnType, string>> = {
  varchar: 'string',
  boolean: 'boolean',
  integer: 'int',
  bigint: 'bigint',
  double: 'double',
  date: 'date',
  timestamp: 'timestamp',
  'array(varchar)': 'array<string>',
  'map(varchar, varchar)': 'map<string,string>',
};

const glueColumns = (columns: Columns): readonly GlueColumn[] =>
  Object.entries(columns).map(([name, { type }]) => ({ name, type: hiveTypes[type] }));

/** As a view records it; a timestamp of a Hive table has milliseconds in Athena. */
const viewColumns = (columns: Columns): View['columns'] =>
  Object.entries(columns).map(([name, { type }]) => ({
    name,
    type: hiveTypes[type],
    trinoType: type === 'timestamp' ? 'timestamp(3)' : type,
  }));

/** As in the paths of the objects: partitions that are reckoned by date are texts. */
const SNAPSHOT_DATE: GlueColumn = { name: 'snapshot_date', type: 'string' };

export const storedTables: readonly StoredTable[] = [
  ...baseTables.map(
    (table): StoredTable => ({
      database: SNAPSHOTS_DATABASE,
      name: table.name,
      description: `All snapshots of ${table.name}, also those that count no more.`,
      format: 'parquet',
      folder: `${TABLES}/${table.name}`,
      columns: glueColumns(table.columns),
      partitionKeys: [SNAPSHOT_DATE],
    }),
  ),
  {
    database: SNAPSHOTS_DATABASE,
    name: 'manifests',
    description: 'One row for each snapshot that is whole.',
    format: 'json',
    folder: MANIFESTS,
    columns: [{ name: 'snapshotid', type: 'string' }],
    partitionKeys: [],
  },
];

/** The day of a snapshot is in its id, which begins with the moment it speaks of (UTC). */
const dayOf = (id: string) =>
  `substr(${id}, 1, 4) || '-' || substr(${id}, 5, 2) || '-' || substr(${id}, 7, 2)`;

const current = `SELECT snapshot_id, day FROM ${SNAPSHOTS_DATABASE}.current_snapshot`;

/**
 * Of each day the last snapshot. One that is later than that in force is being published, or that in
 * force took its place: it does not count.
 */
const lastOfEachDay = `SELECT max(m.snapshotid) AS snapshot_id, ${dayOf('m.snapshotid')} AS day
  FROM ${SNAPSHOTS_DATABASE}.manifests m
  JOIN ${SNAPSHOTS_DATABASE}.current_snapshot c ON m.snapshotid <= c.snapshot_id
  GROUP BY ${dayOf('m.snapshotid')}`;

/**
 * Joined by the day, by which the objects are found. Columns of the snapshot come from the side that
 * knows them without reading the objects, so that a condition on them is known there too.
 */
function ofSnapshots(relation: Relation, stored: string, snapshots: string): string {
  const columns = Object.keys(relation.columns).map((name) =>
    name === 'snapshot_date'
      ? 'CAST(s.day AS date) AS snapshot_date'
      : `${name === 'snapshot_id' ? 's' : 't'}.${name}`,
  );
  return `SELECT ${columns.join(', ')}
FROM ${SNAPSHOTS_DATABASE}.${stored} t
JOIN (
  ${snapshots}
) s ON s.day = t.snapshot_date AND s.snapshot_id = regexp_extract(t."$path", '([^/]+)[.]parquet$', 1)`;
}

function sqlOf(relation: Relation): string {
  switch (relation.kind) {
    case 'table':
      return ofSnapshots(relation, relation.name, current);
    case 'history':
      return ofSnapshots(relation, relation.name.replace(/_history$/, ''), lastOfEachDay);
    case 'view': {
      const found = viewDefinitions(trinoViews).find(({ name }) => name === relation.name);
      if (!found) throw new Error(`The contract has no text for the view ${relation.name}.`);
      return found.sql;
    }
  }
}

/** Views before those that are made of them. */
export const views: readonly View[] = relations.flatMap((relation) =>
  [relation.name, ...relation.alsoKnownAs].map((name) => ({
    database: DATABASE,
    name,
    description: relation.description,
    sql: sqlOf(relation),
    columns: viewColumns(relation.columns),
  })),
);

export const workshopViews: readonly View[] = views.map((view) => ({
  ...view,
  database: WORKSHOP_DATABASE,
  sql: `SELECT ${view.columns.map(({ name }) => name).join(', ')}\nFROM ${DATABASE}.${view.name}`,
}));
