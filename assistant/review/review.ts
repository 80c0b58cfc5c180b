import { inertText } from '../answer/inert-text.ts';
import type { RecordedQuestion } from '../audit/audit.ts';
import type { FeedbackEntry } from '../audit/feedback.ts';
import { DEFAULT_LIMIT, guard } from '../guard/guard.ts';
import { asOfLiteral, atMoment, type VerifiedQuestion } from '../translate/bedrock/verified.ts';
import { exactly } from '../translate/bedrock/words.ts';

/**
 * What people said of answers, put together for the person who tends the verified questions: what was
 * found good and may become one, and what was found wrong and is to be mended. Questions and comments
 * were written by anyone; all texts here are inert, and none is more than a proposal.
 */
export interface Review {
  readonly candidates: readonly Candidate[];
  readonly repairs: readonly Repair[];
  /** Questions that were found good and are no candidates, and why. */
  readonly leftOut: readonly LeftOut[];
}

/** A question of whose answers nobody said anything bad. */
export interface Candidate {
  readonly question: string;
  /** The SQL of the last answer, `{as_of}` standing for the moment of the data where it is named. */
  readonly sql: string;
  /** How it was understood; null where the answer is not kept any more. */
  readonly interpretation: string | null;
  readonly ups: number;
  /** What to look at before it is taken over. */
  readonly remarks: readonly string[];
}

/** A question of which someone said that its answer is wrong. */
export interface Repair {
  readonly question: string;
  readonly ups: number;
  readonly downs: number;
  readonly answers: readonly {
    readonly answerId: string;
    readonly at: string;
    readonly status: string;
    readonly translator: string;
    readonly sql: string | null;
    readonly comments: readonly string[];
  }[];
  readonly isVerified: boolean;
}

export interface LeftOut {
  readonly question: string;
  readonly why: string;
}

export interface ReviewInput {
  /** One entry for each person and answer. */
  readonly feedback: readonly FeedbackEntry[];
  /** By the id of the answer. */
  readonly questions: ReadonlyMap<string, RecordedQuestion>;
  readonly verified: readonly VerifiedQuestion[];
  /** How an answer was understood; null where it is not kept any more. */
  readonly interpretationOf: (answerId: string) => Promise<string | null>;
}

/** The longest question that may be verified. */
const LONGEST_QUESTION = 300;

/** Something that was said of an answer, and the answer. */
interface Rated {
  readonly feedback: FeedbackEntry;
  readonly asked: RecordedQuestion;
}

export async function review(input: ReviewInput): Promise<Review> {
  const { feedback, questions, verified } = input;
  const rated = feedback.flatMap((f) => {
    const asked = questions.get(f.answerId);
    return asked ? [{ feedback: f, asked }] : [];
  });
  const known = new Set(verified.map((v) => exactly(v.question)));
  const groups = grouped(rated, ({ asked }) => exactly(asked.question));
  const candidates: Candidate[] = [];
  const repairs: Repair[] = [];
  const leftOut: LeftOut[] = [];
  for (const [question, of] of groups) {
    if (of.some((r) => r.feedback.rating === 'down')) {
      repairs.push(repairOf(of, known.has(question)));
      continue;
    }
    const last = latest(of);
    const why = known.has(question) ? 'It is verified already.' : whyNot(last.asked);
    if (why !== null) leftOut.push({ question: oneLine(last.asked.question), why });
    else candidates.push(await candidateOf(of, last, input.interpretationOf));
  }
  return { candidates, repairs, leftOut };
}

function grouped<T>(
  all: readonly T[],
  keyOf: (one: T) => string,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}

const oneLine = (text: string): string => inertText(text.replaceAll(/\s+/g, ' ').trim());

const latest = (of: readonly Rated[]): Rated =>
  of.reduce((a, b) => (b.asked.at >= a.asked.at ? b : a));

/** Why an answer that was found good makes no verified question; null when it may. */
function whyNot({ question, sql, status, earlierTurns, accountScope, asOf }: RecordedQuestion) {
  if (status !== 'answered' || sql === null) return 'Nothing was run for it.';
  if (earlierTurns > 0) return 'It may go on from the question before it.';
  if (accountScope !== null) return 'Its SQL is narrowed to the accounts of who asked.';
  if (oneLine(question).length > LONGEST_QUESTION)
    return `It is longer than ${LONGEST_QUESTION} characters.`;
  const moment = new Date(asOf);
  const checked = guard(atMoment(timeless(sql, moment), moment), {
    asOf: moment,
    accountScope: null,
  });
  return checked.ok ? null : `The guard refuses its SQL: ${inertText(checked.error.message)}`;
}

/** The SQL with a place for the moment of the data, and without the LIMIT that the guard adds. */
const timeless = (sql: string, asOf: Date): string =>
  sql
    .replaceAll(asOfLiteral(asOf), '{as_of}')
    .replace(new RegExp(`\\s+LIMIT ${DEFAULT_LIMIT}$`), '');

async function candidateOf(
  of: readonly Rated[],
  { asked }: Rated,
  interpretationOf: ReviewInput['interpretationOf'],
): Promise<Candidate> {
  const sqlOf = ({ sql, asOf }: RecordedQuestion) => timeless(sql ?? '', new Date(asOf));
  const sql = sqlOf(asked);
  const queries = new Set(of.map((r) => sqlOf(r.asked))).size;
  const moments = sql.match(/\b(?:TIMESTAMP|DATE) '[^']*'/g) ?? [];
  const interpretation = await interpretationOf(asked.answerId);
  return {
    question: oneLine(asked.question),
    sql,
    interpretation: interpretation === null ? null : oneLine(interpretation),
    ups: of.length,
    remarks: [
      ...(queries > 1 ? [`It was answered by ${queries} queries; this is the last.`] : []),
      ...(moments.length > 0
        ? [
            `Fixed moments: ${[...new Set(moments.map(oneLine))].join(', ')}. Count from {as_of} where they do.`,
          ]
        : []),
      ...(/\b\d{4}\b/.test(interpretation ?? '')
        ? ['The explanation speaks of days of then.']
        : []),
      ...(/\bORDER BY\b/.test(sql) ? [] : ['It has no ORDER BY.']),
      ...(oneLine(asked.question) === asked.question.trim()
        ? []
        : ['The question was spelt otherwise; what could act or hide in it was spelt out.']),
    ],
  };
}

function repairOf(of: readonly Rated[], isVerified: boolean): Repair {
  const downs = of.filter((r) => r.feedback.rating === 'down');
  const answers = [...grouped(downs, (r) => r.asked.answerId).values()];
  return {
    question: oneLine(latest(of).asked.question),
    ups: of.length - downs.length,
    downs: downs.length,
    answers: answers.flatMap((said) => {
      const [first] = said;
      if (!first) return [];
      const { answerId, at, status, translator, sql } = first.asked;
      const comments = said.flatMap(({ feedback: { comment } }) => comment ?? []).map(oneLine);
      return [{ answerId, at, status, translator, sql, comments }];
    }),
    isVerified,
  };
}
