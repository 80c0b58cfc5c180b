import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { kmsInsights } from '../../../infra/app.ts';
import { example, exampleWith, stacksOf } from '../../infra/synthesized.ts';
import { pythonWith } from '../venv.ts';

/** What cfn-lint, which knows the types, values and limits of CloudFormation, says of the templates. */

let commands: string;
const folder = mkdtempSync(join(tmpdir(), 'kms-insights-templates-'));
beforeAll(() => {
  commands = pythonWith('cfn-lint', new URL('requirements.txt', import.meta.url));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What it finds, line by line; nothing where it finds nothing. */
function lint(region: string, files: readonly string[]): string {
  // W3005: the CDK says twice that a function comes after its role.
  const options = ['--ignore-checks', 'W3005', '--regions', region, '--template'];
  try {
    return execFileSync(`${commands}/cfn-lint`, [...options, ...files], { encoding: 'utf8' });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

const quickSight = 'arn:aws:quicksight:eu-central-1:111122223333:user/default/kms';
const certificateArn =
  'arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012';
const slack = { secretName: 'kms-insights/slack', teams: ['T0123ABCD'] };

/** Settings that make other resources, or other properties of them. */
const configurations: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'another prefix, with tags': {
    'deployment.prefix': 'kms-two',
    'deployment.tags': { CostCenter: 'security' },
  },
  'the management account': { 'organization.administrator': 'management' },
  'no member role': { 'organization.memberRole': { targets: 'off' } },
  'organizational units': {
    'organization.memberRole.targets': ['ou-exam-12345678', 'ou-exam-87654321'],
  },
  'a trail': { 'collection.trail': { table: 'security.logs', bucket: 'the-trail' } },
  'a trail with a key': {
    'collection.trail': {
      table: 'security.logs',
      bucket: 'the-trail',
      keyArn: 'arn:aws:kms:eu-central-1:111122223333:key/12345678-1234-1234-1234-123456789012',
    },
  },
  'some accounts, Regions and actions': {
    'collection.accounts': ['111122223333'],
    'collection.regions': ['eu-central-1'],
    'collection.validActions': ['Decrypt'],
  },
  'another processor and schedule': {
    'collection.processor': 'arm64',
    'collection.schedule': 'rate(12 hours)',
    'collection.timeZone': 'Asia/Tokyo',
  },
  'a profile of a model': {
    'assistant.model': { id: 'eu.anthropic.claude-sonnet-4-6', region: 'eu-west-1' },
  },
  'a model by its ARN': {
    'assistant.model': {
      id: 'arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/abc123',
    },
  },
  'SAML and groups': {
    'assistant.identity': { provider: 'saml', metadataUrl: 'https://idp.example.com/metadata.xml' },
    'assistant.groups': { auditors: { accounts: 'all' }, sandbox: { ous: ['Root/Sandbox'] } },
  },
  'OpenID Connect': {
    'assistant.identity': {
      provider: 'oidc',
      issuer: 'https://idp.example.com',
      clientId: 'kms',
      clientSecretName: 'kms/oidc',
    },
  },
  'a host name': { 'assistant.domain': { name: 'kms.example.com', certificateArn } },
  'a web ACL at CloudFront': {
    'assistant.edgeWebAcl':
      'arn:aws:wafv2:us-east-1:111122223333:global/webacl/kms-insights-edge/12345678-1234-1234-1234-123456789012',
  },
  Slack: { 'assistant.slack': slack },
  'a dashboard of a user, in the page': { 'dashboard.quickSight': quickSight },
  'a dashboard of a group': { 'dashboard.quickSight': quickSight.replace('user', 'group') },
  everything: {
    'collection.trail': { table: 'security.logs', bucket: 'the-trail' },
    'assistant.model': { id: 'eu.anthropic.claude-sonnet-4-6' },
    'assistant.domain': { name: 'kms.example.com', certificateArn },
    'assistant.slack': { ...slack, channels: ['C0KMS'] },
    'dashboard.quickSight': quickSight,
  },
};

it('finds nothing in what is deployed, code and all, nor in the member role by itself', () => {
  const outdir = join(folder, 'deployed');
  kmsInsights(example(), { outdir }).synth();
  const templates = readdirSync(outdir)
    .filter((name) => name.endsWith('.template.json'))
    .map((name) => join(outdir, name));
  expect(templates).toHaveLength(4);
  expect(lint('eu-central-1', [...templates, 'infra/member-role.template.yaml'])).toBe('');
});

it.each(Object.entries(configurations))('finds nothing with %s', (name, settings) => {
  const place = join(folder, name);
  mkdirSync(place);
  const files = [...stacksOf(exampleWith(settings))].map(([stack, template]) => {
    const file = join(place, `${stack}.json`);
    writeFileSync(file, JSON.stringify(template.toJSON()));
    return file;
  });
  expect(files.length).toBeGreaterThanOrEqual(3);
  expect(lint('eu-central-1', files)).toBe('');
});

it('finds what is wrong', () => {
  const file = join(folder, 'wrong.json');
  const Key = { Type: 'AWS::KMS::Key', Properties: { PendingWindowInDays: 3 } };
  writeFileSync(file, JSON.stringify({ Resources: { Key } }));
  expect(lint('eu-central-1', [file])).toContain('E3034');
});
