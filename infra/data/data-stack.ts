import {
  ArnFormat,
  CfnOutput,
  Duration,
  RemovalPolicy,
  Stack,
  type StackProps,
  Validations,
} from 'aws-cdk-lib';
import { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import {
  currentSnapshotView,
  SNAPSHOTS_DATABASE,
  type View,
  viewInput,
} from '../../collector/schema/catalog.ts';
import { DATABASE } from '../../collector/schema/relations.ts';
import { alarmTopic } from '../alarms.ts';
import type { Config } from '../config.ts';
import {
  type GlueColumn,
  type StoredTable,
  storedTables,
  views,
  WORKSHOP_DATABASE,
  workshopViews,
} from './glue-tables.ts';

const MEGABYTE = 1024 ** 2;

/** What the other stacks need of the data. */
export interface Data {
  /** Encrypts data, results, logs, queues and topics. */
  readonly key: IKey;
  /** Snapshots and the runs that make them. */
  readonly dataBucket: IBucket;
  /** What Athena gives; removed after some days. */
  readonly resultsBucket: IBucket;
  /** Logs of access to buckets, and of CloudFront. */
  readonly accessLogsBucket: IBucket;
  readonly workgroup: string;
  /** Where alarms go. */
  readonly alarms: ITopic;
}

/** The names of the buckets, known before they are made, so that other stacks need not ask this one. */
export const bucketNames = ({ prefix, account, region }: Config['deployment']) => ({
  data: `${prefix}-data-${account}-${region}`,
  results: `${prefix}-results-${account}-${region}`,
  answers: `${prefix}-answers-${account}-${region}`,
  accessLogs: `${prefix}-logs-${account}-${region}`,
});

/** Where the data is, and the tables over it. */
export class DataStack extends Stack implements Data {
  readonly key: IKey;
  readonly dataBucket: IBucket;
  readonly resultsBucket: IBucket;
  readonly accessLogsBucket: IBucket;
  readonly workgroup: string;
  readonly alarms: ITopic;

  constructor(scope: Construct, id: string, config: Config, props: StackProps) {
    super(scope, id, props);
    const { deployment, retention } = config;
    const names = bucketNames(deployment);
    const key = new Key(this, 'Key', {
      alias: `alias/${deployment.prefix}`,
      description: 'KMS Insights: snapshots, results, audit, logs',
      enableKeyRotation: true,
      pendingWindow: Duration.days(30),
      removalPolicy: RemovalPolicy.RETAIN,
    });

    this.key = key;
    this.letServicesUse(key, deployment.prefix);

    this.accessLogsBucket = bucket(this, 'AccessLogs', {
      bucketName: names.accessLogs,
      ...closed,
      // The services that write logs cannot use a key of ours.
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ expiration: Duration.days(retention.accessLogDays) }, unfinished],
    });
    Validations.of(this.accessLogsBucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'It holds the access logs of the others; its own would be written into itself.',
    });
    const encrypted = {
      ...closed,
      encryption: BucketEncryption.KMS,
      encryptionKey: this.key,
      bucketKeyEnabled: true,
      serverAccessLogsBucket: this.accessLogsBucket,
    };
    this.dataBucket = bucket(this, 'Snapshots', {
      bucketName: names.data,
      ...encrypted,
      serverAccessLogsPrefix: 'data/',
      versioned: true,
      // The collector removes snapshots; here goes what it replaced or removed.
      lifecycleRules: [
        { noncurrentVersionExpiration: Duration.days(30), expiredObjectDeleteMarker: true },
        unfinished,
      ],
    });
    this.resultsBucket = bucket(this, 'Results', {
      bucketName: names.results,
      ...encrypted,
      serverAccessLogsPrefix: 'results/',
      lifecycleRules: [{ expiration: Duration.days(retention.resultDays) }, unfinished],
    });

    this.makeCatalog(`s3://${names.data}`);
    this.workgroup = this.makeWorkgroup(config);
    this.alarms = alarmTopic(this, config, this.key);

    new CfnOutput(this, 'DataBucketName', { value: this.dataBucket.bucketName });
    new CfnOutput(this, 'ResultsBucketName', { value: this.resultsBucket.bucketName });
    new CfnOutput(this, 'WorkgroupName', { value: this.workgroup });
  }

  /** Logs and alarms are written by services, in their own name. */
  private letServicesUse(key: Key, prefix: string): void {
    const logs = this.formatArn({
      service: 'logs',
      resource: 'log-group',
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      resourceName: `/aws/*${prefix}-*`,
    });
    key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'EncryptLogs',
        principals: [new ServicePrincipal(`logs.${this.region}.amazonaws.com`)],
        actions: [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncrypt*',
          'kms:GenerateDataKey*',
          'kms:DescribeKey',
        ],
        resources: ['*'],
        conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logs } },
      }),
    );
    key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'EncryptAlarms',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
  }

  private makeCatalog(dataUrl: string): void {
    const databases = new Map(
      [
        [SNAPSHOTS_DATABASE, 'KMS Insights: what is stored. Ask kms_insights instead.'],
        [DATABASE, 'KMS Insights: every AWS KMS key of the organization.'],
        [WORKSHOP_DATABASE, 'KMS Insights, under the name of the original workshop.'],
      ].map(([name = '', description = '']) => [
        name,
        new CfnDatabase(this, `Database-${name}`, {
          catalogId: this.account,
          databaseInput: { name, description },
        }),
      ]),
    );
    const add = (
      { database, name, description }: StoredTable | View,
      input: Omit<CfnTable.TableInputProperty, 'name' | 'description'>,
    ) => {
      const table = new CfnTable(this, `Table-${database}-${name}`, {
        catalogId: this.account,
        databaseName: database,
        tableInput: { name, description, ...input },
      });
      const made = databases.get(database);
      if (made) table.addResourceDependency(made);
    };
    for (const table of storedTables) add(table, storedInput(table, dataUrl));
    // The collector replaces the first of them; deploying again leaves it, as long as this text is the same.
    for (const view of [currentSnapshotView(null), ...views, ...workshopViews]) {
      add(view, cdkInput(view));
    }
  }

  private makeWorkgroup({ deployment, cost }: Config): string {
    const workgroup = new CfnWorkGroup(this, 'Workgroup', {
      name: deployment.prefix,
      description: 'KMS Insights: questions about keys',
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: cost.queryMegabytes * MEGABYTE,
        requesterPaysEnabled: false,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: this.resultsBucket.s3UrlForObject('queries/'),
          expectedBucketOwner: this.account,
          encryptionConfiguration: { encryptionOption: 'SSE_KMS', kmsKey: this.key.keyArn },
        },
      },
    });
    return workgroup.name;
  }
}

/** Encrypted, by TLS alone, with no public access, and not removed with the stack. */
const closed = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  removalPolicy: RemovalPolicy.RETAIN,
} satisfies BucketProps;

/** The types of the CDK disagree on what is left out and what is undefined. */
const bucket = (scope: Construct, id: string, props: BucketProps) =>
  new Bucket(scope, id, props) as IBucket;

const unfinished = { abortIncompleteMultipartUploadAfter: Duration.days(7) };

const glueInput = (columns: readonly GlueColumn[]) =>
  columns.map(({ name, type }) => ({ name, type }));

function storedInput(
  table: StoredTable,
  dataUrl: string,
): Omit<CfnTable.TableInputProperty, 'name'> {
  return {
    tableType: 'EXTERNAL_TABLE',
    parameters: {
      EXTERNAL: 'TRUE',
      classification: table.format,
      ...(table.partitionKeys.length > 0 ? projection : {}),
    },
    partitionKeys: glueInput(table.partitionKeys),
    storageDescriptor: {
      location: `${dataUrl}/${table.folder}/`,
      columns: glueInput(table.columns),
      ...storage[table.format],
    },
  };
}

/**
 * Partitions are the days, not kept in the catalog: Athena reckons their places, `snapshot_date=…/`
 * below the table ("Set up partition projection"). A day without a snapshot has no objects.
 */
const projection = {
  'projection.enabled': 'true',
  'projection.snapshot_date.type': 'date',
  'projection.snapshot_date.format': 'yyyy-MM-dd',
  'projection.snapshot_date.range': 'NOW-10YEARS,NOW+1DAYS',
  'projection.snapshot_date.interval': '1',
  'projection.snapshot_date.interval.unit': 'DAYS',
};

const storage = {
  parquet: {
    inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
    outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
    serdeInfo: {
      serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
    },
  },
  json: {
    inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
    outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
    serdeInfo: { serializationLibrary: 'org.openx.data.jsonserde.JsonSerDe' },
  },
};

/** The CDK begins names with a small letter. */
function cdkInput(view: View): Omit<CfnTable.TableInputProperty, 'name'> {
  const input = viewInput(view);
  return {
    tableType: input.TableType,
    parameters: input.Parameters,
    viewOriginalText: input.ViewOriginalText,
    viewExpandedText: input.ViewExpandedText,
    storageDescriptor: { columns: glueInput(view.columns) },
  };
}
