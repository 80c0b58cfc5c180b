import { userInfo } from 'node:os';
import type { Answer } from '../../answer/answer.ts';
import { answerBody } from '../../answer/body.ts';
import { type AskOutcome, ask } from '../../ask.ts';
import { openLocalAssistant } from '../../local.ts';
import type { Turn } from '../../translate/translator.ts';
import { type ExitCode, exitCode } from '../exit-codes.ts';
import { renderTable, terminalSafe } from '../terminal.ts';

const SHOWN_ROWS = 20;

export interface AskOptions {
  readonly data: string;
  readonly json?: true;
  readonly sql?: true;
  readonly all?: true;
  readonly timeZone: string;
}

/** `kms-insights ask "…" ["…"]`: several questions are one conversation. */
export async function askCommand(
  questions: readonly string[],
  options: AskOptions,
): Promise<ExitCode> {
  const assistant = await openLocalAssistant(options.data);
  let exit: ExitCode = exitCode.ok;
  try {
    const turns: Turn[] = [];
    for (const question of questions) {
      const outcome: AskOutcome = await ask(
        {
          question,
          conversation: turns,
          timeZone: options.timeZone,
          user: userInfo().username,
          face: 'cli',
        },
        await assistant.dependencies(),
      );
      if (outcome.turn) turns.push(outcome.turn);
      if (options.json) console.log(JSON.stringify(answerBody(outcome.answer)));
      else print(outcome.answer, options);
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

function print(answer: Answer, options: AskOptions): void {
  const safe = terminalSafe;
  switch (answer.status) {
    case 'answered': {
      console.log(`\n${safe(answer.summary)}\n`);
      console.log(`Understood: ${safe(answer.interpretation)}\n`);
      const shown = options.all ? answer.rows : answer.rows.slice(0, SHOWN_ROWS);
      if (answer.rows.length > 0) console.log(`${renderTable(answer.columns, shown)}\n`);
      const more = answer.rows.length - shown.length;
      if (more > 0)
        console.log(
          `… and ${more.toLocaleString('en-US')} more rows (--all shows them, --json has them).\n`,
        );
      for (const note of answer.notes) console.log(`Note: ${safe(note)}`);
      const { evidence } = answer;
      console.log(`Coverage: ${safe(evidence.coverageText)}`);
      console.log(
        `Data as of ${evidence.asOf}, snapshot ${evidence.snapshotId}, result ${evidence.resultHash.slice(0, 12)}.`,
      );
      if (options.sql) console.log(`\n${safe(answer.sql)}`);
      list('You could ask next:', answer.followUps);
      return;
    }
    case 'clarify':
      console.log(`\n${safe(answer.message)}`);
      list('Which do you mean?', answer.choices);
      return;
    case 'declined':
      console.log(`\n${safe(answer.message)}`);
      list('Questions that can be answered:', answer.nearest);
      return;
    case 'error':
      console.error(`Error: ${safe(answer.error.message)}\n${safe(answer.error.hint)}`);
  }
}

function list(title: string, items: readonly string[]): void {
  if (items.length === 0) return;
  console.log(`\n${title}`);
  for (const item of items) console.log(`  - ${terminalSafe(item)}`);
}
