import type { JudgedPermission } from '../permissions.ts';

/**
 * The parts of a concern's sentence. What others wrote (Sids, principals, ids) is quoted, cut, and
 * freed of characters that could reach beyond the quotes: control characters, line ends, marks that
 * change the direction of text, invisible ones, and quotes themselves.
 */

const LONGEST_QUOTE = 140;
const UNSAFE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}"“”„‟«»`]+/gu;

/** Somebody else's text inside a sentence. */
export function quoted(text: string): string {
  // Cut first, so that the cost does not grow with what somebody wrote.
  const clean = text.slice(0, 4 * LONGEST_QUOTE).replace(UNSAFE, ' ');
  const characters = [...clean];
  const short =
    characters.length > LONGEST_QUOTE || text.length > 4 * LONGEST_QUOTE
      ? `${characters.slice(0, LONGEST_QUOTE - 1).join('')}…`
      : clean;
  return `"${short}"`;
}

/** `Statement "AllowUse"`, `Statement 2` (counted from 1, for people), or `Grant "0c23…"`. */
export function where(permission: JudgedPermission): string {
  const { row } = permission;
  if (row.source === 'GRANT')
    return row.grant_id === null ? 'A grant' : `Grant ${quoted(row.grant_id)}`;
  return statementName(row.sid, row.statement_index ?? 0);
}

/** `Statement "AllowUse"`, or by its number where it has no Sid. */
export function statementName(sid: string | null, index: number): string {
  return sid === null || sid.trim() === '' ? `Statement ${index + 1}` : `Statement ${quoted(sid)}`;
}

const NOUNS: Readonly<Record<JudgedPermission['row']['principal_type'], string>> = {
  ACCOUNT: 'the account',
  ROLE: 'the role',
  USER: 'the IAM user',
  SESSION: 'the session',
  FEDERATED: 'the identity provider',
  SERVICE: 'the service',
  CANONICAL: 'the principal',
  ANYONE: 'anyone',
  DELETED: 'the deleted principal',
};

/** `the role "arn:…"`, or `anyone ("*")`. */
export function whom({ row }: JudgedPermission): string {
  const noun =
    row.principal_type === 'ANYONE' && row.trust === 'SERVICE'
      ? 'AWS services'
      : NOUNS[row.principal_type];
  return row.principal_type === 'ANYONE'
    ? `${noun} (${quoted(row.principal)})`
    : `${noun} ${quoted(row.principal)}`;
}

/** ` where aws:PrincipalOrgID holds`, for a statement for anyone that a condition restricts; else nothing. */
export function under({ row }: JudgedPermission): string {
  return row.principal_type === 'ANYONE' && row.restricted_by.length > 0
    ? ` where ${listed(row.restricted_by)} holds`
    : '';
}

const DEEDS: Readonly<Record<JudgedPermission['row']['access_levels'][number], string>> = {
  ADMIN: 'administer the key',
  ENCRYPT: 'encrypt',
  DECRYPT: 'decrypt',
  SIGN: 'sign or verify',
  GRANT: 'manage grants',
  READ: 'read metadata',
};

/** What the actions amount to: `encrypt and decrypt`. */
export function deeds({ row }: JudgedPermission): string {
  return said(row.access_levels);
}

/**
 * What the actions amount to for somebody of another account: no action that administers a key works
 * across accounts (KMS Developer Guide, "AWS KMS permissions", column "Cross-account use").
 */
export function deedsFromOutside({ row }: JudgedPermission): string {
  const usable = row.access_levels.filter((level) => level !== 'ADMIN');
  return said(usable.length === 0 ? row.access_levels : usable);
}

function said(levels: JudgedPermission['row']['access_levels']): string {
  return levels.length === 0
    ? 'call the actions it lists'
    : listed(levels.map((level) => DEEDS[level]));
}

/** `a, b and c`. */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

/** `1 day`, `90 days`. */
export function days(count: number): string {
  return count === 1 ? '1 day' : `${count} days`;
}

/** `2026-11-23`. */
export function day(date: Date): string {
  return Number.isNaN(date.getTime()) ? 'an unknown date' : date.toISOString().slice(0, 10);
}
