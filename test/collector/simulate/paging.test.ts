import { beforeAll, describe, expect, it } from 'vitest';
import type { AccountRegionApi } from '../../../collector/aws/api.ts';
import { createExampleCorp } from '../../../collector/simulate/example-corp.ts';
import { answer, asOf, listAccounts, listKeyArns, pages } from './walk.ts';

const corp = createExampleCorp({ seed: 3, asOf, accounts: 30 });

async function enterNamed(name: string): Promise<AccountRegionApi[]> {
  const accounts = await listAccounts(corp);
  const id = accounts.find(({ Name }) => Name === name)?.Id ?? '';
  const regions = await corp.api.enabledRegions(id);
  return Promise.all(regions.map((region) => corp.api.enter(id, region)));
}

describe('paging', () => {
  let crowded: AccountRegionApi;
  let arns: string[];

  beforeAll(async () => {
    for (const api of await enterNamed('data-lake-prod')) {
      const found = await listKeyArns(api);
      if (found.length > 300) [crowded, arns] = [api, found];
    }
  });

  it('lists accounts 20 at a time and misses none', async () => {
    const first = await corp.api.organizations.listAccounts({});
    expect(first.Accounts).toHaveLength(20);
    const second = await corp.api.organizations.listAccounts({ NextToken: first.NextToken });
    expect(second.Accounts).toHaveLength(10);
    expect(second.NextToken).toBeUndefined();
    const few = await pages(async (NextToken) => {
      const page = await corp.api.organizations.listAccounts({ NextToken, MaxResults: 3 });
      return { items: page.Accounts, next: page.NextToken };
    });
    expect(few).toEqual([...(first.Accounts ?? []), ...(second.Accounts ?? [])]);
  });

  it('lists keys 100 at a time, with Truncated and NextMarker', async () => {
    const first = await crowded.kms.listKeys({});
    expect(first.Keys).toHaveLength(100);
    expect(first).toMatchObject({ Truncated: true, NextMarker: expect.any(String) });
    const all = await crowded.kms.listKeys({ Limit: 1000 });
    expect(all.Keys?.map(({ KeyArn }) => KeyArn)).toEqual(arns);
    expect(all).toMatchObject({ Truncated: false });
    expect(all).not.toHaveProperty('NextMarker');
    expect(new Set(arns).size).toBe(arns.length);
  });

  it.each([1, 7, 99, 100, 101, 1000])('misses no key in pages of %i', async (Limit) => {
    const keys = await pages(async (Marker) => {
      const page = await crowded.kms.listKeys({ Limit, Marker });
      expect(page.Keys?.length).toBeLessThanOrEqual(Limit);
      return { items: page.Keys, next: page.NextMarker };
    });
    expect(keys.map(({ KeyArn }) => KeyArn)).toEqual(arns);
  });

  it('lists aliases 50 at a time, those of AWS without a key among them', async () => {
    const first = await crowded.kms.listAliases({});
    expect(first.Aliases).toHaveLength(50);
    const all = await pages(async (Marker) => {
      const page = await crowded.kms.listAliases({ Marker, Limit: 100 });
      return { items: page.Aliases, next: page.NextMarker };
    });
    expect(all.length).toBeGreaterThan(200);
    const targets = new Set(arns.map((arn) => arn.split('/').at(-1)));
    for (const { AliasName, TargetKeyId } of all) {
      if (TargetKeyId === undefined) expect(AliasName).toMatch(/^alias\/aws\//);
      else expect(targets).toContain(TargetKeyId);
    }
  });

  it('lists the aliases of one key only, when asked for it', async () => {
    const all = await crowded.kms.listAliases({ Limit: 100 });
    const one = all.Aliases?.find(({ TargetKeyId }) => TargetKeyId !== undefined);
    const own = await crowded.kms.listAliases({ KeyId: one?.TargetKeyId });
    expect(own.Aliases).toContainEqual(one);
    expect(new Set(own.Aliases?.map(({ TargetKeyId }) => TargetKeyId)).size).toBe(1);
  });

  it.each([
    ['ListKeys', 1001, (api: AccountRegionApi, Limit: number) => api.kms.listKeys({ Limit })],
    ['ListAliases', 101, (api: AccountRegionApi, Limit: number) => api.kms.listAliases({ Limit })],
    [
      'ListGrants',
      101,
      (api: AccountRegionApi, Limit: number) => api.kms.listGrants({ KeyId: arns[0], Limit }),
    ],
    [
      'ListResourceTags',
      51,
      (api: AccountRegionApi, Limit: number) => api.kms.listResourceTags({ KeyId: arns[0], Limit }),
    ],
  ] as const)('%s refuses a limit of %i, and of zero', async (_name, tooMany, call) => {
    await expect(call(crowded, tooMany)).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(call(crowded, 0)).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(call(crowded, tooMany - 1)).resolves.toBeDefined();
  });

  it('refuses markers that belong to another list or to none', async () => {
    const { NextMarker } = await crowded.kms.listKeys({});
    const refusal = { name: 'InvalidMarkerException', $fault: 'client' };
    await expect(crowded.kms.listAliases({ Marker: NextMarker })).rejects.toMatchObject(refusal);
    await expect(crowded.kms.listKeys({ Marker: 'made-up' })).rejects.toMatchObject(refusal);
    await expect(
      corp.api.organizations.listAccounts({ NextToken: 'made-up' }),
    ).rejects.toMatchObject({ name: 'InvalidInputException' });
    await expect(crowded.cloudTrail.lookupEvents({ NextToken: 'made-up' })).rejects.toMatchObject({
      name: 'InvalidNextTokenException',
    });
  });

  it('pages grants of keys that have many', async () => {
    let most = 0;
    for (const KeyId of arns) {
      const answered = await answer(crowded.kms.listGrants({ KeyId }));
      if ('error' in answered || !answered.value.Truncated) continue;
      const first = answered.value;
      expect(first.Grants).toHaveLength(50);
      const all = await pages(async (Marker) => {
        const page = await crowded.kms.listGrants({ KeyId, Marker, Limit: 100 });
        return { items: page.Grants, next: page.NextMarker };
      });
      expect(new Set(all.map(({ GrantId }) => GrantId)).size).toBe(all.length);
      most = Math.max(most, all.length);
    }
    expect(most).toBeGreaterThan(50);
  });
});
