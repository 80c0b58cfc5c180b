import { beforeAll, describe, expect, it } from 'vitest';
import { createOfflineTranslator } from '../../../../assistant/translate/offline/offline.ts';
import { type Plan, planSchema } from '../../../../assistant/translate/offline/plan/plan.ts';
import { planToQuestion } from '../../../../assistant/translate/offline/plan/plan-to-words.ts';
import type { Translation } from '../../../../assistant/translate/translator.ts';
import { exampleValues, request } from './example-data.ts';
import { openExample } from './example-rows.ts';
import { understoodQuestions } from './understood-questions.ts';

const translator = createOfflineTranslator(exampleValues);
let run: Awaited<ReturnType<typeof openExample>>;
beforeAll(async () => {
  run = await openExample();
});
const accountName = (id: string) => exampleValues.accounts.find((a) => a.id === id)?.name;

describe.each(understoodQuestions)('%s', (question) => {
  it('is understood, passes the guard, runs, and means the same when restated', async () => {
    const translation = await translator.translate(request(question));
    if (translation.kind !== 'query') throw new Error(JSON.stringify(translation));
    const rows = await run(translation.sql);
    const { shape, value, groupBy } = translation.presentation;
    if (shape !== 'list') {
      const shown = rows[0] ?? {};
      for (const name of [value ?? '', ...(groupBy ?? [])]) {
        if (rows.length > 0) expect(Object.keys(shown)).toContain(name);
      }
    }
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
