import type { PositiveOperator } from './condition-operators.ts';
import { hasWildcard } from './glob.ts';
import { farther, type Reach, reachOfAccount, type Standpoint } from './reach.ts';

/** How the values of a key are read. `exact` operators take wildcards too: see {@link admitted}. */
export type ValueReader = (value: string, from: Standpoint, operator: PositiveOperator) => Reach;

/**
 * How far the values reach. Wildcards count under exact operators as well: there they would match
 * nobody, but whoever wrote `"StringEquals": {"aws:PrincipalOrgID": "*"}` did not mean to shut everyone
 * out, and AWS Config ("kms-key-policy-no-public-access") accepts fixed values only.
 */
export function admitted(
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
  const filled = value.replace(/\$\{([^{}]{0,256})\}/g, (_, inner: string) => {
    const name = inner.trim().toLowerCase();
    if (name === '*' || name === '?' || name === '$') return '\uFFFD';
    if (name === 'aws:resourceaccount') return from.accountId;
    if (name === 'aws:resourceorgid') return from.organization.id ?? OWN_ORGANIZATION;
    return '*';
  });
  // What is left of a variable that cannot be read may become anything.
  return filled.includes('${') ? '*' : filled;
}

const ACCOUNT_ID = /^\d{12}\*?$/;

export function readAccount(value: string, from: Standpoint): Reach {
  // Account ids have exactly twelve digits, so a star after twelve adds nothing.
  if (ACCOUNT_ID.test(value)) return reachOfAccount(value.slice(0, 12), from);
  return hasWildcard(value) ? 'PUBLIC' : 'EXTERNAL';
}

export function readOrganization(value: string, from: Standpoint): Reach {
  // Ids are `o-` and at least ten characters; with fewer fixed ones a pattern fits other organizations.
  const wildcard = value.search(/[*?]/);
  const fixed = wildcard < 0 ? value : value.slice(0, wildcard);
  if (wildcard >= 0 && fixed.length < 12) return 'PUBLIC';
  const id = fixed.toLowerCase();
  const own = from.organization.id?.toLowerCase();
  return id === OWN_ORGANIZATION || id === own ? 'ORGANIZATION' : 'EXTERNAL';
}

export function readOrganizationPath(value: string, from: Standpoint): Reach {
  const slash = value.indexOf('/');
  return readOrganization(slash < 0 ? value : value.slice(0, slash), from);
}

/**
 * The account of a principal's ARN. With string operators a star may run over colons, and role paths
 * may hold colons, so `arn:*:iam::111122223333:role/x` also fits a role of any other account; only
 * ARN operators compare part by part.
 */
export function readPrincipalArn(
  value: string,
  from: Standpoint,
  operator: PositiveOperator,
): Reach {
  const parts = value.split(':');
  const account = parts[4];
  if (account === undefined) return hasWildcard(value) ? 'PUBLIC' : 'EXTERNAL';
  if (operator === 'string' && parts.slice(0, 4).some((p) => p.includes('*'))) return 'PUBLIC';
  return readAccount(account, from);
}

/** A unique id of a role or user tells one identity but not its account. */
export function readUserId(value: string, from: Standpoint): Reach {
  if (/^A[A-Z0-9]{15,}(:.*)?$/.test(value)) return 'EXTERNAL';
  return readAccount(value, from);
}

/** The account of a resource's ARN; an S3 bucket's tells none, but its name is one bucket's. */
export function readResourceArn(value: string, from: Standpoint): Reach {
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
export function readNetwork(value: string): Reach {
  return hasWildcard(value) ? 'PUBLIC' : 'EXTERNAL';
}

export function readNetworkArn(value: string, from: Standpoint): Reach {
  return readResourceArn(value, from) === 'PUBLIC' ? 'PUBLIC' : 'EXTERNAL';
}

export function readNetworkPath(value: string, from: Standpoint): Reach {
  return readOrganizationPath(value, from) === 'PUBLIC' ? 'PUBLIC' : 'EXTERNAL';
}

export function readService(value: string): Reach {
  return hasWildcard(value) ? 'PUBLIC' : 'EXTERNAL';
}

export function readIsService(value: string): Reach {
  return value.toLowerCase() === 'true' ? 'EXTERNAL' : 'PUBLIC';
}
