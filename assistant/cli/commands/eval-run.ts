import { readFile, writeFile } from 'node:fs/promises';
import type { MakeTranslator } from '../../assistant.ts';
import { evaluate, type Judged, type Selection } from '../../eval/evaluate.ts';
import { type Language, languages, type Suites } from '../../eval/suite.ts';
import { openLocalAssistant } from '../../local.ts';
import { CliError, exitCode } from '../exit-codes.ts';
import { progressBar } from '../progress-bar.ts';
import { terminalSafe } from '../terminal.ts';

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

/** Each question that was not understood as expected. */
export function printFailures(judged: readonly Judged[]): void {
  for (const j of judged.filter((one) => one.outcome !== 'right')) {
    console.log(`${j.outcome}, ${j.expected} expected (${j.category}: ${j.intent}, ${j.language})`);
    for (const question of j.questions) console.log(`  ? ${terminalSafe(question)}`);
    console.log(`  = ${terminalSafe(j.said)}`);
  }
  console.log('');
}

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

export const badOption = (message: string, hint: string) =>
  new CliError(exitCode.refused, 'BAD_OPTION', message, hint);
