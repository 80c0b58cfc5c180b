import type { Event, LookupAttributeKey } from '@aws-sdk/client-cloudtrail';
import pMap from 'p-map';
import type { CloudTrailApi } from '../aws/api.ts';
import type { Call } from '../read/call.ts';
import { type Failure, failureOf, isDenied } from '../read/failure.ts';
import { pages } from '../read/pages.ts';
import { type ReadEvent, readEvent } from './cloudtrail-event.ts';
import { managementOperations } from './operations.ts';
import type { RememberedEvents, TracedKey, UsageEvent, UsageSource } from './source.ts';

/** How far back LookupEvents sees, in days (CloudTrail API Reference, LookupEvents). */
export const LOOKUP_DAYS = 90;
const DAY_MS = 86_400_000;

/** LookupEvents allows 2 requests a second, so more side by side only wait. */
const LOOKUPS_AT_ONCE = 2;

/** What to look up: one attribute, because LookupEvents takes no more. */
export interface Lookup {
  readonly attribute: LookupAttributeKey;
  readonly value: string;
  /** Where to stop; each page has up to 50 events, the latest first. */
  readonly mostPages: number;
  /** The key that is meant; null when the events themselves say which. */
  readonly key: TracedKey | null;
}

/**
 * Which lookups are worth their time. LookupEvents allows 2 requests a second per account and Region,
 * so the number of requests is the price:
 * - `once`: for the account and Region as a whole;
 * - `perKey`: for one key.
 */
export interface LookupStrategy {
  readonly once: readonly Lookup[];
  readonly perKey: (key: TracedKey, since: Date) => readonly Lookup[];
}

/**
 * The last use of each key by its event id, and every rare management operation by its name. A busy
 * key has thousands of uses a day, which a lookup by key ARN would page through; that is done, two
 * pages deep, only for keys of whose use KMS says nothing.
 */
export const lastUseAndChanges: LookupStrategy = {
  once: managementOperations.map((value) => ({
    attribute: 'EventName',
    value,
    mostPages: 40,
    key: null,
  })),
  perKey: (key, since) => {
    const { status, lastUse } = key.lastUsage;
    if (status === 'UNKNOWN') {
      return [{ attribute: 'ResourceName', value: key.arn, mostPages: 2, key }];
    }
    return lastUse?.eventId && lastUse.at >= since
      ? [{ attribute: 'EventId', value: lastUse.eventId, mostPages: 1, key }]
      : [];
  },
};

export interface CloudTrailOptions {
  readonly cloudTrail: CloudTrailApi;
  readonly call: Call;
  /** Events after it are left out, so that all data speaks of one moment. */
  readonly asOf: Date;
  readonly strategy?: LookupStrategy | undefined;
  readonly signal?: AbortSignal | undefined;
  /**
   * For so many milliseconds events of single keys are looked up; the rest is left to the next
   * collection, and reported. Default: no limit.
   */
  readonly budgetMs?: number;
  /** Milliseconds that only go forward. */
  readonly now?: () => number;
}

/** The event history of one account and Region: who used or changed its keys in the last 90 days. */
export function cloudTrailUsage(options: CloudTrailOptions): UsageSource {
  const { asOf, signal, strategy = lastUseAndChanges } = options;
  const { budgetMs = Number.POSITIVE_INFINITY, now = () => performance.now() } = options;
  let deadline: number | undefined;
  const since = new Date(asOf.getTime() - LOOKUP_DAYS * DAY_MS);
  let isFirst = true;
  let refused = false;

  const lookUpAll = (lookups: readonly Lookup[]) =>
    pMap(
      lookups,
      async (lookup) => {
        // Who may not look up one event may not look up any; saying so once is enough.
        if (refused) return { events: [], failures: [] };
        if (lookup.key !== null && deadline !== undefined && now() > deadline) {
          return { events: [], failures: [], left: lookup.key };
        }
        const found = await lookUp(options, lookup, since);
        refused ||= found.failures.some((failure) => isDenied(failure.code));
        return found;
      },
      { concurrency: LOOKUPS_AT_ONCE, ...(signal ? { signal } : {}) },
    );

  // These take their time, and are begun while the first keys are read.
  const once = lookUpAll(strategy.once);
  once.catch(() => undefined);

  return {
    // An event that is remembered is not looked up again.
    read: async (keys, remembered) => {
      const general = await once;
      deadline ??= now() + budgetMs;
      const isKnown = (lookup: Lookup, key: TracedKey) =>
        lookup.attribute === 'EventId' &&
        remembered.get(key.arn)?.some((event) => event.event_id === lookup.value);
      const particular = await lookUpAll(
        [...keys]
          .sort((a, b) => urgency(b, remembered) - urgency(a, remembered))
          .flatMap((key) => strategy.perKey(key, since).filter((l) => !isKnown(l, key))),
      );
      const known = new Map<string, string>();
      for (const key of keys) {
        known.set(key.arn, key.arn);
        // A replica has the id of its primary key, but never in the same Region.
        known.set(key.id, key.arn);
      }
      const events = new Map<string, UsageEvent[]>();
      for (const { event, keyArns } of [...general, ...particular].flatMap(
        (found) => found.events,
      )) {
        for (const arn of new Set(keyArns.flatMap((name) => known.get(name) ?? []))) {
          const ofKey = events.get(arn);
          if (ofKey) ofKey.push(event);
          else events.set(arn, [event]);
        }
      }
      for (const key of keys) {
        const { lastUse } = key.lastUsage;
        const known = remembered.get(key.arn)?.find((e) => e.event_id === lastUse?.eventId);
        if (known && lastUse) events.set(key.arn, [...(events.get(key.arn) ?? []), known]);
      }
      const reported = isFirst ? [...general, ...particular] : particular;
      isFirst = false;
      const failures = reported.flatMap((found) => found.failures);
      const left = particular.flatMap((found) => found.left ?? []);
      return { events, failures: [...failures, ...leftOver(left)] };
    },
  };
}

/** Whose events are looked up first: of whose use nothing is known, then whose users are not known. */
function urgency(key: TracedKey, remembered: RememberedEvents): number {
  if (key.lastUsage.status === 'UNKNOWN') return 2;
  return remembered.has(key.arn) ? 0 : 1;
}

function leftOver(keys: readonly TracedKey[]): readonly Failure[] {
  return keys.map((key) => ({
    api: 'LookupEvents',
    code: 'TimeBudgetSpent',
    message: 'the time for lookups was spent; the next collection goes on with them',
    keyId: key.id,
  }));
}

interface Found {
  /** The key whose lookup was left out. */
  readonly left?: TracedKey;
  readonly events: readonly { readonly event: UsageEvent; readonly keyArns: readonly string[] }[];
  readonly failures: readonly Failure[];
}

async function lookUp(options: CloudTrailOptions, lookup: Lookup, since: Date): Promise<Found> {
  const { cloudTrail, call, asOf, signal } = options;
  const keyId = lookup.key?.id ?? null;
  const failure = (code: string, message: string): Failure => ({
    api: 'LookupEvents',
    code,
    message: `${lookup.attribute} ${lookup.value}: ${message}`,
    keyId,
  });
  const latest = new Map<string, { event: UsageEvent; keyArns: readonly string[] }>();
  const failures: Failure[] = [];
  try {
    let pagesRead = 0;
    let eventsRead = 0;
    const all = pages<Event>((from) =>
      call('LookupEvents', () =>
        cloudTrail.lookupEvents({
          LookupAttributes: [{ AttributeKey: lookup.attribute, AttributeValue: lookup.value }],
          StartTime: since,
          EndTime: asOf,
          MaxResults: 50,
          ...(from === undefined ? {} : { NextToken: from }),
        }),
      ).then((page) => ({ items: page.Events, next: page.NextToken })),
    );
    for await (const page of all) {
      for (const event of page.items) {
        const outcome = named(readEvent(event), lookup);
        if (outcome.kind === 'malformed') failures.push(failure('MalformedEvent', outcome.message));
        if (outcome.kind === 'read') keepLatest(latest, outcome.event, outcome.keys);
      }
      pagesRead += 1;
      eventsRead += page.items.length;
      if (pagesRead >= lookup.mostPages) {
        // Of one key's history the latest events are all that was asked for.
        if (lookup.key === null && !page.isLast) {
          failures.push(
            failure('TooManyEvents', `only the latest ${eventsRead} events were looked at`),
          );
        }
        break;
      }
    }
  } catch (error) {
    signal?.throwIfAborted();
    failures.push(failureOf('LookupEvents', error, keyId));
  }
  return { events: [...latest.values()], failures };
}

/**
 * A lookup by event id is about the key whose last use it is, whatever else the event names, and is
 * a use, also when the operation is newer than this program.
 */
function named(outcome: ReadEvent, lookup: Lookup): ReadEvent {
  if (outcome.kind !== 'read' || !lookup.key) return outcome;
  const keys = [lookup.key.arn];
  return lookup.attribute === 'EventId'
    ? { ...outcome, keys, event: { ...outcome.event, category: 'CRYPTO' } }
    : { ...outcome, keys };
}

/** One event per keys, operation and caller: a CreateGrant by the thousand costs no memory. */
function keepLatest(
  latest: Map<string, { event: UsageEvent; keyArns: readonly string[] }>,
  event: UsageEvent,
  keyArns: readonly string[],
): void {
  const name = JSON.stringify([event.operation, event.caller, keyArns]);
  const before = latest.get(name);
  if (!before || before.event.last_event_at < event.last_event_at) {
    latest.set(name, { event, keyArns });
  }
}
