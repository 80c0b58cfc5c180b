import type { AssumeRoleCommandInput, AssumeRoleCommandOutput } from '@aws-sdk/client-sts';
import { errorCode, errorMessage } from '../read/errors.ts';
import { isDenied } from '../read/failure.ts';
import { CallerCredentialsError, isCredentialsError } from './credentials-error.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

export interface MemberRole {
  /** The name of the role in each account, with its path where it has one. */
  readonly name: string;
  /** What the trust policy of the role asks for as `sts:ExternalId`. */
  readonly externalId?: string | undefined;
  /** Seen in the CloudTrail of the member accounts. */
  readonly sessionName: string;
}

export type AssumeRole = (
  input: AssumeRoleCommandInput,
) => Promise<Pick<AssumeRoleCommandOutput, 'Credentials'>>;

/** Credentials so close to their end are replaced: a request must not outlive them. */
const REFRESH_BEFORE_MS = 5 * 60_000;
/** The shortest a role allows, and enough, because they are replaced as long as they are needed. */
const SESSION_SECONDS = 3600;

/**
 * Credentials of the member role in each account, taken once and shared by all its Regions, and taken
 * anew before they expire.
 *
 * Throws {@link CallerCredentialsError} when the collector's own credentials are at fault; otherwise
 * what STS throws, with the role and the caller named where access was denied.
 */
export function memberRole(
  assumeRole: AssumeRole,
  role: MemberRole,
  caller: { readonly arn: string; readonly partition: string },
  now: () => number = Date.now,
): (accountId: string) => Promise<Credentials> {
  const held = new Map<string, Promise<Credentials>>();

  const assume = async (accountId: string): Promise<Credentials> => {
    const RoleArn = `arn:${caller.partition}:iam::${accountId}:role/${role.name}`;
    const answer = await assumeRole({
      RoleArn,
      RoleSessionName: role.sessionName,
      DurationSeconds: SESSION_SECONDS,
      ...(role.externalId === undefined ? {} : { ExternalId: role.externalId }),
    }).catch((error: unknown) => {
      if (isCredentialsError(error)) throw new CallerCredentialsError(error);
      if (!isDenied(errorCode(error))) throw error;
      const id = role.externalId === undefined ? 'no external id' : 'the configured external id';
      throw Object.assign(
        new Error(`${errorMessage(error)} (${caller.arn} asked for ${RoleArn} with ${id})`, {
          cause: error,
        }),
        { name: errorCode(error) },
      );
    });
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer.Credentials ?? {};
    if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
      throw Object.assign(new Error(`STS gave no complete credentials for ${RoleArn}.`), {
        name: 'IncompleteCredentials',
      });
    }
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      expiration: Expiration,
    };
  };

  return async (accountId) => {
    const before = held.get(accountId);
    if (before) {
      const credentials = await before.catch(() => null);
      if (credentials && credentials.expiration.getTime() - now() > REFRESH_BEFORE_MS) {
        return credentials;
      }
      // Another reader may have begun to take new ones meanwhile.
      const current = held.get(accountId);
      if (current && current !== before) return current;
    }
    const taken = assume(accountId);
    held.set(accountId, taken);
    return taken;
  };
}
