import { expect, it } from 'vitest';
import { costTables, monthlyCost } from '../../infra/cost.ts';

const total = (accounts: number) => monthlyCost(accounts).reduce((sum, { usd }) => sum + usd, 0);

it('grows with the organization, no faster than it', () => {
  expect(total(500)).toBeGreaterThan(total(50));
  expect(total(5_000) / total(500)).toBeLessThanOrEqual(10);
});

it('is what docs/cost.md says', async () => {
  const text = `# What it costs

Made from \`infra/cost.ts\`, where the arithmetic is; \`npx vitest run test/infra/cost.test.ts -u\` writes it anew. Prices of AWS Lambda (compute) and AWS Step Functions were confirmed on 27 November 2026; the others are the list prices of us-east-1 and were not looked up again on that day. Look up those of your Region on the price pages of the services or in the AWS Pricing Calculator. Free tiers are left out, but for AWS KMS.

${costTables()}

Not in it: the model (Amazon Bedrock bills tokens), the page, Amazon QuickSight (by user), an organization trail and the queries over its logs, data transfer, and AWS X-Ray (5 US dollars for a million traces).

What limits it: a query ends at \`cost.queryMegabytes\`, one over a trail at \`collection.trail.queryMegabytes\`, and \`cost.monthlyBudgetUsd\` sends an e-mail when the month's costs are, or will be, above it. The budget looks at the tag \`Project: kms-insights\`, which must be activated once as a cost allocation tag. To pay less: fewer snapshots (\`collection.keepSnapshots\`), a schedule every other day, \`processor: arm64\`.
`;
  await expect(text).toMatchFileSnapshot('../../docs/cost.md');
});
