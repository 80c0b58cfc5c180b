import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDuckdb } from '../../../assistant/engine/duckdb/duckdb.ts';
import type { Engine } from '../../../assistant/engine/engine.ts';
import { openDeployedApp } from '../../../assistant/lambda/deployed.ts';
import type { AnswerBody, AuditBody } from '../../../assistant/server/api.ts';
import { createApp } from '../../../assistant/server/app.ts';
import { collect } from '../../../collector/pipeline.ts';
import { analyzeKey } from '../../../collector/policy/analyze.ts';
import { createExampleCorp } from '../../../collector/simulate/example-corp.ts';
import { folderStore } from '../../../collector/snapshot/folder-store.ts';
import { accessFiles } from '../../../infra/assistant/function-code.ts';
import { startIssuer } from '../../assistant/auth/oidc-issuer.ts';
import { exampleWith, stacksOf } from '../../infra/synthesized.ts';
import { type AthenaServer, startAthena } from './athena-server.ts';
import { bodyOf, deploy, notMade, type TemplateBody } from './deploy.ts';
import { duckdbExecutor } from './duckdb-executor.ts';
import { type Moto, startMoto } from './moto.ts';
import { MANAGEMENT, root } from './organization.ts';

/**
 * The assistant as its template makes it, in moto: what its function is told there, its tables, its bucket,
 * its parameter and its secret. Athena and the issuer are on this machine; API Gateway and CloudFront are
 * left out.
 */

const ISSUER = 'https://idp.example.com';
const HOST = 'kms.example.com';
const SECRET = 'a secret of the client';
const config = exampleWith({
  'deployment.account': MANAGEMENT,
  'deployment.region': 'us-east-1',
  'assistant.identity': {
    provider: 'oidc',
    issuer: ISSUER,
    clientId: 'kms',
    clientSecretName: 'kms/oidc',
  },
  'dashboard.quickSight': `arn:aws:quicksight:us-east-1:${MANAGEMENT}:user/default/kms`,
});

const before = { ...process.env };
const folder = mkdtempSync(join(tmpdir(), 'kms-insights-deployed-'));
let moto: Moto;
let engine: Engine;
let athena: AthenaServer;
let issuer: Awaited<ReturnType<typeof startIssuer>>;
/** The types of each stack that were not made. */
const left = new Map<string, readonly string[]>();

beforeAll(async () => {
  const corp = createExampleCorp({ seed: 5, asOf: new Date('2026-11-23T06:00:00Z'), accounts: 12 });
  await collect({
    aws: corp.api,
    store: folderStore(folder),
    clock: corp.now,
    origin: 'simulated',
    seed: 5,
    analyze: analyzeKey,
  });
  engine = await openDuckdb(folder);
  athena = await startAthena({ execute: duckdbExecutor(() => engine) });
  issuer = await startIssuer('kms', SECRET);
  moto = await startMoto();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: moto.url,
    AWS_ENDPOINT_URL_ATHENA: athena.url,
    AWS_ACCESS_KEY_ID: root.accessKeyId,
    AWS_SECRET_ACCESS_KEY: root.secretAccessKey,
    AWS_REGION: 'us-east-1',
  });
  await new SecretsManagerClient({}).send(
    new CreateSecretCommand({ Name: 'kms/oidc', SecretString: SECRET }),
  );
  for (const [name, template] of stacksOf(config)) {
    // An issuer on this machine has no certificate.
    const body = JSON.parse(
      JSON.stringify(bodyOf(template)).replaceAll(ISSUER, issuer.url),
    ) as TemplateBody;
    const instead = { 'AWS::CloudFront::Distribution.DomainName': HOST };
    left.set(name, await deploy(moto.url, name, body, instead));
  }
});
afterAll(async () => {
  process.env = before;
  await Promise.all([moto?.stop(), athena?.stop(), issuer?.close(), engine?.close()]);
  rmSync(folder, { recursive: true, force: true });
});

it.each(['data', 'assistant', 'collector', 'dashboard', 'member-role'])(
  'the %s stack is made, but for what moto does not know',
  (name) => {
    expect(left.get(`kms-insights-${name}`)).toEqual(notMade[name]);
  },
);

/** The variables of the function, as AWS Lambda tells them, with its files in a folder of this machine. */
async function environment(): Promise<Record<string, string>> {
  const { Environment: told } = await new LambdaClient({}).send(
    new GetFunctionConfigurationCommand({ FunctionName: 'kms-insights-assistant' }),
  );
  const env = { ...told?.Variables };
  for (const [name, text] of Object.entries(accessFiles(config.assistant))) {
    writeFileSync(join(folder, name), text);
  }
  env.KMS_INSIGHTS_AUTH_ACCESS = join(folder, env.KMS_INSIGHTS_AUTH_ACCESS ?? '');
  return env;
}

describe('the function, with what the template tells it', () => {
  let app: ReturnType<typeof createApp>;
  beforeAll(async () => {
    const { options, publicUrl } = await openDeployedApp(await environment(), 'dist/web');
    expect(publicUrl).toBe(`https://${HOST}`);
    app = createApp(options);
  });
  const request = (path: string, init: RequestInit = {}) =>
    app.fetch(new Request(`https://${HOST}${path}`, init));
  const asking = async (groups: readonly string[]): Promise<RequestInit> => {
    issuer.be('ann', { email: 'ann@example.com', email_verified: true, groups });
    return {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await issuer.token()}`,
        accept: 'application/json',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ question: 'How many keys are there?' }),
    };
  };

  it('sends to the issuer who has not signed in, and lets nobody in who is in no group', async () => {
    expect((await request('/api/status')).status).toBe(401);
    const start = await request('/auth/sign-in?return=/');
    expect(start.status).toBe(302);
    expect(start.headers.get('location')).toContain(`${issuer.url}/authorize`);
    expect((await request('/api/ask', await asking(['others']))).status).toBe(403);
  });

  it('answers a member of a group, and keeps the answer, the audit and the count', async () => {
    const init = await asking(['kms-insights-admins']);
    const response = await request('/api/ask', init);
    const answer = (await response.json()) as AnswerBody;
    expect(answer).toMatchObject({ status: 'answered', rowCount: 1 });
    const { authorization } = init.headers as Record<string, string>;
    const again = await request(`/api/answers/${answer.id}`, {
      headers: { authorization: authorization ?? '' },
    });
    expect(await again.json()).toMatchObject({ id: answer.id, sql: answer.sql });
    const { Contents } = await new S3Client({ forcePathStyle: true }).send(
      new ListObjectsV2Command({ Bucket: `kms-insights-answers-${MANAGEMENT}-us-east-1` }),
    );
    expect(Contents?.map(({ Key }) => Key)).toEqual([
      `answers/${answer.id}.json`,
      expect.stringContaining(`readings/${engine.snapshot.snapshotId}/`),
    ]);
    const today = new Date().toISOString().slice(0, 10);
    const audit = await request(`/api/audit?from=${today}`, {
      headers: { authorization: authorization ?? '' },
    });
    expect(((await audit.json()) as AuditBody).entries[0]).toMatchObject({
      user: 'ann@example.com',
      question: 'How many keys are there?',
      status: 'answered',
    });
  });
});

// Of encryption, expiry and backups moto's CloudFormation takes no notice.
it('the tables are found by partition and sort key; that of the audit log is kept', async () => {
  const client = new DynamoDBClient({});
  for (const [name, isKept] of [
    ['kms-insights-state', false],
    ['kms-insights-audit', true],
  ] as const) {
    const { Table: table } = await client.send(new DescribeTableCommand({ TableName: name }));
    expect(table).toMatchObject({
      DeletionProtectionEnabled: isKept,
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    });
  }
});
