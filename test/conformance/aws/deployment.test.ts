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
import { bodyOf, deploy } from './deploy.ts';
import { type Front, startFront } from './front.ts';
import { type Moto, startMoto } from './moto.ts';
import { MANAGEMENT, makeKeys, makeOrganization, root } from './organization.ts';

/** The data as its template makes it, in moto, an imitation of AWS. The other stacks: assistant-deployment.test.ts. */

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
  await deploy(moto.url, 'kms-insights-data', bodyOf(stack('data')));
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
