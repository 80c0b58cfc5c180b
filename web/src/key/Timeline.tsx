import type { KeyBody, NamedRow } from '../../../assistant/server/api.ts';
import { Panel } from '../dashboard/Panel.tsx';
import type { Messages } from '../messages/en.ts';
import { useMessages } from '../messages/MessagesContext.ts';
import { DataText } from '../text/DataText.tsx';
import { momentIn, textIn } from './cells.ts';

interface Happening {
  readonly at: string;
  readonly what: string;
  readonly tone: 'life' | 'use' | 'change' | 'ahead';
  /** Who and through what, from the data. */
  readonly by: string | null;
}

/** What happened to a key and what is to come, latest first, as far as it is recorded. */
export function Timeline({ page }: { readonly page: KeyBody }) {
  const messages = useMessages();
  const status = textIn(page.key, 'usage_status') ?? '';
  const told: Readonly<Record<string, string>> = messages.usageTold;
  const happenings = happeningsOf(page, messages);
  return (
    <Panel title={messages.timelineTitle} wide>
      <p>{told[status] ?? status}</p>
      <ol className="timeline">
        {happenings.map(({ at, what, tone, by }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what happened never changes places
          <li key={index} className={`happening happening-${tone}`}>
            <span className="happening-at">{at}</span>
            <span>
              <strong>
                <DataText>{what}</DataText>
              </strong>
              {by !== null && (
                <>
                  {' '}
                  <DataText>{by}</DataText>
                </>
              )}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

/** Which moments of a key's row are told, and whether they lie ahead. */
const moments = [
  ['created_at', 'life'],
  ['usage_tracked_since', 'life'],
  ['collected_at', 'life'],
  ['next_rotation_at', 'ahead'],
  ['material_expires_at', 'ahead'],
  ['deletion_at', 'ahead'],
] as const;

function happeningsOf({ key, usage }: KeyBody, messages: Messages): Happening[] {
  const life: Happening[] = moments.flatMap(([column, tone]) => {
    const at = momentIn(key, column);
    return at === null ? [] : [{ at, what: messages.moments[column], tone, by: null }];
  });
  const lastUse = momentIn(key, 'last_used_at');
  const used: Happening[] = usage.map((row) => ({
    at: momentIn(row, 'last_event_at') ?? '',
    what: textIn(row, 'operation') ?? '',
    tone: row.category === 'MANAGEMENT' ? 'change' : 'use',
    by: callerOf(row, messages),
  }));
  // The service that tells the last use need not tell by whom it was.
  if (lastUse !== null && !used.some(({ at, tone }) => tone === 'use' && at >= lastUse)) {
    used.push({
      at: lastUse,
      what: textIn(key, 'last_used_operation') ?? messages.lastUse,
      tone: 'use',
      by: null,
    });
  }
  return [...life, ...used].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}

function callerOf(row: NamedRow, messages: Messages): string | null {
  const who = textIn(row, 'principal_arn') ?? textIn(row, 'username');
  const parts = [
    who === null ? '' : messages.by(who),
    phrase(textIn(row, 'via_service'), messages.via),
    phrase(textIn(row, 'source_ip'), messages.from),
  ].filter((part) => part !== '');
  return parts.length === 0 ? null : parts.join(', ');
}

const phrase = (text: string | null, say: (text: string) => string): string =>
  text === null ? '' : say(text);
