import type { Event } from '@aws-sdk/client-cloudtrail';
import { z } from 'zod';
import { moment } from '../read/moment.ts';
import { sortedMap } from '../read/tags.ts';
import { callerOf } from './caller.ts';
import { isCrypto, namingParameters } from './operations.ts';
import { protectedResource } from './protected-resource.ts';
import type { UsageEvent } from './source.ts';

/**
 * One event as LookupEvents gives it, read.
 * - `read`: a successful KMS request, with the keys it names (ARNs or key ids);
 * - `other`: an event of another service, or a request that neither used nor changed a key, because
 *   it was refused or only read settings;
 * - `malformed`: the record cannot be read; `message` says why.
 */
export type ReadEvent =
  | { readonly kind: 'read'; readonly event: UsageEvent; readonly keys: readonly string[] }
  | { readonly kind: 'other' }
  | { readonly kind: 'malformed'; readonly message: string };

const text = z.string().nullish().catch(null);

/**
 * The fields that are used of a record (CloudTrail User Guide, "CloudTrail record contents"). A field
 * of an unexpected form counts as absent, so that one odd field does not cost the event.
 */
const recordSchema = z.object({
  eventSource: text,
  eventName: text,
  errorCode: text,
  readOnly: z.boolean().nullish().catch(null),
  sourceIPAddress: text,
  userIdentity: z
    .object({
      type: text,
      arn: text,
      accountId: text,
      userName: text,
      invokedBy: text,
      principalId: text,
    })
    .nullish()
    .catch(null),
  requestParameters: z.record(z.string(), z.unknown()).nullish().catch(null),
  responseElements: z.record(z.string(), z.unknown()).nullish().catch(null),
  resources: z
    .array(z.object({ ARN: text }).catch({ ARN: null }))
    .nullish()
    .catch(null),
});
type EventRecord = z.infer<typeof recordSchema>;

const KMS = 'kms.amazonaws.com';

/** Reads one event. Whatever the record holds, this does not throw. */
export function readEvent(event: Event): ReadEvent {
  const record = parseRecord(event.CloudTrailEvent);
  if (typeof record === 'string') return { kind: 'malformed', message: record };
  if ((record.eventSource ?? event.EventSource) !== KMS || record.errorCode) {
    return { kind: 'other' };
  }
  const operation = record.eventName ?? event.EventName;
  const at = moment(event.EventTime);
  if (!operation || !at) {
    return { kind: 'malformed', message: 'the event has no name or no time' };
  }
  const category = isCrypto(operation) ? 'CRYPTO' : 'MANAGEMENT';
  if (category === 'MANAGEMENT' && isReading(operation, record)) return { kind: 'other' };
  const who = caller(record, event.Username);
  const context = encryptionContext(record);
  return {
    kind: 'read',
    keys: namedKeys(record, event),
    event: {
      ...who,
      operation,
      category,
      last_event_at: at,
      source_ip: record.sourceIPAddress ?? null,
      encryption_context: context,
      resource_arn: protectedResource(context),
      event_id: event.EventId ?? null,
      source: 'CLOUDTRAIL',
      ...(record.requestParameters?.bypassPolicyLockoutSafetyCheck === true
        ? { bypassesLockoutCheck: true as const }
        : {}),
    },
  };
}

/** Cryptographic operations are read-only to CloudTrail as well, so this is asked of others only. */
function isReading(operation: string, record: EventRecord): boolean {
  return record.readOnly ?? /^(Describe|Get|List)/.test(operation);
}

function parseRecord(json: string | undefined): EventRecord | string {
  if (json === undefined) return 'the event has no record';
  try {
    const record = recordSchema.safeParse(JSON.parse(json));
    return record.success ? record.data : 'the record is not an object';
  } catch {
    return 'the record is not JSON';
  }
}

function caller(
  record: EventRecord,
  lookedUpName: string | undefined,
): Pick<
  UsageEvent,
  'caller' | 'username' | 'user_identity_type' | 'principal_arn' | 'caller_account' | 'via_service'
> {
  const identity = record.userIdentity;
  const arn = identity?.arn ?? null;
  // "AWS Internal" and the like stand for no service in particular.
  const service = [identity?.invokedBy, record.sourceIPAddress].find((name) =>
    /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(name ?? ''),
  );
  const username = lookedUpName ?? identity?.userName ?? sessionName(arn);
  const who = {
    username: username ?? null,
    user_identity_type: identity?.type ?? null,
    principal_arn: arn,
    caller_account: identity?.accountId ?? arn?.split(':')[4]?.match(/^\d{12}$/)?.[0] ?? null,
    via_service: service ?? null,
  };
  return { ...who, caller: callerOf(who) };
}

/** `arn:aws:sts::111122223333:assumed-role/role/session` → `session` */
function sessionName(arn: string | null): string | null {
  return arn?.match(/:assumed-role\/[^/]+\/(.+)$/)?.[1] ?? null;
}

function encryptionContext(record: EventRecord): Readonly<Record<string, string>> {
  const parameters = record.requestParameters;
  // ReEncrypt has two contexts; the new one is what the data is protected with from then on.
  const context =
    parameters?.encryptionContext ??
    parameters?.destinationEncryptionContext ??
    parameters?.sourceEncryptionContext;
  if (typeof context !== 'object' || context === null || Array.isArray(context)) return {};
  return sortedMap(
    Object.entries(context).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}

/** The ARNs and ids by which an event names keys. Aliases among them match no key and do no harm. */
function namedKeys(record: EventRecord, event: Event): readonly string[] {
  const names = [
    ...(record.resources ?? []).map((resource) => resource.ARN),
    ...(event.Resources ?? []).map((resource) => resource.ResourceName),
    ...namingParameters.flatMap((name) => [
      record.requestParameters?.[name],
      record.responseElements?.[name],
    ]),
  ];
  return [...new Set(names.filter((name) => typeof name === 'string'))];
}
