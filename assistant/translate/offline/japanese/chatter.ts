/**
 * What people say around a question that asks for nothing: why they ask, how urgent it is, what the answer
 * is to be used for, that they are new to it. Only whole sentences, brackets and ends made of nothing but
 * such words are left out; a word that could say which keys are meant is none of them.
 */

const hurry = '(?:大?至急|緊急|急ぎ|なるはや|ASAP|急募|今すぐ)';
/** What someone is busy with. */
const occasion = [
  '深夜|夜間|夜分|早朝|休日|週末|土日|夜中',
  '緊急|至急|急ぎ',
  'セキュリティ|インシデント|障害|事故|トラブル|コスト|ガバナンス|コンプライアンス|コンプラ',
  '年次|月次|四半期|半期|定期|定例|内部|外部|社内|社外',
  '監査|レビュー|調査|棚卸し?|点検|確認|対応|作業|準備|検討|見直し|整理|削減|最適化|分析|説明|報告|引き継ぎ|引継ぎ',
  '会議|打ち合わせ|ミーティング|役員会|取締役会|経営会議|資料|報告書|レポート|証跡|稟議|予算|プレゼン|スライド',
  '経営層|経営|上司|部長|課長|役員|社長|監査人|顧客|お客様|先方',
].join('|');
const occasions = `(?:(?:${occasion})(?:の|に|で|へ|への|と|や|から|を|・)?)+`;
const because =
  '(?:ので|ため|ですが|のですが|なのですが|なんですが|んですが|んですけど|なんですけど|けど|けれど|です|でして|ますので|ますが|ます|ました)';
const newcomer = '(?:初心者|新人|素人|勉強中|初学者|新任|不慣れ|初めて|初めまして|はじめて)';

const beginnings: readonly RegExp[] = [
  new RegExp(`^[【[(]?${hurry}(?:です|で|の件(?:です)?)?[】\\]):：、。!]+`, 'u'),
  // 深夜の対応中です。 / 監査資料として使うので、
  new RegExp(
    `^(?:今|ただいま|現在)?、?${occasions}(?:中)?(?:として|用として|用に|のため(?:に)?|に向けて)?` +
      `(?:(?:中)?(?:です|なので|なのですが|なんですが|で)|(?:使う|使います|使いたい|使用する|必要|必要な|提出する|出す|載せる|載せたい|報告する|報告したい|説明する|まとめる|作る|作成中|(?:まとめ|作っ|作成し|し|進め|求められ|聞かれ)て(?:い)?(?:る|ます|る最中)|しており|聞かれた|頼まれた|言われた)(?:${because})?|${because})[、。!]+`,
    'u',
  ),
  new RegExp(`^(?:(?:KMS|AWS)(?:は|の|に)?、?)?${newcomer}(?:な)?${because}[、。!]+`, 'iu'),
  // 日本語で答えて：
  /^(?:日本語|にほんご)(?:で|にて|での)、?(?:の)?(?:回答|返答|返事|返し|答え|応答|アンサー|説明|出力|表示|教え)?(?:を)?(?:し)?(?:て)?(?:ください|下さい|ほしい|欲しい|お願い(?:します|いたします)?|頼む|頼みます)?(?:です)?[:、。!]+/u,
  // このツールで
  /^(?:この|こちらの|本)(?:ツール|画面|ページ|ダッシュボード|アシスタント|ボット)(?:で(?:は|の)?|に(?:は)?|の|は|って|上で)、?/u,
  // コストを減らしたい。
  /^(?:(?:KMS|AWS|キー)の?)*(?:月額)?(?:コスト|費用|料金|無駄|ムダ|出費|支出|リスク|セキュリティ)(?:を|の)(?:削減|節約|低減|軽減|強化|減ら|下げ|抑え|なく|削|見直)(?:し|り)?(?:を)?(?:し)?たい(?:です|のですが|んですが|んだけど|ので|と思って(?:い)?(?:る|ます)|と考えて(?:い)?(?:る|ます))?[、。!]+/iu,
];

const ends: readonly RegExp[] = [
  new RegExp(
    `(?:(?<=[\\s、。?!)])|(?<=一覧|リスト|件数|教えて|見せて|出して|ください))[、。\\s(【[]*${hurry}(?:です|で|でお願い(?:します)?|で頼む|お願い(?:します)?)?[)】\\]。!]*$`,
    'u',
  ),
  new RegExp(
    `(?<=[。?!、\\s])(?:(?:KMS|AWS)(?:は|の|に)?、?)?${newcomer}(?:な(?:もの|ん)?)?(?:です|ですが|なので|で|で、すみません|でして)?[。!]*$`,
    'iu',
  ),
  // What the answer is to become: its shape is chosen by what it is.
  new RegExp(
    `[、。\\s]+(?:${occasions}|(?:円|棒|折れ線|帯)?グラフ|チャート|Excel|エクセル|スプレッドシート|パワポ|PowerPoint)(?:用に?|に(?:し|使い|載せ|貼り)たい(?:です|ので)?|のため(?:に)?)[。!]*$`,
    'iu',
  ),
  // 監査報告に書きたい: what is written are the rows that are asked for.
  new RegExp(
    `(?:が|は)?(?:(?:ある|いる|出る)(?:なら|ようなら|のなら|場合は)?|あれば|いれば|あったら|いたら)?(?:それ(?:ら)?を)?、?${occasions}(?:書き|載せ|記載し|報告し|共有し|まとめ|入れ|添付し|説明し)たい(?:です|ので|のですが|んですが|と思って(?:い)?(?:る|ます)|と考えて(?:い)?(?:る|ます))?[。!]*$`,
    'u',
  ),
  /[。、\s(]+日本語(?:で|にて)、?(?:回答|返答|答え|説明)?(?:を)?(?:し)?(?:て)?(?:ください|下さい|ほしい|お願い(?:します)?)?[)。!]*$/u,
  // (あれば止めたい)
  /\((?:もし)?(?:あれば|いれば|必要なら|必要であれば|可能なら|できれば|問題なければ)?、?(?:止め|消し|削除し|連絡し|確認し|報告し|直し|修正し|見直し|対応し|整理し|知り|把握し)たい(?:です|ので)?\)[。!]*$/u,
  new RegExp(
    `\\((?:${hurry}|念のため|できれば|可能なら|${occasions}(?:用|のため|で使用)?)\\)[。!]*$`,
    'u',
  ),
];

/** What is done with a list says nothing of what is in it: 掃除リスト, 是正対象リスト. */
const listsFor =
  /(?<=の|[るたい])(?:掃除|お掃除|棚卸し?|対応|調査|作業|確認|整理|クリーンアップ|是正|改善|削減|見直し|TODO|ToDo)(?:用の?|対象の?|候補の?)?(?=リスト|一覧)/gu;

/** The question without what is said around it; itself where nothing would be left. */
export function withoutChatter(question: string): string {
  let said = question.normalize('NFKC').trim();
  for (let before = ''; before !== said; ) {
    before = said;
    for (const chatter of [...beginnings, ...ends]) {
      const rest = said.replace(chatter, '').trim();
      if (/[\p{Script=Han}\p{Script=Katakana}ーA-Za-z]{2}/u.test(rest)) said = rest;
    }
  }
  return said.replaceAll(listsFor, '');
}
