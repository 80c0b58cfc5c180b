import { concernKinds } from '../../../../collector/schema/concerns.ts';
import { type Control, controls } from '../../../../collector/schema/controls.ts';
import type { Definition } from '../definitions.ts';
import { controlsByName } from '../lexicon/controls.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import { spelledControl } from './concern-conditions.ts';
import { concernExplanations, terms, valueExplanations } from './explanations.ts';
import { concernLabel, severityLabel, valueLabel } from './words/filter-to-words.ts';

/** Ways to ask what a word means, around the word. */
const asking: readonly RegExp[] = [
  /^(.+?)(?:と)?は(?:何(?:ですか|でしょうか|か|のこと(?:ですか)?)?|なに(?:ですか)?|どういう(?:意味|こと|もの)(?:ですか|なの)?|どんな(?:意味|もの)(?:ですか)?)$/u,
  /^(.+?)とは(?:何(?:ですか|でしょうか|か)?|なに(?:ですか)?|どう(?:いう|いった)(?:もの|こと|意味)(?:ですか|でしょうか)?)?$/u,
  /^(.+?)(?:は|って|を)?、?(?:どうやって|どのように|どう|何を(?:もとに|基に|根拠に)|どんな(?:基準|方法)で)(?:計算|判定|判断|算出|決め|集計|定義|測定|区別)(?:て|し|され|られ)?(?:て)?(?:い)?(?:ますか|る|るの(?:ですか)?|るんですか|る(?:の)?か|のか|の|んですか)?$/u,
  /^(.+?)(?:の|を)?(?:計算|判定|判断|算出|見分け)(?:の)?(?:方法|方|基準|ロジック|根拠|条件|の仕方)(?:は(?:何(?:ですか)?|どう(?:なって(?:い)?(?:る|ますか))?)?|って(?:何|なに)?|を(?:教えて|説明して)(?:ください)?|について|が知りたい)?$/u,
  /^(.+?)(?:の|との?)(?:違い|差|使い分け)(?:は(?:何(?:ですか|でしょうか)?)?|って(?:何|なに)?(?:ですか)?|を(?:教えて|説明して)(?:ください)?|について)?$/u,
  /^(.+?)(?:は|って|の)、?(?:どう|何が|どこが|なにが)違(?:う|い)(?:の|ますか|んですか|のですか|のか|んでしょうか|のでしょうか|んだろう|んだっけ)?$/u,
  /^(.+?)って(?:(?:何|なに)(?:のこと)?|どういう意味|どういうこと)(?:ですか|なの)?$/u,
  /^(.+?)(?:は|って|の|だと)、?(?:何|なに|どこ|どう)(?:が|で)?、?(?:まずい|問題|悪い|危ない|危険|いけない|駄目|だめ|困る|リスク|良くない|よくない)(?:なの|の|んです|なんです|のです)?(?:か|でしょうか|んだろう)?$/u,
  /^(.+?)(?:の意味|の定義)(?:は(?:何ですか)?|を教えて(?:ください)?)?$/u,
  /^(.+?)(?:を|について)(?:説明して|定義して)(?:ください)?$/u,
  /^((?:[A-Za-z][\w.-]* ?)*[A-Z\d]+[.-]\d+(?:\.\d+)*)(?:について|を|の?(?:内容|概要))(?:は(?:何)?|を)?(?:教えて(?:ください)?|知りたい|ですか)?$/u,
  /^(.+?)の?(?:直し方|治し方|対処(?:法|方法)?|対応(?:方法|策)|修正(?:方法)?|改善(?:方法|策)?|解決(?:方法|策)?|解消(?:方法)?)(?:は(?:何(?:ですか)?)?|を教えて(?:ください)?|が知りたい)?$/u,
  /^(.+?)を(?:直す|(?:修正|解消|是正|改善|解決)する)には(?:どう(?:すれば|したら)(?:いい|よい|良い)?)?(?:ですか|でしょうか|の|か)?$/u,
  /^(.+?)(?:は|を|には)、?(?:どう|どうやって|どのように)(?:直せば|修正すれば|対処すれば|対応すれば|解決すれば|解消すれば|直したら)(?:よい|いい|良い)?(?:ですか|でしょうか|の|か)?$/u,
  /^(?:なぜ|どうして|なんで)(.+?)(?:は|が)(?:危険|危ない|問題|リスク|まずい|良くない|よくない|悪い)(?:なの|なん)?(?:ですか|でしょうか|か)?$/u,
  /^(.+?)(?:は|が)(?:なぜ|どうして|なんで)(?:危険|危ない|問題|リスク|まずい|良くない|よくない|悪い)(?:なの|なん)?(?:ですか|でしょうか|か)?$/u,
];

/**
 * Why something is bad, what to do about it and what it is so of, asked behind what it is: どう直すの？ The
 * definition of a concern tells all of this.
 */
const besides =
  /(?:(?:ですか|でしょうか|なの|か)?[?。、!\s]+(?:それと|また|あと|で|その)?|と(?:その)?)(?:(?:どう|どうやって|どのように|何を)(?:直|治|対処|対応|修正|解決|改善|是正|防|すれ|した)[^?。、]{0,14}|(?:直し方|治し方|対処(?:法|方法|策)|対応(?:方法|策)|修正(?:方法)?|改善(?:方法|策)|解決(?:方法|策)|対策|危険性|リスク)[^?。、]{0,10}|(?:なぜ|なんで|どうして|何が|どこが)(?:危険|危ない|問題|まずい|悪い|リスク)[^?。、]{0,10}|(?:うち|弊社|当社|自社)?(?:では|には|で|に)?(?:いくつ)?(?:該当|引っかか)[^?。]{0,20})$/u;

/** What a question such as 外部アカウントとは？ asks for; null when it asks for nothing of the kind. */
export function definitionOf(question: string, lexicon: Lexicon): Definition | null {
  const asked = question
    .normalize('NFKC')
    .trim()
    .replace(/[?!。、\s]+$/u, '');
  const whole = definitionAsked(asked, lexicon);
  const first = asked.replace(besides, '').replace(/[?!。、\s]+$/u, '');
  if (whole || first === asked || first === '') return whole;
  const found = definitionAsked(first, lexicon);
  return found?.keys && 'is' in found.keys && found.keys.is === 'concern' ? found : null;
}

function definitionAsked(asked: string, lexicon: Lexicon): Definition | null {
  for (const pattern of asking) {
    const raw = pattern.exec(asked)?.[1];
    const two = raw ? apart(raw, lexicon) : null;
    if (two) return two;
    const term = raw
      ?.replaceAll(/["「」『』]/gu, '')
      .replace(/^(?:懸念事項|懸念|検出結果)(?:の)?/u, '')
      .replace(/(?:の|という|な|がある|のある)?(?:懸念事項|懸念|状態|リスク|指摘)$/u, '')
      .replace(/(?<=[A-Z_]{4})のキー$/u, '')
      .trim();
    const found = term ? defined(term, lexicon) : null;
    if (found) return found;
  }
  return null;
}

/** 使用記録なしと一度も使われていない: each of the two told after the other; null where either is not known. */
function apart(pair: string, lexicon: Lexicon): Definition | null {
  const parts = pair
    .split(/と|、|および|vs\.?/u)
    .map((p) => p.replaceAll(/["「」『』]/gu, '').trim());
  const [a, b, ...more] = parts.filter(Boolean);
  if (!a || !b || more.length > 0) return null;
  const [first, second] = [defined(a, lexicon), defined(b, lexicon)];
  return first && second ? { text: `${first.text} ${second.text}`, keys: null } : null;
}

function defined(term: string, lexicon: Lexicon): Definition | null {
  const codes = new Set(lexicon.concerns.get(term));
  const [code] = codes;
  const kind = codes.size === 1 ? concernKinds.find((k) => k.code === code) : undefined;
  if (kind) {
    const { why, fix } = concernExplanations[kind.code];
    const label = concernLabel(kind.code);
    return {
      text: `${label}（${kind.label}、重要度：${severityLabel(kind.severity)}）：${why}${fix}`,
      keys: { is: 'concern', codes: [kind.code] },
    };
  }
  const known = terms.find(([words]) => words.includes(term));
  if (known) {
    return { text: `${term}：${known[1]}`, keys: null };
  }
  const control = controlDefined(term);
  if (control) return control;
  const status = usageStatuses[term.replace(/な?(?:キー|鍵|もの)$/u, '')] ?? term;
  const text = valueExplanations[`usage_status.${status}`];
  if (text)
    return {
      text: `${term}：${text}`,
      keys: { is: 'value', column: 'usage_status', values: [status] },
    };
  const [meant, ...more] = lexicon.columnValues.keys.get(
    term.replace(/^CMK$/iu, 'カスタマー管理').replace(/(?:な)?キー$/u, ''),
  );
  const value = meant && valueExplanations[`${meant.column}.${meant.value}`];
  if (!meant || !value || more.length > 0) return null;
  return {
    text: `${valueLabel('keys', meant.column, meant.value)}：${value}`,
    keys: { is: 'value', column: meant.column, values: [meant.value] },
  };
}

const controlIds = controlsByName(spelledControl);
const titles: Readonly<Record<string, Control>> = controls;

/** KMS.4: what the control asks for, and what of keys bears on it; null for what is no control. */
function controlDefined(term: string): Definition | null {
  const ids = [...(controlIds.get(term) ?? [])];
  const [title, ...others] = new Set(ids.map((id) => titles[id]?.title.replaceAll('-', ' ')));
  if (!title || others.length > 0) return null;
  const bearing = concernKinds.filter((kind) => kind.controls.some((id) => ids.includes(id)));
  const labels = bearing.map(({ code }) => `「${concernLabel(code)}」`).join('');
  const same = ids.every((id) => titles[id]?.basis === 'same check');
  return {
    text: `${ids.join('、')}：${title}。${same ? '同じことを確認する懸念事項' : '評価の材料となる懸念事項（それだけで不適合とは限りません）'}は${labels}です。`,
    keys: { is: 'concern', codes: bearing.map(({ code }) => code) },
  };
}

const usageStatuses: Readonly<Record<string, string>> = {
  使用記録なし: 'NO_RECORD',
  使用記録がない: 'NO_RECORD',
  使用記録のない: 'NO_RECORD',
  使用の記録がない: 'NO_RECORD',
  利用記録がない: 'NO_RECORD',
  記録がない: 'NO_RECORD',
  一度も使われてない: 'NEVER_USED',
  一度も使用されていない: 'NEVER_USED',
  一度も使っていない: 'NEVER_USED',
  使ったことがない: 'NEVER_USED',
  使用状況が不明: 'UNKNOWN',
  記録なし: 'NO_RECORD',
  使用履歴なし: 'NO_RECORD',
  一度も使われていない: 'NEVER_USED',
  使われたことがない: 'NEVER_USED',
  使用不明: 'UNKNOWN',
  使用状況不明: 'UNKNOWN',
};
