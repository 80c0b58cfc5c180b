import { useId } from 'react';
import type { DashboardBody, KeyFilter } from '../../../assistant/server/api.ts';
import { useMessages } from '../messages/MessagesContext.ts';
import { dashboardPath, filterNames } from '../route/route.ts';
import { visible } from '../text/invisible.ts';

interface Props {
  readonly filter: KeyFilter;
  readonly options: DashboardBody['options'];
}

interface Choice {
  readonly value: string;
  readonly label: string;
}

const same = (value: string): Choice => ({ value, label: value });

/** What narrows everything on the dashboard. A choice changes the address, and so can be sent. */
export function Filters({ filter, options }: Props) {
  const messages = useMessages();
  const choices: Readonly<Record<(typeof filterNames)[number], readonly Choice[]>> = {
    account: options.accounts.map(({ id, name }) => ({ value: id, label: `${name} (${id})` })),
    ou: options.organizationalUnits.map(same),
    region: options.regions.map(same),
    manager: (['CUSTOMER', 'AWS'] as const).map((value) => ({
      value,
      label: messages.managers[value],
    })),
    concern: options.concerns.map(({ code, label }) => ({ value: code, label })),
    severity: (['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFO'] as const).map((value) => ({
      value,
      label: messages.severities[value],
    })),
  };
  const filtered = filterNames.some((name) => filter[name] !== undefined);
  return (
    <form className="filters" aria-label={messages.filters} onSubmit={(e) => e.preventDefault()}>
      {filterNames.map((name) => (
        <FilterSelect
          key={name}
          label={messages.filterNames[name]}
          value={filter[name] ?? ''}
          choices={choices[name]}
          onChoose={(value) => {
            window.location.hash = dashboardPath({ ...filter, [name]: value });
          }}
        />
      ))}
      {filtered && (
        <a className="quiet-button" href={dashboardPath()}>
          {messages.clearFilters}
        </a>
      )}
    </form>
  );
}

interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly onChoose: (value: string) => void;
}

function FilterSelect({ label, value, choices, onChoose }: SelectProps) {
  const messages = useMessages();
  const id = useId();
  return (
    <div className="filter-choice">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="picker"
        value={value}
        data-chosen={value === '' ? undefined : true}
        onChange={(event) => onChoose(event.target.value)}
      >
        <option value="">{messages.all}</option>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {visible(choice.label)}
          </option>
        ))}
      </select>
    </div>
  );
}
