import { useEffect, useRef } from 'react';
import { useMessages } from '../messages/MessagesContext.ts';
import { TurnView } from './TurnView.tsx';
import type { Conversation } from './useConversation.ts';

interface Props {
  readonly conversation: Conversation;
  /** The snapshot in force now; null while it is not known. */
  readonly snapshotId: string | null;
}

/** The conversation, oldest turn first. A new question is brought into view. */
export function Turns({ conversation, snapshotId }: Props) {
  const messages = useMessages();
  const { turns, running, ask, retry, open } = conversation;
  const list = useRef<HTMLOListElement>(null);
  const newest = turns.at(-1)?.key;

  useEffect(() => {
    if (newest === undefined) return;
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    list.current?.lastElementChild?.scrollIntoView({
      block: 'start',
      behavior: still ? 'instant' : 'smooth',
    });
  }, [newest]);

  return (
    <ol ref={list} className="turns" aria-label={messages.conversation}>
      {turns.map((turn, index) => (
        <li key={turn.key} className={turn.earlier ? 'turn-place' : 'turn-place turn-place-asked'}>
          {!turn.earlier && turns[index - 1]?.earlier && (
            <p className="conversation-start">{messages.conversationStart}</p>
          )}
          <TurnView
            turn={turn}
            newest={turn.key === newest}
            busy={running}
            snapshotId={snapshotId}
            onAsk={ask}
            onRetry={retry}
            onOpen={open}
          />
        </li>
      ))}
    </ol>
  );
}
