import {
  ArnFormat,
  CfnOutput,
  Duration,
  RemovalPolicy,
  Size,
  Stack,
  type StackProps,
  Validations,
} from 'aws-cdk-lib';
import { type IRole, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { acknowledgeTracing, allow } from '../acknowledge.ts';
import type { Config } from '../config.ts';
import { bucketNames, type Data } from '../data/data-stack.ts';
import { watch } from './alarms.ts';
import { architectureOf, type CodeOf } from './function-code.ts';
import { type FunctionName, functionStatements, reasons } from './permissions.ts';
import { collectorStateMachine } from './state-machine.ts';
import { trailAccess } from './trail.ts';

/** What one function is given; memory in MiB. An account that takes longer than 15 minutes is gone on with. */
const sizes: Readonly<Record<FunctionName, { readonly memory: number; readonly disk: number }>> = {
  'list-accounts': { memory: 512, disk: 512 },
  'get-data': { memory: 1024, disk: 1024 },
  publish: { memory: 3008, disk: 4096 },
};

/** Reads every account on a schedule, and tells when that does not go well. */
export class CollectorStack extends Stack {
  /** By name, without the prefix. */
  readonly functions: Readonly<Record<FunctionName, LambdaFunction>>;
  readonly machine: StateMachine;

  constructor(
    scope: Construct,
    id: string,
    config: Config,
    data: Data,
    codeOf: CodeOf,
    props: StackProps,
  ) {
    super(scope, id, props);
    const { prefix } = config.deployment;
    this.functions = this.makeFunctions(config, data, codeOf);
    this.machine = this.makeMachine(config, data);
    const deadLetters = this.schedule(config, data);
    watch(this, config, data, {
      machine: this.machine,
      functions: this.functions,
      publish: this.functions.publish,
      deadLetters,
    });
    new CfnOutput(this, 'StateMachineArn', { value: this.machine.stateMachineArn });
    new CfnOutput(this, 'CollectNow', {
      value: `aws stepfunctions start-execution --state-machine-arn ${this.machine.stateMachineArn}`,
      description: `Collects now, beside the schedule of ${prefix}.`,
    });
  }

  private makeFunctions(
    config: Config,
    data: Data,
    codeOf: CodeOf,
  ): Readonly<Record<FunctionName, LambdaFunction>> {
    const { deployment, organization, collection } = config;
    const { trail } = collection;
    const access = trail === 'off' ? null : trailAccess(this, deployment, trail, data);
    const environment = defined({
      KMS_INSIGHTS_BUCKET: bucketNames(deployment).data,
      KMS_INSIGHTS_ROLE_NAME: organization.memberRole.name,
      KMS_INSIGHTS_EXTERNAL_ID: organization.memberRole.externalId,
      KMS_INSIGHTS_ACCOUNTS: listed(collection.accounts),
      KMS_INSIGHTS_REGIONS: listed(collection.regions),
      KMS_INSIGHTS_VALID_ACTIONS: listed(collection.validActions),
      KMS_INSIGHTS_KEEP_SNAPSHOTS: String(collection.keepSnapshots),
      KMS_INSIGHTS_TRAIL_TABLE: trail === 'off' ? undefined : trail.table,
      KMS_INSIGHTS_TRAIL_DAYS: trail === 'off' ? undefined : String(trail.days),
      KMS_INSIGHTS_TRAIL_WORKGROUP: access?.workgroup,
      NODE_OPTIONS: '--enable-source-maps',
    });
    const make = (name: FunctionName) => {
      const functionName = `${deployment.prefix}-${name}`;
      const logGroup = this.logGroup(`Log-${name}`, `/aws/lambda/${functionName}`, config, data);
      const role = new Role(this, `Role-${name}`, {
        roleName: functionName,
        assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
        description: `KMS Insights: what ${functionName} may do`,
      });
      const statements = [
        ...functionStatements(name, {
          partition: this.partition,
          roleName: organization.memberRole.name,
          source: trail === 'off' ? 'event history' : 'trail',
          dataBucketArn: `arn:${this.partition}:s3:::${bucketNames(deployment).data}`,
          keyArn: data.key.keyArn,
          catalogArn: `arn:${this.partition}:glue:${this.region}:${this.account}`,
        }),
        ...(name === 'list-accounts' ? (access?.statements ?? []) : []),
        new PolicyStatement({
          sid: 'WriteLog',
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [logGroup.logGroupArn],
        }),
      ];
      allow(role, statements, reasons);
      acknowledgeTracing(role);
      const made = new LambdaFunction(this, `Function-${name}`, {
        functionName,
        description: descriptions[name],
        runtime: Runtime.NODEJS_22_X,
        architecture: architectureOf(collection.processor),
        handler: 'index.handler',
        code: codeOf(`collector/lambda/${name}.ts`, collection.processor),
        role: role as IRole,
        timeout: Duration.minutes(15),
        memorySize: sizes[name].memory,
        ephemeralStorageSize: Size.mebibytes(sizes[name].disk),
        environment,
        environmentEncryption: data.key,
        logGroup,
        tracing: Tracing.ACTIVE,
      });
      Validations.of(made).acknowledge({
        id: 'AwsSolutions-L1',
        reason:
          'The long-term support release that the native code of DuckDB is made for; see docs/operate.md, "Upgrades".',
      });
      return made;
    };
    return {
      'list-accounts': make('list-accounts'),
      'get-data': make('get-data'),
      publish: make('publish'),
    };
  }

  private makeMachine(config: Config, data: Data): StateMachine {
    const { prefix } = config.deployment;
    const { functions } = this;
    const name = `${prefix}-collect`;
    const arn = this.formatArn({
      service: 'states',
      resource: 'stateMachine',
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      resourceName: name,
    });
    const executions = this.formatArn({
      service: 'states',
      resource: 'execution',
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      resourceName: `${name}/*`,
    });
    const role = new Role(this, 'Role-machine', {
      roleName: name,
      assumedBy: new ServicePrincipal('states.amazonaws.com'),
      description: 'KMS Insights: calls the functions of the collector',
    });
    allow(
      role,
      [
        // A distributed map starts and watches executions of its own machine.
        new PolicyStatement({
          sid: 'MapManyAccounts',
          actions: ['states:StartExecution'],
          resources: [arn],
        }),
        new PolicyStatement({
          sid: 'WatchMap',
          actions: ['states:DescribeExecution', 'states:StopExecution'],
          resources: [executions],
        }),
        new PolicyStatement({
          sid: 'CallFunctions',
          actions: ['lambda:InvokeFunction'],
          resources: Object.values(functions).map((one) => one.functionArn),
        }),
      ],
      { WatchMap: 'Executions have names of their own.' },
    );
    acknowledgeTracing(role);
    const logGroup = this.logGroup('Log-machine', `/aws/vendedlogs/states/${name}`, config, data);
    return new StateMachine(this, 'Machine', {
      stateMachineName: name,
      comment: 'KMS Insights: one collection',
      definitionBody: DefinitionBody.fromString(
        this.toJsonString(
          collectorStateMachine({
            listAccounts: functions['list-accounts'].functionArn,
            getData: functions['get-data'].functionArn,
            publish: functions.publish.functionArn,
          }),
        ),
      ),
      role: role as IRole,
      timeout: Duration.hours(23),
      tracingEnabled: true,
      // Ids of accounts and of runs are all that the states hand on.
      logs: { destination: logGroup, level: LogLevel.ALL, includeExecutionData: true },
    });
  }

  /** Starts collections. Gives the queue of those that could not be started. */
  private schedule(config: Config, data: Data): Queue {
    const { deployment, collection } = config;
    const deadLetters = new Queue(this, 'NotStarted', {
      queueName: `${deployment.prefix}-not-started`,
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: data.key,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    const role = new Role(this, 'Role-schedule', {
      roleName: `${deployment.prefix}-schedule`,
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
      description: 'KMS Insights: starts collections',
    });
    Validations.of(deadLetters).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is the dead letter queue of the schedule.',
    });
    allow(
      role,
      [
        new PolicyStatement({
          sid: 'Start',
          actions: ['states:StartExecution'],
          resources: [this.machine.stateMachineArn],
        }),
        new PolicyStatement({
          sid: 'KeepWhatWasNotStarted',
          actions: ['sqs:SendMessage'],
          resources: [deadLetters.queueArn],
        }),
        new PolicyStatement({
          sid: 'EncryptMessages',
          actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
          resources: [data.key.keyArn],
        }),
      ],
      {},
    );
    const group = new CfnScheduleGroup(this, 'Schedules', { name: deployment.prefix });
    new CfnSchedule(this, 'Schedule', {
      name: `${deployment.prefix}-collect`,
      groupName: group.ref,
      description: 'KMS Insights: collects every key',
      scheduleExpression: collection.schedule,
      scheduleExpressionTimezone: collection.timeZone,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: this.machine.stateMachineArn,
        roleArn: role.roleArn,
        input: '{}',
        retryPolicy: { maximumRetryAttempts: 10, maximumEventAgeInSeconds: 3600 },
        deadLetterConfig: { arn: deadLetters.queueArn },
      },
    });
    return deadLetters;
  }

  private logGroup(id: string, logGroupName: string, { retention }: Config, data: Data): LogGroup {
    return new LogGroup(this, id, {
      logGroupName,
      retention: retention.logDays,
      encryptionKey: data.key,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}

const descriptions: Readonly<Record<FunctionName, string>> = {
  'list-accounts': 'KMS Insights: begins a collection',
  'get-data': 'KMS Insights: reads the keys of one account',
  publish: 'KMS Insights: makes a snapshot of a collection and puts it in force',
};

const listed = (names: 'all' | readonly string[]) =>
  names === 'all' ? undefined : names.join(',');

/** The settings that are set. */
const defined = (settings: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
