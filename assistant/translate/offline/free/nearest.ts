import type { Chart } from '../grammar/chart.ts';
import { factsOf, isEverything, type Plan } from '../plan/plan.ts';
import { distinct } from '../plan/possible.ts';
import type { Token } from '../tokens/token.ts';
import { cost, piecesAt, type Spotter } from './cover.ts';
import type { Piece } from './piece.ts';

/** What most of a question means, and the places of the words that it leaves out. */
export interface NearReading {
  readonly plans: readonly Plan[];
  readonly left: readonly number[];
}

/** What the search for the nearest readings needs to know of a language. */
export interface Nearness {
  /** The price of leaving out a token; the more of the meaning it may carry, the dearer. */
  readonly price: (token: Token) => number;
  /** Whether words turn around what stands beside them, so that they are not left out without that. */
  readonly turns: (tokens: readonly Token[]) => boolean;
  /** Whether a word that denies is among them. */
  readonly denies: (tokens: readonly Token[]) => boolean;
  /** Whether a token and the next one are parts of one word or name. */
  readonly belong: (one: Token, next: Token) => boolean;
  /** Tells of readings whether they leave out, or turn around, what the remaining words ask for. */
  readonly loses: (tokens: readonly Token[]) => (plan: Plan) => boolean;
}

/** So many ways of cutting are kept at each place. */
const WIDTH = 24;
/** So many remainders are tried for a meaning. */
const MOST_TRIED = 1_500;
/** So many pieces may be left out, besides words that are in none. */
const MOST_LEFT = 3;
/** Pieces that say something of what is asked. */
const telling: ReadonlySet<Piece['is']> = new Set([
  'dimension',
  'by',
  'condition',
  'someone',
  'may',
  'source',
  'did',
  'measure',
  'fresh',
  'reading',
  'ofAccounts',
  'collection',
]);

const NAME = 2;
const KEYS = 3;
const isNamed = (piece: Piece): boolean =>
  piece.is === 'someone' ||
  (piece.is === 'condition' &&
    factsOf(piece.condition.filter).some(
      (f) => f.is === 'tag' || f.is === 'key' || f.is === 'ou' || f.is === 'value',
    ));

/** A piece of a question and the tokens that it takes in; null for a token that is in none. */
export interface Step {
  readonly piece: Piece | null;
  readonly from: number;
  readonly to: number;
}
interface Way {
  readonly steps: readonly Step[];
  readonly cost: number;
  /** Tells ways apart that cut a question differently; what adds no meaning does not. */
  readonly key: string;
}

/**
 * The readings that leave out the least of a question that has none as a whole: never an answer, but
 * something to ask back. Those of the least left out come first, then those that leave out something else
 * and keep what those have left out; none where less than half of what is said would be kept.
 */
export function nearReadings(
  spot: Spotter,
  chart: Chart,
  meant: (pieces: readonly Piece[]) => readonly Plan[],
  nearness: Nearness,
): readonly NearReading[] {
  const { tokens } = chart;
  const found: NearReading[] = [];
  for (const way of remainders(waysOf(spot, chart, nearness), tokens, nearness)) {
    const left = leftOut(way);
    if (left.length === 0 || found.some((near) => near.left.every((at) => left.includes(at)))) {
      continue;
    }
    if (!isMostOf(way, tokens, nearness) || !isCleanCut(way, tokens, nearness)) continue;
    const kept = way.steps.flatMap(({ piece }) => piece ?? []).filter((p) => p.is !== 'filler');
    const loses = nearness.loses(tokens.filter((_, at) => !left.includes(at)));
    const plans = distinct(meant(withoutStray(kept)))
      .filter(saysSomething)
      .filter((plan) => !loses(plan));
    if (plans.length > 0) found.push({ plans, left });
    if (found.length >= MOST_FOUND) break;
  }
  return found;
}
const MOST_FOUND = 3;

/** A question cut into pieces and words that are in none, in the way that leaves out the least. */
export const bestCut = (spot: Spotter, chart: Chart, nearness: Pick<Nearness, 'price'>) =>
  waysOf(spot, chart, nearness)[0]?.steps ?? [];

/** All keys, and nothing of them, is near to any question. */
const saysSomething = ({ filter, groupBy, measure, orderBy }: Plan) =>
  !isEverything(filter) || groupBy.length > 0 || measure.kind !== 'list' || orderBy !== null;

const leftOut = ({ steps }: Way): readonly number[] =>
  steps.flatMap(({ piece, from, to }) =>
    piece === null ? Array.from({ length: to - from }, (_, i) => from + i) : [],
  );

/** Whether what is kept says more than what is left out. */
function isMostOf({ steps }: Way, tokens: readonly Token[], { price }: Nearness): boolean {
  const weight = (own: (s: Step) => boolean) =>
    steps
      .filter(own)
      .reduce((sum, s) => sum + tokens.slice(s.from, s.to).reduce((n, t) => n + price(t), 0), 0);
  const kept = weight((s) => s.piece !== null && s.piece.is !== 'filler');
  return (
    kept >= weight((s) => s.piece === null) && steps.some((s) => s.piece && telling.has(s.piece.is))
  );
}

/**
 * Whether no word is cut in two by what is left out, and none left out that turns around what is kept.
 */
function isCleanCut({ steps }: Way, tokens: readonly Token[], nearness: Nearness): boolean {
  const runs: Step[] = [];
  for (const step of steps) {
    const last = runs.at(-1);
    if (step.piece !== null) continue;
    if (last && last.to === step.from) runs[runs.length - 1] = { ...last, to: step.to };
    else runs.push(step);
  }
  const severed = (at: number) => {
    const [one, next] = [tokens[at - 1], tokens[at]];
    return one !== undefined && next !== undefined && nearness.belong(one, next);
  };
  // "That vendors cannot frobnicate": what is denied of those who may stays with them.
  const ofSomeone = (at: (step: Step) => boolean) =>
    steps.some((s) => s.piece !== null && acting.has(s.piece.is) && at(s));
  return runs.every(({ from, to }) => {
    const words = tokens.slice(from, to);
    const denied = nearness.denies(words) && ofSomeone((s) => s.to === from || s.from === to);
    return !denied && !nearness.turns(words) && !severed(from) && !severed(to);
  });
}

/** What someone may do or did, of which a "not" may be said. */
const acting: ReadonlySet<Piece['is']> = new Set(['someone', 'may', 'did', 'source', 'condition']);

/** A joint or mark that joins nothing any more. */
function withoutStray(pieces: readonly Piece[]): readonly Piece[] {
  const joins = (p: Piece | undefined) => p?.is === 'joint' || p?.is === 'mark';
  const once = pieces.filter((p, at) => !joins(p) || (at > 0 && !joins(pieces[at - 1])));
  return joins(once.at(-1)) ? once.slice(0, -1) : once;
}

/** The cheapest ways of cutting a question into pieces and words that are left out. */
function waysOf(spot: Spotter, chart: Chart, { price }: Pick<Nearness, 'price'>): readonly Way[] {
  const at = piecesAt(spot, chart).map((found) =>
    found.map((f) => ({
      ...f,
      cost: cost(f.value),
      key: f.value.is === 'filler' ? '' : `${f.end}${JSON.stringify(f.value)}`,
    })),
  );
  const { tokens } = chart;
  const ways: Way[][] = Array.from({ length: tokens.length + 1 }, () => []);
  ways[0] = [{ steps: [], cost: 0, key: '' }];
  tokens.forEach((token, from) => {
    const here = cheapest(ways[from] ?? []);
    const starting = at[from] ?? [];
    const weight = starting.some((f) => isNamed(f.value)) ? NAME : 1;
    const left = { value: null, end: from + 1, cost: price(token) * weight, key: `${from} ` };
    for (const found of [...starting, left]) {
      for (const way of here) {
        ways[found.end]?.push({
          steps: [...way.steps, { piece: found.value, from, to: found.end }],
          cost: way.cost + found.cost,
          key: way.key + found.key,
        });
      }
    }
  });
  return cheapest(ways[tokens.length] ?? []);
}

/** The cheapest of those that end in the same place. */
function cheapest(ways: readonly Way[]): readonly Way[] {
  const different = new Map<string, Way>();
  for (const way of [...ways].sort((a, b) => a.cost - b.cost)) {
    if (!different.has(way.key)) different.set(way.key, way);
    if (different.size >= WIDTH) break;
  }
  return [...different.values()];
}

/** How many times its price a piece is worth: what is named, and that it is keys, is said on purpose. */
const weightOf = (piece: Piece | null) => {
  if (piece === null) return 1;
  if (piece.is === 'noun' && piece.noun === 'keys') return KEYS;
  return isNamed(piece) ? NAME : 1;
};

/** These ways, and what remains of each when up to so many of its pieces are left out, the cheapest first. */
function remainders(
  ways: readonly Way[],
  tokens: readonly Token[],
  { price }: Nearness,
): readonly Way[] {
  const all: Way[] = [];
  for (const way of ways) {
    const places = way.steps.flatMap((s, i) => (s.piece && s.piece.is !== 'filler' ? [i] : []));
    const drop = (from: number, left: readonly number[], cost: number) => {
      all.push({
        ...way,
        steps: way.steps.map((s, i) => (left.includes(i) ? { ...s, piece: null } : s)),
        cost,
      });
      if (left.length >= MOST_LEFT) return;
      for (let next = from; next < places.length; next += 1) {
        const place = places[next] ?? 0;
        const step = way.steps[place];
        if (!step) continue;
        const words = tokens.slice(step.from, step.to);
        const dearer = words.reduce((sum, t) => sum + price(t) * weightOf(step.piece), 0);
        drop(next + 1, [...left, place], cost + dearer);
      }
    };
    drop(0, [], way.cost);
  }
  return all.sort((a, b) => a.cost - b.cost).slice(0, MOST_TRIED);
}
