import { alt, expand, map, opt, type Parser, rule, seq, token } from '../grammar/chart.ts';
import { valueFilter } from '../grammar/places.ts';
import { tagPair, tagPairFilter } from '../grammar/tags.ts';
import { type Filter, noneOf } from '../plan/plan.ts';
import { type Condition, ended } from './chain.ts';
import { copula, existence, ichidan } from './endings.ts';
import { j } from './literals.ts';
import type { Names } from './names.ts';

/** Tags, by name and by value. */
export interface TagConditions {
  /** ownerタグ, タグowner, owner=platformのタグ: something a key has. */
  readonly tagFilter: Parser<Filter>;
  /** ownerタグがplatformの, owner=platformの, タグ付けされていない. */
  readonly tagged: Parser<Condition>;
}

export function tagConditions({ named, values, tagKey }: Names): TagConditions {
  const pair: Parser<Filter> = expand(tagPair, tagPairFilter(values));
  const noun = j('タグ', 'tag', 'タグキー');
  const keyed: Parser<string> = rule(() =>
    alt(
      map(seq(noun, opt(j('キー', 'の')), tagKey), ([, , key]) => key),
      map(seq(tagKey, opt(j('の', 'という', 'という名前の')), noun), ([key]) => key),
    ),
  );
  const tagFilter: Parser<Filter> = rule(() =>
    alt(
      map(keyed, (key): Filter => ({ is: 'tag', key, value: null })),
      map(seq(pair, opt(j('の', 'という')), noun), ([f]) => f),
      map(seq(noun, opt(j('の')), pair), ([, , f]) => f),
      pair,
    ),
  );
  const said = alt(
    map(named(['tag'], false), (v) => v),
    map(
      token((t) => (t.kind === 'quoted' ? t.text : undefined)),
      (text) => ({ kind: 'tag' as const, key: null, values: [text] }),
    ),
  );
  const tagged: Parser<Condition> = rule(() =>
    alt(
      map(seq(tagFilter, copula), ([f, e]) => ended(f, e)),
      expand(
        seq(alt(keyed, tagKey), j('が', 'の値が', 'は', '='), said, copula),
        ([key, , v, e]): readonly Condition[] => {
          if (v.key === null) {
            return [ended({ is: 'tag', key, value: v.values[0] ?? '' }, e)];
          }
          return v.key === key ? [ended(valueFilter(v), e)] : [];
        },
      ),
      map(seq(tagFilter, ichidan('タグ付けされ', 'でタグ付けされ', 'とタグ付けされ')), ([f, e]) =>
        ended(f, e),
      ),
      map(ichidan('タグ付けされ', 'タグ付けし', 'タグが付けられ'), (e) =>
        ended({ is: 'present', column: 'tags' }, e),
      ),
      map(seq(j('未タグ', 'タグ無し', 'タグなし'), copula), ([, e]) =>
        ended(noneOf({ is: 'present', column: 'tags' }), e),
      ),
      map(seq(tagFilter, existence), ([f, e]) => ended(f, e)),
    ),
  );
  return { tagFilter, tagged };
}
