import {
  allOf,
  everything,
  type Filter,
  isEverything,
  listOf,
  type Measure,
  type PermissionTest,
  type Plan,
} from '../plan/plan.ts';
import type { AccessGrammar } from './access.ts';
import { alt, expand, map, opt, type Parser, rule, seq, words } from './chart.ts';
import type { GrammarContext } from './context.ts';
import type { KeyQuestions } from './key-questions.ts';
import { compared as anyBound, type Compared } from './numbers.ts';
import { listing } from './openings.ts';
import type { Places } from './places.ts';
import { withoutQuantity } from './quantity.ts';
import { type TimeGrammar, wholeNumber } from './time.ts';

/** What is counted of each key, or of where keys are: rows about keys, each once, or what they name. */
interface Counted {
  readonly entity: 'usage' | 'permissions' | 'concerns';
  readonly filter: Filter;
  readonly measure: Measure;
}

const distinct = (column: string): Measure => ({ kind: 'distinct', column });
const present = (column: string): Filter => ({ is: 'present', column });
const used: Filter = { is: 'event', test: { category: 'CRYPTO' } };

/** Those who use keys, told apart by what is recorded of them. */
const users: Parser<Counted> = map(
  alt(
    map(words('services', 'aws services'), () => 'via_service'),
    map(words('accounts', 'aws accounts'), () => 'caller_account'),
    map(words('users', 'people', 'callers', 'persons', 'identities'), () => 'username'),
    map(words('principals'), () => 'principal_arn'),
  ),
  (column): Counted => ({
    entity: 'usage',
    filter: allOf(used, present(column)),
    measure: distinct(column),
  }),
);

const mayOf = (test: PermissionTest): Counted => ({
  entity: 'permissions',
  filter: allOf({ is: 'access', test }, present('principal_account')),
  measure: distinct('principal_account'),
});

/** External accounts, which a key "has" in its policy or grants. */
const outside: Parser<Counted> = map(
  words('external accounts', 'outside accounts', 'third party accounts', 'foreign accounts'),
  () => mayOf({ trust: ['EXTERNAL'] }),
);

/** Those with whom keys are shared: whoever may, outside the account of the key. */
const others: Parser<Counted> = alt(
  map(words('accounts', 'other accounts', 'aws accounts'), () => mayOf({ otherAccount: true })),
  outside,
);

/** Changes, of a kind or any. */
const changes: Parser<Filter> = alt(
  map(
    words('policy changes', 'key policy changes', 'changes to key policies', 'policy updates'),
    (): Filter => ({
      is: 'event',
      test: { category: 'MANAGEMENT', operations: ['PutKeyPolicy'] },
    }),
  ),
  map(
    words('changes', 'key changes', 'management events', 'modifications'),
    (): Filter => ({ is: 'event', test: { category: 'MANAGEMENT' } }),
  ),
  map(
    words('new grants', 'grants created', 'grant creations'),
    (): Filter => ({ is: 'event', test: { category: 'MANAGEMENT', operations: ['CreateGrant'] } }),
  ),
  map(
    words('deletions scheduled', 'scheduled deletions', 'key deletions scheduled'),
    (): Filter => ({
      is: 'event',
      test: { category: 'MANAGEMENT', operations: ['ScheduleKeyDeletion'] },
    }),
  ),
);

const grants: Counted = {
  entity: 'permissions',
  filter: { is: 'access', test: { source: ['GRANT'] } },
  measure: distinct('grant_id'),
};

/**
 * Questions for keys, accounts and Regions by how many of something they have: "keys used by at least 3
 * services", "shared with more than 3 accounts", "accounts with at least 10 critical findings".
 */
export function countedQuestions(
  { lexicon }: GrammarContext,
  time: TimeGrammar,
  access: AccessGrammar,
  questions: KeyQuestions,
  places: Places,
): Parser<Plan> {
  const keys = withoutQuantity(questions.keys);
  // "At least one" is that there is one.
  const compared: Parser<Compared> = expand(anyBound, (bound) =>
    bound.op === 'exactly' || bound.value + (bound.op === 'more than' ? 1 : 0) > 1 ? [bound] : [],
  );
  const ofKeys = (f: Filter): Filter => (isEverything(f) ? everything : { key: f });
  const plan = (
    { entity, filter, measure }: Counted,
    column: string,
    having: Compared | null,
    ...more: readonly Filter[]
  ): Plan => ({
    ...listOf(entity, allOf(filter, ...more)),
    measure,
    groupBy: [{ column }],
    having,
  });
  const byKey = 'key_arn';
  const different = opt(words('different', 'distinct', 'separate'));
  const concern = expand(lexicon.nouns.parser, (e) => (e === 'concerns' ? [true] : []));
  const severity = expand(lexicon.columnValues.concerns.parser, (v) =>
    v.column === 'severity' ? [v.value] : [],
  );
  const severe: Parser<Counted> = map(
    alt(
      map(severity, (s) => [s]),
      map(seq(severity, words('or', 'and'), severity), ([a, , b]) => [a, b]),
    ),
    (severities): Counted => ({
      entity: 'concerns',
      filter: { is: 'severity', severities },
      measure: { kind: 'count', keys: false },
    }),
  );
  const having = words('with', 'have', 'has', 'having', 'that have', 'which have');
  /** The column of where keys are. */
  const place: Parser<string> = alt(
    map(words('accounts', 'account'), () => 'account_id'),
    map(words('regions', 'region'), () => 'region'),
  );
  const when: Parser<Filter> = map(
    opt(time.range),
    (range): Filter =>
      range === null
        ? everything
        : { is: 'time', column: 'last_event_at', from: range.from, to: range.to },
  );
  const somewhere: Parser<Filter> = map(
    opt(seq(words('in', 'of', 'within', 'under'), places.place)),
    (found): Filter => (found === null ? everything : ofKeys(found[1])),
  );
  const had = words('had', 'have', 'saw', 'with', 'have had', 'having', 'that had');
  const top = map(
    seq(opt(listing), words('top', 'first'), wholeNumber),
    ([, , n]): Plan['limit'] => n,
  );
  /** By whom changes were made, or where the keys are; of accounts it may be either. */
  const changers: Parser<readonly string[]> = alt(
    map(words('users', 'people', 'callers'), () => ['username']),
    map(words('services', 'aws services'), () => ['via_service']),
    map(words('regions'), () => ['region']),
    map(words('accounts'), () => ['account_id', 'caller_account']),
    map(words('keys'), () => ['key_arn']),
  );
  /** Those who may, told apart by principal, or of accounts by account. */
  const able: Parser<{ test: PermissionTest; by: string }> = alt(
    map(words('roles', 'iam roles'), () => ({ test: { types: ['ROLE'] }, by: 'principal' })),
    map(words('users', 'iam users'), () => ({ test: { types: ['USER'] }, by: 'principal' })),
    map(words('services', 'aws services', 'service principals'), () => ({
      test: { types: ['SERVICE'] },
      by: 'principal',
    })),
    map(words('principals'), () => ({ test: {}, by: 'principal' })),
    map(words('external accounts', 'outside accounts', 'third party accounts'), () => ({
      test: { trust: ['EXTERNAL'] },
      by: 'principal_account',
    })),
  );
  const ability = map(
    access.ability,
    (levels): PermissionTest => (levels ? { levels: [...levels] } : {}),
  );
  const mayUse = (
    who: { test: PermissionTest; by: string },
    what: PermissionTest,
    measure: Measure,
    more: Partial<Plan>,
  ): Plan => ({
    ...listOf(
      'permissions',
      allOf({ is: 'access', test: { ...who.test, ...what } }, present(who.by)),
    ),
    measure,
    groupBy: [{ column: who.by }],
    ...more,
  });
  const each: Measure = { kind: 'count', keys: true };
  const inOrder = { by: 'value', direction: 'desc' } as const;
  return rule(() =>
    alt(
      // "How many accounts had policy changes last week?"
      map(
        seq(words('how many', 'number of', 'in how many', 'count'), place, had, changes, when),
        ([, by, , what, w]): Plan => ({
          ...listOf('usage', allOf(what, w)),
          measure: distinct(by),
        }),
      ),
      expand(
        seq(top, changers, words('by', 'by number of', 'with most', 'by count of'), changes, when),
        ([limit, columns, , what, w]) =>
          columns.map(
            (column): Plan => ({
              ...listOf('usage', allOf(what, present(column), w)),
              measure: { kind: 'count', keys: false },
              groupBy: [{ column }],
              orderBy: inOrder,
              limit,
            }),
          ),
      ),
      map(
        seq(
          top,
          able,
          words(
            'by number of keys they can',
            'by number of keys that they can',
            'by how many keys they can',
          ),
          ability,
        ),
        ([limit, who, , what]) => mayUse(who, what, each, { orderBy: inOrder, limit }),
      ),
      map(
        seq(
          opt(listing),
          able,
          words('that can', 'who can', 'which can', 'that may', 'able to'),
          ability,
          words('keys in'),
          compared,
          different,
          place,
        ),
        ([, who, , what, , having, , by]) => mayUse(who, what, distinct(by), { having }),
      ),
      map(
        seq(
          opt(listing),
          keys,
          words('used by', 'that are used by', 'that were used by', 'in use by', 'used through'),
          compared,
          different,
          users,
          when,
        ),
        ([, of, , bound, , what, w]) => plan(what, byKey, bound, ofKeys(of), w),
      ),
      map(
        seq(
          opt(listing),
          keys,
          words('shared with', 'that are shared with', 'open to', 'exposed to'),
          compared,
          different,
          others,
          somewhere,
        ),
        ([, of, , bound, , what, w]) => plan(what, byKey, bound, ofKeys(of), w),
      ),
      map(
        seq(opt(listing), keys, having, compared, different, outside, somewhere),
        ([, of, , bound, , what, w]) => plan(what, byKey, bound, ofKeys(of), w),
      ),
      map(
        seq(opt(listing), keys, having, compared, severe, concern, somewhere),
        ([, of, , bound, what, , w]) => plan(what, byKey, bound, ofKeys(of), w),
      ),
      map(
        seq(opt(listing), place, having, compared, severe, concern, somewhere),
        ([, by, , bound, what, , w]) => plan(what, by, bound, w),
      ),
      map(
        alt(
          seq(
            words('how many grants do', 'how many grants does'),
            opt(words('each', 'every')),
            keys,
            words('have'),
          ),
          seq(
            words('number of grants', 'count of grants', 'grants'),
            words('per', 'of each', 'on each', 'for each'),
            keys,
            opt(words('each')),
          ),
        ),
        ([, , of]) => plan(grants, byKey, null, ofKeys(of)),
      ),
    ),
  );
}
