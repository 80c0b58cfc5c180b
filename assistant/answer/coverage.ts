import type { Engine } from '../engine/engine.ts';
import { guard } from '../guard/guard.ts';
import type { LanguageCode } from '../translate/language.ts';
import type { Coverage } from './answer.ts';
import { coverageInJapanese } from './japanese.ts';

/** The coverage of the data within a caller's scope, and the sentence that goes with each answer. */
export interface CoverageStatement {
  readonly coverage: Coverage;
  readonly text: Readonly<Record<LanguageCode, string>>;
}

/**
 * Reads the coverage from `collection_status`, so that a caller with a limited scope is told of the
 * accounts in it and of no others. `condition` narrows it further: SQL on `collection_status AS s`.
 */
export async function readCoverage(
  engine: Engine,
  accountScope: readonly string[] | null,
  condition = 'true',
): Promise<CoverageStatement> {
  const asOf = new Date(engine.snapshot.asOf);
  const checked = guard(
    `SELECT s.status, count(*) AS n, count(DISTINCT s.account_id) AS accounts
     FROM kms_insights.collection_status AS s WHERE ${condition} GROUP BY s.status`,
    { asOf, accountScope },
  );
  if (!checked.ok) throw new Error(`the coverage query was refused: ${checked.error.message}`);
  const { rows } = await engine.run(checked.query);
  const of = (status: string, column: 1 | 2) =>
    Number(rows.find((row) => row[0] === status)?.[column] ?? 0);
  const coverage = {
    ok: of('OK', 1),
    partial: of('PARTIAL', 1),
    failed: of('FAILED', 1),
    skipped: of('SKIPPED', 1),
  };
  const accounts = {
    partial: of('PARTIAL', 2),
    failed: of('FAILED', 2),
    skipped: of('SKIPPED', 2),
  };
  const text = {
    en: coverageInEnglish(coverage, accounts),
    ja: coverageInJapanese(coverage, accounts),
  };
  return { coverage, text };
}

const n = (value: number) => value.toLocaleString('en-US');
const some = (value: number, one: string) => `${n(value)} ${one}${value === 1 ? '' : 's'}`;

function coverageInEnglish(
  coverage: Coverage,
  accounts: { readonly partial: number; readonly failed: number; readonly skipped: number },
): string {
  const read = coverage.ok + coverage.partial + coverage.failed;
  const sentences = [
    `${n(coverage.ok)} of ${some(read, 'account-Region')} were read completely.`,
    coverage.failed > 0
      ? `${n(coverage.failed)} could not be read (${some(accounts.failed, 'account')}): keys there are missing from this answer.`
      : '',
    coverage.partial > 0
      ? `${n(coverage.partial)} were read in part (${some(accounts.partial, 'account')}): some facts about keys there are unknown.`
      : '',
    coverage.skipped > 0
      ? `${some(accounts.skipped, 'account')} left out on purpose, such as suspended ones.`
      : '',
  ];
  return sentences.filter((s) => s !== '').join(' ');
}
