import { useDeferredValue, useId, useMemo, useState } from 'react';
import type { Cell, ResultColumn } from '../../../assistant/server/api.ts';
import { useMessages } from '../messages/MessagesContext.ts';
import { filterRows, searchTexts } from './filter.ts';
import { nextOrder, type Order, sortRows } from './order.ts';
import { RowDetails } from './RowDetails.tsx';
import { RowsView } from './RowsView.tsx';

interface Props {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Below this many rows a filter is only in the way. */
const filterFrom = 8;

/** The rows of an answer, to sort, to filter, and to read one by one. */
export function ResultTable({ columns, rows }: Props) {
  const messages = useMessages();
  const filterId = useId();
  const [order, setOrder] = useState<Order | null>(null);
  const [filter, setFilter] = useState('');
  const [open, setOpen] = useState<number | null>(null);
  const wanted = useDeferredValue(filter);

  // Made at the first use of the filter; a table is mostly just read.
  const filtering = wanted.trim() !== '';
  const texts = useMemo(
    () => (filtering ? searchTexts(rows, columns) : null),
    [filtering, rows, columns],
  );
  const positions = useMemo(
    () =>
      sortRows(texts ? filterRows(texts, wanted) : rows.map((_, at) => at), rows, columns, order),
    [texts, wanted, rows, columns, order],
  );

  if (rows.length === 0) return <p className="no-rows">{messages.noRows}</p>;
  const opened = open === null ? undefined : rows[open];
  return (
    <div className="result">
      <div className="result-tools">
        <span className="row-count" role="status">
          {messages.rowsShown(positions.length, rows.length)}
        </span>
        {rows.length >= filterFrom && (
          <>
            <label className="unseen" htmlFor={filterId}>
              {messages.filter}
            </label>
            <input
              id={filterId}
              className="filter"
              type="search"
              placeholder={messages.filter}
              value={filter}
              onChange={(event) => setFilter(event.target.value)}
            />
          </>
        )}
      </div>
      <RowsView
        columns={columns}
        rows={rows}
        positions={positions}
        order={order}
        onSort={(column) => setOrder(nextOrder(order, column))}
        onOpen={setOpen}
      />
      {positions.length === 0 && <p className="no-rows">{messages.noRowsForFilter}</p>}
      {opened && open !== null && (
        <RowDetails
          columns={columns}
          row={opened}
          number={open + 1}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}
