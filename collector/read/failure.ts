import type { ApiName } from './call.ts';
import { errorCode, errorMessage } from './errors.ts';

/** One AWS request that failed for good. */
export interface Failure {
  readonly api: ApiName;
  /** The AWS error code, such as AccessDeniedException. */
  readonly code: string;
  readonly message: string;
  /** The key that the request was about; null when it was about none. */
  readonly keyId: string | null;
  /** How many keys more failed likewise and are not named; see {@link condensed}. */
  readonly others?: number;
}

export function failureOf(api: ApiName, error: unknown, keyId: string | null = null): Failure {
  return { api, code: errorCode(error), message: errorMessage(error), keyId };
}

const NO_TRAIL =
  'Who used or changed the keys is not known from the organization trail, or incomplete.';

/** What is still known when a request fails. */
const consequences: Partial<Record<ApiName, string>> = {
  ListAccounts:
    'The name and organizational unit of the account are unknown, and accounts of the organization that were not named count as outside it.',
  ListParents: 'The organizational unit of the account is unknown.',
  ListTagsForResource: 'The tags of the account are unknown.',
  ListRegions: 'Its keys are missing.',
  AssumeRole: 'Its keys are missing.',
  ListKeys: 'Its keys are missing.',
  ListAliases: 'The aliases of the keys are unknown.',
  DescribeKey: 'Their state, kind and age are unknown.',
  GetKeyPolicy: 'Their key policies are unknown.',
  ListResourceTags: 'Their tags are unknown.',
  ListGrants: 'Their grants are unknown.',
  GetKeyRotationStatus: 'Their rotation is unknown.',
  GetKeyLastUsage: 'Their last use is unknown unless CloudTrail shows one.',
  LookupEvents: 'Who used or changed the keys is incomplete.',
  StartQueryExecution: NO_TRAIL,
  GetQueryExecution: NO_TRAIL,
  GetQueryResults: NO_TRAIL,
};

const ASK_ATHENA =
  'Let the collector query the table of the trail: collect --dry-run prints the permissions for it.';

const fixes: Partial<Record<ApiName, string>> = {
  ListAccounts:
    'Run in the management account or a delegated administrator of AWS Organizations, and let it call organizations:ListAccounts.',
  ListParents:
    'Let the collector call organizations:ListParents and organizations:DescribeOrganizationalUnit.',
  ListTagsForResource: 'Let the collector call organizations:ListTagsForResource.',
  ListRegions:
    'Deploy the member role to the account, let its trust policy name the collector (and the external id, where it asks for one), and let it call account:ListRegions.',
  AssumeRole:
    'Deploy the member role to the account, and let its trust policy name the collector and, where it asks for one, the external id that is configured.',
  LookupEvents: 'Let the read role call cloudtrail:LookupEvents.',
  StartQueryExecution: ASK_ATHENA,
  GetQueryExecution: ASK_ATHENA,
  GetQueryResults: ASK_ATHENA,
};

const LONGEST_MESSAGE = 200;
const MOST_KEYS_NAMED = 5;

/** A key that could not be described is in no table; its status is the only place that names it. */
const MOST_UNDESCRIBED_KEYS_NAMED = 100;

/**
 * The failures of one account-Region as `error_code` and `error_message`: the code of the first, and
 * per operation and code how often it failed, what is missing for it, and how to mend it.
 */
export function describeFailures(
  failures: readonly Failure[],
): { readonly code: string; readonly message: string } | null {
  const first = failures[0];
  if (!first) return null;
  return { code: first.code, message: alike(failures).map(describeGroup).join(' ') };
}

/** By operation and code, in the order in which they were met. */
function alike(failures: readonly Failure[]): readonly (readonly Failure[])[] {
  const groups = new Map<string, Failure[]>();
  for (const failure of failures) {
    const name = `${failure.api} ${failure.code}`;
    const group = groups.get(name);
    if (group) group.push(failure);
    else groups.set(name, [failure]);
  }
  return [...groups.values()];
}

const mostNamed = (failure: Failure) =>
  failure.api === 'DescribeKey' ? MOST_UNDESCRIBED_KEYS_NAMED : MOST_KEYS_NAMED;

/**
 * Failures that are described as these are, but no more than will be named: what failed for every key
 * of a large account and Region is held once. A key must not be among failures that are added later.
 */
export function condensed(failures: readonly Failure[]): readonly Failure[] {
  return alike(failures).flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const byKey = new Map<string | null, Failure>();
    for (const failure of group) {
      if (!byKey.has(failure.keyId)) byKey.set(failure.keyId, failure);
    }
    const kept = [...byKey.values()].slice(0, mostNamed(first));
    const others =
      byKey.size - kept.length + group.reduce((sum, failure) => sum + (failure.others ?? 0), 0);
    return kept.map(({ others: _, ...failure }, n) =>
      n === 0 && others > 0 ? { ...failure, others } : failure,
    );
  });
}

function describeGroup(failures: readonly Failure[]): string {
  const [failure] = failures;
  if (!failure) return '';
  const keys = [...new Set(failures.flatMap((f) => (f.keyId === null ? [] : [f.keyId])))];
  const others = failures.reduce((sum, f) => sum + (f.others ?? 0), 0);
  const named = keys.slice(0, mostNamed(failure));
  const unnamed = keys.length - named.length + others;
  const more = unnamed > 0 ? ` and ${unnamed} more` : '';
  const whose =
    keys.length === 0
      ? ''
      : ` for ${keys.length + others === 1 ? 'key' : 'keys'} ${named.join(', ')}${more}`;
  const fix =
    fixes[failure.api] ??
    `Let the read role call kms:${failure.api}: an IAM policy must allow it, and the key policy must not deny it.`;
  return [
    `${failure.api} failed${whose} with ${failure.code}: ${shorten(failure.message)}`,
    consequences[failure.api] ?? '',
    isDenied(failure.code) ? fix : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

/** Whether an error code says that a permission is missing. */
export const isDenied = (code: string) =>
  /AccessDenied|Unauthorized|NotAuthorized|AuthFailure|Forbidden/i.test(code);

/** One line, at most 200 characters, that ends with a full stop. */
function shorten(message: string): string {
  const line = message.replace(/\s+/gu, ' ').trim();
  const characters = [...line];
  if (characters.length > LONGEST_MESSAGE) {
    return `${characters.slice(0, LONGEST_MESSAGE).join('')}…`;
  }
  return /[.!?…]$/u.test(line) ? line : `${line}.`;
}
