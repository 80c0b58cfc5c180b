import { findRelation, type Relation } from '../../collector/schema/relations.ts';
import { trinoViews, viewDefinitions } from '../../collector/schema/views.ts';
import type { Expr, From, Query, Select } from './ast.ts';
import { literal } from './lower/literals.ts';
import { lower } from './lower/lower.ts';
import { oneQuery, parseShielded } from './lower/parse.ts';
import { shield } from './lower/shield.ts';
import { plainCall } from './nodes.ts';
import { resolve } from './resolve/query.ts';
import { scan } from './scan.ts';
import { BOOLEAN, VARCHAR } from './sqltype.ts';
import type { AccountScope } from './types.ts';
import { mapQuery } from './visit.ts';

/**
 * Narrows every relation, wherever it stands, to the accounts that the caller may see.
 *
 * A table is replaced by a subquery over its rows of those accounts. A view is replaced by its
 * definition over narrowed tables, because a view may put rows of several accounts together before
 * anyone can filter them: the last use of a key id is one row, whoever's it is. So a query gives
 * what it would give if the rows of all other accounts did not exist.
 *
 * An account belongs to the organizational unit that `accounts` names now, in the history too.
 */
export function limitToAccounts(q: Query, scope: readonly string[] | AccountScope | null): Query {
  if (scope === null) return q;
  return narrow(q, isList(scope) ? { accounts: scope, organizationalUnits: [] } : scope);
}

const isList = (scope: readonly string[] | AccountScope): scope is readonly string[] =>
  Array.isArray(scope);

const narrow = (q: Query, scope: AccountScope): Query =>
  mapQuery(q, {
    from: (f) => {
      if (f.kind !== 'relation') return f;
      const query =
        f.relation.kind === 'view'
          ? narrow(viewQuery(f.relation.name), scope)
          : rowsWithin(f.relation, scope);
      return {
        kind: 'derived',
        query,
        lateral: false,
        alias: f.alias,
        columns: f.columns,
        at: f.at,
      };
    },
  });

const queryOf = (body: Select): Query => ({
  ctes: [],
  body,
  orderBy: [],
  offset: null,
  limit: null,
  at: null,
});

const selectFrom = (relation: Relation, item: Select['items'][number], where: Expr): Query => {
  const from: From = { kind: 'relation', relation, alias: relation.name, columns: null, at: null };
  return queryOf({
    kind: 'select',
    distinct: false,
    items: [item],
    from,
    where,
    groupBy: [],
    having: null,
    windows: [],
    at: null,
  });
};

/** A column of the one table that the subquery reads. */
const column = (name: string): Expr => ({
  kind: 'column',
  qualifier: null,
  name,
  type: VARCHAR,
  at: null,
});

const rowsWithin = (relation: Relation, scope: AccountScope): Query =>
  selectFrom(relation, { kind: 'star', qualifier: null, at: null }, isWithin(relation, scope));

/** Whether a row of a table belongs to an account of the scope. */
function isWithin(relation: Relation, scope: AccountScope): Expr {
  const units = pathsOf(scope);
  const accounts = relationNamed('accounts');
  if (units.length === 0 || relation === accounts) return isOneOf(scope, units);
  return {
    kind: 'inQuery',
    operand: column('account_id'),
    query: selectFrom(
      accounts,
      { kind: 'expression', expr: column('account_id'), alias: 'account_id', at: null },
      isOneOf(scope, units),
    ),
    negated: false,
    type: BOOLEAN,
    at: null,
  };
}

/** Units as they begin a path. An empty one is dropped: it must not stand for all. */
const pathsOf = (scope: AccountScope): readonly string[] => [
  ...new Set(scope.organizationalUnits.map((u) => u.replace(/\/+$/, '')).filter((u) => u !== '')),
];

const text = (value: string): Expr => literal({ kind: 'string', value }, null);

function isOneOf(scope: AccountScope, units: readonly string[]): Expr {
  const accounts = [...new Set(scope.accounts)];
  const choices: Expr[] = [];
  if (accounts.length > 0)
    choices.push({
      kind: 'in',
      operand: column('account_id'),
      items: accounts.map(text),
      negated: false,
      type: BOOLEAN,
      at: null,
    });
  if (units.length > 0)
    choices.push({
      kind: 'in',
      operand: column('ou_path'),
      items: units.map(text),
      negated: false,
      type: BOOLEAN,
      at: null,
    });
  // The slash ends the name, so that Root/Prod does not stand for Root/Production as well.
  for (const unit of units) choices.push(startsWith(column('ou_path'), `${unit}/`));
  const [only, ...more] = choices;
  if (!only) return literal({ kind: 'boolean', value: false }, null);
  return more.length === 0
    ? only
    : { kind: 'logic', op: 'OR', operands: choices, type: BOOLEAN, at: null };
}

const startsWith = (operand: Expr, prefix: string): Expr =>
  plainCall('starts_with', [operand, text(prefix)], null, BOOLEAN);

function relationNamed(name: string): Relation {
  const found = findRelation(name);
  if (!found) throw new Error(`the contract has no ${name}`);
  return found;
}

const views = new Map<string, Query>();

/** The query behind a view, read by the same rules as everyone's. */
function viewQuery(name: string): Query {
  const known = views.get(name);
  if (known) return known;
  const sql = viewDefinitions(trinoViews).find((v) => v.name === name)?.sql;
  if (sql === undefined) throw new Error(`the contract has no view ${name}`);
  const shielded = shield(oneQuery(scan(sql)));
  const { query } = resolve(lower(parseShielded(shielded), shielded));
  views.set(name, query);
  return query;
}
