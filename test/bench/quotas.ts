/** How near a collection comes to what the quotas of AWS allow, and a plain reader beside it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { connect } from '../../collector/aws/sdk.ts';
import { collect } from '../../collector/pipeline.ts';
import { analyzeKey } from '../../collector/policy/analyze.ts';
import { type ApiName, retrying } from '../../collector/read/call.ts';
import { listKeys, readKey } from '../../collector/read/key.ts';
import { defaultQuotas } from '../../collector/read/quotas.ts';
import { rateBudgets } from '../../collector/read/rate-budget.ts';
import { folderStore } from '../../collector/snapshot/folder-store.ts';
import { ACCOUNT, ASKED_AT } from './many-keys.ts';

const KEYS = 400;
/** The plain reader takes the same for each. */
const PLAIN_KEYS = 100;
const REGIONS = 4;
const LATENCY_MS = 40;
/** Quotas are so many times as wide and latency is so many times as short as at AWS. */
const SCALE = 2;

interface Counts {
  readonly counts: Readonly<Record<string, number>>;
  readonly throttled: number;
}

async function startServer(): Promise<{ url: string; process: ChildProcess }> {
  const script = fileURLToPath(new URL('./quota-server.js', import.meta.url));
  const options = [KEYS, REGIONS, LATENCY_MS / SCALE, SCALE].map(String);
  const server = spawn(process.execPath, [script, ...options], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = await once(server.stdout, 'data');
  return { url: String(line).trim(), process: server };
}

const minus = (after: Counts, before: Counts): Counts => ({
  counts: Object.fromEntries(
    Object.entries(after.counts).map(([api, n]) => [api, n - (before.counts[api] ?? 0)]),
  ),
  throttled: after.throttled - before.throttled,
});

/** Keys per second that the quotas of all Regions allow, when each key takes so many calls. */
function allowed(counts: Counts['counts']): { readonly perSecond: number; readonly by: string } {
  const limits = Object.entries(counts).flatMap(([api, n]) => {
    const quota = defaultQuotas[api as ApiName];
    const isPerKey = n >= KEYS * REGIONS;
    return quota === undefined || !isPerKey
      ? []
      : [{ by: api, perSecond: (quota * SCALE * REGIONS * KEYS * REGIONS) / n }];
  });
  return limits.reduce((a, b) => (b.perSecond < a.perSecond ? b : a));
}

export async function benchQuotas(scratch: string): Promise<void> {
  const server = await startServer();
  const before = { ...process.env };
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: server.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
  });
  const counted = async () => (await (await fetch(`${server.url}/counts`)).json()) as Counts;
  const timed = async (work: () => Promise<unknown>) => {
    const start = await counted();
    const began = performance.now();
    await work();
    const seconds = (performance.now() - began) / 1000;
    return { seconds, ...minus(await counted(), start) };
  };
  try {
    const { api } = await connect({
      role: { name: 'KMSInsightsReadRole', sessionName: 'bench' },
    });
    const quotas = Object.fromEntries(
      Object.entries(defaultQuotas).map(([name, quota]) => [name, quota * SCALE]),
    );
    const collection = () =>
      collect({
        aws: api,
        store: folderStore(`${scratch}/quotas`),
        clock: () => ASKED_AT,
        origin: 'aws',
        seed: null,
        analyze: analyzeKey,
        callFor: rateBudgets({ quotas }),
      });
    console.log(
      `Quotas: ${REGIONS} Regions with ${KEYS} keys each; ${LATENCY_MS} ms and the quotas of AWS, both ${SCALE} times as fast`,
    );
    const plain = await timed(async () => {
      const { kms } = await api.enter(ACCOUNT, 'eu-bench-1');
      const call = retrying();
      for (const key of (await listKeys(kms, call)).slice(0, PLAIN_KEYS))
        await readKey(kms, inTurn(call), key);
    });
    const plainRate = PLAIN_KEYS / plain.seconds;
    for (const [name, note] of [
      ['first', 'every last use is looked up in CloudTrail'],
      ['next', 'last uses that did not change are remembered'],
    ]) {
      const run = await timed(collection);
      const rate = (KEYS * REGIONS) / run.seconds;
      const { perSecond, by } = allowed(run.counts);
      const calls = Object.values(run.counts).reduce((sum, n) => sum + n, 0);
      console.log(
        `  ${name} collection (${note}): ${Math.round((100 * rate) / perSecond)} % of what ${by} allows (aim: 90 %), ${(rate / plainRate).toFixed(1)} times a reader that does one thing after another; ${(calls / KEYS / REGIONS).toFixed(2)} calls a key, ${run.throttled} throttled`,
      );
    }
  } finally {
    process.env = before;
    server.process.stdin?.end();
    await once(server.process, 'exit');
  }
}

/** One request after the other, however they are asked for. */
function inTurn(call: ReturnType<typeof retrying>): ReturnType<typeof retrying> {
  let last: Promise<unknown> = Promise.resolve();
  return (api, request) => {
    const mine = last.then(() => call(api, request));
    last = mine.catch(() => undefined);
    return mine;
  };
}
