import { AccountClient, ListRegionsCommand } from '@aws-sdk/client-account';
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import {
  DescribeKeyCommand,
  GetKeyLastUsageCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  ListAliasesCommand,
  ListGrantsCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
} from '@aws-sdk/client-kms';
import {
  DescribeOrganizationalUnitCommand,
  DescribeOrganizationCommand,
  ListAccountsCommand,
  ListParentsCommand,
  ListTagsForResourceCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { allPages } from '../read/pages.ts';
import type { AwsApi } from './api.ts';
import { CallerCredentialsError, isCredentialsError } from './credentials-error.ts';
import { type Credentials, type MemberRole, memberRole } from './member-role.ts';
import { homeRegion } from './partitions.ts';

export interface ConnectionOptions {
  /** A profile of the AWS configuration files; default: the SDK's own chain of credentials. */
  readonly profile?: string | undefined;
  /** The Region for STS. Default: that of the profile or environment, else us-east-1. */
  readonly region?: string | undefined;
  readonly role: MemberRole;
}

/** Who the collector is. */
export interface Caller {
  readonly accountId: string;
  readonly arn: string;
  readonly partition: string;
}

export interface Connection {
  readonly caller: Caller;
  readonly api: AwsApi;
}

/**
 * Retries are not the SDK's: whether a request is made again is decided in one place, which also keeps
 * to the quotas (`collector/read/call.ts`). The thousands of clients of a run share their connections.
 */
export const shared = () => ({
  maxAttempts: 1,
  requestHandler: new NodeHttpHandler({
    connectionTimeout: 5_000,
    requestTimeout: 30_000,
    throwOnRequestTimeout: true,
    socketAcquisitionWarningTimeout: 60_000,
    httpsAgent: { keepAlive: true, maxSockets: 100 },
  }),
});

/**
 * Connects to AWS: finds out who the collector is, and makes the real clients behind {@link AwsApi}.
 * The collector's own account is read with its own credentials, every other one through the member
 * role.
 *
 * Throws {@link CallerCredentialsError} when there are no valid credentials.
 */
export async function connect({ profile, region, role }: ConnectionOptions): Promise<Connection> {
  const common = shared();
  const own = { ...common, ...(profile === undefined ? {} : { profile }) };
  const configured = new STSClient({ ...own, ...(region === undefined ? {} : { region }) });
  const stsRegion = await configured.config.region().catch(() => 'us-east-1');
  const sts = new STSClient({ ...own, region: stsRegion });
  const identity = await sts.send(new GetCallerIdentityCommand({})).catch((error: unknown) => {
    throw isCredentialsError(error) ? new CallerCredentialsError(error) : error;
  });
  const caller = callerOf(identity);
  const global = { region: homeRegion(caller.partition) ?? stsRegion };
  const inAccount = memberRole((input) => sts.send(new AssumeRoleCommand(input)), role, caller);

  /** What a client for an account is made with. Fails when the account cannot be entered. */
  const entered = async (accountId: string) => {
    if (accountId === caller.accountId) return own;
    await inAccount(accountId);
    const credentials = (): Promise<Credentials> => inAccount(accountId);
    return { ...common, credentials };
  };

  return {
    caller,
    api: {
      organizations: organizationsApi(new OrganizationsClient({ ...own, ...global })),
      enabledRegions: async (accountId) => {
        const account = new AccountClient({ ...(await entered(accountId)), ...global });
        const regions = await allPages((NextToken) =>
          account
            .send(
              new ListRegionsCommand({
                RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT'],
                MaxResults: 50,
                ...(NextToken === undefined ? {} : { NextToken }),
              }),
            )
            .then((page) => ({ items: page.Regions, next: page.NextToken })),
        );
        return regions.flatMap(({ RegionName }) => RegionName ?? []);
      },
      enter: async (accountId, inRegion) => {
        const config = { ...(await entered(accountId)), region: inRegion };
        return {
          kms: kmsApi(new KMSClient(config)),
          cloudTrail: cloudTrailApi(new CloudTrailClient(config)),
        };
      },
    },
  };
}

function callerOf({ Account, Arn }: { Account?: string | undefined; Arn?: string | undefined }) {
  const partition = Arn?.split(':')[1];
  if (!Account || !Arn || !partition) {
    throw new Error('STS did not say whose the credentials are (GetCallerIdentity).');
  }
  return { accountId: Account, arn: Arn, partition };
}

function organizationsApi(client: OrganizationsClient): AwsApi['organizations'] {
  return {
    describeOrganization: (input) => client.send(new DescribeOrganizationCommand(input)),
    listAccounts: (input) => client.send(new ListAccountsCommand(input)),
    listParents: (input) => client.send(new ListParentsCommand(input)),
    describeOrganizationalUnit: (input) =>
      client.send(new DescribeOrganizationalUnitCommand(input)),
    listTagsForResource: (input) => client.send(new ListTagsForResourceCommand(input)),
  };
}

type AccountRegion = Awaited<ReturnType<AwsApi['enter']>>;

function kmsApi(client: KMSClient): AccountRegion['kms'] {
  return {
    listKeys: (input) => client.send(new ListKeysCommand(input)),
    listAliases: (input) => client.send(new ListAliasesCommand(input)),
    describeKey: (input) => client.send(new DescribeKeyCommand(input)),
    getKeyPolicy: (input) => client.send(new GetKeyPolicyCommand(input)),
    listResourceTags: (input) => client.send(new ListResourceTagsCommand(input)),
    listGrants: (input) => client.send(new ListGrantsCommand(input)),
    getKeyRotationStatus: (input) => client.send(new GetKeyRotationStatusCommand(input)),
    getKeyLastUsage: (input) => client.send(new GetKeyLastUsageCommand(input)),
  };
}

function cloudTrailApi(client: CloudTrailClient): AccountRegion['cloudTrail'] {
  return { lookupEvents: (input) => client.send(new LookupEventsCommand(input)) };
}
