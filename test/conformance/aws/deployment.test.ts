import {
  CreateDatabaseCommand,
  CreateTableCommand,
  type DatabaseInput,
  GetTableCommand,
  GlueClient,
  type TableInput,
} from '@aws-sdk/client-glue';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import type { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { optionsFrom } from '../../../collector/lambda/config.ts';
import { handlers } from '../../../collector/lambda/handlers.ts';
import { baseTables } from '../../../collector/schema/tables.ts';
import { glueCatalog } from '../../../collector/snapshot/catalog.ts';
import { s3Store } from '../../../collector/snapshot/s3-store.ts';
import { exampleWith, synthesized } from '../../infra/synthesized.ts';
import { type Front, startFront } from './front.ts';
import { type Moto, startMoto } from './moto.ts';
import { MANAGEMENT, makeKeys, makeOrganization, root } from './organization.ts';

/** The templates as CloudFormation takes them: deployed to moto, an imitation. */

let moto: Moto;
let front: Front;
const before = { ...process.env };

beforeAll(async () => {
  moto = await startMoto();
  front = await startFront(moto.url);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: front.url,
    AWS_ACCESS_KEY_ID: root.accessKeyId,
    AWS_SECRET_ACCESS_KEY: root.secretAccessKey,
    AWS_REGION: 'us-east-1',
  });
});
afterAll(async () => {
  process.env = before;
  await front?.stop();
  await moto?.stop();
});

/** A stack in moto; its stack's state when it is made. */
async function deploy(name: string, template: object): Promise<void> {
  const response = await fetch(moto.url, {
    method: 'POST',
    headers: {
      authorization:
        'AWS4-HMAC-SHA256 Credential=a/20261124/us-east-1/cloudformation/aws4_request, SignedHeaders=host, Signature=x',
    },
    body: new URLSearchParams({
      Action: 'CreateStack',
      Version: '2010-05-15',
      StackName: name,
      TemplateBody: JSON.stringify(template),
      'Capabilities.member.1': 'CAPABILITY_NAMED_IAM',
    }),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`${name}: ${answer}`);
}

/** Without the tags of the key, whose names moto reads as AWS KMS writes them, not as CloudFormation does. */
function forMoto(template: Record<string, unknown>): object {
  const resources = template.Resources as Record<
    string,
    { Type: string; Properties: { Tags?: unknown } }
  >;
  for (const resource of Object.values(resources)) {
    if (resource.Type === 'AWS::KMS::Key') delete resource.Properties.Tags;
  }
  return template;
}

/** Databases and tables of a template, which moto's CloudFormation leaves out. */
async function makeCatalog(glue: GlueClient, template: Template): Promise<void> {
  const properties = (type: string) =>
    Object.values(template.findResources(type)).map((resource) => resource.Properties);
  for (const { DatabaseInput: input } of properties('AWS::Glue::Database'))
    await glue.send(new CreateDatabaseCommand({ DatabaseInput: input as DatabaseInput }));
  for (const { DatabaseName, TableInput: input } of properties('AWS::Glue::Table'))
    await glue.send(new CreateTableCommand({ DatabaseName, TableInput: input as TableInput }));
}

it('what is deployed is collected into, and the catalog finds it', async () => {
  const organization = await makeOrganization(moto.url);
  const { payments = '' } = organization.accounts;
  await makeKeys(await organization.kms(payments, 'us-east-1'), 3);
  front.answer = ({ service, operation }) => {
    if (service === 'account')
      return { json: { Regions: [{ RegionName: 'us-east-1', RegionOptStatus: 'ENABLED' }] } };
    if (operation === 'GetKeyLastUsage') return { json: { TrackingStartDate: 1_767_225_600 } };
    if (operation === 'LookupEvents') return { json: { Events: [] } };
    return undefined;
  };
  const stack = synthesized(
    exampleWith({ 'deployment.account': MANAGEMENT, 'deployment.region': 'us-east-1' }),
  );
  await deploy('kms-insights-data', forMoto(stack('data').toJSON()));
  const glue = new GlueClient({ endpoint: moto.url });
  await makeCatalog(glue, stack('data'));

  const [publishing] = Object.values(
    stack('collector').findResources('AWS::Lambda::Function', {
      Properties: { FunctionName: 'kms-insights-publish' },
    }),
  );
  const env: Record<string, string> = publishing?.Properties.Environment.Variables;
  const s3 = new S3Client({ forcePathStyle: true, endpoint: moto.url });
  const bucket = env.KMS_INSIGHTS_BUCKET ?? '';
  const options = { ...(await optionsFrom(env)), store: s3Store(s3, { bucket, prefix: '' }) };
  const run = handlers(async () => options, { pointTo: glueCatalog(glue) });
  const plenty = { getRemainingTimeInMillis: () => 900_000 };
  const { runId, accounts } = await run.listAccounts();
  for (const accountId of accounts) await run.getData({ runId, accountId }, plenty);
  const { snapshotId, unread, warnings } = await run.publish({ runId });
  expect({ unread, warnings }).toEqual({ unread: [], warnings: [] });

  const table = async (DatabaseName: string, Name: string) =>
    (await glue.send(new GetTableCommand({ DatabaseName, Name }))).Table;
  const view = await table('kms_insights_snapshots', 'current_snapshot');
  const text = /Presto View: (\S+) /.exec(view?.ViewOriginalText ?? '')?.[1] ?? '';
  expect(JSON.parse(Buffer.from(text, 'base64').toString()).originalSql).toContain(snapshotId);
  for (const { name } of baseTables) {
    const stored = await table('kms_insights_snapshots', name);
    const place = new URL(stored?.StorageDescriptor?.Location ?? '');
    expect(place.host).toBe(bucket);
    const { Contents = [] } = await s3.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: place.pathname.slice(1) }),
    );
    expect(Contents.map((object) => object.Key?.split('/').at(-1))).toEqual([
      `${snapshotId}.parquet`,
    ]);
    expect((await table('kms_insights', name))?.TableType).toBe('VIRTUAL_VIEW');
  }
});

it('the collector stack is taken too', async () => {
  const stack = synthesized(
    exampleWith({ 'deployment.account': MANAGEMENT, 'deployment.region': 'us-east-1' }),
  );
  await deploy('kms-insights-collector', forMoto(stack('collector').toJSON()));
});
