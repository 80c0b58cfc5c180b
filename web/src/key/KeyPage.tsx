import type { KeyBody } from '../../../assistant/server/api.ts';
import { CopyButton } from '../answer/CopyButton.tsx';
import { Failure } from '../answer/Failure.tsx';
import { useRead } from '../api/useRead.ts';
import { fetchKey } from '../api/views.ts';
import { Choices } from '../conversation/Choices.tsx';
import { Panel } from '../dashboard/Panel.tsx';
import { useMessages } from '../messages/MessagesContext.ts';
import type { Language } from '../messages/messages.ts';
import { DataShownLine, ViewHead } from '../page/ViewHead.tsx';
import { dashboardPath } from '../route/route.ts';
import { DataText } from '../text/DataText.tsx';
import { Advice } from './Advice.tsx';
import { Cost } from './Cost.tsx';
import { textIn } from './cells.ts';
import { Permissions } from './Permissions.tsx';
import { Policy } from './Policy.tsx';
import { Protects } from './Protects.tsx';
import { Settings } from './Settings.tsx';
import { SeverityBadge } from './SeverityBadge.tsx';
import { Timeline } from './Timeline.tsx';
import '../styles/views.css';

interface Props {
  readonly arn: string;
  readonly language: Language;
  readonly moved: boolean;
  readonly busy: boolean;
  readonly onAsk: (question: string) => void;
}

/** Everything that is known about one key, with what to do about it. */
export default function KeyPage({ arn, language, moved, busy, onAsk }: Props) {
  const messages = useMessages();
  const {
    body,
    problem,
    busy: reading,
    again,
  } = useRead<KeyBody>(`${arn}\n${language}`, (signal) => fetchKey(arn, language, signal));
  const title = (body && textIn(body.key, 'alias')) ?? arn.split('/').at(-1) ?? arn;
  return (
    <>
      <ViewHead title={title} moved={moved}>
        <p className="key-arn">
          <code>
            <DataText>{arn}</DataText>
          </code>
          <CopyButton text={arn} />
        </p>
        {body && <KeyBadges page={body} />}
        {body && <DataShownLine shown={body} ofPart />}
      </ViewHead>
      {problem && <Failure problem={problem} busy={reading} onRetry={again} />}
      {body ? (
        <div className="panels">
          <Choices
            title={messages.askAboutKey}
            questions={messages.keyQuestions(textIn(body.key, 'key_id') ?? '')}
            disabled={busy}
            onAsk={onAsk}
          />
          <KeyParts page={body} language={language} />
        </div>
      ) : (
        !problem && <p className="pane-note">{messages.viewLoading}</p>
      )}
    </>
  );
}

function KeyBadges({ page: { key } }: { readonly page: KeyBody }) {
  const messages = useMessages();
  const managers: Readonly<Record<string, string>> = messages.managers;
  const manager = textIn(key, 'key_manager');
  return (
    <p className="key-badges">
      <SeverityBadge severity={textIn(key, 'max_severity')} />
      {manager !== null && <span className="badge">{managers[manager] ?? manager}</span>}
      <span className="badge">{textIn(key, 'key_state') ?? messages.unknownState}</span>
      <a href={dashboardPath({ account: textIn(key, 'account_id') ?? '' })}>
        <DataText>{`${textIn(key, 'account_name') ?? ''} ${textIn(key, 'account_id') ?? ''}`}</DataText>
      </a>
      <a href={dashboardPath({ region: textIn(key, 'region') ?? '' })}>
        <DataText>{textIn(key, 'region') ?? ''}</DataText>
      </a>
    </p>
  );
}

interface PartsProps {
  readonly page: KeyBody;
  readonly language: Language;
}

function KeyParts({ page, language }: PartsProps) {
  const messages = useMessages();
  const nameOf = (code: string): string =>
    page.advice.find((kind) => kind.code === code)?.label ?? code;
  const policy = textIn(page.key, 'policy_json');
  const fromPolicy = page.permissions.filter(({ source }) => source === 'POLICY');
  const grants = page.permissions.filter(({ source }) => source === 'GRANT');
  return (
    <>
      <Advice language={language} advice={page.advice} concerns={page.concerns} />
      <Policy policy={policy} concerns={page.concerns} nameOf={nameOf} />
      <Panel title={messages.permissionsTitle} note={messages.permissionsNote} wide>
        {policy === null && <p className="warning">{messages.policyUnread}</p>}
        <Permissions permissions={fromPolicy} />
      </Panel>
      <Panel title={messages.grantsTitle} wide>
        {grants.length === 0 && (
          <p className="no-rows">
            {page.coverage.ok === 0 ? messages.grantsUnknown : messages.noGrants}
          </p>
        )}
        <Permissions permissions={grants} />
      </Panel>
      <Timeline page={page} />
      <Protects usage={page.usage} />
      <Cost row={page.key} />
      <Settings page={page} />
    </>
  );
}
