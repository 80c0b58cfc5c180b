import {
  allOf,
  everything,
  type Filter,
  isEverything,
  listOf,
  type PermissionTest,
  type Plan,
} from '../plan/plan.ts';
import { type AccessGrammar, levelNoun } from './access.ts';
import { alt, expand, many, map, opt, type Parser, rule, seq, words } from './chart.ts';
import type { GrammarContext } from './context.ts';
import { grouping } from './dimensions.ts';
import type { KeyConditions } from './key-conditions.ts';
import type { KeyQuestions } from './key-questions.ts';
import { counting, existing, listing } from './openings.ts';
import type { Places } from './places.ts';
import { withoutQuantity } from './quantity.ts';
import { wholeNumber } from './time.ts';

/** What is said of a grant or statement, or of the key that it is of. */
type Said = { readonly test: PermissionTest } | { readonly key: Filter };

/** Every action of KMS, as policies write it. */
const everyAction: Parser<readonly string[]> = map(
  words(
    'kms *',
    'kms * actions',
    'kms * access',
    'all kms actions',
    'full access',
    'full kms access',
  ),
  () => ['kms:*'],
);

/** Questions whose rows are grants or statements of key policies, and keys by how many grants they have. */
export function grantQuestions(
  context: GrammarContext,
  access: AccessGrammar,
  conditions: KeyConditions,
  questions: KeyQuestions,
  places: Places,
): Parser<Plan> {
  const keys = withoutQuantity(questions.keys);
  const group = grouping('permissions', context);
  const head = alt(
    map(counting, () => true),
    map(seq(opt(listing), opt(words('all', 'any', 'active', 'all active'))), () => false),
  );
  const test = (t: PermissionTest): Said => ({ test: t });
  const able = seq(
    words(
      'with',
      'allowing',
      'that allow',
      'which allow',
      'giving',
      'that give',
      'for',
      'permitting',
    ),
    alt(
      levelNoun,
      map(words('encrypt and decrypt'), () => null),
    ),
    opt(words('access', 'permission', 'permissions', 'rights')),
  );
  const about: Parser<Said> = alt(
    expand(able, ([, levels]) => (levels ? [test({ levels: [...levels] })] : [])),
    map(
      seq(words('to', 'for', 'given to', 'made to', 'that go to', 'naming', 'held by'), access.who),
      ([, who]) => test(who),
    ),
    map(
      seq(
        words('to', 'for', 'given to'),
        alt(
          map(words('role', 'roles'), () => 'ROLE'),
          map(words('user', 'users'), () => 'USER'),
          map(words('service', 'services'), () => 'SERVICE'),
        ),
      ),
      ([, type]) => test({ types: [type] }),
    ),
    map(
      words(
        'without constraints',
        'without any constraints',
        'without constraint',
        'with no constraints',
        'that have no constraints',
        'lacking constraints',
        'without conditions',
        'with no conditions',
        'without any condition',
        'without condition',
        'but no condition',
        'but no conditions',
        'but without condition',
        'and no condition',
        'and no conditions',
        'with no condition',
        'unconditionally',
      ),
      () => test({ unconditional: true }),
    ),
    map(seq(words('in', 'within', 'under'), places.place), ([, key]): Said => ({ key })),
    map(
      seq(words('on', 'of', 'for'), alt(conditions.particular, keys)),
      ([, key]): Said => ({ key }),
    ),
  );
  const rows = (own: PermissionTest, said: readonly Said[]): readonly Filter[] => {
    const tests = said.flatMap((s) => ('test' in s ? [s.test] : []));
    const names = tests.flatMap((t) => Object.keys(t));
    // Said twice, it is not clear which is meant.
    if (new Set(names).size < names.length) return [];
    const merged: PermissionTest = Object.assign({}, own, ...tests);
    const of = allOf(...said.flatMap((s) => ('key' in s ? [s.key] : [])));
    return [allOf({ is: 'access', test: merged }, isEverything(of) ? everything : { key: of })];
  };
  const shown = (counted: boolean, filter: Filter, by: Plan['groupBy'] | null): Plan => ({
    ...listOf('permissions', filter),
    ...(counted || by ? { measure: { kind: 'count', keys: false } as const } : {}),
    groupBy: by ?? [],
  });
  const grants = words('grants', 'grant');
  const statements: Parser<PermissionTest> = alt(
    map(
      words('deny statements', 'deny statement', 'explicit denies', 'explicit deny statements'),
      () => ({ denied: true as const, source: ['POLICY'] }),
    ),
    map(
      seq(
        words('statements', 'policy statements', 'key policy statements', 'allow statements'),
        words('allowing', 'that allow', 'which allow', 'granting', 'that grant', 'with', 'giving'),
        alt(
          map(everyAction, (actions): PermissionTest => ({ actions: [...actions] })),
          map(levelNoun, (levels): PermissionTest => ({ levels: [...levels] })),
        ),
      ),
      ([, , what]) => ({ ...what, source: ['POLICY'] }),
    ),
    map(
      seq(
        words('statements', 'policy statements', 'allow statements'),
        words(
          'with principal *',
          'with principal star',
          'for principal *',
          'with a principal of *',
        ),
      ),
      () => ({ types: ['ANYONE'], source: ['POLICY'] }),
    ),
  );
  const inPolicies = opt(
    words(
      'in key policies',
      'in policies',
      'in our key policies',
      'in any key policy',
      'in key policy',
    ),
  );
  const ofAYear = words(
    ...['older than', 'more than', 'over'].flatMap((than) =>
      ['1 year', 'one year', '12 months', '365 days', 'year'].flatMap((year) => [
        `${than} ${year}`,
        `${than} ${year} old`,
        `that are ${than} ${year}`,
        `that are ${than} ${year} old`,
        `from ${than} ${year} ago`,
        `created ${than} ${year} ago`,
      ]),
    ),
  );
  const nobodyRetires = words(
    ...['that nobody', 'which nobody', 'nobody', 'that no one', 'no one'].flatMap((nobody) =>
      ['retires', 'retired', 'ever retired', 'has retired', 'can retire', 'is to retire'].map(
        (retires) => `${nobody} ${retires}`,
      ),
    ),
    'that were never retired',
    'never retired',
    'without a retiring principal',
    'without retiring principal',
    'with no retiring principal',
  );
  const and = opt(words('and', 'but'));
  const oldGrants: Filter = { is: 'concern', codes: ['GRANT_NEVER_RETIRED'] };
  return rule(() =>
    alt(
      // What the data tells of it is a concern, which is that of grants older than a year.
      map(
        seq(head, grants, alt(seq(ofAYear, and, nobodyRetires), seq(nobodyRetires, and, ofAYear))),
        ([counted]): Plan => ({
          ...listOf('concerns', oldGrants),
          ...(counted ? { measure: { kind: 'count', keys: false } as const } : {}),
        }),
      ),
      expand(
        seq(head, grants, opt(existing), many(about, 1, 3), opt(existing), opt(group)),
        ([counted, , , said, , by]): readonly Plan[] => {
          // "Grants without constraints" alone are a concern, which is asked for in its own words.
          const concern = said.every((s) => 'test' in s && s.test.unconditional);
          return concern && !counted && !by
            ? []
            : rows({ source: ['GRANT'] }, said).map((f) => shown(counted, f, by ? [...by] : null));
        },
      ),
      expand(
        seq(head, statements, inPolicies, many(about, 0, 2), inPolicies),
        ([counted, own, , said]): readonly Plan[] =>
          // A statement with several principals is several permissions, so they are not counted.
          counted ? [] : rows(own, said).map((f) => shown(false, f, null)),
      ),
      // "Policies with Principal * but no condition": the keys of such policies.
      expand(
        seq(
          head,
          words('policies', 'key policies', 'keys'),
          words('with', 'that have', 'having', 'whose policy has', 'with a'),
          words('principal *', 'principal star', 'wildcard principal', 'a wildcard principal'),
          many(about, 1, 2),
        ),
        ([counted, , , , said]): readonly Plan[] =>
          rows({ types: ['ANYONE'], source: ['POLICY'] }, said).flatMap((f) =>
            'is' in f
              ? [
                  {
                    ...listOf('keys', f),
                    ...(counted ? { measure: { kind: 'count', keys: true } as const } : {}),
                  },
                ]
              : [],
          ),
      ),
      map(
        seq(
          opt(listing),
          words('top', 'first'),
          wholeNumber,
          keysOnly(questions),
          words(
            'by number of grants',
            'by grants',
            'by grant count',
            'with most grants',
            'by how many grants they have',
          ),
        ),
        ([, , limit]): Plan => ({
          ...listOf('permissions', { is: 'access', test: { source: ['GRANT'] } }),
          measure: { kind: 'distinct', column: 'grant_id' },
          groupBy: [{ column: 'key_arn' }],
          orderBy: { by: 'value', direction: 'desc' },
          limit,
        }),
      ),
      // Those who sign in elsewhere, wherever policies name them.
      map(
        seq(
          head,
          words('federated principals', 'federated users', 'federated identities'),
          opt(alt(existing, words('in key policies', 'in policies', 'in our key policies'))),
          opt(map(seq(words('in', 'on'), places.place), ([, f]) => f)),
          opt(group),
        ),
        ([counted, , , place, by]): Plan => {
          const filter = allOf(
            { is: 'access', test: { types: ['FEDERATED'] } },
            place ? { key: place } : everything,
          );
          // One principal may stand in many policies.
          return {
            ...listOf('permissions', filter),
            ...(counted || by
              ? { measure: { kind: 'distinct', column: 'principal' } as const }
              : {}),
            groupBy: by ? [...by] : [],
          };
        },
      ),
    ),
  );
}

/** "Keys", of whatever kind, where all of them are meant. */
const keysOnly = ({ keys }: KeyQuestions): Parser<true> =>
  expand(keys, (f) => (isEverything(f) ? [true as const] : []));
