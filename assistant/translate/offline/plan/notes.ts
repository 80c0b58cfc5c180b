import { columnLabel } from './filter-to-words.ts';
import { type Fact, type Filter, factsOf, type Plan } from './plan.ts';
import { isUnknownWhenNull, needsPolicy } from './unknown.ts';

/** What an answer must say besides its rows: what could not be judged, what was taken to mean what. */
export function notesFor(plan: Plan): readonly string[] {
  const conditions = factsOf(plan.filter);
  const facts = [...conditions, ...(plan.measure.kind === 'share' ? factsOf(plan.measure.of) : [])];
  const has = (test: (fact: Fact) => boolean) => facts.some(test);
  const notes: string[] = [];
  const ofPolicy = (f: Fact) =>
    f.is === 'access' || f.is === 'severity' || (f.is === 'concern' && f.codes.some(needsPolicy));
  const aboutKeys = plan.entity === 'keys' || plan.entity === 'accounts';
  if (aboutKeys && conditions.some(ofPolicy)) {
    notes.push(
      'Keys whose policy could not be read are not included: who may use them is not known.',
    );
  }
  const unread = unreadable(conditions.flatMap(unknownColumns));
  if (unread) {
    notes.push(
      `Keys whose ${unread} could not be read are not included: whether they match is not known.`,
    );
  }
  notes.push(...notesOnValues(plan));
  if (has((f) => f.is === 'unused')) {
    notes.push(
      'Keys that did not exist for the whole time are not included. Keys whose use is unknown, or tracked for a shorter time, are not included either: no record is no proof.',
    );
  } else if (has((f) => f.is === 'used' || f.is === 'event' || isLastUse(f))) {
    notes.push('Only recorded use counts; what happened before tracking began is not known.');
  }
  if (has((f) => (f.is === 'used' && f.to !== undefined) || isLastUse(f))) {
    notes.push(
      'Only the last use of a key is known: a key that was used in that time and again later is not included.',
    );
  }
  if (
    plan.entity === 'usage' &&
    has((f) => f.is === 'time' && f.column === 'last_event_at' && f.to !== null)
  ) {
    notes.push(
      'Of each operation by each caller on a key only the latest is recorded: what was done in that time and again later is not included.',
    );
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
  if (has((f) => f.is === 'access' && f.test.levels?.includes('ADMIN') === true)) {
    notes.push(
      'To administer means at least one of: change the key, its policy, state or tags, or schedule its deletion.',
    );
  }
  if (plan.entity === 'permissions') {
    notes.push(
      'An account as principal means that the IAM policies of that account decide who in it; those policies are not collected.',
    );
  }
  if (plan.measure.kind === 'share') {
    notes.push(
      'The percentage is of all rows. Those of which it is not known, because something could not be read, count as not meeting the condition: they are total minus matching and not_matching.',
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
  if (plan.entity === 'accounts' && boundsKeys(plan.filter)) {
    notes.push(
      'Accounts with a Region that could not be read, or was skipped, are not included: they may have such keys.',
    );
  }
  return notes;
}

/** The columns of keys a condition reads that are null when they could not be read. */
function unknownColumns(fact: Fact): readonly string[] {
  if (fact.is === 'tag') return ['tags'];
  if (fact.is === 'key') return fact.by === 'alias' ? ['aliases'] : [];
  if (!('column' in fact)) return [];
  const column = fact.column === 'alias' ? 'aliases' : fact.column;
  return isUnknownWhenNull('keys', column) ? [column] : [];
}

const unreadable = (columns: readonly string[]) =>
  [...new Set(columns)]
    .map((c) => (c === 'created_at' || c === 'age_days' ? 'creation date' : columnLabel('keys', c)))
    .join(' or ');

/** What a total, an average or a group cannot know of. */
function notesOnValues({ entity, measure, groupBy }: Plan): readonly string[] {
  const measured = 'column' in measure && isUnknownWhenNull(entity, measure.column);
  const groups = groupBy
    .map((d) => ('tag' in d ? 'tags' : d.column))
    .filter((c) => isUnknownWhenNull(entity, c));
  return [
    ...(measured
      ? [`Keys whose ${unreadable([measure.column])} could not be read are left out of it.`]
      : []),
    ...(groups.length > 0
      ? [
          groups.includes('tags')
            ? 'The group without a name holds the keys without this tag and those whose tags could not be read.'
            : `A group without a name holds the keys whose ${unreadable(groups)} could not be read.`,
        ]
      : []),
  ];
}

const isStatus = (fact: Fact, status: string) =>
  fact.is === 'value' && fact.column === 'usage_status' && fact.values.includes(status);
const isLastUse = (fact: Fact) => fact.is === 'time' && fact.column === 'last_used_at';

/** Whether a condition on accounts could turn false with keys that were not read: none, at most 5. */
function boundsKeys(filter: Filter, negated = false): boolean {
  if ('not' in filter) return boundsKeys(filter.not, !negated);
  if ('and' in filter) return filter.and.some((part) => boundsKeys(part, negated));
  if ('or' in filter) return filter.or.some((part) => boundsKeys(part, negated));
  if (!('keys' in filter)) return false;
  const isLowerBound = filter.op === 'at least' || filter.op === 'more than';
  return isLowerBound === negated;
}
