/** A turn of phrase, and the words that say the same. */
export type Rule = readonly [RegExp, string | ((...found: string[]) => string)];

/** The text in the words of these rules, one after the other. */
export const inWordsOf = (rules: readonly Rule[], text: string): string =>
  rules.reduce(
    (so, [pattern, by]) =>
      typeof by === 'string' ? so.replace(pattern, by) : so.replace(pattern, by),
    text,
  );
