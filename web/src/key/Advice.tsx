import type { KeyBody } from '../../../assistant/server/api.ts';
import { Panel } from '../dashboard/Panel.tsx';
import { useMessages } from '../messages/MessagesContext.ts';
import type { Language } from '../messages/messages.ts';
import { DataText } from '../text/DataText.tsx';
import { adviceJa } from './adviceJa.ts';
import { textIn, textsIn } from './cells.ts';
import { SeverityBadge } from './SeverityBadge.tsx';

interface Props extends Pick<KeyBody, 'advice' | 'concerns'> {
  readonly language: Language;
}

/** Each concern of the key: what was found, why it matters, and how to mend it. Gravest first. */
export function Advice({ language, advice, concerns }: Props) {
  const messages = useMessages();
  const codes = [...new Set(concerns.map((row) => textIn(row, 'code')))];
  const kinds = codes.flatMap((code) => advice.filter((kind) => kind.code === code));
  return (
    <Panel title={messages.concernsOfKey} wide>
      {kinds.length === 0 && <p className="no-rows">{messages.noConcerns}</p>}
      <ol className="advice">
        {kinds.map((kind) => {
          const found = concerns.filter((row) => row.code === kind.code);
          const told = language === 'ja' ? adviceJa[kind.code] : undefined;
          const lang = told ? 'ja' : 'en';
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
                  <dd lang={lang}>{(told ?? kind).why}</dd>
                </div>
                <div>
                  <dt>{messages.fix}</dt>
                  <dd lang={lang}>
                    <strong>{(told ?? kind).fix}</strong>
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
