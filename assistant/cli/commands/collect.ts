import { CollectError, collect } from '../../../collector/pipeline.ts';
import { analyzeKey } from '../../../collector/policy/analyze.ts';
import { createExampleCorp } from '../../../collector/simulate/example-corp.ts';
import { folderStore } from '../../../collector/snapshot/folder-store.ts';
import { DataFolderError, readCurrent } from '../../engine/duckdb/data-folder.ts';
import { CliError, type ExitCode, exitCode } from '../exit-codes.ts';
import { progressBar } from '../progress-bar.ts';
import { terminalSafe } from '../terminal.ts';

export interface SimulationOptions {
  readonly data: string;
  readonly seed: number;
  readonly asOf?: Date;
  /** The id of a run that ended early; what it finished is not read again. */
  readonly resume?: string;
}

/** Midnight UTC of today: a simulated organization needs no finer clock, and the data stays equal all day. */
const today = () => new Date(new Date().toISOString().slice(0, 10));

/** Simulates Example Corp and collects it as a real organization would be collected. */
export async function collectSimulated(options: SimulationOptions): Promise<void> {
  await refuseToReplaceRealData(options.data);
  const asOf = options.asOf ?? today();
  const corp = createExampleCorp({ seed: options.seed, asOf });
  const bar = progressBar(process.stderr);
  const began = Date.now();
  const result = await collect({
    aws: corp.api,
    store: folderStore(options.data),
    clock: corp.now,
    origin: 'simulated',
    seed: options.seed,
    analyze: analyzeKey,
    ...(options.resume === undefined ? {} : { resume: options.resume }),
    onProgress: (p) =>
      bar.update({
        done: p.regionsDone,
        total: p.regionsTotal,
        text: `${p.phase}: ${p.keys.toLocaleString('en-US')} keys in ${p.regionsDone.toLocaleString('en-US')} account-Regions`,
      }),
  })
    .catch((error: unknown) => {
      if (!(error instanceof CollectError)) throw error;
      throw new CliError(exitCode.notCollected, error.code, error.message, error.hint);
    })
    .finally(bar.end);
  const { manifest, summary } = result;
  for (const warning of summary.warnings) console.error(`Warning: ${terminalSafe(warning)}`);
  const rows = (table: string) => (manifest.tables[table]?.rows ?? 0).toLocaleString('en-US');
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  console.error(
    `Published snapshot ${manifest.snapshotId}: ${rows('kms_keys')} keys of ${rows('accounts')} accounts in ${seconds} s, as of ${manifest.asOf}.`,
  );
  const { failed, partial } = manifest.coverage;
  if (failed + partial > 0) {
    console.error(
      `${failed} account-Regions could not be read, ${partial} only in part; every answer says so.`,
    );
  }
}

async function refuseToReplaceRealData(folder: string): Promise<void> {
  const current = await readCurrent(folder).catch((error: unknown) => {
    // A missing or damaged snapshot is what collecting mends.
    if (error instanceof DataFolderError) return null;
    throw error;
  });
  if (current?.origin !== 'aws') return;
  throw new CliError(
    exitCode.refused,
    'REAL_DATA',
    `${terminalSafe(folder)} holds a snapshot of your own organization; a simulation would take its place.`,
    'Name another folder with --data.',
  );
}

/** `kms-insights collect`. */
export async function collectCommand(
  options: SimulationOptions & { readonly simulate?: true },
): Promise<ExitCode> {
  if (!options.simulate) {
    throw new CliError(
      exitCode.refused,
      'NOT_SIMULATED',
      'This version collects the simulated organization only.',
      'Run: kms-insights collect --simulate',
    );
  }
  await collectSimulated(options);
  return exitCode.ok;
}
