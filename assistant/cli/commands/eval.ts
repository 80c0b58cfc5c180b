import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MakeTranslator, offlineAlone } from '../../assistant.ts';
import { evaluate, type Judged, type Selection } from '../../eval/evaluate.ts';
import { type Report, reportMarkdown, reportOf, reportText } from '../../eval/report.ts';
import { sampleOf } from '../../eval/sample.ts';
import { type Language, languages, readSuites, SuiteError, type Suites } from '../../eval/suite.ts';
import { openLocalAssistant } from '../../local.ts';
import { CliError, type ExitCode, exitCode } from '../exit-codes.ts';
import { progressBar } from '../progress-bar.ts';
import { terminalSafe } from '../terminal.ts';
import { collectSimulated } from './collect.ts';

export interface EvalOptions {
  /** The folder of the suites. */
  readonly suites: string;
  /** Only these categories. */
  readonly suite?: readonly string[];
  readonly language?: string;
  /** Data that was collected before; else Example Corp is simulated for the suites' moment. */
  readonly data?: string;
  readonly seed: number;
  readonly translator: 'offline' | 'bedrock';
  /** The models to compare, where the translator is Bedrock. */
  readonly model?: readonly string[];
  readonly guardrail?: string;
  readonly region?: string;
  /** So many wordings at most, evenly from all categories. */
  readonly sample?: number;
  /** So many questions are put to a model at once. */
  readonly atOnce?: number;
  /** No further question is asked of a model when its answers have cost so much, in US dollars. */
  readonly maxUsd?: number;
  readonly json?: true;
  readonly failures?: true;
  /** A Markdown file whose part between the marks is replaced by the numbers. */
  readonly write?: string;
}

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

const badOption = (message: string, hint: string) =>
  new CliError(exitCode.refused, 'BAD_OPTION', message, hint);

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

/** The questions to ask, and the data to ask them of. */
export interface EvalRun {
  readonly folder: string;
  readonly suites: Suites;
  readonly language: Language | undefined;
}

/** Asks the questions of one translator, and shows how far it is. */
export async function judge(
  { folder, suites, language }: EvalRun,
  make: MakeTranslator,
  selection: Pick<Selection, 'atOnce' | 'isEnough'> = {},
  onJudged: (judged: Judged) => void = () => {},
): Promise<readonly Judged[]> {
  const assistant = await openLocalAssistant(folder, {}, make);
  const bar = progressBar(process.stderr);
  const total = suites.suites
    .flatMap((s) => s.cases)
    .reduce(
      (n, c) => n + languages.flatMap((l) => (language && l !== language ? [] : c[l])).length,
      0,
    );
  let done = 0;
  try {
    const options = { ...selection, ...(language ? { language } : {}) };
    return await evaluate(suites, await assistant.dependencies(), options, (judged) => {
      done += 1;
      onJudged(judged);
      bar.update({ done, total, text: judged.category });
    });
  } finally {
    bar.end();
    await assistant.close();
  }
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

/** Each question that was not understood as expected. */
export function printFailures(judged: readonly Judged[]): void {
  for (const j of judged.filter((one) => one.outcome !== 'right')) {
    console.log(`${j.outcome}, ${j.expected} expected (${j.category}: ${j.intent}, ${j.language})`);
    for (const question of j.questions) console.log(`  ? ${terminalSafe(question)}`);
    console.log(`  = ${terminalSafe(j.said)}`);
  }
  console.log('');
}

/** The name of the marks between which the numbers of the offline translator stand. */
const NUMBERS = 'numbers';

/** Replaces what stands in a Markdown file between `<!-- NAME -->` and `<!-- /NAME -->`. */
export async function writeNumbers(path: string, name: string, numbers: string): Promise<void> {
  const page = await readFile(path, 'utf8');
  const marks = [`<!-- ${name} -->`, `<!-- /${name} -->`] as const;
  const [begin, end] = [page.indexOf(marks[0]), page.indexOf(marks[1])];
  if (begin === -1 || end < begin) {
    throw badOption(
      `${path} has no place for the numbers.`,
      `Put ${marks[0]} and ${marks[1]} into it.`,
    );
  }
  const before = page.slice(0, begin + marks[0].length);
  await writeFile(path, `${before}\n${numbers}\n${page.slice(end)}`);
}
