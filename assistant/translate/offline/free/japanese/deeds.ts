import { alt, expand, map, opt, type Parser, seq, token } from '../../grammar/chart.ts';
import { j, table } from '../../japanese/literals.ts';
import type { Names } from '../../japanese/names.ts';
import { isCrypto, operationName, usesAsNouns } from '../../japanese/operations.ts';
import type { UsageTest } from '../../plan/plan.ts';
import type { Piece } from '../piece.ts';
import { type Around, asksForIt, standing } from './around.ts';

/** What was done: only as done or being done, never as something to do or not done. */
const doneBehind = [
  'た',
  'たの',
  'ている',
  'ていた',
  'てる',
  'てた',
  'ており',
  'て',
  'ました',
  'ましたか',
  'ています',
  'ていますか',
  'ていました',
  'てしまった',
  'てしまっている',
  'ちゃった',
  'てしまいました',
  ...['たことがある', 'たことのある', 'たことがあり', 'たことがあります'],
  ...['記録', '形跡', '履歴', '痕跡', '跡', '実績'].flatMap((trace) =>
    [
      'がある',
      'のある',
      'があり',
      'があった',
      'が残っている',
      'が残ってる',
      'の残る',
      'が残る',
    ].map((is) => `た${trace}${is}`),
  ),
];
const ended = j(...doneBehind);
/** Whatever was done to a key with a record of it is more than the changes of it. */
const endedPlainly = j(...doneBehind.filter((end) => !/記録|形跡|履歴|痕跡|跡|実績/u.test(end)));

/** し, され and the like behind a noun of doing. */
const doing = j(
  'し',
  'され',
  'をし',
  'がされ',
  'を行っ',
  'が行われ',
  'を実施し',
  'が実施され',
  'を実行し',
  'が実行され',
  'を受け',
  'が入っ',
  'を加え',
  'が加えられ',
);
/** 変更があった, 変更の履歴. */
const happened = j(
  'があった',
  'があり',
  'がある',
  'のあった',
  'の履歴',
  '履歴',
  'のイベント',
  'の記録',
);

/** 変更履歴 at the end asks for what was done; 変更履歴のあるキー for the keys. */
const historyNext = /^の?(履歴|記録|イベント)([、。をは]|の?(一覧|件数|内訳)|$)/u;
/** 作成の件数をユーザー別に: how much of it each of them did. */
const numberNext = ({ after, all }: Around) =>
  /^の?(件数|総数|数)/u.test(after) &&
  /(ユーザー?|操作者|実行者|呼び出し元|IP|経由サービス|人|担当者)(名)?(別|ごと|毎)/u.test(all);
const isNoHistory = ({ said, after }: Around) =>
  !/(履歴|記録|イベント)$/u.test(said) || !/^([、。をは]|の?(一覧|件数|内訳)|$)/u.test(after);

/** Nouns of doing, and the stems of other verbs in the active and the passive. */
interface Verbs {
  readonly nouns: readonly string[];
  readonly stems: readonly string[];
}

const changing: Verbs = {
  nouns: ['変更', '更新', '修正', '編集', '改変', '改定', '改訂', '上書き', '書き換え'],
  stems: [
    '書き換え',
    '書き換えられ',
    '書きかえ',
    '変え',
    '変えられ',
    '変わっ',
    '変更になっ',
    '改められ',
    '改め',
    '差し替え',
    '差し替えられ',
    'いじっ',
    'いじられ',
    '書き直し',
    '書き直され',
  ],
};
const policy = ['ポリシー', 'キーポリシー', 'ポリシー内容', 'ポリシーの内容'];
const making: Verbs = {
  nouns: ['作成', '追加', '発行', '付与', '新規作成'],
  stems: ['作っ', '作られ', '与え', '与えられ', '出し'],
};
const off: Verbs = {
  nouns: ['無効化', '停止', 'オフ', '解除'],
  stems: ['無効にし', '無効にされ', 'オフにし', 'オフにされ', '止め', '止められ', '切っ', '切られ'],
};
const on: Verbs = {
  nouns: ['有効化', '再有効化', '再開'],
  stems: ['有効にし', '有効にされ', '有効に戻し', '有効に戻され', 'オンにし', 'オンにされ'],
};
const scheduling: Verbs = {
  nouns: ['予約', 'スケジュール', '依頼', '要求', '申請', '指示', '予定'],
  stems: [],
};
const cancelling: Verbs = {
  nouns: ['キャンセル', '取り消し', '取消', '中止', '撤回', '取りやめ'],
  stems: ['取り消し', '取り消され', '取りやめ', '取りやめられ', '止め', '止められ'],
};

/** What is done to which thing; nothing for the key itself. */
const acts: readonly (readonly [string, readonly string[], Verbs])[] = [
  ['PutKeyPolicy', policy, changing],
  ['CreateGrant', ['グラント'], making],
  [
    'RevokeGrant',
    ['グラント'],
    { nouns: ['取り消し', '失効', '撤回'], stems: ['取り消し', '取り消され'] },
  ],
  ['ScheduleKeyDeletion', ['削除', 'キーの削除', 'キー削除'], scheduling],
  // 誰が予約したの？ after an answer: nothing else of a key is scheduled.
  ['ScheduleKeyDeletion', [], { nouns: ['予約'], stems: [] }],
  [
    'CancelKeyDeletion',
    ['削除', '削除予約', '削除の予約', '削除予定', 'キーの削除', 'キー削除'],
    cancelling,
  ],
  ['TagResource', ['タグ'], { nouns: ['付与', '追加'], stems: ['付け', '付けられ'] }],
  ['UntagResource', ['タグ'], { nouns: ['削除'], stems: ['外し', '外され', '消し'] }],
  [
    'ImportKeyMaterial',
    ['キーマテリアル', '鍵マテリアル', 'マテリアル'],
    { nouns: ['インポート', '取り込み'], stems: ['取り込ん'] },
  ],
  ['DisableKeyRotation', ['ローテーション', '自動ローテーション', 'キーローテーション'], off],
  ['EnableKeyRotation', ['ローテーション', '自動ローテーション', 'キーローテーション'], on],
  [
    'DisableKey',
    [],
    { nouns: ['無効化'], stems: ['無効にし', '無効にされ', '停止し', '停止され'] },
  ],
  [
    'EnableKey',
    [],
    {
      nouns: ['有効化', '再有効化'],
      stems: ['有効にし', '有効にされ', '有効に戻し', '有効に戻され'],
    },
  ],
];

const link = j('を', 'が', 'の', 'は', '', 'を再度', 'も');

const deed = (category: UsageTest['category'], operation: string | null): Piece => ({
  is: 'did',
  test: { category, ...(operation ? { operations: [operation] } : {}) },
});

/** Words for what was done, with the name of the operation in brackets where one stands there. */
export function deeds(names: Names): Parser<Piece> {
  const operation = operationName(names);
  const gloss = opt(
    map(
      seq(
        token((t) => (t.kind === 'open' ? true : undefined)),
        operation,
        token((t) => (t.kind === 'close' ? true : undefined)),
      ),
      ([, name]) => name,
    ),
  );
  const verb = ({ nouns, stems }: Verbs): Parser<string | null> =>
    alt(
      map(seq(j(...nouns), opt(j('操作', '処理')), gloss, doing, ended), ([, , name]) => name),
      standing(
        map(seq(j(...nouns), gloss, happened), ([, name]) => name),
        isNoHistory,
      ),
      standing(
        map(seq(j(...nouns), gloss), ([, name]) => name),
        (around) => historyNext.test(around.after) || numberNext(around),
      ),
      ...(stems.length > 0 ? [map(seq(j(...stems), ended), () => null)] : []),
    );
  const act = ([name, things, verbs]: (typeof acts)[number]): Parser<Piece> => {
    const of =
      things.length > 0 ? seq(j(...things), link, verb(verbs)) : seq(j(''), j(''), verb(verbs));
    return expand(of, ([, , said]): readonly Piece[] =>
      said !== null && said !== name ? [] : [deed('MANAGEMENT', name)],
    );
  };
  const called = map(
    seq(
      operation,
      j('が', 'を', 'の', ''),
      alt(
        seq(j('実行', '呼び出', '発行', 'コール', '実施', '操作', ''), doing, ended),
        seq(j('呼ばれ', '呼び出さ', '呼び出され', '呼び出し', '行われ', '走っ', '実行され'), ended),
        j('操作', 'イベント', '呼び出し', 'の呼び出し', ...happenedWords),
      ),
    ),
    ([name]) => deed(isCrypto(name) ? 'CRYPTO' : 'MANAGEMENT', name),
  );
  /** Decryptで使われた. */
  const usedBy = expand(
    seq(
      operation,
      j(
        'で',
        'に',
        'として',
        'の操作で',
        '操作で',
        '操作に',
        'のために',
        'により',
        'によって',
        'APIで',
        'の用途で',
      ),
      useVerb,
    ),
    ([name]): readonly Piece[] => (isCrypto(name) ? [deed('CRYPTO', name)] : []),
  );
  /** 変更(PutKeyPolicy)された, as answers are restated. */
  const glossed = expand(
    seq(j('変更', '使用'), gloss, doing, ended),
    ([, name]): readonly Piece[] =>
      name === null ? [] : [deed(isCrypto(name) ? 'CRYPTO' : 'MANAGEMENT', name)],
  );
  /** gitlab-ciによるDecrypt, 昨日の復号操作, IPアドレスからのポリシー変更: as a noun that is asked about. */
  const asked = standing(
    map(
      seq(
        alt(
          operation,
          table(usesAsNouns),
          map(seq(j(...policy), j('', 'の'), j(...changing.nouns)), () => 'PutKeyPolicy'),
        ),
        opt(j('操作', 'イベント', '処理', 'の操作', 'のイベント', 'の呼び出し', '呼び出し')),
      ),
      ([name]) => deed(isCrypto(name) ? 'CRYPTO' : 'MANAGEMENT', name),
    ),
    ({ before, after }) =>
      (byThem.test(before) ||
        wasDoneBefore.test(before) ||
        (/による/u.test(before) && inTime.test(before.replace(/の$/u, '')))) &&
      endOfAsked.test(after),
  );
  return standing(
    alt(
      ...acts.map(act),
      glossed,
      asked,
      apart(verb(changing)),
      ...apartFromNoun(gloss),
      called,
      usedBy,
      ...uses,
      ...created,
      ...managed,
    ),
    (around) => !asksForIt(around),
  );
}

const agoOrNow =
  '(?:先月|今月|先週|今週|昨日|今日|本日|今年|昨年|去年|昨夜|昨晩|今朝|先々月|前月|(?:過去|直近|この|ここ)の?[\\d一二三四五六七八九十半数]+(?:時間|日|週|か月|ヶ月|カ月|年)間?(?:以内)?|(?:\\d{4}年)?(?:の?\\d{1,2}月)?(?:\\d{1,2}日)?(?:以降|以前)?)?(?:に|で|、)?(?:新しく|新規に|新たに)?$';
/** に marks someone only where no time stands before it: 2024年に. */
const doneBySomeone = new RegExp(
  `(?:が|によって|により|(?<![0-9日月年週間前後降])に)${agoOrNow}`,
  'u',
);
const doneByThing = new RegExp(
  `(?:グラント|エイリアス|別名|ポリシー|タグ|レプリカ|キー|鍵|CMK|ステートメント|リージョン|アカウント)(?:が|に)${agoOrNow}`,
  'iu',
);
/** Who made a key, or that keys were made in a time; 作成された alone is a condition of its own. */
const created: readonly Parser<Piece>[] = [
  map(
    standing(
      alt(
        seq(j('作成', '新規作成', '生成'), j('し', 'され'), ended),
        seq(j('作っ', '作られ'), ended),
      ),
      ({ before, after }) =>
        (doneBySomeone.test(before) && !doneByThing.test(before)) ||
        (/(キー|鍵|CMK)を$/iu.test(before) && /^(人|者|ユーザ|の?は?誰|担当)/u.test(after)) ||
        (/[\w.@-]+(が|は)(最後に|最近|直近で)?(キー|鍵|CMK)を(最後に)?$/iu.test(before) &&
          /^(の(は|って)(いつ|どこから)|(日時?|時期|日付)(は|を|$))/u.test(after)),
    ),
    () => deed('MANAGEMENT', 'CreateKey'),
  ),
  // 先月のキー作成数
  map(
    standing(
      j('作成', '新規作成'),
      ({ before, after }) => /(キー|鍵|CMK|の)$/iu.test(before) && /^(数|件数|本数)/u.test(after),
    ),
    () => deed('MANAGEMENT', 'CreateKey'),
  ),
];

const happenedWords = ['があった', 'があり', 'のイベント'] as const;

/** ポリシーを先月変更した: the object stands apart from its verb. */
function apart(changed: Parser<string | null>): Parser<Piece> {
  const object = standing(seq(j(...policy), j('を', 'が', 'は', 'って', '、')), ({ after }) =>
    /^[^をが]*(が)?[^をが]*(変更|更新|修正|編集|書き換え|変え)/u.test(after),
  );
  const verb = standing(changed, ({ before }) =>
    /ポリシー(内容)?(を|が|は|って|、)[^を]+$/u.test(before),
  );
  return alt(
    map(object, (): Piece => ({ is: 'filler' })),
    map(verb, () => deed('MANAGEMENT', 'PutKeyPolicy')),
  );
}

/** 削除の予約を先週どのキーに行ったか: the noun of doing stands apart from the verb that says it was done. */
function apartFromNoun(gloss: Parser<string | null>): readonly Parser<Piece>[] {
  const nouns = acts.flatMap(([name, things, { nouns: verbs }]) =>
    (things.length > 0 ? things : ['']).flatMap((thing) =>
      verbs.flatMap((verb) =>
        (thing === '' ? [''] : ['', 'の']).map((of) => [`${thing}${of}${verb}`, name] as const),
      ),
    ),
  );
  const object = standing(
    seq(table(nouns), gloss, j('を', 'は')),
    ({ after }) =>
      !/^(行|実|し|さ)/u.test(after) &&
      /^[^をは]+(行っ|行な|実行し|実施し|やっ|し)(た|て)/u.test(after),
  );
  const said = new RegExp(
    `(${nouns.map(([noun]) => noun).join('|')})(\\([A-Za-z]+\\))?[をは][^をは]+$`,
    'u',
  );
  const verb = standing(
    seq(j('行っ', '行なっ', '実行し', '実施し', 'やっ', 'し'), ended),
    ({ before }) => said.test(before),
  );
  return [
    expand(object, ([name, called]): readonly Piece[] =>
      called !== null && called !== name ? [] : [deed('MANAGEMENT', name)],
    ),
    map(verb, (): Piece => ({ is: 'filler' })),
  ];
}

const useVerb = alt(
  seq(j('使っ', '使われ', 'つかっ', 'つかわれ', 'アクセスし', 'アクセスされ', '触っ'), ended),
  seq(j('使用', '利用'), j('し', 'され'), ended),
);
const used = (operation: string, ...words: readonly string[]): Parser<Piece> =>
  map(
    alt(
      seq(j(...words), j('に', 'のために', 'で', 'の用途で'), useVerb),
      // 暗号化された of a key says that the key itself was; data are what is meant.
      seq(j(...words), j('し'), ended),
      seq(j(...words.filter((w) => w.startsWith('データ'))), j('され'), ended),
      seq(j(...words), j('操作', '処理'), doing, ended),
    ),
    () => deed('CRYPTO', operation),
  );
/** Operations that encrypt data or decrypt them, or make keys that do. */
const encrypting = [
  'Decrypt',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncrypt',
] as const;
/** 先月作成されたか使われた: the time and the doer hold on behind the "or". */
const sharesTime =
  /(され|し|られ|っ)た(か|または|か、?または|もしくは|か、?もしくは|り|あるいは)、?$/u;
/** 外部キーストアを使っている: what a key is made of, not that it was used. */
const ofMaterial = /(ストア|HSM|XKS|マテリアル|スペック|仕様|アルゴリズム)\)?を$/iu;
const uses: readonly Parser<Piece>[] = [
  map(
    standing(
      useVerb,
      ({ before, said }) =>
        !ofMaterial.test(before) &&
        !sharesTime.test(before) &&
        !(said.startsWith('触') && bySomeone.test(before)),
    ),
    () => deed('CRYPTO', null),
  ),
  // 30日以内に使用 かつ: in note form, behind its time.
  map(
    standing(
      j('使用', '利用', '使用済み', '利用済み'),
      ({ before, after }) =>
        inTime.test(before.replace(/[にで、]$/u, '')) &&
        /^(?:$|[、。]|かつ|且つ|&|の(?:KMS)?(?:キー|鍵|CMK|もの))/iu.test(after),
    ),
    () => deed('CRYPTO', null),
  ),
  map(
    seq(
      j('暗号操作', '暗号処理', '暗号演算', '暗号化操作', '暗号API', '暗号系の操作'),
      j('に', 'のために', 'で', 'として'),
      useVerb,
    ),
    () => deed('CRYPTO', null),
  ),
  // 暗号化や復号に使われた: whichever of the operations that do either.
  map(
    seq(
      j(
        ...['や', '・', 'または', 'か', '/', 'もしくは', 'あるいは', '、'].flatMap((or) => [
          `暗号化${or}復号`,
          `復号${or}暗号化`,
          `暗号化${or}復号化`,
          `データの暗号化${or}復号`,
        ]),
        '暗号化復号',
        '暗復号',
      ),
      j('に', 'のために', 'で', 'の用途で'),
      useVerb,
    ),
    (): Piece => ({ is: 'did', test: { category: 'CRYPTO', operations: [...encrypting] } }),
  ),
  used('Decrypt', '復号', '復号化', 'データの復号', 'データを復号', '暗号文の復号'),
  used('Encrypt', '暗号化', 'データの暗号化', 'データを暗号化'),
  used('Sign', '署名'),
];

/** A stretch of time before the noun of what was done in it. */
export const inTime =
  /(今日|本日|昨日|おととい|今週|先週|先々週|今月|先月|先々月|今年|昨年|去年|[\d年か]月|[\d月]+日|時間|日間|週間|[月年]間|以降|以内|[年月週]度?)$/u;

/**
 * By whom, or from where, something was done, before its noun: 198.51.100.234からの変更. から of a time is its
 * beginning.
 */
export const byThem =
  /(による|(\d{1,3}(\.\d{1,3}){3}(以外)?(の)?(IP|アドレス|IPアドレス)?|(?<!\d)\d{12}|(外部|組織外の?|社外の?|別の?|他の?)アカウント)からの)$/u;
/** What may stand behind a noun of what was done, where that is asked for. */
const endOfAsked = /^([、。をは]|の?(一覧|履歴|件数|数|内訳)|$)/u;
const wasDoneBefore =
  /(行った|行なった|行われた|実行した|実行された|実施した|実施された|した|やった)$/u;

/** That something was done, before the noun of what was done: 行った管理操作. */
export const wasDone: Parser<string> = standing(
  j(
    '行った',
    '行なった',
    '行われた',
    '実行した',
    '実行された',
    '実施した',
    '実施された',
    '加えた',
    '加えられた',
    'した',
    'やった',
  ),
  ({ after }) =>
    /^((管理|変更)(系の?)?(操作|イベント)|(設定)?変更([、。をは]|の(一覧|履歴|件数|内訳)|$)|(データの)?(復号化?|暗号化|署名)(操作|イベント|処理)?([、。をは]|の?(一覧|履歴|件数|内訳)|$)|[A-Z][A-Za-z]+(操作|イベント)?([、。をは]|の?(一覧|履歴|件数|内訳)|$))/u.test(
      after,
    ),
);
/** Keys are what is asked for, behind what was done to them. */
export const ofKeysBehind = /キー|鍵|CMK/iu;

/** A change of a thing is not any change: those have rules of their own. */
const changesOfSomething =
  /(ポリシー|タグ|エイリアス|説明|グラント|ローテーション|状態|名前)(内容)?(を|が|の|は)$/u;
/** Someone who does it stands before the verb, perhaps with a time between. */
const bySomeone = new RegExp(
  `(?:[\\w.@-]|さん|氏|様|アカウント|ユーザー?|ロール|人|社外|外部|組織外|第三者)(?:が|は|から|によって|に)(?:実際に|最近|直近で)?${agoOrNow}`,
  'u',
);
const ofKeyItself = ({ before }: Around) =>
  !changesOfSomething.test(before) && !/ポリシー(を|が|は)[^を]+$/u.test(before);
const managed: readonly Parser<Piece>[] = [
  // 外部アカウントから呼ばれた, bobが触った: used or changed.
  map(
    standing(
      seq(
        j(
          '呼ばれ',
          '呼び出され',
          '呼び出し',
          '呼ん',
          '叩い',
          '叩かれ',
          'コールされ',
          'コールし',
          'アクセスされ',
          '実際に呼ばれ',
        ),
        alt(ended, j('だ', 'だの', 'でいる', 'でいた')),
      ),
      ({ before }) => bySomeone.test(before) && !/[A-Z][a-z]+[A-Z]?[a-z]*[がを]$/u.test(before),
    ),
    (): Piece => ({ is: 'did', test: null }),
  ),
  map(
    standing(
      seq(j('触っ', '触られ', 'さわっ', '弄っ', '操作を行っ', '操作を実行し', '操作をし'), ended),
      (around) => bySomeone.test(around.before) && ofKeyItself(around),
    ),
    (): Piece => ({ is: 'did', test: null }),
  ),
  // 誰がいつやった: whatever an answer was about.
  map(
    standing(
      seq(j('やっ', '行っ', '実施し', '実行し', '操作し'), ended),
      ({ before, after }) =>
        /^(?:それ|これ)?(?:を|は)?(?:誰|だれ|どなた|いつ|が|、|どこから)+$/u.test(before) &&
        /^(?:の|か|のか|んですか|のですか|んだろう|[?。])*$/u.test(after),
    ),
    (): Piece => ({ is: 'did', test: null }),
  ),
  // 操作した: used or changed.
  map(
    standing(seq(j('操作し', '操作され'), ended), ofKeyItself),
    (): Piece => ({ is: 'did', test: null }),
  ),
  // ルートユーザーが行った変更
  map(
    standing(
      j('変更', '設定変更'),
      ({ before, after }) =>
        (/(行った|行なった|行われた|加えた|加えられた|実施した|した)$/u.test(before) ||
          byThem.test(before)) &&
        /^([、。をは]|の(一覧|履歴|件数|内訳)|$)/u.test(after),
    ),
    () => deed('MANAGEMENT', null),
  ),
  // 昨日の変更
  map(
    standing(
      j('変更', '設定変更', '管理操作', '管理イベント', '変更操作'),
      ({ before, after }) =>
        inTime.test(
          before.replace(/(の間の|中の|の|に?(行われた|実行された)|に(発生した|あった))$/u, ''),
        ) &&
        !ofKeysBehind.test(after) &&
        /^([、。をは]|の?(一覧|履歴|件数|数|内訳)|$)/u.test(after),
    ),
    () => deed('MANAGEMENT', null),
  ),
  // 今月の管理操作, as a noun that is asked about.
  map(
    standing(
      j('管理操作', '管理イベント', '管理系操作', '管理系の操作', '管理系イベント', '変更操作'),
      ({ before, after }) =>
        (/た$/u.test(before) ||
          byThem.test(before) ||
          (/(^|の|、)$/u.test(before) && ofKeysBehind.test(after))) &&
        /^([、。]|の?(件数|数|一覧|履歴|内訳|対象)|を|は|に|$)/u.test(after),
    ),
    () => deed('MANAGEMENT', null),
  ),
  map(
    standing(
      alt(
        seq(
          j(
            '変更',
            '設定変更',
            '設定を変更',
            '変更操作',
            '管理操作',
            '管理者操作',
            '管理系の操作',
            '構成変更',
          ),
          doing,
          ended,
        ),
        standing(
          seq(j('変更', '設定変更', '変更操作', '管理操作', '管理イベント'), happened),
          isNoHistory,
        ),
        standing(
          j('変更', '設定変更', '変更操作', '管理操作'),
          (around) => historyNext.test(around.after) || numberNext(around),
        ),
        seq(j('いじっ', 'いじられ'), endedPlainly),
      ),
      ofKeyItself,
    ),
    () => deed('MANAGEMENT', null),
  ),
];
