import { columnOf } from '../plan/entity-tables.ts';
import {
  allOf,
  anyOf,
  type Comparison,
  type Fact,
  type Filter,
  isEverything,
  noneOf,
  onlyChangesNothing,
} from '../plan/plan.ts';
import type { AccessGrammar } from './access.ts';
import { alt, expand, map, opt, type Parser, rule, seq, token, unless, words } from './chart.ts';
import { concernConditions } from './concern-conditions.ts';
import type { GrammarContext } from './context.ts';
import { type Condition, clause, joined, plain } from './joining.ts';
import { keysOfSize } from './key-sizes.ts';
import { alternatives, filterColumn, possessions } from './listing.ts';
import {
  bounded,
  type Compared,
  compared,
  comparison,
  dollars,
  inDollars,
  monthly,
} from './numbers.ts';
import { operationName } from './operations.ts';
import { particularKeys } from './particular.ts';
import { type Places, valueFilter } from './places.ts';
import { tagConditions } from './tag-conditions.ts';
import { someText, textConditions } from './text-conditions.ts';
import { period, type TimeGrammar } from './time.ts';
import { timeConditions } from './time-conditions.ts';
import { usageStatus as status, usageConditions, vaguelyUnused } from './use-conditions.ts';
import { be, beNot, except, have, haveNot, that } from './verbs.ts';

/** Conditions on keys, by the place they take in a sentence. */
export interface KeyConditions {
  /** Before the noun: "disabled, customer managed". */
  readonly before: Parser<Filter>;
  /** A service before the noun: "S3 keys". */
  readonly ofService: Parser<Filter>;
  /** After the noun: "that have external access and were unused for 90 days in production". */
  readonly after: Parser<Filter>;
  /** As {@link after}, beginning with a verb: the part of "what percentage of keys … have …". */
  readonly predicate: Parser<Filter>;
  /** A phrase that names one key: its alias, id or ARN. */
  readonly particular: Parser<Filter>;
  /** What a key can have: "external access", "critical concerns". */
  readonly object: Parser<Filter>;
  /** One condition, without joining several. */
  readonly single: Parser<Condition>;
  /** What is so of a key, as a clause: "rotation is off", "policy could not be read". */
  readonly state: Parser<Filter>;
  /** The key of a tag in the data. */
  readonly tagKey: Parser<string>;
}

/** A column of a number within all of these bounds. */
/** What else than a key may cost so much. */
const costsElse =
  /^(?:accounts?|regions?|teams?|ous?|units?|costs?|costing|spend|spending|pay|paying|bill|total|save)$/;

const numberWithin = (column: string, bounds: readonly Compared[]): Filter =>
  allOf(...bounds.map(({ op, value }): Filter => ({ is: 'number', column, op, value })));

export function keyConditions(
  context: GrammarContext,
  time: TimeGrammar,
  places: Places,
  access: AccessGrammar,
): KeyConditions {
  const { lexicon, values } = context;
  const columns = lexicon.columns.keys;
  const { unused, used, lasting } = usageConditions(time, context.asOf);
  const { timed, upcoming, timeVerbs, age } = timeConditions(time, context.asOf);
  const { tagged, tagFilter, tagKey, tagPair, team, owned } = tagConditions(context);
  const { concernObject, bareConcern, concernCode } = concernConditions(context);
  const { aliasName, aliasToken, particular } = particularKeys(context);

  const enumValue: Parser<Fact> = expand(lexicon.adjectives.keys.parser, ({ column, value }) =>
    column === 'max_severity' ? [] : [{ is: 'value' as const, column, values: [value] }],
  );
  const flagColumn = expand(columns.parser, (column) =>
    columnOf('keys', column)?.type === 'boolean' ? [column] : [],
  );
  const onOrOff = words(
    'enabled',
    'on',
    'active',
    'turned',
    'activated',
    'switched',
    'disabled',
    'off',
    'not',
    'deactivated',
    'inactive',
    'missing',
    'is',
    'are',
    'was',
    'got',
    'has',
    'being',
  );
  const flag = map(flagColumn, (column): Filter => ({ is: 'flag', column }));

  const columnValue: Parser<Filter> = rule(() =>
    alt(
      expand(
        seq(
          columns.parser,
          opt(words('is', 'are', 'of', '=', 'equal to', 'set to', 'being')),
          alternatives(
            alt(
              enumValueAny,
              map(values.named(['key_spec', 'region', 'account', 'ou'], false), valueFilter),
            ),
          ),
        ),
        ([column, , f]) => (filterColumn(f) === column ? [f] : []),
      ),
      map(
        seq(words('key spec', 'spec', 'key specs', 'algorithm'), alternatives(specValue)),
        ([, f]) => f,
      ),
    ),
  );
  const enumValueAny: Parser<Filter> = alt(
    map(
      lexicon.columnValues.keys.parser,
      ({ column, value }): Filter => ({ is: 'value', column, values: [value] }),
    ),
    map(words('used'), () => status('USED')),
    token((t) =>
      ['USED', 'NEVER_USED', 'NO_RECORD', 'UNKNOWN'].includes(t.raw) ? status(t.raw) : undefined,
    ),
    map(words('never used'), () => status('NEVER_USED')),
    map(words('no record'), () => status('NO_RECORD')),
    map(words('unknown'), () => status('UNKNOWN')),
  );
  const specValue = map(
    seq(opt(words('one of')), values.named(['key_spec']), opt(words('ones'))),
    ([, v]) => valueFilter(v),
  );

  const operation = operationName(context);
  /** What was done, by its noun. */
  const activity: Parser<string> = alt(
    map(words('signing', 'a signature'), () => 'Sign'),
    map(words('decryption', 'decrypting'), () => 'Decrypt'),
    map(words('encryption', 'encrypting'), () => 'Encrypt'),
    map(words('verification', 'verifying'), () => 'Verify'),
  );
  const containing = textConditions();
  const recorded = words(
    'recorded use',
    'record of use',
    'recorded usage',
    'usage record',
    'record',
  );

  const numeric: Parser<Filter> = rule(() =>
    expand(
      seq(
        columns.parser,
        opt(words('of', 'is', 'are')),
        bounded,
        alt(dollars, words('days', 'day')),
      ),
      ([column, , bounds]): readonly Filter[] => {
        const role = columnOf('keys', column)?.role;
        return role === 'money' || role === 'days' || role === 'count'
          ? [numberWithin(column, bounds)]
          : [];
      },
    ),
  );
  const cost: Parser<Filter> = alt(
    map(
      seq(words('cost', 'costs', 'costing', 'are costing', 'cost us'), bounded, dollars),
      ([, bounds]) => numberWithin('monthly_cost_usd', bounds),
    ),
    map(
      words(
        ...['money', 'us money', 'something', 'us something', 'anything'].flatMap((money) => [
          `cost ${money}`,
          `costing ${money}`,
          `are costing ${money}`,
          `still cost ${money}`,
          `still costing ${money}`,
          `are still costing ${money}`,
        ]),
      ),
      (): Filter => ({ is: 'number', column: 'monthly_cost_usd', op: 'more than', value: 0 }),
    ),
  );
  /** "More than 1 dollar a month", "over $2": of keys, where nothing else is told to cost so much. */
  const priced: Parser<Filter> = (chart, at) =>
    chart.tokens.some((t, i) => costsElse.test(t.text) && !t.glued && !chart.tokens[i + 1]?.glued)
      ? []
      : map(seq(bounded, inDollars, opt(monthly)), ([bounds]) =>
          numberWithin('monthly_cost_usd', bounds),
        )(chart, at);
  const unlike = map(
    words(
      'other than',
      'not',
      'not of',
      'is not',
      'different from',
      'differs from',
      'that is not',
      'not equal to',
      'unequal to',
      'but not',
      'except',
    ),
    () => 'unlike' as const,
  );
  const rotationPeriod: Parser<Filter> = expand(
    seq(
      words(
        'rotated every',
        'rotating every',
        'rotation every',
        'rotate every',
        'rotation period',
        'rotation period of',
      ),
      opt(alt(comparison, unlike)),
      period,
    ),
    ([, op, p]): readonly Filter[] => {
      const inDays = { day: 1, week: 7, year: 365 } as const;
      const length =
        p.unit === 'day' || p.unit === 'week' || p.unit === 'year' ? inDays[p.unit] : null;
      const days = length === null ? null : p.count * length;
      if (days === null) return [];
      const is = (by: Comparison): Filter => ({
        is: 'number',
        column: 'rotation_period_days',
        op: by,
        value: days,
      });
      return [op === 'unlike' ? noneOf(is('exactly')) : is(op ?? 'exactly')];
    },
  );

  /** What a key can have. */
  const object: Parser<Filter> = rule(() =>
    alt(
      access.object,
      concernObject,
      bareConcern,
      map(
        seq(
          words('policy', 'policies', 'key policy', 'key policies'),
          opt(alt(that, words('with'))),
          alt(
            access.verb,
            map(seq(be, alt(bareConcern, access.adjective)), ([, f]) => f),
            bareConcern,
          ),
        ),
        ([, , f]) => f,
      ),
      map(
        seq(
          words('policy', 'policies', 'key policy', 'key policies'),
          alt(words('that could not be read'), words('which could not be read')),
        ),
        () => noneOf({ is: 'flag', column: 'policy_readable' }),
      ),
      map(
        words(
          'unreadable policy',
          'unreadable policies',
          'unreadable key policy',
          'unreadable key policies',
        ),
        () => noneOf({ is: 'flag', column: 'policy_readable' }),
      ),
      map(
        words('readable policy', 'readable policies', 'a readable policy'),
        (): Filter => ({ is: 'flag', column: 'policy_readable' }),
      ),
      map(seq(flagColumn, unless(onOrOff)), ([column]): Filter => ({ is: 'flag', column })),
      map(
        seq(
          flagColumn,
          opt(words('is', 'are', 'is currently')),
          words('enabled', 'on', 'active', 'turned on', 'activated', 'switched on'),
        ),
        ([column]): Filter => ({ is: 'flag', column }),
      ),
      map(
        seq(
          flagColumn,
          opt(words('is', 'are', 'is currently')),
          words(
            'disabled',
            'off',
            'turned off',
            'switched off',
            'not enabled',
            'deactivated',
            'inactive',
            'missing',
          ),
        ),
        ([column]) => noneOf({ is: 'flag', column }),
      ),
      map(
        seq(words('disabled', 'inactive'), words('rotation', 'automatic rotation', 'key rotation')),
        () => noneOf({ is: 'flag', column: 'rotation_enabled' }),
      ),
      map(
        seq(words('enabled', 'active'), words('rotation', 'automatic rotation', 'key rotation')),
        (): Filter => ({ is: 'flag', column: 'rotation_enabled' }),
      ),
      expand(seq(columns.parser, unless(aliasToken)), ([column]) => presence(column)),
      map(seq(words('tag', 'tags', 'tag key'), alternatives(tagFilter)), ([, f]) => f),
      map(tagPair, ({ key, value }): Filter => ({ is: 'tag', key, value })),
      map(seq(specValue, words('key spec', 'spec', 'key specs')), ([f]) => f),
      // "With payroll in the alias".
      expand(
        seq(
          someText,
          words('in', 'as part of', 'somewhere in'),
          opt(words('its', 'their')),
          words('alias', 'aliases', 'name', 'names', 'description'),
        ),
        ([text, , , column]): readonly Filter[] =>
          context.lexicon.nouns.get(text).length > 0 || /^(any|no|all)$/.test(text)
            ? []
            : [
                {
                  is: 'contains',
                  column: column === 'description' ? 'description' : 'aliases',
                  text,
                },
              ],
      ),
      map(seq(tagKey, words('tag', 'tags')), ([key]): Filter => ({ is: 'tag', key, value: null })),
      expand(
        seq(tagKey, words('tag', 'tag of'), context.values.named(['tag'], false)),
        ([key, , v]): readonly Filter[] =>
          v.key === key ? [{ is: 'tag', key, value: v.values[0] ?? null }] : [],
      ),
      map(seq(tagPair, words('tag')), ([{ key, value }]): Filter => ({ is: 'tag', key, value })),
      aliasName,
      containing,
      map(
        seq(
          compared,
          alt(
            map(
              words(
                'concerns',
                'concern',
                'kinds of concern',
                'findings',
                'finding',
                'issues',
                'problems',
              ),
              () => 'concern_codes',
            ),
            map(words('aliases', 'alias'), () => 'aliases'),
            map(words('tags', 'tag'), () => 'tags'),
          ),
        ),
        ([{ op, value }, column]): Filter => ({ is: 'number', column, op, value }),
      ),
      map(seq(words('key id', 'id', 'key arn', 'arn'), particular), ([, f]) => f),
      columnValue,
      numeric,
      rotationPeriod,
      map(
        words('imported material', 'imported key material'),
        (): Filter => ({ is: 'value', column: 'origin', values: ['EXTERNAL'] }),
      ),
      map(words('unknown usage', 'unknown use'), () => status('UNKNOWN')),
    ),
  );

  /** A state a key can be in. */
  const adjective: Parser<Filter> = rule(() =>
    alt(
      enumValue,
      map(seq(flag, unless(onOrOff)), ([f]) => f),
      unused,
      used,
      timed,
      upcoming,
      age,
      tagged,
      team,
      access.adjective,
      bareConcern,
      rotationPeriod,
      priced,
      keysOfSize(context.values),
      map(
        words('symmetric'),
        (): Filter => ({ is: 'value', column: 'key_spec', values: ['SYMMETRIC_DEFAULT'] }),
      ),
      expand(words('asymmetric'), (): readonly Filter[] => {
        const specs = context.values.specs.filter((s) => /^(RSA|ECC|SM2|ML)/.test(s));
        return specs.length > 0 ? [{ is: 'value', column: 'key_spec', values: specs }] : [];
      }),
      // An "external key" may be open to outsiders, or made of imported material.
      expand(words('external'), (): readonly Filter[] => [
        { is: 'access', test: { trust: ['EXTERNAL', 'PUBLIC'] } },
        { is: 'value', column: 'origin', values: ['EXTERNAL'] },
      ]),
      // Whole names of specs say what they are; "symmetric" has the rule above.
      expand(values.named(['key_spec'], false), (v): readonly Filter[] =>
        v.values.length === 1 ? [valueFilter(v)] : [],
      ),
      map(
        words('made public', 'public', 'open to the world'),
        (): Filter => ({
          is: 'access',
          test: { trust: ['PUBLIC'] },
        }),
      ),
      map(words('unrotated'), () => noneOf({ is: 'flag', column: 'rotation_enabled' })),
      map(words('single region', 'single-region', 'regional'), () =>
        noneOf({ is: 'flag', column: 'multi_region' }),
      ),
      map(words('unreadable'), () => noneOf({ is: 'flag', column: 'policy_readable' })),
      map(words('without alias', 'unnamed', 'unaliased'), () =>
        noneOf({ is: 'present', column: 'alias' }),
      ),
      map(words('usage unknown', 'of unknown usage', 'unknown usage'), () => status('UNKNOWN')),
      map(
        seq(
          words('flagged', 'flagged as', 'flagged for', 'flagged with', 'marked as', 'reported as'),
          concernCode,
        ),
        ([, code]): Filter => ({ is: 'concern', codes: [code] }),
      ),
      map(
        words(
          ...['rotated automatically', 'automatically rotated', 'being rotated', 'set to rotate'],
          ...['rotating', 'auto rotating', 'rotating automatically', 'automatically rotating'],
        ),
        (): Filter => ({ is: 'flag', column: 'rotation_enabled' }),
      ),
      map(
        seq(words('managed by'), words('customers', 'customer', 'us', 'ourselves')),
        (): Filter => ({ is: 'value', column: 'key_manager', values: ['CUSTOMER'] }),
      ),
    ),
  );

  const where: Parser<Filter> = alt(
    map(
      seq(
        words(
          'in',
          'within',
          'of',
          'from',
          'for',
          'on',
          'inside',
          'under',
          'belonging to',
          'located in',
          'owned by',
          'living in',
          'residing in',
          'that belong to',
          'hosted in',
          'across',
          'at',
          'only in',
          'in only',
          'just in',
        ),
        places.place,
      ),
      ([, f]) => f,
    ),
    map(
      seq(words('of', 'from', 'for', 'by', 'owned by', 'belonging to', 'that belong to'), team),
      ([, f]) => f,
    ),
    owned,
    expand(
      seq(
        words('outside', 'outside of', 'not in', 'not within', 'not from', 'elsewhere than'),
        places.place,
      ),
      // No key is outside the organization; whoever says so means the principals.
      ([, f]) => (isEverything(f) ? [] : [noneOf(f)]),
    ),
  );

  const recordless: Parser<Filter> = alt(
    map(
      words(
        'whose no usage record exists',
        'whose no record exists',
        'whose no record of use exists',
        'without usage record',
        'without record of use',
        'no record of use exists for',
      ),
      () => status('NO_RECORD'),
    ),
    map(
      words(
        'where usage is unknown',
        'whose usage is unknown',
        'whose use is unknown',
        'whose use could not be read',
        'whose usage could not be read',
      ),
      () => status('UNKNOWN'),
    ),
  );
  /** "Whose last use was in September", "whose last operation was Sign". */
  const lastUse: Parser<Filter> = alt(
    map(
      seq(
        words('whose last use was', 'whose last usage was', 'with last use', 'with a last use'),
        time.range,
      ),
      ([, { from, to }]): Filter => ({ is: 'time', column: 'last_used_at', from, to }),
    ),
    // "Last used for signing before June": of the last use, what it was and when.
    map(
      seq(
        words(
          'last used for',
          'last used to',
          'used last for',
          'whose last use was for',
          'whose last use was',
        ),
        alt(operation, activity),
        time.range,
      ),
      ([, value, { from, to }]) =>
        allOf(
          { is: 'value', column: 'last_used_operation', values: [value] },
          { is: 'time', column: 'last_used_at', from, to },
        ),
    ),
    map(
      seq(words('last used for', 'last used to', 'used last for'), activity),
      ([, value]): Filter => ({ is: 'value', column: 'last_used_operation', values: [value] }),
    ),
    map(
      seq(
        words(
          'whose last operation was',
          'last used for',
          'whose last use was',
          'with last operation',
          'last used to',
        ),
        operation,
      ),
      ([, value]): Filter => ({ is: 'value', column: 'last_used_operation', values: [value] }),
    ),
  );
  /** "Whose policy was changed in the last 30 days". */
  const changed: Parser<Filter> = map(
    seq(
      alt(
        map(
          seq(
            words(
              'whose',
              'that had',
              'which had',
              'had',
              'where',
              'that had their',
              'had their',
              'with',
            ),
            words('policy', 'key policy', 'policies', 'key policies'),
            opt(words('was', 'were', 'has been', 'have been')),
            words('changed', 'modified', 'edited', 'updated'),
          ),
          () => 'PutKeyPolicy',
        ),
        map(words('with policy changes', 'with changed policies'), () => 'PutKeyPolicy'),
      ),
      opt(map(seq(words('by'), values.named(['caller'], false)), ([, v]) => v.values)),
      opt(time.since),
    ),
    ([name, callers, from]): Filter => ({
      is: 'event',
      test: {
        category: 'MANAGEMENT',
        operations: [name],
        ...(callers ? { callers: [...callers] } : {}),
        ...(from ? { from } : {}),
      },
    }),
  );
  /** "Keys Frankfurt", as one types it into a search box. */
  /** "Keys owner=platform"; behind "tagged" and "with tag" the rule for tags reads it. */
  const tersePair: Parser<Filter> = (chart, at) => {
    const before = chart.tokens[at - 1];
    if (before && !/^(key|cmk|ones|all)$/.test(before.base)) return [];
    return map(tagPair, ({ key, value }): Filter => ({ is: 'tag', key, value }))(chart, at);
  };
  const terse: Parser<Filter> = (chart, at) => {
    const before = chart.tokens[at - 1];
    const [last, ahead] = before?.kind === 'comma' ? [chart.tokens[at - 2], true] : [before, false];
    // In an enumeration ("not in Tokyo or Paris") the words before the list reach over it.
    if (!last || /^(and|or|nor|but|in|not)$/.test(last.text)) return [];
    if (ahead && !/^(key|cmk)$/.test(last.base)) return [];
    return map(seq(values.named(['region'], false), opt(words('region', 'only'))), ([v]) =>
      valueFilter(v),
    )(chart, at);
  };
  const oneOf = (column: string) =>
    expand(lexicon.columnValues.keys.parser, (v): readonly Filter[] =>
      v.column === column ? [{ is: 'value', column, values: [v.value] }] : [],
    );
  /** "In state Disabled", "in PendingImport", "backed by CloudHSM". */
  const inState: Parser<Filter> = alt(
    map(seq(words('in', 'in state', 'in status', 'with state'), oneOf('key_state')), ([, f]) => f),
    map(
      seq(words('backed by', 'in', 'stored in', 'held in', 'kept in', 'from'), oneOf('origin')),
      ([, f]) => f,
    ),
    map(
      words(
        'waiting for import of their material',
        'waiting for import of material',
        'waiting for their material',
        'waiting for their key material',
        'waiting for key material',
      ),
      (): Filter => ({ is: 'value', column: 'key_state', values: ['PendingImport'] }),
    ),
    map(
      words('waiting for deletion', 'awaiting deletion', 'queued for deletion', 'on their way out'),
      (): Filter => ({ is: 'value', column: 'key_state', values: ['PendingDeletion'] }),
    ),
  );
  /** "Used for signing". */
  const purpose: Parser<Filter> = map(
    seq(
      opt(be),
      words('used for', 'used to', 'meant for', 'intended for', 'are for', 'is for'),
      alt(
        seq(oneOf('key_usage'), opt(words('codes', 'code', 'purposes'))),
        map(
          alt(
            map(words('signing and verifying', 'signing and verification'), () => 'SIGN_VERIFY'),
            map(words('encrypting', 'encrypting and decrypting'), () => 'ENCRYPT_DECRYPT'),
          ),
          (usage): [Filter, null] => [{ is: 'value', column: 'key_usage', values: [usage] }, null],
        ),
      ),
    ),
    ([, , [f]]) => f,
  );

  const verb: Parser<Filter> = rule(() =>
    alt(
      access.verb,
      cost,
      timeVerbs,
      map(
        seq(
          words('belong to', 'belongs to', 'live in', 'reside in', 'are located in', 'sit in'),
          places.place,
        ),
        ([, f]) => f,
      ),
      map(seq(words('use', 'using', 'uses'), specValue), ([, f]) => f),
      map(
        words('rotate', 'rotate automatically'),
        (): Filter => ({ is: 'flag', column: 'rotation_enabled' }),
      ),
      map(
        words(
          'nobody has ever used',
          'has nobody ever used',
          'no one has ever used',
          'has no one ever used',
          'nobody ever used',
          'have no use ever',
          'with no use ever',
        ),
        () => status('NEVER_USED'),
      ),
      // How long nobody does is not said.
      expand(
        words('nobody uses', 'no one uses', 'nobody is using', 'no one is using'),
        () => vaguelyUnused,
      ),
      map(words('could not be read', 'can not be read'), () =>
        noneOf({ is: 'flag', column: 'policy_readable' }),
      ),
    ),
  );
  const verbNot: Parser<Filter> = map(
    seq(
      alt(words('do not', 'does not', 'did not')),
      alt(
        verb,
        map(seq(have, object), ([, f]) => f),
      ),
    ),
    ([, f]) => noneOf(f),
  );

  const own: Parser<Condition> = rule(() =>
    alt(
      map(adjective, (filter): Condition => ({ filter, bare: true, negated: null })),
      map(seq(be, adjective), ([, f]) => clause(plain(f))),
      expand(seq(beNot, adjective), ([, f]): readonly Condition[] =>
        negatedAdjective(f).map((filter) => ({ filter, bare: false, negated: f })),
      ),
      map(
        seq(beNot, words('used', 'accessed', 'touched', 'in use', 'active'), lasting),
        ([, , f]) => plain(f),
      ),
      map(seq(be, where), ([, f]) => clause(plain(f))),
      expand(seq(beNot, where), ([, f]) => (isEverything(f) ? [] : [clause(plain(noneOf(f)))])),
      map(where, plain),
      map(terse, plain),
      map(tersePair, plain),
      map(seq(words('of tag', 'for tag', 'by tag'), tagPair), ([, { key, value }]) =>
        plain({ is: 'tag', key, value }),
      ),
      map(seq(words('created', 'made', 'set up'), where, time.range), ([, f, { from, to }]) =>
        plain({ and: [f, { is: 'time', column: 'created_at', from, to }] }),
      ),
      map(seq(flagColumn, words('disabled', 'off', 'turned off')), ([column]) =>
        plain(noneOf({ is: 'flag', column })),
      ),
      map(
        seq(words('did we create', 'have we created', 'did we make', 'were added'), time.range),
        ([, { from, to }]) => plain({ is: 'time', column: 'created_at', from, to }),
      ),
      map(seq(be, inState), ([, f]) => clause(plain(f))),
      map(inState, plain),
      map(purpose, plain),
      map(containing, plain),
      map(seq(have, recorded), () => plain(status('USED'))),
      map(seq(haveNot, recorded), () => plain(status('NO_RECORD'))),
      map(seq(have, possessions(object, false)), ([h, f]) =>
        h === 'with' ? plain(f) : clause(plain(f)),
      ),
      map(seq(haveNot, possessions(object, true)), ([h, f]) =>
        /^with/.test(h) ? plain(f) : clause(plain(f)),
      ),
      map(recordless, plain),
      map(lastUse, plain),
      map(changed, plain),
      map(verb, (f) => clause(plain(f))),
      map(verbNot, (f) => clause(plain(f))),
      map(seq(words('whose', 'where', 'with'), alt(columnValue, numeric, flagState)), ([, f]) =>
        plain(f),
      ),
      map(seq(opt(words('with', 'and')), particular), ([, f]) => plain(f)),
    ),
  );
  const flagState: Parser<Filter> = alt(
    map(
      seq(
        words('policy', 'policies', 'key policy', 'key policies'),
        words(
          'could not be read',
          'can not be read',
          'was not readable',
          'were not readable',
          'was not read',
          'we can not read',
          'we could not read',
        ),
      ),
      () => noneOf({ is: 'flag', column: 'policy_readable' }),
    ),
    containing,
    map(seq(words('policy', 'policies', 'key policy'), bareConcern), ([, f]) => f),
    map(
      words(
        'key material expires',
        'material expires',
        'key material will expire',
        'imported material expires',
      ),
      (): Filter => ({ is: 'present', column: 'material_expires_at' }),
    ),
    expand(
      seq(
        tagKey,
        opt(words('tag')),
        words('is', 'equals', '=', 'is set to'),
        values.named(['tag'], false),
      ),
      ([key, , , v]) => (v.key === key ? [valueFilter(v)] : []),
    ),
    expand(
      seq(
        tagKey,
        opt(words('tag')),
        words('is not', 'is other than', 'is different from', 'not equal to', 'is anything but'),
        values.named(['tag'], false),
      ),
      ([key, , , v]) => (v.key === key ? [noneOf(valueFilter(v))] : []),
    ),
    map(
      seq(flagColumn, be, words('enabled', 'on', 'active', 'turned on')),
      ([column]): Filter => ({ is: 'flag', column }),
    ),
    map(seq(flagColumn, be, words('disabled', 'off', 'turned off')), ([column]) =>
      noneOf({ is: 'flag', column }),
    ),
    map(
      seq(flagColumn, beNot, words('disabled', 'off', 'turned off')),
      ([column]): Filter => ({ is: 'flag', column }),
    ),
    map(seq(flagColumn, beNot, words('enabled', 'on', 'active', 'turned on')), ([column]) =>
      noneOf({ is: 'flag', column }),
    ),
    map(
      seq(words('policy', 'policies', 'key policy'), opt(be), words('unreadable', 'not readable')),
      () => noneOf({ is: 'flag', column: 'policy_readable' }),
    ),
    map(seq(words('policy', 'policies', 'key policy', 'key policies'), access.verb), ([, f]) => f),
    map(
      seq(
        words('policy', 'policies', 'key policy', 'key policies'),
        be,
        alt(bareConcern, access.adjective),
      ),
      ([, , f]) => f,
    ),
  );
  const single: Parser<Condition> = rule(() =>
    alt(
      map(seq(opt(that), own), ([t, c]) => (t ? clause(c) : c)),
      expand(seq(opt(that), words('only', 'just'), own), ([t, , c]) =>
        onlyChangesNothing(c.filter) ? [t ? clause(c) : c] : [],
      ),
      expand(seq(own, words('only')), ([c]) => (onlyChangesNothing(c.filter) ? [c] : [])),
      expand(
        seq(
          except,
          alt(
            excepted,
            map(own, (c) => c.filter),
          ),
        ),
        ([, f]) => (isEverything(f) ? [] : [plain(noneOf(f))]),
      ),
      map(
        seq(opt(that), opt(alt(be, have)), words('both'), own, words('and'), own),
        ([, , , a, , b]) => plain({ and: [a.filter, b.filter] }),
      ),
      map(
        seq(opt(that), opt(alt(be, have)), words('either'), own, words('or'), own),
        ([, , , a, , b]) => plain(anyOf(a.filter, b.filter)),
      ),
      expand(
        seq(opt(that), opt(be), words('neither'), unless(everUsed), own, words('nor'), deniedOwn),
        ([, , , , a, , b]): readonly Condition[] =>
          negatedAdjective(a.filter).map((f) => plain(allOf(f, b))),
      ),
      map(seq(opt(that), haveNeither, object, words('nor'), deniedOwn), ([, , a, , b]) =>
        plain(allOf(noneOf(a), b)),
      ),
      expand(
        seq(opt(that), opt(be), words('neither'), everUsed, words('nor'), deniedOwn),
        ([, , , , , b]) => [plain(allOf(status('NEVER_USED'), b))],
      ),
      map(seq(opt(that), open, after, close), ([, , f]) => plain(f)),
      map(seq(opt(that), words('not'), open, after, close), ([, , , f]) => plain(noneOf(f))),
    ),
  );
  /** "Nor were ever used" is "and were never used". */
  const everUsed = seq(
    opt(alt(be, have)),
    words('ever used', 'ever been used', 'ever in use', 'used ever', 'used at all', 'used once'),
  );
  const deniedOwn: Parser<Filter> = alt(
    map(everUsed, () => status('NEVER_USED')),
    expand(seq(unless(everUsed), own), ([, c]) => negatedAdjective(c.filter)),
  );
  const haveNeither = words('have neither', 'with neither', 'has neither', 'having neither');
  const open = token((t) => (t.kind === 'open' ? true : undefined));
  const close = token((t) => (t.kind === 'close' ? true : undefined));
  const pronoun = words('keys', 'key', 'those', 'ones', 'the ones', 'kms keys', 'anything', 'any');
  /** "Except HMAC and RSA": neither of them. */
  const leftOut = alt(
    adjective,
    places.adjunct,
    map(values.named(['key_spec'], false), valueFilter),
  );
  const excepted: Parser<Filter> = rule(() =>
    alt(
      map(seq(leftOut, words('and'), leftOut, opt(pronoun)), ([a, , b]) => anyOf(a, b)),
      map(seq(before, opt(pronoun)), ([f]) => f),
      map(seq(opt(before), pronoun, after), ([b, , a]) => (b ? { and: [b, a] } : a)),
      map(places.place, (f) => f),
    ),
  );
  const after: Parser<Filter> = rule(() => joined(single));
  const predicate: Parser<Filter> = rule(() =>
    joined(
      alt(
        map(seq(opt(that), be, adjective), ([, , f]) => plain(f)),
        expand(seq(opt(that), beNot, adjective), ([, , f]): readonly Condition[] =>
          negatedAdjective(f).map((filter) => ({ filter, bare: false, negated: f })),
        ),
        map(seq(alt(be), where), ([, f]) => plain(f)),
        map(seq(opt(that), have, possessions(object, false)), ([, , f]) => plain(f)),
        map(seq(opt(that), haveNot, possessions(object, true)), ([, , f]) => plain(f)),
        map(seq(opt(that), alt(verb, verbNot)), ([, f]) => plain(f)),
      ),
    ),
  );

  /** "S3 keys": used through the service, or open to it; which, only the asker knows. */
  const ofService: Parser<Filter> = alt(
    map(
      values.named(['service'], false),
      (v): Filter => ({ is: 'event', test: { category: 'CRYPTO', services: [...v.values] } }),
    ),
    map(
      values.named(['servicePrincipal'], false),
      (v): Filter => ({ is: 'access', test: { grantee: { principals: [...v.values] } } }),
    ),
  );
  /** "90-day unused", "disabled", "production", "payments-prod": what stands before the noun. */
  const before: Parser<Filter> = rule(() =>
    joined(
      alt(
        map(adjective, (filter): Condition => ({ filter, bare: true, negated: null })),
        map(
          seq(words('not', 'non'), adjective),
          ([, f]): Condition => ({ filter: noneOf(f), bare: false, negated: f }),
        ),
        map(places.adjunct, plain),
        map(seq(values.named(['ou'], false), words('ou')), ([v]) => plain(valueFilter(v))),
        map(map(values.named(['key_spec'], false), valueFilter), plain),
      ),
    ),
  );

  function presence(column: string): readonly Filter[] {
    const definition = columnOf('keys', column);
    if (!definition || definition.type === 'boolean' || column === 'policy_json') return [];
    const fillable =
      column === 'description' || definition.nullable || /^(array|map)/.test(definition.type);
    const meant = column === 'aliases' ? 'alias' : column;
    const about = [
      'alias',
      'tags',
      'description',
      'concern_codes',
      'deletion_at',
      'material_expires_at',
      'last_used_operation',
    ];
    return fillable && about.includes(meant) ? [{ is: 'present', column: meant }] : [];
  }

  /** "not used" is as vague as "unused"; everything else has one opposite. */
  function negatedAdjective(filter: Filter): readonly Filter[] {
    if ('is' in filter && filter.is === 'value' && filter.column === 'usage_status') {
      return filter.values[0] === 'USED' ? vaguelyUnused : [noneOf(filter)];
    }
    return [noneOf(filter)];
  }

  return {
    before,
    ofService,
    after,
    predicate,
    particular,
    object,
    single,
    state: flagState,
    tagKey,
  };
}
