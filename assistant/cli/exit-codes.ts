/** What the exit code of `kms-insights` means. Documented in the README. */
export const exitCode = {
  /** Done. A question that was declined or asked back is done too: `status` tells them apart. */
  ok: 0,
  /** Something broke: a defect, an engine failure, a full disk. */
  failed: 1,
  /** The input was refused: an unknown option, SQL that the guard refuses, an empty question, a malformed policy. */
  refused: 2,
  /** The data folder is missing, damaged, not writable or of another version. */
  noData: 3,
  /** A collection ended without a published snapshot; the previous one is still in force. */
  notCollected: 4,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** An error that is the caller's to mend: told in one line with the fix, without a stack. */
export class CliError extends Error {
  constructor(
    readonly exit: ExitCode,
    readonly code: string,
    message: string,
    readonly hint: string,
  ) {
    super(message);
    this.name = 'CliError';
  }
}
