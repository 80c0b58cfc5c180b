import { concernKinds } from '../../../../../collector/schema/concerns.ts';
import { conditionKeys } from '../../../../../collector/schema/enums.ts';
import {
  alt,
  expand,
  many,
  map,
  opt,
  type Parser,
  seq,
  token,
  words,
} from '../../grammar/chart.ts';
import type { GrammarContext } from '../../grammar/context.ts';
import { plain } from '../../grammar/joining.ts';
import type { KeyConditions } from '../../grammar/key-conditions.ts';
import { compared, comparison } from '../../grammar/numbers.ts';
import { operationName } from '../../grammar/operations.ts';
import { someText } from '../../grammar/text-conditions.ts';
import { period, type TimeGrammar, wholeNumber } from '../../grammar/time.ts';
import { type Fact, type Filter, factsOf, noneOf } from '../../plan/plan.ts';
import type { Piece } from '../piece.ts';

/** How many days rotation is set to where a period is meant. */
const daysOf = { hour: 1 / 24, day: 1, week: 7, month: 30, year: 365 } as const;

/** Conditions on keys, said or denied; those with an "only" or "all" among their words are marked. */
export function conditionPieces(
  context: GrammarContext,
  conditions: KeyConditions,
  time: TimeGrammar,
): Parser<Piece> {
  return unlessAction(quantified(found(context, conditions, time)));
}

/**
 * "kms:*" is what someone may do, and IAM users are those who do or may; the concerns of that kind are said in
 * more words.
 */
function unlessAction(parser: Parser<Piece>): Parser<Piece> {
  return (chart, at) =>
    parser(chart, at).filter(({ value, end }) => {
      const said = chart.tokens.slice(at, end);
      const users =
        value.is === 'condition' &&
        factsOf(value.condition.filter).some(
          (f) => f.is === 'concern' && f.codes.join() === 'IAM_USER_PRINCIPAL',
        );
      const concerned = said.some(
        (t) => t.kind === 'quoted' || /^(access|concern|finding|issue|provided)$/.test(t.base),
      );
      return !said.some((t) => t.text === '*') && (!users || concerned);
    });
}

function found(
  context: GrammarContext,
  conditions: KeyConditions,
  time: TimeGrammar,
): Parser<Piece> {
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
    expand(
      seq(tagValue, words('as', 'as their', 'as its', 'in'), tagKey, opt(words('tag'))),
      ([v, , key]) =>
        v.key === key ? [condition({ is: 'tag', key, value: v.values[0] ?? null })] : [],
    ),
    map(
      seq(words('tag called', 'tag named', 'tag key', 'tag with name', 'tag by name of'), tagKey),
      ([, key]) => condition({ is: 'tag', key, value: null }),
    ),
    map(seq(compared, words('grant', 'grants', 'active grants')), ([{ op, value }]) =>
      condition({ is: 'grants', op, value }),
    ),
    map(
      seq(
        words('no', 'without', 'without any', 'zero'),
        words('deny statement', 'deny statements', 'deny', 'explicit deny'),
      ),
      () => condition(noneOf({ is: 'access', test: { denied: true, source: ['POLICY'] } })),
    ),
    map(
      seq(
        opt(
          words(
            'statement',
            'statements',
            'condition',
            'conditions',
            'an allow',
            'a statement',
            'access',
          ),
        ),
        words(
          'restricted by',
          'restricted with',
          'restricted through',
          'restricted to',
          'limited by',
          'limited with',
          'limited through',
          'constrained by',
          'conditioned on',
          'with condition on',
          'with condition',
          'with a condition on',
          'guarded by',
          'scoped by',
          'scoped with',
        ),
        opt(words('condition', 'condition key', 'a condition on', 'condition on')),
        conditionKey,
      ),
      ([, , , key]) => condition({ is: 'access', test: { restrictedBy: [key] } }),
    ),
    // A key "uses" what it is made of, a policy what it says.
    expand(
      seq(
        words('use', 'uses', 'using', 'employ', 'employs', 'rely on', 'relies on', 'based on'),
        object,
      ),
      ([, f]) => (factsOf(f).every(isOfMake) ? [condition(f)] : []),
    ),
    map(
      seq(
        words(
          'material expires',
          'key material expires',
          'material expire',
          'key material expire',
          'material expiring',
          'key material expiring',
          'material will expire',
          'key material will expire',
          'material that will expire',
        ),
        time.ahead,
      ),
      ([, { from, to }]) => condition({ is: 'time', column: 'material_expires_at', from, to }),
    ),
    map(
      seq(
        words(
          'rotation period',
          'rotation interval',
          'rotation period is',
          'rotation period of',
          'rotation interval is',
          'rotation interval of',
        ),
        comparison,
        period,
      ),
      ([, op, { count, unit }]) =>
        condition({
          is: 'number',
          column: 'rotation_period_days',
          op,
          value: count * daysOf[unit],
        }),
    ),
    map(
      words(
        'expired material',
        'expired key material',
        'with expired material',
        'with expired key material',
        'material expired',
        'key material expired',
        'material has expired',
        'key material has expired',
        'material has already expired',
        'material is expired',
        'key material is expired',
        'expired imported material',
        'expired imported key material',
        'imported material has expired',
        'imported key material has expired',
      ),
      () =>
        condition({
          is: 'time',
          column: 'material_expires_at',
          from: null,
          to: { ago: { count: 0, unit: 'day' } },
        }),
    ),
    bareName(context),
    map(
      seq(
        words('in', 'of', 'from', 'inside', 'within', 'owned by'),
        words('management', 'payer', 'master', 'org management'),
        words('account'),
      ),
      () => condition({ account: { is: 'flag', column: 'is_management' } }),
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
          'recorded last use',
          'a recorded last use',
          'last recorded use',
          'last recorded use is',
          'last recorded use was',
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
        'cloudhsm key store',
        'cloudhsm key stores',
        'a cloudhsm key store',
        'in a cloudhsm key store',
        'cloudhsm cluster',
        'in a cloudhsm cluster',
        'in cloudhsm key store',
        'aws cloudhsm',
        'in aws cloudhsm',
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
        'could policy not be read',
        'could key policy not be read',
        'could policies not be read',
        'can policy not be read',
        'could not policy be read',
        'was policy not readable',
        'is policy not readable',
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
    map(
      seq(
        opt(words('rotate', 'rotated', 'rotating', 'rotates', 'that rotate')),
        alt(
          map(
            words(
              'more often than every',
              'more frequently than every',
              'more often than once every',
              'more frequently than once every',
            ),
            () => 'less than' as const,
          ),
          map(
            words(
              'less often than every',
              'less frequently than every',
              'less often than once every',
              'less frequently than once every',
            ),
            () => 'more than' as const,
          ),
        ),
        wholeNumber,
        words('days'),
      ),
      ([, op, value]) => condition({ is: 'number', column: 'rotation_period_days', op, value }),
    ),
    code(context),
  );
}

/** A condition key that can restrict who may: `aws:PrincipalOrgID`, also without its prefix. */
const conditionKey: Parser<string> = expand(someText, (text) => {
  const written = text.toLowerCase();
  return conditionKeys.filter((k) =>
    [k, k.split(':')[1]].some((n) => n?.toLowerCase() === written),
  );
});

/** Words behind which a name alone, with nothing else said of it, is a place. */
const beforePlace = /^(in|of|and|or|vs|versus|against|does|do|than|between|with|to|from|does)$/;
const takesPlace = /^(have|has|own|owns|hold|holds|account|ou|unit|contain|contains)$/;

/**
 * "Kawa Retail versus Bluebird Logistics", "does Kawa Retail have", "the log-archive account": an account
 * or unit by its name alone. Only a name of several words, which nothing else is called by chance, and
 * not behind a word that says who.
 */
function bareName({ values }: GrammarContext): Parser<Piece> {
  const place = expand(values.named(['account', 'ou'], false), (v): readonly Filter[] => [
    v.kind === 'ou'
      ? { is: 'ou', paths: [...v.values] }
      : { is: 'value', column: 'account_id', values: [...v.values] },
  ]);
  const noun = words('account', 'aws account', 'ou', 'unit', 'organizational unit');
  return (chart, at) => {
    const before = chart.tokens[at - 1];
    const named = map(place, (f): Piece => ({ is: 'condition', condition: plain(f) }))(chart, at);
    const marked = map(
      seq(place, noun),
      ([f]): Piece => ({ is: 'condition', condition: plain(f) }),
    );
    const isFree = before === undefined || before.kind !== 'word' || beforePlace.test(before.text);
    const several = named.filter(({ end }) => {
      const compared =
        /^(with|to)$/.test(before?.text ?? '') && /^compar/.test(chart.tokens[at - 2]?.text ?? '');
      const compares =
        compared ||
        (/^compare$/.test(chart.tokens[0]?.text ?? '') &&
          /^(with|to|and)$/.test(before?.text ?? '')) ||
        /^(vs|versus|against|between|than)$/.test(before?.text ?? '') ||
        /^(vs|versus)$/.test(chart.tokens[end]?.text ?? '');
      const owns =
        /^(does|do)$/.test(before?.text ?? '') || takesPlace.test(chart.tokens[end]?.text ?? '');
      const alone = before === undefined || before.kind !== 'word';
      const ends = chart.tokens[end] === undefined || chart.tokens[end]?.kind !== 'word';
      return end > at + 1 && isFree && (compares || owns || (alone && ends));
    });
    const said = /^(role|user|tag|alias|by|with|to|from|through|via)$/.test(before?.text ?? '');
    return [...several, ...(said ? [] : marked(chart, at))];
  };
}

/** Whether a fact is about what a key is made of or what its policy says. */
const isOfMake = (fact: Fact) =>
  fact.is === 'concern' ||
  (fact.is === 'value' && ['key_spec', 'origin', 'key_usage'].includes(fact.column));

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
    (f.is === 'concern' && f.codes.join() === 'IAM_USER_PRINCIPAL'));

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
