import type { Respelled } from '../language.ts';
import type { Token } from '../tokens/token.ts';
import { nearWords } from './near-words.ts';

interface Words {
  readonly knows: (word: string) => boolean;
  readonly vocabulary: () => Iterable<string>;
}

/** Shorter words are too much like many others. */
const SHORTEST = 5;
/** Below this length a letter too many or too few is a slip, another letter may be another word. */
const LONG = 6;

const undoubled = (text: string) => text.replaceAll(/(.)\1/g, '$1');

/** So many slips are put right in one question. */
const MOST_SLIPS = 2;

/**
 * The question with a slip in its unknown words put right, in two at most: where just one known word is one
 * letter away from each and begins alike. Anything less certain is asked back about.
 */
export function respelled(
  question: string,
  tokens: readonly Token[],
  { knows, vocabulary }: Words,
): Respelled | null {
  const unknown = tokens.filter((t) => t.kind === 'word' && !knows(t.text) && !knows(t.base));
  if (unknown.length === 0 || unknown.length > MOST_SLIPS) return null;
  const known = new Set(vocabulary());
  const slips = unknown.flatMap((word) => {
    const meant = meantBy(word, known);
    return meant === null ? [] : [{ written: word.raw, meant }];
  });
  if (slips.length < unknown.length) return null;
  return {
    question: slips.reduce((text, slip) => text.replace(slip.written, slip.meant), question),
    slips,
  };
}

/** The one known word that a word with a slip must have been; null where that is not certain. */
function meantBy(word: Token, known: ReadonlySet<string>): string | null {
  if (word.text.length < SHORTEST || word.glued) return null;
  const near = nearWords(word.text, known, 6, 1).filter(
    (w) => w[0] === word.text[0] && (word.text.length >= LONG || w.length !== word.text.length),
  );
  // "Rotation" and "rotations" are the same word.
  const distinct = near.filter((w) => !near.some((v) => v !== w && w === `${v}s`));
  // A letter doubled, or not doubled, is the likeliest slip: "acount".
  const doubled = distinct.filter((w) => undoubled(w) === undoubled(word.text));
  const [meant, ...others] = doubled.length > 0 ? doubled : distinct;
  return meant === undefined || others.length > 0 ? null : meant;
}
