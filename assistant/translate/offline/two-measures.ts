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
