import { setTimeout as sleep } from 'node:timers/promises';
import type { Cell } from '../../../assistant/engine/engine.ts';

export interface TrinoColumn {
  readonly name: string;
  readonly type: string;
}

export interface TrinoResult {
  readonly columns: readonly TrinoColumn[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Why Trino did not answer a query, in its own words. */
export class TrinoError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(`${code}: ${message}`);
    this.name = 'TrinoError';
  }
}

interface Page {
  readonly nextUri?: string;
  readonly columns?: readonly TrinoColumn[];
  readonly data?: readonly (readonly Cell[])[];
  readonly error?: { readonly errorName: string; readonly message: string };
}

/** Integers that a JavaScript number cannot hold become text, as in the results of the engines. */
const readPage = (text: string): Page =>
  JSON.parse(
    text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
      /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token,
    ),
  ) as Page;

/** Runs a statement over Trino's own protocol, in UTC. Throws {@link TrinoError}. */
export async function runOnTrino(
  url: string,
  sql: string,
  schema = 'default',
  catalog: 'memory' | 'hive' = 'memory',
): Promise<TrinoResult> {
  let page = await request(`${url}/v1/statement`, {
    method: 'POST',
    body: sql,
    headers: {
      'X-Trino-User': 'conformance',
      'X-Trino-Catalog': catalog,
      'X-Trino-Schema': schema,
      'X-Trino-Time-Zone': 'UTC',
    },
  });
  let columns: readonly TrinoColumn[] = [];
  const rows: (readonly Cell[])[] = [];
  for (;;) {
    if (page.error) throw new TrinoError(page.error.errorName, page.error.message);
    columns = page.columns ?? columns;
    rows.push(...(page.data ?? []));
    if (page.nextUri === undefined) return { columns, rows };
    page = await request(page.nextUri, {});
  }
}

async function request(url: string, init: RequestInit): Promise<Page> {
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(url, init);
    const text = await response.text();
    if (response.ok) return readPage(text);
    // 503 means "ask again", says the protocol.
    if (response.status !== 503 || attempt > 20)
      throw new Error(`Trino answered HTTP ${response.status}: ${text.slice(0, 300)}`);
    await sleep(100);
  }
}
