import {
  allOf,
  anyOf,
  eachFact,
  type Fact,
  type Filter,
  factsOf,
  noneOf,
  type Plan,
} from './plan.ts';
import { facts } from './says.ts';

type Tag = Extract<Fact, { is: 'tag' }>;

/** A tag without the case of its letters. */
const spelled = ({ key, value }: Tag) => JSON.stringify([key, value]).toLowerCase();

/**
 * Readings that differ only in how a tag is spelled (`owner=platform`, `OWNER=platform`) as they are offered:
 * first any of the spellings, then each alone. Where the readings differ in more than that, any of the spellings
 * alone stands for them: who has to tell which unit is meant is not asked for the case of letters as well.
 */
export function withSpellingsTogether(plans: readonly Plan[]): readonly Plan[] {
  const alike = new Map<string, Plan[]>();
  for (const plan of plans) {
    const key = JSON.stringify(turned(plan, lowered));
    alike.set(key, [...(alike.get(key) ?? []), plan]);
  }
  if (alike.size === plans.length) return plans;
  const together = [...alike.values()].map(anySpelling);
  return alike.size === 1 ? [...together, ...plans] : together;
}

const lowered = (tag: Tag): Filter => ({
  ...tag,
  key: tag.key.toLowerCase(),
  value: tag.value?.toLowerCase() ?? null,
});

/** One plan for those that differ in spellings only. */
function anySpelling(plans: readonly Plan[]): Plan {
  const [first, ...others] = plans;
  if (!first) throw new Error('There is no plan to take together.');
  if (others.length === 0) return first;
  const tags = plans.flatMap(tagsOf);
  return turned(first, (tag) => anyOf(...tags.filter((t) => spelled(t) === spelled(tag))));
}

const tagsOf = (plan: Plan) => facts(plan).filter((f): f is Tag => f.is === 'tag');

/**
 * Readings that differ only in which of several units of the same name is meant, with all of these units
 * together first.
 */
export function withUnitsTogether(plans: readonly Plan[]): readonly Plan[] {
  const [first, ...others] = plans;
  const [unit, ...more] = first ? factsOf(first.filter).filter(isUnit) : [];
  if (!first || !unit || more.length > 0 || others.length === 0) return plans;
  const units = plans.map((plan) => factsOf(plan.filter).filter(isUnit));
  const paths = units.flatMap((of) => of.flatMap((u) => u.paths));
  const alike =
    units.every((of) => of.length === 1 && of[0]?.paths.length === 1) &&
    new Set(paths.map(lastName)).size === 1 &&
    new Set(plans.map((plan) => JSON.stringify(inUnits(plan, [])))).size === 1;
  return alike ? [inUnits(first, [...new Set(paths)].sort()), ...plans] : plans;
}

type Unit = Extract<Fact, { is: 'ou' }>;
const isUnit = (f: Fact): f is Unit => f.is === 'ou';
const lastName = (path: string) => path.split('/').at(-1)?.toLowerCase();

const inUnits = (plan: Plan, paths: readonly string[]): Plan => ({
  ...plan,
  filter: eachFact(plan.filter, (f) => (f.is === 'ou' ? { ...f, paths: [...paths] } : f)),
});

/** A plan with each of its tags turned into another condition. */
function turned(plan: Plan, turn: (tag: Tag) => Filter): Plan {
  const { measure } = plan;
  return {
    ...plan,
    filter: eachTag(plan.filter, turn),
    measure: measure.kind === 'share' ? { ...measure, of: eachTag(measure.of, turn) } : measure,
  };
}

function eachTag(filter: Filter, turn: (tag: Tag) => Filter): Filter {
  if ('is' in filter) return filter.is === 'tag' ? turn(filter) : filter;
  if ('and' in filter) return allOf(...filter.and.map((f) => eachTag(f, turn)));
  if ('or' in filter) return anyOf(...filter.or.map((f) => eachTag(f, turn)));
  if ('not' in filter) return noneOf(eachTag(filter.not, turn));
  if ('key' in filter) return { key: eachTag(filter.key, turn) };
  if ('keys' in filter) return { ...filter, keys: eachTag(filter.keys, turn) };
  return filter;
}
