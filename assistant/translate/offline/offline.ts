import { z } from 'zod';
import type { DataValues, TranslateRequest, Translation, Translator } from '../translator.ts';
import { definitionOf } from './definitions.ts';
import { exampleQuestions } from './examples.ts';
import { spelledWords, TooTangled } from './grammar/chart.ts';
import { englishGrammar, type Grammar } from './grammar/grammar.ts';
import { buildLexicon, lexiconWords } from './lexicon/lexicon.ts';
import { indexValues } from './lexicon/values.ts';
import { explain, refuse } from './not-understood.ts';
import { type Plan, planSchema } from './plan/plan.ts';
import { planToSql } from './plan/plan-to-sql.ts';
import { planToQuestion } from './plan/plan-to-words.ts';
import { answerFor, askBack, decline } from './respond.ts';
import { englishTokens } from './tokens/english.ts';
import { singular } from './tokens/token.ts';

/** Longer questions are not read. */
const LONGEST_QUESTION = 2_000;

const stateSchema = z.object({ plan: planSchema });

/** A state larger than this was not made here. */
const LARGEST_STATE = 20_000;

/**
 * A translator that needs no network and no model: it reads the question with a grammar whose words
 * come from the data contract and the names in the data. Every word of the question must have its
 * place in the reading; a word without one leads to a question back or a refusal, never to an answer
 * that ignores it.
 */
export function createOfflineTranslator(data: DataValues): Translator {
  const lexicon = buildLexicon('en');
  const known = new Set(lexiconWords(lexicon));
  const ordinary = (word: string) =>
    spelledWords.has(word) || known.has(word) || known.has(singular(word));
  const values = indexValues(data, ordinary);
  values.warm();
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
    const start = exampleQuestions.slice(0, 3);
    if (question === '') return { ...decline('The question is empty.', []), nearest: start };
    if (question.length > LONGEST_QUESTION) {
      const message = `The question is longer than ${LONGEST_QUESTION.toLocaleString('en-US')} characters; ask in fewer words.`;
      return { ...decline(message, []), nearest: start };
    }
    if (/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(question)) {
      const message =
        '申し訳ありませんが、日本語の質問はまだ理解できません。英語でお尋ねください。';
      return { ...decline(message, []), nearest: start };
    }
    const tokens = englishTokens(question);
    const grammar = grammarFor(request);
    const plans = grammar.read(tokens);
    const before = previousPlan(request);
    const definition = plans.length === 0 ? definitionOf(question, lexicon) : null;
    if (definition) return { ...decline(definition.text, []), nearest: definition.questions };
    const elliptical =
      plans.length === 0 && !before && request.conversation.length === 0
        ? grammar.readElliptical(tokens)
        : [];
    const readings =
      plans.length === 0 && before ? grammar.refine(tokens, before) : [...plans, ...elliptical];
    const [plan] = readings;
    // Readings that are said in the same words differ in what is shown, not in what is meant.
    const said = new Set(readings.map((r) => planToQuestion(r, values.accountName)));
    if (said.size === 1 && plan) {
      const remarks =
        elliptical.length > 0
          ? ['The question names no subject; it was taken to ask for keys.']
          : [];
      return answerFor(plan, request.asOf, values.accountName, remarks);
    }
    if (readings.length > 1) return askBack(readings, values.accountName);
    return explain(question, tokens, {
      read: grammar.read,
      tokens: englishTokens,
      knows: (word) => ordinary(word) || values.knows(word),
      vocabulary: () => [...known, ...spelledWords],
      values,
    });
  };

  return {
    name: 'offline',
    translate: async (request) => {
      try {
        return translate(request);
      } catch (error) {
        if (error instanceof TooTangled) {
          return refuse('The question is too tangled to be read with certainty.', [], []);
        }
        throw error;
      }
    },
  };
}

/** The plan of the last turn, when it comes back as it was made. It passed through the client. */
function previousPlan({ conversation, asOf }: TranslateRequest): Plan | null {
  const state = conversation.at(-1)?.state;
  try {
    if (JSON.stringify(state).length > LARGEST_STATE) return null;
    const parsed = stateSchema.safeParse(state);
    if (!parsed.success) return null;
    planToSql(parsed.data.plan, asOf);
    return parsed.data.plan;
  } catch {
    return null;
  }
}
