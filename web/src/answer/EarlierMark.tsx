import type { ShownAnswer } from '../conversation/progress.ts';
import { useMessages } from '../messages/MessagesContext.ts';
import { formatInstant } from '../text/instant.ts';

interface Props {
  readonly answer: ShownAnswer;
  readonly busy: boolean;
  readonly onAsk: (question: string) => void;
}

/** Says that an answer is not of now, and asks its question of the data of now. */
export function EarlierMark({ answer, busy, onAsk }: Props) {
  const messages = useMessages();
  const when = answer.status === 'answered' ? formatInstant(answer.evidence.answeredAt ?? '') : '';
  return (
    <p className="earlier-mark">
      <span className="badge">{messages.earlierAnswer(when)}</span>
      <button
        type="button"
        className="link-button"
        aria-disabled={busy}
        onClick={() => {
          if (!busy) onAsk(answer.question);
        }}
      >
        {messages.askAnew}
      </button>
    </p>
  );
}
