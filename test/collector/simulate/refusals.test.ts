import { KMSServiceException, NotFoundException } from '@aws-sdk/client-kms';
import { describe, expect, it } from 'vitest';
import { createExampleCorp } from '../../../collector/simulate/example-corp.ts';
import { answer, asOf, listAccounts, listKeyArns } from './walk.ts';

const corp = createExampleCorp({ seed: 3, asOf, accounts: 30 });

async function payments() {
  const accounts = await listAccounts(corp);
  const accountId = accounts.find(({ Name }) => Name === 'payments-prod')?.Id ?? '';
  const region = (await corp.api.enabledRegions(accountId))[0] ?? '';
  const api = await corp.api.enter(accountId, region);
  return { accountId, region, api, arns: await listKeyArns(api) };
}

async function errorOf(call: Promise<unknown>): Promise<Error> {
  const result = await answer(call);
  if (!('error' in result)) throw new Error('the call was expected to fail');
  return result.error;
}

describe('Example Corp refuses as AWS does', () => {
  it('does not enter accounts it does not know, or that are closed', async () => {
    const closed = (await listAccounts(corp)).find(({ State }) => State === 'SUSPENDED');
    for (const id of ['000000000001', closed?.Id ?? '']) {
      for (const call of [corp.api.enabledRegions(id), corp.api.enter(id, 'us-east-1')]) {
        expect(await errorOf(call)).toMatchObject({
          name: 'AccessDenied',
          $fault: 'client',
          $metadata: { httpStatusCode: 403, requestId: expect.any(String) },
          message: expect.stringContaining(
            `is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::${id}:role/KMSInsightsReadRole`,
          ),
        });
      }
    }
  });

  it('does not enter Regions that are not enabled', async () => {
    const { accountId } = await payments();
    expect(await errorOf(corp.api.enter(accountId, 'me-south-1'))).toMatchObject({
      name: 'RegionDisabledException',
    });
  });

  it('does not find keys that do not exist, by id or ARN', async () => {
    const { accountId, region, api } = await payments();
    const id = '1234abcd-12ab-34cd-56ef-1234567890ab';
    const arn = `arn:aws:kms:${region}:${accountId}:key/${id}`;
    for (const KeyId of [id, arn]) {
      const error = await errorOf(api.kms.describeKey({ KeyId }));
      expect(error).toBeInstanceOf(NotFoundException);
      expect(error.message).toBe(`Key '${arn}' does not exist`);
    }
    expect(await errorOf(api.kms.getKeyPolicy({ KeyId: 'arn:aws:s3:::bucket' }))).toMatchObject({
      name: 'InvalidArnException',
    });
    expect(await errorOf(api.kms.describeKey({ KeyId: 'alias/nothing' }))).toBeInstanceOf(
      NotFoundException,
    );
  });

  it('finds keys by id, ARN and alias alike', async () => {
    const { api, arns } = await payments();
    const byArn = await api.kms.describeKey({ KeyId: arns[0] });
    expect(await api.kms.describeKey({ KeyId: byArn.KeyMetadata?.KeyId })).toEqual(byArn);
    const { Aliases } = await api.kms.listAliases({});
    const named = Aliases?.find(({ TargetKeyId }) => TargetKeyId !== undefined);
    const byAlias = await api.kms.describeKey({ KeyId: named?.AliasName });
    expect(byAlias.KeyMetadata?.KeyId).toBe(named?.TargetKeyId);
  });

  it('knows no key policy but "default"', async () => {
    const { api, arns } = await payments();
    const readable = await Promise.all(
      arns.map(async (KeyId) => 'value' in (await answer(api.kms.getKeyPolicy({ KeyId })))),
    );
    const KeyId = arns[readable.indexOf(true)];
    expect(await api.kms.getKeyPolicy({ KeyId, PolicyName: 'default' })).toEqual(
      await api.kms.getKeyPolicy({ KeyId }),
    );
    expect(await errorOf(api.kms.getKeyPolicy({ KeyId, PolicyName: 'other' }))).toBeInstanceOf(
      NotFoundException,
    );
  });

  it('names action, resource and reason when a key refuses', async () => {
    const reasons = new Set<string>();
    for (const { Id = '' } of await listAccounts(corp)) {
      const regions = await answer(corp.api.enabledRegions(Id));
      if ('error' in regions) continue;
      for (const region of regions.value) {
        const entered = await answer(corp.api.enter(Id, region));
        if ('error' in entered) continue;
        const { kms } = entered.value;
        const arns = await answer(listKeyArns(entered.value));
        if ('error' in arns) continue;
        for (const arn of arns.value) {
          const result = await answer(kms.getKeyPolicy({ KeyId: arn }));
          if (!('error' in result)) continue;
          expect(result.error).toBeInstanceOf(KMSServiceException);
          expect(result.error.name).toBe('AccessDeniedException');
          const [before, reason] = result.error.message.split(
            `kms:GetKeyPolicy on resource: ${arn} `,
          );
          expect(before).toBe(
            `User: arn:aws:sts::${Id}:assumed-role/KMSInsightsReadRole/kms-insights is not authorized to perform: `,
          );
          reasons.add(reason ?? '');
        }
      }
    }
    expect([...reasons].sort()).toEqual([
      'because no resource-based policy allows the kms:GetKeyPolicy action',
      'with an explicit deny in a resource-based policy',
    ]);
  });

  it('throttles only when asked to', async () => {
    const throttled = createExampleCorp({ seed: 3, asOf, accounts: 30, throttleEvery: 3 });
    const { accountId, region } = await payments();
    const { kms } = await throttled.api.enter(accountId, region);
    const outcomes: string[] = [];
    for (let i = 0; i < 6; i++) {
      const result = await answer(kms.listKeys({}));
      outcomes.push('error' in result ? result.error.name : 'ok');
    }
    expect(outcomes).toEqual([
      'ok',
      'ok',
      'ThrottlingException',
      'ok',
      'ok',
      'ThrottlingException',
    ]);
  });

  it('knows parents, units and tags of what exists only', async () => {
    const { organizations } = corp.api;
    expect(await errorOf(organizations.listParents({ ChildId: '000000000001' }))).toMatchObject({
      name: 'ChildNotFoundException',
    });
    expect(
      await errorOf(organizations.describeOrganizationalUnit({ OrganizationalUnitId: 'ou-x' })),
    ).toMatchObject({ name: 'OrganizationalUnitNotFoundException' });
    expect(
      await errorOf(organizations.listTagsForResource({ ResourceId: '000000000001' })),
    ).toMatchObject({ name: 'TargetNotFoundException' });
  });
});
