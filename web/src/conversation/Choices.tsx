import { useId } from 'react';
import { DataText } from '../text/DataText.tsx';

interface Props {
  readonly title: string;
  readonly questions: readonly string[];
  /** True while another question runs. */
  readonly disabled: boolean;
  readonly onAsk: (question: string) => void;
  readonly layout?: 'grid' | 'row';
}

/** Questions that are asked by a click. */
export function Choices({ title, questions, disabled, onAsk, layout = 'row' }: Props) {
  const id = useId();
  if (questions.length === 0) return null;
  return (
    <section className="choices" aria-labelledby={id}>
      <h3 id={id} className="small-title">
        {title}
      </h3>
      <ul className={`choice-list choice-list-${layout}`}>
        {[...new Set(questions)].map((question) => (
          <li key={question}>
            {/* Not `disabled`, which would drop the focus of who pressed it. */}
            <button
              type="button"
              className="choice"
              aria-disabled={disabled}
              onClick={() => {
                if (!disabled) onAsk(question);
              }}
            >
              <DataText>{question}</DataText>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
