import type { StatusBody } from '../../../assistant/server/api.ts';
import type { Me } from '../api/me.ts';
import { useMessages } from '../messages/MessagesContext.ts';
import type { Language } from '../messages/messages.ts';
import type { Route } from '../route/route.ts';
import { User } from '../session/User.tsx';
import { DataStatus } from './DataStatus.tsx';
import { LanguagePicker } from './LanguagePicker.tsx';
import { ThemePicker } from './ThemePicker.tsx';
import { ViewLinks } from './ViewLinks.tsx';

interface Props {
  /** Null until it is known who is asking. */
  readonly me: Me | null;
  readonly status: StatusBody | null | undefined;
  readonly view: Route['view'];
  readonly language: Language;
  readonly onLanguage: (language: Language) => void;
  /** Null when there is nothing to clear. */
  readonly onClear: (() => void) | null;
  readonly onForget: () => void;
}

export function Header(props: Props) {
  const messages = useMessages();
  const { me, status, view, language, onLanguage, onClear, onForget } = props;
  return (
    <header className="header">
      <div className="header-inside">
        <h1 className="product">
          <svg className="product-mark" viewBox="0 0 32 32" aria-hidden="true">
            <rect width="32" height="32" rx="7" />
            <circle cx="12" cy="13" r="5" />
            <path d="M15.5 16.5 24 25m-3.5-3.5 2.5-2.5" />
          </svg>
          {messages.productName}
        </h1>
        <ViewLinks view={view} audit={me?.role === 'admin'} />
        <div className="header-tools">
          {onClear && (
            <button
              type="button"
              className="quiet-button"
              title={messages.newConversationTitle}
              onClick={onClear}
            >
              {messages.newConversation}
            </button>
          )}
          <LanguagePicker language={language} onLanguage={onLanguage} />
          <ThemePicker />
          {me?.signIn && <User me={me} onForget={onForget} />}
        </div>
        <DataStatus status={status} />
      </div>
    </header>
  );
}
