import { userInfo } from 'node:os';
import { resultHash } from '../../answer/result-hash.ts';
import { fileAudit } from '../../audit/audit.ts';
import { readCurrent } from '../../engine/duckdb/data-folder.ts';
import { guard } from '../../guard/guard.ts';
import type { GuardError } from '../../guard/types.ts';
import { runSql } from '../../sql.ts';
import { type EngineOptions, openEngine } from '../engine-options.ts';
import { type ExitCode, exitCode } from '../exit-codes.ts';
import { argumentOrStdin } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { renderTable, terminalSafe } from '../terminal.ts';

interface SqlOptions {
  readonly data: string;
  readonly json?: true;
}

/** `kms-insights sql "…"`: runs guarded SQL. */
export async function sqlCommand(
  argument: string,
  options: SqlOptions & EngineOptions,
): Promise<ExitCode> {
  const sql = await argumentOrStdin(argument);
  return interruptible((signal) => runAndPrint(sql, options, signal));
}

async function runAndPrint(
  sql: string,
  options: SqlOptions & EngineOptions,
  signal: AbortSignal,
): Promise<ExitCode> {
  const engine = await openEngine(options, signal);
  try {
    const outcome = await runSql(sql, {
      engine,
      audit: fileAudit(options.data),
      accountScope: null,
      user: userInfo().username,
      face: 'cli',
      clock: () => new Date(),
      signal,
    });
    switch (outcome.kind) {
      case 'refused':
        return refuse(outcome.error, options.json === true);
      case 'failed': {
        const { code, message, hint } = outcome.error;
        if (options.json)
          console.log(JSON.stringify({ error: { code, message, position: null, hint } }));
        console.error(`Error: ${terminalSafe(message)}\n${hint}`);
        return exitCode.failed;
      }
      case 'rows': {
        const { columns, rows } = outcome.result;
        if (options.json) {
          const body = {
            columns,
            rows,
            rowCount: rows.length,
            truncated: outcome.truncated,
            resultHash: resultHash(outcome.result),
            queryId: outcome.result.queryId,
            expense: outcome.result.expense,
          };
          console.log(JSON.stringify(body));
          return exitCode.ok;
        }
        console.log(renderTable(columns, rows));
        console.log(
          `\n${rows.length.toLocaleString('en-US')} ${rows.length === 1 ? 'row' : 'rows'}${outcome.truncated ? ' (cut by the default limit; write a LIMIT of your own, up to 10,000)' : ''}`,
        );
        return exitCode.ok;
      }
    }
  } finally {
    await engine.close();
  }
}

/** `kms-insights check-sql "…"`: the guard alone; prints the SQL that would run. */
export async function checkSqlCommand(argument: string, options: SqlOptions): Promise<ExitCode> {
  const sql = await argumentOrStdin(argument);
  // Without a snapshot there is no as-of time to pin; the check itself needs none.
  const asOf = await readCurrent(options.data).then(
    (snapshot) => new Date(snapshot.asOf),
    () => new Date(),
  );
  const checked = guard(sql, { asOf, accountScope: null });
  if (!checked.ok) return refuse(checked.error, options.json === true);
  const { trino, duckdb, tables, columns, limit } = checked.query;
  console.log(
    options.json ? JSON.stringify({ sql: trino, duckdb, tables, columns, limit }) : trino,
  );
  return exitCode.ok;
}

function refuse(error: GuardError, json: boolean): ExitCode {
  if (json) console.log(JSON.stringify({ error }));
  const place = error.position
    ? ` (line ${error.position.line}, column ${error.position.column})`
    : '';
  console.error(`Refused${place}: ${terminalSafe(error.message)}\n${terminalSafe(error.hint)}`);
  return exitCode.refused;
}
