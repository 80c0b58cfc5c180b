/**
 * The names under which AWS services put the resource they protect into the encryption context, from
 * the particular to the general. Source: the pages on encryption at rest of the services' guides.
 */
const resourceNames: readonly string[] = [
  'aws:s3:arn',
  'aws:ebs:id',
  'SecretARN',
  'PARAMETER_ARN',
  'aws:rds:db-id',
  'aws:rds:dbc-id',
  'aws:dynamodb:tableName',
  'aws:lambda:FunctionArn',
  'aws:logs:arn',
  'aws:sqs:arn',
  'aws:sns:topicArn',
  'aws:kinesis:arn',
  'aws:elasticfilesystem:filesystem:id',
  'aws:redshift:arn',
  'aws:ecr:arn',
  'aws:backup:backup-vault',
  'aws:cloudtrail:arn',
];

const arn = /^arn:[a-z0-9-]+:[a-z0-9-]+:[^\s]*$/;

/**
 * The resource that an encryption context names: its ARN, or its id where the service gives no more.
 * Null when it names none. The caller wrote the context, so this is a claim and no proof.
 */
export function protectedResource(context: Readonly<Record<string, string>>): string | null {
  const own = (name: string) => (Object.hasOwn(context, name) ? context[name] : undefined);
  const known = resourceNames.map(own).find((value) => value !== undefined && value !== '');
  if (known !== undefined) return known;
  const others = Object.keys(context).sort();
  return others.map(own).find((value) => value !== undefined && arn.test(value)) ?? null;
}
