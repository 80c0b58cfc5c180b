/** A vendor whose AWS account is publicly known. */
export interface Vendor {
  readonly name: string;
  /** Where the vendor names the account, without the scheme. */
  readonly source: string;
}

/**
 * Accounts of well-known vendors that customers let into their keys, roles or buckets. Facts only: that
 * an account is known says whose it is, never that it should have access. The sources are the vendors'
 * pages to which the public list github.com/fwdcloudsec/known_aws_accounts points; each account was
 * besides found in several public configurations that let that vendor in.
 */
const VENDORS: ReadonlyMap<string, Vendor> = new Map([
  ['008923505280', { name: 'Grafana Labs', source: 'grafana.com/docs/grafana-cloud' }],
  ['197857026523', { name: 'Microsoft Sentinel', source: 'learn.microsoft.com/azure/sentinel' }],
  [
    '269135526815',
    { name: 'Drata', source: 'github.com/drata/terraform-aws-drata-autopilot-role' },
  ],
  [
    '324880187172',
    { name: 'Spacelift', source: 'docs.spacelift.io/integrations/cloud-providers/aws' },
  ],
  ['414351767826', { name: 'Databricks', source: 'docs.databricks.com' }],
  [
    '422074288268',
    {
      name: 'RudderStack',
      source: 'rudderstack.com/docs/destinations/aws-iam-role-for-rudderstack',
    },
  ],
  ['434813966438', { name: 'Lacework', source: 'support.lacework.com' }],
  [
    '464622532012',
    { name: 'Datadog', source: 'docs.datadoghq.com/integrations/guide/aws-manual-setup' },
  ],
  ['509560245411', { name: 'Dynatrace', source: 'help.dynatrace.com' }],
  [
    '536727724300',
    { name: 'MongoDB Atlas', source: 'github.com/mongodb/mongodbatlas-cloudformation-resources' },
  ],
  [
    '754728514883',
    { name: 'New Relic', source: 'docs.newrelic.com/docs/integrations/amazon-integrations' },
  ],
  ['834469178297', { name: 'Fivetran', source: 'fivetran.com/docs/logs/cloudwatch/setup-guide' }],
  ['926226587429', { name: 'Sumo Logic', source: 'help.sumologic.com' }],
  ['956993596390', { name: 'Vanta', source: 'help.vanta.com' }],
]);

/** Whose account it is, where that is publicly known. */
export function vendorOf(accountId: string | null): Vendor | null {
  return accountId === null ? null : (VENDORS.get(accountId) ?? null);
}
