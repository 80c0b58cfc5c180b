import { useLevels } from '../plan/filter-to-words.ts';
import {
  allOf,
  everything,
  type Filter,
  listOf,
  type PermissionTest,
  type Plan,
} from '../plan/plan.ts';
import type { AccessGrammar } from './access.ts';
import { alt, expand, map, opt, type Parser, rule, seq, unless, words } from './chart.ts';
import type { GrammarContext } from './context.ts';
import { grouping } from './dimensions.ts';
import type { KeyConditions } from './key-conditions.ts';
import type { KeyQuestions } from './key-questions.ts';
import { counting, existing, listing } from './openings.ts';
import { valueFilter } from './places.ts';
import { withoutQuantity } from './quantity.ts';

const perPrincipal = (filter: Filter): Plan => ({
  ...listOf('permissions', filter),
  measure: { kind: 'count', keys: true },
  groupBy: [{ column: 'principal_account' }],
});

/** Questions about who may do what: "who can decrypt with alias/orders", "which keys can role x use". */
export function accessQuestions(
  context: GrammarContext,
  access: AccessGrammar,
  conditions: KeyConditions,
  keys: KeyQuestions,
): Parser<Plan> {
  const noun = expand(context.lexicon.nouns.parser, (e) => (e === 'permissions' ? [true] : []));
  const permitted = (test: PermissionTest): Filter => ({ is: 'access', test });
  const withLevels = (test: PermissionTest, levels: readonly string[] | null) =>
    permitted(levels ? { ...test, levels: [...levels] } : test);
  const ofKey = (filter: Filter): Filter =>
    'and' in filter && filter.and.length === 0 ? everything : { key: filter };
  // "Who can decrypt payments-prod": a key by its alias, or those of an account of that name.
  const byAlias = map(context.values.named(['alias'], false), valueFilter);
  const target = alt(conditions.particular, byAlias, withoutQuantity(keys.keys));
  const group = grouping('permissions', context);
  const whoever: Parser<PermissionTest> = alt(
    map(
      words(
        'who',
        'who all',
        'which principals',
        'what principals',
        'which identities',
        'list who',
        'show who',
        'show me who',
        'tell me who',
        'list all principals that',
        'principals that',
        'list principals that',
        'show principals that',
      ),
      () => ({}),
    ),
    map(
      seq(
        words('who', 'who from'),
        words('outside', 'outside of', 'not in', 'not part of'),
        words('organization', 'org', 'company'),
      ),
      () => ({ trust: ['EXTERNAL', 'PUBLIC'] }),
    ),
    map(seq(words('which', 'what'), access.who), ([, test]) => test),
    map(
      words(
        'everyone',
        'everybody',
        'principals',
        'identities',
        'list principals',
        'list everyone',
        'all principals',
        'list all principals',
        'list identities',
        'show principals',
        'show everyone',
      ),
      () => ({}),
    ),
  );
  const list = (filter: Filter): Plan => listOf('permissions', filter);
  const level: Parser<readonly string[] | null> = opt(
    alt(
      map(words('decrypt', 'decryption'), () => ['DECRYPT']),
      map(words('encrypt', 'encryption'), () => ['ENCRYPT']),
      map(words('admin', 'administrative', 'administrator', 'administration'), () => ['ADMIN']),
      map(words('sign', 'signing'), () => ['SIGN']),
    ),
  );
  const someone: Parser<PermissionTest> = alt(
    whoever,
    // "Everyone with access" is whoever has it, not the public.
    map(
      seq(
        opt(listing),
        opt(words('all')),
        unless(words('everyone', 'everybody', 'anyone', 'anybody')),
        access.who,
      ),
      ([, , , test]) => test,
    ),
  );
  /** Words for people are many; "anyone" with access may be everyone or the public. */
  const anyKeys = opt(
    words(
      'keys',
      'to keys',
      'on keys',
      'to any keys',
      'on any keys',
      'to any key',
      'to kms keys',
      'to our keys',
      'on our keys',
      'on our kms keys',
    ),
  );
  return rule(() =>
    alt(
      map(
        seq(
          whoever,
          words(
            'can',
            'may',
            'could',
            'is able to',
            'are able to',
            'is allowed to',
            'are allowed to',
          ),
          access.ability,
          target,
        ),
        ([test, , levels, f]) => list(allOf(withLevels(test, levels), ofKey(f))),
      ),
      map(
        seq(
          whoever,
          words(
            'has access to',
            'have access to',
            'has access on',
            'has permissions on',
            'have permissions on',
            'has permission to use',
            'has permissions for',
          ),
          target,
        ),
        ([test, , f]) => list(allOf(permitted(test), ofKey(f))),
      ),
      map(seq(whoever, words('can', 'may', 'could'), access.ability), ([test, , levels]) =>
        list(withLevels(test, levels)),
      ),
      map(
        seq(
          whoever,
          words('can', 'may', 'could'),
          opt(words('both')),
          access.ability,
          alt(
            map(words('and', 'and also', 'as well as', 'and can also'), () => true),
            map(words('but not', 'but can not', 'and not', 'but may not'), () => false),
          ),
          access.ability,
          opt(target),
        ),
        ([test, , , one, holds, other, f]) =>
          list(
            allOf(
              withLevels({ ...test, beside: { levels: [...(other ?? useLevels)], holds } }, one),
              f ? ofKey(f) : everything,
            ),
          ),
      ),
      map(
        seq(whoever, words('has access', 'have access', 'has any access', 'have any access')),
        ([test]) => list(permitted(test)),
      ),
      map(seq(whoever, words('has', 'have'), access.object), ([test, , f]) =>
        list(allOf(f, Object.keys(test).length > 0 ? permitted(test) : everything)),
      ),
      map(
        seq(words('who has', 'who have'), access.object, words('to', 'on'), target),
        ([, a, , f]) => list(allOf(a, ofKey(f))),
      ),
      map(
        seq(
          whoever,
          words('has', 'have'),
          alt(
            map(words('decrypt', 'decryption'), () => ['DECRYPT']),
            map(words('encrypt'), () => ['ENCRYPT']),
            map(words('admin', 'administrative', 'administrator'), () => ['ADMIN']),
          ),
          words(
            'access to',
            'permissions on',
            'permission on',
            'rights on',
            'rights to',
            'access on',
          ),
          target,
        ),
        ([test, , levels, , f]) => list(allOf(withLevels(test, levels), ofKey(f))),
      ),
      map(
        seq(
          opt(listing),
          words(
            'administrators of',
            'admins of',
            'users of',
            'principals of',
            'principals with access to',
            'principals on',
          ),
          target,
        ),
        ([, what, f]) =>
          list(allOf(withLevels({}, what.startsWith('admin') ? ['ADMIN'] : null), ofKey(f))),
      ),
      // "Principals with decrypt permission on alias/orders", "IAM users with access".
      expand(
        seq(
          someone,
          words('with', 'having', 'who have', 'that have', 'who has', 'have', 'has'),
          level,
          words(
            'permissions',
            'permission',
            'access',
            'rights',
            'key permissions',
            'key access',
            'permissions',
            'access rights',
          ),
          opt(seq(words('on', 'to', 'for'), conditions.particular)),
          anyKeys,
        ),
        ([test, , levels, , of]): readonly Plan[] => [
          list(allOf(withLevels(test, levels), of ? ofKey(of[1]) : everything)),
        ],
      ),
      map(
        seq(
          words(
            'decrypt permissions on',
            'decrypt access to',
            'decrypt permission on',
            'decrypt rights on',
            'who has decrypt permission on',
          ),
          target,
        ),
        ([, f]) => list(allOf(withLevels({}, ['DECRYPT']), ofKey(f))),
      ),
      map(
        seq(
          words(
            'permissions on',
            'access to',
            'permissions for',
            'who is allowed on',
            'who is allowed to use',
            'who is permitted on',
            'who is authorized on',
          ),
          conditions.particular,
        ),
        ([what, f]) =>
          list(allOf(withLevels({}, what.endsWith('use') ? useLevels : null), ofKey(f))),
      ),
      map(
        seq(
          someone,
          words(
            'that can',
            'who can',
            'which can',
            'that may',
            'who may',
            'able to',
            'allowed to',
            'that are able to',
          ),
          access.ability,
          opt(target),
        ),
        ([test, , levels, f]) => list(allOf(withLevels(test, levels), f ? ofKey(f) : everything)),
      ),
      // By whom: "external accounts by number of keys they can access".
      map(
        seq(
          opt(listing),
          access.who,
          words(
            'by number of keys they can access',
            'by number of keys they can use',
            'by number of keys',
            'by how many keys they can access',
            'and number of keys they can access',
            'and how many keys they can access',
            'with number of keys they can access',
          ),
        ),
        ([, test]): Plan => perPrincipal(permitted(test)),
      ),
      map(
        seq(
          words(
            'how many keys can each',
            'number of keys each',
            'how many keys each',
            'how many keys does each',
          ),
          access.who,
          opt(words('can')),
          access.ability,
        ),
        ([, test, , levels]): Plan => perPrincipal(withLevels(test, levels)),
      ),
      // All permissions, whatever they amount to.
      map(
        seq(opt(alt(listing, counting)), noun, group),
        ([, , groupBy]): Plan => ({
          ...list(everything),
          measure: { kind: 'count', keys: false },
          groupBy: [...groupBy],
        }),
      ),
      map(
        seq(words('total grants', 'total number of grants', 'grant count', 'grants count')),
        (): Plan => ({
          ...list(permitted({ source: ['GRANT'] })),
          measure: { kind: 'count', keys: false },
        }),
      ),
      // Which keys a principal can use.
      map(
        seq(
          words('what can', 'what may', 'what could', 'what is', 'what are'),
          access.who,
          opt(words('able to', 'allowed to')),
          access.ability,
        ),
        ([, test, , levels]): Plan => listOf('keys', withLevels(test, levels)),
      ),
      // "Can role deploy decrypt with any keys?"
      map(
        seq(
          words('can', 'may', 'could'),
          access.who,
          access.ability,
          keys.keys,
          opt(words('which ones', 'which', 'and which')),
        ),
        ([, test, levels, f]): Plan => listOf('keys', allOf(f, withLevels(test, levels))),
      ),
      map(
        seq(
          words('does', 'do'),
          access.who,
          words('have'),
          level,
          words('access to', 'permissions on', 'access on', 'rights on'),
          keys.keys,
        ),
        ([, test, , levels, , f]): Plan => listOf('keys', allOf(f, withLevels(test, levels))),
      ),
      map(
        seq(
          words('which', 'which of', 'what', 'how many', 'how many of', 'list'),
          keys.keys,
          words('is', 'are'),
          access.who,
          words('able to', 'allowed to', 'permitted to'),
          access.ability,
        ),
        ([head, f, , test, , levels]): Plan => ({
          ...listOf('keys', allOf(f, withLevels(test, levels))),
          ...(head.startsWith('how many')
            ? { measure: { kind: 'count', keys: true } as const }
            : {}),
        }),
      ),
      map(
        seq(
          words('which', 'what', 'list', 'show', 'show me', 'how many'),
          keys.keys,
          words('can', 'may', 'could'),
          access.who,
          access.ability,
        ),
        ([head, f, , test, levels]): Plan => ({
          ...listOf('keys', allOf(f, withLevels(test, levels))),
          ...(head === 'how many' ? { measure: { kind: 'count', keys: true } as const } : {}),
        }),
      ),
      map(
        seq(
          words('which', 'what', 'how many'),
          keys.keys,
          words('does', 'do'),
          access.who,
          words('have access to', 'have permissions on'),
        ),
        ([head, f, , test]): Plan => ({
          ...listOf('keys', allOf(f, permitted(test))),
          ...(head === 'how many' ? { measure: { kind: 'count', keys: true } as const } : {}),
        }),
      ),
      map(
        seq(
          words('what can', 'what is', 'what are'),
          access.who,
          words('do', 'access', 'allowed to do', 'able to do', 'do with keys'),
        ),
        ([, test]) => list(permitted(test)),
      ),
      map(
        seq(words('what can'), access.who, words('do with', 'do on', 'do to'), target),
        ([, test, , f]) => list(allOf(permitted(test), ofKey(f))),
      ),
      map(
        seq(
          opt(listing),
          opt(words('all')),
          words('grants', 'active grants'),
          opt(existing),
          opt(seq(words('on', 'of', 'for'), target)),
        ),
        ([, , , , of]) =>
          list(allOf(permitted({ source: ['GRANT'] }), of ? ofKey(of[1]) : everything)),
      ),
      map(
        seq(
          alt(
            map(counting, () => true),
            map(opt(listing), () => false),
          ),
          opt(words('all')),
          words('grants', 'active grants'),
          opt(existing),
          words('to', 'for', 'given to'),
          access.who,
        ),
        ([counts, , , , , test]): Plan => ({
          ...list(permitted({ ...test, source: ['GRANT'] })),
          ...(counts ? { measure: { kind: 'count', keys: false } as const } : {}),
        }),
      ),
      map(
        seq(
          counting,
          words('grants', 'active grants'),
          opt(existing),
          opt(seq(words('on', 'of', 'for'), target)),
          opt(group),
        ),
        ([, , , of, g]): Plan => ({
          ...list(allOf(permitted({ source: ['GRANT'] }), of ? ofKey(of[1]) : everything)),
          measure: { kind: 'count', keys: false },
          groupBy: [...(g ?? [])],
        }),
      ),
      map(
        seq(
          opt(listing),
          opt(words('all')),
          unless(words('grant', 'grants')),
          noun,
          words('on', 'of', 'for'),
          conditions.particular,
        ),
        ([, , , , , f]) => list(ofKey(f)),
      ),
    ),
  );
}
