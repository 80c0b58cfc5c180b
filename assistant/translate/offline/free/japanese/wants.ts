import { alt, map, type Parser } from '../../grammar/chart.ts';
import { j } from '../../japanese/literals.ts';
import { everything } from '../../plan/plan.ts';
import type { Piece, Want } from '../piece.ts';
import { type Around, depending, standing } from './around.ts';
import { byThem, inTime, ofKeysBehind, wasDone } from './deeds.ts';

const asking = (want: Want) => (): Piece => ({ is: 'want', want, asks: true });
const wanting = (want: Want) => (): Piece => ({ is: 'want', want });

/** The rows themselves. */
const list = j(
  '一覧',
  '一覧で',
  '一覧を',
  '一覧に',
  '一覧表',
  '一覧化',
  'リスト',
  'リストで',
  'リストを',
  'リストアップ',
  '洗い出し',
  '列挙',
  '明細',
);
/** どのキー: the noun behind it is what is asked for. */
const which = standing(
  j('どの', 'どのような', 'どんな', 'どこの', 'どういう', 'どういった', 'どちらの', '何の'),
  ({ after }) =>
    !/^(くらい|ぐらい|程度|人|ユーザー|ユーザ|プリンシパル|担当|操作|IP|アドレス)/u.test(after),
);

const counts = j(
  'いくつ',
  'いくつか',
  'いくつの',
  '幾つ',
  '何個',
  '何件',
  '何本',
  '何個の',
  '何件の',
  '何本の',
  '何個くらい',
  '何件くらい',
  '何本くらい',
  '何個ぐらい',
  '何件ぐらい',
  '何本ぐらい',
  '件数',
  '本数',
  '個数',
  '総数',
  '総件数',
  '合計数',
  '合計件数',
  '総本数',
  'カウント',
  'カウントして',
  'カウントしてください',
  'カウントしたい',
  '数えて',
  '数えてください',
  '数えてほしい',
  '数えたい',
  '数えると',
  '数を',
  '内訳',
  '分布',
  '集計',
);
/** How many kinds there are of what is told by kinds, not of keys: キースペックは何種類. */
const kinds = standing(
  j('何種類', '何種類くらい', '何種', '何通り'),
  ({ before }) => /(は|が|って)$/u.test(before) && !/(キー|鍵|CMK)(は|が|って)$/iu.test(before),
);
/** How many people, where people are what is asked for: 復号できる人は何人. */
const people = standing(j('何人', '何名', '何人くらい', '何人か', '何名か'), ({ before }) =>
  /(人|者|ユーザー|ユーザ|プリンシパル|主体|ロール|アイデンティティ)(は|が|って)?(全部で)?$/u.test(
    before,
  ),
);
/** 数 behind what is counted, and not in a comparison: キー数, 〜の数. */
const number = standing(
  j('数', '数は', '数を', '数の'),
  ({ before, after }) =>
    /(キー|鍵|CMK|の|総|合計|それぞれの|ユーザー|ユーザ|プリンシパル|作成)$/iu.test(before) &&
    !compared.test(after),
);
const compared =
  /^(が|の)?(最も|一番|もっとも|いちばん)?(多|少|大き|最多|最少|[0-9０-９一二三四五六七八九十])/u;
const amount = standing(
  j('どれくらい', 'どのくらい', 'どれぐらい', 'どのぐらい', 'どれだけ', 'どの程度'),
  ({ after, all }) =>
    /^(の数)?(ある|あり|存在|いる|い(ま|る)|です|でしょう|か|$)/u.test(after) &&
    !/コスト|費用|料金|月額|年額|金額|かか|払/u.test(all),
);
/** The count that a comparison is about says nothing more: キー数が多い. */
const comparedCount = standing(
  j('の数', '数', 'の件数', '件数', '本数', 'の本数', 'の数が', '数が', 'の件数が', '件数が'),
  ({ after }) => compared.test(after),
);

const who = j(
  '誰',
  '誰が',
  '誰に',
  '誰によって',
  'だれ',
  'だれが',
  'どなた',
  'どの人',
  'どの人が',
  'どのユーザー',
  'どのユーザーが',
  'どのユーザ',
  'どのプリンシパル',
  'どのプリンシパルが',
  'どの担当者',
  '誰と誰',
  '誰なのか',
  '誰ですか',
  '誰か',
);
/** 誰が外部に許可したか asks for whoever gave access, which is not recorded as such. */
const gave =
  /(許可|公開|共有|付与|提供|開放)(を)?し(た|て|ま|てい)|渡し(た|て)|与え(た|て)|開い(た|て)/u;

const gaveBefore =
  /((許可|公開|共有|付与|提供|開放)(を)?した|渡した|与えた|開いた)(の|人|者)?(は|って)?$/u;

/** The one who did or may do what stands before: 変えた人, 復号できる人. */
const whoDid = standing(
  j('人', '人物', '者', '担当者', '張本人', '人たち'),
  ({ before, after }) =>
    /(た|る)$/u.test(before) &&
    !countedNext.test(after) &&
    !rankedNext.test(after) &&
    !gaveBefore.test(before),
);
/** Behind those who may or did: their number, each counted once. */
const countedNext =
  /^(は|が|って|の)?(全部で)?(何人|何名|数|人数|いくつ|総数|合計)|^が?[\d一二三四五六七八九十]+[人名]/u;
/** 作った人ランキング: each of them has a number. */
const rankedNext = /^の?(ランキング|件数順|数の多い順)/u;
const countedPeople = depending(
  j('人', '人物', '者', '担当者', '人たち', 'ユーザー', 'ユーザ'),
  (_, { before, after }): readonly Piece[] => {
    if (!countedNext.test(after) && !rankedNext.test(after)) return [];
    if (/(える|できる|可能な|持つ|持っている|れている)$/u.test(before)) {
      return [{ is: 'noun', noun: 'permissions', filter: everything, people: true }];
    }
    return /た$/u.test(before)
      ? [{ is: 'dimension', entity: 'usage', dimension: { column: 'username' } }]
      : [];
  },
);
const named = (...ones: readonly string[]) =>
  j(...ones.flatMap((one) => [one, `と${one}`, `とその${one}`, `および${one}`]));
/** Behind the keys to which something was done, as what is told besides. */
const isTold = ({ before, after }: Around) =>
  /(キー|鍵|CMK|もの)$/iu.test(before) &&
  /^([、。!?]|も?を?(教え|知り|確認|一覧|表示|見|出|示|$))/u.test(after);

/** One whose name is asked for behind what was done: 使ったユーザーは誰か, そのキーと実行者. */
const whoElse = alt(
  standing(
    j(
      ...['ユーザー', 'ユーザ', '人', '者', '担当者', 'プリンシパル', '人物'].flatMap((one) =>
        [
          'は誰',
          'は誰か',
          'は誰ですか',
          'って誰',
          'は誰でしょうか',
          'は誰なのか',
          'は誰だったか',
          'の名前',
        ].map((asked) => `${one}${asked}`),
      ),
    ),
    ({ before }) => /(た|る)$/u.test(before),
  ),
  standing(
    named('実行者', '操作者', '作業者', '実施者', '操作した人', '実行した人', '実行ユーザー'),
    isTold,
  ),
  standing(
    named('変更者', '変更した人'),
    (around) => isTold(around) && /変|編集|更新|修正|書き換え/u.test(around.before),
  ),
);
const when = j('いつ', 'いつか', 'いつですか', 'いつ頃', 'いつごろ', '何時', '何月何日', '時期');
const whence = j(
  'どこから',
  'どのIPから',
  'どのIP',
  'どのIPアドレス',
  'どのIPアドレスから',
  'どのアドレスから',
  'どの送信元',
  'どの送信元から',
  '送信元IP',
  '送信元IPアドレス',
  'IPアドレス',
  // どのIPから来てる: of what was done.
  ...['どこから', 'どのIPから', 'どのIPアドレスから', 'どのアドレスから', 'どの送信元から'].flatMap(
    (from) =>
      ['来てる', '来ている', '来た', '来てた', '来ていた', 'きてる', 'きている'].flatMap((come) =>
        ['', 'の', 'か', 'んですか'].map((end) => `${from}${come}${end}`),
      ),
  ),
);
const what = j(
  'どの操作',
  'どんな操作',
  'どのような操作',
  '何の操作',
  '操作内容',
  '操作',
  '行った操作',
  '行った操作を',
  'した操作',
  'やった操作',
  '実行した操作',
  '何をした',
  '何をしたか',
  '何をしたのか',
  '何をしましたか',
  '何をやった',
  '何をやったか',
  '何をしていた',
  '何をしていたか',
  '操作履歴',
  'どの操作が',
  'どんな操作が',
  'どのような操作が',
);
const why = j(
  'なぜ',
  'どうして',
  '何故',
  'なんで',
  '理由',
  '理由を',
  '原因',
  'どういう理由で',
  '何が問題',
  'どこが問題',
  '何がまずい',
  '理由つきで',
  '理由付きで',
);

/** A list and a number of it are two questions: 一覧と件数. */
export const alsoNumber = /^(と|、|および|・)(その)?(件数|本数|個数|数|総数|合計|総額|総コスト)/u;
/** 変更履歴 asks for what was done, not for the keys. */
const history = standing(
  j('履歴', 'の履歴', '記録', 'の記録', 'イベント', 'のイベント'),
  ({ before, after }) =>
    doneNoun.test(before) && /^([、。をは]|の(一覧|件数|内訳)|一覧|$)/u.test(after),
);
const doneNoun =
  /(変更|更新|修正|編集|作成|付与|無効化|有効化|予約|キャンセル|取り消し|使用|利用|操作|復号|暗号化|署名)$/u;

/** A change or a use as the noun that is asked about. */
export const doneByThem =
  /^(管理操作|管理イベント|変更操作|設定変更|変更|(キー)?ポリシーの?(変更|更新|修正|編集)|(データの)?(復号化?|暗号化|署名)|[A-Z][A-Za-z]+)の?(操作|イベント|処理|呼び出し)?(の?(一覧|履歴|内訳|件数|数)|[、。をは]|$)/u;

/** What is wanted of the rows, in all the ways people ask for it. */
export const wants: Parser<Piece> = alt(
  map(
    standing(list, ({ after }) => !alsoNumber.test(after)),
    asking('list'),
  ),
  map(history, wanting('what')),
  map(which, asking('list')),
  map(counts, wanting('count')),
  map(number, wanting('count')),
  map(kinds, wanting('count')),
  map(people, wanting('count')),
  map(
    standing(j('人数'), ({ before }) => /の$/u.test(before)),
    wanting('count'),
  ),
  countedPeople,
  map(amount, wanting('count')),
  map(comparedCount, (): Piece => ({ is: 'filler' })),
  map(
    standing(
      who,
      ({ before, said, after }) =>
        (said !== '誰か' || /^(を|教え|知り|$)/u.test(after)) &&
        !(/が$|^が/u.test(/が$/u.test(said) ? said : after) && gave.test(after)) &&
        !gaveBefore.test(before),
    ),
    wanting('who'),
  ),
  map(whoDid, wanting('who')),
  map(whoElse, wanting('who')),
  map(when, wanting('when')),
  map(whence, wanting('whence')),
  map(what, wanting('what')),
  // ルートユーザーが行った変更: what was done, not the keys.
  map(
    standing(wasDone, ({ after }) => !/キー|鍵|CMK/iu.test(after)),
    wanting('what'),
  ),
  // IAMユーザーによる変更: what was done, not the keys.
  map(
    standing(j('による'), ({ after }) => doneByThem.test(after)),
    wanting('what'),
  ),
  // 198.51.100.234からの変更; of a time it would be its beginning.
  map(
    standing(
      j('からの'),
      ({ before, said, after }) => byThem.test(before + said) && doneByThem.test(after),
    ),
    wanting('what'),
  ),
  // 昨日の変更, 先週行われた操作: what was done then, not the keys.
  map(
    standing(
      j(
        'の',
        '',
        '中の',
        'の間の',
        'に行われた',
        'に実行された',
        'に発生した',
        'にあった',
        '行われた',
        '実行された',
      ),
      ({ before, after }) =>
        inTime.test(before) && doneByThem.test(after) && !ofKeysBehind.test(after),
    ),
    wanting('what'),
  ),
  // Why a key is so is not told; what is wrong with it is.
  map(
    standing(why, ({ all }) =>
      /指摘|懸念|問題|危|フラグ|リスク|まず|検出|挙が|載って|課題|読|収集|取得|取り込|スキャン|スキップ/u.test(
        all,
      ),
    ),
    wanting('why'),
  ),
);
