import { timesAhead } from './plan/entity-tables.ts';
import { resolveMoment } from './plan/moment.ts';
import type { Plan, UsageTest } from './plan/plan.ts';
import { hasEvent, some } from './plan/says.ts';

/** How what the words of a question ask for is held against what was read, the same for all languages. */

/** What some words ask of a plan: where a question has them, the plan must say it. */
export interface Need {
  readonly where: RegExp;
  readonly says: (plan: Plan, found: RegExpExecArray) => boolean;
}

/** What the words of a question ask for, found once, and held against each reading. */
export function meets(needs: readonly Need[], question: string): (plan: Plan) => boolean {
  const asked = needs.flatMap(({ where, says }) => {
    const found = where.exec(question);
    return found ? [(plan: Plan) => says(plan, found)] : [];
  });
  return (plan) => asked.every((says) => says(plan));
}

/** A number of the question as it may stand in a plan: itself, or turned into days. */
export function numberIn(plan: Plan, text: string): boolean {
  const written = JSON.stringify(plan);
  const n = Number(text);
  return [n, n * 7, n * 30, n * 365, n / 12]
    .filter((value) => Number.isInteger(value) || value === n)
    .some(
      (value) =>
        new RegExp(`(?<![0-9.])0?${value}(?![0-9])`).test(written) ||
        written.includes(`_${value}`) ||
        written.includes(`P${value}`),
    );
}

/** AWS KMS deletes a key 30 days after it was asked to at the latest (ScheduleKeyDeletion). */
export const LONGEST_WAIT_MS = 31 * 86_400_000;

/** Whether keys are asked for that would be deleted later than any can be. */
export const isTooFar = (plan: Plan, asOf: Date): boolean =>
  some(
    plan,
    (f) =>
      f.is === 'time' &&
      f.column === 'deletion_at' &&
      f.from !== null &&
      resolveMoment(f.from, asOf).getTime() > asOf.getTime() + LONGEST_WAIT_MS,
  );

/** Whether what was done is asked for until a time that is still to come, from no other: it lies ahead then. */
export function isYetToCome(plan: Plan, asOf: Date): boolean {
  const open = ({ from, to }: Pick<UsageTest, 'from' | 'to'>) =>
    !from && to !== undefined && to !== null && resolveMoment(to, asOf) > asOf;
  return (
    hasEvent(plan, open) ||
    some(plan, (f) => f.is === 'time' && f.column === 'last_event_at' && open(f))
  );
}

/** Whether a time that is still to come was read as one that is over. */
export const isOver = (plan: Plan, asOf: Date): boolean =>
  some(
    plan,
    (f) =>
      f.is === 'time' &&
      timesAhead.includes(f.column) &&
      f.from !== null &&
      f.to !== null &&
      resolveMoment(f.to, asOf) <= asOf,
  );
