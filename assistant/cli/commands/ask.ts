import { userInfo } from 'node:os';
import type { Answer, Evidence } from '../../answer/answer.ts';
import { answerBody } from '../../answer/body.ts';
import { type AskOutcome, ask } from '../../ask.ts';
import { languageOf } from '../../translate/language.ts';
import type { Turn } from '../../translate/translator.ts';
import { type EngineOptions, openAssistant } from '../engine-options.ts';
import { type ExitCode, exitCode } from '../exit-codes.ts';
import { interruptible } from '../interrupt.ts';
import { renderTable, terminalSafe } from '../terminal.ts';
import type { TranslatorOptions } from '../translator-options.ts';
import { labels } from './ask-labels.ts';

const SHOWN_ROWS = 20;

export interface AskOptions extends EngineOptions, TranslatorOptions {
  readonly json?: true;
  readonly sql?: true;
  readonly all?: true;
  readonly timeZone: string;
}

/** `kms-insights ask "…" ["…"]`: several questions are one conversation. */
export const askCommand = (questions: readonly string[], options: AskOptions): Promise<ExitCode> =>
  interruptible((signal) => converse(questions, options, signal));

async function converse(
  questions: readonly string[],
  options: AskOptions,
  signal: AbortSignal,
): Promise<ExitCode> {
  const assistant = await openAssistant(options, signal);
  let exit: ExitCode = exitCode.ok;
  try {
    const turns: Turn[] = [];
    for (const question of questions) {
      if (signal.aborted) break;
      const outcome: AskOutcome = await ask(
        {
          question,
          conversation: turns,
          timeZone: options.timeZone,
          user: userInfo().username,
          face: 'cli',
          signal,
        },
        await assistant.dependencies(),
      );
      if (outcome.turn) turns.push(outcome.turn);
      if (options.json) console.log(JSON.stringify(answerBody(outcome.answer)));
      else printAnswer(outcome.answer, options);
      if (outcome.answer.status === 'error') exit = errorExit(outcome.answer.error.code);
    }
  } finally {
    await assistant.close();
  }
  return exit;
}

function errorExit(code: string): ExitCode {
  return code === 'EMPTY_QUESTION' || code === 'QUESTION_TOO_LONG'
    ? exitCode.refused
    : exitCode.failed;
}

/** Prints an answer for people. Whatever anyone wrote in it is made safe for a terminal. */
export function printAnswer(answer: Answer, options: Pick<AskOptions, 'all' | 'sql'>): void {
  const safe = terminalSafe;
  const say = labels[languageOf(answer.question, 'en')];
  switch (answer.status) {
    case 'answered': {
      console.log(`\n${safe(answer.summary)}\n`);
      const { narrative } = answer.evidence;
      if (answer.narrative !== null) console.log(`${say.byModel}${safe(answer.narrative)}\n`);
      else if (narrative) console.log(`${say.withoutWords(narrative.outcome)}\n`);
      console.log(`${say.understood}${safe(answer.interpretation)}\n`);
      const shown = options.all ? answer.rows : answer.rows.slice(0, SHOWN_ROWS);
      if (answer.rows.length > 0) console.log(`${renderTable(answer.columns, shown)}\n`);
      const more = answer.rows.length - shown.length;
      if (more > 0) console.log(`${say.more(more)}\n`);
      for (const note of answer.notes) console.log(`${say.note}${safe(note)}`);
      const { evidence } = answer;
      console.log(`${say.coverage}${safe(evidence.coverageText)}`);
      console.log(say.data(evidence.asOf, evidence.snapshotId, evidence.resultHash.slice(0, 12)));
      const expense = expenseText(evidence);
      if (expense !== '') console.log(expense);
      if (evidence.model) console.log(safe(modelText(evidence.model)));
      if (options.sql) console.log(`\n${safe(answer.sql)}`);
      list(say.next, answer.followUps);
      return;
    }
    case 'clarify':
      console.log(`\n${safe(answer.message)}`);
      list(say.whichOne, answer.choices);
      return;
    case 'declined':
      console.log(`\n${safe(answer.message)}`);
      list(say.answerable, answer.nearest);
      return;
    case 'error':
      console.error(`Error: ${safe(answer.error.message)}\n${safe(answer.error.hint)}`);
  }
}

/** What the query took, where the engine bills for it. */
function expenseText({ scannedBytes, costUsd, reusedResult, queryId }: Evidence): string {
  if (scannedBytes === null) return '';
  const scanned = `${(scannedBytes / 1e6).toLocaleString('en-US', { maximumFractionDigits: 1 })} MB scanned`;
  const cost = costUsd === null ? '' : `, about US$ ${costUsd.toFixed(4)}`;
  return `Athena query ${queryId}: ${scanned}${cost}${reusedResult ? '; the rows are those of an earlier run over the same snapshot' : ''}.`;
}

/** The model that was asked, what it took, and why it was in vain, if it was. */
function modelText(model: NonNullable<Evidence['model']>): string {
  const { inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens, costUsd, failure } = model;
  const count = (n: number) => n.toLocaleString('en-US');
  const read = inputTokens + cacheReadTokens + cacheWriteTokens;
  const cost = costUsd === null ? '' : `, about US$ ${costUsd.toFixed(4)}`;
  const told = [
    ...(failure === null ? [] : [`not used (${failure})`]),
    ...(read + outputTokens === 0
      ? []
      : [
          `${count(read)} tokens in (${count(cacheReadTokens)} from the cache), ${count(outputTokens)} out${cost}`,
        ]),
  ];
  return `Bedrock model ${model.modelId}: ${told.join('; ')}.`;
}

function list(title: string, items: readonly string[]): void {
  if (items.length === 0) return;
  console.log(`\n${title}`);
  for (const item of items) console.log(`  - ${terminalSafe(item)}`);
}
