import { useId, useMemo } from 'react';
import type { Cell, Chart, ResultColumn } from '../../../assistant/server/api.ts';
import { useMessages } from '../messages/MessagesContext.ts';
import { columnLabel } from '../text/columnLabel.ts';
import { DataText } from '../text/DataText.tsx';
import { barsOf } from './bars.ts';

interface Props {
  readonly chart: Chart;
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Bars side by side with their names and values as text, which a screen reader reads as a list. */
export function BarChart({ chart, columns, rows }: Props) {
  const messages = useMessages();
  const id = useId();
  const drawn = useMemo(() => barsOf(chart, columns, rows), [chart, columns, rows]);
  if (!drawn) return null;
  return (
    <figure className="chart" aria-labelledby={id}>
      <figcaption id={id} className="small-title">
        {messages.chart(columnLabel(chart.y), columnLabel(chart.x))}
      </figcaption>
      <ol className="bars">
        {drawn.bars.map((bar, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: bars have no other identity than their row
          <li key={index}>
            <span className="bar-label">
              {bar.label === null ? (
                <span className="absent">{messages.noValue}</span>
              ) : bar.label === '' ? (
                <span className="absent">{messages.emptyText}</span>
              ) : (
                <DataText>{bar.label}</DataText>
              )}
            </span>
            <svg className="bar" aria-hidden="true">
              <rect className="bar-track" width="100%" height="100%" rx="3" />
              <rect
                className={bar.negative ? 'bar-fill bar-negative' : 'bar-fill'}
                x={`${bar.from * 100}%`}
                width={`${bar.length * 100}%`}
                height="100%"
                rx="3"
              />
            </svg>
            <span className="bar-value">{bar.value ?? messages.noValue}</span>
          </li>
        ))}
      </ol>
      {drawn.left > 0 && <p className="fine-print">{messages.chartLeft(drawn.left)}</p>}
    </figure>
  );
}
