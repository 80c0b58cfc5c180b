import type { Random } from './random.ts';

/** What a key protects: the service that calls KMS, and the encryption context it sends. */
export interface Workload {
  /** The endpoint without `.amazonaws.com`; null for an application that calls KMS itself. */
  readonly service: string | null;
  /** The service as CloudTrail names the caller. */
  readonly caller: string;
  readonly context: (place: Place, random: Random) => Readonly<Record<string, string>>;
}

interface Place {
  readonly accountId: string;
  readonly region: string;
  readonly system: string;
}

const arn = (service: string, p: Place, rest: string): string =>
  `arn:aws:${service}:${p.region}:${p.accountId}:${rest}`;

/** The workloads with their weights. The context keys are those the services really send. */
export const workloads: Readonly<Record<string, Workload & { readonly weight: number }>> = {
  s3: {
    weight: 24,
    service: 's3',
    caller: 's3.amazonaws.com',
    context: (p, random) => ({
      'aws:s3:arn': `arn:aws:s3:::${p.system}-${random.pick(['uploads', 'exports', 'archive'])}-${p.accountId}${random.chance(0.4) ? `/${random.hex(8)}/part-0001.parquet` : ''}`,
    }),
  },
  ebs: {
    weight: 18,
    service: 'ec2',
    caller: 'ec2.amazonaws.com',
    context: (_p, random) => ({ 'aws:ebs:id': `vol-${random.hex(17)}` }),
  },
  rds: {
    weight: 14,
    service: 'rds',
    caller: 'rds.amazonaws.com',
    context: (_p, random) => ({
      'aws:rds:db-id': `db-${random.hex(26).toUpperCase().replaceAll('0', 'X')}`,
    }),
  },
  secretsmanager: {
    weight: 12,
    service: 'secretsmanager',
    caller: 'secretsmanager.amazonaws.com',
    context: (p, random) => ({
      SecretARN: arn('secretsmanager', p, `secret:${p.system}/db-${random.hex(6)}`),
      SecretVersionId: random.uuid(),
    }),
  },
  ssm: {
    weight: 6,
    service: 'ssm',
    caller: 'ssm.amazonaws.com',
    context: (p, random) => ({
      PARAMETER_ARN: arn(
        'ssm',
        p,
        `parameter/${p.system}/${random.pick(['token', 'password', 'dsn'])}`,
      ),
    }),
  },
  lambda: {
    weight: 6,
    service: 'lambda',
    caller: 'lambda.amazonaws.com',
    context: (p, random) => ({
      'aws:lambda:FunctionArn': arn(
        'lambda',
        p,
        `function:${p.system}-${random.pick(['handler', 'worker', 'webhook'])}`,
      ),
    }),
  },
  dynamodb: {
    weight: 5,
    service: 'dynamodb',
    caller: 'dynamodb.amazonaws.com',
    context: (p) => ({
      'aws:dynamodb:tableName': `${p.system}-table`,
      'aws:dynamodb:subscriberId': p.accountId,
    }),
  },
  sqs: {
    weight: 3,
    service: 'sqs',
    caller: 'sqs.amazonaws.com',
    context: (p) => ({ 'aws:sqs:arn': arn('sqs', p, `${p.system}-queue`) }),
  },
  sns: {
    weight: 2,
    service: 'sns',
    caller: 'sns.amazonaws.com',
    context: (p) => ({ 'aws:sns:topicArn': arn('sns', p, `${p.system}-topic`) }),
  },
  logs: {
    weight: 4,
    service: 'logs',
    caller: 'logs.amazonaws.com',
    context: (p) => ({ 'aws:logs:arn': arn('logs', p, `log-group:/aws/${p.system}`) }),
  },
  kinesis: {
    weight: 2,
    service: 'kinesis',
    caller: 'kinesis.amazonaws.com',
    context: (p) => ({ 'aws:kinesis:arn': arn('kinesis', p, `stream/${p.system}`) }),
  },
  elasticfilesystem: {
    weight: 2,
    service: 'elasticfilesystem',
    caller: 'elasticfilesystem.amazonaws.com',
    context: (_p, random) => ({
      'aws:elasticfilesystem:filesystem:id': `fs-${random.hex(17)}`,
    }),
  },
  application: {
    weight: 14,
    service: null,
    caller: 'application',
    context: (p, random) =>
      random.chance(0.5) ? { application: p.system, tenant: random.digits(4) } : {},
  },
};

/** Workloads of AWS managed keys that no customer managed key of the simulation has. */
export function workloadOf(name: string): Workload {
  const known = workloads[name];
  if (known !== undefined) return known;
  return { service: name, caller: `${name}.amazonaws.com`, context: () => ({}) };
}
