import type { ShownAnswer } from '../conversation/progress.ts';
import type { TurnProps } from '../conversation/turnProps.ts';
import { useMessages } from '../messages/MessagesContext.ts';
import { Answered } from './Answered.tsx';
import { AskBack } from './AskBack.tsx';
import { Failure } from './Failure.tsx';

interface Props extends TurnProps {
  readonly answer: ShownAnswer;
}

/** A question that was answered, asked back, declined, or failed. */
export function Settled(props: Props) {
  const messages = useMessages();
  const { answer, turn, newest, busy, snapshotId, onAsk, onRetry } = props;
  switch (answer.status) {
    case 'answered':
      return (
        <Answered
          answer={answer}
          // A follow-up refers to the latest turn; under any other it would be misunderstood.
          followUps={newest && !turn.earlier ? answer.followUps : []}
          busy={busy}
          snapshotId={snapshotId}
          onAsk={onAsk}
        />
      );
    case 'clarify':
      return (
        <AskBack
          answerId={answer.id}
          title={messages.clarifyTitle}
          message={answer.message}
          unknownWords={answer.unknownWords}
          choicesTitle={messages.choices}
          choices={answer.choices}
          busy={busy}
          onAsk={onAsk}
        />
      );
    case 'declined':
      return (
        <AskBack
          answerId={answer.id}
          title={messages.declinedTitle}
          message={answer.message}
          unknownWords={answer.unknownWords}
          choicesTitle={messages.nearest}
          choices={answer.nearest}
          busy={busy}
          onAsk={onAsk}
        />
      );
    case 'error':
      return (
        <Failure
          problem={answer.error}
          busy={busy}
          onRetry={() => onRetry(turn.key, turn.question)}
        />
      );
  }
}
