import type { QueryResult } from '../engine/engine.ts';
import type { Presentation } from '../translate/translator.ts';
import type { Chart } from './answer.ts';

/** More bars than this say less than a table. */
const MOST_BARS = 40;

/** The chart that suits a result, or null where a table says it better. */
export function chooseChart(presentation: Presentation, result: QueryResult): Chart | null {
  const [x, ...others] = presentation.groupBy ?? [];
  const y = presentation.value;
  if (presentation.shape !== 'group' || !x || others.length > 0 || !y) return null;
  if (result.rows.length < 2 || result.rows.length > MOST_BARS) return null;
  const valueAt = result.columns.findIndex((c) => c.name === y);
  const drawable = result.rows.every(
    (row) => typeof row[valueAt] === 'number' && row[valueAt] >= 0,
  );
  if (!drawable || !result.columns.some((c) => c.name === x)) return null;
  return { kind: 'bar', x, y, unit: presentation.unit ?? null };
}
