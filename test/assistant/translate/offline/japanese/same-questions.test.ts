import { beforeAll, describe, expect, it } from 'vitest';
import { planToQuestion } from '../../../../../assistant/translate/offline/japanese/words/plan-to-words.ts';
import { createOfflineTranslator } from '../../../../../assistant/translate/offline/offline.ts';
import { type Plan, planSchema } from '../../../../../assistant/translate/offline/plan/plan.ts';
import type { Translation } from '../../../../../assistant/translate/translator.ts';
import { sampled } from '../../../../thorough.ts';
import { exampleValues, request } from '../example-data.ts';
import { openExample } from '../example-rows.ts';
import { understoodQuestions } from '../understood-questions.ts';
import { sameQuestions } from './same-questions.ts';

const translator = createOfflineTranslator(exampleValues);
let run: Awaited<ReturnType<typeof openExample>>;
beforeAll(async () => {
  run = await openExample();
});
const accountName = (id: string) => exampleValues.accounts.find((a) => a.id === id)?.name;

describe.each(sampled(5, sameQuestions))('%s', (english, japanese) => {
  it.each(japanese)('%s', async (question) => {
    const meant = planOf(await translator.translate(request(english)));
    const translation = await translator.translate(request(question));
    expect(meaning(planOf(translation))).toEqual(meaning(meant));
    if (translation.kind === 'query') await run(translation.sql);
  });
});

describe('a question restated in Japanese means the same', () => {
  const all = [...sameQuestions.map(([english]) => english), ...understoodQuestions];
  const questions = sampled(6, all);
  it.each(questions)('%s', async (question) => {
    const translation = await translator.translate(request(question));
    if (translation.kind !== 'query') return;
    const plan = planOf(translation);
    const restated = planToQuestion(plan, accountName);
    const again = await translator.translate(request(restated));
    expect({ restated, plan: meaning(planOf(again)) }).toEqual({ restated, plan: meaning(plan) });
  });
});

function planOf(translation: Translation): Plan {
  if (translation.kind !== 'query') throw new Error(JSON.stringify(translation));
  return planSchema.parse((translation.state as { plan: unknown }).plan);
}

/** Which columns are shown besides is no part of what is asked. */
const meaning = (plan: Plan) =>
  plan.measure.kind === 'list' ? { ...plan, measure: 'list' } : plan;
