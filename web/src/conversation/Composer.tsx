import { type KeyboardEvent, type SyntheticEvent, useEffect, useRef, useState } from 'react';
import { useMessages } from '../messages/MessagesContext.ts';
import { keepForVisit, readVisit } from '../session/visit.ts';

interface Props {
  readonly running: boolean;
  readonly onAsk: (question: string) => void;
  readonly onStop: () => void;
}

/** The question box. It keeps the focus, and what is typed while an answer is on its way or one signs in. */
export function Composer({ running, onAsk, onStop }: Props) {
  const messages = useMessages();
  const [text, setText] = useState(() => readVisit('draft'));
  const box = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    // On a touch screen this would open the keyboard over the page.
    if (window.matchMedia('(pointer: fine)').matches) box.current?.focus();
  }, []);

  const write = (written: string): void => {
    setText(written);
    keepForVisit('draft', written);
  };
  const send = (): void => {
    if (running || text.trim() === '') return;
    onAsk(text);
    write('');
    box.current?.focus();
  };
  const onSubmit = (event: SyntheticEvent): void => {
    event.preventDefault();
    send();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Enter that ends a composition (Japanese input) chooses a word; it does not send.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  return (
    <form className="composer" onSubmit={onSubmit}>
      <label className="unseen" htmlFor="question">
        {messages.questionBox}
      </label>
      <div className="composer-box">
        <textarea
          id="question"
          ref={box}
          rows={1}
          value={text}
          placeholder={messages.questionPlaceholder}
          aria-describedby="question-help"
          autoComplete="off"
          enterKeyHint="send"
          onChange={(event) => write(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {running ? (
          <button
            type="button"
            className="main-button stop-button"
            title={messages.stopTitle}
            onClick={() => {
              onStop();
              box.current?.focus();
            }}
          >
            {messages.stop}
          </button>
        ) : (
          <button type="submit" className="main-button" aria-disabled={text.trim() === ''}>
            {messages.send}
          </button>
        )}
      </div>
      <p id="question-help" className="composer-help">
        {messages.questionHelp}
      </p>
    </form>
  );
}
