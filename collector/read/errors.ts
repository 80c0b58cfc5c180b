/** What AWS exceptions mean to a reader. They are recognised by name: the SDK has a class per service. */

const throttlingCodes: ReadonlySet<string> = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'RequestThrottled',
  'RequestThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'LimitExceededException',
  'BandwidthLimitExceeded',
  'PriorRequestNotComplete',
  'SlowDown',
]);

const transientCodes: ReadonlySet<string> = new Set([
  // AWS
  'DependencyTimeoutException',
  'InternalError',
  'InternalFailure',
  'InternalServerError',
  'KMSInternalException',
  'RequestExpired',
  'RequestTimeTooSkewed',
  'RequestTimeout',
  'RequestTimeoutException',
  'ServiceException',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'TimeoutError',
  // The network
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
]);

/** The error code of an AWS exception or a network error; `UnknownError` when there is none. */
export function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'UnknownError';
  const { name, code } = error as { name?: unknown; code?: unknown };
  if (typeof name === 'string' && name !== '' && name !== 'Error') return name;
  return typeof code === 'string' && code !== '' ? code : 'UnknownError';
}

export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function codesOf(error: unknown): readonly unknown[] {
  if (typeof error !== 'object' || error === null) return [];
  const { name, code } = error as { name?: unknown; code?: unknown };
  return [name, code];
}

/** True when the request was refused because there were too many; it costs time, never data. */
export function isThrottling(error: unknown): boolean {
  return (
    codesOf(error).some((code) => throttlingCodes.has(String(code))) || statusOf(error) === 429
  );
}

/** True when the same request may well succeed in a moment. */
export function isTransient(error: unknown): boolean {
  return codesOf(error).some((code) => transientCodes.has(String(code))) || statusOf(error) >= 500;
}

function statusOf(error: unknown): number {
  const status = (error as { $metadata?: { httpStatusCode?: unknown } } | null)?.$metadata
    ?.httpStatusCode;
  return typeof status === 'number' ? status : 0;
}

const callersFaults: ReadonlySet<string> = new Set([
  'CallerCredentialsError',
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
]);

/** True when the collector's own credentials are at fault, so that no other request can succeed. */
export const isCallersFault = (error: unknown): boolean => callersFaults.has(errorCode(error));
