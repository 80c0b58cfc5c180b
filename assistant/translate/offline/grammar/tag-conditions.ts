import { type Filter, noneOf } from '../plan/plan.ts';
import { alt, expand, map, type Parser, rule, seq, startsAt, unless, words } from './chart.ts';
import type { GrammarContext } from './context.ts';
import { alternatives } from './listing.ts';
import { valueFilter } from './places.ts';
import { tagKeysAt, tagPair, tagPairFilter } from './tags.ts';

/** Tags, by name and by value. */
export interface TagConditions {
  readonly tagged: Parser<Filter>;
  readonly tagFilter: Parser<Filter>;
  readonly tagKey: Parser<string>;
  readonly tagPair: Parser<{ key: string; value: string }>;
}

export function tagConditions({ values }: GrammarContext): TagConditions {
  const pairFilter = tagPairFilter(values);
  const tagKey: Parser<string> = (chart, at) => {
    const [start = at] = startsAt(chart, at).slice(-1);
    const t = chart.tokens[start];
    if (!t) return [];
    if (t.kind === 'quoted') return [{ value: t.text, end: start + 1 }];
    return tagKeysAt(values, chart, start);
  };
  const tagFilter: Parser<Filter> = rule(() =>
    alt(
      expand(tagPair, pairFilter),
      map(tagKey, (key): Filter => ({ is: 'tag', key, value: null })),
      map(values.named(['tag'], false), valueFilter),
      expand(
        seq(
          tagKey,
          words('is', 'of', 'equal to', 'set to', 'tag', 'tag of', 'tag is'),
          values.named(['tag'], false),
        ),
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
