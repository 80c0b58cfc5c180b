import type { Answer } from '../answer/answer.ts';
import { type AskDependencies, ask } from '../ask.ts';
import type { Turn } from '../translate/translator.ts';
import { type Expected, expectedOf, type Outcome, outcomeOf } from './score.ts';
import { type Case, type Language, languages, SuiteError, type Suites } from './suite.ts';
import { type Filler, fillerFor } from './vocabulary.ts';

/** One question of a suite, and what came of it. */
export interface Judged {
  readonly category: string;
  readonly intent: string;
  readonly language: Language;
  /** The question, or the conversation, with names from the data. */
  readonly questions: readonly string[];
  readonly expected: Expected['kind'];
  readonly outcome: Outcome;
  /** What was understood, or what was said instead of an answer. */
  readonly said: string;
  readonly sql: string | null;
  /** How long the last answer took, with translating, checking, running and summing up. */
  readonly elapsedMs: number;
}

/** Which of the suites to ask. */
export interface Selection {
  readonly categories?: readonly string[];
  readonly language?: Language;
}

/**
 * Asks the questions of the suites and judges the answers, one after the other. Nothing is recorded in
 * the audit log: nobody asked.
 *
 * @throws SuiteError when a suite does not fit the data
 */
export async function evaluate(
  { vocabulary, suites }: Suites,
  dependencies: AskDependencies,
  selection: Selection = {},
  onJudged: (judged: Judged) => void = () => {},
): Promise<readonly Judged[]> {
  const { engine } = dependencies;
  const asOf = new Date(vocabulary.asOf).toISOString();
  if (new Date(engine.snapshot.asOf).toISOString() !== asOf) {
    throw new SuiteError(
      `The suites speak of ${asOf}, the data of ${engine.snapshot.asOf}.`,
      `Collect with --as-of ${vocabulary.asOf}.`,
    );
  }
  const filler = await fillerFor(vocabulary, engine);
  const unrecorded = { ...dependencies, audit: async () => {} };
  const all: Judged[] = [];
  for (const { category, cases } of suites) {
    if (selection.categories && !selection.categories.includes(category)) continue;
    for (const one of cases) {
      const judged = await judgeCase(category, one, filler, unrecorded, selection.language);
      judged.forEach(onJudged);
      all.push(...judged);
    }
  }
  return all;
}

async function judgeCase(
  category: string,
  one: Case,
  filler: Filler,
  dependencies: AskDependencies,
  only: Language | undefined,
): Promise<readonly Judged[]> {
  const expected = await expectedOf(one, filler, dependencies.engine);
  const all: Judged[] = [];
  for (const language of languages) {
    if (only && only !== language) continue;
    for (const conversation of one[language]) {
      const questions = conversation.map(filler.question);
      const { answer, elapsedMs } = await converse(questions, language, one, dependencies);
      all.push({
        category,
        intent: one.intent,
        language,
        questions,
        expected: expected.kind,
        outcome: outcomeOf(answer, expected),
        said: saidOf(answer),
        sql: answer.status === 'answered' ? answer.sql : null,
        elapsedMs,
      });
    }
  }
  return all;
}

/** The answer to the last question; or to an earlier one that was not answered, where talk ends. */
async function converse(
  questions: readonly string[],
  language: Language,
  { timeZone }: Case,
  dependencies: AskDependencies,
): Promise<{ readonly answer: Answer; readonly elapsedMs: number }> {
  const turns: Turn[] = [];
  let last: { readonly answer: Answer; readonly elapsedMs: number } | undefined;
  for (const question of questions) {
    const started = performance.now();
    const { answer, turn } = await ask(
      { question, conversation: turns, timeZone, language, user: 'eval', face: 'cli' },
      dependencies,
    );
    last = { answer, elapsedMs: performance.now() - started };
    if (!turn) break;
    turns.push(turn);
  }
  if (!last) throw new SuiteError('A conversation has no question.', 'Ask something.');
  return last;
}

function saidOf(answer: Answer): string {
  switch (answer.status) {
    case 'answered':
      return `${answer.interpretation} → ${answer.summary}`;
    case 'clarify':
      return `${answer.message} ${answer.choices.join(' | ')}`;
    case 'declined':
      return answer.message;
    case 'error':
      return `${answer.error.code}: ${answer.error.message}`;
  }
}
