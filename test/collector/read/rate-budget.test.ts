import { setMaxListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { ApiName } from '../../../collector/read/call.ts';
import { type RateBudgetOptions, rateBudgets } from '../../../collector/read/rate-budget.ts';
import { awsError } from '../fake-aws.ts';

/** A clock that jumps to the next thing to happen, so that hours pass in milliseconds. */
function virtualTime() {
  let time = 0;
  const sleepers: { at: number; wake: () => void }[] = [];
  const sleep = (ms: number) =>
    new Promise<void>((wake) => {
      sleepers.push({ at: time + ms, wake });
      sleepers.sort((a, b) => a.at - b.at);
    });
  /** Lets everything happen until the work is done. */
  const run = async <T>(work: Promise<T>): Promise<T> => {
    let done = false;
    const watched = work.finally(() => {
      done = true;
    });
    for (;;) {
      // A turn of the event loop lets all that can go on go on.
      await new Promise((resolve) => setImmediate(resolve));
      if (done) return watched;
      const next = sleepers.shift();
      if (!next) throw new Error('Nothing will ever happen again.');
      time = Math.max(time, next.at);
      next.wake();
    }
  };
  return { now: () => time, sleep, run };
}

const seconds = (ms: number) => ms / 1000;

function setUp(options: RateBudgetOptions = {}) {
  const clock = virtualTime();
  const callFor = rateBudgets({ ...clock, share: 1, retry: { random: () => 1 }, ...options });
  const sent: number[] = [];
  const many = (api: ApiName, count: number, account = '111111111111', region = 'eu-west-1') => {
    const call = callFor(account, region);
    return Promise.all(
      Array.from({ length: count }, () =>
        call(api, async () => {
          sent.push(clock.now());
        }),
      ),
    );
  };
  return { clock, sent, many };
}

/** The most requests within any second. */
function peak(times: readonly number[]): number {
  return Math.max(...times.map((t) => times.filter((u) => u >= t && u < t + 1000).length));
}

describe('requests', () => {
  const SECONDS = 4;

  it.each<[ApiName, number]>([
    ['GetKeyLastUsage', 5],
    ['LookupEvents', 2],
    ['ListGrants', 100],
    ['GetKeyPolicy', 1000],
  ])('of %s stay within %i a second, and use nearly all of it', async (api, quota) => {
    const { clock, many, sent } = setUp();
    await clock.run(many(api, quota * SECONDS));
    expect(peak(sent)).toBeLessThanOrEqual(quota);
    expect(seconds(clock.now())).toBeGreaterThan(SECONDS - 1);
    expect(seconds(clock.now())).toBeLessThan(SECONDS + 0.01);
  });

  it('of several readers of one account and Region share one budget', async () => {
    const { clock, many, sent } = setUp();
    await clock.run(
      Promise.all([many('LookupEvents', 10), many('LookupEvents', 10), many('LookupEvents', 10)]),
    );
    expect(peak(sent)).toBe(2);
  });

  it('of other accounts, Regions and operations do not wait for each other', async () => {
    const { clock, many } = setUp();
    await clock.run(
      Promise.all([
        many('LookupEvents', 10),
        many('LookupEvents', 10, '222222222222'),
        many('LookupEvents', 10, '111111111111', 'us-east-1'),
        many('GetKeyLastUsage', 10),
      ]),
    );
    expect(seconds(clock.now())).toBeLessThan(5);
  });

  it('without a documented quota are not held back', async () => {
    const { clock, many } = setUp();
    await clock.run(many('ListParents', 1000));
    expect(clock.now()).toBe(0);
  });

  it('use the configured share of a configured quota', async () => {
    const { clock, many } = setUp({ quotas: { GetKeyLastUsage: 50 }, share: 0.5 });
    await clock.run(many('GetKeyLastUsage', 250));
    expect(seconds(clock.now())).toBeCloseTo(10, 0);
  });

  it('are spaced anew after an idle time, without a burst for what was not used', async () => {
    const { clock, many, sent } = setUp();
    await clock.run(many('GetKeyLastUsage', 1));
    await clock.run(Promise.all([clock.sleep(60_000)]));
    await clock.run(many('GetKeyLastUsage', 20));
    expect(peak(sent)).toBeLessThanOrEqual(5);
  });
});

it('where somebody else uses the quota too, nothing is lost and the rate comes down and back', async () => {
  const clock = virtualTime();
  const callFor = rateBudgets({ ...clock, share: 1, retry: { random: () => 1 } });
  const allowed = (time: number) => (time < 60_000 ? 50 : 100);
  const served: number[] = [];
  let refused = 0;
  const call = callFor('111111111111', 'eu-west-1');
  const request = async () => {
    const time = clock.now();
    if (served.filter((t) => t > time - 1000).length >= allowed(time)) {
      refused += 1;
      throw awsError('ThrottlingException');
    }
    served.push(time);
  };
  const COUNT = 9_000;
  // As many readers as a collection has, not all requests at once.
  let left = COUNT;
  const reader = async () => {
    while (left-- > 0) await call('ListGrants', request);
  };
  await clock.run(Promise.all(Array.from({ length: 64 }, reader)));
  expect(served).toHaveLength(COUNT);
  expect(refused).toBeLessThan(COUNT * 0.1);
  const rate = (from: number, to: number) =>
    served.filter((t) => t >= from && t < to).length / seconds(to - from);
  expect(rate(20_000, 60_000)).toBeGreaterThan(40);
  expect(rate(75_000, 95_000)).toBeGreaterThan(90);
});

it('an aborted collection waits for no place', async () => {
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  const callFor = rateBudgets({ share: 1 });
  const call = callFor('111111111111', 'eu-west-1', stop.signal);
  const all = Promise.allSettled(
    Array.from({ length: 20 }, () => call('LookupEvents', async () => 'answer')),
  );
  stop.abort();
  const outcomes = await all;
  expect(outcomes.filter((o) => o.status === 'rejected').length).toBeGreaterThan(15);
});

it.each([0, -1, 1.5, Number.NaN])('a share of %d is refused', (share) => {
  expect(() => rateBudgets({ share })).toThrow(RangeError);
});
