import type { Body, Expr, From, Query, Select } from './ast.ts';
import { functions } from './functions/table.ts';
import { refuse } from './refusal.ts';
import { checkJoins, FEW_ROWS, isSmall } from './resolve/joins.ts';
import type { SqlType } from './sqltype.ts';
import { children, mapQuery } from './visit.ts';

/**
 * What a query can cost, told from its text alone. An engine's own limits come too late for some
 * queries: DuckDB does not count the texts that functions make against its memory, and cannot be
 * interrupted while it computes one batch of rows.
 *
 * Sizes of columns are what such columns usually hold, not the most they could; what a query builds
 * out of literals is counted as it is.
 */

/** Most reads of tables, counting a WITH query once for each use. */
export const MAX_READS = 24;
/** Most rows that VALUES, UNNEST and small subqueries may make of one row of a table. */
export const MAX_MULTIPLIED = 20_000;
/** Most bytes that the functions of one SELECT may make for one row. */
export const MAX_ROW_BYTES = 256_000;
/** Most steps that the functions of one SELECT may take for one row. */
export const MAX_ROW_STEPS = 5_000_000;

/** A value: its bytes, and how many elements it has when it is an array or a map. */
interface Size {
  readonly bytes: number;
  readonly items: number;
}

/** What a query costs, and what it gives. */
interface Cost {
  readonly reads: number;
  /** Rows it gives beside others without being linked to them; a table counts as one. */
  readonly rows: number;
  /** Most rows at any time while it runs, counted alike. */
  readonly peak: number;
  readonly columns: readonly (readonly [string, Size])[];
  readonly isSmall: boolean;
}

interface Scope {
  readonly ctes: ReadonlyMap<string, Cost>;
  /** By alias and column, in lower case. */
  readonly columns: ReadonlyMap<string, ReadonlyMap<string, Size>>;
}

/** The relations that a query reads. */
export function relationsOf(q: Query): readonly string[] {
  const names = new Set<string>();
  mapQuery(q, {
    from: (f) => {
      if (f.kind === 'relation') names.add(f.relation.name);
      return f;
    },
  });
  return [...names].sort();
}

/** Refuses a query that would cost too much, however it is put together. */
export function checkCost(q: Query): void {
  costOf(q, { ctes: new Map(), columns: new Map() });
}

function costOf(q: Query, outer: Scope): Cost {
  const ctes = new Map(outer.ctes);
  for (const c of q.ctes) {
    const cost = costOf(c.query, { ...outer, ctes });
    ctes.set(c.name, { ...cost, columns: renamed(cost.columns, c.columns) });
  }
  const scope = { ...outer, ctes };
  const body = bodyCost(
    q.body,
    scope,
    q.orderBy.map((s) => s.expr),
  );
  const small = isSmall(q, (name) => ctes.get(name)?.isSmall ?? false);
  const rows =
    q.limit !== null && q.limit <= FEW_ROWS
      ? Math.max(q.limit, 1)
      : Math.min(body.rows, q.limit ?? Number.POSITIVE_INFINITY);
  return { ...body, rows, isSmall: small };
}

const renamed = (columns: Cost['columns'], names: readonly string[] | null): Cost['columns'] =>
  names === null ? columns : columns.map(([name, size], i) => [names[i] ?? name, size]);

function bodyCost(b: Body, scope: Scope, orderBy: readonly Expr[]): Cost {
  switch (b.kind) {
    case 'nested':
      return costOf(b.query, scope);
    case 'values': {
      const meter = new Meter(scope, b.at);
      const rows = b.rows.map((r) => r.map((e) => meter.size(e)));
      const width = rows[0]?.length ?? 0;
      const columns = Array.from({ length: width }, (_, i) => {
        const sizes = rows.map((r) => r[i] ?? NOTHING);
        return [`_col${i}`, largest(sizes)] as const;
      });
      meter.check();
      return {
        reads: meter.reads,
        rows: b.rows.length,
        peak: Math.max(b.rows.length, meter.peak),
        columns,
        isSmall: true,
      };
    }
    case 'setOperation': {
      const [l, r] = [bodyCost(b.left, scope, []), bodyCost(b.right, scope, [])];
      return {
        reads: checkReads(l.reads + r.reads, b.at),
        rows: l.rows + r.rows,
        peak: Math.max(l.peak, r.peak),
        columns: l.columns.map(([name, size], i) => [
          name,
          largest([size, r.columns[i]?.[1] ?? NOTHING]),
        ]),
        isSmall: false,
      };
    }
    case 'select':
      return selectCost(b, scope, orderBy);
  }
}

function selectCost(s: Select, outer: Scope, orderBy: readonly Expr[]): Cost {
  checkJoins(s, (name) => outer.ctes.get(name)?.isSmall ?? false);
  const columns = new Map(outer.columns);
  const on: Expr[] = [];
  const from = s.from ? fromCost(s.from, { ...outer, columns }, columns, on) : ONE_ROW;
  const meter = new Meter({ ctes: outer.ctes, columns }, s.at);
  meter.reads = from.reads;
  for (const e of on) meter.size(e);
  if (s.where) meter.size(s.where);
  for (const g of s.groupBy)
    for (const e of g.kind === 'expression'
      ? [g.expr]
      : g.kind === 'sets'
        ? g.sets.flat()
        : g.exprs)
      meter.size(e);
  if (s.having) meter.size(s.having);
  const outputs = s.items.flatMap((i) =>
    i.kind === 'expression' ? [[i.alias ?? '', meter.size(i.expr)] as const] : [],
  );
  for (const e of orderBy) meter.size(e);
  meter.check();
  const isOneRow =
    s.groupBy.length === 0 && s.items.some((i) => i.kind === 'expression' && hasAggregate(i.expr));
  return {
    reads: checkReads(meter.reads, s.at),
    rows: isOneRow ? 1 : from.rows,
    // A query inside an expression may run once for each row.
    peak: checkRows(Math.max(from.peak, from.rows * meter.peak), s.at),
    columns: outputs,
    isSmall: false,
  };
}

const hasAggregate = (e: Expr): boolean => isAggregate(e) || children(e).some(hasAggregate);
const isAggregate = (e: Expr): boolean =>
  e.kind === 'call' && e.over === null && functions.get(e.name)?.kind === 'aggregate';

const NOTHING: Size = { bytes: 0, items: 0 };
const ONE_ROW = { reads: 0, rows: 1, peak: 1 };

const largest = (sizes: readonly Size[]): Size => ({
  bytes: Math.max(0, ...sizes.map((s) => s.bytes)),
  items: Math.max(0, ...sizes.map((s) => s.items)),
});

/** Adds the columns of a FROM to `columns` and its conditions to `on`. */
function fromCost(
  f: From,
  scope: Scope,
  columns: Map<string, ReadonlyMap<string, Size>>,
  on: Expr[],
): { readonly reads: number; readonly rows: number; readonly peak: number } {
  const add = (
    alias: string | null,
    named: Cost['columns'],
    names: readonly string[] | null,
  ): void => {
    if (alias === null) return;
    const sizes = renamed(named, names).map(([n, size]) => [n.toLowerCase(), size] as const);
    columns.set(alias.toLowerCase(), new Map(sizes));
  };
  switch (f.kind) {
    case 'relation': {
      const sizes = Object.entries(f.relation.columns).map(
        ([name, c]) => [name, columnSize(name, c.type)] as const,
      );
      add(f.alias, sizes, f.columns);
      return { reads: 1, rows: 1, peak: 1 };
    }
    case 'cte': {
      const cost = scope.ctes.get(f.name) ?? { ...ONE_ROW, columns: [] };
      add(f.alias, cost.columns, f.columns);
      return { reads: cost.reads, rows: cost.rows, peak: cost.rows };
    }
    case 'derived': {
      const cost = costOf(f.query, scope);
      add(f.alias, cost.columns, f.columns);
      return cost;
    }
    case 'unnest': {
      const meter = new Meter(scope, f.at);
      const sizes = f.args.map((a) => meter.size(a));
      meter.check();
      const named = f.args.flatMap((a, i) => {
        const size = { bytes: sizes[i]?.bytes ?? 0, items: sizes[i]?.items ?? 0 };
        return a.type.kind === 'map' ? [size, size] : [size];
      });
      add(
        f.alias,
        [...named, NOTHING].map((size, i) => [f.columns?.[i] ?? `_col${i}`, size]),
        null,
      );
      const rows = Math.max(1, ...sizes.map((s) => s.items));
      return { reads: meter.reads, rows, peak: Math.max(rows, meter.peak) };
    }
    case 'join': {
      const l = fromCost(f.left, scope, columns, on);
      const r = fromCost(f.right, scope, columns, on);
      if (f.on) on.push(f.on);
      const rows = checkRows(l.rows * r.rows, f.right.at ?? f.at);
      // What is LATERAL on the right runs once for each row on the left.
      const peak = checkRows(Math.max(l.peak, l.rows * r.peak), f.right.at ?? f.at);
      return { reads: checkReads(l.reads + r.reads, f.at), rows, peak };
    }
    case 'name':
      return ONE_ROW;
  }
}

function checkReads(reads: number, at: number | null): number {
  if (reads > MAX_READS)
    refuse(
      'TOO_COMPLEX',
      `The query reads tables ${reads > 1e6 ? 'millions of' : reads} times; ${MAX_READS} are the most.`,
      at,
      'Read each table once and aggregate.',
    );
  return reads;
}

function checkRows(rows: number, at: number | null): number {
  if (rows > MAX_MULTIPLIED)
    refuse(
      'TOO_COMPLEX',
      `VALUES, UNNEST and small subqueries multiply each row by about ${rows > 1e9 ? 'a billion or more' : Math.round(rows).toLocaleString('en-US')}; ${MAX_MULTIPLIED.toLocaleString('en-US')} is the most.`,
      at,
      'Join fewer of them, or link them with a condition in a subquery of their own.',
    );
  return rows;
}

/** What a column of the contract usually holds. */
function columnSize(name: string, type: string): Size {
  if (type.startsWith('array') || type.startsWith('map')) return { bytes: 500, items: 10 };
  if (type !== 'varchar') return { bytes: 16, items: 0 };
  return { bytes: name === 'policy_json' ? 4_000 : name.endsWith('_json') ? 1_000 : 100, items: 0 };
}

/** Rows that an aggregate may bring together in one value, as is usual. */
const AGGREGATED: Size = { bytes: 20_000, items: 500 };

const literalText = (e: Expr | undefined): string | undefined =>
  e?.kind === 'literal' && e.value.kind === 'string' ? e.value.value : undefined;
const literalNumber = (e: Expr | undefined): number | undefined =>
  e?.kind === 'literal' && e.value.kind === 'number' ? Number(e.value.text) : undefined;

/** Aggregates that keep what they are given. */
const gathering = new Set(['array_agg', 'listagg', 'map_agg', 'histogram']);

/** Functions that compare the elements of arrays with each other. */
const pairwise = new Set([
  'array_distinct',
  'array_union',
  'array_intersect',
  'array_except',
  'arrays_overlap',
]);

/** Adds up what the expressions of one SELECT make of one row. */
class Meter {
  reads = 0;
  /** Most rows in a query inside an expression. */
  peak = 1;
  private bytes = 0;
  private steps = 0;
  /** How often the expression at hand is computed for one row: more than once inside lambdas. */
  private times = 1;
  private parameters: ReadonlyMap<string, Size> = new Map();
  private depth = 0;
  private readonly scope: Scope;
  private readonly at: number | null;
  constructor(scope: Scope, at: number | null) {
    this.scope = scope;
    this.at = at;
  }

  check(at: number | null = this.at): void {
    if (this.bytes > MAX_ROW_BYTES)
      refuse(
        'TOO_COMPLEX',
        `The functions make about ${Math.round(this.bytes / 1000).toLocaleString('en-US')} kB of text and arrays for each row; ${MAX_ROW_BYTES / 1000} kB is the most.`,
        at,
        'Build smaller values, or compute fewer of them at once.',
      );
    if (this.steps > MAX_ROW_STEPS)
      refuse(
        'TOO_COMPLEX',
        'The functions go through their arrays too many times for each row.',
        at,
        'Nest fewer lambdas, or use UNNEST and aggregate.',
      );
  }

  /** The size of an expression; what it costs to compute is added up. */
  size(e: Expr): Size {
    const size = this.own(e);
    if (e.kind !== 'column' && e.kind !== 'literal') {
      this.bytes += this.times * size.bytes;
      this.steps += this.times * (1 + size.bytes / 16);
      this.check(e.at ?? this.at);
    }
    return size;
  }

  private own(e: Expr): Size {
    const flat = plainSize(e.type);
    switch (e.kind) {
      case 'literal':
        return e.value.kind === 'string' ? { bytes: 4 * e.value.value.length, items: 0 } : flat;
      case 'column': {
        const found =
          e.qualifier === null
            ? this.parameters.get(e.name.toLowerCase())
            : this.scope.columns.get(e.qualifier.toLowerCase())?.get(e.name.toLowerCase());
        return found ?? flat;
      }
      case 'exists':
      case 'scalarQuery':
      case 'inQuery':
      case 'quantified': {
        if (e.kind === 'inQuery' || e.kind === 'quantified') this.size(e.operand);
        const cost = costOf(e.query, this.scope);
        this.reads += cost.reads;
        this.peak = Math.max(this.peak, cost.peak);
        return e.kind === 'scalarQuery' ? (cost.columns[0]?.[1] ?? flat) : flat;
      }
      case 'concat':
        return sum(this.sizesOf([e.left, e.right]));
      case 'array': {
        const sizes = this.sizesOf(e.items);
        return { bytes: sum(sizes).bytes + 16 * sizes.length, items: sizes.length };
      }
      case 'case': {
        this.sizesOf([...(e.operand ? [e.operand] : []), ...e.whens.map((w) => w.when)]);
        return largest(
          this.sizesOf([...e.whens.map((w) => w.result), ...(e.otherwise ? [e.otherwise] : [])]),
        );
      }
      case 'cast':
        return largest([this.size(e.operand), flat]);
      case 'call':
        return this.call(e, flat);
      default:
        this.sizesOf(children(e));
        return flat;
    }
  }

  private sizesOf(list: readonly Expr[]): readonly Size[] {
    return list.map((e) => this.size(e));
  }

  private call(e: Extract<Expr, { kind: 'call' }>, flat: Size): Size {
    const fixed = e.args.filter((a) => a.kind !== 'lambda');
    const sizes = this.sizesOf(fixed);
    this.sizesOf(children(e).filter((c) => !e.args.includes(c)));
    const [first = NOTHING, second = NOTHING] = sizes;
    const all = sum(sizes);
    for (const a of e.args)
      if (a.kind === 'lambda') {
        const result = this.lambda(a, first);
        if (e.name === 'transform' || e.name === 'transform_values')
          return {
            bytes: Math.max(first.items * (result.spread + 16), result.whole),
            items: first.items,
          };
      }
    if (pairwise.has(e.name))
      this.steps += this.times * Math.max(first.items, 1) * Math.max(second.items, first.items);
    if (isAggregate(e) || functions.get(e.name)?.kind === 'aggregate')
      return gathering.has(e.name)
        ? { bytes: Math.max(AGGREGATED.bytes, first.bytes), items: AGGREGATED.items }
        : largest([first, flat]);
    switch (e.name) {
      case 'replace': {
        const from = Math.max(1, literalText(e.args[1])?.length ?? 1);
        return { bytes: first.bytes * Math.max(1, (sizes[2]?.bytes ?? 0) / from), items: 0 };
      }
      case 'regexp_replace':
        return { bytes: first.bytes * (1 + (literalText(e.args[2])?.length ?? 0)), items: 0 };
      case 'lpad':
      case 'rpad':
        return { bytes: 4 * (literalNumber(e.args[1]) ?? 1_000), items: 0 };
      case 'split': {
        const items = 1 + first.bytes / Math.max(1, literalText(e.args[1])?.length ?? 1);
        return { bytes: first.bytes + 16 * items, items };
      }
      case 'regexp_split':
      case 'regexp_extract_all':
        return { bytes: 17 * first.bytes, items: first.bytes };
      case 'sequence':
        return { bytes: 16_000, items: 1_000 };
      case 'array_join':
        return { bytes: first.bytes + first.items * second.bytes, items: 0 };
      case 'concat_ws':
        return { bytes: all.bytes + sizes.length * first.bytes, items: 0 };
      case 'flatten':
        return { bytes: first.bytes, items: first.bytes / 16 };
      case 'coalesce':
      case 'if':
      case 'greatest':
      case 'least':
      case 'nullif':
        return largest(sizes);
      default:
        return flat.bytes > FIXED.bytes || e.type.kind === 'varchar' ? largest([all, flat]) : flat;
    }
  }

  /** A lambda over the elements of an array: what it makes when they are alike, and of a single large one. */
  private lambda(
    l: Extract<Expr, { kind: 'lambda' }>,
    over: Size,
  ): { readonly spread: number; readonly whole: number } {
    const [times, parameters] = [this.times, this.parameters];
    this.depth++;
    const compute = (bytes: number, often: number): number => {
      this.times = times * Math.max(1, often);
      this.parameters = new Map([
        ...parameters,
        ...l.parameters.map((p) => [p, { bytes, items: bytes / 16 }] as const),
      ]);
      const made = this.size(l.body).bytes;
      this.times = times;
      this.parameters = parameters;
      return made;
    };
    // Deep inside, one bound for both: two for each level would double the work with every level.
    const whole = this.depth > 3 ? compute(over.bytes, over.items) : compute(over.bytes, 1);
    const spread =
      this.depth > 3 ? whole : compute(over.bytes / Math.max(1, over.items), over.items);
    this.depth--;
    return { spread, whole };
  }
}

const FIXED: Size = { bytes: 16, items: 0 };

function plainSize(t: SqlType): Size {
  switch (t.kind) {
    case 'varchar':
      return { bytes: 40, items: 0 };
    case 'array':
    case 'map':
      return { bytes: 100, items: 10 };
    default:
      return FIXED;
  }
}

const sum = (sizes: readonly Size[]): Size => ({
  bytes: sizes.reduce((n, s) => n + s.bytes, 0),
  items: sizes.reduce((n, s) => n + s.items, 0),
});
