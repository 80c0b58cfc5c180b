import {
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  DisableKeyCommand,
  EnableKeyRotationCommand,
  KMSClient,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import {
  CloseAccountCommand,
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  ListAccountsCommand,
  ListRootsCommand,
  MoveAccountCommand,
  OrganizationsClient,
  TagResourceCommand,
} from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import pMap from 'p-map';

/** Credentials that moto takes for its own account. */
export const root = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' };
/** The account that moto takes unknown credentials for: the management account here. */
export const MANAGEMENT = '123456789012';

export interface TestOrganization {
  readonly id: string;
  /** Ids by name. */
  readonly accounts: Readonly<Record<string, string>>;
  /** A KMS client with administrator rights. */
  readonly kms: (accountId: string, region: string) => Promise<KMSClient>;
}

/** An organization in moto: nested organizational units, tags, and one account that was closed. */
export async function makeOrganization(url: string): Promise<TestOrganization> {
  const config = { endpoint: url, region: 'us-east-1', credentials: root };
  const organizations = new OrganizationsClient(config);
  const sts = new STSClient(config);
  const { Organization } = await organizations.send(
    new CreateOrganizationCommand({ FeatureSet: 'ALL' }),
  );
  const { Roots = [] } = await organizations.send(new ListRootsCommand({}));
  const rootId = Roots[0]?.Id ?? '';
  const unit = async (ParentId: string, Name: string) =>
    (await organizations.send(new CreateOrganizationalUnitCommand({ ParentId, Name })))
      .OrganizationalUnit?.Id ?? '';
  const workloads = await unit(rootId, 'Workloads');
  const production = await unit(workloads, 'Production');
  for (const name of ['payments', 'data', 'sandbox', 'closed', 'untrusting']) {
    await organizations.send(
      new CreateAccountCommand({ AccountName: name, Email: `aws+${name}@example.com` }),
    );
  }
  const { Accounts = [] } = await organizations.send(new ListAccountsCommand({}));
  const accounts = Object.fromEntries(Accounts.map((a) => [a.Name ?? '', a.Id ?? '']));
  const idOf = (name: string) => accounts[name] ?? '';
  for (const name of ['payments', 'data']) {
    await organizations.send(
      new MoveAccountCommand({
        AccountId: idOf(name),
        SourceParentId: rootId,
        DestinationParentId: production,
      }),
    );
  }
  await organizations.send(
    new TagResourceCommand({
      ResourceId: idOf('payments'),
      Tags: [{ Key: 'owner', Value: 'payments-team' }],
    }),
  );
  await organizations.send(new CloseAccountCommand({ AccountId: idOf('closed') }));

  return {
    id: Organization?.Id ?? '',
    accounts,
    kms: async (accountId, region) => {
      if (accountId === MANAGEMENT) return new KMSClient({ ...config, region });
      const { Credentials } = await sts.send(
        new AssumeRoleCommand({
          RoleArn: `arn:aws:iam::${accountId}:role/OrganizationAccountAccessRole`,
          RoleSessionName: 'setup',
        }),
      );
      return new KMSClient({
        ...config,
        region,
        credentials: {
          accessKeyId: Credentials?.AccessKeyId ?? '',
          secretAccessKey: Credentials?.SecretAccessKey ?? '',
          sessionToken: Credentials?.SessionToken ?? '',
        },
      });
    },
  };
}

/** Makes so many plain keys, each with an alias and a tag; returns their ids. */
export async function makeKeys(kms: KMSClient, many: number): Promise<readonly string[]> {
  return pMap(
    Array.from({ length: many }, (_, n) => n),
    async (n) => {
      const { KeyMetadata } = await kms.send(
        new CreateKeyCommand({
          Description: `key ${n}`,
          KeyUsage: 'ENCRYPT_DECRYPT',
          Tags: [{ TagKey: 'number', TagValue: String(n) }],
        }),
      );
      const id = KeyMetadata?.KeyId ?? '';
      await kms.send(new CreateAliasCommand({ AliasName: `alias/key-${n}`, TargetKeyId: id }));
      return id;
    },
    { concurrency: 4 },
  );
}

/** A key with everything that a key can have; returns its id. */
export async function makeRichKey(kms: KMSClient, policy: object): Promise<string> {
  const { KeyMetadata } = await kms.send(
    new CreateKeyCommand({ Description: 'rich', KeyUsage: 'ENCRYPT_DECRYPT' }),
  );
  const KeyId = KeyMetadata?.KeyId ?? '';
  await kms.send(
    new PutKeyPolicyCommand({ KeyId, PolicyName: 'default', Policy: JSON.stringify(policy) }),
  );
  await kms.send(new EnableKeyRotationCommand({ KeyId }));
  for (const n of [1, 2, 3]) {
    await kms.send(
      new CreateGrantCommand({
        KeyId,
        GranteePrincipal: `arn:aws:iam::999988887777:role/app-${n}`,
        Operations: ['Decrypt'],
      }),
    );
  }
  return KeyId;
}

export async function disable(kms: KMSClient, KeyId: string): Promise<void> {
  await kms.send(new DisableKeyCommand({ KeyId }));
}

export async function scheduleDeletion(kms: KMSClient, KeyId: string): Promise<void> {
  await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
}
