import type { Nearness } from '../free/nearest.ts';
import type { Token } from '../tokens/token.ts';
import { textOf } from './tokens.ts';

const katakana = /^[\p{Script=Katakana}ー]$/u;

/** Whether a token and the next one are parts of one word: a katakana word is one, however much of it is known. */
export const belongTogether = (one: Token, next: Token): boolean =>
  next.glued ||
  (one.kind === 'character' &&
    next.kind === 'character' &&
    katakana.test(one.text) &&
    katakana.test(next.text));

/** Endings whose loss would turn what stands before them into its opposite. */
const turning = /ない|なく|ず|ません|なし|無し|以外|除|未|非|不/u;

/** What of that leaves its other half behind: 以外 what it leaves out, 未 what is not, ていない its verb. */
const halved = /^(?:[\p{Script=Hiragana}]|以外|除)|[未非不]$/u;

/** What is left out of a Japanese question at what price. */
export const nearness: Omit<Nearness, 'loses'> = {
  price: (token) => (token.kind === 'character' ? 8 : token.kind === 'comma' ? 3 : 25),
  turns: (tokens) => {
    const text = textOf(tokens);
    return turning.test(text) && halved.test(text);
  },
  denies: (tokens) => turning.test(textOf(tokens)),
  belong: belongTogether,
};
