import type { Judged } from '../../eval/evaluate.ts';
import { type ModelReport, modelReportOf, modelsMarkdown } from '../../eval/model-report.ts';
import type { BedrockSettings } from '../../translate/bedrock/settings.ts';
import { CliError, type ExitCode, exitCode } from '../exit-codes.ts';
import { bedrockSettings } from '../translator-options.ts';
import { type EvalOptions, type EvalRun, judge, printFailures, writeNumbers } from './eval-run.ts';

/** So many questions are put to a model at once, where nothing else is said. */
const AT_ONCE = 4;

/** The name of the marks between which the numbers of the models stand. */
const MODELS = 'models';

/**
 * Puts the questions to each model in turn, and reports how many it understood, how fast, and for how
 * much. Questions that are verified ones word by word are put to the model too: it is the model that is
 * measured. Thresholds are those of the offline translator, and do not count here.
 */
export async function evaluateModels(run: EvalRun, options: EvalOptions): Promise<ExitCode> {
  const { guardrail, region, model: models = [undefined] } = options;
  const settings = models.map((model) =>
    bedrockSettings({
      ...(model === undefined ? {} : { model }),
      ...(guardrail === undefined ? {} : { guardrail }),
      ...(region === undefined ? {} : { region }),
    }),
  );
  const reports: ModelReport[] = [];
  const failures: Judged[] = [];
  for (const one of settings) {
    const { report, judged } = await evaluateModel(run, one, options);
    reports.push(report);
    failures.push(...judged.filter((j) => j.outcome !== 'right'));
    if (!options.json && options.failures) printFailures(judged);
  }
  if (options.write) await writeNumbers(options.write, MODELS, modelsMarkdown(reports));
  if (options.json) {
    console.log(JSON.stringify({ models: reports, ...(options.failures ? { failures } : {}) }));
  } else console.log(modelsMarkdown(reports));
  return exitCode.ok;
}

async function evaluateModel(
  run: EvalRun,
  settings: BedrockSettings,
  { atOnce, maxUsd }: EvalOptions,
): Promise<{ readonly report: ModelReport; readonly judged: readonly Judged[] }> {
  const { bedrockTranslators } = await import('../../bedrock.ts');
  const { shippedPrompt } = await import('../../translate/bedrock/shipped.ts');
  const { lasting } = await import('../../translate/bedrock/failure.ts');
  const { promptHash } = await import('../../translate/bedrock/request.ts');
  const prompt = { ...(await shippedPrompt()), verified: () => null };
  const translators = bedrockTranslators(settings, prompt);
  let spentUsd = 0;
  let inVain: string | undefined;
  try {
    const judged = await judge(
      run,
      translators.make,
      {
        atOnce: atOnce ?? AT_ONCE,
        isEnough: () => inVain !== undefined || (maxUsd !== undefined && spentUsd >= maxUsd),
      },
      ({ models }) => {
        for (const { costUsd, failure } of models) {
          spentUsd += costUsd ?? 0;
          if (failure !== null && lasting.has(failure)) inVain ??= failure;
        }
      },
    );
    if (inVain !== undefined) throw cannotAsk(settings.model, inVain);
    const asked = {
      modelId: settings.model,
      promptVersion: prompt.version,
      promptHash: promptHash(prompt),
    };
    return { report: modelReportOf(asked, judged), judged };
  } finally {
    translators.close();
  }
}

const cannotAsk = (model: string, failure: string) =>
  new CliError(
    exitCode.failed,
    'MODEL_FAILED',
    `The model ${model} cannot be asked: ${failure}.`,
    'docs/bedrock.md says what each failure means and which permissions are needed.',
  );
