import type { StatusBody } from '../../../assistant/server/api.ts';
import { Choices } from '../conversation/Choices.tsx';
import { useMessages } from '../messages/MessagesContext.ts';

interface Props {
  readonly status: StatusBody | null | undefined;
  readonly onAsk: (question: string) => void;
}

/** The page before the first question. */
export function Welcome({ status, onAsk }: Props) {
  const messages = useMessages();
  return (
    <div className="welcome">
      <h2>{messages.welcomeTitle}</h2>
      <p>{messages.welcomeText}</p>
      <Choices
        title={messages.starters}
        questions={status?.starterQuestions ?? []}
        disabled={false}
        onAsk={onAsk}
        layout="grid"
      />
    </div>
  );
}
