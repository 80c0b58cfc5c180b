import { type Filter, noneOf } from '../plan/plan.ts';
import {
  alt,
  expand,
  map,
  type Parser,
  rule,
  seq,
  startsAt,
  token,
  unless,
  words,
} from './chart.ts';
import type { GrammarContext } from './context.ts';
import { alternatives } from './listing.ts';
import { valueFilter } from './places.ts';

/** Tags, by name and by value. */
export interface TagConditions {
  readonly tagged: Parser<Filter>;
  readonly tagFilter: Parser<Filter>;
  readonly tagKey: Parser<string>;
  readonly tagPair: Parser<{ key: string; value: string }>;
}

export function tagConditions({ values }: GrammarContext): TagConditions {
  const tagPair = token((t) => {
    const match = t.kind === 'pair' || t.kind === 'quoted' ? /^([^=]+)=(.+)$/.exec(t.text) : null;
    return match?.[1] && match[2] ? { key: match[1], value: match[2] } : undefined;
  });
  /** Tag keys and values are case-sensitive; written otherwise they stand for those in the data. */
  const pairFilter = ({ key, value }: { key: string; value: string }): readonly Filter[] => {
    const same = values.tags.filter(
      (t) =>
        t.key.toLowerCase() === key.toLowerCase() && t.value.toLowerCase() === value.toLowerCase(),
    );
    const exact = same.find((t) => t.key === key && t.value === value);
    const meant = exact || same.length === 0 ? [{ key, value }] : same;
    return meant.map((t) => ({ is: 'tag', key: t.key, value: t.value }));
  };
  const tagKey: Parser<string> = (chart, at) => {
    const [start = at] = startsAt(chart, at).slice(-1);
    const t = chart.tokens[start];
    if (!t) return [];
    if (t.kind === 'quoted') return [{ value: t.text, end: start + 1 }];
    const found: { value: string; end: number }[] = [];
    let text = '';
    for (let end = start; end < Math.min(start + 5, chart.tokens.length); end += 1) {
      const part = chart.tokens[end];
      if (!part || (part.kind !== 'word' && part.kind !== 'number')) break;
      text = text === '' ? part.text : `${text} ${part.text}`;
      if (chart.tokens[end + 1]?.glued) continue;
      for (const key of values.tagKeys.get(text) ?? []) found.push({ value: key, end: end + 1 });
    }
    return found;
  };
  const tagFilter: Parser<Filter> = rule(() =>
    alt(
      expand(tagPair, pairFilter),
      map(tagKey, (key): Filter => ({ is: 'tag', key, value: null })),
      map(values.named(['tag'], false), valueFilter),
      expand(
        seq(tagKey, words('is', 'of', 'equal to', 'set to'), values.named(['tag'], false)),
        ([key, , v]) => (v.key === key ? [valueFilter(v)] : []),
      ),
    ),
  );
  const tagged: Parser<Filter> = rule(() =>
    alt(
      map(
        seq(
          words('tagged', 'tagged with', 'tagged as', 'labelled', 'labeled'),
          alternatives(tagFilter),
        ),
        ([, f]) => f,
      ),
      map(
        seq(words('tagged'), unless(words('with', 'as', 'by'))),
        (): Filter => ({ is: 'present', column: 'tags' }),
      ),
      map(words('untagged'), (): Filter => noneOf({ is: 'present', column: 'tags' })),
    ),
  );
  return { tagged, tagFilter, tagKey, tagPair };
}
