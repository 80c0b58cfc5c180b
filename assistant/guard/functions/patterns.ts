import { refuse } from '../refusal.ts';

/**
 * Regular expressions run on Joni in Trino and on RE2 in DuckDB. This lets through what both read
 * alike and, for text in any script, gives the DuckDB spelling.
 */
export function regexForDuckdb(pattern: string, at: number | null): string {
  const no = (what: string, hint: string): never =>
    refuse('UNSUPPORTED', `A pattern with ${what} is not available.`, at, hint);
  if (pattern.length > 500) no('more than 500 characters', 'Write a shorter pattern.');
  let out = '';
  let inClass = false;
  let quantified = false;
  /** For each open group: whether anything in it is repeated. */
  const groups: boolean[] = [];
  let closedRepeats = false;
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i] ?? '';
    const wasQuantified = quantified;
    const wasRepeating = closedRepeats;
    quantified = false;
    closedRepeats = false;
    if (c === '\\') {
      const next = pattern[++i] ?? '';
      if (next === 'd') out += inClass ? '\\p{Nd}' : '\\p{Nd}';
      else if (next === 'D') out += '\\P{Nd}';
      else if (next === 'w')
        out += inClass ? '\\p{L}\\p{M}\\p{N}\\p{Pc}' : '[\\p{L}\\p{M}\\p{N}\\p{Pc}]';
      else if (next === 's') out += inClass ? ' \\t\\n\\v\\f\\r' : '[ \\t\\n\\v\\f\\r]';
      else if (next !== '' && /[^A-Za-z0-9\s]/.test(next) && next.charCodeAt(0) < 128)
        out += `\\${next}`;
      else if (/[tnr]/.test(next)) out += `\\${next}`;
      else no(`\\${next}`, 'Write it with plain characters, [classes], groups and repetition.');
    } else if (inClass) {
      if (c === '[' || (c === '&' && pattern[i + 1] === '&'))
        no('a class inside a class', 'Write one plain class.');
      if (c === ']') inClass = false;
      out += c;
    } else if (c === '[') {
      inClass = true;
      out += c;
      if (pattern[i + 1] === '^') out += pattern[++i];
      if (pattern[i + 1] === ']') no('an empty class', 'Write \\] for the bracket itself.');
    } else if (c === '(') {
      if (pattern[i + 1] === '?') {
        if (pattern.startsWith('(?:', i)) {
          out += '(?:';
          i += 2;
        } else if (i === 0 && pattern.startsWith('(?i)')) {
          out += '(?i)';
          i += 3;
          continue;
        } else
          no(
            'a look-around, a named group or a flag',
            'Write plain groups; (?i) may stand at the beginning.',
          );
      } else out += c;
      groups.push(false);
    } else if (c === ')') {
      if (groups.length === 0) no('an unbalanced )', 'Write \\) for the sign itself.');
      closedRepeats = groups.pop() ?? false;
      if (closedRepeats && groups.length > 0) groups[groups.length - 1] = true;
      out += c;
    } else if (c === '*' || c === '+' || c === '?' || c === '{') {
      if (wasQuantified && c !== '?') no('a repetition of a repetition', 'Repeat once.');
      if (c === '?' && wasQuantified) {
        out += c;
        continue;
      }
      if (wasRepeating && c !== '?')
        no('a nested repetition', 'Repeat the inner or the outer group, not both.');
      if (c === '{') {
        const m = /^\{(\d{1,3})(,(\d{0,3}))?\}/.exec(pattern.slice(i));
        if (!m) no('a { that is no repetition', 'Write \\{ for the sign itself.');
        out += m?.[0] ?? '';
        i += (m?.[0].length ?? 1) - 1;
      } else out += c;
      if (out.length === 1 || /[(|^]$/.test(out.slice(0, -1)))
        no('a repetition of nothing', 'Write \\ before the sign itself.');
      if (groups.length > 0) groups[groups.length - 1] = true;
      quantified = true;
    } else {
      out += c;
    }
  }
  if (inClass || groups.length > 0) no('an open bracket', 'Close it.');
  return out;
}

/** Capturing groups that a match may leave out, which the two engines tell apart differently. */
export const hasOptionalGroups = (pattern: string): boolean => /\||\)[*?{]/.test(pattern);

export const groupCount = (pattern: string): number =>
  (
    pattern
      .replace(/\\./g, '')
      .replace(/\[[^\]]*\]/g, '')
      .match(/\((?!\?)/g) ?? []
  ).length;

/** `$1` of Trino as `\1` of DuckDB. */
export function replacementForDuckdb(text: string, pattern: string, at: number | null): string {
  if (/\\/.test(text) || /\$(?!\d)/.test(text))
    refuse(
      'UNSUPPORTED',
      'A replacement with \\ or a bare $ is not available.',
      at,
      'Write plain text and $1 to $9.',
    );
  return text.replace(/\$(\d)/g, (_all, n: string) => {
    if (Number(n) > groupCount(pattern))
      refuse('WRONG_ARGUMENTS', `There is no group $${n}.`, at, 'Number the groups from 1.');
    return `\\${n}`;
  });
}

const dateCodes: Readonly<Record<string, string>> = {
  Y: '%Y',
  y: '%y',
  m: '%m',
  c: '%-m',
  d: '%d',
  e: '%-d',
  H: '%H',
  k: '%-H',
  h: '%I',
  I: '%I',
  l: '%-I',
  i: '%M',
  s: '%S',
  S: '%S',
  f: '%f',
  p: '%p',
  M: '%B',
  b: '%b',
  W: '%A',
  a: '%a',
  j: '%j',
  T: '%H:%M:%S',
  '%': '%%',
};
const parsed = new Set(['Y', 'm', 'd', 'H', 'i', 's', 'S', 'T']);

/** A MySQL format of date_format and date_parse as DuckDB's strftime and strptime take it. */
export function dateFormatForDuckdb(format: string, at: number | null, toParse: boolean): string {
  return format.replace(/%(.?)/gs, (_all, code: string) => {
    const known =
      Object.hasOwn(dateCodes, code) && (!toParse || parsed.has(code))
        ? dateCodes[code]
        : undefined;
    return (
      known ??
      refuse(
        'UNSUPPORTED',
        `The format %${code} is not available.`,
        at,
        `Write ${toParse ? '%Y %m %d %H %i %s' : '%Y %m %d %H %i %s %M %b %W %a %j'}.`,
      )
    );
  });
}

/** A path of json_extract_scalar as DuckDB writes it. */
export function jsonPathForDuckdb(path: string, at: number | null): string {
  const step = /\.([A-Za-z_][A-Za-z0-9_]*)|\[(\d{1,6})\]|\["([^"\\]+)"\]|\['([^'\\]+)'\]/y;
  let out = '$';
  let i = 1;
  while (path[0] === '$' && i < path.length) {
    step.lastIndex = i;
    const m = step.exec(path);
    if (!m) break;
    out += m[2] === undefined ? `."${m[1] ?? m[3] ?? m[4]}"` : `[${m[2]}]`;
    i = step.lastIndex;
  }
  if (path[0] !== '$' || i < path.length)
    refuse(
      'UNSUPPORTED',
      'This JSON path is not available.',
      at,
      'Write $.name, $["name"] and $[0] steps.',
    );
  return out;
}
