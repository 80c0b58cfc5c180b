import { alt, expand, many, map, opt, type Parser, rule, seq } from '../grammar/chart.ts';
import { valueFilter } from '../grammar/places.ts';
import { type Dimension, everything, type Filter, listOf, type Plan } from '../plan/plan.ts';
import { countNoun, howMany, listTail, numberTail } from './asking.ts';
import { type Condition, chain, ended } from './chain.ts';
import type { GrammarContext } from './context.ts';
import { grouping } from './dimensions.ts';
import { copula, type Ending, existence, ichidan } from './endings.ts';
import { j, table } from './literals.ts';
import type { NounPhrases } from './noun-phrases.ts';
import { comparedThings, comparing, counter, number } from './numbers.ts';

/** Questions about accounts and about what could be read of them. */
export function accountQuestions(
  context: GrammarContext,
  { some: keys }: NounPhrases,
): Parser<Plan> {
  const { lexicon, names } = context;
  const noun = expand(lexicon.nouns.parser, (e) => (e === 'accounts' ? [e] : []));
  const withKeys = (filter: Filter): Filter => ({ keys: filter, op: 'at least', count: 1 });
  const state: Parser<Filter> = expand(lexicon.columnValues.accounts.parser, ({ column, value }) =>
    column === 'state' ? [{ is: 'value', column, values: [value] } satisfies Filter] : [],
  );
  const unit = map(names.named(['ou']), valueFilter);
  const unitNoun = j('OU', '組織単位', '組織ユニット');
  const such = (filter: Filter, e: Ending): Condition => ended(filter, e);
  const even = j('も', 'すら', 'さえ');
  const single: Parser<Condition> = rule(() =>
    alt(
      map(seq(opt(j('状態が', 'アカウントの状態が', 'ステータスが')), state, copula), ([, f, e]) =>
        such(f, e),
      ),
      map(seq(j('停止', '閉鎖', '一時停止'), ichidan('され', 'し')), ([word, e]) =>
        such(
          { is: 'value', column: 'state', values: [word === '閉鎖' ? 'CLOSED' : 'SUSPENDED'] },
          e,
        ),
      ),
      map(
        seq(
          alt(
            map(seq(unit, opt(j('の')), unitNoun), ([f]) => f),
            map(seq(unitNoun, opt(j('の')), unit), ([, , f]) => f),
            unit,
          ),
          table<Ending>([
            ['の', { negated: false, slot: 'attributive' }],
            ['にある', { negated: false, slot: 'attributive' }],
            ['配下の', { negated: false, slot: 'attributive' }],
            ['に属する', { negated: false, slot: 'attributive' }],
            ['に属している', { negated: false, slot: 'attributive' }],
            ['内の', { negated: false, slot: 'attributive' }],
            ['で', { negated: false, slot: 'continuative' }],
            ['以外の', { negated: true, slot: 'attributive' }],
            ['にない', { negated: true, slot: 'attributive' }],
          ]),
        ),
        ([f, e]) => such(f, e),
      ),
      map(seq(keys, alt(existence, owns)), ([f, e]) => such(withKeys(f), e)),
      // キーを1つも持っていない
      expand(
        seq(
          keys,
          j('を', 'が'),
          j('1つ', '一つ', 'ひとつ', '1個', '一個', '1件', '一件', '1本', '一本'),
          even,
          alt(existence, owns),
        ),
        ([f, , , , e]) => (e.negated ? [such(withKeys(f), e)] : []),
      ),
      map(
        seq(keys, j('が', 'を', 'の数が', '数が'), comparedThings, alt(existence, owns, copula)),
        ([f, , { op, value }, e]) => such({ keys: f, op, count: value }, e),
      ),
      expand(
        seq(
          keys,
          j('が', 'を', 'の数が', '数が'),
          number,
          opt(counter),
          comparing,
          opt(alt(existence, owns, copula)),
        ),
        ([f, , count, , { op, ending }, e]): readonly Condition[] => {
          if (ending && !e) return [such({ keys: f, op, count }, ending)];
          if (ending && e && ending.slot === 'continuative')
            return [such({ keys: f, op, count }, e)];
          return e ? [such({ keys: f, op, count }, e)] : [];
        },
      ),
      map(seq(comparedThings, j('の'), keys, alt(existence, owns)), ([{ op, value }, , f, e]) =>
        such({ keys: f, op, count: value }, e),
      ),
      map(seq(j('管理アカウント'), copula), ([, e]) =>
        such({ is: 'flag', column: 'is_management' }, e),
      ),
      map(
        seq(
          j('(収集状況が'),
          statuses(context),
          j('であるリージョン)があるか', 'であるリージョン)がある'),
        ),
        ([, f]): Condition => ({ filter: { read: f }, slot: 'attributive', denied: null }),
      ),
    ),
  );
  const before = chain(single, (slot) => slot === 'attributive' || slot === 'nominal');
  const accounts: Parser<Filter> = rule(() =>
    map(
      seq(
        opt(j('すべての', '全ての', '全', '組織の', '組織内の', '組織内のすべての')),
        opt(before),
        noun,
      ),
      ([, b]) => b ?? everything,
    ),
  );
  const group = grouping('accounts', context);
  const counted = (filter: Filter, by: readonly Dimension[]): Plan => ({
    ...listOf('accounts', filter),
    measure: { kind: 'count', keys: false },
    groupBy: [...by],
  });
  const plain: Parser<Plan> = rule(() =>
    alt(
      map(seq(accounts, listTail), ([f]) => listOf('accounts', f)),
      map(
        seq(j('管理アカウント', 'マネジメントアカウント', '組織の管理アカウント'), listTail),
        () => listOf('accounts', { is: 'flag', column: 'is_management' }),
      ),
      map(
        seq(
          j('どの'),
          noun,
          j('が', 'に', 'は'),
          chain(single, () => true),
          j('', 'か', 'の', 'ますか'),
        ),
        ([, , , f]) => listOf('accounts', f),
      ),
      expand(
        seq(opt(group), accounts, countNoun, opt(seq(j('を', ''), group)), numberTail),
        ([g, f, , after]): readonly Plan[] =>
          g && after ? [] : [counted(f, g ?? after?.[1] ?? [])],
      ),
      expand(
        seq(opt(group), accounts, j('は', 'が', ''), opt(group), howMany),
        ([g, f, , after]): readonly Plan[] => (g && after ? [] : [counted(f, g ?? after ?? [])]),
      ),
      map(seq(group, accounts, numberTail), ([g, f]) => counted(f, g)),
    ),
  );

  const status = (...list: readonly string[]): Filter => ({
    is: 'value',
    column: 'status',
    values: [...list],
  });
  const statusPhrase: Parser<Filter> = table<Filter>([
    ...[
      '読み取れなかった',
      '読み取れていない',
      '読み取れない',
      '読めなかった',
      '収集できなかった',
      '収集できていない',
      '取得できなかった',
      'データを収集できなかった',
      'データが収集できなかった',
      '読み込めなかった',
      '収集エラーのあった',
      'エラーのあった',
      'エラーになった',
      'エラーが発生した',
      'データが欠けている',
      ...['', 'データが', 'データを', '情報が', '情報を', 'キー情報が'].flatMap((what) =>
        ['取れ', '取得でき', '収集でき', '読み取れ', '読め', '読み込め', '取り込め'].flatMap(
          (can) =>
            ['なかった', 'ていない', 'てない', 'ない', 'ませんでした', 'ていません'].map(
              (end) => `${what}${can}${end}`,
            ),
        ),
      ),
      '読み取り不能な',
      '読み取り不可の',
      '未収集の',
      '完全に読み取れなかった',
    ].map((w) => [w, status('FAILED', 'PARTIAL')] as const),
    ...[
      '失敗した',
      '収集に失敗した',
      '収集が失敗した',
      '読み取りに失敗した',
      '読み取りが失敗した',
      'データ収集に失敗した',
      '取得に失敗した',
      '収集失敗の',
    ].map((w) => [w, status('FAILED')] as const),
    ...['データ', '情報', 'キー情報', 'キーの情報'].flatMap((what) =>
      ['がない', 'のない', 'が無い', 'が存在しない', 'が入っていない', 'が1件もない'].map(
        (none) => [`${what}${none}`, status('FAILED', 'SKIPPED')] as const,
      ),
    ),
    ...[
      '一部しか読み取れなかった',
      '一部だけ読み取れた',
      '部分的に読み取れた',
      '部分的にしか読み取れなかった',
      '一部のみ読み取れた',
      '一部読み取れなかった',
      '収集が不完全な',
    ].map((w) => [w, status('PARTIAL')] as const),
    ...[
      'スキップされた',
      'スキップした',
      '対象外の',
      '対象外になった',
      '除外された',
      '対象外とした',
    ].map((w) => [w, status('SKIPPED')] as const),
    ...[
      '読み取れた',
      '収集できた',
      '完全に読み取れた',
      '正常に収集された',
      '正常に読み取れた',
      '収集済みの',
      '収集に成功した',
      ...['', '正常に', 'きちんと', 'すべて', '全て', '全部', '問題なく'].flatMap((how) =>
        ['', 'データが', 'データを', '情報が', '情報を', 'キーが', 'キーを', 'キー情報が'].flatMap(
          (what) =>
            ['取れ', '取得でき', '収集でき', '読み取れ', '読め', '読み込め', '取り込め'].flatMap(
              (can) =>
                ['た', 'ている', 'てる', 'ています'].map((end) => `${what}${how}${can}${end}`),
            ),
        ),
      ),
    ].map((w) => [w, status('OK')] as const),
  ]);
  const reach = alt(
    map(noun, () => 'accounts' as const),
    map(
      j(
        'リージョン',
        'アカウントとリージョン',
        'アカウント・リージョン',
        'アカウントやリージョン',
        'アカウントリージョン',
        'アカウントまたはリージョン',
      ),
      () => 'regions' as const,
    ),
  );
  const coverageGroup = grouping('coverage', context);
  const errors = j(
    '収集エラー',
    '収集時のエラー',
    '読み取りエラー',
    'データ収集のエラー',
    '収集の失敗',
    '収集失敗',
  );
  const rates = j(
    ...['', '収集', 'データ収集', 'データの', 'データ', '収集の', '読み取り', '読み取りの'].flatMap(
      (of) => ['カバレッジ率', '網羅率', 'カバー率'].map((rate) => `${of}${rate}`),
    ),
    ...['収集', 'データ収集', 'データの収集', '読み取り', 'データ取得', '取得'].flatMap((run) =>
      ['率', '成功率', 'の成功率', '完了率', 'の完了率'].map((rate) => `${run}${rate}`),
    ),
  );
  const byStatus: Plan = {
    ...listOf('coverage'),
    measure: { kind: 'count', keys: false },
    groupBy: [{ column: 'status' }],
  };
  const coverage: Parser<Plan> = rule(() =>
    alt(
      map(
        seq(statusPhrase, reach, opt(j('とその理由', 'と理由', 'とその原因', 'と原因')), listTail),
        ([f]) => listOf('coverage', f),
      ),
      map(
        seq(
          statusPhrase,
          j('のはどの', 'のは'),
          alt(
            map(reach, () => ''),
            j('どこ', 'どれ', 'どのアカウント', 'どのリージョン'),
          ),
          j('', 'ですか', 'か', 'でしょうか'),
        ),
        ([f]) => listOf('coverage', f),
      ),
      map(
        seq(
          j('どの'),
          reach,
          j('が', 'は'),
          statusPhrase,
          j('', 'か', 'のですか', 'のか', 'の', 'んですか'),
        ),
        ([, , , f]) => listOf('coverage', f),
      ),
      map(
        seq(
          j('収集エラー', '収集時のエラー', '読み取りエラー', 'データ収集のエラー', '収集の失敗'),
          listTail,
        ),
        () => listOf('coverage', status('FAILED', 'PARTIAL')),
      ),
      map(
        seq(
          j('なぜ', 'どうして'),
          opt(j('一部の')),
          reach,
          j('が', 'は', 'を'),
          j('読み取れなかった', '収集できなかった', '読み取れない'),
          j('', 'の', 'のですか', 'のか', 'んですか', 'か'),
        ),
        () => listOf('coverage', status('FAILED', 'PARTIAL')),
      ),
      map(
        seq(
          j('なぜ', 'どうして', 'なんで'),
          opt(j('一部の')),
          reach,
          j('の', 'には', 'は'),
          j('データ', '情報'),
          j('が', 'は'),
          j('ない', '無い', 'ありません', '欠けている', '入っていない'),
          j('', 'の', 'のですか', 'のか', 'んですか', 'か'),
        ),
        () => listOf('coverage', status('FAILED', 'SKIPPED')),
      ),
      expand(
        seq(statusPhrase, reach, alt(seq(countNoun, numberTail), seq(j('は', 'が', ''), howMany))),
        ([f, of]): readonly Plan[] => [
          of === 'accounts'
            ? counted({ read: f }, [])
            : { ...listOf('coverage', f), measure: { kind: 'count', keys: false } },
        ],
      ),
      map(
        seq(
          j(
            '収集状況',
            '収集状況の内訳',
            'カバレッジ',
            'データのカバレッジ',
            '収集のカバレッジ',
            'データ収集の状況',
            'データの収集状況',
            'データの網羅性',
            '収集結果',
            'データの完全性',
          ),
          numberTail,
        ),
        () => byStatus,
      ),
      map(
        j(
          'データは完全ですか',
          'データは揃っていますか',
          'データは全部揃っていますか',
          'データはどのくらい網羅していますか',
          'データは完全か',
        ),
        () => byStatus,
      ),
      // 収集カバレッジは何パーセント, 網羅率
      map(
        alt(
          seq(rates, numberTail),
          seq(
            alt(
              rates,
              j(
                '収集状況',
                'カバレッジ',
                'データのカバレッジ',
                '収集のカバレッジ',
                '収集カバレッジ',
              ),
            ),
            j('は', 'って', 'の', 'を'),
            j('何パーセント', '何%', '割合', 'パーセンテージ', '何パーセントくらい', '何%くらい'),
            numberTail,
          ),
        ),
        (): Plan => ({ ...byStatus, measure: { kind: 'part', amount: 'rows' } }),
      ),
      // 収集エラーをエラーコード別に
      map(
        alt(
          map(
            seq(errors, opt(countNoun), opt(j('を', 'の')), coverageGroup, numberTail),
            (p) => p[3],
          ),
          map(seq(coverageGroup, errors, opt(countNoun), numberTail), ([g]) => g),
        ),
        (g): Plan => ({
          ...byStatus,
          filter: { is: 'present', column: 'error_code' },
          groupBy: [...g],
        }),
      ),
      // アカウントshipping-stagingの収集状況
      map(
        seq(
          opt(j('アカウント')),
          map(names.named(['account', 'region'], false), valueFilter),
          opt(j('アカウント', 'リージョン')),
          j('の'),
          j(
            '収集状況',
            '収集結果',
            '読み取り状況',
            'カバレッジ',
            'データ収集の状況',
            'データの収集状況',
          ),
          listTail,
        ),
        ([, f]) => listOf('coverage', f),
      ),
      map(
        seq(coverageGroup, j('収集状況', 'カバレッジ'), numberTail),
        ([g]): Plan => ({
          ...byStatus,
          groupBy: [...g],
        }),
      ),
      map(
        alt(
          seq(
            j(
              'データはいつ',
              'データはいつ時点',
              'このデータはいつ',
              'このデータはいつ時点',
              'この情報はいつ',
              'データはいつ頃',
              'データはいつの時点',
              '情報はいつ',
              '情報はいつ時点',
            ),
            j(
              'のもの',
              'のものですか',
              '収集されましたか',
              '収集した',
              '収集された',
              '収集されたもの',
              '取得された',
              '取得されましたか',
              '収集されたものですか',
              'の',
              '更新されましたか',
              '更新された',
              'のデータですか',
              'のですか',
              '最後に更新されましたか',
              '集めたもの',
              'のものか',
            ),
            j('', 'か', 'ですか', 'の', 'のですか', 'でしょうか'),
          ),
          seq(
            j(
              'データの鮮度',
              '最終収集日時',
              '最終収集日',
              'データ収集日時',
              'データの収集日時',
              'データの収集日',
              '最後の収集',
              'データの最終更新日',
              'データの最終更新日時',
              '最新の収集日時',
              'スナップショットの日時',
              'データの取得日時',
              '収集日時',
              'データの日付',
              '最後に収集されたの',
            ),
            numberTail,
          ),
          seq(
            j('データは最新', '情報は最新', 'データ最新', 'このデータは最新'),
            j('', 'ですか', 'か'),
          ),
          seq(
            j('データはどのくらい新しい', 'データはどれくらい新しい', 'データはどのくらい古い'),
            j('', 'ですか', 'か'),
          ),
          seq(
            j(
              '最後にデータを収集したのは',
              '最後に収集したのは',
              'データが収集されたのは',
              '最後にデータが収集されたのは',
            ),
            j('いつ', 'いつですか', ''),
          ),
        ),
        (): Plan => ({ ...listOf('coverage'), measure: { kind: 'max', column: 'finished_at' } }),
      ),
    ),
  );
  return alt(plain, coverage, tracking);
}

/** 使用記録はいつから: since when the use of keys is recorded at all. */
const tracking: Parser<Plan> = map(
  seq(
    opt(j('キーの', '鍵の', 'CloudTrailの', 'KMSの', 'KMSキーの')),
    j(
      ...[
        '使用',
        '利用',
        '使用状況',
        '利用状況',
        '使用履歴',
        '利用履歴',
        '使用実績',
        '利用実績',
      ].flatMap((use) =>
        ['', '記録', 'の記録', 'データ', 'のデータ', 'の追跡', 'の履歴', 'ログ', 'の把握'].map(
          (r) => `${use}${r}`,
        ),
      ),
    ),
    alt(
      seq(
        j('は', 'って', 'が'),
        j(
          ...[
            'いつから',
            'いつ以降',
            'どこから',
            'いつの分から',
            'いつ時点から',
            'いつからのもの',
            'どの時点から',
          ].flatMap((since) =>
            [
              '',
              'ある',
              'あります',
              '取れている',
              '取れてる',
              '取れています',
              '取っている',
              '取っています',
              '記録されている',
              '記録されています',
              '残っている',
              '残っています',
              '追跡されている',
              '追跡されています',
              '追えている',
              '追える',
              '分かる',
              '分かります',
              'わかる',
              'わかります',
              '始まっている',
              '始まった',
              'です',
              'のものです',
            ].map((end) => `${since}${end}`),
          ),
        ),
        j('', 'か', 'の', 'のですか', 'んですか', 'でしょうか', 'のか'),
      ),
      seq(
        j('の開始日', 'の開始日時', 'の開始時期', '開始日', '開始日時', 'の起点', 'を始めた日'),
        j('は', 'って', ''),
        j('', 'いつ', 'いつですか', 'いつか', '何日', 'いつでしょうか'),
      ),
    ),
  ),
  (): Plan => ({ ...listOf('keys'), measure: { kind: 'min', column: 'usage_tracked_since' } }),
);

const owns = ichidan('所有し', '保有し', '抱え', '含み');

function statuses({ lexicon }: GrammarContext): Parser<Filter> {
  const one = expand(lexicon.columnValues.coverage.parser, (v) =>
    v.column === 'status' ? [v.value] : [],
  );
  return map(
    seq(
      one,
      many(
        map(seq(j('または'), one), ([, s]) => s),
        0,
        3,
      ),
    ),
    ([a, more]): Filter => ({ is: 'value', column: 'status', values: [a, ...more].sort() }),
  );
}
