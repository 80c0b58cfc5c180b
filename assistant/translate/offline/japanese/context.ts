import type { Lexicon } from '../lexicon/lexicon.ts';
import type { Names } from './names.ts';

/** What the grammar is made for: the words, the names in the data, and where the asker stands in time. */
export interface GrammarContext {
  readonly lexicon: Lexicon;
  readonly names: Names;
  readonly asOf: Date;
  readonly timeZone: string;
}
