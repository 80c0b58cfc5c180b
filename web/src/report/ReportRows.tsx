import type { Answer, Cell, ResultColumn } from '../../../assistant/server/api.ts';
import { useMessages } from '../messages/MessagesContext.ts';
import { ScrollFrame } from '../page/ScrollFrame.tsx';
import { CellContent } from '../table/CellContent.tsx';
import { isNumericType } from '../table/cellView.ts';
import { columnWidths } from '../table/widths.ts';
import { columnLabel } from '../text/columnLabel.ts';

type Answered = Extract<Answer, { status: 'answered' }>;

/** More rows than this are for the CSV file: some thirty pages are still read. */
export const mostRows = 1_000;

/** A table of more columns than this takes a page across; of more than `mostColumns`, a list reads better. */
const acrossFrom = 6;
const mostColumns = 12;

/** Characters of the number of a row, with some room. */
const numberWidth = 6;

/** Long values wrap, so that short ones such as account ids need not. In characters. */
const widest = 26;
const padding = 4;

export const isAcross = ({ length }: readonly ResultColumn[]): boolean =>
  length >= acrossFrom && length <= mostColumns;

/** Every row of the answer up to a number, and how many there are besides. */
export function ReportRows({ answer }: { readonly answer: Answered }) {
  const messages = useMessages();
  const { columns, totalRows, truncated } = answer;
  const rows = answer.rows.slice(0, mostRows);
  if (rows.length === 0) return <p className="no-rows">{messages.noRows}</p>;
  const cut = truncated || answer.rows.length > rows.length;
  return (
    <>
      {cut && (
        <p className="warning">
          {messages.rowsCut(rows.length, totalRows ?? (truncated ? null : answer.rows.length))}
        </p>
      )}
      {columns.length > mostColumns ? (
        <RowList columns={columns} rows={rows} />
      ) : (
        <RowTable columns={columns} rows={rows} />
      )}
    </>
  );
}

interface Props {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly Cell[])[];
}

function RowTable({ columns, rows }: Props) {
  const messages = useMessages();
  const widths = columnWidths(columns, rows).map((width) => Math.min(width, widest) + padding);
  const whole = widths.reduce((sum, width) => sum + width, numberWidth);
  const share = (width: number) => `${((100 * width) / whole).toFixed(2)}%`;
  const numeric = columns.map(({ type }) => isNumericType(type));
  return (
    <ScrollFrame className="report-rows" label={messages.table}>
      <table>
        <colgroup>
          <col width={share(numberWidth)} />
          {widths.map((width, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have the same name
            <col key={at} width={share(width)} />
          ))}
        </colgroup>
        <thead>
          <tr>
            <th scope="col">
              <span aria-hidden="true">#</span>
              <span className="unseen">{messages.rowNumber}</span>
            </th>
            {columns.map(({ name }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have the same name
              <th key={at} scope="col" className={numeric[at] ? 'numeric' : undefined}>
                {columnLabel(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, number) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows of an answer never change places
            <tr key={number}>
              <th scope="row">{number + 1}</th>
              {columns.map((column, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have the same name
                <td key={at} className={numeric[at] ? 'numeric' : undefined}>
                  <CellContent cell={row[at] ?? null} column={column} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

/** Each row as a list of its values, where there are more columns than a page is wide. */
function RowList({ columns, rows }: Props) {
  const messages = useMessages();
  return (
    <ol className="report-list">
      {rows.map((row, number) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows of an answer never change places
        <li key={number}>
          <h4>{messages.rowTitle(number + 1)}</h4>
          <dl className="facts">
            {columns.map((column, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have the same name
              <div key={at}>
                <dt>{columnLabel(column.name)}</dt>
                <dd>
                  <CellContent cell={row[at] ?? null} column={column} />
                </dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ol>
  );
}
