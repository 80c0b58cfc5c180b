import { callersApart } from '../free/japanese/someone.ts';
import { alt, expand, map, opt, type Parser, rule, seq } from '../grammar/chart.ts';
import {
  allOf,
  anyOf,
  everything,
  type Filter,
  listOf,
  type Plan,
  type UsageTest,
} from '../plan/plan.ts';
import { ofKey } from './access-questions.ts';
import { comma, countNoun, howMany, ka, listTail, numberTail, request } from './asking.ts';
import type { GrammarContext } from './context.ts';
import { grouping } from './dimensions.ts';
import { type Ending, godan, ichidan } from './endings.ts';
import type { KeyConditions } from './key-conditions.ts';
import { j, table } from './literals.ts';
import { type NounPhrases, topN } from './noun-phrases.ts';
import { isCrypto, operationName, usesAsNouns } from './operations.ts';
import type { TimeGrammar } from './time.ts';
import { verbOfUse } from './use-conditions.ts';

interface Done {
  readonly test: UsageTest;
  readonly ending: Ending;
}

/** What was done to a key, the particle before it, and the operations that do it; null for any. */
const changes: readonly (readonly [readonly string[], readonly string[] | null])[] = [
  [
    [
      'のポリシーを変更',
      'のキーポリシーを変更',
      'のポリシーを更新',
      'のキーポリシーを更新',
      'のポリシーを修正',
      'のポリシーを編集',
      'のキーポリシーを編集',
      'のキーポリシーを修正',
      'のポリシーを設定',
    ],
    ['PutKeyPolicy'],
  ],
  [['を無効化', 'を無効に', 'を停止'], ['DisableKey']],
  [['を有効化', 'を有効に'], ['EnableKey']],
  [
    [
      'の削除をスケジュール',
      'の削除を予約',
      'を削除',
      'の削除を要求',
      'の削除を依頼',
      'の削除を予定',
      'を削除予定に',
    ],
    ['ScheduleKeyDeletion'],
  ],
  [
    ['の削除をキャンセル', 'の削除を取り消し', 'の削除を取り消', 'の削除を中止'],
    ['CancelKeyDeletion'],
  ],
  [
    [
      'のローテーションを無効化',
      'のローテーションを無効に',
      'のローテーションを停止',
      'のローテーションをオフに',
    ],
    ['DisableKeyRotation'],
  ],
  [
    ['のローテーションを有効化', 'のローテーションを有効に', 'のローテーションをオンに'],
    ['EnableKeyRotation'],
  ],
  [
    [
      'にグラントを作成',
      'のグラントを作成',
      'へのグラントを作成',
      'にグラントを付与',
      'にグラントを追加',
    ],
    ['CreateGrant'],
  ],
  [['を作成'], ['CreateKey']],
  [['にタグ付け', 'にタグを追加', 'にタグを付与'], ['TagResource']],
  [['を変更', 'の設定を変更', 'を更新', 'を修正', 'に変更を加え', 'を編集'], null],
];

const cryptoVerbs: readonly (readonly [Parser<Ending>, readonly string[] | null])[] = [
  [verbOfUse, null],
  [ichidan('復号し', '復号化し', 'データを復号し'), ['Decrypt']],
  [ichidan('暗号化し', 'データを暗号化し'), ['Encrypt']],
  [ichidan('署名し'), ['Sign']],
];

/** What is done to keys, as nouns, and the operations that do it; null for any. */
export const doings: readonly (readonly [readonly string[], readonly string[] | null])[] = [
  [['変更', '設定変更', '変更内容', '変更点', '管理操作', '管理イベント'], null],
  [
    ['キーポリシー', 'ポリシー'].flatMap((p) =>
      ['変更', 'の変更', '更新', 'の更新', '修正', 'の修正', '編集'].map((how) => `${p}${how}`),
    ),
    ['PutKeyPolicy'],
  ],
  [['キーの無効化', '鍵の無効化'], ['DisableKey']],
  [['キーの有効化', '鍵の有効化'], ['EnableKey']],
  [
    ['削除予約', '削除の予約', 'キーの削除予約', '削除スケジュール', '削除のスケジュール'],
    ['ScheduleKeyDeletion'],
  ],
  [['削除のキャンセル', '削除キャンセル', '削除予約のキャンセル'], ['CancelKeyDeletion']],
  [['グラント作成', 'グラントの作成', 'グラントの付与', 'グラント付与'], ['CreateGrant']],
];
const operationNames: readonly string[] = [
  ...new Set([...changes, ...doings].flatMap(([, operations]) => operations ?? [])),
];

/** Questions about recorded events: who used or changed a key, and what is recorded of it. */
export function usageQuestions(
  context: GrammarContext,
  time: TimeGrammar,
  { particular, places }: KeyConditions,
  { some: keys }: NounPhrases,
): Parser<Plan> {
  const { names } = context;
  const event = (test: UsageTest): Filter => ({ is: 'event', test });
  const target = alt(particular, keys);
  const stemOf = (phrase: string) =>
    /に$/.test(phrase) ? `${phrase}し` : /加え$/.test(phrase) ? phrase : `${phrase}し`;
  const changed: Parser<Done> = alt(
    ...changes.map(([phrases, operations]) =>
      map(
        alt(
          ichidan(...phrases.map(stemOf)),
          godan(
            ...phrases
              .filter((p) => p.endsWith('取り消'))
              .map((p) => ({ a: `${p}さ`, i: `${p}し`, u: `${p}す`, t: `${p}し` })),
          ),
        ),
        (ending): Done => ({
          ending,
          test: { category: 'MANAGEMENT', ...(operations ? { operations: [...operations] } : {}) },
        }),
      ),
    ),
  );
  const used: Parser<Done> = alt(
    ...cryptoVerbs.map(([verb, operations]) =>
      map(
        seq(j('を', 'で', 'を使って', 'にアクセスして'), verb),
        ([, ending]): Done => ({
          ending,
          test: { category: 'CRYPTO', ...(operations ? { operations: [...operations] } : {}) },
        }),
      ),
    ),
  );
  const done = expand(alt(changed, used), (d) => (d.ending.negated ? [] : [d]));
  const when: Parser<Filter | null> = opt(
    map(time.range, ({ from, to }): Filter => ({ is: 'time', column: 'last_event_at', from, to })),
  );
  const last = opt(j('最後に', '直近に', '直近で', '一番最後に', '最も最近'));
  const list = (filter: Filter, newestOnly: boolean): Plan =>
    newestOnly
      ? {
          ...listOf('usage', filter),
          orderBy: { by: 'last_event_at', direction: 'desc' },
          limit: 'ties',
        }
      : listOf('usage', filter);
  const who = table<Filter>([
    ...['誰が', 'だれが', 'どのユーザーが', 'どのプリンシパルが', '誰', 'どのロールが', '何が'].map(
      (w) => [w, everything] as const,
    ),
    ...['どのサービスが', '何のサービスが', 'どのAWSサービスが'].map(
      (w) => [w, { is: 'present', column: 'via_service' } as Filter] as const,
    ),
  ]);
  const whoWas = alt(
    table<Filter>([
      ...[
        'のは誰',
        'のはだれ',
        'のは',
        'のはどのユーザー',
        'のは何',
        '人',
        '人は',
        'ユーザー',
        'ユーザーは',
        'プリンシパル',
        'プリンシパルは',
        '人は誰',
        'ユーザーは誰',
        'のはどのプリンシパル',
        '人の一覧',
        'ユーザーの一覧',
        'のが誰',
        'プリンシパルの一覧',
      ].map((w) => [w, everything] as const),
      ...['サービス', 'サービスは', 'のはどのサービス', 'サービスの一覧', 'サービスは何'].map(
        (w) => [w, { is: 'present', column: 'via_service' } as Filter] as const,
      ),
    ]),
  );
  const be = alt(
    j('', 'ですか', 'でしょうか', 'か', 'です', 'なの', 'か教えて', 'か教えてください'),
    listTail,
  );
  const plan = (
    f: Filter,
    { test }: Done,
    services: Filter,
    moments: readonly (Filter | null)[],
    newest: boolean,
  ): readonly Plan[] => {
    const times = moments.filter((m): m is Filter => m !== null);
    if (times.length > 1) return [];
    return [list(allOf(event(test), ...times, ofKey(f), services), newest)];
  };
  const group = grouping('usage', context);
  const operation: Parser<UsageTest> = alt(
    expand(operationName(names), (name): readonly UsageTest[] => {
      if (isCrypto(name)) return [{ category: 'CRYPTO', operations: [name] }];
      return operationNames.includes(name) ? [{ category: 'MANAGEMENT', operations: [name] }] : [];
    }),
    map(table(usesAsNouns), (name): UsageTest => ({ category: 'CRYPTO', operations: [name] })),
  );
  /** DisableKeyイベント, 復号イベント: what was done, by the name of its operation. */
  const eventNamed = map(
    seq(
      operation,
      j(
        ...['イベント', 'のイベント', 'の履歴', 'の記録', 'の実行', 'の実行履歴', '操作', '履歴'],
        ...['イベント履歴', '操作の履歴', '呼び出し', 'の呼び出し', 'の操作'],
      ),
    ),
    ([test]) => test,
  );
  /** What was done to keys, as a noun. */
  const happened: Parser<UsageTest> = alt(
    table<UsageTest>(
      doings.flatMap(([words, operations]) =>
        words.flatMap((w) =>
          ['', '履歴', 'の履歴', 'イベント', '操作'].map(
            (end) =>
              [
                `${w}${end}`,
                {
                  category: 'MANAGEMENT',
                  ...(operations ? { operations: [...operations] } : {}),
                } as UsageTest,
              ] as const,
          ),
        ),
      ),
    ),
    eventNamed,
    // 昨日のDecrypt: its time says that it is what was done.
    operation,
  );
  /** Of which keys: 東京のキーへの, us-east-1での. */
  const whereabouts: Parser<Filter> = alt(
    map(seq(target, j('の', 'に対する', 'への')), ([f]) => f),
    map(seq(places.place, j('での', 'の', 'における', 'で')), ([f]) => f),
  );
  return rule(() =>
    alt(
      // 誰がalias/ordersを使いましたか
      expand(
        seq(when, comma, last, who, when, last, target, last, done, ka),
        ([w1, , l1, services, w2, l2, f, l3, d]) =>
          plan(
            f,
            d,
            services,
            [w1, w2],
            [l1, l2, l3].some((l) => l !== null),
          ),
      ),
      // 組織外からの操作の一覧: whatever they did.
      expand(
        seq(
          when,
          comma,
          callersApart,
          when,
          j(
            'からの',
            'による',
            'が行った',
            'が実行した',
            'から行われた',
            'から実行された',
            'がした',
          ),
          when,
          j(
            '操作',
            '呼び出し',
            'イベント',
            'APIの呼び出し',
            'API呼び出し',
            'コール',
            '利用',
            '使用',
          ),
          listTail,
        ),
        ([w1, , who, w2, , w3]): readonly Plan[] => {
          const times = [w1, w2, w3].filter((w): w is Filter => w !== null);
          const did = anyOf(
            event({ category: 'CRYPTO', ...who }),
            event({ category: 'MANAGEMENT', ...who }),
          );
          return times.length > 1 ? [] : [list(allOf(did, ...times), false)];
        },
      ),
      // 昨日行われた操作の一覧: whatever was done then, by anyone.
      map(
        seq(
          time.range,
          j(
            ...['の', 'に', ''].flatMap((at) =>
              ['行われた', '実行された', '記録された', 'あった'].map((done) => `${at}${done}`),
            ),
            'の',
            '',
          ),
          j('すべての', '全ての', '全', ''),
          j('操作', 'イベント', '操作履歴', 'イベント履歴', '操作の履歴'),
          alt(listTail, j('は', 'を')),
        ),
        ([{ from, to }]) => list({ is: 'time', column: 'last_event_at', from, to }, false),
      ),
      // alias/ordersを最後に使ったのは誰ですか
      expand(
        seq(when, comma, last, target, doneWith(), whoWas, be),
        ([w1, , l1, f, [w2, l2, d], services]) =>
          d.ending.slot === 'attributive'
            ? plan(f, d, services, [w1, w2], l1 !== null || l2 !== null)
            : [],
      ),
      expand(
        seq(
          target,
          j('は'),
          when,
          last,
          who,
          when,
          last,
          j('使い', '使用し', '変更し', '利用し', '使っ'),
          j('ましたか', 'た', 'たか', 'ました', 'たの', 'ています', 'ている', 'ていますか'),
        ),
        ([f, , w1, l1, services, w2, l2, verb]): readonly Plan[] =>
          plan(
            f,
            {
              test: { category: verb === '変更し' ? 'MANAGEMENT' : 'CRYPTO' },
              ending: { negated: false, slot: 'final' },
            },
            services,
            [w1, w2],
            l1 !== null || l2 !== null,
          ),
      ),
      map(
        seq(
          when,
          particular,
          j('の'),
          table<UsageTest | null>([
            ...[
              '使用履歴',
              '利用履歴',
              '使用記録',
              '利用記録',
              '使用実績',
              '利用実績',
              '使用状況の履歴',
            ].map((w) => [w, { category: 'CRYPTO' } as UsageTest] as const),
            ...['イベント', '履歴', '操作履歴', 'アクティビティ', '記録', 'イベント履歴'].map(
              (w) => [w, null] as const,
            ),
            ...[
              '変更履歴',
              '変更',
              '管理イベント',
              '変更記録',
              '変更の履歴',
              '設定変更',
              '管理操作',
            ].map((w) => [w, { category: 'MANAGEMENT' } as UsageTest] as const),
            ...[
              'ポリシー変更',
              'ポリシーの変更',
              'ポリシー変更履歴',
              'ポリシーの変更履歴',
              'キーポリシーの変更履歴',
              'キーポリシーの変更',
            ].map(
              (w) =>
                [w, { category: 'MANAGEMENT', operations: ['PutKeyPolicy'] } as UsageTest] as const,
            ),
          ]),
          listTail,
        ),
        ([w, f, , test]) =>
          list(allOf(test ? event(test) : everything, ofKey(f), w ?? everything), false),
      ),
      map(
        seq(
          when,
          target,
          j('に対する', 'への', 'に加えられた'),
          j('変更', '設定変更', '管理操作'),
          listTail,
        ),
        ([w, f]) =>
          list(allOf(event({ category: 'MANAGEMENT' }), ofKey(f), w ?? everything), false),
      ),
      map(
        seq(
          when,
          opt(comma),
          opt(seq(keys, j('の'))),
          j(
            'キーポリシーの変更',
            'ポリシーの変更',
            'キーポリシー変更',
            'ポリシー変更',
            'キーポリシーの変更履歴',
            'ポリシーの変更履歴',
            'ポリシー変更履歴',
          ),
          listTail,
        ),
        ([w, , of]) =>
          list(
            allOf(
              event({ category: 'MANAGEMENT', operations: ['PutKeyPolicy'] }),
              of ? ofKey(of[0]) : everything,
              w ?? everything,
            ),
            false,
          ),
      ),
      map(
        seq(
          when,
          comma,
          j('誰がキーポリシーを', '誰がポリシーを', 'キーポリシーを', 'ポリシーを'),
          j('変更した', '変更しました', '更新した', '更新しました', '修正した'),
          j('', 'のは誰', 'のは誰ですか', 'か', '人', '人は誰', '人は誰ですか', '人は'),
        ),
        ([w]) =>
          list(
            allOf(event({ category: 'MANAGEMENT', operations: ['PutKeyPolicy'] }), w ?? everything),
            false,
          ),
      ),
      map(
        seq(
          particular,
          j('のポリシー', 'のキーポリシー'),
          j(
            'が最後に変更されたのはいつ',
            'はいつ変更され',
            'が変更されたのはいつ',
            'は最後にいつ変更され',
            'の最終変更日は',
            'の最終更新日は',
          ),
          j('', 'ですか', 'ましたか', 'た', 'たか', 'でしょうか', 'か'),
        ),
        ([f]) =>
          list(
            allOf(event({ category: 'MANAGEMENT', operations: ['PutKeyPolicy'] }), ofKey(f)),
            false,
          ),
      ),
      // 月曜日からの変更, 先週の東京のキーのポリシー変更, 11月のDisableKeyイベントは何件
      map(
        seq(
          opt(whereabouts),
          time.range,
          comma,
          opt(whereabouts),
          happened,
          alt(
            map(listTail, () => false),
            map(seq(opt(j('は', 'が', 'って')), howMany), () => true),
            map(seq(countNoun, numberTail), () => true),
          ),
        ),
        ([first, { from, to }, , second, test, count]): Plan => {
          const about = [first, second].flatMap((of) => (of ? [ofKey(of)] : []));
          const when: Filter = { is: 'time', column: 'last_event_at', from, to };
          const rows = list(allOf(event(test), when, ...about), false);
          return count ? { ...rows, measure: { kind: 'count', keys: false } } : rows;
        },
      ),
      // DisableKeyイベントの一覧
      map(seq(opt(whereabouts), eventNamed, listTail), ([of, test]) =>
        list(allOf(event(test), of ? ofKey(of) : everything), false),
      ),
      // 最近の変更: what was done last comes first.
      map(
        seq(
          opt(whereabouts),
          alt(
            map(
              seq(
                j('最近の', '最新の', '直近の', '最近あった', '最近行われた', '最近加えられた'),
                opt(whereabouts),
                happened,
                opt(j('を')),
                opt(topN),
                listTail,
              ),
              ([, of, test, , n]) => ({ of, test, n }),
            ),
            map(
              seq(
                happened,
                j('を', 'の', 'を、'),
                j('新しい順', '新しいもの', '最新順', '日付の新しい順', '時系列の新しい順'),
                j('', 'に', 'で', 'から', 'から順に'),
                opt(topN),
                alt(j(''), request),
              ),
              ([test, , , , n]) => ({ of: null, test, n }),
            ),
          ),
        ),
        ([first, { of, test, n }]): Plan => ({
          ...list(
            allOf(event(test), first ? ofKey(first) : everything, of ? ofKey(of) : everything),
            false,
          ),
          orderBy: { by: 'last_event_at', direction: 'desc' },
          limit: n,
        }),
      ),
      map(
        seq(
          group,
          j('使用履歴', '利用履歴', '使用記録'),
          opt(j('の数', 'の件数', '数')),
          numberTail,
        ),
        ([g]): Plan => ({
          ...listOf('usage', event({ category: 'CRYPTO' })),
          measure: { kind: 'count', keys: false },
          groupBy: [...g],
        }),
      ),
    ),
  );
  function doneWith(): Parser<readonly [Filter | null, string | null, Done]> {
    // The time or 最後に may stand between the object and the verb.
    const inner: Parser<readonly [Filter | null, string | null, Done]> = alt(
      map(seq(when, last, done), ([w, l, d]) => [w, l, d] as const),
      map(
        seq(
          j('を', 'で'),
          when,
          last,
          alt(
            ...cryptoVerbs.map(([verb, operations]) =>
              map(
                verb,
                (ending): Done => ({
                  ending,
                  test: {
                    category: 'CRYPTO',
                    ...(operations ? { operations: [...operations] } : {}),
                  },
                }),
              ),
            ),
          ),
        ),
        ([, w, l, d]) => [w, l, d] as const,
      ),
      map(
        seq(
          j('のポリシーを', 'のキーポリシーを', 'を', 'の設定を'),
          when,
          last,
          ichidan('変更し', '更新し', '修正し'),
        ),
        ([what, w, l, ending]) =>
          [
            w,
            l,
            {
              ending,
              test: {
                category: 'MANAGEMENT',
                ...(what.includes('ポリシー') ? { operations: ['PutKeyPolicy'] } : {}),
              },
            },
          ] as const,
      ),
    );
    return expand(inner, (found) => (found[2].ending.negated ? [] : [found]));
  }
}
