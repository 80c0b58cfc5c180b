import type { Messages } from '../messages/en.ts';
import { problemText } from '../messages/problemText.ts';
import { visible } from '../text/invisible.ts';
import type { Turn } from './turns.ts';

/** What a screen reader is told about the latest turn: that work began, and how it came out. */
export function announcement(turn: Turn | undefined, messages: Messages): string {
  if (!turn) return '';
  const { state } = turn;
  switch (state.kind) {
    case 'running':
      return messages.announceRunning;
    case 'stopped':
      return messages.announceStopped;
    case 'failed':
      return `${messages.errorTitle}. ${problemText(state.problem, messages).message}`;
    case 'settled':
      return turn.earlier && !turn.shared ? '' : visible(outcome(state.answer, messages));
    default:
      return '';
  }
}

function outcome(
  answer: Extract<Turn['state'], { kind: 'settled' }>['answer'],
  messages: Messages,
): string {
  switch (answer.status) {
    case 'answered':
      return [answer.summary, answer.narrative].filter(Boolean).join(' ');
    case 'clarify':
      return `${messages.clarifyTitle}. ${answer.message}`;
    case 'declined':
      return `${messages.declinedTitle}. ${answer.message}`;
    case 'error':
      return `${messages.errorTitle}. ${answer.error.message}`;
  }
}
