import {
  allOf,
  anyOf,
  type Fact,
  type Filter,
  factsOf,
  isEverything,
  noneOf,
} from '../plan/plan.ts';
import { alt, expand, many, map, opt, type Parser, seq, token, words } from './chart.ts';

/** One condition as it stands in a sentence. */
export interface Condition {
  readonly filter: Filter;
  /** It begins without verb or preposition, so that a "not" before it might reach it. */
  readonly bare: boolean;
  /** What was negated, when it begins with a "not" that might reach further. */
  readonly negated: Filter | null;
  /** It is a clause of its own ("that are …", "have …"), over which what stands before it reaches. */
  readonly clause?: boolean;
}

export function plain(filter: Filter): Condition {
  return { filter, bare: false, negated: null };
}

/** Marks conditions that begin a clause. */
export function clause(condition: Condition): Condition {
  return { ...condition, clause: true };
}

/** `low` joins last of all: "a or b, and c". */
type Joint = { readonly by: 'and' | 'or' | 'comma' | 'next'; readonly low: boolean };

const comma = token((t) => (t.kind === 'comma' ? true : undefined));

const joint: Parser<Joint> = alt(
  map(
    seq(
      opt(comma),
      words('and', 'and also', 'as well as', 'and at the same time', 'and who', 'plus', '&'),
    ),
    ([low]): Joint => ({ by: 'and', low: low !== null }),
  ),
  map(
    seq(opt(comma), words('or', 'or else', 'and or')),
    ([low]): Joint => ({
      by: 'or',
      low: low !== null,
    }),
  ),
  map(seq(opt(comma), words('but', 'but also', 'yet')), (): Joint => ({ by: 'and', low: true })),
  map(comma, (): Joint => ({ by: 'comma', low: false })),
);
/** Nothing at all; but "public/external" is not "public external". */
const next: Parser<Joint> = (chart, at) =>
  chart.tokens[at]?.glued ? [] : [{ value: { by: 'next', low: false }, end: at }];

/** A condition, and what joins it to the one before. */
export interface Link {
  readonly joint: Joint;
  readonly condition: Condition;
}

/**
 * Several conditions in a row. Where "and" and "or" are mixed without a comma, bracket, "both" or
 * "either" to tell them apart, each way of bracketing that means something else is a reading.
 */
export function joined(condition: Parser<Condition>): Parser<Filter> {
  return expand(seq(condition, many(seq(alt(joint, next), condition), 0, 8)), ([first, rest]) => {
    const links: readonly Link[] = [
      { joint: { by: 'next', low: false }, condition: first },
      ...rest.map(([j, c]) => ({
        joint: j.by === 'next' && c.clause ? { ...j, low: true } : j,
        condition: c,
      })),
    ];
    return vanishes(links) ? [] : readings(links);
  });
}

/**
 * "In the organization" holds for every key, so it says nothing of keys. Behind a condition on who may
 * use them it may say who is meant, and then it must not be dropped.
 */
function vanishes(links: readonly Link[]): boolean {
  // "Concerns other than public access": besides that one, or without it?
  const otherConcerns = links.some(({ joint: { by }, condition }, i) => {
    const before = links[i - 1]?.condition.filter;
    return (
      by === 'next' &&
      before !== undefined &&
      'is' in before &&
      (before.is === 'severity' ||
        (before.is === 'present' && before.column === 'concern_codes')) &&
      'not' in condition.filter &&
      factsOf(condition.filter).some((f) => f.is === 'concern' || f.is === 'severity')
    );
  });
  if (otherConcerns) return true;
  return links.some(
    ({ condition }, i) =>
      isEverything(condition.filter) &&
      links.slice(0, i).some((l) => factsOf(l.condition.filter).some(saysWhoLoosely)),
  );
}

/** A condition on access that leaves open whether the principal belongs to the organization. */
export function saysWhoLoosely(fact: Fact): boolean {
  return (
    fact.is === 'access' &&
    !fact.test.trust?.every((t) => t === 'EXTERNAL' || t === 'PUBLIC' || t === 'ORGANIZATION')
  );
}

/** Every way of bracketing that means something else. */
export function readings(links: readonly Link[]): readonly Filter[] {
  const all = withReach(withAlternatives(links))
    .flatMap(withCommas)
    .flatMap((l) => [bracket(l, 'and'), bracket(l, 'or')]);
  return [...new Map(all.map((f) => [JSON.stringify(f), f])).values()];
}

/**
 * "Enabled RSA or ECC": two values of one column joined by "or" are alternatives, before all else, unless
 * an "and" as well leaves open what it joins.
 */
function withAlternatives(links: readonly Link[]): readonly Link[] {
  if (links.some((l, i) => i > 0 && l.joint.by === 'and')) return links;
  const merged: Link[] = [];
  for (const link of links) {
    const before = merged.at(-1);
    const { joint: by, condition } = link;
    const tight = by.by === 'or' && !by.low && before && !before.condition.negated;
    if (tight && sameColumn(before.condition.filter, condition.filter)) {
      const filter = anyValue(before.condition.filter, condition.filter);
      merged[merged.length - 1] = { ...before, condition: { ...before.condition, filter } };
    } else merged.push(link);
  }
  return merged;
}

/** "not a or b": the "not" may reach over what follows, when that has no verb of its own. */
function withReach(links: readonly Link[]): readonly (readonly Link[])[] {
  const at = links.findIndex((l, i) => {
    const following = links[i + 1];
    return l.condition.negated && following?.joint.by === 'or' && following.condition.bare;
  });
  const [link, following] = [links[at], links[at + 1]];
  if (!link?.condition.negated || !following) return [links];
  const filter = noneOf(anyOf(link.condition.negated, following.condition.filter));
  const wide = [
    ...links.slice(0, at),
    { joint: link.joint, condition: plain(filter) },
    ...links.slice(at + 2),
  ];
  return [links, wide];
}

/** A comma stands for the "and" or "or" that ends its enumeration; with "or", perhaps not. */
function withCommas(links: readonly Link[]): readonly (readonly Link[])[] {
  if (!links.some((l) => l.joint.by === 'comma')) return [links];
  const resolve = (asEnumeration: boolean) =>
    links.map((link, i) => {
      if (link.joint.by !== 'comma') return link;
      const closing = links.slice(i + 1).find((l) => l.joint.by !== 'comma');
      const by = asEnumeration && closing?.joint.by === 'or' ? 'or' : 'and';
      return {
        ...link,
        joint: { by, low: !(asEnumeration && closing?.joint.by === 'or') },
      } as const;
    });
  return [resolve(true), resolve(false)];
}

/** Joins everything, `tight` binding before the other; low joints come last. */
function bracket(links: readonly Link[], tight: 'and' | 'or'): Filter {
  const isOr = (l: Link) => l.joint.by === 'or';
  const split = (rows: readonly Link[], at: (l: Link) => boolean) => {
    const groups: Link[][] = [];
    for (const row of rows) {
      const last = groups.at(-1);
      if (!last || at(row)) groups.push([row]);
      else last.push(row);
    }
    return groups;
  };
  const low = links.some((l, i) => i > 0 && l.joint.low);
  if (low) {
    const groups = split(links, (l) => l.joint.low);
    const parts = groups.map((g) => bracket(g, tight));
    const ors = groups.slice(1).filter((g) => g[0] && isOr(g[0])).length;
    if (ors === groups.length - 1) return anyOf(...parts);
    if (ors === 0) return allOf(...parts);
    return joinMixed(
      parts.map((filter, i) => ({
        joint: { by: groups[i]?.[0]?.joint.by ?? 'and', low: false },
        condition: plain(filter),
      })),
      tight,
    );
  }
  return joinMixed(links, tight);
}

function joinMixed(links: readonly Link[], tight: 'and' | 'or'): Filter {
  const loose = tight === 'and' ? 'or' : 'and';
  const isLoose = (l: Link) => (l.joint.by === 'or' ? 'or' : 'and') === loose;
  const groups: Filter[][] = [];
  links.forEach((link, i) => {
    const last = groups.at(-1);
    if (!last || (i > 0 && isLoose(link))) groups.push([link.condition.filter]);
    else last.push(unite(last, link));
  });
  const [inner, outer] = tight === 'and' ? [allOf, anyOf] : [anyOf, allOf];
  return outer(...groups.map((g) => inner(...g)));
}

/**
 * "In Tokyo and in Paris": no row is in both, so an enumeration of values of one column means any of
 * them.
 */
function unite(group: Filter[], link: Link): Filter {
  const before = group.at(-1);
  const { filter } = link.condition;
  if (link.joint.by !== 'and' || !before || !sameColumn(before, filter)) return filter;
  group.pop();
  return anyValue(before, filter);
}

function sameColumn(a: Filter, b: Filter): boolean {
  if (!('is' in a) || !('is' in b)) return false;
  if (a.is === 'value' && b.is === 'value') {
    return a.column === b.column && a.column !== 'concern_codes';
  }
  return a.is === 'ou' && b.is === 'ou';
}

/** Any of two values of one column, as one condition. */
export function anyValue(a: Filter, b: Filter): Filter {
  if ('is' in a && 'is' in b) {
    if (a.is === 'value' && b.is === 'value' && a.column === b.column) {
      return { ...a, values: union(a.values, b.values) };
    }
    if (a.is === 'ou' && b.is === 'ou') return { ...a, paths: union(a.paths, b.paths) };
    if (a.is === 'key' && b.is === 'key' && a.by === b.by) {
      return { ...a, values: union(a.values, b.values) };
    }
    if (a.is === 'concern' && b.is === 'concern') {
      return { ...a, codes: union(a.codes, b.codes) };
    }
    if (a.is === 'severity' && b.is === 'severity') {
      return { ...a, severities: union(a.severities, b.severities) };
    }
  }
  return anyOf(a, b);
}

/** An enumeration: a, b and c. The value says how it was joined; null for a single item. */
export function enumeration<T>(
  first: Parser<T>,
  further: Parser<T> = first,
): Parser<{ readonly items: readonly T[]; readonly by: 'and' | 'or' | null }> {
  const middle = many(
    map(seq(comma, further), ([, item]) => item),
    0,
    10,
  );
  return alt(
    map(first, (only) => ({ items: [only], by: null })),
    map(
      seq(first, middle, opt(comma), words('and', 'or', 'and or'), further),
      ([a, between, , by, last]) => ({
        items: [a, ...between, last],
        by: by === 'and' ? ('and' as const) : ('or' as const),
      }),
    ),
  );
}

const union = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])].sort();
