import type { ConditionTest, Statement } from './document.ts';
import { hasWildcard } from './glob.ts';
import { farther, type Reach, reachOfAccount, type Standpoint } from './reach.ts';

/**
 * What a condition says about the request:
 * - `caller`: who signs it
 * - `source`: for which resource a service makes it (present only in calls by services)
 * - `network`: through which VPC or endpoint it comes
 * - `service`: that an AWS service signs it
 */
export type Aspect = 'caller' | 'source' | 'network' | 'service';

/** A condition key that really narrows who may use a statement, and how far the admitted may stand. */
export interface Restriction {
  /** The key in AWS's spelling, such as `aws:PrincipalOrgID`. */
  readonly key: string;
  readonly aspect: Aspect;
  readonly reach: Reach;
}

/** How the values of a key are read. `exact` operators take wildcards too: see {@link admitted}. */
type ValueReader = (value: string, from: Standpoint, operator: PositiveOperator) => Reach;

interface RestrictingKey {
  readonly name: string;
  readonly aspect: Aspect;
  readonly read: ValueReader;
}

type PositiveOperator = 'string' | 'arn' | 'bool';

/**
 * The operators that demand a value. Everything else never narrows by itself: negated operators admit
 * all but a few, date, number and address operators do not say who, and `Null` only asks for presence.
 * Source: IAM User Guide, "IAM JSON policy elements: Condition operators".
 */
const POSITIVE_OPERATORS: ReadonlyMap<string, PositiveOperator> = new Map([
  ['stringequals', 'string'],
  ['stringequalsignorecase', 'string'],
  ['stringlike', 'string'],
  ['arnequals', 'arn'],
  ['arnlike', 'arn'],
  ['bool', 'bool'],
]);

/**
 * The keys that say who calls or through what. Sources: IAM User Guide, "AWS global condition context
 * keys"; KMS Developer Guide, "AWS KMS condition keys". Keys that anyone can satisfy from an account
 * of their own (kms:ViaService, kms:EncryptionContext:…, aws:PrincipalTag/…, aws:SecureTransport) are
 * left out on purpose, and so is aws:SourceIp, which says where a call comes from but not whose it is
 * and does not hold for calls that services make ("Using the IP address condition in policies with AWS
 * KMS permissions").
 */
const RESTRICTING_KEYS: ReadonlyMap<string, RestrictingKey> = new Map(
  (
    [
      { name: 'aws:PrincipalOrgID', aspect: 'caller', read: readOrganization },
      { name: 'aws:PrincipalOrgPaths', aspect: 'caller', read: readOrganizationPath },
      { name: 'aws:PrincipalAccount', aspect: 'caller', read: readAccount },
      { name: 'aws:PrincipalArn', aspect: 'caller', read: readPrincipalArn },
      { name: 'aws:userid', aspect: 'caller', read: readUserId },
      { name: 'kms:CallerAccount', aspect: 'caller', read: readAccount },
      { name: 'aws:SourceAccount', aspect: 'source', read: readAccount },
      { name: 'aws:SourceArn', aspect: 'source', read: readResourceArn },
      { name: 'aws:SourceOrgID', aspect: 'source', read: readOrganization },
      { name: 'aws:SourceOrgPaths', aspect: 'source', read: readOrganizationPath },
      { name: 'aws:SourceVpc', aspect: 'network', read: readNetwork },
      { name: 'aws:SourceVpce', aspect: 'network', read: readNetwork },
      { name: 'aws:SourceVpcArn', aspect: 'network', read: readNetworkArn },
      { name: 'aws:VpceAccount', aspect: 'network', read: readNetwork },
      { name: 'aws:VpceOrgID', aspect: 'network', read: readNetwork },
      { name: 'aws:VpceOrgPaths', aspect: 'network', read: readNetworkPath },
      { name: 'aws:PrincipalServiceName', aspect: 'service', read: readService },
      { name: 'aws:PrincipalServiceNamesList', aspect: 'service', read: readService },
      { name: 'aws:PrincipalIsAWSService', aspect: 'service', read: readIsService },
    ] satisfies readonly RestrictingKey[]
  ).map((k) => [k.name.toLowerCase(), k]),
);

/**
 * The condition keys of a statement that really narrow who may use it, in the order in which they are
 * written. Each must hold, so each narrows on its own; within one, any value will do, so the widest
 * value counts and one wildcard value undoes the rest.
 */
export function restrictionsOf(statement: Statement, from: Standpoint): readonly Restriction[] {
  const { tests } = statement;
  if (tests.length === 0) return [];
  const mustExist = keysThatMustExist(tests);
  const found: Restriction[] = [];
  for (const test of tests) {
    const name = test.key.toLowerCase();
    const key = RESTRICTING_KEYS.get(name);
    if (key === undefined) continue;
    const operator = demandingOperator(test.operator, mustExist.has(name));
    if (operator === null || (operator === 'bool' && key.read !== readIsService)) continue;
    const reach = admitted(test.values, statement.hasVariables, from, operator, key.read);
    if (reach !== 'PUBLIC') found.push({ key: key.name, aspect: key.aspect, reach });
  }
  return found;
}

/**
 * Whether the encryption context ties a call to a resource of a known account, as CloudWatch Logs and
 * CloudTrail document it (kms:EncryptionContext:aws:logs:arn, kms:EncryptionContext:aws:cloudtrail:arn).
 */
export function contextNamesResource(statement: Statement, from: Standpoint): boolean {
  const mustExist = keysThatMustExist(statement.tests);
  return statement.tests.some((test) => {
    const name = test.key.toLowerCase();
    if (!name.startsWith('kms:encryptioncontext:')) return false;
    const operator = demandingOperator(test.operator, mustExist.has(name));
    if (operator === null || operator === 'bool') return false;
    if (!test.values.every((v) => v.startsWith('arn:'))) return false;
    const reach = admitted(test.values, statement.hasVariables, from, operator, readResourceArn);
    return reach !== 'PUBLIC';
  });
}

/** Keys that only cryptographic requests and CreateGrant carry (KMS, "AWS KMS condition keys"). */
const NOT_IN_ADMINISTRATION =
  /^kms:(encryptioncontext:|encryptioncontextkeys$|encryptionalgorithm$|signingalgorithm$|macalgorithm$|messagetype$|grantisforawsresource$|grantoperations$|grantconstrainttype$|granteeprincipal$|recipientattestation:)/;

/**
 * Whether a condition can never be met by a request that administers the key, because it demands a key
 * that such a request does not carry.
 */
export function shutsOutAdministration(statement: Statement): boolean {
  const mustExist = keysThatMustExist(statement.tests);
  return statement.tests.some(({ operator, key }) => {
    const name = key.toLowerCase();
    if (!NOT_IN_ADMINISTRATION.test(name)) return false;
    return mustExist.has(name) || demandingOperator(operator, false) !== null;
  });
}

/**
 * Whether aws:SourceIp admits a small part of the internet only: no block wider than /8 (IPv4) or /32
 * (IPv6), the limits of "The meaning of public" in the Amazon S3 User Guide. It does not change the
 * trust, for it does not say whose credentials come from there.
 */
export function limitsAddresses(statement: Statement): boolean {
  return statement.tests.some(
    ({ operator, key, values }) =>
      key.toLowerCase() === 'aws:sourceip' &&
      /^(foranyvalue:)?ipaddress$/i.test(operator) &&
      values.length > 0 &&
      values.every(isNarrowBlock),
  );
}

function isNarrowBlock(block: string): boolean {
  const [address = '', bits] = block.split('/');
  const isV6 = address.includes(':');
  if (!(isV6 ? /^[0-9a-f:]+$/i : /^\d+\.\d+\.\d+\.\d+$/).test(address)) return false;
  if (bits === undefined) return true;
  return /^\d{1,3}$/.test(bits) && Number(bits) >= (isV6 ? 32 : 8);
}

/**
 * The operator under its prefix and suffix, or null when it demands nothing. `…IfExists` and
 * `ForAllValues:` hold when the key is absent, so they demand something only where a `Null` test says
 * that the key must be there.
 */
function demandingOperator(written: string, mustExist: boolean): PositiveOperator | null {
  let operator = written.toLowerCase();
  let holdsWhenAbsent = false;
  if (operator.startsWith('forallvalues:')) {
    operator = operator.slice('forallvalues:'.length);
    holdsWhenAbsent = true;
  } else if (operator.startsWith('foranyvalue:')) {
    operator = operator.slice('foranyvalue:'.length);
  }
  if (operator.endsWith('ifexists')) {
    operator = operator.slice(0, -'ifexists'.length);
    holdsWhenAbsent = true;
  }
  if (holdsWhenAbsent && !mustExist) return null;
  return POSITIVE_OPERATORS.get(operator) ?? null;
}

function keysThatMustExist(tests: readonly ConditionTest[]): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { operator, key, values } of tests) {
    if (operator.toLowerCase() !== 'null') continue;
    if (values.length > 0 && values.every((v) => v.toLowerCase() === 'false')) {
      keys.add(key.toLowerCase());
    }
  }
  return keys;
}

/**
 * How far the values reach. Wildcards count under exact operators as well: there they would match
 * nobody, but whoever wrote `"StringEquals": {"aws:PrincipalOrgID": "*"}` did not mean to shut everyone
 * out, and AWS Config ("kms-key-policy-no-public-access") accepts fixed values only.
 */
function admitted(
  values: readonly string[],
  hasVariables: boolean,
  from: Standpoint,
  operator: PositiveOperator,
  read: ValueReader,
): Reach {
  let reach: Reach | null = null;
  for (const value of values) {
    const one = read(hasVariables ? fillVariables(value, from) : value, from, operator);
    reach = reach === null ? one : farther(reach, one);
  }
  return reach ?? 'PUBLIC';
}

/** Stands for the key's own organization where its id is not known; it cannot be written in a policy. */
const OWN_ORGANIZATION = '\u0000own';

/**
 * Fills in the variables that are fixed for the key itself and takes every other one for a wildcard,
 * because the caller chooses it. `${*}`, `${?}` and `${$}` are the characters themselves.
 * Source: IAM User Guide, "IAM policy elements: Variables and tags".
 */
function fillVariables(value: string, from: Standpoint): string {
  if (!value.includes('${')) return value;
  return value.replace(/\$\{([^}]*)\}/g, (_, inner: string) => {
    const name = inner.trim().toLowerCase();
    if (name === '*' || name === '?' || name === '$') return '\uFFFD';
    if (name === 'aws:resourceaccount') return from.accountId;
    if (name === 'aws:resourceorgid') return from.organization.id ?? OWN_ORGANIZATION;
    return '*';
  });
}

const ACCOUNT_ID = /^\d{12}\*?$/;

function readAccount(value: string, from: Standpoint): Reach {
  // Account ids have exactly twelve digits, so a star after twelve adds nothing.
  if (ACCOUNT_ID.test(value)) return reachOfAccount(value.slice(0, 12), from);
  return hasWildcard(value) ? 'PUBLIC' : 'EXTERNAL';
}

function readOrganization(value: string, from: Standpoint): Reach {
  // Ids are `o-` and at least ten characters; with fewer fixed ones a pattern fits other organizations.
  const fixed = value.replace(/[*?].*$/, '');
  if (hasWildcard(value) && fixed.length < 12) return 'PUBLIC';
  const id = fixed.toLowerCase();
  const own = from.organization.id?.toLowerCase();
  return id === OWN_ORGANIZATION || id === own ? 'ORGANIZATION' : 'EXTERNAL';
}

function readOrganizationPath(value: string, from: Standpoint): Reach {
  const slash = value.indexOf('/');
  return readOrganization(slash < 0 ? value : value.slice(0, slash), from);
}

/**
 * The account of a principal's ARN. With string operators a star may run over colons, and role paths
 * may hold colons, so `arn:*:iam::111122223333:role/x` also fits a role of any other account; only
 * ARN operators compare part by part.
 */
function readPrincipalArn(value: string, from: Standpoint, operator: PositiveOperator): Reach {
  const parts = value.split(':');
  const account = parts[4];
  if (account === undefined) return hasWildcard(value) ? 'PUBLIC' : 'EXTERNAL';
  if (operator === 'string' && parts.slice(0, 4).some((p) => p.includes('*'))) return 'PUBLIC';
  return readAccount(account, from);
}

/** A unique id of a role or user tells one identity but not its account. */
function readUserId(value: string, from: Standpoint): Reach {
  if (/^A[A-Z0-9]{15,}(:.*)?$/.test(value)) return 'EXTERNAL';
  return readAccount(value, from);
}

/** The account of a resource's ARN; an S3 bucket's tells none, but its name is one bucket's. */
function readResourceArn(value: string, from: Standpoint): Reach {
  const parts = value.split(':');
  const account = parts[4];
  const resource = parts[5];
  if (account === undefined || resource === undefined) {
    return hasWildcard(value) ? 'PUBLIC' : 'EXTERNAL';
  }
  if (account === '') return /^[*?]/.test(resource) ? 'PUBLIC' : 'EXTERNAL';
  return readAccount(account, from);
}

/**
 * A VPC, an endpoint or its owner, named exactly. It says through what a call comes, not whose
 * credentials sign it: any account's caller may come through, so such a statement is not public, but
 * nothing keeps it inside the organization either. IAM Access Analyzer likewise reports external
 * access that is not public ("IAM Access Analyzer filter keys": aws:SourceVpc, aws:SourceVpce).
 */
function readNetwork(value: string): Reach {
  return hasWildcard(value) ? 'PUBLIC' : 'EXTERNAL';
}

function readNetworkArn(value: string, from: Standpoint): Reach {
  return readResourceArn(value, from) === 'PUBLIC' ? 'PUBLIC' : 'EXTERNAL';
}

function readNetworkPath(value: string, from: Standpoint): Reach {
  return readOrganizationPath(value, from) === 'PUBLIC' ? 'PUBLIC' : 'EXTERNAL';
}

function readService(value: string): Reach {
  return hasWildcard(value) ? 'PUBLIC' : 'EXTERNAL';
}

function readIsService(value: string): Reach {
  return value.toLowerCase() === 'true' ? 'EXTERNAL' : 'PUBLIC';
}
