/** One slice of a donut: its outline as the path of an SVG with a radius of 1 around 0, 0. */
export interface Slice {
  readonly path: string;
  /** Of the whole, 0 to 1. */
  readonly share: number;
}

/** Left out between slices, in radians. */
const gap = 0.02;

/**
 * The slices of a donut for the values, clockwise from the top. A value of 0 has an empty path. `hole`
 * is the inner radius, 0 to 1.
 */
export function slicesOf(values: readonly number[], hole = 0.62): Slice[] {
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  let begun = 0;
  return values.map((value) => {
    const share = total === 0 ? 0 : Math.max(0, value) / total;
    const from = begun;
    begun += share;
    return { share, path: share === 0 ? '' : sliceOf(from, share, hole) };
  });
}

function sliceOf(from: number, share: number, hole: number): string {
  // A full ring has no beginning and no end, so an arc cannot say it: two halves do.
  if (share > 0.9999) return `${arcs(0, 0.5, hole, 0)}${arcs(0.5, 0.5, hole, 0)}`;
  const angle = share * 2 * Math.PI;
  return arcs(from, share, hole, Math.min(gap, angle / 3));
}

function arcs(from: number, share: number, hole: number, space: number): string {
  const start = from * 2 * Math.PI + space / 2;
  const end = (from + share) * 2 * Math.PI - space / 2;
  const large = end - start > Math.PI ? 1 : 0;
  return `M${point(1, start)}A1 1 0 ${large} 1 ${point(1, end)}L${point(hole, end)}A${hole} ${hole} 0 ${large} 0 ${point(hole, start)}Z`;
}

const point = (radius: number, angle: number): string =>
  `${(radius * Math.sin(angle)).toFixed(4)} ${(-radius * Math.cos(angle)).toFixed(4)}`;
