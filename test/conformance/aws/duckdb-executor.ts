import type { Cell, Engine } from '../../../assistant/engine/engine.ts';
import { guard } from '../../../assistant/guard/guard.ts';
import type { Executor } from './athena-server.ts';
import { athenaText, athenaType } from './athena-text.ts';

/**
 * Runs the text that Athena is sent on DuckDB: the guard reads it and renders it for DuckDB. What it
 * asks for as JSON is taken out before, because the guard admits no such thing, and written as JSON
 * afterwards. Whether Trino takes the text and gives that JSON is tried on a real one.
 */
export function duckdbExecutor(engine: () => Engine): Executor {
  return async (sql) => {
    const { text, count } = withoutJson(sql);
    const checked = guard(text, {
      asOf: new Date(engine().snapshot.asOf),
      accountScope: null,
      defaultLimit: 1_000_000,
      maxLimit: 1_000_000,
    });
    if (!checked.ok) throw new Error(`line 1:1: ${checked.error.message}`);
    const { columns, rows } = await engine().run(checked.query);
    const nested = columns.map((c) => /^(?:array|map)\(/.test(c.type));
    const isJson = nested.map((n) => n && nested.filter(Boolean).length === count);
    return {
      columns: columns.map((c, i) => ({
        name: c.name,
        type: isJson[i] ? 'varchar' : athenaType(c.type),
      })),
      rows: rows.map((row) =>
        row.map((value, i) =>
          isJson[i] && value !== null
            ? JSON.stringify(value)
            : athenaText(value as Cell, columns[i]?.type ?? ''),
        ),
      ),
    };
  };
}

const BEGIN = 'json_format(CAST(';
const END = ' AS JSON))';

function withoutJson(sql: string): { readonly text: string; readonly count: number } {
  let text = '';
  let count = 0;
  let depth = 0;
  const opened: number[] = [];
  for (let at = 0; at < sql.length; ) {
    const literal = /^(?:'(?:[^']|'')*'|"(?:[^"]|"")*")/.exec(sql.slice(at))?.[0];
    if (literal) {
      text += literal;
      at += literal.length;
    } else if (sql.startsWith(BEGIN, at)) {
      opened.push(depth);
      at += BEGIN.length;
    } else if (opened.at(-1) === depth && sql.startsWith(END, at)) {
      opened.pop();
      count += 1;
      at += END.length;
    } else {
      if (sql[at] === '(') depth += 1;
      if (sql[at] === ')') depth -= 1;
      text += sql[at];
      at += 1;
    }
  }
  return { text, count };
}
