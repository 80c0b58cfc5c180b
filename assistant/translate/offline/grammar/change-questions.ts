import {
  allOf,
  anyOf,
  type CalendarUnit,
  everything,
  type Filter,
  isEverything,
  listOf,
  type Plan,
  type UsageTest,
} from '../plan/plan.ts';
import { alt, expand, map, opt, type Parser, rule, seq, words } from './chart.ts';
import type { GrammarContext } from './context.ts';
import { calendarUnitIn, grouping } from './dimensions.ts';
import type { KeyConditions } from './key-conditions.ts';
import type { KeyQuestions } from './key-questions.ts';
import { counting, listing } from './openings.ts';
import { operationName } from './operations.ts';
import type { Places } from './places.ts';
import { withoutQuantity } from './quantity.ts';
import type { TimeGrammar } from './time.ts';

/** What can be done to keys: verb, object, and the operation that does it. */
const acts: readonly (readonly [verbs: readonly string[], objects: readonly string[], string])[] = [
  [
    [
      'changed',
      'modified',
      'edited',
      'updated',
      'rewrote',
      'touched',
      'put',
      'replaced',
      'altered',
    ],
    ['policy', 'policies', 'key policy', 'key policies', 'any policy', 'any key policy'],
    'PutKeyPolicy',
  ],
  [
    ['created', 'added', 'made', 'gave', 'gave out', 'handed out', 'issued'],
    ['grant', 'grants', 'new grants'],
    'CreateGrant',
  ],
  [
    ['scheduled', 'requested', 'planned', 'ordered'],
    ['deletion', 'deletions', 'key deletion', 'key deletions', 'deletion of keys'],
    'ScheduleKeyDeletion',
  ],
  [
    ['cancelled', 'canceled', 'stopped', 'aborted'],
    ['deletion', 'deletions', 'key deletion', 'key deletions', 'deletion of keys'],
    'CancelKeyDeletion',
  ],
  [
    ['disabled', 'turned off', 'switched off', 'deactivated', 'stopped'],
    ['rotation', 'key rotation', 'automatic rotation', 'automatic key rotation', 'rotations'],
    'DisableKeyRotation',
  ],
  [
    ['enabled', 'turned on', 'switched on', 'activated'],
    ['rotation', 'key rotation', 'automatic rotation', 'automatic key rotation'],
    'EnableKeyRotation',
  ],
];

const phrases = (firsts: readonly string[], seconds: readonly string[]) =>
  firsts.flatMap((a) => seconds.map((b) => `${a} ${b}`));

/** "Changed key policies"; "turned rotation off" with the object between. */
const doing: Parser<string> = alt(
  ...acts.map(([verbs, objects, operation]) =>
    map(
      words(
        ...phrases(verbs, objects),
        ...verbs
          .filter((v) => v.includes(' '))
          .flatMap((v) => objects.map((o) => v.replace(' ', ` ${o} `))),
      ),
      () => operation,
    ),
  ),
);

/** "Key policies changed", "cancelled deletions", "policy changes". */
const done: Parser<string> = alt(
  ...acts.map(([verbs, objects, operation]) =>
    map(
      words(
        ...phrases(objects, verbs),
        ...phrases(
          objects,
          verbs.flatMap((v) => [`were ${v}`, `was ${v}`, `got ${v}`]),
        ),
      ),
      () => operation,
    ),
  ),
  map(
    words(
      'policy changes',
      'key policy changes',
      'policy change',
      'policy updates',
      'policy modifications',
      'changes to key policies',
      'changes to policies',
      'changes of key policies',
    ),
    () => 'PutKeyPolicy',
  ),
  map(words('new grants', 'grant creations'), () => 'CreateGrant'),
  map(
    words('cancelled deletions', 'cancelled key deletions', 'deletion cancellations'),
    () => 'CancelKeyDeletion',
  ),
);

/** Questions about what was changed, by whom and when, whatever the key. */
export function changeQuestions(
  context: GrammarContext,
  time: TimeGrammar,
  conditions: KeyConditions,
  keys: KeyQuestions,
  places: Places,
): Parser<Plan> {
  const event = (test: UsageTest): Filter => ({ is: 'event', test });
  const anyChange = event({ category: 'MANAGEMENT' });
  const byOperation = (operation: string) =>
    event({ category: isCrypto(operation) ? 'CRYPTO' : 'MANAGEMENT', operations: [operation] });
  const namedEvents = map(
    seq(operationName(context), words('events', 'event', 'calls', 'operations', 'api calls')),
    ([name]) => name,
  );
  const ofKey = (filter: Filter): Filter => (isEverything(filter) ? everything : { key: filter });
  const aim: Parser<Filter> = map(
    seq(
      words('on', 'of', 'for', 'to', 'in'),
      alt(conditions.particular, withoutQuantity(keys.keys), places.place),
    ),
    ([, f]) => ofKey(f),
  );
  const target: Parser<Filter> = opt(aim) as Parser<Filter>;
  const period: Parser<Filter | null> = opt(
    map(time.range, ({ from, to }): Filter => ({ is: 'time', column: 'last_event_at', from, to })),
  );
  const within: Parser<Filter> = map(
    time.range,
    ({ from, to }): Filter => ({ is: 'time', column: 'last_event_at', from, to }),
  );
  const byCaller: Parser<Partial<UsageTest>> = map(
    seq(words('by', 'made by', 'done by', 'from'), caller(context)),
    ([, by]) => by,
  );
  const doneBy = (what: Filter, by: Partial<UsageTest>): readonly Filter[] =>
    'is' in what && what.is === 'event' ? [event({ ...what.test, ...by })] : [];
  /** "Sign and Verify events": of either kind. */
  const severalEvents: Parser<Filter> = expand(
    seq(
      operationName(context),
      words('and', 'or'),
      operationName(context),
      words('events', 'calls', 'operations', 'api calls'),
    ),
    ([a, , b]) =>
      isCrypto(a) === isCrypto(b)
        ? [event({ category: isCrypto(a) ? 'CRYPTO' : 'MANAGEMENT', operations: [a, b].sort() })]
        : [],
  );
  const byWhom = opt(words('by whom', ', by whom', 'and by whom', 'and who did it'));
  const all = (...filters: readonly (Filter | null)[]) =>
    allOf(...filters.map((f) => f ?? everything));
  const group = grouping('usage', context);
  const counted = (filter: Filter): Plan => ({
    ...listOf('usage', filter),
    measure: { kind: 'count', keys: false },
  });
  const newestFirst = (filter: Filter): Plan => ({
    ...listOf('usage', filter),
    orderBy: { by: 'last_event_at', direction: 'desc' },
  });
  const whatChanged = words(
    'what changed',
    'what was changed',
    'what has changed',
    'what got changed',
    'what has been changed',
  );
  const head = opt(
    alt(
      seq(listing, opt(words('all', 'the', 'all the'))),
      words('all', 'show all', 'list all', 'what', 'any'),
    ),
  );
  const happened: Parser<Filter> = rule(() =>
    alt(
      map(done, byOperation),
      map(namedEvents, byOperation),
      severalEvents,
      map(
        words(
          'key changes',
          'changes',
          'changes to keys',
          'changes of keys',
          'management events',
          'management operations',
          'management activity',
          'administrative changes',
          'modifications',
        ),
        () => anyChange,
      ),
    ),
  );
  return rule(() =>
    alt(
      map(seq(words('who', 'who has'), doing, target, period), ([, operation, of, when]) =>
        listOf('usage', all(byOperation(operation), of, when)),
      ),
      map(seq(head, happened, target, period, opt(comma), byWhom), ([, what, of, when]) =>
        listOf('usage', all(what, of, when)),
      ),
      // "Policy changes on keys in Tokyo by alice": of these keys, and by her.
      expand(seq(head, happened, aim, byCaller, period), ([, what, of, by, when]) =>
        doneBy(what, by).map((f) => listOf('usage', all(f, of, when))),
      ),
      expand(seq(head, happened, byCaller, aim, period), ([, what, by, of, when]) =>
        doneBy(what, by).map((f) => listOf('usage', all(f, of, when))),
      ),
      // Whatever was recorded of a time.
      map(
        seq(
          alt(
            words('what happened', 'what has happened', 'what was done', 'what went on'),
            seq(head, words('events', 'recorded events', 'activity')),
          ),
          alt(
            map(seq(within, target), ([when, of]) => all(when, of)),
            map(seq(aim, within), ([of, when]) => all(when, of)),
          ),
        ),
        ([, filter]) => listOf('usage', filter),
      ),
      map(
        seq(opt(alt(listing, counting)), happened, within, group),
        ([, what, when, groupBy]): Plan => ({ ...counted(all(what, when)), groupBy: [...groupBy] }),
      ),
      map(
        seq(opt(alt(listing, counting)), happened, period, calendar, period),
        ([, what, earlier, by, later]): Plan => ({
          ...counted(all(what, earlier, later)),
          groupBy: [{ column: 'last_event_at', by }],
        }),
      ),
      map(seq(head, happened, period, target), ([, what, when, of]) =>
        listOf('usage', all(what, of, when)),
      ),
      map(
        seq(
          head,
          words('latest', 'most recent', 'recent', 'newest', 'last'),
          happened,
          target,
          opt(words('first')),
        ),
        ([, , what, of]) => newestFirst(all(what, of)),
      ),
      map(seq(happened, target, words('lately', 'recently')), ([what, of]) =>
        newestFirst(all(what, of)),
      ),
      map(seq(whatChanged, target, words('lately', 'recently')), ([, of]) =>
        newestFirst(all(anyChange, of)),
      ),
      map(
        seq(
          counting,
          happened,
          opt(words('were there', 'happened', 'were made', 'did we have')),
          target,
          period,
        ),
        ([, what, , of, when]) => counted(all(what, of, when)),
      ),
      map(
        seq(opt(alt(listing, counting)), happened, group, period),
        ([, what, groupBy, when]): Plan => ({ ...counted(all(what, when)), groupBy: [...groupBy] }),
      ),
      // What changed: anything about any key.
      map(seq(whatChanged, target, period), ([, of, when]) =>
        listOf('usage', all(anyChange, of, when)),
      ),
      map(seq(whatChanged, period, target), ([, when, of]) =>
        listOf('usage', all(anyChange, of, when)),
      ),
      map(
        seq(
          words('which', 'what'),
          words('operations', 'actions', 'api calls'),
          words('used'),
          conditions.particular,
          period,
        ),
        ([, , , key, when]) =>
          listOf('usage', all(event({ category: 'CRYPTO' }), ofKey(key), when)),
      ),
      map(
        seq(
          words('which', 'what', 'list'),
          words('cryptographic operations', 'crypto operations'),
          words(
            'were performed with',
            'were made with',
            'were done with',
            'were recorded for',
            'used',
          ),
          conditions.particular,
          period,
        ),
        ([, , , key, when]) =>
          listOf('usage', all(event({ category: 'CRYPTO' }), ofKey(key), when)),
      ),
      // Everything that someone did.
      map(
        seq(
          words('what did', 'what has'),
          caller(context),
          words('do', 'done', 'do with keys', 'done with keys', 'do with our keys', 'do to keys'),
          period,
        ),
        ([, by, , when]) => listOf('usage', all(anyEvent(by), when)),
      ),
      map(
        seq(
          opt(listing),
          words(
            'activity of',
            'activity by',
            'actions of',
            'actions by',
            'events by',
            'events of',
            'everything done by',
          ),
          caller(context),
          period,
        ),
        ([, , by, when]) => listOf('usage', all(anyEvent(by), when)),
      ),
      map(
        seq(opt(listing), happenedBy, words('by', 'made by', 'done by'), caller(context), period),
        ([, , , by, when]) => listOf('usage', all(event({ category: 'MANAGEMENT', ...by }), when)),
      ),
      // Keys to which something was done.
      expand(
        seq(
          alt(counting, listing, words('keys')),
          opt(keys.keys),
          words('did', 'has', 'have'),
          caller(context),
          words('change', 'changed', 'modify', 'modified', 'edit', 'update', 'administer'),
          opt(time.since),
        ),
        ([first, f, , by, , from]): readonly Plan[] =>
          f === null
            ? []
            : [
                {
                  ...listOf(
                    'keys',
                    allOf(f, event({ category: 'MANAGEMENT', ...by, ...(from ? { from } : {}) })),
                  ),
                  ...(/how many|number|count/.test(String(first))
                    ? { measure: { kind: 'count', keys: true } as const }
                    : {}),
                },
              ],
      ),
    ),
  );
}

const comma = words(',');
const calendar: Parser<CalendarUnit> = map(
  words(
    'per month',
    'by month',
    'each month',
    'month by month',
    'monthly',
    'per quarter',
    'by quarter',
    'each quarter',
    'quarter by quarter',
    'quarterly',
    'per year',
    'by year',
    'each year',
  ),
  calendarUnitIn,
);
const happenedBy = words(
  'key changes',
  'changes',
  'changes to keys',
  'modifications',
  'management events',
);

const anyEvent = (by: Partial<UsageTest>): Filter =>
  anyOf(
    { is: 'event', test: { category: 'CRYPTO', ...by } },
    { is: 'event', test: { category: 'MANAGEMENT', ...by } },
  );

function caller({ values }: GrammarContext): Parser<Partial<UsageTest>> {
  return alt(
    map(
      seq(
        opt(words('user', 'role', 'principal', 'session', 'iam user')),
        values.named(['caller'], false),
      ),
      ([, v]) => ({ callers: [...v.values] }),
    ),
  );
}

const isCrypto = (operation: string) =>
  /^(Encrypt|Decrypt|ReEncrypt|GenerateDataKey|Sign|Verify|GenerateMac|VerifyMac|DeriveSharedSecret)/.test(
    operation,
  );
