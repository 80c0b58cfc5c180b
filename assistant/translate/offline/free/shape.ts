import { columnOf, entityTables, timesAhead } from '../plan/entity-tables.ts';
import {
  allOf,
  type CalendarUnit,
  type Dimension,
  type Entity,
  type Filter,
  factsOf,
  listOf,
  type Measure,
  type Plan,
  partsOf,
} from '../plan/plan.ts';
import { groupsOf, severalOf } from '../plan/says.ts';
import { all } from './groups.ts';
import type { Piece } from './piece.ts';

/** How the rows of an answer are counted, measured, grouped, ordered and cut. */

/** The one piece of a kind; `undefined` where there are several that differ. */
function only<T>(found: readonly T[]): T | null | undefined {
  const [first] = found;
  if (first === undefined) return null;
  return new Set(found.map((f) => JSON.stringify(f))).size === 1 ? first : undefined;
}

export interface Shape {
  readonly measure: Measure | null;
  readonly counted: boolean;
  /** The number of keys and what they cost: "how many are there, and what do they cost?" */
  readonly both: boolean;
  readonly groupBy: readonly Dimension[];
  readonly order: Plan['orderBy'];
  readonly rank: 'asc' | 'desc' | null;
  readonly limit: number | null;
  /** The limit is of the worst. */
  readonly worst?: true;
  readonly compare: Plan['having'];
  readonly show: readonly string[];
  readonly share: boolean;
  readonly each: boolean;
  /** What is asked for are the groups themselves: "the most expensive accounts". */
  readonly ofGroups?: true;
}

/** What is wanted of the rows, from the pieces that say so; null where they contradict each other. */
export function shapeOf(pieces: readonly Piece[], entity: Entity): Shape | null {
  const measure = only(all(pieces, 'measure').map((p) => p.measure));
  const by = all(pieces, 'by').filter((p) => p.entity === entity || isShared(p, entity));
  const foreign = all(pieces, 'by').length - by.length;
  const order = only(all(pieces, 'order').map((p) => p.order));
  const rank = only([
    ...all(pieces, 'rank').map((p) => p.direction),
    ...all(pieces, 'order').flatMap((p) => (p.most ? [p.order.direction] : [])),
  ]);
  const limit = only(all(pieces, 'limit').map((p) => p.limit));
  const compare = only(all(pieces, 'compare').map(({ op, value }) => ({ op, value })));
  if (foreign > 0 || by.length > 2) return null;
  if ([measure, order, rank, limit, compare].some((x) => x === undefined)) return null;
  const [next] = all(pieces, 'soonest');
  const soonest = next ? timeAhead(pieces) : null;
  if (soonest === undefined) return null;
  const yearly = all(pieces, 'yearly').length > 0;
  const average = all(pieces, 'average').length > 0;
  const monthly = all(pieces, 'monthly').length > 0;
  if ((yearly || monthly) && measure?.column !== 'monthly_cost_usd') return null;
  if (average && (!measure || (measure.kind !== 'sum' && measure.kind !== 'avg'))) return null;
  const column = yearly ? 'yearly_cost_usd' : measure?.column;
  return {
    measure: measure && column ? { kind: average ? 'avg' : measure.kind, column } : null,
    counted: all(pieces, 'want').some((p) => p.want === 'count'),
    both:
      entity === 'keys' &&
      measure?.kind === 'sum' &&
      column === 'monthly_cost_usd' &&
      countAndCost(pieces),
    groupBy: unique(by.flatMap((p) => p.dimensions)),
    order: order ?? (soonest ? { by: soonest, direction: 'asc' } : null),
    rank: rank ?? null,
    limit: limit ?? (next?.one ? 1 : null),
    ...(all(pieces, 'limit').some((p) => p.worst) ? { worst: true as const } : {}),
    compare: compare ?? null,
    show: all(pieces, 'show').flatMap((p) => p.columns),
    share: all(pieces, 'share').length > 0,
    // "How many are RSA and how many ECC" asks for each.
    each: all(pieces, 'each').length > 0 || countsTwice(pieces),
  };
}

/** Whether rows about keys tell themselves what is said of keys: "changes per account". */
const isShared = (by: Extract<Piece, { is: 'by' }>, entity: Entity) =>
  by.entity === 'keys' &&
  entityTables[entity].ofKey &&
  by.dimensions.every((d) =>
    'column' in d
      ? !('by' in d) && (columnOf(entity, d.column) || d.column === 'ou_path')
      : entity === 'concerns',
  );

/** The time still to come that the conditions speak of; undefined where they speak of none, or several. */
function timeAhead(pieces: readonly Piece[]): string | undefined {
  const columns = all(pieces, 'condition')
    .flatMap((c) => factsOf(c.condition.filter))
    .flatMap((f) => ('column' in f && timesAhead.includes(f.column) ? [f.column] : []));
  const waiting = all(pieces, 'condition').some((c) =>
    factsOf(c.condition.filter).some(
      (f) => f.is === 'value' && f.values.includes('PendingDeletion'),
    ),
  );
  const [column, ...more] = new Set(waiting ? [...columns, 'deletion_at'] : columns);
  return more.length === 0 ? column : undefined;
}

/** Whether a number of keys and their cost are asked for, with an "and" or a comma between them. */
function countAndCost(pieces: readonly Piece[]): boolean {
  const costs = all(pieces, 'measure').map((p) => p.at);
  // "Keys and cost per account": what is put into groups are numbers.
  const grouped =
    pieces.some((p) => p.is === 'by') && all(pieces, 'want').every((p) => p.want === 'count');
  const counts = [
    ...all(pieces, 'want').filter((p) => p.want === 'count'),
    ...all(pieces, 'noun').filter(
      ({ noun, at }) => grouped && noun === 'keys' && pieces[at + 1]?.is === 'joint',
    ),
  ];
  return counts.some(({ at }) =>
    costs.some((cost) =>
      pieces
        .slice(Math.min(at, cost), Math.max(at, cost))
        .some((p) => p.is === 'mark' || (p.is === 'joint' && p.by === 'and')),
    ),
  );
}

/** Whether a number is asked for twice, of different things. */
function countsTwice(pieces: readonly Piece[]): boolean {
  const [first, second, ...more] = all(pieces, 'want').filter((w) => w.want === 'count');
  if (!first || !second || more.length > 0) return false;
  const said = (from: number, to: number) =>
    pieces.slice(from, to).some((p) => p.is === 'condition');
  return said(first.at, second.at) && said(second.at, pieces.length);
}

export function unique(dimensions: readonly Dimension[]): readonly Dimension[] {
  return [...new Map(dimensions.map((d) => [JSON.stringify(d), d])).values()];
}

/** A plan of this shape over the rows of a filter. */
export function shaped(
  entity: Entity,
  filter: Filter,
  shape: Shape,
  counting: Measure,
): readonly Plan[] {
  const { measure, counted, limit, order, rank, compare, show } = shape;
  // "RSA versus ECC per Region": of both kinds, side by side, in each.
  const told = shape.each ? eachOf(filter) : [];
  if (shape.each && shape.groupBy.length === 0 && told.length === 0) return [];
  const groupBy = unique([...shape.groupBy, ...told]);
  const base = listOf(entity, filter);
  // By which of both is ordered or compared is not said, unless it is by the cost.
  const byTheCost = groupBy.length > 0 && order?.by === 'monthly_cost_usd';
  const withCost =
    shape.both && !rank && !compare && (byTheCost || (!order && limit === null))
      ? countWithCost
      : null;
  if (groupBy.length > 0) {
    const byCost = order?.by === 'monthly_cost_usd' && entity === 'keys';
    // "The 3 dearest accounts and their number of keys": by what stands beside the number.
    if (byCost && counted && !measure && !compare) {
      const cut = shape.rank && limit === null;
      return cut
        ? []
        : [{ ...base, measure: countWithCost, groupBy: [...groupBy], orderBy: order, limit }];
    }
    if (measure && counted && !withCost) return [];
    if (show.length > 0 || (order && order.by !== 'value' && !byCost)) return [];
    // "The most expensive key per account" is a key.
    if (byCost && !measure && !shape.ofGroups) return [];
    if (withCost && byTheCost)
      return [{ ...base, measure: withCost, groupBy: [...groupBy], orderBy: order, limit }];
    const value = withCost ?? measure ?? (byCost ? monthlyCost : counting);
    const direction = rank ?? order?.direction ?? (limit === null ? null : 'desc');
    return [
      {
        ...base,
        measure: value,
        groupBy: [...groupBy],
        having: compare,
        orderBy: direction ? { by: 'value', direction } : null,
        limit: limit ?? (rank && shape.rank ? 'ties' : null),
      },
    ];
  }
  // What was done stands in the order of its time, and keys in no such order.
  const ofTime = order?.by === 'last_event_at';
  if (ofTime && entity !== 'usage') return [];
  if (rank || compare || order?.by === 'value' || (order && entity !== 'keys' && !ofTime))
    return [];
  if (measure || counted) {
    // "The cost of the 10 oldest keys" is another question than that of all.
    if (order || limit !== null || show.length > 0 || (measure && counted && !withCost)) return [];
    return [{ ...base, measure: withCost ?? measure ?? counting }];
  }
  if (limit !== null && !order) return [];
  return [{ ...base, measure: { kind: 'list', show: [...show] }, orderBy: order, limit }];
}

const countWithCost: Measure = { kind: 'count', keys: true, cost: true };
const monthlyCost: Measure = { kind: 'sum', column: 'monthly_cost_usd' };

/** What several values were said of: "disabled against pending deletion" is by state. */
export function eachOf(filter: Filter): readonly Dimension[] {
  const times = partsOf(filter).flatMap((f) => spansOf(f) ?? []);
  if (times.length > 0) return times;
  const [column, ...more] = partsOf(filter).flatMap((f) => severalOf(f) ?? []);
  return column !== undefined && more.length === 0 ? [groupsOf(column)] : [];
}

/** Months, quarters or years in which keys were created, one of several: by those; null for anything else. */
function spansOf(filter: Filter): Dimension | null {
  if (!('or' in filter)) return null;
  const units = filter.or.map((f): CalendarUnit | null => {
    if (!('is' in f) || f.is !== 'time' || f.column !== 'created_at') return null;
    if (!f.from || !f.to || !('at' in f.from) || !('at' in f.to)) return null;
    const [from, to] = [new Date(f.from.at), new Date(f.to.at)];
    const months =
      (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
    const whole =
      from.getUTCDate() === 1 && to.getUTCDate() === 1 && from.getUTCMonth() % months === 0;
    return whole
      ? (({ 1: 'month', 3: 'quarter', 12: 'year' } as const)[months as 1 | 3 | 12] ?? null)
      : null;
  });
  const [by, ...others] = new Set(units);
  return by && others.length === 0 ? { column: 'created_at', by } : null;
}

/** What keys are one of. */
const states: ReadonlySet<string> = new Set(['key_state', 'key_manager', 'key_usage', 'origin']);

/**
 * "How many are enabled, disabled and pending deletion": no key is all of them, so that each is counted by itself.
 * Null where nothing of the kind is said.
 */
export function sideBySide(filter: Filter): Filter | null {
  const valued = partsOf(filter).filter(
    (f) => 'is' in f && f.is === 'value' && states.has(f.column),
  );
  const [first, ...others] = valued;
  if (!first || !('is' in first) || first.is !== 'value' || others.length === 0) return null;
  const said = valued.flatMap((f) =>
    'is' in f && f.is === 'value' && f.column === first.column ? f.values : [],
  );
  const values = [...new Set(said)].sort();
  const apart =
    values.length === said.length &&
    valued.every((f) => 'column' in f && f.column === first.column);
  if (!apart) return null;
  const rest = partsOf(filter).filter((f) => !valued.includes(f));
  return allOf(...rest, { is: 'value', column: first.column, values });
}
