/** The rows to build: from `start` up to, not including, `end`. */
export interface RowWindow {
  readonly start: number;
  readonly end: number;
}

/**
 * The rows in view plus a margin, so that ten thousand rows cost no more than a screenful.
 * Heights are in pixels; `scrolled` is how far the first row lies above the view.
 */
export function rowWindow(
  scrolled: number,
  viewHeight: number,
  rowHeight: number,
  count: number,
  margin = 12,
): RowWindow {
  if (rowHeight <= 0) return { start: 0, end: Math.min(count, margin) };
  const first = Math.floor(Math.max(0, scrolled) / rowHeight);
  const last = Math.ceil((Math.max(0, scrolled) + viewHeight) / rowHeight);
  const end = Math.min(count, last + margin);
  return { start: Math.max(0, Math.min(first - margin, end - 1)), end };
}
