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
  const [first, second, ...more] = sentences.length === 1 ? sentences.flatMap(byClause) : sentences;
  // 一覧も欲しい asks for it besides.
  const also = /も(?=(?:欲し|ほし|知りた|見た|教え|見せ|出し|お願い)[^、]{0,8}$)/u;
  return first && second && more.length === 0 ? [first, second.replace(also, 'を')] : null;
}

/** "How fresh is the data and is it complete": two questions joined by an "and" before a verb or a question word. */
function byClause(sentence: string): readonly string[] {
  const found =
    /^(.+?)(?:,? and|[,;]| plus|,? also) (?:also )?((?:which|who|what|how|when|where|is|are|do|does|did|have|has|can|could) .+)$/i.exec(
      sentence,
    );
  const [, first, second] = found ?? [];
  if (!first || !second) return [sentence];
  // The data is what "it" is, where nothing else is spoken of.
  const data = /^how [\w -]+ is (the|this|our) (data|inventory|snapshot)$/i.exec(first);
  return [first, data ? second.replace(/\bit\b/i, `the ${data[2]}`) : second];
}
