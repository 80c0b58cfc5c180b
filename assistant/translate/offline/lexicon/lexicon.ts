import { concernKinds } from '../../../../collector/schema/concerns.ts';
import { trusts } from '../../../../collector/schema/enums.ts';
import type { Column } from '../../../../collector/schema/types.ts';
import { entityTables } from '../plan/entity-tables.ts';
import { type Entity, entities } from '../plan/plan.ts';
import { newPhrases, type Phrases } from './phrases.ts';

/** The language of the words of a question. */
export type Language = 'en' | 'ja';

/** One value of a column with a closed set of values. */
export interface ColumnValue {
  readonly column: string;
  readonly value: string;
}

/** The vocabulary of one language, derived from the data contract. */
export interface Lexicon {
  readonly nouns: Phrases<Entity>;
  /** Everyday words for the columns of each entity. */
  readonly columns: Readonly<Record<Entity, Phrases<string>>>;
  /** Everyday words and codes for the values of columns with a closed set of values. */
  readonly columnValues: Readonly<Record<Entity, Phrases<ColumnValue>>>;
  /** Everyday words only: what can stand alone, as "disabled" does and EXTERNAL does not. */
  readonly adjectives: Readonly<Record<Entity, Phrases<ColumnValue>>>;
  readonly concerns: Phrases<string>;
  readonly trusts: Phrases<string>;
}

/**
 * Closed sets whose everyday words would be misread as adjectives of a row: what is known of use has
 * rules of its own, and concerns are looked up as concerns.
 */
const notAdjectives: ReadonlySet<string> = new Set(['usage_status', 'concern_codes', 'code']);

/**
 * Makes the vocabulary of a language from the words of the contract. `empty` makes phrases that are
 * looked up as the language is written.
 */
export function buildLexicon(language: Language, empty: <T>() => Phrases<T> = newPhrases): Lexicon {
  const nouns = empty<Entity>();
  const columns = {} as Record<Entity, Phrases<string>>;
  const columnValues = {} as Record<Entity, Phrases<ColumnValue>>;
  const adjectives = {} as Record<Entity, Phrases<ColumnValue>>;
  for (const entity of entities) {
    const { table } = entityTables[entity];
    for (const word of table.words[language] ?? []) nouns.add(word, entity);
    columns[entity] = empty();
    columnValues[entity] = empty();
    adjectives[entity] = empty();
    for (const [name, column] of Object.entries(table.columns)) {
      addColumn(columns[entity], columnValues[entity], adjectives[entity], name, column, language);
    }
  }

  const concerns = empty<string>();
  for (const kind of concernKinds) {
    const words: { en?: readonly string[]; ja?: readonly string[] } =
      'words' in kind ? kind.words : {};
    for (const word of words[language] ?? []) concerns.add(word, kind.code);
    concerns.add(kind.label, kind.code);
    concerns.add(kind.code, kind.code);
  }
  const trust = empty<string>();
  for (const value of trusts) {
    const words: { en?: readonly string[]; ja?: readonly string[] } = value.words;
    for (const word of words[language] ?? []) trust.add(word, value.value);
  }
  return { nouns, columns, columnValues, adjectives, concerns, trusts: trust };
}

function addColumn(
  columns: Phrases<string>,
  values: Phrases<ColumnValue>,
  adjectives: Phrases<ColumnValue>,
  name: string,
  column: Column,
  language: Language,
): void {
  columns.add(name, name);
  for (const word of column.words?.[language] ?? []) columns.add(word, name);
  if (notAdjectives.has(name)) return;
  for (const { value, words } of column.values ?? []) {
    values.add(value, { column: name, value });
    for (const word of words?.[language] ?? []) {
      values.add(word, { column: name, value });
      adjectives.add(word, { column: name, value });
    }
  }
}

/** All words that occur in the vocabulary, in the singular. */
export function* lexiconWords(lexicon: Lexicon): Iterable<string> {
  yield* lexicon.nouns.vocabulary();
  yield* lexicon.concerns.vocabulary();
  yield* lexicon.trusts.vocabulary();
  for (const entity of entities) {
    yield* lexicon.columns[entity].vocabulary();
    yield* lexicon.columnValues[entity].vocabulary();
  }
}
