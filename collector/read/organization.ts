import type { Account, Parent } from '@aws-sdk/client-organizations';
import pMap from 'p-map';
import type { OrganizationsApi } from '../aws/api.ts';
import { accountStates } from '../schema/enums.ts';
import type { AccountRow } from '../schema/tables.ts';
import type { Call } from './call.ts';
import { errorCode } from './errors.ts';
import { type Failure, failureOf, isDenied } from './failure.ts';
import { allPages } from './pages.ts';
import { tagMap } from './tags.ts';

export interface OrganizationReading {
  /** The organization id (o-…). */
  readonly id: string | null;
  /** In order of account id. */
  readonly accounts: readonly AccountRow[];
  /** What could not be read about an account, by account id; the account is there all the same. */
  readonly failures: ReadonlyMap<string, readonly Failure[]>;
  /** The organization could not be listed; there may be more accounts than these. */
  readonly isPartial: boolean;
}

export interface OrganizationOptions {
  readonly signal?: AbortSignal | undefined;
  /** The accounts to take where the organization may not be listed, or there is none. */
  readonly orThese?: readonly string[];
}

/** How many accounts are looked at side by side: Organizations has small request quotas. */
const ACCOUNTS_AT_ONCE = 4;

/** Stands for the path of an account whose organizational unit could not be read. */
export const UNKNOWN_OU_PATH = 'Unknown';

/**
 * Reads the organization: every account with its path of organizational units and its tags.
 *
 * Throws what AWS throws when the organization or its list of accounts cannot be read, because then
 * nobody could tell an account of the organization from a stranger's. Where that may not be read, or
 * there is no organization, the accounts named in `orThese` are taken instead.
 */
export async function readOrganization(
  api: OrganizationsApi,
  call: Call,
  { signal, orThese = [] }: OrganizationOptions = {},
): Promise<OrganizationReading> {
  const named = [...new Set(orThese)].sort();
  const orNone = (error: unknown) => {
    if (named.length === 0 || !isOutOfReach(error)) throw error;
    return { instead: error } as const;
  };
  const described = await call('DescribeOrganization', () => api.describeOrganization({})).catch(
    orNone,
  );
  const { Id = null, MasterAccountId: managementId } =
    ('instead' in described ? undefined : described.Organization) ?? {};
  const listed = await allPages((from) =>
    call('ListAccounts', () =>
      api.listAccounts(from === undefined ? {} : { NextToken: from }),
    ).then((page) => ({ items: page.Accounts, next: page.NextToken })),
  ).catch(orNone);
  if ('instead' in listed) {
    const failure = failureOf('ListAccounts', listed.instead);
    return {
      id: Id,
      accounts: named.map((accountId) => unlisted(accountId, accountId === managementId)),
      failures: new Map(named.map((accountId) => [accountId, [failure]])),
      isPartial: true,
    };
  }
  const failures = new Map<string, Failure[]>();
  const orElse =
    <T>(accountId: string, apiName: 'ListParents' | 'ListTagsForResource', instead: T) =>
    (error: unknown): T => {
      signal?.throwIfAborted();
      const ofAccount = failures.get(accountId) ?? [];
      failures.set(accountId, [...ofAccount, failureOf(apiName, error)]);
      return instead;
    };
  const ouPath = ouPaths(api, call);
  const accounts = await pMap(
    onePerId(listed),
    async (account): Promise<AccountRow> => ({
      account_id: account.Id,
      account_name: account.Name ?? '',
      ou_path: await ouPath(account.Id).catch(orElse(account.Id, 'ListParents', UNKNOWN_OU_PATH)),
      email_domain: emailDomain(account.Email),
      state: accountState(account),
      is_management: account.Id === managementId,
      tags: await accountTags(api, call, account.Id).catch(
        orElse(account.Id, 'ListTagsForResource', {}),
      ),
    }),
    { concurrency: ACCOUNTS_AT_ONCE, ...(signal ? { signal } : {}) },
  );
  return { id: Id, accounts, failures, isPartial: false };
}

/** Whether it is for want of an organization or of a permission that it was not read. */
const isOutOfReach = (error: unknown) =>
  isDenied(errorCode(error)) || errorCode(error) === 'AWSOrganizationsNotInUseException';

/** An account of which nothing is known but its id. */
const unlisted = (accountId: string, isManagement: boolean): AccountRow => ({
  account_id: accountId,
  account_name: '',
  ou_path: UNKNOWN_OU_PATH,
  email_domain: null,
  state: 'ACTIVE',
  is_management: isManagement,
  tags: {},
});

type Identified = Account & { readonly Id: string };

/** Organizations lists with eventual consistency: an account may come twice. */
function onePerId(accounts: readonly Account[]): readonly Identified[] {
  const byId = new Map<string, Identified>();
  for (const account of accounts) {
    if (account.Id !== undefined) byId.set(account.Id, { ...account, Id: account.Id });
  }
  return [...byId.values()].sort((a, b) => (a.Id < b.Id ? -1 : 1));
}

function accountState(account: Account): AccountRow['state'] {
  const written = account.State ?? account.Status;
  return accountStates.find((state) => state.value === written)?.value ?? 'ACTIVE';
}

function emailDomain(email: string | undefined): string | null {
  const at = email?.lastIndexOf('@') ?? -1;
  const domain = email
    ?.slice(at + 1)
    .trim()
    .toLowerCase();
  return at < 0 || !domain ? null : domain;
}

async function accountTags(api: OrganizationsApi, call: Call, accountId: string) {
  const tags = await allPages((from) =>
    call('ListTagsForResource', () =>
      api.listTagsForResource({
        ResourceId: accountId,
        ...(from === undefined ? {} : { NextToken: from }),
      }),
    ).then((page) => ({ items: page.Tags, next: page.NextToken })),
  );
  return tagMap(tags.map((tag) => [tag.Key, tag.Value]));
}

/**
 * The name of a unit as a part of a path. A name may hold a slash (Organizations API Reference,
 * CreateOrganizationalUnit); as it stands it would place the unit below another one, and in the scope
 * of whoever may see that. It is written `%2F`, and a name that holds `%2F` itself stays another.
 */
function segment(name: string): string {
  return name.replace(/%(?=2F|25)/g, '%25').replaceAll('/', '%2F');
}

/** Paths of organizational units; each unit is read once, however many accounts are below it. */
function ouPaths(api: OrganizationsApi, call: Call): (accountId: string) => Promise<string> {
  const known = new Map<string, Promise<string>>();

  const parentOf = async (childId: string): Promise<Parent | undefined> => {
    const [parent] = await allPages((from) =>
      call('ListParents', () =>
        api.listParents({ ChildId: childId, ...(from === undefined ? {} : { NextToken: from }) }),
      ).then((page) => ({ items: page.Parents, next: page.NextToken })),
    );
    return parent;
  };

  const pathOf = (parent: Parent | undefined): Promise<string> => {
    const id = parent?.Id;
    if (id === undefined || parent?.Type === 'ROOT') return Promise.resolve('Root');
    const path = known.get(id) ?? readPath(id);
    known.set(id, path);
    return path;
  };

  const readPath = async (unitId: string): Promise<string> => {
    const [above, unit] = await Promise.all([
      parentOf(unitId).then(pathOf),
      call('DescribeOrganizationalUnit', () =>
        api.describeOrganizationalUnit({ OrganizationalUnitId: unitId }),
      ),
    ]);
    return `${above}/${segment(unit.OrganizationalUnit?.Name ?? unitId)}`;
  };

  return async (accountId) => pathOf(await parentOf(accountId));
}
