import type { Evidence } from '../../../assistant/server/api.ts';
import { answerPath } from '../api/answers.ts';
import { useMessages } from '../messages/MessagesContext.ts';
import { CoverageText } from '../page/CoverageText.tsx';
import { SimulatedBadge } from '../page/SimulatedBadge.tsx';
import { reportPath } from '../route/route.ts';
import { DataText } from '../text/DataText.tsx';
import { formatInstant } from '../text/instant.ts';
import { CopyLink } from './CopyLink.tsx';

interface Props {
  readonly evidence: Evidence;
  readonly snapshotId: string | null;
}

/** The moment the data speaks of, its coverage, and the answer to take away. */
export function Provenance({ evidence, snapshotId }: Props) {
  const messages = useMessages();
  const earlier = snapshotId !== null && snapshotId !== evidence.snapshotId;
  return (
    <section className="provenance" aria-label={messages.provenance}>
      <p className="provenance-facts">
        {evidence.origin === 'simulated' && <SimulatedBadge />}
        <span>{messages.dataAsOf(formatInstant(evidence.asOf))}</span>
        {earlier && <span className="badge">{messages.earlierSnapshot}</span>}
        <CoverageText coverage={evidence.coverage}>
          <DataText>{evidence.coverageText}</DataText>
        </CoverageText>
      </p>
      <p className="provenance-links">
        <a href={answerPath(evidence.id, 'csv')} download>
          {messages.downloadCsv}
        </a>
        <a href={answerPath(evidence.id, 'evidence')} download={`evidence-${evidence.id}.json`}>
          {messages.downloadEvidence}
        </a>
        <a href={reportPath(evidence.id)}>{messages.report}</a>
        <CopyLink answerId={evidence.id} />
      </p>
    </section>
  );
}
