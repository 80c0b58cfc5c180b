import { refuse } from '../refusal.ts';

/**
 * A pattern as DuckDB takes it. `$` also stands before a last line feed in Trino, which RE2 cannot
 * say without taking that line feed in; so it depends on what the match is for.
 */
export interface Regex {
  /** To tell whether there is a match. */
  readonly toFind: string;
  /** To take out a group; 0 is the whole match. */
  readonly toExtract: (group: number) => { readonly pattern: string; readonly group: number };
  /** To replace every match. `after` is put behind the replacement. */
  readonly toReplace: () => { readonly pattern: string; readonly after: string };
  /** To find every match. */
  readonly toFindAll: () => string;
}

/**
 * Regular expressions run on Joni in Trino and on RE2 in DuckDB. This lets through what both read
 * alike, and gives the DuckDB spelling.
 */
export function regexForDuckdb(pattern: string, at: number | null): Regex {
  const no = (what: string, hint: string): never =>
    refuse('UNSUPPORTED', `A pattern with ${what} is not available here.`, at, hint);
  const found = translate(pattern, at);
  const ends = found.ends.length > 0;
  const withoutEnd = (): string => {
    if (found.ends.length > 1 || !found.endsLast || found.alternatives)
      no('a $ before its end', 'Write $ once, as the last sign.');
    return found.text.slice(0, -1);
  };
  return {
    toFindAll: () => {
      if (found.canBeEmpty) no('nothing that must be there', 'Write + in place of *.');
      if (ends) no('a $', 'Leave it out.');
      return found.text;
    },
    toFind: ends ? found.text.replaceAll(END, '\\n?$') : found.text,
    toExtract: (group) =>
      ends
        ? { pattern: `(${withoutEnd()})\\n?$`, group: group + 1 }
        : { pattern: found.text, group },
    toReplace: () => {
      if (found.canBeEmpty && !(found.text.startsWith('^') && !found.alternatives))
        no('nothing that must be there', 'Write + in place of *, or begin the pattern with ^.');
      if (!ends) return { pattern: found.text, after: '' };
      const body = withoutEnd();
      // Such a pattern could match twice at the end: before the last line feed, and that.
      if (/(?:\\[Dnr]|\[ \\t\\n\\v\\f\\r\]|\[\^[^\]]*\])$/.test(body))
        no('a line feed before $', 'Write + behind it.');
      return { pattern: `${body}(\\n?)$`, after: `\\${groupCount(pattern) + 1}` };
    },
  };
}

/** Stands for `$` until it is known what the match is for. */
const END = '\ue000';

interface Translated {
  readonly text: string;
  /** Where `$` stands. */
  readonly ends: readonly number[];
  readonly endsLast: boolean;
  /** Whether there are alternatives outside all groups. */
  readonly alternatives: boolean;
  readonly canBeEmpty: boolean;
}

function translate(pattern: string, at: number | null): Translated {
  const no = (what: string, hint: string): never =>
    refuse('UNSUPPORTED', `A pattern with ${what} is not available.`, at, hint);
  if (pattern.includes(END)) no('a private character', 'Remove it.');
  if (pattern.length > 500) no('more than 500 characters', 'Write a shorter pattern.');
  let out = '';
  const ends: number[] = [];
  let alternatives = false;
  let inClass = false;
  let quantified = false;
  /** For each open group: where it begins, and whether anything in it is repeated. */
  const groups: { readonly from: number; repeats: boolean }[] = [];
  let closedRepeats = false;
  /** Where the group begins that was closed just now; -1 when it is something else. */
  let closed = -1;
  const seen: Repetitions = { all: 0, ofAnything: 0, optional: 0 };
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i] ?? '';
    const wasQuantified = quantified;
    const wasRepeating = closedRepeats;
    const group = closed;
    quantified = false;
    closedRepeats = false;
    closed = -1;
    if (c === '\\') {
      const next = pattern[++i] ?? '';
      if (/[dDw]/.test(next)) out += `\\${next}`;
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
        } else if (pattern.startsWith('(?i)', i))
          no('(?i)', 'Write regexp_like(lower(x), pattern).');
        else no('a look-around, a named group or a flag', 'Write plain groups.');
      } else out += c;
      groups.push({ from: i + 1, repeats: false });
    } else if (c === ')') {
      if (groups.length === 0) no('an unbalanced )', 'Write \\) for the sign itself.');
      const own = groups.pop();
      closedRepeats = own?.repeats ?? false;
      closed = own?.from ?? -1;
      const around = groups.at(-1);
      if (closedRepeats && around) around.repeats = true;
      out += c;
    } else if (c === '*' || c === '+' || c === '?' || c === '{') {
      if (wasQuantified && c !== '?') no('a repetition of a repetition', 'Repeat once.');
      if (c === '?' && wasQuantified) {
        out += c;
        continue;
      }
      if (wasRepeating && c !== '?')
        no('a nested repetition', 'Repeat the inner or the outer group, not both.');
      const before = group < 0 ? pattern.slice(0, i) : pattern.slice(group, i - 1);
      countRepetition(c, before, group >= 0, seen, no);
      if (c === '{') {
        const m = /^\{(\d{1,3})(,(\d{0,3}))?\}/.exec(pattern.slice(i));
        if (!m) no('a { that is no repetition', 'Write \\{ for the sign itself.');
        out += m?.[0] ?? '';
        i += (m?.[0].length ?? 1) - 1;
      } else out += c;
      if (out.length === 1 || /[(|^]$/.test(out.slice(0, -1)))
        no('a repetition of nothing', 'Write \\ before the sign itself.');
      const around = groups.at(-1);
      if (around) around.repeats = true;
      quantified = true;
    } else if (c === '$') {
      if (!/^(?:$|[)|])/.test(pattern.slice(i + 1)))
        no('a $ before its end', 'Write \\$ for the sign itself.');
      ends.push(i);
      out += END;
    } else {
      if (c === '|' && groups.length === 0) alternatives = true;
      out += c;
    }
  }
  if (inClass || groups.length > 0) no('an open bracket', 'Close it.');
  return {
    text: out,
    ends,
    endsLast: ends.at(-1) === pattern.length - 1,
    alternatives,
    canBeEmpty: canBeEmpty(pattern),
  };
}

interface Repetitions {
  all: number;
  ofAnything: number;
  optional: number;
}

/**
 * Refuses what makes an engine that goes back and tries again, as Trino's does, take ages: the more
 * repetitions could share a text among them, the more ways there are to try.
 */
function countRepetition(
  sign: string,
  before: string,
  isGroup: boolean,
  seen: Repetitions,
  no: (what: string, hint: string) => never,
): void {
  if (sign === '?') {
    if (++seen.optional > 10) no('more than 10 optional parts', 'Write a shorter pattern.');
    return;
  }
  if (++seen.all > 10) no('more than 10 repetitions', 'Write a shorter pattern.');
  if (!isGroup && /(?:^|[^\\])\.$|\[\^[^\]]*\]$|\\[DWS]$/.test(before) && ++seen.ofAnything > 3)
    no('more than 3 repetitions of almost anything', 'Write what may stand there, such as [a-z]+.');
  if (!isGroup || !before.includes('|')) return;
  const starts = before.split('|').map((a) => /^[A-Za-z0-9_/:-]/.exec(a)?.[0]);
  if (starts.includes(undefined) || new Set(starts).size < starts.length)
    no(
      'a repetition of alternatives that can begin alike',
      'Write a class such as [a-z]+, or let each begin with another letter.',
    );
}

/** Whether the pattern matches the empty text somewhere. Its anchors are as good as nothing. */
function canBeEmpty(pattern: string): boolean {
  const bare = pattern.replace(/\\.|\[\^?(?:\\.|[^\]\\])*\]|[$^]/gs, (part) =>
    part === '$' || part === '^' ? '(?:)' : 'x',
  );
  try {
    return new RegExp(`^(?:${bare})$`).test('');
  } catch {
    return true;
  }
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

const digits: Readonly<Record<string, string>> = {
  T: '[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}',
  '%': '%',
};

/** A format of date_parse as a pattern for RE2 of what Trino parses: strptime would take more. */
export const dateFormatAsPattern = (format: string, year: string): string =>
  format.replace(/%(.)|[^%]/gs, (part, code: string | undefined) =>
    code === undefined
      ? part.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')
      : code === 'Y'
        ? year
        : (digits[code] ?? '[0-9]{1,2}'),
  );

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
