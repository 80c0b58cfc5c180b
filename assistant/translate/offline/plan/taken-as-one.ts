import {
  allOf,
  anyOf,
  conditionsOf,
  type Dimension,
  type Fact,
  type Filter,
  type Grantee,
  noneOf,
  type Plan,
} from './plan.ts';
import { facts, isOfEnvironments, sameTag, tagInLetters } from './says.ts';

type Tag = Extract<Fact, { is: 'tag' }>;
type Access = Extract<Fact, { is: 'access' }>;

/**
 * Readings between which nobody would have to be asked, each group of them as one. Those that differ only in
 * how a tag is spelled (`owner`, `OWNER`), in which of several units of the same name is meant, in whether a
 * vendor's account or one role of it is, or a user and the sessions of someone of that name, become one that
 * holds wherever any of them does; it says so, and who means less of it sees what to leave out. What a unit and
 * a tag are called alike is the unit.
 */
export function takenAsOne(plans: readonly Plan[]): readonly Plan[] {
  if (plans.length < 2) return plans;
  return ways.reduce<readonly Plan[]>((all, way) => {
    const alike = new Map<string, Plan[]>();
    for (const plan of all) {
      const blurred = turned(plan, way.blurred);
      const groupBy = way.ofGroups ? plan.groupBy.map(way.ofGroups) : plan.groupBy;
      const key = JSON.stringify({ ...blurred, groupBy });
      alike.set(key, [...(alike.get(key) ?? []), plan]);
    }
    return [...alike.values()].flatMap((group) => (group.length > 1 ? way.united(group) : group));
  }, plans);
}

/**
 * Of readings of "the same for bluebird", those in which the new name is of the kind that the answer before
 * names in its place: after a unit, the unit called so, and no tag or account. All, where none is. Someone
 * else in the place of who may use keys or used them is not settled by this: an account may have keys, too.
 */
export function ofOneKind(plans: readonly Plan[], before: Plan): readonly Plan[] {
  const kinds = (plan: Plan) => {
    const said = facts(plan).map((f) => {
      if (f.is === 'access' || f.is === 'event') return JSON.stringify(f);
      return 'column' in f ? `${f.is} ${f.column}` : f.is;
    });
    return JSON.stringify([conditionsOf(plan.filter).length, [...new Set(said)].sort()]);
  };
  const shapes = new Set(plans.map((plan) => JSON.stringify({ ...plan, filter: null })));
  // What leaves everything as it was is hardly said.
  const further = plans.filter((plan) => JSON.stringify(plan) !== JSON.stringify(before));
  const same = further.filter((plan) => kinds(plan) === kinds(before));
  if (shapes.size > 1 || further.length === 0) return plans;
  return same.length > 0 ? same : further;
}

/** How readings are alike: what they say with the difference left out, and what stands for all of them. */
interface Way {
  readonly blurred: (fact: Fact) => Filter;
  readonly ofGroups?: (dimension: Dimension) => Dimension;
  readonly united: (plans: readonly Plan[]) => readonly Plan[];
}

/** A tag without the case of its letters. */
const lowered = (tag: Tag): Tag => ({
  ...tag,
  key: tagInLetters(tag.key),
  value: tag.value?.toLowerCase() ?? null,
});

/** Groups by a tag in any of the spellings that plans group by. */
function spelledGroups(groupBy: readonly Dimension[], plans: readonly Plan[]): Dimension[] {
  const tags = plans.flatMap((p) => p.groupBy.flatMap((d) => ('tag' in d ? [d.tag] : [])));
  return groupBy.map((d) => {
    if (!('tag' in d)) return d;
    const spelled = [...new Set(tags)].filter((tag) => sameTag(tag, d.tag)).sort();
    const [tag = d.tag, ...also] = spelled.reverse();
    return also.length > 0 ? { tag, also } : d;
  });
}

const spellings: Way = {
  blurred: (fact) => (fact.is === 'tag' ? lowered(fact) : fact),
  ofGroups: (d) => ('tag' in d ? { tag: tagInLetters(d.tag) } : d),
  united: (plans) => {
    const tags = plans.flatMap(facts).filter((f) => f.is === 'tag');
    const spelled = (tag: Tag) => JSON.stringify(lowered(tag));
    return firstOf(plans, (fact) =>
      fact.is === 'tag' ? anyOf(...tags.filter((t) => spelled(t) === spelled(fact))) : fact,
    ).map((plan) => ({ ...plan, groupBy: spelledGroups(plan.groupBy, plans) }));
  },
};

/** Units by the last parts of their paths. */
const namesOf = (paths: readonly string[]) =>
  [...new Set(paths.map((p) => p.split('/').at(-1)?.toLowerCase() ?? p))].sort();

/** The units that a condition names: where keys are, or in whose accounts those are who may use them or did. */
function unitsOf(fact: Fact): readonly string[] | undefined {
  if (fact.is === 'ou') return fact.paths;
  if (fact.is === 'access') return fact.test.unit;
  return fact.is === 'event' ? fact.test.callerUnit : undefined;
}
function inUnits(fact: Fact, paths: string[]): Fact {
  if (fact.is === 'ou') return { ...fact, paths };
  if (fact.is === 'access') return { ...fact, test: { ...fact.test, unit: paths } };
  return fact.is === 'event' ? { ...fact, test: { ...fact.test, callerUnit: paths } } : fact;
}
/** A condition with its units by the last parts of their paths. */
function byName(fact: Fact): Fact {
  const paths = unitsOf(fact);
  return paths ? inUnits(fact, namesOf(paths)) : fact;
}

const units: Way = {
  blurred: byName,
  united: (plans) => {
    const all = plans.flatMap(facts);
    const called = (fact: Fact) => JSON.stringify(byName(fact));
    return firstOf(plans, (fact) => {
      if (!unitsOf(fact)) return fact;
      const paths = all.filter((f) => called(f) === called(fact)).flatMap((f) => unitsOf(f) ?? []);
      return inUnits(fact, [...new Set(paths)].sort());
    });
  },
};

/** The account of a single principal by its ARN, as the one who may do it. */
function accountOf(grantee: Grantee | undefined): Grantee | undefined {
  if (!grantee || !('principals' in grantee)) return grantee;
  const [arn, ...more] = grantee.principals;
  const account =
    more.length === 0 ? /^arn:[\w-]+:(?:iam|sts)::(\d{12}):/.exec(arn ?? '')?.[1] : '';
  return account ? { account } : grantee;
}
const ofAccount = (fact: Access): Access => {
  const grantee = accountOf(fact.test.grantee);
  return grantee ? { ...fact, test: { ...fact.test, grantee } } : fact;
};

const vendors: Way = {
  blurred: (fact) => (fact.is === 'access' ? ofAccount(fact) : fact),
  // Several roles of an account, which itself was not named, are told apart.
  united: (plans) => {
    const whole = plans.filter((plan) =>
      facts(plan).every(
        (f) => f.is !== 'access' || JSON.stringify(ofAccount(f)) === JSON.stringify(f),
      ),
    );
    return whole.length > 0 ? whole : plans;
  },
};

/** A name in whatever way its words are joined. */
const inWords = (name: string) => name.toLowerCase().replaceAll(/[-_ ]+/g, ' ');

/** Where a unit and units below it have a word in their names, the unit: "dataplatform" is all of it. */
const outermost: Way = {
  blurred: (fact) => (fact.is === 'ou' && fact.paths.length === 1 ? { ...fact, paths: [] } : fact),
  united: (plans) => {
    const pathsOf = (plan: Plan) => facts(plan).flatMap((f) => (f.is === 'ou' ? f.paths : []));
    const paths = plans.flatMap(pathsOf);
    const holdsAll = (path: string) => paths.every((p) => p === path || p.startsWith(`${path}/`));
    const whole = plans.filter((plan) => pathsOf(plan).every(holdsAll));
    return whole.length > 0 ? whole : plans;
  },
};

/** Whether a tag says by its key whose a key is: "owned by security" is not of the keys in the unit called so. */
const isOfOwners = (key: string) => /^(owner|team|squad|contact|department|division)$/i.test(key);

/** Where a unit is called like the value of a tag, the unit: keys are in it, whatever they are tagged with. */
const unitsBeforeTags: Way = {
  blurred: (fact) => {
    const ofAnything = fact.is === 'tag' && !isOfEnvironments(fact.key) && !isOfOwners(fact.key);
    if (ofAnything && fact.value !== null) {
      return { is: 'ou', paths: [inWords(fact.value)] };
    }
    return fact.is === 'ou' ? { ...fact, paths: namesOf(fact.paths).map(inWords) } : fact;
  },
  united: (plans) => {
    const tags = (plan: Plan) => facts(plan).filter((f) => f.is === 'tag').length;
    const fewest = Math.min(...plans.map(tags));
    return plans.filter((plan) => tags(plan) === fewest);
  },
};

/** The name of one who may do something, as a user or as the session of a role. */
function personIn({ test }: Access): string | null {
  const { grantee } = test;
  if (!grantee || 'account' in grantee) return null;
  if ('kind' in grantee) return grantee.kind === 'user' ? grantee.name : null;
  const [arn, ...more] = grantee.principals;
  const session = /^arn:[\w-]+:sts::\d{12}:assumed-role\/.+\/([^/]+)$/.exec(arn ?? '');
  return more.length === 0 ? (session?.[1] ?? null) : null;
}

/** Someone who has a user and signs in with a role by the same name. */
const persons: Way = {
  blurred: (fact) => {
    const name = fact.is === 'access' ? personIn(fact) : null;
    return fact.is === 'access' && name !== null
      ? { ...fact, test: { ...fact.test, grantee: { kind: 'user', name } } }
      : fact;
  },
  united: (plans) => {
    const all = plans.flatMap(facts).filter((f) => f.is === 'access');
    return firstOf(plans, (fact) => {
      const name = fact.is === 'access' ? personIn(fact) : null;
      return name === null ? fact : anyOf(...all.filter((f) => personIn(f) === name));
    });
  },
};

const ways: readonly Way[] = [spellings, units, outermost, unitsBeforeTags, vendors, persons];

const firstOf = ([first]: readonly Plan[], turn: (fact: Fact) => Filter): readonly Plan[] =>
  first ? [turned(first, turn)] : [];

/** A plan with each of its conditions turned into another one. */
function turned(plan: Plan, turn: (fact: Fact) => Filter): Plan {
  const { measure } = plan;
  return {
    ...plan,
    filter: each(plan.filter, turn),
    measure: measure.kind === 'share' ? { ...measure, of: each(measure.of, turn) } : measure,
  };
}

function each(filter: Filter, turn: (fact: Fact) => Filter): Filter {
  if ('is' in filter) return turn(filter);
  if ('and' in filter) return allOf(...filter.and.map((f) => each(f, turn)));
  if ('or' in filter) return anyOf(...filter.or.map((f) => each(f, turn)));
  if ('not' in filter) return noneOf(each(filter.not, turn));
  if ('key' in filter) return { key: each(filter.key, turn) };
  if ('keys' in filter) return { ...filter, keys: each(filter.keys, turn) };
  return filter;
}
