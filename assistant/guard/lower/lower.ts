import type {
  Body,
  CallExpr,
  CompareOperator,
  Cte,
  Expr,
  Frame,
  FrameBound,
  From,
  Grouping,
  Item,
  JoinKind,
  Query,
  Select,
  SetOperator,
  Sort,
  Window,
} from '../ast.ts';
import { refuse } from '../refusal.ts';
import { BOOLEAN, NULL_TYPE } from '../sqltype.ts';
import { asFields, asList, consume, type Fields, open } from './fields.ts';
import { literal } from './literals.ts';
import type { Leaf, Shielded } from './shield.ts';

/** Longest IN list and most rows of VALUES. */
const MAX_ITEMS = 1_000;

const arithmetic: Readonly<Record<string, '+' | '-' | '*' | '/' | '%'>> = {
  add: '+',
  sub: '-',
  mul: '*',
  div: '/',
  mod: '%',
};
const comparisons: Readonly<Record<string, CompareOperator>> = {
  eq: '=',
  neq: '<>',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
  null_safe_eq: 'IS NOT DISTINCT FROM',
  null_safe_neq: 'IS DISTINCT FROM',
};
const quantifiedOperators: Readonly<Record<string, CompareOperator>> = {
  Eq: '=',
  Neq: '<>',
  Lt: '<',
  Lte: '<=',
  Gt: '>',
  Gte: '>=',
};
const setOperators: Readonly<Record<string, SetOperator>> = {
  union: 'UNION',
  intersect: 'INTERSECT',
  except: 'EXCEPT',
};
const joinKinds: Readonly<Record<string, JoinKind>> = {
  Inner: 'INNER',
  Left: 'LEFT',
  Right: 'RIGHT',
  Full: 'FULL',
  Cross: 'CROSS',
  Implicit: 'CROSS',
};

/**
 * Turns the parser's tree into the guard's. A kind of node that is not named here, or a field that
 * is not read, is refused.
 */
export function lower(root: unknown, shielded: Shielded): Query {
  return new Lowering(shielded).query(root);
}

class Lowering {
  private readonly shielded: Shielded;
  /** The last place that was told: where something stands that has none of its own, or close to it. */
  private last: number | null = null;
  constructor(shielded: Shielded) {
    this.shielded = shielded;
  }

  private leaf(text: unknown): Leaf | undefined {
    const m = typeof text === 'string' ? /^kf?(\d+)$/.exec(text) : null;
    return m ? this.shielded.leaves.get(Number(m[1])) : undefined;
  }

  /** The offset of the first thing in a node that knows its place; else of the last one before it. */
  private at(node: unknown): number | null {
    this.last = this.find(node, 0) ?? this.last;
    return this.last;
  }

  private find(node: unknown, depth: number): number | null {
    if (depth > 12 || typeof node !== 'object' || node === null) return null;
    const { literal_type: type, value: digits } = node as Fields;
    const number = type === 'number' ? this.shielded.leaves.get(Number(digits)) : undefined;
    if (number?.kind === 'number') return number.at;
    for (const value of Object.values(node)) {
      const leaf = this.leaf(value);
      if (leaf) return leaf.kind === 'value' ? leaf.expr.at : leaf.at;
      const found = this.find(value, depth + 1);
      if (found !== null) return found;
    }
    return null;
  }

  /** A number as the author wrote it. */
  private digits(fields: Fields): string {
    const leaf = this.shielded.leaves.get(Number(fields.value));
    if (fields.literal_type !== 'number' || leaf?.kind !== 'number')
      return refuse(
        'SYNTAX',
        'A number stands where it cannot be read.',
        this.last,
        'Check the words around it.',
      );
    return leaf.text;
  }

  private name(node: unknown): string {
    const written = asFields(node).name;
    const leaf = this.leaf(written);
    if (leaf?.kind === 'name') return leaf.name;
    // A placeholder of the shield is a value too; its number means nothing to the author.
    const isHidden = leaf !== undefined || /(?:^|\W)kf?\d+(?:\W|$)/.test(String(written));
    const what = isHidden ? 'Something else' : String(written ?? 'Nothing').slice(0, 40);
    return refuse(
      'SYNTAX',
      `${what} stands where a name is wanted.`,
      this.at(node),
      'Write a name; put a reserved word in double quotes.',
    );
  }

  private nameOrNull(node: unknown): string | null {
    return node === null || node === undefined ? null : this.name(node);
  }

  private names(nodes: unknown): readonly string[] | null {
    const list = asList(nodes);
    return list.length === 0 ? null : list.map((n) => this.name(n));
  }

  private unknown(kind: string, node: unknown): never {
    return refuse(
      'UNSUPPORTED',
      `${kind.replaceAll('_', ' ')} is not available here.`,
      this.at(node),
      'Write the query with SELECT, JOIN, WHERE, GROUP BY and the functions of the reference.',
    );
  }

  query(node: unknown): Query {
    const { kind, fields } = open(node);
    const at = this.at(node);
    if (kind === 'select')
      return {
        at,
        ctes: this.ctes(fields.with),
        body: this.select(fields, at),
        orderBy: this.sorts(asFields(fields.order_by), 'ORDER BY'),
        offset: this.count(fields.offset, ['rows']),
        limit: this.limit(fields),
      };
    const op = setOperators[kind];
    if (op !== undefined) {
      consume(
        kind,
        fields,
        ['left', 'right', 'all', 'distinct', 'with', 'order_by', 'limit', 'offset'],
        at,
      );
      return {
        at,
        ctes: this.ctes(fields.with),
        body: this.setOperation(op, fields, at),
        orderBy: this.sorts(asFields(fields.order_by), 'ORDER BY'),
        offset: this.count(fields.offset),
        limit: this.count(fields.limit),
      };
    }
    // As a query of its own, VALUES is read as SELECT * FROM (VALUES …): the parser cannot read a
    // LIMIT behind it, which the guard will put there.
    if (kind === 'values') {
      const from: From = {
        kind: 'derived',
        query: this.valuesQuery(fields, at),
        lateral: false,
        alias: null,
        columns: null,
        at,
      };
      const body: Select = {
        kind: 'select',
        at,
        distinct: false,
        items: [{ kind: 'star', qualifier: null, at }],
        from,
        where: null,
        groupBy: [],
        having: null,
        windows: [],
      };
      return { ctes: [], body, orderBy: [], offset: null, limit: null, at };
    }
    if (kind === 'paren') return this.query(consume(kind, fields, ['this'], at).this);
    if (kind === 'subquery') {
      consume(kind, fields, ['this', 'order_by', 'limit', 'offset', 'with'], at);
      const inner = this.query(fields.this);
      const outer = {
        ctes: this.ctes(fields.with),
        orderBy: this.sorts(asFields(fields.order_by), 'ORDER BY'),
        offset: this.count(fields.offset, ['rows']),
        limit: this.count(fields.limit),
      };
      if (
        outer.ctes.length + outer.orderBy.length === 0 &&
        outer.offset === null &&
        outer.limit === null
      )
        return inner;
      return { ...outer, at, body: { kind: 'nested', query: inner, at } };
    }
    return refuse(
      'NOT_A_QUERY',
      `${kind.replaceAll('_', ' ')} is not a query.`,
      at,
      'Write one SELECT statement.',
    );
  }

  private ctes(node: unknown): readonly Cte[] {
    if (node === null || node === undefined) return [];
    const fields = consume('WITH', asFields(node), ['ctes'], this.at(node));
    return asList(fields.ctes).map((c) => {
      const at = this.at(c);
      const cte = consume('WITH', asFields(c), ['alias', 'this', 'columns', 'alias_first'], at);
      return {
        name: this.name(cte.alias),
        columns: this.names(cte.columns),
        query: this.query(cte.this),
        at,
      };
    });
  }

  private body(node: unknown): Body {
    const { kind, fields } = open(node);
    const query = this.query(node);
    if (
      kind !== 'subquery' &&
      kind !== 'paren' &&
      query.ctes.length + query.orderBy.length === 0 &&
      query.limit === null &&
      query.offset === null
    )
      return query.body;
    if (query.body.kind === 'nested' && query.ctes.length === 0 && fields.limit === undefined)
      return query.body;
    return { kind: 'nested', query, at: query.at };
  }

  /** One side of UNION and kin, where ORDER BY, LIMIT and WITH need parentheses around them. */
  private side(node: unknown): Body {
    const body = this.body(node);
    const { kind } = open(node);
    if (body.kind === 'nested' && kind !== 'subquery' && kind !== 'paren')
      refuse(
        'SYNTAX',
        'WITH, ORDER BY, LIMIT and OFFSET belong to the whole of a UNION, INTERSECT or EXCEPT.',
        this.at(node),
        'Put the SELECT that they belong to in parentheses.',
      );
    return body;
  }

  /** INTERSECT binds tighter than UNION and EXCEPT; the parser reads all of them from left to right. */
  private setOperation(op: SetOperator, fields: Fields, at: number | null): Body {
    const left = this.side(fields.left);
    const right = this.side(fields.right);
    const all = fields.all === true;
    if (op === 'INTERSECT' && left.kind === 'setOperation' && left.op !== 'INTERSECT')
      return { ...left, right: { kind: 'setOperation', op, all, left: left.right, right, at } };
    return { kind: 'setOperation', op, all, left, right, at };
  }

  private values(fields: Fields, at: number | null): Body {
    const rows = asList(fields.expressions).map((row) =>
      asList(consume('VALUES', asFields(row), ['expressions'], at).expressions).map((e) =>
        this.expr(e),
      ),
    );
    if (rows.length > MAX_ITEMS)
      refuse('TOO_COMPLEX', `VALUES with more than ${MAX_ITEMS} rows.`, at, 'Write fewer rows.');
    return { kind: 'values', rows, at };
  }

  private valuesQuery(fields: Fields, at: number | null): Query {
    // After UNION the parser gives it a name of its own; every name of the author's is a placeholder.
    const { name } = asFields(fields.alias);
    consume('VALUES', fields, name === '_values' ? ['expressions', 'alias'] : ['expressions'], at);
    return { ctes: [], body: this.values(fields, at), orderBy: [], offset: null, limit: null, at };
  }

  private whole(node: unknown): number {
    const { kind, fields } = open(node);
    const at = this.at(node);
    const value = kind === 'literal' && fields.literal_type === 'number' ? this.digits(fields) : '';
    if (!/^\d{1,15}$/.test(value))
      refuse(
        'UNSUPPORTED',
        'LIMIT, OFFSET, FETCH and frames take a whole number here.',
        at,
        'Write the number itself, such as LIMIT 100.',
      );
    return Number(value);
  }

  private count(node: unknown, also: readonly string[] = []): number | null {
    if (node === null || node === undefined) return null;
    const fields = asFields(node);
    // LIMIT ALL is no limit; the word reaches the parser as a name.
    if (this.isAll(fields.this)) return null;
    if ('this' in fields) return this.whole(consume('LIMIT', fields, ['this', ...also], null).this);
    return this.whole(node);
  }

  private isAll(node: unknown): boolean {
    const { kind, fields } = open(node);
    return kind === 'column' && asFields(fields.name).name === 'all';
  }

  private limit(fields: Fields): number | null {
    const fetch = fields.fetch;
    if (fetch === null || fetch === undefined) return this.count(fields.limit);
    if (fields.limit)
      refuse('SYNTAX', 'LIMIT and FETCH both.', this.at(fetch), 'Write one of the two.');
    const f = consume('FETCH', asFields(fetch), ['direction', 'count', 'rows'], null);
    return f.count === null || f.count === undefined ? 1 : this.whole(f.count);
  }

  private sorts(node: unknown, what: string): readonly Sort[] {
    const list = Array.isArray(node)
      ? node
      : asList(consume(what, asFields(node), ['expressions'], this.at(node)).expressions);
    return list.map((s) => {
      const f = consume(
        what,
        asFields(s),
        ['this', 'desc', 'nulls_first', 'explicit_asc'],
        this.at(s),
      );
      const nulls = f.nulls_first;
      return {
        expr: this.expr(f.this),
        descending: f.desc === true,
        nulls: nulls === true ? 'first' : nulls === false ? 'last' : null,
      };
    });
  }

  private select(fields: Fields, at: number | null): Select {
    consume(
      'SELECT',
      fields,
      [
        'expressions',
        'from',
        'joins',
        'where_clause',
        'group_by',
        'having',
        'order_by',
        'limit',
        'offset',
        'fetch',
        'distinct',
        'with',
        'windows',
      ],
      at,
    );
    const clause = (name: string): Expr | null => {
      const c = fields[name];
      return c === null || c === undefined
        ? null
        : this.expr(consume(name, asFields(c), ['this'], at).this);
    };
    if (asList(fields.expressions).length === 0)
      refuse('SYNTAX', 'SELECT without columns.', at, 'Name what to select, or write *.');
    return {
      kind: 'select',
      at,
      distinct: fields.distinct === true,
      items: asList(fields.expressions).map((e) => this.item(e)),
      from: this.from(fields, at),
      where: clause('where_clause'),
      groupBy: this.groupBy(fields.group_by, at),
      having: clause('having'),
      windows: asList(fields.windows).map((w) => {
        const f = consume('WINDOW', asFields(w), ['name', 'spec'], at);
        return { name: this.name(f.name), window: this.window(f.spec) };
      }),
    };
  }

  private item(node: unknown): Item {
    const { kind, fields } = open(node);
    const at = this.at(node);
    if (kind === 'star') {
      const f = consume('*', fields, ['table'], at);
      return { kind: 'star', qualifier: this.nameOrNull(f.table), at };
    }
    if (kind === 'alias') {
      const f = consume(
        'an alias',
        fields,
        ['this', 'alias', 'alias_explicit_as', 'alias_keyword'],
        at,
      );
      return { kind: 'expression', expr: this.expr(f.this), alias: this.name(f.alias), at };
    }
    return { kind: 'expression', expr: this.expr(node), alias: null, at };
  }

  private groupBy(node: unknown, at: number | null): readonly Grouping[] {
    if (node === null || node === undefined) return [];
    const fields = consume('GROUP BY', asFields(node), ['expressions'], at);
    const list = (n: unknown): readonly Expr[] => {
      const { kind, fields: f } = open(n);
      return kind === 'tuple' ? asList(f.expressions).map((e) => this.expr(e)) : [this.expr(n)];
    };
    return asList(fields.expressions).map((g): Grouping => {
      const { kind, fields: f } = open(g);
      const name = kind === 'function' ? String(f.name).toUpperCase() : '';
      if (name === 'GROUPING SETS') return { kind: 'sets', sets: asList(f.args).map(list) };
      if (name === 'ROLLUP' || name === 'CUBE')
        return {
          kind: name === 'ROLLUP' ? 'rollup' : 'cube',
          exprs: asList(f.args).map((e) => this.expr(e)),
        };
      if (kind === 'tuple') return { kind: 'sets', sets: [list(g)] };
      return { kind: 'expression', expr: this.expr(g) };
    });
  }

  private from(fields: Fields, at: number | null): From | null {
    const clause = fields.from;
    const joins = asList(fields.joins);
    if (clause === null || clause === undefined) {
      if (joins.length > 0)
        refuse('SYNTAX', 'A JOIN without FROM.', this.at(joins[0]), 'Write FROM before it.');
      return null;
    }
    const [first, ...others] = asList(
      consume('FROM', asFields(clause), ['expressions'], at).expressions,
    );
    let from = this.relation(first);
    for (const other of others)
      from = {
        kind: 'join',
        join: 'CROSS',
        left: from,
        right: this.relation(other),
        on: null,
        using: null,
        at,
      };
    return this.joins(from, joins, others.length > 0);
  }

  private joins(start: From, joins: readonly unknown[], commas: boolean): From {
    let from = start;
    let afterComma = commas;
    for (const j of joins) {
      const at = this.at(j);
      const f = consume(
        'JOIN',
        asFields(j),
        ['this', 'on', 'using', 'kind', 'use_inner_keyword', 'use_outer_keyword', 'nesting_group'],
        at,
      );
      const join = joinKinds[String(f.kind)];
      if (join === undefined)
        refuse(
          'UNSUPPORTED',
          `A ${String(f.kind)} join is not available.`,
          at,
          'Write INNER, LEFT, RIGHT, FULL or CROSS JOIN.',
        );
      if (f.kind === 'Implicit') afterComma = true;
      // A comma binds weaker than JOIN. Read from left to right that is the same, but for these two.
      else if (afterComma && (join === 'RIGHT' || join === 'FULL'))
        refuse(
          'UNSUPPORTED',
          `A ${join} JOIN after a comma is not available.`,
          at,
          'Write CROSS JOIN or JOIN … ON in place of the comma.',
        );
      const using = this.names(f.using);
      const on = f.on === null || f.on === undefined ? null : this.expr(f.on);
      if ((join === 'CROSS') !== (on === null && using === null))
        refuse(
          'SYNTAX',
          join === 'CROSS' ? 'A CROSS JOIN takes no condition.' : 'A JOIN without a condition.',
          at,
          'Write JOIN … ON a.x = b.x.',
        );
      from = { kind: 'join', join, left: from, right: this.relation(f.this), on, using, at };
    }
    return from;
  }

  private relation(node: unknown): From {
    const { kind, fields } = open(node);
    const at = this.at(node);
    const nothing = { alias: null, columns: null };
    switch (kind) {
      case 'table': {
        const f = consume(
          'A table',
          fields,
          ['name', 'schema', 'alias', 'column_aliases', 'alias_explicit_as', 'catalog'],
          at,
        );
        if (f.catalog)
          refuse(
            'FORBIDDEN',
            'A catalog cannot be named.',
            at,
            'Write the name of a table alone, such as kms_keys.',
          );
        return {
          kind: 'name',
          qualifier: this.nameOrNull(f.schema),
          name: this.name(f.name),
          alias: this.nameOrNull(f.alias),
          columns: this.names(f.column_aliases),
          at,
        };
      }
      case 'subquery': {
        const own = [
          'this',
          'alias',
          'column_aliases',
          'alias_explicit_as',
          'alias_keyword',
          'lateral',
        ];
        const ordered = ['order_by', 'limit', 'offset', 'with'];
        const f = consume('A subquery', fields, [...own, ...ordered], at);
        const isBare = open(f.this).kind === 'values' && ordered.every((k) => !f[k]);
        const query = isBare
          ? this.valuesQuery(open(f.this).fields, at)
          : this.query({
              subquery: Object.fromEntries([['this', f.this], ...ordered.map((k) => [k, f[k]])]),
            });
        return {
          kind: 'derived',
          query,
          lateral: f.lateral === true,
          alias: this.nameOrNull(f.alias),
          columns: this.names(f.column_aliases),
          at,
        };
      }
      case 'alias': {
        const f = consume(
          'An alias',
          fields,
          ['this', 'alias', 'column_aliases', 'alias_explicit_as', 'alias_keyword'],
          at,
        );
        const inner = this.relation(f.this);
        if (
          inner.kind === 'join' ||
          inner.kind === 'relation' ||
          inner.kind === 'cte' ||
          inner.alias !== null
        )
          refuse(
            'UNSUPPORTED',
            'An alias of a join is not available.',
            at,
            'Give each table its own alias.',
          );
        return { ...inner, alias: this.name(f.alias), columns: this.names(f.column_aliases) };
      }
      case 'unnest': {
        const f = consume(
          'UNNEST',
          fields,
          ['this', 'expressions', 'with_ordinality', 'alias', 'offset_alias'],
          at,
        );
        const args = [f.this, ...asList(f.expressions)].map((e) => this.expr(e));
        return {
          kind: 'unnest',
          args,
          ordinality: f.with_ordinality === true,
          ...nothing,
          alias: this.nameOrNull(f.alias),
          at,
        };
      }
      case 'lateral': {
        const f = consume('LATERAL', fields, ['this', 'alias', 'column_aliases'], at);
        const inner = this.relation(f.this);
        return inner.kind === 'unnest' || inner.kind === 'derived'
          ? { ...inner, ...(f.alias ? { alias: this.name(f.alias) } : {}) }
          : this.unknown('LATERAL', node);
      }
      case 'paren': {
        const inner = consume('Parentheses', fields, ['this'], at).this;
        const k = open(inner).kind;
        if (k === 'table' || k === 'paren' || k === 'joined_table') return this.relation(inner);
        const query = k === 'values' ? this.valuesQuery(open(inner).fields, at) : this.query(inner);
        return { kind: 'derived', query, lateral: false, ...nothing, at };
      }
      case 'joined_table': {
        const f = consume('A join in parentheses', fields, ['left', 'joins'], at);
        return this.joins(this.relation(f.left), asList(f.joins), false);
      }
      case 'values':
        return {
          kind: 'derived',
          query: this.valuesQuery(fields, at),
          lateral: false,
          ...nothing,
          at,
        };
      case 'union':
      case 'intersect':
      case 'except':
      case 'select':
        return { kind: 'derived', query: this.query(node), lateral: false, ...nothing, at };
      case 'function':
        return refuse(
          'FORBIDDEN',
          'A function cannot stand in FROM.',
          at,
          'Read from a table of the contract, a subquery, VALUES or UNNEST.',
        );
      default:
        return this.unknown(kind, node);
    }
  }

  private window(node: unknown): Window {
    const f = consume(
      'A window',
      asFields(node),
      ['window_name', 'partition_by', 'order_by', 'frame'],
      this.at(node),
    );
    return {
      base: this.nameOrNull(f.window_name),
      partitionBy: asList(f.partition_by).map((e) => this.expr(e)),
      orderBy: this.sorts(asList(f.order_by), 'ORDER BY'),
      frame: f.frame ? this.frame(f.frame) : null,
    };
  }

  private frame(node: unknown): Frame {
    const f = consume(
      'A frame',
      asFields(node),
      ['kind', 'start', 'end', 'kind_text', 'start_side_text', 'end_side_text'],
      this.at(node),
    );
    const unit =
      f.kind === 'Rows'
        ? 'ROWS'
        : f.kind === 'Range'
          ? 'RANGE'
          : this.unknown(`A ${String(f.kind)} frame`, node);
    const bound = (b: unknown): FrameBound => {
      if (b === 'UnboundedPreceding') return { kind: 'unbounded preceding' };
      if (b === 'UnboundedFollowing') return { kind: 'unbounded following' };
      if (b === 'CurrentRow') return { kind: 'current row' };
      const [side] = Object.keys(asFields(b));
      if ((side !== 'Preceding' && side !== 'Following') || unit === 'RANGE')
        refuse(
          'UNSUPPORTED',
          'This frame is not available.',
          this.at(node),
          'Write ROWS BETWEEN n PRECEDING AND CURRENT ROW, or RANGE with UNBOUNDED and CURRENT ROW.',
        );
      const rows = this.whole(asFields(b)[side]);
      return { kind: side === 'Preceding' ? 'preceding' : 'following', rows };
    };
    const end = f.end;
    return {
      unit,
      start: bound(f.start),
      end: end === null || end === undefined ? { kind: 'current row' } : bound(end),
    };
  }

  expr(node: unknown): Expr {
    const { kind, fields } = open(node);
    const at = this.at(node);
    const typed = { type: NULL_TYPE, at };
    const take = (...read: string[]): Fields => consume(kind, fields, read, at);
    const op = Object.hasOwn(arithmetic, kind) ? arithmetic[kind] : undefined;
    if (op !== undefined) {
      const f = take('left', 'right');
      return {
        kind: 'arithmetic',
        op,
        left: this.expr(f.left),
        right: this.expr(f.right),
        ...typed,
      };
    }
    const compare = Object.hasOwn(comparisons, kind) ? comparisons[kind] : undefined;
    if (compare !== undefined) {
      const f = take('left', 'right');
      return {
        kind: 'compare',
        op: compare,
        left: this.expr(f.left),
        right: this.expr(f.right),
        ...typed,
      };
    }
    switch (kind) {
      case 'literal':
        return this.literal(take('literal_type', 'value'), at);
      case 'boolean':
        return literal({ kind: 'boolean', value: take('value').value === true }, at);
      case 'null':
        return literal({ kind: 'null' }, at);
      case 'column': {
        const f = take('name', 'table');
        return {
          kind: 'column',
          qualifier: this.nameOrNull(f.table),
          name: this.name(f.name),
          type: NULL_TYPE,
          at: this.at(f.table) ?? at,
        };
      }
      case 'dot':
        return refuse(
          'UNSUPPORTED',
          'A name with more than two parts, or a field of a value, is not available.',
          at,
          'Give the table an alias and write alias.column.',
        );
      case 'paren':
        return this.isQuery(fields.this)
          ? { kind: 'scalarQuery', query: this.query(take('this').this), ...typed }
          : this.expr(take('this').this);
      case 'subquery':
      case 'select':
      case 'union':
      case 'intersect':
      case 'except':
      case 'values':
        return { kind: 'scalarQuery', query: this.query(node), ...typed };
      case 'neg':
        return { kind: 'negate', operand: this.expr(take('this').this), ...typed };
      case 'not':
        return this.not(this.expr(take('this').this), at);
      case 'concat': {
        const f = take('left', 'right');
        return {
          kind: 'concat',
          left: this.expr(f.left),
          right: this.expr(f.right),
          ...typed,
        };
      }
      case 'and':
      case 'or':
        return {
          kind: 'logic',
          op: kind === 'and' ? 'AND' : 'OR',
          operands: this.chain(kind, node),
          type: BOOLEAN,
          at,
        };
      case 'between': {
        const f = take('this', 'low', 'high', 'not');
        return {
          kind,
          operand: this.expr(f.this),
          low: this.expr(f.low),
          high: this.expr(f.high),
          negated: f.not === true,
          ...typed,
        };
      }
      case 'in':
        return this.inList(take('this', 'expressions', 'query', 'not'), at);
      case 'like': {
        const f = take('left', 'right', 'escape');
        return {
          kind: 'like',
          operand: this.expr(f.left),
          pattern: this.expr(f.right),
          escape: this.escape(f.escape),
          negated: false,
          ...typed,
        };
      }
      case 'is_null': {
        const f = take('this', 'not');
        return {
          kind: 'isNull',
          operand: this.expr(f.this),
          negated: f.not === true,
          ...typed,
        };
      }
      // Not Trino's, and written all the same: x IS TRUE is x IS NOT DISTINCT FROM true.
      case 'is_true':
      case 'is_false': {
        const f = take('this', 'not');
        return {
          kind: 'compare',
          op: f.not === true ? 'IS DISTINCT FROM' : 'IS NOT DISTINCT FROM',
          left: this.expr(f.this),
          right: literal({ kind: 'boolean', value: kind === 'is_true' }, at),
          ...typed,
        };
      }
      case 'exists':
        return { kind: 'exists', query: this.query(take('this').this), ...typed };
      case 'any':
      case 'all': {
        const f = take('this', 'subquery', 'op');
        const operator = quantifiedOperators[String(f.op ?? '')];
        if (operator === undefined || !this.isQuery(f.subquery)) return this.unknown(kind, node);
        return {
          kind: 'quantified',
          op: operator,
          quantifier: kind === 'any' ? 'ANY' : 'ALL',
          operand: this.expr(f.this),
          query: this.query(f.subquery),
          ...typed,
        };
      }
      case 'case': {
        const f = take('operand', 'whens', 'else_');
        if (asList(f.whens).length === 0)
          refuse('SYNTAX', 'CASE without WHEN.', at, 'Write CASE WHEN … THEN … END.');
        return {
          kind: 'case',
          operand: f.operand ? this.expr(f.operand) : null,
          whens: asList(f.whens).map((w) => ({
            when: this.expr(asList(w)[0]),
            result: this.expr(asList(w)[1]),
          })),
          otherwise: f.else_ ? this.expr(f.else_) : null,
          ...typed,
        };
      }
      case 'subscript': {
        const f = take('this', 'index');
        return {
          kind: 'subscript',
          base: this.expr(f.this),
          index: this.expr(f.index),
          ...typed,
        };
      }
      case 'lambda': {
        const f = take('parameters', 'body');
        return {
          kind: 'lambda',
          parameters: asList(f.parameters).map((p) => this.name(p)),
          body: this.expr(f.body),
          ...typed,
        };
      }
      case 'function':
      case 'aggregate_function':
        return this.call(kind, fields, at);
      case 'within_group': {
        const f = take('this', 'order_by');
        const inner = this.expr(f.this);
        if (inner.kind !== 'call') return this.unknown(kind, node);
        return {
          ...inner,
          orderBy: this.sorts(asList(f.order_by), 'ORDER BY'),
          withinGroup: true,
        };
      }
      case 'filter': {
        const f = take('this', 'expression');
        const inner = this.expr(f.this);
        if (inner.kind !== 'call' || inner.filter !== null) return this.unknown(kind, node);
        return { ...inner, filter: this.expr(f.expression) };
      }
      case 'window_function': {
        const f = take('this', 'over');
        const inner = this.expr(f.this);
        if (inner.kind !== 'call') return this.unknown(kind, node);
        return { ...inner, over: this.window(f.over) };
      }
      case 'array_func':
        return refuse(
          'UNSUPPORTED',
          'An array without the word ARRAY is not available.',
          at,
          'Write ARRAY[1, 2].',
        );
      case 'tuple':
        return refuse(
          'UNSUPPORTED',
          'Row values are not available.',
          at,
          'Compare the columns one by one; count(DISTINCT a || b) counts pairs.',
        );
      default:
        return this.unknown(kind, node);
    }
  }

  private isQuery(node: unknown): boolean {
    const { kind, fields } = open(node);
    if (kind === 'paren') return this.isQuery(fields.this);
    return ['select', 'subquery', 'union', 'intersect', 'except', 'values'].includes(kind);
  }

  private literal(fields: Fields, at: number | null): Expr {
    const value = String(fields.value);
    if (fields.literal_type === 'number')
      return literal({ kind: 'number', text: this.digits(fields) }, at);
    const leaf = this.leaf(value);
    if (leaf?.kind === 'value') return leaf.expr;
    return refuse(
      'SYNTAX',
      'A value stands where it cannot be read.',
      at,
      'Check the words around it.',
    );
  }

  private escape(node: unknown): string | null {
    if (node === null || node === undefined) return null;
    const e = this.expr(node);
    if (e.kind !== 'literal' || e.value.kind !== 'string' || [...e.value.value].length !== 1)
      refuse(
        'WRONG_ARGUMENTS',
        'ESCAPE takes one character.',
        e.at,
        "Write LIKE '50!%' ESCAPE '!'.",
      );
    return e.value.value;
  }

  private not(e: Expr, at: number | null): Expr {
    if ((e.kind === 'like' || e.kind === 'in' || e.kind === 'inQuery') && !e.negated)
      return { ...e, negated: true };
    return { kind: 'not', operand: e, type: BOOLEAN, at };
  }

  /** A long chain of AND or OR comes as a deep tree; it is read without recursion and kept flat. */
  private chain(kind: string, node: unknown): readonly Expr[] {
    const operands: Expr[] = [];
    let rest = node;
    while (open(rest).kind === kind) {
      const f = consume(kind, open(rest).fields, ['left', 'right'], null);
      operands.push(this.expr(f.right));
      rest = f.left;
    }
    operands.push(this.expr(rest));
    const op = kind === 'and' ? 'AND' : 'OR';
    return operands
      .reverse()
      .flatMap((o) => (o.kind === 'logic' && o.op === op ? o.operands : [o]));
  }

  private inList(f: Fields, at: number | null): Expr {
    const negated = f.not === true;
    const items = asList(f.expressions);
    if (open(f.this).kind === 'tuple') return this.rowsInList(f.this, items, negated, at);
    const operand = this.expr(f.this);
    const typed = { type: BOOLEAN, at };
    if (f.query) return { kind: 'inQuery', operand, query: this.query(f.query), negated, ...typed };
    if (items.length === 1 && this.isQuery(items[0]))
      return { kind: 'inQuery', operand, query: this.query(items[0]), negated, ...typed };
    if (items.length > MAX_ITEMS)
      refuse(
        'TOO_COMPLEX',
        `An IN list of more than ${MAX_ITEMS} values.`,
        at,
        'Write a condition or a subquery.',
      );
    if (items.length === 0)
      refuse('SYNTAX', 'An IN list without values.', at, 'Write at least one value.');
    return { kind: 'in', operand, items: items.map((i) => this.expr(i)), negated, ...typed };
  }

  /** (a, b) IN ((1, 2), (3, 4)) is a = 1 AND b = 2 OR a = 3 AND b = 4. */
  private rowsInList(
    row: unknown,
    rows: readonly unknown[],
    negated: boolean,
    at: number | null,
  ): Expr {
    const values = (node: unknown): readonly Expr[] =>
      asList(open(node).fields.expressions).map((e) => this.expr(e));
    const typed = { type: BOOLEAN, at } as const;
    const left = values(row);
    if (rows.length === 0 || rows.some((r) => open(r).kind !== 'tuple'))
      refuse(
        'UNSUPPORTED',
        'Row values IN a subquery are not available.',
        at,
        'Write EXISTS (SELECT 1 FROM … WHERE x = a AND y = b).',
      );
    if (rows.length * left.length > MAX_ITEMS)
      refuse('TOO_COMPLEX', `More than ${MAX_ITEMS} values.`, at, 'Write a subquery.');
    const alternatives = rows.map((r): Expr => {
      const right = values(r);
      if (right.length !== left.length)
        refuse(
          'WRONG_ARGUMENTS',
          `A row of ${left.length} values is compared with one of ${right.length}.`,
          at,
          'Give each row the same number of values.',
        );
      const operands = left.map(
        (l, i): Expr => ({ kind: 'compare', op: '=', left: l, right: right[i] ?? l, ...typed }),
      );
      return { kind: 'logic', op: 'AND', operands, ...typed };
    });
    const some: Expr =
      alternatives.length === 1 && alternatives[0]
        ? alternatives[0]
        : { kind: 'logic', op: 'OR', operands: alternatives, ...typed };
    return negated ? { kind: 'not', operand: some, ...typed } : some;
  }

  private call(kind: string, fields: Fields, at: number | null): Expr {
    const f = consume(
      'A function call',
      fields,
      ['name', 'args', 'distinct', 'filter', 'ignore_nulls', 'order_by'],
      at,
    );
    const leaf = this.leaf(f.name);
    if (leaf?.kind !== 'call')
      return this.unknown(
        String(f.name ?? kind)
          .toLowerCase()
          .slice(0, 40),
        fields,
      );
    let nodes = [...asList(f.args)];
    const typed = { type: NULL_TYPE, at: leaf.at };
    if (leaf.name === 'cast' || leaf.name === 'try_cast') {
      const [value, to] = nodes;
      const target = this.leaf(open(to).fields.value);
      if (nodes.length !== 2 || target?.kind !== 'type') return this.unknown('cast', fields);
      return {
        kind: 'cast',
        operand: this.expr(value),
        to: target.type,
        safe: leaf.name === 'try_cast',
        ...typed,
      };
    }
    if (leaf.reversed) nodes = nodes.reverse();
    const star = nodes.length === 1 && open(nodes[0]).kind === 'star';
    if (star) {
      consume('*', open(nodes[0]).fields, [], leaf.at);
      nodes = [];
    }
    const args = nodes.map((n) => this.expr(n));
    if (leaf.name === 'array[]') {
      if (args.length > MAX_ITEMS)
        refuse(
          'TOO_COMPLEX',
          `An array of more than ${MAX_ITEMS} values.`,
          leaf.at,
          'Write fewer values.',
        );
      return { kind: 'array', items: args, ...typed };
    }
    const made: CallExpr = {
      kind: 'call',
      name: leaf.name,
      args,
      star,
      distinct: f.distinct === true,
      orderBy: f.order_by ? this.sorts(asList(f.order_by), 'ORDER BY') : [],
      withinGroup: false,
      filter: f.filter ? this.expr(f.filter) : null,
      nulls: f.ignore_nulls === true ? 'ignore' : null,
      over: null,
      ...typed,
    };
    return made;
  }
}
