import { concernKinds } from '../../../collector/schema/concerns.ts';
import type { LanguageCode } from '../language.ts';
import { concernExplanations } from './japanese/explanations.ts';
import { concernLabel } from './japanese/words/filter-to-words.ts';
import { conditionsOf, type Plan } from './plan/plan.ts';
import { sharedConcerns } from './plan/shared-concerns.ts';

/**
 * What a question for a fix is about, as it is written: "how do I fix them" is about nothing by itself
 * (''), 無効なキーの直し方 about 無効なキー. Null for any other question.
 */
export function remedyAskedFor(question: string, language: LanguageCode): string | null {
  const text = question
    .normalize('NFKC')
    .trim()
    .replace(/[?!.。、\s]+$/u, '');
  for (const pattern of asked[language]) {
    const found = pattern.exec(text);
    if (found) return (found[1] ?? found[2] ?? '').trim();
  }
  return null;
}

/** What to do about what the rows of a plan have in common, in the words of the data contract. */
export function remedyFor(plan: Plan, language: LanguageCode): string {
  const codes = sharedConcerns(plan);
  if (codes.length === 0) {
    const given = conditionsOf(plan.filter).some(
      (f) => 'is' in f && f.is === 'access' && f.test.grantee && !f.test.denied,
    );
    return given ? takenBack[language] : differing[language];
  }
  return codes
    .map((code) => {
      if (language === 'ja') return `${concernLabel(code)}：${concernExplanations[code].fix}`;
      const kind = concernKinds.find((k) => k.code === code);
      return `${kind?.label}: ${kind?.fix}`;
    })
    .join(' ');
}

/** Whether a question is for how bad what was just answered is; of nothing else. */
export function gravityAskedFor(question: string): boolean {
  const text = question
    .normalize('NFKC')
    .trim()
    .replace(/[?!.\s]+$/u, '');
  return gravity.some((pattern) => pattern.test(text));
}

/** How grave what the rows of a plan have in common is, and why; null where they have no concern in common. */
export function gravityOf(plan: Plan): string | null {
  const kinds = sharedConcerns(plan).flatMap((code) => concernKinds.filter((k) => k.code === code));
  if (kinds.length === 0) return null;
  return kinds.map((k) => `${k.label} (${k.severity}): ${k.why}`).join(' ');
}

const them = '(?:that|this|it|those|these|they)';
const gravity: readonly RegExp[] = [
  new RegExp(
    `^(?:and |so |ok |but )*how (?:bad|serious|severe|critical|risky|dangerous|urgent|big of (?:a )?(?:deal|problem|risk)) (?:is|are) (?:${them}|the risk)$`,
    'i',
  ),
  new RegExp(
    `^(?:and |so |ok |but )*(?:is|are) ${them} (?:really |actually |even |that |so |very )*(?:bad|serious|severe|critical|risky|dangerous|urgent|an? (?:big |real |serious |security )?(?:problem|risk|issue|concern|deal)|something to worry about)$`,
    'i',
  ),
  new RegExp(
    `^(?:and |so |ok |but )*why (?:(?:is|are) ${them} (?:so |such )?(?:bad|serious|severe|critical|risky|dangerous|urgent|an? (?:big |real )?(?:problem|risk|issue|concern))|(?:does|do|should) (?:${them}|we|i) (?:matter|care|worry)(?: about (?:that|this|it|them))?)$`,
    'i',
  ),
  /^(?:and |so |ok |but )*(?:should|must|do) (?:i|we) (?:need to |have to )?(?:worry|be worried|care|be concerned)(?: about (?:that|this|it|them|those|these))?$/i,
  /^(?:and |so |ok |but )*what(?:'s| is) the (?:risk|danger|impact|problem|harm)(?: (?:of|with|in) (?:that|this|it|them|those|these))?$/i,
];

/** How access that a policy or a grant gives is taken back. */
const takenBack = {
  en: 'Access given by a key policy ends when its statement is taken out of the policy (kms:PutKeyPolicy); access given by a grant ends when the grant is revoked (kms:RevokeGrant) or retired. The list of permissions tells which of the two gives it.',
  ja: 'キーポリシーによる権限は、許可しているステートメントをポリシーから外すとなくなります（kms:PutKeyPolicy）。グラントによる権限は、グラントを取り消す（kms:RevokeGrant）か終了するとなくなります。どちらによる権限かは、権限の一覧で分かります。',
} as const;

const differing = {
  en: 'What to do differs by concern. Ask for one by its name, such as "how do I fix confused deputy".',
  ja: '対処の方法は懸念事項ごとに異なります。「混乱した代理の直し方」のように、懸念事項の名前で質問してください。',
} as const;

const asked: Readonly<Record<LanguageCode, readonly RegExp[]>> = {
  en: [
    /^(?:and |so |ok |then |but )*how (?:do|can|should|would|could|must|to) ?(?:i|we|you|one)? ?(?:fix|resolve|remediate|solve|address|mitigate|mend|remedy|clean up|deal with)(?: (?:it|them|that|this|those|these|it all|all of them|these keys|those keys|the keys))?$/i,
    /^(?:and )?(?:what(?:'s| is) )?the (?:fix|remedy|remediation|solution|recommendation)$/i,
    /^(?:and |so |then )*what (?:can|should|must) (?:i|we) do(?: (?:about|with|against) (?:it|this|that|these|those|them))?(?: now)?$/i,
    /^(?:and |so |then )*how (?:can|should) (?:it|this|that|these|those|they) be (?:fixed|solved|resolved|remediated|mitigated)$/i,
  ],
  ja: [
    /^(?:では|じゃあ|で)?、?(?:これら|それら|それ|これ|(?:その|この)?(?:権限|アクセス|アクセス権|許可)|(?:その|この)(?:ロール|ユーザー|人))?(?:を|は)?、?(?:全部|すべて)?(?:外す|はずす|取り消す|剥がす|剥奪する|取り上げる|なくす|無くす|やめさせる|使えなくする|外し方|剥奪方法)(?:に)?(?:は|方法は)?、?(?:どう(?:すれば|したら|やれば|やったら)?(?:いい|よい|良い|でき(?:る|ます))?|何をすれば(?:いい|よい))?(?:の)?(?:です)?(?:か|でしょうか)?$/u,
    /^(?:では|じゃあ|で)?、?(?:これら|それら|それ|これ|その(?:キー|鍵)|これらの(?:キー|鍵)|それらの(?:キー|鍵))?(?:の|を|は|って)?、?(?:直し方|治し方|修正(?:方法|策)|対処(?:法|方法|策)|対応(?:方法|策)|対策|改善(?:方法|策)|解決(?:方法|策)|是正(?:方法|策)|解消方法)(?:は|って|を教えて(?:ください|下さい)?|が知りたい(?:です)?)?(?:何|なに|どう)?(?:ですか)?$/u,
    /^(?:では|じゃあ|で)?、?(?:これら|それら|それ|これ|その(?:キー|鍵)|これらの(?:キー|鍵)|それらの(?:キー|鍵))?(?:を|は|って)?、?(?:どうやって|どのように|どう)(?:直せば|直したら|直す|修正すれば|対処すれば|対応すれば|是正すれば|改善すれば|解決すれば|対処すべき|対応すべき|直すべき|すれば)(?:いい|よい|良い)?(?:の|の?ですか|でしょうか|か)?$/u,
    /^(.+?)(?:の|を|への?|に対する|についての)(?:直し方|治し方|修正(?:方法|策)|対処(?:法|方法|策)|対応(?:方法|策)|対策|改善(?:方法|策)|解決(?:方法|策)|是正(?:方法|策)|解消方法)(?:は|って|を教えて(?:ください|下さい)?|が知りたい(?:です)?)?(?:何|なに|どう)?(?:ですか)?$/u,
    /^(.+?)を(?:修正|解消|是正|改善|解決)(?:する|したい)?(?:には|方法|手順|ための方法)?(?:どうすればいい|どうしたらいい|は)?(?:ですか|の|か)?$|^(.+?)を直すには(?:どうすればいい|どうしたらいい)?(?:ですか|の|か)?$/u,
    /^(.+?)(?:を|は|には|に|について)、?(?:どうやって|どのように|どう)(?:直せば|直したら|直す|修正すれば|対処すれば|対応すれば|是正すれば|改善すれば|解決すれば|対処すべき|対応すべき|直すべき|すれば)(?:いい|よい|良い)?(?:の|の?ですか|でしょうか|か|(?:の)?か(?:を|も)?(?:教え|知り|説明し|示し)(?:て|たい)(?:ください|下さい|ほしい|です)?)?$/u,
  ],
};
