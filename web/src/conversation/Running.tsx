import { Interpretation } from '../answer/Interpretation.tsx';
import { useMessages } from '../messages/MessagesContext.ts';
import { type Progress, stageOf, stages } from './progress.ts';

/** The steps towards an answer, and what was understood as soon as it is known. */
export function Running({ progress }: { readonly progress: Progress }) {
  const messages = useMessages();
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
    </div>
  );
}
