import type { NamedRow } from '../../../assistant/server/api.ts';
import { useMessages } from '../messages/MessagesContext.ts';
import { DataLines } from '../text/DataLines.tsx';
import { DataText } from '../text/DataText.tsx';
import { layOutJson } from '../text/json.ts';
import { numberIn, textIn, textsIn } from './cells.ts';

/** Who may, or may not, do what: one entry for each principal of each statement or grant. */
export function Permissions({ permissions }: { readonly permissions: readonly NamedRow[] }) {
  return (
    <ol className="permissions">
      {permissions.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: permissions never change places
        <Permission key={index} row={row} />
      ))}
    </ol>
  );
}

function Permission({ row }: { readonly row: NamedRow }) {
  const messages = useMessages();
  const effect = textIn(row, 'effect');
  const statement = numberIn(row, 'statement_index');
  const sid = textIn(row, 'sid');
  const condition = textIn(row, 'condition_json');
  const restricted = textsIn(row, 'restricted_by');
  const trust = textIn(row, 'trust') ?? '';
  const far = trust === 'EXTERNAL' || trust === 'PUBLIC';
  const trusts: Readonly<Record<string, string>> = messages.trusts;
  const levels: Readonly<Record<string, string>> = messages.accessLevels;
  return (
    <li className={row.is_effective === false ? 'permission permission-void' : 'permission'}>
      <p className="permission-who">
        <code>
          <DataText>{textIn(row, 'principal') ?? ''}</DataText>
        </code>
        <span className={far ? 'badge badge-high' : 'badge'}>{trusts[trust] ?? trust}</span>
        {effect === 'Deny' && <span className="badge badge-medium">{messages.denied}</span>}
        {row.is_effective === false && <span className="badge">{messages.noEffect}</span>}
      </p>
      <p className="permission-what">
        {textsIn(row, 'access_levels').map((level) => (
          <span key={level} className="chip">
            {levels[level] ?? level}
          </span>
        ))}
        <span className="permission-actions">
          <DataText>{textsIn(row, 'actions').join(', ')}</DataText>
        </span>
      </p>
      <p className="fine-print">
        {statement === null ? (
          <>
            {messages.grant} <DataText>{textIn(row, 'grant_id') ?? ''}</DataText>
          </>
        ) : (
          <>
            {messages.statement(statement + 1)}
            {sid !== null && (
              <>
                {' '}
                (<DataText>{sid}</DataText>)
              </>
            )}
          </>
        )}
        {restricted.length > 0 && (
          <>
            {' · '}
            {messages.restrictedBy} <DataText>{restricted.join(', ')}</DataText>
          </>
        )}
      </p>
      {condition !== null && (
        <details>
          <summary>{messages.condition}</summary>
          <div className="document">
            <DataLines>{layOutJson(condition)}</DataLines>
          </div>
        </details>
      )}
    </li>
  );
}
