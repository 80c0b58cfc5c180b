import { alt, expand, map, opt, type Parser, rule, seq } from '../grammar/chart.ts';
import {
  allOf,
  type Dimension,
  everything,
  type Filter,
  isEverything,
  listOf,
  type Measure,
  type Plan,
} from '../plan/plan.ts';
import { comma, countNoun, howMany, listTail, numberTail } from './asking.ts';
import type { GrammarContext } from './context.ts';
import { dimension, grouping } from './dimensions.ts';
import type { KeyConditions } from './key-conditions.ts';
import { j, table } from './literals.ts';
import type { NounPhrases } from './noun-phrases.ts';
import { counter, wholeNumber } from './numbers.ts';

const rows: Measure = { kind: 'count', keys: false };
const keysOnce: Measure = { kind: 'count', keys: true };
const descending = { by: 'value', direction: 'desc' } as const;

/** Questions about concerns. The top concerns are the kinds of concern that the most keys have. */
export function concernQuestions(
  context: GrammarContext,
  { concerns, places, particular }: KeyConditions,
  { keys }: NounPhrases,
): Parser<Plan> {
  const { noun, severity, code } = concerns;
  const about = (f: Filter): Filter => (isEverything(f) ? everything : { key: f });
  const ofKeys: Parser<Filter> = rule(() =>
    alt(
      map(
        seq(
          alt(particular, keys),
          j(
            'の',
            'に関する',
            'についての',
            'に対する',
            'には',
            'に',
            'が持つ',
            'にある',
            'は',
            'で見つかった',
            'における',
            'で検出された',
            'で',
          ),
          comma,
        ),
        ([f]) => about(f),
      ),
      map(
        seq(
          places.place,
          j('の', 'における', 'にある', 'には', 'では', 'で', 'に', 'で見つかった', 'で検出された'),
          comma,
        ),
        ([f]) => about(f),
      ),
    ),
  );
  const named: Parser<Filter> = map(
    seq(code, opt(j('の', 'という', 'に関する', 'による'))),
    ([c]): Filter => ({ is: 'concern', codes: [c] }),
  );
  const phrase: Parser<Filter> = rule(() =>
    map(
      seq(
        opt(j('すべての', '全ての', '全')),
        opt(ofKeys),
        opt(j('すべての', '全ての', '既知の')),
        opt(severity),
        opt(named),
        noun,
      ),
      ([, k, , s, c]) => allOf(k ?? everything, s ?? everything, c ?? everything),
    ),
  );
  const group = grouping('concerns', context);
  const dim = dimension('concerns', context);
  const byKind = (
    filter: Filter,
    measure: Measure,
    orderBy: Plan['orderBy'],
    limit: Plan['limit'],
  ): Plan => ({
    ...listOf('concerns', filter),
    measure,
    groupBy: [{ column: 'label' }],
    orderBy,
    limit,
  });
  const counted = (filter: Filter, by: readonly Dimension[]): Plan => ({
    ...listOf('concerns', filter),
    measure: rows,
    groupBy: [...by],
  });
  const common = j(
    '最も多い',
    '一番多い',
    'よくある',
    '最も頻度の高い',
    '最多の',
    '主な',
    '最も多く見つかった',
    '主要な',
    '代表的な',
    '頻出の',
    '多い',
    '最も一般的な',
    '最も多く検出された',
  );
  const topWord = j('上位', 'トップ', 'ワースト', '上位の', 'top');
  const plainGroup = alt(
    group,
    // 懸念の種類ごとの
    map(
      seq(j('種類', '懸念', '懸念事項', '種別'), j('別', 'ごと', '毎'), j('の', 'に', '', 'で')),
      (): readonly Dimension[] => [{ column: 'label' }],
    ),
  );
  return rule(() =>
    alt(
      map(seq(phrase, listTail), ([f]) => listOf('concerns', f)),
      map(
        seq(
          ofKeys,
          j('どんな', 'どのような', '何の', '何か', 'どういう', 'どういった'),
          opt(severity),
          noun,
          j('が', 'は'),
          j(
            'ある',
            'あります',
            '存在する',
            '存在します',
            'ありますか',
            'あるか',
            'あるの',
            '見つかっていますか',
            '検出されていますか',
            '見つかりましたか',
          ),
        ),
        ([k, , s]) => listOf('concerns', allOf(k, s ?? everything)),
      ),
      expand(
        seq(
          opt(plainGroup),
          phrase,
          countNoun,
          opt(seq(j('を', 'の', 'は', ''), plainGroup)),
          numberTail,
        ),
        ([g, f, , after]): readonly Plan[] =>
          g !== null && after !== null ? [] : [counted(f, g ?? after?.[1] ?? [])],
      ),
      expand(
        seq(opt(plainGroup), phrase, j('は', 'が', 'も', ''), opt(plainGroup), howMany),
        ([g, f, , after]): readonly Plan[] =>
          g !== null && after !== null ? [] : [counted(f, g ?? after ?? [])],
      ),
      map(seq(plainGroup, phrase, opt(j('の内訳', 'の分布', '内訳')), numberTail), ([g, f]) =>
        counted(f, g),
      ),
      map(
        seq(
          phrase,
          j('の', 'を', ''),
          plainGroup,
          opt(j('内訳', 'の内訳', '分布', '集計')),
          numberTail,
        ),
        ([f, , g]) => counted(f, g),
      ),
      map(
        seq(
          phrase,
          j('の種類', 'の種別'),
          j('ごとの', '別の', 'ごとに', '別'),
          j('件数', '数', '内訳', '個数', ''),
          numberTail,
        ),
        ([f]) => byKind(f, rows, null, null),
      ),
      // 懸念トップ5, 最も多い懸念事項5つ, 上位5つの懸念事項
      map(
        seq(phrase, opt(j('の')), opt(j('の中で')), topWord, wholeNumber, opt(counter), listTail),
        ([f, , , , n]) => byKind(f, keysOnce, descending, n),
      ),
      map(
        seq(topWord, wholeNumber, opt(counter), j('の', ''), opt(common), phrase, listTail),
        ([, n, , , , f]) => byKind(f, keysOnce, descending, n),
      ),
      map(seq(common, phrase, opt(topWord), wholeNumber, opt(counter), listTail), ([, f, , n]) =>
        byKind(f, keysOnce, descending, n),
      ),
      map(seq(common, phrase, listTail), ([, f]) => byKind(f, keysOnce, descending, null)),
      map(
        seq(
          opt(j('どの')),
          phrase,
          j('が', 'で', 'の中で'),
          j(
            '最も多い',
            '一番多い',
            '最も多いです',
            '一番多いです',
            '最も一般的です',
            '最も多いのは',
            '一番多いのは',
          ),
          j('', 'か', 'ですか', 'どれですか', 'どれ', '何ですか', '何'),
        ),
        ([, f]) => byKind(f, keysOnce, descending, 'ties'),
      ),
      map(
        seq(
          j('最も多くのキーに', '一番多くのキーに', '最も多くのキーが'),
          j('影響する', '影響している', '該当する', '当てはまる', '持つ', '見つかった', 'ある'),
          noun,
          listTail,
        ),
        () => byKind(everything, keysOnce, descending, 'ties'),
      ),
      // Keys by what is wrong with them.
      map(
        seq(
          j(
            '懸念別の',
            '懸念事項別の',
            '懸念ごとの',
            '懸念事項ごとの',
            '問題別の',
            '懸念の種類別の',
            '懸念の種類ごとの',
            '懸念事項の種類別の',
            '懸念事項の種類ごとの',
          ),
          keys,
          opt(countNoun),
          numberTail,
        ),
        ([, f]) => byKind(about(f), keysOnce, null, null),
      ),
      map(
        seq(
          phrase,
          j('が', 'の', 'の数が'),
          j('最も', '一番', 'もっとも'),
          table<'asc' | 'desc'>([
            ['多い', 'desc'],
            ['少ない', 'asc'],
          ]),
          dim,
          alt(j('はどこ', 'はどこですか', 'はどれ', 'は'), listTail),
        ),
        ([f, , , direction, d]): Plan => ({
          ...counted(f, [d]),
          orderBy: { by: 'value', direction },
          limit: 'ties',
        }),
      ),
      map(
        seq(
          phrase,
          j('が', 'の', 'の数が'),
          j('多い'),
          opt(j('順に')),
          dim,
          opt(j('を')),
          opt(topWord),
          wholeNumber,
          opt(counter),
          listTail,
        ),
        ([f, , , , d, , , n]): Plan => ({ ...counted(f, [d]), orderBy: descending, limit: n }),
      ),
      // alias/ordersはなぜ指摘されているの
      map(
        seq(
          alt(particular, keys),
          j('は', 'が', 'って', 'の', ''),
          j(
            'なぜ',
            '何故',
            'どうして',
            '何で',
            'なんで',
            '何が',
            'どこが',
            'どんな理由で',
            '何の理由で',
            'なぜか',
          ),
          j(
            '指摘されている',
            '指摘されています',
            '指摘された',
            '指摘されました',
            '問題',
            '問題です',
            '問題なの',
            '問題になっている',
            '問題になっています',
            '悪い',
            '悪いの',
            'まずい',
            '検出されている',
            '検出されました',
            '検出された',
            '懸念されている',
            '警告されている',
            '引っかかっている',
            '危険',
            '危険なの',
            '危ない',
            'フラグが立っている',
            '検出されています',
          ),
          j('', 'か', 'の', 'のか', 'のですか', 'んですか', 'ですか', 'のでしょうか', 'のか教えて'),
        ),
        ([f]) => listOf('concerns', about(f)),
      ),
      map(
        seq(
          alt(particular, keys),
          j('が指摘されている理由', 'の指摘理由', 'が問題とされる理由', 'が検出された理由'),
          numberTail,
        ),
        ([f]) => listOf('concerns', about(f)),
      ),
    ),
  );
}
