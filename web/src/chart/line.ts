/** A line through values over time, in an SVG of width 100 and height 40. */
export interface Line {
  /** The points attribute of a polyline. */
  readonly points: string;
  readonly low: number;
  readonly high: number;
}

const width = 100;
const height = 40;

/** Null when there are not two days. Days are as far apart as they lie in time. */
export function lineOf(
  values: readonly { readonly date: string; readonly value: number }[],
): Line | null {
  const times = values.map(({ date }) => Date.parse(date));
  const first = Math.min(...times);
  const span = Math.max(...times) - first;
  if (values.length < 2 || !(span > 0)) return null;
  const numbers = values.map(({ value }) => value);
  const low = Math.min(...numbers);
  const high = Math.max(...numbers);
  const points = values.map(({ value }, index) => {
    const x = (((times[index] ?? first) - first) / span) * width;
    const y = high === low ? height / 2 : height - ((value - low) / (high - low)) * height;
    return `${x.toFixed(2)},${y.toFixed(2)}`;
  });
  return { points: points.join(' '), low, high };
}
