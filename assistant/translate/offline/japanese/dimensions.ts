import { alt, expand, many, map, opt, type Parser, rule, seq, token } from '../grammar/chart.ts';
import { columnOf } from '../plan/entity-tables.ts';
import type { Dimension, Entity } from '../plan/plan.ts';
import { inSpellings } from '../plan/says.ts';
import type { GrammarContext } from './context.ts';
import { j, table } from './literals.ts';

const callers = ['principal', 'username', 'caller_account', 'principal_account'];

/** Things rows of an entity can be grouped by: columns with few values, tags, months and years. */
export function dimension(entity: Entity, { lexicon, names }: GrammarContext): Parser<Dimension> {
  const column = expand(lexicon.columns[entity].parser, (name): readonly Dimension[] => {
    const definition = columnOf(entity, name);
    if (!definition) return [];
    const countable =
      definition.role === 'category' || definition.role === 'flag' || name === 'account_id';
    // A period of rotation is one of few.
    if (name === 'rotation_period_days') return [{ column: name }];
    if (countable && ['varchar', 'boolean'].includes(definition.type)) {
      return [{ column: name === 'account_name' ? 'account_id' : name }];
    }
    return entity !== 'keys' && callers.includes(name) ? [{ column: name }] : [];
  });
  /** タグ「owner」またはタグ「Owner」, as questions that are offered write it. */
  const quotedTag = map(
    seq(
      j('タグ'),
      token((t) => (t.kind === 'quoted' ? t.text : undefined)),
    ),
    ([, key]) => key,
  );
  const spelled: Parser<Dimension> = expand(
    seq(
      quotedTag,
      many(
        map(seq(j('または'), quotedTag), ([, key]) => key),
        1,
        20,
      ),
    ),
    ([key, also]) => inSpellings(key, also),
  );
  const oneTag: Parser<Dimension> = expand(
    alt(
      map(seq(j('タグ', 'タグの'), names.tagKey), ([, key]) => key),
      map(seq(names.tagKey, j('タグ', 'タグの値')), ([key]) => key),
      names.tagKey,
    ),
    (key) => [{ tag: key }],
  );
  const tag = alt(spelled, oneTag);
  const calendar: Parser<Dimension> = table<Dimension>([
    ...['作成年', '作成された年', '作成日の年'].map(
      (t) => [t, { column: 'created_at', by: 'year' }] as const,
    ),
    ...['作成四半期', '作成された四半期', '作成日の四半期'].map(
      (t) => [t, { column: 'created_at', by: 'quarter' }] as const,
    ),
    ...['作成月', '作成年月', '作成された月', '作成日の月'].map(
      (t) => [t, { column: 'created_at', by: 'month' }] as const,
    ),
  ]);
  // The OU is that of the key.
  const unit = expand(lexicon.columns.keys.parser, (name): readonly Dimension[] =>
    name === 'ou_path' ? [{ column: name }] : [],
  );
  const namedUnits = map(j('指定したOU'), (): Dimension => ({ column: 'ou_path', named: true }));
  return rule(() => {
    if (entity === 'keys') return alt(column, namedUnits, tag, calendar);
    return entity === 'concerns' ? alt(column, namedUnits, unit) : alt(column, namedUnits);
  });
}

const each = j('別', 'ごと', '毎', '単位', 'あたり', 'につき', 'それぞれ');
const link = j(
  '',
  'の',
  'に',
  'で',
  '、',
  'の、',
  'に、',
  'での',
  'に見た',
  'にみた',
  'にまとめて',
);
const between = j('と', '、', '・', 'および', '/', 'x', '×', 'かつ', '', 'の', '及び');

/** リージョン別の, アカウントごとに, 状態とリージョン別, 各アカウントの. */
export function grouping(entity: Entity, context: GrammarContext): Parser<readonly Dimension[]> {
  const one = dimension(entity, context);
  const item = seq(one, opt(each));
  return rule(() =>
    alt(
      expand(
        seq(
          item,
          many(
            map(seq(between, item), ([, i]) => i),
            0,
            2,
          ),
          link,
        ),
        ([first, more]): readonly (readonly Dimension[])[] => {
          const last = more.at(-1) ?? first;
          return last[1] === null ? [] : [[first, ...more].map(([d]) => d)];
        },
      ),
      map(
        seq(
          j('各', 'それぞれの'),
          one,
          many(
            map(seq(j('・', 'と', '、各', '各'), one), ([, d]) => d),
            0,
            2,
          ),
          j('の', 'で', 'に', 'における', 'には', 'にある', ''),
        ),
        ([, first, more]) => [first, ...more],
      ),
    ),
  );
}

/** 年別の, 月ごとに: of creation, where keys are counted. */
export const yearly: Parser<readonly Dimension[]> = map(
  seq(
    table<Dimension>([
      ['年', { column: 'created_at', by: 'year' }],
      ['四半期', { column: 'created_at', by: 'quarter' }],
      ['月', { column: 'created_at', by: 'month' }],
      ['年月', { column: 'created_at', by: 'month' }],
    ]),
    each,
    link,
  ),
  ([d]) => [d],
);
