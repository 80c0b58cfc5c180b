import type {
  GetQueryExecutionCommandInput,
  GetQueryExecutionCommandOutput,
  GetQueryResultsCommandInput,
  GetQueryResultsCommandOutput,
  StartQueryExecutionCommandInput,
  StartQueryExecutionCommandOutput,
  StopQueryExecutionCommandInput,
  StopQueryExecutionCommandOutput,
} from '@aws-sdk/client-athena';
import type {
  LookupEventsCommandInput,
  LookupEventsCommandOutput,
} from '@aws-sdk/client-cloudtrail';
import type {
  DescribeKeyCommandInput,
  DescribeKeyCommandOutput,
  GetKeyLastUsageCommandInput,
  GetKeyLastUsageCommandOutput,
  GetKeyPolicyCommandInput,
  GetKeyPolicyCommandOutput,
  GetKeyRotationStatusCommandInput,
  GetKeyRotationStatusCommandOutput,
  ListAliasesCommandInput,
  ListAliasesCommandOutput,
  ListGrantsCommandInput,
  ListGrantsCommandOutput,
  ListKeysCommandInput,
  ListKeysCommandOutput,
  ListResourceTagsCommandInput,
  ListResourceTagsCommandOutput,
} from '@aws-sdk/client-kms';
import type {
  DescribeOrganizationalUnitCommandInput,
  DescribeOrganizationalUnitCommandOutput,
  DescribeOrganizationCommandInput,
  DescribeOrganizationCommandOutput,
  ListAccountsCommandInput,
  ListAccountsCommandOutput,
  ListParentsCommandInput,
  ListParentsCommandOutput,
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
} from '@aws-sdk/client-organizations';

/**
 * The AWS calls that the collector makes, each as one function with the SDK's own input and output.
 * Real clients and the simulated organization both implement these; both throw the SDK's exceptions.
 */

type Call<Input, Output> = (input: Input) => Promise<Output>;

/** The page reads carry no SDK metadata, so that an imitation need not invent any. */
type Bare<Output> = Omit<Output, '$metadata'>;

export interface OrganizationsApi {
  readonly describeOrganization: Call<
    DescribeOrganizationCommandInput,
    Bare<DescribeOrganizationCommandOutput>
  >;
  readonly listAccounts: Call<ListAccountsCommandInput, Bare<ListAccountsCommandOutput>>;
  readonly listParents: Call<ListParentsCommandInput, Bare<ListParentsCommandOutput>>;
  readonly describeOrganizationalUnit: Call<
    DescribeOrganizationalUnitCommandInput,
    Bare<DescribeOrganizationalUnitCommandOutput>
  >;
  readonly listTagsForResource: Call<
    ListTagsForResourceCommandInput,
    Bare<ListTagsForResourceCommandOutput>
  >;
}

export interface KmsApi {
  readonly listKeys: Call<ListKeysCommandInput, Bare<ListKeysCommandOutput>>;
  readonly listAliases: Call<ListAliasesCommandInput, Bare<ListAliasesCommandOutput>>;
  readonly describeKey: Call<DescribeKeyCommandInput, Bare<DescribeKeyCommandOutput>>;
  readonly getKeyPolicy: Call<GetKeyPolicyCommandInput, Bare<GetKeyPolicyCommandOutput>>;
  readonly listResourceTags: Call<
    ListResourceTagsCommandInput,
    Bare<ListResourceTagsCommandOutput>
  >;
  readonly listGrants: Call<ListGrantsCommandInput, Bare<ListGrantsCommandOutput>>;
  readonly getKeyRotationStatus: Call<
    GetKeyRotationStatusCommandInput,
    Bare<GetKeyRotationStatusCommandOutput>
  >;
  readonly getKeyLastUsage: Call<GetKeyLastUsageCommandInput, Bare<GetKeyLastUsageCommandOutput>>;
}

export interface CloudTrailApi {
  readonly lookupEvents: Call<LookupEventsCommandInput, Bare<LookupEventsCommandOutput>>;
}

/** Athena over the logs of an organization trail; with the collector's own credentials. */
export interface AthenaApi {
  readonly startQueryExecution: Call<
    StartQueryExecutionCommandInput,
    Bare<StartQueryExecutionCommandOutput>
  >;
  readonly getQueryExecution: Call<
    GetQueryExecutionCommandInput,
    Bare<GetQueryExecutionCommandOutput>
  >;
  readonly getQueryResults: Call<GetQueryResultsCommandInput, Bare<GetQueryResultsCommandOutput>>;
  readonly stopQueryExecution: Call<
    StopQueryExecutionCommandInput,
    Bare<StopQueryExecutionCommandOutput>
  >;
}

/** The clients for one account and Region, reached through the member role. */
export interface AccountRegionApi {
  readonly kms: KmsApi;
  readonly cloudTrail: CloudTrailApi;
}

/** Everything the pipeline needs of AWS. */
export interface AwsApi {
  readonly organizations: OrganizationsApi;
  /** The Regions enabled in an account. Throws the SDK's exception when the account cannot be entered. */
  readonly enabledRegions: (accountId: string) => Promise<readonly string[]>;
  /**
   * Enters an account in a Region. Throws the SDK's exception (AccessDenied from AssumeRole, for
   * example) when the member role is missing or does not trust this account.
   */
  readonly enter: (accountId: string, region: string) => Promise<AccountRegionApi>;
}
