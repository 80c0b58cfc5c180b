import type { Condition } from '../grammar/joining.ts';
import type { Moment } from '../plan/moment.ts';
import type {
  Aggregate,
  Comparison,
  Dimension,
  Entity,
  Filter,
  PermissionTest,
  Plan,
  UsageTest,
} from '../plan/plan.ts';

export type Order = NonNullable<Plan['orderBy']>;

/**
 * What is wanted of the rows: to see them, their number, who did or may do something, when, from where
 * (address), by which operation or service, or why (the concerns).
 */
export type Want = 'list' | 'count' | 'who' | 'when' | 'whence' | 'what' | 'why';

/** What something can be a question about, besides what groups are made by. */
export type Noun = Extract<Entity, 'keys' | 'accounts' | 'concerns' | 'usage' | 'permissions'>;

/** Someone: as one who may use keys, and as one who used or changed them; null where that cannot be. */
export interface Someone {
  readonly may: PermissionTest | null;
  readonly did: Partial<UsageTest> | null;
}

/**
 * A piece of a question, in no language: what a few words of it say, wherever they stand. A question is
 * read in free word order by cutting it into pieces, none left over, and finding what they can mean
 * together (`meaning.ts`). Each language has its own words for the pieces.
 */
export type Piece =
  /** "Show me", "how many", "who". `asks`: the noun next to it is what is asked for ("which accounts"). `each`: "how many each", of those named before. */
  | { readonly is: 'want'; readonly want: Want; readonly asks?: true; readonly each?: true }
  /** "Keys", "CMKs", "accounts", "findings". `filter` is what the noun itself says of keys. `one`: in the singular; `people`: "principals", of which one may have several permissions. */
  | {
      readonly is: 'noun';
      readonly noun: Noun;
      readonly filter: Filter;
      readonly people?: true;
      readonly one?: true;
    }
  /** What groups are made by, as a thing: "region", "team", "service". */
  | {
      readonly is: 'dimension';
      readonly entity: Entity;
      readonly dimension: Dimension;
      readonly calendar?: true;
    }
  /** "Per region and account". `calendar`: of "per month", which may as well be of a price. `filter`: "for each value of the tag", which says that there is one. */
  | {
      readonly is: 'by';
      readonly entity: Entity;
      readonly dimensions: readonly Dimension[];
      readonly calendar?: true;
      readonly filter?: Filter;
    }
  /**
   * A condition on keys. `none`: "no", "without" before a noun; `quantified`: with an "only" or "all" in
   * it, which says more of what has such keys than that it has one; `active`: "roles can use", which begins
   * with who may.
   */
  | {
      readonly is: 'condition';
      readonly condition: Condition;
      readonly none?: true;
      readonly quantified?: true;
      readonly active?: true;
    }
  /** "External accounts", "role deploy", "alice": someone, in whatever part. `adjective`: "external". `named`: "with a federated principal", which a policy or grant has only to allow it something. `without`: "but not by alice"; `alone`: "only by alice". */
  | {
      readonly is: 'someone';
      readonly someone: Someone;
      readonly adjective?: true;
      readonly named?: true;
      readonly without?: true;
      readonly alone?: true;
    }
  /**
   * "Can decrypt with", "have access to", "allows": that something may be done; null for anything.
   * `modal`: "can" apart from its verb; `verb`: the verb, which says nothing of what may be without "can"; `denied`: a Deny statement is meant; `actions`: as they are written; `most`: "with the most permissions", which are counted; `unconditional`: by a statement without a condition; `beside`: the same one may do something else as well, or may not.
   */
  | {
      readonly is: 'may';
      readonly levels: readonly string[] | null;
      readonly modal?: true;
      readonly verb?: true;
      readonly denied?: true;
      readonly actions?: readonly string[];
      readonly most?: true;
      readonly unconditional?: true;
      readonly beside?: PermissionTest['beside'];
    }
  /** "Through a grant", "in the key policy". */
  | { readonly is: 'source'; readonly source: 'GRANT' | 'POLICY' }

  /** "Used", "changed the policy": that something was done; null for whatever it was ("touched"). `denied`: that it was not; `noun`: "changes", "uses", as things. */
  | {
      readonly is: 'did';
      readonly test: UsageTest | null;
      readonly denied?: true;
      readonly noun?: true;
    }
  /** "Last", "most recently", of what was done. */
  /** `all`: "lately", all of it, the latest first. */
  | { readonly is: 'last'; readonly all?: true }
  /** "In the last 30 days", "since March". */
  | { readonly is: 'time'; readonly from: Moment | null; readonly to: Moment | null }
  /** "For 90 days" alone. */
  | { readonly is: 'period'; readonly period: { readonly count: number; readonly unit: Unit } }
  /** "Total cost", "average age". */
  | { readonly is: 'measure'; readonly measure: Aggregate }
  /** "Different", "unique": each value counts once. */
  | { readonly is: 'different' }
  /** "On average", "per key": of a cost, what one key costs. Of a number, what one group has. `total`: "average total cost", of what all keys of a group cost. */
  | { readonly is: 'average'; readonly filter: Filter; readonly total?: true }
  /** "How fresh", "up to date": the age of the data. */
  | { readonly is: 'fresh' }
  /** "Per month", of a cost. */
  | { readonly is: 'monthly' }
  /** "Per year", of a cost. */
  | { readonly is: 'yearly' }
  /** "Suspended", "management": a condition on accounts. */
  | { readonly is: 'ofAccounts'; readonly filter: Filter }
  /** "Could not be read", "failed": how the collection of accounts and Regions went. */
  /** `whole`: of the account as a whole, of which nothing was read. */
  | { readonly is: 'reading'; readonly statuses: readonly string[]; readonly whole?: true }
  /** "The collection", "the snapshot": what the reading of accounts is called. */
  | { readonly is: 'collection' }
  /** "Error code", "reason": what went wrong with the reading; it stands in the rows. */
  | { readonly is: 'errors' }
  /** "If they were deleted": what is asked of a cost is what it would save. */
  | { readonly is: 'deleted' }
  /** "Soonest", "first to come": by the time that a condition speaks of. */
  | { readonly is: 'soonest'; readonly one?: true }
  /** "More than half of", "less than 50% of", in percent. */
  | { readonly is: 'portion'; readonly op: Comparison; readonly value: number }
  /** "Percentage of". */
  | { readonly is: 'share' }
  /** Between the whole and the part of it: "of the RSA keys, …". */
  | { readonly is: 'among' }
  /** "Oldest", "most expensive", of keys. */
  /** `most`: said as the most of them, which of groups is those at the top only. */
  | { readonly is: 'order'; readonly order: Order; readonly most?: true }
  /** "Most", "fewest", of groups. */
  | { readonly is: 'rank'; readonly direction: 'asc' | 'desc' }
  /** "Top 5", "10". `worst`: "worst 5", which of what is good are the lowest. */
  | { readonly is: 'limit'; readonly limit: number; readonly worst?: true }
  /** "More than 5". `people`: "more than 5 people", who may or did what is said. */
  | {
      readonly is: 'compare';
      readonly op: Comparison;
      readonly value: number;
      readonly people?: true;
    }
  /** "Compare", "each", "respectively", "versus": values said one by one are shown one by one. */
  | { readonly is: 'each' }
  /** "With their aliases". */
  | { readonly is: 'show'; readonly columns: readonly string[] }
  | { readonly is: 'joint'; readonly by: 'and' | 'or'; readonly low: boolean }
  /** A comma, a colon, a dash, a bracket. */
  | { readonly is: 'mark' }
  /** "All", "every": said of keys it adds nothing; said of what has keys it does. */
  | { readonly is: 'all' }
  /** "Only". */
  | { readonly is: 'only' }
  /** A "not" that no condition took in. */
  | { readonly is: 'not' }
  /** "Except", "drop the ones". */
  | { readonly is: 'except' }
  /** "Them", "those": the keys of the answer before. `one`: "it", one key. `person`: "they", who may be people; "he", who is one. */
  | { readonly is: 'them'; readonly one?: true; readonly person?: true | 'one' }
  /** "Also", "too": those as well, after an answer. */
  | { readonly is: 'also' }
  /** "Instead", "what about": in the place of what was said before. `same`: "the same for". */
  | { readonly is: 'instead'; readonly same?: true }
  /** Words without meaning of their own where they stand. `phrase`: several that belong together. */
  | { readonly is: 'filler'; readonly phrase?: true };

type Unit = 'hour' | 'day' | 'week' | 'month' | 'year';
