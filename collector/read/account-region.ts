import pMap from 'p-map';
import type { AccountRegionApi, AwsApi } from '../aws/api.ts';
import type { Organization } from '../policy/types.ts';
import { type AnalyzeKey, type KeyRows, type KeyRowsInput, keyRows } from '../rows/key-rows.ts';
import type { AccountRow, CollectionStatusRow } from '../schema/tables.ts';
import type { Stage } from '../snapshot/staging.ts';
import { settleUsage } from '../usage/settle.ts';
import type { RememberedEvents, UsageSource } from '../usage/source.ts';
import type { Call } from './call.ts';
import { errorMessage } from './errors.ts';
import { condensed, describeFailures, type Failure, failureOf } from './failure.ts';
import {
  type KeyOutcome,
  type KeyReading,
  type ListedKey,
  listAliases,
  listKeys,
  readKey,
} from './key.ts';

/** Everything the reading of one account-Region needs. */
export interface AccountRegionContext {
  readonly enter: AwsApi['enter'];
  readonly call: Call;
  readonly account: AccountRow;
  readonly region: string;
  readonly organization: Organization;
  /** What could not be read about the account itself. */
  readonly accountFailure: { readonly code: string; readonly message: string } | null;
  readonly asOf: Date;
  readonly clock: () => Date;
  readonly analyze: AnalyzeKey;
  /** Opens the record of who used or changed the keys here. */
  readonly openUsage: (api: AccountRegionApi, call: Call) => UsageSource;
  /** What earlier collections found of who used and changed these keys. */
  readonly remembered: (keyIds: readonly string[]) => Promise<RememberedEvents>;
  readonly isUse: (operation: string) => boolean;
  /** How many keys are read side by side. */
  readonly keysAtOnce: number;
  readonly signal?: AbortSignal | undefined;
  readonly onKeys?: ((count: number) => void) | undefined;
}

/**
 * So many keys are read before their rows are staged: rows are held no longer in memory. What is lost
 * when a reading ends early is the batch whose rows are being made and the next one, less than a minute
 * of reading at the quotas of KMS.
 */
const BATCH = 100;

/**
 * Reads one account-Region and stages its rows.
 *
 * Throws only when it is aborted or cannot stage: whatever AWS refuses becomes part of the status.
 */
export async function readAccountRegion(
  context: AccountRegionContext,
  stage: Stage,
): Promise<CollectionStatusRow> {
  const { account, region, clock, signal } = context;
  let startedAt = clock();
  const status = (
    outcome: Pick<CollectionStatusRow, 'status' | 'keys_seen' | 'error_code' | 'error_message'>,
  ): CollectionStatusRow => ({
    account_id: account.account_id,
    region,
    ...outcome,
    started_at: startedAt,
    finished_at: clock(),
  });

  const opened = await open(context);
  if (opened.kind === 'failed') {
    signal?.throwIfAborted();
    const failed = describeFailures([opened.failure]);
    return status({
      status: 'FAILED',
      keys_seen: 0,
      error_code: failed?.code ?? null,
      error_message: failed?.message ?? null,
    });
  }
  const { api, keys } = opened;
  const before = await stage.resume();
  startedAt = before?.startedAt ?? startedAt;
  let failures = before?.failures ?? [];
  let seen = before?.seen ?? 0;
  // A key that came since then, below where the reading has got to, was not there when the run began.
  const left = before ? keys.filter((key) => key.id > before.lastKeyId) : keys;
  context.onKeys?.(seen);
  if (left.length > 0) {
    const aliases = await listAliases(api.kms, context.call).catch((error: unknown) => {
      signal?.throwIfAborted();
      failures = [...failures, failureOf('ListAliases', error)];
      return null;
    });
    const usage = context.openUsage(api, context.call);
    const batches = Array.from({ length: Math.ceil(left.length / BATCH) }, (_, n) =>
      left.slice(n * BATCH, (n + 1) * BATCH),
    );
    const reading = ahead(batches, (batch) => readKeys(context, api, batch));
    for await (const [batch, outcomes] of reading) {
      signal?.throwIfAborted();
      const staged = await stageBatch(context, outcomes, aliases, usage, stage);
      seen += batch.length - staged.gone;
      failures = condensed([...failures, ...staged.failures]);
      const lastKeyId = batch.at(-1)?.id ?? '';
      await stage.checkpoint({ lastKeyId, seen, startedAt, failures });
    }
  }
  const partial = describeFailures(failures);
  const about = context.accountFailure;
  const messages = [partial?.message, about?.message].filter((m) => m !== undefined);
  return status({
    status: messages.length > 0 ? 'PARTIAL' : 'OK',
    keys_seen: seen,
    error_code: partial?.code ?? about?.code ?? null,
    error_message: messages.length > 0 ? messages.join(' ') : null,
  });
}

type Opened =
  | { readonly kind: 'open'; readonly api: AccountRegionApi; readonly keys: readonly ListedKey[] }
  | { readonly kind: 'failed'; readonly failure: Failure };

async function open({ enter, call, account, region }: AccountRegionContext): Promise<Opened> {
  let api: AccountRegionApi;
  try {
    api = await call('AssumeRole', () => enter(account.account_id, region));
  } catch (error) {
    return { kind: 'failed', failure: failureOf('AssumeRole', error) };
  }
  try {
    return { kind: 'open', api, keys: await listKeys(api.kms, call) };
  } catch (error) {
    return { kind: 'failed', failure: failureOf('ListKeys', error) };
  }
}

/**
 * What was read for each item, in order. The next item is read while one is in use: AWS KMS and the
 * record of usage have quotas of their own, and neither waits for the other.
 */
async function* ahead<Item, Read>(
  items: readonly Item[],
  read: (item: Item) => Promise<Read>,
): AsyncGenerator<readonly [Item, Read]> {
  const begin = (item: Item | undefined) => {
    if (item === undefined) return undefined;
    const reading = read(item);
    // Awaited below, unless the use of the item before it fails.
    reading.catch(() => undefined);
    return reading;
  };
  let next = begin(items[0]);
  for (const [n, item] of items.entries()) {
    if (next === undefined) return;
    const result = await next;
    next = begin(items[n + 1]);
    yield [item, result];
  }
}

interface ReadKey {
  readonly outcome: KeyOutcome;
  readonly collectedAt: Date;
}

async function readKeys(
  { call, keysAtOnce, signal, clock, onKeys }: AccountRegionContext,
  api: AccountRegionApi,
  batch: readonly ListedKey[],
): Promise<readonly ReadKey[]> {
  return pMap(
    batch,
    async (key) => {
      const outcome = await readKey(api.kms, call, key, signal);
      const collectedAt = clock();
      onKeys?.(1);
      return { outcome, collectedAt };
    },
    { concurrency: keysAtOnce, ...(signal ? { signal } : {}) },
  );
}

async function stageBatch(
  context: AccountRegionContext,
  outcomes: readonly ReadKey[],
  aliases: ReadonlyMap<string, readonly string[]> | null,
  usage: UsageSource,
  stage: Stage,
): Promise<{ readonly gone: number; readonly failures: readonly Failure[] }> {
  const { account, region, organization, asOf, isUse } = context;
  const failures = outcomes.flatMap(({ outcome }) =>
    outcome.kind === 'gone' ? [] : outcome.failures,
  );
  const readings = outcomes.flatMap(({ outcome, collectedAt }) =>
    outcome.kind === 'read' ? [{ reading: outcome.reading, collectedAt }] : [],
  );
  const remembered = await context.remembered(readings.map(({ reading }) => reading.key.id));
  const recorded = await usage.read(
    readings.map(({ reading }) => ({ ...reading.key, lastUsage: reading.lastUsage })),
    remembered,
  );
  failures.push(...recorded.failures);
  for (const { reading, collectedAt } of readings) {
    const events = recorded.events.get(reading.key.arn) ?? [];
    const { rows, failure } = rowsOf({
      account,
      region,
      organization,
      reading,
      aliases: aliases && (aliases.get(reading.key.id) ?? []),
      usage: settleUsage(reading.lastUsage, events, isUse, remembered.get(reading.key.arn)),
      asOf,
      collectedAt,
      analyze: context.analyze,
    });
    if (failure) failures.push(failure);
    stage.add({
      kms_keys: [rows.key],
      key_permissions: rows.permissions,
      key_concerns: rows.concerns,
      key_usage: rows.usage,
    });
  }
  return {
    gone: outcomes.filter(({ outcome }) => outcome.kind === 'gone').length,
    failures,
  };
}

/**
 * The rows of a key. A policy that the analysis stumbles over counts as unreadable: the run goes on,
 * and no key looks harmless because of a defect.
 */
function rowsOf(input: KeyRowsInput): { readonly rows: KeyRows; readonly failure: Failure | null } {
  try {
    return { rows: keyRows(input), failure: null };
  } catch (error) {
    const reading: KeyReading = { ...input.reading, policy: null, grants: null };
    return {
      rows: keyRows({ ...input, reading }),
      failure: {
        api: 'GetKeyPolicy',
        code: 'AnalysisFailed',
        message: errorMessage(error),
        keyId: input.reading.key.id,
      },
    };
  }
}
