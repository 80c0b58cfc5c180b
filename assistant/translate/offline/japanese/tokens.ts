import { englishTokens } from '../tokens/english.ts';
import type { Token, TokenKind } from '../tokens/token.ts';

/**
 * What a Japanese question is made of, tried in this order: quotations, dates with slashes, numbers with
 * commas, signs that separate, names and words in Latin letters, and else one character at a time.
 */
const pieces =
  /[「『"]([^「」『』"]*)[」』"]|(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?!\d)|\d{1,3}(?:,\d{3})+(?:\.\d+)?|([、,])|([([【])|([)\]】])|([~。?!…・]+)|[^\s"「」『』()[\]【】、,~。?!…・\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+|\S/gu;

const joiners: readonly (readonly [RegExp, string])[] = [
  [/[‘’‛`´]/g, "'"],
  [/[“”„«»]/g, '"'],
  [/[‐‑‒–—−]/g, '-'],
  [/[〜∼]/g, '~'],
  [/[､，]/g, '、'],
];

/** How tokens were written: words in Latin letters stand apart, unless they are parts of one name. */
export function written(tokens: readonly Token[]): string {
  let text = '';
  for (const t of tokens) {
    const apart = !t.glued && /[\w)]$/u.test(text) && /^\w/u.test(t.raw);
    text += `${t.glued ? (t.joint ?? '') : ''}${apart ? ' ' : ''}${t.raw}`;
  }
  return text;
}

/** The question as it is written, without spaces. */
export const textOf = (tokens: readonly Token[]): string => tokens.map((t) => t.raw).join('');

/**
 * The tokens of a Japanese question: one for each character of Japanese script, and those of English for
 * what is written in Latin letters (ids, ARNs, aliases, tags, names). Full-width and half-width forms are
 * the same (Unicode NFKC). Every character that is not white space or a closing mark at the end is in a
 * token, so that nothing can be ignored.
 */
export function japaneseTokens(question: string): readonly Token[] {
  return tokensOf(question.normalize('NFKC').replace(/[\s?!。.、…]+$/u, ''));
}

/** A text that a name is to begin or end with, or to contain; a sign at its edge is part of it: -prodで終わる. */
const edged =
  /(?<![\w「『"/.:@&=-])([-_/.]+\w[\w./-]*|\w[\w./-]*[-_/.]+)(?=(?:という(?:文字列?)?)?(?:で(?:始ま|終)|から始ま|[をが]含))|(?<=末尾が|語尾が|最後が)([-_/.]+\w[\w./-]*)/gu;

/** As {@link japaneseTokens}, with every mark at the end kept. */
export function tokensOf(written: string): readonly Token[] {
  let text = written.normalize('NFKC');
  for (const [pattern, replacement] of joiners) text = text.replaceAll(pattern, replacement);
  text = text.replaceAll(edged, '「$1$2」');
  return [...text.matchAll(pieces)].flatMap((match) => {
    const [piece, quoted, year, month = '', day = '', comma, open, close, mark] = match;
    if (quoted !== undefined) return [token('quoted', quoted, piece)];
    if (year !== undefined) {
      return [token('date', `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`, piece)];
    }
    if (comma) return [token('comma', '、', piece)];
    if (open) return [token('open', '(', piece)];
    if (close) return [token('close', ')', piece)];
    if (mark) return [token('symbol', mark, piece)];
    if (japanese.test(piece)) return [token('character', piece, piece)];
    return englishTokens(piece);
  });
}

const japanese = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]$/u;

function token(kind: TokenKind, text: string, raw: string): Token {
  return { kind, text, raw, base: text, glued: false };
}
