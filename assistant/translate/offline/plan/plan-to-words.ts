import { columnOf, entityTables, isSeverity } from './entity-tables.ts';
import {
  type AccountName,
  asInterpretation,
  asQuestion,
  columnLabel,
  filterInWords,
  managerInWords,
  type Speech,
  tagNamed,
} from './filter-to-words.ts';
import { baseColumn } from './measured.ts';
import { momentInWords } from './moment.ts';
import {
  allOf,
  type Dimension,
  type Filter,
  factsOf,
  isEverything,
  type Plan,
  partsOf,
} from './plan.ts';
import { manyOf, oneOf } from './presentation.ts';

function rowsInWords(plan: Plan, speech: Speech, included = ''): string {
  const many = `${entityTables[plan.entity].noun.many}${included}`;
  if (speech.prose && plan.entity === 'keys') return keysInWords(plan.filter, speech, many);
  return isEverything(plan.filter) ? many : `${many} that ${filterInWords(plan.filter, speech)}`;
}

/** "customer managed keys in Region eu-central-1 that are disabled" */
function keysInWords(filter: Filter, speech: Speech, many: string): string {
  const parts = partsOf(filter);
  const manager = parts.find((f) => managerInWords(f) !== null);
  const places = parts.filter(isPlace);
  const others = parts.filter((f) => f !== manager && !isPlace(f));
  const where = places.map((f) => ` ${filterInWords(f, speech).replace(/^are /, '')}`);
  const before = manager ? `${managerInWords(manager)} ` : '';
  const that = others.length > 0 ? ` that ${filterInWords(allOf(...others), speech)}` : '';
  return `${before}${many}${where.join(' and')}${that}`;
}

function isPlace(filter: Filter): boolean {
  if ('not' in filter) return isPlace(filter.not);
  if (!('is' in filter)) return false;
  if (filter.is === 'value') return filter.column === 'region' || filter.column === 'account_id';
  return filter.is === 'ou';
}

/** What a percentage is of: "customer managed keys have rotation enabled". */
export function shareInWords(plan: Plan, asOf: Date, accountName: AccountName): string | null {
  if (plan.measure.kind !== 'share') return null;
  const speech = { ...asInterpretation(plan.entity, asOf, accountName), remark: () => '' };
  const cost = plan.measure.weight ? 'the monthly cost of ' : '';
  return `${cost}${rowsInWords(plan, speech)} ${cost ? 'that ' : ''}${filterInWords(plan.measure.of, speech)}`;
}

/** "region", "account", "tag owner", "year of creation". */
export function dimensionInWords(plan: Plan, dimension: Dimension): string {
  if ('tag' in dimension) {
    return `tag ${[dimension.tag, ...(dimension.also ?? [])].map(tagNamed).join(' or ')}`;
  }
  const label = columnLabel(plan.entity, dimension.column);
  if ('named' in dimension) return `named ${label}`;
  return 'by' in dimension ? `${dimension.by} ${label}` : label;
}

const timeWords = { sum: 'total', avg: 'average', min: 'earliest', max: 'latest' } as const;
const aggregateWords = { sum: 'total', avg: 'average', min: 'lowest', max: 'highest' } as const;

function grouping(plan: Plan, inWords = dimensionInWords): string {
  return plan.groupBy.length === 0
    ? ''
    : ` per ${plan.groupBy.map((d) => inWords(plan, d)).join(' and ')}`;
}

/** As {@link dimensionInWords}, where it need not be read back: "key" and "service" rather than their columns. */
const groupInProse = (plan: Plan, dimension: Dimension): string =>
  'column' in dimension && !('by' in dimension)
    ? `${'named' in dimension ? 'named ' : ''}${oneOf(plan.entity, dimension.column)}`
    : dimensionInWords(plan, dimension);

/** What parts are parts of, before the rows. */
const partOf = ({ entity, measure }: Plan): string =>
  measure.kind !== 'part' || measure.amount === 'rows' || entity === measure.amount
    ? 'of '
    : measure.amount === 'keys'
      ? 'of keys in '
      : 'of cost of ';

/** A question that can be asked as it stands and means exactly this plan. */
export function planToQuestion(plan: Plan, accountName: AccountName): string {
  const speech = asQuestion(plan.entity, accountName);
  const rows = rowsInWords(plan, speech);
  const tail = `${grouping(plan)}${havingInWords(plan)}${orderInQuestion(plan)}`;
  switch (plan.measure.kind) {
    case 'list':
      return `List ${rows}${tail}${shownInQuestion(plan)}`;
    case 'count': {
      const counted = plan.measure.keys && plan.entity !== 'keys' ? 'keys in ' : '';
      if (plan.measure.cost) return `Count and total monthly cost of ${rows}${tail}`;
      return `Count ${counted}${rows}${tail}`;
    }
    case 'share':
      return `Percentage of ${plan.measure.weight ? 'cost of ' : ''}${rows} : ${filterInWords(plan.measure.of, speech)}${tail}`;
    case 'part':
      return `Parts ${partOf(plan)}${rows}${tail}`;
    case 'distinct':
      return `Number of different ${columnLabel(plan.entity, plan.measure.column)} of ${rows}${tail}`;
    case 'mean':
      if (plan.measure.weight) {
        return `Average total monthly cost of ${rows} per ${columnLabel(plan.entity, plan.measure.per)}${tail}`;
      }
      return `Average number of ${rows} per ${columnLabel(plan.entity, plan.measure.per)}${tail}`;
    default:
      return `${capital(aggregateWords[plan.measure.kind])} ${columnLabel(plan.entity, plan.measure.column)} of ${rows}${tail}`;
  }
}

/** The columns that a list of keys names besides the usual ones, as they are asked for. */
function shownInQuestion({ entity, measure }: Plan): string {
  if (entity !== 'keys' || measure.kind !== 'list' || measure.show.length === 0) return '';
  return ` with their ${measure.show.map((c) => columnLabel(entity, c)).join(', ')}`;
}

function havingInWords(plan: Plan): string {
  return plan.having ? ` with ${plan.having.op} ${plan.having.value}` : '';
}

function orderInQuestion(plan: Plan): string {
  if (!plan.orderBy) return '';
  const by = plan.orderBy.by === 'value' ? 'value' : columnLabel(plan.entity, plan.orderBy.by);
  const direction = plan.orderBy.direction === 'desc' ? 'descending' : 'ascending';
  const first =
    plan.limit === 'ties' ? ' first only' : plan.limit === null ? '' : ` first ${plan.limit}`;
  return ` ordered by ${by} ${direction}${first}`;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * What was understood, in a sentence: what is counted or listed, every condition with its dates, the
 * order, the limit, and the moment the data speaks of.
 */
export function planToWords(plan: Plan, asOf: Date, accountName: AccountName): string {
  const speech = asInterpretation(plan.entity, asOf, accountName);
  const listed = plan.measure.kind === 'list';
  const tail = listed
    ? `${orderText(plan)}${grouping(plan, groupInProse)}`
    : `${grouping(plan, groupInProse)}${havingText(plan)}${orderText(plan)}`;
  const sentence = `${capital(subject(plan, speech))}${tail}`;
  return `${sentence}, as of ${momentInWords(asOf)}.`;
}

function subject(plan: Plan, speech: Speech): string {
  const rows = rowsInWords(plan, speech, inclusion(plan));
  switch (plan.measure.kind) {
    case 'list': {
      const show = plan.measure.show.map((c) => columnLabel(plan.entity, c));
      const columns = show.length > 0 ? `, with their ${show.join(', ')}` : '';
      return `${rows}${columns}`;
    }
    case 'count':
      if (plan.measure.cost) return `number and total monthly cost in US dollars of ${rows}`;
      return plan.measure.keys && plan.entity !== 'keys'
        ? `number of different keys among the ${rows}`
        : `number of ${rows}`;
    case 'share':
      return `percentage of the ${plan.measure.weight ? 'monthly cost of ' : ''}${rows} that ${filterInWords(plan.measure.of, speech)}`;
    case 'part':
      return `percentage of all the ${plan.measure.amount === 'monthly_cost_usd' ? 'monthly cost of ' : plan.measure.amount === 'keys' && plan.entity !== 'keys' ? 'different keys among the ' : ''}${rows}`;
    case 'distinct':
      return `number of different ${manyOf(plan.entity, plan.measure.column)} of the ${rows}`;
    case 'mean': {
      const per = columnLabel(plan.entity, plan.measure.per);
      return plan.measure.weight
        ? `average of the total monthly cost in US dollars of ${rows} per ${per} that has any`
        : `average number of ${rows} per ${per} that has any`;
    }
    default: {
      const label = columnLabel(plan.entity, plan.measure.column);
      const role = columnOf(plan.entity, baseColumn(plan.measure.column))?.role;
      const unit =
        role === 'money' ? ' in US dollars' : plan.measure.column === 'age_days' ? ' in days' : '';
      const word =
        role === 'time' && !plan.measure.column.startsWith('age_')
          ? timeWords[plan.measure.kind]
          : aggregateWords[plan.measure.kind];
      return `${word} ${label}${unit} of ${rows}`;
    }
  }
}

/** Says which keys are meant where no condition on the manager narrows them. */
function inclusion(plan: Plan): string {
  if (plan.entity !== 'keys') return '';
  const narrowed = factsOf(plan.filter).some(
    (f) => f.is === 'key' || (f.is === 'value' && f.column === 'key_manager'),
  );
  return narrowed ? '' : ' (customer managed and AWS managed)';
}

function havingText(plan: Plan): string {
  if (plan.having && (plan.measure.kind === 'share' || plan.measure.kind === 'part')) {
    return `, only groups with ${plan.having.op} ${plan.having.value} percent`;
  }
  return plan.having ? `, only groups with ${plan.having.op} ${plan.having.value}` : '';
}

function orderText(plan: Plan): string {
  const { orderBy, limit } = plan;
  if (!orderBy) return limit === null ? '' : `, the first ${limit}`;
  const by = orderBy.by === 'value' ? 'value' : columnLabel(plan.entity, orderBy.by);
  const column = columnOf(plan.entity, orderBy.by);
  const timed = column?.role === 'time';
  const named = column?.type === 'varchar' && !isSeverity(plan.entity, orderBy.by);
  if (named && limit !== 'ties') {
    const cut = limit === null ? '' : `, the first ${limit}`;
    return `, by ${by}, ${orderBy.direction === 'desc' ? 'Z to A' : 'A to Z'}${cut}`;
  }
  const [low, high] = timed ? ['earliest', 'latest'] : ['lowest', 'highest'];
  const end = orderBy.direction === 'desc' ? high : low;
  if (limit === 'ties')
    return `, only the ${end} ${by}${plan.groupBy.length > 0 ? '' : ', with all that share it'}`;
  const first = `${end} first`;
  const cut = limit === null ? '' : `, the first ${limit}`;
  return `, by ${by}, ${orderBy.by === 'age_days' ? (orderBy.direction === 'desc' ? 'oldest first' : 'newest first') : first}${cut}`;
}
