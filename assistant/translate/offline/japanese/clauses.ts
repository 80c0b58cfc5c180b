import type { AsideWords, Clause } from '../asides.ts';

/** What one wishes to do with an answer itself; wishes to do something else tell why it is asked. */
const looking =
  '(?:知り|見|観|確認し|調べ|把握し|洗い出し|教えてもらい|教えていただき|特定し|リストアップし|リスト化し|一覧にし|一覧化し|抽出し|集計し|数え|比べ|比較し|絞り|絞り込み|探し|見つけ|押さえ|チェックし|ピックアップし|列挙し|可視化し|出し|確かめ|知っておき|見ておき|把握しておき|確認しておき|もらい|いただき)';
/** What ends a clause that asks or demands. */
const asks = new RegExp(
  `(?:か|[?？]|ください|下さい|くれ|ほしい(?:です)?|欲しい(?:です)?|お願い(?:し|いたし)?(?:ます)?|願います|頼む|${looking}たい(?:です|のですが|んですが|んですけど|んだけど)?|教えて|見せて|出して|(?:調べ|並べ|まとめ|絞っ|集計し|一覧(?:に)?し|確認し)て|一覧|リスト|は|何(?:件|個|本)|いくら|どれ|どこ|誰|いつ)[。!?？！\\s]*$`,
  'u',
);

/** What begins or makes a question, in whatever clause. */
const questioning =
  /どの(?!くらい前|ように)|どれ|どこ|誰|だれ|いつ(?!も)|いくつ|いくら|何[件個本%]|なぜ|どう(?!して|か|しても|やら|も|にか)|どんな|ありますか|教えて|一覧(?:を|に|で|が|化|$)|も(?:併せて|あわせて|合わせて|一緒に)/u;

/** A clause that gives a reason or leads up to the question ends in one of these, behind a predicate. */
const leading = new RegExp(
  [
    '(?<=(?:です|ます|ました|でした|だった|んだ|たい|ている|てる|った|いた|れた|した|えた|きた|なの|ない|らしい|る|う|く|す|つ|む|ぶ|ぐ)(?:の)?)(?:ので|んで|から|が|けど|けれど|けれども|んですが|んですけど|んだけど|のですが)[、\\s]',
    '(?:ため|必要があり|(?<=[しれっいけ\\p{Script=Han}])て(?:い)?て|[いな]ので|て(?:おり|まして)|まして|でして|なので)[、\\s]',
    '(?:の|な)?(?:観点|立場|視点|目線|一環|関係|都合|流れ|目的|事情|件)(?:で|から|として|上)(?:は)?、',
    '(?:にあたり|にあたって|に当たり|に際し|に際して|に備えて|に備え|に向けて|に向け|に伴い|に伴って|に先立ち|に先立って|に先だって)、',
    '(?<=[\\p{Script=Han}\\p{Script=Katakana}ー](?:の)?)(?:用に|向けに|用として|ために|対応で|の準備で|の審査で|の監査で|の会議で|の打ち合わせで)、',
  ].join('|'),
  'u',
);

/** A remark in brackets, and not another name of what stands before it. */
const remark =
  /[(（](?=[^()（）]*\p{Script=Hiragana}{2})[^()（）]{4,}[)）](?=[\s。!?？]*$)|^[(（](?=[^()（）]*\p{Script=Hiragana}{2})[^()（）]{4,}[)）]/u;

/** Parts of a question between its marks; a colon is one behind Japanese only: kms:*. */
const marks =
  /(?<=[。!?])\s*|\n+|(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]):\s*/u;

function clauses(question: string): readonly Clause[] {
  const sentences = question
    .normalize('NFKC')
    .split(marks)
    .filter((s) => s.trim() !== '');
  return sentences.flatMap((sentence): readonly Clause[] => {
    const remarked = remark.exec(sentence);
    if (remarked) {
      const rest =
        sentence.slice(0, remarked.index) + sentence.slice(remarked.index + remarked[0].length);
      return [...inParts(rest), told(remarked[0], false)];
    }
    return inParts(sentence);
  });
}

function inParts(sentence: string): readonly Clause[] {
  const parts: string[] = [];
  let rest = sentence;
  for (let at = leading.exec(rest); at; at = leading.exec(rest)) {
    const end = at.index + at[0].length;
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [
    ...parts.map((text) => told(text, questioning.test(text))),
    ...(rest.trim() === '' ? [] : [told(rest, asks.test(rest) || questioning.test(rest))]),
  ];
}

/** What people do with an answer. */
const handling =
  '(?:使[いうえお]|利用[しす]|活用[しす]|用い|載せ|のせ|入れ|添付[しす]|記載[しす]|書[きくい]|提出[しす]|出[しす]|共有[しす]|報告[しす]|説明[しさす]|回答[しす]|答え|展開[しす]|配[りる]|配布[しす]|送[りる]|送付[しす]|回[しす]|渡[しす]|貼[りる]|貼り付け|まとめ|作[りる]|作成[しす]|突き合わせ|突合[しす]|照合[しす]|相談[しす]|依頼[しす]|連絡[しす]|提示[しす]|見せ|話[しす]|反映[しす]|登録[しす]|転記[しす]|決め|準備[しす]|検討[しす]|判断[しす]|進め|問い合わせ|掛け合[いう]|議論[しす]|伝え|通知[しす]|起票[しす]|返[しす]|片付け|片づけ)';
/** How a clause ends that says what the answer is for. */
const handled = new RegExp(
  `(?:に|へ|で|として|用に|と|を|も)?${handling}(?:ます|る|す|う|く|たい|ておきたい|て(?:い)?(?:る|ます)|なければ|なきゃ|ないと|よう|つもり|予定|必要|ため|前に|ことに)[^、。]{0,16}[、。!\\s]*$`,
  'u',
);
/** Of what a time is told that is not when keys were used or changed: the end of a contract, an audit. */
const elsewhere =
  /契約|退職|退社|離職|異動|転職|着任|入社|引き継|引継|買収|監査(?!ログ)|審査|会議|定例|委員会|役員会|取締役会|レビュー|棚卸|打ち合わせ|ミーティング|予算|決算|締め|期限|提出|報告|研修|来[週月年期]|明日|明後日|今度|次回/u;

function told(text: string, asks: boolean): Clause {
  const use = !asks && handled.test(text);
  const purpose = use || (!asks && elsewhere.test(text));
  return {
    text,
    asks,
    ...(purpose ? { purpose: true as const } : {}),
    ...(use ? { use: true as const } : {}),
  };
}

const pronoun =
  /(?:その|この|あの|当該)(?:人物|人|方|業者|会社|ベンダー|ユーザー?|ロール|アカウント|担当者|企業|子|取引先|委託先|システム|チーム|環境)(?:さん)?|(?:彼女?|彼ら|先方|同社|同氏)/u;

/** What a Japanese question tells besides what it asks. */
export const japaneseAsides: AsideWords = {
  clauses,
  joint: '',
  pronoun,
  ofTopic: pronoun,
  ofThings: /^$/u,
  named: (_, name) => name,
  bounds:
    /(?<!(?:\d|一)(?:行|枚|言|点))だけ(?!ど)|のみ|以外|除[いくきかけ外]|(?<![権期])限(?!目)|対象(?:は|外|です|なので|で、|と[しな]|に[しな]|を)|担当(?!者(?!です|な|で、))|管轄|うち[はの](?!部長|上司|社長|役員|監査|会社|組織|CISO|経営|ボス|偉い)|(?:我々|私たち|私ども|弊チーム|弊部)[はの]|(?<!セキュリティ|監査|運用|SRE|インフラ|CCoE|FinOps|対応|基盤|クラウド)(?:チーム|プロダクト|サービス|システム|プロジェクト)の(?:リーダー|リード|者|メンバー|責任者|マネージャー?|PM|長)|つまり|すなわち|たとえば|例えば|特に|主に|含[むめま]|もし(?!れ|く)|場合|(?<!そ)(?<!さよう)なら(?!な)|と仮定|(?:いり|要り)ません|[いお要]らない|いらん|要らん|不要|結構です|無視|省[いきく]|抜[いきく]|外[しす]|なしで|スキップ|で(?:いい|よい|十分|OK)|優先|中心|前提|想定|とします|とする|扱/u,
  ours: /^(?:当社|弊社|うち)の/u,
  states:
    /^(?:当社|弊社|私|わたし|我々|うち|監査|上司|社長|部長|課長|役員|[\p{Script=Han}\p{Script=Katakana}ー]{2,12}(?:の者|担当|部長|室長)です)/u,
  deeds:
    /作成|作られ|変更|変え(?:た|られ)|更新|削除|消(?:した|され)|使(?:用|った|われ)|利用|無効化|有効化|操作|実行|呼び出|追加|付与|許可し|公開し|停止|解除|行われ|触っ|やっ(?:た|て)|最後|最近|イベント|新しい/u,
};
