import {
  CloudTrailServiceException,
  InvalidLookupAttributesException,
  InvalidMaxResultsException,
  InvalidNextTokenException,
  InvalidTimeRangeException,
} from '@aws-sdk/client-cloudtrail';
import {
  InvalidArnException,
  InvalidMarkerException,
  KMSServiceException,
  NotFoundException,
  UnsupportedOperationException,
} from '@aws-sdk/client-kms';
import {
  ChildNotFoundException,
  InvalidInputException,
  OrganizationalUnitNotFoundException,
  TargetNotFoundException,
} from '@aws-sdk/client-organizations';
import { randomOf } from './random.ts';

/**
 * The exceptions that the SDK throws, with AWS's texts. Where AWS does not model an error, the SDK
 * throws its service's base class under the error's name; so do these.
 */

/** Metadata as the SDK attaches it; the request id follows from the message. */
const metadata = (httpStatusCode: number, message: string) => ({
  httpStatusCode,
  requestId: randomOf(message).uuid(),
  attempts: 1,
  totalRetryDelay: 0,
});

const client = (status: number, message: string) =>
  ({ $fault: 'client', $metadata: metadata(status, message), message }) as const;

/** The caller as AWS names it in its messages. */
export const collectorSession = (collectorAccountId: string): string =>
  `arn:aws:sts::${collectorAccountId}:assumed-role/kms-insights-collector/kms-insights`;

export const memberSession = (accountId: string): string =>
  `arn:aws:sts::${accountId}:assumed-role/KMSInsightsReadRole/kms-insights`;

/** An error of STS. The SDK client for it is no dependency here; only name and texts matter. */
class StsError extends Error {
  readonly $fault = 'client';
  readonly $service = 'STS';
  readonly $metadata: ReturnType<typeof metadata>;
  readonly Code: string;

  constructor(name: string, status: number, message: string) {
    super(message);
    this.name = name;
    this.Code = name;
    this.$metadata = metadata(status, message);
  }
}

/**
 * AssumeRole was refused. AWS says the same whether the role is missing or its trust policy does
 * not match (the external id, for example); only a service control policy is named.
 */
export function assumeRoleDenied(
  collectorAccountId: string,
  accountId: string,
  byControlPolicy: boolean,
): Error {
  const base = `User: ${collectorSession(collectorAccountId)} is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::${accountId}:role/KMSInsightsReadRole`;
  return new StsError(
    'AccessDenied',
    403,
    byControlPolicy ? `${base} with an explicit deny in a service control policy` : base,
  );
}

export const stsNotActivated = (accountId: string): Error =>
  new StsError(
    'RegionDisabledException',
    403,
    `STS is not activated in this region for account:${accountId}. Your account administrator can activate STS in this region using the IAM Console.`,
  );

export type DenialReason =
  | 'no identity-based policy allows'
  | 'no resource-based policy allows'
  | 'service control policy'
  | 'resource-based policy';

function denial(accountId: string, action: string, resource: string, reason: DenialReason): string {
  const base = `User: ${memberSession(accountId)} is not authorized to perform: ${action}`;
  const on = resource === '' ? '' : ` on resource: ${resource}`;
  return reason.startsWith('no ')
    ? `${base}${on} because ${reason} the ${action} action`
    : `${base}${on} with an explicit deny in a ${reason}`;
}

export const kmsDenied = (
  accountId: string,
  action: string,
  resource: string,
  reason: DenialReason,
): Error =>
  new KMSServiceException({
    name: 'AccessDeniedException',
    ...client(400, denial(accountId, `kms:${action}`, resource, reason)),
  });

export const lookupDenied = (accountId: string): Error =>
  new CloudTrailServiceException({
    name: 'AccessDeniedException',
    ...client(
      400,
      denial(accountId, 'cloudtrail:LookupEvents', '', 'no identity-based policy allows'),
    ),
  });

export const kmsThrottled = (): Error =>
  new KMSServiceException({
    name: 'ThrottlingException',
    $retryable: { throttling: true },
    ...client(400, 'Rate exceeded'),
  });

export const validationFailed = (field: string, value: number, bound: string): Error =>
  new KMSServiceException({
    name: 'ValidationException',
    ...client(
      400,
      `1 validation error detected: Value '${value}' at '${field}' failed to satisfy constraint: Member must have value ${bound}`,
    ),
  });

export const keyNotFound = (arn: string): Error =>
  new NotFoundException(client(400, `Key '${arn}' does not exist`));

export const aliasNotFound = (arn: string): Error =>
  new NotFoundException(client(400, `Alias ${arn} is not found.`));

export const policyNotFound = (): Error =>
  new NotFoundException(client(400, 'No such policy exists'));

export const invalidArn = (arn: string): Error =>
  new InvalidArnException(client(400, `Invalid arn ${arn}`));

export const invalidMarker = (): Error =>
  new InvalidMarkerException(client(400, 'Could not deserialize token'));

export const rotationUnsupported = (arn: string, origin: string): Error =>
  new UnsupportedOperationException(
    client(400, `${arn} origin is ${origin} which is not valid for this operation.`),
  );

export const childNotFound = (): Error =>
  new ChildNotFoundException(
    client(400, "You specified an organizational unit or account that doesn't exist."),
  );

export const unitNotFound = (): Error =>
  new OrganizationalUnitNotFoundException(
    client(400, "You specified an organizational unit that doesn't exist."),
  );

export const targetNotFound = (): Error =>
  new TargetNotFoundException(client(400, "You specified a target that doesn't exist."));

export const invalidOrganizationsToken = (): Error =>
  new InvalidInputException({
    Reason: 'INVALID_NEXT_TOKEN',
    ...client(400, 'You specified an invalid value for the pagination token.'),
  });

export const invalidLookup = (message: string): Error =>
  new InvalidLookupAttributesException(client(400, message));

export const invalidMaxResults = (): Error =>
  new InvalidMaxResultsException(client(400, 'A limit of 1 to 50 results is allowed.'));

export const invalidNextToken = (): Error =>
  new InvalidNextTokenException(client(400, 'Invalid token.'));

export const invalidTimeRange = (): Error =>
  new InvalidTimeRangeException(client(400, 'The start time is after the end time.'));
