import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';
import * as oidc from 'openid-client';
import type { AuthSettings } from './settings.ts';

/** Someone as the issuer tells of them, once its word is verified. */
export interface Person {
  /** The issuer's own id of them, which never changes. */
  readonly subject: string;
  readonly user: string;
  readonly name: string;
  readonly groups: readonly string[];
}

/** What a sign-in or a refresh gives. */
export interface Granted {
  readonly person: Person;
  readonly refreshToken: string | null;
  readonly idToken: string | null;
  /** From then on the issuer has to be asked again. */
  readonly until: Date;
}

/** What one sign-in is held against when the browser comes back. */
export interface Attempt {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** The issuer does not vouch for this person (any more): not signed in, disabled, or forged. */
export class NotVouchedFor extends Error {}

/** The issuer could not be asked. */
export class IssuerUnreachable extends Error {}

/**
 * An OpenID Connect issuer. Sources: OpenID Connect Core 1.0 and Discovery 1.0; RFC 6749, 7636 and 9700; of
 * Amazon Cognito, "Using the tokens" and "Logout endpoint" of its developer guide.
 */
export interface Issuer {
  readonly newAttempt: () => Attempt;
  readonly signInUrl: (attempt: Attempt) => Promise<URL>;
  /** Exchanges the code that the browser brought to `callback`. Throws {@link NotVouchedFor}. */
  readonly redeem: (callback: URL, attempt: Attempt) => Promise<Granted>;
  /** Throws {@link NotVouchedFor} when the person may not stay signed in. */
  readonly refresh: (refreshToken: string, before: Person) => Promise<Granted>;
  /** Where the session at the issuer ends too; null where it has no such address. */
  readonly signOutUrl: (idToken: string | null) => Promise<URL | null>;
  /** Who a bearer token is of. Throws {@link NotVouchedFor}. */
  readonly bearer: (token: string) => Promise<Person>;
}

/** Tokens without a time of their own are asked for again after this. */
const DEFAULT_SECONDS = 300;
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'EdDSA',
];

export const callbackPath = '/auth/callback';

/** The issuer of the settings. It is asked for its addresses when it is first needed. */
export function openIssuer(settings: AuthSettings, clock: () => Date): Issuer {
  const { issuer, clientId, clientSecret, publicUrl, scopes, cognitoDomain } = settings;
  const insecure = issuer.startsWith('http:');
  let known: Promise<oidc.Configuration> | undefined;
  const configuration = () => {
    known ??= oidc
      .discovery(new URL(issuer), clientId, clientSecret, undefined, {
        // Besides TLS, the signature of each ID token is verified.
        execute: [
          oidc.enableNonRepudiationChecks,
          ...(insecure ? [oidc.allowInsecureRequests] : []),
        ],
        timeout: 10,
      })
      .catch((error: unknown) => {
        known = undefined;
        throw new IssuerUnreachable(`${issuer} could not be asked`, { cause: error });
      });
    return known;
  };
  let keys: ReturnType<typeof createRemoteJWKSet> | undefined;

  const granted = (
    tokens: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers,
    before: Person | null,
  ): Granted => {
    const claims = tokens.claims();
    const person = claims ? personOf(claims, settings) : before;
    if (!person || (before && before.subject !== person.subject)) {
      throw new NotVouchedFor('the issuer spoke of somebody else, or of nobody');
    }
    const seconds = tokens.expiresIn() ?? DEFAULT_SECONDS;
    return {
      person,
      refreshToken: tokens.refresh_token ?? null,
      idToken: tokens.id_token ?? null,
      until: new Date(clock().getTime() + seconds * 1_000),
    };
  };

  return {
    newAttempt: () => ({
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier: oidc.randomPKCECodeVerifier(),
    }),
    signInUrl: async ({ state, nonce, verifier }) =>
      oidc.buildAuthorizationUrl(await configuration(), {
        redirect_uri: `${publicUrl}${callbackPath}`,
        scope: scopes,
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      }),
    redeem: async (callback, { state, nonce, verifier }) => {
      const config = await configuration();
      const tokens = await oidc
        .authorizationCodeGrant(config, callback, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        })
        .catch(refusal);
      return granted(tokens, null);
    },
    refresh: async (refreshToken, before) => {
      const config = await configuration();
      const tokens = await oidc.refreshTokenGrant(config, refreshToken).catch(refusal);
      const next = granted(tokens, before);
      return { ...next, refreshToken: next.refreshToken ?? refreshToken };
    },
    signOutUrl: async (idToken) => {
      if (cognitoDomain !== undefined) {
        const url = new URL(`${cognitoDomain}/logout`);
        url.searchParams.set('client_id', clientId);
        url.searchParams.set('logout_uri', `${publicUrl}/`);
        return url;
      }
      const config = await configuration();
      if (!config.serverMetadata().end_session_endpoint) return null;
      return oidc.buildEndSessionUrl(config, {
        post_logout_redirect_uri: `${publicUrl}/`,
        ...(idToken ? { id_token_hint: idToken } : {}),
      });
    },
    bearer: async (token) => {
      const config = await configuration();
      const { issuer: name, jwks_uri: address } = config.serverMetadata();
      if (!address) throw new IssuerUnreachable(`${issuer} names no keys`);
      keys ??= createRemoteJWKSet(new URL(address), { timeoutDuration: 5_000 });
      const verified = await jwtVerify(token, keys, {
        issuer: name,
        algorithms: ALGORITHMS,
        currentDate: clock(),
        requiredClaims: ['exp', 'sub'],
      }).catch(refusal);
      const { payload, protectedHeader } = verified;
      if (!isOfAPerson(protectedHeader.typ))
        throw new NotVouchedFor('the token is of another kind');
      if (!isFor(payload, clientId)) throw new NotVouchedFor('the token is for another client');
      return personOf(payload, settings);
    },
  };
}

/** ID tokens and access tokens (RFC 9068); not, for example, logout tokens (OpenID Connect Back-Channel Logout 1.0). */
const isOfAPerson = (type: string | undefined): boolean =>
  type === undefined || /^(application\/)?(at\+)?jwt$/i.test(type);

/** ID tokens name the client as audience, access tokens of Cognito in a claim of its own. */
const isFor = ({ aud, client_id: client }: JWTPayload, clientId: string): boolean =>
  [aud].flat().includes(clientId) || (aud === undefined && client === clientId);

/**
 * What the claims say. An e-mail address counts only where the issuer says that it is verified: else anyone
 * who may edit a profile could be taken for another in the audit log.
 */
function personOf(claims: JWTPayload | oidc.IDToken, settings: AuthSettings): Person {
  const text = (...names: readonly string[]) => {
    const found = names.map((n) => claims[n]).find((v) => typeof v === 'string' && v !== '');
    return typeof found === 'string' ? found.slice(0, 200) : undefined;
  };
  const subject = text('sub');
  if (subject === undefined) throw new NotVouchedFor('the token names nobody');
  const isVerified = claims.email_verified === true || claims.email_verified === 'true';
  const username = text('cognito:username', 'username') ?? subject;
  const user = (isVerified ? text('email') : undefined) ?? username;
  const groups = settings.groupClaims.flatMap((claim) => {
    const value = claims[claim];
    if (Array.isArray(value)) return value.filter((v) => typeof v === 'string');
    // What Cognito takes over from SAML is text: [one, two].
    if (typeof value !== 'string') return [];
    return value
      .replace(/^\[(.*)\]$/s, '$1')
      .split(',')
      .map((v) => v.trim())
      .filter((v) => v !== '');
  });
  return { subject, user, name: text('name', 'given_name') ?? user, groups };
}

/** What the libraries throw, told apart: a no of the issuer or of the check, and silence. */
function refusal(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const isSilence =
    error instanceof TypeError ||
    // Of jose, the generic one is that the keys were not given, or are none.
    /^(OAUTH_TIMEOUT|ERR_JWKS_TIMEOUT|ERR_JOSE_GENERIC$|ECONN|ENOTFOUND)/.test(code) ||
    (error instanceof oidc.ResponseBodyError && error.status >= 500) ||
    // An answer that is none of OAuth's, such as the error page of a proxy.
    (error instanceof Error && error.cause instanceof Response && error.cause.status >= 500) ||
    (error instanceof Error && error.name === 'TimeoutError');
  if (isSilence) throw new IssuerUnreachable('the issuer did not answer', { cause: error });
  throw new NotVouchedFor(error instanceof Error ? error.message : String(error), { cause: error });
}
