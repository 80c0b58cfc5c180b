import { CreateTableCommand, DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { s3AnswerStore } from '../../../assistant/answer/s3-store.ts';
import { attributes, type DynamoTable, dynamoTable } from '../../../assistant/dynamodb/table.ts';
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
