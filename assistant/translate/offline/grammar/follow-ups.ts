import { atOtherTime } from '../free/follow-up.ts';
import { entityTables } from '../plan/entity-tables.ts';
import { useLevels } from '../plan/filter-to-words.ts';
import { type Period, units } from '../plan/moment.ts';
import {
  allOf,
  type Filter,
  factsOf,
  isAggregate,
  isEverything,
  listOf,
  noneOf,
  onlyChangesNothing,
  type Plan,
  partsOf,
} from '../plan/plan.ts';
import {
  accountsCounted,
  asPartsOrShare,
  byMeritFirst,
  costed,
  counted,
  firstOf,
  insteadOf,
  inTimeBefore,
  inTotal,
  keysCounted,
  largestGroups,
  leavesOpenWhose,
  listed,
  meantBy,
  narrowedTo,
  otherEnd,
  othersCounted,
  type Refine,
  reordered,
  reorderedByValue,
  reorderedByWho,
  replaced,
  subjectOf,
  usersOf,
} from '../plan/refine.ts';
import { deedBehind, keysDoneTo } from '../plan/refine-rows.ts';
import { alt, expand, map, opt, type Parser, seq, token, words } from './chart.ts';
import type { GrammarContext } from './context.ts';
import { dimension, grouping } from './dimensions.ts';
import { anyValue } from './joining.ts';
import type { KeyConditions } from './key-conditions.ts';
import type { KeyQuestions } from './key-questions.ts';
import { superlative } from './openings.ts';
import { rowFollowUps } from './row-follow-ups.ts';
import { period, type Range, type TimeGrammar, wholeNumber } from './time.ts';

const lead = opt(
  words(
    'and',
    'and what about',
    'what about',
    'how about',
    'and how about',
    'ok',
    'okay',
    'now',
    'and now',
    'then',
    'but',
    'so',
    'only',
    'just',
    'and only',
    'but only',
    'only those',
    'only the ones',
    'just those',
    'just the ones',
    'show only',
    'show me only',
    'limit to',
    'restrict to',
    'narrow to',
    'narrow it to',
    'narrow it down to',
    'limit it to',
    'limit that to',
    'filter to',
    'of those',
    'of these',
    'of them',
    'which of those',
    'which of these',
    'which of them',
    'which ones',
    'which',
    'those',
    'the ones',
    'ones',
    'those ones',
    'which of those keys',
    'which of these keys',
    'among those',
    'from those',
    'show me those',
    'show those',
    'list those',
    'the same',
    'same',
    'the same but',
    'same but',
    'and those',
    'and the ones',
    'now only',
    'now just',
    'same for',
    'the same for',
    'make it',
    'make that',
    'change it to',
  ),
);
const trailer = opt(words('only', 'instead', 'please', 'then', 'now', 'ones', 'keys', 'that are'));
const sorted = words(
  'sort by',
  'sorted by',
  'sort them by',
  'sort it by',
  'sort that by',
  'sort those by',
  'order by',
  'ordered by',
  'order them by',
  'order it by',
  're sort by',
  'reorder by',
);
const alphabetic = alt(
  map(
    words('alphabetically', 'alphabetical', 'in alphabetical order', 'a to z', 'by name'),
    () => 'asc' as const,
  ),
  map(words('z to a', 'in reverse alphabetical order'), () => 'desc' as const),
);
const bySize = alt(
  map(
    words(
      'highest first',
      'largest first',
      'biggest first',
      'most first',
      'highest ones first',
      'largest ones first',
      'biggest ones first',
      'highest one first',
      'largest one first',
      'biggest one first',
      'most expensive first',
      'costliest first',
      'descending',
      'in descending order',
      'from highest to lowest',
      'from most to least',
      'by count',
      'by number',
      'by value',
    ),
    () => 'desc' as const,
  ),
  map(
    words(
      'lowest first',
      'smallest first',
      'fewest first',
      'lowest ones first',
      'smallest ones first',
      'lowest one first',
      'smallest one first',
      'cheapest first',
      'ascending',
      'in ascending order',
      'from lowest to highest',
      'from least to most',
    ),
    () => 'asc' as const,
  ),
);
/** "Worst first", "best ones first": what is worse, the measure tells. */
const byMerit = alt(
  ...(['worst', 'best'] as const).map((end) =>
    map(
      words(
        `${end} first`,
        `${end} one first`,
        `${end} ones first`,
        `from ${end}`,
        `${end} at top`,
        `${end} on top`,
        `starting with ${end}`,
        `start with ${end}`,
        `beginning with ${end}`,
        `${end} to ${end === 'worst' ? 'best' : 'worst'}`,
        `from ${end} to ${end === 'worst' ? 'best' : 'worst'}`,
      ),
      () => end,
    ),
  ),
);
/** "The five biggest", "biggest five", "5 highest ones". */
const largest = words(
  'biggest',
  'largest',
  'highest',
  'greatest',
  'top',
  'leading',
  'most expensive',
  'costliest',
  'priciest',
);
const countedLargest: Parser<{ readonly limit: number; readonly of: string }> = alt(
  map(seq(wholeNumber, largest), ([limit, of]) => ({ limit, of })),
  map(seq(largest, wholeNumber), ([of, limit]) => ({ limit, of })),
);
const comma = opt(token((t) => (t.kind === 'comma' ? true : undefined)));

/**
 * What may follow an answer: conditions that narrow it ("only in production"), another grouping
 * ("and per region?"), another measure ("how many is that?"), another order. A condition that
 * contradicts the one before takes its place: after "in Frankfurt", "and in Tokyo?" means Tokyo.
 */
export function followUps(
  context: GrammarContext,
  time: TimeGrammar,
  conditions: KeyConditions,
  keys: KeyQuestions,
): Parser<(plan: Plan) => readonly Plan[]> {
  const narrow =
    (filter: Filter): Refine =>
    (plan) => {
      const about = entityTables[plan.entity].ofKey ? { key: filter } : filter;
      // "And in all Regions" takes away what was said before; that is not understood.
      if (isEverything(filter)) return [];
      if (plan.entity === 'accounts' || plan.entity === 'coverage') return [];
      // "Only external" of who may use keys says who, not which keys.
      if (saysOfRows(filter, plan.entity)) return [];
      // "Except alice" of what was done leaves out a person, whatever is tagged so.
      if (plan.entity === 'usage' && 'not' in filter && isTag(filter.not)) return [];
      // "With full access" of keys that external accounts can use: whose, is told by `rowFollowUps`.
      if (leavesOpenWhose(filter, plan.filter) || isNarrowedTo(filter, plan)) return [];
      return [narrowedTo(plan, about)];
    };
  /** "Unused for 30 days instead": what was said of the same before no longer holds. */
  const replace =
    (filter: Filter): Refine =>
    (plan) =>
      plan.entity === 'keys' && !isEverything(filter)
        ? [{ ...plan, filter: replaced(plan.filter, filter) }]
        : [];
  /** "Also in Tokyo": those as well, not those of them. */
  const widen =
    (filter: Filter): Refine =>
    (plan) => {
      if (plan.entity !== 'keys' || isEverything(filter)) return [];
      const subject = subjectOf(filter);
      const parts = partsOf(plan.filter);
      const before = parts.filter((p) => subject !== null && subjectOf(p) === subject);
      const [only] = before;
      if (before.length !== 1 || !only) return [];
      const others = parts.filter((p) => p !== only);
      return [{ ...plan, filter: allOf(...others, anyValue(only, filter)) }];
    };
  const regroup =
    (by: ReturnType<typeof grouping>) =>
    (entity: Plan['entity']): Parser<Refine> =>
      map(
        seq(
          opt(
            words(
              'split that',
              'split it',
              'split them',
              'break that down',
              'break it down',
              'group that',
              'group them',
              'group it',
              'how many',
              'and how many',
              'count',
              'count them',
              'number',
              'and number',
            ),
          ),
          lead,
          by,
          trailer,
        ),
        ([asked, first, groupBy, last]): Refine =>
          (plan) => {
            if (plan.entity !== entity) return [];
            // "How many per account" of a cost asks for something else than the cost.
            if (/how many|count|number/.test(asked ?? '') && isAggregate(plan.measure)) return [];
            const measure =
              plan.measure.kind === 'list'
                ? ({ kind: 'count', keys: entity === 'keys' } as const)
                : plan.measure;
            const fresh = { ...plan, measure, orderBy: null, limit: null, having: null };
            const only = { ...fresh, groupBy: [...groupBy] };
            // "Per account instead" and "now group by account" leave the former groups.
            return plan.groupBy.length === 0 || instead(first, last)
              ? [only]
              : [only, { ...fresh, groupBy: [...plan.groupBy, ...groupBy].slice(0, 4) }];
          },
      );
  const groups = (['keys', 'concerns', 'permissions', 'usage'] as const).map((entity) =>
    regroup(grouping(entity, context))(entity),
  );
  const them = words(
    'them',
    'these',
    'those',
    'that',
    'these keys',
    'those keys',
    'the keys',
    'they',
    'it',
    'keys',
  );
  const ofThem = opt(
    words('of them', 'of those', 'of these', 'of those keys', 'of these keys', 'ones', 'keys'),
  );
  // No rule: what it finds are functions, which cannot be told apart by their text.
  return alt(
    rowFollowUps(context, conditions, lead, trailer),
    expand(seq(lead, comma, conditions.after, trailer), ([first, , f, t]) => {
      // "The same for X": in the place of something alike.
      if (/same( for)?$/.test(first ?? '')) {
        return [insteadOf(f)];
      }
      if (t === 'instead') return [replace(f)];
      return t !== 'only' || onlyChangesNothing(f) ? [narrow(f)] : [];
    }),
    map(
      seq(words('also', 'and also', 'as well as', 'or'), conditions.after, opt(words('too'))),
      ([, f]) => widen(f),
    ),
    map(seq(opt(words('and')), conditions.after, words('too', 'as well')), ([, f]) => widen(f)),
    map(seq(lead, conditions.before, words('ones', 'keys', 'one'), trailer), ([, f]) => narrow(f)),
    map(
      seq(
        words(
          'only',
          'just',
          'and',
          'what about',
          'how about',
          'and what about',
          'only the',
          'show only',
          'now only',
          'and only',
        ),
        conditions.before,
        trailer,
      ),
      ([, f]) => narrow(f),
    ),
    // "List only the ones in Tokyo" of a number.
    map(
      seq(
        words(
          'list only',
          'list only ones',
          'list ones',
          'list just',
          'show only',
          'show me only',
          'show ones',
          'show me ones',
          'show only ones',
          'list those',
          'show those',
          'show me those',
          'show me only ones',
          'list only those',
          'show only those',
        ),
        conditions.after,
      ),
      ([, f]): Refine =>
        (plan) =>
          plan.measure.kind === 'count' && plan.groupBy.length === 0
            ? narrow(f)(plan).flatMap(listed)
            : [],
    ),
    // "And for 180 days?" after "unused for 90 days"; "what about 180 days".
    expand(
      seq(lead, opt(words('for', 'at least')), period, trailer),
      ([, , ago]): readonly Refine[] => [otherPeriod(ago)],
    ),
    // "And in the next 90 days?", "within 60 days", of what lies ahead.
    map(
      seq(
        lead,
        alt(
          time.ahead,
          map(
            seq(words('within', 'in'), period),
            ([, p]): Range => ({ from: { ago: { count: 0, unit: 'day' } }, to: { ahead: p } }),
          ),
        ),
        trailer,
      ),
      ([, range]): Refine => comingIn(range),
    ),
    // "And 180?": as many of the same unit.
    map(
      seq(lead, wholeNumber, trailer),
      ([, count]): Refine =>
        (plan) =>
          ofSameUnit(count)(plan),
    ),
    map(
      seq(
        opt(words('and', 'what is', 'show', 'show me', 'give me')),
        words(
          'in total',
          'total',
          'the total',
          'altogether',
          'all together',
          'overall total',
          'grand total',
          'total over all',
        ),
      ),
      () => inTotal,
    ),
    // What was said of the place no longer holds.
    map(
      seq(
        opt(words('and', 'now', 'what about', 'show', 'and now')),
        words(
          'in all regions',
          'in every region',
          'all regions',
          'across all regions',
          'in all accounts',
          'all accounts',
          'in every account',
          'across all accounts',
          'everywhere',
          'anywhere',
          'in whole organization',
          'in organization',
          'overall',
        ),
      ),
      ([, where]): Refine => anywhere(where),
    ),
    map(
      seq(
        words('except', 'without', 'but not', 'excluding', 'minus', 'not'),
        opt(words('ones', 'those', 'keys')),
        conditions.after,
        trailer,
      ),
      ([, , f]) => narrow(noneOf(f)),
    ),
    map(
      seq(words('only', 'just', 'show only'), words('first', 'top'), wholeNumber),
      ([, , limit]): Refine =>
        (plan) =>
          // Of groups, the first are those of the highest value; so another rule below.
          plan.groupBy.length > 0 && !plan.orderBy ? [] : [{ ...plan, limit }],
    ),
    map(
      seq(words('how many', 'and how many'), ofThem, conditions.after),
      ([, , f]): Refine =>
        (plan) =>
          narrow(f)(plan).flatMap(counted),
    ),
    map(
      seq(opt(words('and', 'so')), whenAsked),
      ([, column]): Refine =>
        (plan) =>
          plan.entity === 'keys' && plan.measure.kind === 'list'
            ? [{ ...plan, measure: { kind: 'list', show: [...plan.measure.show, column] } }]
            : [],
    ),
    ...groups,
    map(
      seq(
        words(
          'how many',
          'and how many',
          'how many keys',
          'so how many',
          'in how many keys',
          'on how many keys',
          'for how many keys',
          'how many keys is that',
          'how many keys are that',
          'how many keys are affected',
        ),
        opt(
          words(
            'is that',
            'are that',
            'are there',
            'are they',
            'are those',
            'are these',
            'in total',
            'is it',
            'of them are there',
            'is this',
            'is that in total',
            'are there in total',
            'left',
            'are left',
            'remain',
            'remaining',
            'are remaining',
          ),
        ),
      ),
      ([asked]): Refine =>
        asked.includes('keys')
          ? keysCounted
          : (plan) => [...accountsCounted(plan), ...counted(plan)],
    ),
    map(
      seq(
        opt(words('and', 'so', 'in')),
        words(
          'how many accounts',
          'how many accounts is that',
          'how many accounts are that',
          'how many accounts are they',
          'how many accounts are there',
          'how many accounts are affected',
          'how many different accounts',
          'number of accounts',
          'count accounts',
        ),
      ),
      () => accountsCounted,
    ),
    // "How many have rotation on?" "How many do not?"
    map(
      seq(
        opt(words('and', 'so', 'but')),
        alt(
          seq(
            words('how many', 'how many keys'),
            words(
              'do not',
              'do not have it',
              'do not have one',
              'do not have any',
              'have not',
              'have none',
              'have no such',
              'are not',
              'were not',
              'is not',
              'did not',
              'have not been',
              'not',
              'without',
              'without it',
              'without one',
              'without any',
              'others',
              'other keys',
            ),
          ),
          words(
            'how many keys not',
            'how many other keys',
            'how many others are there',
            'how many do not have that',
            'how many are others',
          ),
        ),
      ),
      () => othersCounted,
    ),
    // "Policy changes in October", and then "November".
    map(
      seq(lead, time.span, trailer),
      ([, span]): Refine =>
        (plan) =>
          atOtherTime(span, plan, context.asOf),
    ),
    map(
      seq(
        words(
          'count',
          'and count',
          'total number',
          'what is total',
          'what is the total number',
          'what is count',
          'number',
        ),
        opt(them),
      ),
      () => counted,
    ),
    map(
      seq(
        words(
          'list',
          'show',
          'show me',
          'list all of',
          'show all of',
          'which are',
          'what are',
          'display',
          'give me',
          'see',
        ),
        them,
      ),
      ([, what]): Refine =>
        (plan) =>
          what.includes('keys') && plan.entity !== 'keys' ? [] : listed(plan),
    ),
    map(
      words(
        'which ones',
        'which ones are they',
        'which ones are these',
        'which ones are those',
        'list all',
        'show all',
        'show me list',
        'show list',
        'as a list',
        'list',
        'which keys are these',
        'which keys are those',
        'which keys are they',
        'show me which',
        'show me which ones',
        'tell me which',
        'which are they',
        'list these',
      ),
      () => listed,
    ),
    map(
      seq(lead, keys.ordering),
      ([, orderBy]): Refine =>
        (plan) =>
          plan.entity === 'keys' && plan.measure.kind === 'list' && orderBy.by !== 'value'
            ? [{ ...plan, orderBy }]
            : [],
    ),
    map(
      seq(
        lead,
        sorted,
        alt(
          map(seq(dimension('keys', context), opt(words('name', 'names', 'id'))), ([by]) => by),
          map(words('name', 'names'), () => null),
        ),
        opt(alphabetic),
      ),
      ([, , by, d]) => reordered(by, d ?? 'asc'),
    ),
    map(
      seq(
        lead,
        sorted,
        words(
          ...['user', 'users', 'user name', 'username', 'user names', 'principal', 'principals'],
          ...['principal name', 'role', 'role name', 'who', 'caller', 'person', 'identity'],
        ),
        opt(alphabetic),
      ),
      ([, , , d]) => reorderedByWho(d ?? 'asc'),
    ),
    map(
      seq(
        opt(words('and', 'but', 'so')),
        words(
          ...['any', 'which', 'which ones', 'some', 'are any', 'can any', 'which of them'].flatMap(
            (any) => [any, `${any} of them`, `${any} of those`, `${any} of these`],
          ),
          ...['are they', 'are those', 'can they', 'can those', 'are these', 'can we'],
        ),
        opt(words('are', 'can', 'could')),
        opt(words('still')),
        words(
          ...['cancelable', 'cancellable', 'be cancelled', 'be canceled', 'be stopped', 'be saved'],
          ...[
            'be rescued',
            'be undone',
            'recoverable',
            'be recovered',
            'be reversed',
            'reversible',
          ],
          ...['cancel', 'cancel deletion', 'cancel them', 'cancel those', 'stop', 'be called off'],
        ),
      ),
      () => stillWaiting,
    ),
    map(
      seq(
        opt(words('and', 'but', 'so')),
        words(
          ...['since when', 'since when exactly', 'when did that happen', 'when was that done'],
          ...[
            'when was it done',
            'when did this happen',
            'who did it',
            'who did that',
            'who did this',
          ],
          ...[
            'who did that and when',
            'who did it and when',
            'when and by whom',
            'by whom and when',
          ],
          ...['since when is that so', 'since when are they', 'who is behind that'],
        ),
      ),
      () => deedBehind,
    ),
    map(
      seq(
        opt(words('and', 'but', 'so')),
        words('who scheduled', 'who requested', 'who ordered'),
        them,
      ),
      (): Refine => (plan) => deedBehind(plan, 'PendingDeletion'),
    ),
    map(seq(lead, opt(words('sort', 'sorted', 'order', 'sort them')), alphabetic), ([, , d]) =>
      reordered(null, d),
    ),
    map(seq(lead, opt(words('sort', 'sorted', 'order', 'sort them')), bySize), ([, , d]) =>
      reorderedByValue(d),
    ),
    map(seq(lead, opt(words('sort', 'sorted', 'order', 'sort them')), byMerit), ([, , end]) =>
      byMeritFirst(end),
    ),
    map(
      seq(
        lead,
        opt(words('show', 'show me', 'give me', 'keep', 'keep only')),
        countedLargest,
        opt(words('only', 'ones', 'please', 'of them', 'of those', 'groups')),
      ),
      ([, , { limit, of }]) => largestGroups(limit, /expensive|costliest|priciest/.test(of)),
    ),
    map(
      seq(
        lead,
        words(
          'as percentage',
          'in percent',
          'as percent',
          'as share',
          'what percentage',
          'what percentage is that',
          'what share is that',
          'what percent is that',
          'percentage',
          'how many percent',
          'how many percent is that',
          'what percentage of all keys',
          'what percentage of all',
          'as share of all keys',
          'as percentage of all keys',
          'as part of all keys',
          'out of how many',
        ),
      ),
      () => asPartsOrShare,
    ),
    map(
      seq(lead, words('bottom', 'lowest', 'last', 'cheapest', 'smallest'), wholeNumber),
      ([, , limit]): Refine =>
        (plan) =>
          otherEnd('asc')(plan).map((p) => ({ ...p, limit })),
    ),
    map(
      seq(
        lead,
        words(
          'cheapest',
          'lowest',
          'least',
          'fewest',
          'smallest',
          'bottom',
          'least expensive',
          'which has least',
          'which has fewest',
          'which is cheapest',
          'which is lowest',
        ),
      ),
      () => otherEnd('asc'),
    ),
    map(
      seq(
        lead,
        words(
          'most expensive',
          'highest',
          'most',
          'largest',
          'biggest',
          'top',
          'which has most',
          'which is highest',
        ),
      ),
      () => otherEnd('desc'),
    ),
    map(seq(lead, words(...earlierUnits), opt(words('that', 'that one')), trailer), ([, said]) =>
      inTimeBefore(unitIn(said), context.asOf),
    ),
    map(
      seq(lead, words('top', 'worst', 'first'), wholeNumber, opt(words('only', 'ones', 'keys'))),
      ([, , limit]) => firstOf(limit),
    ),
    map(
      seq(lead, words('top', 'first'), wholeNumber, opt(words('only', 'ones', 'keys'))),
      ([, , limit]): Refine =>
        (plan) =>
          plan.orderBy
            ? [{ ...plan, limit }]
            : plan.groupBy.length > 0
              ? [{ ...plan, orderBy: { by: 'value', direction: 'desc' }, limit }]
              : [{ ...plan, limit }],
    ),
    map(
      seq(
        lead,
        opt(words('show', 'show me')),
        opt(wholeNumber),
        superlative,
        opt(wholeNumber),
        opt(words('ones', 'one', 'keys', 'key', 'of them', 'of those')),
      ),
      ([, , a, orderBy, b]): Refine =>
        (plan) =>
          plan.entity === 'keys'
            ? [{ ...listOf('keys', meantBy(plan)), orderBy, limit: a ?? b ?? 'ties' }]
            : [],
    ),
    map(
      words(
        'what do they cost',
        'how much do they cost',
        'what does that cost',
        'how much does that cost',
        'how much is that',
        'what is their cost',
        'what is their total cost',
        'and their cost',
        'and cost',
        'total cost',
        'and total cost',
        'what do those cost',
        'how much do those cost',
        'what is total cost',
        'what is the cost',
        'how much do they cost per month',
        'what do they cost per month',
        'how much do those cost per month',
        'what do those cost per month',
        'how much do these cost',
      ),
      () => costed,
    ),
    map(
      words(
        'who can use them',
        'who can use those',
        'who can use these',
        'who can use it',
        'who has access to them',
        'who has access',
        'who can access them',
        'who has access to it',
        'who has access to those',
      ),
      (asked) => usersOf(asked.includes('use') ? useLevels : null),
    ),
    expand(
      words(
        'which accounts',
        'in which accounts',
        'which accounts are they in',
        'in which accounts are they',
        'which accounts are affected',
        'which accounts do they belong to',
        'which regions',
        'in which regions',
        'which regions are they in',
        'in which regions are they',
      ),
      (phrase): readonly Refine[] => [
        (plan) =>
          plan.entity === 'keys'
            ? [
                {
                  ...listOf('keys', meantBy(plan)),
                  measure: { kind: 'count', keys: true },
                  groupBy: [{ column: phrase.includes('region') ? 'region' : 'account_id' }],
                },
              ]
            : [],
      ],
    ),
  );
}

/** A time of each of the keys: "when do they get deleted?" */
const whenAsked: Parser<string> = alt(
  map(
    words(
      'when do they get deleted',
      'when do they go',
      'when will they go',
      'when are they gone',
      'when will they be gone',
      'when does each go',
      'when does each one go',
      'when does each of them go',
      'when does it go',
      'when will it be gone',
      'when are they deleted',
      'when are they being deleted',
      'when will they be deleted',
      'when are they due',
      'when are they due for deletion',
      'when does it get deleted',
      'when is it deleted',
      'when will it be deleted',
      'what is their deletion date',
      'what is its deletion date',
      'deletion date',
      'deletion dates',
      'show deletion date',
      'show deletion dates',
    ),
    () => 'deletion_at',
  ),
  map(
    words(
      'when do they expire',
      'when will they expire',
      'when does it expire',
      'when will it expire',
      'expiry date',
      'expiry dates',
      'expiration date',
      'expiration dates',
    ),
    () => 'material_expires_at',
  ),
  map(
    words(
      'when does it rotate next',
      'when do they rotate next',
      'when are they rotated next',
      'when is it rotated next',
      'when is next rotation',
      'next rotation date',
      'when will they be rotated',
      'when will it be rotated',
    ),
    () => 'next_rotation_at',
  ),
);

/**
 * "Can any of them still be cancelled?" of keys that wait for deletion, or whose deletion was scheduled: those that
 * wait now, with the time until which it can be.
 */
const stillWaiting: Refine = (plan) => {
  const waits = partsOf(plan.filter).some(
    (p) => 'is' in p && p.is === 'value' && isPending(p.values),
  );
  const scheduled = factsOf(plan.filter).some(
    (f) => f.is === 'event' && f.test.operations?.join() === 'ScheduleKeyDeletion',
  );
  if (plan.limit !== null || plan.measure.kind !== 'list' || plan.groupBy.length > 0) return [];
  const keys = plan.entity === 'keys' ? [plan] : plan.entity === 'usage' ? keysDoneTo(plan) : [];
  if (!waits && !scheduled) return [];
  const waiting: Filter = { is: 'value', column: 'key_state', values: ['PendingDeletion'] };
  return keys.map((k) => ({
    ...listOf('keys', waits ? k.filter : allOf(k.filter, waiting)),
    measure: { kind: 'list', show: ['deletion_at'] },
    orderBy: { by: 'deletion_at', direction: 'asc' },
  }));
};

const earlierUnits = [
  'day before',
  'week before',
  'month before',
  'year before',
  'previous day',
  'previous week',
  'previous month',
  'previous year',
] as const;
const unitIn = (said: string) => units.find((unit) => said.includes(unit)) ?? 'day';

/** Whether the words around a grouping say that it takes the place of the one before. */
const instead = (first: string | null, last: string | null) =>
  last === 'instead' || /^(now|split|break|group)/.test(first ?? '');

/** So many of the unit that the one length of time before is in. */
function ofSameUnit(count: number): Refine {
  return (plan) => {
    const lasting = partsOf(plan.filter).flatMap((p) =>
      'is' in p && p.is === 'unused' && 'ago' in p.since ? [p.since.ago] : [],
    );
    const [only, ...more] = lasting;
    return only && more.length === 0 ? otherPeriod({ ...only, count })(plan) : [];
  };
}

/** The same condition for another length of time. */
function otherPeriod(ago: Period): Refine {
  return (plan) => {
    const parts = partsOf(plan.filter);
    const lasting = parts.filter((p) => 'is' in p && p.is === 'unused' && 'ago' in p.since);
    const [only] = lasting;
    if (lasting.length !== 1 || !only || !('is' in only) || only.is !== 'unused') return [];
    const others = parts.filter((p) => p !== only);
    return [{ ...plan, filter: allOf(...others, { ...only, since: { ago } }) }];
  };
}

/** The plan without what it says of Regions, of accounts, or of any place. */
function anywhere(where: string): Refine {
  const columns = /region/.test(where)
    ? ['region']
    : /account/.test(where)
      ? ['account_id']
      : ['region', 'account_id', 'ou'];
  return (plan) => {
    const parts = partsOf(plan.filter);
    const kept = parts.filter((p) => !columns.includes(subjectOf(p) ?? ''));
    return kept.length < parts.length ? [{ ...plan, filter: allOf(...kept) }] : [];
  };
}

/** What the data tells of the future. */
const coming: ReadonlySet<string> = new Set([
  'deletion_at',
  'material_expires_at',
  'next_rotation_at',
]);

/** The same for another time to come: of the one condition that speaks of one, or when keys are deleted. */
function comingIn({ from, to }: Range): Refine {
  return (plan) => {
    const past = from !== null && 'ago' in from && from.ago.count > 0;
    if (plan.entity !== 'keys' || past) return [];
    const parts = partsOf(plan.filter);
    const timed = parts.flatMap((p) =>
      'is' in p && p.is === 'time' && coming.has(p.column) ? [p] : [],
    );
    const [only, ...more] = timed;
    if (more.length > 0) return [];
    const others = parts.filter((p) => p !== only);
    const leaving = parts.some((p) => 'is' in p && p.is === 'value' && isPending(p.values));
    const shown = plan.measure.kind === 'list' ? plan.measure.show : [];
    const column =
      only?.column ?? (leaving ? 'deletion_at' : (shown.find((c) => coming.has(c)) ?? null));
    return column ? [{ ...plan, filter: allOf(...others, { is: 'time', column, from, to }) }] : [];
  };
}

const isPending = (states: readonly string[]) => states.join() === 'PendingDeletion';

const isTag = (filter: Filter) => factsOf(filter).every((f) => f.is === 'tag' && f.value !== null);

/** "Only external" of keys that other accounts have access to is said of that access. */
const isNarrowedTo = (filter: Filter, plan: Plan) =>
  factsOf(filter).some((f) => f.is === 'access' && f.test.trust?.includes('EXTERNAL')) &&
  factsOf(plan.filter).some((f) => f.is === 'access' && f.test.otherAccount);

/** Whether a condition speaks of what the rows themselves are: access where they are permissions. */
function saysOfRows(filter: Filter, entity: Plan['entity']): boolean {
  const of = {
    permissions: ['access'],
    usage: ['event', 'access'],
    concerns: ['concern', 'severity'],
  };
  const own = entity in of ? of[entity as keyof typeof of] : [];
  return factsOf(filter).some((f) => own.includes(f.is));
}
