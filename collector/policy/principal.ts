import type { WrittenPrincipal } from './document.ts';
import type { Permission } from './types.ts';

export type PrincipalType = Permission['principal_type'];

/** A principal as far as its text tells: what it is, and in which account. */
export interface Principal {
  readonly type: PrincipalType;
  /** Exactly as the policy or grant writes it. */
  readonly text: string;
  /** The twelve digits; null for services, anyone, and ids that tell no account. */
  readonly account: string | null;
  /**
   * True when the text is as wide as everyone: `*`, or an ARN with a wildcard for its account. KMS
   * refuses the latter, so it is met only in documents that were never stored there.
   */
  readonly anyone: boolean;
  /** The role's name without its path, for a role or a session of it; null otherwise. */
  readonly roleName: string | null;
}

const ACCOUNT_ID = /^\d{12}$/;
const ONLY_WILDCARDS = /^[*?]+$/;
/** IAM User Guide, "IAM identifiers", "Understanding unique ID prefixes". */
const UNIQUE_ID = /^A[A-Z0-9]{3}[A-Z0-9]{12,}$/;
const SERVICE_NAME =
  /^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$|^[a-z0-9.-]+\.(aws|amazon\.com|aws\.internal)$/i;

/** What a principal of a policy statement is. Total: every text gets an answer, the cautious one when in doubt. */
export function classifyPrincipal({ kind, text }: WrittenPrincipal): Principal {
  switch (kind) {
    case '*':
      return principal('ANYONE', text, { anyone: true });
    case 'Service':
      return principal('SERVICE', text);
    case 'CanonicalUser':
      return ONLY_WILDCARDS.test(text)
        ? principal('ANYONE', text, { anyone: true })
        : principal('CANONICAL', text);
    case 'Federated':
      return ONLY_WILDCARDS.test(text)
        ? principal('ANYONE', text, { anyone: true })
        : principal('FEDERATED', text, accountPart(text));
    case 'AWS':
      return classifyAws(text);
  }
}

/** What the grantee of a grant is: an AWS principal or, written in the same field, a service. */
export function classifyGrantee(text: string): Principal {
  return SERVICE_NAME.test(text) ? principal('SERVICE', text) : classifyAws(text);
}

/** Everyone but somebody: what a NotPrincipal element admits. */
export function everyoneExcept(text: string): Principal {
  return principal('ANYONE', `NOT ${text}`, { anyone: true });
}

function classifyAws(text: string): Principal {
  if (ONLY_WILDCARDS.test(text)) return principal('ANYONE', text, { anyone: true });
  if (ACCOUNT_ID.test(text)) return principal('ACCOUNT', text, { account: text });
  if (UNIQUE_ID.test(text)) return principal('DELETED', text);
  const parts = text.split(':');
  // Any partition is accepted: new ones appear, and the account id alone decides who it is.
  if (parts[0] !== 'arn' || parts.length < 6) return principal('CANONICAL', text);
  const service = parts[2];
  const resource = parts.slice(5).join(':');
  const where = accountPart(text);
  if (service === 'sts') {
    const [word, role] = resource.split('/');
    const roleName = word === 'assumed-role' && role !== undefined ? role : null;
    return principal('SESSION', text, { ...where, roleName });
  }
  if (resource === 'root') return principal('ACCOUNT', text, where);
  if (resource.startsWith('user/')) return principal('USER', text, where);
  if (resource.startsWith('saml-provider/') || resource.startsWith('oidc-provider/')) {
    return principal('FEDERATED', text, where);
  }
  if (resource.startsWith('role/')) {
    return principal('ROLE', text, {
      ...where,
      roleName: resource.slice(resource.lastIndexOf('/') + 1),
    });
  }
  // An ARN of a kind that AWS does not accept as a principal: its account is the widest it can mean.
  return principal('ACCOUNT', text, where);
}

function accountPart(text: string): Pick<Principal, 'account' | 'anyone'> {
  const part = text.startsWith('arn:') ? (text.split(':')[4] ?? '') : '';
  return {
    account: ACCOUNT_ID.test(part) ? part : null,
    anyone: part.includes('*') || part.includes('?'),
  };
}

function principal(
  type: PrincipalType,
  text: string,
  more: Partial<Pick<Principal, 'account' | 'anyone' | 'roleName'>> = {},
): Principal {
  return { type, text, account: null, anyone: false, roleName: null, ...more };
}
