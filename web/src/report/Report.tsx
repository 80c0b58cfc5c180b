import type { Answer } from '../../../assistant/server/api.ts';
import { CopyLink } from '../answer/CopyLink.tsx';
import { Failure } from '../answer/Failure.tsx';
import { Narrative } from '../answer/Narrative.tsx';
import { Notes } from '../answer/Notes.tsx';
import { readKept } from '../api/answers.ts';
import { useRead } from '../api/useRead.ts';
import { useMessages } from '../messages/MessagesContext.ts';
import { ViewHead } from '../page/ViewHead.tsx';
import { SqlText } from '../sql/SqlText.tsx';
import { DataText } from '../text/DataText.tsx';
import { ReportFacts } from './ReportFacts.tsx';
import { isAcross, ReportRows } from './ReportRows.tsx';
import '../styles/report.css';

interface Props {
  readonly id: string;
  readonly moved: boolean;
}

type Answered = Extract<Answer, { status: 'answered' }>;

/** An answer on paper: what was asked, how it was read, what came of it, and how to check it. */
export default function Report({ id, moved }: Props) {
  const messages = useMessages();
  const { body, problem, busy, again } = useRead<Answer>(id, (signal) => readKept(id, signal));
  if (problem) {
    return (
      <>
        <ViewHead title={messages.report} moved={moved} />
        <Failure problem={problem} busy={busy} onRetry={again} />
      </>
    );
  }
  if (!body) return <p className="pane-note">{messages.viewLoading}</p>;
  if (body.status !== 'answered') {
    return (
      <>
        <ViewHead title={messages.report} moved={moved} />
        <p className="pane-note">{messages.noReport}</p>
      </>
    );
  }
  return <Paper answer={body} moved={moved} />;
}

function Paper({ answer, moved }: { readonly answer: Answered; readonly moved: boolean }) {
  const messages = useMessages();
  const { evidence } = answer;
  return (
    <article className="report">
      <p className="report-tools no-print">
        <button type="button" className="main-button" onClick={() => window.print()}>
          {messages.print}
        </button>
        <CopyLink answerId={answer.id} />
      </p>
      <p className="report-kind">
        {messages.productName} · {messages.report}
      </p>
      <ViewHead title={answer.question} moved={moved} />
      {evidence.origin === 'simulated' && (
        <p className="warning">
          {messages.simulated}. {messages.simulatedTitle}
        </p>
      )}
      <p className="headline">
        <DataText>{answer.summary}</DataText>
      </p>
      <Narrative text={answer.narrative} />
      <Notes notes={answer.notes} />
      <ReportFacts evidence={evidence} />
      <section className={isAcross(answer.columns) ? 'report-across' : undefined}>
        <h3>{messages.table}</h3>
        <ReportRows answer={answer} />
      </section>
      <section>
        <h3>{messages.sql}</h3>
        <SqlText sql={answer.sql} />
        <p className="fine-print">{messages.runAgain}</p>
      </section>
    </article>
  );
}
