/**
 * Collects one account and Region with many keys, more than once, in a process of its own: what is
 * remembered of the collection before weighs on the next one. Prints a line of JSON for each.
 *
 *     node collect-many.js <folder> <keys> <collections>
 */
import { collect } from '../../collector/pipeline.ts';
import { analyzeKey } from '../../collector/policy/analyze.ts';
import { folderStore } from '../../collector/snapshot/folder-store.ts';
import { ASKED_AT, manyKeys } from './many-keys.ts';

const [folder = '', keys = '', collections = '1'] = process.argv.slice(2);
for (let round = 0; round < Number(collections); round++) {
  const began = performance.now();
  const at = new Date(ASKED_AT.getTime() + round * 86_400_000);
  const { manifest, summary } = await collect({
    aws: manyKeys(Number(keys), round),
    store: folderStore(folder),
    clock: () => at,
    origin: 'aws',
    seed: null,
    analyze: analyzeKey,
  });
  const rows = Object.fromEntries(
    Object.entries(manifest.tables).map(([table, { rows: count }]) => [table, count]),
  );
  console.log(
    JSON.stringify({
      seconds: (performance.now() - began) / 1000,
      peakMb: process.resourceUsage().maxRSS / 1024,
      rows,
      failures: summary.failures,
    }),
  );
}
