import { lazy, Suspense } from 'react';
import { AnswerBoundary } from '../answer/AnswerBoundary.tsx';
import { useMessages } from '../messages/MessagesContext.ts';
import type { Language } from '../messages/messages.ts';
import type { Route } from '../route/route.ts';

const Dashboard = lazy(() => import('../dashboard/Dashboard.tsx'));
const KeyPage = lazy(() => import('../key/KeyPage.tsx'));

interface Props {
  readonly route: Exclude<Route, { view: 'chat' }>;
  readonly language: Language;
  /** Whether the reader came here within the page: then its heading takes the focus. */
  readonly moved: boolean;
  /** While a question runs no other can be asked. */
  readonly busy: boolean;
  readonly onAsk: (question: string) => void;
}

/** Dashboard or key page. Their code is fetched when one of them is first shown. */
export function SidePane({ route, ...props }: Props) {
  const messages = useMessages();
  return (
    <AnswerBoundary message={messages.viewBroken}>
      <Suspense fallback={<p className="pane-note">{messages.viewLoading}</p>}>
        {route.view === 'dashboard' ? (
          <Dashboard filter={route.filter} {...props} />
        ) : (
          <KeyPage key={route.arn} arn={route.arn} {...props} />
        )}
      </Suspense>
    </AnswerBoundary>
  );
}
