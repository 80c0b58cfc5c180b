import type { Severity } from '../../schema/concerns.ts';
import type { JudgedPermission, Permissions } from '../permissions.ts';
import type { Standpoint } from '../reach.ts';
import type { KeyFacts } from '../types.ts';

/** What a rule found. */
export interface Finding {
  /** One plain English sentence (a second one where a reason or a doubt must be given). */
  readonly detail: string;
  /** Given where the case is graver or lighter than usual; the detail then says why. */
  readonly severity?: Severity;
}

/** Everything a rule may look at. */
export interface Case {
  readonly facts: KeyFacts;
  readonly from: Standpoint;
  readonly permissions: Permissions;
  /** Why nothing can be said about the policy; null when it was read and understood. */
  readonly policyProblem: string | null;
}

/** A rule about one permission, or about the key as a whole. Returns null when there is no concern. */
export type Rule =
  | {
      readonly about: 'principal';
      /** `effective`: Allows that really give something. `every`: also Denies and dead Allows. */
      readonly sees: 'effective' | 'every';
      /** False where the concern would ask to change what AWS fixed in its own keys. */
      readonly onAwsManagedKeys: boolean;
      readonly judge: (permission: JudgedPermission, c: Case) => Finding | null;
    }
  | {
      readonly about: 'key';
      readonly onAwsManagedKeys: boolean;
      readonly judge: (c: Case) => Finding | null;
    };
