import type { Cell, QueryResult } from '../engine/engine.ts';

/** One earlier turn of the conversation, as far as a follow-up may refer to it. */
export interface Turn {
  readonly question: string;
  /** Null where there was no answer, but a question back or a refusal. */
  readonly sql: string | null;
  /** The questions that were offered, where it was asked back: a reply may be "the first one". */
  readonly choices?: readonly SuggestedQuestion[] | undefined;
  /** What the translator itself wants back to understand follow-ups; JSON, opaque to everyone else. */
  readonly state: unknown;
}

export interface TranslateRequest {
  readonly question: string;
  /** Oldest first. */
  readonly conversation: readonly Turn[];
  /** The moment the data speaks of (UTC); "in the last 90 days" counts back from here. */
  readonly asOf: Date;
  /** IANA name of the caller's time zone, for "yesterday" and "since March". */
  readonly timeZone: string;
  readonly language: 'en' | 'ja';
  readonly signal?: AbortSignal;
}

/** How a result is best shown and summed up; made from the plan, not guessed from the rows. */
export interface Presentation {
  /** What the rows are: `list` of things, one `number`, or a value per `group`. */
  readonly shape: 'list' | 'number' | 'group';
  /** What a row stands for, singular and plural: "key", "keys". */
  readonly noun: { readonly one: string; readonly many: string };
  /** For `group`: the columns that name the group, and the column that holds the value. */
  readonly groupBy?: readonly string[];
  readonly value?: string;
  /** Unit of the value, when it has one. */
  readonly unit?: 'USD' | 'days' | 'percent';
  /**
   * What the value is called: "Total monthly cost", "Data collected". For a percentage, what it is a
   * percentage of, such that it can follow "53.6 % of": "customer managed keys have rotation enabled".
   * None for a plain count, which is called by the noun.
   */
  readonly label?: string;
  /** A second number beside the value: "Total monthly cost" of the keys that are counted. */
  readonly also?: { readonly value: string; readonly unit: 'USD'; readonly label: string };
  /** For `group`: what one group is, singular and plural: "Region", "Regions". */
  readonly groups?: { readonly one: string; readonly many: string };
  /** For `group`: only rows under a condition were counted, so that "the most keys" would say too much. */
  readonly narrowed?: true;
  /** For `group`, when an extreme was asked for: which end, and whether there may be further groups. */
  readonly ranked?: { readonly end: 'highest' | 'lowest'; readonly cut: boolean };
}

/** A suggestion that can be asked as it stands. */
export type SuggestedQuestion = string;

/** What was asked of a model for a translation, and what it took. */
export interface ModelUse {
  readonly modelId: string;
  readonly promptVersion: string;
  /** SHA-256 over all that a model may be told besides the question and the data. */
  readonly promptHash: string;
  /** How many requests there were, those that failed included. */
  readonly requests: number;
  /** Tokens of all requests whose reply arrived; those of the cache are not among the input tokens. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  /** US dollars for these tokens; null where the price of the model is not known. */
  readonly costUsd: number | null;
  /** Milliseconds that were spent on the model, waits and looking things up included. */
  readonly latencyMs: number;
  /** Why there is no translation by the model; null when there is one. */
  readonly failure: string | null;
}

/** What of a result is to be put into words. */
export interface NarrateRequest {
  readonly result: Pick<QueryResult, 'columns' | 'rows'>;
  /** Rows that match in all; null when the rows were cut and their number is not known. */
  readonly totalRows: number | null;
  /** What of the words before was not found in the rows; null when there were none before. */
  readonly unfounded: readonly string[] | null;
  readonly signal?: AbortSignal | undefined;
}

/** What a model says of the rows. Nothing in it is checked yet. */
export interface Narration {
  /** Plain text; null when the model could not be used, for which `failure` is the code. */
  readonly text: string | null;
  readonly failure: string | null;
  /** What the model took so far, the translation included. */
  readonly model: ModelUse;
}

/**
 * Puts the rows of an answer into words; called again with what was wrong, it mends them. Throws when
 * the caller is gone.
 */
export type Narrate = (request: NarrateRequest) => Promise<Narration>;

/** How a translation came about, where that is not plain from which translator was asked. */
interface Origin {
  /** The translator that made it, when it is not the one that was asked. */
  readonly by?: TranslatedBy;
  /** The model that was asked, also when what it said was not used. */
  readonly model?: ModelUse;
}

export type Translation = Origin & Outcome;

type Outcome =
  | {
      readonly kind: 'query';
      /** What was understood, in plain words, complete: every condition and every moment named. */
      readonly interpretation: string;
      /** Trino SQL. It is not trusted: the guard parses and checks it like anyone's. */
      readonly sql: string;
      readonly presentation: Presentation;
      /** What is said before the numbers: what a word means, when that was asked. */
      readonly lead?: string;
      readonly state: unknown;
      readonly followUps: readonly SuggestedQuestion[];
      /** Remarks that the answer must carry, such as what a word was taken to mean. */
      readonly notes: readonly string[];
      /** What can say in words what the rows show; none where code alone sums them up. */
      readonly narrate?: Narrate;
    }
  | {
      readonly kind: 'clarify';
      /** The question back. */
      readonly message: string;
      /** Complete questions to choose from. */
      readonly choices: readonly SuggestedQuestion[];
      /** The words that were not understood, if that is the reason. */
      readonly unknownWords: readonly string[];
    }
  | {
      readonly kind: 'declined';
      readonly message: string;
      readonly unknownWords: readonly string[];
      /** The nearest questions that can be answered. */
      readonly nearest: readonly SuggestedQuestion[];
      /** Something was told, beside the answer before: the next question still goes on from that. */
      readonly aside?: true;
    };

/** What made a query: a translator, or people, for a verified question that was asked word by word. */
export type TranslatedBy = Translator['name'] | 'verified';

/** Turns a question into SQL, a question back, or a refusal. */
export interface Translator {
  readonly name: 'offline' | 'bedrock';
  readonly translate: (request: TranslateRequest) => Promise<Translation>;
}

/**
 * The values that occur in the data and that people name in questions: accounts, OUs, aliases,
 * tags, principals, Regions. Read once per snapshot, within the caller's scope.
 */
export interface DataValues {
  /** Distinct non-null values of a column of a table, as text, in order. */
  readonly column: (table: string, column: string) => readonly string[];
  /** Distinct key–value pairs of the tags of keys. */
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  /** Accounts by id. */
  readonly accounts: readonly { readonly id: string; readonly name: string }[];
  /** Names of the roles whose sessions called KMS, in order. */
  readonly callerRoles: readonly string[];
  /** The day from which on the use of any key is recorded, YYYY-MM-DD; absent where it is not known. */
  readonly usageTrackedSince?: string | undefined;
}

export type { Cell };
