import type { GrantListEntry, GrantOperation } from '@aws-sdk/client-kms';
import type { SimulatedKey } from './keys.ts';
import type { OrganizationPlan } from './organization.ts';
import { type Random, randomOf } from './random.ts';
import { unknownAccounts, vendors } from './vocabulary.ts';
import { workloadOf } from './workloads.ts';

const dataOperations: readonly GrantOperation[] = [
  'Decrypt',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
  'CreateGrant',
  'DescribeKey',
  'RetireGrant',
];

/** The id of another account of the organization, drawn by a key. */
export function siblingOf(plan: OrganizationPlan, accountId: string, random: Random): string {
  const others = plan.accounts.filter(({ id }) => id !== accountId);
  return others.length === 0 ? accountId : random.pick(others).id;
}

/** The operations that a key of this kind can grant. */
function possible(key: SimulatedKey, wanted: readonly GrantOperation[]): GrantOperation[] {
  switch (key.usage) {
    case 'SIGN_VERIFY':
      return ['Sign', 'Verify', 'GetPublicKey', 'DescribeKey'];
    case 'GENERATE_VERIFY_MAC':
      return ['GenerateMac', 'VerifyMac', 'DescribeKey'];
    case 'KEY_AGREEMENT':
      return ['DeriveSharedSecret', 'GetPublicKey', 'DescribeKey'];
    case 'ENCAPSULATE_DECAPSULATE':
      return ['Encapsulate', 'Decapsulate', 'GetPublicKey', 'DescribeKey'];
    case 'ENCRYPT_DECRYPT':
      return key.spec === 'SYMMETRIC_DEFAULT' ? [...wanted] : ['Encrypt', 'Decrypt', 'DescribeKey'];
  }
}

interface Parties {
  readonly GranteePrincipal: string;
  readonly RetiringPrincipal?: string;
  readonly Name?: string;
  readonly Constraints?: GrantListEntry['Constraints'];
}

/** Makes the grants of a key. */
export function makeGrants(plan: OrganizationPlan, key: SimulatedKey): GrantListEntry[] {
  const random = randomOf(`${key.stream}/grants`);
  const account = key.account.id;
  const iam = (id: string, rest: string): string => `arn:aws:iam::${id}:${rest}`;
  const age = plan.asOf.getTime() - key.createdAt.getTime();
  const grant = (
    wanted: readonly GrantOperation[],
    { GranteePrincipal, ...parties }: Parties,
  ): GrantListEntry => ({
    KeyId: key.arn,
    GrantId: random.hex(64),
    CreationDate: new Date(
      Math.floor((key.createdAt.getTime() + age * random.next() ** 0.6) / 1000) * 1000,
    ),
    GranteePrincipal,
    IssuingAccount: iam(account, 'root'),
    Operations: possible(key, wanted),
    ...parties,
  });

  const context = (): Record<string, string> =>
    workloadOf(key.workload).context(
      { accountId: account, region: key.region, system: key.account.system },
      random,
    );
  const serviceGrant = (): GrantListEntry => {
    const constraint = context();
    const constraints =
      Object.keys(constraint).length > 0 && random.chance(0.85)
        ? { Constraints: { EncryptionContextSubset: constraint } }
        : {};
    if (key.workload === 'rds') {
      return grant(dataOperations, {
        GranteePrincipal: iam(
          account,
          'role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS',
        ),
        RetiringPrincipal: `rds.${key.region}.amazonaws.com`,
        Name: random.hex(32),
        ...constraints,
      });
    }
    if (key.workload === 'ebs' || key.workload === 's3') {
      return grant(['Decrypt', 'GenerateDataKeyWithoutPlaintext', 'CreateGrant'], {
        GranteePrincipal: `arn:aws:sts::${account}:assumed-role/aws:ec2-infrastructure/i-${random.hex(17)}`,
        RetiringPrincipal: `ec2.${key.region}.amazonaws.com`,
        ...constraints,
      });
    }
    return grant(['Decrypt', 'GenerateDataKey', 'DescribeKey'], {
      GranteePrincipal: iam(
        account,
        `role/aws-service-role/${key.workload}.amazonaws.com/AWSServiceRoleFor${key.workload}`,
      ),
      ...constraints,
    });
  };
  const vendor = (): { accountId: string; role: string } =>
    random.chance(0.8)
      ? random.pick(vendors)
      : { accountId: random.pick(unknownAccounts), role: 'migration' };

  switch (key.grants) {
    case 'none':
      return [];
    case 'service':
      return Array.from({ length: random.int(1, 4) }, serviceGrant);
    case 'service-many':
      return Array.from({ length: random.int(60, 230) }, serviceGrant);
    case 'own-role':
      return [
        grant(['Decrypt', 'GenerateDataKey'], {
          GranteePrincipal: iam(account, `role/${key.account.system}-batch`),
          ...(random.chance(0.4)
            ? { RetiringPrincipal: iam(account, `role/${key.account.system}-batch`) }
            : {}),
          ...(random.chance(0.5)
            ? { Constraints: { EncryptionContextEquals: { application: key.account.system } } }
            : {}),
        }),
      ];
    case 'sibling': {
      const id = siblingOf(plan, account, random);
      return [
        grant(['Decrypt', 'DescribeKey'], {
          GranteePrincipal: random.chance(0.4) ? iam(id, 'root') : iam(id, 'role/shared-consumer'),
          Name: 'cross-account',
        }),
      ];
    }
    case 'external': {
      const { accountId, role } = vendor();
      return [
        grant(['Decrypt', 'CreateGrant', 'DescribeKey'], {
          GranteePrincipal: random.chance(0.4)
            ? iam(accountId, 'root')
            : iam(accountId, `role/${role}`),
          Name: random.pick(['vendor', 'temp', 'poc', '']),
        }),
        ...(random.chance(0.5) ? [serviceGrant()] : []),
      ];
    }
    case 'external-constrained': {
      const { accountId, role } = vendor();
      return [
        grant(['Decrypt'], {
          GranteePrincipal: iam(accountId, `role/${role}`),
          RetiringPrincipal: iam(accountId, `role/${role}`),
          Constraints: { EncryptionContextEquals: { tenant: role } },
        }),
      ];
    }
    case 'service-principal':
      return [
        {
          ...grant(['Decrypt', 'GenerateDataKey', 'RetireGrant'], {
            GranteePrincipal: `${workloadOf(key.workload).service ?? 'dynamodb'}.${key.region}.amazonaws.com`,
          }),
          ...(random.chance(0.6)
            ? {
                Constraints: {
                  SourceArn: `arn:aws:dynamodb:${key.region}:${account}:table/${key.account.system}`,
                },
              }
            : {}),
        },
      ];
  }
}
