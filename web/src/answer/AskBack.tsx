import { Choices } from '../conversation/Choices.tsx';
import { useMessages } from '../messages/MessagesContext.ts';
import { DataText } from '../text/DataText.tsx';
import { CopyLink } from './CopyLink.tsx';
import { Feedback } from './Feedback.tsx';

interface Props {
  readonly answerId: string;
  readonly title: string;
  readonly message: string;
  readonly unknownWords: readonly string[];
  readonly choicesTitle: string;
  readonly choices: readonly string[];
  readonly busy: boolean;
  readonly onAsk: (question: string) => void;
}

/** A question back, or a refusal: why, which words were not understood, and what to ask instead. */
export function AskBack(props: Props) {
  const messages = useMessages();
  return (
    <div className="card card-ask">
      <h3 className="card-title">{props.title}</h3>
      <p>
        <DataText>{props.message}</DataText>
      </p>
      {props.unknownWords.length > 0 && (
        <p className="unknown-words">
          <span>{messages.unknownWords}</span>
          {[...new Set(props.unknownWords)].map((word) => (
            <span key={word} className="chip">
              <DataText>{word}</DataText>
            </span>
          ))}
        </p>
      )}
      <Choices
        title={props.choicesTitle}
        questions={props.choices}
        disabled={props.busy}
        onAsk={props.onAsk}
      />
      <Feedback answerId={props.answerId} />
      <CopyLink answerId={props.answerId} />
    </div>
  );
}
