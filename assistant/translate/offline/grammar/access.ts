import { granteeOf, vendorOf } from '../lexicon/values.ts';
import { useLevels } from '../plan/filter-to-words.ts';
import { allOf, type Filter, type Grantee, type PermissionTest } from '../plan/plan.ts';
import { type OfCondition, underCondition } from '../plan/refine-rows.ts';
import {
  alt,
  type Chart,
  expand,
  type Found,
  many,
  map,
  opt,
  type Parser,
  rule,
  seq,
  token,
  words,
} from './chart.ts';
import type { GrammarContext } from './context.ts';
import { type Places, plainest } from './places.ts';

/**
 * Who may use a key. "External access" is an effective Allow, of the key policy or a grant, to someone
 * outside the organization or to anyone; an "external account" is someone outside the organization
 * and not "anyone"; "public" is anyone; "cross-account" is a named principal of another account,
 * inside or outside the organization.
 */
export interface AccessGrammar {
  /** "external accounts", "anyone", "role deploy", "account 111122223333". */
  readonly who: Parser<PermissionTest>;
  /** As {@link who}, without accounts by their bare names, which as well say where keys are. */
  readonly principal: Parser<PermissionTest>;
  /** "external access", "public access". */
  readonly object: Parser<Filter>;
  /** "public", "externally accessible", "shared with account 111122223333". */
  readonly adjective: Parser<Filter>;
  /** "can be used by role deploy", "allow external accounts to decrypt". */
  readonly verb: Parser<Filter>;
  /** "use", "decrypt with", "access": what a principal can do with a key. */
  readonly ability: Parser<readonly string[] | null>;
}

const external: PermissionTest = { trust: ['EXTERNAL', 'PUBLIC'] };
const externalAccount: PermissionTest = { trust: ['EXTERNAL'] };
const publicAccess: PermissionTest = { trust: ['PUBLIC'] };
const crossAccount: PermissionTest = { otherAccount: true };

const insideOrganization: PermissionTest = { trust: ['ORGANIZATION'] };

/** Access of this kind. */
export const access = (test: PermissionTest): Filter => ({ is: 'access', test });

/** The same, with something said of the statement or the grant that gives it. */
const turned = (
  filter: Filter,
  turn: (test: PermissionTest) => PermissionTest,
): readonly Filter[] =>
  'is' in filter && filter.is === 'access' && !filter.test.denied
    ? [access(turn(filter.test))]
    : [];

/** The same, by a statement that has no condition. */
const withoutCondition = (filter: Filter): readonly Filter[] =>
  turned(filter, (test) => ({ ...test, unconditional: true }));

/** A condition that lets in the organization alone, in the many ways to say it. */
export const limitedToOrganization: Parser<OfCondition> = map(
  seq(
    opt(words('with', 'having', 'that have', 'which have', 'that has', 'but with', 'under')),
    opt(words('condition', 'conditions', 'condition key', 'condition keys')),
    words(
      ...['limit', 'restrict', 'confine', 'scope', 'narrow', 'lock'].flatMap((verb) => {
        const stem = verb.replace(/e$/, '');
        return [`that ${verb}`, `that ${verb}s`, `which ${verb}s`, `${verb}s`, `${stem}ing`]
          .concat([
            `to ${verb}`,
            `${stem}ed`,
            `that are ${stem}ed`,
            `that is ${stem}ed`,
            `but ${stem}ed`,
          ])
          .concat(['down', 'them down', 'it down'].map((down) => `${verb}s ${down}`));
      }),
    ),
    opt(
      words('them', 'it', 'access', 'use', 'who', 'that', 'this', 'those', 'callers', 'statement'),
    ),
    words('to', 'to principals of', 'to accounts of', 'to members of', 'to only', 'only to'),
    words('organization', 'own organization', 'org', 'own org', 'company', 'organisation'),
    opt(words('only')),
  ),
  (): OfCondition => ({
    trust: ['ORGANIZATION'],
    restrictedBy: ['aws:PrincipalOrgID', 'aws:PrincipalOrgPaths'],
  }),
);

/** The same, for these levels and from this source, where they are said. */
export const narrowed = (
  test: PermissionTest,
  levels: readonly string[] | null,
  source: string | null,
): Filter =>
  access({
    ...test,
    ...(levels ? { levels: [...levels] } : {}),
    ...(source ? { source: [source] } : {}),
  });

const outside = words(
  'outside',
  'outside the organization',
  'outside the organisation',
  'outside of the organization',
  'outside of the organisation',
  'outside organization',
  'outside of organization',
  'outside org',
  'outside the org',
  'outside the company',
  'the outside',
);

const inside = words(
  'within organization',
  'inside organization',
  'in organization',
  'within same organization',
  'in same organization',
  'inside same organization',
  'within org',
  'inside org',
  'of organization',
  'of same organization',
);

/** That someone may. */
export const can = words('can', 'may', 'could', 'is able to', 'are able to', 'is allowed to');

export const ability: Parser<readonly string[] | null> = alt(
  map(words('use', 'make use of'), () => useLevels),
  map(words('access', 'reach', 'get at', 'have access to', 'get access to'), () => null),
  map(
    words('decrypt', 'decrypt with', 'decrypt data with', 'decrypt using', 'decrypt data using'),
    () => ['DECRYPT'],
  ),
  map(words('encrypt', 'encrypt with', 'encrypt data with', 'encrypt using'), () => ['ENCRYPT']),
  map(words('sign', 'sign with', 'sign using'), () => ['SIGN']),
  map(words('administer', 'manage', 'admin', 'change the policy of', 'change policy of'), () => [
    'ADMIN',
  ]),
  map(words('create grants', 'create grants on', 'create grants for', 'pass on access to'), () => [
    'GRANT',
  ]),
  map(words('describe', 'read metadata of'), () => ['READ']),
);

const accessNoun = words('access', 'permissions', 'permission', 'exposure', 'sharing');

/** "Decrypt", "admin", before "access". */
export const levelNoun: Parser<readonly string[]> = alt(
  map(words('decrypt', 'decryption'), () => ['DECRYPT']),
  map(words('encrypt', 'encryption'), () => ['ENCRYPT']),
  map(words('admin', 'administrative', 'administer', 'administration'), () => ['ADMIN']),
  map(words('sign', 'signing'), () => ['SIGN']),
  map(words('use'), () => useLevels),
  map(words('create grants'), () => ['GRANT']),
  map(words('read metadata'), () => ['READ']),
);

/** What stands before or behind someone, and seldom beside a place. */
const beforeSomeone =
  /^(by|to|with|for|from|than|except|excluding|besides|without|but|not|role|user|principal|vendor|partner|supplier|does|do|did|can|could|may|is|has|have|what|let|lets)$/;
const behindSomeone =
  /^(can|may|could|has|have|had|is|are|still|did|does|do|used|uses|decrypt|decrypted|role|user|access)$/;

/** Whether the words around a name say that it is someone who acts. */
export const isSomeone = (chart: Chart, at: number, end: number): boolean =>
  beforeSomeone.test(chart.tokens[at - 1]?.text ?? '') ||
  behindSomeone.test(chart.tokens[end]?.text ?? '') ||
  /^(role|user|principal)$/.test(chart.tokens[end - 1]?.text ?? '') ||
  isAllThereIs(chart, at, end);

/** "And Northwind?", "the same for Northwind": there is nothing else that the name could be of. */
const isAllThereIs = (chart: Chart, at: number, end: number): boolean =>
  at > 0 &&
  at <= 4 &&
  end === chart.tokens.length &&
  /^(?:and|about|for|with)$/.test(chart.tokens[at - 1]?.text ?? '') &&
  chart.tokens.slice(0, at).every((t) => aroundFragment.test(t.text));
const aroundFragment = /^(?:and|now|what|how|about|same|the|for|with|but|so|ok|please)$/;

export function accessGrammar({ values }: GrammarContext, places: Places): AccessGrammar {
  const principalArn = token((t) => (t.kind === 'arn' || t.kind === 'quoted' ? t.text : undefined));
  const typed = (type: string) =>
    expand(values.named(['principal']), (v): readonly PermissionTest[] => {
      const mark = `:${type}/`;
      const fitting = v.values.filter((p) => p.includes(mark));
      return fitting.length > 0 ? [{ grantee: granteeOf(fitting) }] : [];
    });
  const accountId = token((t) => (t.kind === 'account' ? t.text : undefined));
  /** "Payments-prod": an account by its whole name, where words that mean something else are none. */
  const accountByName: Parser<PermissionTest> = (chart, at) =>
    plainest(values.named(['account'], false), values)(chart, at).flatMap(({ value, end }) => {
      const [account = ''] = value.values;
      const compound = chart.tokens[end - 1]?.glued === true;
      return compound ? [{ value: { grantee: { account } }, end }] : [];
    });
  /** Who may, by the account that they are in. */
  const byAccount: Parser<PermissionTest> = alt(
    accountByName,
    // "Roles from payments-prod": of that account, wherever the keys are.
    map(
      seq(
        alt(
          map(words('roles', 'iam roles', 'role', 'iam role'), () => ['ROLE']),
          map(words('users', 'iam users', 'user', 'iam user'), () => ['USER']),
          map(words('principals', 'identities', 'someone', 'callers'), () => null),
        ),
        words('from', 'of', 'belonging to', 'that belong to'),
        opt(words('account')),
        alt(
          accountByName,
          map(accountId, (account): PermissionTest => ({ grantee: { account } })),
        ),
      ),
      ([types, , , of]): PermissionTest => ({ ...(types ? { types } : {}), ...of }),
    ),
  );
  /**
   * "Lumen", "the FastPay role": whoever has that word in his name, where it says that someone is meant.
   * Outside the organization the word may as well stand for the vendor, and so for his account.
   */
  const recalled: Parser<PermissionTest> = (chart, at) =>
    map(
      seq(
        values.recalled('principal'),
        opt(words('role', 'user', 'principal', 'vendor', 'account')),
      ),
      ([v, noun]) => ({ grantee: granteeOf(v.values), account: vendorOf(values, v.values), noun }),
    )(chart, at)
      .filter(({ end }) => isSomeone(chart, at, end))
      .flatMap(({ value: { grantee, account, noun }, end }): readonly Found<PermissionTest>[] => {
        const whole = account && !/^(role|user|principal)$/.test(noun ?? '');
        return [
          ...(/^(vendor|account)$/.test(noun ?? '') && account
            ? []
            : [{ value: { grantee }, end }]),
          ...(whole ? [{ value: { grantee: { account } }, end }] : []),
        ];
      });
  const who: Parser<PermissionTest> = rule(() => alt(principal, byAccount));
  const principal: Parser<PermissionTest> = rule(() =>
    alt(
      map(
        words(
          'external accounts',
          'external account',
          'an external account',
          'third party accounts',
          'third party account',
          'accounts outside the organization',
          'accounts outside organization',
          'foreign accounts',
          'external aws accounts',
        ),
        () => externalAccount,
      ),
      map(
        alt(
          words(
            'third parties',
            'third party',
            'external parties',
            'external principals',
            'external entities',
            'external users',
            'outsiders',
            'anyone outside the organization',
            'someone outside the organization',
            'anyone outside',
            'someone outside',
            'principals outside the organization',
            'outside accounts',
            'anyone outside our organization',
            'someone outside our organization',
            'people outside the organization',
          ),
          outside,
        ),
        () => external,
      ),
      map(
        words(
          'anyone',
          'everyone',
          'anybody',
          'everybody',
          'the world',
          'world',
          'the public',
          'public',
          'the internet',
          'any aws account',
          'anyone in the world',
        ),
        () => publicAccess,
      ),
      map(
        words(
          'other accounts',
          'another account',
          'different accounts',
          'a different account',
          'different account',
        ),
        () => crossAccount,
      ),
      map(
        seq(
          words(
            'other accounts',
            'another account',
            'accounts',
            'different accounts',
            'accounts from',
          ),
          inside,
        ),
        () => insideOrganization,
      ),
      map(words('other accounts of ours', 'our other accounts'), () => insideOrganization),
      // "A role that is not in the same account" as the key.
      map(
        seq(
          alt(
            map(words('role', 'roles', 'iam role', 'iam roles'), () => ['ROLE']),
            map(words('iam user', 'iam users', 'user', 'users'), () => ['USER']),
            map(words('principal', 'principals', 'identities', 'someone', 'anybody'), () => null),
          ),
          opt(
            words(
              'that is',
              'that are',
              'which is',
              'which are',
              'that live',
              'that lives',
              'who are',
            ),
          ),
          words(
            ...['in', 'of', 'from', 'belonging to'].flatMap((of) =>
              ['another', 'other', 'different', 'some other', 'foreign'].flatMap((other) => [
                `${of} ${other} account`,
                `${of} ${other} accounts`,
              ]),
            ),
            'not in same account',
            'not of same account',
            'not from same account',
            'not in own account',
            "not in key 's account",
            'not in its own account',
            'not in account of key',
            'not in owner account',
            'outside same account',
            'outside account of key',
            'outside its own account',
            'outside own account',
          ),
        ),
        ([types]): PermissionTest => ({ ...(types ? { types } : {}), otherAccount: true }),
      ),
      map(words('iam users', 'iam user', 'users', 'an iam user'), () => ({ types: ['USER'] })),
      map(
        words(
          'federated principals',
          'federated users',
          'federated identities',
          'federated principal',
          'saml identities',
          'oidc identities',
          'saml or oidc identities',
          'saml or oidc federated identities',
          'identity providers',
        ),
        () => ({ types: ['FEDERATED'] }),
      ),
      map(words('vendors', 'vendor', 'suppliers', 'partners'), () => externalAccount),
      map(words('iam roles', 'roles', 'iam role'), () => ({ types: ['ROLE'] })),
      map(words('aws services', 'services', 'service principals'), () => ({ types: ['SERVICE'] })),
      map(
        seq(
          words(
            'account',
            'aws account',
            'principals of account',
            'someone in account',
            'principals in account',
          ),
          places.account,
        ),
        ([, account]) => ({
          grantee: { account },
        }),
      ),
      map(
        token((t) => (t.kind === 'account' ? t.text : undefined)),
        (account) => ({
          grantee: { account },
        }),
      ),
      map(seq(words('role', 'iam role'), typed('role')), ([, t]) => t),
      map(seq(words('user', 'iam user'), typed('user')), ([, t]) => t),
      map(seq(typed('role'), words('role')), ([t]) => t),
      map(seq(typed('user'), words('user')), ([t]) => t),
      map(seq(words('principal', 'service', 'identity'), values.named(['principal'])), ([, v]) => ({
        grantee: granteeOf(v.values),
      })),
      map(seq(opt(words('role', 'user', 'principal')), principalArn), ([, p]) => ({
        grantee: { principals: [p] },
      })),
      map(
        seq(
          opt(words('service', 'aws service', 'service principal', 'amazon')),
          values.named(['servicePrincipal'], false),
          opt(words('service', 'service principal', 'principal')),
        ),
        ([, v]) => ({ grantee: { principals: [...v.values] } }),
      ),
      expand(values.named(['principal'], false), (v) => [{ grantee: granteeOf(v.values) }]),
      recalled,
    ),
  );

  const kind: Parser<PermissionTest> = alt(
    map(words('external', 'third party', 'outside', 'externally granted'), () => external),
    map(words('external account'), () => externalAccount),
    map(words('public', 'anonymous', 'unrestricted public', 'worldwide'), () => publicAccess),
    map(words('cross account', 'cross-account'), () => crossAccount),
    map(words('iam user'), () => ({ types: ['USER'] })),
  );
  const through = opt(
    alt(
      map(
        words('through grants', 'through a grant', 'via grants', 'via a grant', 'by grant'),
        () => 'GRANT',
      ),
      map(
        words(
          'through key policies',
          'through key policy',
          'through the key policy',
          'via policy',
          'via key policy',
          'in key policy',
          'in the key policy',
          'in their policy',
          'in their policies',
          'in their key policy',
        ),
        () => 'POLICY',
      ),
    ),
  );
  const object: Parser<Filter> = rule(() =>
    alt(
      map(seq(levelNoun, accessNoun, through), ([levels, , source]) =>
        narrowed({}, levels, source),
      ),
      map(seq(words('any access'), through), ([, source]) => narrowed({}, null, source)),
      map(seq(kind, opt(levelNoun), accessNoun, through), ([test, levels, , source]) =>
        narrowed(test, levels, source),
      ),
      expand(
        seq(kind, opt(levelNoun), accessNoun, inside, through),
        ([test, levels, , , source]) =>
          test === crossAccount ? [narrowed(insideOrganization, levels, source)] : [],
      ),
      map(
        seq(opt(levelNoun), accessNoun, words('from', 'by', 'for'), who, through),
        ([levels, , , test, source]) => narrowed(test, levels, source),
      ),
      map(seq(kind, words('access exists', 'access is possible')), ([test]) =>
        narrowed(test, null, null),
      ),
      map(words('external grants', 'external grant'), () =>
        access({ ...external, source: ['GRANT'] }),
      ),
      map(words('grants', 'grant', 'active grants'), () => access({ source: ['GRANT'] })),
      map(seq(words('grants', 'grant', 'active grants'), words('to', 'for'), who), ([, , test]) =>
        access({ ...test, source: ['GRANT'] }),
      ),
    ),
  );
  const adjective: Parser<Filter> = rule(() =>
    alt(
      map(
        words(
          'external access',
          'externally accessible',
          'externally shared',
          'shared externally',
          'exposed externally',
          'externally exposed',
          'accessible externally',
          'external facing',
        ),
        () => access(external),
      ),
      map(
        words(
          'public',
          'publicly accessible',
          'publicly exposed',
          'open to the world',
          'open to everyone',
          'open to anyone',
          'open to public',
          'world accessible',
          'publicly shared',
          'exposed to the public',
          'exposed publicly',
          'accessible publicly',
        ),
        () => access(publicAccess),
      ),
      map(
        words(
          'cross account',
          'shared across accounts',
          'accessible across accounts',
          'shared cross account',
          'cross account accessible',
        ),
        () => access(crossAccount),
      ),
      map(
        seq(
          words('accessible', 'shared', 'exposed', 'open', 'usable', 'reachable'),
          words('by', 'to', 'from', 'with', 'for', 'by someone'),
          who,
          through,
        ),
        ([verb, , test, source]) => narrowed(test, verb === 'usable' ? useLevels : null, source),
      ),
      map(seq(words('accessible', 'shared', 'exposed', 'reachable'), outside), () =>
        access(external),
      ),
      map(
        seq(
          words('shared', 'shared cross account', 'shared across accounts', 'cross account'),
          inside,
        ),
        () => access(insideOrganization),
      ),
    ),
  );
  const passive: Parser<readonly string[] | null> = alt(
    map(words('used'), () => useLevels),
    map(words('accessed', 'reached'), () => null),
    map(words('decrypted with', 'decrypted'), () => ['DECRYPT']),
    map(words('encrypted with'), () => ['ENCRYPT']),
    map(words('signed with'), () => ['SIGN']),
    map(words('administered', 'managed', 'administrated'), () => ['ADMIN']),
  );
  const verb: Parser<Filter> = rule(() =>
    alt(
      map(
        seq(words('can be', 'may be', 'could be'), passive, words('by', 'from'), who, through),
        ([, levels, , test, source]) => narrowed(test, levels, source),
      ),
      map(
        seq(
          words('allow', 'allows', 'let', 'permit', 'allowing', 'lets', 'permits'),
          who,
          opt(seq(opt(words('to')), ability, opt(words('it', 'them')))),
          through,
        ),
        ([, test, what, source]) => narrowed(test, what?.[1] ?? null, source),
      ),
      map(
        seq(
          words(
            'grant',
            'grants',
            'give',
            'gives',
            'provide',
            'granting',
            'giving',
            'allow',
            'allows',
          ),
          opt(levelNoun),
          words('access', 'permissions', 'permission'),
          words('to', 'for', 'from', 'by'),
          who,
          through,
        ),
        ([, levels, , , test, source]) => narrowed(test, levels, source),
      ),
      map(
        seq(
          words('allow', 'allows', 'allowing', 'permit', 'permits', 'grant', 'grants', 'give'),
          object,
        ),
        ([, f]) => f,
      ),
      map(
        seq(
          words('give', 'gives', 'grant', 'grants', 'offer', 'allow', 'allows'),
          who,
          opt(levelNoun),
          accessNoun,
          through,
        ),
        ([, test, levels, , source]) => narrowed(test, levels, source),
      ),
      map(
        seq(
          who,
          words(
            'is allowed to',
            'are allowed to',
            'is able to',
            'are able to',
            'is permitted to',
            'are permitted to',
          ),
          ability,
        ),
        ([test, , levels]) => narrowed(test, levels, null),
      ),
      map(seq(who, can, ability), ([test, , levels]) => narrowed(test, levels, null)),
      map(
        seq(who, can, opt(words('both')), ability, words('and', 'and also', 'and to'), ability),
        ([test, , , a, , b]) => allOf(narrowed(test, a, null), narrowed(test, b, null)),
      ),
      map(
        seq(
          who,
          can,
          ability,
          words('but not', 'but can not', 'and not', 'and can not', 'but may not', 'but never'),
          ability,
        ),
        ([test, , a, , b]) => allOf(narrowed(test, a, null), { not: narrowed(test, b, null) }),
      ),
      map(seq(who, words('have access to', 'has access to')), ([test]) => access(test)),
    ),
  );
  /** Who is named: what someone can be left out by. */
  const called: Parser<Grantee> = alt(
    map(
      seq(
        opt(words('role', 'user', 'principal', 'iam role', 'iam user')),
        alt(values.named(['principal'], false), values.recalled('principal')),
        opt(words('role', 'user')),
      ),
      ([, v]) => granteeOf(v.values),
    ),
    map(seq(opt(words('principal')), principalArn), ([, p]) => ({ principals: [p] })),
    map(seq(opt(words('account')), accountId), ([, account]) => ({ account })),
  );
  const orAnd = alt(
    map(words('and', 'or', 'and also'), () => null),
    map(
      token((t) => (t.kind === 'comma' ? true : undefined)),
      () => null,
    ),
  );
  /**
   * "Excluding ConsultantAdmin": by whoever else. "But not from x" may as well be of keys that x has no access
   * to, and is not read.
   */
  const butNot: Parser<readonly Grantee[]> = map(
    seq(
      words(
        'excluding',
        'except',
        'except for',
        'except by',
        'other than',
        'other than of',
        'other than by',
        'other than from',
        'besides',
        'apart from',
        'aside from',
        'not counting',
        'not including',
        'ignoring',
        'leaving out',
        'without counting',
        'minus',
      ),
      called,
      many(
        map(seq(orAnd, called), ([, g]) => g),
        0,
        4,
      ),
    ),
    ([, first, others]) => [first, ...others],
  );
  const others = (filter: Filter, but: readonly Grantee[]) =>
    turned(filter, (test) => ({ ...test, butNot: [...but] }));
  /** "Of those who may also decrypt with the same key", as questions that are offered write it. */
  const beside = map(
    seq(
      words('of those who may also', 'of those who may not'),
      ability,
      words('with same key', 'same key'),
    ),
    ([may, levels]): PermissionTest['beside'] => ({
      levels: [...(levels ?? useLevels)],
      holds: may.endsWith('also'),
    }),
  );
  const unconditional = words(
    'without conditions',
    'without any conditions',
    'without condition',
    'without any condition',
    'without a condition',
    'with no conditions',
    'with no condition',
    'unconditionally',
  );
  return {
    who,
    principal,
    object: alt(
      object,
      // "Both decrypt and admin access for vendors": each of the two, by whatever statement.
      map(
        seq(
          words('both'),
          levelNoun,
          words('and'),
          levelNoun,
          accessNoun,
          opt(seq(words('from', 'by', 'for', 'to'), who)),
        ),
        ([, a, , b, , of]) =>
          allOf(narrowed(of?.[1] ?? {}, a, null), narrowed(of?.[1] ?? {}, b, null)),
      ),
      expand(seq(words('unconditional', 'unrestricted'), object), ([, f]) => withoutCondition(f)),
      expand(seq(object, unconditional), ([f]) => withoutCondition(f)),
      expand(seq(object, butNot), ([f, but]) => others(f, but)),
      expand(seq(object, beside), ([f, also]) => turned(f, (t) => ({ ...t, beside: also }))),
      expand(seq(object, limitedToOrganization), ([f, said]) =>
        turned(f, (test) => underCondition(test, said)),
      ),
    ),
    adjective: alt(
      adjective,
      expand(seq(adjective, butNot), ([f, but]) => others(f, but)),
    ),
    verb: alt(
      verb,
      expand(seq(verb, butNot), ([f, but]) => others(f, but)),
      expand(seq(verb, beside), ([f, also]) => turned(f, (t) => ({ ...t, beside: also }))),
      expand(seq(verb, limitedToOrganization), ([f, said]) =>
        turned(f, (test) => underCondition(test, said)),
      ),
      expand(seq(verb, unconditional), ([f]) => withoutCondition(f)),
      expand(seq(words('unconditionally'), verb), ([, f]) => withoutCondition(f)),
    ),
    ability,
  };
}
