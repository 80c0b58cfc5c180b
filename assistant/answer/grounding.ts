import type { Cell, QueryResult } from '../engine/engine.ts';
import type { Claim, Moment } from './grounding/claim.ts';
import { claimsOf } from './grounding/claims.ts';
import { type Facts, factsOf, moment } from './grounding/facts.ts';
import { folded } from './grounding/folded.ts';
import { readMoments } from './grounding/moments.ts';
import { type Numbers, numbersOf } from './grounding/numbers.ts';
import { misplacedClaims, namesIn } from './grounding/placement.ts';

/** What a summary may speak of besides the rows. */
export interface GroundingContext {
  /**
   * What was asked and understood: the question, the interpretation, and other texts that code made
   * for this answer, such as the coverage. Never text that a model made after it saw the rows.
   */
  readonly texts: readonly string[];
  /** The moment of the data. */
  readonly asOf: Date;
  /** Rows that match in all; null when the rows were cut and their number is not known. */
  readonly totalRows: number | null;
}

/** Something a summary states that is found nowhere, with its place in UTF-16 units. */
export interface Ungrounded {
  readonly kind: Claim['kind'];
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface Grounding {
  /** Whether everything that was stated is found. A text that states nothing is grounded. */
  readonly grounded: boolean;
  /** How many things were stated, values of the rows that have no digits among them. */
  readonly claims: number;
  readonly ungrounded: readonly Ungrounded[];
}

/**
 * Looks for everything that a summary states in the rows it speaks of: each number, percentage,
 * amount, date, id, ARN, alias, Region, address, name with digits, and each text in quotes must be a
 * cell, a number of rows, computed from a column (sum, average, median, least, most, distinct or
 * equal values, differences and shares), or stand in the texts of the context; and a number or a date
 * that is a cell must be of a row that is named beside it. Beyond that, how things hang together in the
 * sentence is not understood: a share that is true of another row is found. Never throws; nothing in the
 * summary is trusted.
 */
export function groundingOf(
  summary: string,
  result: Pick<QueryResult, 'columns' | 'rows'>,
  context: GroundingContext,
): Grounding {
  const claims = claimsOf(summary);
  const facts = factsOf(result);
  const said = context.texts.flatMap((text) => claimsOf(text));
  const numbers = numbersOf(facts, summary, claims, context.totalRows);
  const known: Known = {
    facts,
    said,
    saidText: folded(context.texts.join('\n')),
    numbers,
    asOf: readMoments(context.asOf.toISOString().slice(0, 19)),
    totalRows: context.totalRows,
  };
  const names = namesIn(summary, claims, facts);
  const misplaced = misplacedClaims(summary, claims, names, facts.rows.length, {
    isOfAll: (claim) =>
      said.some((s) => isSaid(claim, s)) ||
      (claim.kind === 'number' && numbers.isComputed(claim)) ||
      (claim.kind === 'moment' &&
        claim.readings.some((reading) => known.asOf.some((m) => covers(m, reading)))),
    rowsOf: (claim) => rowsOf(claim, known),
  });
  const ungrounded = claims
    .filter((claim) => !isGrounded(claim, known) || misplaced.includes(claim))
    .map(({ kind, text, start, end }) => ({ kind, text, start, end }));
  const stated = claims.length + names.length;
  return { grounded: ungrounded.length === 0, claims: stated, ungrounded };
}

/** Whether a text of the context states the same. */
function isSaid(claim: Claim, said: Claim): boolean {
  if (claim.kind === 'number')
    return said.kind === 'number' && said.unit === claim.unit && said.value === claim.value;
  if (claim.kind !== 'moment' || said.kind !== 'moment') return false;
  return claim.readings.some((reading) => said.readings.some((m) => covers(m, reading)));
}

/** The rows that a number or a moment is a cell of. */
function rowsOf(claim: Claim, { facts, numbers }: Known): readonly number[] {
  if (claim.kind === 'number') return numbers.rowsWith(claim);
  if (claim.kind !== 'moment') return [];
  const isIn = (cell: Cell) =>
    typeof cell === 'string' &&
    moment.test(cell) &&
    readMoments(cell).some((m) => claim.readings.some((reading) => covers(m, reading)));
  return facts.rows.flatMap((row, i) => (row.some(isIn) ? [i] : []));
}

interface Known {
  readonly facts: Facts;
  /** What the texts of the context state. */
  readonly said: readonly Claim[];
  readonly saidText: string;
  readonly numbers: Numbers;
  readonly asOf: readonly Moment[];
  readonly totalRows: number | null;
}

function isGrounded(claim: Claim, known: Known): boolean {
  const { facts, said, numbers } = known;
  switch (claim.kind) {
    case 'number':
      return numbers.has(claim) || said.some((s) => isSaid(claim, s));
    case 'ratio':
      return (
        numbers.hasRatio(claim.value, claim.tolerance) ||
        said.some((s) => s.kind === 'ratio' && s.value === claim.value)
      );
    case 'ordinal':
      return (
        (claim.value >= 1 && claim.value <= facts.rows.length) ||
        said.some((s) => s.kind === 'ordinal' && s.value === claim.value)
      );
    case 'none':
      return (
        known.totalRows === 0 ||
        facts.rows.length === 0 ||
        facts.numbers.some((c) => c.values.some((v) => v.value === 0)) ||
        facts.rows.every((row) => row.every((cell) => cell === null))
      );
    case 'moment':
      return (
        facts.texts.has(folded(claim.text)) ||
        claim.readings.some((reading) => hasMoment(reading, known))
      );
    case 'name':
      return hasName(claim.text, known);
    case 'place':
      return (
        claim.codes.some((code) => occursIn(facts.allText, code, false)) ||
        claim.codes.some((code) => occursIn(known.saidText, code, false)) ||
        said.some((s) => s.kind === 'place' && s.text.toLowerCase() === claim.text.toLowerCase())
      );
    case 'quoted':
      return hasQuoted(claim.content, known);
    case 'unreadable':
      return facts.texts.has(claim.text);
  }
}

function hasMoment(reading: Moment, { facts, said, asOf, numbers }: Known): boolean {
  const { year, month, day } = reading;
  if (asOf.some((m) => covers(m, reading))) return true;
  if (facts.moments.some((text) => readMoments(text).some((m) => covers(m, reading)))) return true;
  if (said.some((s) => s.kind === 'moment' && s.readings.some((m) => covers(m, reading))))
    return true;
  // A year by itself may be a number of the result.
  return (
    year !== null &&
    month === null &&
    day === null &&
    numbers.has({ kind: 'number', value: year, tolerance: 0, unit: 'none' })
  );
}

/** Whether a moment has every part of what is said of it. */
function covers(moment: Moment, said: Moment): boolean {
  const same = (a: number | null, b: number | null) => b === null || a === b;
  return (
    same(moment.year, said.year) &&
    same(moment.month, said.month) &&
    same(moment.day, said.day) &&
    (said.time === null || (moment.time?.startsWith(said.time) ?? false))
  );
}

function hasName(text: string, { facts, saidText }: Known): boolean {
  const plain = folded(text);
  const name = /^\d{4}-\d{4}-\d{4}$/.test(plain) ? plain.replaceAll('-', '') : plain;
  if (facts.texts.has(name)) return true;
  const exact = /^(?:arn:|alias\/)/.test(name);
  return occursIn(facts.allText, name, exact) || occursIn(saidText, name, exact);
}

function hasQuoted(content: string, { facts, saidText }: Known): boolean {
  const plain = content.trim().replace(/[.,。、]$/, '');
  if (plain === '') return true;
  for (const text of [content, plain]) if (facts.texts.has(text)) return true;
  return occursIn(saidText, folded(plain), false);
}

/**
 * Whether a word stands in a text by itself and not inside a longer one: `app-1` is not in `app-12`,
 * and `alias/app` is not in `alias/app/prod`.
 */
function occursIn(text: string, word: string, exact: boolean): boolean {
  const [hay, needle] = exact ? [text, word] : [text.toLowerCase(), word.toLowerCase()];
  const dotted = needle.includes('.');
  for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + 1)) {
    const before = hay.slice(Math.max(0, at - 2), at);
    const after = hay.slice(at + needle.length, at + needle.length + 2);
    const starts = !/[\p{L}\p{N}_-]$/u.test(before) || isCjk(before.at(-1), needle[0]);
    const joined = dotted ? /^(?:[\p{L}\p{N}_/-]|[.@][\p{L}\p{N}])/u : /^[\p{L}\p{N}_/-]/u;
    const ends = !joined.test(after) || isCjk(after[0], needle.at(-1));
    if (starts && ends && !(dotted && /[\p{L}\p{N}][.@]$/u.test(before))) return true;
  }
  return false;
}

/** Japanese has no spaces: between it and other scripts a word begins or ends. */
function isCjk(neighbour: string | undefined, own: string | undefined): boolean {
  const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/u;
  return cjk.test(neighbour ?? '') && !cjk.test(own ?? '');
}
