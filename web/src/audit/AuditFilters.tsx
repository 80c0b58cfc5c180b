import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useMessages } from '../messages/MessagesContext.ts';
import { type AuditFilter, auditPath } from '../route/route.ts';

/** What narrows the audit view. It changes the address, and so can be kept and sent. */
export function AuditFilters({ filter }: { readonly filter: AuditFilter }) {
  const messages = useMessages();
  const [chosen, setChosen] = useState(filter);
  const choose = (name: keyof AuditFilter, value: string) =>
    setChosen((before) => ({ ...before, [name]: value }));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    window.location.hash = auditPath(chosen);
  };
  const select = (name: 'status' | 'face', options: Readonly<Record<string, string>>) => (
    <Labelled label={name === 'status' ? messages.auditStatus : messages.auditFace}>
      {(id) => (
        <select
          id={id}
          className="picker"
          value={chosen[name] ?? ''}
          onChange={(event) => choose(name, event.target.value)}
        >
          <option value="">{messages.all}</option>
          {Object.entries(options).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
  const input = (name: 'user' | 'from' | 'to', label: string) => (
    <Labelled label={label}>
      {(id) => (
        <input
          id={id}
          className="filter"
          type={name === 'user' ? 'search' : 'date'}
          maxLength={256}
          value={chosen[name] ?? ''}
          onChange={(event) => choose(name, event.target.value)}
        />
      )}
    </Labelled>
  );
  return (
    <form className="filters" aria-label={messages.filters} onSubmit={submit}>
      {input('user', messages.auditWho)}
      {select('status', messages.statuses)}
      {select('face', { http: 'http', slack: 'slack', cli: 'cli' })}
      {input('from', messages.auditFrom)}
      {input('to', messages.auditTo)}
      <button type="submit" className="quiet-button">
        {messages.auditShow}
      </button>
      {Object.keys(filter).length > 0 && (
        <a className="quiet-button" href={auditPath()}>
          {messages.clearFilters}
        </a>
      )}
    </form>
  );
}

interface LabelledProps {
  readonly label: string;
  readonly children: (id: string) => ReactNode;
}

function Labelled({ label, children }: LabelledProps) {
  const id = useId();
  return (
    <div className="filter-choice">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}
