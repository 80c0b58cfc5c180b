import { alt, expand, map, opt, type Parser, rule, seq, token } from '../grammar/chart.ts';
import { valueFilter } from '../grammar/places.ts';
import { tagPair, tagPairFilter } from '../grammar/tags.ts';
import { anyOf, type Filter, noneOf } from '../plan/plan.ts';
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
  const empty = j('空', '空白', '空欄', '空文字', '空文字列', 'ブランク', '空っぽ');
  const either = j('か', 'または', 'もしくは', 'あるいは', 'か、', 'または、', 'か、または');
  const absent = j(
    ...['', 'そもそも', 'タグ自体が', 'そもそもタグが'].flatMap((how) =>
      [
        '付いていない',
        'ついていない',
        '付いてない',
        'ついてない',
        'ない',
        '無い',
        '未設定の',
        '未設定',
        'なし',
        '存在しない',
        '設定されていない',
      ].map((w) => `${how}${w}`),
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
      // ownerタグが空の, ownerタグが空か付いていない
      expand(
        seq(
          keyed,
          j('が', 'の値が', 'は', 'の'),
          empty,
          alt(
            copula,
            map(seq(either, absent), () => null),
          ),
        ),
        ([key, , , e]): readonly Condition[] => {
          const blank: Filter = { is: 'tag', key, value: '' };
          return e
            ? [ended(blank, e)]
            : [
                {
                  filter: anyOf(blank, noneOf({ is: 'tag', key, value: null })),
                  slot: 'attributive',
                  denied: null,
                },
              ];
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
