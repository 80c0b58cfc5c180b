import { memo, useId } from 'react';
import { AnswerBoundary } from '../answer/AnswerBoundary.tsx';
import { useMessages } from '../messages/MessagesContext.ts';
import { DataLines } from '../text/DataLines.tsx';
import { TurnBody } from './TurnBody.tsx';
import type { TurnProps } from './turnProps.ts';

/** One question with whatever came of it. */
export const TurnView = memo(function TurnView(props: TurnProps) {
  const messages = useMessages();
  const id = useId();
  const { turn } = props;
  return (
    <article className="turn" aria-labelledby={id} aria-busy={turn.state.kind === 'running'}>
      <h2 id={id} className="turn-question">
        <span className="unseen">{messages.question}: </span>
        <DataLines>{turn.question || messages.sharedAnswer}</DataLines>
      </h2>
      <AnswerBoundary message={messages.notDisplayable}>
        <TurnBody {...props} />
      </AnswerBoundary>
    </article>
  );
});
