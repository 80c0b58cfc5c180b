import type { Moment } from '../plan/moment.ts';
import {
  allOf,
  anyOf,
  everything,
  type Filter,
  listOf,
  type Plan,
  type UsageTest,
} from '../plan/plan.ts';
import { alt, expand, map, opt, type Parser, rule, seq, token, unless, words } from './chart.ts';
import type { GrammarContext } from './context.ts';
import { grouping } from './dimensions.ts';
import { enumeration } from './joining.ts';
import type { KeyConditions } from './key-conditions.ts';
import type { KeyQuestions } from './key-questions.ts';
import { counting, listing } from './openings.ts';
import { operationName } from './operations.ts';
import type { Places } from './places.ts';
import { withoutQuantity } from './quantity.ts';
import type { TimeGrammar } from './time.ts';

/** Ways to say what was done, and the operations meant; null for any. */
type Verbs = readonly (readonly [Parser<string>, readonly string[] | null])[];

/** What was done to a key, as people say it, and the operations that do it. */
const changes: Verbs = [
  [
    words(
      'changed policy of',
      'changed the policy of',
      'changed key policy of',
      'modified policy of',
      'edited policy of',
      'updated policy of',
      'changed policies of',
      'set policy of',
    ),
    ['PutKeyPolicy'],
  ],
  [words('disabled'), ['DisableKey']],
  [words('enabled'), ['EnableKey']],
  [
    words(
      'scheduled deletion of',
      'deleted',
      'scheduled the deletion of',
      'requested deletion of',
      'scheduled for deletion',
    ),
    ['ScheduleKeyDeletion'],
  ],
  [
    words('cancelled deletion of', 'canceled deletion of', 'cancelled the deletion of'),
    ['CancelKeyDeletion'],
  ],
  [
    words(
      'disabled rotation of',
      'disabled rotation for',
      'turned off rotation of',
      'turned off rotation for',
      'disabled key rotation of',
      'disabled rotation on',
    ),
    ['DisableKeyRotation'],
  ],
  [
    words(
      'enabled rotation of',
      'enabled rotation for',
      'turned on rotation of',
      'turned on rotation for',
      'enabled rotation on',
    ),
    ['EnableKeyRotation'],
  ],
  [
    words(
      'created grants on',
      'created grants for',
      'created a grant on',
      'granted access to',
      'added grants to',
      'created grant on',
    ),
    ['CreateGrant'],
  ],
  [words('created'), ['CreateKey']],
  [words('tagged'), ['TagResource']],
  [
    words(
      'changed',
      'modified',
      'made changes to',
      'edited',
      'updated',
      'touched settings of',
      'administered',
    ),
    null,
  ],
];

const cryptoVerbs: Verbs = [
  [
    words(
      'used',
      'was using',
      'is using',
      'uses',
      'use',
      'has used',
      'have used',
      'accessed',
      'made use of',
      'are using',
    ),
    null,
  ],
  [words('decrypted with', 'decrypted data with', 'decrypted using', 'decrypted'), ['Decrypt']],
  [words('encrypted with', 'encrypted data with', 'encrypted using', 'encrypted'), ['Encrypt']],
  [words('signed with', 'signed using'), ['Sign']],
];

function doing(category: UsageTest['category'], verbs: Verbs): Parser<UsageTest> {
  return alt(
    ...verbs.map(([verb, operations]) =>
      map(
        verb,
        (): UsageTest => ({ category, ...(operations ? { operations: [...operations] } : {}) }),
      ),
    ),
  );
}

/** Questions about recorded events: who used or changed a key, and which keys someone used. */
export function usageQuestions(
  context: GrammarContext,
  time: TimeGrammar,
  conditions: KeyConditions,
  keys: KeyQuestions,
  places: Places,
): Parser<Plan> {
  const { values } = context;
  const event = (test: UsageTest): Filter => ({ is: 'event', test });
  const ofKey = (filter: Filter): Filter =>
    'and' in filter && filter.and.length === 0 ? everything : { key: filter };
  const target = alt(conditions.particular, withoutQuantity(keys.keys));
  const changed = doing('MANAGEMENT', changes);
  const used = doing('CRYPTO', cryptoVerbs);
  const done = alt(changed, used);
  const who = words(
    'who',
    'who all',
    'who has',
    'who last',
    'what',
    'which users',
    'which user',
    'which principals',
    'what has',
    'which principal',
    'which services',
    'which service',
    'who recently',
  );
  const since = opt(time.since);
  const dated = (test: UsageTest, from: Filter | null): Filter =>
    allOf(event(test), from ?? everything);
  const period: Parser<Filter | null> = opt(
    map(time.range, ({ from, to }): Filter => ({ is: 'time', column: 'last_event_at', from, to })),
  );
  const calledBy: Parser<Partial<UsageTest>> = rule(() =>
    alt(
      map(
        seq(
          opt(words('user', 'role', 'principal', 'session', 'iam user', 'iam role')),
          values.named(['caller'], false),
        ),
        ([, v]) => ({ callers: [...v.values] }),
      ),
      map(words('root', 'root user', 'account root user'), () => ({ callers: ['root'] })),
      map(
        token((t) => (t.kind === 'arn' || t.kind === 'quoted' ? t.text : undefined)),
        (text) => ({ callers: [text] }),
      ),
      map(
        seq(
          opt(words('account')),
          token((t) => (t.kind === 'account' ? t.text : undefined)),
        ),
        ([, callerAccount]) => ({ callerAccount }),
      ),
      map(
        seq(opt(words('service')), values.named(['service'], false), opt(words('service'))),
        ([, v]) => ({ services: [...v.values] }),
      ),
    ),
  );
  const last = opt(words('last', 'most recently', 'lately', 'in the past'));
  const list = (filter: Filter, newestOnly = false): Plan =>
    newestOnly
      ? {
          ...listOf('usage', filter),
          orderBy: { by: 'last_event_at', direction: 'desc' },
          limit: 'ties',
        }
      : listOf('usage', filter);
  const again = (by: Parser<Partial<UsageTest>>) =>
    map(seq(opt(words('by', 'through', 'via', 'used by')), by), ([, one]) => one);
  const usedByAny = (
    head: string | null,
    keysMeant: Filter,
    callers: readonly Partial<UsageTest>[],
    from: Moment | null,
    join: typeof anyOf,
  ): Plan => {
    const [first, ...rest] = callers;
    if (rest.length === 0) return usedBy(head, keysMeant, first ?? {}, from);
    const any = callers.map((by) =>
      event({ category: 'CRYPTO', ...by, ...(from ? { from } : {}) }),
    );
    return {
      ...listOf('keys', allOf(keysMeant, join(...any))),
      ...(isCounting(head) ? { measure: { kind: 'count', keys: true } as const } : {}),
    };
  };
  const usedBy = (
    head: string | null,
    keysMeant: Filter,
    by: Partial<UsageTest>,
    from: Moment | null,
  ): Plan => ({
    ...listOf(
      'keys',
      allOf(keysMeant, event({ category: 'CRYPTO', ...by, ...(from ? { from } : {}) })),
    ),
    ...(isCounting(head) ? { measure: { kind: 'count', keys: true } as const } : {}),
  });
  const group = grouping('usage', context);
  return rule(() =>
    alt(
      expand(
        seq(who, done, unless(rotations), target, last, period),
        ([asked, test, , f, latest, when]): readonly Plan[] => {
          if (latest === 'lately' || latest === 'in the past' || asked === 'who recently')
            return [];
          const services = asked.includes('service');
          const filter = allOf(
            dated(test, when),
            ofKey(f),
            services ? { is: 'present', column: 'via_service' } : everything,
          );
          return [list(filter, latest !== null || asked === 'who last')];
        },
      ),
      map(
        seq(
          words('when was', 'when were', 'when did someone'),
          alt(
            map(words('policy of', 'key policy of'), () => ['PutKeyPolicy']),
            map(words('rotation of'), () => ['DisableKeyRotation', 'EnableKeyRotation']),
          ),
          conditions.particular,
          words('changed', 'last changed', 'modified', 'last modified', 'updated', 'last updated'),
        ),
        ([, operations, f]) => list(allOf(event({ category: 'MANAGEMENT', operations }), ofKey(f))),
      ),
      map(
        seq(
          words('when did'),
          words('policy of', 'key policy of', 'policy on'),
          conditions.particular,
          words('change', 'last change', 'change last', 'get changed'),
        ),
        ([, , f, verb]) =>
          list(
            allOf(event({ category: 'MANAGEMENT', operations: ['PutKeyPolicy'] }), ofKey(f)),
            verb.includes('last'),
          ),
      ),
      // The latest use of each of these keys: they say it themselves.
      map(
        seq(
          opt(listing),
          words('last use', 'last usage', 'latest use', 'most recent use', 'date of last use'),
          words('per', 'of each', 'for each', 'by', 'of every', 'for every'),
          keys.keys,
        ),
        ([, , , f]): Plan => ({
          ...listOf('keys', f),
          measure: { kind: 'list', show: ['last_used_at', 'last_used_operation'] },
        }),
      ),
      // "Used for Decrypt or GenerateDataKey via s3 since March": either, through the service, since then.
      expand(
        seq(
          opt(alt(listing, counting)),
          keys.keys,
          words('used for', 'used to', 'that were used for', 'that were used to'),
          enumeration(operationName(context)),
          opt(
            map(
              seq(words('via', 'through', 'by', 'by service'), values.named(['service'], false)),
              ([, v]) => v.values,
            ),
          ),
          since,
        ),
        ([head, f, , { items, by }, through, from]): readonly Plan[] =>
          by === 'or' && items.every(isCrypto)
            ? [
                usedBy(
                  head,
                  f,
                  {
                    operations: [...new Set(items)].sort(),
                    ...(through ? { services: [...through] } : {}),
                  },
                  from,
                ),
              ]
            : [],
      ),
      map(
        seq(
          opt(listing),
          words(
            'usage of',
            'usage for',
            'uses of',
            'use of',
            'usage history of',
            'usage events of',
            'recorded use of',
            'activity of',
            'activity on',
            'events of',
            'events for',
            'events on',
            'usage events for',
            'recorded events of',
            'recorded usage of',
            'history of',
          ),
          conditions.particular,
          period,
        ),
        ([, what, f, when]) =>
          list(
            allOf(
              /event|activity|history of/.test(what) && !what.startsWith('usage')
                ? everything
                : event({ category: 'CRYPTO' }),
              ofKey(f),
              when ?? everything,
            ),
          ),
      ),
      map(
        seq(
          words('which operations', 'what operations'),
          words(
            'were recorded for',
            'were made with',
            'were done with',
            'were recorded on',
            'were performed with',
            'were performed on',
          ),
          conditions.particular,
          period,
        ),
        ([, , f, when]) => list(allOf(ofKey(f), when ?? everything)),
      ),
      map(
        seq(
          opt(listing),
          words(
            'changes to',
            'changes of',
            'changes on',
            'management events of',
            'management events for',
            'policy changes of',
            'policy changes to',
            'policy changes on',
          ),
          target,
          period,
        ),
        ([, what, f, when]) =>
          list(
            allOf(
              event(
                what.startsWith('policy')
                  ? { category: 'MANAGEMENT', operations: ['PutKeyPolicy'] }
                  : { category: 'MANAGEMENT' },
              ),
              ofKey(f),
              when ?? everything,
            ),
          ),
      ),
      map(
        seq(
          words(
            'callers of',
            'who are callers of',
            'list callers of',
            'recorded callers of',
            'from which ip addresses was',
            'from which ips was',
            'from where was',
            'source ips of',
            'source ips that used',
            'ip addresses that used',
            'ips that used',
            'which ip addresses used',
            'which ips used',
            'which ip used',
            'from which addresses was',
          ),
          conditions.particular,
          opt(words('used', 'accessed', 'called')),
          period,
        ),
        ([, f, , when]) => list(allOf(event({ category: 'CRYPTO' }), ofKey(f), when ?? everything)),
      ),
      map(
        seq(
          words(
            'last user of',
            'latest user of',
            'most recent user of',
            'last caller of',
            'who was last user of',
            'when and by whom was',
            'by whom was',
            'by whom and when was',
          ),
          conditions.particular,
          opt(words('last used', 'used last', 'it last used')),
        ),
        ([, f]) => list(allOf(event({ category: 'CRYPTO' }), ofKey(f)), true),
      ),
      map(seq(words('who used'), conditions.particular, words('last', 'most recently')), ([, f]) =>
        list(allOf(event({ category: 'CRYPTO' }), ofKey(f)), true),
      ),
      // By service: only events that came through one.
      map(
        alt(
          seq(
            words(
              'which services use',
              'which services used',
              'what services use',
              'which aws services use',
              'what aws services use',
              'which services are using',
            ),
            withoutQuantity(keys.keys),
            opt(
              words(
                'and how many keys each',
                'and how many each',
                'and how many keys',
                'and how many keys per service',
              ),
            ),
          ),
          seq(
            opt(alt(listing, counting)),
            withoutQuantity(keys.keys),
            words(
              'per service that used them',
              'by service that used them',
              'per service',
              'by service',
              'per service using them',
              'by service that uses them',
              'per aws service',
              'by aws service',
              'for each service',
            ),
          ),
        ),
        (parts): Plan => ({
          ...listOf(
            'usage',
            allOf(
              event({ category: 'CRYPTO' }),
              { is: 'present', column: 'via_service' },
              ofKey(parts[1]),
            ),
          ),
          measure: { kind: 'count', keys: true },
          groupBy: [{ column: 'via_service' }],
        }),
      ),
      // "Keys RDS uses", "keys alice has used".
      expand(
        seq(
          opt(alt(listing, counting)),
          keys.keys,
          opt(words('that', 'which')),
          calledBy,
          words('uses', 'use', 'has used', 'have used', 'used', 'is using', 'does use'),
          since,
          opt(map(seq(words('in', 'within'), places.place), ([, f]) => f)),
        ),
        ([head, f, , by, , from, place]) => [usedBy(head, allOf(f, place ?? everything), by, from)],
      ),
      // Which keys someone used.
      map(
        seq(
          alt(listing, counting),
          keys.keys,
          words('did', 'has', 'have', 'does'),
          calledBy,
          words('use', 'used', 'used recently', 'access', 'accessed'),
          since,
        ),
        ([head, f, , by, , from]) => usedBy(head, f, by, from),
      ),
      expand(
        seq(
          opt(alt(listing, counting)),
          opt(words('all')),
          keys.keys,
          opt(words('that', 'which')),
          opt(words('were', 'are', 'was', 'have been', 'being', 'that were')),
          words('used by', 'used through', 'used via', 'used from', 'accessed by'),
          enumeration(calledBy, again(calledBy)),
          since,
          opt(map(seq(opt(words('and', 'but')), conditions.after), ([, more]) => more)),
        ),
        ([head, , f, , , , { items, by }, from, more]) => {
          const meant = allOf(f, more ?? everything);
          const any = usedByAny(head, meant, items, from, anyOf);
          // "By S3 and RDS" may mean both of them or either.
          return by === 'and' ? [any, usedByAny(head, meant, items, from, allOf)] : [any];
        },
      ),
      map(
        seq(
          opt(listing),
          words('usage', 'recorded usage', 'usage events', 'recorded events', 'events'),
          group,
        ),
        ([, what, g]): Plan => ({
          ...listOf('usage', what.includes('events') ? everything : event({ category: 'CRYPTO' })),
          measure: { kind: 'count', keys: false },
          groupBy: [...g],
        }),
      ),
    ),
  );
}

const isCrypto = (name: string) =>
  /^(Encrypt|Decrypt|ReEncrypt|GenerateDataKey|Sign|Verify|GenerateMac|VerifyMac|DeriveSharedSecret)/.test(
    name,
  );

/** "Disabled key rotation" is about rotation, not about keys. */
const rotations = words('rotation', 'key rotation', 'automatic rotation', 'automatic key rotation');

const isCounting = (head: string | null) =>
  head !== null && /^(how many|number|count|.*number of|.*count of)/.test(head);
