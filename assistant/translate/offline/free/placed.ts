import type { Noun, Piece } from './piece.ts';

export type Kind = Piece['is'];

/** Pieces that say which keys, and how they are joined. */
export const telling: readonly Kind[] = [
  'noun',
  'condition',
  'someone',
  'may',
  'source',
  'did',
  'time',
  'joint',
  'mark',
  'all',
  'only',
  'except',
  'want',
  'among',
];

/** What else the rows of a question can be asked by; any other piece has no place in it. */
const further = {
  keys: [
    'measure',
    'yearly',
    'monthly',
    'average',
    'share',
    'order',
    'soonest',
    'rank',
    'limit',
    'compare',
    'each',
    'show',
    'by',
    'last',
    'deleted',
  ],
  groups: [
    'dimension',
    'measure',
    'yearly',
    'monthly',
    'average',
    'share',
    'order',
    'rank',
    'limit',
    'compare',
    'by',
    'deleted',
    'different',
  ],
  rows: ['last', 'limit', 'by', 'order', 'rank', 'compare', 'dimension', 'different'],
} as const satisfies Record<string, readonly Kind[]>;

/** Whether every piece has a place in a question for such rows. */
export function allPlaced(pieces: readonly Piece[], of: keyof typeof further): boolean {
  const placed = new Set<Kind>([...telling, ...further[of]]);
  return pieces.every((p) => placed.has(p.is));
}

/** Pieces that stand for something in a question of its own by no means, or only after an answer. */
export const unplaced: ReadonlySet<Piece['is']> = new Set([
  'not',
  'them',
  'also',
  'instead',
  'period',
]);

export function hasOther(pieces: readonly Piece[], nouns: readonly Noun[]): boolean {
  return pieces.some((p) => (p.is === 'noun' && !nouns.includes(p.noun)) || p.is === 'dimension');
}
