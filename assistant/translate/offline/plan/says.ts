import { type Dimension, type Fact, type Filter, factsOf, type Plan } from './plan.ts';

/** What a plan says, in whatever language it was asked: what a second look at a question holds it against. */

/** Every condition of a plan: of its filter, and of what a share is the share of. */
export const facts = (plan: Plan): readonly Fact[] => [
  ...factsOf(plan.filter),
  ...(plan.measure.kind === 'share' ? factsOf(plan.measure.of) : []),
];
/** Whether one of the conditions of a plan is such a one. */
export const some = (plan: Plan, test: (fact: Fact) => boolean) => facts(plan).some(test);
/** Whether there is a group for each value of one of these columns. */
export const groupsBy = (plan: Plan, ...columns: readonly string[]) =>
  plan.groupBy.some((d) => 'column' in d && columns.includes(d.column));
/** What the conditions say is not so, wherever they say it. */
function deniedIn(filter: Filter): readonly Filter[] {
  if ('is' in filter) return [];
  if ('not' in filter) return [filter.not, ...deniedIn(filter.not)];
  if ('and' in filter) return filter.and.flatMap(deniedIn);
  if ('or' in filter) return filter.or.flatMap(deniedIn);
  if ('read' in filter) return deniedIn(filter.read);
  if ('account' in filter) return deniedIn(filter.account);
  return deniedIn('key' in filter ? filter.key : filter.keys);
}
/** Whether something is denied, such as is asked. */
export const denies = (plan: Plan, such: (denied: Filter) => boolean = () => true) =>
  deniedIn(plan.filter).some(such);

/** The name of a tag without what spellings differ in: `cost-center`, `CostCenter`. */
export const tagInLetters = (key: string) => key.toLowerCase().replaceAll(/[-_ ]/g, '');
/** Whether names of tags differ in their spelling only. */
export const sameTag = (a: string, b: string) => tagInLetters(a) === tagInLetters(b);

/** Groups by a tag in these spellings of its name; none where they are names of different tags. */
export const inSpellings = (tag: string, also: readonly string[]): readonly Dimension[] =>
  also.every((other) => sameTag(other, tag)) ? [{ tag, also: [...also] }] : [];

/** Whether a tag tells environments apart, by its key. */
export const isOfEnvironments = (key: string) => /^(env|environment|stage)$/i.test(key);

/**
 * What a condition says by tags, one or several to choose from, of which a key has one: whose it is, or of what
 * environment; however the name of the tag is spelled. Null where it says anything else.
 */
export function saidByTags(filter: Filter): { of: string; values: ReadonlySet<string> } | null {
  const tags: readonly Filter[] = 'or' in filter ? filter.or : [filter];
  const named = tags.flatMap((f) =>
    'is' in f && f.is === 'tag' && f.value !== null
      ? [{ of: isOfEnvironments(f.key) ? 'environment' : f.key.toLowerCase(), value: f.value }]
      : [],
  );
  const [of, ...others] = new Set(named.map((tag) => tag.of));
  return of !== undefined && others.length === 0 && named.length === tags.length
    ? { of, values: new Set(named.map(({ value }) => value.toLowerCase())) }
    : null;
}

/** Whether rows are shown, and nothing is counted or added up. */
export const isList = ({ measure }: Plan) => measure.kind === 'list';
/** Whether what was done is shown or counted, each event by itself. */
export const ofEvents = (plan: Plan) => plan.entity === 'usage';
/** Whether who may do what is shown or counted. */
export const ofPermissions = (plan: Plan) => plan.entity === 'permissions';
type Event = Extract<Fact, { is: 'event' }>['test'];
type Access = Extract<Fact, { is: 'access' }>['test'];
/** Whether a condition is that something was done, such as is asked. */
export const hasEvent = (plan: Plan, such: (test: Event) => boolean = () => true) =>
  some(plan, (f) => f.is === 'event' && such(f.test));
/** Whether a condition is that someone may do something, such as is asked. */
export const hasAccess = (plan: Plan, such: (test: Access) => boolean = () => true) =>
  some(plan, (f) => f.is === 'access' && such(f.test));
/** Whether a condition is that this operation was called. */
export const hasOperation = (plan: Plan, operation: string) =>
  hasEvent(plan, (t) => t.operations?.includes(operation) === true);
/** Whether each value counts once, or each has a row of its own. */
export const tellsApart = ({ measure, groupBy }: Plan) =>
  measure.kind === 'distinct' || groupBy.length > 0;
/** Whether the policy itself is shown. */
export const showsPolicy = ({ measure }: Plan) =>
  measure.kind === 'list' && measure.show.includes('policy_json');
/** The column of which a condition names several values; null where it names one, or none. */
export function severalOf(filter: Filter): string | null {
  if (!('is' in filter)) return null;
  if (filter.is === 'ou') return filter.paths.length > 1 ? 'ou_path' : null;
  return filter.is === 'value' && filter.values.length > 1 ? filter.column : null;
}
/** The groups of which a condition names several values of a column: of units, each with those below it. */
export const groupsOf = (column: string): Dimension =>
  column === 'ou_path' ? { column, named: true } : { column };
/** Whether nothing is said of the rows but where their keys are, and who manages them. */
export const saysOnlyWhere = ({ filter }: Plan) =>
  factsOf(filter).every(
    (f) =>
      f.is === 'ou' ||
      (f.is === 'value' && ['region', 'account_id', 'key_manager'].includes(f.column)),
  );
/** What no plan can say. */
export const never = () => false;
/** Whether those who did something or may do it are shown or counted. */
export const showsPeople = (plan: Plan) =>
  ofPermissions(plan) ||
  ofEvents(plan) ||
  groupsBy(plan, 'principal', 'principal_account', 'username', 'via_service', 'caller_account');

/** Whether a filter says something of one column, or of one kind of thing, in whatever way. */
export const hasColumn = (plan: Plan, ...columns: readonly string[]) =>
  some(plan, (f) => 'column' in f && columns.includes(f.column));

/** Whether a condition is about grants. */
export const saysGrant = (f: Fact) =>
  f.is === 'grants' ||
  (f.is === 'access' &&
    (f.test.source?.includes('GRANT') === true || f.test.levels?.includes('GRANT') === true)) ||
  (f.is === 'event' && f.test.operations?.some((o) => o.includes('Grant')) === true) ||
  (f.is === 'concern' && f.codes.some((c) => c.includes('GRANT')));

/** Whether anything of a plan comes from policies. */
export const saysPolicy = (plan: Plan) =>
  some(
    plan,
    (f) =>
      f.is === 'access' ||
      f.is === 'concern' ||
      f.is === 'severity' ||
      (f.is === 'event' && f.test.operations?.includes('PutKeyPolicy') === true),
  ) ||
  hasColumn(plan, 'policy_readable', 'policy_json', 'concern_codes', 'max_severity') ||
  ofPermissions(plan) ||
  plan.entity === 'concerns' ||
  showsPolicy(plan);
