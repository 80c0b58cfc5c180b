import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { SNAPSHOTS_DATABASE } from '../../collector/schema/catalog.ts';
import { DATABASE } from '../../collector/schema/relations.ts';
import { MANIFESTS, TABLES } from '../../collector/schema/snapshot.ts';
import type { Reasons } from '../acknowledge.ts';
import type { Config } from '../config.ts';

/** The functions of the assistant. */
export type AssistantFunction = 'assistant' | 'slack-work';

/** What the permissions are about: ARNs, unless said otherwise. */
export interface Subjects {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  /** Its name. */
  readonly workgroup: string;
  readonly dataBucket: string;
  readonly resultsBucket: string;
  readonly answersBucket: string;
  readonly key: string;
  readonly stateTable: string;
  readonly auditTable: string;
  readonly parameter: string;
  readonly secrets: readonly string[];
  /** The function that works for Slack; none where Slack is off. */
  readonly slackWork: string | null;
}

/**
 * What a function may do, each with what it is for, and nothing that it does not do
 * (test/infra/assistant-permissions.test.ts compares it with what the code does). Of the data it may read
 * the tables alone; it may ask the configured model and no other.
 */
export function assistantStatements(
  name: AssistantFunction,
  config: Config,
  s: Subjects,
): readonly PolicyStatement[] {
  const allow = (sid: string, actions: readonly string[], ...resources: readonly string[]) =>
    new PolicyStatement({ sid, actions: [...actions], resources: [...resources] });
  const glue = `arn:${s.partition}:glue:${s.region}:${s.account}`;
  const databases = [DATABASE, SNAPSHOTS_DATABASE];
  const isWeb = name === 'assistant';
  return [
    allow(
      'AskAthena',
      [
        'athena:GetQueryExecution',
        'athena:GetQueryResults',
        'athena:StartQueryExecution',
        'athena:StopQueryExecution',
      ],
      `arn:${s.partition}:athena:${s.region}:${s.account}:workgroup/${s.workgroup}`,
    ),
    // Athena looks tables up, reads data and writes results in the name of who asks ("Control access to
    // Amazon S3 from Athena").
    allow(
      'FindTables',
      ['glue:GetDatabase', 'glue:GetPartitions', 'glue:GetTable'],
      `${glue}:catalog`,
      ...databases.map((database) => `${glue}:database/${database}`),
      ...databases.map((database) => `${glue}:table/${database}/*`),
    ),
    allow('FindData', ['s3:GetBucketLocation', 's3:ListBucket'], s.dataBucket, s.resultsBucket),
    allow(
      'ReadData',
      ['s3:GetObject'],
      `${s.dataBucket}/${TABLES}/*`,
      `${s.dataBucket}/${MANIFESTS}/*`,
    ),
    allow(
      'WriteResults',
      ['s3:AbortMultipartUpload', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'],
      `${s.resultsBucket}/queries/*`,
    ),
    allow(
      'KeepAnswers',
      ['s3:GetObject', 's3:PutObject'],
      `${s.answersBucket}/answers/*`,
      `${s.answersBucket}/readings/*`,
    ),
    // Without it S3 says of an object that is not there that it is forbidden.
    allow('FindAnswers', ['s3:ListBucket'], s.answersBucket),
    allow(
      'KeepState',
      [
        'dynamodb:DeleteItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        ...(isWeb ? ['dynamodb:UpdateItem'] : []),
      ],
      s.stateTable,
    ),
    // Entries are added and read; nothing may change or remove one.
    allow('KeepAudit', ['dynamodb:PutItem', ...(isWeb ? ['dynamodb:Query'] : [])], s.auditTable),
    allow('Encrypt', ['kms:Decrypt', 'kms:GenerateDataKey'], s.key),
    allow('ReadParameter', ['ssm:GetParameter'], s.parameter),
    ...(s.secrets.length > 0
      ? [allow('ReadSecrets', ['secretsmanager:GetSecretValue'], ...s.secrets)]
      : []),
    ...(isWeb && s.slackWork ? [allow('HandOver', ['lambda:InvokeFunction'], s.slackWork)] : []),
    ...(isWeb ? embedStatements(config, s) : []),
    ...modelStatements(config, s),
  ];
}

/** Why some of it is for more than one thing. */
export const reasons: Reasons = {
  FindTables: 'The databases are our own, and hold nothing but the tables of the contract.',
  ReadData: 'The names of snapshots begin with the moment at which they were begun.',
  WriteResults: 'Athena names the objects of its results.',
  KeepAnswers:
    'Each answer is an object with an id of its own, and so is what is read of a snapshot.',
  ReadSecrets: 'AWS Secrets Manager ends the ARN of a secret with six characters of its own.',
  AskModel: 'A profile hands a question to the same model in several Regions.',
  WriteLog: 'A function writes a stream of its log for each of its processes.',
};

/** A URL of the dashboard, as the user that sees it ("GenerateEmbedUrlForRegisteredUser"). */
function embedStatements(
  { deployment, dashboard }: Config,
  { partition, region, account }: Subjects,
): readonly PolicyStatement[] {
  const user = dashboard.quickSight;
  if (user === 'off' || !user.includes(':user/')) return [];
  return [
    new PolicyStatement({
      sid: 'EmbedDashboard',
      actions: ['quicksight:GenerateEmbedUrlForRegisteredUser'],
      resources: [
        user,
        `arn:${partition}:quicksight:${region}:${account}:dashboard/${deployment.prefix}-keys`,
      ],
    }),
  ];
}

/** A model, or an inference profile with the models behind it ("Prerequisites for inference profiles"). */
function modelStatements(
  { assistant }: Config,
  { partition, region, account }: Subjects,
): readonly PolicyStatement[] {
  const { model } = assistant;
  if (model === 'offline') return [];
  const of = (resource: string, where: string, owner: string) =>
    `arn:${partition}:bedrock:${where}:${owner}:${resource}`;
  const home = model.region ?? region;
  // A profile is named as its model, with where it routes to before it: eu.anthropic.…
  const profile = /^(?:us|eu|apac|jp|au|us-gov|global)\.(.+)$/.exec(model.id);
  const resources = model.id.startsWith('arn:')
    ? [model.id]
    : profile
      ? [
          of(`inference-profile/${model.id}`, home, account),
          of(`foundation-model/${profile[1]}`, '*', ''),
        ]
      : [of(`foundation-model/${model.id}`, home, '')];
  return [
    new PolicyStatement({
      sid: 'AskModel',
      actions: ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'],
      resources,
    }),
  ];
}
