import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { offlineAlone } from '../../assistant.ts';
import type { Judged } from '../../eval/evaluate.ts';
import { type Report, reportMarkdown, reportOf, reportText } from '../../eval/report.ts';
import { sampleOf } from '../../eval/sample.ts';
import { type Language, languages, readSuites, SuiteError, type Suites } from '../../eval/suite.ts';
import { CliError, type ExitCode, exitCode } from '../exit-codes.ts';
import { collectSimulated } from './collect.ts';
import { badOption, type EvalOptions, judge, printFailures, writeNumbers } from './eval-run.ts';

/** `kms-insights eval`: asks the questions of the suites, and counts what came of them, offline or by models. */
export async function evalCommand(options: EvalOptions): Promise<ExitCode> {
  const alien = (['model', 'guardrail', 'region', 'atOnce', 'maxUsd'] as const).find(
    (name) => options.translator === 'offline' && options[name] !== undefined,
  );
  if (alien !== undefined) {
    const flag = alien.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw badOption(`--${flag} is for models of Bedrock.`, 'Add --translator bedrock.');
  }
  const language = languageOf(options.language);
  try {
    const all = chosen(await readSuites(options.suites), options.suite);
    const suites = options.sample === undefined ? all : sampleOf(all, options.sample, language);
    const folder = options.data ?? (await simulate(options.seed, suites));
    try {
      const run = { folder, suites, language };
      if (options.translator === 'bedrock') {
        const { evaluateModels } = await import('./eval-models.ts');
        return await evaluateModels(run, options);
      }
      const judged = await judge(run, offlineAlone);
      const report = reportOf(judged, suites.thresholds);
      if (options.write) await writeNumbers(options.write, NUMBERS, reportMarkdown(report));
      print(judged, report, options);
      return report.missed.length === 0 ? exitCode.ok : exitCode.failed;
    } finally {
      if (options.data === undefined) await rm(folder, { recursive: true, force: true });
    }
  } catch (error) {
    if (!(error instanceof SuiteError)) throw error;
    throw new CliError(exitCode.refused, error.code, error.message, error.hint);
  }
}

function languageOf(name: string | undefined): Language | undefined {
  const language = languages.find((l) => l === name);
  if (name !== undefined && !language) {
    throw badOption(`There is no language ${name}.`, `Use one of ${languages.join(', ')}.`);
  }
  return language;
}

/** The suites of these categories; all when none is named. */
function chosen(suites: Suites, categories: readonly string[] | undefined): Suites {
  if (!categories) return suites;
  const known = suites.suites.map((s) => s.category);
  const unknown = categories.find((c) => !known.includes(c));
  if (unknown !== undefined) {
    throw badOption(`There is no suite ${unknown}.`, `Use some of ${known.join(', ')}.`);
  }
  return { ...suites, suites: suites.suites.filter((s) => categories.includes(s.category)) };
}

async function simulate(seed: number, { vocabulary }: Suites): Promise<string> {
  const data = await mkdtemp(join(tmpdir(), 'kms-insights-eval-'));
  await collectSimulated({ data, seed, asOf: new Date(vocabulary.asOf) });
  return data;
}

function print(judged: readonly Judged[], report: Report, options: EvalOptions): void {
  if (options.json) {
    const failures = judged.filter((j) => j.outcome !== 'right');
    console.log(JSON.stringify({ ...report, ...(options.failures ? { failures } : {}) }));
    return;
  }
  if (options.failures) printFailures(judged);
  console.log(reportText(report));
  for (const line of report.missed) console.error(`Missed: ${line}`);
}

/** The name of the marks between which the numbers of the offline translator stand. */
const NUMBERS = 'numbers';
