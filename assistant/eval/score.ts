import type { Answer } from '../answer/answer.ts';
import type { Engine } from '../engine/engine.ts';
import { type Rows, sameNumber, sameRows } from './compare.ts';
import { runTrusted } from './run-trusted.ts';
import { type Case, SuiteError } from './suite.ts';
import type { Filler } from './vocabulary.ts';

/**
 * What came of a question. `right`: what was expected. `wrong`: an answer, but not the expected one.
 * `clarified`, `declined`: asked back, declined, where something else was expected. `failed`: an error.
 */
export const outcomes = ['right', 'wrong', 'clarified', 'declined', 'failed'] as const;
export type Outcome = (typeof outcomes)[number];

/** What is expected of every wording of a case, worked out on the data. */
export type Expected =
  | {
      readonly kind: 'rows';
      readonly rows: Rows;
      readonly ordered: boolean;
      readonly orClarify: boolean;
    }
  | { readonly kind: 'number'; readonly rows: Rows; readonly orClarify: boolean }
  | { readonly kind: 'clarify'; readonly candidates: readonly string[] }
  | { readonly kind: 'declined' }
  | { readonly kind: 'unanswered' }
  | { readonly kind: 'says'; readonly texts: readonly string[] };

/**
 * Works out what a case expects.
 *
 * @throws SuiteError when its SQL is refused, or finds nothing though the case does not say it may
 */
export async function expectedOf(one: Case, filler: Filler, engine: Engine): Promise<Expected> {
  const orClarify = one.orClarify === true;
  const run = async (sql: string) => {
    const rows = await runTrusted(filler.sql(sql), engine, `"${one.intent}"`);
    const [first] = rows.rows;
    const nothing = rows.rows.length === 0 || (rows.rows.length === 1 && first?.every(isNothing));
    if (nothing && !one.mayBeEmpty) {
      throw new SuiteError(
        `"${one.intent}" expects nothing: any empty answer would be right.`,
        'Ask for something that is in the data, or say mayBeEmpty: true.',
      );
    }
    return rows;
  };
  const keys = 'kms_insights.kms_keys';
  if (one.keys !== undefined) {
    const sql = `SELECT account_id, region, key_id FROM ${keys} WHERE ${one.keys}`;
    return { kind: 'rows', rows: await run(sql), ordered: false, orClarify };
  }
  if (one.count !== undefined) {
    const sql = `SELECT count(*) AS n FROM ${keys} WHERE ${one.count}`;
    return { kind: 'number', rows: await run(sql), orClarify };
  }
  if (one.rows !== undefined) {
    return { kind: 'rows', rows: await run(one.rows), ordered: false, orClarify };
  }
  if (one.ordered !== undefined) {
    return { kind: 'rows', rows: await run(one.ordered), ordered: true, orClarify };
  }
  if (one.number !== undefined) return { kind: 'number', rows: await run(one.number), orClarify };
  if (one.clarify) return { kind: 'clarify', candidates: one.clarify.map(filler.question) };
  if (one.says) return { kind: 'says', texts: one.says.map(filler.question) };
  return one.declined ? { kind: 'declined' } : { kind: 'unanswered' };
}

const isNothing = (cell: unknown) => cell === null || cell === 0 || cell === '0';

/** What an answer is worth, given what was expected. */
export function outcomeOf(answer: Answer, expected: Expected): Outcome {
  if (isExpected(answer, expected)) return 'right';
  switch (answer.status) {
    case 'answered':
      return 'wrong';
    case 'clarify':
      return 'clarified';
    case 'declined':
      return 'declined';
    case 'error':
      return 'failed';
  }
}

function isExpected(answer: Answer, expected: Expected): boolean {
  switch (expected.kind) {
    case 'rows':
      return answer.status === 'answered'
        ? sameRows(expected.rows, answer, expected.ordered)
        : expected.orClarify && answer.status === 'clarify';
    case 'number':
      return answer.status === 'answered'
        ? sameNumber(expected.rows.rows[0]?.[0] ?? null, answer)
        : expected.orClarify && answer.status === 'clarify';
    case 'clarify':
      return (
        answer.status === 'clarify' &&
        expected.candidates.every((c) => holds(answer.choices.join('\n'), c))
      );
    case 'declined':
      return answer.status === 'declined';
    case 'unanswered':
      return answer.status === 'clarify' || answer.status === 'declined';
    case 'says':
      return expected.texts.every((text) => holds(saidBy(answer), text));
  }
}

const holds = (whole: string, part: string) => whole.toLowerCase().includes(part.toLowerCase());

/** What a person reads first, whatever the status. An error says nothing that was asked for. */
function saidBy(answer: Answer): string {
  if (answer.status === 'answered') return [answer.summary, ...answer.notes].join('\n');
  return answer.status === 'error' ? '' : answer.message;
}
