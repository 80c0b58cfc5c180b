import { App, type AppProps, type StackProps, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { AssistantStack } from './assistant/assistant-stack.ts';
import { type AssistantCodeOf, assistantCode } from './assistant/function-code.ts';
import { CollectorStack } from './collector/collector-stack.ts';
import { type CodeOf, functionCode } from './collector/function-code.ts';
import type { Config } from './config.ts';
import { DashboardStack } from './dashboard/dashboard-stack.ts';
import { DataStack } from './data/data-stack.ts';
import { MemberRoleStack } from './member-role/member-role-stack.ts';

/** Ways of the AWS CDK that are not its default for the sake of old apps. */
const flags = {
  '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true,
};

/** What makes the code of functions. */
export interface FunctionCode {
  readonly collector: CodeOf;
  readonly assistant: AssistantCodeOf;
}

/**
 * KMS Insights as an app of the AWS CDK: the stacks of one deployment.
 *
 * @param code makes the code of the functions of their entries
 */
export function kmsInsights(
  config: Config,
  props: AppProps = {},
  code: FunctionCode = { collector: functionCode, assistant: assistantCode },
): App {
  const { account, region, prefix, tags } = config.deployment;
  const app = new App({
    analyticsReporting: false,
    ...props,
    context: { ...flags, ...props.context },
  });
  const of = (description: string): StackProps => ({
    env: { account, region },
    description: `KMS Insights: ${description}`,
  });
  const data = new DataStack(app, `${prefix}-data`, config, of('snapshots, tables, workgroup'));
  new AssistantStack(
    app,
    `${prefix}-assistant`,
    config,
    data,
    code.assistant,
    of('the page, its API, and Slack'),
  );
  const collector = new CollectorStack(
    app,
    `${prefix}-collector`,
    config,
    data,
    code.collector,
    of('collections on a schedule'),
  );
  collector.addStackDependency(data);
  const owner = config.dashboard.quickSight;
  if (owner !== 'off') {
    new DashboardStack(
      app,
      `${prefix}-dashboard`,
      config,
      data,
      owner,
      of('the dashboard in QuickSight'),
    );
  }
  const { targets } = config.organization.memberRole;
  if (targets !== 'off') {
    new MemberRoleStack(
      app,
      `${prefix}-member-role`,
      config,
      targets,
      of('the role in each account'),
    );
  }
  Tags.of(app).add('Project', 'kms-insights');
  for (const [name, value] of Object.entries(tags)) Tags.of(app).add(name, value);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}
