const spelled: Readonly<Record<string, string>> = {
  arn: 'ARN',
  aws: 'AWS',
  id: 'ID',
  ids: 'IDs',
  ip: 'IP',
  json: 'JSON',
  kms: 'KMS',
  ou: 'OU',
  usd: 'USD',
};

/** A column's name as a heading: `account_id` becomes `Account ID`. */
export function columnLabel(name: string): string {
  const words = name
    .split('_')
    .filter((word) => word !== '')
    .map((word) => spelled[word] ?? word);
  const label = words.join(' ');
  return label === '' ? name : label.charAt(0).toUpperCase() + label.slice(1);
}
