import { errorMessage } from '../read/errors.ts';
import { paths } from '../schema/snapshot.ts';
import { removeOld } from '../snapshot/retention.ts';
import type { CollectOptions } from './options.ts';

/** What remains of the run goes, and old snapshots. The snapshot is published: this may fail. */
export async function tidyUp(
  options: Pick<CollectOptions, 'store' | 'keepSnapshots'>,
  runId: string,
): Promise<readonly string[]> {
  const { store, keepSnapshots = 30 } = options;
  const warnings: string[] = [];
  const attempt = async (what: string, task: () => Promise<void>) =>
    task().catch((error: unknown) => {
      warnings.push(`${what} could not be removed: ${errorMessage(error)}`);
    });
  await attempt(`The files of the run ${runId}`, () => store.removeAll(paths.run(runId)));
  // The age of files is told by this machine's time, whatever moment the data speaks of.
  await attempt('Old snapshots', () => removeOld(store, Math.max(1, keepSnapshots), new Date()));
  return warnings;
}
