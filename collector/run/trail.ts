import type { Run } from '../snapshot/staging.ts';
import { stageTrail } from '../usage/trail.ts';
import { callFor } from './begin.ts';
import type { CollectOptions } from './options.ts';

/** Asks the organization trail about what this run reads, where there is one. Throws as `stageTrail`. */
export async function askTrail(options: CollectOptions, run: Run): Promise<void> {
  const { trail, only, store, signal } = options;
  if (!trail) return;
  const isRead = (accountId: string) => !only || only.some((s) => s.accountId === accountId);
  const accounts = run.accounts
    .filter((account) => account.state === 'ACTIVE' && isRead(account.account_id))
    .map((account) => account.account_id);
  const call = callFor(options, null, null);
  const target = { runId: run.id, asOf: run.asOf, accounts, regions: regionsOf(options) };
  await stageTrail(trail, target, { store, call, signal });
}

/** The Regions that may be read; null where the enabled ones of each account are. */
function regionsOf({ regions, only }: CollectOptions): readonly string[] | null {
  const selected = only?.map((s) => s.region);
  const named = selected?.filter((region) => region !== undefined);
  if (named && named.length === selected?.length) {
    return [...new Set(named)].filter((region) => !regions || regions.includes(region)).sort();
  }
  return regions ?? null;
}
