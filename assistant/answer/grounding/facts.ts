import { type Cell, isNumeric, type QueryResult } from '../../engine/engine.ts';

/** The numbers of one column, with the row of each. */
export interface NumberColumn {
  readonly at: number;
  readonly name: string;
  /** Whether values can have a fraction, as amounts and percentages do. */
  readonly fractional: boolean;
  /** Whether it can be a count: Trino counts in bigint, and no column of the contract has that type. */
  readonly counting: boolean;
  readonly values: readonly { readonly row: number; readonly value: number }[];
}

/** What a result holds, ready for comparing with what a text says. */
export interface Facts {
  readonly rows: readonly (readonly Cell[])[];
  readonly numbers: readonly NumberColumn[];
  /** Texts of cells, and of the elements of arrays and maps in them; maps also as `key=value`. */
  readonly texts: ReadonlySet<string>;
  /** All of those in one, each on a line. */
  readonly allText: string;
  /** Dates and timestamps, as the engine prints them. */
  readonly moments: readonly string[];
  /** Per column: its name and how many rows have each value; null as the empty key. */
  readonly columns: readonly ColumnFacts[];
}

export interface ColumnFacts {
  readonly name: string;
  readonly counts: ReadonlyMap<string, number>;
  readonly nulls: number;
}

/** A date or a timestamp as the engine prints it, alone. */
export const moment = /^\d{4}-\d{2}(?:-\d{2})?(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/;

export function factsOf({ columns, rows }: Pick<QueryResult, 'columns' | 'rows'>): Facts {
  const texts = new Set<string>();
  for (const row of rows) for (const cell of row) addTexts(cell, texts);
  return {
    rows,
    numbers: columns.flatMap((column, at) =>
      isNumeric(column)
        ? [
            {
              at,
              name: column.name,
              fractional: /^(?:double|real|decimal)/.test(column.type),
              counting: column.type === 'bigint',
              values: rows.flatMap((cells, row) => {
                const value = cells[at] ?? null;
                return value === null || !Number.isFinite(Number(value))
                  ? []
                  : [{ row, value: Number(value) }];
              }),
            },
          ]
        : [],
    ),
    texts,
    allText: [...texts].join('\n'),
    moments: [...texts].filter((text) => moment.test(text)),
    columns: columns.map((column, at) => {
      const counts = new Map<string, number>();
      let nulls = 0;
      for (const row of rows) {
        const cell = row[at] ?? null;
        if (cell === null) nulls++;
        else counts.set(keyOf(cell), (counts.get(keyOf(cell)) ?? 0) + 1);
      }
      return { name: column.name, counts, nulls };
    }),
  };
}

const keyOf = (cell: Cell): string =>
  typeof cell === 'object' ? JSON.stringify(cell) : String(cell);

function addTexts(cell: Cell, texts: Set<string>): void {
  if (cell === null) return;
  if (typeof cell !== 'object') {
    texts.add(String(cell));
  } else if (Array.isArray(cell)) {
    for (const element of cell as readonly Cell[]) addTexts(element, texts);
  } else {
    for (const [key, value] of Object.entries(cell as Readonly<Record<string, Cell>>)) {
      texts.add(key);
      addTexts(value, texts);
      texts.add(`${key}=${String(value)}`);
    }
  }
}
