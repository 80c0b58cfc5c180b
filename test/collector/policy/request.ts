import { OTHER_ORG, OWN, OWN_ORG, SIBLING, STRANGER } from './example.ts';

/**
 * A small authorization engine for the policies that `arbitrary.ts` makes, written from the IAM User
 * Guide ("Policy evaluation logic") without the analysis: it decides one request, where the analysis
 * speaks of all. IAM policies of the accounts are taken to allow everything.
 */
export interface Request {
  /** The role or user behind the session, as ARN; null for a service. */
  readonly arn: string | null;
  readonly session: string | null;
  readonly account: string | null;
  readonly service: string | null;
  /** The context of the request; a key that is not there is absent. */
  readonly context: Readonly<Record<string, string>>;
  readonly action: string;
}

type Json = Readonly<Record<string, unknown>>;

const list = (value: unknown): string[] => [value].flat().map(String);

export function isAllowed(statements: readonly Json[], request: Request, keyArn: string): boolean {
  const applying = statements.filter((s) => applies(s, request, keyArn));
  return applying.some((s) => s.Effect === 'Allow') && !applying.some((s) => s.Effect === 'Deny');
}

function applies(s: Json, request: Request, keyArn: string): boolean {
  const who =
    'NotPrincipal' in s ? !isNamed(s.NotPrincipal, request) : isNamed(s.Principal, request);
  const acts = (patterns: unknown) =>
    list(patterns).some((p) => like(p.toLowerCase(), `kms:${request.action}`.toLowerCase()));
  const what = 'NotAction' in s ? !acts(s.NotAction) : acts(s.Action);
  return (
    who && what && list(s.Resource).some((r) => like(r, keyArn)) && holds(s.Condition, request)
  );
}

function isNamed(principal: unknown, request: Request): boolean {
  if (principal === '*') return true;
  return Object.entries(principal as Json).some(([kind, names]) =>
    list(names).some((name) => {
      if (kind === 'Service') return name === request.service;
      // "Principal": "*" and {"AWS": "*"} are equal ("AWS JSON policy elements: Principal").
      if (name === '*') return true;
      if (request.account === null) return false;
      return (
        name === request.account ||
        name === `arn:aws:iam::${request.account}:root` ||
        identityOf(name) === request.arn ||
        name === request.session
      );
    }),
  );
}

/**
 * The identity that an ARN in a policy stands for, without the path of a role: KMS refuses principals
 * that do not exist and shows those deleted since as unique ids ("Key policies in AWS KMS"), and the
 * name of a role is its own within the account, so `role/team/app` and `role/app` are one role.
 */
function identityOf(name: string): string {
  return name.replace(/:role\/.*\//, ':role/');
}

function holds(condition: unknown, { context }: Request): boolean {
  if (condition === undefined) return true;
  return Object.entries(condition as Json).every(([operator, block]) =>
    Object.entries(block as Json).every(([key, values]) => {
      const actual = context[key];
      const negated = operator.includes('Not');
      if (actual === undefined) {
        return negated || operator.endsWith('IfExists') || operator.startsWith('ForAllValues:');
      }
      const matches = list(values).some((v) =>
        operator.includes('Like') ? like(v, actual) : v === actual,
      );
      return matches !== negated;
    }),
  );
}

const compiled = new Map<string, RegExp>();

function like(pattern: string, text: string): boolean {
  let expression = compiled.get(pattern);
  if (expression === undefined) {
    const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
    expression = new RegExp(`^${escaped.replace(/\*/g, '.*').replace(/\?/g, '.')}$`, 's');
    compiled.set(pattern, expression);
  }
  return expression.test(text);
}

const identities = ['role/app', 'role/other', 'user/alice'];

/** Callers of every account, each by way of nothing, a service, or an endpoint. */
const callers = [
  { account: OWN, org: OWN_ORG },
  { account: SIBLING, org: OWN_ORG },
  { account: STRANGER, org: OTHER_ORG },
  { account: STRANGER, org: null },
  { account: '888888888888', org: null },
].flatMap(({ account, org }) =>
  identities.map((identity) => ({
    arn: `arn:aws:iam::${account}:${identity}`,
    session: `arn:aws:sts::${account}:assumed-role/${identity.split('/').at(-1)}/session`,
    account,
    service: null,
    context: {
      'kms:CallerAccount': account,
      ...(org === null ? {} : { 'aws:PrincipalOrgID': org }),
    } as Record<string, string>,
  })),
);

const ways: readonly Readonly<Record<string, string>>[] = [
  {},
  { 'kms:ViaService': OWN },
  { 'kms:ViaService': OTHER_ORG, 'aws:SourceVpce': OWN_ORG },
  { 'aws:SourceVpce': STRANGER },
];

const actions = ['Decrypt', 'Encrypt', 'PutKeyPolicy', 'CreateGrant', 'DescribeKey'];

export const requests: readonly Request[] = [
  ...callers,
  { arn: null, session: null, account: null, service: 'logs.amazonaws.com', context: {} },
].flatMap((caller) =>
  ways.flatMap((way) =>
    actions.map((action) => ({ ...caller, action, context: { ...caller.context, ...way } })),
  ),
);
