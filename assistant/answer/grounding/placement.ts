import type { Claim, Place } from './claim.ts';
import type { Facts } from './facts.ts';
import { isSpoken } from './spoken.ts';

/** Names and numbers of a summary that stand together though they are of different rows. */

/** Whether a claim is true of the result as a whole or of the question, and of which rows it is true. */
export interface Placing {
  readonly isOfAll: (claim: Claim) => boolean;
  readonly rowsOf: (claim: Claim) => readonly number[];
}

/** A value of a text column that the summary names, and the rows that have it. */
export interface Named extends Place {
  readonly column: number;
  readonly rows: ReadonlySet<number>;
}

/** Longer results are too full of equal values for a row to be told by them. */
const MOST_ROWS = 2_000;

const sentenceEnd = /[.!?](?=\s|$)|[。！？\n]/g;
const clauseEnd =
  /[,;:、，；：()（）]|\b(?:and|or|while|whereas|but|with|followed|then|than)\b|(?<=\p{Script=Hiragana})が/giu;
const superlative =
  /\b(?:most|least|fewest|highest|lowest|largest|smallest|biggest|oldest|newest|latest|earliest|longest|shortest|maximum|minimum)\b|最/i;
const negated =
  /\b(?:no|not|none|never|neither|nor|without|nowhere|except)\b|n't\b|ない|なし|なく|ません|以外/i;

/**
 * The numbers and moments that are cells of other rows than those named beside them: "A has 7 keys"
 * where 7 is what B has. What stands beside what is told by clauses, and where a sentence has as many
 * names as numbers also by their order. A number that is true of the result as a whole is never among
 * them, nor one in a sentence that names nothing.
 */
export function misplacedClaims(
  summary: string,
  claims: readonly Claim[],
  names: readonly Named[],
  rowCount: number,
  placing: Placing,
): readonly Claim[] {
  if (rowCount < 2 || rowCount > MOST_ROWS || names.length === 0) return [];
  const spans: readonly Place[] = [...names, ...claims];
  const placed = claims.filter(
    (c) =>
      (c.kind === 'number' || c.kind === 'moment') &&
      !placing.isOfAll(c) &&
      placing.rowsOf(c).length > 0,
  );
  return pieces(summary, 0, summary.length, sentenceEnd, spans).flatMap((sentence) => {
    const within = <P extends Place>(all: readonly P[], piece: Piece) =>
      all.filter((p) => p.start >= piece.start && p.end <= piece.end);
    const named = within(names, sentence);
    const stated = within(placed, sentence);
    if (named.length === 0 || stated.length === 0) return [];
    const inOrder =
      named.length === stated.length &&
      stated.every((claim, i) => placing.rowsOf(claim).some((r) => named[i]?.rows.has(r)));
    if (inOrder) return [];
    return pieces(summary, sentence.start, sentence.end, clauseEnd, spans).flatMap((clause) => {
      const beside = within(named, clause);
      const rows = rowsOfAll(beside.length > 0 ? beside : named);
      return within(stated, clause).filter((claim) => {
        if (placing.rowsOf(claim).some((row) => rows.has(row))) return false;
        const text = summary.slice(clause.start, clause.end);
        return !(beside.length === 0 && superlative.test(text)) && !negated.test(text);
      });
    });
  });
}

interface Piece {
  readonly start: number;
  readonly end: number;
}

/** A stretch of the text in pieces; what ends a piece does not stand within a name or a number. */
function pieces(
  text: string,
  start: number,
  end: number,
  ends: RegExp,
  whole: readonly Place[],
): readonly Piece[] {
  const found: Piece[] = [];
  let from = start;
  for (const match of text.slice(start, end).matchAll(ends)) {
    const at = start + match.index;
    if (whole.some((p) => at > p.start - 1 && at < p.end)) continue;
    found.push({ start: from, end: at });
    from = at + match[0].length;
  }
  found.push({ start: from, end });
  return found;
}

/** Values of one column are alternatives; of several columns they meet in a row, where they can. */
function rowsOfAll(names: readonly Named[]): ReadonlySet<number> {
  const byColumn = new Map<number, Set<number>>();
  for (const { column, rows } of names)
    byColumn.set(column, new Set([...(byColumn.get(column) ?? []), ...rows]));
  const sets = [...byColumn.values()];
  const all = new Set(sets.flatMap((set) => [...set]));
  const meeting = new Set([...all].filter((row) => sets.every((set) => set.has(row))));
  return meeting.size > 0 ? meeting : all;
}

/** The values of text columns that a summary names; of names within each other the longest. */
export function namesIn(summary: string, claims: readonly Claim[], facts: Facts): readonly Named[] {
  const text = summary.toLowerCase();
  const rowsByValue = new Map<string, Named['rows'] & Set<number>>();
  const key = (column: number, value: string) => `${column} ${value}`;
  for (const [row, cells] of facts.rows.entries())
    for (const [column, cell] of cells.entries()) {
      if (typeof cell !== 'string') continue;
      const rows = rowsByValue.get(key(column, cell));
      if (rows) rows.add(row);
      else rowsByValue.set(key(column, cell), new Set([row]));
    }
  const found: Named[] = [];
  for (const [name, rows] of rowsByValue) {
    const [column = '', ...rest] = name.split(' ');
    const value = rest.join(' ');
    // An account id is a name, though it has nothing but digits.
    if (!isSpoken(value, text) && !(/^\d{12}$/.test(value) && text.includes(value))) continue;
    for (const place of placesOf(value, summary))
      found.push({ ...place, column: Number(column), rows });
  }
  for (const claim of claims) {
    if (claim.kind !== 'place') continue;
    for (const code of claim.codes)
      for (const [column] of facts.columns.entries()) {
        const rows = rowsByValue.get(key(column, code));
        if (rows) found.push({ ...claim, column, rows });
      }
  }
  return found
    .filter(
      (a) =>
        !found.some(
          (b) =>
            b !== a && b.start <= a.start && b.end >= a.end && b.end - b.start > a.end - a.start,
        ),
    )
    .sort((a, b) => a.start - b.start);
}

/** Where a value stands as a word of its own, as it is written or with spaces between its parts. */
function placesOf(value: string, summary: string): readonly Place[] {
  const spaced = value.replaceAll(/(?<=[a-z])(?=[A-Z])|_/g, ' ');
  const escaped = [...new Set([value, spaced])].map((v) =>
    v.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'),
  );
  const word = new RegExp(`(?<![A-Za-z0-9_/-])(?:${escaped.join('|')})(?![A-Za-z0-9_/-])`, 'gi');
  return [...summary.matchAll(word)].map((m) => ({
    start: m.index,
    end: m.index + m[0].length,
    text: m[0],
  }));
}
