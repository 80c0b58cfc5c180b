import { type Chart, type Found, type Parser, startsAt } from '../grammar/chart.ts';
import { wordsOf } from '../tokens/token.ts';

interface Entry<T> {
  readonly words: readonly string[];
  readonly value: T;
}

/** Phrases and what they stand for, looked up by their first word, singular and plural alike. */
export interface Phrases<T> {
  readonly add: (phrase: string, value: T) => void;
  readonly get: (phrase: string) => readonly T[];
  readonly parser: Parser<T>;
  /** All words that occur in a phrase. */
  readonly vocabulary: () => Iterable<string>;
}

export function newPhrases<T>(): Phrases<T> {
  const byFirst = new Map<string, Entry<T>[]>();
  const vocabulary = new Set<string>();
  const sameWords = (a: readonly string[], b: readonly string[]) =>
    a.length === b.length && a.every((w, i) => w === b[i]);
  const get = (phrase: string) => {
    const words = wordsOf(phrase);
    return (byFirst.get(words[0] ?? '') ?? [])
      .filter((e) => sameWords(e.words, words))
      .map((e) => e.value);
  };
  const parser = (chart: Chart, at: number): readonly Found<T>[] =>
    startsAt(chart, at).flatMap((start) => {
      const entries = byFirst.get(chart.tokens[start]?.base ?? '') ?? [];
      return entries.flatMap(({ words, value }) => {
        const end = start + words.length;
        const matches = words.every((w, i) => {
          const t = chart.tokens[start + i];
          return t !== undefined && t.base === w && t.kind !== 'quoted';
        });
        if (!matches) return [];
        if (end > chart.reached) chart.reached = end;
        return [{ value, end }];
      });
    });
  return {
    add: (phrase, value) => {
      const words = wordsOf(phrase);
      const first = words[0];
      if (first === undefined) return;
      const entries = byFirst.get(first) ?? [];
      const known = entries.some(
        (e) => sameWords(e.words, words) && JSON.stringify(e.value) === JSON.stringify(value),
      );
      if (known) return;
      entries.push({ words, value });
      byFirst.set(first, entries);
      for (const word of words) vocabulary.add(word);
    },
    get,
    parser,
    vocabulary: () => vocabulary,
  };
}
