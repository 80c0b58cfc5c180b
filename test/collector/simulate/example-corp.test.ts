import type { GrantListEntry } from '@aws-sdk/client-kms';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  hostileAccountNames,
  hostileAliases,
  hostileTagKeys,
  hostileTexts,
} from '../../../collector/simulate/hostile.ts';
import {
  policyTemplates,
  type TemplateName,
} from '../../../collector/simulate/policies/library.ts';
import type { Trait } from '../../../collector/simulate/policies/template.ts';
import { kindShares } from '../../../collector/simulate/shares.ts';
import { type Answer, asOf, type Walk, type WalkedKey, walked } from './walk.ts';

const DAY = 86_400_000;
const tracking = asOf.getTime() - 215 * DAY;

const valuesOf = <T>(keys: readonly WalkedKey[], read: (key: WalkedKey) => Answer<T>): T[] =>
  keys.flatMap((key) => {
    const answer = read(key);
    return 'value' in answer ? [answer.value] : [];
  });

const countBy = <T>(list: readonly T[], of: (item: T) => string): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const item of list) counts.set(of(item), (counts.get(of(item)) ?? 0) + 1);
  return counts;
};

const seeds = [1, 7, 42, 2026, 99_991];

describe.each(seeds)('the default organization of seed %i', (seed) => {
  let walk: Walk;
  let keys: readonly WalkedKey[];
  let customer: readonly WalkedKey[];
  let grants: readonly GrantListEntry[];

  beforeAll(async () => {
    walk = await walked(seed);
    keys = walk.keys;
    customer = keys.filter(({ metadata }) => metadata.KeyManager === 'CUSTOMER');
    grants = valuesOf(keys, (key) => key.grants).flat();
  }, 30_000);

  it('has its size: accounts, Regions and keys', () => {
    expect(walk.accounts).toHaveLength(320);
    expect(new Set(keys.map(({ region }) => region)).size).toBeGreaterThanOrEqual(6);
    expect(keys.length).toBeGreaterThanOrEqual(6000);
    expect(keys.length).toBeLessThanOrEqual(9000);
    expect(new Set(keys.map(({ arn }) => arn)).size).toBe(keys.length);
  });

  it('has crowded Regions, empty accounts, and ordinary ones between', () => {
    const sizes = [...walk.keysPerRegion.values()];
    expect(sizes.filter((size) => size > 300).length).toBeGreaterThanOrEqual(1);
    expect(sizes.filter((size) => size > 300).length).toBeLessThanOrEqual(2);
    const perAccount = countBy(keys, ({ accountId }) => accountId);
    const readable = walk.accounts.length - walk.refused.size;
    const ordinary = [...perAccount.values()].filter((n) => n >= 5 && n <= 40).length;
    expect(ordinary / readable).toBeGreaterThan(0.5);
    expect(readable - perAccount.size).toBeGreaterThan(5);
  });

  it('has a believable tree of organizational units', () => {
    const paths = new Set(walk.ouPaths.values());
    for (const path of [
      'Root',
      'Root/Security',
      'Root/Infrastructure',
      'Root/Sandbox',
      'Root/Suspended',
      'Root/Data platform/Prod',
      'Root/Acquired companies/Bluebird Logistics',
    ]) {
      expect(paths).toContain(path);
    }
    expect([...paths].some((path) => /^Root\/Workloads\/Prod\/\w+$/.test(path))).toBe(true);
    expect([...paths].some((path) => /^Root\/Workloads\/NonProd\/\w+$/.test(path))).toBe(true);
    expect([...paths].some((path) => /^Root\/Workloads\/Dev\/\w+$/.test(path))).toBe(true);
  });

  it('has the accounts that people ask for, and their near-duplicates', () => {
    const names = walk.accounts.map(({ Name }) => Name ?? '');
    expect(names).toEqual(
      expect.arrayContaining([
        'payments-prod',
        'payments-dev',
        'Payments-Prod',
        'payments-prd',
        'data-lake-prod',
        'datalake-prod',
        'log-archive',
        'security-tooling',
        'sandbox-alice',
        ...hostileAccountNames,
      ]),
    );
    const twice = [...countBy(names, (name) => name)].filter(([, count]) => count > 1);
    expect(twice).toEqual([['legacy', 2]]);
    // What AWS Organizations allows as a name.
    for (const name of names) expect(name).toMatch(/^[\x20-\x7E]{1,50}$/);
  });

  it('has well-formed ids', () => {
    for (const { Id, Paths } of walk.accounts) {
      expect(Id).toMatch(/^\d{12}$/);
      expect(Paths?.[0]).toMatch(
        new RegExp(
          `^${walk.corp.organizationId}/r-[a-z0-9]{4}/(ou-[a-z0-9]{4}-[a-z0-9]{8}/)*${Id}/$`,
        ),
      );
    }
    expect(new Set(walk.accounts.map(({ Id }) => Id)).size).toBe(walk.accounts.length);
    expect(walk.accounts.some(({ Id }) => Id?.startsWith('0'))).toBe(true);
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    expect(
      keys.filter(
        ({ arn, accountId, region, metadata: { KeyId, Arn, AWSAccountId, MultiRegion } }) =>
          Arn !== arn ||
          arn !== `arn:aws:kms:${region}:${accountId}:key/${KeyId}` ||
          AWSAccountId !== accountId ||
          !(MultiRegion ? /^mrk-[0-9a-f]{32}$/ : uuid).test(KeyId ?? ''),
      ),
    ).toEqual([]);
    expect(grants.filter(({ GrantId }) => !/^[0-9a-f]{64}$/.test(GrantId ?? ''))).toEqual([]);
  });

  it('gives multi-Region keys their relatives', () => {
    const byArn = new Map(keys.map((key) => [key.arn, key]));
    const related = keys.filter(({ metadata }) => metadata.MultiRegion);
    expect(related.length).toBeGreaterThan(100);
    for (const { arn, metadata } of related) {
      const set = metadata.MultiRegionConfiguration;
      const primary = set?.PrimaryKey?.Arn ?? '';
      const replicas = set?.ReplicaKeys?.map(({ Arn }) => Arn ?? '') ?? [];
      expect(replicas.length).toBeGreaterThan(0);
      expect(set?.MultiRegionKeyType === 'PRIMARY' ? [primary] : replicas).toContain(arn);
      for (const relative of [primary, ...replicas]) {
        if (walk.closed.includes(relative)) continue;
        const other = byArn.get(relative)?.metadata;
        expect(other?.KeyId).toBe(metadata.KeyId);
        expect(other?.KeySpec).toBe(metadata.KeySpec);
        expect(other?.MultiRegionConfiguration?.PrimaryKey).toEqual(set?.PrimaryKey);
      }
    }
  });

  it('has every kind and state of key', () => {
    const kinds = new Set(
      customer.map(({ metadata: m }) => `${m.KeySpec}/${m.KeyUsage}/${m.Origin}`),
    );
    for (const { value } of kindShares) {
      expect(kinds).toContain(`${value.spec}/${value.usage}/${value.origin}`);
    }
    const states = countBy(customer, ({ metadata }) => metadata.KeyState ?? '');
    expect([...states.keys()]).toEqual(
      expect.arrayContaining([
        'Enabled',
        'Disabled',
        'PendingDeletion',
        'PendingImport',
        'PendingReplicaDeletion',
        'Unavailable',
        'Updating',
      ]),
    );
    expect((states.get('Enabled') ?? 0) / customer.length).toBeGreaterThan(0.85);
  });

  it('says of a key only what DescribeKey says of its kind', () => {
    const now = asOf.getTime();
    const rules: Record<string, (m: WalkedKey['metadata']) => boolean> = {
      enabled: (m) => m.Enabled === (m.KeyState === 'Enabled'),
      deletion: (m) => (m.DeletionDate !== undefined) === (m.KeyState === 'PendingDeletion'),
      deletionAhead: (m) => m.DeletionDate === undefined || m.DeletionDate.getTime() > now,
      window: (m) =>
        (m.PendingDeletionWindowInDays !== undefined) === (m.KeyState === 'PendingReplicaDeletion'),
      expiry: (m) => (m.ValidTo !== undefined) === (m.ExpirationModel === 'KEY_MATERIAL_EXPIRES'),
      expiryAhead: (m) => m.ValidTo === undefined || m.ValidTo.getTime() > now,
      imported: (m) => m.ExpirationModel === undefined || m.Origin === 'EXTERNAL',
      store: (m) =>
        (m.CustomKeyStoreId !== undefined) ===
        (m.Origin === 'AWS_CLOUDHSM' || m.Origin === 'EXTERNAL_KEY_STORE'),
      relatives: (m) => (m.MultiRegionConfiguration !== undefined) === m.MultiRegion,
      created: (m) => (m.CreationDate?.getTime() ?? Number.POSITIVE_INFINITY) <= now,
      notTooOld: (m) => (m.CreationDate?.getUTCFullYear() ?? 0) >= 2016,
    };
    for (const [name, holds] of Object.entries(rules)) {
      const broken = keys.filter(({ metadata }) => !holds(metadata)).map(({ arn }) => arn);
      expect({ name, broken }).toEqual({ name, broken: [] });
    }
    const years = countBy(keys, ({ metadata }) => String(metadata.CreationDate?.getUTCFullYear()));
    expect(years.size).toBeGreaterThanOrEqual(10);
    const soon = keys.filter(
      ({ metadata: { ValidTo } }) => ValidTo && ValidTo.getTime() < asOf.getTime() + 90 * DAY,
    );
    expect(soon.length).toBeGreaterThan(0);
  });

  it('rotates what can rotate', () => {
    const unsupported = keys.filter(
      ({ rotation }) =>
        'error' in rotation && rotation.error.name === 'UnsupportedOperationException',
    );
    expect(new Set(unsupported.map(({ metadata }) => metadata.Origin))).toEqual(
      new Set(['EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE']),
    );
    const answered = keys.flatMap(({ metadata, rotation }) =>
      'value' in rotation ? [{ ...metadata, ...rotation.value }] : [],
    );
    expect(answered.filter(({ Origin }) => Origin !== 'AWS_KMS')).toEqual([]);
    const on = answered.filter(({ KeyRotationEnabled }) => KeyRotationEnabled);
    const off = answered.filter(({ KeyRotationEnabled }) => !KeyRotationEnabled);
    expect(off.filter((key) => key.RotationPeriodInDays || key.KeyManager === 'AWS')).toEqual([]);
    expect(
      on.filter(
        (key) =>
          key.KeySpec !== 'SYMMETRIC_DEFAULT' ||
          (key.RotationPeriodInDays ?? 0) < 90 ||
          (key.NextRotationDate?.getTime() ?? 0) <= asOf.getTime(),
      ),
    ).toEqual([]);
    expect(on.length / keys.length).toBeGreaterThan(0.4);
    expect(on.length / keys.length).toBeLessThan(0.85);
  });

  it('records last uses between the start of tracking and now', () => {
    const statuses = new Map<string, number>();
    const ages: number[] = [];
    const wrong: string[] = [];
    for (const { arn, metadata, usage } of keys) {
      let status = 'UNKNOWN';
      if ('value' in usage) {
        const { KeyLastUsage, TrackingStartDate, KeyCreationDate } = usage.value;
        const created = metadata.CreationDate?.getTime() ?? 0;
        const since = Math.max(tracking, created);
        if (KeyCreationDate?.getTime() !== created) wrong.push(`${arn}: creation`);
        if (TrackingStartDate?.getTime() !== since) wrong.push(`${arn}: tracking`);
        if (KeyLastUsage?.Timestamp) {
          status = 'USED';
          const at = KeyLastUsage.Timestamp.getTime();
          if (at < since || at > asOf.getTime()) wrong.push(`${arn}: last use`);
          if (!/^[0-9a-f-]{36}$/.test(KeyLastUsage.CloudTrailEventId ?? ''))
            wrong.push(`${arn}: id`);
          ages.push((asOf.getTime() - at) / DAY);
        } else {
          if (Object.keys(KeyLastUsage ?? { none: 1 }).length > 0) wrong.push(`${arn}: not empty`);
          status = created >= tracking ? 'NEVER_USED' : 'NO_RECORD';
        }
      } else if (usage.error.name !== 'AccessDeniedException') wrong.push(`${arn}: refused`);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect(wrong).toEqual([]);
    for (const status of ['USED', 'NEVER_USED', 'NO_RECORD', 'UNKNOWN']) {
      expect(statuses.get(status) ?? 0).toBeGreaterThan(5);
    }
    expect(ages.filter((age) => age < 1).length / ages.length).toBeGreaterThan(0.3);
    expect(ages.filter((age) => age > 90).length / ages.length).toBeGreaterThan(0.05);
    expect(ages.some((age) => age > 180)).toBe(true);
  });

  it('writes policies that are JSON, within KMS’s 32 kB, for every template', () => {
    const found = new Set<TemplateName>();
    const wrong: string[] = [];
    for (const { arn, policy, metadata } of keys) {
      const template = walk.corp.templateOf(arn);
      if ((template === null) !== (metadata.KeyManager === 'AWS')) wrong.push(arn);
      if (template !== null) found.add(template);
      if ('error' in policy) continue;
      const document: unknown = JSON.parse(policy.value);
      const whole = typeof document === 'object' && document !== null && 'Statement' in document;
      if (!whole || Buffer.byteLength(policy.value) > 32_768) wrong.push(arn);
    }
    expect(wrong).toEqual([]);
    expect(walk.closed.length).toBeGreaterThan(0);
    for (const arn of walk.closed) expect(walk.corp.templateOf(arn)).toBe('closed');
    expect([...found, 'closed'].sort()).toEqual(Object.keys(policyTemplates).sort());
  });

  it.each<[Trait, number, number]>([
    ['external', 0.03, 0.06],
    ['public', 0.001, 0.005],
    ['iam-user', 0.07, 0.11],
    ['confused-deputy', 0.015, 0.06],
    ['in-organization', 0.04, 0.12],
  ])('keeps the share of %s policies between %d and %d', (trait, low, high) => {
    const having = customer.filter(({ arn }) => {
      const template = walk.corp.templateOf(arn);
      return template !== null && policyTemplates[template].traits.includes(trait);
    });
    expect(having.length / customer.length).toBeGreaterThan(low);
    expect(having.length / customer.length).toBeLessThan(high);
  });

  it('grants to services, siblings and outsiders, with and without constraints', () => {
    const own = new Set(walk.accounts.map(({ Id }) => Id));
    const accountOf = (arn: string) => /^arn:aws:(?:iam|sts)::(\d{12}):/.exec(arn)?.[1];
    const kinds = countBy(grants, (grant) => {
      const account = accountOf(grant.GranteePrincipal ?? '');
      if (account === undefined) return 'service principal';
      if (!own.has(account)) return 'outside';
      return grant.KeyId?.includes(`:${account}:`) ? 'own' : 'sibling';
    });
    expect(kinds.get('outside') ?? 0).toBeGreaterThan(5);
    expect((kinds.get('outside') ?? 0) / customer.length).toBeLessThan(0.015);
    expect(kinds.get('sibling') ?? 0).toBeGreaterThan(20);
    expect(kinds.get('service principal') ?? 0).toBeGreaterThan(20);
    for (const present of [true, false]) {
      expect(grants.some((g) => (g.Constraints !== undefined) === present)).toBe(true);
      expect(grants.some((g) => (g.RetiringPrincipal !== undefined) === present)).toBe(true);
    }
    expect(
      grants.filter(
        ({ CreationDate }) =>
          (CreationDate?.getTime() ?? Number.POSITIVE_INFINITY) > asOf.getTime(),
      ),
    ).toEqual([]);
    const perKey = valuesOf(keys, (key) => key.grants).map((list) => list.length);
    expect(Math.max(...perKey)).toBeGreaterThan(100);
  });

  it('carries every hostile text in descriptions and tags, and every hostile alias', () => {
    const descriptions = new Set(keys.map(({ metadata }) => metadata.Description));
    const tags = valuesOf(keys, (key) => key.tags).flat();
    const tagValues = new Set(tags.map(({ TagValue }) => TagValue));
    const tagKeys = new Set(tags.map(({ TagKey }) => TagKey));
    const aliases = new Set([...walk.aliases.values()].flat());
    for (const text of Object.values(hostileTexts)) {
      expect(descriptions).toContain(text);
      expect(tagValues).toContain(text);
    }
    for (const key of hostileTagKeys) expect(tagKeys).toContain(key);
    for (const alias of hostileAliases) expect(aliases).toContain(`alias/${alias}`);
  });

  it('keeps aliases and tags within what KMS allows', () => {
    const names = [...walk.aliases.values()].flat();
    expect(names.filter((name) => !/^alias\/[a-zA-Z0-9/_-]{1,250}$/.test(name))).toEqual([]);
    expect(
      valuesOf(keys, (key) => key.tags).filter(
        (tags) =>
          tags.length > 50 ||
          new Set(tags.map(({ TagKey }) => TagKey)).size < tags.length ||
          tags.some((tag) => (tag.TagKey?.length ?? 0) > 128 || (tag.TagValue?.length ?? 0) > 256),
      ),
    ).toEqual([]);
    const named = customer.map(({ arn }) => walk.aliases.get(arn)?.length ?? 0);
    expect(named.filter((n) => n === 0).length / customer.length).toBeGreaterThan(0.08);
    expect(named.some((n) => n === 2)).toBe(true);
    expect(named.some((n) => n > 5)).toBe(true);
  });

  it('has accounts that cannot be entered and Regions that cannot be read', () => {
    const active = [...walk.refused.keys()].filter(
      (id) => walk.accounts.find(({ Id }) => Id === id)?.State === 'ACTIVE',
    );
    expect(active.length).toBeGreaterThanOrEqual(5);
    expect(active.length).toBeLessThanOrEqual(8);
    for (const error of walk.refused.values()) expect(error.name).toBe('AccessDenied');
    const messages = [...walk.refused.values()].map(({ message }) => message);
    expect(messages.some((m) => m.endsWith('explicit deny in a service control policy'))).toBe(
      true,
    );
    expect(messages.some((m) => m.endsWith('role/KMSInsightsReadRole'))).toBe(true);
    expect([...walk.regionErrors.values()].map(({ name }) => name).sort()).toEqual([
      'AccessDeniedException',
      'RegionDisabledException',
    ]);
    expect(walk.accounts.some(({ State }) => State === 'SUSPENDED')).toBe(true);
    expect(walk.accounts.some(({ State }) => State === 'PENDING_CLOSURE')).toBe(true);
  });

  it('refuses single calls on some keys', () => {
    const refusedKeys = (read: (key: WalkedKey) => Answer<unknown>) =>
      keys.filter((key) => {
        const answer = read(key);
        return 'error' in answer && answer.error.name === 'AccessDeniedException';
      });
    expect(refusedKeys((key) => key.policy).length).toBeGreaterThan(5);
    for (const read of [
      (key: WalkedKey) => key.grants,
      (key: WalkedKey) => key.tags,
      (key: WalkedKey) => key.rotation,
      (key: WalkedKey) => key.usage,
    ]) {
      const where = new Set(refusedKeys(read).map((key) => `${key.accountId}/${key.region}`));
      expect(where.size).toBeGreaterThan(1);
    }
  });
});
