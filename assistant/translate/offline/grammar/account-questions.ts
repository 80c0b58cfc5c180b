import { allOf, everything, type Filter, listOf, noneOf, type Plan } from '../plan/plan.ts';
import { alt, expand, map, opt, type Parser, rule, seq, words } from './chart.ts';
import type { GrammarContext } from './context.ts';
import { grouping } from './dimensions.ts';
import { joined, plain } from './joining.ts';
import type { KeyQuestions } from './key-questions.ts';
import { compared } from './numbers.ts';
import { counting, existing, listing } from './openings.ts';
import { valueFilter } from './places.ts';
import { withoutQuantity } from './quantity.ts';
import { someText } from './text-conditions.ts';

/** "All", where it does not change what is meant. */
const quantifier = words('all', 'any', 'all of', 'of', 'aws', 'only');

const inOrganization = words('in organization', 'of organization', 'in whole organization');

/** What accounts are told by, of their keys. */
export interface AccountParts {
  /** What a key can have: "critical concerns", "external access". */
  readonly keyObjects: Parser<Filter>;
  /** With whom keys are shared: "external accounts". */
  readonly sharedWith: Parser<Filter>;
}

/** Questions about accounts and about what could be read of them. */
export function accountQuestions(
  context: GrammarContext,
  questions: KeyQuestions,
  parts: AccountParts,
): Parser<Plan> {
  const { lexicon, values } = context;
  const { keyObjects, sharedWith } = parts;
  const noun = expand(lexicon.nouns.parser, (entity) => (entity === 'accounts' ? [true] : []));

  const keys = { keys: withoutQuantity(questions.keys) };
  const withKeys = (filter: Filter): Filter => ({ keys: filter, op: 'at least', count: 1 });
  const has = words(
    'have',
    'has',
    'with',
    'own',
    'owns',
    'contain',
    'contains',
    'that have',
    'which have',
    'having',
    'that own',
    'that contain',
    'host',
    'that have at least one',
    'hold',
    'holds',
    'holding',
  );
  const hasNo = words(
    'without',
    'without any',
    'with no',
    'have no',
    'has no',
    'do not have',
    'do not have any',
    'that have no',
    'that do not have',
    'that do not have any',
    'own no',
    'that own no',
    'having no',
    'do not own any',
    'contain no',
  );
  const state: Parser<Filter> = expand(lexicon.columnValues.accounts.parser, ({ column, value }) =>
    column === 'state' ? [{ is: 'value', column, values: [value] } satisfies Filter] : [],
  );
  const management: Parser<Filter> = map(words('management'), () => ({
    is: 'flag',
    column: 'is_management',
  }));
  const unit = map(values.named(['ou']), valueFilter);
  const ouNoun = opt(words('ou', 'organizational unit'));
  const soMany: Parser<Filter> = alt(
    map(keys.keys, withKeys),
    map(seq(compared, keys.keys), ([{ op, value }, f]) => ({ keys: f, op, count: value })),
  );
  const none: Parser<Filter> = map(seq(words('no', 'none of'), keys.keys), ([, f]) =>
    noneOf(withKeys(f)),
  );
  const condition = alt(
    map(seq(opt(words('that are', 'which are', 'are', 'is')), state), ([, f]) => plain(f)),
    map(seq(words('that are not', 'are not', 'is not'), state), ([, f]) => plain(noneOf(f))),
    map(
      seq(
        opt(words('that are', 'are')),
        words(
          'in',
          'under',
          'of',
          'within',
          'from',
          'belong to',
          'belonging to',
          'that belong to',
          'sit in',
        ),
        ouNoun,
        unit,
        ouNoun,
      ),
      ([, , , f]) => plain(f),
    ),
    map(seq(has, opt(words('any', 'at least one', 'some')), keys.keys), ([, , f]) =>
      plain(withKeys(f)),
    ),
    map(seq(has, compared, keys.keys), ([, { op, value }, f]) =>
      plain({ keys: f, op, count: value }),
    ),
    map(seq(hasNo, keys.keys), ([, f]) => plain(noneOf(withKeys(f)))),
    map(seq(words('that are', 'are', 'is'), words('management account')), () =>
      plain({ is: 'flag', column: 'is_management' }),
    ),
    map(
      seq(words('whose state is', 'with state', 'in state', 'with account state'), state),
      ([, f]) => plain(f),
    ),
    map(
      seq(
        words(
          'exposing keys to',
          'sharing keys with',
          'that share keys with',
          'that expose keys to',
          'which share keys with',
        ),
        sharedWith,
      ),
      ([, f]) => plain(withKeys(f)),
    ),
    map(
      alt(
        map(
          seq(
            words('with', 'having', 'that have'),
            someText,
            words('in name', 'in the name', 'in their name', 'in its name', 'in their names'),
          ),
          ([, text]) => text,
        ),
        map(
          seq(
            words(
              'whose name contains',
              'whose names contain',
              'with name containing',
              'with names containing',
              'named like',
              'called like',
              'with a name containing',
              'whose name includes',
            ),
            someText,
          ),
          ([, text]) => text,
        ),
      ),
      (text) => plain({ is: 'contains', column: 'account_name', text }),
    ),
    // Two kinds of keys, each of which the account has, or so many of each.
    map(
      seq(
        has,
        opt(words('both')),
        soMany,
        words('and', 'but', 'and also', 'and at the same time', 'but also'),
        opt(words('have', 'has', 'with')),
        alt(soMany, none),
      ),
      ([, , a, , , b]): ReturnType<typeof plain> => plain(allOf(a, b)),
    ),
  );
  const after = rule(() => joined(condition));
  const before = alt(state, management);
  const accounts: Parser<Filter> = map(
    seq(
      opt(quantifier),
      opt(before),
      noun,
      opt(alt(existing, inOrganization)),
      // "With critical concerns": by what their keys have.
      opt(
        alt(
          after,
          map(
            seq(words('with', 'have', 'has', 'having', 'that have', 'which have'), keyObjects),
            ([, f]) => withKeys(f),
          ),
        ),
      ),
    ),
    ([, b, , , a]) => allOf(b ?? everything, a ?? everything),
  );
  const group = grouping('accounts', context);
  const list: Parser<Plan> = expand(seq(opt(listing), accounts, opt(existing)), ([, filter]) => [
    listOf('accounts', filter),
  ]);
  const count: Parser<Plan> = map(
    seq(counting, accounts, opt(group), opt(existing)),
    ([, filter, g]) => ({
      ...listOf('accounts', filter),
      measure: { kind: 'count', keys: false },
      groupBy: [...(g ?? [])],
    }),
  );
  const share: Parser<Plan> = map(
    seq(
      words(
        ...['percentage of', 'percent of', 'share of', 'proportion of', 'fraction of'].flatMap(
          (of) => [of, `what ${of}`, `which ${of}`, `what is percentage of`],
        ),
        'how many percent of',
      ),
      noun,
      opt(existing),
      after,
    ),
    ([, , , of]): Plan => ({ ...listOf('accounts'), measure: { kind: 'share', of } }),
  );
  const perGroup: Parser<Plan> = map(seq(opt(listing), accounts, group), ([, filter, g]) => ({
    ...listOf('accounts', filter),
    measure: { kind: 'count', keys: false },
    groupBy: [...g],
  }));

  const status = (...statuses: readonly string[]): Filter => ({
    is: 'value',
    column: 'status',
    values: [...statuses],
  });
  const statusPhrase: Parser<Filter> = rule(() =>
    alt(
      map(
        words(
          'could not be read',
          'can not be read',
          'could not be collected',
          'were not read',
          'were not readable',
          'are unreadable',
          'were not read completely',
          'could not be read completely',
          'could not be read fully',
          'we could not read',
          'we could not scan',
          'we could not collect',
          'we could not reach',
          'could not be scanned',
          'could not be reached',
          'have not been read',
          'had errors',
          'with errors',
          'are missing',
          'are incomplete',
          'with collection errors',
          'had collection errors',
        ),
        () => status('FAILED', 'PARTIAL'),
      ),
      map(
        words(
          'failed',
          'failed to be read',
          'failed collection',
          'failed to collect',
          'have failed',
          'where collection failed',
          'failed in collection',
          'failed to be collected',
          'with status failed',
          'whose collection failed',
          'whose status is failed',
          'collection failed for',
        ),
        () => status('FAILED'),
      ),
      map(
        words(
          'were partially read',
          'were only partially read',
          'are partial',
          'were read partially',
          'were partly read',
          'could only be partially read',
          'could be read only partially',
          'partially read',
          'only partially read',
          'partly read',
          'only partly read',
          'read in part',
          'with status partial',
        ),
        () => status('PARTIAL'),
      ),
      map(
        words(
          'were skipped',
          'skipped',
          'were left out',
          'have been skipped',
          'left out',
          'left out of collection',
          'that were skipped',
          'with status skipped',
        ),
        () => status('SKIPPED'),
      ),
      map(
        words(
          'were read completely',
          'were read',
          'could be read',
          'were fully read',
          'were collected',
          'were successfully read',
        ),
        () => status('OK'),
      ),
    ),
  );
  const unreadBefore: Parser<Filter> = alt(
    map(words('unreadable', 'unread', 'uncollected'), () => status('FAILED', 'PARTIAL')),
    map(words('failed'), () => status('FAILED')),
    map(words('skipped'), () => status('SKIPPED')),
  );
  const reach = alt(
    noun,
    words(
      'regions',
      'region',
      'accounts and regions',
      'accounts or regions',
      'accounts regions',
      'account regions',
    ),
  );
  const coverageGroup = grouping('coverage', context);
  const unread: Parser<Filter> = alt(
    map(
      seq(opt(quantifier), reach, opt(words('that', 'which', 'where')), statusPhrase),
      ([, , , f]) => f,
    ),
    map(seq(opt(quantifier), unreadBefore, reach), ([, f]) => f),
  );
  const regionOnly = words('regions', 'region', 'accounts and regions', 'account regions');
  const coverage: Parser<Plan> = rule(() =>
    alt(
      map(seq(opt(listing), unread, opt(seq(words('and'), words('why')))), ([, filter]) =>
        listOf('coverage', filter),
      ),
      map(seq(words('why'), opt(words('could', 'did')), unread), ([, , filter]) =>
        listOf('coverage', filter),
      ),
      map(seq(words('what', 'what all'), statusPhrase), ([, filter]) => listOf('coverage', filter)),
      map(
        seq(
          opt(listing),
          words(
            'collection errors',
            'read errors',
            'errors of collection',
            'errors of the collection',
            'errors of last collection',
            'errors during collection',
          ),
        ),
        () => listOf('coverage', status('FAILED', 'PARTIAL')),
      ),
      map(
        seq(
          opt(listing),
          words('collection failures', 'failures of collection', 'failed collections'),
        ),
        () => listOf('coverage', status('FAILED')),
      ),
      map(
        seq(
          words(
            'collection status of',
            'collection status for',
            'coverage of',
            'was',
            'status of collection of',
            'was account',
          ),
          opt(words('account')),
          values.named(['account']),
          opt(
            words(
              'read completely',
              'completely read',
              'fully read',
              'read',
              'collected',
              'read in full',
            ),
          ),
        ),
        ([, , account]) => listOf('coverage', valueFilter(account)),
      ),
      // "How complete is your picture of eu-central-1?"
      map(
        seq(
          alt(
            seq(
              words('how complete is', 'how complete are', 'how full is', 'how good is'),
              opt(
                words(
                  'picture',
                  'your picture',
                  'data',
                  'your data',
                  'view',
                  'your view',
                  'coverage',
                  'your coverage',
                  'collection',
                ),
              ),
              opt(words('of', 'for', 'in', 'from', 'about', 'on')),
            ),
            seq(
              words('how much of', 'how completely was', 'how completely is', 'how complete was'),
              opt(words('data of', 'collection of')),
              opt(words('is')),
            ),
          ),
          opt(words('account', 'region')),
          values.named(['account', 'region'], false),
          opt(words('account', 'region')),
          opt(
            words(
              'covered',
              'read',
              'collected',
              'scanned',
              'could be read',
              'was read',
              'were read',
              'could you read',
              'did you read',
              'was collected',
              'do you see',
              'do you cover',
              'is covered',
            ),
          ),
        ),
        ([, , of]): Plan => ({
          ...listOf('coverage', valueFilter(of)),
          measure: { kind: 'count', keys: false },
          groupBy: [{ column: 'status' }],
        }),
      ),
      // "When was payments-prod last collected?"
      map(
        seq(
          words(
            'when was',
            'when were',
            'when did we',
            'is',
            'are',
            'was',
            'did we',
            'how fresh is',
          ),
          opt(words('account', 'data of', 'data of account', 'keys of')),
          values.named(['account']),
          opt(words('account')),
          words(
            ...['collect', 'read', 'scan', 'cover', 'include'],
            ...['covered', 'included', 'scanned', 'in data', 'in this data', 'part of collection'],
            ...['collected', 'read', 'scanned', 'refreshed', 'updated'].flatMap((verb) => [
              `last ${verb}`,
              `${verb} last`,
              verb,
            ]),
          ),
        ),
        ([, , account]): Plan => ({
          ...listOf('coverage', valueFilter(account)),
          measure: { kind: 'list', show: ['finished_at'] },
        }),
      ),
      map(
        seq(
          opt(alt(listing, counting)),
          words(
            'collection errors',
            'errors',
            'read errors',
            'errors of collection',
            'collection failures',
          ),
          words('per', 'by'),
          words('error code', 'code', 'kind', 'type', 'error'),
          opt(words('of collection')),
        ),
        (): Plan => ({
          ...listOf('coverage', { is: 'present', column: 'error_code' }),
          measure: { kind: 'count', keys: false },
          groupBy: [{ column: 'error_code' }],
        }),
      ),
      map(
        words(
          'collection status summary',
          'coverage summary',
          'summary of collection',
          'collection summary',
          'count account regions by collection status',
          'account regions by status',
          'account regions by collection status',
          'account regions per collection status',
          'how many account regions were read failed or skipped',
          'how many account regions were read , failed or skipped',
          'how many account regions were read , failed and skipped',
        ),
        (): Plan => ({
          ...listOf('coverage'),
          measure: { kind: 'count', keys: false },
          groupBy: [{ column: 'status' }],
        }),
      ),
      map(
        seq(counting, noun, opt(words('that', 'which')), statusPhrase),
        ([, , , f]): Plan => ({
          ...listOf('accounts', { read: f }),
          measure: { kind: 'count', keys: false },
        }),
      ),
      map(
        seq(counting, regionOnly, opt(words('that', 'which')), statusPhrase),
        ([, , , f]): Plan => ({
          ...listOf('coverage', f),
          measure: { kind: 'count', keys: false },
        }),
      ),
      map(
        words(
          'coverage',
          'show coverage',
          'show me coverage',
          'what is coverage',
          'how complete is data',
          'how complete is this data',
          'how complete are data',
          'how complete is the collection',
          'how complete is collection',
          'collection status',
          'show collection status',
          'what is collection status',
          'is data complete',
          'show me collection status',
          'how complete is snapshot',
        ),
        (): Plan => ({
          ...listOf('coverage'),
          measure: { kind: 'count', keys: false },
          groupBy: [{ column: 'status' }],
        }),
      ),
      map(
        words(
          'how fresh is data',
          'how old is data',
          'how current is data',
          'how recent is data',
          'when was data collected',
          'when was data last collected',
          'when was data read',
          'how up to date is data',
          'when was data last updated',
          'when was data refreshed',
          'when was last collection',
          'when did last collection run',
          'what is as of date',
          'when was last snapshot taken',
          'when was snapshot taken',
          'how fresh is snapshot',
          'when was last snapshot',
          'is data up to date',
          'when was the data last refreshed',
          'freshness of data',
          'data freshness',
          'when was this data last refreshed',
          'when was this data collected',
          'when did last collection finish',
          'when did collection finish',
          'when was this data read',
          'how fresh is this data',
          'how old is this data',
          'last refresh',
          'when were data collected',
        ),
        (): Plan => ({ ...listOf('coverage'), measure: { kind: 'max', column: 'finished_at' } }),
      ),
      map(
        seq(
          opt(words('show', 'show me', 'what is')),
          words('coverage', 'collection status'),
          coverageGroup,
        ),
        ([, , g]): Plan => ({
          ...listOf('coverage'),
          measure: { kind: 'count', keys: false },
          groupBy: [...g],
        }),
      ),
    ),
  );
  return alt(list, count, share, perGroup, coverage);
}
