import { EarlierMark } from '../answer/EarlierMark.tsx';
import { Failure } from '../answer/Failure.tsx';
import { Settled } from '../answer/Settled.tsx';
import { useMessages } from '../messages/MessagesContext.ts';
import { Note } from './Note.tsx';
import { Running } from './Running.tsx';
import type { TurnProps } from './turnProps.ts';

/** What stands under a question, by where it stands. */
export function TurnBody(props: TurnProps) {
  const messages = useMessages();
  const { turn, busy, onAsk, onRetry, onOpen } = props;
  const { state } = turn;
  const retry = () => onRetry(turn.key, turn.question);
  switch (state.kind) {
    case 'running':
      return <Running progress={state.progress} />;
    case 'settled':
      return (
        <>
          {turn.earlier && <EarlierMark answer={state.answer} busy={busy} onAsk={onAsk} />}
          <Settled {...props} answer={state.answer} />
        </>
      );
    case 'failed':
      return <Failure problem={state.problem} busy={busy} onRetry={retry} />;
    case 'stopped':
      return (
        <Note text={messages.stoppedText} action={messages.askAgain} busy={busy} onAction={retry} />
      );
    case 'stored':
      return (
        <Note
          text={messages.storedText}
          action={messages.showAnswer}
          busy={false}
          onAction={() => onOpen(turn.key, state.id)}
        />
      );
    case 'fetching':
      return <Note text={messages.fetching} />;
    case 'unfetched':
      return (
        <Note
          text={messages.unfetched}
          action={messages.retry}
          busy={false}
          onAction={() => onOpen(turn.key, state.id)}
        />
      );
    case 'gone':
      if (turn.shared) return <Note text={messages.sharedGone} />;
      return <Note text={messages.gone} action={messages.askAgain} busy={busy} onAction={retry} />;
  }
}
