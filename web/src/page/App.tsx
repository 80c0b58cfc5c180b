import { useEffect, useRef, useState } from 'react';
import type { StatusBody } from '../../../assistant/server/api.ts';
import { fetchStatus } from '../api/status.ts';
import { announcement } from '../conversation/announcement.ts';
import { Composer } from '../conversation/Composer.tsx';
import { Turns } from '../conversation/Turns.tsx';
import { useConversation } from '../conversation/useConversation.ts';
import { MessagesContext } from '../messages/MessagesContext.ts';
import { messagesOf } from '../messages/messages.ts';
import { useRoute } from '../route/useRoute.ts';
import { SignInAgain } from '../session/SignInAgain.tsx';
import { useMe } from '../session/useMe.ts';
import { useOwnHistory } from '../session/useOwnHistory.ts';
import { useLanguage } from '../settings/useLanguage.ts';
import { Header } from './Header.tsx';
import { SidePane } from './SidePane.tsx';
import { Welcome } from './Welcome.tsx';

/** Below this width there is room for one view at a time. As in page.css. */
const roomForTwo = '(width >= 75rem)';

/** The whole page: header, the view that was chosen, and the chat: conversation and question box. */
export function App() {
  const [language, setLanguage] = useLanguage();
  const messages = messagesOf(language);
  const status = useStatus();
  const me = useMe();
  const conversation = useConversation(language);
  const { turns, running, ask, stop } = conversation;
  useEscape(running, stop);
  useOwnHistory(me, conversation.forget);
  const { route, moved } = useRoute();

  /** Asks from beside the chat, and goes there where it is not to be seen. */
  const askInChat = (question: string): void => {
    if (!window.matchMedia(roomForTwo).matches) window.location.hash = '#/';
    ask(question);
  };

  return (
    <MessagesContext value={messages}>
      <button type="button" className="skip" onClick={goToQuestion}>
        {messages.skipToQuestion}
      </button>
      <Header
        me={me}
        status={status}
        view={route.view}
        language={language}
        onLanguage={setLanguage}
        onClear={turns.length > 0 ? conversation.clear : null}
        onForget={conversation.clear}
      />
      <SignInAgain again={me !== null} />
      <main className={route.view === 'chat' ? undefined : 'beside'}>
        {route.view !== 'chat' && (
          <div className="side-pane">
            <SidePane
              route={route}
              me={me}
              status={status}
              language={language}
              moved={moved}
              busy={running}
              onAsk={askInChat}
            />
          </div>
        )}
        <section className="chat" aria-label={messages.chat}>
          {turns.length === 0 ? (
            <Welcome status={status} onAsk={ask} />
          ) : (
            <Turns conversation={conversation} snapshotId={status ? status.snapshotId : null} />
          )}
          <Composer running={running} onAsk={ask} onStop={stop} />
        </section>
      </main>
      <p className="unseen" role="status" aria-live="polite">
        {announcement(turns.at(-1), messages)}
      </p>
    </MessagesContext>
  );
}

/** The state of the data: undefined while it is read, null when it could not be. */
function useStatus(): StatusBody | null | undefined {
  const [status, setStatus] = useState<StatusBody | null | undefined>(undefined);
  useEffect(() => {
    let shown = true;
    fetchStatus().then((read) => {
      if (shown) setStatus(read);
    });
    return () => {
      shown = false;
    };
  }, []);
  return status;
}

/** Goes to the question box, and to the chat first where that is not to be seen. The view stays. */
function goToQuestion(): void {
  const focus = () => document.getElementById('question')?.focus();
  if (window.matchMedia(roomForTwo).matches) focus();
  else {
    window.location.hash = '#/';
    // The box can take the focus once it is drawn.
    setTimeout(focus, 50);
  }
}

/** Escape stops the running question, unless it closes a dialog or ends a composition. */
function useEscape(running: boolean, stop: () => void): void {
  const latest = useRef(stop);
  latest.current = stop;
  useEffect(() => {
    if (!running) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.isComposing) return;
      if (document.querySelector('dialog[open]')) return;
      latest.current();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [running]);
}
