import { type Command, Option } from 'commander';
import type { Assistant } from '../assistant.ts';
import { type AthenaSettings, readAthenaSettings } from '../engine/athena/settings.ts';
import type { Engine } from '../engine/engine.ts';
import { folderRecords } from '../records.ts';
import { CliError, exitCode } from './exit-codes.ts';
import { chosenTranslator, type TranslatorOptions } from './translator-options.ts';

/** Which engine answers, and where it is. */
export interface EngineOptions {
  readonly data: string;
  readonly engine: 'duckdb' | 'athena';
  readonly workgroup?: string;
  readonly region?: string;
  readonly database?: string;
  readonly catalog?: string;
}

/** Adds the options to a command. */
export const withEngine = (command: Command): Command =>
  command
    .addOption(
      new Option('--engine <name>', 'what reads the data: the data folder, or Athena')
        .choices(['duckdb', 'athena'])
        .default('duckdb')
        .env('KMS_INSIGHTS_ENGINE'),
    )
    .option('--workgroup <name>', 'the Athena workgroup')
    .option('--region <name>', 'the Region of Athena, and of Bedrock')
    .option('--database <name>', 'the database that holds the tables')
    .option('--catalog <name>', 'the data catalog that holds the database');

/** The assistant over the chosen engine, with the chosen translator. Its code is loaded when it is chosen. */
export async function openAssistant(
  options: EngineOptions & TranslatorOptions,
  signal?: AbortSignal,
): Promise<Assistant> {
  const withAthena = isAthena(options);
  const translator = await chosenTranslator(options);
  try {
    const assistant = withAthena
      ? await (await import('../athena.ts')).openAthenaAssistant(
          folderRecords(options.data),
          settingsOf(options),
          signal,
          translator.make,
        )
      : await (await import('../local.ts')).openLocalAssistant(options.data, {}, translator.make);
    return {
      ...assistant,
      close: async () => {
        await assistant.close();
        translator.close();
      },
    };
  } catch (error) {
    translator.close();
    throw error;
  }
}

/** The chosen engine alone. */
export async function openEngine(
  options: EngineOptions & Pick<TranslatorOptions, 'translator'>,
  signal?: AbortSignal,
): Promise<Engine> {
  if (!isAthena(options))
    return (await import('../engine/duckdb/duckdb.ts')).openDuckdb(options.data);
  const settings = settingsOf(options);
  const { athenaApi } = await import('../engine/athena/api.ts');
  const { openAthena } = await import('../engine/athena/athena.ts');
  const api = athenaApi(settings.region);
  return openAthena(api, settings, signal).catch((error: unknown) => {
    api.close();
    throw error;
  });
}

function isAthena(options: EngineOptions & TranslatorOptions): boolean {
  if (options.engine === 'athena') return true;
  const flags = ['workgroup', 'region', 'database', 'catalog'] as const;
  const forBedrock = options.translator === 'bedrock';
  const flag = flags.find((f) => options[f] && !(f === 'region' && forBedrock));
  if (flag === undefined) return false;
  throw new CliError(
    exitCode.refused,
    'BAD_OPTION',
    `--${flag} is for Athena, and the data folder is what is read.`,
    'Add --engine athena, or leave it out.',
  );
}

function settingsOf({ workgroup, region, database, catalog }: EngineOptions): AthenaSettings {
  const flags = Object.entries({ workgroup, region, database, catalog }).filter(
    ([, value]) => value !== undefined,
  );
  const read = readAthenaSettings(process.env, Object.fromEntries(flags));
  if (read.ok) return read.settings;
  throw new CliError(
    exitCode.refused,
    'BAD_SETTING',
    `A setting of Athena is wrong: ${read.message}`,
    'The settings are listed in docs/athena.md.',
  );
}
