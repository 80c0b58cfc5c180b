import type { Values } from '../lexicon/values.ts';
import type { Filter } from '../plan/plan.ts';
import { type Chart, type Found, token } from './chart.ts';

/** owner=platform. */
export const tagPair = token((t) => {
  const match = t.kind === 'pair' || t.kind === 'quoted' ? /^([^=]+)=(.+)$/.exec(t.text) : null;
  return match?.[1] && match[2] ? { key: match[1], value: match[2] } : undefined;
});

/** Tag keys and values are case-sensitive; written otherwise they stand for those in the data. */
export const tagPairFilter =
  (values: Values) =>
  ({ key, value }: { key: string; value: string }): readonly Filter[] => {
    const same = values.tags.filter(
      (t) =>
        t.key.toLowerCase() === key.toLowerCase() && t.value.toLowerCase() === value.toLowerCase(),
    );
    const exact = same.find((t) => t.key === key && t.value === value);
    const meant = exact || same.length === 0 ? [{ key, value }] : same;
    return meant.map((t) => ({ is: 'tag', key: t.key, value: t.value }));
  };

/** The keys of tags in the data that are written, as Latin words, from a position on. */
export function tagKeysAt(values: Values, chart: Chart, start: number): readonly Found<string>[] {
  const found: Found<string>[] = [];
  let text = '';
  for (let end = start; end < Math.min(start + 5, chart.tokens.length); end += 1) {
    const part = chart.tokens[end];
    if (!part || (part.kind !== 'word' && part.kind !== 'number')) break;
    text = text === '' ? part.text : `${text} ${part.text}`;
    if (chart.tokens[end + 1]?.glued) continue;
    for (const key of values.tagKeys.get(text) ?? []) found.push({ value: key, end: end + 1 });
  }
  return found;
}
