import type { Answer } from '../answer/answer.ts';
import type { Narrative } from '../answer/narrative.ts';
import { type AskDependencies, ask } from '../ask.ts';
import type { AuditEntry } from '../audit/audit.ts';
import type { ModelUse, Turn } from '../translate/translator.ts';
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
  /** What was asked of a model for all questions of the conversation; empty where none was. */
  readonly models: readonly ModelUse[];
  /** What came of the words of the model about the rows of the last answer, where it said any. */
  readonly narrative: Narrative['outcome'] | null;
}

/** Which of the suites to ask, and how. */
export interface Selection {
  readonly categories?: readonly string[];
  readonly language?: Language;
  /** So many cases are asked at once; one by default, which alone makes times of this machine comparable. */
  readonly atOnce?: number;
  /** Asked before each case; when it says so, the rest is not asked. */
  readonly isEnough?: () => boolean;
}

/**
 * Asks the questions of the suites and judges the answers. Nothing is recorded in the audit log: nobody
 * asked. Where a model is asked, an answer by which the offline translator stood in for it has failed.
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
  const waiting = suites
    .filter(({ category }) => selection.categories?.includes(category) ?? true)
    .flatMap(({ category, cases }) => cases.map((one) => ({ category, one })));
  const judged: (readonly Judged[])[] = [];
  let next = 0;
  const worker = async () => {
    while (next < waiting.length && !selection.isEnough?.()) {
      const at = next;
      next += 1;
      const task = waiting[at];
      if (!task) return;
      const some = await judgeCase(
        task.category,
        task.one,
        filler,
        dependencies,
        selection.language,
      );
      some.forEach(onJudged);
      judged[at] = some;
    }
  };
  await Promise.all(Array.from({ length: selection.atOnce ?? 1 }, worker));
  return judged.flat();
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
      const { answer, elapsedMs, models } = await converse(questions, language, one, dependencies);
      const standsIn =
        dependencies.translator.name === 'bedrock' && answer.translator === 'offline';
      all.push({
        category,
        intent: one.intent,
        language,
        questions,
        expected: expected.kind,
        outcome: standsIn ? 'failed' : outcomeOf(answer, expected),
        said: standsIn ? `The model failed: ${models.at(-1)?.failure}` : saidOf(answer),
        sql: answer.status === 'answered' ? answer.sql : null,
        elapsedMs,
        models,
        narrative:
          answer.status === 'answered' ? (answer.evidence.narrative?.outcome ?? null) : null,
      });
    }
  }
  return all;
}

/** The answer to the last question; or to an earlier one that was declined, where talk ends. */
async function converse(
  questions: readonly string[],
  language: Language,
  { timeZone }: Case,
  dependencies: AskDependencies,
): Promise<Conversed> {
  const turns: Turn[] = [];
  const models: ModelUse[] = [];
  const noted = {
    ...dependencies,
    audit: async ({ model }: AuditEntry) => {
      if (model) models.push(model);
    },
  };
  let last: Omit<Conversed, 'models'> | undefined;
  for (const question of questions) {
    const started = performance.now();
    const { answer, turn } = await ask(
      { question, conversation: turns, timeZone, language, user: 'eval', face: 'cli' },
      noted,
    );
    last = { answer, elapsedMs: performance.now() - started };
    // What was asked back may be replied to; what an asker would ask after a refusal, no case says.
    if (answer.status === 'error' || (turn?.sql === null && !turn.choices)) break;
    if (turn) turns.push(turn);
  }
  if (!last) throw new SuiteError('A conversation has no question.', 'Ask something.');
  return { ...last, models };
}

interface Conversed {
  readonly answer: Answer;
  readonly elapsedMs: number;
  readonly models: readonly ModelUse[];
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
