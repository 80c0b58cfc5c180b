import type { Engine, QueryResult } from '../../../assistant/engine/engine.ts';
import { EngineError } from '../../../assistant/engine/engine.ts';
import { guard } from '../../../assistant/guard/guard.ts';
import type { CheckedQuery } from '../../../assistant/guard/types.ts';
import { runOnTrino, TrinoError, type TrinoResult } from './client.ts';
import { ordersRows, plainType, rowDifference } from './compare.ts';
import type { ConformanceQuery } from './queries/query.ts';

/** Rows that a query may give at most; one that gives more would leave it to chance which. */
const MOST_ROWS = 10_000;

export interface Engines {
  readonly duckdb: Engine;
  readonly trinoUrl: string;
}

/** Runs a query on both engines. What differs, in words; null when nothing does. */
export async function difference(q: ConformanceQuery, engines: Engines): Promise<string | null> {
  const result = guard(q.sql, {
    asOf: new Date(engines.duckdb.snapshot.asOf),
    accountScope: q.accounts ?? null,
    defaultLimit: MOST_ROWS,
  });
  if (!result.ok) return `refused: ${result.error.message} ${result.error.hint}`;
  return differenceOf(result.query, engines, q);
}

/** As {@link difference}, for a query that the guard has checked before. */
export async function differenceOf(
  query: CheckedQuery,
  engines: Engines,
  options: Pick<ConformanceQuery, 'fails' | 'stops' | 'ties'> = {},
): Promise<string | null> {
  const where = `\n  Trino:  ${query.trino}\n  DuckDB: ${query.duckdb}`;
  const duckdb = await engines.duckdb.run(query).catch((error: unknown) => {
    if (error instanceof EngineError && error.code === 'FAILED') return error;
    throw error;
  });
  if (options.stops)
    return duckdb instanceof Error ? null : `was to stop: ${JSON.stringify(duckdb.rows)}${where}`;
  const trino = await runOnTrino(engines.trinoUrl, query.trino).catch((error: unknown) => {
    if (error instanceof TrinoError) return error;
    throw error;
  });
  if (options.fails && duckdb instanceof Error && trino instanceof Error) return null;
  if (duckdb instanceof Error || trino instanceof Error || options.fails) {
    const told = (r: Error | { readonly rows: readonly unknown[] }) =>
      r instanceof Error ? r.message : `gives ${JSON.stringify(r.rows).slice(0, 300)}`;
    return `${options.fails ? 'both were to fail' : 'failed'}\n  DuckDB ${told(duckdb)}\n  Trino  ${told(trino)}${where}`;
  }
  const found =
    shapeDifference(query, duckdb, trino) ??
    rowDifference(duckdb.rows, trino.rows, !options.ties && ordersRows(query.trino));
  if (found !== null) return found + where;
  if (trino.rows.length >= MOST_ROWS) return 'more rows than can be compared';
  return null;
}

/** Names and types: what the guard said, against what each engine gives. */
function shapeDifference(q: CheckedQuery, duckdb: QueryResult, trino: TrinoResult): string | null {
  const columns = (list: readonly { readonly name: string; readonly type: string }[]) =>
    list.map((c) => `${c.name} ${plainType(c.type)}`).join(', ');
  const [said, onTrino] = [columns(q.columns), columns(trino.columns)];
  if (said !== onTrino) return `columns\n  guard ${said}\n  Trino ${onTrino}`;
  // DuckDB has no type for a bare NULL.
  const known = q.columns.map((c, i) =>
    c.type.includes('unknown') ? { ...c, type: duckdb.columns[i]?.type ?? '' } : c,
  );
  const onDuckdb = columns(duckdb.columns);
  return columns(known) === onDuckdb ? null : `columns\n  guard  ${said}\n  DuckDB ${onDuckdb}`;
}
