import { useMemo } from 'react';
import type { DashboardBody, KeyFilter } from '../../../assistant/server/api.ts';
import { Failure } from '../answer/Failure.tsx';
import { useRead } from '../api/useRead.ts';
import { fetchDashboard } from '../api/views.ts';
import { useMessages } from '../messages/MessagesContext.ts';
import type { Language } from '../messages/messages.ts';
import { DataShownLine, ViewHead } from '../page/ViewHead.tsx';
import { dashboardPath, queryOf } from '../route/route.ts';
import { DataText } from '../text/DataText.tsx';
import { formatNumber } from '../text/number.ts';
import { AskingContext } from './AskMark.tsx';
import { Concerns } from './Concerns.tsx';
import { Filters } from './Filters.tsx';
import { KeysTable } from './KeysTable.tsx';
import { MarkBars } from './MarkBars.tsx';
import { managerTone } from './managerTone.ts';
import { Panel } from './Panel.tsx';
import { Regions } from './Regions.tsx';
import { Tiles } from './Tiles.tsx';
import { Trend } from './Trend.tsx';
import '../styles/views.css';

interface Props {
  readonly filter: KeyFilter;
  readonly language: Language;
  readonly moved: boolean;
  readonly busy: boolean;
  readonly onAsk: (question: string) => void;
}

/** The keys of the organization in numbers. Every number asks for the keys it counts. */
export default function Dashboard({ filter, language, moved, busy, onAsk }: Props) {
  const messages = useMessages();
  const asking = useMemo(() => ({ busy, ask: onAsk }), [busy, onAsk]);
  const reading = useRead<DashboardBody>(`${queryOf(filter)}\n${language}`, (signal) =>
    fetchDashboard(filter, language, signal),
  );
  const { body, problem } = reading;
  return (
    <AskingContext value={asking}>
      <ViewHead title={messages.dashboard} moved={moved}>
        {body && <DataShownLine shown={body} ofPart={isPart(filter)} />}
        <p className="fine-print">{messages.dashboardText}</p>
      </ViewHead>
      {problem && (
        <>
          <Failure problem={problem} busy={reading.busy} onRetry={reading.again} />
          <a href={dashboardPath()}>{messages.clearFilters}</a>
        </>
      )}
      {body ? (
        <div aria-busy={reading.busy} className={reading.busy ? 'panels stale' : 'panels'}>
          <Filters filter={filter} options={body.options} />
          <Tiles shown={body} />
          <Figures shown={body} />
          <KeysTable filter={filter} language={language} />
        </div>
      ) : (
        !problem && <p className="pane-note">{messages.viewLoading}</p>
      )}
      <p className="unseen" role="status">
        {body && !reading.busy ? messages.keysCounted(formatNumber(body.total.keys)) : ''}
      </p>
    </AskingContext>
  );
}

/** Whether a filter looks at some of the accounts and Regions only. */
const isPart = ({ account, ou, region }: KeyFilter): boolean =>
  [account, ou, region].some((place) => place !== undefined);

function Figures({ shown }: { readonly shown: DashboardBody }) {
  const messages = useMessages();
  const { otherAccounts } = shown;
  return (
    <>
      <Concerns concerns={shown.concerns} />
      <div className="panel-column">
        <Panel title={messages.typesTitle}>
          <MarkBars
            bars={shown.managers.map((mark) => ({
              ...mark,
              id: mark.value ?? '',
              tone: managerTone(mark.value),
              label: named(messages.managers, mark.value) ?? messages.unknownManager,
            }))}
          />
        </Panel>
        <Panel title={messages.noUseTitle} note={messages.noUseNote}>
          <MarkBars
            bars={shown.usage
              .filter(({ value }) => value !== 'USED')
              .map((mark) => ({
                ...mark,
                id: mark.value ?? '',
                label: named(messages.usageStatuses, mark.value) ?? mark.value,
              }))}
          />
        </Panel>
      </div>
      <Panel title={messages.severitiesTitle} note={messages.severitiesNote}>
        <MarkBars
          bars={shown.severities.map((mark) => ({
            ...mark,
            id: mark.value ?? '',
            tone: `severity-${(mark.value ?? '').toLowerCase()}`,
            label: named(messages.severities, mark.value) ?? mark.value,
          }))}
        />
      </Panel>
      <Regions regions={shown.regions} />
      <Panel
        title={messages.accountsTitle}
        note={
          otherAccounts.accounts > 0
            ? messages.otherAccounts(otherAccounts.accounts, otherAccounts.keys)
            : undefined
        }
        wide
      >
        <MarkBars
          bars={shown.accounts.map((mark) => ({
            ...mark,
            id: mark.accountId,
            label: <DataText>{`${mark.accountName} ${mark.accountId}`}</DataText>,
          }))}
        />
      </Panel>
      <Trend points={shown.trend} />
    </>
  );
}

/** The name of a value, where the page has one. */
function named(names: Readonly<Record<string, string>>, value: string | null): string | undefined {
  return value !== null && Object.hasOwn(names, value) ? names[value] : undefined;
}
