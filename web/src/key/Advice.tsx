import type { KeyBody } from '../../../assistant/server/api.ts';
import { Panel } from '../dashboard/Panel.tsx';
import { useMessages } from '../messages/MessagesContext.ts';
import { DataText } from '../text/DataText.tsx';
import { textIn, textsIn } from './cells.ts';
import { SeverityBadge } from './SeverityBadge.tsx';

/** Each concern of the key: what was found, why it matters, and how to mend it. Gravest first. */
export function Advice({ advice, concerns }: Pick<KeyBody, 'advice' | 'concerns'>) {
  const messages = useMessages();
  const codes = [...new Set(concerns.map((row) => textIn(row, 'code')))];
  const kinds = codes.flatMap((code) => advice.filter((kind) => kind.code === code));
  return (
    <Panel title={messages.concernsOfKey} wide>
      {kinds.length === 0 && <p className="no-rows">{messages.noConcerns}</p>}
      <ol className="advice">
        {kinds.map((kind) => {
          const found = concerns.filter((row) => row.code === kind.code);
          const controls = [...new Set(found.flatMap((row) => textsIn(row, 'control_ids')))];
          return (
            <li key={kind.code}>
              <h4>
                <SeverityBadge severity={textIn(found[0] ?? {}, 'severity')} /> {kind.label}
              </h4>
              <ul className="notes" lang="en">
                {[...new Set(found.map((row) => textIn(row, 'detail') ?? ''))].map((detail) => (
                  <li key={detail}>
                    <DataText>{detail}</DataText>
                  </li>
                ))}
              </ul>
              <dl className="facts">
                <div>
                  <dt>{messages.why}</dt>
                  <dd lang="en">{kind.why}</dd>
                </div>
                <div>
                  <dt>{messages.fix}</dt>
                  <dd lang="en">
                    <strong>{kind.fix}</strong>
                  </dd>
                </div>
                {controls.length > 0 && (
                  <div>
                    <dt>{messages.controls}</dt>
                    <dd>{controls.join(', ')}</dd>
                  </div>
                )}
              </dl>
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}
