import { refuse } from './refusal.ts';

/** One token of the submitted text. Offsets count UTF-16 units, as JavaScript does. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'symbol';
  /** The token as written; words in lower case. */
  readonly text: string;
  /** For `quoted` and `string`: what stands between the quotes, undoubled. */
  readonly value: string;
  readonly at: number;
  readonly end: number;
}

/** Longest text the guard looks at, in bytes of UTF-8. */
export const MAX_BYTES = 20_000;
/** Most tokens in a query. */
export const MAX_TOKENS = 5_000;
/**
 * Deepest nesting of parentheses and brackets. The parser runs out of its stack beyond 23, at a depth
 * that changes while it is being compiled; an answer must not hang on that.
 */
export const MAX_DEPTH = 20;

const symbols = [
  '<>',
  '!=',
  '<=',
  '>=',
  '||',
  '->',
  '+',
  '-',
  '*',
  '/',
  '%',
  '=',
  '<',
  '>',
  '(',
  ')',
  '[',
  ']',
  ',',
  '.',
  ';',
];

/** Spellings of other dialects, longest first, with what Trino wants instead. */
const foreignSymbols: readonly (readonly [string, string])[] = [
  ['<=>', 'Write IS NOT DISTINCT FROM.'],
  ['==', 'Write =.'],
  ['::', 'Write CAST(x AS type).'],
  ['=>', 'Write arguments by position.'],
  ['**', 'Write power(x, y).'],
  ['&&', 'Write AND, or arrays_overlap(x, y).'],
  ['`', 'Write identifiers in double quotes.'],
  ['{', 'Write map and array values with functions of Trino.'],
  ['$', 'Metadata tables and parameters are not available; write plain names and values.'],
  ['?', 'Write the value itself; there are no parameters.'],
  ['@', 'Write plain names; there are no variables or links.'],
  [':', 'Write the value itself; there are no parameters or slices.'],
];

const isWordStart = (c: string) => /[A-Za-z_]/.test(c);
const isWordPart = (c: string) => /[A-Za-z0-9_]/.test(c);

/**
 * Control characters, line separators, halves of characters, and what is not shown or makes text
 * read otherwise than it runs. A joiner is let through where it makes one emoji of several.
 */
const unreadable =
  /(?!\u200d|\p{Variation_Selector}|[\t\n\r])[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\ufff9-\ufffb]|(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Variation_Selector}])\u200d|\u200d(?!\p{Extended_Pictographic})/u;

/** Refuses text that is empty, too long, or holds what cannot be read. */
export function checkText(sql: string): void {
  if (sql.length > MAX_BYTES || new TextEncoder().encode(sql).length > MAX_BYTES)
    refuse(
      'TOO_LONG',
      `The query is longer than ${MAX_BYTES.toLocaleString('en-US')} bytes.`,
      Math.min(sql.length, MAX_BYTES),
      'Shorten it; put long lists of values into a condition.',
    );
  const found = unreadable.exec(sql);
  if (found)
    refuse(
      'FORBIDDEN',
      `The query holds the character U+${(found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}, which cannot be seen.`,
      found.index,
      'Remove it; write plain text.',
    );
  if (sql.trim() === '') refuse('EMPTY', 'There is no query.', null, 'Write a SELECT statement.');
}

/** Where a comment or white space that starts at an offset ends; the offset itself when none starts. */
function skipBlank(sql: string, from: number): number {
  let i = from;
  for (;;) {
    const c = sql[i];
    if (c === ' ' || c === '\t' || c === '\n' || c === '\r') {
      i++;
    } else if (c === '-' && sql[i + 1] === '-') {
      while (i < sql.length && sql[i] !== '\n' && sql[i] !== '\r') i++;
    } else if (c === '/' && sql[i + 1] === '*') {
      if (sql[i + 2] === '+')
        refuse('FORBIDDEN', 'Hints to the engine are not available.', i, 'Remove the hint.');
      const end = sql.indexOf('*/', i + 2);
      if (end < 0) refuse('SYNTAX', 'A comment is not closed.', i, 'Close it with */.');
      i = end + 2;
    } else return i;
  }
}

/** The end of a quoted text that starts at an offset, and what stands in it. */
function readQuoted(sql: string, at: number, quote: string): { value: string; end: number } {
  let value = '';
  let i = at + 1;
  for (;;) {
    const close = sql.indexOf(quote, i);
    if (close < 0)
      refuse('SYNTAX', `A ${quote} is not closed.`, at, `Close it with another ${quote}.`);
    value += sql.slice(i, close);
    if (sql[close + 1] !== quote) return { value, end: close + 1 };
    value += quote;
    i = close + 2;
  }
}

const numberPattern = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;

/** Splits the text into tokens. Comments go. Refuses every character that Trino would not read. */
export function scan(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  for (let i = skipBlank(sql, 0); i < sql.length; i = skipBlank(sql, i)) {
    const at = i;
    const c = sql[i] ?? '';
    const previous = tokens.at(-1);
    const touches = previous !== undefined && previous.end === at;
    const push = (kind: Token['kind'], end: number, value = '') => {
      const raw = sql.slice(at, end);
      tokens.push({ kind, text: kind === 'word' ? raw.toLowerCase() : raw, value, at, end });
      i = end;
    };
    if (isWordStart(c)) {
      if (touches && previous.kind === 'number')
        refuse('SYNTAX', 'A number runs into a word.', at, 'Put a space between them.');
      let end = i + 1;
      while (end < sql.length && isWordPart(sql[end] ?? '')) end++;
      push('word', end);
    } else if (c === "'" || c === '"') {
      if (
        touches &&
        (previous.kind === 'word' || previous.kind === 'string' || previous.kind === 'quoted')
      )
        refuse(
          'UNSUPPORTED',
          `Text with the prefix or neighbour ${previous.text.slice(0, 20)} is not available.`,
          previous.at,
          "Write text as '…' and names as they are.",
        );
      const { value, end } = readQuoted(sql, at, c);
      if (c === '"' && value === '')
        refuse('SYNTAX', 'A name is empty.', at, 'Write a name between the quotes.');
      push(c === "'" ? 'string' : 'quoted', end, value);
    } else if (/[0-9]/.test(c) || (c === '.' && /[0-9]/.test(sql[i + 1] ?? ''))) {
      if (touches && previous.kind !== 'symbol')
        refuse('SYNTAX', 'A number runs into a name.', at, 'Put a space between them.');
      numberPattern.lastIndex = i;
      push('number', i + (numberPattern.exec(sql)?.[0].length ?? 1));
    } else {
      const foreign = foreignSymbols.find(([s]) => sql.startsWith(s, i));
      const symbol = foreign ? undefined : symbols.find((s) => sql.startsWith(s, i));
      if (symbol === undefined)
        refuse(
          foreign ? 'UNSUPPORTED' : 'SYNTAX',
          `${foreign ? foreign[0] : String.fromCodePoint(sql.codePointAt(i) ?? 0)} is not SQL that the engine reads.`,
          at,
          foreign
            ? foreign[1]
            : 'Write names and operators in plain ASCII; other characters only inside quotes.',
        );
      if (symbol === '(' || symbol === '[') depth++;
      if (symbol === ')' || symbol === ']') depth--;
      if (depth < 0)
        refuse('SYNTAX', `A ${symbol} closes nothing.`, at, 'Remove it, or open it before.');
      if (depth > MAX_DEPTH)
        refuse(
          'TOO_COMPLEX',
          `The query is nested more than ${MAX_DEPTH} deep.`,
          at,
          'Split it into WITH queries.',
        );
      push('symbol', i + symbol.length);
    }
    if (tokens.length > MAX_TOKENS)
      refuse(
        'TOO_COMPLEX',
        `The query has more than ${MAX_TOKENS.toLocaleString('en-US')} words and signs.`,
        at,
        'Shorten it.',
      );
  }
  if (tokens.length === 0)
    refuse('EMPTY', 'There is no query, only comments.', null, 'Write a SELECT statement.');
  if (depth > 0) refuse('SYNTAX', 'A bracket is not closed.', sql.length, 'Close it.');
  return tokens;
}
