import type { Cell, ResultColumn } from '../engine/engine.ts';
import type { ModelUse, TranslatedBy } from '../translate/translator.ts';
import type { Narrative } from './narrative.ts';

/** How much of the organization the data covers, in account-Regions. */
export interface Coverage {
  readonly ok: number;
  readonly partial: number;
  readonly failed: number;
  readonly skipped: number;
}

/** A chart that suits the result: one bar per row, `x` names the bar, `y` is its length. */
export interface Chart {
  readonly kind: 'bar';
  /** Name of the result column that names the bars. */
  readonly x: string;
  /** Name of the result column that holds the lengths. */
  readonly y: string;
  readonly unit: 'USD' | 'days' | 'percent' | null;
}

/** Everything that is needed to check an answer, or to get it again. */
export interface Evidence {
  readonly id: string;
  readonly question: string;
  /** Who asked, by the name in the audit log. */
  readonly askedBy: string;
  readonly interpretation: string;
  /** The SQL that ran, in Trino's dialect; `kms-insights sql` runs it again. */
  readonly sql: string;
  readonly tables: readonly string[];
  /** The moment the data speaks of, to which current_date and kin were pinned (UTC, ISO 8601). */
  readonly asOf: string;
  readonly snapshotId: string;
  readonly origin: 'simulated' | 'aws';
  readonly engine: 'duckdb' | 'athena';
  readonly queryId: string;
  readonly rowCount: number;
  /** SHA-256 over the columns and the rows, whatever the order of the rows. */
  readonly resultHash: string;
  /** What made the query; where a model was asked in vain, the translator that stood in. */
  readonly translator: TranslatedBy;
  /** The model that was asked, also in vain, and what it took; null when none was. */
  readonly model: ModelUse | null;
  /** What the model said of the rows, and how that was checked; null when it was not asked to. */
  readonly narrative: Narrative | null;
  readonly answeredAt: string;
  readonly elapsedMs: number;
  /** Bytes scanned; null where the engine does not bill by them, as the cost in US dollars. */
  readonly scannedBytes: number | null;
  readonly costUsd: number | null;
  /** Milliseconds that the engine let the query wait, and that it ran; null where not told. */
  readonly queuedMs: number | null;
  readonly executionMs: number | null;
  /** True when the engine gave the rows of an earlier, equal query over the same snapshot. */
  readonly reusedResult: boolean;
  readonly coverage: Coverage;
  readonly coverageText: string;
}

interface Asked {
  readonly id: string;
  readonly question: string;
  readonly translator: TranslatedBy;
}

/** The question was understood, run, and answered. */
export interface Answered extends Asked {
  readonly status: 'answered';
  readonly interpretation: string;
  readonly sql: string;
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly Cell[])[];
  /** Rows in `rows`. */
  readonly rowCount: number;
  /** Rows that match in all; null when the limit cut some off and the number is not known. */
  readonly totalRows: number | null;
  readonly truncated: boolean;
  /** The headline, made from the rows by code. */
  readonly summary: string;
  /** What a model says of the rows besides, with nothing in it that is not found in them; else null. */
  readonly narrative: string | null;
  readonly notes: readonly string[];
  readonly chart: Chart | null;
  readonly evidence: Evidence;
  readonly followUps: readonly string[];
}

/** The question can be read in several ways, or a word was not understood. */
export interface Clarify extends Asked {
  readonly status: 'clarify';
  readonly message: string;
  /** Complete questions to choose from. */
  readonly choices: readonly string[];
  readonly unknownWords: readonly string[];
}

/** The question cannot be answered from this data, or was not understood. */
export interface Declined extends Asked {
  readonly status: 'declined';
  readonly message: string;
  readonly nearest: readonly string[];
  readonly unknownWords: readonly string[];
}

/** Something broke on the way; nothing is claimed. */
export interface Failed extends Asked {
  readonly status: 'error';
  readonly error: { readonly code: string; readonly message: string; readonly hint: string };
}

export type Answer = Answered | Clarify | Declined | Failed;
