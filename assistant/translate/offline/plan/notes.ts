import { columnLabel } from './filter-to-words.ts';
import { baseColumn, costBeside } from './measured.ts';
import { resolveMoment } from './moment.ts';
import { type Fact, type Filter, factsOf, isAggregate, type Plan, partsOf } from './plan.ts';
import { isUnknownWhenNull, needsPolicy } from './unknown.ts';

/** What an answer must say besides its rows: what could not be judged, what was taken to mean what. */
export type NoteKind =
  | 'policyUnread'
  | 'wholeTime'
  | 'recordedOnly'
  | 'lastUseOnly'
  | 'latestEventOnly'
  | 'noRecordApart'
  | 'neverUsedApart'
  | 'rotationNeither'
  | 'replicaDeletionApart'
  | 'administer'
  | 'accountPrincipal'
  | 'share'
  | 'cost'
  | 'cut'
  | 'emptyGroups'
  | 'accountsUnread';

/** Which notes a plan needs, whatever the language. */
export interface Notes {
  /** Columns of keys that conditions read and that may not have been readable. */
  readonly unreadColumns: readonly string[];
  /** The measured column, where it may not have been readable. */
  readonly unreadMeasure: string | null;
  /** Columns that groups are made by and that may not have been readable. */
  readonly unreadGroups: readonly string[];
  readonly kinds: readonly NoteKind[];
}

export function notesOf(plan: Plan): Notes {
  const conditions = factsOf(plan.filter);
  const facts = [...conditions, ...(plan.measure.kind === 'share' ? factsOf(plan.measure.of) : [])];
  const has = (test: (fact: Fact) => boolean) => facts.some(test);
  const ofPolicy = (f: Fact) =>
    f.is === 'access' || f.is === 'severity' || (f.is === 'concern' && f.codes.some(needsPolicy));
  const aboutKeys = plan.entity === 'keys' || plan.entity === 'accounts';
  const { entity, measure, groupBy, having, orderBy } = plan;
  const unused = has((f) => f.is === 'unused');
  const needed: readonly (readonly [NoteKind, boolean])[] = [
    ['policyUnread', aboutKeys && conditions.some(ofPolicy)],
    ['wholeTime', unused],
    ['recordedOnly', !unused && has((f) => f.is === 'used' || f.is === 'event' || isLastUse(f))],
    ['lastUseOnly', has((f) => (f.is === 'used' && f.to !== undefined) || isLastUse(f))],
    [
      'latestEventOnly',
      (entity === 'usage' && groupBy.some((d) => 'by' in d)) ||
        has(
          (f) =>
            (f.is === 'time' && f.column === 'last_event_at' && f.to !== null) ||
            (f.is === 'event' && Boolean(f.test.to)),
        ),
    ],
    [
      'noRecordApart',
      has((f) => isStatus(f, 'NEVER_USED')) && !has((f) => isStatus(f, 'NO_RECORD')),
    ],
    [
      'neverUsedApart',
      has((f) => isStatus(f, 'NO_RECORD')) && !has((f) => isStatus(f, 'NEVER_USED')),
    ],
    ['rotationNeither', has((f) => f.is === 'flag' && f.column === 'rotation_enabled')],
    [
      'replicaDeletionApart',
      has((f) => isState(f, 'PendingDeletion')) &&
        !has((f) => isState(f, 'PendingReplicaDeletion')),
    ],
    ['administer', has((f) => f.is === 'access' && f.test.levels?.includes('ADMIN') === true)],
    ['accountPrincipal', entity === 'permissions'],
    ['share', measure.kind === 'share'],
    [
      'cost',
      (measure.kind === 'sum' && measure.column === 'monthly_cost_usd') ||
        (measure.kind === 'mean' && measure.weight !== undefined) ||
        costBeside(plan) !== null ||
        (measure.kind === 'part' && measure.amount === 'monthly_cost_usd'),
    ],
    ['cut', typeof plan.limit === 'number' && orderBy !== null],
    [
      'emptyGroups',
      groupBy.length > 0 &&
        (orderBy?.direction === 'asc' || (measure.kind === 'share' && having !== null)),
    ],
    ['accountsUnread', entity === 'accounts' && boundsKeys(plan.filter)],
  ];
  return {
    unreadColumns: [...new Set(conditions.flatMap(unknownColumns))],
    unreadMeasure: unreadMeasure(costBeside(plan) ?? plan),
    unreadGroups: groupBy
      .map((d) => ('tag' in d ? 'tags' : d.column))
      .filter((c) => isUnknownWhenNull(entity, c)),
    kinds: needed.flatMap(([kind, is]) => (is ? [kind] : [])),
  };
}

function unreadMeasure({ entity, measure }: Plan): string | null {
  return isAggregate(measure) && isUnknownWhenNull(entity, measure.column) ? measure.column : null;
}

/** Whether only keys of accounts that are not active are asked for: none of those are read. */
export const isOfUnreadAccounts = ({ entity, filter }: Plan): boolean =>
  entity === 'keys' && partsOf(filter).some((f) => 'account' in f && isInactive(f.account));

/** Whether keys are asked for that were not used since before any use was recorded (`day`, YYYY-MM-DD). */
export const looksBackBeyond = (plan: Plan, day: string, asOf: Date): boolean =>
  factsOf(plan.filter).some(
    (f) => f.is === 'unused' && resolveMoment(f.since, asOf) < new Date(`${day}T00:00:00Z`),
  );

const isInactive = (f: Filter) =>
  'is' in f && f.is === 'value' && f.column === 'state' && !f.values.includes('ACTIVE');

const sentences: Readonly<Record<NoteKind, string>> = {
  policyUnread:
    'Keys whose policy could not be read are not included: who may use them is not known.',
  wholeTime:
    'Keys that did not exist for the whole time are not included. Keys whose use is unknown, or tracked for a shorter time, are not included either: no record is no proof.',
  recordedOnly: 'Only recorded use counts; what happened before tracking began is not known.',
  lastUseOnly:
    'Only the last use of a key is known: a key that was used in that time and again later is not included.',
  latestEventOnly:
    'Of each operation by each caller on a key only the latest is recorded: what was done in that time and again later is not included.',
  noRecordApart:
    'Keys with no recorded use that are older than the tracking are not included: they may have been used before.',
  neverUsedApart:
    'Keys that were never used since they were created are told apart and not included.',
  rotationNeither:
    'Keys that cannot rotate automatically, or whose rotation could not be read, count as neither rotated nor not rotated.',
  replicaDeletionApart:
    'Keys that wait for the deletion of their replicas (PendingReplicaDeletion) are told apart and not included.',
  administer:
    'To administer means at least one of: change the key, its policy, state or tags, or schedule its deletion.',
  accountPrincipal:
    'An account as principal means that the IAM policies of that account decide who in it; those policies are not collected.',
  share:
    'The percentage is of all rows. Those of which it is not known, because something could not be read, count as not meeting the condition: they are total minus matching and not_matching.',
  cost: 'The cost is the monthly storage price of the keys; requests are not included.',
  cut: 'Where several share the last place, the list is cut by account, Region and key id.',
  emptyGroups: 'Groups without any such row do not appear.',
  accountsUnread:
    'Accounts with a Region that could not be read, or was skipped, are not included: they may have such keys.',
};

/** The notes of a plan in English. */
export function notesFor(plan: Plan): readonly string[] {
  const { unreadColumns, unreadMeasure, unreadGroups, kinds } = notesOf(plan);
  const policy = kinds.filter((k) => k === 'policyUnread');
  const others = kinds.filter((k) => k !== 'policyUnread');
  return [
    ...policy.map((k) => sentences[k]),
    ...(unreadColumns.length > 0
      ? [
          `Keys whose ${named(unreadColumns)} could not be read are not included: whether they match is not known.`,
        ]
      : []),
    ...(unreadMeasure
      ? [`Keys whose ${named([unreadMeasure])} could not be read are left out of it.`]
      : []),
    ...(unreadGroups.length === 0
      ? []
      : unreadGroups.includes('tags')
        ? [
            'The group without a name holds the keys without this tag and those whose tags could not be read.',
          ]
        : [
            `A group without a name holds the keys whose ${named(unreadGroups)} could not be read.`,
          ]),
    ...others.map((k) => sentences[k]),
  ];
}

const named = (columns: readonly string[]) =>
  [...new Set(columns)]
    .map((c) =>
      baseColumn(c) === 'created_at' ? 'creation date' : columnLabel('keys', baseColumn(c)),
    )
    .join(' or ');

/** The columns of keys a condition reads that are null when they could not be read. */
function unknownColumns(fact: Fact): readonly string[] {
  if (fact.is === 'tag') return ['tags'];
  if (fact.is === 'key') return fact.by === 'alias' ? ['aliases'] : [];
  if (!('column' in fact)) return [];
  const column = fact.column === 'alias' ? 'aliases' : fact.column;
  return isUnknownWhenNull('keys', column) ? [column] : [];
}

const isStatus = (fact: Fact, status: string) =>
  fact.is === 'value' && fact.column === 'usage_status' && fact.values.includes(status);
const isState = (fact: Fact, state: string) =>
  fact.is === 'value' && fact.column === 'key_state' && fact.values.includes(state);
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
