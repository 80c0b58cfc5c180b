import type { Expr } from '../ast.ts';
import { nearest } from '../nearest.ts';
import { refuse } from '../refusal.ts';
import type { SqlType } from '../sqltype.ts';

/** A column that a query gives. */
export interface Output {
  readonly name: string;
  readonly type: SqlType;
}

/** A column that can be named in a place. */
export interface Visible {
  /** The alias of what it belongs to; null for a column that USING has merged. */
  readonly source: string | null;
  readonly name: string;
  readonly expr: Expr;
  /** Reached with its qualifier only, because USING has merged it. */
  readonly hidden: boolean;
}

export interface Scope {
  readonly columns: readonly Visible[];
  readonly ctes: ReadonlyMap<string, readonly Output[]>;
  /** The query around this one, for correlated subqueries. */
  readonly outer: Scope | null;
  /** Parameters of the lambdas around, innermost first. */
  readonly lambda: ReadonlyMap<string, SqlType>;
}

export const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** The column of a name. Looks outwards. Refuses what is unknown or could be several. */
export function findColumn(
  scope: Scope,
  qualifier: string | null,
  name: string,
  at: number | null,
): Expr {
  const parameter = qualifier === null ? scope.lambda.get(name.toLowerCase()) : undefined;
  if (parameter)
    return { kind: 'column', qualifier: null, name: name.toLowerCase(), type: parameter, at };
  for (let s: Scope | null = scope; s; s = s.outer) {
    const found = s.columns.filter(
      (c) =>
        sameName(c.name, name) &&
        (qualifier === null ? !c.hidden : c.source !== null && sameName(c.source, qualifier)),
    );
    if (found.length > 1)
      refuse(
        'AMBIGUOUS_COLUMN',
        `The column ${name} could be ${found
          .map((c) => `${c.source ?? ''}.${c.name}`)
          .slice(0, 4)
          .join(' or ')}.`,
        at,
        'Write the alias of the table before it.',
      );
    if (found[0]) return { ...found[0].expr, at };
    if (
      qualifier !== null &&
      s.columns.some((c) => c.source !== null && sameName(c.source, qualifier))
    )
      break;
  }
  return unknownColumn(scope, qualifier, name, at);
}

function unknownColumn(
  scope: Scope,
  qualifier: string | null,
  name: string,
  at: number | null,
): never {
  const all: Visible[] = [];
  for (let s: Scope | null = scope; s; s = s.outer) all.push(...s.columns);
  const sources = [...new Set(all.flatMap((c) => (c.source === null ? [] : [c.source])))];
  if (qualifier !== null && !sources.some((s) => sameName(s, qualifier)))
    refuse(
      'UNKNOWN_TABLE',
      `Nothing in FROM is called ${qualifier.slice(0, 60)}.`,
      at,
      sources.length > 0 ? `There is ${sources.slice(0, 6).join(', ')}.` : 'There is no FROM.',
    );
  const near = nearest(
    name,
    all
      .filter((c) => qualifier === null || (c.source !== null && sameName(c.source, qualifier)))
      .map((c) => c.name),
  );
  const some = [...new Set(all.map((c) => c.name))].slice(0, 8).join(', ');
  return refuse(
    'UNKNOWN_COLUMN',
    `There is no column ${qualifier === null ? '' : `${qualifier}.`}${name.slice(0, 60)} here.`,
    at,
    near.length > 0
      ? `Did you mean ${near.join(', ')}?`
      : some === ''
        ? 'There is no FROM to take columns from.'
        : `There are ${some} and more.`,
  );
}
