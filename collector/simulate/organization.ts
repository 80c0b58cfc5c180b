import type { AccountState } from '@aws-sdk/client-organizations';
import { type NamedAccount, nameAccounts } from './account-names.ts';
import { hostileTexts } from './hostile.ts';
import { type Random, randomOf } from './random.ts';
import { accountShares, keyCounts, type RegionTrouble, regionShares } from './shares.ts';
import { teams, unknownAccounts, vendors } from './vocabulary.ts';

/** Why an account cannot be entered. */
export type Refusal = 'role-missing' | 'external-id-refused' | 'denied-by-scp' | 'closed';

export interface OrganizationalUnitPlan {
  readonly id: string;
  readonly name: string;
  /** The id of the parent: the root or another unit. */
  readonly parentId: string;
}

/** The customer managed keys of an account in a Region: a run of numbered places. */
export interface RegionPlan {
  readonly region: string;
  readonly firstPlace: number;
  readonly places: number;
  readonly trouble: RegionTrouble | null;
}

export interface AccountPlan extends NamedAccount {
  readonly id: string;
  readonly email: string;
  readonly state: AccountState;
  readonly parentId: string;
  /** Ids from the root down to the parent. */
  readonly parentIds: readonly string[];
  readonly joinedMethod: 'CREATED' | 'INVITED';
  readonly joinedAt: Date;
  /** No key of the account is older. */
  readonly firstKeyAt: Date;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
  readonly refusal: Refusal | null;
  readonly regions: readonly RegionPlan[];
}

/** Example Corp without its keys, which are made Region by Region when they are asked for. */
export interface OrganizationPlan {
  readonly seed: number;
  readonly asOf: Date;
  readonly id: string;
  readonly rootId: string;
  readonly management: AccountPlan;
  /** The account from which the collector works: the delegated security account. */
  readonly collectorAccountId: string;
  readonly units: readonly OrganizationalUnitPlan[];
  readonly accounts: readonly AccountPlan[];
  readonly accountById: ReadonlyMap<string, AccountPlan>;
  readonly places: number;
}

export const DAY = 86_400_000;

const token = (random: Random, length: number): string =>
  Array.from({ length }, () => 'abcdefghijklmnopqrstuvwxyz0123456789'[random.int(0, 35)]).join('');

function planUnits(seed: number, rootId: string, accounts: readonly NamedAccount[]) {
  const units = new Map<string, OrganizationalUnitPlan>();
  const stem = rootId.slice('r-'.length);
  const add = (path: readonly string[]): string => {
    if (path.length === 0) return rootId;
    const known = units.get(path.join('/'));
    if (known !== undefined) return known.id;
    const parentId = add(path.slice(0, -1));
    const id = `ou-${stem}-${token(randomOf(`${seed}/ou/${path.join('/')}`), 8)}`;
    units.set(path.join('/'), { id, name: path.at(-1) ?? '', parentId });
    return id;
  };
  for (const { ou } of accounts) add(ou);
  add(['Policy staging']);
  return { units: [...units.values()], add };
}

/** Distinct 12-digit ids; some begin with 0, as real ones do. */
function planIds(seed: number, accounts: readonly NamedAccount[]): string[] {
  const taken = new Set([...vendors.map(({ accountId }) => accountId), ...unknownAccounts]);
  return accounts.map(({ name }, i) => {
    const random = randomOf(`${seed}/account-id/${i}/${name}`);
    let id = '';
    while (id === '' || taken.has(id)) {
      id = (random.chance(accountShares.idBeginsWithZero) ? '0' : '') + random.digits(12);
      id = id.slice(0, 12);
    }
    taken.add(id);
    return id;
  });
}

function homeRegion(name: string, random: Random): string {
  if (name.endsWith('-eu')) return random.pick(['eu-west-1', 'eu-central-1']);
  if (name.endsWith('-apac')) return random.pick(['ap-northeast-1', 'ap-southeast-2']);
  if (name.startsWith('Kawa')) return 'ap-northeast-1';
  return random.weighted(regionShares.home);
}

function planRegions(account: NamedAccount, random: Random): { region: string; keys: number }[] {
  const home = homeRegion(account.name, random);
  const enabled = new Set([...regionShares.everywhere, home]);
  for (const [region, probability] of regionShares.enabled) {
    if (random.chance(probability)) enabled.add(region);
  }
  const regions = [...enabled].sort().map((region) => ({ region, keys: 0 }));
  if (account.kind === 'suspended') return regions;
  const { low, high, none } = keyCounts[account.kind];
  const total = random.chance(none) ? 0 : random.int(low, high);
  const others = regions.filter(({ region }) => region !== home);
  for (let i = 0; i < total; i++) {
    const target = random.chance(regionShares.keysAtHome)
      ? regions.find(({ region }) => region === home)
      : // A few of the other Regions take most; some enabled Regions stay empty.
        others[Math.floor(others.length * random.next() ** 2)];
    if (target !== undefined) target.keys++;
  }
  const crowd = regions.find(({ region }) => region === home);
  if (crowd !== undefined) crowd.keys += keyCounts.crowded[account.name] ?? 0;
  return regions;
}

function accountTags(account: NamedAccount, random: Random): AccountPlan['tags'] {
  const tags: { Key: string; Value: string }[] = [];
  const team = random.pick(teams);
  if (random.chance(0.75)) tags.push({ Key: random.pick(['owner', 'Owner', 'team']), Value: team });
  if (random.chance(0.6)) {
    const stage = account.ou[1] ?? account.kind;
    tags.push({ Key: random.pick(['env', 'Environment', 'environment']), Value: stage });
  }
  if (random.chance(0.5)) {
    tags.push({ Key: random.pick(['cost-center', 'CostCenter']), Value: `CC-${random.digits(4)}` });
  }
  if (random.chance(0.04)) {
    tags.push({ Key: 'note', Value: random.pick(Object.values(hostileTexts)).slice(0, 256) });
  }
  return tags;
}

function refusals(seed: number, accounts: readonly NamedAccount[]): Map<number, Refusal> {
  const random = randomOf(`${seed}/refusals`);
  const candidates = accounts.flatMap(({ kind }, i) =>
    kind === 'acquired' || (i > 40 && kind !== 'suspended') ? [i] : [],
  );
  const wanted = Math.min(
    candidates.length,
    Math.max(1, Math.round(accounts.length * accountShares.refused)),
  );
  const chosen = new Map<number, Refusal>();
  const kinds: Refusal[] = ['role-missing', 'external-id-refused', 'denied-by-scp', 'role-missing'];
  while (chosen.size < wanted) {
    const at = random.pick(candidates);
    if (!chosen.has(at)) chosen.set(at, kinds[chosen.size % kinds.length] ?? 'role-missing');
  }
  return chosen;
}

/** Regions with trouble, as `account index/Region`. Only Regions that hold keys are chosen. */
function troubles(
  seed: number,
  regions: readonly (readonly { region: string; keys: number }[])[],
  open: (account: number) => boolean,
): Map<string, RegionTrouble> {
  const random = randomOf(`${seed}/troubles`);
  const candidates = regions.flatMap((list, i) =>
    open(i)
      ? list.flatMap(({ region, keys }) => (keys >= 4 && keys <= 60 ? [`${i}/${region}`] : []))
      : [],
  );
  const chosen = new Map<string, RegionTrouble>();
  for (const trouble of accountShares.troubles) {
    if (chosen.size >= candidates.length) break;
    let at = random.pick(candidates);
    while (chosen.has(at)) at = random.pick(candidates);
    chosen.set(at, trouble);
  }
  return chosen;
}

function stateOf({ kind, name }: NamedAccount): AccountState {
  if (kind !== 'suspended') return 'ACTIVE';
  return name === 'closed-poc-2024' ? 'PENDING_CLOSURE' : 'SUSPENDED';
}

/** Lays out the organization: units, accounts, Regions, and how many keys are where. */
export function planOrganization(seed: number, asOf: Date, count: number): OrganizationPlan {
  const random = randomOf(`${seed}/organization`);
  const id = `o-${token(random, 10)}`;
  const rootId = `r-${token(random, 4)}`;
  const named = nameAccounts(randomOf(`${seed}/names`), count);
  const ids = planIds(seed, named);
  const { units, add } = planUnits(seed, rootId, named);
  const parentOf = new Map(units.map((unit) => [unit.id, unit.parentId]));
  const refused = refusals(seed, named);
  const open = (i: number): boolean => !refused.has(i) && named[i]?.kind !== 'suspended';
  const regions = named.map((account, i) =>
    planRegions(account, randomOf(`${seed}/regions/${i}/${account.name}`)),
  );
  const troubled = troubles(seed, regions, (i) => open(i) && i > 0);

  const begin = new Date(Math.min(Date.UTC(2016, 2, 1), asOf.getTime() - 3653 * DAY));
  let places = 0;
  const accounts = named.map((account, i): AccountPlan => {
    const own = randomOf(`${seed}/account/${i}/${account.name}`);
    const span = asOf.getTime() - 120 * DAY - begin.getTime();
    const firstKeyAt = new Date(begin.getTime() + Math.floor(span * own.next() ** 2));
    const invited = account.kind === 'acquired';
    const parentIds: string[] = [];
    for (let at: string | undefined = add(account.ou); at !== undefined; at = parentOf.get(at)) {
      parentIds.unshift(at);
    }
    return {
      ...account,
      id: ids[i] ?? '',
      email: invited
        ? `aws-${i}@${account.ou[1] === 'Kawa Retail' ? 'kawa-retail.example' : 'bluebird.example'}`
        : `aws+${account.name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${i}@example.com`,
      state: stateOf(account),
      parentId: parentIds.at(-1) ?? rootId,
      parentIds,
      joinedMethod: invited ? 'INVITED' : 'CREATED',
      joinedAt: invited ? new Date(asOf.getTime() - own.int(60, 900) * DAY) : firstKeyAt,
      firstKeyAt,
      tags: accountTags(account, own),
      refusal: account.kind === 'suspended' ? 'closed' : (refused.get(i) ?? null),
      regions: (regions[i] ?? []).map(({ region, keys }): RegionPlan => {
        const trouble = troubled.get(`${i}/${region}`) ?? null;
        // Keys that nobody can list need no place.
        const hidden =
          !open(i) || trouble === 'list-keys-denied-by-scp' || trouble === 'sts-not-activated';
        const plan = { region, firstPlace: places, places: hidden ? 0 : keys, trouble };
        places += plan.places;
        return plan;
      }),
    };
  });
  const management = accounts[0];
  if (management === undefined) throw new RangeError('an organization has at least one account');
  return {
    seed,
    asOf,
    id,
    rootId,
    management,
    collectorAccountId: (accounts[1] ?? management).id,
    units,
    accounts,
    accountById: new Map(accounts.map((account) => [account.id, account])),
    places,
  };
}
