import { type Command, Option } from 'commander';
import { type MakeTranslator, offlineAlone } from '../assistant.ts';
import { type BedrockSettings, readBedrockSettings } from '../translate/bedrock/settings.ts';
import { CliError, exitCode } from './exit-codes.ts';

/** What translates questions, and how. */
export interface TranslatorOptions {
  readonly translator?: 'offline' | 'bedrock';
  readonly model?: string;
  readonly guardrail?: string;
  readonly region?: string;
}

/** Adds the options to a command. `--region` is added apart, since the engine has it too. */
export const withTranslator = (command: Command): Command =>
  command
    .addOption(
      new Option('--translator <name>', 'what translates questions: this machine, or a model')
        .choices(['offline', 'bedrock'])
        .default('offline')
        .env('KMS_INSIGHTS_TRANSLATOR'),
    )
    .option('--model <id>', 'the id or ARN of the Bedrock model or inference profile')
    .option(
      '--guardrail <id:version>',
      'the Bedrock guardrail that looks at questions and replies',
    );

export interface ChosenTranslator {
  readonly make: MakeTranslator;
  readonly close: () => void;
}

/** The chosen translator. The code and the client of Bedrock are loaded when it is chosen. */
export async function chosenTranslator(options: TranslatorOptions): Promise<ChosenTranslator> {
  if (options.translator !== 'bedrock') {
    const flag = (['model', 'guardrail'] as const).find((f) => options[f] !== undefined);
    if (flag === undefined) return { make: offlineAlone, close: () => {} };
    throw new CliError(
      exitCode.refused,
      'BAD_OPTION',
      `--${flag} is for Bedrock, and questions are translated offline.`,
      'Add --translator bedrock, or leave it out.',
    );
  }
  const settings = bedrockSettings(options);
  const { bedrockTranslators } = await import('../bedrock.ts');
  const { shippedPrompt } = await import('../translate/bedrock/shipped.ts');
  return bedrockTranslators(settings, await shippedPrompt());
}

/** The settings by flags and environment. Throws {@link CliError} that names the wrong one. */
export function bedrockSettings({ model, region, guardrail }: TranslatorOptions): BedrockSettings {
  const flags = Object.entries({ model, region, guardrail }).filter(([, v]) => v !== undefined);
  const read = readBedrockSettings(process.env, Object.fromEntries(flags));
  if (read.ok) return read.settings;
  throw new CliError(
    exitCode.refused,
    'BAD_SETTING',
    `A setting of Bedrock is wrong: ${read.message}`,
    'The settings are listed in docs/bedrock.md.',
  );
}
