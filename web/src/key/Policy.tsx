import type { NamedRow } from '../../../assistant/server/api.ts';
import { CopyButton } from '../answer/CopyButton.tsx';
import { Panel } from '../dashboard/Panel.tsx';
import { useMessages } from '../messages/MessagesContext.ts';
import { ScrollFrame } from '../page/ScrollFrame.tsx';
import { DataText } from '../text/DataText.tsx';
import { layOutJson } from '../text/json.ts';
import { numberIn, textIn } from './cells.ts';
import { policyParts } from './policyParts.ts';
import { SeverityBadge } from './SeverityBadge.tsx';

interface Props {
  readonly policy: string | null;
  readonly concerns: readonly NamedRow[];
  /** The name of a kind of concern. */
  readonly nameOf: (code: string) => string;
}

/** The key policy as the account holds it, with the concerns at the statements that raise them. */
export function Policy({ policy, concerns, nameOf }: Props) {
  const messages = useMessages();
  if (policy === null) {
    return (
      <Panel title={messages.policyTitle} wide>
        <p className="warning">{messages.policyUnread}</p>
      </Panel>
    );
  }
  return (
    <Panel title={messages.policyTitle} wide>
      <div className="policy-tools">
        <CopyButton text={policy} />
      </div>
      <ScrollFrame className="policy" label={messages.policyText}>
        {policyParts(layOutJson(policy)).map(({ statement, lines }, index) => {
          const found =
            statement === null
              ? []
              : concerns.filter((row) => numberIn(row, 'statement_index') === statement);
          return (
            <div
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one policy never change places
              key={index}
              className={
                found.length > 0
                  ? `policy-part policy-marked tone-${textIn(found[0] ?? {}, 'severity')?.toLowerCase()}`
                  : 'policy-part'
              }
            >
              <pre>
                {lines.map((line, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: lines never change places
                  <span key={at} className="data-line">
                    <DataText>{line}</DataText>
                  </span>
                ))}
              </pre>
              {found.length > 0 && (
                <ul
                  className="policy-concerns"
                  aria-label={messages.statementConcerns((statement ?? 0) + 1)}
                >
                  {found.map((row, at) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: concerns never change places
                    <li key={at}>
                      <SeverityBadge severity={textIn(row, 'severity')} />{' '}
                      <strong>{nameOf(textIn(row, 'code') ?? '')}</strong>{' '}
                      <span lang="en">
                        <DataText>{textIn(row, 'detail') ?? ''}</DataText>
                      </span>
                    </li>
                  ))}
                </ul>
              )}
            </div>
          );
        })}
      </ScrollFrame>
    </Panel>
  );
}
