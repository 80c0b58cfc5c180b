import { alt, expand, map, opt, type Parser, rule, seq } from '../../grammar/chart.ts';
import { plain } from '../../grammar/joining.ts';
import type { GrammarContext } from '../../japanese/context.ts';
import { dimension, grouping, yearly } from '../../japanese/dimensions.ts';
import type { KeyConditions } from '../../japanese/key-conditions.ts';
import type { KeyQuestions } from '../../japanese/key-questions.ts';
import { j, table } from '../../japanese/literals.ts';
import type { NounPhrases } from '../../japanese/noun-phrases.ts';
import type { TimeGrammar } from '../../japanese/time.ts';
import { type Dimension, type Entity, everything } from '../../plan/plan.ts';
import type { Spotter } from '../cover.ts';
import type { Noun, Piece } from '../piece.ts';
import { type Around, affirming, depending, standing } from './around.ts';
import { deeds } from './deeds.ts';
import { fillers, politeDenials } from './fillers.ts';
import { found } from './found.ts';
import { going } from './going.ts';
import { bothMay, oneAndNotOther, permits } from './permits.ts';
import { readings } from './readings.ts';
import { fewPeople, shapes } from './shapes.ts';
import { someone } from './someone.ts';
import { wants } from './wants.ts';

/** The parts of the Japanese grammar that say what a few words mean, wherever they stand. */
export interface JapaneseParts {
  readonly time: TimeGrammar;
  readonly conditions: KeyConditions;
  readonly phrases: NounPhrases;
  readonly keys: KeyQuestions;
}

/**
 * The Japanese pieces. Words for conditions, groups and measures are those of the grammar; what joins
 * them is said by endings and particles, so that only those that say nothing by themselves are fillers.
 */
export function japanesePieces(context: GrammarContext, parts: JapaneseParts): Spotter {
  const { time, conditions, phrases, keys } = parts;
  const anyone = someone(context, conditions.access, conditions.places);
  return rule(() =>
    alt(
      found(context, conditions, time),
      politeDenials,
      byIdleness(parts.phrases),
      readings,
      fewPeople,
      notOfOrganization(anyone),
      someoneElse(anyone),
      oneAndNotOther,
      affirming(
        alt(
          fillers,
          wants,
          nouns(context, conditions),
          groups(context, conditions),
          anyone,
          permits(conditions.access, anyone),
          bothMay(conditions.access),
          deeds(context.names),
          shapes(context, keys, phrases, time),
          going(conditions.single),
        ),
      ),
    ),
  );
}

/** 未使用日数が長いトップ10: the word for how long denies nothing. */
const byIdleness = ({ ranking, ordering }: NounPhrases): Parser<Piece> =>
  map(
    alt(
      standing(ordering, ({ said }) => idle.test(said)),
      standing(
        ranking,
        ({ said, after }) =>
          idle.test(said) &&
          /^(もの|やつ|方|キー|鍵)?(の|を|、)?(上位|トップ|ベスト|top)\d/iu.test(after),
      ),
    ),
    (order): Piece => ({ is: 'order', order }),
  );
const idle = /^(未使用|使われていない)の?日数/u;

/** 組織に属さないアカウント names someone; nothing else in it is denied. */
const notOfOrganization = (anyone: Parser<Piece>) =>
  standing(anyone, ({ said }) => {
    const phrase = /組織に(属さない|属していない|所属しない|所属していない|含まれない)/u;
    return phrase.test(said) && !/ない|ず|以外|除|未|非|不/u.test(said.replace(phrase, ''));
  });

/** gitlab-ci以外が: anyone else; nothing besides is denied. */
const someoneElse = (anyone: Parser<Piece>): Parser<Piece> =>
  standing(
    (chart, at) =>
      anyone(chart, at).filter(
        ({ value }) => value.is === 'someone' && value.someone.did?.butNot !== undefined,
      ),
    ({ said }) => !/ない|ず|除|未|非|不/u.test(said),
  );

/** Of each key, before what a key has one of: キーごとの最大重大度で分けると. */
const ofEach = standing(j('キーごとの', 'キー毎の', '各キーの', 'それぞれのキーの'), ({ after }) =>
  /^(最大|最高|最も高い)?(重大度|重要度|深刻度|状態|ステータス|スペック|仕様|用途|使用状況)(別|ごと|で分け|で集計|で分類)/u.test(
    after,
  ),
);
function nouns({ lexicon }: GrammarContext, conditions: KeyConditions): Parser<Piece> {
  return alt(
    map(conditions.noun, (filter): Piece => ({ is: 'noun', noun: 'keys', filter })),
    map(ofEach, (): Piece => ({ is: 'noun', noun: 'keys', filter: everything })),
    expand(lexicon.nouns.parser, (which): readonly Piece[] =>
      which === 'coverage' || which === 'accounts' || which === 'keys'
        ? []
        : [{ is: 'noun', noun: which satisfies Noun, filter: everything }],
    ),
    // What expires of a key is its material.
    depending(j('キーマテリアル', '鍵マテリアル'), (_, { after, all }): readonly Piece[] => {
      if (!/期限|失効|満了/u.test(all)) return [];
      return [
        /キー|鍵|CMK/iu.test(after)
          ? { is: 'filler' }
          : { is: 'noun', noun: 'keys', filter: everything },
      ];
    }),
    map(
      conditions.concerns.noun,
      (): Piece => ({ is: 'noun', noun: 'concerns', filter: everything }),
    ),
    // HIGHの指摘を件数順に; HIGHの指摘のあるキー are keys.
    map(
      standing(conditions.concerns.severity, ({ after }) =>
        /^(指摘|懸念|検出結果)(事項)?(を|は|、|数|の(件数|数|個数)|$)/u.test(after),
      ),
      (filter): Piece => ({ is: 'condition', condition: plain(filter) }),
    ),
    // キーのうちCRITICALのもの
    map(
      standing(
        conditions.concerns.severity,
        ({ said, after }) =>
          /[A-Z]|重要度|重大度|深刻度|以上/u.test(said) &&
          /^の?(もの|やつ|キー|鍵|CMK)|^(だけ|のみ|かつ|、|が|は|で|$)/iu.test(after),
      ),
      (filter): Piece => ({ is: 'condition', condition: plain(filter) }),
    ),
    map(
      j('プリンシパル', '主体', 'アイデンティティ'),
      (): Piece => ({ is: 'noun', noun: 'permissions', filter: everything, people: true }),
    ),
  );
}

/** Columns by which rows that are about keys are grouped, besides those of keys. */
const further: readonly (readonly [Entity, readonly string[]])[] = [
  ['usage', ['via_service', 'username', 'caller_account', 'operation', 'source_ip']],
  ['permissions', ['principal', 'principal_account', 'principal_type']],
  ['concerns', ['label', 'severity']],
];

/**
 * Whether what is said may be said of keys rather than of what has them: "accounts not used for 90 days" is
 * none of it, "accounts with critical findings" is.
 */
const mayHaveKeys = ({ all }: Around) =>
  /キー|鍵|CMK|key|何本|本数/iu.test(all) ||
  (/懸念|指摘|問題|リスク|アクセス|コスト|費用|料金|月額|年額|金額|お金|経費|出費|支出|グラント|権限|公開|許可/u.test(
    all,
  ) &&
    !/使われ|使用|利用/u.test(all));

/** うちのOrganizationsにはアカウントがいくつ: of accounts themselves. */
const isOfOrganization = ({ before, said, after }: Around) =>
  /^(AWS)?アカウント$/u.test(said) &&
  /^((うち|自社|弊社|当社|組織|全社|AWS|Organizations?|全体|現在|今)(の|に|は|で|には|では|内の|内に|内には)?)*$/iu.test(
    before,
  ) &&
  /^(は|が|って)?(全部で|合計で|全体で)?(いくつ|何個|何アカウント|何件)/u.test(after);

/** プリンシパルの一覧: who may, each with what; a group only where there is something to count. */
const isJustListed = ({ said, all }: Around) =>
  /^(プリンシパル|主体)/u.test(said) &&
  !/多|少な|数|何人|何名|いくつ|何個|上位|トップ|別|ごと|毎/u.test(all);

/** キーを使ったアカウント did it; it need not be where the keys are. */
const isDoer = ({ before, said }: Around) =>
  /^(AWS)?アカウント$/u.test(said) &&
  /(使った|使っている|使ってる|(使用|利用|復号|復号化|暗号化|署名|変更|操作|無効化|有効化|作成|予約|アクセス|実行|更新|編集)し(た|ている|てる)|作った|行った|変えた)$/u.test(
    before,
  );

/** 種類 is the kind of a concern only where concerns are spoken of. */
const isOtherKind = ({ said, all }: Around) =>
  /^種類/u.test(said) && !/懸念|指摘|問題|検出|リスク|課題|弱点|不備/u.test(all);

/** 外部アカウント別 is by those who may use the keys, not by where the keys are. */
const isOfKeys = ({ before, said }: Around) =>
  !/^(各)?(AWS)?アカウント/u.test(said) ||
  !/(外部|組織外|社外|他|別|外|呼び出し元|利用元|アクセス元|共有先|付与先|プリンシパル|ベンダー|取引先)の?$/u.test(
    before,
  );

const otherNames = table<{ readonly entity: Entity; readonly column: string }>([
  ...[
    '仕様',
    'キー仕様',
    'キーの仕様',
    '鍵の仕様',
    'スペック',
    'アルゴリズム',
    '鍵アルゴリズム',
    '暗号アルゴリズム',
    '暗号方式',
  ].map((w) => [w, { entity: 'keys', column: 'key_spec' }] as const),
  ...[
    '管理主体',
    '管理元',
    '管理者',
    '管理種別',
    '管理タイプ',
    '管理区分',
    '管理形態',
    'キーの管理者',
    'キー管理者',
  ].map((w) => [w, { entity: 'keys', column: 'key_manager' }] as const),
  ...['ステータス', 'キーのステータス', 'キーの状態', '鍵の状態', '有効・無効'].map(
    (w) => [w, { entity: 'keys', column: 'key_state' }] as const,
  ),
  ...[
    '出所',
    '由来',
    'マテリアルの出所',
    'マテリアルの由来',
    'キーマテリアルの出所',
    'キーマテリアルの由来',
  ].map((w) => [w, { entity: 'keys', column: 'origin' }] as const),
  ...[
    '最大の重大度',
    '最高重大度',
    '最も高い重大度',
    '最大の重要度',
    '最高重要度',
    '一番高い重大度',
  ].map((w) => [w, { entity: 'keys', column: 'max_severity' }] as const),
  ...[
    '操作名',
    'オペレーション名',
    'API名',
    'APIアクション',
    'アクション名',
    '操作の種類',
    '操作種別',
    'イベント名',
    'APIコール',
  ].map((w) => [w, { entity: 'usage', column: 'operation' }] as const),
  ...['経由サービス', '経由元サービス', '経由するサービス', '利用サービス', '経由したサービス'].map(
    (w) => [w, { entity: 'usage', column: 'via_service' }] as const,
  ),
  ...[
    '操作者',
    '実行者',
    '実行ユーザー',
    '操作した人',
    '利用者',
    '呼び出し元ユーザー',
    '操作ユーザー',
  ].map((w) => [w, { entity: 'usage', column: 'username' }] as const),
  ...['送信元IP', '送信元', '接続元IP', '接続元'].map(
    (w) => [w, { entity: 'usage', column: 'source_ip' }] as const,
  ),
  ...[
    '指摘内容',
    '指摘項目',
    '検出項目',
    '懸念の種類',
    '懸念事項の種類',
    '問題の種類',
    '指摘の種類',
    '検出内容',
  ].map((w) => [w, { entity: 'concerns', column: 'label' }] as const),
  ...['指摘の重大度', '指摘の重要度', '懸念の重要度', '懸念事項の重要度', '問題の重要度'].map(
    (w) => [w, { entity: 'concerns', column: 'severity' }] as const,
  ),
]);
const each = j('別', 'ごと', '毎', '単位');
const eachLink = j('', 'に', 'の', 'で', 'での', 'にみた', 'に見た');
const dividing = j(
  'で分けると',
  'で分けて',
  'で分けたら',
  'で分けた',
  'で分類すると',
  'で分類して',
  'で分類した',
  'で集計すると',
  'で集計して',
  'で区分すると',
  'でグループ化して',
  'でグループ化すると',
  'でグルーピングして',
);

function groups(context: GrammarContext, { concerns }: KeyConditions): Parser<Piece> {
  const isOneOf = (names: readonly string[]) => (d: Dimension) =>
    'column' in d && names.includes(d.column);
  const own = dimension('keys', context);
  return alt(
    map(
      standing(own, (a) => (mayHaveKeys(a) || isOfOrganization(a)) && isOfKeys(a) && !isDoer(a)),
      (d): Piece => ({ is: 'dimension', entity: 'keys', dimension: d }),
    ),
    map(
      standing(j('アカウント', 'AWSアカウント'), isDoer),
      (): Piece => ({
        is: 'dimension',
        entity: 'usage',
        dimension: { column: 'caller_account' },
      }),
    ),
    map(
      standing(grouping('keys', context), isOfKeys),
      (d): Piece => ({ is: 'by', entity: 'keys', dimensions: d }),
    ),
    // Months are those of creation, where creation is spoken of.
    map(
      standing(yearly, ({ all }) => /作成|作ら|作っ|新規|新しく|追加/u.test(all)),
      (d): Piece => ({ is: 'by', entity: 'keys', dimensions: d, calendar: true }),
    ),
    map(
      j(
        'どのサービス経由で',
        'どのサービスから',
        'どのサービスで',
        'どのサービスを通じて',
        'どのサービスを経由して',
        'どのAWSサービス経由で',
        'どのAWSサービスから',
        'どのAWSサービスで',
      ),
      (): Piece => ({ is: 'by', entity: 'usage', dimensions: [{ column: 'via_service' }] }),
    ),
    // 操作名ごとの, and other names of what rows are grouped by.
    map(
      seq(otherNames, each, eachLink),
      ([{ entity, column }]): Piece => ({
        is: 'by',
        entity,
        dimensions: [{ column }],
      }),
    ),
    // アカウント名とキー数の一覧
    map(
      standing(seq(own, opt(j('名', 'の名前')), j('と', 'とその')), ({ after }) =>
        /^(キー|鍵|CMK)(の)?(数|本数|件数)/iu.test(after),
      ),
      ([d]): Piece => ({ is: 'by', entity: 'keys', dimensions: [d] }),
    ),
    // 重大度で分けると
    map(seq(own, dividing), ([d]): Piece => ({ is: 'by', entity: 'keys', dimensions: [d] })),
    // 指摘の種類別: of what they are grouped by is said twice.
    expand(
      seq(concerns.noun, opt(j('の')), grouping('concerns', context)),
      ([, , d]): readonly Piece[] =>
        d.every(isOneOf(['label', 'severity']))
          ? [{ is: 'by', entity: 'concerns', dimensions: d }]
          : [],
    ),
    // 組織外のアカウントはどれ: those who may are asked for, not the accounts that have keys.
    map(
      standing(
        j('アカウント', 'AWSアカウント'),
        ({ before, after }) =>
          /(組織外|社外|外部|組織の外)(の)?$/u.test(before) &&
          /^(は|って|が)?、?(どこ|どれ|何|[、。]|上位|トップ|ベスト|top|の一覧|$)/iu.test(after),
      ),
      (): Piece => ({
        is: 'dimension',
        entity: 'permissions',
        dimension: { column: 'principal_account' },
      }),
    ),
    map(j('推移', '推移を', 'の推移', '推移で'), (): Piece => ({ is: 'filler' })),
    ...further.flatMap(([entity, names]) => [
      depending(dimension(entity, context), (d, around): readonly Piece[] =>
        isOneOf(names)(d) && !isOtherKind(around) && !isJustListed(around)
          ? [{ is: 'dimension', entity, dimension: d }]
          : [],
      ),
      depending(grouping(entity, context), (d, around): readonly Piece[] =>
        d.every(isOneOf(names)) && !isOtherKind(around)
          ? [{ is: 'by', entity, dimensions: d }]
          : [],
      ),
    ]),
  );
}
