import { useEffect, useId, useRef } from 'react';
import type { Cell, ResultColumn } from '../../../assistant/server/api.ts';
import { useMessages } from '../messages/MessagesContext.ts';
import { columnLabel } from '../text/columnLabel.ts';
import { DataLines } from '../text/DataLines.tsx';
import { DataText } from '../text/DataText.tsx';
import { layOutJson } from '../text/json.ts';
import { CellContent } from './CellContent.tsx';
import { isUtcType } from './cellView.ts';
import { KeyLink } from './KeyLink.tsx';

interface Props {
  readonly columns: readonly ResultColumn[];
  readonly row: readonly Cell[];
  readonly number: number;
  readonly onClose: () => void;
}

/** Every value of one row, in full. */
export function RowDetails({ columns, row, number, onClose }: Props) {
  const messages = useMessages();
  const title = useId();
  const dialog = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);

  return (
    <dialog ref={dialog} className="row-details" aria-labelledby={title} onClose={onClose}>
      <div className="row-details-head">
        <h3 id={title}>{messages.rowTitle(number)}</h3>
        <button type="button" className="quiet-button" onClick={() => dialog.current?.close()}>
          {messages.close}
        </button>
      </div>
      <dl className="facts">
        {columns.map((column, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have the same name
          <div key={index}>
            <dt>
              <DataText>{columnLabel(column.name)}</DataText>
              {isUtcType(column.type) && ` ${messages.utc}`}
            </dt>
            <dd>
              <KeyLink
                columns={columns}
                row={row}
                column={column}
                reachable
                onFollow={() => dialog.current?.close()}
              >
                <FullValue cell={row[index] ?? null} column={column} />
              </KeyLink>
            </dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}

function FullValue({ cell, column }: { readonly cell: Cell; readonly column: ResultColumn }) {
  if (typeof cell === 'number') return String(cell);
  if (typeof cell !== 'string' || !/^\s*[[{]/.test(cell)) {
    return <CellContent cell={cell} column={column} />;
  }
  // Only the line ends that the layout adds, or that the document has, are left as line ends.
  return (
    <div className="document">
      <DataLines>{layOutJson(cell)}</DataLines>
    </div>
  );
}
