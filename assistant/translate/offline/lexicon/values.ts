import type { DataValues } from '../../translator.ts';
import { type Chart, type Found, type Parser, startsAt } from '../grammar/chart.ts';
import { type Grantee, type PrincipalKind, principalKinds } from '../plan/plan.ts';
import { isOfEnvironments } from '../plan/says.ts';
import { plainWordsOf } from '../tokens/token.ts';
import { outsideTheUnion, regionGroups, regionNames } from './regions.ts';

/** What kind of thing a name in the data names. */
export type ValueKind =
  | 'region'
  | 'account'
  | 'ou'
  | 'alias'
  | 'tag'
  | 'environment'
  | 'principal'
  | 'servicePrincipal'
  | 'caller'
  | 'service'
  | 'operation'
  | 'key_spec';

export interface NamedValue {
  readonly kind: ValueKind;
  /**
   * What is compared: an id, a path, an alias, an ARN. For a Region group, all its Regions; for an
   * environment, all its tags as `key=value`.
   */
  readonly values: readonly string[];
  /** For a tag: its key. */
  readonly key?: string;
}

/** An index of names of one kind, by whole name and by the words in it. Built when first asked. */
interface NameIndex {
  readonly whole: ReadonlyMap<string, readonly NamedValue[]>;
  /** Names of these words in whatever order. */
  readonly anyOrder: (words: readonly string[]) => readonly NamedValue[];
  /** Names that contain these words next to each other. */
  readonly containing: (words: readonly string[], most: number) => readonly NamedValue[];
}

interface Named {
  readonly name: string;
  readonly value: NamedValue;
}

/**
 * Whether a whole name leaves no doubt that this is meant. The value of a tag does so only where the
 * tag tells environments apart: that some owner is called "payments" does not make it a place.
 */
const settles = (value: NamedValue) => value.kind !== 'tag' || isOfEnvironments(value.key ?? '');

/** Kinds of names that may be ordinary words: a department called Security. */
const placeKinds: ReadonlySet<ValueKind> = new Set([
  'region',
  'account',
  'ou',
  'tag',
  'environment',
  'key_spec',
  'service',
  'servicePrincipal',
]);

/** Words that stand for all of something; nothing is called by them, whoever named an account so. */
const isGeneric = (word: string) =>
  /^(all|any|every|each|no|none|nobody|keys?|accounts?|regions?)$/.test(word);

/** "Cost us" is no Region, "shared with" no unit, "unused keys" no account, whoever named one so. */
const meansElse = (words: readonly string[], raw: string) =>
  (words.length === 1 && (raw === 'us' || raw === 'shared')) ||
  (words.length > 1 && /^(keys?|cmks?)$/.test(words.at(-1) ?? '') && raw === words.at(-1));

const joined = (words: readonly string[]) => words.join(' ');

/** `joins`: also finds what is written with its words joined, "datalake" in data-lake-prod, or taken apart. */
function buildIndex(names: Iterable<Named>, joins: boolean): NameIndex {
  const whole = new Map<string, NamedValue[]>();
  const texts: string[] = [];
  const values: NamedValue[] = [];
  for (const { name, value } of names) {
    const text = joined(plainWordsOf(name));
    if (text === '') continue;
    const same = whole.get(text);
    if (same) same.push(value);
    else whole.set(text, [value]);
    values.push(value);
    texts.push(text);
  }
  let byWord: ReadonlyMap<string, readonly number[]> | undefined;
  let sorted: ReadonlyMap<string, readonly NamedValue[]> | undefined;
  return {
    whole,
    anyOrder: (words) => {
      sorted ??= indexSorted(whole);
      return sorted.get(inOrder(words)) ?? [];
    },
    containing: (words, most) => {
      byWord ??= indexWords(texts, joins);
      const index = byWord;
      const lists = words.map((w) => index.get(w) ?? []);
      const shortest = lists.reduce((a, b) => (b.length < a.length ? b : a), lists[0] ?? []);
      const asOne = words.join('');
      const others = joins && words.length === 2 ? (index.get(asOne) ?? []) : [];
      const text = ` ${joined(words)} `;
      const found: NamedValue[] = [];
      for (const id of new Set([...shortest, ...others])) {
        const value = values[id];
        const name = texts[id] ?? '';
        const holds =
          ` ${name} `.includes(text) || (joins && adjoined(name.split(' ')).includes(asOne));
        if (value && holds) found.push(value);
        if (found.length > most) break;
      }
      return found;
    },
  };
}

const inOrder = (words: readonly string[]) => [...words].sort().join(' ');

function indexSorted(
  whole: ReadonlyMap<string, readonly NamedValue[]>,
): ReadonlyMap<string, readonly NamedValue[]> {
  const sorted = new Map<string, NamedValue[]>();
  for (const [text, values] of whole) {
    const words = text.split(' ');
    if (words.length < 2) continue;
    const key = inOrder(words);
    sorted.set(key, [...(sorted.get(key) ?? []), ...values]);
  }
  return sorted;
}

/** The words of a name, and those next to each other as one. */
const adjoined = (words: readonly string[]): readonly string[] => [
  ...words,
  ...words.slice(1).map((word, i) => `${words[i]}${word}`),
];

/** Which texts hold each word; with `joins`, also two next to each other as one. */
function indexWords(
  texts: readonly string[],
  joins: boolean,
): ReadonlyMap<string, readonly number[]> {
  const byWord = new Map<string, number[]>();
  texts.forEach((text, id) => {
    const words = text.split(' ');
    for (const word of joins ? adjoined(words) : words) {
      const ids = byWord.get(word);
      if (!ids) byWord.set(word, [id]);
      else if (ids.at(-1) !== id) ids.push(id);
    }
  });
  return byWord;
}

/** Names longer than this many words are not looked for in a question. */
const MOST_WORDS = 10;
/** So many candidates are enough to ask back. */
const MOST_CANDIDATES = 6;

export interface Values {
  /**
   * Names of these kinds at a position: the whole name of something, or, when nothing is called so,
   * the things whose names contain the words.
   */
  readonly named: (kinds: readonly ValueKind[], partial?: boolean) => Parser<NamedValue>;
  /**
   * Names of a kind with these words in them, where nothing of this kind is called just so: people remember
   * a word of the name of a vendor or a role. Everything with the word in its name is found.
   */
  readonly recalled: (kind: 'principal' | 'caller') => Parser<NamedValue>;
  /** Builds everything now that would otherwise be built when first needed. */
  readonly warm: () => void;
  /** Everything of a kind that is called exactly this. */
  readonly exactly: (kind: ValueKind, name: string) => readonly NamedValue[];
  /** Names of a kind with these words in them; one more than `most` where there are more. */
  readonly containing: (kind: ValueKind, name: string, most?: number) => readonly NamedValue[];
  readonly accountName: (id: string) => string | undefined;
  readonly tagKeys: ReadonlyMap<string, readonly string[]>;
  readonly tags: DataValues['tags'];
  readonly usageTrackedSince: DataValues['usageTrackedSince'];
  /** Tags, or names of tags, in whatever case of letters: as `key=value`, or `key` alone. */
  readonly spellings: (tag: string) => readonly string[];
  /** The key specs that occur. */
  readonly specs: readonly string[];
  /** The operations that occur. */
  readonly operations: readonly string[];
  /** The services through which keys were used. */
  readonly services: readonly string[];
  /** Whether a word occurs in any name. */
  readonly knows: (word: string) => boolean;
  readonly names: (kind: ValueKind) => Iterable<string>;
}

/**
 * Makes the index. `ordinary` tells the words that mean something by themselves: whatever people call
 * their aliases, "disabled" stays an adjective. A key or principal is not named by ordinary words
 * alone, and no part of any name is.
 */
export function indexValues(data: DataValues, ordinary: (word: string) => boolean): Values {
  const sources: Readonly<Record<ValueKind, () => Iterable<Named>>> = {
    region: () => regionsOf(data),
    account: function* () {
      for (const { id, name } of data.accounts) {
        yield { name, value: { kind: 'account', values: [id] } };
      }
    },
    ou: () => unitsOf(data),
    alias: () => aliasesOf(data),
    tag: function* () {
      for (const { key, value } of data.tags) {
        yield { name: value, value: { kind: 'tag', key, values: [value] } };
      }
    },
    environment: () => environmentsOf(data),
    principal: () => principalsOf(data),
    servicePrincipal: () => servicePrincipalsOf(data),
    caller: () => callersOf(data),
    service: function* () {
      for (const text of data.column('key_usage', 'via_service')) {
        const value: NamedValue = { kind: 'service', values: [text] };
        const short = text.split('.')[0] ?? text;
        for (const name of [text, short, ...(serviceNames[short] ?? [])]) yield { name, value };
      }
    },
    operation: () => plainValues(data, 'operation', ['key_usage', 'operation']),
    key_spec: () => specsOf(data, ordinary),
  };
  const built = new Map<ValueKind, NameIndex>();
  const index = (kind: ValueKind) => {
    const known =
      built.get(kind) ?? buildIndex(sources[kind](), kind === 'account' || kind === 'ou');
    built.set(kind, known);
    return known;
  };

  const names = new Map(data.accounts.map((a) => [a.id, a.name]));
  const tagKeys = tagKeysOf(data);

  const spelled = new Map<string, Set<string>>();
  for (const { key, value } of data.tags) {
    for (const tag of [key, `${key}=${value}`]) {
      const lower = tag.toLowerCase();
      spelled.set(lower, (spelled.get(lower) ?? new Set()).add(tag));
    }
  }

  const exactly = (kind: ValueKind, name: string) =>
    index(kind).whole.get(joined(plainWordsOf(name))) ?? [];
  const containing = (kind: ValueKind, name: string, most = MOST_CANDIDATES) => {
    const words = plainWordsOf(name);
    return words.length === 0 ? [] : index(kind).containing(words, most);
  };

  /** Everyone who is called so before the "@" of his name. */
  const asPerson = (value: NamedValue, words: readonly string[]): NamedValue => {
    const others = index('caller')
      .containing(words, MOST_CANDIDATES)
      .flatMap((v) => v.values)
      .filter((name) => {
        const [local, domain] = name.split('@');
        return domain !== undefined && joined(plainWordsOf(local ?? '')) === joined(words);
      });
    return { ...value, values: [...new Set([...value.values, ...others])] };
  };

  const namesAt = (chart: Chart, start: number, kinds: readonly ValueKind[], partial: boolean) => {
    const first = chart.tokens[start];
    if (!first || first.glued) return [];
    if (first.kind === 'quoted' || first.kind === 'arn' || first.kind === 'alias') {
      return candidates(kinds, first.text, start + 1, partial);
    }
    const exact: Found<NamedValue>[] = [];
    const parts: Found<NamedValue>[] = [];
    const words: string[] = [];
    for (let end = start; end < Math.min(start + MOST_WORDS, chart.tokens.length); end += 1) {
      const token = chart.tokens[end];
      if (!token || (token.kind !== 'word' && token.kind !== 'number')) break;
      words.push(token.text);
      if (chart.tokens[end + 1]?.glued) continue;
      // "Cost us" is no Region.
      if (words.every(isGeneric) || meansElse(words, token.raw)) continue;
      const plain = words.every((w) => /^\d+$/.test(w) || ordinary(w));
      for (const kind of kinds) {
        if (plain && !placeKinds.has(kind)) continue;
        // Said in words, "prod payments" may be payments-prod as well.
        const loose =
          kind === 'account' &&
          partial &&
          words.length > 1 &&
          !token.glued &&
          // "Keys unused" is no account called so the other way round.
          !words.some((w) => /^(keys?|cmks?)$/.test(w));
        const whole = loose
          ? index(kind).anyOrder(words)
          : (index(kind).whole.get(joined(words)) ?? []);
        // Said in words, "jo bloggs" is the person, by whichever name she signed in.
        const inWords =
          kind === 'caller' &&
          words.length > 1 &&
          !chart.tokens.slice(start + 1, end + 1).some((t) => t.glued);
        exact.push(
          ...whole.map((value) => ({
            value: inWords ? asPerson(value, words) : value,
            end: end + 1,
          })),
        );
        if (!partial || plain || whole.length > 0) continue;
        // "Alice" is who is called so, and no account with her name in it.
        if (
          kind === 'account' &&
          (['caller', 'principal'] as const).some((k) => index(k).whole.has(joined(words)))
        )
          continue;
        const some = index(kind).containing(words, MOST_CANDIDATES);
        parts.push(...some.map((value) => ({ value, end: end + 1 })));
      }
    }
    // A unit holds the accounts that are called as it is.
    const wide = parts.filter(({ value }) => value.kind === 'ou');
    const narrow = parts.filter(({ value }) => value.kind !== 'ou');
    return exact.some(({ value }) => settles(value)) ? exact : [...wide, ...exact, ...narrow];
  };
  const candidates = (
    kinds: readonly ValueKind[],
    name: string,
    end: number,
    partial: boolean,
  ): Found<NamedValue>[] => {
    const exact = kinds.flatMap((kind) => exactly(kind, name));
    const parts = exact.some(settles) || !partial ? [] : kinds.flatMap((k) => containing(k, name));
    return [...new Set([...exact, ...parts])].map((value) => ({ value, end }));
  };

  /** Kinds of things that are meant by their own name rather than someone with that word in his. */
  const rivals: readonly ValueKind[] = ['account', 'ou', 'region', 'alias', 'service', 'key_spec'];
  const recalled =
    (kind: 'principal' | 'caller'): Parser<NamedValue> =>
    (chart, at) =>
      startsAt(chart, at).flatMap((start) => {
        // The noun before a name is no part of it.
        if (/^(role|user|principal)$/.test(chart.tokens[start]?.text ?? '')) return [];
        const whole = new Set(
          namesAt(chart, start, [kind, ...rivals], false).map(({ end }) => end),
        );
        return namesAt(chart, start, [kind], true).filter(
          ({ value, end }) =>
            value.kind === kind &&
            !whole.has(end) &&
            chart.tokens.slice(start, end).every((t) => t.text.length > 2),
        );
      });

  return {
    recalled,
    named:
      (kinds, partial = true) =>
      (chart, at) =>
        startsAt(chart, at).flatMap((start) => {
          const found = namesAt(chart, start, kinds, partial);
          for (const { end } of found) chart.reached = Math.max(chart.reached, end);
          return found;
        }),
    warm: () => {
      for (const kind of Object.keys(sources) as ValueKind[]) index(kind).containing(['a'], 1);
    },
    exactly,
    containing,
    accountName: (id) => names.get(id),
    tagKeys,
    tags: data.tags,
    usageTrackedSince: data.usageTrackedSince,
    spellings: (tag) => [...(spelled.get(tag.toLowerCase()) ?? [])],
    specs: data.column('kms_keys', 'key_spec'),
    operations: data.column('key_usage', 'operation'),
    services: data.column('key_usage', 'via_service'),
    knows: (word) =>
      tagKeys.has(word) ||
      (Object.keys(sources) as ValueKind[]).some((k) => index(k).containing([word], 1).length > 0),
    names: function* (kind) {
      for (const name of index(kind).whole.keys()) yield name;
    },
  };
}

/** What a tag's name looks like when nothing slipped in: a space at its end, a quotation mark. */
const tidy = /^[\p{L}\p{N}]+(?:[-_.:/@+ ]+[\p{L}\p{N}]+)*$/u;

/**
 * The names of tags by the words in them. A name with stray signs in it is meant by words only where no
 * tidy one has these words: it can still be written as it is, in quotation marks.
 */
function tagKeysOf(data: DataValues): ReadonlyMap<string, readonly string[]> {
  const byWords = new Map<string, Set<string>>();
  for (const { key } of data.tags) {
    const words = joined(plainWordsOf(key));
    byWords.set(words, (byWords.get(words) ?? new Set()).add(key));
  }
  return new Map(
    [...byWords].map(([words, keys]) => {
      const neat = [...keys].filter((key) => tidy.test(key));
      return [words, neat.length > 0 ? neat : [...keys]];
    }),
  );
}

function* regionsOf(data: DataValues): Iterable<Named> {
  const used = new Set(data.column('kms_keys', 'region'));
  for (const region of new Set([...Object.keys(regionNames), ...used])) {
    const value: NamedValue = { kind: 'region', values: [region] };
    yield { name: region, value };
    for (const name of regionNames[region] ?? []) {
      // "Canada" is the Region of Canada that is in use, where one is.
      const taken = !used.has(region) && [...used].some((r) => regionNames[r]?.includes(name));
      if (!taken) yield { name, value };
    }
  }
  for (const [name, prefix] of Object.entries(regionGroups)) {
    const outside: readonly string[] = name === 'eu' ? outsideTheUnion : [];
    const values = [...used].filter((r) => r.startsWith(prefix) && !outside.includes(r)).sort();
    if (values.length > 0) yield { name, value: { kind: 'region', values } };
  }
}

/** What environments are called; whoever says one of the words means all that are called so. */
const environmentNames = [
  ['production', 'prod', 'prd'],
  ['development', 'dev'],
  ['staging', 'stage', 'stg'],
  ['test', 'testing', 'tst'],
] as const;

/** Environments that tags spell in more than one way: `env=prod`, `env=production`, `Environment=Prod`. */
function* environmentsOf(data: DataValues): Iterable<Named> {
  for (const words of environmentNames) {
    const tags = data.tags.filter(
      ({ key, value }) =>
        isOfEnvironments(key) && words.some((word) => word === value.toLowerCase()),
    );
    if (tags.length < 2) continue;
    const values = tags.map(({ key, value }) => `${key}=${value}`).sort();
    for (const name of words) yield { name, value: { kind: 'environment', values } };
  }
}

/** Organizational units by their whole path and by their last name, also those above used paths. */
function* unitsOf(data: DataValues): Iterable<Named> {
  const paths = new Set<string>();
  for (const table of ['accounts', 'kms_keys']) {
    for (const path of data.column(table, 'ou_path')) {
      const parts = path.split('/');
      for (let n = 1; n <= parts.length; n += 1) paths.add(parts.slice(0, n).join('/'));
    }
  }
  for (const path of paths) {
    const value: NamedValue = { kind: 'ou', values: [path] };
    const parts = path.split('/');
    for (let from = 0; from < parts.length; from += 1) {
      yield { name: parts.slice(from).join('/'), value };
    }
    // "In production" may mean the unit called Prod.
    const last = parts.at(-1)?.toLowerCase() ?? '';
    const alike = environmentNames.find((names) => names.some((n) => n === last)) ?? [];
    for (const name of alike) if (name !== last) yield { name, value };
  }
}

/** The aliases; the first alias of a key is among all of them. */
function* aliasesOf(data: DataValues): Iterable<Named> {
  const all = data.column('kms_keys', 'aliases');
  for (const alias of all.length > 0 ? all : data.column('kms_keys', 'alias')) {
    const name = alias.startsWith('alias/') ? alias.slice('alias/'.length) : alias;
    yield { name, value: { kind: 'alias', values: [alias] } };
  }
}

/**
 * Principals by their last name, those of one kind and name together in whatever accounts they are; whole
 * ARNs are recognised by their form.
 */
function* principalsOf(data: DataValues): Iterable<Named> {
  const same = new Map<string, string[]>();
  for (const text of data.column('key_permissions', 'principal')) {
    const name = lastName(text);
    if (name === 'root') continue;
    const key = `${principalKindOf(text) ?? text} ${name}`;
    same.set(key, [...(same.get(key) ?? []), text]);
  }
  for (const values of same.values()) {
    const [first = ''] = values;
    const called = lastName(first);
    const names = principalKindOf(first) === 'role' ? roleNames(called) : inWords(called);
    for (const name of names) yield { name, value: { kind: 'principal', values } };
  }
}

/** A name as it is written, and LumenLogReader as the three words of which it is made. */
function inWords(name: string): readonly string[] {
  const apart = name.replaceAll(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, ' ');
  return apart === name ? [name] : [name, apart];
}

/** A role's name as {@link inWords}, and without the "Role" at its end where several words are left. */
function roleNames(name: string): readonly string[] {
  const short = name.replace(/[-_]?role$/i, '');
  const several = inWords(short).length > 1 || /[-_]/.test(short);
  return short !== name && several ? [...inWords(name), ...inWords(short)] : inWords(name);
}

/** "user", "role" of an ARN; undefined for principals of other forms. */
function principalKindOf(arn: string): PrincipalKind | undefined {
  const kind = /^arn:[\w-]+:(?:iam|sts)::\d{12}:([\w-]+)\//.exec(arn)?.[1];
  return principalKinds.find((k) => k === kind);
}

/** Who is meant by principals of one name: the one there is, or all that are called so. */
export function granteeOf(principals: readonly string[]): Grantee {
  const [first = ''] = principals;
  const kind = principalKindOf(first);
  return principals.length > 1 && kind
    ? { kind, name: lastName(first) }
    : { principals: [...principals] };
}

/** The account outside the organization that all of these principals are in; undefined where there is no such. */
export function vendorOf(
  { accountName }: Pick<Values, 'accountName'>,
  principals: readonly string[],
): string | undefined {
  const [account, ...more] = new Set(
    principals.map((p) => /^arn:[\w-]+:(?:iam|sts)::(\d{12}):/.exec(p)?.[1]),
  );
  const outside = account !== undefined && accountName(account) === undefined;
  return outside && more.length === 0 ? account : undefined;
}

/**
 * Callers by their user or session name, and roles by theirs: sessions of a role are called differently, so
 * that a role is `role/` and its name, whatever the account.
 */
function* callersOf(data: DataValues): Iterable<Named> {
  for (const text of data.column('key_usage', 'username')) {
    yield { name: lastName(text), value: { kind: 'caller', values: [text] } };
  }
  for (const role of data.callerRoles) {
    const value: NamedValue = { kind: 'caller', values: [`role/${role}`] };
    for (const name of roleNames(role)) yield { name, value };
    yield { name: `role/${role}`, value };
  }
}

/** AWS services as principals of policies, by how people call them. */
function* servicePrincipalsOf(data: DataValues): Iterable<Named> {
  // A service has a principal of its own in some Regions; all of them are the service.
  const byService = new Map<string, string[]>();
  for (const text of data.column('key_permissions', 'principal')) {
    if (!/^[\w.-]+\.amazonaws\.com$/.test(text)) continue;
    const short = text.split('.')[0] ?? text;
    byService.set(short, [...(byService.get(short) ?? []), text]);
    yield { name: text, value: { kind: 'servicePrincipal', values: [text] } };
  }
  for (const [short, principals] of byService) {
    const value: NamedValue = { kind: 'servicePrincipal', values: principals.sort() };
    for (const name of [short, ...(serviceNames[short] ?? [])]) yield { name, value };
  }
}

function* plainValues(
  data: DataValues,
  kind: ValueKind,
  [table, column]: readonly [string, string],
): Iterable<Named> {
  for (const text of data.column(table, column)) {
    yield { name: text, value: { kind, values: [text] } };
  }
}

/** How people call the services, by the first part of their names. EBS volumes are read by EC2. */
const serviceNames: Readonly<Record<string, readonly string[]>> = {
  ec2: ['ebs', 'ebs volumes', 'amazon ec2', 'amazon ebs'],
  s3: ['amazon s3'],
  rds: ['amazon rds', 'databases'],
  dynamodb: ['amazon dynamodb'],
  secretsmanager: ['secrets manager', 'aws secrets manager'],
  ssm: ['systems manager', 'parameter store', 'ssm parameter store'],
  elasticfilesystem: ['efs', 'amazon efs'],
  lambda: ['aws lambda'],
  logs: ['cloudwatch logs', 'cloudwatch'],
  es: ['opensearch', 'elasticsearch'],
  acm: ['certificate manager'],
  sqs: ['amazon sqs'],
  sns: ['amazon sns'],
  redshift: ['amazon redshift'],
  backup: ['aws backup'],
  glue: ['aws glue'],
};

/** Everyday names of families of key specs. */
const familyNames: Readonly<Record<string, readonly string[]>> = {
  ECC: ['elliptic curve', 'ec'],
  ML: ['ml dsa', 'post quantum'],
};

/** Key specs by name, and by family: "RSA" stands for every RSA spec in the data. */
function* specsOf(data: DataValues, ordinary: (word: string) => boolean): Iterable<Named> {
  yield* plainValues(data, 'key_spec', ['kms_keys', 'key_spec']);
  const families = new Map<string, string[]>();
  for (const spec of data.column('kms_keys', 'key_spec')) {
    const family = spec.split('_')[0] ?? spec;
    families.set(family, [...(families.get(family) ?? []), spec]);
  }
  for (const [family, specs] of families) {
    const value: NamedValue = { kind: 'key_spec', values: specs.sort() };
    for (const name of [family, ...(familyNames[family] ?? [])]) {
      if (!specs.includes(name) && !ordinary(name.toLowerCase())) yield { name, value };
    }
  }
}

/** The part after the last slash, or after the last colon where there is no slash. */
function lastName(text: string): string {
  const slash = text.lastIndexOf('/');
  return text.slice((slash === -1 ? text.lastIndexOf(':') : slash) + 1);
}
