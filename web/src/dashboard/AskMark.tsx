import { createContext, type ReactNode, useContext } from 'react';
import type { Mark } from '../../../assistant/server/api.ts';
import { useMessages } from '../messages/MessagesContext.ts';
import { visible } from '../text/invisible.ts';

interface Asking {
  readonly busy: boolean;
  readonly ask: (question: string) => void;
}

/** How marks put their question into the chat. */
export const AskingContext = createContext<Asking>({ busy: false, ask: () => {} });

interface Props {
  readonly mark: Pick<Mark, 'question'>;
  readonly className?: string;
  readonly children: ReactNode;
}

/** Something counted, which asks for what it counts. Plain text where no question says what that is. */
export function AskMark({ mark: { question }, className = '', children }: Props) {
  const messages = useMessages();
  const { busy, ask } = useContext(AskingContext);
  if (question === null) return <span className={className}>{children}</span>;
  return (
    // Not `disabled`, which would drop the focus of who pressed it.
    <button
      type="button"
      className={`mark ${className}`}
      title={messages.asks(visible(question))}
      aria-disabled={busy}
      onClick={() => {
        if (!busy) ask(question);
      }}
    >
      {children}
    </button>
  );
}
