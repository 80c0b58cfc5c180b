import { allOf, type Fact, type Filter, type Plan } from '../plan/plan.ts';

/**
 * A plan without conditions that another one of it implies: what is tagged owner=platform is tagged, and
 * what has critical concerns has concerns. Said twice in one phrase, they are meant once.
 */
export function withoutImpliedPresence(plan: Plan): Plan {
  const filter = simplified(plan.filter);
  return { ...plan, filter: plan.entity === 'permissions' ? inOne(filter) : filter };
}

/** Of one permission, what it allows and to whom are said together or apart alike. */
function inOne(filter: Filter): Filter {
  if (!('and' in filter)) return filter;
  const access = filter.and.flatMap((f) => ('is' in f && f.is === 'access' ? [f.test] : []));
  const said = access.flatMap((test) => Object.keys(test));
  if (access.length < 2 || new Set(said).size < said.length) return filter;
  const rest = filter.and.filter((f) => !('is' in f && f.is === 'access'));
  return allOf(...rest, { is: 'access', test: Object.assign({}, ...access) });
}

const implies: Readonly<Record<string, (fact: Fact) => boolean>> = {
  tags: (f) =>
    f.is === 'tag' ||
    (f.is === 'number' && f.column === 'tags' && (f.op === 'at least' || f.op === 'more than')),
  concern_codes: (f) => f.is === 'concern' || f.is === 'severity',
};

function simplified(filter: Filter): Filter {
  if (!('and' in filter)) return filter;
  const facts = filter.and.filter((f): f is Fact => 'is' in f);
  return allOf(
    ...filter.and.filter(
      (f) =>
        !(
          'is' in f &&
          f.is === 'present' &&
          facts.some((other) => implies[f.column]?.(other) === true)
        ),
    ),
  );
}
