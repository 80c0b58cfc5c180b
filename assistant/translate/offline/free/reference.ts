import { plain } from '../grammar/joining.ts';
import { everything, type Filter, factsOf } from '../plan/plan.ts';
import { all } from './groups.ts';
import type { Piece } from './piece.ts';

/** "Cost center x and its keys": those of what was said before. */
function isTheirs(pieces: readonly Piece[], at: number): boolean {
  const keys = pieces[at + 1]?.is === 'noun';
  return keys && pieces.slice(0, at).some((p) => p.is === 'condition');
}

/** "Which keys are public, and who can use them": "them" are the keys of the same question. */
export function withoutBackReference(pieces: readonly Piece[]): readonly Piece[] {
  const keys = pieces.some((p) => p.is === 'noun' && p.noun === 'keys');
  const named = pieces.findIndex(
    (p) =>
      (p.is === 'someone' && keys) ||
      p.is === 'by' ||
      (p.is === 'noun' && p.noun === 'keys') ||
      (p.is === 'condition' && factsOf(p.condition.filter).some((f) => f.is === 'key')) ||
      p.is === 'dimension',
  );
  // "They" are the keys only where nobody else is spoken of.
  const someones = all(pieces, 'someone');
  const people = someones.length > 0 || pieces.some((p) => p.is === 'may');
  // "Rank the vendors by how many keys they can use": they are the vendors.
  const theirs = (at: number) => someones.length === 1 && someones.every((s) => s.at < at);
  return named < 0
    ? pieces
    : pieces.filter(
        (p, at) =>
          p.is !== 'them' ||
          (p.person && people && !theirs(at)) ||
          (at < named && !isTheirs(pieces, at)),
      );
}

/**
 * "Policy changes by alice per month": of what was done, named by a noun, the time is when it was done, and
 * not when the keys were made.
 */
export function eventsOverTime(pieces: readonly Piece[]): readonly Piece[] {
  const [first] = pieces.filter((p) => p.is !== 'want' && p.is !== 'filler');
  const priced = pieces.some((p) => p.is === 'measure' || p.is === 'monthly');
  if (first?.is !== 'did' || !first.noun || !first.test || priced) return pieces;
  return pieces.map((p): Piece => {
    const [dimension, ...more] = p.is === 'by' ? p.dimensions : [];
    if (p.is !== 'by' || !p.calendar || !dimension || more.length > 0) return p;
    const over = 'by' in dimension ? { column: 'last_event_at', by: dimension.by } : dimension;
    return { is: 'by', entity: 'usage', dimensions: [over] };
  });
}

/** "Keys created per month": that all were created at some time tells none of them apart. */
export function withoutCreation(pieces: readonly Piece[]): readonly Piece[] {
  const calendar = pieces.some((p) => (p.is === 'by' || p.is === 'dimension') && p.calendar);
  if (!calendar || pieces.some((p) => p.is === 'time' || p.is === 'someone')) return pieces;
  const created = pieces.filter(
    (p) => p.is === 'did' && p.test?.operations?.join() === 'CreateKey',
  );
  return created.length === 0 || pieces.some((p) => p.is === 'measure')
    ? pieces
    : pieces
        .filter((p) => !created.includes(p))
        .map(
          (p) =>
            (p.is === 'by' || p.is === 'dimension' ? { ...p, calendar: undefined } : p) as Piece,
        );
}

/**
 * "Created in October against September": both are times in which keys were created. Of anything else that was
 * done it is left as it is said.
 */
export function createdInEach(pieces: readonly Piece[]): readonly Piece[] {
  const at = pieces.findIndex((p) => p.is === 'each');
  const [one, other] = [creationOf(pieces[at - 1]), creationOf(pieces[at + 1])];
  const makes = (p: Piece) => p.is === 'did' && p.test?.operations?.join() === 'CreateKey';
  const said = pieces[at - 1]?.is === 'condition' || pieces.some(makes);
  const others = pieces.some((p) => (p.is === 'did' && !makes(p)) || p.is === 'someone');
  if (!one || !other || !said || others) return pieces;
  const both: Piece = { is: 'condition', condition: plain({ or: [one, other] }) };
  return [...pieces.slice(0, at - 1), both, { is: 'each' }, ...pieces.slice(at + 2)].filter(
    (p): p is Piece => !makes(p as Piece),
  );
}

function creationOf(piece: Piece | undefined): Filter | null {
  if (piece?.is === 'time') {
    return { is: 'time', column: 'created_at', from: piece.from, to: piece.to };
  }
  const filter = piece?.is === 'condition' ? piece.condition.filter : null;
  return filter && 'is' in filter && filter.is === 'time' && filter.column === 'created_at'
    ? filter
    : null;
}

/** What may stand between "changed" and the policies that were. */
const betweenPolicy: ReadonlySet<Piece['is']> = new Set([
  'all',
  'rank',
  'limit',
  'compare',
  'condition',
  'someone',
  'noun',
  'want',
  'different',
]);

/** "Changed the most key policies", "any policies that alice changed": the policies were changed, whatever stands between. */
export function policiesChanged(pieces: readonly Piece[]): readonly Piece[] {
  const sources = all(pieces, 'source');
  const [source, ...more] = sources;
  const changes = all(pieces, 'did').filter(
    (d) => d.test?.category === 'MANAGEMENT' && !d.test.operations,
  );
  const [change, ...others] = changes;
  if (source?.source !== 'POLICY' || !change || more.length > 0 || others.length > 0) return pieces;
  if (pieces.some((p) => p.is === 'may')) return pieces;
  const [from, to] = [Math.min(source.at, change.at), Math.max(source.at, change.at)];
  if (!pieces.slice(from + 1, to).every((p) => betweenPolicy.has(p.is))) return pieces;
  const keys: Piece = { is: 'noun', noun: 'keys', filter: everything };
  const named = pieces.some((p) => p.is === 'noun' && p.noun === 'keys');
  return pieces.flatMap((p, at): readonly Piece[] => {
    // "The most policies" are those of the most keys.
    if (at === source.at) return named ? [] : [keys];
    return at === change.at && p.is === 'did' && p.test
      ? [{ ...p, test: { ...p.test, operations: ['PutKeyPolicy'] } }]
      : [p];
  });
}

/** "Keys pending deletion that were used last month, and by whom": that they were used is what was done. */
export function usedByWhom(pieces: readonly Piece[]): readonly Piece[] {
  const asks = all(pieces, 'want').some((w) => w.want === 'who' || w.want === 'whence');
  if (!asks || pieces.some((p) => p.is === 'did' || p.is === 'may' || p.is === 'source')) {
    return pieces;
  }
  const isUse = (p: Piece) =>
    p.is === 'condition' &&
    !p.none &&
    'is' in p.condition.filter &&
    p.condition.filter.is === 'used';
  if (pieces.filter(isUse).length !== 1 || pieces.some((p) => p.is === 'not')) return pieces;
  return pieces.flatMap((p): readonly Piece[] => {
    const fact = p.is === 'condition' ? p.condition.filter : null;
    if (!isUse(p) || !fact || !('is' in fact) || fact.is !== 'used') return [p];
    const time: Piece = { is: 'time', from: fact.from, to: fact.to ?? null };
    return [{ is: 'did', test: { category: 'CRYPTO' } }, time];
  });
}

/** "Events per operation last week": the time is when they were. */
export function eventsInTime(pieces: readonly Piece[]): readonly Piece[] {
  const [events, ...more] = all(pieces, 'noun').filter((n) => n.noun === 'usage');
  const timed = pieces.some((p) => p.is === 'time');
  if (!events || more.length > 0 || !timed || pieces.some((p) => p.is === 'did')) return pieces;
  return pieces.map(
    (p, at): Piece => (at === events.at ? { is: 'did', test: null, noun: true } : p),
  );
}
