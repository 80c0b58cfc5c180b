import { snapshotDay } from './snapshot.ts';

/**
 * How the catalog of AWS Glue is told of views, and of the snapshot in force. The other tables and views
 * of the deployment are in `infra/data/glue-tables.ts`.
 */

/** The database of what is stored. Nobody asks it but the views. */
export const SNAPSHOTS_DATABASE = 'kms_insights_snapshots';

/** A view, with its text for Athena. */
export interface View {
  readonly database: string;
  readonly name: string;
  readonly description: string;
  readonly sql: string;
  readonly columns: readonly {
    readonly name: string;
    /** As Hive spells it, and as Trino does. */
    readonly type: string;
    readonly trinoType: string;
  }[];
}

/** The `TableInput` of a view (AWS Glue API): what Athena itself writes for CREATE VIEW. */
export function viewInput({ database, name, description, sql, columns }: View) {
  const view = {
    originalSql: sql,
    catalog: 'awsdatacatalog',
    schema: database,
    columns: columns.map((column) => ({ name: column.name, type: column.trinoType })),
  };
  return {
    Name: name,
    Description: description,
    TableType: 'VIRTUAL_VIEW',
    Parameters: { presto_view: 'true', comment: 'Presto View' },
    ViewOriginalText: `/* Presto View: ${Buffer.from(JSON.stringify(view)).toString('base64')} */`,
    ViewExpandedText: '/* Presto View */',
    StorageDescriptor: {
      Columns: columns.map((column) => ({ Name: column.name, Type: column.type })),
    },
  };
}

const text = (name: string) => ({ name, type: 'string', trinoType: 'varchar' });

/**
 * The snapshot in force, as a view of one row that stands in its text: so an engine that plans a query
 * knows the day already, and looks for the objects of no other. It is replaced in one step.
 *
 * @param snapshotId null before the first snapshot: no rows
 */
export const currentSnapshotView = (snapshotId: string | null): View => ({
  database: SNAPSHOTS_DATABASE,
  name: 'current_snapshot',
  description: 'One row: the snapshot in force.',
  sql:
    snapshotId === null
      ? "SELECT '' AS snapshot_id, '' AS day WHERE false"
      : `SELECT '${snapshotId}' AS snapshot_id, '${snapshotDay(snapshotId)}' AS day`,
  columns: [text('snapshot_id'), text('day')],
});
