import { errorCode, errorMessage } from '../read/errors.ts';

/**
 * The collector's own credentials are missing, expired or refused. Nothing more can be read with
 * them, so a run ends rather than record every account that is left as failed.
 */
export class CallerCredentialsError extends Error {
  constructor(error: unknown) {
    super(`The credentials of the collector were not accepted: ${errorMessage(error)}`, {
      cause: error,
    });
    this.name = 'CallerCredentialsError';
  }
}

/** What STS and the SDK call credentials that are missing, expired or wrong. */
const codes: ReadonlySet<string> = new Set([
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'SignatureDoesNotMatch',
  'TokenProviderError',
  'UnrecognizedClientException',
]);

/** Whether an answer of STS to the collector itself says that its credentials are no good. */
export const isCredentialsError = (error: unknown): boolean => codes.has(errorCode(error));
