import * as kms from '@aws-sdk/client-kms';
import { CreateGrantCommand, GrantOperation } from '@aws-sdk/client-kms';
import { describe, expect, it } from 'vitest';
import {
  accessLevels,
  actionSet,
  actionsCovered,
  isEveryAction,
  keyActions,
} from '../../../collector/policy/actions.ts';

const all = ['ADMIN', 'ENCRYPT', 'DECRYPT', 'SIGN', 'GRANT', 'READ'];

describe('access levels', () => {
  // biome-ignore format: one case per line
  it.each([
    [['kms:*'], all],
    [['*'], all],
    [['KMS:DECRYPT'], ['DECRYPT']],
    [['kms:Decrypt', 'kms:Encrypt'], ['ENCRYPT', 'DECRYPT']],
    [['kms:?ecrypt'], ['DECRYPT']],
    [['kms:De*'], ['ADMIN', 'DECRYPT', 'READ']],
    [['kms:Describe*'], ['READ']],
    [['kms:ReEncrypt*'], ['ENCRYPT', 'DECRYPT']],
    [['kms:GenerateDataKey*'], ['ENCRYPT']],
    [['kms:*crypt*'], ['ENCRYPT', 'DECRYPT']],
    [['kms:GenerateMac', 'kms:Verify'], ['SIGN']],
    [['kms:DeriveSharedSecret'], ['DECRYPT']],
    [['kms:Encapsulate'], ['ENCRYPT']],
    [['kms:Decapsulate'], ['DECRYPT']],
    [['kms:CreateGrant'], ['GRANT']],
    [['kms:RetireGrant'], []],
    [['kms:GetKeyLastUsage'], ['READ']],
    [['kms:RotateKeyOnDemand'], ['ADMIN']],
    [['kms:ReplicateKey'], ['ADMIN']],
    [['kms:UpdatePrimaryRegion'], ['ADMIN']],
    [['kms:PutKeyPolicy'], ['ADMIN']],
    [['s3:GetObject'], []],
    [['kms:ListKeys'], []],
    [['kms:NoSuchAction'], []],
    [[], []],
  ])('%j amount to %j', (actions, levels) => {
    expect(accessLevels(actionSet(actions, false))).toEqual(levels);
  });

  // biome-ignore format: one case per line

  it.each([
    [['kms:Decrypt'], all],
    [['kms:Get*', 'kms:List*', 'kms:Describe*'], ['ADMIN', 'ENCRYPT', 'DECRYPT', 'SIGN', 'GRANT']],
    [['kms:*'], []],
    [['s3:*'], all],
  ])('all but %j amount to %j', (actions, levels) => {
    expect(accessLevels(actionSet(actions, true))).toEqual(levels);
  });
});

describe('the catalogue', () => {
  // The SDK is the proof that no operation on a key is forgotten.
  const byIamPolicyOnly = [
    'ConnectCustomKeyStore',
    'CreateCustomKeyStore',
    'CreateKey',
    'DeleteCustomKeyStore',
    'DescribeCustomKeyStores',
    'DisconnectCustomKeyStore',
    'GenerateRandom',
    'ListAliases',
    'ListKeys',
    'ListRetirableGrants',
    'UpdateCustomKeyStore',
  ];
  const commands = Object.keys(kms)
    .filter((name) => name.endsWith('Command') && name !== '$Command')
    .map((name) => name.slice(0, -'Command'.length));

  it('knows every KMS command that works on a key', () => {
    expect(commands).toContain(CreateGrantCommand.name.slice(0, -'Command'.length));
    const known = new Set([...keyActions, ...byIamPolicyOnly, 'ReEncrypt']);
    expect(commands.filter((c) => !known.has(c))).toEqual([]);
  });

  it('knows every operation of a grant', () => {
    expect(Object.values(GrantOperation).filter((o) => !keyActions.includes(o))).toEqual([]);
  });
});

describe('every action', () => {
  it.each(['kms:*', '*', 'KMS:*', 'kms:**', 'kms:?*', '***'])('is %s', (action) => {
    expect(isEveryAction(actionSet([action], false))).toBe(true);
  });
  it.each(['kms:De*', 's3:*', 'kms:?????????????????????*', 'kms:Decrypt'])(
    'is not %s',
    (action) => {
      expect(isEveryAction(actionSet([action], false))).toBe(false);
    },
  );
  it('is not the list of a NotAction', () => {
    expect(isEveryAction(actionSet(['kms:*'], true))).toBe(false);
  });
});

describe('denied actions', () => {
  const only = (...actions: string[]) => actionSet(actions, false);
  const but = (...actions: string[]) => actionSet(actions, true);

  // biome-ignore format: one case per line

  it.each([
    ['Decrypt by itself', only('kms:Decrypt'), [only('KMS:decrypt')], true],
    ['a wildcard by a wider one', only('kms:De*'), [only('kms:D*')], true],
    ['a wildcard by kms:*', only('kms:Get*'), [only('kms:*')], true],
    ['kms:* by *', only('kms:*'), [only('*')], true],
    ['two actions by two statements', only('kms:Decrypt', 'kms:Sign'), [only('kms:Decrypt'), only('kms:Sign')], true],
    ['an action by the rest of a NotAction', only('kms:Decrypt'), [but('kms:DescribeKey')], true],
    ['kms:* by less', only('kms:*'), [only('kms:Decrypt')], false],
    ['a wildcard by one of its actions', only('kms:De*'), [only('kms:Decrypt')], false],
    ['two actions by one', only('kms:Decrypt', 'kms:Sign'), [only('kms:Decrypt')], false],
    ['an action spared by NotAction', only('kms:Decrypt'), [but('kms:D*')], false],
    ['a wildcard that meets what NotAction spares', only('kms:*crypt'), [but('kms:De*')], false],
    ['NotAction by kms:*', but('kms:Decrypt'), [only('kms:*')], true],
    ['NotAction by the same NotAction', but('kms:Decrypt'), [but('kms:Decrypt')], true],
    ['NotAction by a smaller exception', but('kms:De*'), [but('kms:Decrypt')], true],
    ['NotAction by an exception among several', but('kms:De*', 'kms:Sign'), [but('kms:Decrypt')], true],
    ['NotAction by two exceptions, one of them larger', but('kms:De*'), [but('kms:Decrypt', 'kms:Sign')], false],
    ['an action spared by one of several in NotAction', only('kms:Decrypt'), [but('kms:Sign', 'kms:D*')], false],
    ['NotAction by a larger exception', but('kms:Decrypt'), [but('kms:De*')], false],
    ['? by *', only('kms:?ecrypt'), [only('kms:*ecrypt')], true],
    ['* by ?', only('kms:*ecrypt'), [only('kms:?ecrypt')], false],
  ])('cover %s: %#', (_, allowed, denied, covered) => {
    expect(actionsCovered(allowed, denied)).toBe(covered);
  });
});
