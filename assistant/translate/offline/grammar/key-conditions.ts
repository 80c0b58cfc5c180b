import { severities } from '../../../../collector/schema/enums.ts';
import { columnOf } from '../plan/entity-tables.ts';
import type { Period } from '../plan/moment.ts';
import { anyOf, type Fact, type Filter, noneOf } from '../plan/plan.ts';
import type { AccessGrammar } from './access.ts';
import {
  alt,
  expand,
  map,
  opt,
  type Parser,
  rule,
  seq,
  startsAt,
  token,
  unless,
  words,
} from './chart.ts';
import type { GrammarContext } from './context.ts';
import { anyValue, type Condition, clause, enumeration, joined, plain } from './joining.ts';
import { compared, comparison, dollars } from './numbers.ts';
import { type Places, valueFilter } from './places.ts';
import { period, type TimeGrammar } from './time.ts';

/** Conditions on keys, by the place they take in a sentence. */
export interface KeyConditions {
  /** Before the noun: "disabled, customer managed". */
  readonly before: Parser<Filter>;
  /** After the noun: "that have external access and were unused for 90 days in production". */
  readonly after: Parser<Filter>;
  /** As {@link after}, beginning with a verb: the part of "what percentage of keys … have …". */
  readonly predicate: Parser<Filter>;
  /** A phrase that names one key: its alias, id or ARN. */
  readonly particular: Parser<Filter>;
  /** One condition, without joining several. */
  readonly single: Parser<Condition>;
}

const be = words(
  'are',
  'is',
  'were',
  'was',
  'be',
  'being',
  'been',
  'have been',
  'has been',
  'remain',
  'stay',
  'are currently',
  'is currently',
  'are still',
  'are being',
);
const beNot = words(
  'are not',
  'is not',
  'were not',
  'was not',
  'have not been',
  'has not been',
  'had not been',
  'are no longer',
  'are not currently',
  'not',
  'not being',
  'not been',
  'did not get',
  'do not get',
  'were not being',
  'are currently not',
);
const that = words('that', 'which', 'who', 'where they');
const have = words(
  'have',
  'has',
  'having',
  'with',
  'that have',
  'carry',
  'carrying',
  'show',
  'do have',
  'got',
  'have got',
  'containing',
  'contain',
  'come with',
);
const haveNot = words(
  'no',
  'without',
  'without any',
  'with no',
  'have no',
  'has no',
  'having no',
  'do not have',
  'does not have',
  'did not have',
  'do not have any',
  'does not have any',
  'have not',
  'have not any',
  'have not got',
  'have not got any',
  'lack',
  'lacks',
  'lacking',
  'missing',
  'are missing',
  'are lacking',
  'are without',
  'with not',
  'not having',
  'not with',
  'have not any',
  'with neither',
  'have neither',
  'has neither',
  'do not have either',
  'carry no',
  'that have no',
  'with zero',
  'have zero',
);
const except = words(
  'except',
  'except for',
  'excluding',
  'but not',
  'but no',
  'other than',
  'apart from',
  'besides',
  'ignoring',
  'leaving out',
  'not counting',
  'not including',
  'aside from',
  'with the exception of',
  'and not',
  'minus',
  'but exclude',
  'but excluding',
  'but without',
);

/** Concerns whose words say a fact that is looked up directly and more exactly. */
const toldAsFacts: ReadonlySet<string> = new Set([
  'DISABLED_KEY',
  'PENDING_DELETION',
  'UNUSED_KEY',
  'ROTATION_DISABLED',
  'PUBLIC_ACCESS',
  'EXTERNAL_ACCOUNT',
  'CROSS_ACCOUNT_IN_ORG',
  'EXTERNAL_GRANT',
  'UNREADABLE_KEY',
  'DELETED_PRINCIPAL',
  'ACCOUNT_PRINCIPAL',
  'NO_ALIAS_OR_TAGS',
]);

const unusedFor = (ago: Period, longer: boolean): Filter => ({
  is: 'unused',
  since: { ago },
  longer,
});
const status = (value: string): Filter => ({
  is: 'value',
  column: 'usage_status',
  values: [value],
});

/** Without a length of time "unused" may mean any of these; which, only the asker knows. */
const vaguelyUnused: readonly Filter[] = [
  unusedFor({ count: 90, unit: 'day' }, false),
  status('NEVER_USED'),
  status('NO_RECORD'),
];

export function keyConditions(
  context: GrammarContext,
  time: TimeGrammar,
  places: Places,
  access: AccessGrammar,
): KeyConditions {
  const { lexicon, values } = context;
  const columns = lexicon.columns.keys;

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
  );
  const flag = map(flagColumn, (column): Filter => ({ is: 'flag', column }));

  const periodOf = map(
    seq(
      opt(words('for', 'in', 'over', 'within', 'during')),
      opt(words('last', 'past', 'previous')),
      period,
    ),
    ([, , p]) => p,
  );
  const longPeriod: Parser<{ period: Period; longer: boolean }> = alt(
    map(periodOf, (p) => ({ period: p, longer: false })),
    map(seq(words('for'), comparison, period), ([, op, p]) => ({
      period: p,
      longer: op === 'more than',
      op,
    })),
    map(
      seq(words('for'), period, words('or more', 'or longer', 'and more', 'and longer')),
      ([, p]) => ({ period: p, longer: false }),
    ),
  );
  const inOver = map(seq(words('in'), comparison, period), ([, op, p]) => ({
    period: p,
    longer: op === 'more than',
    op,
  }));
  const lasting = expand(alt(longPeriod, inOver), (p) => {
    const op = 'op' in p ? p.op : 'at least';
    return op === 'at least' || op === 'more than' ? [unusedFor(p.period, p.longer)] : [];
  });
  const sinceFilter = (bareVerb: Parser<unknown>): Parser<Filter> =>
    map(seq(bareVerb, time.since), ([, since]): Filter => ({ is: 'unused', since, longer: false }));
  const unusedWords = alt(
    words(
      'unused',
      'idle',
      'dormant',
      'untouched',
      'inactive',
      'not used',
      'not in use',
      'not been used',
      'never used',
      'no longer used',
      'never been used',
      'not been in use',
      'unused now',
      'not used at all',
      'not touched',
      'not accessed',
    ),
    words(
      'not have been used',
      'not been touched',
      'nobody used',
      'nobody has used',
      'no one used',
      'no one has used',
      'not see any use',
      'not seen any use',
      'not seen use',
    ),
  );
  const unused: Parser<Filter> = rule(() =>
    alt(
      map(seq(unusedWords, lasting), ([, f]) => f),
      sinceFilter(unusedWords),
      map(
        seq(
          words('not used', 'unused', 'not been used', 'idle', 'inactive'),
          words('since before'),
          time.span,
        ),
        ([, , s]): Filter => ({
          is: 'unused',
          since: s.from,
          longer: true,
        }),
      ),
      expand(
        words(
          'unused',
          'idle',
          'dormant',
          'inactive',
          'not used',
          'not in use',
          'not been used',
          'not have been used',
          'not being used',
        ),
        () => vaguelyUnused,
      ),
      map(
        words(
          'never used',
          'never been used',
          'not ever used',
          'never ever used',
          'not ever been used',
          'used never',
          'not once used',
          'never in use',
        ),
        () => status('NEVER_USED'),
      ),
      // "90-day unused keys"
      map(seq(period, words('unused', 'idle')), ([p]) => unusedFor(p, false)),
    ),
  );
  const used: Parser<Filter> = rule(() =>
    alt(
      map(
        seq(
          words(
            'used',
            'in use',
            'been used',
            'active',
            'last used',
            'most recently used',
            'accessed',
          ),
          time.since,
        ),
        ([, from]): Filter => ({ is: 'used', from }),
      ),
      map(
        words(
          'used',
          'ever used',
          'been used',
          'ever been used',
          'used at least once',
          'used before',
          'used at all',
        ),
        () => status('USED'),
      ),
    ),
  );

  const timeColumn = (verbs: Parser<unknown>, column: string): Parser<Filter> =>
    map(seq(verbs, time.range), ([, { from, to }]): Filter => ({ is: 'time', column, from, to }));
  const timed: Parser<Filter> = rule(() =>
    alt(
      timeColumn(words('created', 'made', 'set up', 'added', 'been created'), 'created_at'),
      timeColumn(
        words('last used', 'most recently used', 'last accessed', 'last been used'),
        'last_used_at',
      ),
      timeColumn(
        words(
          'deleted',
          'scheduled for deletion',
          'due for deletion',
          'to be deleted',
          'scheduled to be deleted',
          'going to be deleted',
          'pending deletion',
          'about to be deleted',
        ),
        'deletion_at',
      ),
      timeColumn(
        words('expiring', 'going to expire', 'due to expire', 'about to expire'),
        'material_expires_at',
      ),
      timeColumn(
        words(
          'rotated next',
          'due for rotation',
          'due to rotate',
          'to be rotated',
          'rotating next',
        ),
        'next_rotation_at',
      ),
    ),
  );
  const upcoming: Parser<Filter> = rule(() => {
    const within = map(
      seq(words('within', 'in'), opt(words('next', 'coming')), period),
      ([, , p]) => p,
    );
    const ahead =
      (column: string) =>
      (p: Period): Filter => ({
        is: 'time',
        column,
        from: { ago: { count: 0, unit: 'day' } },
        to: { ahead: p },
      });
    return alt(
      map(
        seq(
          words(
            'expire',
            'expires',
            'expiring',
            'will expire',
            'going to expire',
            'due to expire',
            'about to expire',
          ),
          within,
        ),
        ([, p]) => ahead('material_expires_at')(p),
      ),
      map(
        seq(
          words(
            'deleted',
            'scheduled for deletion',
            'due for deletion',
            'to be deleted',
            'scheduled to be deleted',
            'will be deleted',
            'get deleted',
            'going to be deleted',
          ),
          within,
        ),
        ([, p]) => ahead('deletion_at')(p),
      ),
      map(
        seq(
          words(
            'rotate',
            'will rotate',
            'rotated',
            'will be rotated',
            'due for rotation',
            'rotate next',
          ),
          within,
        ),
        ([, p]) => ahead('next_rotation_at')(p),
      ),
    );
  });
  const timeVerbs: Parser<Filter> = alt(
    timeColumn(words('expire', 'expires', 'will expire'), 'material_expires_at'),
    timeColumn(words('will be deleted', 'get deleted', 'go away'), 'deletion_at'),
    timeColumn(
      words('will be rotated', 'rotate', 'rotate next', 'will rotate'),
      'next_rotation_at',
    ),
    upcoming,
  );
  const age: Parser<Filter> = rule(() => {
    const created = (from: Period | null, to: Period | null): Filter => ({
      is: 'time',
      column: 'created_at',
      from: from && { ago: from },
      to: to && { ago: to },
    });
    return alt(
      map(
        seq(
          words('older than', 'more than', 'over', 'at least'),
          period,
          opt(words('old', 'of age')),
        ),
        ([, p]) => created(null, p),
      ),
      map(seq(words('younger than', 'newer than'), period), ([, p]) => created(p, null)),
      map(seq(words('less than', 'under'), period, words('old', 'of age')), ([, p]) =>
        created(p, null),
      ),
      map(seq(period, words('old or older', 'or older', 'or more old')), ([p]) => created(null, p)),
      map(
        seq(words('older than', 'created earlier than', 'from before'), time.span),
        ([, s]): Filter => ({ is: 'time', column: 'created_at', from: null, to: s.from }),
      ),
      map(
        seq(words('newer than', 'younger than'), time.span),
        ([, s]): Filter => ({ is: 'time', column: 'created_at', from: s.to, to: null }),
      ),
    );
  });

  const tagPair = token((t) => {
    const match = t.kind === 'pair' || t.kind === 'quoted' ? /^([^=]+)=(.+)$/.exec(t.text) : null;
    return match?.[1] && match[2] ? { key: match[1], value: match[2] } : undefined;
  });
  /** Tag keys and values are case-sensitive; written otherwise they stand for those in the data. */
  const pairFilter = ({ key, value }: { key: string; value: string }): readonly Filter[] => {
    const same = values.tags.filter(
      (t) =>
        t.key.toLowerCase() === key.toLowerCase() && t.value.toLowerCase() === value.toLowerCase(),
    );
    const exact = same.find((t) => t.key === key && t.value === value);
    const meant = exact || same.length === 0 ? [{ key, value }] : same;
    return meant.map((t) => ({ is: 'tag', key: t.key, value: t.value }));
  };
  const tagKey: Parser<string> = (chart, at) => {
    const [start = at] = startsAt(chart, at).slice(-1);
    const t = chart.tokens[start];
    if (!t) return [];
    if (t.kind === 'quoted') return [{ value: t.text, end: start + 1 }];
    const found: { value: string; end: number }[] = [];
    let text = '';
    for (let end = start; end < Math.min(start + 5, chart.tokens.length); end += 1) {
      const part = chart.tokens[end];
      if (!part || (part.kind !== 'word' && part.kind !== 'number')) break;
      text = text === '' ? part.text : `${text} ${part.text}`;
      if (chart.tokens[end + 1]?.glued) continue;
      for (const key of values.tagKeys.get(text) ?? []) found.push({ value: key, end: end + 1 });
    }
    return found;
  };
  const tagFilter: Parser<Filter> = rule(() =>
    alt(
      expand(tagPair, pairFilter),
      map(tagKey, (key): Filter => ({ is: 'tag', key, value: null })),
      map(values.named(['tag'], false), valueFilter),
      expand(
        seq(tagKey, words('is', 'of', 'equal to', 'set to'), values.named(['tag'], false)),
        ([key, , v]) => (v.key === key ? [valueFilter(v)] : []),
      ),
    ),
  );
  const tagged: Parser<Filter> = rule(() =>
    alt(
      map(
        seq(words('tagged', 'tagged with', 'tagged as', 'labelled', 'labeled'), orList(tagFilter)),
        ([, f]) => f,
      ),
      map(words('tagged'), (): Filter => ({ is: 'present', column: 'tags' })),
      map(words('untagged'), (): Filter => noneOf({ is: 'present', column: 'tags' })),
    ),
  );

  const concernCode: Parser<string> = alt(
    lexicon.concerns.parser,
    token((t) => (t.kind === 'quoted' ? lexicon.concerns.get(t.text)[0] : undefined)),
  );
  const concernNoun = words(
    'concern',
    'concerns',
    'finding',
    'findings',
    'issue',
    'issues',
    'problem',
    'problems',
  );
  const severity: Parser<readonly string[]> = rule(() => {
    const names = severities.map((s) => s.value as string);
    const one = expand(lexicon.columnValues.keys.parser, (v) =>
      v.column === 'max_severity' ? [v.value] : [],
    );
    const severityNoun = opt(words('severity'));
    return alt(
      map(seq(one, severityNoun), ([s]) => [s]),
      map(seq(one, severityNoun, words('and', 'or'), one, severityNoun), ([a, , , b]) =>
        names.filter((n) => n === a || n === b),
      ),
      map(
        seq(
          one,
          severityNoun,
          words(
            'or worse',
            'and worse',
            'or higher',
            'and higher',
            'or above',
            'and above',
            'or more severe',
          ),
        ),
        ([s]) => names.slice(0, names.indexOf(s) + 1),
      ),
      map(seq(words('at least'), one, severityNoun), ([, s]) =>
        names.slice(0, names.indexOf(s) + 1),
      ),
    );
  });
  const concernObject: Parser<Filter> = rule(() =>
    alt(
      map(
        seq(
          concernNoun,
          orList(map(concernCode, (code): Filter => ({ is: 'concern', codes: [code] }))),
        ),
        ([, f]) => f,
      ),
      map(seq(concernCode, concernNoun), ([code]): Filter => ({ is: 'concern', codes: [code] })),
      map(seq(severity, concernNoun), ([s]): Filter => ({ is: 'severity', severities: [...s] })),
      map(
        seq(concernNoun, words('of', 'with'), severity),
        ([, , s]): Filter => ({ is: 'severity', severities: [...s] }),
      ),
      map(concernNoun, (): Filter => ({ is: 'present', column: 'concern_codes' })),
    ),
  );
  const bareConcern: Parser<Filter> = expand(
    seq(
      lexicon.concerns.parser,
      opt(
        words(
          'policies',
          'policy',
          'key policies',
          'key policy',
          'access',
          'risk',
          'in their policy',
          'in their policies',
          'in their key policy',
          'as principals',
          'as principal',
          'in policy',
          'in their policy',
          'in their policies',
          'in their key policy',
          'as principals',
          'as principal',
          'in policy',
        ),
      ),
    ),
    ([code]): readonly Filter[] =>
      toldAsFacts.has(code) ? [] : [{ is: 'concern', codes: [code] }],
  );

  const columnValue: Parser<Filter> = rule(() =>
    alt(
      expand(
        seq(
          columns.parser,
          opt(words('is', 'are', 'of', '=', 'equal to', 'set to', 'being')),
          orList(
            alt(
              enumValueAny,
              map(values.named(['key_spec', 'region', 'account', 'ou'], false), valueFilter),
            ),
          ),
        ),
        ([column, , f]) => (filterColumn(f) === column ? [f] : []),
      ),
      map(
        seq(words('key spec', 'spec', 'key specs', 'algorithm'), orList(specValue)),
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
  const specValue = map(values.named(['key_spec']), valueFilter);

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
        compared,
        alt(dollars, words('days', 'day')),
      ),
      ([column, , { op, value }]): readonly Filter[] => {
        const role = columnOf('keys', column)?.role;
        return role === 'money' || role === 'days' || role === 'count'
          ? [{ is: 'number', column, op, value }]
          : [];
      },
    ),
  );
  const cost: Parser<Filter> = map(
    seq(words('cost', 'costs', 'costing', 'are costing', 'cost us'), compared, dollars),
    ([, { op, value }]): Filter => ({ is: 'number', column: 'monthly_cost_usd', op, value }),
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
      opt(comparison),
      period,
    ),
    ([, op, p]): readonly Filter[] => {
      const days = p.unit === 'day' ? p.count : p.unit === 'week' ? p.count * 7 : null;
      return days === null
        ? []
        : [{ is: 'number', column: 'rotation_period_days', op: op ?? 'exactly', value: days }];
    },
  );

  const aliasToken = token((t) => (t.kind === 'alias' ? t.text : undefined));
  const aliasName: Parser<Filter> = rule(() =>
    alt(
      expand(seq(opt(words('alias', 'aliases')), aliasToken), ([, alias]) => aliasFilter(alias)),
      map(
        seq(
          words('alias', 'aliases', 'name'),
          opt(words('of', 'named', 'called')),
          values.named(['alias']),
        ),
        ([, , v]) => valueFilter(v),
      ),
    ),
  );
  function aliasFilter(alias: string): readonly Filter[] {
    const known = values.exactly('alias', alias.replace(/^alias\//i, ''));
    const same = known.filter((v) => v.values[0]?.toLowerCase() === alias.toLowerCase());
    const exact = same.find((v) => v.values[0] === alias);
    return (exact ? [exact] : same).map(valueFilter);
  }
  const particular: Parser<Filter> = rule(() => {
    const id = alt(
      token((t): Filter | undefined =>
        t.kind === 'key_id' ? { is: 'key', by: 'key_id', values: [t.text] } : undefined,
      ),
      token((t): Filter | undefined =>
        t.kind === 'key_arn' ? { is: 'key', by: 'key_arn', values: [t.text] } : undefined,
      ),
    );
    const one = alt(id, aliasName);
    const named = alt(
      map(
        seq(
          words('key', 'key id', 'key arn', 'arn', 'keys', 'kms key', 'cmk', 'keyid'),
          opt(words('with', 'with id', 'id', 'named', 'called', 'with alias')),
          one,
        ),
        ([, , f]) => f,
      ),
      map(
        seq(
          words('key', 'kms key', 'keys'),
          opt(words('named', 'called')),
          values.named(['alias']),
        ),
        ([, , v]) => valueFilter(v),
      ),
      map(seq(values.named(['alias'], false), words('key')), ([v]) => valueFilter(v)),
      map(seq(one, words('key')), ([f]) => f),
      one,
    );
    return map(enumeration(named), ({ items }) => items.reduce(anyValue));
  });

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
        seq(flagColumn, words('enabled', 'on', 'active', 'turned on', 'activated', 'switched on')),
        ([column]): Filter => ({ is: 'flag', column }),
      ),
      map(
        seq(
          flagColumn,
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
      map(seq(words('tag', 'tags', 'tag key'), orList(tagFilter)), ([, f]) => f),
      map(seq(tagKey, words('tag', 'tags')), ([key]): Filter => ({ is: 'tag', key, value: null })),
      map(seq(tagPair, words('tag')), ([{ key, value }]): Filter => ({ is: 'tag', key, value })),
      aliasName,
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
      access.adjective,
      bareConcern,
      rotationPeriod,
      map(
        words('symmetric'),
        (): Filter => ({ is: 'value', column: 'key_spec', values: ['SYMMETRIC_DEFAULT'] }),
      ),
      expand(words('asymmetric'), (): readonly Filter[] => {
        const specs = context.values.specs.filter((s) => /^(RSA|ECC|SM2|ML)/.test(s));
        return specs.length > 0 ? [{ is: 'value', column: 'key_spec', values: specs }] : [];
      }),
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
        words('rotated automatically', 'automatically rotated', 'being rotated', 'set to rotate'),
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
      seq(
        words('outside', 'outside of', 'not in', 'not within', 'not from', 'elsewhere than'),
        places.place,
      ),
      ([, f]) => noneOf(f),
    ),
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
        words('nobody uses', 'nobody has ever used', 'no one has ever used', 'nobody ever used'),
        () => status('NEVER_USED'),
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
      map(seq(beNot, where), ([, f]) => clause(plain(noneOf(f)))),
      map(where, plain),
      map(seq(have, recorded), () => plain(status('USED'))),
      map(seq(haveNot, recorded), () => plain(status('NO_RECORD'))),
      map(seq(have, listed(object, false)), ([h, f]) =>
        h === 'with' ? plain(f) : clause(plain(f)),
      ),
      map(seq(haveNot, listed(object, true)), ([h, f]) =>
        /^with/.test(h) ? plain(f) : clause(plain(f)),
      ),
      map(verb, (f) => clause(plain(f))),
      map(verbNot, (f) => clause(plain(f))),
      map(seq(words('whose', 'where', 'with'), alt(columnValue, numeric, flagState)), ([, f]) =>
        plain(f),
      ),
      map(seq(opt(words('with', 'and')), particular), ([, f]) => plain(f)),
    ),
  );
  const flagState: Parser<Filter> = alt(
    expand(
      seq(
        tagKey,
        opt(words('tag')),
        words('is', 'equals', '=', 'is set to'),
        values.named(['tag'], false),
      ),
      ([key, , , v]) => (v.key === key ? [valueFilter(v)] : []),
    ),
    map(
      seq(flagColumn, be, words('enabled', 'on', 'active', 'turned on')),
      ([column]): Filter => ({ is: 'flag', column }),
    ),
    map(seq(flagColumn, alt(be, beNot), words('disabled', 'off', 'turned off')), ([column]) =>
      noneOf({ is: 'flag', column }),
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
  const only = opt(words('only', 'just'));
  const single: Parser<Condition> = rule(() =>
    alt(
      map(seq(opt(that), only, own), ([t, , c]) => (t ? clause(c) : c)),
      map(seq(own, words('only')), ([c]) => c),
      map(
        seq(
          except,
          alt(
            excepted,
            map(own, (c) => c.filter),
          ),
        ),
        ([, f]) => plain(noneOf(f)),
      ),
      map(
        seq(opt(that), opt(alt(be, have)), words('both'), own, words('and'), own),
        ([, , , a, , b]) => plain({ and: [a.filter, b.filter] }),
      ),
      map(
        seq(opt(that), opt(alt(be, have)), words('either'), own, words('or'), own),
        ([, , , a, , b]) => plain(anyOf(a.filter, b.filter)),
      ),
      map(seq(opt(that), opt(be), words('neither'), own, words('nor'), own), ([, , , a, , b]) =>
        plain(noneOf(anyOf(a.filter, b.filter))),
      ),
      map(seq(opt(that), open, after, close), ([, , f]) => plain(f)),
      map(seq(opt(that), words('not'), open, after, close), ([, , , f]) => plain(noneOf(f))),
    ),
  );
  const open = token((t) => (t.kind === 'open' ? true : undefined));
  const close = token((t) => (t.kind === 'close' ? true : undefined));
  const pronoun = words('keys', 'key', 'those', 'ones', 'the ones', 'kms keys', 'anything', 'any');
  const excepted: Parser<Filter> = rule(() =>
    alt(
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
        map(seq(opt(that), have, listed(object, false)), ([, , f]) => plain(f)),
        map(seq(opt(that), haveNot, listed(object, true)), ([, , f]) => plain(f)),
        map(seq(opt(that), alt(verb, verbNot)), ([, f]) => plain(f)),
      ),
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
        // An "external key" may be open to outsiders, or made of imported material.
        expand(words('external'), () => [
          plain({ is: 'access', test: { trust: ['EXTERNAL', 'PUBLIC'] } }),
          plain({ is: 'value', column: 'origin', values: ['EXTERNAL'] }),
        ]),
        map(places.adjunct, plain),
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

  function orList(item: Parser<Filter>): Parser<Filter> {
    return expand(enumeration(item), ({ items, by }) => {
      const [first, ...rest] = items;
      if (!first) return [];
      return by === 'and' && rest.some((f) => filterColumn(f) === null)
        ? [{ and: [...items] }]
        : [rest.reduce(anyValue, first)];
    });
  }

  /** Things a key has, or has not: "without a or b" lacks both; "without a and b" may mean either. */
  function listed(item: Parser<Filter>, negative: boolean): Parser<Filter> {
    const nor = map(seq(item, words('nor'), opt(words('any')), item), ([a, , , b]) => ({
      items: [a, b],
      by: 'or' as const,
    }));
    const first = map(
      seq(opt(negative ? words('any') : words('any', 'some', 'at least one')), item),
      ([, f]) => f,
    );
    // "With no alias and no tags": the "no" may be said again, but not after another "not".
    const further = negative ? map(seq(opt(words('any', 'no')), item), ([, f]) => f) : first;
    return expand(alt(enumeration(first, further), nor), ({ items, by }): readonly Filter[] => {
      const [only] = items;
      if (!only) return [];
      if (items.length === 1) return [negative ? noneOf(only) : only];
      if (!negative) return [by === 'or' ? anyOf(...items) : { and: [...items] }];
      const none = noneOf(anyOf(...items));
      if (by === 'and') return [none, noneOf({ and: [...items] })];
      // "No external access or rotation disabled": the "no" may not reach what says no itself.
      const [, ...rest] = items;
      return rest.some((f) => 'not' in f) ? [none, anyOf(noneOf(only), ...rest)] : [none];
    });
  }

  return { before, after, predicate, particular, single };
}

/** The column that a condition on single values speaks of; null for other conditions. */
export function filterColumn(filter: Filter): string | null {
  if (!('is' in filter)) return null;
  if (filter.is === 'value') return filter.column;
  return filter.is === 'ou' ? 'ou_path' : null;
}
