import type { KeyBody } from '../../../assistant/server/api.ts';
import { Panel } from '../dashboard/Panel.tsx';
import { useMessages } from '../messages/MessagesContext.ts';
import { CellContent } from '../table/CellContent.tsx';
import { isUtcType } from '../table/cellView.ts';
import { columnLabel } from '../text/columnLabel.ts';

/** Told in parts of their own. */
const elsewhere: ReadonlySet<string> = new Set(['policy_json', 'concern_codes']);

/** Every setting of the key, by the names of the data contract. */
export function Settings({ page: { key, columns } }: { readonly page: KeyBody }) {
  const messages = useMessages();
  return (
    <Panel title={messages.settingsTitle} wide>
      <dl className="facts settings">
        {columns
          .filter(({ name }) => !elsewhere.has(name))
          .map((column) => (
            <div key={column.name} title={column.description}>
              <dt>
                {columnLabel(column.label)}
                {isUtcType(column.type) && ` ${messages.utc}`}
              </dt>
              <dd>
                <CellContent cell={key[column.name] ?? null} column={column} />
              </dd>
            </div>
          ))}
      </dl>
    </Panel>
  );
}
