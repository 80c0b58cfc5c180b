import { useEffect, useRef, useState } from 'react';
import { Failure } from '../answer/Failure.tsx';
import { type AuditedQuestion, type AuditPage, fetchAudit } from '../api/audit.ts';
import type { Problem } from '../api/problem.ts';
import { useMessages } from '../messages/MessagesContext.ts';
import { ScrollFrame } from '../page/ScrollFrame.tsx';
import { ViewHead } from '../page/ViewHead.tsx';
import type { AuditFilter } from '../route/route.ts';
import { AuditEntry } from './AuditEntry.tsx';
import { AuditFilters } from './AuditFilters.tsx';
import '../styles/views.css';
import '../styles/audit.css';

interface Props {
  readonly filter: AuditFilter;
  readonly moved: boolean;
}

/** Who asked what, what ran, and what came of it; newest first. */
export default function Audit({ filter, moved }: Props) {
  const messages = useMessages();
  return (
    <>
      <ViewHead title={messages.audit} moved={moved}>
        <p className="fine-print">{messages.auditText}</p>
      </ViewHead>
      <AuditFilters key={JSON.stringify(filter)} filter={filter} />
      <Entries key={`entries-${JSON.stringify(filter)}`} filter={filter} />
    </>
  );
}

interface Shown {
  readonly entries: readonly AuditedQuestion[];
  readonly next: string | null;
  readonly problem: Problem | null;
  readonly busy: boolean;
}

const nothing: Shown = { entries: [], next: null, problem: null, busy: true };

function withPage(before: Shown, page: AuditPage): Shown {
  return {
    entries: [...before.entries, ...page.entries],
    next: page.next,
    problem: null,
    busy: false,
  };
}

function Entries({ filter }: { readonly filter: AuditFilter }) {
  const messages = useMessages();
  const [shown, setShown] = useState(nothing);
  const reading = useRef<AbortController | null>(null);

  const read = (cursor: string | null): void => {
    const controller = new AbortController();
    reading.current = controller;
    setShown((before) => ({ ...before, busy: true }));
    fetchAudit(filter, cursor, controller.signal).then((result) => {
      if (controller.signal.aborted) return;
      setShown((before) =>
        result.ok
          ? withPage(before, result.body)
          : { ...before, problem: result.problem, busy: false },
      );
    });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter is another component
  useEffect(() => {
    read(null);
    return () => reading.current?.abort();
  }, []);

  const { entries, next, problem, busy } = shown;
  return (
    <div aria-busy={busy}>
      {entries.length > 0 && (
        <ScrollFrame className="audit-rows" label={messages.audit}>
          <table className="audit">
            <thead>
              <tr>
                {[
                  messages.auditWhen,
                  messages.auditWho,
                  messages.auditFace,
                  messages.question,
                  messages.auditStatus,
                  messages.auditRows,
                  messages.auditCost,
                  messages.auditFeedback,
                ].map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {entries.map((entry, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: older entries are added at the end
                <AuditEntry key={at} entry={entry} />
              ))}
            </tbody>
          </table>
        </ScrollFrame>
      )}
      {problem && (
        <Failure
          problem={problem}
          busy={busy}
          onRetry={() => read(entries.length > 0 ? next : null)}
        />
      )}
      {!problem && !busy && entries.length === 0 && (
        <p className="no-rows">{messages.auditNothing}</p>
      )}
      {busy && <p className="pane-note">{messages.viewLoading}</p>}
      <p className="audit-more">
        <span role="status" className="fine-print">
          {busy || entries.length === 0 ? '' : messages.auditShown(entries.length, next === null)}
        </span>
        {next !== null && !problem && (
          <button
            type="button"
            className="quiet-button"
            aria-disabled={busy}
            onClick={() => {
              if (!busy) read(next);
            }}
          >
            {messages.auditOlder}
          </button>
        )}
      </p>
    </div>
  );
}
