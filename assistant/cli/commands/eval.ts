import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluate, type Judged } from '../../eval/evaluate.ts';
import { type Report, reportMarkdown, reportOf, reportText } from '../../eval/report.ts';
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
  readonly translator: string;
  readonly json?: true;
  readonly failures?: true;
  /** A Markdown file whose part between the marks is replaced by the numbers. */
  readonly write?: string;
}

/** `kms-insights eval`: asks the questions of the suites, and counts what came of them. */
export async function evalCommand(options: EvalOptions): Promise<ExitCode> {
  if (options.translator !== 'offline') {
    throw badOption(`There is no translator ${options.translator}.`, 'Use --translator offline.');
  }
  const language = languageOf(options.language);
  try {
    const suites = chosen(await readSuites(options.suites), options.suite);
    const folder = options.data ?? (await simulate(options.seed, suites));
    try {
      const judged = await judge(folder, suites, language);
      const report = reportOf(judged, suites.thresholds);
      if (options.write) await writeNumbers(options.write, report);
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

async function judge(
  folder: string,
  suites: Suites,
  language: Language | undefined,
): Promise<readonly Judged[]> {
  const assistant = await openLocalAssistant(folder);
  const bar = progressBar(process.stderr);
  const total = suites.suites
    .flatMap((s) => s.cases)
    .reduce(
      (n, c) => n + languages.flatMap((l) => (language && l !== language ? [] : c[l])).length,
      0,
    );
  let done = 0;
  try {
    const options = language ? { language } : {};
    return await evaluate(suites, await assistant.dependencies(), options, (judged) => {
      done += 1;
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
  if (options.failures) {
    for (const j of judged.filter((one) => one.outcome !== 'right')) {
      console.log(
        `${j.outcome}, ${j.expected} expected (${j.category}: ${j.intent}, ${j.language})`,
      );
      for (const question of j.questions) console.log(`  ? ${terminalSafe(question)}`);
      console.log(`  = ${terminalSafe(j.said)}`);
    }
    console.log('');
  }
  console.log(reportText(report));
  for (const line of report.missed) console.error(`Missed: ${line}`);
}

const BEGIN = '<!-- numbers -->';
const END = '<!-- /numbers -->';

async function writeNumbers(path: string, report: Report): Promise<void> {
  const page = await readFile(path, 'utf8');
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin === -1 || end < begin) {
    throw badOption(`${path} has no place for the numbers.`, `Put ${BEGIN} and ${END} into it.`);
  }
  const before = page.slice(0, begin + BEGIN.length);
  await writeFile(path, `${before}\n${reportMarkdown(report)}\n${page.slice(end)}`);
}
