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
  const groups = new Map<string, Failure[]>();
  for (const failure of failures) {
    const name = `${failure.api} ${failure.code}`;
    const group = groups.get(name);
    if (group) group.push(failure);
    else groups.set(name, [failure]);
  }
  return { code: first.code, message: [...groups.values()].map(describeGroup).join(' ') };
}

function describeGroup(failures: readonly Failure[]): string {
  const [failure] = failures;
  if (!failure) return '';
  const keys = [...new Set(failures.flatMap((f) => (f.keyId === null ? [] : [f.keyId])))];
  const most = failure.api === 'DescribeKey' ? MOST_UNDESCRIBED_KEYS_NAMED : MOST_KEYS_NAMED;
  const named = keys.slice(0, most).join(', ');
  const more = keys.length > most ? ` and ${keys.length - most} more` : '';
  const whose =
    keys.length === 0 ? '' : ` for ${keys.length === 1 ? 'key' : 'keys'} ${named}${more}`;
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
