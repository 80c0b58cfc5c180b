import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

/**
 * What a deployed assistant remembers between invocations, in Amazon DynamoDB. An item is found by a
 * partition and, within it, by a sort key; the rest of it is `value`, JSON in text. The tables are made in
 * `infra/assistant/`.
 */

export interface Key {
  readonly partition: string;
  readonly sort: string;
}

export interface Item extends Key {
  readonly value: unknown;
  /** When it counts no more; null for never. DynamoDB removes it some time after that. */
  readonly expiresAt: Date | null;
}

export interface Page {
  readonly items: readonly Item[];
  /** Whether there may be more behind the last of them. */
  readonly more: boolean;
}

export interface Query {
  readonly partition: string;
  /** Sort keys from here on, itself included. */
  readonly from?: string;
  /** Sort keys up to here, itself left out. */
  readonly before?: string;
  /** Default: the lowest sort key comes first. */
  readonly newestFirst?: boolean;
  /** At most 1,000. */
  readonly limit: number;
}

/** The calls of DynamoDB that are made. What has expired is not found, even where it is not yet removed. */
export interface Table {
  readonly get: (key: Key) => Promise<Item | undefined>;
  readonly put: (item: Item) => Promise<void>;
  /** False, and nothing is changed, where there is one of this key that has not expired. */
  readonly putNew: (item: Item) => Promise<boolean>;
  /** Puts it where the one there has the value `before`, as it was got; false, and nothing is changed, elsewhere. */
  readonly replace: (item: Item, before: unknown) => Promise<boolean>;
  /** Removes it; what it was. */
  readonly take: (key: Key) => Promise<Item | undefined>;
  readonly query: (query: Query) => Promise<Page>;
  /**
   * Counts up by one, from nothing, and gives the new count; null, and nothing is counted, where it stands
   * at `most`. The counter is removed some time after `expiresAt`, until when it may count on: the key is to
   * name the span of time that is counted.
   */
  readonly count: (key: Key, most: number, expiresAt: Date) => Promise<number | null>;
}

/** The names of the attributes; `expires_at` is the one that the table's time to live looks at. */
export const attributes = {
  partition: 'pk',
  sort: 'sk',
  value: 'value',
  expires: 'expires_at',
  count: 'count',
} as const;

/** Largest item: "Service, account, and table quotas in Amazon DynamoDB". */
export const MAX_ITEM_BYTES = 400 * 1024;

export interface DynamoTable extends Table {
  readonly close: () => void;
}

/**
 * A table by the AWS SDK, with its usual credentials. Throttled and failed requests are sent again, up to
 * five times in all; a request may take five seconds.
 */
export function dynamoTable(
  name: string,
  clock: () => Date,
  region: string | undefined = undefined,
): DynamoTable {
  const client = new DynamoDBClient({
    ...(region === undefined ? {} : { region }),
    maxAttempts: 5,
    requestHandler: {
      connectionTimeout: 2_000,
      requestTimeout: 5_000,
      throwOnRequestTimeout: true,
    },
  });
  const documents = DynamoDBDocumentClient.from(client, {
    marshallOptions: { removeUndefinedValues: true },
  });
  const named = { TableName: name };
  const seconds = () => Math.floor(clock().getTime() / 1_000);
  const isThere = (item: Item | undefined): Item | undefined =>
    item && (item.expiresAt === null || item.expiresAt > clock()) ? item : undefined;

  return {
    get: async (key) => {
      const { Item: found } = await documents.send(
        new GetCommand({ ...named, Key: keyOf(key), ConsistentRead: true }),
      );
      return isThere(itemOf(found));
    },
    put: async (item) => {
      await documents.send(new PutCommand({ ...named, Item: recordOf(item) }));
    },
    putNew: (item) =>
      unlessRefused(async () => {
        await documents.send(
          new PutCommand({
            ...named,
            Item: recordOf(item),
            ConditionExpression: 'attribute_not_exists(pk) OR expires_at <= :now',
            ExpressionAttributeValues: { ':now': seconds() },
          }),
        );
        return true;
      }, false),
    replace: (item, before) =>
      unlessRefused(async () => {
        await documents.send(
          new PutCommand({
            ...named,
            Item: recordOf(item),
            ConditionExpression:
              '#value = :before AND (attribute_not_exists(expires_at) OR expires_at > :now)',
            ExpressionAttributeNames: { '#value': attributes.value },
            ExpressionAttributeValues: { ':before': JSON.stringify(before), ':now': seconds() },
          }),
        );
        return true;
      }, false),
    take: async (key) => {
      const { Attributes: was } = await documents.send(
        new DeleteCommand({ ...named, Key: keyOf(key), ReturnValues: 'ALL_OLD' }),
      );
      return isThere(itemOf(was));
    },
    query: async ({ partition, from, before, newestFirst = false, limit }) => {
      // DynamoDB refuses a range whose ends are the wrong way round.
      if (from !== undefined && before !== undefined && from >= before) {
        return { items: [], more: false };
      }
      const { Items: found = [], LastEvaluatedKey: last } = await documents.send(
        new QueryCommand({
          ...named,
          KeyConditionExpression: conditionOf(from, before),
          ExpressionAttributeValues: {
            ':pk': partition,
            ...(from === undefined ? {} : { ':from': from }),
            ...(before === undefined ? {} : { ':before': before }),
          },
          ScanIndexForward: !newestFirst,
          Limit: limit,
        }),
      );
      // BETWEEN takes its upper bound in, which a query is to leave out.
      const items = found
        .map((record) => isThere(itemOf(record)))
        .filter((item) => item !== undefined && (before === undefined || item.sort < before));
      return { items: items as readonly Item[], more: last !== undefined };
    },
    count: (key, most, expiresAt) =>
      unlessRefused(async () => {
        const { Attributes: now } = await documents.send(
          new UpdateCommand({
            ...named,
            Key: keyOf(key),
            UpdateExpression: 'ADD #count :one SET expires_at = :expires',
            ConditionExpression: 'attribute_not_exists(#count) OR #count < :most',
            ExpressionAttributeNames: { '#count': attributes.count },
            ExpressionAttributeValues: {
              ':one': 1,
              ':most': most,
              ':expires': Math.ceil(expiresAt.getTime() / 1_000),
            },
            ReturnValues: 'UPDATED_NEW',
          }),
        );
        return Number(now?.[attributes.count]);
      }, null),
    close: () => client.destroy(),
  };
}

const keyOf = ({ partition, sort }: Key) => ({ pk: partition, sk: sort });

const recordOf = ({ partition, sort, value, expiresAt }: Item) => ({
  ...keyOf({ partition, sort }),
  value: JSON.stringify(value),
  ...(expiresAt ? { expires_at: Math.ceil(expiresAt.getTime() / 1_000) } : {}),
});

function itemOf(record: Record<string, unknown> | undefined): Item | undefined {
  if (!record) return undefined;
  const { pk, sk, value, expires_at: expires } = record;
  return {
    partition: String(pk),
    sort: String(sk),
    value: typeof value === 'string' ? JSON.parse(value) : null,
    expiresAt: typeof expires === 'number' ? new Date(expires * 1_000) : null,
  };
}

function conditionOf(from: string | undefined, before: string | undefined): string {
  if (from !== undefined && before !== undefined)
    return 'pk = :pk AND sk BETWEEN :from AND :before';
  if (from !== undefined) return 'pk = :pk AND sk >= :from';
  return before === undefined ? 'pk = :pk' : 'pk = :pk AND sk < :before';
}

async function unlessRefused<T>(write: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return otherwise;
    throw error;
  }
}
