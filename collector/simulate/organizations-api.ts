import type { Account } from '@aws-sdk/client-organizations';
import type { OrganizationsApi } from '../aws/api.ts';
import {
  childNotFound,
  invalidOrganizationsToken,
  targetNotFound,
  unitNotFound,
} from './errors.ts';
import type { AccountPlan, OrganizationPlan } from './organization.ts';
import { pageOf } from './paging.ts';

/** AWS stopped sending Account.Status on this day; State takes its place. */
const STATUS_RETIRED = Date.UTC(2026, 8, 9);

/** AWS Organizations as the management account, or its delegate, sees it. */
export function simulatedOrganizations(plan: OrganizationPlan): OrganizationsApi {
  const { management, units, accounts, accountById } = plan;
  const arnOf = (rest: string): string => `arn:aws:organizations::${management.id}:${rest}`;
  const unitById = new Map(units.map((unit) => [unit.id, unit]));

  const describe = (account: AccountPlan): Account => ({
    Id: account.id,
    Arn: arnOf(`account/${plan.id}/${account.id}`),
    Email: account.email,
    Name: account.name,
    ...(plan.asOf.getTime() < STATUS_RETIRED &&
    (account.state === 'ACTIVE' ||
      account.state === 'SUSPENDED' ||
      account.state === 'PENDING_CLOSURE')
      ? { Status: account.state }
      : {}),
    State: account.state,
    Paths: [`${[plan.id, ...account.parentIds, account.id].join('/')}/`],
    JoinedMethod: account.joinedMethod,
    JoinedTimestamp: account.joinedAt,
  });

  return {
    describeOrganization: async () => ({
      Organization: {
        Id: plan.id,
        Arn: arnOf(`organization/${plan.id}`),
        FeatureSet: 'ALL',
        MasterAccountArn: arnOf(`account/${plan.id}/${management.id}`),
        MasterAccountId: management.id,
        MasterAccountEmail: management.email,
        AvailablePolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }],
      },
    }),

    listAccounts: async ({ NextToken, MaxResults }) => {
      const size = Math.min(MaxResults ?? 20, 20);
      const page = pageOf(accounts, 'accounts', size, NextToken, invalidOrganizationsToken);
      return {
        Accounts: page.items.map(describe),
        ...(page.next === null ? {} : { NextToken: page.next }),
      };
    },

    listParents: async ({ ChildId }) => {
      const parent =
        accountById.get(ChildId ?? '')?.parentId ?? unitById.get(ChildId ?? '')?.parentId;
      if (parent === undefined) throw childNotFound();
      return {
        Parents: [{ Id: parent, Type: parent === plan.rootId ? 'ROOT' : 'ORGANIZATIONAL_UNIT' }],
      };
    },

    describeOrganizationalUnit: async ({ OrganizationalUnitId }) => {
      const unit = unitById.get(OrganizationalUnitId ?? '');
      if (unit === undefined) throw unitNotFound();
      return {
        OrganizationalUnit: {
          Id: unit.id,
          Arn: arnOf(`ou/${plan.id}/${unit.id}`),
          Name: unit.name,
        },
      };
    },

    listTagsForResource: async ({ ResourceId }) => {
      const account = accountById.get(ResourceId ?? '');
      if (account !== undefined) return { Tags: account.tags.map((tag) => ({ ...tag })) };
      if (unitById.has(ResourceId ?? '') || ResourceId === plan.rootId) return { Tags: [] };
      throw targetNotFound();
    },
  };
}
