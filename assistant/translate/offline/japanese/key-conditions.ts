import { conditionKeys } from '../../../../collector/schema/enums.ts';
import { alt, expand, many, map, opt, type Parser, rule, seq, token } from '../grammar/chart.ts';
import { anyValue } from '../grammar/joining.ts';
import { valueFilter } from '../grammar/places.ts';
import { columnOf } from '../plan/entity-tables.ts';
import { allOf, anyOf, type Comparison, type Filter, isEverything, noneOf } from '../plan/plan.ts';
import { type AccessGrammar, accessGrammar } from './access.ts';
import { type Condition, chain, ended } from './chain.ts';
import { concerning } from './concern-conditions.ts';
import { type ConcernWords, concernWords } from './concerns.ts';
import type { GrammarContext } from './context.ts';
import {
  copula,
  type Ending,
  endsSentence,
  existence,
  godan,
  ichidan,
  type Slot,
  sahen,
} from './endings.ts';
import { j, table } from './literals.ts';
import { comparedThings, comparing, number, wholeNumber } from './numbers.ts';
import { type Particular, particularKeys } from './particular.ts';
import { and, or, type Places, placeGrammar } from './places.ts';
import { tagConditions } from './tags.ts';
import { period, type TimeGrammar } from './time.ts';
import { timeConditions } from './time-conditions.ts';
import { textOf as rawText } from './tokens.ts';
import { unlessTimed, usageConditions } from './use-conditions.ts';
import { mayButDidNot, usedBy } from './uses-by.ts';

/** Conditions on keys, by the place they take in a sentence. */
export interface KeyConditions {
  /** Before a noun: 東京リージョンの無効な, 90日間使われておらず外部からアクセスできる. */
  readonly before: Parser<Filter>;
  /** At the end of a sentence: 無効です, 外部からアクセスできますか. */
  readonly predicate: Parser<Filter>;
  /** One condition, without joining several. */
  readonly single: Parser<Condition>;
  /** キー, CMK: the noun, and what it says by itself. */
  readonly noun: Parser<Filter>;
  /** The noun with all that describes it, set by {@link keyPhrases}. */
  readonly particular: Particular['particular'];
  readonly places: Places;
  readonly access: AccessGrammar;
  readonly concerns: ConcernWords;
}

/** Only where it describes keys, and not the one who did something to them. */
const ofKeys =
  (parser: Parser<Condition>): Parser<Condition> =>
  (chart, at) =>
    parser(chart, at).filter(
      ({ end }) => !/^[の人者担方誰ユロ]/u.test(chart.tokens[end]?.text ?? ''),
    );

/** Only what is, or will be, and not what was done. */
const notDone =
  (parser: Parser<Condition>): Parser<Condition> =>
  (chart, at) =>
    parser(chart, at).filter(({ end }) => chart.tokens[end - 1]?.text !== 'た');

/** Only symmetric encryption keys whose material AWS KMS made can rotate automatically. */
const rotating: readonly Filter[] = [
  { is: 'value', column: 'key_spec', values: ['SYMMETRIC_DEFAULT'] },
  { is: 'value', column: 'origin', values: ['AWS_KMS'] },
];
const canRotate = allOf(...rotating);
const cannotRotate = anyOf(...rotating.map(noneOf));

/** What a key store does with the keys that it holds. */
const keeping = ['管理', '保管', '保持', '格納', '保存', '運用'];

const open = token((t) => (t.kind === 'open' ? true : undefined));
const close = token((t) => (t.kind === 'close' ? true : undefined));

export function keyConditions(context: GrammarContext, time: TimeGrammar): KeyConditions {
  const { lexicon, names } = context;
  const { named, values } = names;
  const columns = lexicon.columns.keys.parser;
  const places = placeGrammar(names);
  const access = accessGrammar(names, places);
  const concerns = concernWords(lexicon);
  const { particular, aliasName } = particularKeys(names);
  const { tagFilter, tagged } = tagConditions(names);
  const used = usageConditions(time, context.asOf);
  const timed = timeConditions(time, places, context.asOf);
  const noun = nounOfKeys(context);

  const flagColumn = expand(columns, (column) =>
    columnOf('keys', column)?.type === 'boolean' ? [column] : [],
  );

  /** A state a key can be in, as a noun: 無効, カスタマー管理, 署名用, マルチリージョン, RSA. */
  const state: Parser<Filter> = rule(() =>
    alt(
      expand(lexicon.adjectives.keys.parser, ({ column, value }): readonly Filter[] =>
        column === 'max_severity' ? [] : [{ is: 'value', column, values: [value] }],
      ),
      map(
        j('マルチリージョン', 'multi-region'),
        (): Filter => ({ is: 'flag', column: 'multi_region' }),
      ),
      map(j('シングルリージョン', '単一リージョン'), () =>
        noneOf({ is: 'flag', column: 'multi_region' }),
      ),
      map(
        j('対称', '対称暗号化', '対称暗号'),
        (): Filter => ({
          is: 'value',
          column: 'key_spec',
          values: ['SYMMETRIC_DEFAULT'],
        }),
      ),
      expand(j('非対称', '非対称暗号化', '非対称暗号', '公開鍵暗号'), (): readonly Filter[] => {
        const specs = values.specs.filter((s) => /^(RSA|ECC|SM2|ML)/.test(s));
        return specs.length > 0 ? [{ is: 'value', column: 'key_spec', values: specs }] : [];
      }),
      expand(
        j(
          'ポスト量子',
          'ポスト量子暗号',
          '耐量子',
          '耐量子暗号',
          '耐量子計算機暗号',
          '量子耐性',
          'PQC',
        ),
        (): readonly Filter[] => {
          const specs = values.specs.filter((s) => s.startsWith('ML'));
          return specs.length > 0 ? [{ is: 'value', column: 'key_spec', values: specs }] : [];
        },
      ),
      // An "external key" may be open to outsiders, or made of imported material.
      expand(j('外部'), (): readonly Filter[] => [
        { is: 'access', test: { trust: ['EXTERNAL', 'PUBLIC'] } },
        { is: 'value', column: 'origin', values: ['EXTERNAL'] },
      ]),
      map(named(['key_spec'], false), valueFilter),
      concerns.bare,
    ),
  );
  const states: Parser<Condition> = alt(
    map(seq(state, opt(j('用途の')), copula), ([f, , e]) => ended(f, e)),
    unlessTimed(map(seq(state, j('化された'), copula), ([f, , e]) => ended(f, e))),
    // HSM由来の, ECCベースの
    map(
      seq(
        rule(() => columnStates('origin', 'key_spec')),
        j('由来', 'ベース', '製', '方式', 'タイプ', '型', '系'),
        copula,
      ),
      ([f, , e]) => ended(f, e),
    ),
  );
  const columnStates = (...columnNames: readonly string[]): Parser<Filter> =>
    expand(state, (f) =>
      'is' in f && f.is === 'value' && columnNames.includes(f.column) ? [f] : [],
    );
  const using = godan({ a: '使わ', i: '使い', u: '使う', t: '使っ' });
  /** 署名に使うキー, 外部キーストアを使っているキー. */
  const made: Parser<Condition> = alt(
    // 署名に使われた is what was done, not what a key is for.
    notDone(
      map(
        seq(columnStates('key_usage'), j('に'), alt(using, ichidan('使われ', '使用し'))),
        ([f, , e]) => ended(f, e),
      ),
    ),
    expand(
      seq(
        columnStates('origin', 'key_spec'),
        opt(seq(open, columnStates('origin', 'key_spec'), close)),
        j('を'),
        alt(using, ichidan('使用し', '利用し', '採用し', '用い')),
      ),
      ([f, gloss, , e]): readonly Condition[] =>
        gloss && JSON.stringify(gloss[1]) !== JSON.stringify(f) ? [] : [ended(f, e)],
    ),
    // CloudHSMで作ったキー, 外部キーストアで管理しているキー
    map(
      seq(
        columnStates('origin', 'key_spec'),
        j('で', '上で', '内で', 'の中で', '側で', 'に', 'が', 'によって', 'により'),
        opt(seq(j('キーマテリアル', '鍵マテリアル', 'キー', '鍵'), j('を', 'が'))),
        alt(
          sahen('作成', '生成', ...keeping),
          ichidan('作成され', '作られ', '生成され', ...keeping.map((n) => `${n}され`)),
          godan({ a: '作ら', i: '作り', u: '作る', t: '作っ' }),
        ),
      ),
      ([f, , , e]) => ended(f, e),
    ),
  );
  const managed: Parser<Condition> = map(
    seq(
      table<Filter>([
        ['AWSが', { is: 'value', column: 'key_manager', values: ['AWS'] }],
        ['Amazonが', { is: 'value', column: 'key_manager', values: ['AWS'] }],
        ['AWSによって', { is: 'value', column: 'key_manager', values: ['AWS'] }],
        ['カスタマーが', { is: 'value', column: 'key_manager', values: ['CUSTOMER'] }],
        ['顧客が', { is: 'value', column: 'key_manager', values: ['CUSTOMER'] }],
        ['自社で', { is: 'value', column: 'key_manager', values: ['CUSTOMER'] }],
        ['自分たちで', { is: 'value', column: 'key_manager', values: ['CUSTOMER'] }],
      ]),
      ichidan('管理し', '管理され', '作成し', '作成され'),
    ),
    ([f, e]) => ended(f, e),
  );
  /** 無効化されている, 有効化された, 削除がスケジュールされている. */
  const put: Parser<Condition> = unlessTimed(
    map(
      seq(
        table<Filter>([
          ['無効化', { is: 'value', column: 'key_state', values: ['Disabled'] }],
          ['有効化', { is: 'value', column: 'key_state', values: ['Enabled'] }],
          ['削除がスケジュール', { is: 'value', column: 'key_state', values: ['PendingDeletion'] }],
          ['削除スケジュール', { is: 'value', column: 'key_state', values: ['PendingDeletion'] }],
          ['削除をスケジュール', { is: 'value', column: 'key_state', values: ['PendingDeletion'] }],
          ['削除が予約', { is: 'value', column: 'key_state', values: ['PendingDeletion'] }],
          ['削除が予定', { is: 'value', column: 'key_state', values: ['PendingDeletion'] }],
          ['インポート', { is: 'value', column: 'origin', values: ['EXTERNAL'] }],
          ['キーマテリアルがインポート', { is: 'value', column: 'origin', values: ['EXTERNAL'] }],
          ['キーマテリアルをインポート', { is: 'value', column: 'origin', values: ['EXTERNAL'] }],
        ]),
        ichidan('され', 'し'),
      ),
      ([f, e]) => ended(f, e),
    ),
  );

  /** 削除予約が入っている: it waits for its deletion. */
  const booked: Parser<Condition> = map(
    seq(
      j(
        '削除予約',
        '削除の予約',
        '削除スケジュール',
        '削除のスケジュール',
        '削除予定',
        '削除の予定',
      ),
      j('が'),
      alt(
        godan(
          { a: '入ら', i: '入り', u: '入る', t: '入っ' },
          { a: 'かから', i: 'かかり', u: 'かかる', t: 'かかっ' },
        ),
        ichidan('組まれ', '設定され', '入れられ', '登録され'),
      ),
    ),
    ([, , e]) => ended({ is: 'value', column: 'key_state', values: ['PendingDeletion'] }, e),
  );

  /** ローテーションが有効な, ローテーション無効の, ローテーションされていない. */
  const onOff = table<boolean>([
    ['有効', true],
    ['オン', true],
    ['ON', true],
    ['enabled', true],
    ['設定済み', true],
    ['有効化済み', true],
    ['無効', false],
    ['オフ', false],
    ['OFF', false],
    ['disabled', false],
    ['未設定', false],
    ['未実施', false],
    ['停止', false],
  ]);
  const negatable = (on: boolean, ending: Ending): Ending => ({
    ...ending,
    negated: on === ending.negated,
  });
  const flag = (column: string): Filter => ({ is: 'flag', column });
  const stopped = alt(
    godan({ a: '止まら', i: '止まり', u: '止まる', t: '止まっ' }),
    ichidan('止められ', '停止し', '停止され', '切られ', 'オフにされ'),
  );
  const running = alt(
    godan(
      { a: '動か', i: '動き', u: '動く', t: '動い' },
      { a: '効か', i: '効き', u: '効く', t: '効い' },
      { a: '回ら', i: '回り', u: '回る', t: '回っ' },
      { a: 'かから', i: 'かかり', u: 'かかる', t: 'かかっ' },
    ),
    ichidan('機能し'),
  );
  /** ローテーションできていない is off; whether it can be is another matter. */
  const able: Parser<Ending> = (chart, at) =>
    ichidan('でき')(chart, at).filter(
      ({ end }) => !/^でき[てた]/u.test(rawText(chart.tokens.slice(at, end))),
    );
  const rotation = expand(flagColumn, (column) => (column === 'rotation_enabled' ? [column] : []));
  /** ローテーション対象外の, ローテーションできない: whether a key can rotate by itself at all. */
  const rotatable: Parser<Condition> = alt(
    map(
      seq(rotation, j('', 'の', 'が', 'は'), j('対象外', '非対応', '不可', '不可能'), copula),
      ([, , , e]) => ended(cannotRotate, e),
    ),
    map(seq(rotation, j('', 'が', 'は'), j('可能', '対応'), copula), ([, , , e]) =>
      e.negated ? ended(cannotRotate, { ...e, negated: false }) : ended(canRotate, e),
    ),
    map(
      alt(seq(rotation, j('', 'が', 'を', 'は'), able), seq(rotation, j('に'), ichidan('対応し'))),
      ([, , e]) =>
        e.negated ? ended(cannotRotate, { ...e, negated: false }) : ended(canRotate, e),
    ),
  );
  const flagged: Parser<Condition> = rule(() =>
    alt(
      rotatable,
      map(seq(flagColumn, j('が', 'は', 'の', 'も', ''), onOff, copula), ([column, , on, e]) =>
        ended(flag(column), negatable(on, e)),
      ),
      map(
        seq(
          flagColumn,
          j('が', 'は', 'の', 'も'),
          onOff,
          ichidan('化され', 'にされ', 'にし', 'に設定され', 'になっ'),
        ),
        ([column, , on, e]) => ended(flag(column), negatable(on, e)),
      ),
      // ローテーションを無効にしたのは誰 tells who did it, and of no key that it is so.
      ofKeys(
        map(
          seq(flagColumn, j('を'), onOff, ichidan('にし', '化し', 'に設定し')),
          ([column, , on, e]) => ended(flag(column), negatable(on, e)),
        ),
      ),
      map(
        seq(
          flagColumn,
          j('が', 'は', 'を', 'も', ''),
          ichidan(
            'され',
            'し',
            '設定され',
            '設定し',
            '行われ',
            '実施され',
            '実施し',
            '行っ',
            '有効化され',
            '有効にされ',
          ),
        ),
        ([column, , e]) => ended(flag(column), e),
      ),
      map(seq(flagColumn, existence), ([column, e]) => ended(flag(column), e)),
      // ローテーションが止まっている, 動いていない
      map(seq(flagColumn, j('が', 'は', 'も', 'の'), stopped), ([column, , e]) =>
        ended(noneOf(flag(column)), e),
      ),
      map(seq(flagColumn, j('が', 'は', 'も', 'の'), running), ([column, , e]) =>
        ended(flag(column), e),
      ),
      map(
        seq(
          j('ポリシーの読み取り可否', 'ポリシー', 'キーポリシー'),
          j('が'),
          table([
            ['読み取り可能', true],
            ['読み取り不可', false],
            ['読み取り不能', false],
          ] as const),
          copula,
        ),
        ([, , on, e]) => ended(flag('policy_readable'), negatable(on, e)),
      ),
    ),
  );
  /** ポリシーを読み取れない; 読み取れなかった. */
  const readable: Parser<Condition> = map(
    seq(
      opt(seq(j('キーポリシー', 'ポリシー'), j('を', 'が', 'の', 'は'))),
      ichidan(
        '読み取れ',
        '読取れ',
        '読め',
        '読み込め',
        '読み取ることができ',
        '取得でき',
        '参照でき',
      ),
    ),
    ([, e]) => ended(flag('policy_readable'), e),
  );
  const unreadable: Parser<Condition> = map(
    seq(
      opt(seq(j('キーポリシー', 'ポリシー'), j('が', 'の', 'は', ''))),
      j('読み取り不可', '読み取り不能', '読取不可', '読み取り不可能', 'unreadable'),
      copula,
    ),
    ([, , e]) => ended(noneOf(flag('policy_readable')), e),
  );

  /** What a key can have, or not: エイリアス, タグ, 説明, 懸念事項, 外部アクセス. */
  const thing: Parser<Filter> = rule(() =>
    alt(
      expand(columns, presence),
      concerns.object,
      access.object,
      tagFilter,
      map(
        j('インポートされたキーマテリアル', 'インポートしたキーマテリアル'),
        (): Filter => ({ is: 'value', column: 'origin', values: ['EXTERNAL'] }),
      ),
    ),
  );
  /** エイリアスもタグもない, エイリアスやタグのない, エイリアスとタグがない. */
  /** パブリックアクセスのキー, before the noun only. */
  const ofAccess: Parser<Condition> = (chart, at) =>
    map(
      seq(access.object, j('の')),
      ([filter]): Condition => ({ filter, slot: 'attributive', denied: null }),
    )(chart, at).filter(
      ({ end }) =>
        chart.tokens
          .slice(at, end)
          .map((t) => t.raw)
          .join('')
          .endsWith('アクセスの') && noun(chart, end).length > 0,
    );
  const possessed: Parser<Condition> = rule(() =>
    alt(
      ofAccess,
      map(seq(thing, opt(j('など', '等')), existence), ([f, , e]) => ended(f, e)),
      expand(
        seq(thing, j('も', 'も、'), thing, j('も'), existence),
        ([a, , b, , e]): readonly Condition[] =>
          e.negated
            ? [{ filter: noneOf(anyOf(a, b)), slot: e.slot, denied: null }]
            : [{ filter: { and: [a, b] }, slot: e.slot, denied: null }],
      ),
      expand(
        seq(
          thing,
          table<'and' | 'or' | 'some'>([
            ['と', 'and'],
            ['および', 'and'],
            ['や', 'some'],
            ['または', 'or'],
            ['か', 'or'],
            ['もしくは', 'or'],
            ['あるいは', 'or'],
          ]),
          thing,
          opt(
            j(
              'など',
              'の両方',
              'の少なくとも一方',
              'のどちらか',
              'のいずれか',
              'のどちらも',
              'のいずれも',
            ),
          ),
          existence,
        ),
        ([a, by, b, how, e]): readonly Condition[] => {
          const such = (filter: Filter): Condition => ({ filter, slot: e.slot, denied: null });
          const none = such(noneOf(anyOf(a, b)));
          const notBoth = such(anyOf(noneOf(a), noneOf(b)));
          if (how === 'のどちらも' || how === 'のいずれも') {
            return e.negated ? [none] : [such({ and: [a, b] })];
          }
          if (!e.negated) return [such(by === 'and' ? { and: [a, b] } : anyOf(a, b))];
          return by === 'some' ? [none] : [none, notBoth];
        },
      ),
    ),
  );

  /** タグが2個以上, 3つを超える懸念, 月額1ドルを超える. */
  type Amount = (op: Comparison, value: number) => Filter;
  const ofColumn =
    (column: string): Amount =>
    (op, value) => ({ is: 'number', column, op, value });
  const counted: Parser<Amount> = alt(
    map(j('タグ', 'tag'), () => ofColumn('tags')),
    map(j('エイリアス', '別名', 'alias'), () => ofColumn('aliases')),
    map(seq(concerns.noun, opt(j('の種類'))), () => ofColumn('concern_codes')),
    map(
      j('グラント', '有効なグラント', 'grant'),
      (): Amount => (op, value) => ({
        is: 'grants',
        op,
        value,
      }),
    ),
  );
  const numbered: Parser<Condition> = rule(() =>
    alt(
      expand(
        seq(
          counted,
          opt(j('数')),
          j('が', 'の数が', 'は', 'を', 'の種類が'),
          comparedThings,
          alt(copula, existence),
        ),
        ([amountOf, , , { op, value }, e]) => [ended(amountOf(op, value), e)],
      ),
      expand(
        seq(
          counted,
          opt(j('数')),
          j('が', 'の数が', 'は', 'の種類が'),
          wholeNumber,
          opt(j('個', 'つ', '件', '種類', '本')),
          comparing,
          opt(alt(copula, existence)),
        ),
        ([amountOf, , , value, , { op, ending }, e]) => {
          const how = ending ?? e;
          return how && !(ending && e) ? [ended(amountOf(op, value), how)] : [];
        },
      ),
      map(
        seq(counted, j('が', 'を', 'の'), j('複数', '複数個', '2つ以上'), existence),
        ([amountOf, , , e]) => ended(amountOf('at least', 2), e),
      ),
      map(
        seq(j('複数の', '複数個の', '複数件の', '2つ以上の'), counted, existence),
        ([, amountOf, e]) => ended(amountOf('at least', 2), e),
      ),
      map(seq(comparedThings, j('の'), counted, existence), ([{ op, value }, , amountOf, e]) =>
        ended(amountOf(op, value), e),
      ),
      expand(
        seq(
          wholeNumber,
          opt(j('個', 'つ', '件', '種類', '本')),
          comparing,
          opt(j('の')),
          counted,
          existence,
        ),
        ([value, , { op }, , amountOf, e]) => [ended(amountOf(op, value), e)],
      ),
      cost,
      amount,
      otherAmount,
    ),
  );
  const dollars = opt(j('ドル', 'USD', '米ドル', 'usドル', '$'));
  const costWord = j(
    '月額',
    '月額コスト',
    'コスト',
    '費用',
    '料金',
    '月額費用',
    '月額料金',
    '毎月',
    '1か月',
    '月に',
    '月',
    '値段',
    '月々',
    '維持費',
  );
  const cost: Parser<Condition> = rule(() =>
    expand(
      seq(
        costWord,
        opt(j('が', 'は', 'で')),
        opt(j('$')),
        number,
        dollars,
        comparing,
        opt(
          alt(
            copula,
            ichidan('かかっ'),
            godan({ a: 'かから', i: 'かかり', u: 'かかる', t: 'かかっ' }),
          ),
        ),
      ),
      ([, , , value, , { op, ending }, e]): readonly Condition[] => {
        const how = ending ?? e;
        return how ? [ended({ is: 'number', column: 'monthly_cost_usd', op, value }, how)] : [];
      },
    ),
  );
  const amount: Parser<Condition> = rule(() =>
    expand(
      seq(
        expand(columns, (c) =>
          ['days', 'count'].includes(columnOf('keys', c)?.role ?? '') ? [c] : [],
        ),
        j('が', 'は'),
        alt(
          map(seq(number, opt(j('日', '日間'))), ([n]) => n),
          expand(period, ({ count, unit }) =>
            unit === 'year' ? [count * 365] : unit === 'week' ? [count * 7] : [],
          ),
        ),
        opt(comparing),
        opt(copula),
      ),
      ([column, , value, c, e]): readonly Condition[] => {
        const how = c?.ending ?? e;
        const op = c?.op ?? ('exactly' as const);
        return how ? [ended({ is: 'number', column, op, value }, how)] : [];
      },
    ),
  );
  /** ローテーション周期が365日以外の: another number, and there is one. */
  const otherAmount: Parser<Condition> = expand(
    seq(
      expand(columns, (c) =>
        ['days', 'count'].includes(columnOf('keys', c)?.role ?? '') ? [c] : [],
      ),
      j('が', 'は'),
      number,
      opt(j('日', '日間')),
      table<Ending>([
        ['以外の', { negated: true, slot: 'attributive' }],
        ['以外で', { negated: true, slot: 'continuative' }],
        ['以外に設定された', { negated: true, slot: 'attributive' }],
        ['以外に設定されている', { negated: true, slot: 'attributive' }],
        ['以外に設定してある', { negated: true, slot: 'attributive' }],
        ['以外になっている', { negated: true, slot: 'attributive' }],
        ['以外である', { negated: true, slot: 'attributive' }],
        ['でない', { negated: true, slot: 'attributive' }],
        ['ではない', { negated: true, slot: 'attributive' }],
        ['じゃない', { negated: true, slot: 'attributive' }],
        ['と異なる', { negated: true, slot: 'attributive' }],
        ['と違う', { negated: true, slot: 'attributive' }],
      ]),
    ),
    ([column, , value, , e]) => [ended({ is: 'number', column, op: 'exactly', value }, e)],
  );
  const rotating: Parser<Condition> = expand(
    seq(
      period,
      j('ごとに', '毎に', 'おきに', '周期で', '間隔で'),
      ichidan(
        ...['ローテーション', '自動ローテーション', 'ローテート'].flatMap((n) => [
          `${n}され`,
          `${n}し`,
        ]),
      ),
    ),
    ([p, , e]): readonly Condition[] =>
      p.unit === 'day'
        ? [
            ended(
              { is: 'number', column: 'rotation_period_days', op: 'exactly', value: p.count },
              e,
            ),
          ]
        : [],
  );

  /** 状態が無効の, キースペックがRSA_2048の, リージョンが東京の. */
  const value: Parser<Filter> = alt(
    map(
      j('USED', 'NEVER_USED', 'NO_RECORD', 'UNKNOWN'),
      (v): Filter => ({
        is: 'value',
        column: 'usage_status',
        values: [v],
      }),
    ),
    expand(lexicon.columnValues.keys.parser, ({ column, value: v }): readonly Filter[] => [
      { is: 'value', column, values: [v] },
    ]),
    map(named(['key_spec', 'region', 'account', 'ou'], false), valueFilter),
    places.exact,
  );
  const columnIs: Parser<Condition> = expand(
    seq(
      columns,
      j('が', 'は', ':', '=', 'の値が'),
      value,
      many(
        map(seq(alt(or, and), value), ([, f]) => f),
        0,
        5,
      ),
      copula,
    ),
    ([column, , first, more, e]): readonly Condition[] => {
      // 重要度が高の懸念 is about the concern, and 重要度が高または重大の懸念 goes on.
      if (column === 'max_severity' && e.slot === 'nominal') return [];
      return [first, ...more].every((f) => columnOfFilter(f) === column)
        ? [ended(more.reduce(anyValue, first), e)]
        : [];
    },
  );

  const ofSeverity = (f: Filter) => columnOfFilter(f) === 'max_severity';
  /** 重要度が高の懸念事項 is about the concern. */
  const columnValue: Parser<Condition> = (chart, at) =>
    columnIs(chart, at).filter(
      ({ value: c, end }) => !ofSeverity(c.filter) || concerns.noun(chart, end).length === 0,
    );

  /** 停止中のアカウント, 管理アカウント: accounts by what they are themselves. */
  const account = j('アカウント', 'AWSアカウント');
  const management = map(
    j('組織の管理アカウント', '管理アカウント', 'マネジメントアカウント'),
    (): Filter => ({ is: 'flag', column: 'is_management' }),
  );
  const suchAccounts: Parser<Filter> = map(
    alt(
      expand(
        seq(
          opt(j('状態が', 'ステータスが', 'アカウントの状態が', 'アカウントのステータスが')),
          lexicon.columnValues.accounts.parser,
          alt(
            copula,
            map(
              j('状態の', '化された', 'された', 'されている'),
              (): Ending => ({ negated: false, slot: 'attributive' }),
            ),
          ),
          account,
        ),
        ([, { column, value: v }, { negated, slot }]): readonly Filter[] => {
          if (column !== 'state' || slot === 'continuative' || slot === 'final') return [];
          const such: Filter = { is: 'value', column, values: [v] };
          return [negated ? noneOf(such) : such];
        },
      ),
      expand(seq(management, copula, account), ([f, { negated, slot }]): readonly Filter[] =>
        slot === 'attributive' ? [negated ? noneOf(f) : f] : [],
      ),
      management,
    ),
    (filter): Filter => ({ account: filter }),
  );
  /** 東京リージョンの, 東京にある, payments-prodアカウントで. */
  const where: Parser<Condition> = rule(() =>
    expand(
      seq(
        alt(places.place, suchAccounts),
        alt(
          table<Ending>([
            ['の', { negated: false, slot: 'attributive' }],
            ['内の', { negated: false, slot: 'attributive' }],
            ['における', { negated: false, slot: 'attributive' }],
            ['にある', { negated: false, slot: 'attributive' }],
            ['上の', { negated: false, slot: 'attributive' }],
            ...['配下', 'の配下', '傘下', 'の傘下', '以下', 'の下'].flatMap((under) => [
              [`${under}の`, { negated: false, slot: 'attributive' }] as const,
              [`${under}にある`, { negated: false, slot: 'attributive' }] as const,
              [`${under}に存在する`, { negated: false, slot: 'attributive' }] as const,
              [`${under}で`, { negated: false, slot: 'continuative' }] as const,
              [`${under}では`, { negated: false, slot: 'continuative' }] as const,
              [`${under}に`, { negated: false, slot: 'continuative' }] as const,
              [`${under}にあって`, { negated: false, slot: 'continuative' }] as const,
            ]),
            ['配下', { negated: false, slot: 'nominal' }],
            ['の配下', { negated: false, slot: 'nominal' }],
            ['で', { negated: false, slot: 'continuative' }],
            ['内で', { negated: false, slot: 'continuative' }],
            ['では', { negated: false, slot: 'continuative' }],
            ['において', { negated: false, slot: 'continuative' }],
            ['にあり', { negated: false, slot: 'continuative' }],
            ['にあって', { negated: false, slot: 'continuative' }],
            ['に', { negated: false, slot: 'continuative' }],
            ['には', { negated: false, slot: 'continuative' }],
            ['にあります', { negated: false, slot: 'final' }],
            ['にない', { negated: true, slot: 'attributive' }],
            ['にはない', { negated: true, slot: 'attributive' }],
            ['になく', { negated: true, slot: 'continuative' }],
            ['でない', { negated: true, slot: 'attributive' }],
            ['ではない', { negated: true, slot: 'attributive' }],
            ['でなく', { negated: true, slot: 'continuative' }],
          ]),
          map(
            seq(
              j('に'),
              alt(
                ichidan('存在し', '属し', '配置され', '配置し', '置かれ', '所属し', '作成され'),
                godan(
                  { a: '置か', i: '置き', u: '置く', t: '置い' },
                  { a: '残ら', i: '残り', u: '残る', t: '残っ' },
                ),
              ),
            ),
            ([, e]) => e,
          ),
          map(seq(j('で'), ichidan('運用され', '運用し', '管理され', '保有し')), ([, e]) => e),
          map(
            j(
              'に存在する',
              'に属する',
              'に所属する',
              'が所有する',
              'が保有する',
              'が持つ',
              'が持っている',
            ),
            (): Ending => ({ negated: false, slot: 'attributive' }),
          ),
        ),
      ),
      ([f, e]) => (isEverything(f) && e.negated ? [] : [ended(f, e)]),
    ),
  );

  const exceptFor = table<Ending>([
    ['以外の', { negated: true, slot: 'attributive' }],
    ['以外で', { negated: true, slot: 'continuative' }],
    ['以外にある', { negated: true, slot: 'attributive' }],
    ['以外に存在する', { negated: true, slot: 'attributive' }],
    ['以外', { negated: true, slot: 'nominal' }],
    ...['リージョン', 'アカウント', 'OU', '場所'].flatMap((of) => [
      [`以外の${of}の`, { negated: true, slot: 'attributive' }] as const,
      [`以外の${of}にある`, { negated: true, slot: 'attributive' }] as const,
      [`以外の${of}で`, { negated: true, slot: 'continuative' }] as const,
    ]),
    ['を除く', { negated: true, slot: 'attributive' }],
    ['を除いた', { negated: true, slot: 'attributive' }],
    ['を除き', { negated: true, slot: 'continuative' }],
    ['を除いて', { negated: true, slot: 'continuative' }],
    ['を除外した', { negated: true, slot: 'attributive' }],
    ['を含まない', { negated: true, slot: 'attributive' }],
    ['は除く', { negated: true, slot: 'attributive' }],
    ['は除いて', { negated: true, slot: 'continuative' }],
    ['以外は', { negated: true, slot: 'continuative' }],
    ['以外について', { negated: true, slot: 'continuative' }],
    ['以外での', { negated: true, slot: 'attributive' }],
    ['は除き', { negated: true, slot: 'continuative' }],
    ['は除外して', { negated: true, slot: 'continuative' }],
    ['を除外して', { negated: true, slot: 'continuative' }],
    ['を除外し', { negated: true, slot: 'continuative' }],
    ['は除外し', { negated: true, slot: 'continuative' }],
    ['を抜いた', { negated: true, slot: 'attributive' }],
    ['を抜いて', { negated: true, slot: 'continuative' }],
    ['抜きの', { negated: true, slot: 'attributive' }],
    ['抜きで', { negated: true, slot: 'continuative' }],
    ['は含めず', { negated: true, slot: 'continuative' }],
    ['を含めず', { negated: true, slot: 'continuative' }],
    ['は含めないで', { negated: true, slot: 'continuative' }],
    ['を含めない', { negated: true, slot: 'attributive' }],
    ['は対象外にして', { negated: true, slot: 'continuative' }],
    ['じゃない方の', { negated: true, slot: 'attributive' }],
  ]);
  const pronoun = opt(j('もの', 'のもの'));
  const simpleBefore: Parser<Filter> = rule(() => chain(simple, beforeNoun));
  const excepted: Parser<Condition> = rule(() =>
    expand(
      seq(
        alt(
          places.place,
          suchAccounts,
          state,
          particular,
          map(
            seq(
              simpleBefore,
              alt(
                noun,
                map(j('もの'), (): Filter => ({ and: [] })),
              ),
            ),
            ([f, n]) => (isEverything(n) ? f : { and: [f, n] }),
          ),
          expand(noun, (n) => (isEverything(n) ? [] : [n])),
        ),
        pronoun,
        exceptFor,
      ),
      ([f, , { slot }]): readonly Condition[] =>
        isEverything(f) ? [] : [{ filter: noneOf(f), slot, denied: f }],
    ),
  );

  /** 無効でも削除待ちでもない, 用途が暗号化でも署名でもない: neither. */
  const neither: Parser<Condition> = expand(
    seq(
      opt(seq(columns, j('が', 'は'))),
      alt(state, places.exact, value),
      j('でも', 'でも、'),
      alt(state, places.exact, value),
      j('でも'),
      table<Ending>([
        ['ない', { negated: true, slot: 'attributive' }],
        ['なく', { negated: true, slot: 'continuative' }],
        ['ありません', { negated: true, slot: 'final' }],
      ]),
    ),
    ([column, a, , b, , { slot }]): readonly Condition[] => {
      const of = column?.[0] ?? null;
      return of === null || [a, b].every((f) => columnOfFilter(f) === of)
        ? [{ filter: allOf(noneOf(a), noneOf(b)), slot, denied: null }]
        : [];
    },
  );

  /** エイリアスにpaymentsを含む, エイリアスがalias/prodで始まる. */
  const textColumn = table<TextColumn>([
    ['キーID', 'key_id'],
    ['鍵ID', 'key_id'],
    ['キーのID', 'key_id'],
    ['エイリアス', 'aliases'],
    ['別名', 'aliases'],
    ['エイリアス名', 'aliases'],
    ['名前', 'aliases'],
    ['alias', 'aliases'],
    ['キー名', 'aliases'],
    ['アカウント名', 'account_name'],
    ['アカウントの名前', 'account_name'],
    ['説明', 'description'],
    ['説明文', 'description'],
  ]);
  const someText = textOf();
  const holds = alt(
    godan(
      { a: '含ま', i: '含み', u: '含む', t: '含ん', voiced: true },
      { a: '入ら', i: '入り', u: '入る', t: '入っ' },
    ),
    ichidan('含まれ', '含め'),
  );
  const includes = alt(holds, existence);
  const suffix = opt(
    j(
      'という文字',
      'という文字列',
      'という単語',
      'という語',
      'という言葉',
      'の文字',
      'の文字列',
      'という',
    ),
  );
  const begins = alt(
    ichidan('始まっ'),
    godan({ a: '始まら', i: '始まり', u: '始まる', t: '始まっ' }),
  );
  const ends = godan(
    { a: '終わら', i: '終わり', u: '終わる', t: '終わっ' },
    { a: '終ら', i: '終り', u: '終る', t: '終っ' },
  );
  const atEdge = alt(
    map(seq(j('で', 'から'), begins), ([, e]) => ({ edge: 'start', e }) as const),
    map(seq(j('で'), ends), ([, e]) => ({ edge: 'end', e }) as const),
  );
  const edgeOf = (column: TextColumn, edge: 'start' | 'end', text: string): Filter =>
    edge === 'start' ? startsWith(column, text) : { is: 'contains', column, text, at: 'end' };
  const theEnd = map(
    seq(j('末尾が', '最後が', '語尾が'), someText, suffix, copula),
    ([, text, , e]) => [text, e] as const,
  );
  /** Whoever has an alias that is not so may have another one that is. */
  const ofOne = (f: Filter, inner: Ending, has: Ending | null): readonly Condition[] => {
    if (!has) return [ended(f, { negated: inner.negated, slot: 'attributive' })];
    return inner.negated ? [] : [ended(f, has)];
  };
  const containing: Parser<Condition> = rule(() =>
    alt(
      map(
        seq(
          textColumn,
          j('に', 'の中に', 'が', 'に、'),
          someText,
          // testまたはtmp
          many(
            map(seq(or, someText), ([, text]) => text),
            0,
            4,
          ),
          suffix,
          j('を', 'が', 'の'),
          includes,
        ),
        ([column, , text, more, , , e]) =>
          ended(
            anyOf(...[text, ...more].map((t): Filter => ({ is: 'contains', column, text: t }))),
            e,
          ),
      ),
      // 名前にpaymentsを含むアカウントの, paymentsで始まるアカウントの, payments系のアカウントの
      map(
        seq(
          opt(j('名前に', 'アカウント名に', '名前が', 'アカウント名が', '名称に', '名称が')),
          someText,
          suffix,
          alt(
            expand(seq(j('を', 'が'), holds), ([, e]): readonly (Edge | null)[] =>
              e.negated ? [] : [null],
            ),
            expand(atEdge, ({ edge, e }): readonly (Edge | null)[] => (e.negated ? [] : [edge])),
            map(j('系', '系の', '関連の', '関係の'), () => null),
          ),
          j('アカウント', 'AWSアカウント', 'アカウント群'),
          j('の', 'にある', 'に存在する', 'で', '内の', '内にある', 'が持つ', 'が持っている'),
        ),
        ([, text, , edge]): Condition => ({
          filter: { is: 'contains', column: 'account_name', text, ...(edge ? { at: edge } : {}) },
          slot: 'attributive',
          denied: null,
        }),
      ),
      // エイリアス legacy 含む
      map(
        seq(textColumn, opt(j('で', 'が')), someText, suffix, opt(j('を', 'が')), holds),
        ([column, , text, , , e]) => ended({ is: 'contains', column, text }, e),
      ),
      expand(
        seq(
          someText,
          suffix,
          j('を', 'が'),
          includes,
          textColumn,
          opt(j('名')),
          alt(existence, j('の')),
        ),
        ([text, , , inner, column, , e]) =>
          ofOne({ is: 'contains', column, text }, inner, e === 'の' ? null : e),
      ),
      map(
        seq(textColumn, j('が', 'は', 'の末尾が'), someText, suffix, atEdge),
        ([column, , text, , { edge, e }]) => ended(edgeOf(column, edge, text), e),
      ),
      // -prodで終わるエイリアスを持つ
      expand(
        seq(someText, suffix, atEdge, textColumn, opt(j('名')), alt(existence, j('の'))),
        ([text, , { edge, e: inner }, column, , e]) =>
          ofOne(edgeOf(column, edge, text), inner, e === 'の' ? null : e),
      ),
      expand(
        seq(theEnd, textColumn, opt(j('名')), alt(existence, j('の'))),
        ([[text, inner], column, , e]) =>
          ofOne(edgeOf(column, 'end', text), inner, e === 'の' ? null : e),
      ),
      map(seq(textColumn, j('の', ''), theEnd), ([column, , [text, e]]) =>
        ended(edgeOf(column, 'end', text), e),
      ),
    ),
  );

  const brackets: Parser<Condition> = rule(() =>
    map(
      seq(
        open,
        before,
        close,
        opt(
          table<boolean>([
            ['ではない', true],
            ['以外の', true],
            ['の', false],
            ['である', false],
          ]),
        ),
      ),
      ([, f, , not]): Condition => ({
        filter: not ? noneOf(f) : f,
        slot: 'attributive',
        denied: null,
      }),
    ),
  );

  /** Used by someone: the event itself is recorded. */
  const event: Parser<Condition> = alt(usedBy(context, time), mayButDidNot(context, time, access));

  /** aws:PrincipalOrgIDで制限されている: a statement that allows something only under that condition. */
  const restricted: Parser<Condition> = expand(
    seq(
      opt(j('条件', '条件キー', 'IAM条件キー', 'ポリシー条件')),
      conditionKey,
      opt(j('という')),
      j(
        'で',
        'により',
        'によって',
        'を使って',
        'の条件で',
        '条件で',
        'の条件により',
        'の条件によって',
        'で許可を',
        'でアクセスを',
        'で権限を',
        'で許可が',
        'でアクセスが',
        'で権限が',
        'で許可先を',
      ),
      alt(
        ichidan(
          '制限し',
          '制限され',
          '限定し',
          '限定され',
          '絞られ',
          '絞り込まれ',
          '制約され',
          '制約し',
        ),
        godan({ a: '絞ら', i: '絞り', u: '絞る', t: '絞っ' }),
      ),
      opt(seq(j('アクセス', '許可', '権限', 'アクセス権'), existence)),
    ),
    // Of "not restricted by it" it is not clear whether no statement is, or not every one.
    ([, key, , , e, has]): readonly Condition[] => {
      if (e.negated || has?.[1].negated) return [];
      const filter: Filter = { is: 'access', test: { restrictedBy: [key] } };
      return has ? [ended(filter, has[1])] : [ended(filter, e)];
    },
  );

  /** What was so (無効だった, 外部からアクセスできた) need not be so any more, and is not recorded. */
  const stillSo =
    (parser: Parser<Condition>): Parser<Condition> =>
    (chart, at) =>
      parser(chart, at).filter(
        ({ end }) =>
          !/(だった|であった|でした|でなかった|ではなかった|があった|もあった|のあった|にあった|はあった|[がもはの]なかった|できた|使えた|つかえた)の?$/u.test(
            chart.tokens
              .slice(at, end)
              .map((t) => t.raw)
              .join(''),
          ),
      );

  /** Conditions without exceptions, which may themselves be excepted. */
  const simple: Parser<Condition> = rule(() =>
    alt(
      stillSo(
        alt(
          states,
          managed,
          flagged,
          unreadable,
          possessed,
          numbered,
          columnValue,
          where,
          tagged,
          map(access.predicate, ({ filter, ending }) => ended(filter, ending)),
        ),
      ),
      made,
      put,
      booked,
      readable,
      rotating,
      neither,
      containing,
      // エイリアスがalias/ordersである
      expand(seq(particular, copula), ([f, e]) => (e.slot === 'nominal' ? [] : [ended(f, e)])),
      used,
      timed,
      event,
      concerning(concerns),
      lastOperation(context),
      restricted,
      map(
        seq(
          aliasName,
          j(
            'という',
            'というエイリアスの',
            'というエイリアスを持つ',
            'っていう',
            'っていうエイリアスの',
          ),
        ),
        ([filter]): Condition => ({
          filter,
          slot: 'attributive',
          denied: null,
        }),
      ),
      brackets,
    ),
  );
  const single: Parser<Condition> = rule(() => alt(simple, excepted));
  const before: Parser<Filter> = chain(single, beforeNoun);
  const predicate: Parser<Filter> = chain(single, (slot) => endsSentence({ negated: false, slot }));

  return { before, predicate, single, noun, particular, places, access, concerns };
}

const beforeNoun = (slot: Slot) => slot === 'attributive' || slot === 'nominal';

/** 最後の操作がSignだった: of the operations that are use. */
function lastOperation({ names }: GrammarContext): Parser<Condition> {
  const operations = new Map(names.values.operations.map((o) => [o.toLowerCase(), o]));
  const operation = token((t) => (t.kind === 'word' ? operations.get(t.text) : undefined));
  return map(
    seq(
      j(
        '最後の操作が',
        '最終操作が',
        '最後に行われた操作が',
        '最後に使われた操作が',
        '直近の操作が',
      ),
      operation,
      copula,
    ),
    ([, name, e]) => ended({ is: 'value', column: 'last_used_operation', values: [name] }, e),
  );
}

/** Where in it a text stands. */
type Edge = 'start' | 'end';

/** What of a key is looked into for a text. */
type TextColumn = 'aliases' | 'description' | 'key_id' | 'account_name';

function startsWith(column: TextColumn, text: string): Filter {
  // Every alias begins with "alias/", which people leave out.
  const prefix = column === 'aliases' && !/^alias\//i.test(text) ? 'alias/' : '';
  return { is: 'contains', column, text: `${prefix}${text}`, at: 'start' };
}

function columnOfFilter(filter: Filter): string | null {
  if (!('is' in filter)) return null;
  if (filter.is === 'value') return filter.column;
  return filter.is === 'ou' ? 'ou_path' : null;
}

/** Columns of which it makes sense to say that a key has one. */
function presence(column: string): readonly Filter[] {
  const meant = column === 'aliases' ? 'alias' : column;
  const about = [
    'alias',
    'tags',
    'description',
    'deletion_at',
    'material_expires_at',
    'last_used_operation',
  ];
  return about.includes(meant) ? [{ is: 'present', column: meant }] : [];
}

/** A condition key of policies, as it is written: aws:PrincipalOrgID. */
const conditionKey: Parser<string> = expand(textOf(), (text) =>
  conditionKeys.filter((k) => k.toLowerCase() === text.toLowerCase()),
);

/** A quotation, an alias, or a name in Latin letters with all that is joined to it, as written. */
function textOf(): Parser<string> {
  return (chart, at) => {
    const first = chart.tokens[at];
    if (!first || first.glued) return [];
    if (first.kind === 'quoted' || first.kind === 'alias') {
      return [{ value: first.text, end: at + 1 }];
    }
    if (first.kind !== 'word' && first.kind !== 'number') return [];
    let end = at + 1;
    let text = first.raw;
    for (let next = chart.tokens[end]; next?.glued; next = chart.tokens[end]) {
      text += `${next.joint ?? ''}${next.raw}`;
      end += 1;
    }
    return [{ value: text, end }];
  };
}

/** A noun for keys; "CMK" brings along that customer managed keys are meant. */
function nounOfKeys({ lexicon }: GrammarContext): Parser<Filter> {
  const named = expand(lexicon.nouns.parser, (e): readonly Filter[] =>
    e === 'keys' ? [{ and: [] }] : [],
  );
  const cmk = map(
    j('CMK', 'CMKs', 'cmk'),
    (): Filter => ({ is: 'value', column: 'key_manager', values: ['CUSTOMER'] }),
  );
  return alt(named, cmk);
}
