import { Stack } from 'aws-cdk-lib';
import { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { permissionsFor } from '../../collector/aws/permissions.ts';
import type { Config } from '../config.ts';
import { bucketNames, type Data } from '../data/data-stack.ts';

/** Results of queries over the trail, below the bucket of results. */
const RESULTS = 'trail';
const MEGABYTE = 1024 ** 2;

type TrailConfig = Exclude<Config['collection']['trail'], 'off'>;

export interface TrailAccess {
  readonly workgroup: string;
  readonly statements: readonly PolicyStatement[];
}

/**
 * A workgroup for the queries over an organization trail's logs, with its own limit of bytes, and what
 * the function that asks may do. Athena reads and writes in the name of who asks ("Control access to
 * Amazon S3 from Athena").
 */
export function trailAccess(
  scope: Construct,
  deployment: Config['deployment'],
  trail: TrailConfig,
  data: Data,
): TrailAccess {
  const { partition, region, account } = Stack.of(scope);
  const workgroup = new CfnWorkGroup(scope, 'TrailWorkgroup', {
    name: `${deployment.prefix}-trail`,
    description: 'KMS Insights: who used keys, from the logs of the organization trail',
    recursiveDeleteOption: true,
    workGroupConfiguration: {
      enforceWorkGroupConfiguration: true,
      publishCloudWatchMetricsEnabled: true,
      bytesScannedCutoffPerQuery: trail.queryMegabytes * MEGABYTE,
      engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
      resultConfiguration: {
        outputLocation: `s3://${bucketNames(deployment).results}/${RESULTS}/`,
        expectedBucketOwner: account,
        encryptionConfiguration: { encryptionOption: 'SSE_KMS', kmsKey: data.key.keyArn },
      },
    },
  });
  const athena = `arn:${partition}:athena:${region}:${account}:workgroup/${workgroup.name}`;
  const glue = `arn:${partition}:glue:${region}:${account}`;
  const [database = '', table = ''] = trail.table.split('.');
  const logs = `arn:${partition}:s3:::${trail.bucket}`;
  const results = `arn:${partition}:s3:::${bucketNames(deployment).results}`;
  const calls = permissionsFor('trail')
    .map(({ action }) => action)
    .filter((action) => action.startsWith('athena:'));
  const allow = (sid: string, actions: readonly string[], ...resources: readonly string[]) =>
    new PolicyStatement({ sid, actions: [...actions], resources: [...resources] });
  return {
    workgroup: workgroup.name,
    statements: [
      allow('QueryTrail', calls, athena),
      allow(
        'FindTrail',
        ['glue:GetDatabase', 'glue:GetPartitions', 'glue:GetTable'],
        `${glue}:catalog`,
        `${glue}:database/${database}`,
        `${glue}:table/${database}/${table}`,
      ),
      allow('FindTrailLogs', ['s3:GetBucketLocation', 's3:ListBucket'], logs),
      allow('ReadTrailLogs', ['s3:GetObject'], `${logs}/*`),
      ...(trail.keyArn === undefined
        ? []
        : [allow('DecryptTrailLogs', ['kms:Decrypt'], trail.keyArn)]),
      allow('FindResults', ['s3:GetBucketLocation', 's3:ListBucket'], results),
      allow(
        'WriteResults',
        ['s3:AbortMultipartUpload', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'],
        `${results}/${RESULTS}/*`,
      ),
    ],
  };
}
