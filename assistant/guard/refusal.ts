import type { GuardErrorCode } from './types.ts';

/**
 * Thrown inside the guard to leave a deep recursion, and caught by `guard()`, which never throws.
 * `at` is the offset in the submitted text, null when no place can be told.
 */
export class Refusal extends Error {
  constructor(
    readonly code: GuardErrorCode,
    message: string,
    readonly at: number | null,
    readonly hint: string,
  ) {
    super(message);
    this.name = 'Refusal';
  }
}

/** Refuses the query. */
export function refuse(
  code: GuardErrorCode,
  message: string,
  at: number | null,
  hint: string,
): never {
  throw new Refusal(code, message, at, hint);
}
