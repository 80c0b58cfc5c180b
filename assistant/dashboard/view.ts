import type { Coverage } from '../answer/answer.ts';
import { type CoverageStatement, readCoverage } from '../answer/coverage.ts';
import type { AskDependencies } from '../ask.ts';
import type { Cell, SnapshotInfo } from '../engine/engine.ts';
import { runSql } from '../sql.ts';
import type { LanguageCode } from '../translate/language.ts';
import { type KeyFilter, placesRead } from './key-filter.ts';

/** Who looks, in which language, and at which data. */
export interface Viewer {
  readonly dependencies: AskDependencies;
  readonly user: string;
  readonly language: LanguageCode;
  readonly signal?: AbortSignal;
}

/** The values of a row by the names of its columns. */
export type NamedRow = Readonly<Record<string, Cell>>;

/** What everything that is shown says of the data it rests on. */
export interface DataShown extends SnapshotInfo {
  /** Of the account-Regions that the view is about. */
  readonly coverage: Coverage;
  readonly coverageText: string;
}

/**
 * The rows of a query that this project wrote: checked, narrowed to the accounts of the viewer and
 * recorded like anyone's. Throws `EngineError` when the engine cannot answer, and when it left rows out,
 * unless who asks says how many there are in all.
 */
export async function rowsOf(
  viewer: Viewer,
  sql: string,
  mayBeCut = false,
): Promise<readonly NamedRow[]> {
  const { engine, audit, accountScope, clock } = viewer.dependencies;
  const outcome = await runSql(sql, {
    engine,
    audit,
    accountScope,
    clock,
    user: viewer.user,
    face: 'http',
    ...(viewer.signal ? { signal: viewer.signal } : {}),
  });
  if (outcome.kind === 'failed') throw outcome.error;
  if (outcome.kind === 'refused') {
    throw new Error(`a query of the dashboard was refused: ${outcome.error.message}\n${sql}`);
  }
  if (outcome.truncated && !mayBeCut)
    throw new Error(`a query of the dashboard was cut short: ${sql}`);
  const { columns, rows } = outcome.result;
  return rows.map((row) =>
    Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null])),
  );
}

/** Snapshot, moment and coverage of what is shown. */
export async function dataShown(viewer: Viewer, filter: KeyFilter): Promise<DataShown> {
  const { engine, accountScope } = viewer.dependencies;
  const { snapshotId, asOf, origin } = engine.snapshot;
  const { coverage, text }: CoverageStatement = await readCoverage(
    engine,
    accountScope,
    placesRead(filter),
  );
  return { snapshotId, asOf, origin, coverage, coverageText: text[viewer.language] };
}

/** A count, which engines give as a number or, beyond 2^53, as text. */
export const count = (cell: Cell | undefined): number => Number(cell ?? 0);

/** A text; the empty text for no value. */
export const text = (cell: Cell | undefined): string => (typeof cell === 'string' ? cell : '');
