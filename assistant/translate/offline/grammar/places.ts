import type { NamedValue, ValueKind, Values } from '../lexicon/values.ts';
import { anyOf, everything, type Filter } from '../plan/plan.ts';
import { plainWordsOf } from '../tokens/token.ts';
import {
  alt,
  type Chart,
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
import { anyValue, enumeration } from './joining.ts';

/** The condition that a named thing sets. */
export function valueFilter(value: NamedValue): Filter {
  const values = [...value.values];
  switch (value.kind) {
    case 'region':
      return { is: 'value', column: 'region', values };
    case 'account':
      return { is: 'value', column: 'account_id', values };
    case 'ou':
      return { is: 'ou', paths: values };
    case 'alias':
      return { is: 'key', by: 'alias', values };
    case 'tag':
      return { is: 'tag', key: value.key ?? '', value: values[0] ?? null };
    case 'environment':
      return anyOf(
        ...values.map((tag): Filter => {
          const [key = '', value = ''] = tag.split('=');
          return { is: 'tag', key, value };
        }),
      );
    case 'key_spec':
      return { is: 'value', column: 'key_spec', values };
    default:
      throw new Error(`${value.kind} is no place`);
  }
}

/** The alias of this name; written in other letter cases, all that are spelled alike. */
export function aliasFilter(values: Values, alias: string): readonly Filter[] {
  const known = values.exactly('alias', alias.replace(/^alias\//i, ''));
  const same = known.filter((v) => v.values[0]?.toLowerCase() === alias.toLowerCase());
  const exact = same.find((v) => v.values[0] === alias);
  return (exact ? [exact] : same).map(valueFilter);
}

export interface Places {
  /** Where a key lives: an account, Region, organizational unit or a tag that says so; also several. */
  readonly place: Parser<Filter>;
  /** One of these, no enumeration. */
  readonly one: Parser<Filter>;
  /** As {@link place}, by whole names only: the "production" of "production keys". */
  readonly adjunct: Parser<Filter>;
  readonly account: Parser<string>;
}

/** What says where keys are, or whose. */
const placeKinds: readonly ValueKind[] = ['region', 'account', 'ou', 'tag', 'environment'];

/** Whether these words stand next to each other in a name. */
const isWordOf = (words: string, name: string) =>
  ` ${plainWordsOf(name).join(' ')} `.includes(` ${plainWordsOf(words).join(' ')} `);

/** So many accounts with a word in their names are offered one by one. */
const MOST_ONE_BY_ONE = 4;

/** What is said of accounts, whoever has named some of them so. */
const saysOfAccounts =
  /^(?:all|any|no|none|each|every|other|own|our|old|new|closed|open|active|suspended|shared|external|internal|foreign|partner|customer|vendor|user|service|root|member|management)s?$/;

/** More accounts than these are not meant by a word of their names. */
const MOST_CALLED = 50;

export function placeGrammar({ values }: GrammarContext): Places {
  const named = (kinds: readonly ValueKind[], partial = true) =>
    map(plainest(values.named(kinds, partial), values), valueFilter);
  const accountId = token((t) => (t.kind === 'account' ? t.text : undefined));
  // Only an account of the organization has keys here; any other may still be allowed to use some.
  const ownId = expand(accountId, (id) => (values.accountName(id) === undefined ? [] : [id]));
  const accountNoun = words('account', 'accounts', 'aws account', 'aws accounts');
  const ouNoun = words(
    'ou',
    'ous',
    'organizational unit',
    'organizational units',
    'organisational unit',
  );
  const regionNoun = words('region', 'regions', 'aws region');

  const account: Parser<string> = rule(() =>
    alt(
      accountId,
      map(values.named(['account']), (v) => v.values[0] ?? ''),
      // Name and id together, as questions that are offered write it.
      expand(seq(values.named(['account'], false), accountId), ([v, id]) =>
        v.values.includes(id) ? [id] : [],
      ),
    ),
  );
  /**
   * "The production OUs", "the sandbox accounts", "a dev account": every unit that is called so, since more
   * than one is spoken of, or any of them.
   */
  const unitsCalled: Parser<Filter> = (chart, at) => {
    const byEnd = new Map<number, Set<string>>();
    for (const { value, end } of values.named(['ou'], false)(chart, at)) {
      // Everything is below the root.
      const paths = value.values.filter((path) => path.includes('/'));
      for (const path of paths) byEnd.set(end, (byEnd.get(end) ?? new Set()).add(path));
    }
    return [...byEnd].map(([end, paths]) => ({
      value: { is: 'ou', paths: [...paths].sort() },
      end,
    }));
  };
  const anyOne = token((t) => (/^(?:an?|any|some|every|each)$/.test(t.text) ? true : undefined));
  /** "The payments accounts": all that are called so, or something with it; not where a unit is. */
  const accountsCalled: Parser<Filter> = (chart, at) => [
    ...values
      .named(['account'])(chart, at)
      .flatMap(({ end }) => {
        const name = writtenAs(chart, at, end);
        if (values.exactly('ou', name).length > 0) return [];
        return accountsWith(values, name).map((value) => ({ value, end }));
      }),
    ...accountsOfSystem(chart, at),
  ];
  /** "The search accounts", whose names begin with a word that means something else besides. */
  const accountsOfSystem: Parser<Filter> = (chart, at) => {
    const [start = at] = startsAt(chart, at).slice(-1);
    const word = chart.tokens[start];
    if (word?.kind !== 'word' || chart.tokens[start + 1]?.glued || saysOfAccounts.test(word.text)) {
      return [];
    }
    if (values.named(['account', 'ou'])(chart, at).length > 0) return [];
    const begin = (id: string) => plainWordsOf(values.accountName(id) ?? '')[0] === word.text;
    return accountsWith(values, word.text).flatMap((f) => {
      const ids = 'is' in f && f.is === 'value' ? f.values : [];
      return ids.length > 1 && ids.every(begin) ? [{ value: f, end: start + 1 }] : [];
    });
  };
  const unitsWith = (name: string): readonly Filter[] => {
    const paths = values.containing('ou', name, MOST_CALLED).flatMap((v) => v.values);
    const called = paths.filter((path) => isWordOf(name, path.split('/').at(-1) ?? ''));
    return [...new Set(called)].map((path): Filter => ({ is: 'ou', paths: [path] }));
  };
  /**
   * "Bluebird keys", where a tag has that value and units or accounts have the word in their names: either
   * may be meant, the accounts all together. And "kawa keys", where nothing has just that name.
   */
  const alsoCalled: Parser<Filter> = (chart, at) => {
    const whole = values.named(placeKinds, false)(chart, at);
    const parts = values.named(['account', 'ou'])(chart, at);
    // "The value crm" is one of a tag, and "team payments" that of teams.
    const before = chart.tokens[at - 1]?.text ?? '';
    if (
      /^(value|tag|tagged|labell?ed|team|squad|owner)$/.test(before) ||
      values.tagKeys.has(before)
    )
      return [];
    const longest = Math.max(0, ...whole.map(({ end }) => end));
    const ends = [...new Set([...whole, ...parts].map(({ end }) => end))];
    return ends.flatMap((end) => {
      if (end < longest) return [];
      const here = whole.filter((f) => f.end === end);
      const ofKeys = /^(key|cmk)$/.test(chart.tokens[end]?.base ?? '');
      const name = writtenAs(chart, at, end);
      if (ofKeys && isOfSystem(here.map(({ value }) => value))) {
        return [...here.map(({ value }) => valueFilter(value)), ...accountsWith(values, name)].map(
          (value) => ({ value, end }),
        );
      }
      if (!here.every(({ value }) => value.kind === 'tag') || (here.length === 0 && !ofKeys))
        return [];
      return [...unitsWith(name), ...accountsWith(values, name)].map((value) => ({ value, end }));
    });
  };
  const anAccount = map(
    expand(account, (id) => (values.accountName(id) === undefined ? [] : [id])),
    (id): Filter => ({ is: 'value', column: 'account_id', values: [id] }),
  );
  const one: Parser<Filter> = rule(() =>
    alt(
      map(
        seq(opt(accountNoun), ownId),
        ([, id]): Filter => ({
          is: 'value',
          column: 'account_id',
          values: [id],
        }),
      ),
      map(
        seq(accountNoun, opt(words('named', 'called', 'id', 'number')), anAccount),
        ([, , f]) => f,
      ),
      map(seq(ouNoun, opt(words('named', 'called')), values.named(['ou'])), ([, , v]) =>
        valueFilter(v),
      ),
      map(seq(regionNoun, named(['region'])), ([, f]) => f),
      map(seq(unless(anyOne), named(['account']), words('account', 'aws account')), ([, f]) => f),
      // "The sandbox accounts" are those of the unit called so, where there is one.
      map(
        seq(
          opt(words('all', 'all of')),
          unless(words('suspended', 'closed', 'active')),
          alt(unitsCalled, accountsCalled),
          words('accounts', 'aws accounts'),
        ),
        ([, , f]) => f,
      ),
      map(
        seq(
          opt(words('all', 'all of')),
          unitsCalled,
          words('ous', 'units', 'organizational units'),
        ),
        ([, f]) => f,
      ),
      map(
        seq(anyOne, alt(unitsCalled, accountsCalled), words('account', 'aws account')),
        ([, f]) => f,
      ),
      map(
        seq(values.named(['ou']), words('ou', 'organizational unit', 'organisational unit')),
        ([v]) => valueFilter(v),
      ),
      map(seq(named(['region']), regionNoun), ([f]) => f),
      manyTogether(named(placeKinds), values),
    ),
  );
  // A second item may repeat the preposition: in Tokyo or in Paris.
  const item = map(seq(opt(words('in', 'account', 'region')), one), ([, f]) => f);
  const anywhere: Parser<Filter> = map(
    words(
      'all accounts',
      'all regions',
      'every account',
      'every region',
      'organization',
      'whole organization',
      'entire organization',
      'any account',
      'any region',
      'org',
      'all accounts and regions',
      'all of accounts',
      'all of regions',
    ),
    () => everything,
  );
  const place = rule(() => alt(anywhere, places));
  const places = rule(() =>
    expand(enumeration(alt(one, item)), ({ items, by }) => {
      const [first, ...rest] = items;
      if (!first) return [];
      const sameKind = rest.every((f) => kindOf(f) === kindOf(first));
      return by === null || sameKind ? [rest.reduce(anyValue, first)] : [];
    }),
  );
  return {
    place,
    one,
    adjunct: alt(named(placeKinds, false), alsoCalled),
    account,
  };
}

/** All accounts with these words in their names together; none where they are too many. */
export function accountsWith(values: Values, name: string): readonly Filter[] {
  const ids = values.containing('account', name, MOST_CALLED).flatMap((v) => v.values);
  const accounts = [...new Set(ids)].sort();
  return accounts.length > 0 && accounts.length <= MOST_CALLED
    ? [{ is: 'value', column: 'account_id', values: accounts }]
    : [];
}

/** "Payments keys", where an account is called just so and a tag says it of keys elsewhere: either may be meant. */
const isOfSystem = (called: readonly NamedValue[]) =>
  called.some(({ kind }) => kind === 'account') &&
  called.some(({ kind }) => kind === 'tag') &&
  called.every(({ kind }) => kind === 'account' || kind === 'tag');

/** Accounts that only have a word in their names: many of them are meant together, if at all. */
export function manyTogether(place: Parser<Filter>, values: Values): Parser<Filter> {
  const single = (f: Filter) =>
    'is' in f && f.is === 'value' && f.column === 'account_id' && f.values.length === 1;
  return (chart, at) => {
    const found = place(chart, at);
    const ends = [...new Set(found.map(({ end }) => end))].filter(
      (end) => found.filter((f) => f.end === end && single(f.value)).length > MOST_ONE_BY_ONE,
    );
    return [
      ...found.filter((f) => !ends.includes(f.end) || !single(f.value)),
      ...ends.flatMap((end) =>
        accountsWith(values, writtenAs(chart, at, end)).map((value) => ({ value, end })),
      ),
    ];
  };
}

/**
 * Of several things called the same, the account that is written in just these letters, and before tags
 * what keys are in: an account, a unit, a Region.
 */
export function plainest(named: Parser<NamedValue>, values: Values): Parser<NamedValue> {
  return (chart, at) => {
    const all = named(chart, at);
    return all.filter((found) => {
      // Everything is below the root; whoever says "root" means the user.
      if (found.value.kind === 'ou' && found.value.values.every((p) => !p.includes('/')))
        return false;
      const rivals = all.filter((f) => f.end === found.end && f !== found);
      // Of an environment all spellings are meant, and it may as well be called so as a unit.
      if (found.value.kind === 'environment') return true;
      if (found.value.kind === 'tag') return rivals.every((r) => r.value.kind === 'tag');
      if (found.value.kind !== 'account') return true;
      const written = writtenAs(chart, at, found.end);
      const isWritten = (v: NamedValue) => values.accountName(v.values[0] ?? '') === written;
      return isWritten(found.value) || !rivals.some((r) => isWritten(r.value));
    });
  };
}

/** The words from here on as they were written. */
export function writtenAs(chart: Chart, at: number, end: number): string {
  const [start = at] = startsAt(chart, at).slice(-1);
  return chart.tokens
    .slice(start, end)
    .map((t, i) => (i === 0 ? t.raw : `${t.glued ? (t.joint ?? '') : ' '}${t.raw}`))
    .join('');
}

function kindOf(filter: Filter): string {
  if (!('is' in filter)) return 'other';
  return filter.is === 'value' ? filter.column : filter.is;
}
