import type { AccountRegionApi, AwsApi, CloudTrailApi, KmsApi } from '../aws/api.ts';
import { simulatedCloudTrail } from './cloudtrail-api.ts';
import { assumeRoleDenied, kmsThrottled, stsNotActivated } from './errors.ts';
import { dealKeys, makeKeys, type SimulatedKey } from './keys.ts';
import { simulatedKms } from './kms-api.ts';
import { type AccountPlan, planOrganization, type RegionPlan } from './organization.ts';
import { simulatedOrganizations } from './organizations-api.ts';
import type { TemplateName } from './policies/library.ts';

export interface ExampleCorpOptions {
  /** Everything random follows from it. */
  readonly seed: number;
  /** The moment at which Example Corp is looked at; the simulated clock stands still there. */
  readonly asOf: Date;
  /** How many accounts, the management account included. Default 320. */
  readonly accounts?: number;
  /** Every so many-th KMS call of an account-Region is throttled. Not by default. */
  readonly throttleEvery?: number;
}

/** A simulated AWS organization that answers like AWS. */
export interface ExampleCorp {
  /** What the collector reads, with the SDK's shapes, paging and exceptions. */
  readonly api: AwsApi;
  readonly organizationId: string;
  readonly now: () => Date;
  /**
   * The policy template a key was made from; null for AWS managed and unknown keys. For tests and
   * reports: the collector must find out by reading the policy.
   */
  readonly templateOf: (keyArn: string) => TemplateName | null;
}

/** Lets KMS answer, and refuses every n-th call as AWS does above a request quota. */
function throttled(kms: KmsApi, n: number): KmsApi {
  let calls = 0;
  const gate =
    <Input, Output>(call: (input: Input) => Promise<Output>) =>
    async (input: Input): Promise<Output> => {
      if (++calls % n === 0) throw kmsThrottled();
      return call(input);
    };
  return {
    listKeys: gate(kms.listKeys),
    listAliases: gate(kms.listAliases),
    describeKey: gate(kms.describeKey),
    getKeyPolicy: gate(kms.getKeyPolicy),
    listResourceTags: gate(kms.listResourceTags),
    listGrants: gate(kms.listGrants),
    getKeyRotationStatus: gate(kms.getKeyRotationStatus),
    getKeyLastUsage: gate(kms.getKeyLastUsage),
  };
}

/** What was made of an account in a Region; the event history is made on its first look-up. */
interface MadeRegion {
  readonly keys: readonly SimulatedKey[];
  readonly cloudTrail: CloudTrailApi;
}

/** So many account-Regions are kept at a time; others are made again when asked for. */
const KEPT = 64;

/**
 * Makes Example Corp. Nothing but the layout is computed at once; keys, policies, grants and events
 * are made when they are asked for and depend on seed and as-of date only, never on the order.
 *
 * @throws RangeError when `accounts` is not a whole number from 1 to 10000, or `asOf` is no date
 */
export function createExampleCorp({
  seed,
  asOf,
  accounts = 320,
  throttleEvery,
}: ExampleCorpOptions): ExampleCorp {
  if (!Number.isInteger(accounts) || accounts < 1 || accounts > 10_000) {
    throw new RangeError(`accounts must be a whole number from 1 to 10000, not ${accounts}`);
  }
  if (Number.isNaN(asOf.getTime())) throw new RangeError('asOf must be a valid date');
  const plan = planOrganization(seed, new Date(asOf.getTime()), accounts);
  const deals = dealKeys(plan);

  const kept = new Map<string, MadeRegion>();
  const regionOf = (account: AccountPlan, at: RegionPlan): MadeRegion => {
    const where = `${account.id}/${at.region}`;
    const known = kept.get(where);
    if (known !== undefined) return known;
    const keys = makeKeys(plan, deals, account, at);
    const place = { plan, accountId: account.id, at, keys: () => keys };
    const made = { keys, cloudTrail: simulatedCloudTrail(place) };
    const oldest = kept.keys().next().value;
    if (kept.size >= KEPT && oldest !== undefined) kept.delete(oldest);
    kept.set(where, made);
    return made;
  };

  const openAccount = (accountId: string): AccountPlan => {
    const account = plan.accountById.get(accountId);
    if (account === undefined || account.refusal !== null) {
      throw assumeRoleDenied(
        plan.collectorAccountId,
        accountId,
        account?.refusal === 'denied-by-scp',
      );
    }
    return account;
  };

  return {
    organizationId: plan.id,
    now: () => new Date(plan.asOf.getTime()),
    api: {
      organizations: simulatedOrganizations(plan),
      enabledRegions: async (accountId) =>
        openAccount(accountId).regions.map(({ region }) => region),
      enter: async (accountId, region): Promise<AccountRegionApi> => {
        const account = openAccount(accountId);
        const at = account.regions.find((candidate) => candidate.region === region);
        if (at === undefined || at.trouble === 'sts-not-activated') {
          throw stsNotActivated(accountId);
        }
        const keys = () => regionOf(account, at).keys;
        const kms = simulatedKms({ plan, accountId, at, keys });
        return {
          kms: throttleEvery === undefined ? kms : throttled(kms, throttleEvery),
          cloudTrail: {
            lookupEvents: (input) => regionOf(account, at).cloudTrail.lookupEvents(input),
          },
        };
      },
    },
    templateOf: (keyArn) => {
      const [, , , region, accountId] = keyArn.split(':');
      const account = plan.accountById.get(accountId ?? '');
      const at = account?.regions.find((candidate) => candidate.region === region);
      if (account === undefined || at === undefined) return null;
      return regionOf(account, at).keys.find(({ arn }) => arn === keyArn)?.template ?? null;
    },
  };
}
