import { useMessages } from '../messages/MessagesContext.ts';
import { auditPath, dashboardPath, type Route } from '../route/route.ts';

interface Props {
  readonly view: Route['view'];
  readonly audit: boolean;
}

/** The ways between chat, dashboard and, for who may read it, the audit log. */
export function ViewLinks({ view, audit }: Props) {
  const messages = useMessages();
  return (
    <nav className="view-links" aria-label={messages.views}>
      <a href="#/" aria-current={view === 'chat' ? 'page' : undefined}>
        {messages.chat}
      </a>
      <a href={dashboardPath()} aria-current={view === 'dashboard' ? 'page' : undefined}>
        {messages.dashboard}
      </a>
      {audit && (
        <a href={auditPath()} aria-current={view === 'audit' ? 'page' : undefined}>
          {messages.audit}
        </a>
      )}
    </nav>
  );
}
