import type { Body, Expr, FrameBound, From, Grouping, Query, Sort, Window } from '../ast.ts';
import type { Dialect } from './dialect.ts';
import { quoteText } from './quote.ts';

/** How tightly each kind of expression binds in Trino. */
function strength(e: Expr): number {
  switch (e.kind) {
    case 'logic':
      return e.op === 'OR' ? 1 : 2;
    case 'not':
      return 3;
    case 'compare':
    case 'between':
    case 'in':
    case 'inQuery':
    case 'like':
    case 'isNull':
    case 'quantified':
      return 4;
    case 'concat':
      return 5;
    case 'arithmetic':
      return e.op === '+' || e.op === '-' ? 6 : 7;
    case 'negate':
      return 8;
    case 'lambda':
      return 0;
    default:
      return 9;
  }
}

/** Prints a resolved query in a dialect. */
export function render(q: Query, d: Dialect): string {
  return new Renderer(d).query(q);
}

class Renderer {
  private readonly d: Dialect;
  constructor(d: Dialect) {
    this.d = d;
  }

  query(q: Query): string {
    const parts: string[] = [];
    if (q.ctes.length > 0)
      parts.push(
        `WITH ${q.ctes.map((c) => `${this.d.name(c.name)}${this.columns(c.columns)} AS (${this.query(c.query)})`).join(', ')}`,
      );
    parts.push(this.body(q.body));
    if (q.orderBy.length > 0) parts.push(`ORDER BY ${this.sorts(q.orderBy)}`);
    if (q.offset !== null) parts.push(`OFFSET ${q.offset}`);
    if (q.limit !== null) parts.push(`LIMIT ${q.limit}`);
    return parts.join(' ');
  }

  private body(b: Body): string {
    switch (b.kind) {
      case 'nested':
        return `(${this.query(b.query)})`;
      case 'values':
        return this.d.values(
          `VALUES ${b.rows.map((r) => `(${r.map((e) => this.expr(e)).join(', ')})`).join(', ')}`,
          b.rows[0]?.length ?? 0,
        );
      case 'setOperation': {
        const side = (x: Body): string =>
          x.kind === 'setOperation' ? `(${this.body(x)})` : this.body(x);
        return `${side(b.left)} ${b.op}${b.all ? ' ALL' : ''} ${side(b.right)}`;
      }
      case 'select': {
        const items = b.items.map((i) => {
          if (i.kind === 'star')
            return i.qualifier === null ? '*' : `${this.d.name(i.qualifier)}.*`;
          const text = this.expr(i.expr);
          const same = i.expr.kind === 'column' && i.expr.name === i.alias;
          return i.alias === null || same ? text : `${text} AS ${this.d.name(i.alias)}`;
        });
        const clauses = [
          `SELECT ${b.distinct ? 'DISTINCT ' : ''}${items.join(', ')}`,
          b.from && `FROM ${this.from(b.from)}`,
          b.where && `WHERE ${this.expr(b.where)}`,
          b.groupBy.length > 0
            ? `GROUP BY ${b.groupBy.map((g) => this.grouping(g)).join(', ')}`
            : null,
          b.having && `HAVING ${this.expr(b.having)}`,
        ];
        return clauses.filter((c) => c !== null).join(' ');
      }
    }
  }

  private grouping(g: Grouping): string {
    const list = (exprs: readonly Expr[]): string =>
      `(${exprs.map((e) => this.expr(e)).join(', ')})`;
    if (g.kind === 'expression') {
      // A bare number would mean a column by its position.
      const isNumber = g.expr.kind === 'literal' && g.expr.value.kind === 'number';
      return isNumber
        ? `CAST(${this.expr(g.expr)} AS ${this.d.typeName(g.expr.type)})`
        : this.expr(g.expr);
    }
    if (g.kind === 'sets') return `GROUPING SETS (${g.sets.map(list).join(', ')})`;
    return `${g.kind.toUpperCase()} ${list(g.exprs)}`;
  }

  private columns(names: readonly string[] | null): string {
    return names === null ? '' : ` (${names.map((n) => this.d.name(n)).join(', ')})`;
  }

  private alias(
    f: { readonly alias: string | null; readonly columns: readonly string[] | null },
    unless?: string,
  ): string {
    if (f.alias === null || (f.alias === unless && f.columns === null)) return '';
    return ` AS ${this.d.name(f.alias)}${this.columns(f.columns)}`;
  }

  private from(f: From): string {
    switch (f.kind) {
      case 'relation': {
        const table = this.d.table(f.relation.name);
        return `${table}${this.alias(f, f.relation.name)}`;
      }
      case 'cte':
        return `${this.d.name(f.name)}${this.alias(f, f.name)}`;
      case 'derived':
        return `${f.lateral ? 'LATERAL ' : ''}(${this.query(f.query)})${this.alias(f)}`;
      case 'unnest':
        return `${this.d.unnest(f, (e) => this.expr(e))}${this.alias(f)}`;
      case 'join': {
        const right = f.right.kind === 'join' ? `(${this.from(f.right)})` : this.from(f.right);
        const word = f.join === 'INNER' ? 'JOIN' : `${f.join} JOIN`;
        return `${this.from(f.left)} ${word} ${right}${f.on ? ` ON ${this.expr(f.on)}` : ''}`;
      }
      case 'name':
        throw new Error(`The name ${f.name} was not resolved.`);
    }
  }

  private sorts(sorts: readonly Sort[]): string {
    return sorts
      .map((s) => `${this.expr(s.expr)}${s.descending ? ' DESC' : ''}${this.d.nulls(s)}`)
      .join(', ');
  }

  window(w: Window): string {
    const bound = (b: FrameBound): string =>
      'rows' in b ? `${b.rows} ${b.kind.toUpperCase()}` : b.kind.toUpperCase();
    const parts = [
      w.partitionBy.length > 0
        ? `PARTITION BY ${w.partitionBy.map((e) => this.expr(e)).join(', ')}`
        : '',
      w.orderBy.length > 0 ? `ORDER BY ${this.sorts(w.orderBy)}` : '',
      w.frame ? `${w.frame.unit} BETWEEN ${bound(w.frame.start)} AND ${bound(w.frame.end)}` : '',
    ];
    return `(${parts.filter(Boolean).join(' ')})`;
  }

  /** An operand, in parentheses when it binds less tightly than needed. */
  private operand(e: Expr, least: number): string {
    const text = this.expr(e);
    return strength(e) < (this.d.parenthesizeAll ? 9 : least) ? `(${text})` : text;
  }

  expr(e: Expr): string {
    const own = this.d.expr(e, (x) => this.expr(x));
    if (own !== undefined) return own;
    const not = 'negated' in e && e.negated ? 'NOT ' : '';
    switch (e.kind) {
      case 'literal':
        return this.d.literal(e);
      case 'clock':
        throw new Error(`${e.name} was not pinned.`);
      case 'column':
        return e.qualifier === null
          ? this.d.name(e.name)
          : `${this.d.name(e.qualifier)}.${this.d.name(e.name)}`;
      case 'not':
        return `NOT ${this.operand(e.operand, 4)}`;
      case 'negate':
        return `-${this.operand(e.operand, 9)}`;
      case 'arithmetic': {
        const s = strength(e);
        return `${this.operand(e.left, s)} ${e.op} ${this.operand(e.right, s + 1)}`;
      }
      case 'concat':
        return `${this.operand(e.left, 5)} || ${this.operand(e.right, 6)}`;
      case 'compare':
        return `${this.operand(e.left, 5)} ${e.op} ${this.operand(e.right, 5)}`;
      case 'logic':
        return e.operands.map((o) => this.operand(o, strength(e) + 1)).join(` ${e.op} `);
      case 'between':
        return `${this.operand(e.operand, 5)} ${not}BETWEEN ${this.operand(e.low, 5)} AND ${this.operand(e.high, 5)}`;
      case 'in':
        return `${this.operand(e.operand, 5)} ${not}IN (${e.items.map((i) => this.expr(i)).join(', ')})`;
      case 'inQuery':
        return `${this.operand(e.operand, 5)} ${not}IN (${this.query(e.query)})`;
      case 'like':
        return `${this.operand(e.operand, 5)} ${not}LIKE ${this.operand(e.pattern, 5)}${e.escape === null ? '' : ` ESCAPE ${quoteText(e.escape)}`}`;
      case 'isNull':
        return `${this.operand(e.operand, 5)} IS ${not}NULL`;
      case 'exists':
        return `EXISTS (${this.query(e.query)})`;
      case 'quantified':
        return `${this.operand(e.operand, 5)} ${e.op} ${e.quantifier} (${this.query(e.query)})`;
      case 'scalarQuery':
        return `(${this.query(e.query)})`;
      case 'case': {
        const whens = e.whens
          .map((w) => ` WHEN ${this.expr(w.when)} THEN ${this.expr(w.result)}`)
          .join('');
        return `CASE${e.operand ? ` ${this.expr(e.operand)}` : ''}${whens}${e.otherwise ? ` ELSE ${this.expr(e.otherwise)}` : ''} END`;
      }
      case 'cast':
        return `${e.safe ? 'TRY_CAST' : 'CAST'}(${this.expr(e.operand)} AS ${this.d.typeName(e.to)})`;
      case 'array':
        return `ARRAY[${e.items.map((i) => this.expr(i)).join(', ')}]`;
      case 'subscript':
        return `${this.operand(e.base, 9)}[${this.expr(e.index)}]`;
      case 'lambda': {
        const names = e.parameters.map((p) => this.d.name(p));
        return `${names.length === 1 ? names[0] : `(${names.join(', ')})`} -> ${this.expr(e.body)}`;
      }
      case 'call':
        return this.call(e, e.name, e.star ? ['*'] : e.args.map((a) => this.expr(a)));
    }
  }

  /** A call with whatever goes with it: DISTINCT, ORDER BY, FILTER, OVER. */
  call(
    e: Extract<Expr, { kind: 'call' }>,
    name: string,
    args: readonly string[],
    orderInside = e.name === 'array_agg',
    nullsInside = false,
  ): string {
    const order = e.orderBy.length > 0 ? `ORDER BY ${this.sorts(e.orderBy)}` : '';
    const nulls = e.nulls === 'ignore' ? ' IGNORE NULLS' : '';
    const inside = `${e.distinct ? 'DISTINCT ' : ''}${args.join(', ')}${order && orderInside ? ` ${order}` : ''}${nullsInside ? nulls : ''}`;
    return [
      `${name}(${inside})`,
      order && !orderInside ? ` WITHIN GROUP (${order})` : '',
      e.filter ? ` FILTER (WHERE ${this.expr(e.filter)})` : '',
      nullsInside ? '' : nulls,
      e.over ? ` OVER ${this.window(e.over)}` : '',
    ].join('');
  }
}

export type RendererOf = Renderer;
export const rendererOf = (d: Dialect): Renderer => new Renderer(d);
