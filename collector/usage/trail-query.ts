import { z } from 'zod';
import { type ReadEvent, readEvent } from './cloudtrail-event.ts';
import { cryptoOperations, managementOperations, namingParameters } from './operations.ts';
import { tableName } from './trail-table.ts';

/** What the trail query asks for. */
export interface TrailScope {
  /** `database.table`. */
  readonly table: string;
  readonly accounts: readonly string[];
  /** The Regions; null for all that have logs. */
  readonly regions: readonly string[] | null;
  readonly since: Date;
  /** Events after it are left out. */
  readonly until: Date;
}

/** One row: the latest event of one key, operation and caller. */
export interface TrailRow {
  readonly account: string;
  readonly region: string;
  readonly keyId: string;
  /** The event as JSON; {@link readTrailEvent} reads it. */
  readonly event: string;
}

/** Athena admits so many values of an injected partition column in one query. */
export const MOST_ACCOUNTS = 1000;

const checked = (pattern: RegExp, what: string) => (text: string) => {
  if (!pattern.test(text)) throw new RangeError(`${text} is no ${what}.`);
  return text;
};
const anAccount = checked(/^\d{12}$/, 'account id');
const aRegion = checked(/^[a-z]{2,}(-[a-z]+)+-\d+$/, 'Region');

const quoted = (values: readonly string[]) => values.map((value) => `'${value}'`).join(', ');
const day = (date: Date) => date.toISOString().slice(0, 10).replaceAll('-', '/');
/** CloudTrail writes whole seconds. */
const second = (date: Date) => `${date.toISOString().slice(0, 19)}Z`;

/** The names under which a record is kept in a row, and where each comes from: all text. */
const kept = {
  eventID: 'eventid',
  eventTime: 'eventtime',
  eventName: 'eventname',
  readOnly: 'readonly',
  sourceIPAddress: 'sourceipaddress',
  type: 'useridentity.type',
  principalId: 'useridentity.principalid',
  arn: 'useridentity.arn',
  accountId: 'useridentity.accountid',
  userName: 'useridentity.username',
  invokedBy: 'useridentity.invokedby',
  encryptionContext: contextOf('encryptionContext'),
  destinationEncryptionContext: contextOf('destinationEncryptionContext'),
  sourceEncryptionContext: contextOf('sourceEncryptionContext'),
  bypassPolicyLockoutSafetyCheck: scalarOf('requestparameters', 'bypassPolicyLockoutSafetyCheck'),
} as const;

function contextOf(name: string): string {
  return `json_format(json_extract(requestparameters, '$.${name}'))`;
}

function scalarOf(column: string, name: string): string {
  return `json_extract_scalar(${column}, '$.${name}')`;
}

/**
 * Who used or changed the keys of an organization, by one query over the logs of its trail, in the SQL
 * of Athena: the latest event of each key, operation and caller, in order of account, Region and key.
 *
 * It reads the partitions of these accounts, Regions and days alone. A request across accounts is
 * logged in both; the log of the key's owner counts. Throws `RangeError` for a name that is none.
 */
export function trailQuery(scope: TrailScope): string {
  const { accounts, regions, since, until } = scope;
  if (accounts.length === 0 || accounts.length > MOST_ACCOUNTS) {
    throw new RangeError(
      `A query is about 1 to ${MOST_ACCOUNTS} accounts, not ${accounts.length}.`,
    );
  }
  const [database, table] = checked(tableName, 'database.table')(scope.table).split('.');
  const names = [
    'transform(coalesce(resources, ARRAY[]), r -> r.arn)',
    `ARRAY[${['requestparameters', 'responseelements']
      .flatMap((column) => namingParameters.map((name) => scalarOf(column, name)))
      .join(', ')}]`,
  ];
  return `WITH events AS (
  SELECT account, region, eventid, eventtime, eventname, readonly, sourceipaddress, useridentity,
    requestparameters, array_distinct(concat(${names.join(', ')})) AS names
  FROM "${database}"."${table}"
  WHERE account IN (${quoted(accounts.map(anAccount))})${regions === null ? '' : `\n    AND region IN (${quoted(regions.map(aRegion))})`}
    AND day BETWEEN '${day(since)}' AND '${day(until)}'
    AND eventtime BETWEEN '${second(since)}' AND '${second(until)}'
    AND eventsource = 'kms.amazonaws.com' AND coalesce(errorcode, '') = ''
    AND eventname IN (${quoted([...cryptoOperations, ...managementOperations])})
), named AS (
  SELECT account, region, eventname, concat(eventtime, ' ', coalesce(eventid, '')) AS moment,
    CASE
      WHEN name LIKE 'arn:%:kms:%' THEN IF(split_part(name, ':', 4) = region
        AND split_part(name, ':', 5) = account AND split_part(name, ':', 6) LIKE 'key/%',
        substr(split_part(name, ':', 6), 5))
      WHEN regexp_like(name, '^(mrk-)?[0-9a-f-]{32,36}$') THEN name
    END AS key_id,
    coalesce(
      regexp_extract(useridentity.arn, '^arn:[^:]+:sts::[0-9]{12}:assumed-role/[^/]+'),
      useridentity.arn,
      concat(coalesce(useridentity.invokedby, ''), ' ',
        IF(sourceipaddress LIKE '%.amazonaws.com%', sourceipaddress, ''), ' ',
        coalesce(useridentity.accountid, ''), ' ', coalesce(useridentity.username, ''))
    ) AS caller,
    json_format(CAST(MAP(
      ARRAY[${quoted(Object.keys(kept))}],
      ARRAY[${Object.values(kept).join(', ')}]
    ) AS JSON)) AS event
  FROM events CROSS JOIN UNNEST(names) AS n (name)
)
SELECT account, region, key_id, max_by(event, moment) AS event
FROM named
WHERE key_id IS NOT NULL
GROUP BY account, region, key_id, eventname, caller
ORDER BY account, region, key_id`;
}

const text = z.string().nullable();
const keptSchema = z.object(
  Object.fromEntries(Object.keys(kept).map((name) => [name, text])) as Record<
    keyof typeof kept,
    typeof text
  >,
);

/** Reads the event of a row as one of LookupEvents is read. Whatever it holds, this does not throw. */
export function readTrailEvent(json: string): ReadEvent {
  const parsed = keptSchema.safeParse(parse(json));
  if (!parsed.success) return { kind: 'malformed', message: 'the row holds no event' };
  const { eventID, eventTime, eventName, readOnly, sourceIPAddress, ...rest } = parsed.data;
  const { type, principalId, arn, accountId, userName, invokedBy, ...parameters } = rest;
  const outcome = readEvent({
    ...(eventID === null ? {} : { EventId: eventID }),
    ...(eventTime === null ? {} : { EventTime: new Date(eventTime) }),
    CloudTrailEvent: JSON.stringify({
      eventSource: 'kms.amazonaws.com',
      eventName,
      readOnly: readOnly === null ? null : readOnly === 'true',
      sourceIPAddress,
      userIdentity: { type, principalId, arn, accountId, userName, invokedBy },
      requestParameters: Object.fromEntries(
        Object.entries(parameters).map(([name, value]) => [name, parse(value)]),
      ),
    }),
  });
  return outcome.kind === 'read'
    ? { ...outcome, event: { ...outcome.event, source: 'TRAIL_LOGS' } }
    : outcome;
}

/** JSON; null for what is none. */
function parse(json: string | null): unknown {
  try {
    return json === null ? null : JSON.parse(json);
  } catch {
    return null;
  }
}
