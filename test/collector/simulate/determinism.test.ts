import { describe, expect, it } from 'vitest';
import { createExampleCorp } from '../../../collector/simulate/example-corp.ts';
import { asOf, listAccounts, listKeyArns, readKey, walk } from './walk.ts';

const small = { seed: 5, asOf, accounts: 30 };

describe('Example Corp', () => {
  it('answers the same for the same seed', async () => {
    const { corp: _a, ...first } = await walk(5, 30);
    const { corp: _b, ...second } = await walk(5, 30);
    expect(second).toEqual(first);
    expect(first.keys.length).toBeGreaterThan(200);
  });

  it('answers otherwise for another seed', async () => {
    const ids = async (seed: number) =>
      (await listAccounts(createExampleCorp({ ...small, seed }))).map(({ Id }) => Id);
    const [first, second] = await Promise.all([ids(5), ids(6)]);
    expect(first.some((id) => second.includes(id))).toBe(false);
  });

  it('answers the same in whatever order it is asked', async () => {
    const forward = await walk(5, 30);
    const other = createExampleCorp(small);
    for (const key of [...forward.keys].reverse()) {
      const { arn, accountId, region, ...expected } = key;
      const api = await other.api.enter(accountId, region);
      expect(await readKey(api, arn)).toEqual({ arn, ...expected });
    }
  });

  it('answers the same to calls that run side by side', async () => {
    const forward = await walk(5, 30);
    const other = createExampleCorp(small);
    const regions = [...forward.keysPerRegion.keys()];
    const counts = await Promise.all(
      regions.map(async (where) => {
        const [accountId = '', region = ''] = where.split('/');
        return (await listKeyArns(await other.api.enter(accountId, region))).length;
      }),
    );
    expect(new Map(regions.map((where, i) => [where, counts[i]]))).toEqual(forward.keysPerRegion);
  });

  it('moves with the as-of date', async () => {
    const past = new Date('2021-02-03T04:05:06Z');
    const corp = createExampleCorp({ seed: 5, asOf: past, accounts: 30 });
    expect(corp.now()).toEqual(past);
    let keys = 0;
    for (const { Id = '' } of await listAccounts(corp)) {
      for (const region of await corp.api.enabledRegions(Id).catch(() => [])) {
        const api = await corp.api.enter(Id, region).catch(() => null);
        const arns = api === null ? [] : await listKeyArns(api).catch(() => []);
        for (const arn of arns) {
          const described = await api?.kms.describeKey({ KeyId: arn }).catch(() => undefined);
          const metadata = described?.KeyMetadata;
          if (metadata === undefined) continue;
          keys++;
          expect(metadata.CreationDate?.getTime()).toBeLessThan(past.getTime());
          // Kinds that came later do not exist yet.
          expect(metadata.KeySpec).not.toMatch(/^(HMAC|ML_DSA)/);
          expect(metadata.MultiRegion).toBe(false);
        }
      }
    }
    expect(keys).toBeGreaterThan(200);
  });

  it.each([1, 2, 12, 700])('can have %i accounts', async (accounts) => {
    expect(await listAccounts(createExampleCorp({ seed: 1, asOf, accounts }))).toHaveLength(
      accounts,
    );
  });

  it.each([0, -1, 2.5, Number.NaN])('refuses to have %d accounts', (accounts) => {
    expect(() => createExampleCorp({ seed: 1, asOf, accounts })).toThrow(RangeError);
  });

  it('refuses a date that is none', () => {
    expect(() => createExampleCorp({ seed: 1, asOf: new Date('soon') })).toThrow(RangeError);
  });
});
