import type { Template } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import { modelCost as priced } from '../../assistant/translate/bedrock/prices.ts';
import { metricLine } from '../../collector/lambda/metrics.ts';
import {
  askingCost,
  collectingCost,
  costTables,
  made,
  modelCost,
  models,
  total,
  work,
} from '../../infra/cost.ts';
import { example, synthesized } from './synthesized.ts';

const all = (accounts: number) => total([...collectingCost(accounts), ...askingCost(accounts)]);

it('grows with the organization, no faster than it', () => {
  expect(all(500)).toBeGreaterThan(all(50));
  expect(all(5_000) / all(500)).toBeLessThanOrEqual(10);
});

const stack = synthesized(example());
const propertiesOf = (template: Template, type: string) =>
  Object.values(template.findResources(type)).map((resource) => resource.Properties);
const counted = (name: string) => ({
  alarms: propertiesOf(stack(name), 'AWS::CloudWatch::Alarm').length,
  dashboards: propertiesOf(stack(name), 'AWS::CloudWatch::Dashboard').length,
});

it('counts what the templates make', () => {
  const assistant = stack('assistant');
  const filtered = propertiesOf(assistant, 'AWS::Logs::MetricFilter').map(
    ({ MetricTransformations }) => MetricTransformations[0].MetricName,
  );
  const written = JSON.parse(
    metricLine(
      'publish',
      {
        SnapshotsPublished: 1,
        AccountRegionsRead: 2,
        AccountRegionsPartial: 0,
        AccountRegionsFailed: 0,
        Keys: 3,
      },
      new Date(0),
    ),
  )._aws.CloudWatchMetrics[0].Metrics;
  const memory = Object.fromEntries(
    ['collector', 'assistant']
      .flatMap((name) => propertiesOf(stack(name), 'AWS::Lambda::Function'))
      .map(({ FunctionName, MemorySize }) => [FunctionName, MemorySize]),
  );
  const [acl] = propertiesOf(assistant, 'AWS::WAFv2::WebACL');
  const { retention } = example();
  expect({
    collector: { ...counted('collector'), metrics: written.length },
    assistant: {
      ...counted('assistant'),
      metrics: new Set(filtered).size,
      webAclRules: acl.Rules.length,
    },
    memory: {
      getData: memory['kms-insights-get-data'],
      publish: memory['kms-insights-publish'],
      assistant: memory['kms-insights-assistant'],
    },
    auditDays: retention.auditDays,
    answerDays: retention.answerDays,
  }).toEqual(made);
  // What is billed by the metric for each method of an API is off.
  for (const { MethodSettings } of propertiesOf(assistant, 'AWS::ApiGateway::Stage')) {
    expect(MethodSettings).toEqual([expect.objectContaining({ MetricsEnabled: false })]);
  }
});

it('prices models as answers do', () => {
  const { modelCached, modelInput, modelOutput, modelRequests } = work;
  for (const id of Object.keys(models) as (keyof typeof models)[]) {
    const usage = {
      input: modelRequests.value * modelInput.value,
      output: modelRequests.value * modelOutput.value,
      cacheRead: (modelRequests.value - 1) * modelCached.value,
      cacheWrite: modelCached.value,
    };
    const profile = { 'claude-haiku-4-5': '-20251001-v1:0', 'claude-sonnet-4-6': '' }[id];
    expect(modelCost(id, 1)).toBeCloseTo(priced(`eu.anthropic.${id}${profile}`, usage) ?? -1, 9);
  }
});

it('is what docs/cost.md says', async () => {
  const text = `# What it costs

Made from \`infra/cost.ts\`, where the arithmetic is; \`npx vitest run test/infra/cost.test.ts -u\` writes it anew. The prices are the list prices of us-east-1 as they were read on 27 November 2026, each where the last table says: at AWS (its price pages and documents, as they were stored; not asked of AWS on that day), in a copy that someone else made of AWS's page on 20 September 2026, or only in what others write, which is "not confirmed at AWS". Look up those of your Region on the price pages of the services or in the AWS Pricing Calculator. Free tiers are left out, but for AWS KMS.

${costTables()}

Not in it: Amazon QuickSight (by user), an organization trail and the queries over its logs, data transfer but for that of CloudFront, and requests of services to the key of the data (3 cents for 10,000). A deployment that nobody asks costs its alarms, dashboards and web ACL, and what collecting does.

What limits it: a query ends at \`cost.queryMegabytes\`, one over a trail at \`collection.trail.queryMegabytes\`; one person may ask 20 questions a minute and 500 a day; the API takes 50 requests a second, and the web ACL 2,000 of one address in five minutes. \`cost.monthlyBudgetUsd\` sends an e-mail when the month's costs are, or will be, above it. The budget looks at the tag \`Project: kms-insights\`, which must be activated once as a cost allocation tag; what models cost has no tag of ours, so watch it by the audit log, which has the cost of each question ([bedrock.md](bedrock.md#what-it-costs)). To pay less: fewer snapshots (\`collection.keepSnapshots\`), a schedule every other day, \`processor: arm64\`, a smaller model.
`;
  await expect(text).toMatchFileSnapshot('../../docs/cost.md');
});
