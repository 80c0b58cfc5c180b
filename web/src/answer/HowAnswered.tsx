import type { Evidence } from '../../../assistant/server/api.ts';
import type { Messages } from '../messages/en.ts';
import { useMessages } from '../messages/MessagesContext.ts';
import { SqlText } from '../sql/SqlText.tsx';
import { DataText } from '../text/DataText.tsx';
import { formatBytes, formatDuration, formatInstant } from '../text/instant.ts';
import { CopyButton } from './CopyButton.tsx';

/** Everything needed to check the answer or to get it again; closed until asked for. */
export function HowAnswered({ evidence }: { readonly evidence: Evidence }) {
  const messages = useMessages();
  const { coverage } = evidence;
  const facts: readonly (readonly [string, string])[] = [
    [messages.engine, evidence.engine],
    [messages.elapsed, formatDuration(evidence.elapsedMs)],
    ...(typeof evidence.scannedBytes === 'number'
      ? [[messages.scanned, formatBytes(evidence.scannedBytes)] as const]
      : []),
    ...(typeof evidence.costUsd === 'number'
      ? [[messages.cost, `US$ ${evidence.costUsd.toFixed(4)}`] as const]
      : []),
    ...(evidence.reusedResult ? [[messages.reused, messages.reusedResult] as const] : []),
    [messages.translator, evidence.translator],
    ...modelFacts(evidence.model, messages),
    ...narrativeFacts(evidence.narrative, messages),
    [messages.answeredAt, formatInstant(evidence.answeredAt ?? '')],
    [messages.tables, (evidence.tables ?? []).join(', ')],
    [
      messages.accountRegions,
      messages.coverageCounts(coverage.ok, coverage.partial, coverage.failed, coverage.skipped),
    ],
    [messages.snapshot, evidence.snapshotId],
    [messages.queryId, evidence.queryId],
    [messages.resultHash, evidence.resultHash],
  ];
  return (
    <details className="how">
      <summary>{messages.how}</summary>
      <div className="sql-head">
        <h3 className="small-title">{messages.sql}</h3>
        <CopyButton text={evidence.sql} />
      </div>
      <SqlText sql={evidence.sql} />
      <dl className="facts">
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
    </details>
  );
}

/** How the words of the model were checked, where it was to say any. */
function narrativeFacts(
  narrative: Evidence['narrative'] | undefined,
  messages: Messages,
): readonly (readonly [string, string])[] {
  if (!narrative) return [];
  const { outcome, failure, attempts } = narrative;
  const told = messages.narrativeOutcomes[outcome];
  const wrong = attempts.flatMap((attempt) => attempt.wrong);
  return [
    [messages.narrative, failure === null ? told : `${told} (${failure})`],
    ...(wrong.length > 0 ? [[messages.narrativeWrong, wrong.join(' · ')] as const] : []),
  ];
}

/** The model that was asked and what it took. Answers kept by an earlier version have none. */
function modelFacts(
  model: Evidence['model'] | undefined,
  messages: Messages,
): readonly (readonly [string, string])[] {
  if (!model) return [];
  const { inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens, costUsd, failure } = model;
  const read = inputTokens + cacheReadTokens + cacheWriteTokens;
  return [
    [messages.model, failure === null ? model.modelId : `${model.modelId} (${failure})`],
    [messages.modelTokens, messages.tokensUsed(read, cacheReadTokens, outputTokens)],
    ...(typeof costUsd === 'number'
      ? [[messages.modelCost, `US$ ${costUsd.toFixed(4)}`] as const]
      : []),
    [messages.prompt, `${model.promptVersion}, ${model.promptHash}`],
  ];
}
