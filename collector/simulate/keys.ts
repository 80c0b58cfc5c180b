import type {
  KeyManagerType,
  KeySpec,
  KeyState,
  KeyUsageType,
  OriginType,
} from '@aws-sdk/client-kms';
import { aliasesOf, descriptionOf, type KeyTag, tagsOf } from './labels.ts';
import { type AccountPlan, DAY, type OrganizationPlan, type RegionPlan } from './organization.ts';
import type { TemplateName } from './policies/library.ts';
import { deal, type Random, randomOf } from './random.ts';
import {
  type AliasConvention,
  aliasShares,
  type DescriptionConvention,
  descriptionShares,
  type GrantPattern,
  grantShares,
  importShares,
  type KeyKind,
  kindShares,
  managedShares,
  multiRegionShare,
  policyShares,
  type Recency,
  recencyShares,
  rotationShares,
  stateShares,
  type TagConvention,
  tagShares,
} from './shares.ts';
import { workloads } from './workloads.ts';

/** KMS began to record last uses this long before the as-of date. */
export const TRACKING_DAYS = 215;

export interface LastUse {
  readonly at: Date;
  readonly operation: string;
  readonly eventId: string;
  readonly requestId: string;
}

/** One simulated key: all that its responses are made from, policies, grants and events apart. */
export interface SimulatedKey {
  readonly account: AccountPlan;
  readonly region: string;
  readonly keyId: string;
  readonly arn: string;
  /** The name of the key's own random streams. */
  readonly stream: string;
  readonly manager: KeyManagerType;
  readonly spec: KeySpec;
  readonly usage: KeyUsageType;
  readonly origin: OriginType;
  readonly state: KeyState;
  readonly createdAt: Date;
  readonly disabledAt: Date | null;
  readonly deletionScheduledAt: Date | null;
  readonly deletionAt: Date | null;
  /** When imported material expires; null when it does not, or nothing was imported. */
  readonly materialExpiresAt: Date | null;
  readonly multiRegion: {
    readonly type: 'PRIMARY' | 'REPLICA';
    readonly primaryRegion: string;
    readonly replicaRegions: readonly string[];
  } | null;
  readonly rotationDays: number | null;
  readonly description: string;
  readonly aliases: readonly string[];
  readonly tags: readonly KeyTag[];
  /** The policy template; null for AWS managed keys. */
  readonly template: TemplateName | null;
  readonly workload: string;
  readonly grants: GrantPattern;
  readonly lastUse: LastUse | null;
}

/** What was dealt to the places of the organization before any key is made. */
export interface Deals {
  readonly kinds: readonly KeyKind[];
  readonly states: readonly ('Enabled' | 'Disabled' | 'PendingDeletion')[];
  readonly recencies: readonly Recency[];
  readonly aliases: readonly AliasConvention[];
  readonly tags: readonly TagConvention[];
  readonly descriptions: readonly DescriptionConvention[];
  readonly grants: readonly GrantPattern[];
  readonly templates: readonly TemplateName[];
  /** Counts the hostile entries of a list up to each place, so that each text gets its turn. */
  readonly ordinals: ReadonlyMap<string, number>;
  /** The Regions of the replicas of a multi-Region primary, by the place of the primary. */
  readonly replicas: ReadonlyMap<number, readonly string[]>;
  /** The places of the primaries whose replicas are in an account and Region. */
  readonly replicasIn: ReadonlyMap<string, readonly number[]>;
  /** States that only a few multi-Region keys are in. */
  readonly specialStates: ReadonlyMap<number, KeyState>;
}

const seconds = (time: number): Date => new Date(Math.floor(time / 1000) * 1000);

function createdAtOf(plan: OrganizationPlan, account: AccountPlan, place: number, kind: KeyKind) {
  const from = Math.max(account.firstKeyAt.getTime(), Date.parse(kind.since));
  const to = plan.asOf.getTime() - 3_600_000;
  const at = from + (to - from) * randomOf(`${plan.seed}/created/${place}`).next() ** 0.85;
  return seconds(at);
}

/** A kind that did not exist yet on the as-of date becomes the usual one. */
const kindAt = (plan: OrganizationPlan, kind: KeyKind): KeyKind =>
  Date.parse(kind.since) < plan.asOf.getTime() - 2 * DAY ? kind : (kindShares[0]?.value ?? kind);

function planReplicas(plan: OrganizationPlan, kinds: readonly KeyKind[]) {
  const replicas = new Map<number, string[]>();
  const replicasIn = new Map<string, number[]>();
  const since = Date.UTC(2021, 5, 16);
  for (const account of plan.accounts) {
    for (const home of account.regions) {
      const others = account.regions.filter((r) => r !== home && r.places > 0).map((r) => r.region);
      if (others.length === 0) continue;
      for (let place = home.firstPlace; place < home.firstPlace + home.places; place++) {
        const kind = kinds[place];
        if (kind?.spec !== 'SYMMETRIC_DEFAULT' || kind.origin !== 'AWS_KMS') continue;
        const random = randomOf(`${plan.seed}/multi-region/${place}`);
        if (!random.chance(multiRegionShare)) continue;
        if (createdAtOf(plan, account, place, kind).getTime() < since) continue;
        const chosen = new Set([random.pick(others)]);
        if (random.chance(0.2)) chosen.add(random.pick(others));
        replicas.set(place, [...chosen].sort());
        for (const region of chosen) {
          const where = `${account.id}/${region}`;
          replicasIn.set(where, [...(replicasIn.get(where) ?? []), place]);
        }
      }
    }
  }
  return { replicas, replicasIn };
}

/** Deals kinds, states, policies and the rest to all places at once, so that shares are exact. */
export function dealKeys(plan: OrganizationPlan): Deals {
  const of = (name: string) => randomOf(`${plan.seed}/deal/${name}`);
  const kinds = deal(of('kinds'), plan.places, kindShares).map((kind) => kindAt(plan, kind));
  const aliases = deal(of('aliases'), plan.places, aliasShares);
  const tags = deal(of('tags'), plan.places, tagShares);
  const descriptions = deal(of('descriptions'), plan.places, descriptionShares);
  const ordinals = new Map<string, number>();
  for (const [name, list] of Object.entries({ aliases, tags, descriptions })) {
    let next = 0;
    for (const [place, convention] of list.entries()) {
      if (convention === 'hostile') ordinals.set(`${name}/${place}`, next++);
    }
  }
  const names = Object.keys(policyShares) as TemplateName[];
  const { replicas, replicasIn } = planReplicas(plan, kinds);
  const specialStates = new Map<number, KeyState>();
  const special: KeyState[] = ['PendingReplicaDeletion', 'Updating', 'PendingReplicaDeletion'];
  for (const [i, place] of [...replicas.keys()].slice(0, special.length).entries()) {
    specialStates.set(place, special[i] ?? 'Enabled');
  }
  return {
    kinds,
    states: deal(of('states'), plan.places, stateShares),
    recencies: deal(of('recencies'), plan.places, recencyShares),
    aliases,
    tags,
    descriptions,
    grants: deal(of('grants'), plan.places, grantShares),
    templates: deal(
      of('templates'),
      plan.places,
      names.map((value) => ({ value, share: policyShares[value], atLeast: 2 })),
    ),
    ordinals,
    replicas,
    replicasIn,
    specialStates,
  };
}

const operations: Readonly<Record<KeyUsageType, readonly (readonly [string, number])[]>> = {
  ENCRYPT_DECRYPT: [
    ['Decrypt', 50],
    ['GenerateDataKey', 36],
    ['Encrypt', 8],
    ['GenerateDataKeyWithoutPlaintext', 5],
    ['ReEncrypt', 1],
  ],
  SIGN_VERIFY: [
    ['Sign', 85],
    ['Verify', 15],
  ],
  GENERATE_VERIFY_MAC: [
    ['GenerateMac', 60],
    ['VerifyMac', 40],
  ],
  KEY_AGREEMENT: [['DeriveSharedSecret', 1]],
  ENCAPSULATE_DECAPSULATE: [
    ['Encapsulate', 1],
    ['Decapsulate', 1],
  ],
};

/** Draws an operation that a key can do. */
export function operationOf(spec: KeySpec, usage: KeyUsageType, random: Random): string {
  if (usage === 'ENCRYPT_DECRYPT' && spec !== 'SYMMETRIC_DEFAULT') {
    return random.pick(['Decrypt', 'Encrypt']);
  }
  return random.weighted(operations[usage]);
}

function lastUseOf(
  plan: OrganizationPlan,
  recency: Recency,
  key: { createdAt: Date; usableUntil: Date; spec: KeySpec; usage: KeyUsageType },
  random: Random,
): LastUse | null {
  if (recency === 'never') return null;
  const earliest = Math.max(
    key.createdAt.getTime() + 60_000,
    plan.asOf.getTime() - TRACKING_DAYS * DAY,
  );
  const latest = key.usableUntil.getTime() - 30_000;
  if (latest <= earliest) return null;
  const days = recency.from + (recency.to - recency.from) * random.next();
  let at = plan.asOf.getTime() - days * DAY;
  // Out of reach for this key: some other moment of its life.
  if (at < earliest || at > latest) at = earliest + (latest - earliest) * random.next();
  const time = Math.min(Math.ceil(at / 1000) * 1000, Math.floor(latest / 1000) * 1000);
  return {
    at: new Date(time),
    operation: operationOf(key.spec, key.usage, random),
    eventId: random.uuid(),
    requestId: random.uuid(),
  };
}

/** The key id of a place; multi-Region ids are the same in every Region. */
function keyIdOf(plan: OrganizationPlan, deals: Deals, place: number): string {
  const random = randomOf(`${plan.seed}/key-id/${place}`);
  return deals.replicas.has(place) ? `mrk-${random.hex(32)}` : random.uuid();
}

function rotationOf(plan: OrganizationPlan, account: AccountPlan, place: number): number | null {
  const random = randomOf(`${plan.seed}/rotation/${place}`);
  if (!random.chance(rotationShares[account.kind])) return null;
  return random.chance(0.08) ? random.pick([90, 180, 730, 2560]) : 365;
}

interface Labels {
  readonly workload: string;
  readonly taken: Set<string>;
}

function customerKey(
  plan: OrganizationPlan,
  deals: Deals,
  account: AccountPlan,
  region: string,
  place: number,
  replicaOf: string | null,
  { workload, taken }: Labels,
): SimulatedKey {
  const kind =
    deals.kinds[place] ??
    kindAt(plan, {
      spec: 'SYMMETRIC_DEFAULT',
      usage: 'ENCRYPT_DECRYPT',
      origin: 'AWS_KMS',
      since: '2014-11-12',
    });
  const keyId = keyIdOf(plan, deals, place);
  const stream = `${plan.seed}/key/${place}/${region}`;
  const random = randomOf(stream);
  const replicaRegions = deals.replicas.get(place);
  const primaryCreated = createdAtOf(plan, account, place, kind);
  const createdAt =
    replicaOf === null
      ? primaryCreated
      : seconds(
          primaryCreated.getTime() +
            (plan.asOf.getTime() - 1_800_000 - primaryCreated.getTime()) * random.next() ** 2,
        );
  const age = plan.asOf.getTime() - createdAt.getTime();

  let state: KeyState =
    replicaOf === null
      ? (deals.states[place] ?? 'Enabled')
      : random.chance(0.96)
        ? 'Enabled'
        : 'Disabled';
  if (replicaOf === null) state = deals.specialStates.get(place) ?? state;
  // A primary that still has replicas cannot be pending deletion itself.
  if (state === 'PendingDeletion' && replicaRegions !== undefined) state = 'Disabled';
  const expires = kind.origin === 'EXTERNAL' && random.chance(importShares.expires);
  const pendingImport =
    kind.origin === 'EXTERNAL' && state === 'Enabled' && random.chance(importShares.pending);
  if (pendingImport) state = 'PendingImport';
  if (kind.origin === 'AWS_CLOUDHSM' && state === 'Enabled' && random.chance(0.3)) {
    state = 'Unavailable';
  }
  const window = random.int(7, 30);
  const scheduled =
    state === 'PendingDeletion' || state === 'PendingReplicaDeletion'
      ? seconds(plan.asOf.getTime() - Math.min(window * DAY, age) * (0.05 + 0.9 * random.next()))
      : null;
  const disabledAt =
    state === 'Disabled' ? seconds(createdAt.getTime() + age * (0.1 + 0.88 * random.next())) : null;
  const usableUntil =
    state === 'PendingImport' ? createdAt : (scheduled ?? disabledAt ?? plan.asOf);
  const [low, high] = importShares.expiresWithinDays;
  return {
    account,
    region,
    keyId,
    arn: `arn:aws:kms:${region}:${account.id}:key/${keyId}`,
    stream,
    manager: 'CUSTOMER',
    spec: kind.spec,
    usage: kind.usage,
    origin: kind.origin,
    state,
    createdAt,
    disabledAt,
    deletionScheduledAt: scheduled,
    deletionAt:
      state === 'PendingDeletion' && scheduled !== null
        ? seconds(scheduled.getTime() + window * DAY)
        : null,
    materialExpiresAt:
      expires && !pendingImport ? seconds(plan.asOf.getTime() + random.int(low, high) * DAY) : null,
    multiRegion:
      replicaRegions === undefined
        ? null
        : {
            type: replicaOf === null ? 'PRIMARY' : 'REPLICA',
            primaryRegion: replicaOf ?? region,
            replicaRegions,
          },
    rotationDays: rotationOf(plan, account, place),
    description: descriptionOf(
      deals.descriptions[place] ?? 'none',
      account,
      workload,
      deals.ordinals.get(`descriptions/${place}`) ?? 0,
      random,
    ),
    aliases: aliasesOf(
      deals.aliases[place] ?? 'none',
      account,
      workload,
      deals.ordinals.get(`aliases/${place}`) ?? 0,
      random,
      taken,
    ),
    tags: tagsOf(
      deals.tags[place] ?? 'none',
      account,
      deals.ordinals.get(`tags/${place}`) ?? 0,
      random,
    ),
    // A replica has a policy of its own; now and then nobody copied the primary's.
    template:
      replicaOf !== null && random.chance(0.15)
        ? 'console-default'
        : (deals.templates[place] ?? 'iac-default'),
    workload,
    grants: deals.grants[place] ?? 'none',
    lastUse: lastUseOf(
      plan,
      replicaOf === null ? (deals.recencies[place] ?? 'never') : drawRecency(random),
      { createdAt, usableUntil, spec: kind.spec, usage: kind.usage },
      random,
    ),
  };
}

const drawRecency = (random: Random): Recency =>
  random.weighted(recencyShares.map(({ value, share }) => [value, share] as const));

function managedKeys(plan: OrganizationPlan, account: AccountPlan, at: RegionPlan): SimulatedKey[] {
  const inUse = at.places > 0;
  return managedShares.flatMap(([service, probability]): SimulatedKey[] => {
    const stream = `${plan.seed}/managed/${account.id}/${at.region}/${service}`;
    const random = randomOf(stream);
    const populated = account.regions.some(({ places }) => places > 0);
    const factor = inUse ? 0.86 : populated ? 0.08 : 0;
    if (!random.chance(probability * factor)) return [];
    const keyId = random.uuid();
    const from = account.firstKeyAt.getTime();
    const createdAt = seconds(from + (plan.asOf.getTime() - DAY - from) * random.next() ** 1.4);
    return [
      {
        account,
        region: at.region,
        keyId,
        arn: `arn:aws:kms:${at.region}:${account.id}:key/${keyId}`,
        stream,
        manager: 'AWS',
        spec: 'SYMMETRIC_DEFAULT',
        usage: 'ENCRYPT_DECRYPT',
        origin: 'AWS_KMS',
        state: 'Enabled',
        createdAt,
        disabledAt: null,
        deletionScheduledAt: null,
        deletionAt: null,
        materialExpiresAt: null,
        multiRegion: null,
        rotationDays: 365,
        description: `Default key that protects my ${service} resources when no other key is defined`,
        aliases: [`alias/aws/${service}`],
        tags: [],
        template: null,
        workload: service,
        grants: service === 'ebs' || service === 'rds' ? 'service' : 'none',
        lastUse: lastUseOf(
          plan,
          drawRecency(random),
          {
            createdAt,
            usableUntil: plan.asOf,
            spec: 'SYMMETRIC_DEFAULT',
            usage: 'ENCRYPT_DECRYPT',
          },
          random,
        ),
      },
    ];
  });
}

const workloadTable = Object.entries(workloads).map(
  ([name, { weight }]) => [name, weight] as const,
);

/** Makes the keys of an account in a Region, in the order in which ListKeys gives them. */
export function makeKeys(
  plan: OrganizationPlan,
  deals: Deals,
  account: AccountPlan,
  at: RegionPlan,
): SimulatedKey[] {
  const taken = new Set<string>();
  const labels = (place: number): Labels => {
    const usage = deals.kinds[place]?.usage;
    const symmetric = deals.kinds[place]?.spec === 'SYMMETRIC_DEFAULT';
    const drawn = randomOf(`${plan.seed}/workload/${place}`).weighted(workloadTable);
    return { workload: usage === 'ENCRYPT_DECRYPT' && symmetric ? drawn : 'application', taken };
  };
  const keys = managedKeys(plan, account, at);
  for (let place = at.firstPlace; place < at.firstPlace + at.places; place++) {
    keys.push(customerKey(plan, deals, account, at.region, place, null, labels(place)));
  }
  for (const place of deals.replicasIn.get(`${account.id}/${at.region}`) ?? []) {
    const home = account.regions.find(
      (r) => place >= r.firstPlace && place < r.firstPlace + r.places,
    );
    if (home === undefined) continue;
    keys.push(customerKey(plan, deals, account, at.region, place, home.region, labels(place)));
  }
  return keys.sort((a, b) => (a.keyId < b.keyId ? -1 : 1));
}
