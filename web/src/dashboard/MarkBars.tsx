import type { ReactNode } from 'react';
import type { Mark } from '../../../assistant/server/api.ts';
import { formatNumber } from '../text/number.ts';
import { AskMark } from './AskMark.tsx';

export interface MarkBar extends Mark {
  readonly id: string;
  readonly label: ReactNode;
  /** A class that gives the colour; the usual one where there is none. */
  readonly tone?: string;
}

/** Bars side by side, as `BarChart` draws them; each asks for the keys it counts. */
export function MarkBars({ bars }: { readonly bars: readonly MarkBar[] }) {
  const most = Math.max(1, ...bars.map(({ keys }) => keys));
  return (
    <ol className="bars mark-bars">
      {bars.map(({ id, label, keys, question, tone = 'bar-fill' }) => (
        <li key={id}>
          <AskMark mark={{ question }} className="mark-bar">
            <span className="bar-label">{label}</span>
            <svg className="bar" aria-hidden="true">
              <rect className="bar-track" width="100%" height="100%" rx="3" />
              <rect className={tone} width={`${(keys / most) * 100}%`} height="100%" rx="3" />
            </svg>
            <span className="bar-value">{formatNumber(keys)}</span>
          </AskMark>
        </li>
      ))}
    </ol>
  );
}
