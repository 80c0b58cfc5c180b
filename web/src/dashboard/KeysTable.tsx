import { useEffect, useId, useState } from 'react';
import type { KeyFilter, KeysBody } from '../../../assistant/server/api.ts';
import { Failure } from '../answer/Failure.tsx';
import { useRead } from '../api/useRead.ts';
import { fetchKeys } from '../api/views.ts';
import { useMessages } from '../messages/MessagesContext.ts';
import type { Language } from '../messages/messages.ts';
import { queryOf } from '../route/route.ts';
import { ResultTable } from '../table/ResultTable.tsx';
import { Panel } from './Panel.tsx';

interface Props {
  readonly filter: KeyFilter;
  readonly language: Language;
}

/** How long the reader rests before what was typed is looked for. */
const restMs = 300;

/** Every key of the filter, each leading to its page, and to be found by its alias. */
export function KeysTable({ filter, language }: Props) {
  const messages = useMessages();
  const id = useId();
  const [typed, setTyped] = useState('');
  const alias = useRested(typed.trim());
  const { body, problem, busy, again } = useRead<KeysBody>(
    `${queryOf(filter)}\n${alias}\n${language}`,
    (signal) => fetchKeys(filter, alias, language, signal),
  );
  return (
    <Panel title={messages.keysTitle} wide>
      <div className="filter-choice alias-choice">
        <label htmlFor={id}>{messages.aliasHolds}</label>
        <input
          id={id}
          type="search"
          className="filter"
          maxLength={256}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <div aria-busy={busy} className={busy ? 'stale' : undefined}>
        {problem && <Failure problem={problem} busy={busy} onRetry={again} />}
        {body && body.total > body.rows.length && (
          <p className="warning">{messages.keysCut(body.rows.length, body.total)}</p>
        )}
        {body ? (
          <ResultTable key={alias} columns={body.columns} rows={body.rows} />
        ) : (
          !problem && <p className="no-rows">{messages.viewLoading}</p>
        )}
      </div>
    </Panel>
  );
}

/** A text once it has not changed for a moment. */
function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), restMs);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}
