import { isOver, meets, type Need, numberIn } from '../needs.ts';
import { costBeside } from '../plan/measured.ts';
import {
  type Fact,
  factsOf,
  isAggregate,
  isEverything,
  onlyChangesNothing,
  type PermissionTest,
  type Plan,
} from '../plan/plan.ts';
import {
  denies,
  facts,
  groupsBy,
  hasAccess,
  hasColumn,
  hasEvent,
  hasOperation,
  isList,
  never,
  ofEvents,
  ofPermissions,
  saysGrant,
  saysPolicy,
  showsPeople,
  some,
  tellsApart,
} from '../plan/says.ts';
import type { Token } from '../tokens/token.ts';
import { awsMade, maker, ownMade } from './own-keys.ts';
import {
  leavesOutDoer,
  leavesOutWhoDidNot,
  saysWhoDid,
  saysWhoDidNot,
  speaksOfSomeone,
} from './same-doer.ts';
import { goesOnOnly } from './topics.ts';

/**
 * The second look at a Japanese question ({@link meets}): what its words ask for, whatever stands around
 * them. Japanese is written without spaces, so that a pattern must say what may not stand beside its word.
 */

/** Whether anything of a plan is about this, by the names of columns, codes, levels and operations. */
const speaksOf =
  (...names: readonly RegExp[]) =>
  (plan: Plan) => {
    const written = JSON.stringify(plan);
    return names.some((n) => n.test(written));
  };

/** People who do or may do something, as what is asked for. */
const people = '(?:ユーザー?|ロール|プリンシパル|ベンダー|取引先|委託先|人|担当者|操作者|実行者)';
/** 〜していない, said of who did not. */
const denied = '(?:ない|なかった|なく|ていません|たことのない|たことがない)';

const ranks = ({ orderBy, limit, measure }: Plan) =>
  orderBy !== null || limit !== null || measure.kind === 'min' || measure.kind === 'max';

/** Whether a plan says two things of who did or may do something. */
const saysTwice = (plan: Plan) =>
  facts(plan).filter((f) => f.is === 'event' || f.is === 'access').length > 1 ||
  some(plan, (f) => f.is === 'access' && f.test.beside !== undefined);

/** Whether it is said of those who may that they may not do something else. */
const isNotOther = ({ beside }: PermissionTest) => beside?.holds === false;

/** Each word of the subject, and what of a plan is about it. */
const subjects: readonly Need[] = (
  [
    [
      /(?:ローテーション|ローテート)(?!(?:の|が|は|に|を)?(?:対象外|非対応|不可|可能|対応|でき[なまる]))/,
      /rotation|ROTATION|Rotat/,
    ],
    [
      /ローテーション(?:の|が|は|に|を)?(?:対象外|非対応|不可|可能|対応し|でき[なまる])(?!.*(?:無効|オフ))/,
      /"SYMMETRIC_DEFAULT"/,
    ],
    [/コスト(?!センター)|費用|料金|月額|年額|金額|(?<!\d)いくら/, /cost_usd|"cost":true/],
    [/年額|年間(?:の)?(?:合計)?(?:コスト|費用|料金|いくら|で?いくら)/, /yearly_cost|"value":/],
    [/懸念|指摘|検出結果/, /"concerns"|concern|severity/],
    [/重大度|重要度|深刻度/, /severity/],
    [/(?<!コスト|コストセンターの)タグ/, /"tag"|tags|TagResource|NO_ALIAS_OR_TAGS/],
    [/エイリアス|別名/, /alias|Alias|ALIAS/],
    [/マルチリージョン|レプリカ/, /multi_region|Replicate|replica/],
    [
      /削除(?!し?(?:たら|すると|すれば|した場合|して(?:も|いい|良い|よい|大丈夫|問題)|できる|可能|でき|候補|対象|し))/,
      /deletion|Deletion|DELET|Delete|"CUSTOMER"/,
    ],
    [/無効/, /Disable|DISABLED|rotation|is_effective/],
    [
      new RegExp(`(?<!${maker})(?:作成(?!されてから|してから)|作った)|作られ(?!てから)|新規`),
      /created_at|Create|age_days|origin|"GRANT"/,
    ],
    [new RegExp(`${ownMade}|${awsMade}`), /"key_manager"/],
    [/インポート/, /"EXTERNAL"|Import|IMPORT|material/],
    [/署名/, /SIGN|Sign/],
    [/復号/, /DECRYPT|Decrypt/],
    [/停止中|suspended/, /SUSPENDED|Suspended/],
    [/一度も使|使われていない|未使用/, /unused|UNUSED|NEVER_USED|NO_RECORD|"not"|last_used/],
    [/期限/, /expires|EXPIR|deletion_at|next_rotation/],
    [
      /(?:組織|会社|社|自社)の?外|社外|外部(?!キーストア|鍵ストア)/,
      /EXTERNAL|PUBLIC|OTHER_ACCOUNT|otherAccount|CROSS/,
    ],
    [/公開/, /PUBLIC|EXTERNAL/],
    [/非対称/, /key_spec/],
  ] as const
).map(([where, names]): Need => ({ where, says: speaksOf(names) }));

const needs: readonly Need[] = [
  ...subjects,
  // RDSを暗号化しているキー protects it; a service calls more operations than Encrypt for that.
  {
    where: /暗号化し?て(?:い)?る/,
    says: (plan) =>
      !hasEvent(plan, (t) => t.services !== undefined && t.operations?.join() === 'Encrypt'),
  },
  // 誰が使ってるの？最後は？ asks for all of them, and then for the last.
  { where: /誰が使って(?:い)?(?:る|ます).*[?。].*最後/, says: (plan) => plan.limit === null },
  // What a word means is told by its definition, and not by a list.
  { where: /(?:って|とは)(?:何|なに)(?:のこと)?(?:ですか|でしょうか|、|$)/, says: never },
  // closedとかsuspended: of the states, not of a unit that is called so.
  {
    where:
      /closed(?:とか|や|と|か|または|、)+suspended|suspended(?:とか|や|と|か|または|、)+closed/,
    says: speaksOf(/"SUSPENDED"/),
  },
  // Who is asked for is shown, and not the keys.
  {
    where: new RegExp(
      `(?:誰|だれ|どなた)(?!でも|にも|も|かに|かが|一人|ひとり|にでも)(?!.*(?:所有|オーナー))(?!の(?:もの|キー|鍵|cmk)(?:です|でしょう|か|$))|(?:どの|どんな)(?:外部|組織外の?|社外の?|iam)?(?:アカウント(?=(?:が|に).*(?:使え|でき|権限|許可|共有|公開|使った|使って))|${people})`,
    ),
    says: showsPeople,
  },
  {
    where: new RegExp(
      `(?:外部|組織外の?|iam)?${people}(?:で|のうち)、?.*(?:る|た|いる)(?:の|もの|やつ)(?:は|って|を|$)`,
    ),
    says: showsPeople,
  },
  {
    where: new RegExp(
      `(?:る|た|いる|の|な)(?:サービス|フェデレーテッド|フェデレーション|外部の?|組織外の?|社外の?|iam|他社の?|第三者の?)?${people}(?:の?(?:一覧|リスト|数|人数|名前))?(?:は(?:誰|だれ|どれ|何人|何名|いくつ|何個|何件|.{0,6}(?:いますか|います|いる|ありますか|ある))?|を(?!.*(?:キー|鍵)).{0,12}|が(?:知りたい|いますか|いる)|って.{0,6})?(?:ですか|でしょうか)?$`,
    ),
    says: showsPeople,
  },
  {
    where: /(?:できる|持つ|持っている|使える|権限のある)(?:iam)?(ユーザー|ロール)/,
    says: (plan, [, kind]) =>
      plan.entity !== 'permissions' ||
      hasAccess(plan, (t) => t.types?.includes(kind === 'ロール' ? 'ROLE' : 'USER') === true) ||
      hasAccess(plan, (t) => t.grantee !== undefined) ||
      groupsBy(plan, 'principal_type'),
  },
  {
    where:
      /(?:フェデレーテッド|フェデレーション|サービス)(?:の)?(?:プリンシパル|ユーザー)(?:\(.*\))?(?:の?(?:一覧|リスト))/,
    says: showsPeople,
  },
  // What a key is for is told by what it did, each by itself.
  {
    where: /何に(?:使|利用|使用)|何を(?:暗号化|復号|保護|署名)し/,
    says: ofEvents,
  },
  {
    where:
      /^(?!.*が).*を.*(?:した|行った|使った|呼び出した|止めた|切った|変えた|いじった|消した|作った|外した)のは$/,
    says: showsPeople,
  },
  {
    where:
      /(?:る|た|な)(?:外部|組織外の?|社外の?)の?アカウント(?:の?(?:id|番号|一覧|リスト).*|は(?:どれ|どこ)?.{0,4})?$/,
    says: ({ entity }) => entity !== 'keys',
  },
  { where: /何人|何名/, says: (plan) => showsPeople(plan) || plan.measure.kind === 'distinct' },
  // 何個のロールが, 復号できるロールはいくつ: each of them once, and not the keys or permissions.
  {
    where:
      /(?:何人|何名|何個|いくつ|何件)の(?:iam)?(?:ロール|ユーザー?|プリンシパル|人|サービス|(?:外部|組織外の?|社外の?)アカウント)(?!の)|(?:る|た)(?:iam)?(?:ロール|ユーザー?|プリンシパル|人|(?:外部|組織外の?|社外の?)アカウント)(?:(?:は|が)?(?:全部で)?(?:何個|何件|何人|何名|いくつ)|の(?:人数|数)(?!.*順))/,
    says: tellsApart,
  },
  // What the ten dearest cost together is one number, which their list does not tell.
  {
    where:
      /(?:上位|トップ)\d+(?:件|つ|個)?の?(?:アカウント|リージョン|ou|キー|鍵)の(?:月額)?(?:コスト|費用|料金|金額|月額)の?(?:合計|総額)/,
    says: never,
  },
  // Of those who did not, no rows tell.
  {
    where: new RegExp(`${denied}(?:iam|外部の?|組織外の?)?(?:${people}|外部アカウント)(?!の?キー)`),
    says: (plan) => (!ofEvents(plan) && !ofPermissions(plan)) || hasAccess(plan, isNotOther),
  },
  {
    where: /(?:使っ|使用し|利用し|実行し|変更し|復号し)て(?:い)?ないアカウント/,
    says: never,
  },
  // Who may and did not: he did not, whoever else did.
  {
    where: new RegExp(
      `(?:(?:アカウント|${people})が.*(?:が|けど|のに|ものの|、)|が[^がを]*(?:使え|でき|可能|権限|アクセス権|許可)[^がを]{0,8}(?:が|けど|けれど|のに|ものの|かかわらず|一方|て|、)).*(?:使っ|(?:使用|利用|復号|暗号化|署名|アクセス)し)(?:て(?:い|お)?(?:ない|なかった|なく|らず|ません)|た(?:こと|事|形跡|実績|記録)(?:が|の|は|も)?(?:ない|なく|無い))`,
    ),
    says: saysWhoDidNot,
  },
  // aliceが使っていない: not by him.
  {
    where:
      /[a-z0-9_.@-](?:アカウント|ユーザー|ロール)?(?:が|は|(?:経由で|によって|から)(?=.*(?:われ|され)て)|経由で)[^がはを、]{0,12}(?:使っ|(?:使用|利用)し|(?<=(?:経由で|によって|から)[^がはを、]{0,12})(?:使わ|(?:使用|利用)さ)れ)て(?:い|お)?(?:ない|なか|ません|らず)/,
    says: saysWhoDidNot,
  },
  // コストが100ドルを超えるアカウントで、無効なキーがある: what all its keys cost, and one of them besides.
  {
    where:
      /(?:コスト|費用|料金|金額|月額)[^、。]{1,14}(?:超える|超の|以上の?|未満の?|以下の?)(?:aws)?(?:アカウント|ou|リージョン|チーム)(?:で|のうち|の中で)、?.*(?:キー|鍵)[がを](?:ある|あり|持つ|持っ)/,
    says: never,
  },
  // Things that are counted are those that are named.
  {
    where:
      /(?:最も|一番|いちばん)多く(?:の)?権限|権限(?:の数|数)?が(?:最も|一番|いちばん)?多[いく]/,
    says: ({ measure }) => measure.kind === 'count' && !measure.keys,
  },
  // ローテーション周期が…、または無効: of the rotation.
  {
    where: /ローテーション[^。]*(?:または|又は|もしくは|あるいは|か)、?無効/,
    says: (plan) => !speaksOf(/"Disabled"/)(plan) || speaksOf(/"rotation_enabled"/)(plan),
  },
  // Security Hub is the standard, whatever units and accounts are called.
  {
    where: /security ?hub/,
    says: (plan) =>
      some(plan, (f) => f.is === 'concern') ||
      (plan.entity === 'concerns' && groupsBy(plan, 'label')),
  },
  // ローテーション有効・無効: of the rotation, not of the state.
  {
    where: /ローテーション(?:の|が)?(?:有効|オン)(?:\/|・|と|、|か|や)(?:無効|オフ)/,
    says: (plan) => groupsBy(plan, 'rotation_enabled'),
  },
  // だが無効な behind what rotation can do is of the rotation.
  {
    where: /ローテーション.{0,2}(?:可能|でき|対応).{0,8}(?:無効|オフ)/,
    says: speaksOf(/"rotation_enabled"/),
  },
  { where: /グラント/, says: (plan) => some(plan, saysGrant) || groupsBy(plan, 'source') },
  {
    where:
      /(?:作成|発行|付与|追加)(?:さ?れ|し)た(?:新しい)?グラント|新しいグラント|グラント(?:が|を).{0,4}(?:作成|発行|付与|追加)/,
    says: (plan) => !hasColumn(plan, 'created_at'),
  },
  { where: /ポリシー/, says: saysPolicy },
  {
    where: /何種類|種類(?:の数|はいくつ|数)/,
    says: (plan) => tellsApart(plan) || plan.measure.kind === 'distinct',
  },
  // Kinds of keys may be told by who manages them, by their spec, or by what they are for.
  { where: /(?:キー|鍵|cmk)の?種類(?:は|が)?(?:いくつ|何種|何個|何通り)/, says: never },
  { where: /回数|頻度|頻繁(?!にローテーション)|よく(?:使|利用)/, says: never },
  // 昨日の変更: what was done, and not the keys.
  {
    where:
      /(?:変更|操作|イベント)(?:の?(?:一覧|履歴|件数|内訳))?(?:を(?:全部|すべて|全て)?(?:見せ|教え|出し|表示|一覧|知り).*|は(?:何件|いくつ|ありま|あり|誰).*|は)?$/,
    says: ofEvents,
  },
  {
    where: /(?:操作|イベント)(?:の?種類|名|種別)?(?:別の?)?(?:の?件数|数)|(?<!ポリシー)変更の?件数/,
    says: ({ measure }) => measure.kind === 'count' && !measure.keys,
  },
  {
    where: /(?:キー|鍵|cmk)の?(?:数|本数|件数)/,
    says: ({ entity, measure }) =>
      entity === 'keys' || entity === 'accounts' || measure.kind !== 'count' || measure.keys,
  },
  // What was done to keys, or with them, says which keys are meant.
  {
    where:
      /(?:た|て(?:い)?る)(?:キー|鍵|cmk)(?:は|って|の一覧|を(?!.*(?:付き|つき|込み|誰|ユーザー|実行者)).{0,8})?(?:どれ|何)?(?:ですか|でしょうか|か)?$/,
    says: (plan) => plan.entity === 'keys' || groupsBy(plan, 'key_arn'),
  },
  {
    where: /プリンシパルのアカウント(?:別|ごと|毎)/,
    says: (plan) => groupsBy(plan, 'principal_account') && plan.groupBy.length === 1,
  },
  { where: /内訳|分布/, says: (plan) => plan.groupBy.length > 0 || isList(plan) },
  // An event is named by its own id, which is written like that of a key.
  { where: /イベント(?:の?id)?[:が]?[0-9a-f]{8}-[0-9a-f]{4}-/, says: speaksOf(/"eventIds"/) },
  // Keys without the tag have no value of it.
  { where: /タグの値(?:ごと|別|毎)/, says: (plan) => some(plan, (f) => f.is === 'tag') },
  // What a word means is told by a definition, not by what is called so.
  {
    where:
      /(?<!こ)とは(?:何|なに|どう|$)|の(?:意味|定義)(?:は|を|$)|って(?:何|なに)(?:ですか|なの)?$/,
    says: never,
  },
  // Groups, shares, means, ranks.
  {
    where:
      /(?<=[\p{Script=Han}\p{Script=Katakana}ーa-z」)])(?<![区種識個特性差判])別(?!の?アカウント|名|の(?:ou|組織|リージョン)|途|件|々)|ごと(?!き)|毎(?![日月年週])/u,
    says: (plan) =>
      plan.groupBy.length > 0 || isList(plan) || ['mean', 'avg'].includes(plan.measure.kind),
  },
  {
    where: /推移|トレンド|時系列|経年|伸び/,
    says: ({ groupBy, orderBy }) =>
      groupBy.some((d) => 'by' in d) || orderBy?.by === 'last_event_at',
  },
  {
    where: /割合|比率|占有率|何割|パーセント|%|[効無性]率/,
    says: ({ measure }) => measure.kind === 'share' || measure.kind === 'part',
  },
  // A part of the cost is not a part of the keys.
  {
    where: /(?:コスト|費用|料金|金額).*(?:割合|比率|何割|パーセント|%|占め)/,
    says: (plan) =>
      (plan.measure.kind === 'share' && plan.measure.weight !== undefined) ||
      (plan.measure.kind === 'part' && plan.measure.amount === 'monthly_cost_usd') ||
      hasColumn(plan, 'monthly_cost_usd'),
  },
  // 外部からアクセスできるキーのローテーション無効の割合: of those keys, and not of all.
  {
    where:
      /(?<!(?:別|ごと|毎|すべて|全て|全部|全体|各)の?)(?<=[るたいな]|[^別毎]の)(?:キー|鍵|cmk)の(?!割合|比率|うち|中)[^、。]{2,}?の?(?:割合|比率|パーセン)/,
    says: ({ measure, filter }) => measure.kind !== 'share' || !isEverything(filter),
  },
  { where: /削減|節約|無駄|浮[くかき]/, says: (plan) => !isEverything(plan.filter) },
  // The mean of what each account costs is not the mean price of its keys.
  {
    where:
      /^(?=.*平均)(?=.*(?:月額|年額|コスト|費用|料金|金額|いくら)).*(?:アカウント|リージョン|ou|組織単位|チーム|サービス)(?:1つ|一つ|1個|ひとつ)?(?:あたり|当たり)/,
    says: ({ measure }) => measure.kind === 'mean' && measure.weight !== undefined,
  },
  { where: /平均/, says: ({ measure }) => ['avg', 'mean'].includes(measure.kind) },
  // OUあたりの平均: one number for all of them.
  {
    where: /(?:あたり|当たり|につき)の?平均/,
    says: ({ measure, groupBy }) => measure.kind !== 'mean' || groupBy.length === 0,
  },
  // The top five are the first of an order that something must say.
  {
    where: /(?:上位|下位|トップ|ベスト|ワースト|top)\d/,
    says: (plan) => plan.orderBy !== null || !isList(plan) || plan.limit === null,
  },
  // A service that is called by others is named in the finding; through which a key is used is another one.
  {
    where:
      /(?:confused ?deputy|混乱した代理).*サービス(?:別|ごと|毎)|サービス(?:別|ごと|毎).*(?:confused ?deputy|混乱した代理)/,
    says: (plan) => !groupsBy(plan, 'via_service'),
  },
  // Grants are found one by one; a key may have several.
  {
    where: /グラント(?:の?(?:総?数|件数|個数)|(?:は|が)(?:全部で)?(?:いくつ|何個|何件|何本))/,
    says: ({ entity, measure }) => entity !== 'keys' || measure.kind !== 'count',
  },
  { where: /合計|総額|総計|総数/, says: (plan) => !isList(plan) },
  {
    // What was added was created.
    where: /増えた(?=キー|鍵|cmk)/,
    says: (plan) => hasColumn(plan, 'created_at'),
  },
  {
    // 新しく増えたキー were made; more than before is a comparison.
    where:
      /増え(?!た(?:キー|鍵|cmk))|(?:より|比べ|数が).*増え|減っ|増減|前[年月週]比|先月比|昨年比|と比べ|に比べ|差分|増加|減少/,
    says: never,
  },
  {
    where:
      /(?:最も|一番|いちばん|最多|最少|最古|上位|下位|トップ|ワースト|ベスト|[多少高安低新古][いな](?:い)?順)(?!重大|重要|深刻|高い重|厳し)/,
    says: ranks,
  },
  {
    where:
      /(?:最も|一番|いちばん).{1,12}(?:アカウント|リージョン|ou|組織単位|チーム|サービス|ユーザー|ロール)(?:は|って|を.{0,8})?(?:どれ|どこ|何|誰)?(?:ですか|でしょうか|か)?$/,
    says: ({ limit, measure, groupBy }) =>
      limit !== null || groupBy.length === 0 || measure.kind === 'min' || measure.kind === 'max',
  },
  {
    where: /下位|(?:少ない|安い|低い|古い|短い|小さい)(?:もの|ほう|方)?(?:から)?順/,
    says: ({ orderBy }) => orderBy?.direction === 'asc',
  },
  {
    where:
      /(?:コスト|費用|料金|金額|月額|年額)(?:の合計)?(?:と|および|及び|、)(?:本数|件数|個数|キーの?数|数)|(?:本数|件数|個数|キーの?数|数)(?:と|および|及び)(?:コスト|費用|料金|金額|月額)/,
    says: (plan) => costBeside(plan) !== null,
  },
  // CIS違反の件数: of the findings, of which a key may have several.
  {
    where: /違反の?(?:件数|数)/,
    says: ({ entity, measure }) => entity !== 'keys' || measure.kind !== 'count',
  },
  // 月額が高いチーム上位3つと本数: the number stands beside the cost.
  {
    where:
      /(?:コスト|費用|料金|金額|月額|年額).*(?:上位|トップ)[\d一二三四五六七八九十]+(?:件|つ|個)?の?(?:アカウント|リージョン|ou|チーム|サービス)?(?:と|、|および)(?:その)?(?:本数|件数|個数|キーの?数)/,
    says: (plan) => costBeside(plan) !== null,
  },
  // All, both, only: more than that there is one.
  {
    where:
      /^(?:すべて|全て|全部|全)の?(?!.*(?:何|いくつ|いくら|どれ|どの|どこ|いつ|誰|教え|見せ|一覧|リスト|表示|出して|ください|もらえ|いただけ|あります)).*(?:か|のか|かどうか|よね)$/,
    says: never,
  },
  { where: /完全に|全面的に|もはや/, says: never },
  {
    where:
      /(?:high|low|medium|critical|info|高|中|低|重大)と(?:high|low|medium|critical|info|高|中|低|重大)の?(?:両方|どちらも)/,
    says: never,
  },
  {
    where:
      /(?:だけ|のみ)(?:で|が|に|から|によって|を通じて).*(?:使|利用|アクセス|許可|共有|復号|キーがある|キーを持)|しか(?!も|し).*(?:ない|ません|なかった)/,
    says: (plan) =>
      plan.entity === 'coverage' ||
      speaksOf(/"read"/)(plan) ||
      speaksOf(/"exactly"/)(plan) ||
      // By nobody else.
      speaksOf(/"not":\{"is":"event","test":\{[^{}]*"butNot"/)(plan) ||
      (plan.entity !== 'accounts' &&
        plan.groupBy.length === 0 &&
        facts(plan).every((f) => onlyChangesNothing(f))),
  },
  {
    where: /以外|を?除[いくき外]|抜き|を?含め[ずな]/,
    says: speaksOf(
      /"not"|"butNot"|unused|"value"|"present"|OTHER_ACCOUNT|"severities":\["[A-Z]+",/,
    ),
  },
  { where: /(?<!プライマリ(?:キー|鍵)?)と(?:その|それらの)?レプリカ/, says: never },
  // What is left out is in neither the part nor the whole, unless it is said of the part of a whole.
  {
    where:
      /^(?!.*(?:のうち|に占める|の中で).*(?:除[いくき外]|以外))(?=.*(?:割合|比率|何割|パーセント|%|[効無]率|化率)).*(?:除[いくき外]|以外の|抜きの)/,
    says: (plan) => plan.measure.kind !== 'share' || denies(plan),
  },
  // By both, and in both: two conditions, and not either of two.
  {
    where:
      /(?:から|に|が|で)も、?[^、]{1,24}(?:から|に|が|で)も(?:使|利用|アクセス|復号|許可|共有)/,
    says: (plan) => saysTwice(plan),
  },
  {
    where:
      /(?:東京|大阪|バージニア|オハイオ|オレゴン|[a-z]+-[a-z]+-\d|リージョン|ア)(?:と|かつ)[^、]{1,20}の両方に/,
    says: never,
  },
  {
    where: /かつ/,
    says: (plan) =>
      !facts(plan).some((f) => f.is === 'value' && f.column === 'region' && f.values.length > 1),
  },
  { where: /の両方(?:から|に|で|が)|両方とも|の双方/, says: saysTwice },
  // A concern that is not there is one of a kind: 未使用の懸念はない.
  {
    where: /の(?:懸念|指摘)(?:事項)?(?:は|が|も)?(?:ない|なく|無い|なし)/,
    says: (plan) => !/"not":\{"is":"present","column":"concern_codes"/.test(JSON.stringify(plan)),
  },
  { where: /どちら(?:で|に|から)?も|いずれ(?:で|に|から)?も|どれにも/, says: saysTwice },
  // 作ったのは誰、件数も: each with a number.
  {
    where:
      /(?:誰|だれ|どなた)(?:か|ですか|が.{1,12})?、?(?:と|それぞれの|その)?(?:件数|本数|個数|数)(?:も|と|を|は|$)/,
    says: ({ groupBy }) => groupBy.length > 0,
  },
  // 無効化されたキーと有効化した人: two things that were done.
  {
    where:
      /([^\s、。のがをに]+?)された(?:キー|鍵|cmk)と(?:その|それを)?([^\s、。のがをに]+?)した(?:人|者|ユーザー)/,
    says: (plan, [, a, b]) => a?.endsWith(b ?? '') === true || saysTwice(plan),
  },
  // Who and how many are asked for together.
  {
    where: new RegExp(`(?:た|る)(?:${people})と(?:その|それぞれの)?(?:件数|回数|数)`),
    says: ({ groupBy }) => groupBy.length > 0,
  },
  {
    where:
      /(?:キー|鍵|cmk)と(?:その|それぞれの)(?:呼び出し元|送信元|使用者|利用者|操作者|実行者|ユーザー|ロール)/,
    says: (plan) => ofEvents(plan) && isList(plan),
  },
  // A time of the calendar is in what was read.
  {
    // What keys cost is a price of now; 今月のコスト asks for no other.
    where:
      /先月|先週|今月(?!(?:分|の|は|、)*(?:kms|aws|キー|全体|全部|保管|維持|月額|合計|の|で)*(?:コスト|費用|料金|金額|請求額|いくら))|今週|今年|昨年|去年|昨日|一昨日|前月|前年|昨年度|今年度/,
    says: (plan) => /"at":|"by":"(?:year|month)"/.test(JSON.stringify(plan)),
  },
  // When use began is not recorded, only when it was last.
  {
    where:
      /(?:\d年|\d月|\d日|昨年|去年|先月|先週|一昨年|以前|前)から(?:ずっと)?(?:使われて|使用されて|利用されて|使って|使用して|利用して)(?:いる|る|い?ます)/,
    says: never,
  },
  // When, and what has its time.
  {
    where:
      /(?:先月|先週|昨年|去年|昨日|前月|前週|前年|おととい|一昨日|先々月|\d月)(?:に|は|中に|の間に?)?、?(?:一度も|1度も)?(?:使|利用|使用)(?:われ|され|わ)?(?:なかった|ていない|てない|ていなかった|ず)/,
    says: (plan) => some(plan, (f) => f.is === 'unused'),
  },
  {
    where:
      /(?:新しい|新しく|新たな|新たに|新規の?).{0,6}(?:懸念|指摘|問題|リスク|アクセス|公開|共有)/,
    says: never,
  },
  {
    where: /いつ(?!も|の(?:もの|データ|時点|情報)|でも|か)/,
    says: (plan) =>
      ofEvents(plan) ||
      plan.entity === 'coverage' ||
      plan.measure.kind === 'max' ||
      plan.measure.kind === 'min' ||
      (plan.measure.kind === 'list' &&
        (plan.orderBy?.by.endsWith('_at') === true ||
          plan.measure.show.some((c) => c.endsWith('_at') || c === 'usage_tracked_since'))),
  },
  // Who did, and who may.
  {
    where: /[a-z0-9_-]に(?:よって)?(?:使われ|使用され|利用され)/,
    says: (plan) =>
      ofEvents(plan) ||
      hasAccess(plan) ||
      hasEvent(
        plan,
        (t) => (t.callers ?? t.callerAccount ?? t.services ?? t.operations) !== undefined,
      ),
  },
  {
    where:
      /(?:復号|暗号化|署名|アクセス|管理|変更)(?:が|も)?(?:でき(?!な|ませ|ず|れば|たら)|可能)|(?<!が)使え(?:る|て|ます)/,
    says: (plan) =>
      hasAccess(plan) ||
      ofPermissions(plan) ||
      some(plan, (f) => f.is === 'concern') ||
      hasColumn(plan, 'key_usage', 'key_state'),
  },
  {
    where: new RegExp(
      `(?<=\\S)が(?:実際に|最後に|最近|先月|先週|今月|今週|昨日|今日)?(?:使った|使用した|利用した|変更した|無効化した|無効にした|(?<!${maker})作成した|復号した)`,
    ),
    says: (plan) => hasEvent(plan) || ofEvents(plan),
  },
  {
    where:
      /無条件|(?:条件|condition)(?:句|指定)?(?:なし|無し|[がのもを](?:ない|無い|なく|付|つ|設定)[^けっ])/,
    says: speaksOf(/"unconditional"|restrictedBy|CONFUSED|WITHOUT/),
  },
  // In the policy, and not in a grant.
  {
    where:
      /ポリシー(?:に|で|上で)(?:条件|condition)(?:句)?(?:[(]condition[)])?(?:なし|無し|を付けず)/,
    says: speaksOf(/"POLICY"/),
  },
  // Data are encrypted by other operations too: a data key is made for them.
  {
    where: /の(?:[^、。の]{1,6}の)?暗号化(?:用)?に(?:使|利用)/,
    says: (plan) =>
      !hasOperation(plan, 'Encrypt') && !hasEvent(plan, (t) => t.operations?.join() === 'Encrypt'),
  },
  // What a key store manages is where the key is; nobody who may is spoken of.
  {
    where: /^(?=.*(?:ストア|hsm|xks))(?!.*(?:誰|だれ|どなた|権限|できる)).*管理(?:[しさす]|を任)/,
    says: (plan) => !hasAccess(plan, (t) => t.levels?.includes('ADMIN') === true),
  },
  // Through no service: 直接使われた; of what is allowed it is no more than that.
  {
    where: /直接(?:に)?(?:使わ|使っ|使用さ|利用さ|呼|叩|復号[しさ]|暗号化[しさ]|署名[しさ])/,
    says: (plan) => speaksOf(/"direct"/)(plan) || hasAccess(plan),
  },
  {
    where: /サービス(?:を)?経由|どの(?:aws)?サービス(?!に許可|プリンシパル)/,
    says: (plan) =>
      ofEvents(plan) || ofPermissions(plan) || speaksOf(/"services"|"direct"|via_service/)(plan),
  },
  // 先週無効化されたキーと無効化した人: whoever did it then, whatever the keys are now.
  {
    where: /無効化された(?:キー|鍵|cmk)(?:と|、|を(?=無効)).*(?:人|者|誰|ユーザー?)/,
    says: (plan) => !(ofEvents(plan) && speaksOf(/"Disabled"/)(plan)),
  },
  { where: /実際に/, says: (plan) => hasEvent(plan) || some(plan, (f) => f.is === 'used') },
  // Comparisons of what is counted.
  ...(
    [
      [/\d(?:本|個|件|つ|種類|ドル|人|%|usd)以上/, /"at least"|"more than"/],
      [/\d(?:本|個|件|つ|種類|ドル|人|%|usd)以下/, /"at most"|"less than"/],
      [/\d(?:本|個|件|つ|種類|ドル|人|%|usd)未満/, /"less than"|"at most"/],
      [/\d(?:本|個|件|つ|種類|ドル|人|%|usd)(?:を?超|より多|より高)/, /"more than"|"at least"/],
    ] as const
  ).map(([where, says]): Need => ({ where, says: speaksOf(says) })),
];

const ranking =
  /上位|下位|トップ|ベスト|ワースト|top|最も|一番|最[新古大小多近高低初]|真っ先|多い|多く|少ない|高い|高額|安い|低い|新しい|古い|大きい|小さい|長い|短い|順|直近|最近|先頭|だけ|のみ|見せ|表示|出して|教えて|リスト|一覧|ランダム|適当|例|ピックアップ|\d(?:件|個|本|つ)$/;

/** Controls of standards are called by numbers; each is found by its concerns. */
const control =
  /(?:cis(?:aws)?(?:foundations|benchmark)?|pcidss|nist)(?:の|要件)?(?:v[\d.]+\/)?[\d.]+/gu;
/** 11月1日から10日まで: the last day is the one before the end. */
const lastDay = /月\d{1,2}日(?:から|~)(\d{1,2})日/gu;
/** 1アカウントあたり: for each of them. */
const perOne =
  /(?<!\d)1(?:aws)?(?:キー|鍵|cmk|アカウント|リージョン|ou|組織単位)(?:あたり|当たり|につき|で|に)/u;
/** One at least is what having any means. */
const atLeastOne = /少なくとも1(?:つ|個|本)|1(?:つ|個|本)以上のキー/u;

/** Behind a number, that it is an hour or a minute of the day. */
const ofClock = /^(?:時(?![間点期])|分(?!の)|(?:~|から|-)\d{1,2}時(?![間点期]))/u;

/** Whether every number that stands by itself is in what was read. */
function keepsNumbers(tokens: readonly Token[], plan: Plan): boolean {
  const text = textOf(tokens);
  const named = new Set([
    ...(text.match(control)?.flatMap((c) => c.match(/[\d.]+/g) ?? []) ?? []),
    ...[...text.matchAll(lastDay)].flatMap(([, day]) => day ?? []),
  ]);
  const any = atLeastOne.test(text) || perOne.test(text);
  return tokens.every((t, i) => {
    if (t.kind !== 'number' && t.kind !== 'percent') return true;
    const [next, then] = [tokens[i + 1], tokens[i + 2]];
    if (named.has(t.text) || (any && t.text === '1')) return true;
    if (t.glued || next?.glued) return true;
    // Ends of calendar spans are the beginnings of the next ones; 1本あたり, 1つも and 1番 are no numbers.
    if (/^(?:19|20)\d\d$/.test(t.text) || next?.text === '月') return true;
    // 第2四半期 is a span of months.
    if (next?.text === '四' && tokens[i - 1]?.text === '第') return true;
    // 令和6年 is 2024.
    if (next?.text === '年' && /^[和成]$/.test(tokens[i - 1]?.text ?? '')) return true;
    if (next?.text === '日' && tokens[i - 1]?.text === '月') return true;
    // 2〜4時 is a time of the day, which is held against the time that was read; 3時間 is a length.
    if (ofClock.test(textOf(tokens.slice(i + 1, i + 6)))) return true;
    if (
      t.text === '1' &&
      (/^[番回]$/.test(next?.text ?? '') || /^[もあ当ず]$/.test(then?.text ?? ''))
    )
      return true;
    const number = t.text.replaceAll(/[^0-9.]/g, '');
    // 3割 is 30%.
    return numberIn(plan, next?.text === '割' ? String(Number(number) * 10) : number);
  });
}

/** 何本？誰が作成した？: two questions, each with its own word for what it asks. */
const asksTwice = (question: string): boolean => {
  const parts = question.split(/[?。!]+/u).filter(Boolean);
  const [first = '', second = '', ...more] = parts;
  return more.length === 0 && interrogative.test(first) && interrogativeOrTopic.test(second);
};
const interrogative =
  /(?:何本|何個|何件|何人|何名|何%|いくつ|いくら|誰|だれ|どなた|どこ|いつ|どれ|どの.{1,10})(?:が|は|に|を|の|で)?.{0,8}$/u;
const ofThose = /[?。!](?:そのうち|その中で|このうち|うち)/u;
const interrogativeOrTopic =
  /何本|何個|何件|何人|何名|何%|いくつ|いくら|誰|だれ|どなた|どこ|いつ|どれ(?!で?(?:す|も)|か)|どの|^(?:そのうち|その中で|このうち|うち).*(?:は|って)$/u;

/** Words of what is still to come. */
const ahead =
  /来[月週年]|明日|今後|これから|予定|以内に(?:切れ|失効|期限|削除|ローテ)|切れそう|近づ/;

/** The keys themselves are asked for. */
const ofKeys =
  /^(?!.*(?:何|いくつ|いくら|数|割合|比率|%|合計|総|平均|別|ごと|毎|内訳|推移)).*(?:る|た|い|な|の)(?:キー|鍵|cmk)(?:は|って)?$/;

const listing = /一覧|リスト|見せ|表示|どれ|どの|どこ|誰|教えて|列挙|出して|名前|挙げ/;
/** What groups are made by is listed by its groups. */
const eachGroup = /別|ごと|毎|アカウント|リージョン|ou|組織単位|チーム|サービス|ユーザー/;
/** So few characters say nothing of how the answer is to be shown. */
const FEW = 8;

/** 誰がいつやった: of what was done, which something before must say. */
const deedAlone =
  /^(?:それ|これ)?(?:を|は)?(?:誰|だれ|どなた|いつ|が|、|どこから)+(?:やっ|行っ|実施し|実行し|操作し)(?:た|たの|たか|たんですか|ました|ましたか)[?。]*$/;
/** Things that are to be shown, or which of them are meant. */
const asksToSee =
  /(?:もの|やつ|の分|だけ|のみ)(?:を|は|って)?(?:全部|すべて|全て)?(?:見せ|表示し|列挙|挙げ|リストアップ)|(?:もの|やつ|の|分|だけ|のみ)(?:は|って|だと)?どれ(?!く|ぐ|だけ|ほど)/;
/** The number in each group, and nothing of money. */
const countsEach =
  /^(?!.*(?:月額|年額|コスト|費用|料金|金額|ドル|いくら)).*(?:別|ごと|毎)(?:の|に|で)?(?:キーの?|鍵の?)?(?:件数|本数|個数|キー数)/;
const isNumber = ({ measure, groupBy }: Plan) => measure.kind === 'count' && groupBy.length === 0;

const same = (a: Fact, b: Fact) => JSON.stringify(a) === JSON.stringify(b);

/** What a short question after an answer leaves out of it: the measure, or the groups. */
function losesBefore(question: string, plan: Plan, before: Plan): boolean {
  const few = question.length <= FEW;
  const measured = !isList(before) && isList(plan) && !listing.test(question);
  const total = /全部で|全体で|合計|トータル|総|^それは/.test(question);
  const grouped = before.groupBy.length > 0 && plan.groupBy.length === 0 && !isList(plan);
  // "Their keys" of the top three are not all of them.
  const cut = before.groupBy.length > 0 && (before.limit !== null || before.having !== null);
  const uncut = cut && isList(plan) && plan.groupBy.length === 0;
  // 何本？ after the share of some keys asks for those, not for all of which they are a share.
  const part = before.measure.kind === 'share' ? factsOf(before.measure.of) : [];
  const shared = plan.measure.kind !== 'share' && part.some((f) => !some(plan, (g) => same(f, g)));
  const relisted =
    !isList(plan) &&
    ((/一覧|リスト|明細/.test(question) &&
      (plan.groupBy.length === 0 || !eachGroup.test(question))) ||
      /(?:キー|鍵|cmk)の?(?:一覧|リスト)/.test(question));
  // 東京のものを見せて after a number: those keys, and not how many they are.
  const shown =
    !isList(plan) && plan.groupBy.length === 0 && isNumber(before) && asksToSee.test(question);
  // アカウントごとの件数 after what keys cost: their number.
  const recounted = countsEach.test(question) && isAggregate(plan.measure);
  // 上位5つだけ after groups: the first of them, and no keys.
  const unranked =
    before.groupBy.length > 0 &&
    isList(plan) &&
    plan.limit !== null &&
    !/キー|鍵|cmk|もの|やつ/.test(question);
  return (
    unranked ||
    relisted ||
    shown ||
    recounted ||
    (few && (measured || shared || (grouped && !total))) ||
    uncut
  );
}

/**
 * The question as it is looked at: what is written in Latin letters in lower case, without spaces, and
 * without what stands in quotation marks, which are names.
 */
const textOf = (tokens: readonly Token[]) =>
  tokens
    .map((t) =>
      t.kind === 'quoted' ? '「」' : `${t.glued ? (t.joint ?? '') : ''}${t.text}`.toLowerCase(),
    )
    .join('');

/** Tells of the readings of a question whether they leave out, or turn around, what its words ask for. */
export function losesWords(
  tokens: readonly Token[],
  { before, asOf }: { readonly before: Plan | null; readonly asOf: Date | null },
): (plan: Plan) => boolean {
  const question = textOf(tokens);
  const asked = meets(needs, question);
  const comes = ahead.test(question);
  const baseless = before === null && (goesOnOnly(tokens) || deedAlone.test(question));
  const twice = asksTwice(question);
  const cutsForNothing = (plan: Plan) =>
    typeof plan.limit === 'number' && !before?.limit && !ranking.test(question);
  // 使ったキーは？ after what someone may use: he is still spoken of.
  const ofSomeone = before !== null && leavesOutDoer(tokens) && speaksOfSomeone(before);
  const byHimNot = before !== null && leavesOutWhoDidNot(tokens) && speaksOfSomeone(before);
  return (plan) =>
    baseless ||
    (twice && costBeside(plan) === null && (!isList(plan) || ofThose.test(question))) ||
    (ofSomeone && !saysWhoDid(plan)) ||
    (byHimNot && !saysWhoDidNot(plan)) ||
    !asked(plan) ||
    !keepsNumbers(tokens, plan) ||
    cutsForNothing(plan) ||
    (before === null && ofKeys.test(question) && !isList(plan) && !groupsBy(plan, 'key_arn')) ||
    (comes && asOf !== null && isOver(plan, asOf)) ||
    (before !== null && losesBefore(question, plan, before));
}
