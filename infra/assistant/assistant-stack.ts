import {
  CfnOutput,
  Duration,
  RemovalPolicy,
  Stack,
  type StackProps,
  Validations,
} from 'aws-cdk-lib';
import {
  AccessLogFormat,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  ResponseTransferMode,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  HeadersFrameOption,
  HttpVersion,
  OriginRequestPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { RestApiOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { acknowledgeTracing, allow } from '../acknowledge.ts';
import type { Config } from '../config.ts';
import { bucketNames, type Data } from '../data/data-stack.ts';
import { watch } from './alarms.ts';
import { type AssistantCodeOf, files } from './function-code.ts';
import { type Issuer, makeUserPool } from './identity.ts';
import {
  type AssistantFunction,
  assistantStatements,
  reasons,
  type Subjects,
} from './permissions.ts';

const STAGE = 'live';

/** What stands before the function behind the page. */
interface Front {
  readonly api: RestApi;
  /** The name of the web ACL. */
  readonly webAcl: string;
  readonly distribution: Distribution;
}

/** The page and the API of KMS Insights, for people who sign in, and for Slack. */
export class AssistantStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    config: Config,
    data: Data,
    private readonly codeOf: AssistantCodeOf,
    props: StackProps,
  ) {
    super(scope, id, props);
    const { prefix } = config.deployment;
    const state = this.table('State', `${prefix}-state`, data, RemovalPolicy.DESTROY);
    const audit = this.table('Audit', `${prefix}-audit`, data, RemovalPolicy.RETAIN);
    const answers = this.answersBucket(config, data);
    const parameterName = `/${prefix}/assistant`;
    const names = bucketNames(config.deployment);
    const bucketArn = (name: string) => `arn:${this.partition}:s3:::${name}`;
    const secrets = secretsOf(config).map(({ variable, name, field }) => ({
      variable,
      field,
      secret: Secret.fromSecretNameV2(this, `Secret-${variable}`, name),
    }));
    const subjects = (slackWork: string | null): Subjects => ({
      partition: this.partition,
      region: this.region,
      account: this.account,
      workgroup: data.workgroup,
      dataBucket: bucketArn(names.data),
      resultsBucket: bucketArn(names.results),
      answersBucket: bucketArn(names.answers),
      key: data.key.keyArn,
      stateTable: state.tableArn,
      auditTable: audit.tableArn,
      parameter: this.formatArn({ service: 'ssm', resource: `parameter${parameterName}` }),
      secrets: secrets.map(({ secret }) => `${secret.secretArn}-??????`),
      slackWork,
    });
    const environment: Record<string, string> = {
      KMS_INSIGHTS_STATE_TABLE: state.tableName,
      KMS_INSIGHTS_AUDIT_TABLE: audit.tableName,
      KMS_INSIGHTS_ANSWERS_BUCKET: answers.bucketName,
      KMS_INSIGHTS_AUDIT_DAYS: String(config.retention.auditDays),
      KMS_INSIGHTS_PARAMETER: parameterName,
      KMS_INSIGHTS_SECRETS: secrets
        .map(
          ({ variable, secret, field }) =>
            `${variable}=${secret.secretArn}${field ? `#${field}` : ''}`,
        )
        .join(' '),
      KMS_INSIGHTS_ATHENA_WORKGROUP: data.workgroup,
      KMS_INSIGHTS_AUTH_ACCESS: files.access,
      ...modelEnvironment(config),
      ...quickSightEnvironment(config),
      ...(config.assistant.slack === 'off' ? {} : { KMS_INSIGHTS_SLACK_ACCESS: files.slackAccess }),
    };

    const slackWork =
      config.assistant.slack === 'off'
        ? null
        : this.makeFunction('slack-work', config, data, environment, subjects(null));
    const app = this.makeFunction(
      'assistant',
      config,
      data,
      {
        ...environment,
        ...(slackWork ? { KMS_INSIGHTS_SLACK_WORK_FUNCTION: slackWork.functionName } : {}),
      },
      subjects(slackWork?.functionArn ?? null),
    );
    const { api, webAcl, distribution } = this.makeFront(app, config, data);
    watch(this, config, data, {
      app,
      slackWork,
      api,
      tables: { State: state, Audit: audit },
      webAcl,
    });
    const { domain } = config.assistant;
    const publicUrl = `https://${domain === 'off' ? distribution.distributionDomainName : domain.name}`;
    const issuer = this.issuerOf(config, publicUrl);
    // Known after the function was made, since the page stands before it.
    new StringParameter(this, 'Parameter', {
      parameterName,
      description: 'KMS Insights: where the page is, and who signs people in',
      stringValue: this.toJsonString({
        KMS_INSIGHTS_AUTH_PUBLIC_URL: publicUrl,
        KMS_INSIGHTS_AUTH_ISSUER: issuer.url,
        KMS_INSIGHTS_AUTH_CLIENT_ID: issuer.clientId,
        ...(issuer.pagesUrl === null ? {} : { KMS_INSIGHTS_AUTH_COGNITO_DOMAIN: issuer.pagesUrl }),
        KMS_INSIGHTS_AUTH_GROUP_CLAIMS: 'cognito:groups custom:groups groups',
        ...(config.assistant.slack === 'off' ? {} : { KMS_INSIGHTS_SLACK_WEB_URL: publicUrl }),
        ...(config.dashboard.quickSight.toString().includes(':user/')
          ? { KMS_INSIGHTS_QUICKSIGHT_PAGE_ORIGIN: publicUrl }
          : {}),
      }),
    });
    new CfnOutput(this, 'PageUrl', { value: publicUrl, description: 'Where people ask.' });
    if (slackWork) {
      new CfnOutput(this, 'SlackCommandsUrl', { value: `${publicUrl}/slack/commands` });
      new CfnOutput(this, 'SlackInteractionsUrl', { value: `${publicUrl}/slack/interactions` });
    }
  }

  private issuerOf(config: Config, publicUrl: string): Issuer {
    const { identity } = config.assistant;
    if (identity.provider !== 'oidc') return makeUserPool(this, config, identity, publicUrl);
    return { url: identity.issuer, clientId: identity.clientId, pagesUrl: null };
  }

  private table(id: string, tableName: string, data: Data, removalPolicy: RemovalPolicy): Table {
    return new Table(this, id, {
      tableName,
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      timeToLiveAttribute: 'expires_at',
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: data.key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: removalPolicy === RemovalPolicy.RETAIN,
      removalPolicy,
    });
  }

  private answersBucket({ deployment, retention }: Config, data: Data): Bucket {
    return new Bucket(this, 'Answers', {
      bucketName: bucketNames(deployment).answers,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.KMS,
      encryptionKey: data.key,
      bucketKeyEnabled: true,
      serverAccessLogsBucket: data.accessLogsBucket,
      serverAccessLogsPrefix: 'answers/',
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        { expiration: Duration.days(retention.answerDays) },
        // What was read of a snapshot is of use while it is the newest.
        { prefix: 'readings/', expiration: Duration.days(7) },
        { abortIncompleteMultipartUploadAfter: Duration.days(7) },
      ],
    });
  }

  private makeFunction(
    name: AssistantFunction,
    config: Config,
    data: Data,
    environment: Record<string, string>,
    subjects: Subjects,
  ): LambdaFunction {
    const functionName = `${config.deployment.prefix}-${name}`;
    const logGroup = new LogGroup(this, `Log-${name}`, {
      logGroupName: `/aws/lambda/${functionName}`,
      encryptionKey: data.key,
      retention: config.retention.logDays as RetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, `Role-${name}`, {
      roleName: functionName,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `KMS Insights: what ${functionName} may do`,
    });
    const statements = [
      ...assistantStatements(name, config, subjects),
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
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: this.codeOf(entries[name], config),
      role,
      // Athena may take its minute, and the model its own; Slack waits half an hour.
      timeout: Duration.minutes(name === 'assistant' ? 3 : 5),
      // From here on a function has a whole processor, which understanding questions needs.
      memorySize: 1_769,
      environment,
      environmentEncryption: data.key,
      logGroup,
      tracing: Tracing.ACTIVE,
      // Work for Slack that failed was told of; it is not done twice.
      retryAttempts: 0,
      maxEventAge: Duration.minutes(30),
    });
    Validations.of(made).acknowledge({
      id: 'AwsSolutions-L1',
      reason:
        'The release that the functions of the collector have; see docs/operate.md, "Upgrades".',
    });
    return made;
  }

  /** API Gateway, which streams, and CloudFront before it. */
  private makeFront(app: LambdaFunction, config: Config, data: Data): Front {
    const { prefix } = config.deployment;
    const accessLog = new LogGroup(this, 'Log-gateway', {
      logGroupName: `/aws/apigateway/${prefix}-assistant`,
      encryptionKey: data.key,
      retention: config.retention.logDays as RetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const api = new RestApi(this, 'Api', {
      restApiName: `${prefix}-assistant`,
      description: 'KMS Insights: the page, its API, and Slack',
      endpointTypes: [EndpointType.REGIONAL],
      cloudWatchRole: false,
      deployOptions: {
        stageName: STAGE,
        tracingEnabled: true,
        loggingLevel: MethodLoggingLevel.OFF,
        // Those of each method cost as custom metrics do; the alarms look at those of the stage.
        metricsEnabled: false,
        throttlingRateLimit: 50,
        throttlingBurstLimit: 100,
        accessLogDestination: new LogGroupLogDestination(accessLog),
        accessLogFormat: AccessLogFormat.jsonWithStandardFields(),
      },
    });
    const integration = new LambdaIntegration(app, {
      responseTransferMode: ResponseTransferMode.STREAM,
      timeout: Duration.minutes(3),
    });
    api.root.addMethod('ANY', integration);
    api.root.addProxy({ defaultIntegration: integration, anyMethod: true });
    Validations.of(api).acknowledge(
      {
        id: 'AwsSolutions-APIG4',
        reason: 'The function itself lets nobody in who has not signed in, or is not Slack.',
      },
      {
        id: 'AwsSolutions-COG4',
        reason: 'Sessions are cookies, and Slack signs; an authorizer of Cognito knows neither.',
      },
      {
        id: 'AwsSolutions-APIG2',
        reason: 'Each request is checked in the code, with errors that say what is wrong.',
      },
      {
        id: 'AwsSolutions-APIG6',
        reason:
          'Every request is in the access log; execution logs would hold questions and tokens.',
      },
    );
    const webAcl = this.protect(api, prefix);

    const { domain, edgeWebAcl } = config.assistant;
    const headers = new ResponseHeadersPolicy(this, 'Headers', {
      responseHeadersPolicyName: `${prefix}-assistant`,
      comment: 'KMS Insights: what the app itself does not send',
      securityHeadersBehavior: {
        strictTransportSecurity: {
          accessControlMaxAge: Duration.days(365),
          includeSubdomains: true,
          override: true,
        },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      },
    });
    const origin = new RestApiOrigin(api, { readTimeout: Duration.seconds(60) });
    const through = {
      origin,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      responseHeadersPolicy: headers,
      compress: true,
    };
    const distribution = new Distribution(this, 'Distribution', {
      comment: `KMS Insights: ${prefix}`,
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_ALL,
      ...(edgeWebAcl === 'off' ? {} : { webAclId: edgeWebAcl }),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      defaultBehavior: {
        ...through,
        allowedMethods: AllowedMethods.ALLOW_ALL,
        cachePolicy: CachePolicy.CACHING_DISABLED,
      },
      additionalBehaviors: {
        '/assets/*': { ...through, cachePolicy: CachePolicy.CACHING_OPTIMIZED },
      },
      ...(domain === 'off'
        ? {}
        : {
            domainNames: [domain.name],
            certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
          }),
    });
    Validations.of(distribution).acknowledge(
      { id: 'AwsSolutions-CFR1', reason: 'Auditors of an organization may be anywhere.' },
      {
        id: 'AwsSolutions-CFR2',
        reason:
          'A web ACL is on the API behind it, which can be reached by its own address too; one for CloudFront is of us-east-1, and is named in the configuration.',
      },
      {
        id: 'AwsSolutions-CFR3',
        reason: 'The API behind it logs each request, and the app each question.',
      },
      {
        id: 'AwsSolutions-CFR4',
        reason:
          'The certificate of CloudFront for its own names allows no choice; a domain has TLS 1.2.',
      },
    );
    return { api, webAcl, distribution };
  }

  /**
   * Rules that AWS keeps, and a limit of requests from one address. Gives the name of the web ACL.
   *
   * What comes by CloudFront comes from its addresses. Whose request it was, the first address of
   * `X-Forwarded-For` says, before which anyone may have put another: the limit holds those who do not mean
   * to get around it. A web ACL at CloudFront itself sees the address ("Using forwarded IP addresses in AWS
   * WAF"); docs/deploy.md, "What stands before the function".
   */
  private protect(api: RestApi, prefix: string): string {
    const name = `${prefix}-assistant`;
    const visible = (metricName: string) => ({
      cloudWatchMetricsEnabled: true,
      sampledRequestsEnabled: false,
      metricName,
    });
    const managed = (name: string, priority: number, counted: readonly string[] = []) => ({
      name,
      priority,
      overrideAction: { none: {} },
      visibilityConfig: visible(name),
      statement: {
        managedRuleGroupStatement: {
          vendorName: 'AWS',
          name,
          ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
        },
      },
    });
    const acl = new CfnWebACL(this, 'WebAcl', {
      name,
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visible(name),
      rules: [
        // Questions and Slack's messages may be larger than its 8 kB; the app has bounds of its own.
        managed('AWSManagedRulesCommonRuleSet', 1, ['SizeRestrictions_BODY']),
        managed('AWSManagedRulesKnownBadInputsRuleSet', 2),
        managed('AWSManagedRulesAmazonIpReputationList', 3),
        {
          name: 'TooManyRequests',
          priority: 4,
          action: { block: {} },
          visibilityConfig: visible('TooManyRequests'),
          statement: {
            rateBasedStatement: {
              limit: 2_000,
              aggregateKeyType: 'FORWARDED_IP',
              forwardedIpConfig: { headerName: 'X-Forwarded-For', fallbackBehavior: 'MATCH' },
            },
          },
        },
      ],
    });
    new CfnWebACLAssociation(this, 'WebAclAssociation', {
      resourceArn: api.deploymentStage.stageArn,
      webAclArn: acl.attrArn,
    });
    return name;
  }
}

const entries: Readonly<Record<AssistantFunction, string>> = {
  assistant: 'assistant/lambda/http-handler.ts',
  'slack-work': 'assistant/lambda/slack-work-handler.ts',
};
const descriptions: Readonly<Record<AssistantFunction, string>> = {
  assistant: 'KMS Insights: answers questions',
  'slack-work': 'KMS Insights: works for Slack',
};

/** Secrets that a function reads: the variable each becomes, and the field of it. */
function secretsOf({ assistant }: Config) {
  const { identity, slack } = assistant;
  return [
    ...(identity.provider === 'oidc'
      ? [
          {
            variable: 'KMS_INSIGHTS_AUTH_CLIENT_SECRET',
            name: identity.clientSecretName,
            field: undefined,
          },
        ]
      : []),
    ...(slack === 'off'
      ? []
      : [
          {
            variable: 'KMS_INSIGHTS_SLACK_SIGNING_SECRET',
            name: slack.secretName,
            field: 'signingSecret',
          },
        ]),
  ];
}

/** The dashboard that stands in the page; one that a group owns is nobody's to embed. */
function quickSightEnvironment({ deployment, dashboard }: Config): Record<string, string> {
  const owner = dashboard.quickSight;
  if (owner === 'off' || !owner.includes(':user/')) return {};
  return {
    KMS_INSIGHTS_QUICKSIGHT_ACCOUNT_ID: deployment.account,
    KMS_INSIGHTS_QUICKSIGHT_REGION: deployment.region,
    KMS_INSIGHTS_QUICKSIGHT_DASHBOARD_ID: `${deployment.prefix}-keys`,
    KMS_INSIGHTS_QUICKSIGHT_USER_ARN: owner,
  };
}

function modelEnvironment({ assistant }: Config): Record<string, string> {
  const { model } = assistant;
  if (model === 'offline') return {};
  return {
    KMS_INSIGHTS_TRANSLATOR: 'bedrock',
    KMS_INSIGHTS_BEDROCK_MODEL: model.id,
    ...(model.region === undefined ? {} : { KMS_INSIGHTS_BEDROCK_REGION: model.region }),
  };
}
