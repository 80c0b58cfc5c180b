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
  /** "The platform team": the tag of teams, or where there is none so, of owners. */
  readonly team: Parser<Filter>;
  /** "Owned by platform": the tags of owners and of teams. */
  readonly owned: Parser<Filter>;
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
  const ofKeys = (...keys: readonly string[]): Parser<Filter> =>
    expand(values.named(['tag'], false), (v) =>
      keys.includes(v.key?.trim().toLowerCase() ?? '') ? [valueFilter(v)] : [],
    );
  const noun = words('team', 'squad', 'crew');
  const team: Parser<Filter> = rule(() =>
    alt(
      map(seq(ofKeys('team', 'squad'), noun), ([f]) => f),
      expand(seq(ofKeys('owner'), noun), ([f]) => (hasTeam(f) ? [] : [f])),
    ),
  );
  /** Whether a team has the name of an owner. */
  const hasTeam = (f: Filter) =>
    'is' in f &&
    f.is === 'tag' &&
    values.tags.some(({ key, value }) => /^(team|squad)$/i.test(key) && value === f.value);
  const owned: Parser<Filter> = map(
    seq(
      words(
        'owned by',
        'belonging to',
        'that belong to',
        'belong to',
        'owner is',
        'whose owner is',
      ),
      ofKeys('owner', 'team'),
    ),
    ([, f]) => f,
  );
  return { tagged, tagFilter, tagKey, tagPair, team, owned };
}
