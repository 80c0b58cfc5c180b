import { describe, expect, it } from 'vitest';
import { finishRun, readAccount, startRun } from '../../../collector/run/steps.ts';
import { collectInto, newFolder, optionsFor, query, rowsOf } from '../collecting.ts';
import { fakeAws } from '../fake-aws.ts';

const keys = Array.from({ length: 250 }, (_, n) => ({
  id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
}));
const [first, second, closed] = ['111122223333', '444455556666', '777788889999'] as const;
const accounts = [
  { id: first, regions: { 'eu-central-1': { keys }, 'us-east-1': { keys: keys.slice(0, 2) } } },
  { id: second, regions: { 'eu-central-1': { keys: keys.slice(0, 3) } } },
  { id: closed, State: 'SUSPENDED' as const },
];
const soon = () => new AbortController().signal;

async function steps(before?: Parameters<typeof fakeAws>[0]['before']) {
  const folder = await newFolder();
  const { api, calls } = fakeAws({ accounts, ...(before ? { before } : {}) });
  const options = optionsFor(folder, { aws: api });
  return { folder, calls, options };
}

describe('a collection in steps', () => {
  it('publishes what a collection in one process publishes', async () => {
    const whole = await newFolder();
    const { manifest } = await collectInto(whole, { aws: fakeAws({ accounts }).api });
    const { folder, options } = await steps();
    const run = await startRun(options);
    for (const { account_id } of run.accounts) {
      const outcome = await readAccount(options, run.id, account_id, soon());
      expect(outcome.isDone).toBe(true);
    }
    const finished = await finishRun(options, run.id);
    expect(finished).toMatchObject({ unread: [], warnings: [], overtakenBy: null });
    expect(await rowsOf(folder, run.id)).toEqual(await rowsOf(whole, manifest.snapshotId));
    expect(await options.store.list('runs')).toEqual([]);
  });

  it('goes on where the time was up', async () => {
    let read = 0;
    let stop = new AbortController();
    const { options, calls } = await steps(({ api }) => {
      if (api !== 'DescribeKey') return;
      read += 1;
      if (read === 220) stop.abort();
    });
    const alone = { ...options, concurrency: { accountRegions: 1 } };
    const run = await startRun(alone);
    expect(await readAccount(alone, run.id, first, stop.signal)).toMatchObject({ isDone: false });
    const before = calls.filter((c) => c.api === 'DescribeKey').length;
    stop = new AbortController();
    expect(await readAccount(alone, run.id, first, stop.signal)).toMatchObject({
      isDone: true,
      statuses: [
        { region: 'eu-central-1', status: 'OK' },
        { region: 'us-east-1', status: 'OK' },
      ],
    });
    const again = calls.filter((c) => c.api === 'DescribeKey').length - before;
    // Of three batches the first was staged before the third was begun; the second may have been.
    expect([150 + 2, 50 + 2]).toContain(again);
  });

  it('records accounts whose reading never came to its end, with what was read of them', async () => {
    const { folder, options } = await steps();
    const stop = new AbortController();
    const run = await startRun(options);
    await readAccount(options, run.id, second, soon());
    const partly = readAccount(
      {
        ...options,
        concurrency: { accountRegions: 1 },
        onStatus: () => undefined,
        aws: {
          ...options.aws,
          enter: async (account, region) => {
            if (region === 'us-east-1') stop.abort();
            return options.aws.enter(account, region);
          },
        },
      },
      run.id,
      first,
      stop.signal,
    );
    expect(await partly).toMatchObject({ isDone: false });
    const { unread } = await finishRun(options, run.id);
    expect(unread).toEqual([first, closed]);
    expect(
      await query(
        folder,
        run.id,
        'SELECT account_id, region, status, error_code FROM collection_status ORDER BY ALL',
      ),
    ).toEqual([
      { account_id: first, region: 'eu-central-1', status: 'OK', error_code: null },
      { account_id: first, region: null, status: 'FAILED', error_code: 'NotReadToTheEnd' },
      { account_id: second, region: 'eu-central-1', status: 'OK', error_code: null },
      { account_id: closed, region: null, status: 'FAILED', error_code: 'NotReadToTheEnd' },
    ]);
  });

  it('records nothing as refused when its own credentials end', async () => {
    let isExpired = true;
    const { folder, options } = await steps(({ api }) => {
      if (isExpired && api === 'GetKeyPolicy')
        throw Object.assign(new Error('expired'), { name: 'ExpiredTokenException' });
    });
    const run = await startRun(options);
    await expect(readAccount(options, run.id, second, soon())).rejects.toMatchObject({
      name: 'ExpiredTokenException',
    });
    isExpired = false;
    for (const { account_id } of run.accounts) {
      await readAccount(options, run.id, account_id, soon());
    }
    await finishRun(options, run.id);
    expect(
      await query(folder, run.id, 'SELECT DISTINCT status FROM collection_status ORDER BY ALL'),
    ).toEqual([{ status: 'OK' }, { status: 'SKIPPED' }]);
  });

  it.each(['20200101T000000Z-00000000', '../../etc'])('knows no run %s', async (runId) => {
    const { options } = await steps();
    await expect(readAccount(options, runId, first, soon())).rejects.toMatchObject({
      code: 'NO_SUCH_RUN',
    });
    await expect(finishRun(options, runId)).rejects.toMatchObject({ code: 'NO_SUCH_RUN' });
  });

  it('reads no account that is not of the run', async () => {
    const { options } = await steps();
    const run = await startRun(options);
    await expect(readAccount(options, run.id, '000000000000', soon())).rejects.toThrow(RangeError);
  });
});
