import type { ClockName, Expr } from '../ast.ts';
import { functionNames } from '../functions/table.ts';
import { nearest } from '../nearest.ts';
import { refuse } from '../refusal.ts';
import type { Token } from '../scan.ts';
import { DATE, type SqlType, TIMESTAMP } from '../sqltype.ts';
import { literal, typedLiteral } from './literals.ts';
import { readType } from './types.ts';
import { clocks, extractFields, keywords, refusedWords } from './words.ts';

/**
 * What stands behind a placeholder in the text that the parser sees.
 *
 * The parser speaks many dialects: it takes IFNULL for COALESCE, maps dozens of functions to nodes
 * of their own, reads escapes and prefixes of other engines, and drops where things stood. So it
 * sees only keywords and signs as written. Names, texts, numbers, typed literals, types and
 * function names are replaced by placeholders, numbered by their token, and put back while
 * lowering, exactly as the author wrote them. The placeholder of a number is the number of its
 * token.
 */
export type Leaf =
  | { readonly kind: 'name'; readonly name: string; readonly at: number }
  | { readonly kind: 'value'; readonly expr: Expr }
  | { readonly kind: 'number'; readonly text: string; readonly at: number }
  | { readonly kind: 'type'; readonly type: SqlType; readonly at: number }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly at: number;
      /** The arguments stand in the other order: POSITION(x IN y), TRIM(x FROM y). */
      readonly reversed: boolean;
    };

export interface Shielded {
  readonly text: string;
  readonly leaves: ReadonlyMap<number, Leaf>;
  /** For each token of `text` that stands for one of the source: its offset in both, in order. */
  readonly origins: readonly { readonly shielded: number; readonly source: number }[];
}

const trims: Readonly<Record<string, string>> = {
  both: 'trim',
  leading: 'ltrim',
  trailing: 'rtrim',
};

/** Replaces everything but keywords and signs. Refuses unknown functions and words never accepted. */
export function shield(tokens: readonly Token[]): Shielded {
  const leaves = new Map<number, Leaf>();
  const instead = new Map<number, string>();
  const skipTo = new Map<number, number>();

  const is = (i: number, text: string) =>
    tokens[i]?.text === text && (tokens[i]?.kind === 'symbol' || tokens[i]?.kind === 'word');
  const closing = matchBrackets(tokens);
  const inside = (open: number, text: string): number => {
    const end = closing.get(open) ?? tokens.length;
    for (let i = open + 1; i < end; i++) {
      if (is(i, text)) return i;
      const close = closing.get(i);
      if (close !== undefined) i = close;
    }
    return -1;
  };

  /** A name before a bracket that is no call: the columns of an alias or of a WITH query. */
  const namesColumns = (i: number): boolean => {
    const before = tokens[i - 1];
    if (!before) return false;
    if (before.kind === 'quoted' || is(i - 1, ')')) return true;
    if (before.kind === 'word')
      return ['as', 'with', 'ordinality'].includes(before.text) || !keywords.has(before.text);
    if (!is(i - 1, ',')) return false;
    const close = closing.get(i + 1);
    return close !== undefined && is(close + 1, 'as') && is(close + 2, '(');
  };

  const call = (i: number, t: Token) => {
    const open = i + 1;
    let name = t.text;
    let reversed = false;
    if (name === 'cast' || name === 'try_cast') {
      const as = inside(open, 'as');
      const close = closing.get(open) ?? 0;
      if (as < 0)
        refuse('SYNTAX', `${name} without AS and a type.`, t.at, 'Write CAST(x AS type).');
      leaves.set(as, {
        kind: 'type',
        type: readType(tokens.slice(as + 1, close), t.at),
        at: tokens[as]?.at ?? t.at,
      });
      instead.set(as, `, 'k${as}'`);
      skipTo.set(as, close);
    } else if (name === 'extract') {
      const from = inside(open, 'from');
      const field = tokens[open + 1];
      if (from !== open + 2 || !field || !extractFields.has(field.text))
        refuse(
          'UNSUPPORTED',
          `EXTRACT of ${field?.text.slice(0, 30) ?? 'nothing'} is not available.`,
          field?.at ?? t.at,
          'Write EXTRACT(YEAR FROM x), or QUARTER, MONTH, WEEK, DAY, DAY_OF_WEEK, DAY_OF_YEAR, HOUR, MINUTE, SECOND.',
        );
      name = field.text;
      instead.set(open + 1, '');
      instead.set(from, '');
    } else if (name === 'position') {
      const within = inside(open, 'in');
      if (within < 0)
        refuse('SYNTAX', 'position without IN.', t.at, 'Write position(part IN text).');
      name = 'strpos';
      reversed = true;
      instead.set(within, ',');
    } else if (/^substr(?:ing)?$/.test(name) && inside(open, 'from') > 0) {
      for (const word of ['from', 'for']) {
        const place = inside(open, word);
        if (place > 0) instead.set(place, ',');
      }
    } else if (name === 'trim' && inside(open, 'from') > 0) {
      const from = inside(open, 'from');
      const spec = trims[tokens[open + 1]?.text ?? ''];
      if (spec !== undefined && tokens[open + 1]?.kind === 'word') {
        name = spec;
        instead.set(open + 1, '');
      }
      reversed = from > open + (spec === undefined ? 1 : 2);
      instead.set(from, reversed ? ',' : '');
    } else if (!functionNames.has(name)) unknownFunction(t, i);
    else {
      const order = inside(open, 'order');
      if (order > 0) instead.set(order, ') within group (order');
    }
    leaves.set(i, { kind: 'call', name, at: t.at, reversed });
  };

  const unknownFunction = (t: Token, i: number): never => {
    const before = tokens[i - 1]?.text;
    if (before === 'from' || before === 'join' || t.text === 'table')
      refuse(
        'FORBIDDEN',
        `${t.text} is a table function.`,
        t.at,
        'Read from a table of the contract, a subquery, VALUES or UNNEST.',
      );
    const near = nearest(t.text, functionNames);
    return refuse(
      'UNKNOWN_FUNCTION',
      `The function ${t.text.slice(0, 60)} is not available.`,
      t.at,
      functionHints.get(t.text) ??
        (near.length > 0
          ? `Did you mean ${near.join(', ')}?`
          : 'Only functions that both engines compute alike are available.'),
    );
  };

  const parts: string[] = [];
  const origins: { shielded: number; source: number }[] = [];
  let length = 0;
  const emit = (text: string, source: number) => {
    if (text === '') return;
    origins.push({ shielded: length, source });
    parts.push(text);
    length += text.length + 1;
  };

  for (let i = 0; i < tokens.length; i++) {
    const t = tokens[i];
    if (!t) break;
    const replaced = instead.get(i);
    if (replaced !== undefined) {
      emit(replaced, t.at);
      const to = skipTo.get(i);
      if (to !== undefined) i = to - 1;
      continue;
    }
    // OVER (w) means OVER w, which is what the parser reads.
    if (is(i, '(') && is(i - 1, 'over') && is(i + 2, ')') && tokens[i + 1]?.kind !== 'symbol') {
      instead.set(i + 2, '');
      continue;
    }
    if (t.kind === 'symbol' && t.text === ',' && endsList(tokens[i + 1]))
      refuse(
        'SYNTAX',
        'A comma is followed by nothing.',
        t.at,
        'Remove it, or write what is missing.',
      );
    if (t.kind === 'word' && t.text === 'distinct' && is(i - 1, 'by'))
      refuse('UNSUPPORTED', 'GROUP BY DISTINCT is not available.', t.at, 'Write GROUP BY alone.');
    if (t.kind === 'symbol') {
      emit(t.text, t.at);
      continue;
    }
    if (t.kind === 'number') {
      leaves.set(i, { kind: 'number', text: t.text, at: t.at });
      emit(String(i), t.at);
      continue;
    }
    if (t.kind === 'string') {
      leaves.set(i, { kind: 'value', expr: literal({ kind: 'string', value: t.value }, t.at) });
      emit(`'k${i}'`, t.at);
      continue;
    }
    if (is(i, 'at') && is(i + 1, 'time') && is(i + 2, 'zone')) {
      const zone = tokens[i + 3];
      if (zone?.kind !== 'string' || !/^(?:UTC|GMT|Z|\+00:00|Etc\/UTC)$/i.test(zone.value))
        refuse(
          'UNSUPPORTED',
          'AT TIME ZONE is available for UTC only.',
          tokens[i + 2]?.at ?? t.at,
          "All times are UTC; write date_add('hour', 9, x) for another zone.",
        );
      // All times are UTC already.
      i += 3;
      continue;
    }
    const afterDot = is(i - 1, '.');
    const beforeBracket = is(i + 1, '(');
    if (t.kind === 'word' && !afterDot) {
      const typed = typedLiteral(tokens, i);
      if (typed) {
        leaves.set(i, { kind: 'value', expr: typed.expr });
        emit(`'k${i}'`, t.at);
        i += typed.length - 1;
        continue;
      }
      const clock = readClock(tokens, i);
      if (clock) {
        leaves.set(i, { kind: 'value', expr: clock.expr });
        emit(`'k${i}'`, t.at);
        i += clock.length - 1;
        continue;
      }
      if (t.text === 'array' && is(i + 1, '[')) {
        leaves.set(i, { kind: 'call', name: 'array[]', at: t.at, reversed: false });
        emit(`kf${i} (`, t.at);
        instead.set(closing.get(i + 1) ?? 0, ')');
        i++;
        continue;
      }
      if (isKeywordHere(tokens, i)) {
        emit(t.text, t.at);
        continue;
      }
      const refused = refusedWords.get(t.text);
      if (refused && !is(i - 1, 'as'))
        refuse(refused.code, `${t.text.toUpperCase()} is not available.`, t.at, refused.hint);
      if (beforeBracket && !namesColumns(i)) {
        call(i, t);
        emit(`kf${i}`, t.at);
        continue;
      }
    }
    if (beforeBracket && !namesColumns(i))
      refuse(
        'UNKNOWN_FUNCTION',
        `${t.text.slice(0, 60)} is not a function that is available.`,
        t.at,
        'Write the name of a function without quotes and without a qualifier.',
      );
    leaves.set(i, { kind: 'name', name: t.kind === 'quoted' ? t.value : t.text, at: t.at });
    emit(`k${i}`, t.at);
  }
  return { text: parts.join(' '), leaves, origins };
}

/** The parser forgives a comma at the end of a list; Trino does not. */
const endsList = (next: Token | undefined): boolean =>
  next === undefined ||
  (next.kind === 'symbol' && [')', ']', ','].includes(next.text)) ||
  (next.kind === 'word' &&
    [
      'from',
      'where',
      'group',
      'having',
      'order',
      'limit',
      'offset',
      'fetch',
      'union',
      'intersect',
      'except',
    ].includes(next.text));

/** Which bracket closes which. The scanner has counted them; here their kinds must match too. */
function matchBrackets(tokens: readonly Token[]): ReadonlyMap<number, number> {
  const closing = new Map<number, number>();
  const open: number[] = [];
  tokens.forEach((t, i) => {
    if (t.kind !== 'symbol') return;
    if (t.text === '(' || t.text === '[') open.push(i);
    if (t.text !== ')' && t.text !== ']') return;
    const start = open.pop() ?? 0;
    if ((tokens[start]?.text === '(') !== (t.text === ')'))
      refuse(
        'SYNTAX',
        `${t.text} closes ${tokens[start]?.text ?? 'nothing'}.`,
        t.at,
        'Close each bracket with its own kind.',
      );
    closing.set(start, i);
  });
  return closing;
}

/** Words that are keywords in one place and names in all others. */
function isKeywordHere(tokens: readonly Token[], i: number): boolean {
  const t = tokens[i];
  const before = tokens[i - 1];
  const after = tokens[i + 1];
  const follows = (...words: string[]) => before?.kind === 'word' && words.includes(before.text);
  switch (t?.text) {
    case 'first':
      return follows('nulls', 'fetch');
    case 'last':
      return follows('nulls');
    case 'next':
      return follows('fetch');
    case 'only':
      return follows('row', 'rows');
    case 'current':
      return after?.text === 'row';
    case 'row':
      return (
        follows('current', 'first', 'next') || (before?.kind === 'number' && after?.text !== '(')
      );
    case 'rows':
    case 'range':
      return (
        (after?.kind === 'word' && ['between', 'unbounded', 'current'].includes(after.text)) ||
        after?.kind === 'number' ||
        (t.text === 'rows' && before?.kind === 'number') ||
        (t.text === 'rows' && follows('first', 'next'))
      );
    case 'filter':
      return before?.text === ')' && after?.text === '(';
    case 'grouping':
      return after?.text === 'sets';
    default:
      return t !== undefined && keywords.has(t.text);
  }
}

function readClock(
  tokens: readonly Token[],
  i: number,
): { readonly expr: Expr; readonly length: number } | undefined {
  const t = tokens[i];
  if (t?.kind !== 'word') return undefined;
  const bracket = tokens[i + 1]?.text === '(';
  const clock = (name: ClockName): Expr => ({
    kind: 'clock',
    name,
    type: name === 'current_date' ? DATE : TIMESTAMP,
    at: t.at,
  });
  if (t.text === 'now' && bracket && tokens[i + 2]?.text === ')')
    return { expr: clock('now'), length: 3 };
  if (!Object.hasOwn(clocks, t.text)) return undefined;
  if (bracket)
    refuse(
      'UNSUPPORTED',
      `${t.text} with a precision is not available.`,
      t.at,
      `Write ${t.text} alone.`,
    );
  return { expr: clock(t.text as keyof typeof clocks), length: 1 };
}

/** What to write instead of functions that people reach for and that are not available. */
const functionHints: ReadonlyMap<string, string> = new Map([
  ['ifnull', 'Write coalesce(x, y).'],
  ['nvl', 'Write coalesce(x, y).'],
  ['isnull', 'Write x IS NULL.'],
  ['len', 'Write length(x).'],
  ['datediff', "Write date_diff('day', from, to)."],
  ['dateadd', "Write date_add('day', n, x)."],
  ['getdate', 'Write current_timestamp.'],
  ['instr', 'Write strpos(text, part).'],
  ['charindex', 'Write strpos(text, part).'],
  ['to_date', 'Write CAST(x AS date) or date_parse(x, format).'],
  ['to_char', 'Write date_format(x, format).'],
  ['string_agg', "Write listagg(x, ',') WITHIN GROUP (ORDER BY x)."],
  ['group_concat', "Write listagg(x, ',') WITHIN GROUP (ORDER BY x)."],
  ['row', 'Row values are not available; compare the columns one by one.'],
  ['map', 'Map values cannot be built; read the maps of the tables.'],
  ['typeof', 'Types are in the reference of the tables.'],
  ['char_length', 'Write length(x).'],
  ['character_length', 'Write length(x).'],
  ['json_format', 'Write json_extract_scalar(x, path) for each value wanted.'],
  ['json_query', 'Write json_extract(x, path).'],
  ['json_value', 'Write json_extract_scalar(x, path).'],
  ['format', 'Write a || b, with CAST(n AS varchar) for numbers.'],
  ['multimap_agg', 'Write array_agg(x ORDER BY x) with GROUP BY.'],
  ['map_entries', 'Write CROSS JOIN UNNEST(map) AS t(k, v).'],
  ['map_from_entries', 'Map values cannot be built; read the maps of the tables.'],
  ['map_concat', 'Read each map by itself: coalesce(a[key], b[key]).'],
  ['split_to_map', 'Write split_part(x, separator, n).'],
  ['zip', 'Write UNNEST(a, b) AS t(x, y), which goes through both side by side.'],
  ['reduce', 'Write an aggregate over CROSS JOIN UNNEST(array) AS t(x).'],
  ['array_sum', 'Write sum(x) over CROSS JOIN UNNEST(array) AS t(x).'],
  ['width_bucket', 'Write CASE WHEN x < 30 THEN … END.'],
  ['corr', 'Not available: the engines differ in the last digits.'],
  ['ln', 'Not available: the engines differ in the last digits.'],
  ['log', 'Not available: the engines differ in the last digits.'],
  ['log10', 'Not available: the engines differ in the last digits.'],
  ['exp', 'Not available: the engines differ in the last digits.'],
  ['rand', 'Not available: an answer must be the same when it is asked again.'],
  ['random', 'Not available: an answer must be the same when it is asked again.'],
  ['uuid', 'Not available: an answer must be the same when it is asked again.'],
  ['median', 'Write approx_percentile(x, 0.5), which is exact here.'],
  ['percentile_cont', 'Write approx_percentile(x, 0.5), which is exact here.'],
  ['timestampdiff', "Write date_diff('day', from, to)."],
  ['date_sub', "Write date_add('day', -n, x)."],
  ['strftime', 'Write date_format(x, format).'],
  ['to_timestamp', 'Write CAST(x AS timestamp) or date_parse(x, format).'],
  ['array_contains', 'Write contains(array, value).'],
  ['array_length', 'Write cardinality(array).'],
  ['size', 'Write cardinality(array).'],
  ['explode', 'Write CROSS JOIN UNNEST(array) AS t(x).'],
  ['collect_list', 'Write array_agg(x ORDER BY x).'],
  ['collect_set', 'Write array_agg(DISTINCT x ORDER BY x).'],
  ['iif', 'Write if(condition, a, b).'],
  ['decode', 'Write CASE x WHEN … THEN … END.'],
  ['left', 'Write substr(x, 1, n).'],
  ['right', 'Write substr(x, -n).'],
  ['countif', 'Write count_if(condition).'],
  ['sumif', 'Write sum(x) FILTER (WHERE condition).'],
  ['regexp_matches', 'Write regexp_like(x, pattern).'],
  ['regexp_substr', 'Write regexp_extract(x, pattern).'],
]);
