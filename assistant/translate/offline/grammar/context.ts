import type { Lexicon } from '../lexicon/lexicon.ts';
import type { Values } from '../lexicon/values.ts';

/** What a grammar is made for: the words, the names in the data, and where the asker stands in time. */
export interface GrammarContext {
  readonly lexicon: Lexicon;
  readonly values: Values;
  readonly asOf: Date;
  readonly timeZone: string;
}
