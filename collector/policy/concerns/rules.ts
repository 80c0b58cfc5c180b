import type { ConcernCode } from '../../schema/concerns.ts';
import { grantNeverRetired, grantWithoutConstraints } from './grants.ts';
import {
  disabledKey,
  importedMaterialExpiring,
  noAliasOrTags,
  pendingDeletion,
  rotationDisabled,
  unusedKey,
} from './lifecycle.ts';
import { lockoutRisk, policyLockoutBypass, unreadableKey } from './policy.ts';
import type { Rule } from './rule.ts';
import { broadNotPrincipal, notActionAllow, wildcardActions } from './what.ts';
import {
  accountPrincipal,
  confusedDeputy,
  crossAccountInOrganization,
  deletedPrincipal,
  externalAccount,
  externalGrant,
  iamUserPrincipal,
  publicAccess,
} from './who.ts';

const statement = { about: 'principal', sees: 'effective', onAwsManagedKeys: false } as const;
const access = { about: 'principal', sees: 'effective', onAwsManagedKeys: true } as const;
const key = { about: 'key', onAwsManagedKeys: false } as const;

/** The rule of every concern. A new rule is one entry. */
export const rules: Readonly<Record<ConcernCode, Rule>> = {
  ACCOUNT_PRINCIPAL: { ...statement, judge: accountPrincipal },
  BROAD_NOT_PRINCIPAL: { ...statement, judge: broadNotPrincipal },
  CONFUSED_DEPUTY: { ...statement, judge: confusedDeputy },
  CROSS_ACCOUNT_IN_ORG: { ...access, judge: crossAccountInOrganization },
  DELETED_PRINCIPAL: { ...statement, sees: 'every', judge: deletedPrincipal },
  DISABLED_KEY: { ...key, judge: disabledKey },
  EXTERNAL_ACCOUNT: { ...access, judge: externalAccount },
  EXTERNAL_GRANT: { ...access, judge: externalGrant },
  GRANT_NEVER_RETIRED: { ...statement, judge: grantNeverRetired },
  GRANT_WITHOUT_CONSTRAINTS: { ...statement, judge: grantWithoutConstraints },
  IAM_USER_PRINCIPAL: { ...statement, judge: iamUserPrincipal },
  IMPORTED_MATERIAL_EXPIRING: { ...key, judge: importedMaterialExpiring },
  LOCKOUT_RISK: { ...key, judge: lockoutRisk },
  NO_ALIAS_OR_TAGS: { ...key, judge: noAliasOrTags },
  NOT_ACTION_ALLOW: { ...statement, judge: notActionAllow },
  PENDING_DELETION: { ...key, judge: pendingDeletion },
  POLICY_LOCKOUT_BYPASS: { ...key, judge: policyLockoutBypass },
  PUBLIC_ACCESS: { ...access, judge: publicAccess },
  ROTATION_DISABLED: { ...key, judge: rotationDisabled },
  UNREADABLE_KEY: { ...key, onAwsManagedKeys: true, judge: unreadableKey },
  UNUSED_KEY: { ...key, judge: unusedKey },
  WILDCARD_ACTIONS: { ...statement, judge: wildcardActions },
};
