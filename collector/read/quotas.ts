import type { ApiName } from './call.ts';

/**
 * Requests per second that AWS allows by default, per account and Region, of all callers together.
 *
 * Sources: AWS KMS Developer Guide, "Request quotas"; CloudTrail API Reference, LookupEvents; AWS
 * Account Management Reference Guide, "Quotas". Operations that are missing have no documented rate
 * here and are held back by throttling alone.
 */
export const defaultQuotas: Readonly<Partial<Record<ApiName, number>>> = {
  ListRegions: 5,
  ListKeys: 500,
  ListAliases: 500,
  DescribeKey: 2000,
  GetKeyPolicy: 1000,
  ListResourceTags: 2000,
  ListGrants: 100,
  GetKeyRotationStatus: 1000,
  GetKeyLastUsage: 5,
  LookupEvents: 2,
};
