import type { KeyUsageRow } from '../schema/tables.ts';

type Who = Pick<KeyUsageRow, 'principal_arn' | 'caller_account' | 'via_service' | 'username'>;

/**
 * Who called, without what changes from session to session: the role of a session (its name is unique
 * in an account, whatever its path), the user, or the service. Events of one caller become one row.
 */
export function callerOf({ principal_arn, via_service, caller_account, username }: Who): string {
  const session = /^arn:[^:]+:sts::(\d{12}):assumed-role\/([^/]+)/.exec(principal_arn ?? '');
  if (session) return `${session[1]} role ${session[2]}`;
  return principal_arn ?? via_service ?? caller_account ?? username ?? '';
}
