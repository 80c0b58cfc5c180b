import { concernKinds } from '../../../../../collector/schema/concerns.ts';
import type { AccessGrammar } from '../../grammar/access.ts';
import {
  alt,
  type Chart,
  expand,
  type Found,
  many,
  map,
  opt,
  type Parser,
  rule,
  seq,
  startsAt,
  token,
  words,
} from '../../grammar/chart.ts';
import type { GrammarContext } from '../../grammar/context.ts';
import { dimension, grouping } from '../../grammar/dimensions.ts';
import { plain } from '../../grammar/joining.ts';
import type { KeyConditions } from '../../grammar/key-conditions.ts';
import { nounOfKeys } from '../../grammar/key-phrases.ts';
import type { KeyQuestions } from '../../grammar/key-questions.ts';
import { operationName } from '../../grammar/operations.ts';
import { someText } from '../../grammar/text-conditions.ts';
import type { TimeGrammar } from '../../grammar/time.ts';
import {
  type Dimension,
  type Entity,
  everything,
  type Filter,
  factsOf,
  noneOf,
} from '../../plan/plan.ts';
import type { Spotter } from '../cover.ts';
import type { Noun, Piece } from '../piece.ts';
import { isPlace } from '../said-of-keys.ts';
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
      relative,
      you,
      wants,
      nouns(context),
      groups(context, keys),
      quantified(found(context, parts)),
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
    return whoBeforeWhat(spot(chart, at), chart, start ?? at);
  };
}

/** Where something is stands behind one of these. */
const where =
  /^(in|of|within|from|for|on|under|across|at|by|outside|inside|not|located|hosted|belonging|account|accounts|region|regions|ou|ous|owned|only|just)$/;
const acts =
  /^(use|uses|used|using|can|may|could|did|has|have|decrypts?|encrypts?|signs?|accesse?s?|owns?)$/;

/** A place, or the value of a tag, which may be the name of one. */
const namesPlace = (f: Filter) => isPlace(f) || ('is' in f && f.is === 'tag');

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
  return found.flatMap((f): readonly Found<Piece>[] => {
    if (f.value.is !== 'condition') return [f];
    const { filter } = f.value.condition;
    if ('is' in filter && filter.is === 'tag' && callers.some((c) => c.end === f.end)) return [];
    const acting = acts.test(chart.tokens[f.end]?.text ?? '');
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
    map(nounOfKeys(context), ({ filter }) => noun('keys', filter)),
    map(words('mrk', 'mrks'), () => noun('keys', { is: 'flag', column: 'multi_region' })),
    unlessSaid(
      /^(use|usage)$/,
      expand(context.lexicon.nouns.parser, (which): readonly Piece[] =>
        which === 'coverage' || which === 'accounts' || which === 'keys' ? [] : [noun(which)],
      ),
    ),
    map(words('anything', 'something', 'everything', 'stuff'), () => noun('keys')),
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
    map(words('principals', 'identities', 'permissions'), () => noun('permissions')),
  );
}

/** Columns by which rows that are about keys are grouped, besides those of keys. */
const further: readonly (readonly [Entity, readonly string[]])[] = [
  ['usage', ['via_service', 'username', 'caller_account', 'operation', 'source_ip']],
  ['permissions', ['principal', 'principal_account', 'principal_type']],
  ['concerns', ['label', 'severity']],
];

const created = (unit: string): Dimension => ({
  column: 'created_at',
  by: unit.includes('year') ? 'year' : 'month',
});

function groups(context: GrammarContext, keys: KeyQuestions): Parser<Piece> {
  const isOneOf = (names: readonly string[]) => (d: Dimension) =>
    'column' in d && names.includes(d.column);
  return alt(
    map(
      dimension('keys', context),
      (d): Piece => ({ is: 'dimension', entity: 'keys', dimension: d }),
    ),
    map(
      words('year', 'calendar year', 'month', 'calendar month'),
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
        words('year', 'calendar year', 'month', 'calendar month'),
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
      words('year by year', 'yearly trend', 'yearly'),
      (): Piece => ({
        is: 'by',
        entity: 'keys',
        dimensions: [created('year')],
        calendar: true,
      }),
    ),
    map(keys.grouping, (d): Piece => ({ is: 'by', entity: 'keys', dimensions: d })),
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

/** Conditions on keys, said or denied. */
function found(context: GrammarContext, { conditions, time }: EnglishParts): Parser<Piece> {
  const condition = (filter: Filter): Piece => ({ is: 'condition', condition: plain(filter) });
  const { object, single, before, state, tagKey } = conditions;
  const without = words(
    'no',
    'without',
    'without any',
    'zero',
    'lacking',
    'missing',
    'not any',
    'no single',
  );
  const comma = opt(token((t) => (t.kind === 'comma' ? true : undefined)));
  const tagValue = context.values.named(['tag'], false);
  return alt(
    expand(single, (c): readonly Piece[] =>
      c.bare && saysLittle(c.filter) ? [] : [{ is: 'condition', condition: c }],
    ),
    expand(before, (f) => (saysLittle(f) ? [] : [condition(f)])),
    map(state, condition),
    expand(object, (f) => (saysLittle(f) ? [] : [condition(f)])),
    map(
      seq(words('at least one', 'at least 1', 'one or more', 'some', 'any', 'a single'), object),
      ([, f]) => condition(f),
    ),
    map(
      words(
        'flagged',
        'reported',
        'marked',
        'considered risky',
        'considered a risk',
        'complained about',
      ),
      () => condition({ is: 'present', column: 'concern_codes' }),
    ),
    map(
      seq(without, object),
      ([, f]): Piece => ({ is: 'condition', condition: plain(noneOf(f)), none: true }),
    ),
    map(
      seq(
        words(
          'neither',
          'no',
          'without',
          'have neither',
          'with neither',
          'neither have',
          'neither has',
          'neither carry',
        ),
        object,
        comma,
        words('nor', 'and no', 'or', 'nor any', 'nor a', 'nor have'),
        object,
      ),
      ([, a, , , b]) => condition({ and: [noneOf(a), noneOf(b)] }),
    ),
    expand(seq(words('not', 'no longer', 'not currently', 'non'), single), ([, c]) =>
      c.bare ? [condition(noneOf(c.filter))] : [],
    ),
    expand(
      seq(tagKey, opt(words('is', 'of', 'equals', 'equal to', 'set to', '=', 'tag')), tagValue),
      ([key, , v]) =>
        v.key === key ? [condition({ is: 'tag', key, value: v.values[0] ?? null })] : [],
    ),
    map(
      seq(words('tag called', 'tag named', 'tag key', 'tag with name', 'tag by name of'), tagKey),
      ([, key]) => condition({ is: 'tag', key, value: null }),
    ),
    map(
      words(
        'rotatable',
        'that can be rotated',
        'can be rotated',
        'where rotation is possible',
        'that can rotate',
        'eligible for rotation',
      ),
      () => condition({ is: 'present', column: 'rotation_enabled' }),
    ),
    map(
      seq(
        words(
          'last use is',
          'last use was',
          'last use',
          'last usage',
          'last usage was',
          'last used',
        ),
        time.range,
      ),
      ([, { from, to }]) => condition({ is: 'time', column: 'last_used_at', from, to }),
    ),
    map(
      seq(
        words(
          'policy',
          'policies',
          'key policy',
          'key policies',
          'whose policy',
          'whose key policy',
          'whose key policies',
          'whose policies',
        ),
        words(
          'could we not read',
          'we could not read',
          'could not be read',
          'not readable',
          'unreadable',
          'we can not read',
          'can not be read',
          'not read',
          'is unreadable',
          'is not readable',
        ),
      ),
      () => condition(noneOf({ is: 'flag', column: 'policy_readable' })),
    ),
    map(
      seq(
        words(
          'last operation was',
          'last operation is',
          'last op was',
          'last operation',
          'last used operation',
          'last used for',
          'most recent operation was',
          'last action was',
          'last call was',
        ),
        operationName(context),
      ),
      ([, name]) => condition({ is: 'value', column: 'last_used_operation', values: [name] }),
    ),
    map(
      words(
        'custom key store',
        'custom key stores',
        'in a custom key store',
        'from a custom key store',
      ),
      () =>
        condition({
          is: 'value',
          column: 'origin',
          values: ['AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'],
        }),
    ),
    map(
      words(
        'cloudhsm backed',
        'backed by cloudhsm',
        'from cloudhsm',
        'in cloudhsm',
        'cloudhsm',
        'hsm backed',
      ),
      () => condition({ is: 'value', column: 'origin', values: ['AWS_CLOUDHSM'] }),
    ),
    map(seq(words('external origin', 'origin external', 'with origin external')), () =>
      condition({ is: 'value', column: 'origin', values: ['EXTERNAL'] }),
    ),
    map(
      words(
        'deleted user',
        'deleted role',
        'deleted users',
        'deleted roles',
        'deleted user or role',
        'deleted principals',
        'deleted principal',
        'deleted iam user',
        'deleted iam role',
        'orphaned principal',
        'orphaned principals',
        'principals that no longer exist',
        'principal that no longer exists',
      ),
      () => condition({ is: 'concern', codes: ['DELETED_PRINCIPAL'] }),
    ),
    map(
      words(
        'nobody can change',
        'nobody able to change',
        'nobody is able to change',
        'no one can change',
        'nobody can edit',
        'nobody can administer',
        'no one can administer',
        'locked out',
        'we are locked out of',
        'locked out of',
      ),
      () => condition({ is: 'concern', codes: ['LOCKOUT_RISK'] }),
    ),
    map(
      seq(
        many(
          words(
            'cis aws foundations',
            'aws foundations',
            'foundations',
            'cis',
            'cis benchmark',
            'benchmark',
            'control',
            'controls',
            'security hub',
            'aws security hub',
            'pci dss',
            'pci',
            'nist',
            'under',
            'per',
            'against',
            'according to',
            'violating',
            'violate',
            'violates',
            'in violation of',
            'not compliant with',
            'non compliant with',
            'noncompliant with',
            'fall foul of',
            'breaking',
            'failures of',
            'failing',
            'fail',
            'fails',
            'failed',
          ),
          0,
          4,
        ),
        control,
      ),
      ([, codes]) => condition({ is: 'concern', codes: [...codes] }),
    ),
    map(
      seq(
        opt(words('rotate', 'rotated', 'rotating', 'rotates')),
        alt(
          map(
            words(
              'more often than once a year',
              'more than once a year',
              'more frequently than once a year',
              'more often than yearly',
              'more often than annually',
            ),
            () => 'less than' as const,
          ),
          map(
            words(
              'less often than once a year',
              'less than once a year',
              'less frequently than once a year',
              'less often than yearly',
              'rarer than once a year',
            ),
            () => 'more than' as const,
          ),
        ),
      ),
      ([, op]) => condition({ is: 'number', column: 'rotation_period_days', op, value: 365 }),
    ),
    map(
      words(
        'unable to read key policy',
        'unable to read policy',
        'not able to read key policy',
        'could not read key policy',
        'could not read policy',
        'can not read key policy',
        'can not read policy',
        'not allowed to read key policy',
        'hidden policy',
        'hidden policies',
        'unreadable policies',
      ),
      () => condition(noneOf({ is: 'flag', column: 'policy_readable' })),
    ),
    map(
      words(
        'deleted users or roles',
        'deleted users and roles',
        'deleted roles or users',
        'removed users',
        'removed roles',
        'removed principals',
        'principals that were deleted',
        'users that were deleted',
        'roles that were deleted',
        'principals that are gone',
      ),
      () => condition({ is: 'concern', codes: ['DELETED_PRINCIPAL'] }),
    ),
    map(
      words(
        'can nobody manage',
        'can nobody change',
        'can no one manage',
        'can no one change',
        'nobody can manage',
        'nobody may change',
        'can nobody administer',
        'nobody controls',
        'without administrator',
        'without administrators',
        'without an administrator',
        'no administrator',
      ),
      () => condition({ is: 'concern', codes: ['LOCKOUT_RISK'] }),
    ),
    map(
      words(
        'to rotate',
        'to be rotated',
        'due to rotate',
        'due to be rotated',
        'upcoming rotation',
        'upcoming rotations',
        'next rotation',
        'next rotations',
        'rotations due',
        'rotation due',
        'scheduled to rotate',
        'about to rotate',
        'up for rotation',
      ),
      () => condition({ is: 'present', column: 'next_rotation_at' }),
    ),
    code(context),
  );
}

/** Marks conditions with an "only" or "all" among their words. */
function quantified(parser: Parser<Piece>): Parser<Piece> {
  const word = /^(only|just|solely|all|every|each|both)$/;
  return (chart, at) =>
    parser(chart, at).map(({ value, end }) =>
      value.is === 'condition' && chart.tokens.slice(at, end).some((t) => word.test(t.text))
        ? { value: { ...value, quantified: true }, end }
        : { value, end },
    );
}

/** The concerns behind a control of a standard, by the end of its id: KMS.4, v4.0.1/3.7.4, SC-12. */
const control: Parser<readonly string[]> = expand(
  someText,
  (text): readonly (readonly string[])[] => {
    const written = text.toLowerCase();
    if (!/\d/.test(written)) return [];
    const codes = concernKinds
      .filter((k) => k.controls.some((id) => isNamed(id.toLowerCase(), written)))
      .map((k) => k.code);
    return codes.length > 0 ? [codes] : [];
  },
);

/** Whether a control is meant by this: its whole id or the part behind the name of the standard. */
const isNamed = (id: string, written: string) =>
  id === written || id.endsWith(` ${written}`) || id.endsWith(`/${written}`);

/** That there is an alias or a tag is said with a verb: "with an alias". IAM users may be who is meant. */
const saysLittle = (f: Filter) =>
  'is' in f &&
  ((f.is === 'access' && Object.keys(f.test).join() === 'source') ||
    (f.is === 'present' && f.column !== 'concern_codes') ||
    (f.is === 'concern' && f.codes.includes('IAM_USER_PRINCIPAL')));

/** A value as AWS writes it: PendingDeletion, NEVER_USED, EXTERNAL_KEY_STORE. */
function code({ lexicon }: GrammarContext): Parser<Piece> {
  const usage = ['USED', 'NEVER_USED', 'NO_RECORD', 'UNKNOWN'];
  const values = alt(
    lexicon.columnValues.keys.parser,
    expand(words(...usage.map((u) => u.toLowerCase().replace('_', ' '))), (text) => [
      { column: 'usage_status', value: text.toUpperCase().replace(' ', '_') },
    ]),
  );
  return (chart, at) =>
    values(chart, at).flatMap(({ value: { column, value }, end }) => {
      const written = chart.tokens
        .slice(at, end)
        .map((t) => `${t.joint ?? ''}${t.raw}`)
        .join('');
      if (column === 'max_severity') return [];
      const isCode = written === value && /[A-Z].*[A-Z_]/.test(value) && value !== 'AWS';
      return isCode
        ? [
            {
              value: {
                is: 'condition',
                condition: plain({ is: 'value', column, values: [value] }),
              },
              end,
            },
          ]
        : [];
    });
}
