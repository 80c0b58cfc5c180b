import { formatNumber } from '../text/number.ts';
import { slicesOf } from './donut.ts';

interface Props {
  readonly slices: readonly {
    readonly value: number;
    /** A class that gives the colour. */
    readonly tone: string;
    /** What a click does; the same can be done by keyboard in the list beside it. */
    readonly onPick: (() => void) | null;
    readonly title: string;
  }[];
  readonly total: number;
  readonly label: string;
}

/** A donut with its sum in the middle. A picture only: what it says stands beside it as text. */
export function Donut({ slices, total, label }: Props) {
  const drawn = slicesOf(slices.map(({ value }) => value));
  return (
    <svg className="donut" viewBox="-1.02 -1.02 2.04 2.04" aria-hidden="true">
      {slices.map(({ tone, onPick, title }, index) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: the list beside has the buttons
        <path
          // biome-ignore lint/suspicious/noArrayIndexKey: a slice has no other identity than its place
          key={index}
          className={`${tone}${onPick ? ' pickable' : ''}`}
          d={drawn[index]?.path}
          onClick={onPick ?? undefined}
        >
          <title>{title}</title>
        </path>
      ))}
      <text className="donut-total" y="0.06">
        {formatNumber(total)}
      </text>
      <text className="donut-label" y="0.27">
        {label}
      </text>
    </svg>
  );
}
