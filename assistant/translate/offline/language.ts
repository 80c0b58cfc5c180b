import type { Presentation, Translation } from '../translator.ts';
import type { AsideWords } from './asides.ts';
import type { Definition } from './definitions.ts';
import type { Grammar, Keeps } from './grammar/grammar.ts';
import type { Plan } from './plan/plan.ts';
import type { Reference } from './plan/subject.ts';
import type { Token } from './tokens/token.ts';

/** How plans, and what can be asked of them, are said in one language. */
export interface Wording {
  /** A question that can be asked as it stands and means exactly this plan. */
  readonly question: (plan: Plan) => string;
  /** What was understood, complete: every condition, every moment. */
  readonly interpretation: (plan: Plan, asOf: Date) => string;
  readonly presentation: (plan: Plan, asOf: Date) => Presentation;
  /** What an answer must say besides its rows. */
  readonly notes: (plan: Plan) => readonly string[];
  readonly followUps: {
    readonly list: string;
    readonly count: string;
    readonly perAccount: string;
    readonly perRegion: string;
    readonly cost: string;
    /** Of numbers of groups. */
    readonly total: string;
    /** Of keys to which one thing was done. */
    readonly who: string;
  };
  /** Said before an answer about the keys of accounts that are not active. */
  readonly unreadAccounts: string;
  /** Said before an answer about keys unused since before this day, from which on use is recorded. */
  readonly trackedSince: (day: string) => string;
  /** That day, YYYY-MM-DD; undefined where it is not known. */
  readonly usageTrackedSince: string | undefined;
  /** Asks whether the one reading there is was meant. */
  readonly unsure: string;
  /** Which of several readings is meant? `more`: there are more than are shown. */
  readonly ambiguous: (more: boolean) => string;
  /** Asks again, after a reply that does not say which. */
  readonly stillOpen: string;
}

/** A question in which words were misspelt, as it was meant. */
export interface Respelled {
  readonly question: string;
  readonly slips: readonly { readonly written: string; readonly meant: string }[];
}

/**
 * Whether a question after "the 10 oldest keys" asks for the 10 oldest of others: "not the AWS managed ones"
 * does. "Only in Tokyo" may, or choose among the ten: 'maybe'.
 */
export type Anew = 'yes' | 'maybe' | 'no';

/** One language of questions and answers: all that the translator needs of it. */
export interface Language extends Wording {
  readonly tokens: (question: string) => readonly Token[];
  /** The grammar for the moment of the data and the asker's time zone (IANA name). */
  readonly grammar: (asOf: Date, timeZone: string) => Grammar;
  /** Whether it speaks of some that were spoken of before, without naming them: やつ. */
  readonly saysOnes: (question: string) => boolean;
  /** Whether a question names what it asks about, so that it does not lean on the one before. */
  readonly namesSubject: (tokens: readonly Token[]) => boolean;
  /** Whether a question points back to the answer before it: "it", "those", "only …". */
  readonly pointsBack: (tokens: readonly Token[]) => boolean;
  /** Whether a question is too short, or too full of pronouns, to be asked without the one before it. */
  readonly leansBack: (tokens: readonly Token[]) => boolean;
  /** What a question points back to by a pronoun, unless it only chooses among the rows or orders them. */
  readonly refersTo: (tokens: readonly Token[]) => Reference;
  /** Whether a question after the first `limit` keys of an order asks for the first of others. */
  readonly ranksAnew?: (tokens: readonly Token[], limit: number | 'ties') => Anew;
  /** What a concern is, or why it is one, where a question says that it asks for nothing else. */
  readonly explanation?: (question: string) => Definition | null;
  /** What a word of the subject means, when that is asked for. */
  readonly definition: (question: string) => Definition | null;
  /** Whether a question says what no plan can, though each of its words has a meaning. */
  readonly isBeyond: (question: string) => boolean;
  /** Tells of readings of a question whether they leave out, or turn around, what its words ask for. */
  readonly loses: (
    tokens: readonly Token[],
    at: { readonly before: Plan | null; readonly asOf: Date },
  ) => (plan: Plan) => boolean;
  /** What tells asides from the question. */
  readonly asides: AsideWords;
  /** Why a question is none for this data, whatever its words: a change, secrets. Null when it may be. */
  readonly outOfScope: (question: string, tokens: readonly Token[]) => Translation | null;
  /**
   * The question with a slip in one word put right, where there is only one way to; null where there is
   * none or more than one.
   */
  readonly respelled: (question: string, tokens: readonly Token[]) => Respelled | null;
  /** What to say when no reading takes in every word. Never answers. */
  readonly explain: (
    question: string,
    tokens: readonly Token[],
    at: {
      readonly grammar: Grammar;
      /** What was answered before. */
      readonly before: Plan | null;
      /** Whether a reading of some of the words says what the others ask for as far as that is told. */
      readonly keeps: Keeps;
      /** Asks whether what most of the words mean is meant; null where that is nothing. */
      readonly nearest: () => Translation | null;
    },
  ) => Translation;
  /** Questions that are understood, the most telling first. */
  readonly examples: readonly string[];
  readonly messages: {
    readonly empty: string;
    readonly tooLong: (most: number) => string;
    readonly tooTangled: string;
    /** Asks what a question goes on from, where the one before it was not answered. */
    readonly afterNoAnswer: string;
    /** Asks whether that is meant, of a question that goes on from something where there is nothing. */
    readonly nothingBefore: string;
    /** Where two measures are asked for at once, why one is to be chosen. */
    readonly oneMeasure?: string;
    /** Two questions were asked at once: which first? A language without it does not look for them. */
    readonly oneQuestion?: string;
    /** Remark on what is told around a question, which the answer leaves out. */
    readonly setAside: (told: readonly string[]) => string;
    /** That what is told may say which keys are meant, or when, and is left out in a choice. */
    readonly perhapsAside: (told: readonly string[]) => string;
    /** Asks whether this is meant, which leaves out these words of the question. */
    readonly leftOut: (words: readonly string[]) => string;
    /** As {@link leftOut}, of several that leave out different words; these are what the first leaves out. */
    readonly inPart: (words: readonly string[]) => string;
    /** Said where none of what was offered is meant. */
    readonly noneOfThese: string;
    /** Remark on a question without a subject. */
    readonly noSubject: string;
    /** Said of a question that no plan can answer as it is meant. */
    readonly beyond: string;
    /** Remark on callers with longer names, who are not meant by the name of one. */
    readonly calledAlike: (name: string, others: readonly string[]) => string;
    /** Remark on accounts with longer names, which are not meant by the name of one. */
    readonly accountsAlike: (name: string, others: readonly string[]) => string;
    /** Remark on tags in other letters, which are not meant by one. */
    readonly spelledAlike: (tag: string, others: readonly string[]) => string;
    /** Remark on a word that was read as another one. */
    readonly readAs: (written: string, meant: string) => string;
  };
}
