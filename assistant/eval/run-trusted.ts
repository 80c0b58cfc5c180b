import type { Engine, QueryResult } from '../engine/engine.ts';
import { guard } from '../guard/guard.ts';
import { SuiteError } from './suite.ts';

/** More rows than any question of a suite expects. */
const MOST_ROWS = 100_000;

/**
 * Runs SQL of a suite through the guard, on the same snapshot as the questions.
 *
 * @throws SuiteError when the guard refuses it
 */
export async function runTrusted(sql: string, engine: Engine, what: string): Promise<QueryResult> {
  const checked = guard(sql, {
    asOf: new Date(engine.snapshot.asOf),
    accountScope: null,
    defaultLimit: MOST_ROWS,
    maxLimit: MOST_ROWS,
  });
  if (!checked.ok) {
    throw new SuiteError(
      `The SQL of ${what} is refused: ${checked.error.message}\n${sql}`,
      checked.error.hint,
    );
  }
  return engine.run(checked.query);
}
