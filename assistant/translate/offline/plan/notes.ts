import { concernKinds } from '../../../../collector/schema/concerns.ts';
import { type Fact, type Filter, factsOf, type Plan } from './plan.ts';

const principalConcerns: ReadonlySet<string> = new Set(
  concernKinds.filter((k) => k.scope === 'principal').map((k) => k.code as string),
);

/** What an answer must say besides its rows: what could not be judged, what was taken to mean what. */
export function notesFor(plan: Plan): readonly string[] {
  const facts = [
    ...factsOf(plan.filter),
    ...(plan.measure.kind === 'share' ? factsOf(plan.measure.of) : []),
  ];
  const has = (test: (fact: Fact) => boolean) => facts.some(test);
  const notes: string[] = [];
  const aboutKeys = plan.entity === 'keys' || plan.entity === 'accounts';
  const needsPolicy = (f: Fact) =>
    f.is === 'access' ||
    f.is === 'severity' ||
    (f.is === 'concern' && f.codes.some((c) => principalConcerns.has(c)));
  if (aboutKeys && has(needsPolicy)) {
    notes.push(
      'Keys whose policy could not be read are not included: who may use them is not known.',
    );
  }
  if (has((f) => f.is === 'unused')) {
    notes.push(
      'Keys that did not exist for the whole time are not included. Keys whose use is unknown, or tracked for a shorter time, are not included either: no record is no proof.',
    );
  } else if (has((f) => f.is === 'used' || f.is === 'event' || isLastUse(f))) {
    notes.push('Only recorded use counts; what happened before tracking began is not known.');
  }
  if (has((f) => isStatus(f, 'NEVER_USED')) && !has((f) => isStatus(f, 'NO_RECORD'))) {
    notes.push(
      'Keys with no recorded use that are older than the tracking are not included: they may have been used before.',
    );
  }
  if (has((f) => isStatus(f, 'NO_RECORD')) && !has((f) => isStatus(f, 'NEVER_USED'))) {
    notes.push(
      'Keys that were never used since they were created are told apart and not included.',
    );
  }
  if (has((f) => f.is === 'flag' && f.column === 'rotation_enabled')) {
    notes.push(
      'Keys that cannot rotate automatically, or whose rotation could not be read, count as neither rotated nor not rotated.',
    );
  }
  if (plan.entity === 'permissions') {
    notes.push(
      'An account as principal means that the IAM policies of that account decide who in it; those policies are not collected.',
    );
  }
  if (plan.measure.kind === 'share') {
    notes.push(
      'The percentage is of all rows; those that can be judged neither way count as not meeting the condition (total minus matching and not_matching).',
    );
  }
  if (plan.measure.kind === 'sum' && plan.measure.column === 'monthly_cost_usd') {
    notes.push('The cost is the monthly storage price of the keys; requests are not included.');
  }
  if (typeof plan.limit === 'number' && plan.orderBy) {
    notes.push(
      'Where several share the last place, the list is cut by account, Region and key id.',
    );
  }
  if (plan.groupBy.length > 0 && plan.orderBy?.direction === 'asc') {
    notes.push('Groups without any such row do not appear.');
  }
  if (plan.entity === 'accounts' && lacksKeys(plan.filter)) {
    notes.push(
      'Accounts with a Region that could not be read are not included: they may have such keys.',
    );
  }
  return notes;
}

const isStatus = (fact: Fact, status: string) =>
  fact.is === 'value' && fact.column === 'usage_status' && fact.values.includes(status);
const isLastUse = (fact: Fact) => fact.is === 'time' && fact.column === 'last_used_at';

function lacksKeys(filter: Filter): boolean {
  if ('not' in filter) return 'keys' in filter.not;
  if ('and' in filter) return filter.and.some(lacksKeys);
  return 'or' in filter && filter.or.some(lacksKeys);
}
