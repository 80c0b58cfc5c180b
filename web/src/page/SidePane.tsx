import { lazy, Suspense } from 'react';
import type { StatusBody } from '../../../assistant/server/api.ts';
import { AnswerBoundary } from '../answer/AnswerBoundary.tsx';
import type { Me } from '../api/me.ts';
import { useMessages } from '../messages/MessagesContext.ts';
import type { Language } from '../messages/messages.ts';
import { DashboardPlace } from '../quicksight/DashboardPlace.tsx';
import type { Route } from '../route/route.ts';

const KeyPage = lazy(() => import('../key/KeyPage.tsx'));
const Report = lazy(() => import('../report/Report.tsx'));
const Audit = lazy(() => import('../audit/Audit.tsx'));

interface Props {
  readonly route: Exclude<Route, { view: 'chat' }>;
  readonly me: Me | null;
  readonly status: StatusBody | null | undefined;
  readonly language: Language;
  /** Whether the reader came here within the page: then its heading takes the focus. */
  readonly moved: boolean;
  /** While a question runs no other can be asked. */
  readonly busy: boolean;
  readonly onAsk: (question: string) => void;
}

/** What stands beside the chat. Its code is fetched when it is first shown. */
export function SidePane(props: Props) {
  const messages = useMessages();
  return (
    <AnswerBoundary message={messages.viewBroken}>
      <Suspense fallback={<p className="pane-note">{messages.viewLoading}</p>}>
        <View {...props} />
      </Suspense>
    </AnswerBoundary>
  );
}

function View({ route, me, status, ...props }: Props) {
  const messages = useMessages();
  switch (route.view) {
    case 'dashboard':
      return <DashboardPlace filter={route.filter} status={status} {...props} />;
    case 'key':
      return <KeyPage key={route.arn} arn={route.arn} {...props} />;
    case 'report':
      return <Report key={route.id} id={route.id} moved={props.moved} />;
    case 'audit':
      if (me?.role === 'admin') return <Audit filter={route.filter} moved={props.moved} />;
      return <p className="pane-note">{me ? messages.notAdmin : messages.viewLoading}</p>;
  }
}
