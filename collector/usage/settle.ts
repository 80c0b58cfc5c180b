import type { LastUsage, LastUse } from './last-usage.ts';
import type { UsageEvent } from './source.ts';

export interface SettledUsage {
  readonly lastUsage: LastUsage;
  /** The latest event of each operation and caller. */
  readonly events: readonly UsageEvent[];
}

/**
 * Brings together what KMS and the event records say of one key.
 *
 * Evidence of a use counts wherever it comes from, and the latest one wins. Where KMS knows only a
 * last use that `isUse` does not count, the last one that counts is unknown rather than absent.
 *
 * @param remembered what earlier collections found. It tells who used and changed a key, but not when
 *   it was last used: a later use may have gone unseen.
 */
export function settleUsage(
  kms: LastUsage,
  recorded: readonly UsageEvent[],
  isUse: (operation: string) => boolean,
  remembered: readonly UsageEvent[] = [],
): SettledUsage {
  const found = latestOfEachCaller([...recorded, ...unrecorded(kms.lastUse, recorded)]);
  const events = latestOfEachCaller([...found, ...remembered]);
  const last = found
    .filter((event) => event.category === 'CRYPTO' && isUse(event.operation))
    .reduce<UsageEvent | null>((a, b) => (a && !isLater(b, a) ? a : b), null);
  if (last) {
    const { last_event_at: at, operation, event_id: eventId } = last;
    // CloudTrail cuts a time to whole seconds; of the same event KMS knows it better.
    const lastUse =
      kms.lastUse && kms.lastUse.eventId === eventId ? kms.lastUse : { at, operation, eventId };
    return { events, lastUsage: { ...kms, status: 'USED', lastUse } };
  }
  const status = kms.status === 'USED' ? 'UNKNOWN' : kms.status;
  return { events, lastUsage: { ...kms, status, lastUse: null } };
}

/** The last use as KMS tells it, where no event record has it: it is then known without a caller. */
function unrecorded(lastUse: LastUse | null, recorded: readonly UsageEvent[]): UsageEvent[] {
  if (!lastUse) return [];
  const isRecorded = recorded.some(
    (event) => event.event_id !== null && event.event_id === lastUse.eventId,
  );
  if (isRecorded) return [];
  return [
    {
      operation: lastUse.operation,
      category: 'CRYPTO',
      last_event_at: lastUse.at,
      username: null,
      user_identity_type: null,
      principal_arn: null,
      caller_account: null,
      source_ip: null,
      via_service: null,
      encryption_context: {},
      resource_arn: null,
      event_id: lastUse.eventId,
      source: 'KMS',
      caller: '',
    },
  ];
}

function latestOfEachCaller(events: readonly UsageEvent[]): readonly UsageEvent[] {
  const latest = new Map<string, UsageEvent>();
  for (const event of events) {
    const name = JSON.stringify([event.operation, event.caller]);
    const before = latest.get(name);
    if (!before || isLater(event, before)) latest.set(name, event);
  }
  return [...latest.values()];
}

/** By time, then by event id, so that the order in which events were read does not matter. */
function isLater(a: UsageEvent, b: UsageEvent): boolean {
  const byTime = a.last_event_at.getTime() - b.last_event_at.getTime();
  return byTime !== 0 ? byTime > 0 : (a.event_id ?? '') > (b.event_id ?? '');
}
