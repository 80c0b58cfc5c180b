import type { Problem } from '../api/problem.ts';
import { useMessages } from '../messages/MessagesContext.ts';
import { problemText } from '../messages/problemText.ts';
import { DataText } from '../text/DataText.tsx';
import { useSecondsUntil } from './useSecondsUntil.ts';

interface Props {
  readonly problem: Problem;
  readonly busy: boolean;
  readonly onRetry: () => void;
}

/** Something broke: what, what to do about it, and a way to try again once that is of use. */
export function Failure({ problem, busy, onRetry }: Props) {
  const messages = useMessages();
  const { message, hint } = problemText(problem, messages);
  const wait = useSecondsUntil(problem.retryAt);
  const waiting = busy || wait > 0;
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
        aria-disabled={waiting}
        onClick={() => {
          if (!waiting) onRetry();
        }}
      >
        {wait > 0 ? messages.retryIn(wait) : messages.retry}
      </button>
    </div>
  );
}
