import type { Event } from '@aws-sdk/client-cloudtrail';
import {
  type Caller,
  drawAdministrator,
  drawUser,
  type Named,
  namedIn,
  roleCaller,
} from './callers.ts';
import { makeGrants } from './grants.ts';
import { hostileTexts } from './hostile.ts';
import { operationOf, type SimulatedKey } from './keys.ts';
import { DAY, type OrganizationPlan } from './organization.ts';
import { policyTemplates } from './policies/library.ts';
import { policyDocumentOf } from './policy-document.ts';
import { type Random, randomOf } from './random.ts';
import { workloadOf } from './workloads.ts';

/** CloudTrail's event history reaches this far back. */
export const HISTORY_DAYS = 90;

/** One event of the history, before it is written out as JSON. */
export interface SimulatedEvent {
  readonly id: string;
  readonly at: Date;
  readonly name: string;
  readonly keyArn: string;
  readonly readOnly: boolean;
  readonly caller: Caller;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Calls that only read; CloudTrail counts all cryptographic operations among them. */
const isWrite = (name: string): boolean =>
  /^(Create|Put|Enable|Disable|Schedule|Cancel|Tag|Untag|Update|Retire|Revoke)/.test(name);

interface Happening {
  readonly name: string;
  readonly at: Date;
  readonly caller: Caller;
  readonly request: Readonly<Record<string, unknown>> | null;
  readonly id?: string;
  readonly requestId?: string;
  readonly error?: { readonly code: string; readonly message: string };
}

function record(key: SimulatedKey, happening: Happening, random: Random): SimulatedEvent {
  const { name, at, caller, request, error } = happening;
  const id = happening.id ?? random.uuid();
  const readOnly = !isWrite(name);
  return {
    id,
    at,
    name,
    keyArn: key.arn,
    readOnly,
    caller,
    body: {
      eventVersion: '1.11',
      userIdentity: caller.userIdentity,
      eventTime: at.toISOString().replace('.000Z', 'Z'),
      eventSource: 'kms.amazonaws.com',
      eventName: name,
      awsRegion: key.region,
      sourceIPAddress: caller.sourceIPAddress,
      userAgent: caller.userAgent,
      ...(error === undefined ? {} : { errorCode: error.code, errorMessage: error.message }),
      requestParameters: request,
      responseElements: null,
      requestID: happening.requestId ?? random.uuid(),
      eventID: id,
      readOnly,
      resources: [{ accountId: key.account.id, type: 'AWS::KMS::Key', ARN: key.arn }],
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: key.account.id,
      ...('accountId' in caller.userIdentity && caller.userIdentity.accountId !== key.account.id
        ? { sharedEventID: random.uuid() }
        : {}),
      eventCategory: 'Management',
    },
  };
}

const signingAlgorithms: readonly (readonly [RegExp, string])[] = [
  [/^RSA/, 'RSASSA_PSS_SHA_256'],
  [/^ML_DSA/, 'ML_DSA_SHAKE_256'],
  [/EDWARDS/, 'ED25519_SHA_512'],
  [/P384$/, 'ECDSA_SHA_384'],
  [/P521$/, 'ECDSA_SHA_512'],
  [/^/, 'ECDSA_SHA_256'],
];

function cryptoRequest(key: SimulatedKey, operation: string, random: Random) {
  if (key.usage === 'SIGN_VERIFY') {
    const algorithm = signingAlgorithms.find(([spec]) => spec.test(key.spec))?.[1];
    return { keyId: key.arn, messageType: 'DIGEST', signingAlgorithm: algorithm };
  }
  if (key.usage === 'GENERATE_VERIFY_MAC') {
    return { keyId: key.arn, macAlgorithm: key.spec.replace('HMAC_', 'HMAC_SHA_') };
  }
  if (key.usage === 'KEY_AGREEMENT') return { keyId: key.arn, keyAgreementAlgorithm: 'ECDH' };
  if (key.spec !== 'SYMMETRIC_DEFAULT') {
    return { keyId: key.arn, encryptionAlgorithm: 'RSAES_OAEP_SHA_256' };
  }
  const place = { accountId: key.account.id, region: key.region, system: key.account.system };
  let context: Readonly<Record<string, string>> = workloadOf(key.workload).context(place, random);
  // Applications may send what they like as their context.
  if (key.workload === 'application' && random.chance(0.03)) {
    context = { note: random.pick(Object.values(hostileTexts)) };
  }
  return {
    ...(operation.startsWith('GenerateDataKey') ? { keySpec: 'AES_256' } : {}),
    ...(operation === 'Decrypt' || operation === 'Encrypt'
      ? { encryptionAlgorithm: 'SYMMETRIC_DEFAULT' }
      : {}),
    ...(operation === 'Decrypt' && random.chance(0.5) ? {} : { keyId: key.arn }),
    ...(Object.keys(context).length === 0 ? {} : { encryptionContext: context }),
  };
}

function uses(plan: OrganizationPlan, key: SimulatedKey, named: Named): SimulatedEvent[] {
  const last = key.lastUse;
  const begin = Math.max(plan.asOf.getTime() - HISTORY_DAYS * DAY, key.createdAt.getTime());
  if (last === null || last.at.getTime() < begin) return [];
  const random = randomOf(`${key.stream}/uses`);
  const use = (name: string, at: Date, nth: number, ids: Partial<Happening> = {}): SimulatedEvent =>
    record(
      key,
      {
        name,
        at,
        caller: drawUser(key, named, nth, at),
        request: cryptoRequest(key, name, randomOf(`${key.stream}/request/${nth}`)),
        ...ids,
      },
      random,
    );
  const list = [use(last.operation, last.at, 0, { id: last.eventId, requestId: last.requestId })];
  const lately = plan.asOf.getTime() - last.at.getTime() < 7 * DAY;
  const earlier = lately
    ? random.weighted([
        [random.int(1, 6), 85],
        [random.int(7, 20), 12],
        [random.int(60, 140), 3],
      ])
    : random.int(0, 2);
  const callers = random.int(1, 4);
  for (let i = 0; i < earlier; i++) {
    // Older than the last use by a second or more.
    const span = last.at.getTime() - 1000 - begin;
    if (span <= 0) break;
    const at = Math.floor((begin + span * random.next() ** 0.5) / 1000) * 1000;
    if (at < begin) continue;
    list.push(use(operationOf(key.spec, key.usage, random), new Date(at), random.int(0, callers)));
  }
  return list;
}

/** Calls that failed: they are in the history, and are not uses. */
function failures(plan: OrganizationPlan, key: SimulatedKey, named: Named): SimulatedEvent[] {
  const random = randomOf(`${key.stream}/failures`);
  const name = operationOf(key.spec, key.usage, random);
  const from = Math.max(
    plan.asOf.getTime() - HISTORY_DAYS * DAY,
    (key.disabledAt ?? key.createdAt).getTime() + 60_000,
  );
  const span = plan.asOf.getTime() - 1000 - from;
  if (span <= 0) return [];
  const at = (): Date => new Date(Math.floor((from + span * random.next()) / 1000) * 1000);
  const fail = (code: string, message: string): SimulatedEvent => {
    const when = at();
    const caller = drawUser(key, named, 0, when);
    const request = cryptoRequest(key, name, random);
    return record(key, { name, at: when, caller, request, error: { code, message } }, random);
  };
  if (key.state === 'Disabled' && random.chance(0.18)) {
    return Array.from({ length: random.int(1, 3) }, () =>
      fail('DisabledException', `${key.arn} is disabled.`),
    );
  }
  if (key.state === 'Enabled' && random.chance(0.01)) {
    return [
      fail(
        'AccessDenied',
        `User is not authorized to perform: kms:${name} on resource: ${key.arn} because no identity-based policy allows the kms:${name} action`,
      ),
    ];
  }
  return [];
}

function administration(plan: OrganizationPlan, key: SimulatedKey): SimulatedEvent[] {
  const random = randomOf(`${key.stream}/administration`);
  const begin = plan.asOf.getTime() - HISTORY_DAYS * DAY;
  const list: SimulatedEvent[] = [];
  const add = (
    name: string,
    at: Date,
    request: Readonly<Record<string, unknown>>,
    caller = drawAdministrator(key, random, at),
  ): void => {
    if (at.getTime() < begin || at.getTime() > plan.asOf.getTime()) return;
    list.push(record(key, { name, at, caller, request }, random));
  };
  const sinceCreation = Math.max(begin, key.createdAt.getTime() + 5000);
  const sometime = (): Date =>
    new Date(
      Math.floor((sinceCreation + (plan.asOf.getTime() - sinceCreation) * random.next()) / 1000) *
        1000,
    );
  const keyId = key.arn;

  for (const grant of makeGrants(plan, key).slice(0, 20)) {
    const at = grant.CreationDate ?? key.createdAt;
    const caller = roleCaller(key.account.id, `${key.account.system}-app`, 'session', random, at);
    add(
      'CreateGrant',
      at,
      {
        keyId,
        granteePrincipal: grant.GranteePrincipal,
        operations: grant.Operations,
        ...(grant.RetiringPrincipal === undefined
          ? {}
          : { retiringPrincipal: grant.RetiringPrincipal }),
        ...(grant.Constraints === undefined ? {} : { constraints: grant.Constraints }),
      },
      caller,
    );
  }
  if (random.chance(0.1)) {
    const at = new Date(Math.max(sinceCreation, plan.asOf.getTime() - DAY));
    const reader = roleCaller(key.account.id, 'KMSInsightsReadRole', 'kms-insights', random, at);
    add(
      random.pick(['DescribeKey', 'GetKeyPolicy', 'GetKeyRotationStatus']),
      at,
      { keyId },
      reader,
    );
  }
  if (key.manager === 'AWS') return list;

  const bypass = key.template?.startsWith('lockout') === true;
  add('CreateKey', key.createdAt, {
    keySpec: key.spec,
    keyUsage: key.usage,
    origin: key.origin,
    multiRegion: key.multiRegion !== null,
    bypassPolicyLockoutSafetyCheck: bypass && random.chance(0.3),
    description: key.description,
  });
  if (random.chance(bypass ? 0.7 : 0.05)) {
    add('PutKeyPolicy', sometime(), {
      keyId,
      policyName: 'default',
      policy: policyDocumentOf(plan, key),
      bypassPolicyLockoutSafetyCheck: bypass,
    });
  }
  if (key.disabledAt !== null) add('DisableKey', key.disabledAt, { keyId });
  if (key.deletionScheduledAt !== null) {
    add('ScheduleKeyDeletion', key.deletionScheduledAt, { keyId, pendingWindowInDays: 30 });
  }
  const rotates = key.spec === 'SYMMETRIC_DEFAULT' && key.origin === 'AWS_KMS';
  if (rotates && random.chance(0.02)) {
    const name = key.rotationDays === null ? 'DisableKeyRotation' : 'EnableKeyRotation';
    add(name, sometime(), { keyId });
  }
  if (random.chance(0.02)) {
    add('TagResource', sometime(), {
      keyId,
      tags: key.tags.map(({ TagKey, TagValue }) => ({ tagKey: TagKey, tagValue: TagValue })),
    });
  }
  if (key.state === 'Enabled' && random.chance(0.004))
    add('CancelKeyDeletion', sometime(), { keyId });
  return list;
}

/** The events of a key within the history, newest first. */
export function eventsOf(plan: OrganizationPlan, key: SimulatedKey): SimulatedEvent[] {
  const named = namedIn(policyDocumentOf(plan, key), key.account.id);
  const traits = key.template === null ? [] : policyTemplates[key.template].traits;
  // Accounts that a policy names only to shut them out make no calls.
  const admitted = traits.some((trait) => trait === 'external' || trait === 'in-organization')
    ? named
    : { ...named, otherAccounts: [] };
  return newestFirst([
    ...uses(plan, key, admitted),
    ...failures(plan, key, admitted),
    ...administration(plan, key),
  ]);
}

export const newestFirst = (events: SimulatedEvent[]): SimulatedEvent[] =>
  events.sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? -1 : 1));

/** An event as LookupEvents gives it. */
export const lookupResult = (event: SimulatedEvent): Event => ({
  EventId: event.id,
  EventName: event.name,
  ReadOnly: String(event.readOnly),
  ...(event.caller.accessKeyId === undefined ? {} : { AccessKeyId: event.caller.accessKeyId }),
  EventTime: event.at,
  EventSource: 'kms.amazonaws.com',
  ...(event.caller.username === undefined ? {} : { Username: event.caller.username }),
  Resources: [{ ResourceType: 'AWS::KMS::Key', ResourceName: event.keyArn }],
  CloudTrailEvent: JSON.stringify(event.body),
});
