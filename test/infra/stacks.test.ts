import { Match, type Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { memberRolePolicy } from '../../collector/aws/permissions.ts';
import { metricLine } from '../../collector/lambda/metrics.ts';
import { memberRoleTemplate } from '../../infra/member-role/template.ts';
import { example, exampleWith, synthesized } from './synthesized.ts';

// cdk-nag is a part of each synthesis, which a finding without a reason ends.
const stack = synthesized(example());
const data = stack('data');
const collector = stack('collector');
const members = stack('member-role');

interface Resource {
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
}
const all = (template: Template, type: string) =>
  Object.entries(template.findResources(type)) as [string, Resource][];

describe('the data stack', () => {
  it('keeps every bucket closed, encrypted, and reached by TLS alone', () => {
    const buckets = all(data, 'AWS::S3::Bucket');
    expect(buckets).toHaveLength(3);
    const policies = JSON.stringify(all(data, 'AWS::S3::BucketPolicy'));
    for (const [id, { Properties, DeletionPolicy }] of buckets) {
      expect(Properties).toMatchObject({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        BucketEncryption: expect.anything(),
        LifecycleConfiguration: expect.anything(),
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      });
      expect(DeletionPolicy).toBe('Retain');
      expect(policies).toContain(id);
    }
    const denies = all(data, 'AWS::S3::BucketPolicy').map(([, { Properties }]) =>
      JSON.stringify(Properties),
    );
    for (const policy of denies) {
      expect(policy).toContain('{"Bool":{"aws:SecureTransport":"false"}}');
      expect(policy).toContain('{"NumericLessThan":{"s3:TlsVersion":1.2}}');
    }
  });

  it('keeps the data with its key, and what was replaced for 30 days', () => {
    data.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
    data.hasResourceProperties('AWS::S3::Bucket', {
      BucketName: 'kms-insights-data-111122223333-eu-central-1',
      VersioningConfiguration: { Status: 'Enabled' },
      LifecycleConfiguration: {
        Rules: Match.arrayWith([
          Match.objectLike({ NoncurrentVersionExpiration: { NoncurrentDays: 30 } }),
        ]),
      },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          {
            BucketKeyEnabled: true,
            ServerSideEncryptionByDefault: Match.objectLike({ SSEAlgorithm: 'aws:kms' }),
          },
        ],
      },
    });
  });

  it('enforces what a query may cost and where its result goes', () => {
    synthesized(exampleWith({ 'cost.queryMegabytes': 500 }))('data').hasResourceProperties(
      'AWS::Athena::WorkGroup',
      {
        Name: 'kms-insights',
        WorkGroupConfiguration: Match.objectLike({
          EnforceWorkGroupConfiguration: true,
          BytesScannedCutoffPerQuery: 500 * 2 ** 20,
          EngineVersion: { SelectedEngineVersion: 'Athena engine version 3' },
          ResultConfiguration: Match.objectLike({
            EncryptionConfiguration: Match.objectLike({ EncryptionOption: 'SSE_KMS' }),
          }),
        }),
      },
    );
  });

  it('reckons the partitions of the tables by the day', () => {
    const stored = all(data, 'AWS::Glue::Table').filter(
      ([, { Properties }]) => Properties.DatabaseName === 'kms_insights_snapshots',
    );
    expect(stored).toHaveLength(8);
    data.hasResourceProperties('AWS::Glue::Table', {
      DatabaseName: 'kms_insights_snapshots',
      TableInput: {
        Name: 'kms_keys',
        PartitionKeys: [{ Name: 'snapshot_date', Type: 'string' }],
        Parameters: Match.objectLike({
          'projection.enabled': 'true',
          'projection.snapshot_date.type': 'date',
          'projection.snapshot_date.format': 'yyyy-MM-dd',
        }),
      },
    });
  });

  it('fits into a template', () => {
    expect(JSON.stringify(data.toJSON()).length).toBeLessThan(900_000);
  });
});

describe('the collector stack', () => {
  it('has the functions under their names, traced, with logs that end', () => {
    const functions = all(collector, 'AWS::Lambda::Function').map(([, f]) => f.Properties);
    expect(functions.map((f) => f.FunctionName)).toEqual([
      'kms-insights-list-accounts',
      'kms-insights-get-data',
      'kms-insights-publish',
    ]);
    for (const f of functions) {
      expect(f).toMatchObject({
        Runtime: 'nodejs22.x',
        Timeout: 900,
        TracingConfig: { Mode: 'Active' },
        KmsKeyArn: expect.anything(),
      });
    }
    for (const [, { Properties }] of all(collector, 'AWS::Logs::LogGroup')) {
      expect(Properties).toMatchObject({ RetentionInDays: 90, KmsKeyId: expect.anything() });
    }
  });

  it('hands the configuration on to the functions', () => {
    const config = exampleWith({
      'collection.regions': ['eu-central-1', 'us-east-1'],
      'collection.accounts': ['111122223333'],
      'collection.keepSnapshots': 7,
      'collection.trail': { table: 'security.logs', bucket: 'the-trail', days: 30 },
    });
    const template = synthesized(config)('collector');
    template.hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: 'kms-insights-list-accounts',
      Environment: {
        Variables: {
          KMS_INSIGHTS_BUCKET: 'kms-insights-data-111122223333-eu-central-1',
          KMS_INSIGHTS_ROLE_NAME: 'KMSInsightsReadRole',
          KMS_INSIGHTS_EXTERNAL_ID: 'kms-insights',
          KMS_INSIGHTS_ACCOUNTS: '111122223333',
          KMS_INSIGHTS_REGIONS: 'eu-central-1,us-east-1',
          KMS_INSIGHTS_KEEP_SNAPSHOTS: '7',
          KMS_INSIGHTS_TRAIL_TABLE: 'security.logs',
          KMS_INSIGHTS_TRAIL_DAYS: '30',
          KMS_INSIGHTS_TRAIL_WORKGROUP: 'kms-insights-trail',
        },
      },
    });
    template.hasResourceProperties('AWS::Athena::WorkGroup', { Name: 'kms-insights-trail' });
  });

  it('starts on the schedule, and keeps what could not be started', () => {
    synthesized(
      exampleWith({ 'collection.schedule': 'rate(6 hours)', 'collection.timeZone': 'Asia/Tokyo' }),
    )('collector').hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'rate(6 hours)',
      ScheduleExpressionTimezone: 'Asia/Tokyo',
      Target: Match.objectLike({ DeadLetterConfig: { Arn: Match.anyValue() } }),
    });
  });

  it('tells by e-mail of failures, stale data and costs, by the metrics that are written', () => {
    const { _aws, ...line } = JSON.parse(metricLine('kms-insights-publish', METRICS, new Date(0)));
    expect(line).toEqual({ FunctionName: 'kms-insights-publish', ...METRICS });
    const written: string[] = _aws.CloudWatchMetrics[0].Metrics.map(
      (m: { Name: string }) => m.Name,
    );
    const ours = all(collector, 'AWS::CloudWatch::Alarm')
      .map(([, { Properties }]) => Properties)
      .filter((alarm) => alarm.Namespace === _aws.CloudWatchMetrics[0].Namespace);
    expect(ours.map((alarm) => alarm.MetricName).sort()).toEqual([
      'AccountRegionsFailed',
      'SnapshotsPublished',
    ]);
    for (const { MetricName } of ours) expect(written).toContain(MetricName);
    collector.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'kms-insights-stale-data',
      Period: 3600,
      EvaluationPeriods: 36,
      TreatMissingData: 'breaching',
    });
    for (const [, { Properties }] of all(collector, 'AWS::CloudWatch::Alarm')) {
      expect(Properties.AlarmActions).toHaveLength(1);
      // CloudWatch looks a week back at most.
      expect(Number(Properties.Period) * Number(Properties.EvaluationPeriods)).toBeLessThanOrEqual(
        7 * 86_400,
      );
    }
    data.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Allow',
            Action: 'sns:Publish',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
          }),
        ]),
      },
    });
    data.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'kms-insights@example.com',
    });
    collector.hasResourceProperties('AWS::Budgets::Budget', {
      Budget: Match.objectLike({ BudgetLimit: { Amount: 200, Unit: 'USD' } }),
    });
  });
});

const METRICS = {
  SnapshotsPublished: 1,
  AccountRegionsRead: 2,
  AccountRegionsPartial: 0,
  AccountRegionsFailed: 0,
  Keys: 3,
};

describe('the member role', () => {
  const { Resources } = memberRoleTemplate('event history');
  const role = Resources.ReadRole.Properties;

  it('lets in one role of the collector, of the same organization, that says the external id', () => {
    const [statement] = role.AssumeRolePolicyDocument.Statement;
    expect(statement?.Principal.AWS).toEqual({
      'Fn::Sub': `arn:\${AWS::Partition}:iam::\${CollectorAccountId}:root`,
    });
    expect(statement?.Condition).toMatchObject({
      ArnEquals: { 'aws:PrincipalArn': expect.anything() },
      StringEquals: {
        'aws:PrincipalOrgID': { Ref: 'OrganizationId' },
        'sts:ExternalId': expect.anything(),
      },
    });
  });

  it('may do what the collector does with it, and nothing else', () => {
    expect(role.Policies).toEqual([
      { PolicyName: 'ReadKeys', PolicyDocument: memberRolePolicy('event history') },
    ]);
  });

  it('goes to every account of the targets, and to those that join', () => {
    members.hasResourceProperties('AWS::CloudFormation::StackSet', {
      PermissionModel: 'SERVICE_MANAGED',
      CallAs: 'DELEGATED_ADMIN',
      AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false },
      StackInstancesGroup: [
        {
          DeploymentTargets: { OrganizationalUnitIds: ['r-exam'] },
          Regions: ['eu-central-1'],
        },
      ],
    });
    const [[, { Properties }] = ['', { Properties: {} }]] = all(
      members,
      'AWS::CloudFormation::StackSet',
    );
    expect(JSON.parse(String(Properties.TemplateBody))).toEqual(
      JSON.parse(JSON.stringify(memberRoleTemplate('event history'))),
    );
    // The role that is let in is that of the function that reads accounts.
    const given = Properties.Parameters as { ParameterKey: string; ParameterValue: string }[];
    const name = given.find((p) => p.ParameterKey === 'CollectorRoleName')?.ParameterValue;
    collector.hasResourceProperties('AWS::IAM::Role', { RoleName: name });
  });

  it('is there as a file for those who deploy it themselves', async () => {
    await expect(
      `# Made from infra/member-role/template.ts; \`npx vitest run test/infra -u\` writes it anew.\n${stringify(
        JSON.parse(JSON.stringify(memberRoleTemplate('event history'))),
        { lineWidth: 0 },
      )}`,
    ).toMatchFileSnapshot('../../infra/member-role.template.yaml');
  });

  it('is left to others where the configuration says so', () => {
    const off = synthesized(exampleWith({ 'organization.memberRole.targets': 'off' }));
    expect(() => off('member-role')).toThrow();
  });
});
