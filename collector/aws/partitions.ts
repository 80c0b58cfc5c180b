/**
 * The Region in which a partition's global services (Organizations, Account Management) are reached,
 * by partition. Source: AWS General Reference, "AWS Organizations endpoints and quotas".
 */
const homeRegions: Readonly<Record<string, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-northwest-1',
  'aws-us-gov': 'us-gov-west-1',
  'aws-eusc': 'eusc-de-east-1',
  'aws-iso': 'us-iso-east-1',
  'aws-iso-b': 'us-isob-east-1',
  'aws-iso-e': 'eu-isoe-west-1',
  'aws-iso-f': 'us-isof-south-1',
};

/** The Region of a partition's global services; null for a partition that is not known. */
export const homeRegion = (partition: string): string | null => homeRegions[partition] ?? null;
