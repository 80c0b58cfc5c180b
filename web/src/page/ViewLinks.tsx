import { useMessages } from '../messages/MessagesContext.ts';
import { dashboardPath, type Route } from '../route/route.ts';

/** The ways between chat and dashboard. */
export function ViewLinks({ view }: { readonly view: Route['view'] }) {
  const messages = useMessages();
  return (
    <nav className="view-links" aria-label={messages.views}>
      <a href="#/" aria-current={view === 'chat' ? 'page' : undefined}>
        {messages.chat}
      </a>
      <a href={dashboardPath()} aria-current={view === 'dashboard' ? 'page' : undefined}>
        {messages.dashboard}
      </a>
    </nav>
  );
}
