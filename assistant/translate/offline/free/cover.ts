import { type Chart, type Found, type Parser, TooTangled } from '../grammar/chart.ts';
import type { Piece } from './piece.ts';

/** Every piece that begins at a position. */
export type Spotter = Parser<Piece>;

/** A way of cutting a whole question into pieces; fillers are left out. */
export type Cover = readonly Piece[];

/** Few long pieces say more than many short ones, and a word with a meaning more than a filler. */
const PIECE = 10;
const FILLER = 11;
/** Words that belong together are hardly said by chance: "for the audit" is no account. */
const PHRASE = 9;
export const cost = (piece: Piece) =>
  piece.is !== 'filler' ? PIECE : piece.phrase ? PHRASE : FILLER;

/** So many ways of cutting are looked at, of each cost; a question with more is too tangled. */
const MOST_COVERS = 600;
/** So much is gone through of all costs together; dead ends of long questions are many. */
const MOST_STEPS = 200_000;
/** So much dearer than the cheapest a cover may be: three pieces more. */
const SLACK = 3 * PIECE;

/**
 * The ways of cutting all of a question into pieces, the cheapest first, in groups of equal cost. A word
 * that is in no piece leaves none.
 */
export function* coversOf(spot: Spotter, chart: Chart): Iterable<readonly Cover[]> {
  const { length } = chart.tokens;
  const at = piecesAt(spot, chart);
  const cheapest = cheapestToEnd(at, length);
  const best = cheapest[0];
  if (best === undefined || best === Number.POSITIVE_INFINITY) return;
  const steps = { left: MOST_STEPS };
  for (let budget = best; budget <= best + SLACK; budget += 1) {
    const covers = exactly(budget, at, cheapest, length, steps);
    if (covers.length > 0) yield covers;
  }
}

/** The different pieces at each place; the chart remembers them. */
export function piecesAt(spot: Spotter, chart: Chart): readonly (readonly Found<Piece>[])[] {
  const known = chart.memo.get(spot) ?? new Map<number, readonly Found<unknown>[]>();
  chart.memo.set(spot, known);
  return chart.tokens.map((_, start) => {
    const before = known.get(start) as readonly Found<Piece>[] | undefined;
    if (before) return before;
    const distinct = new Map<string, Found<Piece>>();
    for (const found of spot(chart, start)) {
      if (found.end > start) distinct.set(`${found.end} ${JSON.stringify(found.value)}`, found);
    }
    const pieces = [...distinct.values()];
    known.set(start, pieces);
    return pieces;
  });
}

function cheapestToEnd(at: readonly (readonly Found<Piece>[])[], length: number): number[] {
  const cheapest = new Array<number>(length + 1).fill(Number.POSITIVE_INFINITY);
  cheapest[length] = 0;
  for (let start = length - 1; start >= 0; start -= 1) {
    for (const { value, end } of at[start] ?? []) {
      const total = cost(value) + (cheapest[end] ?? Number.POSITIVE_INFINITY);
      if (total < (cheapest[start] ?? 0)) cheapest[start] = total;
    }
  }
  return cheapest;
}

/** The covers of exactly this cost. */
function exactly(
  budget: number,
  at: readonly (readonly Found<Piece>[])[],
  cheapest: readonly number[],
  length: number,
  steps: { left: number },
): readonly Cover[] {
  const covers: Cover[] = [];
  const walk = (start: number, left: number, pieces: readonly Piece[]) => {
    if (covers.length >= MOST_COVERS) return;
    steps.left -= 1;
    if (steps.left < 0) throw new TooTangled();
    if (start === length) {
      if (left === 0) covers.push(pieces);
      return;
    }
    for (const { value, end } of at[start] ?? []) {
      const rest = left - cost(value);
      if (rest < (cheapest[end] ?? Number.POSITIVE_INFINITY)) continue;
      walk(end, rest, value.is === 'filler' ? pieces : [...pieces, value]);
    }
  };
  walk(0, budget, []);
  return covers;
}
