import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

/** Someone who has an account at the issuer. */
export interface Account {
  readonly sub: string;
  readonly claims: Record<string, unknown>;
}

/**
 * An OpenID Connect issuer on this machine, which holds requests against what the standards say: it refuses
 * codes that were used, verifiers that do not fit, and clients it does not know.
 */
export async function startIssuer(clientId: string, clientSecret: string) {
  let signing = await firstKey;
  let account: Account = { sub: 'u1', claims: {} };
  let disabled = false;
  let isDown = false;
  let seconds = 300;
  /** What is changed of the next ID token: for attacks. */
  let twist: (claims: JWTPayload) => JWTPayload = (claims) => claims;
  /** Signs the next ID token in another way: for attacks. */
  let forge: ((claims: JWTPayload) => Promise<string> | string) | undefined;
  const codes = new Map<string, { challenge: string; nonce: string; redirect: string }>();
  const refreshTokens = new Map<string, string>();
  const asked: string[] = [];
  let url = '';

  const idToken = async (claims: Record<string, unknown>, nonce?: string, typ?: string) => {
    const now = Math.floor(Date.now() / 1_000);
    const all = twist({
      iss: url,
      aud: clientId,
      sub: account.sub,
      iat: now,
      exp: now + seconds,
      ...(nonce === undefined ? {} : { nonce }),
      ...claims,
    });
    twist = (c) => c;
    const forged = forge?.(all);
    forge = undefined;
    if (forged !== undefined) return forged;
    return new SignJWT(all)
      .setProtectedHeader({ alg: 'RS256', kid: signing.kid, ...(typ === undefined ? {} : { typ }) })
      .sign(signing.privateKey);
  };
  const tokens = async (nonce?: string) => {
    const refresh = randomUUID();
    refreshTokens.set(refresh, account.sub);
    return {
      access_token: randomUUID(),
      token_type: 'Bearer',
      expires_in: seconds,
      refresh_token: refresh,
      id_token: await idToken(account.claims, nonce),
    };
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', url);
    asked.push(pathname);
    const json = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (isDown) return void response.writeHead(503).end();
    if (pathname === '/.well-known/openid-configuration') {
      return void json(200, {
        issuer: url,
        authorization_endpoint: `${url}/authorize`,
        token_endpoint: `${url}/token`,
        jwks_uri: `${url}/keys`,
        end_session_endpoint: `${url}/end`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        code_challenge_methods_supported: ['S256'],
      });
    }
    if (pathname === '/keys') return void json(200, { keys: [signing.jwk] });
    if (pathname === '/authorize') {
      const redirect = query.get('redirect_uri') ?? '';
      const isRight =
        query.get('client_id') === clientId &&
        query.get('response_type') === 'code' &&
        query.get('code_challenge_method') === 'S256';
      if (!isRight) return void json(400, { error: 'invalid_request' });
      const code = randomUUID();
      codes.set(code, {
        challenge: query.get('code_challenge') ?? '',
        nonce: query.get('nonce') ?? '',
        redirect,
      });
      const back = new URL(redirect);
      back.searchParams.set('code', code);
      back.searchParams.set('state', query.get('state') ?? '');
      return void response.writeHead(302, { location: back.href }).end();
    }
    if (pathname !== '/token') return void json(404, {});
    const form = new URLSearchParams(await text(request));
    const basic = Buffer.from((request.headers.authorization ?? '').slice(6), 'base64').toString();
    const secret = form.get('client_secret') ?? basic.split(':')[1];
    if (secret !== clientSecret) return void json(401, { error: 'invalid_client' });
    if (form.get('grant_type') === 'refresh_token') {
      const known = refreshTokens.get(form.get('refresh_token') ?? '') === account.sub;
      if (!known || disabled) return void json(400, { error: 'invalid_grant' });
      refreshTokens.delete(form.get('refresh_token') ?? '');
      return void json(200, await tokens());
    }
    const code = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (code?.challenge !== challenge || code.redirect !== form.get('redirect_uri')) {
      return void json(400, { error: 'invalid_grant' });
    }
    json(200, await tokens(code.nonce));
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    asked,
    /** Whoever is at the browser from now on. */
    be: (sub: string, claims: Record<string, unknown> = {}) => {
      account = { sub, claims };
    },
    disable: (is = true) => {
      disabled = is;
    },
    down: (is = true) => {
      isDown = is;
    },
    /** Lifetime of what it grants from now on. */
    lasting: (s: number) => {
      seconds = s;
    },
    twistNext: (how: typeof twist) => {
      twist = how;
    },
    forgeNext: (how: typeof forge) => {
      forge = how;
    },
    /** Takes another signing key; the old one counts no more. */
    rotate: async () => {
      signing = await newKey();
    },
    /** Claims that are undefined are left out. */
    token: (claims: Record<string, unknown> = {}, typ?: string) =>
      idToken({ ...account.claims, ...claims }, undefined, typ),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** Keys take a while to make; the first one serves all issuers of a process. */
const firstKey = newKey();

async function newKey() {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const kid = randomUUID();
  return {
    privateKey,
    kid,
    jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' },
  };
}
