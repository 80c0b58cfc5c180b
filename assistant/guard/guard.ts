import { limitToAccounts } from './account-scope.ts';
import { lower } from './lower/lower.ts';
import { oneQuery, parseShielded } from './lower/parse.ts';
import { shield } from './lower/shield.ts';
import { checkCost, relationsOf } from './measure.ts';
import { Refusal, refuse } from './refusal.ts';
import { renderAthena } from './render/athena.ts';
import { renderDuckdb } from './render/duckdb.ts';
import { renderTrino } from './render/trino.ts';
import { resolve } from './resolve/query.ts';
import { limitRows, pinClocks } from './rewrite.ts';
import { rowsOf } from './rows-of.ts';
import { checkText, scan } from './scan.ts';
import { typeName } from './sqltype.ts';
import type { CheckedQuery, GuardOptions, GuardResult, Position } from './types.ts';

/** Rows that a query without a LIMIT of its own gives. */
export const DEFAULT_LIMIT = 1_000;
const MAX_LIMIT = 10_000;
/** Most bytes of text that an engine is given; Athena takes 262,144. */
const MAX_RENDERED = 250_000;

/**
 * Checks a query that a model or a person wrote, and renders it anew for both engines. Only what
 * the guard understands down to the last word comes out; everything else is refused with the place
 * and what to write instead. Never throws, whatever the text is.
 */
export function guard(sql: string, options: GuardOptions): GuardResult {
  try {
    return { ok: true, query: check(sql, options) };
  } catch (error) {
    const { code, message, hint, at } = error instanceof Refusal ? error : unforeseen(error);
    const position = positionOf(typeof sql === 'string' ? sql : '', at);
    return { ok: false, error: { code, message, hint, position } };
  }
}

/** What no rule foresaw is refused too. All but too deep a recursion is a defect of the guard. */
const unforeseen = (error: unknown): Refusal =>
  error instanceof RangeError
    ? new Refusal('TOO_COMPLEX', 'The query is nested too deeply.', null, 'Write it more simply.')
    : new Refusal('INTERNAL', 'The query cannot be checked.', null, 'Write it more simply.');

function check(sql: string, options: GuardOptions): CheckedQuery {
  if (typeof sql !== 'string')
    refuse('EMPTY', 'There is no query.', null, 'Write a SELECT statement.');
  checkText(sql);
  const shielded = shield(oneQuery(scan(sql)));
  const lowered = pinClocks(lower(parseShielded(shielded), shielded), options.asOf);
  const { query: resolved, columns } = resolve(lowered);
  checkCost(resolved);
  const tables = relationsOf(resolved);
  const rows = rowsOf(resolved);
  const { query, limit } = limitRows(
    limitToAccounts(resolved, options.accountScope),
    options.defaultLimit ?? DEFAULT_LIMIT,
    options.maxLimit ?? MAX_LIMIT,
  );
  const trino = renderTrino(query);
  const athena = renderAthena(query, columns);
  const duckdb = renderDuckdb(query);
  if ([trino, athena, duckdb].some((text) => Buffer.byteLength(text) > MAX_RENDERED))
    refuse(
      'TOO_COMPLEX',
      'The query becomes too long when it is written out.',
      null,
      'Shorten it.',
    );
  // The brand is put on here and nowhere else: this is what makes a query a checked one.
  return {
    trino,
    athena,
    duckdb,
    tables,
    rowsOf: rows,
    columns: columns.map((c) => ({ name: c.name, type: typeName(c.type) })),
    limit,
  } as unknown as CheckedQuery;
}

/**
 * Line and column, counted from 1, of an offset; where none is known, of the first word. Columns
 * count UTF-16 units, as editors and JavaScript do.
 */
function positionOf(sql: string, at: number | null): Position {
  const offset = at ?? Math.max(0, sql.search(/\S/));
  const before = sql.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
