import type { ResultColumn } from '../../../assistant/server/api.ts';
import { useMessages } from '../messages/MessagesContext.ts';
import { columnLabel } from '../text/columnLabel.ts';
import { DataText } from '../text/DataText.tsx';
import { visible } from '../text/invisible.ts';
import { isUtcType } from './cellView.ts';
import type { Order } from './order.ts';

interface Props {
  readonly columns: readonly ResultColumn[];
  readonly numeric: readonly boolean[];
  readonly order: Order | null;
  readonly onSort: (column: number) => void;
}

/** The headings, which sort. */
export function TableHead({ columns, numeric, order, onSort }: Props) {
  const messages = useMessages();
  return (
    <thead>
      <tr aria-rowindex={1}>
        <th scope="col" className="cell-number">
          <span className="unseen">{messages.rowNumber}</span>
          <span aria-hidden="true">#</span>
        </th>
        {columns.map((column, index) => {
          const direction = order?.column === index ? order.direction : undefined;
          return (
            <th
              // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have the same name
              key={index}
              scope="col"
              aria-sort={direction ?? 'none'}
              className={numeric[index] ? 'numeric' : undefined}
            >
              <button
                type="button"
                className="sort"
                title={visible(`${column.name} (${column.type})`)}
                onClick={() => onSort(index)}
              >
                <span className="sort-label">
                  <DataText>{columnLabel(column.name)}</DataText>
                  {isUtcType(column.type) && <span className="unit"> {messages.utc}</span>}
                </span>
                <span className="sort-mark" aria-hidden="true">
                  {direction === 'ascending' ? '▲' : direction === 'descending' ? '▼' : ''}
                </span>
              </button>
            </th>
          );
        })}
        <td aria-hidden="true" />
      </tr>
    </thead>
  );
}
