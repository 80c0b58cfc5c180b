import type { AsideWords, Clause } from '../asides.ts';

/** What ends a clause that asks or demands. */
const asks =
  /(?:か|[?？]|ください|下さい|くれ|ほしい(?:です)?|欲しい(?:です)?|お願い(?:し|いたし)?(?:ます)?|願います|頼む|たい(?:です|のですが|んですが|んだけど)?|教えて|見せて|出して|(?:調べ|並べ|まとめ|絞っ|集計し|一覧(?:に)?し|確認し)て|一覧|リスト|は|何(?:件|個|本)|いくら|どれ|どこ|誰|いつ)[。!?？！\s]*$/u;

/** What begins or makes a question, in whatever clause. */
const questioning =
  /どの|どれ|どこ|誰|だれ|いつ|いくつ|いくら|何[件個本%]|なぜ|どう|どんな|ありますか|教えて|一覧/u;

/** A clause that gives a reason or leads up to the question ends in one of these, behind a predicate. */
const leading =
  /(?<=(?:です|ます|ました|でした|だった|んだ|たい|ている|てる|った|いた|れた|した|なの|ない|る)(?:の)?)(?:ので|から|が|けど|けれど|けれども|んですが|んだけど)、|(?:ため|必要があり|して(?:い)?て|されて(?:い)?て|て(?:おり|まして)|まして|でして)、/u;

function clauses(question: string): readonly Clause[] {
  const sentences = question
    .normalize('NFKC')
    .split(/(?<=[。!?])\s*|\n+|(?<=[^\d]):\s*/u)
    .flatMap((s) => s.split(/(?=[(（])|(?<=[)）])/u))
    .filter((s) => s.trim() !== '');
  return sentences.flatMap((sentence): readonly Clause[] => {
    if (/^[(（]/u.test(sentence)) {
      return [{ text: sentence, asks: false }];
    }
    const parts: string[] = [];
    let rest = sentence;
    for (let at = leading.exec(rest); at; at = leading.exec(rest)) {
      const end = at.index + at[0].length;
      parts.push(rest.slice(0, end));
      rest = rest.slice(end);
    }
    return [
      ...parts.map((text) => ({ text, asks: questioning.test(text) })),
      ...(rest === '' ? [] : [{ text: rest, asks: asks.test(rest) || questioning.test(rest) }]),
    ];
  });
}

/** What a Japanese question tells besides what it asks. */
export const japaneseAsides: AsideWords = {
  clauses,
  joint: '',
  pronoun:
    /(?:その|この|あの)(?:人|方|業者|会社|ベンダー|ユーザー?|ロール|アカウント|担当者|企業)|(?:彼女?|彼ら|先方|同社)/u,
  ofTopic:
    /(?:その|この|あの)(?:人|方|業者|会社|ベンダー|ユーザー?|ロール|アカウント|担当者|企業)|(?:彼女?|彼ら|先方|同社)/u,
  ofThings: /^$/u,
  named: (_, name) => name,
  bounds:
    /だけ|のみ|以外|除|限|対象|担当|管轄|つまり|すなわち|たとえば|例えば|特に|主に|含|もし|場合|なら|と仮定/u,
  ours: /^(?:当社|弊社|うち)の/u,
  states: /^(?:当社|弊社|私|わたし|我々|うち|監査|上司|社長|部長|課長)/u,
  deeds:
    /作成|作られ|変更|削除|使(?:用|った|われ)|利用|無効化|有効化|操作|呼び出|追加|付与|最後|最近|イベント|新しい/u,
};
