import type { Cell, ResultColumn } from '../engine/engine.ts';
import type { TranslatedBy } from '../translate/translator.ts';
import type { Chart, Evidence } from './answer.ts';

/** What is told while a question is being answered: the name of each event, and its data. */
export interface AnswerEvents {
  readonly interpretation: { readonly text: string };
  readonly sql: { readonly sql: string; readonly translator: TranslatedBy };
  readonly rows: {
    readonly columns: readonly ResultColumn[];
    readonly rows: readonly (readonly Cell[])[];
    readonly rowCount: number;
    /** Rows that match in all; null when more than `rowCount` match and the number is not known. */
    readonly totalRows: number | null;
    readonly truncated: boolean;
  };
  readonly summary: { readonly text: string; readonly notes: readonly string[] };
  readonly chart: Chart;
  /** What a model says of the rows, once every number and name in it was found in them. */
  readonly narrative: { readonly text: string };
  readonly evidence: Evidence;
  readonly clarify: {
    readonly message: string;
    readonly choices: readonly string[];
    readonly unknownWords: readonly string[];
  };
  readonly declined: {
    readonly message: string;
    readonly nearest: readonly string[];
    readonly unknownWords: readonly string[];
  };
  readonly error: { readonly code: string; readonly message: string; readonly hint: string };
}

/** One event, with its name as `type`. */
export type AskEvent = {
  [Name in keyof AnswerEvents]: { readonly type: Name; readonly data: AnswerEvents[Name] };
}[keyof AnswerEvents];
