/**
 * An AWS on this machine with latency and the documented request quotas: each operation has a bucket of
 * tokens in each Region, as many as it may be asked for in a second, and answers ThrottlingException
 * when there is none. Prints its address; ends when its standard input does.
 *
 *     node quota-server.js <keys> <Regions> <latency in ms> <scale of the quotas>
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KmsApi } from '../../collector/aws/api.ts';
import { defaultQuotas } from '../../collector/read/quotas.ts';
import { ACCOUNT, manyKeys } from './many-keys.ts';

const [keys = 0, regions = 1, latencyMs = 0, scale = 1] = process.argv.slice(2).map(Number);
const regionNames = Array.from({ length: regions }, (_, n) => `eu-bench-${n + 1}`);
const aws = manyKeys(keys);
const counts: Record<string, number> = {};
let throttled = 0;

const buckets = new Map<string, { tokens: number; at: number }>();
function mayPass(operation: string, region: string): boolean {
  const quota = defaultQuotas[operation as keyof typeof defaultQuotas];
  if (quota === undefined) return true;
  const perSecond = quota * scale;
  const now = performance.now() / 1000;
  const name = `${operation} ${region}`;
  const before = buckets.get(name) ?? { tokens: perSecond, at: now };
  const tokens = Math.min(perSecond, before.tokens + (now - before.at) * perSecond);
  const passes = tokens >= 1;
  buckets.set(name, { tokens: passes ? tokens - 1 : tokens, at: now });
  return passes;
}

const organizations = {
  DescribeOrganization: aws.organizations.describeOrganization,
  ListAccounts: aws.organizations.listAccounts,
  ListParents: aws.organizations.listParents,
  ListTagsForResource: aws.organizations.listTagsForResource,
} as unknown as Record<string, (input: unknown) => Promise<unknown>>;

async function answer(operation: string, region: string, input: object): Promise<unknown> {
  const organization = organizations[operation];
  if (organization) return organization(input);
  if (operation === 'ListRegions') {
    return {
      Regions: regionNames.map((RegionName) => ({ RegionName, RegionOptStatus: 'ENABLED' })),
    };
  }
  const { kms, cloudTrail } = await aws.enter(ACCOUNT, region);
  if (operation === 'LookupEvents') return cloudTrail.lookupEvents(input);
  const method = `${operation.slice(0, 1).toLowerCase()}${operation.slice(1)}` as keyof KmsApi;
  return (kms[method] as (given: object) => Promise<unknown>)(input);
}

/** The protocols of AWS write a time as seconds. */
const text = (value: unknown) =>
  JSON.stringify(value, function (this: Record<string, unknown>, name, plain) {
    const given = this[name];
    return given instanceof Date ? given.getTime() / 1000 : plain;
  });

const IDENTITY = `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::${ACCOUNT}:user/bench</Arn><UserId>bench</UserId><Account>${ACCOUNT}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;

const server = createServer(async (request, response) => {
  const [, region = '', service = ''] =
    /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\//.exec(request.headers.authorization ?? '') ?? [];
  if (request.url === '/counts') {
    response.end(JSON.stringify({ counts, throttled }));
    return;
  }
  if (service === 'sts') {
    response.writeHead(200, { 'content-type': 'text/xml' }).end(IDENTITY);
    return;
  }
  const target = String(request.headers['x-amz-target'] ?? '')
    .split('.')
    .at(-1);
  const operation = service === 'account' ? 'ListRegions' : (target ?? '');
  const input = (await json(request)) as object;
  const passes = mayPass(operation, region);
  // From one half to one and a half of the usual.
  await sleep(latencyMs * (0.5 + Math.random()));
  if (!passes) {
    throttled += 1;
    response
      .writeHead(400, { 'content-type': 'application/x-amz-json-1.1' })
      .end('{"__type":"ThrottlingException","message":"Rate exceeded"}');
    return;
  }
  counts[operation] = (counts[operation] ?? 0) + 1;
  response
    .writeHead(200, { 'content-type': 'application/x-amz-json-1.1' })
    .end(text(await answer(operation, region, input)));
});
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
process.stdin.resume().on('end', () => process.exit());
