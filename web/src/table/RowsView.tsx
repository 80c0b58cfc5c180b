import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import type { Cell, ResultColumn } from '../../../assistant/server/api.ts';
import { useMessages } from '../messages/MessagesContext.ts';
import { isNumericType } from './cellView.ts';
import type { Order } from './order.ts';
import { TableHead } from './TableHead.tsx';
import { TableRow } from './TableRow.tsx';
import { useRowWindow } from './useRowWindow.ts';
import { columnWidths } from './widths.ts';

interface Props {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly Cell[])[];
  /** The rows to show, in order, by their place in `rows`. */
  readonly positions: readonly number[];
  readonly order: Order | null;
  readonly onSort: (column: number) => void;
  readonly onOpen: (position: number) => void;
}

/**
 * The table itself. Only the rows in view are built; two spacer rows stand for the others. One row
 * button at a time is in the tab order, and the arrow keys move it.
 */
export function RowsView({ columns, rows, positions, order, onSort, onOpen }: Props) {
  const messages = useMessages();
  const frame = useRef<HTMLElement>(null);
  const { start, end, rowHeight, pageRows, reveal } = useRowWindow(frame, positions);
  const [active, setActive] = useState(0);
  const widths = useMemo(() => columnWidths(columns, rows), [columns, rows]);
  const numeric = useMemo(
    () => columns.map((column, index) => isNumeric(column, index, rows)),
    [columns, rows],
  );
  const reachable = Math.min(Math.max(active, start), end - 1);

  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: reachable + 1,
      ArrowUp: reachable - 1,
      PageDown: reachable + pageRows,
      PageUp: reachable - pageRows,
      Home: 0,
      End: positions.length - 1,
    };
    const target = steps[event.key];
    if (target === undefined) return;
    event.preventDefault();
    const next = Math.min(Math.max(target, 0), positions.length - 1);
    setActive(next);
    reveal(next);
  };

  return (
    // A part that scrolls must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className="rows" ref={frame} tabIndex={0} aria-label={messages.table}>
      <table aria-rowcount={positions.length + 1}>
        <colgroup>
          <col className="column-number" />
          {widths.map((width, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns never change places
            <col key={index} style={{ width: `calc(${width}ch + 2 * var(--cell-space))` }} />
          ))}
          <col />
        </colgroup>
        <TableHead columns={columns} numeric={numeric} order={order} onSort={onSort} />
        <tbody onKeyDown={onKeyDown}>
          {start > 0 && <Spacer height={start * rowHeight} />}
          {positions.slice(start, end).map((position, offset) => (
            <TableRow
              key={position}
              columns={columns}
              numeric={numeric}
              row={rows[position] ?? []}
              number={position + 1}
              place={start + offset}
              reachable={start + offset === reachable}
              onOpen={onOpen}
            />
          ))}
          {end < positions.length && <Spacer height={(positions.length - end) * rowHeight} />}
        </tbody>
      </table>
    </section>
  );
}

function Spacer({ height }: { readonly height: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a table row takes no focus
    <tr aria-hidden="true" className="spacer">
      <td className="spacer-space" style={{ height }} />
    </tr>
  );
}

function isNumeric(
  column: ResultColumn,
  index: number,
  rows: readonly (readonly Cell[])[],
): boolean {
  if (isNumericType(column.type)) return true;
  if (column.type !== 'unknown') return false;
  const values = rows.map((row) => row[index] ?? null).filter((cell) => cell !== null);
  return values.length > 0 && values.every((cell) => typeof cell === 'number');
}
