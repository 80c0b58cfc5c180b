import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { EventStreamCodec } from '@smithy/core/event-streams';

/** One event of a reply: its name and its body, as the API reference of ConverseStream has them. */
export type ReplyEvent = readonly [name: string, body: Readonly<Record<string, unknown>>];

/** How a request is answered. */
export type Step =
  /** By a stream of events; `end` says how it ends. */
  | {
      readonly events: readonly ReplyEvent[];
      /** `cut`: the connection breaks. `stall`: nothing more comes. `exception`: an exception within the stream. */
      readonly end?: 'cut' | 'stall' | { readonly exception: string; readonly message: string };
    }
  /** By an error before any event. */
  | { readonly status: number; readonly type: string; readonly message: string }
  /** Not at all. */
  | 'silence'
  | 'hang up'
  /** As the request asks for. */
  | ((body: Body) => Step);

// biome-ignore lint/suspicious/noExplicitAny: whatever a client sends.
export type Body = any;

export interface ConverseServer {
  readonly url: string;
  /** The requests so far: what model was asked for, and what was sent. */
  readonly requests: readonly { readonly modelId: string; readonly body: Body }[];
  /** Resolves when a connection whose reply was not finished has been closed by the client. */
  readonly abandoned: Promise<void>;
  readonly stop: () => Promise<void>;
}

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes as Uint8Array).toString('utf8'),
  (text) => Buffer.from(text, 'utf8'),
);

const string = (value: string) => ({ type: 'string' as const, value });

const frame = (headers: Readonly<Record<string, string>>, body: unknown): Uint8Array =>
  codec.encode({
    headers: Object.fromEntries(Object.entries(headers).map(([k, v]) => [k, string(v)])),
    body: Buffer.from(JSON.stringify(body)),
  });

const eventFrame = ([name, body]: ReplyEvent) =>
  frame(
    { ':message-type': 'event', ':event-type': name, ':content-type': 'application/json' },
    body,
  );

/**
 * A Bedrock on this machine: ConverseStream over its real protocol (REST-JSON, the reply in frames of
 * `application/vnd.amazon.eventstream` with their checksums). Each request is answered by the next
 * step; one that comes after the last is an error of the test.
 */
export async function startConverse(
  steps: readonly Step[],
  onRequest: () => void = () => {},
): Promise<ConverseServer> {
  const requests: { modelId: string; body: Body }[] = [];
  let abandon: () => void = () => {};
  const abandoned = new Promise<void>((resolve) => {
    abandon = resolve;
  });

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    response.once('close', () => {
      if (!response.writableEnded) abandon();
    });
    const modelId = /^\/model\/([^/]+)\/converse-stream$/.exec(request.url ?? '')?.[1] ?? '';
    const next = steps[requests.length];
    const body: Body = await json(request);
    requests.push({ modelId: decodeURIComponent(modelId), body });
    const step = typeof next === 'function' ? next(body) : next;
    onRequest();
    if (step === undefined || request.headers.authorization === undefined) {
      response.writeHead(500).end();
      return;
    }
    if (step === 'silence') return;
    if (typeof step === 'function') throw new Error('a step of a step');
    if (step === 'hang up') {
      response.destroy();
      return;
    }
    if ('status' in step) {
      response.writeHead(step.status, {
        'content-type': 'application/json',
        'x-amzn-errortype': `${step.type}:http://internal.amazon.com/coral/com.amazon.bedrock/`,
      });
      response.end(JSON.stringify({ message: step.message }));
      return;
    }
    response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
    for (const event of step.events) response.write(eventFrame(event));
    if (step.end === 'stall') return;
    if (step.end === 'cut') {
      // Half a frame, and then no more.
      response.write(eventFrame(['messageStop', { stopReason: 'end_turn' }]).subarray(0, 20));
      await new Promise((resolve) => setImmediate(resolve));
      response.destroy();
      return;
    }
    if (step.end)
      response.write(
        frame(
          {
            ':message-type': 'exception',
            ':exception-type': step.end.exception,
            ':content-type': 'application/json',
          },
          { message: step.end.message },
        ),
      );
    response.end();
  };

  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    abandoned,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
