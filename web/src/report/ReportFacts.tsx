import type { Evidence } from '../../../assistant/server/api.ts';
import { useMessages } from '../messages/MessagesContext.ts';
import { DataText } from '../text/DataText.tsx';
import { formatInstant } from '../text/instant.ts';
import { formatNumber } from '../text/number.ts';

/** What an auditor needs to defend an answer, or to get it again. */
export function ReportFacts({ evidence }: { readonly evidence: Evidence }) {
  const messages = useMessages();
  const { coverage } = evidence;
  const { ok, partial, failed, skipped } = coverage;
  const facts: readonly (readonly [string, string])[] = [
    [messages.interpretation, evidence.interpretation],
    // Answers kept by an earlier version do not say who asked, or when.
    [messages.askedBy, evidence.askedBy ?? ''],
    [messages.answeredAt, formatInstant(evidence.answeredAt ?? '')],
    [messages.asOf, formatInstant(evidence.asOf)],
    [messages.coverage, evidence.coverageText],
    [messages.accountRegions, messages.coverageCounts(ok, partial, failed, skipped)],
    [messages.rowCount, formatNumber(evidence.rowCount)],
    [messages.tables, (evidence.tables ?? []).join(', ')],
    [messages.engine, evidence.engine],
    [
      messages.translator,
      evidence.model ? `${evidence.translator}, ${evidence.model.modelId}` : evidence.translator,
    ],
    [messages.snapshot, evidence.snapshotId],
    [messages.queryId, evidence.queryId],
    [messages.resultHash, evidence.resultHash],
    [messages.answerId, evidence.id],
  ];
  return (
    <dl className="facts report-facts">
      {facts
        .filter(([, value]) => value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <DataText>{value}</DataText>
            </dd>
          </div>
        ))}
    </dl>
  );
}
