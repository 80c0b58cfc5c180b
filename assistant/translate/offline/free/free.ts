import { type Chart, TooTangled } from '../grammar/chart.ts';
import { everything, type Plan } from '../plan/plan.ts';
import { distinct } from '../plan/possible.ts';
import type { Token } from '../tokens/token.ts';
import { coversOf, type Spotter } from './cover.ts';
import { continuations } from './follow-up.ts';
import type { HeadPlace } from './head.ts';
import { meanings } from './meaning.ts';
import { bestCut, type Nearness, type NearReading, nearReadings, type Step } from './nearest.ts';
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

/** What is near to a question in free word order. */
export interface NearGrammar {
  /** The words cut into pieces, and those that are in none. */
  readonly cut: (tokens: readonly Token[]) => readonly Step[];
  /**
   * What most of the words mean, of a question that is not understood whole; something to ask back. None where
   * it is too tangled.
   */
  readonly readNearly: (
    tokens: readonly Token[],
    loses: Nearness['loses'],
  ) => readonly NearReading[];
  /** As {@link readNearly}, of a question that goes on from the plan before it. */
  readonly refineNearly: (
    tokens: readonly Token[],
    before: Plan,
    loses: Nearness['loses'],
  ) => readonly NearReading[];
}

/** What is near, by the pieces of a language. `alone`, `onward`: charts of questions by themselves, and after an answer. */
export function nearGrammar(
  spot: Spotter,
  alone: (tokens: readonly Token[]) => Chart,
  onward: (tokens: readonly Token[]) => Chart,
  place: HeadPlace,
  asOf: Date,
  nearness: Omit<Nearness, 'loses'>,
): NearGrammar {
  return {
    cut: (tokens) => bestCut(spot, alone(tokens), nearness),
    readNearly: (tokens, loses) => {
      const meant = (pieces: readonly Piece[]) => meanings(pieces, place);
      return orNone(() => nearReadings(spot, alone(tokens), meant, { ...nearness, loses }));
    },
    refineNearly: (tokens, before, loses) => {
      const meant = (pieces: readonly Piece[]) => continuations(pieces, before, place, asOf);
      return orNone(() => nearReadings(spot, onward(tokens), meant, { ...nearness, loses }));
    },
  };
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
