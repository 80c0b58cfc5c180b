import { relations } from '../../../collector/schema/relations.ts';
import type { Words } from '../../../collector/schema/types.ts';
import type { Claim } from './claim.ts';
import type { ColumnFacts, Facts } from './facts.ts';

/** Of which columns, values and rows a summary speaks; its text comes in lower case. */

/** Up to so many rows, the summary speaks of all. */
const FEW_ROWS = 3;
/** Most rows that a summary is taken to speak of. */
const MOST_SPOKEN = 30;

const lowerCase = (words: Words | undefined): readonly string[] =>
  [...(words?.en ?? []), ...(words?.ja ?? [])].map((w) => w.toLowerCase());

/** What people call the columns of the contract. */
const columnWords: ReadonlyMap<string, readonly string[]> = new Map(
  relations.flatMap((r) =>
    Object.entries(r.columns)
      .filter(([, { words }]) => words !== undefined)
      .map(([name, { words }]) => [name, lowerCase(words)]),
  ),
);

/** What people call the values of closed sets, by column and value. */
const valueWords: ReadonlyMap<string, readonly string[]> = new Map(
  relations.flatMap((r) =>
    Object.entries(r.columns).flatMap(([name, { values }]) =>
      (values ?? []).map(({ value, words }) => [`${name} ${value}`, lowerCase(words)]),
    ),
  ),
);

/** Whether a summary speaks of a column, by a part of its name or by what people call it. */
export function namesColumn(name: string, text: string): boolean {
  const parts = name
    .toLowerCase()
    .split('_')
    .filter((w) => w.length > 2 && w !== 'key');
  return [...parts.map((p) => p.replace(/s$/, '')), ...(columnWords.get(name) ?? [])].some((w) =>
    text.includes(w),
  );
}

/** How many rows have a value that the summary names, or none in a column that it names. */
export function countsSpokenOf(column: ColumnFacts, text: string): readonly number[] {
  const named = namesColumn(column.name, text);
  const found: number[] = [];
  for (const [value, count] of column.counts) {
    const isFlag = value === 'true' || value === 'false';
    if (isFlag ? named : isSpoken(value, text) || isCalled(column.name, value, text))
      found.push(count);
  }
  if (column.nulls > 0 && named) found.push(column.nulls);
  return found;
}

/** Values of closed sets are said with spaces: PendingDeletion is "pending deletion". */
export function isSpoken(value: string, text: string): boolean {
  if (value.length < 3 || value.length > 200 || /^-?[\d.]+$/.test(value)) return false;
  const spaced = value.replaceAll(/(?<=[a-z])(?=[A-Z])|_/g, ' ').toLowerCase();
  return text.includes(value.toLowerCase()) || text.includes(spaced);
}

const isCalled = (column: string, value: string, text: string): boolean =>
  (valueWords.get(`${column} ${value}`) ?? []).some((w) => w.length > 1 && text.includes(w));

/** The rows that a summary speaks of, by a name or a number of theirs, and those with the least and the most. */
export function spokenRows(
  facts: Facts,
  text: string,
  claims: readonly Claim[],
): readonly number[] {
  if (facts.rows.length <= FEW_ROWS) return facts.rows.map((_, i) => i);
  const stated = new Set(claims.flatMap((c) => (c.kind === 'number' ? [c.value] : [])));
  const extremes = facts.numbers.flatMap(({ values }) => {
    const sorted = [...values].sort((a, b) => a.value - b.value);
    return [sorted[0]?.row, sorted.at(-1)?.row];
  });
  const spoken: number[] = [];
  for (const [i, row] of facts.rows.entries()) {
    const named = row.some((cell) => typeof cell === 'string' && isSpoken(cell, text));
    const numbered = row.some((cell) => typeof cell === 'number' && cell > 1 && stated.has(cell));
    if (named || numbered || extremes.includes(i)) spoken.push(i);
    if (spoken.length === MOST_SPOKEN) break;
  }
  return spoken;
}
