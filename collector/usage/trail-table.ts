/**
 * The table over the logs of an organization trail: the columns that the trail query reads, with the
 * names and Hive types under which Athena reads CloudTrail logs (Amazon Athena User Guide, "Query AWS
 * CloudTrail logs").
 */
export const trailColumns = {
  useridentity:
    'STRUCT<type: STRING, principalid: STRING, arn: STRING, accountid: STRING, invokedby: STRING, username: STRING>',
  eventtime: 'STRING',
  eventsource: 'STRING',
  eventname: 'STRING',
  sourceipaddress: 'STRING',
  errorcode: 'STRING',
  requestparameters: 'STRING',
  responseelements: 'STRING',
  eventid: 'STRING',
  readonly: 'STRING',
  resources: 'ARRAY<STRUCT<arn: STRING, accountid: STRING, type: STRING>>',
} as const;

/**
 * What the logs are stored by. A query names accounts and days, and Regions where it can, so that
 * Athena opens no other file. `account` is `injected`: no list of accounts has to be kept up to date,
 * and every query must name the ones it wants.
 */
export const trailPartitions = { account: 'STRING', region: 'STRING', day: 'STRING' } as const;

/** `database.table`, as Athena names them. */
export const tableName = /^[a-z0-9_]{1,255}\.[a-z0-9_]{1,255}$/;

export interface TrailTable {
  /** `database.table`. */
  readonly name: string;
  /** The folder of the organization in the bucket of the trail: `s3://bucket/AWSLogs/o-…`. */
  readonly location: string;
  /** Every Region that has logs. */
  readonly regions: readonly string[];
  /** The first day that has logs, such as 2026/01/01. */
  readonly firstDay: string;
}

/** The statement that makes the table, in Athena's DDL. */
export function trailTableDdl({ name, location, regions, firstDay }: TrailTable): string {
  const list = (columns: Readonly<Record<string, string>>) =>
    Object.entries(columns)
      .map(([column, type]) => `  ${column} ${type}`)
      .join(',\n');
  const properties = {
    'projection.enabled': 'true',
    'projection.account.type': 'injected',
    'projection.region.type': 'enum',
    'projection.region.values': regions.join(','),
    'projection.day.type': 'date',
    'projection.day.format': 'yyyy/MM/dd',
    'projection.day.range': `${firstDay},NOW`,
    'storage.location.template': `${location}/\${account}/CloudTrail/\${region}/\${day}`,
  };
  return `CREATE EXTERNAL TABLE ${name} (
${list(trailColumns)}
)
PARTITIONED BY (
${list(trailPartitions)}
)
ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe'
STORED AS INPUTFORMAT 'com.amazon.emr.cloudtrail.CloudTrailInputFormat'
OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION '${location}/'
TBLPROPERTIES (
${Object.entries(properties)
  .map(([property, value]) => `  '${property}' = '${value}'`)
  .join(',\n')}
)`;
}
