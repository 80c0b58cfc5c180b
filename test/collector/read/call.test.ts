import { describe, expect, it } from 'vitest';
import { retrying } from '../../../collector/read/call.ts';
import { awsError } from '../fake-aws.ts';

const httpError = (status: number) =>
  Object.assign(new Error('http'), { name: 'Odd', $metadata: { httpStatusCode: status } });
const networkError = (code: string) => Object.assign(new Error('socket hang up'), { code });

/** Makes a request that fails with each of the errors in turn and then succeeds. */
async function request(errors: readonly unknown[], random = 1) {
  const waits: number[] = [];
  const left = [...errors];
  let made = 0;
  const call = retrying({
    random: () => random,
    sleep: async (ms) => {
      waits.push(ms);
    },
  });
  const outcome = await call('ListKeys', async () => {
    made += 1;
    if (left.length > 0) throw left.shift();
    return 'answer';
  }).catch((error: Error) => error);
  return { outcome, made, waits };
}

describe('a request', () => {
  it.each<[string, unknown]>([
    ['ThrottlingException', awsError('ThrottlingException')],
    ['TooManyRequestsException', awsError('TooManyRequestsException')],
    ['LimitExceededException', awsError('LimitExceededException')],
    ['status 429', httpError(429)],
    ['KMSInternalException', awsError('KMSInternalException')],
    ['DependencyTimeoutException', awsError('DependencyTimeoutException')],
    ['status 503', httpError(503)],
    ['a reset connection', networkError('ECONNRESET')],
  ])('is made again after %s', async (_, error) => {
    expect(await request([error, error])).toMatchObject({ outcome: 'answer', made: 3 });
  });

  it.each<[string, unknown]>([
    ['AccessDeniedException', awsError('AccessDeniedException')],
    ['NotFoundException', awsError('NotFoundException')],
    ['status 400', httpError(400)],
    ['something that is no error', 'odd'],
    ['nothing', null],
  ])('is not made again after %s', async (_, error) => {
    expect(await request([error])).toMatchObject({ outcome: error, made: 1 });
  });

  it('waits longer each time, up to 20 seconds', async () => {
    const { waits } = await request(Array(12).fill(awsError('ThrottlingException')));
    expect(waits.slice(0, 4)).toEqual([200, 400, 800, 1600]);
    expect(Math.max(...waits)).toBe(20_000);
  });

  it('waits a part of that at random', async () => {
    const { waits } = await request(Array(3).fill(awsError('ThrottlingException')), 0.25);
    expect(waits).toEqual([50, 100, 200]);
  });

  it.each([
    ['throttled', 'ThrottlingException', 14],
    ['failing', 'KMSInternalException', 5],
  ])('that is %s for ever is given up', async (_, name, attempts) => {
    const { outcome, made } = await request(Array(99).fill(awsError(name)));
    expect(outcome).toMatchObject({ name });
    expect(made).toBe(attempts);
  });

  it('is not made when the run was aborted, nor waited for', async () => {
    const stop = new AbortController();
    const call = retrying({ signal: stop.signal });
    let made = 0;
    const throttled = call('ListKeys', async () => {
      made += 1;
      stop.abort();
      throw awsError('ThrottlingException');
    });
    await expect(throttled).rejects.toMatchObject({ name: 'AbortError' });
    await expect(call('ListKeys', async () => 1)).rejects.toMatchObject({ name: 'AbortError' });
    expect(made).toBe(1);
  });
});
