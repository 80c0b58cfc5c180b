import { collect } from '../../../collector/pipeline.ts';
import { analyzeKey } from '../../../collector/policy/analyze.ts';
import { createExampleCorp } from '../../../collector/simulate/example-corp.ts';
import { folderStore } from '../../../collector/snapshot/folder-store.ts';
import { DataFolderError, readCurrent } from '../../engine/duckdb/data-folder.ts';
import { CliError, type ExitCode, exitCode } from '../exit-codes.ts';
import { terminalSafe } from '../terminal.ts';
import { type AwsCollectOptions, collectFromAws } from './collect-aws.ts';
import { collectReport } from './collect-report.ts';

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
  const report = collectReport('text');
  const result = await collect({
    aws: corp.api,
    store: folderStore(options.data),
    clock: corp.now,
    origin: 'simulated',
    seed: options.seed,
    analyze: analyzeKey,
    ...(options.resume === undefined ? {} : { resume: options.resume }),
    onProgress: report.progress,
  })
    .catch(report.failed)
    .finally(report.ends);
  report.published(result);
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
  options: SimulationOptions & AwsCollectOptions & { readonly simulate?: true },
): Promise<ExitCode> {
  if (options.simulate) await collectSimulated(options);
  else await collectFromAws(options);
  return exitCode.ok;
}
