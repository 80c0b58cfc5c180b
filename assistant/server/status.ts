import type { AskDependencies } from '../ask.ts';
import { guard } from '../guard/guard.ts';
import type { StatusBody } from './api.ts';
import { starterQuestions } from './starter-questions.ts';

/** What the data is and how much of it there is, within the caller's scope. */
export async function readStatus({
  engine,
  coverage,
  accountScope,
}: AskDependencies): Promise<StatusBody> {
  const { snapshotId, asOf, origin } = engine.snapshot;
  const count = async (table: string) => {
    const checked = guard(`SELECT count(*) AS n FROM kms_insights.${table}`, {
      asOf: new Date(asOf),
      accountScope,
    });
    if (!checked.ok) throw new Error(`the count of ${table} was refused: ${checked.error.message}`);
    return Number((await engine.run(checked.query)).rows[0]?.[0]);
  };
  return {
    snapshotId,
    asOf,
    origin,
    coverage: coverage.coverage,
    coverageText: coverage.text.en,
    keys: await count('kms_keys'),
    accounts: await count('accounts'),
    starterQuestions,
  };
}
