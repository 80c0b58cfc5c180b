import type { Translation } from '../translator.ts';
import type { AccountName } from './plan/filter-to-words.ts';
import { notesFor } from './plan/notes.ts';
import type { Plan } from './plan/plan.ts';
import { planToSql } from './plan/plan-to-sql.ts';
import { planToQuestion, planToWords, shareInWords } from './plan/plan-to-words.ts';
import { presentationOf } from './plan/presentation.ts';

/** So many choices are offered at most. */
const MOST_CHOICES = 6;

/** The query for a question that was understood in exactly one way. */
export function answerFor(
  plan: Plan,
  asOf: Date,
  accountName: AccountName,
  remarks: readonly string[] = [],
): Translation {
  return {
    kind: 'query',
    interpretation: planToWords(plan, asOf, accountName),
    sql: planToSql(plan, asOf),
    presentation: presentationOf(plan, shareInWords(plan, asOf, accountName)),
    state: { plan },
    followUps: suggestionsFor(plan),
    notes: [...remarks, ...notesFor(plan)],
  };
}

/** Questions that continue from an answer. */
function suggestionsFor(plan: Plan): readonly string[] {
  const onKeys = plan.entity === 'keys';
  if (plan.measure.kind === 'list') {
    if (plan.limit !== null) return [];
    return onKeys
      ? ['How many is that?', 'And per account?', 'And per region?', 'What do they cost?']
      : ['How many is that?'];
  }
  if (!onKeys) return ['List them'];
  return plan.groupBy.length === 0 && plan.measure.kind === 'count'
    ? ['List them', 'And per account?', 'And per region?']
    : ['List them', 'How many is that?'];
}

/** A question back: which of these was meant? */
export function askBack(plans: readonly Plan[], accountName: AccountName): Translation {
  const more =
    plans.length > MOST_CHOICES ? ' There are more ways than are shown; name it exactly.' : '';
  return {
    kind: 'clarify',
    message: `The question can be read in more than one way. Which of these is meant?${more}`,
    choices: plans.slice(0, MOST_CHOICES).map((p) => planToQuestion(p, accountName)),
    unknownWords: [],
  };
}

/** A refusal. */
export function decline(
  message: string,
  unknownWords: readonly string[],
): Extract<Translation, { kind: 'declined' }> {
  return { kind: 'declined', message, unknownWords, nearest: [] };
}
