import { memberRolePolicy, type UsageSourceName } from '../../collector/aws/permissions.ts';

/**
 * The CloudFormation template of the role that the collector takes on in each account. The stack set
 * and `infra/member-role.template.yaml` are made from it.
 *
 * The role trusts the collector's account, and in it one role, by its ARN in a condition: a trust that
 * names the role itself would have to be renewed when that is made anew, and could not be made before.
 */
export function memberRoleTemplate(source: UsageSourceName) {
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'KMS Insights: the role by which the collector reads the keys of this account.',
    Parameters: {
      CollectorAccountId: {
        Type: 'String',
        AllowedPattern: '^\\d{12}$',
        Description: 'The account in which KMS Insights is deployed.',
      },
      CollectorRoleName: {
        Type: 'String',
        Default: 'kms-insights-get-data',
        Description: 'The role of the function that reads accounts.',
      },
      OrganizationId: {
        Type: 'String',
        AllowedPattern: '^o-[a-z0-9]{10,32}$',
        Description: 'The organization of the collector.',
      },
      ExternalId: {
        Type: 'String',
        Default: '',
        Description: 'The external id of the configuration; empty for none.',
      },
      RoleName: { Type: 'String', Default: 'KMSInsightsReadRole' },
    },
    Conditions: {
      HasExternalId: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'ExternalId' }, ''] }] },
    },
    Resources: {
      ReadRole: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: { Ref: 'RoleName' },
          Description:
            'Reads AWS KMS keys for KMS Insights. It changes nothing and decrypts nothing.',
          MaxSessionDuration: 3600,
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: {
                  AWS: { 'Fn::Sub': inCollectorAccount('root') },
                },
                Action: 'sts:AssumeRole',
                Condition: {
                  ArnEquals: {
                    'aws:PrincipalArn': {
                      'Fn::Sub': inCollectorAccount(`role/${reference('CollectorRoleName')}`),
                    },
                  },
                  StringEquals: {
                    'aws:PrincipalOrgID': { Ref: 'OrganizationId' },
                    'sts:ExternalId': {
                      'Fn::If': ['HasExternalId', { Ref: 'ExternalId' }, { Ref: 'AWS::NoValue' }],
                    },
                  },
                },
              },
            ],
          },
          Policies: [{ PolicyName: 'ReadKeys', PolicyDocument: memberRolePolicy(source) }],
          Tags: [{ Key: 'Project', Value: 'kms-insights' }],
        },
      },
    },
    Outputs: { RoleArn: { Value: { 'Fn::GetAtt': ['ReadRole', 'Arn'] } } },
  } as const;
}

/** A parameter within a text that CloudFormation fills in. */
const reference = (name: string) => `\${${name}}`;

const inCollectorAccount = (resource: string) =>
  `arn:${reference('AWS::Partition')}:iam::${reference('CollectorAccountId')}:${resource}`;
