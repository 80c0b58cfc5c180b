import type { Plan } from '../plan/plan.ts';
import { planIsPossible, withoutImplied } from '../plan/possible.ts';
import type { Token } from '../tokens/token.ts';
import { accessGrammar } from './access.ts';
import { accessQuestions } from './access-questions.ts';
import { accountQuestions } from './account-questions.ts';
import { alt, newChart, type Parser, readAll } from './chart.ts';
import { concernQuestions } from './concern-questions.ts';
import type { GrammarContext } from './context.ts';
import { followUps } from './follow-ups.ts';
import { keyConditions } from './key-conditions.ts';
import { keyQuestions } from './key-questions.ts';
import { placeGrammar } from './places.ts';
import { restatement } from './restatement.ts';
import { timeGrammar } from './time.ts';
import { usageQuestions } from './usage-questions.ts';

/** Understands the tokens of a question. */
export interface Grammar {
  /** Every reading of the whole question, each meaning once. */
  readonly read: (tokens: readonly Token[]) => readonly Plan[];
  /** Every reading of conditions that name nothing: of keys. */
  readonly readElliptical: (tokens: readonly Token[]) => readonly Plan[];
  /** Every reading of the whole as a change to the plan before it. */
  readonly refine: (tokens: readonly Token[], before: Plan) => readonly Plan[];
}

/**
 * The English grammar, over the vocabulary and for the moment of a context.
 *
 * Where a phrase belongs: words for tables, columns, values and concerns are in the data contract
 * (`words`); ways to begin a request in `openings.ts`; verbs that join conditions to keys in `verbs.ts`;
 * what a key is or has in `key-conditions.ts` and the files named after a kind of condition
 * (`use-conditions.ts`, `time-conditions.ts`, `tag-conditions.ts`, `text-conditions.ts`,
 * `concern-conditions.ts`, `access.ts`, `places.ts`); whole questions in the file named after what they
 * ask for (`list-questions.ts`, `group-questions.ts`, `usage-questions.ts`…).
 */
export function englishGrammar(context: GrammarContext): Grammar {
  const time = timeGrammar(context.asOf, context.timeZone);
  const places = placeGrammar(context);
  const access = accessGrammar(context, places);
  const conditions = keyConditions(context, time, places, access);
  const keys = keyQuestions(context, time, conditions, places);
  const question: Parser<Plan> = alt(
    keys.question,
    accountQuestions(context, keys),
    concernQuestions(context, conditions, keys, places),
    accessQuestions(context, access, conditions, keys),
    usageQuestions(context, time, conditions, keys),
    restatement(context, time, conditions, access, keys),
  );
  const refinement = followUps(context, conditions, keys);
  return {
    read: (tokens) => distinct(readAll(question, newChart(tokens))),
    readElliptical: (tokens) => distinct(readAll(keys.elliptical, newChart(tokens))),
    refine: (tokens, before) =>
      distinct(readAll(refinement, newChart(tokens)).flatMap((refine) => refine(before))),
  };
}

/** Each meaning once; readings that contradict themselves are none. */
export function distinct(plans: readonly Plan[]): readonly Plan[] {
  const byText = new Map(
    plans
      .filter(planIsPossible)
      .map(withoutImplied)
      .map((p) => [JSON.stringify(p), p]),
  );
  return [...byText.values()];
}
