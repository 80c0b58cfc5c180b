import {
  type Engine,
  EngineError,
  type QueryResult,
  type ResultColumn,
} from '../../engine/engine.ts';
import { guard } from '../../guard/guard.ts';

/** A model's query after the guard has looked at it. */
export type Checked =
  | {
      readonly ok: true;
      /** As the guard renders it. */
      readonly sql: string;
      /** The table of which each row of the result is one row; null where there is none. */
      readonly rowsOf: string | null;
      readonly columns: readonly ResultColumn[];
      /** The LIMIT that the model itself wrote; null when it wrote none. */
      readonly limit: number | null;
    }
  | {
      readonly ok: false;
      /** The place, the reason and the fix, for the model. */
      readonly error: string;
    };

/** What came of trying a query. */
export type Preview =
  /** The first few rows. */
  | { readonly kind: 'rows'; readonly rows: QueryResult['rows'] }
  /** It is for the model to mend. The text is the engine's, and may hold values of the data. */
  | { readonly kind: 'failed'; readonly error: string }
  /** The engine cannot be used just now, which says nothing of the query. */
  | { readonly kind: 'untried' };

/** How the queries of a model are tried before they are answered with. */
export interface Trial {
  readonly check: (sql: string) => Checked;
  readonly preview: (sql: string, signal?: AbortSignal) => Promise<Preview>;
}

/** So many rows of a query are looked at. */
const PREVIEW_ROWS = 5;

/** The failures of an engine that another query might not have. */
const forTheModel: ReadonlySet<string> = new Set([
  'FAILED',
  'TIMEOUT',
  'OUT_OF_MEMORY',
  'SCAN_LIMIT',
]);

/** Trials by the guard and an engine, within the caller's scope. */
export function trialBy(engine: Engine, accountScope: readonly string[] | null): Trial {
  const options = { asOf: new Date(engine.snapshot.asOf), accountScope };
  const refusal = ({ code, message, position, hint }: GuardRefusal) =>
    `${code} at line ${position.line}, column ${position.column}: ${message} ${hint}`;
  return {
    check: (sql) => {
      const checked = guard(sql, options);
      if (!checked.ok) return { ok: false, error: refusal(checked.error) };
      const { trino, rowsOf, columns, limit } = checked.query;
      return { ok: true, sql: trino, rowsOf, columns, limit: limit.setByGuard ? null : limit.rows };
    },
    preview: async (sql, signal) => {
      const checked = guard(sql, {
        ...options,
        defaultLimit: PREVIEW_ROWS,
        maxLimit: PREVIEW_ROWS,
      });
      if (!checked.ok) return { kind: 'failed', error: refusal(checked.error) };
      try {
        return { kind: 'rows', rows: (await engine.run(checked.query, signal)).rows };
      } catch (error) {
        signal?.throwIfAborted();
        if (!(error instanceof EngineError)) throw error;
        if (!forTheModel.has(error.code)) return { kind: 'untried' };
        return { kind: 'failed', error: `${error.code}: ${error.message} ${error.hint}` };
      }
    },
  };
}

type GuardRefusal = Extract<ReturnType<typeof guard>, { ok: false }>['error'];
