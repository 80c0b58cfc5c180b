import { type Chart, TooTangled } from '../grammar/chart.ts';
import { everything, type Plan } from '../plan/plan.ts';
import { distinct } from '../plan/possible.ts';
import { coversOf, type Spotter } from './cover.ts';
import { continuations } from './follow-up.ts';
import type { HeadPlace } from './head.ts';
import { meanings } from './meaning.ts';
import { type Nearness, type NearReading, nearReadings } from './nearest.ts';
import type { Piece } from './piece.ts';

/**
 * Every meaning of a question in free word order: of the cheapest way of cutting it into pieces that
 * means anything. None where a word is in no piece, or where it is too tangled to be sure.
 */
export function readFreely(spot: Spotter, chart: Chart, place: HeadPlace): readonly Plan[] {
  return cheapest(spot, chart, (pieces) => meanings(pieces, place));
}

/**
 * As {@link readFreely}, of a question that says what is wanted and leaves out of what, which is keys: how much
 * is paid, the first ten by a date that only keys have, numbers by origin.
 */
export function readFreelyOfKeys(spot: Spotter, chart: Chart, place: HeadPlace): readonly Plan[] {
  const keys: Piece = { is: 'noun', noun: 'keys', filter: everything };
  return cheapest(spot, chart, (pieces) =>
    pieces.every((p) => saysOnlyWhatIsWanted.has(p.is)) ? meanings([...pieces, keys], place) : [],
  );
}
const saysOnlyWhatIsWanted: ReadonlySet<Piece['is']> = new Set([
  'measure',
  'want',
  'by',
  'order',
  'rank',
  'limit',
  'show',
  'average',
  'monthly',
  'yearly',
  'mark',
  'joint',
  'filler',
]);

/** Readings of most of a question: see {@link nearReadings}. None where it is too tangled. */
export function readNearly(
  spot: Spotter,
  chart: Chart,
  place: HeadPlace,
  nearness: Nearness,
): readonly NearReading[] {
  return orNone(() => nearReadings(spot, chart, (pieces) => meanings(pieces, place), nearness));
}

/** As {@link readNearly}, of a question that goes on from an answer. */
export function refineNearly(
  spot: Spotter,
  chart: Chart,
  before: Plan,
  place: HeadPlace,
  asOf: Date,
  nearness: Nearness,
): readonly NearReading[] {
  const meant = (pieces: readonly Piece[]) => continuations(pieces, before, place, asOf);
  return orNone(() => nearReadings(spot, chart, meant, nearness));
}

/** As {@link readFreely}, of a question that goes on from an answer. */
export function refineFreely(
  spot: Spotter,
  chart: Chart,
  before: Plan,
  place: HeadPlace,
  asOf: Date,
): readonly Plan[] {
  return cheapest(spot, chart, (pieces) => continuations(pieces, before, place, asOf));
}

function cheapest(
  spot: Spotter,
  chart: Chart,
  meant: (pieces: readonly Piece[]) => readonly Plan[],
): readonly Plan[] {
  return orNone(() => {
    for (const covers of coversOf(spot, chart)) {
      const plans = distinct(covers.flatMap(meant));
      if (plans.length > 0) return plans;
    }
    return [];
  });
}

function orNone<T>(read: () => readonly T[]): readonly T[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof TooTangled) return [];
    throw error;
  }
}
