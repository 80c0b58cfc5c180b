import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** One request to AWS, as far as the protocols of AWS tell it from outside. */
export interface Asked {
  /** The name the SDK signs with: `kms`, `organizations`, `sts`, `account`, `cloudtrail`, `s3`. */
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  /** Whose credentials; null for keys that no role session was given. */
  readonly accountId: string | null;
  /** The body: JSON, or a form. */
  readonly input: Readonly<Record<string, unknown>>;
}

/** What is answered in place of moto: JSON, or an AWS error. */
export type Answer =
  | { readonly json: unknown }
  | { readonly error: string; readonly message?: string; readonly status?: number };

export interface Front {
  readonly url: string;
  readonly asked: readonly Asked[];
  /** Answers in place of moto; undefined lets a request through. */
  answer: (asked: Asked) => Answer | undefined | Promise<Answer | undefined>;
  readonly stop: () => Promise<void>;
}

/**
 * Stands before moto: sees every request, answers what moto lacks, and makes AWS fail where a test
 * wants it to. Learns which account a session belongs to from the answers of AssumeRole.
 */
export async function startFront(motoUrl: string): Promise<Front> {
  const asked: Asked[] = [];
  const accountOfKey = new Map<string, string>();
  const front: { answer: Front['answer'] } = { answer: () => undefined };

  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch((error: unknown) => {
      outgoing.writeHead(500).end(String(error));
    });
  });

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await buffer(incoming);
    const [, keyId = '', region = '', service = ''] =
      /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//.exec(incoming.headers.authorization ?? '') ??
      [];
    const target = String(incoming.headers['x-amz-target'] ?? '');
    const form = new URLSearchParams(body.toString());
    const operation =
      target.split('.').at(-1) || form.get('Action') || `${incoming.method} ${incoming.url}`;
    const isJson = /json/.test(String(incoming.headers['content-type']));
    const one: Asked = {
      service,
      operation,
      region,
      accountId: accountOfKey.get(keyId) ?? null,
      input: isJson && body.length > 0 ? JSON.parse(body.toString()) : Object.fromEntries(form),
    };
    asked.push(one);
    const instead = await front.answer(one);
    if (instead) {
      reply(outgoing, one, instead);
      return;
    }
    const onward = request(
      `${motoUrl}${incoming.url}`,
      { method: incoming.method, headers: { ...incoming.headers, host: incoming.headers.host } },
      async (answer) => {
        const content = await buffer(answer);
        if (operation === 'AssumeRole') {
          const text = content.toString();
          const id = /<AccessKeyId>([^<]+)</.exec(text)?.[1];
          const account = /<Arn>arn:[^:]+:sts::(\d{12}):/.exec(text)?.[1];
          if (id && account) accountOfKey.set(id, account);
        }
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers).end(content);
      },
    );
    onward.on('error', (error) => outgoing.writeHead(502).end(error.message));
    onward.end(body);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(front, {
    asked,
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

function reply(outgoing: ServerResponse, { service }: Asked, answer: Answer): void {
  if ('json' in answer) {
    outgoing
      .writeHead(200, { 'content-type': 'application/x-amz-json-1.1' })
      .end(JSON.stringify(answer.json));
    return;
  }
  const { error, message = `${error} for the test`, status = 400 } = answer;
  if (service === 'sts') {
    const xml = `<ErrorResponse><Error><Type>Sender</Type><Code>${error}</Code><Message>${message}</Message></Error></ErrorResponse>`;
    outgoing.writeHead(status, { 'content-type': 'text/xml' }).end(xml);
    return;
  }
  outgoing
    .writeHead(status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': error })
    .end(JSON.stringify({ __type: error, message }));
}
