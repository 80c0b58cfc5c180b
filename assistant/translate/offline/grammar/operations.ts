import { type Parser, token } from './chart.ts';
import type { GrammarContext } from './context.ts';

/** The name of an operation in the data, as AWS writes it or in small letters: CreateGrant, decrypt. */
export function operationName({ values }: GrammarContext): Parser<string> {
  const names = new Map<string, string>();
  return token((t) => {
    if (t.kind !== 'word') return undefined;
    if (names.size === 0) {
      for (const name of values.operations) names.set(name.toLowerCase(), name);
    }
    return names.get(t.text);
  });
}
