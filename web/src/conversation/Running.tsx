import { useEffect, useState } from 'react';
import { Interpretation } from '../answer/Interpretation.tsx';
import { useMessages } from '../messages/MessagesContext.ts';
import { type Progress, stageOf, stages } from './progress.ts';

/** Seconds after which it is said how long it takes. */
const slowFrom = 8;

/** The steps towards an answer, and what was understood as soon as it is known. */
export function Running({ progress }: { readonly progress: Progress }) {
  const messages = useMessages();
  const seconds = useSecondsShown();
  const current = stages.indexOf(stageOf(progress));
  return (
    <div className="running">
      <ol className="steps" aria-label={messages.progress}>
        {stages.map((stage, index) => (
          <li
            key={stage}
            className={
              index < current ? 'step step-done' : index === current ? 'step step-now' : 'step'
            }
            aria-current={index === current ? 'step' : undefined}
          >
            {messages[stage]}
          </li>
        ))}
      </ol>
      {progress.interpretation && <Interpretation text={progress.interpretation.text} />}
      {seconds >= slowFrom && <p className="fine-print">{messages.slow(seconds)}</p>}
    </div>
  );
}

/** Whole seconds since this was first shown. */
function useSecondsShown(): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const since = performance.now();
    const timer = setInterval(
      () => setSeconds(Math.floor((performance.now() - since) / 1000)),
      1000,
    );
    return () => clearInterval(timer);
  }, []);
  return seconds;
}
