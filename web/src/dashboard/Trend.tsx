import type { TrendPoint } from '../../../assistant/server/api.ts';
import { lineOf } from '../chart/line.ts';
import { useMessages } from '../messages/MessagesContext.ts';
import { ScrollFrame } from '../page/ScrollFrame.tsx';
import { formatMoney, formatNumber } from '../text/number.ts';
import { Panel } from './Panel.tsx';

const money = (value: number): string => `$${formatMoney(value)}`;

/** How the numbers went over the snapshots, each with a scale of its own. */
export function Trend({ points }: { readonly points: readonly TrendPoint[] }) {
  const messages = useMessages();
  const series = [
    { name: messages.totalKeys, of: (p: TrendPoint) => p.keys, say: formatNumber },
    {
      name: messages.managers.CUSTOMER,
      of: (p: TrendPoint) => p.customerManaged,
      say: formatNumber,
    },
    { name: messages.graveKeys, of: (p: TrendPoint) => p.grave, say: formatNumber },
    { name: messages.monthlyCost, of: (p: TrendPoint) => p.monthlyCostUsd, say: money },
    { name: messages.unread, of: (p: TrendPoint) => p.unread, say: formatNumber },
  ];
  const first = points[0];
  const last = points.at(-1);
  if (points.length < 2 || !first || !last) {
    return (
      <Panel title={messages.trendTitle} wide>
        <p className="no-rows">{messages.noTrend}</p>
      </Panel>
    );
  }
  return (
    <Panel title={messages.trendTitle} note={messages.trendNote} wide>
      <ul className="trends">
        {series.map(({ name, of, say }) => {
          const line = lineOf(points.map((p) => ({ date: p.date, value: of(p) })));
          return (
            <li key={name}>
              <span className="small-title">{name}</span>
              <span className="trend-value">{say(of(last))}</span>
              <svg
                className="trend-line"
                viewBox="0 -2 100 44"
                preserveAspectRatio="none"
                aria-hidden="true"
              >
                <polyline points={line?.points} vectorEffect="non-scaling-stroke" />
              </svg>
              <span className="fine-print">
                {messages.trendSpan(
                  first.date,
                  say(of(first)),
                  difference(of(last) - of(first), say),
                )}
              </span>
            </li>
          );
        })}
      </ul>
      <details className="trend-table">
        <summary>{messages.asTable}</summary>
        <ScrollFrame className="mark-table-frame" label={messages.tableOf(messages.trendTitle)}>
          <table className="mark-table">
            <thead>
              <tr>
                <th scope="col">{messages.day}</th>
                {series.map(({ name }) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {points.map((point) => (
                <tr key={point.snapshotId}>
                  <th scope="row">{point.date}</th>
                  {series.map(({ name, of, say }) => (
                    <td key={name}>{say(of(point))}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollFrame>
      </details>
    </Panel>
  );
}

function difference(value: number, say: (value: number) => string): string {
  if (value === 0) return '±0';
  return `${value > 0 ? '+' : '−'}${say(Math.abs(value))}`;
}
