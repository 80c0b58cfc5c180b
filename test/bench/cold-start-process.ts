/**
 * A process as AWS Lambda starts one for a function that streams: it loads the code, and hands it the
 * requests of API Gateway, one or two. Prints when what was done, in milliseconds since it began.
 * Arguments: the folder of the code; the requests, as JSON.
 */
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';

interface Head {
  readonly statusCode: number;
}
let head: Head = { statusCode: 0 };
let body = '';
Object.assign(globalThis, {
  awslambda: {
    streamifyResponse: (run: unknown) => run,
    HttpResponseStream: {
      from: (stream: Writable, given: Head) => {
        head = given;
        return stream;
      },
    },
  },
});

const [, , folder = '', requests = '[]'] = process.argv;
/** Milliseconds since the process began: by the clock, and of a processor. */
const now = () => {
  const { user, system } = process.cpuUsage();
  return { clock: performance.now(), processor: (user + system) / 1_000 };
};
const started = now();
const { handler } = await import(pathToFileURL(join(folder, 'index.mjs')).href);
const imported = now();

/** Sends one request, and makes sure that a question was answered. */
async function send(request: object): Promise<void> {
  body = '';
  const stream = new Writable({
    write: (chunk: Uint8Array, _: string, done: () => void) => {
      body += new TextDecoder().decode(chunk);
      done();
    },
  });
  const event = {
    resource: '/{proxy+}',
    path: '/api/ask',
    httpMethod: 'POST',
    multiValueHeaders: {},
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    isBase64Encoded: false,
    requestContext: { domainName: 'abc.execute-api.eu-central-1.amazonaws.com', stage: 'live' },
    ...request,
  };
  await handler(event, stream, {});
  const asks = event.path === '/api/ask';
  if (head.statusCode !== 200 || (asks && JSON.parse(body).status !== 'answered')) {
    throw new Error(`${head.statusCode}: ${body}`);
  }
}

const [first, second] = JSON.parse(requests);
await send(first);
const answered = now();
if (second) await send(second);
console.log(JSON.stringify({ started, imported, answered, again: now() }));
process.exit();
