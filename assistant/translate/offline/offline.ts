import type { DataValues, TranslateRequest, Translation, Translator } from '../translator.ts';
import { TooTangled } from './grammar/chart.ts';
import { englishGrammar, type Grammar } from './grammar/grammar.ts';
import { buildLexicon } from './lexicon/lexicon.ts';
import { indexValues } from './lexicon/values.ts';
import { answerFor, askBack, decline } from './respond.ts';
import { englishTokens } from './tokens/english.ts';

/** Longer questions are not read. */
const LONGEST_QUESTION = 2_000;

/**
 * A translator that needs no network and no model: it reads the question with a grammar whose words
 * come from the data contract and the names in the data. Every word of the question must have its
 * place in the reading; a word without one leads to a question back or a refusal, never to an answer
 * that ignores it.
 */
export function createOfflineTranslator(data: DataValues): Translator {
  const values = indexValues(data);
  const lexicon = buildLexicon('en');
  let latest: { key: string; grammar: Grammar } | undefined;
  const grammarFor = ({ asOf, timeZone }: TranslateRequest) => {
    const key = `${asOf.toISOString()} ${timeZone}`;
    if (latest?.key !== key) {
      latest = { key, grammar: englishGrammar({ lexicon, values, asOf, timeZone }) };
    }
    return latest.grammar;
  };

  const translate = (request: TranslateRequest): Translation => {
    const question = request.question.trim();
    if (question === '') return decline('The question is empty.', []);
    if (question.length > LONGEST_QUESTION) {
      return decline(`The question is longer than ${LONGEST_QUESTION} characters.`, []);
    }
    const tokens = englishTokens(question);
    const plans = grammarFor(request).read(tokens);
    const [plan] = plans;
    if (plans.length === 1 && plan) return answerFor(plan, request.asOf);
    if (plans.length > 1) return askBack(plans, values);
    return decline('The question was not understood.', []);
  };

  return {
    name: 'offline',
    translate: async (request) => {
      try {
        return translate(request);
      } catch (error) {
        if (error instanceof TooTangled) {
          return decline('The question is too tangled to be read with certainty.', []);
        }
        throw error;
      }
    },
  };
}
