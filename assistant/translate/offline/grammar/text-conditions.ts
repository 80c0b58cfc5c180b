import type { Filter } from '../plan/plan.ts';
import {
  alt,
  type Chart,
  type Found,
  map,
  opt,
  type Parser,
  seq,
  startsAt,
  words,
} from './chart.ts';

/** "Alias contains payments", "aliases starting with alias/prod", "description containing backup". */
export function textConditions(): Parser<Filter> {
  const column = alt(
    map(words('alias', 'aliases', 'name', 'names'), () => 'aliases' as const),
    map(words('description', 'descriptions'), () => 'description' as const),
  );
  const contains = map(
    words(
      'contains',
      'contain',
      'containing',
      'includes',
      'including',
      'that contains',
      'that contain',
      'like',
      'matching',
      'has',
      'have',
      'mentions',
    ),
    () => undefined,
  );
  const starts = map(
    words(
      'starts with',
      'start with',
      'starting with',
      'begins with',
      'begin with',
      'beginning with',
      'that start with',
      'that starts with',
    ),
    () => 'start' as const,
  );
  // "Account ids have been seen" says nothing of keys.
  const id = map(words('key id', 'key ids', 'whose id', 'whose ids'), () => 'key_id' as const);
  const inId = alt(
    starts,
    map(words('contains', 'contain', 'containing'), () => undefined),
  );
  return map(
    alt(
      seq(column, alt(contains, starts), opt(words('text', 'word')), someText),
      seq(id, inId, opt(words('text')), someText),
    ),
    ([name, at, , quoted]): Filter => {
      // The percent signs of SQL's LIKE.
      const text = /^%?([^%]+)%?$/.exec(quoted)?.[1] ?? quoted;
      // Every alias begins with "alias/", which people leave out.
      const prefix =
        name === 'aliases' && at === 'start' && !/^alias\//i.test(text) ? 'alias/' : '';
      return {
        is: 'contains',
        column: name,
        text: `${prefix}${text}`,
        ...(at ? { at } : {}),
      };
    },
  );
}

/** A quotation, an alias, or one word with all that is joined to it by signs, as written. */
export function someText(chart: Chart, at: number): readonly Found<string>[] {
  return startsAt(chart, at).flatMap((start) => {
    const first = chart.tokens[start];
    if (!first || first.glued) return [];
    if (first.kind === 'quoted' || first.kind === 'alias') {
      return [{ value: first.text, end: start + 1 }];
    }
    if (first.kind !== 'word' && first.kind !== 'number') return [];
    let end = start + 1;
    let text = first.raw;
    for (let next = chart.tokens[end]; next?.glued; next = chart.tokens[end]) {
      text += `${next.joint ?? ''}${next.raw}`;
      end += 1;
    }
    chart.reached = Math.max(chart.reached, end);
    return [{ value: text, end }];
  });
}
