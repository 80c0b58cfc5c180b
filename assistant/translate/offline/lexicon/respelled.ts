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

/**
 * The question with a slip in its one unknown word put right: where just one known word is one letter
 * away and begins alike. Anything less certain is asked back about.
 */
export function respelled(
  question: string,
  tokens: readonly Token[],
  { knows, vocabulary }: Words,
): Respelled | null {
  const unknown = tokens.filter((t) => t.kind === 'word' && !knows(t.text) && !knows(t.base));
  const [word, ...more] = unknown;
  if (!word || more.length > 0 || word.text.length < SHORTEST || word.glued) return null;
  const near = nearWords(word.text, new Set(vocabulary()), 6, 1).filter(
    (w) => w[0] === word.text[0] && (word.text.length >= LONG || w.length !== word.text.length),
  );
  // "Rotation" and "rotations" are the same word.
  const distinct = near.filter((w) => !near.some((v) => v !== w && w === `${v}s`));
  // A letter doubled, or not doubled, is the likeliest slip: "acount".
  const doubled = distinct.filter((w) => undoubled(w) === undoubled(word.text));
  const [meant, ...others] = doubled.length > 0 ? doubled : distinct;
  if (!meant || others.length > 0) return null;
  return { question: question.replace(word.raw, meant), written: word.raw, meant };
}
