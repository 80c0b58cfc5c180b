/** The pieces of a question. Each language has a tokenizer that makes them. */

export type TokenKind =
  | 'word'
  /** One character of a script that is written without spaces. */
  | 'character'
  | 'number'
  | 'date'
  | 'quoted'
  | 'account'
  | 'key_id'
  | 'key_arn'
  | 'arn'
  | 'alias'
  | 'pair'
  | 'percent'
  | 'comma'
  | 'open'
  | 'close'
  | 'symbol';

export interface Token {
  readonly kind: TokenKind;
  /** As compared: lower case for words, the content of a quotation, the digits of a number. */
  readonly text: string;
  /** As written. */
  readonly raw: string;
  /** The word in the singular, for looking up names. */
  readonly base: string;
  /** Joined to the token before it without a space: the "west" of eu-west-1. */
  readonly glued: boolean;
  /** The signs that join it to the token before it: the "-" before "west". */
  readonly joint?: string;
}

const endings: readonly (readonly [RegExp, string])[] = [
  [/^(.{2,})ies$/, '$1y'],
  [/^(.{2,}(?:ss|x|z|ch|sh|us|ias))es$/, '$1'],
  [/^(.*(?:ss|us|is|ias))$/, '$1'],
  [/^(.{2,})s$/, '$1'],
];

/** A word in the singular: policies → policy, aliases → alias. The same for texts of lexicon and question. */
export function singular(word: string): string {
  for (const [pattern, replacement] of endings) {
    if (pattern.test(word)) return word.replace(pattern, replacement);
  }
  return word;
}

/** The words of a name as they are compared: lower case, in the singular, split at every sign. */
export function wordsOf(text: string): readonly string[] {
  return plainWordsOf(text).map(singular);
}

const plainAscii = /^[ -~]*$/;

/** The words of a name, lower case, split at every sign. */
export function plainWordsOf(text: string): readonly string[] {
  // Nearly all names are plain ASCII, for which the general pattern is many times too slow.
  if (plainAscii.test(text)) return text.toLowerCase().match(/[a-z0-9]+|\*/g) ?? [];
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+|\*/gu) ?? []
  );
}

/** Tokens as they were written; those of a script without spaces stand together. */
export const asWritten = (tokens: readonly Token[]): string =>
  tokens
    .map((t, i) => {
      const apart = i > 0 && !t.glued && !['character', 'comma', 'symbol'].includes(t.kind);
      return `${apart ? ' ' : ''}${t.glued ? (t.joint ?? '') : ''}${t.raw}`;
    })
    .join('');
