/**
 * What a number counts, as far as the words around it tell. Days are not keys: 90 days that the
 * question spoke of do not make "90 keys" true.
 */
export type Unit = 'none' | 'percent' | 'money' | TimeUnit;

export type TimeUnit = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

/** One thing that a text states and that can be true or false of a result. */
export type Claim = Place &
  (
    | {
        readonly kind: 'number';
        readonly value: number;
        /** Half of the last digit that is written: 1.2k is anything from 1,150 to 1,250. */
        readonly tolerance: number;
        readonly unit: Unit;
        /** Says how many match, which only a number of rows or a count can tell. */
        readonly ofMatches?: true;
      }
    /** So many times as many: "twice", "3倍". */
    | { readonly kind: 'ratio'; readonly value: number; readonly tolerance: number }
    /** Which one in order: "2nd". */
    | { readonly kind: 'ordinal'; readonly value: number }
    /** "No keys match." */
    | { readonly kind: 'none' }
    /** A day, month, year, time of day or several of these; each reading as `YYYY-MM-DD HH:MM:SS` with what is missing left out. */
    | { readonly kind: 'moment'; readonly readings: readonly Moment[] }
    /** An ARN, key id, account id, alias, Region, address, or any word with a digit in it. */
    | { readonly kind: 'name' }
    /** A Region by the name of its place, with the codes that can be meant. */
    | { readonly kind: 'place'; readonly codes: readonly string[] }
    /** What stands in quotes. */
    | { readonly kind: 'quoted'; readonly content: string }
    /** What cannot be compared with numbers: ①, "hundreds of", an amount in euros. */
    | { readonly kind: 'unreadable' }
  );

/** A moment as far as it is written; null for a part that is not. UTC. */
export interface Moment {
  readonly year: number | null;
  readonly month: number | null;
  readonly day: number | null;
  /** `HH:MM` or `HH:MM:SS`. */
  readonly time: string | null;
}

/** Where a claim stands in the text, in UTF-16 units, and how it is written there. */
export interface Place {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}
