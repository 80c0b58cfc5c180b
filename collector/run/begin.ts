import { type Call, retrying } from '../read/call.ts';
import { errorMessage } from '../read/errors.ts';
import { describeFailures } from '../read/failure.ts';
import { readOrganization } from '../read/organization.ts';
import { newRunId } from '../snapshot/id.ts';
import { type Run, readRun, stageRun } from '../snapshot/staging.ts';
import { CollectError, type CollectOptions } from './options.ts';

/** Reads the organization, and stages what every part of the run must know. */
export async function beginRun(options: CollectOptions): Promise<Run> {
  const { aws, clock, store, signal } = options;
  const asOf = clock();
  const call = callFor(options, null, null);
  const known = options.only?.map((selected) => selected.accountId) ?? [];
  const { id, accounts, failures, isPartial } = await readOrganization(aws.organizations, call, {
    signal,
    orThese: known,
  }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw new CollectError(
      'ORGANIZATION_UNREADABLE',
      `The organization could not be read: ${errorMessage(error)}`,
      'Run in the management account or a delegated administrator of AWS Organizations, with organizations:DescribeOrganization and organizations:ListAccounts allowed.',
      null,
      { cause: error },
    );
  });
  const run: Run = {
    id: newRunId(asOf),
    asOf,
    origin: options.origin,
    seed: options.seed,
    organization: {
      id,
      accountIds: new Set(accounts.map((account) => account.account_id)),
      ...(isPartial ? { isPartial } : {}),
    },
    accounts,
    accountFailures: new Map(
      [...failures].flatMap(([accountId, ofAccount]) => {
        const described = describeFailures(ofAccount);
        return described ? [[accountId, described]] : [];
      }),
    ),
  };
  await stageRun(store, run);
  return run;
}

/** A run that was begun before. Throws {@link CollectError} when there is none of this id. */
export async function resumeRun(options: CollectOptions, runId: string): Promise<Run> {
  const run = await readRun(options.store, runId);
  if (run && run.origin === options.origin && run.seed === options.seed) return run;
  throw new CollectError(
    'NO_SUCH_RUN',
    run
      ? `The run ${runId} is about another organization (${run.origin}, seed ${run.seed}).`
      : `There is no unfinished run ${runId}.`,
    'Collect again without resuming.',
    null,
  );
}

/** The door for the requests of one account and Region. */
export function callFor(
  options: Pick<CollectOptions, 'callFor'> & { readonly signal?: AbortSignal | undefined },
  accountId: string | null,
  region: string | null,
): Call {
  const { signal } = options;
  return options.callFor?.(accountId, region, signal) ?? retrying({ signal });
}
