import type { Problem } from '../api/problem.ts';
import { useMessages } from '../messages/MessagesContext.ts';
import { problemText } from '../messages/problemText.ts';
import { DataText } from '../text/DataText.tsx';

interface Props {
  readonly problem: Problem;
  readonly busy: boolean;
  readonly onRetry: () => void;
}

/** Something broke: what, what to do about it, and a way to try again. */
export function Failure({ problem, busy, onRetry }: Props) {
  const messages = useMessages();
  const { message, hint } = problemText(problem, messages);
  return (
    <div className="card card-bad">
      <h3 className="card-title">{messages.errorTitle}</h3>
      <p>
        <DataText>{message}</DataText>
      </p>
      <p>
        <strong>{messages.whatToDo}</strong> <DataText>{hint}</DataText>
      </p>
      <p className="fine-print">
        {messages.errorNothingClaimed} {messages.errorCode(problem.code)}
      </p>
      <button
        type="button"
        className="quiet-button"
        aria-disabled={busy}
        onClick={() => {
          if (!busy) onRetry();
        }}
      >
        {messages.retry}
      </button>
    </div>
  );
}
