import { memo } from 'react';
import type { Cell, ResultColumn } from '../../../assistant/server/api.ts';
import { useMessages } from '../messages/MessagesContext.ts';
import { CellContent } from './CellContent.tsx';
import { KeyLink } from './KeyLink.tsx';

interface Props {
  readonly columns: readonly ResultColumn[];
  readonly numeric: readonly boolean[];
  readonly row: readonly Cell[];
  /** Counted from 1, in the order in which the answer came. */
  readonly number: number;
  /** Counted from 0, in the order shown. */
  readonly place: number;
  /** Whether the row's button is the one in the tab order. */
  readonly reachable: boolean;
  readonly onOpen: (position: number) => void;
}

/** One row on one line; its number opens it in full. */
export const TableRow = memo(function TableRow(props: Props) {
  const messages = useMessages();
  const { columns, numeric, row, number, place, reachable, onOpen } = props;
  return (
    <tr aria-rowindex={place + 2}>
      <th scope="row" className="cell-number">
        <button
          type="button"
          data-place={place}
          tabIndex={reachable ? 0 : -1}
          aria-label={messages.showRow(number)}
          title={messages.showRow(number)}
          onClick={() => onOpen(number - 1)}
        >
          {number}
        </button>
      </th>
      {columns.map((column, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have the same name
        <td key={index} className={numeric[index] ? 'numeric' : undefined}>
          <div className="cell">
            <KeyLink columns={columns} row={row} column={column} reachable={reachable}>
              <CellContent cell={row[index] ?? null} column={column} />
            </KeyLink>
          </div>
        </td>
      ))}
      <td aria-hidden="true" />
    </tr>
  );
});
