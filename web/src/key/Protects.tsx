import type { NamedRow } from '../../../assistant/server/api.ts';
import { Panel } from '../dashboard/Panel.tsx';
import { useMessages } from '../messages/MessagesContext.ts';
import { DataText } from '../text/DataText.tsx';
import { entriesIn, momentIn, textIn } from './cells.ts';

interface Protected {
  readonly resource: string | null;
  readonly service: string | null;
  readonly context: string;
  readonly at: string;
}

/** What the recorded uses were for: resources, services, encryption contexts; latest first. */
export function Protects({ usage }: { readonly usage: readonly NamedRow[] }) {
  const messages = useMessages();
  const found = protectedBy(usage);
  return (
    <Panel title={messages.protectsTitle} note={messages.protectsNote} wide>
      {found.length === 0 && <p className="no-rows">{messages.protectsNothing}</p>}
      <ul className="permissions">
        {found.map(({ resource, service, context, at }) => (
          <li key={`${resource}\n${service}\n${context}`} className="permission">
            <p className="permission-who">
              <code>
                <DataText>{resource ?? service ?? context}</DataText>
              </code>
            </p>
            <p className="fine-print">
              {resource !== null && service !== null && (
                <>
                  <DataText>{messages.via(service)}</DataText>
                  {' · '}
                </>
              )}
              {messages.lastAt(at)}
              {context !== '' && (
                <>
                  {' · '}
                  <DataText>{context}</DataText>
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function protectedBy(usage: readonly NamedRow[]): Protected[] {
  const found = new Map<string, Protected>();
  for (const row of usage) {
    const resource = textIn(row, 'resource_arn');
    const service = textIn(row, 'via_service');
    const context = entriesIn(row, 'encryption_context')
      .map(([key, value]) => `${key}=${value}`)
      .join(', ');
    if (resource === null && service === null && context === '') continue;
    const id = `${resource}\n${service}\n${context}`;
    // The rows come latest first.
    if (!found.has(id))
      found.set(id, { resource, service, context, at: momentIn(row, 'last_event_at') ?? '' });
  }
  return [...found.values()];
}
