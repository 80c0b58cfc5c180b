import { languageOf } from '../../translate/language.ts';
import { type EngineOptions, openEngine } from '../engine-options.ts';
import { CliError, type ExitCode, exitCode } from '../exit-codes.ts';
import { interruptible } from '../interrupt.ts';
import { bedrockSettings, type TranslatorOptions } from '../translator-options.ts';

export interface PromptOptions
  extends EngineOptions,
    Pick<TranslatorOptions, 'model' | 'guardrail'> {
  readonly timeZone: string;
}

/** Stands for a model where none is named: the prompt is the same for all. */
const NO_MODEL = 'MODEL';

/**
 * `kms-insights prompt "…"`: prints what would be sent to the model for a question, as Converse takes it,
 * with the version and the hash that the evidence has. AWS is asked for nothing but the snapshot, where the
 * engine is Athena.
 */
export const promptCommand = (question: string, options: PromptOptions): Promise<ExitCode> =>
  interruptible(async (signal) => {
    if (question.trim() === '')
      throw new CliError(
        exitCode.refused,
        'EMPTY_QUESTION',
        'The question is empty.',
        'Give the question whose prompt is to be printed.',
      );
    const settings = bedrockSettings({
      ...options,
      model: options.model ?? process.env.KMS_INSIGHTS_BEDROCK_MODEL ?? NO_MODEL,
    });
    const { shippedPrompt } = await import('../../translate/bedrock/shipped.ts');
    const prompt = await shippedPrompt();
    const engine = await openEngine({ ...options, translator: 'bedrock' }, signal);
    try {
      const { promptHash, requestFor } = await import('../../translate/bedrock/request.ts');
      const request = requestFor(prompt, settings, {
        question,
        conversation: [],
        asOf: new Date(engine.snapshot.asOf),
        timeZone: options.timeZone,
        language: languageOf(question, 'en'),
      });
      const body = {
        promptVersion: prompt.version,
        promptHash: promptHash(prompt),
        request,
      };
      console.log(JSON.stringify(body, null, 2));
      return exitCode.ok;
    } finally {
      await engine.close();
    }
  });
