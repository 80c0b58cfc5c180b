import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call, as it came over the wire. */
export interface QuickSightCall {
  readonly method: string;
  readonly path: string;
  readonly body: Record<string, unknown>;
}

export interface QuickSightServer {
  readonly url: string;
  readonly calls: readonly QuickSightCall[];
  /** The next calls fail with an exception of this name; null lets them succeed. */
  readonly failWith: (exception: string | null) => void;
  /** The URL that is given, with the number of the call at its end. */
  readonly give: (embedUrl: string) => void;
  readonly close: () => Promise<void>;
}

const statusOf: Readonly<Record<string, number>> = {
  AccessDeniedException: 401,
  ResourceNotFoundException: 404,
  QuickSightUserNotFoundException: 404,
  ThrottlingException: 429,
  UnsupportedPricingPlanException: 403,
};

/**
 * Speaks the wire protocol of QuickSight (REST with JSON) for the two calls that make a URL to embed,
 * as the Amazon QuickSight API Reference has them under "GenerateEmbedUrlForRegisteredUser" and
 * "GenerateEmbedUrlForAnonymousUser".
 */
export async function startQuickSight(): Promise<QuickSightServer> {
  const calls: QuickSightCall[] = [];
  let exception: string | null = null;
  let embedUrl = 'https://eu-central-1.quicksight.aws.amazon.com/embed/e1/dashboards/keys?code=';
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const path = request.url ?? '';
    const known = /^\/accounts\/\d{12}\/embed-url\/(registered|anonymous)-user$/.test(path);
    calls.push({ method: request.method ?? '', path, body: JSON.parse(text || '{}') });
    const failure = known ? exception : 'ResourceNotFoundException';
    if (failure !== null) {
      response.writeHead(statusOf[failure] ?? 400, {
        'content-type': 'application/json',
        'x-amzn-errortype': failure,
      });
      response.end(JSON.stringify({ Message: `played: ${failure}`, RequestId: 'r' }));
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({ EmbedUrl: `${embedUrl}${calls.length}`, Status: 200, RequestId: 'r' }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    failWith: (name) => {
      exception = name;
    },
    give: (url) => {
      embedUrl = url;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
