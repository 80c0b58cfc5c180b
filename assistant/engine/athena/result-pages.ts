import type { CheckedQuery } from '../../guard/types.ts';
import type { Cell } from '../engine.ts';
import type { AthenaApi } from './api.ts';
import { rowReader, unexpected, withoutHeader } from './result-columns.ts';

/** The most that GetQueryResults gives at once. */
const PAGE_ROWS = 1_000;

interface Pages {
  readonly rows: readonly (readonly Cell[])[];
  /** True when there are more rows, or bytes, than may be read. */
  readonly truncated: boolean;
}

/** Reads the result of a query that has succeeded, page by page, up to the bounds. */
export async function readPages(
  api: AthenaApi,
  id: string,
  columns: CheckedQuery['columns'],
  bounds: { readonly maxRows: number; readonly maxBytes: number },
  signal: AbortSignal,
): Promise<Pages> {
  const rows: (readonly Cell[])[] = [];
  let bytes = 0;
  let read: ReturnType<typeof rowReader> | undefined;
  let token: string | undefined;
  for (;;) {
    const page = await api.results(
      {
        QueryExecutionId: id,
        MaxResults: PAGE_ROWS,
        ...(token === undefined ? {} : { NextToken: token }),
      },
      signal,
    );
    const told = page.ResultSet?.ResultSetMetadata?.ColumnInfo ?? [];
    const isFirst = read === undefined;
    read ??= rowReader(columns, told);
    const data = page.ResultSet?.Rows ?? [];
    for (const row of isFirst ? withoutHeader(data, told) : data) {
      if (rows.length >= bounds.maxRows) return { rows, truncated: true };
      for (const { VarCharValue } of row.Data ?? []) bytes += Buffer.byteLength(VarCharValue ?? '');
      if (bytes > bounds.maxBytes) return { rows, truncated: true };
      rows.push(read(row));
    }
    if (page.NextToken === undefined) return { rows, truncated: false };
    if (page.NextToken === token) throw unexpected('a page names itself as the next');
    token = page.NextToken;
  }
}
