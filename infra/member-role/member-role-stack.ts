import { CfnStackSet, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { memberRoleTemplate } from './template.ts';

/**
 * The member role in every account below the targets, and in those that join later: a stack set with
 * permissions managed by AWS Organizations. It does not reach the management account, which takes
 * `infra/member-role.template.yaml` by itself.
 */
export class MemberRoleStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    config: Config,
    targets: readonly string[],
    props: StackProps,
  ) {
    super(scope, id, props);
    const { deployment, organization, collection } = config;
    const { name, externalId } = organization.memberRole;
    const source = collection.trail === 'off' ? 'event history' : 'trail';
    const parameters = {
      CollectorAccountId: deployment.account,
      CollectorRoleName: collectorRoleName(config),
      OrganizationId: organization.id,
      ExternalId: externalId ?? '',
      RoleName: name,
    };
    new CfnStackSet(this, 'MemberRole', {
      stackSetName: `${deployment.prefix}-member-role`,
      description: 'KMS Insights: the role by which the collector reads keys.',
      permissionModel: 'SERVICE_MANAGED',
      callAs: organization.administrator === 'delegated' ? 'DELEGATED_ADMIN' : 'SELF',
      capabilities: ['CAPABILITY_NAMED_IAM'],
      autoDeployment: { enabled: true, retainStacksOnAccountRemoval: false },
      managedExecution: { Active: true },
      operationPreferences: {
        maxConcurrentPercentage: 25,
        failureTolerancePercentage: 100,
        regionConcurrencyType: 'PARALLEL',
      },
      parameters: Object.entries(parameters).map(([parameterKey, parameterValue]) => ({
        parameterKey,
        parameterValue,
      })),
      stackInstancesGroup: [
        {
          // IAM is global: one Region of each account is enough.
          regions: [deployment.region],
          deploymentTargets: { organizationalUnitIds: [...targets] },
        },
      ],
      templateBody: JSON.stringify(memberRoleTemplate(source)),
    });
  }
}

/** The role of the function that reads accounts; the member roles let nobody else in. */
export const collectorRoleName = ({ deployment }: Config): string =>
  `${deployment.prefix}-get-data`;
