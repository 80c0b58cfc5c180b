import type { Problem } from '../api/problem.ts';
import type { Messages } from './en.ts';

/** The sentence and the advice for a problem: the server's own, or the page's for its own kinds. */
export function problemText(
  problem: Problem,
  messages: Messages,
): { readonly message: string; readonly hint: string } {
  switch (problem.code) {
    case 'UNREACHABLE':
      return { message: messages.unreachable, hint: messages.unreachableHint };
    case 'INTERRUPTED':
      return { message: messages.interrupted, hint: messages.interruptedHint };
    case 'SIGN_IN':
      return { message: messages.signedOut, hint: messages.signInAgain };
    case 'RATE_LIMITED':
      return { message: messages.rateLimited, hint: messages.rateLimitedHint };
    case 'UNREADABLE':
      return { message: messages.unreadable, hint: messages.unreadableHint };
    default:
      return {
        message: problem.message || messages.refused,
        hint: problem.hint || messages.refusedHint,
      };
  }
}
