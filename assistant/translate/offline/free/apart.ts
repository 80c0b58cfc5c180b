import type { Piece } from './piece.ts';

type Someone = Extract<Piece, { is: 'someone' }>;

/**
 * "Only by alice", "but not by bob", "not used by carla": the word that leaves out, or leaves nobody else,
 * taken into the piece that it speaks of. For languages that put it before that. Words that speak of no one
 * who did something stay as they are.
 */
export function saidApart(pieces: readonly Piece[]): readonly Piece[] {
  const acted = pieces.some((p) => p.is === 'did');
  const someone = pieces.some((p) => p.is === 'someone' && p.someone.did !== null);
  // "Not decrypted with since March": an operation that nobody did.
  const operation = pieces.some((p, at) => p.is === 'not' && isOperation(pieces[at + 1]));
  return acted && (someone || operation) && !pieces.some((p) => p.is === 'may')
    ? withoutThese(alone(denied(pieces)))
    : pieces;
}

const isOperation = (piece: Piece | undefined) =>
  piece?.is === 'did' && piece.test?.category === 'CRYPTO' && piece.test.operations !== undefined;

const isDoer = (piece: Piece | undefined): piece is Someone =>
  piece?.is === 'someone' && piece.someone.did !== null;

function denied(pieces: readonly Piece[]): readonly Piece[] {
  const denies = (piece: Piece | undefined) => piece?.is === 'not' || piece?.is === 'except';
  return pieces.flatMap((piece, at): readonly Piece[] => {
    if (denies(piece) && pieces[at + 1]?.is === 'did') return [];
    return piece.is === 'did' && denies(pieces[at - 1]) ? [{ ...piece, denied: true }] : [piece];
  });
}

/** "Only by alice", "only used by alice". */
function alone(pieces: readonly Piece[]): readonly Piece[] {
  const reaches = (at: number) =>
    isDoer(pieces[at + 1]) || (pieces[at + 1]?.is === 'did' && isDoer(pieces[at + 2]));
  return pieces.flatMap((piece, at): readonly Piece[] => {
    if (piece.is === 'only' && reaches(at)) return [];
    const before = pieces[at - 1]?.is === 'did' ? at - 2 : at - 1;
    const only = [at - 1, before].some((i) => pieces[i]?.is === 'only');
    return isDoer(piece) && only ? [{ ...piece, alone: true }] : [piece];
  });
}

/** "But not by bob", "except bob". */
function withoutThese(pieces: readonly Piece[]): readonly Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const before = result.at(-1);
    const leavesOut = before?.is === 'except' || before?.is === 'not';
    if (!isDoer(piece) || !leavesOut) {
      result.push(piece);
      continue;
    }
    result.pop();
    const joint = result.at(-1);
    if (joint?.is === 'joint' && joint.by === 'and') result.pop();
    result.push({ ...piece, without: true });
  }
  return result;
}
