import { resultHash } from './answer/result-hash.ts';
import type { Audit, AuditEntry } from './audit/audit.ts';
import { type Engine, EngineError, type QueryResult } from './engine/engine.ts';
import { guard } from './guard/guard.ts';
import type { CheckedQuery, GuardError } from './guard/types.ts';

/** What came of SQL that a person wrote. */
export type SqlOutcome =
  | {
      readonly kind: 'rows';
      readonly query: CheckedQuery;
      readonly result: QueryResult;
      readonly truncated: boolean;
    }
  | { readonly kind: 'refused'; readonly error: GuardError }
  | { readonly kind: 'failed'; readonly error: EngineError };

/**
 * Runs SQL that a person, or this project, wrote: through the same guard as a model's, and into the
 * same audit log.
 * Throws when the audit log cannot be written.
 */
export async function runSql(
  sql: string,
  options: {
    readonly engine: Engine;
    readonly audit: Audit;
    readonly accountScope: readonly string[] | null;
    readonly user: string;
    readonly face: AuditEntry['face'];
    readonly clock: () => Date;
    readonly signal?: AbortSignal;
  },
): Promise<SqlOutcome> {
  const started = performance.now();
  const outcome = await run(sql, options);
  const result = outcome.kind === 'rows' ? outcome.result : null;
  await options.audit({
    at: options.clock().toISOString(),
    exported: null,
    answerId: null,
    user: options.user,
    face: options.face,
    question: null,
    earlierTurns: 0,
    translator: null,
    model: null,
    status: outcome.kind === 'rows' ? 'answered' : outcome.kind === 'refused' ? 'refused' : 'error',
    sql: outcome.kind === 'rows' ? outcome.query.trino : null,
    snapshotId: options.engine.snapshot.snapshotId,
    asOf: options.engine.snapshot.asOf,
    accountScope: options.accountScope,
    queryId: result?.queryId ?? null,
    rowCount: result?.rows.length ?? null,
    resultHash: result ? resultHash(result) : null,
    scannedBytes: result?.expense.scannedBytes ?? null,
    costUsd: result?.expense.costUsd ?? null,
    elapsedMs: Math.round(performance.now() - started),
    errorCode: outcome.kind === 'rows' ? null : outcome.error.code,
  });
  return outcome;
}

async function run(
  sql: string,
  { engine, accountScope, signal }: Parameters<typeof runSql>[1],
): Promise<SqlOutcome> {
  const checked = guard(sql, { asOf: new Date(engine.snapshot.asOf), accountScope });
  if (!checked.ok) return { kind: 'refused', error: checked.error };
  try {
    const result = await engine.run(checked.query, signal);
    const { limit } = checked.query;
    return {
      kind: 'rows',
      query: checked.query,
      result,
      truncated: result.truncated || (limit.setByGuard && result.rows.length >= limit.rows),
    };
  } catch (error) {
    if (error instanceof EngineError) return { kind: 'failed', error };
    throw error;
  }
}
