/**
 * A question for two measures, which is two answers: one question for each. Null for any other. Sentences of
 * the kind "the number of keys and their monthly cost per account", in either order.
 */
export function apartByMeasure(question: string): readonly [string, string] | null {
  const found = measures.exec(question.trim().replace(/[?!.\s]+$/, ''));
  const [, before = '', one = '', other = '', after = ''] = found ?? [];
  return found ? [`${before}${one}${after}`, `${before}${other}${after}`] : null;
}

const number = '(?:total )?(?:number|count) of (?:all |the |our )?(?:kms )?(?:keys|cmks)';
const cost =
  '(?:total )?(?:monthly |yearly |annual )?(?:kms |key )?(?:costs?|spend|spending|price)(?: (?:per|a) (?:month|year))?';
const measures = new RegExp(
  `^(.*?)\\b(${number}|${cost})(?:,? and|,? as well as| plus| &|,) (?:also )?(?:by )?(?:the |their |its |our )?(${number}|${cost})\\b(?! (?:more|less|over|under|above|below|at least|at most|of)\\b)(.*)$`,
  'i',
);

/**
 * The two questions of a text that ends the first with a question mark or a full stop; null for one, or more.
 * Whether each can be asked by itself is for its reader to say.
 */
export function apartBySentence(question: string): readonly [string, string] | null {
  const sentences = question
    .normalize('NFKC')
    .split(/[?。]+/u)
    .map((s) => s.trim())
    .filter(Boolean);
  const [first, second, ...more] = sentences;
  // 一覧も欲しい asks for it besides.
  const also = /も(?=(?:欲し|ほし|知りた|見た|教え|見せ|出し|お願い)[^、]{0,8}$)/u;
  return first && second && more.length === 0 ? [first, second.replace(also, 'を')] : null;
}
