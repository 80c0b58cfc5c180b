import type { Translation } from '../translator.ts';
import type { Wording } from './language.ts';
import { isOfUnreadAccounts, looksBackBeyond } from './plan/notes.ts';
import { type Plan, partsOf } from './plan/plan.ts';
import { planToSql } from './plan/plan-to-sql.ts';
import { takenAsOne } from './plan/taken-as-one.ts';

/** So many choices are offered at most. */
const MOST_CHOICES = 6;

/** The query for a question that was understood in exactly one way. */
export function answerFor(
  plan: Plan,
  asOf: Date,
  wording: Wording,
  remarks: readonly string[] = [],
): Extract<Translation, { kind: 'query' }> {
  const lead = leadOf(plan, asOf, wording);
  return {
    kind: 'query',
    interpretation: wording.interpretation(plan, asOf),
    sql: planToSql(plan, asOf),
    presentation: wording.presentation(plan, asOf),
    state: { plan },
    followUps: suggestionsFor(plan, wording),
    notes: [...remarks, ...wording.notes(plan)],
    ...(lead ? { lead } : {}),
  };
}

/** What an answer cannot tell, which is said before it. */
function leadOf(plan: Plan, asOf: Date, wording: Wording): string {
  const { usageTrackedSince: since, trackedSince, unreadAccounts } = wording;
  return [
    ...(isOfUnreadAccounts(plan) ? [unreadAccounts] : []),
    ...(since && looksBackBeyond(plan, since, asOf) ? [trackedSince(since)] : []),
  ].join(' ');
}

/** Questions that continue from an answer. */
function suggestionsFor(plan: Plan, { followUps: say }: Wording): readonly string[] {
  const onKeys = plan.entity === 'keys';
  if (plan.measure.kind === 'list') {
    if (plan.limit !== null) return [];
    if (!onKeys) return [say.count];
    const who = doneTo(plan) ? [say.who] : [];
    return [...who, say.count, say.perAccount, say.perRegion, say.cost];
  }
  // What the groups of a cut, or those of a certain size, hold is not what all of them do.
  if (plan.limit !== null || plan.having !== null) return [];
  if (!onKeys) return [say.list];
  if (plan.groupBy.length > 0) {
    return plan.measure.kind === 'count' ? [say.list, say.total] : [say.list];
  }
  return plan.measure.kind === 'count'
    ? [say.list, say.perAccount, say.perRegion]
    : [say.list, say.count];
}

/** Whether the keys are those to which one thing was done. */
const doneTo = ({ filter }: Plan) =>
  partsOf(filter).filter((f) => 'is' in f && f.is === 'event').length === 1;

/** A question back: which of these was meant? `message`: why it is asked, if not for several readings. */
export function askBack(
  plans: readonly Plan[],
  wording: Wording,
  message = plans.length === 1 ? wording.unsure : wording.ambiguous(plans.length > MOST_CHOICES),
): Translation {
  const offered = takenAsOne(plans);
  return {
    kind: 'clarify',
    message,
    choices: [...new Set(offered.slice(0, MOST_CHOICES).map(wording.question))],
    unknownWords: [],
  };
}

/** The same question back, where the reply does not say which is meant. */
export const offerAgain = (choices: readonly string[], wording: Wording): Translation => ({
  kind: 'clarify',
  message: wording.stillOpen,
  choices,
  unknownWords: [],
});

/** A refusal. */
export function decline(
  message: string,
  unknownWords: readonly string[],
): Extract<Translation, { kind: 'declined' }> {
  return { kind: 'declined', message, unknownWords, nearest: [] };
}
