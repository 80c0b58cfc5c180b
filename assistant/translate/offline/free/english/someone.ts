import { principalTypes } from '../../../../../collector/schema/enums.ts';
import { type AccessGrammar, isSomeone } from '../../grammar/access.ts';
import {
  alt,
  expand,
  map,
  opt,
  type Parser,
  seq,
  startsAt,
  token,
  words,
} from '../../grammar/chart.ts';
import type { GrammarContext } from '../../grammar/context.ts';
import { someText } from '../../grammar/text-conditions.ts';
import type { NamedValue } from '../../lexicon/values.ts';
import type { PermissionTest, UsageTest } from '../../plan/plan.ts';
import type { Piece } from '../piece.ts';

/** What stands before someone, whether he may do something or did it. */
const before = [
  'if',
  'suppose',
  'assuming',
  'in case',
  'in case of',
  'by',
  'for',
  'from',
  'through',
  'via',
  'by means of',
  'as',
  'using',
  'someone in',
  'someone from',
  'by someone in',
  'by someone from',
  'by service',
  'through service',
  'on behalf of',
  'callers of',
  'callers from',
  'principals of',
  'from address',
  'of',
] as const;
const lead = opt(
  words(
    ...before,
    'to',
    'with',
    'somebody in',
    'principals from',
    'principals in',
    'identities of',
  ),
);
/** What stands before whoever did something: a grant is given to someone, but created by someone. */
const agent = opt(words(...before, 'behind'));
const noun = opt(
  words(
    'user',
    'role',
    'principal',
    'session',
    'iam user',
    'iam role',
    'service',
    'account',
    'caller',
    'vendor account',
    'vendor',
    'external account',
    'ip',
    'federated user',
    'employee',
    'engineer',
    'pipeline',
  ),
);

/** Words before the name of a principal. */
const person = opt(
  words(
    'user',
    'role',
    'principal',
    'iam user',
    'iam role',
    'federated user',
    'employee',
    'engineer',
  ),
);

const external: PermissionTest = { trust: ['EXTERNAL', 'PUBLIC'] };

/** Whoever a policy names itself, and does not leave to the IAM policies of an account. */
const notAccounts: PermissionTest = {
  types: principalTypes.map((t) => t.value).filter((value) => value !== 'ACCOUNT'),
};

/** Further ways to name a kind of principal, besides those of the access grammar. */
const kinds: Parser<PermissionTest> = alt(
  map(
    seq(
      words(
        ...['someone', 'somebody', 'anyone', 'anybody', 'anything', 'something', 'others'],
        ...['principals', 'any principal', 'a principal', 'principal', 'identities', 'people'],
        ...['other principals', 'other than', 'anyone else', 'someone else', 'more'],
      ),
      opt(words('other than', 'besides', 'except', 'but', 'than', 'apart from', 'beyond', 'not')),
      opt(words('just', 'only')),
      words(
        'account root',
        'root',
        'root account',
        'account itself',
        'owning account',
        'root user',
        'root principal',
        'account principal',
        'account root user',
        "account 's root",
      ),
    ),
    () => notAccounts,
  ),
  map(
    words(
      'somebody outside our organization',
      'somebody outside organization',
      'somebody outside of organization',
      'somebody outside',
      'someone outside of organization',
      'anybody outside organization',
      'anyone outside organization',
      'anyone outside of organization',
      'people outside organization',
      'parties outside organization',
      'a party outside organization',
      'party outside organization',
      'party outside of organization',
      'parties outside of organization',
      'externals',
      'external party',
      'external people',
      'external principal',
      'external someone',
      'foreigners',
      'an outsider',
      'outsider',
      'from outside organization',
      'from outside',
      'outside organization',
      'outside of organization',
      'outside world',
    ),
    () => external,
  ),
  map(
    words(
      'an account outside organization',
      'account outside organization',
      'accounts outside organization',
      'account outside of organization',
      'accounts outside of organization',
      'foreign account',
      'third party',
      'third parties',
      'vendors',
      'a vendor',
      'outside account',
      'outside accounts',
      'accounts outside',
      'accounts from outside',
      'account outside',
      'external vendors',
      'external vendor',
      'external aws account',
      ...['company', 'companies', 'partner', 'partners'].flatMap((n) => [
        `outside ${n}`,
        `external ${n}`,
        `foreign ${n}`,
        `other ${n}`,
        `third party ${n}`,
      ]),
      ...['supplier', 'suppliers', 'customers', 'contractors'].flatMap((n) => [
        `outside ${n}`,
        `external ${n}`,
      ]),
    ),
    () => ({ trust: ['EXTERNAL'] }),
  ),
  map(
    seq(
      words(
        'other accounts',
        'another account',
        'accounts',
        'other aws accounts',
        'sister accounts',
      ),
      words(
        'of own organization',
        'in own organization',
        'within own organization',
        'inside own organization',
        'of same organization',
        'of organization',
        'in organization',
        'in same organization',
        'inside organization',
        'within organization',
        'of ours',
      ),
    ),
    () => ({ trust: ['ORGANIZATION'] }),
  ),
  map(words('principal *', 'principals *'), () => ({ grantee: { principals: ['*'] } })),
  map(words('iam user', 'iam users', 'a user', 'users'), () => ({ types: ['USER'] })),
  map(words('iam role', 'iam roles', 'roles'), () => ({ types: ['ROLE'] })),
  map(
    words(
      'service',
      'services',
      'service principal',
      'service principals',
      'aws service',
      'aws services',
      'an aws service',
    ),
    () => ({ types: ['SERVICE'] }),
  ),
  map(
    words(
      'federated user',
      'federated users',
      'federated identity',
      'identity provider',
      'saml provider',
      'oidc provider',
    ),
    () => ({ types: ['FEDERATED'] }),
  ),
  map(
    words(
      'everyone',
      'everybody',
      'anyone',
      'anybody',
      'whole world',
      'entire world',
      'all world',
      'internet',
      'general public',
      'anyone with an aws account',
      'anybody with an aws account',
      'anyone with any aws account',
      'any aws account',
      'every aws account',
      'any aws customer',
      'any aws principal',
      'any principal',
      'anyone at all',
      'anyone on internet',
      'anybody on internet',
      'everyone on internet',
      'complete strangers',
      'strangers',
    ),
    () => ({ trust: ['PUBLIC'] }),
  ),
);

/** Words for a kind of principal that stand before another noun as well. */
const adjectives: Parser<PermissionTest> = alt(
  map(words('external', 'outside', 'foreign'), () => external),
  map(words('federated'), () => ({ types: ['FEDERATED'] })),
  map(words('public', 'anonymous'), () => ({ trust: ['PUBLIC'] })),
);

/** "Principals outside the organization", in the many ways to say it. */
const outsiders: Parser<PermissionTest> = map(
  seq(
    opt(
      words(
        'principals',
        'principal',
        'identities',
        'people',
        'parties',
        'party',
        'entities',
        'anyone',
        'anybody',
        'someone',
        'somebody',
        'everyone',
        'those',
        'callers',
        'accounts',
        'account',
        'account ids',
        'aws accounts',
        'aws account',
        'other companies',
        'vendors',
        'vendor',
        'third parties',
        'third party',
        'partners',
        'suppliers',
        'companies',
      ),
    ),
    opt(words('from', 'that are', 'who are', 'which are')),
    words(
      'outside',
      'outside of',
      'external to',
      'not part of',
      'not in',
      'not belonging to',
      'beyond',
      'not within',
      'foreign to',
    ),
    words('organization', 'org', 'company', 'aws organization'),
  ),
  ([noun]) =>
    /account|vendor|third|partner|supplier|compan/.test(noun ?? '')
      ? { trust: ['EXTERNAL'] }
      : external,
);

/** What stands before the account, or the outside, from which somebody did something. */
const callersFrom = [
  'callers from',
  'callers in',
  'caller from',
  'a caller from',
  'a caller in',
  'someone in',
  'someone from',
  'principals in',
  'principals from',
  'identities from',
  'from',
] as const;

/** "Not through an AWS service", in the ways to say it. */
const throughNoService = words(
  ...['not through', 'not via', 'not by way of', 'without', 'without going through', 'through no']
    .concat(['not by', 'by no', 'via no', 'bypassing', 'not from', 'outside of', 'not using'])
    .flatMap((not) =>
      ['aws service', 'an aws service', 'service', 'a service', 'any service', 'any aws service']
        .concat([
          'aws services',
          'services',
          'other service',
          'another service',
          'another aws service',
        ])
        .map((service) => `${not} ${service}`),
    ),
);

/** Who did something, by how he stands to the key or how he signed in, where no name is given. */
const callersApart: Parser<Partial<UsageTest>> = alt(
  map(
    seq(
      opt(words(...callersFrom)),
      words(
        'another account',
        'other accounts',
        'a different account',
        'different account',
        'different accounts',
        'another aws account',
        ...[
          'accounts',
          'an account',
          'account',
          'some account',
          'any account',
          'aws accounts',
        ].flatMap((accounts) =>
          ['other than', 'besides', 'except', 'apart from'].flatMap((but) =>
            [
              'owner account',
              'owning account',
              "owner 's account",
              'their owner',
              'its owner',
              'key owner',
              'one owning key',
              'one owning it',
              'one owning them',
              'own one',
            ].map((owner) => `${accounts} ${but} ${owner}`),
          ),
        ),
        'an account other than owner',
        "an account other than owner 's",
        'an account other than its own',
        'an account other than their own',
        'an account other than the one that owns key',
        'an account other than the one that owns them',
        'an account other than one that owns them',
        'an account other than owner of key',
        'an account other than key owner',
        'an account other than owning one',
        'an account other than account that owns key',
        'an account other than account that owns it',
        'an account other than account that owns them',
        'accounts other than one that owns them',
        'an account that does not own them',
        'someone in another account',
        'another account than owner',
        'an account that is not owner',
        'an account which is not owner',
        'an account other than one that owns key',
        'an account other than one that owns it',
        'an account that does not own key',
        'an account that does not own it',
        'other accounts than owner',
        'other accounts than its own',
        'accounts other than owner',
        "accounts other than owner 's",
        'accounts other than own',
        'accounts other than its own',
        'accounts other than their own',
        'accounts that do not own them',
        'accounts that do not own it',
        'accounts other than one that owns key',
      ),
    ),
    () => ({ callerFrom: 'OTHER_ACCOUNT' as const }),
  ),
  map(words('cross account', 'across accounts', 'from across accounts'), () => ({
    callerFrom: 'OTHER_ACCOUNT' as const,
  })),
  map(
    seq(
      opt(
        words(
          ...callersFrom,
          'callers of',
          'somebody from',
          'callers',
          'someone',
          'somebody',
          'anyone',
          'anybody',
        ),
      ),
      alt(
        words(
          'an external account',
          'external accounts',
          'external account',
          'outside accounts',
          'an outside account',
          'foreign accounts',
          'a foreign account',
          'external callers',
          'external parties',
          'an external party',
          'externals',
          'outsiders',
          'third parties',
          'a third party',
          'vendors',
          'external vendors',
        ),
        map(
          seq(
            opt(words('an account', 'accounts', 'account', 'aws accounts', 'an aws account')),
            opt(
              words(
                'that is',
                'that are',
                'which is',
                'which are',
                'from',
                'that lies',
                'that lie',
              ),
            ),
            words(
              'outside',
              'outside of',
              'not in',
              'not part of',
              'external to',
              'from outside',
              'from outside of',
            ),
            words('organization', 'org', 'company', 'aws organization'),
          ),
          () => '',
        ),
      ),
    ),
    () => ({ callerFrom: 'EXTERNAL' as const }),
  ),
  map(
    alt(
      seq(
        words('directly', 'direct', 'straight', 'by callers themselves'),
        opt(words('and', ',', 'but', 'rather than', 'instead of')),
        throughNoService,
      ),
      words('directly'),
      throughNoService,
    ),
    () => ({ direct: true as const }),
  ),
  map(words('iam user', 'iam users', 'an iam user', 'human iam users'), () => ({
    identityTypes: ['IAMUser'],
  })),
);

/** Someone nobody in particular: it adds nothing to what was done. */
const nobodyInParticular = words(
  'someone',
  'somebody',
  'anyone',
  'anybody',
  'by someone',
  'by somebody',
  'by anyone',
  'by anybody',
  'people',
  'by people',
  'by a person',
);

const isResource = (arn: string) => !/^arn:[\w-]+:(iam|sts|kms):/.test(arn);

/** What a key protects: by its ARN, by an id that AWS gives, or by its name behind what it is. */
const resource: Parser<string> = alt(
  token((t) => (t.kind === 'arn' && isResource(t.text) ? t.text : undefined)),
  map(
    seq(
      opt(words('ebs volume', 'volume', 'snapshot', 'file system', 'instance', 'resource')),
      expand(someText, (text) =>
        /^(vol|snap|i|fs|ami|db|cluster)-[0-9a-zA-Z]{8,}$/.test(text) ? [text] : [],
      ),
    ),
    ([, id]) => id,
  ),
  map(
    seq(
      words(
        ...[
          'bucket',
          'table',
          'queue',
          'topic',
          'stream',
          'secret',
          'log group',
          'database',
          'file system',
          'function',
          'repository',
          'parameter',
        ].flatMap((kind) => [
          kind,
          `s3 ${kind}`,
          `dynamodb ${kind}`,
          `sqs ${kind}`,
          `sns ${kind}`,
          `kinesis ${kind}`,
          `rds ${kind}`,
          `lambda ${kind}`,
          `ecr ${kind}`,
          `cloudwatch ${kind}`,
          `${kind} named`,
          `${kind} called`,
        ]),
      ),
      // A name, not the next word of the sentence.
      expand(someText, (text) => (/[\d_./-]/.test(text) && /[a-z]/i.test(text) ? [text] : [])),
    ),
    ([, name]) => name,
  ),
);

/** "Anyone other than": whoever else it was. */
const othersThan = words(
  ...['anyone', 'anybody', 'someone', 'somebody', 'people', 'users', 'others', 'principals']
    .concat(['anything', 'something', 'services', 'any service', 'a service', 'another service'])
    .concat(['any user', 'a user', 'another user', 'another person', 'callers', 'any caller'])
    .flatMap((who) =>
      ['other than', 'but', 'except', 'besides', 'apart from'].map((but) => `${who} ${but}`),
    ),
  'others than',
  'someone else than',
  'anyone else than',
  'other users than',
  'other people than',
  'other services than',
);

/** An IPv4 or IPv6 address: numbers joined by their signs. */
const ipAddress: Parser<string> = expand(someText, (text) =>
  /^(\d{1,3}\.){3}\d{1,3}$|^[0-9a-f]*:[0-9a-f:]+$/i.test(text) ? [text] : [],
);

/** Someone who did something. */
const doer = (did: Partial<UsageTest>): Piece => ({ is: 'someone', someone: { may: null, did } });

/** "Given to alice": she did not do it. */
function unlessGiven(parser: Parser<Piece>): Parser<Piece> {
  return (chart, at) => {
    let from = at;
    while (/^(some|any|every)(one|body)$/.test(chart.tokens[from - 1]?.text ?? '')) from -= 1;
    const before = chart.tokens[from - 1]?.text ?? '';
    const earlier = chart.tokens[from - 2]?.text ?? '';
    const given =
      /^(to|with)$/.test(before) || (before === 'for' && /^(grants?|given|made)$/.test(earlier));
    return given ? [] : parser(chart, at);
  };
}

const eachOne = words(
  'any',
  'an',
  'any of',
  'one of',
  'some',
  'some of',
  'all',
  'any other',
  'other',
);
const agentOfUnit = words('by', 'to', 'with', 'through', 'from', 'for');
const unitMembers = [
  ...['accounts', 'account', 'aws accounts', 'principals', 'principal', 'someone', 'anyone'],
  ...['callers', 'people', 'identities', 'roles', 'role', 'iam roles', 'users', 'iam users'],
] as const;

/** An organizational unit by its name. */
const unit = (values: GrammarContext['values']): Parser<readonly string[]> =>
  map(values.named(['ou'], false), (v) => v.values);

/** Whoever is in the accounts of units: as one who may, and as one who did. */
function ofUnits(kind: string, paths: readonly string[]): Piece {
  const [role, user] = [/role/.test(kind), /user/.test(kind)];
  const types = role ? ['ROLE'] : user ? ['USER'] : null;
  return {
    is: 'someone',
    someone: {
      may: { unit: [...paths], ...(types ? { types } : {}) },
      did: role
        ? null
        : { callerUnit: [...paths], ...(user ? { identityTypes: ['IAMUser'] } : {}) },
    },
  };
}

/**
 * "Keys in sandbox accounts" says where keys are. Who acts stands behind "by" and the like, or beside a verb.
 */
function unlessPlace(parser: Parser<Piece>): Parser<Piece> {
  const acts =
    /^(?:can|may|could|use|used|uses|using|did|access|accessed|decrypts?|shar(?:e|ing))$/;
  const owns = /^(?:have|has|had|got)$/;
  const rights = /^(?:access|permissions?|rights?)$/;
  const asked = /^(?:can|could|may|does|do|did|that|which|have|has|any|are|keys?)$/;
  const done =
    /^(?:used?|uses|shared?|access(?:ible|ed)?|called|open|given|granted|done|permissions?|usable|decrypted|allowed)$/;
  return (chart, at) => {
    const [start] = startsAt(chart, at).slice(-1);
    const first = chart.tokens[start ?? at]?.text ?? '';
    const before = chart.tokens[at - 1]?.text ?? '';
    const behind = /^(?:by|to|with|through|from|for)$/.test(first);
    if (behind) return first === 'by' || done.test(before) ? parser(chart, at) : [];
    if (at > 0 && !asked.test(before)) return [];
    return parser(chart, at).filter(({ end }) => {
      const [verb, object] = [chart.tokens[end]?.text ?? '', chart.tokens[end + 1]?.text ?? ''];
      return acts.test(verb) || (owns.test(verb) && rights.test(object));
    });
  };
}

/** Anyone a question can name: as a principal of policies, as a caller, or as both. */
export function someone({ values }: GrammarContext, access: AccessGrammar): Parser<Piece> {
  /** By a word of the name of a role or user that did something. */
  const recalledCaller: Parser<NamedValue> = (chart, at) =>
    values
      .recalled('caller')(chart, at)
      .filter(({ end }) => isSomeone(chart, at, end));
  const did: Parser<Partial<UsageTest>> = alt(
    map(values.named(['caller'], false), (v) => ({ callers: [...v.values] })),
    map(recalledCaller, (v) => ({ callers: [...v.values] })),
    map(words('root', 'root user', 'account root user', 'account root', 'root account'), () => ({
      callers: ['root'],
    })),
    map(values.named(['service'], false), (v) => ({ services: [...v.values] })),
    map(
      token((t) => (t.kind === 'account' ? t.text : undefined)),
      (callerAccount) => ({ callerAccount }),
    ),
    map(
      seq(
        opt(words('the', 'account', 'the account', 'aws account', 'anyone in', 'someone in')),
        values.named(['account'], false),
      ),
      ([, v]) => ({ callerAccount: v.values[0] ?? '' }),
    ),
    map(
      token((t) => (t.kind === 'arn' && !isResource(t.text) ? t.text : undefined)),
      (arn) => ({ callers: [arn] }),
    ),
    map(resource, (name) => ({ resource: name })),
    map(
      seq(opt(words('ip', 'ip address', 'address', 'ip addresses', 'source ip')), ipAddress),
      ([, ip]) => ({
        addresses: [ip],
      }),
    ),
    map(
      seq(
        words('event', 'event id', 'eventid', 'cloudtrail event'),
        token((t) => (t.kind === 'key_id' ? t.text : undefined)),
      ),
      ([, id]) => ({ eventIds: [id] }),
    ),
  );
  const may = alt(access.principal, kinds, outsiders);
  /** "Sandbox accounts", "roles in accounts of the Security OU". */
  const ofUnit: Parser<{ readonly kind: string; readonly paths: readonly string[] }> = alt(
    map(seq(opt(eachOne), unit(values), words('account', 'accounts', 'aws accounts')), ([, u]) => ({
      kind: 'accounts',
      paths: u,
    })),
    map(
      seq(
        opt(eachOne),
        unit(values),
        words('principals', 'people', 'identities', 'roles', 'iam roles', 'users', 'iam users'),
      ),
      ([, paths, kind]) => ({ kind, paths }),
    ),
    map(
      seq(
        opt(eachOne),
        words(...unitMembers),
        opt(words('in accounts', 'of accounts', 'from accounts', 'in an account')),
        words('in', 'of', 'under', 'from', 'within', 'inside', 'below'),
        opt(words('ou', 'unit', 'organizational unit')),
        unit(values),
        opt(words('ou', 'unit', 'organizational unit', 'accounts')),
      ),
      ([, kind, , , , paths]) => ({ kind, paths }),
    ),
  );
  const others: Parser<Partial<UsageTest>> = expand(
    seq(othersThan, noun, did),
    ([, , { callers, callerAccount, services, addresses, ...more }]) =>
      Object.keys(more).length > 0
        ? []
        : [
            {
              butNot: {
                ...(callers ? { callers } : {}),
                ...(callerAccount ? { callerAccount } : {}),
                ...(services ? { services } : {}),
                ...(addresses ? { addresses } : {}),
              },
            },
          ],
  );
  return alt(
    unlessPlace(map(seq(opt(agentOfUnit), ofUnit), ([, { kind, paths }]) => ofUnits(kind, paths))),
    unlessGiven(map(seq(agent, callersApart), ([, d]) => doer(d))),
    unlessGiven(map(seq(agent, others), ([, d]) => doer(d))),
    map(
      seq(
        words('with', 'having', 'naming', 'listing', 'that name', 'that list', 'which name'),
        may,
      ),
      ([, m]): Piece => ({
        is: 'someone',
        someone: { may: m, did: null },
        named: true,
      }),
    ),
    map(
      seq(lead, person, may),
      ([, , m]): Piece => ({ is: 'someone', someone: { may: m, did: null } }),
    ),
    unlessGiven(
      map(
        seq(
          agent,
          noun,
          did,
          opt(
            words(
              'service',
              'user',
              'role',
              'account',
              'users',
              'roles',
              'services',
              'credentials',
            ),
          ),
        ),
        ([, , d]) => doer(d),
      ),
    ),
    map(
      seq(lead, adjectives),
      ([, m]): Piece => ({
        is: 'someone',
        someone: { may: m, did: null },
        adjective: true,
      }),
    ),
    map(nobodyInParticular, (): Piece => ({ is: 'filler' })),
  );
}
