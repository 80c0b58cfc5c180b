/** The language of a question and of its answer. */
export type LanguageCode = 'en' | 'ja';

const kana = /[\p{Script=Hiragana}]/u;
const japanese = /[\p{Script=Han}\p{Script=Katakana}]/u;
const functionWord =
  /\b(which|what|who|when|where|how|why|is|are|do|does|have|has|the|in|of|with|without|for|by|per|list|show|all|not|that|can|and|or|from)\b/i;

/**
 * The language of a question, by its text: Japanese where it is written with hiragana, which every
 * Japanese particle is, or in Japanese characters without an English sentence around them; what is
 * quoted says nothing, because names in the data may be in any script. A question that holds nothing but
 * names is in the language preferred.
 */
export function languageOf(question: string, preferred: LanguageCode): LanguageCode {
  const text = question.normalize('NFKC').replaceAll(/"[^"]*"|[「『][^」』]*[」』]/g, ' ');
  if (kana.test(text)) return 'ja';
  if (japanese.test(text)) return functionWord.test(text) ? 'en' : 'ja';
  if (/[「『]/.test(question)) return 'ja';
  const withoutNames = text.replaceAll(/[\w./:@*-]*[\d/:@_.-][\w./:@*-]*/g, ' ');
  return /[A-Za-z]{2}/.test(withoutNames) ? 'en' : preferred;
}
