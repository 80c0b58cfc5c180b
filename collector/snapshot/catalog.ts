import { type GlueClient, UpdateTableCommand } from '@aws-sdk/client-glue';
import { currentSnapshotView, viewInput } from '../schema/catalog.ts';

/** Puts a snapshot in force for those who ask Athena, in one step. The database must be there. */
export type PointTo = (snapshotId: string) => Promise<void>;

export const glueCatalog =
  (client: Pick<GlueClient, 'send'>): PointTo =>
  async (snapshotId) => {
    const view = currentSnapshotView(snapshotId);
    await client.send(
      new UpdateTableCommand({
        DatabaseName: view.database,
        TableInput: viewInput(view),
        // Each publication would leave another version of the same line.
        SkipArchive: true,
      }),
    );
  };
