import type { CloudTrailApi } from '../aws/api.ts';
import {
  invalidLookup,
  invalidMaxResults,
  invalidNextToken,
  invalidTimeRange,
  lookupDenied,
} from './errors.ts';
import {
  eventsOf,
  HISTORY_DAYS,
  lookupResult,
  newestFirst,
  type SimulatedEvent,
} from './events.ts';
import type { KmsPlace } from './kms-api.ts';
import { DAY } from './organization.ts';
import { pageOf } from './paging.ts';

/** What each lookup attribute compares with. */
const attributes: Readonly<Record<string, (event: SimulatedEvent) => string | undefined>> = {
  EventId: (event) => event.id,
  EventName: (event) => event.name,
  EventSource: () => 'kms.amazonaws.com',
  ReadOnly: (event) => String(event.readOnly),
  ResourceName: (event) => event.keyArn,
  ResourceType: () => 'AWS::KMS::Key',
  Username: (event) => event.caller.username,
  AccessKeyId: (event) => event.caller.accessKeyId,
};

interface History {
  readonly all: readonly SimulatedEvent[];
  readonly byId: ReadonlyMap<string, SimulatedEvent>;
  readonly byKey: ReadonlyMap<string, readonly SimulatedEvent[]>;
}

function historyOf(events: readonly (readonly [string, SimulatedEvent[]])[]): History {
  const all = newestFirst(events.flatMap(([, ofKey]) => ofKey));
  return { all, byId: new Map(all.map((event) => [event.id, event])), byKey: new Map(events) };
}

/** CloudTrail's event history of one account and Region, as far as it concerns KMS. */
export function simulatedCloudTrail({ plan, accountId, at, keys }: KmsPlace): CloudTrailApi {
  let remembered: History | null = null;
  const history = (): History => {
    remembered ??= historyOf(keys().map((key) => [key.arn, eventsOf(plan, key)]));
    return remembered;
  };

  /** The events that can match, cheaply where the attribute names one event or one key. */
  const candidates = (name: string | undefined, value: string): readonly SimulatedEvent[] => {
    if (name === 'ResourceName') return history().byKey.get(value) ?? [];
    if (name !== 'EventId') return history().all;
    const event = history().byId.get(value);
    return event === undefined ? [] : [event];
  };

  return {
    lookupEvents: async ({ LookupAttributes, StartTime, EndTime, MaxResults, NextToken }) => {
      if (at.trouble === 'LookupEvents') throw lookupDenied(accountId);
      if (MaxResults !== undefined && (MaxResults < 1 || MaxResults > 50))
        throw invalidMaxResults();
      const [attribute, ...more] = LookupAttributes ?? [];
      if (more.length > 0) throw invalidLookup('You can specify only one attribute.');
      const read = attributes[attribute?.AttributeKey ?? ''];
      if (attribute !== undefined && read === undefined) {
        throw invalidLookup(`${attribute.AttributeKey} is not a lookup attribute.`);
      }
      const from = Math.max(StartTime?.getTime() ?? 0, plan.asOf.getTime() - HISTORY_DAYS * DAY);
      const to = EndTime?.getTime() ?? Number.POSITIVE_INFINITY;
      if (StartTime !== undefined && StartTime.getTime() > to) throw invalidTimeRange();
      const value = attribute?.AttributeValue ?? '';
      const found = candidates(attribute?.AttributeKey, value).filter(
        (event) =>
          (read === undefined || read(event) === value) &&
          event.at.getTime() >= from &&
          event.at.getTime() <= to,
      );
      const list = `${accountId}/${at.region}/events/${attribute?.AttributeKey}/${value}/${from}/${to}`;
      const page = pageOf(found, list, MaxResults ?? 50, NextToken, invalidNextToken);
      return {
        Events: page.items.map(lookupResult),
        ...(page.next === null ? {} : { NextToken: page.next }),
      };
    },
  };
}
