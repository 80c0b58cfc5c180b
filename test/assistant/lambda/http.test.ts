import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { beforeAll, describe, expect, it } from 'vitest';
import type { DeployedApp } from '../../../assistant/lambda/deployed.ts';
import { behindGateway } from '../../../assistant/lambda/http.ts';

/** The app behind API Gateway, as AWS Lambda calls it: with the events of a proxy integration that streams. */

interface Told {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly cookies: readonly string[];
}

/** What Lambda has for functions that stream: a place for the head, and a stream for the rest. */
class ResponseStream {
  readonly parts: string[] = [];
  head: Told | undefined;
  write(part: Uint8Array | string): boolean {
    this.parts.push(typeof part === 'string' ? part : new TextDecoder().decode(part));
    return true;
  }
  end(): void {}
}

let handle: (event: object, stream: object, context: object) => Promise<void>;
beforeAll(async () => {
  Object.assign(globalThis, {
    awslambda: {
      streamifyResponse: (run: unknown) => run,
      HttpResponseStream: {
        from: (stream: ResponseStream, head: Told) => {
          stream.head = head;
          const { Writable } = writables;
          return new Writable({
            write: (chunk: Uint8Array, _: string, done: () => void) => {
              stream.write(chunk);
              done();
            },
          });
        },
      },
    },
  });
  const writables = await import('node:stream');
  const { streamHandle } = await import('hono/aws-lambda');
  const inner = () => {
    const app = new Hono();
    app.get('/api/where', (c) => {
      c.header('set-cookie', 'a=1; HttpOnly', { append: true });
      c.header('set-cookie', 'b=2; HttpOnly', { append: true });
      return c.json({ url: c.req.url, cookie: c.req.header('cookie') ?? null });
    });
    app.post('/api/echo', async (c) => c.text(await c.req.text()));
    app.get('/api/stream', (c) =>
      streamSSE(c, async (stream) => {
        await stream.writeSSE({ event: 'one', data: '1' });
        await stream.writeSSE({ event: 'two', data: '日本' });
      }),
    );
    return app;
  };
  const outer = behindGateway(
    async () => ({ options: {}, publicUrl: 'https://kms.example.com' }) as DeployedApp,
    () => inner() as never,
  );
  handle = streamHandle(outer) as never;
});

async function call(method: string, path: string, more: object = {}) {
  const stream = new ResponseStream();
  const event = {
    resource: '/{proxy+}',
    path,
    httpMethod: method,
    headers: { accept: '*/*', cookie: 'x=1' },
    multiValueHeaders: { accept: ['*/*'], cookie: ['x=1'] },
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    body: null,
    isBase64Encoded: false,
    requestContext: { domainName: 'abc.execute-api.eu-central-1.amazonaws.com', stage: 'live' },
    ...more,
  };
  await handle(event, stream, {});
  return { ...(stream.head as Told), body: stream.parts.join(''), parts: stream.parts };
}

describe('the function behind the gateway', () => {
  it('knows itself by the address that people see', async () => {
    const { statusCode, body } = await call('GET', '/api/where', {
      queryStringParameters: { q: 'a b' },
      multiValueQueryStringParameters: { q: ['a b', 'c'] },
    });
    expect(statusCode).toBe(200);
    expect(JSON.parse(body)).toEqual({
      url: 'https://kms.example.com/api/where?q=a%20b&q=c',
      cookie: 'x=1',
    });
  });

  it('hands on bodies, also those that come as base64', async () => {
    expect((await call('POST', '/api/echo', { body: '日本' })).body).toBe('日本');
    const body = Buffer.from('payload=%7B%7D').toString('base64');
    expect((await call('POST', '/api/echo', { body, isBase64Encoded: true })).body).toBe(
      'payload=%7B%7D',
    );
  });

  it('sets several cookies, each by itself', async () => {
    const { cookies } = await call('GET', '/api/where');
    expect(cookies).toEqual(['a=1; HttpOnly', 'b=2; HttpOnly']);
  });

  it('streams events as they come', async () => {
    const { headers, body, parts } = await call('GET', '/api/stream');
    expect(headers['content-type']).toMatch(/^text\/event-stream/);
    expect(parts.length).toBeGreaterThan(1);
    expect(body).toBe('event: one\ndata: 1\n\nevent: two\ndata: 日本\n\n');
  });

  it('opens what it serves once, and again where that failed', async () => {
    let opened = 0;
    const app = behindGateway(
      async () => {
        opened += 1;
        if (opened === 1) throw new Error('out of reach');
        return { options: {}, publicUrl: 'https://kms.example.com' } as DeployedApp;
      },
      () => new Hono().get('/healthz', (c) => c.text('ok')) as never,
    );
    app.onError((_, c) => c.text('failed', 500));
    const get = async () => (await app.fetch(new Request('https://x.example.com/healthz'))).status;
    expect([await get(), await get(), await get()]).toEqual([500, 200, 200]);
    expect(opened).toBe(2);
  });
});
