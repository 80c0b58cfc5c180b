import { CreateTableCommand, DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { s3AnswerStore } from '../../../assistant/answer/s3-store.ts';
import type { Readings } from '../../../assistant/assistant.ts';
import { attributes, type DynamoTable, dynamoTable } from '../../../assistant/dynamodb/table.ts';
import { s3Readings } from '../../../assistant/kept-readings.ts';
import { describeTable } from '../../assistant/dynamodb/table-spec.ts';
import { type Moto, startMoto } from './moto.ts';

let moto: Moto;
const before = { ...process.env };
const tables: DynamoTable[] = [];
beforeAll(async () => {
  moto = await startMoto();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: moto.url,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
});
afterEach(() => {
  for (const table of tables.splice(0)) table.close();
});
afterAll(async () => {
  process.env = before;
  await moto.stop();
});

const NAME = 'state';

describeTable('a table of DynamoDB', async (clock) => {
  const client = new DynamoDBClient({});
  await client.send(new DeleteTableCommand({ TableName: NAME })).catch(() => undefined);
  const { partition, sort } = attributes;
  await client.send(
    new CreateTableCommand({
      TableName: NAME,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [partition, sort].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S' as const,
      })),
      KeySchema: [
        { AttributeName: partition, KeyType: 'HASH' },
        { AttributeName: sort, KeyType: 'RANGE' },
      ],
    }),
  );
  client.destroy();
  const table = dynamoTable(NAME, clock);
  tables.push(table);
  return table;
});

describe('answers in S3', () => {
  it('are found by who may see what they hold, and by nobody else', async () => {
    const s3 = new S3Client({ forcePathStyle: true });
    await s3.send(
      new CreateBucketCommand({
        Bucket: 'answers',
        CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' },
      }),
    );
    const store = s3AnswerStore(s3, { bucket: 'answers' });
    const id = '6f3b0f0e-6f3e-4b5c-9d0e-1a2b3c4d5e6f';
    const answer = { id, status: 'declined', question: 'weather?' } as never;
    await store.save(answer, ['111122223333']);
    expect(await store.load(id, null)).toEqual(answer);
    expect(await store.load(id, ['111122223333', '444455556666'])).toEqual(answer);
    expect(await store.load(id, ['444455556666'])).toBeUndefined();
    expect(await store.load('00000000-0000-4000-8000-000000000000', null)).toBeUndefined();
    expect(await store.load('../secrets', null)).toBeUndefined();
    s3.destroy();
  });
});

describe('what was read of a snapshot', () => {
  const said: string[] = [];
  const log = (message: string) => void said.push(message);
  const of = { snapshotId: '20261123T060000Z-0123abcd', accountScope: null };
  const readings: Readings = {
    coverage: {
      coverage: { ok: 2, partial: 0, failed: 1, skipped: 0 },
      text: { en: '2 of 3 account-Regions were read.', ja: '3 中 2 を読みました。' },
    },
    values: {
      column: (table, column) => (`${table}.${column}` === 'kms_keys.region' ? ['日本', 'a'] : []),
      tags: [{ key: 'env', value: 'prod' }],
      accounts: [{ id: '111122223333', name: 'payments' }],
      callerRoles: ['payments-app'],
    },
  };
  let s3: S3Client;
  beforeAll(async () => {
    s3 = new S3Client({ forcePathStyle: true });
    const LocationConstraint = 'eu-central-1' as const;
    await s3.send(
      new CreateBucketCommand({
        Bucket: 'readings',
        CreateBucketConfiguration: { LocationConstraint },
      }),
    );
  });
  afterAll(() => s3.destroy());
  const kept = (codeId = 'one', bucket = 'readings') => s3Readings(s3, { bucket, codeId, log });

  it('is found again, whole, by the same code alone, and for the same scope', async () => {
    expect(await kept().load(of)).toBeUndefined();
    await kept().save(of, readings);
    const found = await kept().load(of);
    expect(found?.coverage).toEqual(readings.coverage);
    expect(found?.values.column('kms_keys', 'region')).toEqual(['日本', 'a']);
    expect(found?.values.column('kms_keys', 'alias')).toEqual([]);
    expect(found?.values.tags).toEqual(readings.values.tags);
    expect(found?.values.accounts).toEqual(readings.values.accounts);
    expect(await kept('two').load(of)).toBeUndefined();
    expect(await kept().load({ ...of, accountScope: ['111122223333'] })).toBeUndefined();
    expect(await kept().load({ ...of, snapshotId: 'another' })).toBeUndefined();
    expect(said).toEqual([]);
  });

  it('is not taken where it was put in the place of another, or is nothing of the kind', async () => {
    const { Contents: [one] = [] } = await s3.send(
      new ListObjectsV2Command({ Bucket: 'readings' }),
    );
    const scoped = { ...of, accountScope: ['111122223333'] };
    await kept().save(scoped, readings);
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'readings' }));
    const other = Contents.find(({ Key }) => Key !== one?.Key)?.Key;
    await s3.send(
      new CopyObjectCommand({ Bucket: 'readings', CopySource: `readings/${one?.Key}`, Key: other }),
    );
    expect(await kept().load(scoped)).toBeUndefined();
    await s3.send(new PutObjectCommand({ Bucket: 'readings', Key: other, Body: 'nothing' }));
    expect(await kept().load(scoped)).toBeUndefined();
    expect(said.splice(0)).toEqual(['kept readings could not be read']);
  });

  it('is done without where the bucket is out of reach', async () => {
    await kept('one', 'no-such-bucket').save(of, readings);
    expect(await kept('one', 'no-such-bucket').load(of)).toBeUndefined();
    expect(said).toEqual(['readings could not be kept', 'kept readings could not be read']);
  });
});
