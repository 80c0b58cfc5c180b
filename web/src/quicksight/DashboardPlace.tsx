import { type ComponentProps, lazy, useState } from 'react';
import type { KeyFilter, StatusBody } from '../../../assistant/server/api.ts';
import { useMessages } from '../messages/MessagesContext.ts';

const Dashboard = lazy(() => import('../dashboard/Dashboard.tsx'));
const QuickSightDashboard = lazy(() => import('./QuickSightDashboard.tsx'));

interface Props extends ComponentProps<typeof Dashboard> {
  readonly filter: KeyFilter;
  readonly status: StatusBody | null | undefined;
}

/**
 * The dashboard of QuickSight where one is configured, else the built-in one, which stays within
 * reach. Filters in the address are those of the built-in one.
 */
export function DashboardPlace({ status, ...props }: Props) {
  const messages = useMessages();
  const [builtIn, setBuiltIn] = useState(Object.keys(props.filter).length > 0);
  if (status === undefined) return <p className="pane-note">{messages.viewLoading}</p>;
  if (!status?.quickSight) return <Dashboard {...props} />;
  if (!builtIn) {
    return (
      <QuickSightDashboard
        language={props.language}
        moved={props.moved}
        onBuiltIn={() => setBuiltIn(true)}
      />
    );
  }
  return (
    <>
      <p className="which-dashboard">
        <button type="button" className="quiet-button" onClick={() => setBuiltIn(false)}>
          {messages.quickSightShow}
        </button>
      </p>
      <Dashboard {...props} />
    </>
  );
}
