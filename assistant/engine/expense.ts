/** What a query took, as far as the engine tells. */
export interface Expense {
  /** Bytes scanned; null where the engine does not bill by them. */
  readonly scannedBytes: number | null;
  /** US dollars for the bytes scanned; null where the engine does not bill by them. */
  readonly costUsd: number | null;
  /** Milliseconds that the query waited for its turn, and that it ran; null where not told. */
  readonly queuedMs: number | null;
  readonly executionMs: number | null;
  /** True when the rows were those of an earlier, equal query over the same snapshot. */
  readonly reused: boolean;
}

/** What a query on this machine takes: nothing that is counted. */
export const NO_EXPENSE: Expense = {
  scannedBytes: null,
  costUsd: null,
  queuedMs: null,
  executionMs: null,
  reused: false,
};

/** What two queries took that made one answer; the rows are those of the first. */
export function addExpenses(first: Expense, second: Expense): Expense {
  const add = (a: number | null, b: number | null) =>
    a === null && b === null ? null : (a ?? 0) + (b ?? 0);
  return {
    scannedBytes: add(first.scannedBytes, second.scannedBytes),
    costUsd: add(first.costUsd, second.costUsd),
    queuedMs: add(first.queuedMs, second.queuedMs),
    executionMs: add(first.executionMs, second.executionMs),
    reused: first.reused,
  };
}
