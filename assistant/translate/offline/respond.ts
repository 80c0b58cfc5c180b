import type { Translation } from '../translator.ts';
import type { Values } from './lexicon/values.ts';
import { notesFor } from './plan/notes.ts';
import type { Plan } from './plan/plan.ts';
import { planToSql } from './plan/plan-to-sql.ts';
import { planToQuestion, planToWords } from './plan/plan-to-words.ts';
import { presentationOf } from './plan/presentation.ts';

/** So many choices are offered at most. */
const MOST_CHOICES = 6;

/** The query for a question that was understood in exactly one way. */
export function answerFor(plan: Plan, asOf: Date): Translation {
  return {
    kind: 'query',
    interpretation: planToWords(plan, asOf),
    sql: planToSql(plan, asOf),
    presentation: presentationOf(plan),
    state: { plan },
    followUps: [],
    notes: notesFor(plan),
  };
}

/** A question back: which of these was meant? */
export function askBack(plans: readonly Plan[], _values: Values): Translation {
  return {
    kind: 'clarify',
    message: 'The question can be read in more than one way. Which of these is meant?',
    choices: plans.slice(0, MOST_CHOICES).map(planToQuestion),
    unknownWords: [],
  };
}

/** A refusal, with the nearest questions that can be answered. */
export function decline(message: string, unknownWords: readonly string[]): Translation {
  return { kind: 'declined', message, unknownWords, nearest: [] };
}
