/**
 * Words by which a text judges, advises or gives orders. Rows hold facts: whether a key is safe, or what
 * is to be done about it, is not in them, and a name in the data may have talked a model into saying so.
 */
const verdicts: readonly RegExp[] = [
  /\b(?:un|in)?(?:safe(?:ly)?|secure(?:ly|d)?)\b/gi,
  /\b(?:non-?)?complian(?:t|ce)\b|\bcompl(?:y|ies)\b/gi,
  /\b(?:harmless|trustworthy|approved|acceptable|benign|malicious|risk-free|false positives?)\b/gi,
  /\b(?:no|without|any|little) (?:risks?|issues?|problems?|concerns? about|danger|action|need)\b/gi,
  /\bnothing (?:to|that) (?:worry|fear|do|fix)\b|\bno (?:one|body) needs?\b/gi,
  /\b(?:should|must|need to|needs to|ought to|can be|may be) (?:be )?(?:safely )?(?:deleted?|removed?|disabled?|ignored?|skipped?|approved?|shared?)\b/gi,
  /\b(?:ignore|disregard|contact|call|visit|sign in|log in|click|send|reply|forward|pay)\b/gi,
  /安全|問題(?:は)?(?:あり|ござい)?(?:ません|ない)|準拠|適合|無害|誤検知|承認|無視|削除して(?:も)?(?:よい|良い|構|かま|問題|くだ|下さ)|連絡|クリック|ログイン|対応(?:は)?不要|心配/g,
];

/** The judging words of a text that none of the other texts has; each as it is written. */
export function verdictsIn(text: string, others: readonly string[]): readonly string[] {
  const known = others.join('\n').toLowerCase();
  return verdicts
    .flatMap((pattern) => [...text.matchAll(pattern)].map(([word]) => word))
    .filter((word) => !known.includes(word.toLowerCase()));
}
