import { alt, map, opt, type Parser, seq } from '../../grammar/chart.ts';
import { request } from '../../japanese/asking.ts';
import { j } from '../../japanese/literals.ts';
import type { Piece } from '../piece.ts';
import { standing } from './around.ts';
import { wasDone } from './deeds.ts';
import { alsoNumber } from './wants.ts';

/** Particles and words that say nothing by themselves, wherever they stand. */
const plain = j(
  ...`は が を に で の へ って  という といった っていう との として について に関して に関する に対して に対する
  における において での には では とは のは のって のが のを ので のも ものは もの 物 モノ やつ ヤツ 奴 もん
  です でしょうか ですか でしょう でございますか だ なの なんですか なのか なのでしょうか である であるもの となっている
  になっている になります になりますか になる となる となります ある あります ありますか あるか あるの あるのか
  あるんですか ありますでしょうか ございますか 存在する 存在します 存在しますか 存在している 存在しているもの
       あるもの  見つかる 見つかりますか 見つかった
  を持つ を持っている を持っています を持っているもの を保有する を保有している を所有する を所有している
  を抱える を抱えている を抱えてる が持つ が持っている が持ってる を持ってる って持ってる が付いてる が所有する が保有する が保有している が所有している
  持つ 持っている 持ってる 持っています 保有する 保有している 所有する 所有している 抱えている 抱える
  が存在する がある のある の中にある にある にあります にあるもの 該当する に該当する 該当
  今 いま 現在 現時点で 現時点の 現状 現状で 目下 今のところ 今現在 もう すでに 既に
  実際 実際に 本当に ちゃんと きちんと 具体的に 正確に 厳密に ちなみに とりあえず
  一応 念のため 念の為 できれば 可能なら 可能であれば 至急 急ぎで 急ぎ 早急に すぐに すぐ ちょっと 少し
  すみません すいません お手数ですが 恐れ入りますが お疲れ様です あの えっと えーと ねえ なんか
               
      AWS環境 KMS環境
  全部で 全体で 全体の トータルで 合わせて 合計で それぞれで あわせて 
  かなと かな かしら のか のかな のかを のかが んだっけ んでしたっけ でしたっけ だっけ っけ ね よ よね んですか んです んだ んですけど のですが んですが
  を対象に を対象として を対象にした という条件で という条件の 条件で 条件の ようなもの ような といったもの
  知りたい 知りたいです 知りたいのですが 知りたいんですが 知りたいんだけど 確認したい 確認したいです 調べたい 把握したい 把握したいです
  わかる わかりますか 分かる 分かりますか わかりますでしょうか 教えて 教えてください 教えて下さい 教えてほしい
  見たい 見たいです 見せて 見せてください 出して 出してください 出せる 出せますか 挙げて 挙げてください 挙げよ 示せ 抽出せよ 列挙せよ
  お知らせください お知らせ下さい お教えください お教え下さい ご教示ください ご教示願います ご提示ください お見せください お示しください ご確認ください
  説明して 説明してください 説明してほしい 解説して 教えていただけますか 教えてもらえますか
  おねがいします おねがい をおねがいします お願い お願いします をお願いします お願いできますか 頼む 頼みます よろしく よろしくお願いします ください 下さい くださいませんか
  どうなっている どうなっています どうなっていますか どうなってる どうなる どうなりますか どう どうですか どうでしょう どうでしょうか
  いただけますか いただけますでしょうか いただけませんか いただきたい いただきたいです いただきたいのですが いただけると助かります
  いただけますと幸いです 頂けますか 頂けますでしょうか 頂きたい 頂きたいです もらえますか もらえますでしょうか もらえませんか もらいたい もらいたいです
  くれますか くれませんか くれる 欲しい ほしい ほしいです 欲しいです 助かります 助かる 幸いです
  だろう だろうか んだろう んだろうか のだろう のだろうか んでしょう んでしょうか のでしょう でしょ だったっけ ですかね ますかね
  なんでしょう なのでしょう なんだろう なんだろうか でしたか でしたでしょうか だったか ありましたっけ ありましたか あるかな あるかも
  ありますかね あるんでしょうか あるのでしょうか あるのですか あるんですかね ってある ってありますか っていくつ
  あれば あれば教えて いれば もしあれば もし もしあるなら あるなら あるようなら 存在すれば 全件 全件を 全量
  併せて 合わせて ぜんぶで すべてで 総計で 通算で
  特定したい 特定したいです 探しています 探している 探したい 探してます 知っておきたい 押さえておきたい 確かめたい 把握しておきたい
  見ておきたい 洗い出したい 洗い出したいです 洗い出しておきたい リストアップしたい リスト化したい まとめたい まとめてほしい
  気になる 気になります 気になっています 気になってます 気になって
  ピックアップして ピックアップしてください ピックアップ 拾って 拾ってください 拾い出して 抜き出して 抜き出してください 書き出して 取り出して
  報告して 報告してください 報告せよ 報告を 報告 提示せよ 提出して 提出してください 答えて 答えてください 回答して 回答してください 述べよ 列記して 列記してください
  すぐ知りたい 今すぐ知りたい 早めに 手短に 簡単に 簡潔に 詳しく もう少し詳しく もっと詳しく より詳しく 詳細に ざっくり ざっくりで ざっくりと 結局 結局のところ 要するに つまり そもそも 一体 いったい ところで
  このままだと このままでは このままいくと 放っておくと 何もしないと
  こんにちは おはようございます お疲れさまです お世話になっております お世話になります お忙しいところ恐れ入りますが すみませんが 申し訳ありませんが 恐縮ですが 失礼します
  を満たす 満たす 両方を満たす 条件を満たす すべて満たす 同時に 監査で 監査用に レポート用に 調査中です 調査しています`
    .split(/\s+/u)
    .filter(Boolean),
);

/** Which ones they are, where nothing else is asked for: はどれですか. */
const which = j(
  'どれ',
  'どれとどれ',
  'どれどれ',
  'どれですか',
  'どれでしょう',
  'どれでしょうか',
  'どれだろう',
  'どれだっけ',
  'どれか',
  'どちら',
  'どちらですか',
  '何',
  '何ですか',
  'なに',
  'なんですか',
  'どんなもの',
  'どんなものがある',
  'どんなものがありますか',
  'どういうもの',
  'どのようなもの',
  'どのようなものがありますか',
  'なんてある',
);
/** Where, of what is a place itself: アカウントはどこですか. */
const where = standing(
  j('どこ', 'どこですか', 'どこでしょうか', 'どこか', 'どこなの', 'どこなのか'),
  ({ before }) => /(アカウント(名)?|リージョン|OU|組織単位)(は|って|が)$/u.test(before),
);

/** Whose it is, behind the place that is asked for: どのアカウントのもの. */
const belongs = standing(
  j(
    'のもの',
    'のものか',
    'のものですか',
    'のやつ',
    'の所有',
    'に属する',
    'に属しますか',
    'に属している',
    'にある',
    'にありますか',
  ),
  ({ before, after }) =>
    /どの(AWS)?(アカウント|リージョン|OU)$/u.test(before) &&
    /^[、。!?]*(です|でしょう)?か?$/u.test(after),
);
/** Where keys are stands in every list of them: キーはどこにある. */
const whereabouts = standing(
  j(
    'どこにある',
    'どこにあります',
    'どこにありますか',
    'どこにあるか',
    'どこにあるの',
    'どこですか',
  ),
  ({ before, after }) => /(キー|鍵|CMK)(は|って|が)?$/iu.test(before) && /^[、。!?]*$/u.test(after),
);
/** Who is asking: 経理です。 */
const introduction = standing(
  seq(
    opt(j('私は', '弊社の', '当社の')),
    j(
      ...[
        '経理',
        '財務',
        '監査',
        '内部監査',
        '情シス',
        '情報システム',
        'セキュリティ',
        'インフラ',
        '運用',
        '開発',
        '総務',
        '法務',
        'SRE',
        'CISO',
        'FinOps',
        'クラウド',
        'プラットフォーム',
      ].flatMap((team) =>
        [
          '',
          '部',
          '部門',
          '課',
          '室',
          'チーム',
          '担当',
          '担当者',
          '部の者',
          'の者',
          'チームの者',
        ].map((of) => `${team}${of}です`),
      ),
    ),
  ),
  ({ before, after }) => before === '' && /^[、。]/u.test(after),
);

/** 無効なキーを含むアカウント has such keys; 無効なキーを含む全キー are more than those. */
const containing = standing(j('を含む', 'を含んでいる'), ({ after }) =>
  /^(AWS)?(アカウント|リージョン|OU|組織単位|チーム)/u.test(after),
);
/** Whose service this is; one who did or may something is no such word. */
const ofWhom = standing(
  j('AWS', 'KMS', 'AWSのKMS', 'AWS KMS'),
  ({ after }) =>
    !/^(側|サービス)?(が|に|から|によって|により|だけ|のみ|以外|も)/u.test(after) ||
    /^(に|には|で|って|は)?、?(毎月|月に|月々|月|年に|今|現在|年間|合計|全部で|全体で)*(いくら|何ドル|どれくらい|どのくらい|どれだけ)(の?お金を?|を)?(か|払|支払|使って|つか|掛)/u.test(
      after,
    ),
);
/** All at once, of what is asked for and not of what was done. */
const atOnce = standing(j('まとめて', '一括で', '一気に'), ({ after }) => !wasDoneNext.test(after));
const wasDoneNext =
  /^(無効|有効|作成|作|削除を|削除が|変更|更新|使|利用|復号|暗号|署名|公開|許可|ローテ|付与|予約)/u;
/** What is spoken of; 使われたことがある says that it ever was so. */
const matter = standing(j('こと'), ({ before }) => !/[たるい]$/u.test(before));
/** How it was used, said twice: 呼び出されて暗号操作に使われた. */
const calledAndUsed = standing(j('呼び出されて', '呼ばれて', 'アクセスされて'), ({ after }) =>
  /^(暗号操作|暗号処理|復号|暗号化)に使/u.test(after),
);
/** What is counted is shown beside the groups in any case: 上位3つとキー数. */
const countToo = standing(
  j(
    'とキー数',
    'とその数',
    'と件数',
    'とキーの数',
    'とその件数',
    'とその本数',
    'と本数',
    'とそのキー数',
  ),
  ({ before, after, all }) =>
    /(上位|トップ|ベスト|別|ごと)/u.test(before) &&
    /^([、。!?]|も|を|$)/u.test(after) &&
    !/コスト|費用|料金|月額|年額|金額|割合|平均/u.test(all),
);

/** Roughly, of what is asked for; not of a number that is said. */
const roughly = standing(
  j('ざっと', 'だいたい', '大体', 'おおよそ', 'おおむね'),
  ({ after }) => !/^(過去|直近|ここ)?[\d一二三四五六七八九十百半]/u.test(after),
);

/** What a key has, of findings: キーに付いている指摘, キーで見つかった問題. */
const had = standing(
  j(
    'に付いている',
    'に付いた',
    'についている',
    'についた',
    'に出ている',
    'に出た',
    'で見つかった',
    'に見つかった',
    'で検出された',
    'に挙がっている',
    'に上がっている',
    'が抱える',
    'が抱えている',
    'に残っている',
    'に関する',
    'に対する',
  ),
  ({ after }) =>
    /^(重大な|重要度[^の]*の|深刻な)?(指摘|懸念|問題|検出|リスク|課題|セキュリティ)/u.test(after),
);
/** Anew, of what was made: 新しく作成された. */
const anew = standing(j('新しく', '新規に', '新たに', '追加で'), ({ after }) =>
  /^(作成|作ら|作っ|発行|付与|追加)/u.test(after),
);
/** Why it is asked about: なぜ指摘されているの. */
const whyElse = standing(
  j(
    '指摘されている',
    '指摘されているの',
    '指摘されているのか',
    '指摘されています',
    '指摘されていますか',
    '指摘された',
    'フラグが立っている',
    'フラグが立っているの',
    '問題になっている',
    '問題視されている',
    'リストに載っている',
    '危険',
    '危ない',
    'まずい',
    '挙がっている',
    '挙がっているの',
  ),
  ({ all }) => /なぜ|どうして|何故|なんで|理由|原因/u.test(all),
);
/** Not through others: IAMユーザーに直接許可している. */
const directly = standing(
  j('直接', '直に'),
  ({ after }) =>
    /^(アクセス|許可|付与|権限|使)/u.test(after) ||
    /^(の)?(復号|暗号化|署名|管理|decrypt|encrypt|sign|kms:\S+)[^、。]{0,6}(許可|付与|権限|与え|渡し|認め|でき)/iu.test(
      after,
    ),
);
/** Ours, which all keys are; where someone's access is spoken of, it may say whose. */
const ours = standing(
  j(
    'うちの',
    ...['Organizations', 'AWS Organizations', 'Organization', 'AWS Organization', '組織'].flatMap(
      (org) =>
        ['の', 'に', 'には', 'で', '内の', '内に', '内には'].flatMap((p) => [
          `うちの${org}${p}`,
          `自社の${org}${p}`,
          `弊社の${org}${p}`,
          `当社の${org}${p}`,
        ]),
    ),
    'うちで',
    'うちに',
    'うちにも',
    'うちには',
    '弊社に',
    '弊社にも',
    '弊社には',
    '当社に',
    '当社には',
    '社内に',
    '社内にも',
    '社内には',
    '我が社に',
    '我が社には',
    '弊社の',
    '当社の',
    '自社の',
    '我が社の',
    'わが社の',
    '私たちの',
    '我々の',
    '社内の',
    '組織の',
    '組織内の',
    '組織内で',
    '組織に',
    '組織には',
    '組織で',
    'うちの組織で',
    'うちの組織の',
    'うちの会社で',
    'うちの会社の',
    '弊社で',
    '当社で',
    '組織全体で',
    '組織全体の',
    '全社で',
    '全社の',
    '環境内の',
    '環境にある',
    'うちの環境で',
    'うちの環境の',
  ),
  ({ said, after, all }) =>
    !/アクセス|でき|使え|許可|共有|公開|開|権限|渡|与え/u.test(all) &&
    !/^(属|所属|含まれ)/u.test(after) &&
    !/^の?(別|他|ほか|異なる|違う|外|誰|だれ|人|ユーザ|者|メンバ|IAM|ロール|プリンシパル|サービス|ルート|root|担当|社員)/iu.test(
      after,
    ) &&
    // 組織内で使われた tells where from.
    !(
      /で$/u.test(said) &&
      /^(実際に|先月|今月|昨日|最近)?(使|利用|復号|暗号|署名|操作)/u.test(after)
    ),
);
/** Ours, said as what is spoken of: うちの会社、キーは. */
const oursFirst = standing(
  j(
    ...['うち', '弊社', '当社', '自社', '我が社', 'わが社', '会社', '組織'].flatMap((w) => [
      w,
      `${w}全体`,
    ]),
    'うちの会社',
    'うちの組織',
    'うちの環境',
    '全社',
  ),
  ({ before, after, all }) =>
    /^(今|現在|ちなみに|そもそも|ところで|、)*$/u.test(before) &&
    /^(、|って|は|だと|では|としては)/u.test(after) &&
    !/アクセス|でき|使え|許可|共有|公開|開|権限|渡|与え/u.test(all),
);
/**
 * What keys are nicknamed of which it is said why: タグもエイリアスもない野良キー. By itself such a name may say
 * any of it.
 */
const nickname = alt(
  standing(
    j('野良', '野良の', '迷子', '迷子の', '迷い子の', '謎の', '名無しの', '孤児', '身元不明の'),
    ({ before, after }) =>
      /(タグ|エイリアス|別名|所有者|オーナー|持ち主|説明|担当)[^、。]{0,8}(ない|無い|なし|なしの|無しの|不明の|不明な)$/u.test(
        before,
      ) && nicknamed.test(after),
  ),
  standing(
    j(
      'ゾンビ',
      'ゾンビの',
      '放置',
      '放置された',
      '幽霊',
      '塩漬け',
      '塩漬けの',
      '死蔵',
      '休眠',
      '遊休',
    ),
    ({ before, after }) =>
      /(使|利用)[^、。]{0,8}(ない|なかった|ないまま)の?$|未使用の$/u.test(before) &&
      nicknamed.test(after),
  ),
);
const nicknamed = /^(KMS)?(キー|鍵|CMK)/iu;
/** What is not spent any more; how much is said besides. */
const saved = j(
  '節約できる',
  '節約できますか',
  '節約できるか',
  '節約できるの',
  '節約になる',
  '節約になりますか',
  '節約',
  '浮く',
  '浮きますか',
  '浮くか',
  '浮くの',
  '浮かせられる',
  '削減できる',
  '削減できますか',
  '削減できるか',
  '減らせる',
  '減らせますか',
  '減りますか',
  '減る',
  '安くなる',
  '安くなりますか',
  '抑えられる',
  '下がりますか',
  '下がる',
);
/** Of all of them: キー全体のうち. */
const whole = standing(
  j('全体', '全部', '全体の'),
  ({ before, after }) =>
    /(キー|鍵|CMK)$/iu.test(before) && /^(のうち|に占める|の中|の|で)/u.test(after),
);
/** There are such: キーがいますか. Behind a verb it is part of its ending. */
const thereAre = standing(j('いる', 'います', 'いますか', 'いるか', 'いるの'), ({ before }) =>
  /(が|は|も|に|って)$/u.test(before),
);

/** What is asked for in another shape: 件数にしてください, アカウント別にして. */
const asShape = standing(
  j(
    'にして',
    'にしてください',
    'にして下さい',
    'にしてほしい',
    'にしてもらえますか',
    'にしてみて',
    'に直して',
    'に直してください',
    'に集約して',
    'に分けて',
    'で分けて',
    'で分けると',
    'に分けると',
    'で集計して',
    'に集計して',
    'で出して',
    'でまとめて',
    'でお願い',
    'でお願いします',
    'で見せて',
    'で見ると',
    'に見ると',
    'で教えて',
    'して',
    'してください',
  ),
  ({ before, said }) =>
    /^し/u.test(said)
      ? /(別|ごと|毎)に$/u.test(before)
      : /(別|ごと|毎|単位|数|件数|本数|個数|一覧|リスト|表|割合|合計|金額|順|ランキング|内訳)$/u.test(
          before,
        ),
);
/** Behind a number that is asked for: 何本残っていますか. */
const stillThere = standing(
  j(
    '残っている',
    '残っています',
    '残っていますか',
    '残っているか',
    '残っているの',
    '残ってる',
    '残ってますか',
    '残ってるの',
    '残る',
    '残りますか',
    'あがっている',
    '上がっている',
    '上がっていますか',
    'ヒットする',
    'ヒットしますか',
    '引っかかる',
    '引っかかりますか',
    '当てはまる',
    '当てはまりますか',
    '該当しますか',
    '該当する',
    '登録されている',
    '登録されていますか',
    '管理している',
    '管理していますか',
    '持っていますか',
    '持ってますか',
    '保有していますか',
    '運用している',
    '運用していますか',
  ),
  ({ before }) =>
    /(何本|何個|何件|いくつ|幾つ|どれくらい|どのくらい|どれだけ|どれぐらい|何本くらい|何個くらい)(も)?$/u.test(
      before,
    ),
);
/** Whether there are such: 対称でないものは含まれてる. */
const included = standing(
  j(
    ...['含まれ', '混ざっ', '混じっ', '入っ', '紛れ', '紛れ込ん'].flatMap((w) => {
      const te = w.endsWith('ん') ? 'で' : 'て';
      return [
        `${w}${te}いる`,
        `${w}${te}る`,
        `${w}${te}います`,
        `${w}${te}いますか`,
        `${w}${te}ますか`,
        `${w}${te}いるか`,
        `${w}${te}るの`,
      ];
    }),
    '含まれる',
    '含まれます',
    '含まれますか',
    '含まれるか',
  ),
  ({ before, after }) =>
    /((キー|鍵|CMK|もの|やつ)(は|が|って|も)?|[るたいな]の(は|が|って|も))、?$/iu.test(before) &&
    /^[、。!?]*(か|の)?[、。!?]*$/u.test(after),
);
/** Whether there are such keys any more: RSAのキーってまだ残ってる. */
const remaining = standing(
  j(
    '残っている',
    '残っています',
    '残っていますか',
    '残ってる',
    '残ってます',
    '残ってますか',
    '残ってるの',
    '残る',
    '残り',
  ),
  ({ before }) => /(キー|鍵|CMK|もの|やつ)(は|が|って|も)?、?(まだ|今も|いまだに)?$/iu.test(before),
);
/** Until now; of use it asks how lately, which is a condition. */
const untilNow = standing(
  j('まだ', '今も', 'いまも', '今でも', '現在も', 'いまだに', '未だに', '今なお', '今もなお'),
  ({ after }) =>
    !/^(、|実際に|ちゃんと|まだ)?(使われ|使って|使用|利用|現役)/u.test(after) ||
    /^[^、。]{2,8}(ない|なく|ず|ません)/u.test(after),
);
/** All of those who did or may: アクセスできる人を全員. */
const everyOne = standing(
  j('を全部', 'を漏れなく', '全員', 'を全員', '全員を', '全員の名前', 'をすべて', 'を全て'),
  ({ before }) =>
    /(た|る|可能な)(人|者|ユーザー|ユーザ|プリンシパル|ロール|アカウント)$/u.test(before),
);
/** The key that is named next: このキー alias/orders. */
const thisKey = standing(
  j('このキー', '次のキー', '以下のキー', '下記のキー', '当該キー', 'この鍵', '次の鍵'),
  ({ after }) => /^の?[:：]?(alias\/|arn:|[0-9a-f]{8}-)/iu.test(after),
);
/** Those that are asked about: 対象のキー, 該当するもの. */
const concerned = standing(j('対象', '対象の', '対象となる', '対象になる', '当該'), ({ after }) =>
  /^(キー|鍵|CMK|KMSキー)/iu.test(after),
);
/** By which service, said before the service by which keys are counted: 経由したサービス別. */
const passing = standing(
  j(
    '経由した',
    '経由する',
    '経由の',
    '経由元の',
    '通った',
    '間に入った',
    '利用元の',
    '呼び出し元の',
    '使った',
    '利用した',
    '使っている',
  ),
  ({ after }) => /^(AWS)?サービス(別|ごと|毎|名|単位)/iu.test(after),
);
/** That something was done, before the noun of what was done to keys: 行われた管理操作の対象キー. */
const wasDoneToKeys = standing(wasDone, ({ after }) => /キー|鍵|CMK/iu.test(after));
/** Whether there are such keys: 公開状態のキーの有無. */
const whether = standing(
  j(
    'の有無',
    'の有無を',
    'の存在',
    'の存在を',
    'が存在するか',
    'が存在するかどうか',
    'があるかどうか',
    'があるかどうかを',
    'があるかを',
  ),
  ({ before }) => /(キー|鍵|CMK)$/iu.test(before),
);
/** At some time, of what is recorded at all: 過去に使われた履歴のある. */
const ever = standing(
  j(
    '過去に',
    '以前',
    '以前に',
    'かつて',
    'これまでに',
    '今までに',
    'いままでに',
    '一度でも',
    '少なくとも一度',
  ),
  ({ after }) => /^[^、。]*た(こと|履歴|記録|形跡|実績|痕跡)(が|の)(ある|あり|残)/u.test(after),
);
/** か ends a question; between two conditions it is "or". */
const ka = standing(j('か', 'かを', 'かも', 'かについて', 'かどうか', 'のかどうか'), ({ after }) =>
  /^([、。!?)]*$|(を|も)?(教え|知り|調べ|見|出し|確認|示し|一覧|リスト|まとめ|集計|、?(月|アカウント|リージョン|OU|サービス)))/u.test(
    after,
  ),
);

/** も adds what is shown besides: 金額も, 件数も. */
const besides = standing(j('も'), ({ before }) =>
  /(数|件数|金額|額|コスト|費用|料金|合計|割合|内訳)$/u.test(before),
);

/** Why someone asks: インシデント調査中です, 監査のため; 監査用のキー are certain keys. */
const chatter = standing(
  seq(
    opt(
      j(
        'インシデント',
        '障害',
        'セキュリティ',
        'コスト',
        'コスト削減',
        'ガバナンス',
        '内部',
        '外部',
        '定期',
        '緊急',
        'KMSキー',
        'キー',
      ),
    ),
    opt(j('の')),
    j(
      '調査',
      '対応',
      '監査',
      'レビュー',
      '棚卸し',
      '棚卸',
      '見直し',
      '点検',
      '報告',
      '会議',
      'レポート',
      '削減',
    ),
    j(
      '中です',
      '中なのですが',
      '中なんですが',
      '中なので',
      '中',
      'のため',
      'のために',
      'をしています',
      'しています',
      'に使うので',
      'に使いたいので',
      'で必要なので',
      'で使うので',
      'をしたいので',
      'したいので',
      '用に',
      '用',
      'に向けて',
      'の一環で',
    ),
  ),
  ({ said, after }) =>
    !/^(の|に|使|利用|作)/u.test(after) &&
    (!/用に?$/u.test(said) ||
      !/^の?(KMS|カスタマー管理|AWS管理|無効な|有効な)?(キー|鍵|CMK)/iu.test(after)),
);

/**
 * A question that is asked politely as if denying it: キーはありませんか. Only of keys themselves and at the
 * end, where nothing else can be denied.
 */
export const politeDenials: Parser<Piece> = map(
  alt(
    // キーはない by itself may say that there is none; 公開されているキーはない？ asks for those.
    standing(
      j(
        'はない',
        'はないの',
        'はないのか',
        'はないよね',
        'はないですよね',
        'はないのですか',
        'はないんですか',
        'ってない',
        'ってないの',
        'がない',
        'がないの',
      ),
      ({ before, after }) => /[るたいなの](キー|鍵|CMK|もの)$/iu.test(before) && after === '',
    ),
    // 公開されているもの、ないよね？
    standing(
      j(
        ...['、', 'は', 'って', ''].flatMap((p) =>
          ['ないよね', 'ないですよね', 'ありませんよね', 'ないかな', 'ないか', 'ないですか'].map(
            (w) => `${p}${w}`,
          ),
        ),
      ),
      ({ before, after }) => /[るたいなの](キー|鍵|CMK|もの|やつ)$/iu.test(before) && after === '',
    ),
    standing(
      j(
        'はありませんか',
        'はありませんでしょうか',
        'はございませんか',
        'はないですか',
        'はないでしょうか',
        'はないか',
        'はないかな',
        'ってありませんか',
        'ってないですか',
        'ってないかな',
        'がないか',
        'がないか確認したい',
        'がないか調べて',
        'がないか教えて',
        'がないか知りたい',
      ),
      ({ before, after }) =>
        /(キー|鍵|CMK|もの)$/iu.test(before) &&
        /^([、。!?]|を?(確認|調べ|教え|知り)|$)/u.test(after),
    ),
  ),
  (): Piece => ({ is: 'filler' }),
);

/** Words without meaning of their own where they stand. */
export const fillers: Parser<Piece> = map(
  alt(
    plain,
    untilNow,
    remaining,
    included,
    thereAre,
    whole,
    saved,
    ours,
    oursFirst,
    nickname,
    directly,
    whyElse,
    anew,
    had,
    chatter,
    asShape,
    concerned,
    everyOne,
    thisKey,
    stillThere,
    wasDoneToKeys,
    whether,
    ever,
    passing,
    which,
    where,
    ka,
    besides,
    belongs,
    roughly,
    matter,
    ofWhom,
    atOnce,
    containing,
    calledAndUsed,
    countToo,
    whereabouts,
    introduction,
    standing(
      request,
      ({ said, after }) =>
        !/カウント|数え/u.test(said) &&
        !alsoNumber.test(after) &&
        !(said === 'まとめて' && wasDoneNext.test(after)),
    ),
  ),
  (): Piece => ({ is: 'filler' }),
);
