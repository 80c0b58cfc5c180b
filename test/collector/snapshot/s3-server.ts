import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { S3Client } from '@aws-sdk/client-s3';

/** Objects by bucket and key: `bucket/key`. */
export type Objects = Map<string, { readonly content: Buffer; readonly modifiedAt: Date }>;

export interface S3ServerOptions {
  readonly objects: Objects;
  /**
   * The connection breaks at the n-th request, and none is answered after it, as if whoever asks had
   * died: before that request is done, or after, so that only its answer is lost.
   */
  readonly dies?: { readonly at: number; readonly done: boolean };
}

export interface S3Server {
  readonly client: S3Client;
  readonly requests: () => number;
  readonly stop: () => Promise<void>;
}

/** So few, that lists have more than one page. */
const PAGE = 3;

/** The calls of S3 that the store makes, on this machine, for the SDK's real client. */
export async function startS3({ objects, dies }: S3ServerOptions): Promise<S3Server> {
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    const nth = requests;
    const isDead = dies !== undefined && (nth > dies.at || (nth === dies.at && !dies.done));
    if (isDead) {
      request.socket.destroy();
      return;
    }
    answer(objects, request, response, dies?.at === nth).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    client: new S3Client({
      endpoint: `http://127.0.0.1:${port}`,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      forcePathStyle: true,
      maxAttempts: 1,
    }),
    requests: () => requests,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(
  objects: Objects,
  request: IncomingMessage,
  response: ServerResponse,
  isLost: boolean,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://s3');
  const path = decodeURIComponent(url.pathname.slice(1));
  const body = await buffer(request);
  const reply = (status: number, content: string | Buffer = '', headers = {}) => {
    if (isLost) request.socket.destroy();
    else response.writeHead(status, headers).end(content);
  };
  const xml = (text: string) => reply(200, text, { 'content-type': 'application/xml' });

  if (request.method === 'PUT') {
    const chunked = String(request.headers['content-encoding']).includes('aws-chunked');
    objects.set(path, { content: chunked ? unchunked(body) : body, modifiedAt: new Date() });
    reply(200);
  } else if (request.method === 'POST' && url.searchParams.has('delete')) {
    for (const [, key = ''] of body.toString().matchAll(/<Key>([^<]*)<\/Key>/g)) {
      objects.delete(`${path.replace(/\/$/, '')}/${key}`);
    }
    xml('<DeleteResult></DeleteResult>');
  } else if (url.searchParams.get('list-type') === '2') {
    xml(listed(objects, path.replace(/\/$/, ''), url.searchParams));
  } else {
    const found = objects.get(path);
    if (!found) {
      reply(404, '<Error><Code>NoSuchKey</Code><Message>No such key</Message></Error>');
      return;
    }
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    if (from === undefined || to === undefined) reply(200, found.content);
    else reply(206, found.content.subarray(Number(from), Number(to) + 1));
  }
}

function listed(objects: Objects, bucket: string, query: URLSearchParams): string {
  const after = query.get('continuation-token') ?? '';
  const keys = [...objects.keys()]
    .filter((name) => name.startsWith(`${bucket}/${query.get('prefix') ?? ''}`))
    .map((name) => name.slice(bucket.length + 1))
    .filter((key) => key > after)
    .sort();
  const page = keys.slice(0, PAGE);
  const contents = page.map((key) => {
    const at = objects.get(`${bucket}/${key}`)?.modifiedAt.toISOString();
    return `<Contents><Key>${key}</Key><LastModified>${at}</LastModified></Contents>`;
  });
  const more =
    keys.length > PAGE ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '';
  return `<ListBucketResult>${contents.join('')}${more}</ListBucketResult>`;
}

/** The content of a body in chunks, each with its size before it (S3 API Reference, "aws-chunked"). */
function unchunked(body: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const end = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.subarray(at, end).toString(), 16);
    if (!(size > 0)) return Buffer.concat(parts);
    parts.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}
