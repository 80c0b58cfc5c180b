import type { GrantListEntry } from '@aws-sdk/client-kms';
import { analyzeKey } from '../../../collector/policy/analyze.ts';
import type {
  Analysis,
  KeyFacts,
  Organization,
  Permission,
} from '../../../collector/policy/types.ts';

/** The key of the examples: in account 111122223333 of organization o-exampleorg1. */
export const OWN = '111122223333';
export const SIBLING = '444455556666';
export const STRANGER = '999999999999';
export const OWN_ORG = 'o-exampleorg1';
export const OTHER_ORG = 'o-strangerorg';
export const KEY_ARN = `arn:aws:kms:us-east-1:${OWN}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
export const AS_OF = new Date('2026-01-31T00:00:00Z');

export const organization: Organization = {
  id: OWN_ORG,
  accountIds: new Set([OWN, SIBLING]),
};

export const DEFAULT_STATEMENT = {
  Sid: 'Enable IAM User Permissions',
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${OWN}:root` },
  Action: 'kms:*',
  Resource: '*',
};

/** An ordinary customer managed key that gives no cause for concern. */
export const healthyKey: NonNullable<KeyFacts['key']> = {
  key_manager: 'CUSTOMER',
  key_state: 'Enabled',
  key_spec: 'SYMMETRIC_DEFAULT',
  key_usage: 'ENCRYPT_DECRYPT',
  origin: 'AWS_KMS',
  multi_region_type: null,
  aliases: ['alias/payments'],
  tags: { owner: 'payments' },
  rotation_enabled: true,
  deletion_at: null,
  material_expires_at: null,
  usage_status: 'USED',
  days_unused: 1,
  created_at: new Date('2020-01-01T00:00:00Z'),
};

export interface Example {
  readonly statements?: readonly unknown[];
  readonly policy?: unknown;
  readonly grants?: readonly GrantListEntry[] | null;
  readonly key?: Partial<NonNullable<KeyFacts['key']>> | null;
  readonly organization?: Organization;
  readonly keyArn?: string;
  readonly version?: string;
  readonly lockoutCheckBypassedAt?: Date | null;
}

export function analyze(example: Example): Analysis {
  const { key = {} } = example;
  const policy =
    'policy' in example
      ? example.policy
      : {
          Version: example.version ?? '2012-10-17',
          Statement: example.statements ?? [DEFAULT_STATEMENT],
        };
  return analyzeKey(
    {
      accountId: OWN,
      region: 'us-east-1',
      keyArn: example.keyArn ?? KEY_ARN,
      policy,
      grants: 'grants' in example ? (example.grants ?? null) : [],
      key: key === null ? null : { ...healthyKey, ...key },
      asOf: AS_OF,
      ...('lockoutCheckBypassedAt' in example
        ? { lockoutCheckBypassedAt: example.lockoutCheckBypassedAt }
        : {}),
    },
    example.organization ?? organization,
  );
}

/** An Allow of Decrypt for a principal, with changes. */
export function allow(principal: unknown, more: Readonly<Record<string, unknown>> = {}): unknown {
  return { Effect: 'Allow', Principal: principal, Action: 'kms:Decrypt', Resource: '*', ...more };
}

export function deny(principal: unknown, more: Readonly<Record<string, unknown>> = {}): unknown {
  return { Effect: 'Deny', Principal: principal, Action: 'kms:Decrypt', Resource: '*', ...more };
}

/** The first permission of a policy that holds one statement. */
export function permissionOf(statement: unknown, more: Example = {}): Permission {
  const first = analyze({ ...more, statements: [statement] }).permissions[0];
  if (first === undefined) throw new Error('the statement gave no permission');
  return first;
}

export function codesOf(example: Example): string[] {
  return analyze(example).concerns.map((c) => c.code);
}
