import { snapshotIdPattern } from '../../../collector/schema/snapshot.ts';
import { guard } from '../../guard/guard.ts';
import type { CheckedQuery } from '../../guard/types.ts';
import { type Cell, EngineError, type QueryResult } from '../engine.ts';

/** Which snapshot the tables hold, and the moment that it speaks of (UTC, ISO 8601). */
export interface SnapshotInForce {
  readonly snapshotId: string;
  readonly asOf: string;
}

/**
 * The current tables do not name their snapshot; the history tables do. The latest day of the
 * history is compared with what is current by how many account-Regions were read, and when.
 */
const SQL = `
  SELECT NULL AS snapshot_id, count(*) AS n, min(started_at) AS began, max(finished_at) AS ended
  FROM collection_status
  UNION ALL
  SELECT snapshot_id, count(*), min(started_at), max(finished_at)
  FROM collection_status_history
  WHERE snapshot_date = (SELECT max(snapshot_date) FROM collection_status_history)
  GROUP BY snapshot_id`;

function snapshotQuery(): CheckedQuery {
  const checked = guard(SQL, { asOf: new Date(0), accountScope: null });
  if (!checked.ok) throw new Error(`the snapshot query was refused: ${checked.error.message}`);
  return checked.query;
}

/**
 * Reads which snapshot is in force. Throws {@link EngineError}: `NO_SNAPSHOT` when nothing was
 * published, `SNAPSHOT_CHANGED` while one is being published.
 */
export async function readSnapshot(
  run: (query: CheckedQuery) => Promise<QueryResult>,
): Promise<{ readonly snapshot: SnapshotInForce; readonly result: QueryResult }> {
  const result = await run(snapshotQuery());
  const contents = ([, ...rest]: readonly Cell[]) => JSON.stringify(rest);
  const current = result.rows.find((row) => row[0] === null);
  if (!current || current[1] === 0)
    throw new EngineError(
      'NO_SNAPSHOT',
      'The tables are empty: no snapshot was published.',
      'Collect once, and look at the log of the collector if this stays.',
    );
  const ids = result.rows
    .filter((row) => row !== current && contents(row) === contents(current))
    .map((row) => String(row[0]))
    .sort();
  const snapshotId = ids.at(-1);
  if (snapshotId === undefined)
    throw new EngineError(
      'SNAPSHOT_CHANGED',
      'The tables and their history do not hold the same snapshot: one is being published, or was published in part.',
      'Ask again in a minute. If this stays, collect again.',
    );
  return { snapshot: { snapshotId, asOf: momentOf(snapshotId) }, result };
}

/** The id begins with the moment at which the collection began, to the second. */
function momentOf(snapshotId: string): string {
  if (!snapshotIdPattern.test(snapshotId))
    throw new EngineError(
      'UNEXPECTED_RESULT',
      'The snapshot of the tables has no id that this version knows.',
      'Deploy the tables and this program in the same version, and collect again.',
    );
  const [date, time] = [snapshotId.slice(0, 8), snapshotId.slice(9, 15)];
  const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
  return `${day}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}.000Z`;
}
