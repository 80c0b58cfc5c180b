import { hostileAccountNames } from './hostile.ts';
import type { Random } from './random.ts';
import { businessUnits, people, systems, teams } from './vocabulary.ts';

/** What an account is for; decides how many keys it has and how they are used. */
export type AccountKind =
  | 'management'
  | 'security'
  | 'infrastructure'
  | 'prod'
  | 'nonprod'
  | 'dev'
  | 'data'
  | 'acquired'
  | 'sandbox'
  | 'suspended';

/** An account before it has an id. */
export interface NamedAccount {
  readonly name: string;
  readonly kind: AccountKind;
  /** Names of organizational units below the root. */
  readonly ou: readonly string[];
  readonly system: string;
}

const unitOf = (system: string): string =>
  businessUnits[Math.max(0, systems.indexOf(system)) % businessUnits.length] ?? 'Corporate';

const workload = (
  name: string,
  stage: 'Prod' | 'NonProd' | 'Dev',
  system: string,
): NamedAccount => ({
  name,
  kind: stage === 'Prod' ? 'prod' : stage === 'NonProd' ? 'nonprod' : 'dev',
  ou: ['Workloads', stage, unitOf(system)],
  system,
});

/** The name of a system as it appears in names of roles, buckets and aliases. */
const systemOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-?(prod|nonprod|dev|staging)?-*$/g, '')
    .slice(0, 24) || 'team';

const plain = (name: string, kind: AccountKind, ou: readonly string[]): NamedAccount => ({
  name,
  kind,
  ou,
  system: systemOf(name),
});

/** The accounts that every organization has, however small, in order of importance. */
function cornerstones(): NamedAccount[] {
  return [
    plain('Example Corp', 'management', []),
    plain('security-tooling', 'security', ['Security']),
    plain('log-archive', 'security', ['Security']),
    workload('payments-prod', 'Prod', 'payments'),
    plain('data-lake-prod', 'data', ['Data platform', 'Prod']),
    workload('payments-dev', 'Dev', 'payments'),
    plain('network-hub', 'infrastructure', ['Infrastructure']),
    plain('bluebird-erp', 'acquired', ['Acquired companies', 'Bluebird Logistics']),
    plain('closed-poc-2019', 'suspended', ['Suspended']),
    workload('payments-staging', 'NonProd', 'payments'),
    plain('sandbox-alice', 'sandbox', ['Sandbox']),
    plain('data-lake-dev', 'data', ['Data platform', 'NonProd']),
    plain('shared-services', 'infrastructure', ['Infrastructure']),
    // Names that are easily taken for one another.
    workload('payments-prod-eu', 'Prod', 'payments'),
    workload('Payments-Prod', 'Prod', 'payments'),
    workload('payments-prd', 'Prod', 'payments'),
    workload('prod-payments', 'Prod', 'payments'),
    workload('payments-prod-old', 'NonProd', 'payments'),
    workload('payments', 'Dev', 'payments'),
    plain('data-lake', 'data', ['Data platform', 'Prod']),
    plain('datalake-prod', 'data', ['Data platform', 'Prod']),
    plain('audit', 'security', ['Security']),
    plain('backup-central', 'infrastructure', ['Infrastructure']),
    plain('identity-center', 'security', ['Security']),
    ...hostileAccountNames.map((name, i) =>
      i % 3 === 0
        ? workload(name, 'Dev', systems[i] ?? 'orders')
        : plain(name, 'sandbox', ['Sandbox']),
    ),
  ];
}

function others(): NamedAccount[] {
  const list: NamedAccount[] = [];
  for (const system of systems) {
    if (system !== 'payments') {
      list.push(workload(`${system}-prod`, 'Prod', system));
      list.push(workload(`${system}-staging`, 'NonProd', system));
      list.push(workload(`${system}-dev`, 'Dev', system));
      list.push(workload(`${system}-prod-eu`, 'Prod', system));
    }
    if (systems.indexOf(system) % 2 === 0) {
      list.push(workload(`${system}-prod-apac`, 'Prod', system));
    }
    if (systems.indexOf(system) % 4 === 1) list.push(workload(`${system}-qa`, 'NonProd', system));
  }
  for (const part of ['warehouse', 'ml-training', 'ml-serving', 'streaming', 'bi', 'catalog']) {
    list.push(plain(`data-${part}-prod`, 'data', ['Data platform', 'Prod']));
    list.push(plain(`data-${part}-nonprod`, 'data', ['Data platform', 'NonProd']));
  }
  for (const part of ['prod', 'test', 'edi', 'web', 'tracking', 'mail', 'legacy', 'backup']) {
    list.push(plain(`bluebird-${part}`, 'acquired', ['Acquired companies', 'Bluebird Logistics']));
    list.push(plain(`Kawa Retail ${part}`, 'acquired', ['Acquired companies', 'Kawa Retail']));
  }
  // Names need not be unique: both acquired companies brought a "legacy" account.
  list.push(plain('legacy', 'acquired', ['Acquired companies', 'Bluebird Logistics']));
  list.push(plain('legacy', 'acquired', ['Acquired companies', 'Kawa Retail']));
  for (const team of teams.filter((name) => name !== 'security')) {
    list.push(plain(`${team}-tooling`, 'infrastructure', ['Infrastructure', 'Shared']));
  }
  for (const year of [2017, 2018, 2020, 2021, 2022, 2023, 2024]) {
    list.push(plain(`closed-poc-${year}`, 'suspended', ['Suspended']));
  }
  for (const person of people.slice(1)) {
    list.push(plain(`sandbox-${person.replace('.', '-')}`, 'sandbox', ['Sandbox']));
  }
  return list;
}

/** The names of an organization of `count` accounts: the cornerstones, the rest, and sandboxes. */
export function nameAccounts(random: Random, count: number): NamedAccount[] {
  const rest = others();
  for (let i = rest.length - 1; i > 0; i--) {
    const j = random.int(0, i);
    [rest[i], rest[j]] = [rest[j] as NamedAccount, rest[i] as NamedAccount];
  }
  const list = [...cornerstones(), ...rest].slice(0, count);
  for (let n = 1; list.length < count; n++) {
    list.push(plain(`sandbox-${String(n).padStart(3, '0')}`, 'sandbox', ['Sandbox']));
  }
  return list;
}
