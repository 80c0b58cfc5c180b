import { rewordings } from '../lexicon/rewordings.ts';
import { singular, type Token, type TokenKind } from './token.ts';

/** Names that have a form of their own, tried before anything is split. */
const forms: readonly (readonly [TokenKind, RegExp])[] = [
  ['key_arn', /^arn:aws[\w-]*:kms:[\w-]*:\d{12}:key\/[\w-]+$/i],
  ['arn', /^arn:[\w-]+:[^\s]+$/i],
  ['alias', /^alias\/[\w/-]+$/i],
  ['key_id', /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i],
  ['key_id', /^mrk-[0-9a-f]{32}$/i],
  ['account', /^\d{12}$/],
  ['account', /^\d{4}-\d{4}-\d{4}$/],
  ['date', /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?Z)?$/i],
  ['percent', /^\d+(\.\d+)?%$/],
  ['pair', /^[^\s=]+=[^\s=]+$/],
  ['number', /^\$?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$/],
];

const contractions: readonly (readonly [RegExp, string])[] = [
  [/\b(can)(not|'t)\b/gi, '$1 not'],
  [/\bwon't\b/gi, 'will not'],
  [/\b(do|does|did|has|have|had|is|are|was|were|could|would|should)nt\b/gi, '$1 not'],
  [/\bcant\b/gi, 'can not'],
  [/\b(\w+)n't\b/gi, '$1 not'],
  [/\b(what|who|where|when|how|that|there|which|it)'s\b/gi, '$1 is'],
  [/\b(what|who|which|that|there)'re\b/gi, '$1 are'],
  [/\bi'd\b/gi, 'i would'],
  [/\bi'm\b/gi, 'i am'],
  [/\bwe've\b/gi, 'we have'],
  [/\blet's\b/gi, 'let us'],
];

/** Number and unit written together: 90d, 30days, 2y. */
const shortPeriod = /^(\d+)(d|days?|w|weeks?|months?|y|yrs?|years?|h|hours?)$/i;
const shortUnits: Readonly<Record<string, string>> = {
  d: 'days',
  w: 'weeks',
  y: 'years',
  yr: 'years',
  yrs: 'years',
  h: 'hours',
};

/**
 * The tokens of an English question. Every character that is not white space or a closing mark at
 * the end ends up in a token: what the grammar does not know is then in nobody's way to be ignored.
 */
export function englishTokens(question: string): readonly Token[] {
  let text = question
    .normalize('NFKC')
    .replaceAll(/[‘’‛`´]/g, "'")
    .replaceAll(/[“”„«»]/g, '"')
    .replaceAll(/[‐‑‒–—−]/g, '-');
  for (const [pattern, replacement] of [...rewordings, ...contractions])
    text =
      typeof replacement === 'string'
        ? text.replaceAll(pattern, replacement)
        : text.replaceAll(pattern, replacement);
  text = text.replace(/[\s?!.]+$/, '');

  const tokens: Token[] = [];
  const pieces = text.matchAll(/"([^"]*)"|(?<=^|\s)'([^']*)'(?=$|[\s,?.!)])|[(),]|[^\s(),"]+/gu);
  for (const [piece, double, single] of pieces) {
    const quoted = double ?? single;
    if (quoted !== undefined) tokens.push(token('quoted', quoted, piece));
    else if (piece === ',') tokens.push(token('comma', piece, piece));
    else if (piece === '(') tokens.push(token('open', piece, piece));
    else if (piece === ')') tokens.push(token('close', piece, piece));
    else tokens.push(...chunkTokens(piece));
  }
  return joinThousands(tokens);
}

function token(kind: TokenKind, text: string, raw: string, glued = false): Token {
  return { kind, text, raw, base: singular(text), glued };
}

function chunkTokens(piece: string): readonly Token[] {
  const chunk = piece.replace(/[?!.;:]+$/, '');
  const trailing = piece.slice(chunk.length);
  if (chunk === '') return [token('symbol', piece, piece)];
  // A colon or semicolon may separate what it should not; only full stops are dropped silently.
  const after = /[;:]/.test(trailing) ? [token('symbol', trailing, trailing)] : [];
  const form = forms.find(([, pattern]) => pattern.test(chunk));
  if (form) return [token(form[0], formText(form[0], chunk), chunk), ...after];
  const period = shortPeriod.exec(chunk);
  if (period) {
    const [, count = '', unit = ''] = period;
    const word = shortUnits[unit.toLowerCase()] ?? unit.toLowerCase();
    return [token('number', count, count), token('word', word, unit), ...after];
  }
  return [...splitChunk(chunk), ...after];
}

function formText(kind: TokenKind, chunk: string): string {
  switch (kind) {
    case 'account':
      return chunk.replaceAll('-', '');
    case 'number':
      return chunk.replaceAll(/[$,]/g, '');
    case 'percent':
      return chunk.slice(0, -1);
    case 'key_id':
      return chunk.toLowerCase();
    default:
      return chunk;
  }
}

/** Words joined by hyphens, dots, slashes and the like become glued tokens. */
function splitChunk(chunk: string): readonly Token[] {
  const tokens: Token[] = [];
  let joint = '';
  for (const [part] of chunk.matchAll(
    /'s$|[\p{L}\p{M}\p{N}]+|\*|[-_./:@&]+|[^\p{L}\p{M}\p{N}*_./:@&-]/gu,
  )) {
    const glued = tokens.length > 0;
    if (/^[-_./:@&]+$/.test(part)) {
      // A joint is no word; standing alone or leading, it is a sign that nobody understands.
      if (!glued && chunk.length === part.length) tokens.push(token('symbol', part, part));
      joint = part;
      continue;
    }
    const lower = part.toLowerCase();
    const kind = /^\d+$/.test(part)
      ? 'number'
      : /^['\p{L}\p{M}\p{N}*]/u.test(part)
        ? 'word'
        : 'symbol';
    tokens.push({
      ...token(kind, lower, part, glued && lower !== "'s"),
      ...(glued ? { joint } : {}),
    });
    joint = '';
  }
  return tokens;
}

/** "1,000" was taken apart at its comma. */
function joinThousands(tokens: readonly Token[]): readonly Token[] {
  const joined: Token[] = [];
  for (let i = 0; i < tokens.length; i += 1) {
    const [a, comma, b] = [tokens[i], tokens[i + 1], tokens[i + 2]];
    if (!a) break;
    const thousands =
      a.kind === 'number' &&
      /^\d{1,3}$/.test(a.text) &&
      comma?.kind === 'comma' &&
      b?.kind === 'number' &&
      /^\d{3}$/.test(b.text);
    if (thousands && b) {
      joined.push(token('number', a.text + b.text, `${a.raw},${b.raw}`));
      i += 2;
    } else {
      joined.push(a);
    }
  }
  return joined;
}
