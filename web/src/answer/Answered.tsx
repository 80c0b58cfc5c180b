import { BarChart } from '../chart/BarChart.tsx';
import { Choices } from '../conversation/Choices.tsx';
import type { ShownAnswer } from '../conversation/progress.ts';
import { useMessages } from '../messages/MessagesContext.ts';
import { ResultTable } from '../table/ResultTable.tsx';
import { DataText } from '../text/DataText.tsx';
import { Feedback } from './Feedback.tsx';
import { HowAnswered } from './HowAnswered.tsx';
import { Interpretation } from './Interpretation.tsx';
import { Narrative } from './Narrative.tsx';
import { Notes } from './Notes.tsx';
import { Provenance } from './Provenance.tsx';

interface Props {
  readonly answer: Extract<ShownAnswer, { status: 'answered' }>;
  readonly followUps: readonly string[];
  readonly busy: boolean;
  readonly snapshotId: string | null;
  readonly onAsk: (question: string) => void;
}

/** An answer: the sentence, how the question was read, the rows, and where they come from. */
export function Answered({ answer, followUps, busy, snapshotId, onAsk }: Props) {
  const messages = useMessages();
  return (
    <>
      <div className="card answer">
        <p className="headline">
          <DataText>{answer.summary}</DataText>
        </p>
        <Narrative text={answer.narrative} />
        <Interpretation text={answer.interpretation} />
        {answer.truncated && (
          <p className="warning">{messages.truncated(answer.rowCount, answer.totalRows)}</p>
        )}
        <Notes notes={answer.notes} />
        {answer.chart && (
          <BarChart chart={answer.chart} columns={answer.columns} rows={answer.rows} />
        )}
        <ResultTable columns={answer.columns} rows={answer.rows} />
        <Provenance evidence={answer.evidence} snapshotId={snapshotId} />
        <HowAnswered evidence={answer.evidence} />
        <Feedback answerId={answer.id} />
      </div>
      <Choices title={messages.followUps} questions={followUps} disabled={busy} onAsk={onAsk} />
    </>
  );
}
