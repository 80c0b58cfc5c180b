import { readFileSync } from 'node:fs';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { buildSync } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readAccess } from '../../assistant/auth/access.ts';
import { readAccess as readSlackAccess } from '../../assistant/slack/access.ts';
import { accessFiles, files } from '../../infra/assistant/function-code.ts';
import { example, exampleWith, synthesized } from './synthesized.ts';

/** What is deployed for people and Slack, and what its functions may do. */

const MODEL = 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0';
const SLACK = { secretName: 'kms-insights/slack', teams: ['T0123ABCD'], channels: ['C0KMS'] };
const full = exampleWith({
  'assistant.model': { id: MODEL, region: 'eu-central-1' },
  'assistant.slack': SLACK,
});

let plain: Template;
let all: Template;
beforeAll(() => {
  plain = synthesized(example())('assistant');
  all = synthesized(full)('assistant');
}, 120_000);

interface Statement {
  readonly Sid: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

/** The statements of the role of a function. */
function statementsOf(template: Template, functionName: string): readonly Statement[] {
  const roles = Object.entries(template.findResources('AWS::IAM::Role'));
  const [role] = roles.find(([, r]) => r.Properties.RoleName === functionName) ?? [];
  return Object.values(template.findResources('AWS::IAM::Policy'))
    .filter((p) => JSON.stringify(p.Properties.Roles).includes(`"${role}"`))
    .flatMap((p) => p.Properties.PolicyDocument.Statement as Statement[]);
}
const actionsOf = (statements: readonly Statement[]) =>
  new Set(statements.flatMap(({ Action }) => [Action].flat()));

describe('the page', () => {
  it('is answered in streams, by way of a gateway with a web ACL', () => {
    plain.hasResourceProperties('AWS::ApiGateway::Method', {
      HttpMethod: 'ANY',
      Integration: Match.objectLike({ ResponseTransferMode: 'STREAM' }),
    });
    const methods = Object.values(plain.findResources('AWS::ApiGateway::Method'));
    expect(methods).toHaveLength(2);
    for (const { Properties } of methods) {
      expect(JSON.stringify(Properties.Integration.Uri)).toContain(
        '/response-streaming-invocations',
      );
    }
    plain.resourceCountIs('AWS::WAFv2::WebACLAssociation', 1);
  });

  it('is reached by HTTPS alone, and nothing but its assets is cached', () => {
    plain.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: Match.objectLike({
        DefaultCacheBehavior: Match.objectLike({
          ViewerProtocolPolicy: 'redirect-to-https',
          CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
        }),
        CacheBehaviors: [Match.objectLike({ PathPattern: '/assets/*' })],
      }),
    });
  });

  it('has a web ACL at CloudFront where one is named, besides that of the API', () => {
    const arn =
      'arn:aws:wafv2:us-east-1:111122223333:global/webacl/kms-insights-edge/12345678-1234-1234-1234-123456789012';
    const template = synthesized(exampleWith({ 'assistant.edgeWebAcl': arn }))('assistant');
    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: Match.objectLike({ WebACLId: arn }),
    });
    template.resourceCountIs('AWS::WAFv2::WebACLAssociation', 1);
    plain.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: Match.objectLike({ WebACLId: Match.absent() }),
    });
    const regional = arn.replace('global', 'regional');
    expect(() => exampleWith({ 'assistant.edgeWebAcl': regional })).toThrow('assistant.edgeWebAcl');
  });

  it('lets in those alone whom an administrator has added, with a second factor', () => {
    plain.hasResourceProperties('AWS::Cognito::UserPool', {
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: 'ON',
      DeletionProtection: 'ACTIVE',
    });
    plain.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      AllowedOAuthFlows: ['code'],
      ExplicitAuthFlows: Match.absent(),
    });
  });

  it('takes another issuer in place of Cognito', () => {
    const template = synthesized(
      exampleWith({
        'assistant.identity': {
          provider: 'oidc',
          issuer: 'https://idp.example.com',
          clientId: 'kms',
          clientSecretName: 'kms/oidc',
        },
      }),
    )('assistant');
    template.resourceCountIs('AWS::Cognito::UserPool', 0);
    const [parameter] = Object.values(template.findResources('AWS::SSM::Parameter'));
    expect(JSON.stringify(parameter)).toContain('https://idp.example.com');
    const secrets = statementsOf(template, 'kms-insights-assistant').filter(
      ({ Sid }) => Sid === 'ReadSecrets',
    );
    expect(JSON.stringify(secrets)).toContain('secret:kms/oidc-??????');
  });
});

describe('what is kept', () => {
  it('is encrypted with the key of the deployment, can be restored, and expires', () => {
    for (const { Properties } of Object.values(plain.findResources('AWS::DynamoDB::Table'))) {
      expect(Properties.SSESpecification).toMatchObject({ SSEEnabled: true, SSEType: 'KMS' });
      expect(Properties.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled).toBe(true);
      expect(Properties.TimeToLiveSpecification).toEqual({
        AttributeName: 'expires_at',
        Enabled: true,
      });
    }
  });

  it('of the audit log is there longer than the stack', () => {
    plain.hasResource('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Retain',
      Properties: Match.objectLike({
        TableName: 'kms-insights-audit',
        DeletionProtectionEnabled: true,
      }),
    });
  });
});

describe('Slack', () => {
  it('has a function of its own where it is on, and none where it is off', () => {
    plain.resourceCountIs('AWS::Lambda::Function', 1);
    all.resourceCountIs('AWS::Lambda::Function', 2);
    all.hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: 'kms-insights-assistant',
      Environment: {
        Variables: Match.objectLike({ KMS_INSIGHTS_SLACK_WORK_FUNCTION: Match.anyValue() }),
      },
    });
    // An invocation that failed told the caller; it is not done again.
    all.hasResourceProperties('AWS::Lambda::EventInvokeConfig', { MaximumRetryAttempts: 0 });
  });
});

describe('who may see what', () => {
  it('is told to the functions in the form that they read', () => {
    const texts = accessFiles(full.assistant);
    const access = texts[files.access] ?? '';
    expect(readAccess(access)).toMatchObject({ ok: true });
    expect(parse(access).groups).toEqual(full.assistant.groups);
    expect(readSlackAccess(texts[files.slackAccess] ?? '')).toMatchObject({
      ok: true,
      rules: [{ team: 'T0123ABCD', channels: ['C0KMS'], accounts: null }],
    });
    expect(Object.keys(accessFiles(example().assistant))).toEqual([files.access]);
  });
});

/** The operation that a command of the SDK calls, as IAM names it; what Athena does in the name of the caller. */
const iamActions: Readonly<Record<string, readonly string[]>> = {
  StartQueryExecution: ['athena:StartQueryExecution'],
  GetQueryExecution: ['athena:GetQueryExecution'],
  GetQueryResults: ['athena:GetQueryResults'],
  StopQueryExecution: ['athena:StopQueryExecution'],
  ConverseStream: ['bedrock:InvokeModelWithResponseStream'],
  Converse: ['bedrock:InvokeModel'],
  Get: ['dynamodb:GetItem'],
  Put: ['dynamodb:PutItem'],
  Delete: ['dynamodb:DeleteItem'],
  Query: ['dynamodb:Query'],
  Update: ['dynamodb:UpdateItem'],
  GetObject: ['s3:GetObject'],
  PutObject: ['s3:PutObject'],
  Invoke: ['lambda:InvokeFunction'],
  GetSecretValue: ['secretsmanager:GetSecretValue'],
  GetParameter: ['ssm:GetParameter'],
};

/** Of what QuickSight is asked, the dashboard's stack gives the permission. */
const elsewhere = /^GenerateEmbedUrlFor/;

/** The commands of the SDK that the code of an entry may send. */
function commandsOf(entry: string): ReadonlySet<string> {
  const { metafile } = buildSync({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    metafile: true,
    logLevel: 'silent',
  });
  const sent = Object.keys(metafile.inputs).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/new (\w+)Command\(/g)].map((m) => m[1] ?? ''),
  );
  return new Set(sent.filter((name) => !elsewhere.test(name)));
}

/** What goes with those, by the documents that `infra/assistant/permissions.ts` names. */
const besides: ReadonlySet<string> = new Set([
  'glue:GetDatabase',
  'glue:GetPartitions',
  'glue:GetTable',
  's3:AbortMultipartUpload',
  's3:GetBucketLocation',
  's3:ListBucket',
  's3:ListMultipartUploadParts',
  'kms:Decrypt',
  'kms:GenerateDataKey',
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
]);

describe('the role of the function behind the page', () => {
  it('allows what the code calls, and nothing that no code calls', () => {
    const called = new Set(
      [...commandsOf('assistant/lambda/http-handler.ts')].flatMap((name) => {
        const actions = iamActions[name];
        if (!actions) throw new Error(`${name}: which action of IAM is it?`);
        return actions;
      }),
    );
    const allowed = actionsOf(statementsOf(all, 'kms-insights-assistant'));
    expect([...called].filter((action) => !allowed.has(action))).toEqual([]);
    // The permission for Converse covers both of its forms.
    const known = new Set([...called, ...besides, 'bedrock:InvokeModel']);
    expect([...allowed].filter((action) => !known.has(action))).toEqual([]);
  });

  it.each(['kms-insights-assistant', 'kms-insights-slack-work'])(
    '%s changes no data, and no entry of the audit log',
    (name) => {
      const statements = statementsOf(all, name);
      const about = (sid: string) => [statements.find((s) => s.Sid === sid)?.Action].flat();
      expect(about('ReadData')).toEqual(['s3:GetObject']);
      expect(about('KeepAudit').filter((a) => a !== 'dynamodb:Query')).toEqual([
        'dynamodb:PutItem',
      ]);
      const writing = statements.filter(({ Action }) =>
        [Action].flat().some((a) => /^s3:(Put|Delete)/.test(a)),
      );
      expect(JSON.stringify(writing)).not.toContain('kms-insights-data-');
    },
  );

  it('asks the configured model, and none where there is none', () => {
    const ask = statementsOf(all, 'kms-insights-assistant').find((s) => s.Sid === 'AskModel');
    expect(JSON.stringify(ask?.Resource)).toContain(`inference-profile/${MODEL}`);
    expect(JSON.stringify(ask?.Resource)).not.toContain('foundation-model/*');
    expect(
      [...actionsOf(statementsOf(plain, 'kms-insights-assistant'))].filter((a) =>
        a.startsWith('bedrock:'),
      ),
    ).toEqual([]);
  });
});
