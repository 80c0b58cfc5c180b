import type { ConditionKey } from '../schema/enums.ts';
import { demandingOperator, keysThatMustExist } from './condition-operators.ts';
import {
  admitted,
  readAccount,
  readIsService,
  readNetwork,
  readNetworkArn,
  readNetworkPath,
  readOrganization,
  readOrganizationPath,
  readPrincipalArn,
  readResourceArn,
  readService,
  readUserId,
  type ValueReader,
} from './condition-values.ts';
import type { Statement } from './document.ts';
import type { Reach, Standpoint } from './reach.ts';

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

export interface RestrictingKey {
  readonly name: ConditionKey;
  readonly aspect: Aspect;
  readonly read: ValueReader;
}

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
      // AWS sets these from the role session, so they tell the account of whose credentials sign.
      { name: 'lambda:SourceFunctionArn', aspect: 'caller', read: readResourceArn },
      { name: 'ec2:SourceInstanceArn', aspect: 'caller', read: readResourceArn },
      { name: 'ssm:SourceInstanceArn', aspect: 'caller', read: readResourceArn },
      { name: 'codebuild:BuildArn', aspect: 'caller', read: readResourceArn },
      { name: 'codebuild:ProjectArn', aspect: 'caller', read: readResourceArn },
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

/** How a condition key narrows, or null when it does not. Case does not matter in keys. */
export function restrictingKey(written: string): RestrictingKey | null {
  return RESTRICTING_KEYS.get(written.toLowerCase()) ?? null;
}

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
