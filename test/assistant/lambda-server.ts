import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A loopback server in place of AWS Lambda: it takes asynchronous invocations, and runs them after. */
export interface LambdaServer {
  readonly url: string;
  /** Waits until all that was taken has run. */
  readonly settled: () => Promise<void>;
  /** What is answered in place of taking the next invocations: an error, or nothing for so long. */
  readonly fail: (
    ...how: readonly ({ status: number; type: string } | { silentMs: number })[]
  ) => void;
  readonly invoked: readonly { readonly name: string; readonly payload: unknown }[];
  readonly close: () => Promise<void>;
}

export async function startLambda(run: (payload: unknown) => Promise<void>): Promise<LambdaServer> {
  const invoked: { name: string; payload: unknown }[] = [];
  const failures: ({ status: number; type: string } | { silentMs: number })[] = [];
  const running = new Set<Promise<void>>();
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const name = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(request.url ?? '')?.[1];
    const isEvent = request.headers['x-amz-invocation-type'] === 'Event';
    if (request.method !== 'POST' || !name || !isEvent) {
      response.writeHead(400).end();
      return;
    }
    const failure = failures.shift();
    if (failure && 'silentMs' in failure) {
      setTimeout(() => response.destroy(), failure.silentMs);
      return;
    }
    if (failure) {
      const headers = { 'x-amzn-errortype': failure.type, 'content-type': 'application/json' };
      response.writeHead(failure.status, headers).end('{"Reason":"test"}');
      return;
    }
    invoked.push({ name: decodeURIComponent(name), payload: JSON.parse(body) });
    response.writeHead(202).end();
    const work = run(JSON.parse(body)).finally(() => running.delete(work));
    running.add(work);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    settled: async () => void (await Promise.all(running)),
    fail: (...how) => failures.push(...how),
    invoked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
