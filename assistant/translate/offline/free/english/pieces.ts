import type { AccessGrammar } from '../../grammar/access.ts';
import {
  alt,
  type Chart,
  expand,
  type Found,
  map,
  opt,
  type Parser,
  rule,
  seq,
  startsAt,
  words,
} from '../../grammar/chart.ts';
import type { GrammarContext } from '../../grammar/context.ts';
import { calendarUnitIn, dimension, grouping } from '../../grammar/dimensions.ts';
import type { KeyConditions } from '../../grammar/key-conditions.ts';
import { nounOfKeys } from '../../grammar/key-phrases.ts';
import type { KeyQuestions } from '../../grammar/key-questions.ts';
import type { TimeGrammar } from '../../grammar/time.ts';
import { type Dimension, type Entity, everything, type Filter, factsOf } from '../../plan/plan.ts';
import type { Spotter } from '../cover.ts';
import type { Noun, Piece } from '../piece.ts';
import { isPlace } from '../said-of-keys.ts';
import { whatLiesAhead } from './ahead.ts';
import { conditionPieces } from './conditions.ts';
import { deeds } from './deeds.ts';
import { fillers } from './fillers.ts';
import { going } from './going.ts';
import { permits } from './permits.ts';
import { readings } from './readings.ts';
import { shapes } from './shapes.ts';
import { someone } from './someone.ts';
import { wants } from './wants.ts';

/** The parts of the English grammar that say what a few words mean, wherever they stand. */
export interface EnglishParts {
  readonly time: TimeGrammar;
  readonly conditions: KeyConditions;
  readonly access: AccessGrammar;
  readonly keys: KeyQuestions;
}

/** The English pieces. Words for conditions, groups and measures are those of the grammar. */
export function englishPieces(context: GrammarContext, parts: EnglishParts): Spotter {
  const { time, access, keys } = parts;
  const spot: Spotter = rule(() =>
    alt(
      map(fillers, (): Piece => ({ is: 'filler' })),
      // "Both public and disabled" is "public and disabled".
      map(words('both', 'either'), (): Piece => ({ is: 'filler' })),
      relative,
      you,
      wants,
      nouns(context),
      groups(context, keys, parts.conditions),
      conditionPieces(context, parts.conditions, time),
      whatLiesAhead(time, context.asOf),
      someone(context, access),
      deeds(context),
      permits,
      going,
      readings,
      accountStates(context),
      shapes(context, keys, time),
    ),
  );
  // "Public/disabled" may be both or either, so nothing is cut at a slash.
  return (chart, at) => {
    const [start] = startsAt(chart, at).slice(-1);
    if (chart.tokens[start ?? at]?.joint === '/') return [];
    const found = spot(chart, at).filter(
      (f) => !leavesOutPerson(f, chart, start ?? at, spot) && !ownsKeys(f, chart, start ?? at),
    );
    return whoBeforeWhat(found, chart, start ?? at);
  };
}

/** Where something is stands behind one of these. */
const where =
  /^(in|of|within|from|for|on|under|across|at|by|outside|inside|not|located|hosted|belonging|account|accounts|region|regions|ou|ous|owned|only|just)$/;
const acts =
  /^(use|uses|used|using|can|may|could|did|has|have|decrypts?|encrypts?|signs?|accesse?s?|owns?)$/;

const leavesOut = /^(than|but|except|besides|from|for|not|excluding)$/;

/** "Except alice": a person is left out, not the keys that a tag names so. */
function leavesOutPerson(
  { value, end }: Found<Piece>,
  chart: Chart,
  start: number,
  spot: Spotter,
): boolean {
  if (value.is !== 'condition') return false;
  const { filter } = value.condition;
  if (!('not' in filter) || !('is' in filter.not) || filter.not.is !== 'tag') return false;
  const name =
    chart.tokens.findIndex((t, i) => i >= start && i < end && leavesOut.test(t.text)) + 1;
  return (
    name > 0 &&
    spot(chart, name).some(
      (f) => f.end === end && f.value.is === 'someone' && f.value.someone.did?.callers,
    )
  );
}

/** "Keys of payroll-prod" are those in it, and not those that it used. */
function ownsKeys({ value, end }: Found<Piece>, chart: Chart, start: number): boolean {
  const account = value.is === 'someone' && value.someone.did?.callerAccount !== undefined;
  const isKey = (at: number) => /^(?:key|cmk)$/.test(chart.tokens[at]?.base ?? '');
  const first = chart.tokens[start]?.text ?? '';
  // "Payroll-prod keys" are in it as well.
  const before = isKey(end) && !/^(?:by|through|via|from|using)$/.test(first);
  // "Who did what in payroll-prod": where the keys are.
  const inside = /^(?:in|within|inside)$/.test(chart.tokens[start - 1]?.text ?? '');
  return account && (before || inside || (/^(?:of|in|from)$/.test(first) && isKey(start - 1)));
}

/** A place, or the value of a tag, which may be the name of one. */
const namesPlace = (f: Filter) => isPlace(f) || ('is' in f && f.is === 'tag');

/** Whether a place is named by words alone, without a preposition. */
const isWholeName = (found: Found<Piece>, chart: Chart, start: number) =>
  found.end > start + 1 && !where.test(chart.tokens[start]?.text ?? '');

/**
 * A person who did something is not the value of a tag, though tags name owners so. "Keys that x uses" are
 * not those in x. And conditions that begin with who may are marked.
 */
function whoBeforeWhat(
  found: readonly Found<Piece>[],
  chart: Chart,
  start: number,
): readonly Found<Piece>[] {
  const someones = found.filter((f) => f.value.is === 'someone');
  const callers = someones.filter((f) => f.value.is === 'someone' && f.value.someone.did?.callers);
  // "Bluebird Logistics" is the unit of that name, not what is tagged so in a unit called Logistics.
  const places = found.filter(
    (f) => f.value.is === 'condition' && namesPlace(f.value.condition.filter),
  );
  return found.flatMap((f): readonly Found<Piece>[] => {
    if (f.value.is !== 'condition') return [f];
    const { filter } = f.value.condition;
    const composed = 'and' in filter && filter.and.length > 1;
    const isWhole = places.some((p) => p.end === f.end && isWholeName(p, chart, start));
    if (composed && isWhole) return [];
    const facts = factsOf(filter);
    const tagged = facts.some((fact) => fact.is === 'tag');
    const also = facts.length > 1 ? callers.some((c) => c.end < f.end) : false;
    if (tagged && (also || (facts.length === 1 && callers.some((c) => c.end === f.end)))) return [];
    const verb = chart.tokens[f.end]?.text ?? '';
    const [object, further] = [1, 2].map((n) => chart.tokens[f.end + n]);
    // A unit "has" keys, or any key; who has access is someone.
    const owning =
      /^(have|has|owns?)$/.test(verb) &&
      !/^(access|permissions?|rights?|been)$/.test(object?.text ?? '') &&
      (object?.text !== 'any' || /^(key|cmk)$/.test(further?.base ?? ''));
    const acting = acts.test(verb) && !owning;
    if (acting && namesPlace(filter) && !where.test(chart.tokens[start]?.text ?? '')) return [];
    // "External" alone says who may use a key, not where its material comes from.
    const alone = f.end === start + 1 && chart.tokens[start]?.raw.toLowerCase() === 'external';
    if (alone && 'is' in filter && filter.is === 'value' && chart.tokens[start]?.raw !== 'EXTERNAL')
      return [];
    const access = factsOf(filter).some((fact) => fact.is === 'access');
    const active = access && someones.some((one) => one.end < f.end);
    return [active ? { ...f, value: { ...f.value, active: true } } : f];
  });
}

/** "Did you", "you have": whoever answers. Elsewhere "you" is asked about, which is none of this data. */
const you: Parser<Piece> = (chart, at) => {
  const [before, after] = [chart.tokens[at - 1], chart.tokens[at + 1]];
  const auxiliary = /^(can|could|would|will|do|did|were|are|have|had|if|as|please|thank)$/;
  return auxiliary.test(before?.text ?? '') ||
    /^(have|know|see|show|list|tell|find|read)$/.test(after?.text ?? '')
    ? map(words('you', 'u'), (): Piece => ({ is: 'filler' }))(chart, at)
    : [];
};

/** "Who", "which", "that" behind a noun only go on from it. */
const relative: Parser<Piece> = (chart, at) => {
  const before = chart.tokens[at - 1];
  if (before?.kind !== 'word' && before?.kind !== 'number') return [];
  if (/^(and|or|but|me|us|show|list|know|tell|find|see)$/.test(before.text)) return [];
  return map(
    words(
      'who',
      'which',
      'that',
      'where',
      'what',
      'whom',
      'with which',
      'to which',
      'for which',
      'on which',
      'of which',
      'in which',
    ),
    (): Piece => ({ is: 'filler' }),
  )(chart, at);
};

/** What accounts are themselves: suspended, the management account. */
const accountStates = ({ lexicon }: GrammarContext): Parser<Piece> =>
  alt(
    expand(lexicon.columnValues.accounts.parser, ({ column, value }): readonly Piece[] =>
      column === 'state' && value !== 'ACTIVE'
        ? [{ is: 'ofAccounts', filter: { is: 'value', column, values: [value] } }]
        : [],
    ),
    map(
      words(
        'about to be closed',
        'being closed',
        'pending closure',
        'awaiting closure',
        'in closure',
      ),
      (): Piece => ({
        is: 'ofAccounts',
        filter: { is: 'value', column: 'state', values: ['PENDING_CLOSURE'] },
      }),
    ),
    map(
      words('active', 'in state active', 'with state active'),
      (): Piece => ({
        is: 'ofAccounts',
        filter: { is: 'value', column: 'state', values: ['ACTIVE'] },
      }),
    ),
    map(
      words(
        'state is suspended',
        'state suspended',
        'in state suspended',
        'status is suspended',
        'status suspended',
      ),
      (): Piece => ({
        is: 'ofAccounts',
        filter: { is: 'value', column: 'state', values: ['SUSPENDED'] },
      }),
    ),
  );

/** What a parser finds, except where it is said by just this word. */
function unlessSaid(word: RegExp, parser: Parser<Piece>): Parser<Piece> {
  return (chart, at) =>
    parser(chart, at).filter(({ end }) => !word.test(chart.tokens[end - 1]?.base ?? ''));
}

function nouns(context: GrammarContext): Parser<Piece> {
  const noun = (which: Noun, filter: Filter = everything): Piece => ({
    is: 'noun',
    noun: which,
    filter,
  });
  return alt(
    map(nounOfKeys(context), ({ filter, singular }): Piece => {
      const keys = { is: 'noun', noun: 'keys', filter } as const;
      return singular ? { ...keys, one: true } : keys;
    }),
    map(words('mrk', 'mrks'), () => noun('keys', { is: 'flag', column: 'multi_region' })),
    unlessSaid(
      /^(use|usage)$/,
      expand(context.lexicon.nouns.parser, (which): readonly Piece[] =>
        which === 'coverage' || which === 'accounts' || which === 'keys' ? [] : [noun(which)],
      ),
    ),
    map(
      words(
        'anything',
        'something',
        'everything',
        ...['anything', 'something', 'everything', 'stuff'].flatMap((thing) =>
          ['of ours', 'of mine', 'we own', 'we have', 'that is ours', 'that we own', 'in kms'].map(
            (our) => `${thing} ${our}`,
          ),
        ),
        'stuff',
        'at least one key',
        'at least 1 key',
        'one or more keys',
        'at least one of keys',
        'any one key',
        'any of keys',
        'some key',
        'some keys',
        'everywhere',
        'wherever',
      ),
      () => noun('keys'),
    ),
    // "Concerns of keys": theirs, and no keys.
    map(
      words(
        ...['concerns', 'findings', 'issues', 'problems', 'risks', 'violations'].flatMap((thing) =>
          ['of', 'on', 'for', 'with', 'about', 'affecting'].flatMap((of) => [
            `${thing} ${of} keys`,
            `${thing} ${of} cmks`,
          ]),
        ),
      ),
      () => noun('concerns'),
    ),
    map(
      words(
        'problem',
        'problems',
        'risks',
        'security concerns',
        'security issues',
        'red flags',
        'weaknesses',
        'alerts',
      ),
      () => noun('concerns'),
    ),
    map(
      words(
        'recorded activity',
        'activity',
        'activities',
        'key activity',
        'recorded events',
        'activity log',
        'log entries',
        'recorded operations',
        'audit trail',
      ),
      () => noun('usage'),
    ),
    map(words('permissions'), () => noun('permissions')),
    map(
      words('principals', 'identities'),
      (): Piece => ({
        is: 'noun',
        noun: 'permissions',
        filter: everything,
        people: true,
      }),
    ),
  );
}

/** Columns by which rows that are about keys are grouped, besides those of keys. */
const further: readonly (readonly [Entity, readonly string[]])[] = [
  [
    'usage',
    ['via_service', 'username', 'caller_account', 'operation', 'source_ip', 'resource_arn'],
  ],
  ['permissions', ['principal', 'principal_account', 'principal_type']],
  ['concerns', ['label', 'severity']],
];

const created = (unit: string): Dimension => ({
  column: 'created_at',
  by: calendarUnitIn(unit),
});

function groups(
  context: GrammarContext,
  keys: KeyQuestions,
  { tagKey }: KeyConditions,
): Parser<Piece> {
  const isOneOf = (names: readonly string[]) => (d: Dimension) =>
    'column' in d && names.includes(d.column);
  const named = context.values.named(['account'], false);
  /** "Used by account log-archive", "used by accounts in Sandbox" names whoever used them, and makes no groups. */
  const unlessNamed = (by: Parser<readonly Dimension[]>): Parser<readonly Dimension[]> => {
    return (chart, at) =>
      by(chart, at).filter(
        ({ end }) =>
          chart.tokens[end - 1]?.base !== 'account' ||
          !/^(?:used|with|accessed|changed)$/.test(chart.tokens[at - 1]?.text ?? '') ||
          (named(chart, end).length === 0 &&
            !/^(?:in|under|below|within)$/.test(chart.tokens[end]?.text ?? '')),
      );
  };
  return alt(
    map(
      dimension('keys', context),
      (d): Piece => ({ is: 'dimension', entity: 'keys', dimension: d }),
    ),
    map(
      words('year', 'calendar year', 'quarter', 'calendar quarter', 'month', 'calendar month'),
      (unit): Piece => ({
        is: 'dimension',
        entity: 'keys',
        dimension: created(unit),
        calendar: true,
      }),
    ),
    map(
      seq(
        words('per', 'by', 'in each', 'each', 'every', 'for each', 'for every', 'over'),
        words('year', 'calendar year', 'quarter', 'calendar quarter', 'month', 'calendar month'),
      ),
      ([, unit]): Piece => ({
        is: 'by',
        entity: 'keys',
        dimensions: [created(unit)],
        calendar: true,
      }),
    ),
    map(
      words('month by month', 'monthly trend', 'monthly'),
      (): Piece => ({
        is: 'by',
        entity: 'keys',
        dimensions: [created('month')],
        calendar: true,
      }),
    ),
    map(
      words('quarter by quarter', 'quarterly trend', 'quarterly'),
      (): Piece => ({
        is: 'by',
        entity: 'keys',
        dimensions: [created('quarter')],
        calendar: true,
      }),
    ),
    map(
      words('year by year', 'yearly trend', 'yearly'),
      (): Piece => ({
        is: 'by',
        entity: 'keys',
        dimensions: [created('year')],
        calendar: true,
      }),
    ),
    map(
      seq(
        words(
          'for each value of',
          'per value of',
          'by value of',
          'by values of',
          'for every value of',
          'for all values of',
          'for values of',
        ),
        tagKey,
        opt(words('tag')),
      ),
      ([, tag]): Piece => ({
        is: 'by',
        entity: 'keys',
        dimensions: [{ tag }],
        filter: { is: 'tag', key: tag, value: null },
      }),
    ),
    // "Specs in use" are those that keys have.
    expand(
      seq(
        dimension('keys', context),
        words('used', 'are used', 'in use', 'do we use', 'we use', 'are we using', 'that are used'),
      ),
      ([d]): readonly Piece[] =>
        'column' in d && ['key_spec', 'origin', 'key_usage'].includes(d.column)
          ? [{ is: 'dimension', entity: 'keys', dimension: d }]
          : [],
    ),
    map(unlessNamed(keys.grouping), (d): Piece => ({ is: 'by', entity: 'keys', dimensions: d })),
    map(
      words(
        'people',
        'persons',
        'employees',
        'individuals',
        'callers',
        'people or roles',
        'people and roles',
        'users or roles',
        'users and roles',
        'roles or users',
        'roles and users',
        'roles or people',
        'callers of any kind',
      ),
      (): Piece => ({ is: 'dimension', entity: 'usage', dimension: { column: 'username' } }),
    ),
    map(
      words('resource', 'resources', 'protected resource', 'protected resources', 'aws resources'),
      (): Piece => ({ is: 'dimension', entity: 'usage', dimension: { column: 'resource_arn' } }),
    ),
    ...further.flatMap(([entity, names]) => [
      unlessSaid(
        /^(who|whom)$/,
        expand(dimension(entity, context), (d): readonly Piece[] =>
          isOneOf(names)(d) ? [{ is: 'dimension', entity, dimension: d }] : [],
        ),
      ),
      expand(grouping(entity, context), (d): readonly Piece[] =>
        d.every(isOneOf(names)) ? [{ is: 'by', entity, dimensions: d }] : [],
      ),
    ]),
  );
}
