import type { AuditedQuestion } from '../api/audit.ts';
import { useMessages } from '../messages/MessagesContext.ts';
import { reportPath } from '../route/route.ts';
import { SqlText } from '../sql/SqlText.tsx';
import { DataText } from '../text/DataText.tsx';
import { formatMoney, formatNumber } from '../text/number.ts';

/** One question of the audit log, or one answer that was given out; its SQL is closed until asked for. */
export function AuditEntry({ entry }: { readonly entry: AuditedQuestion }) {
  const messages = useMessages();
  const { answerId, question, sql, exported, errorCode, rowCount, feedback } = entry;
  const status = exported ?? entry.status;
  const statuses: Readonly<Record<string, string>> = { ...messages.statuses, ...messages.exports };
  const cost = costOf(entry);
  return (
    <tr>
      <td>
        <time dateTime={entry.at}>{entry.at.replace('T', ' ').slice(0, 19)}</time>
      </td>
      <td>
        <DataText>{entry.user}</DataText>
      </td>
      <td>{entry.face}</td>
      <td className="audit-question">
        {question === null ? (
          <span className="absent">{messages.auditSqlOnly}</span>
        ) : (
          <DataText>{question}</DataText>
        )}
        {sql !== null && (
          <details>
            <summary>{messages.sql}</summary>
            <SqlText sql={sql} />
            {answerId !== null && entry.status === 'answered' && (
              <a href={reportPath(answerId)}>{messages.report}</a>
            )}
          </details>
        )}
      </td>
      <td>
        {Object.hasOwn(statuses, status) ? statuses[status] : status}
        {errorCode && <span className="fine-print"> {errorCode}</span>}
      </td>
      <td className="numeric">{typeof rowCount === 'number' ? formatNumber(rowCount) : '–'}</td>
      <td className="numeric">{cost === null ? '–' : `US$ ${formatMoney(cost)}`}</td>
      <td className="audit-feedback">
        {feedback && (
          <>
            {feedback.rating === 'up' ? messages.ratedRight : messages.ratedWrong}
            {feedback.comment && (
              <q>
                <DataText>{feedback.comment}</DataText>
              </q>
            )}
          </>
        )}
      </td>
    </tr>
  );
}

/** Of scan and model together; null where neither is billed or known. */
function costOf({ costUsd, model }: AuditedQuestion): number | null {
  const known = [costUsd, model?.costUsd].filter((one) => typeof one === 'number');
  return known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0);
}
