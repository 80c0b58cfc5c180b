import { S3Client } from '@aws-sdk/client-s3';
import { athenaApi } from '../../../collector/aws/athena.ts';
import { CallerCredentialsError } from '../../../collector/aws/credentials-error.ts';
import {
  collectorPolicy,
  memberRolePolicy,
  memberRoleTrust,
  permissionsFor,
} from '../../../collector/aws/permissions.ts';
import { type Connection, connect } from '../../../collector/aws/sdk.ts';
import { collect } from '../../../collector/pipeline.ts';
import { analyzeKey } from '../../../collector/policy/analyze.ts';
import { readOrganization } from '../../../collector/read/organization.ts';
import { rateBudgets } from '../../../collector/read/rate-budget.ts';
import type { CollectOptions, Selected } from '../../../collector/run/options.ts';
import { folderStore } from '../../../collector/snapshot/folder-store.ts';
import { s3Location, s3Store } from '../../../collector/snapshot/s3-store.ts';
import type { SnapshotStore } from '../../../collector/snapshot/store.ts';
import { CliError, exitCode } from '../exit-codes.ts';
import { terminalSafe } from '../terminal.ts';
import { collectReport } from './collect-report.ts';

export interface AwsCollectOptions {
  /** A folder, or `s3://bucket/prefix`. */
  readonly data: string;
  readonly profile?: string;
  readonly regions?: readonly string[];
  readonly only?: readonly Selected[];
  /** The caller's own account alone. */
  readonly self?: true;
  readonly role: string;
  readonly externalId?: string;
  readonly validActions?: readonly string[];
  readonly share: number;
  readonly concurrency: number;
  readonly lookupMinutes: number;
  /** The table over the logs of the organization trail, as `database.table`. */
  readonly trail?: string;
  readonly trailWorkgroup: string;
  readonly trailRegion?: string;
  readonly trailDays: number;
  readonly trailMinutes: number;
  readonly keepSnapshots: number;
  readonly resume?: string;
  readonly dryRun?: true;
  readonly log: 'text' | 'json';
}

/** Collects a real organization. Ctrl-C ends it such that it can be resumed. */
export async function collectFromAws(options: AwsCollectOptions): Promise<void> {
  const connection = await connectOrExplain(options);
  const only = options.self ? [{ accountId: connection.caller.accountId }] : options.only;
  if (options.dryRun) return explain(options, connection, only);

  const stop = new AbortController();
  const interrupt = () => stop.abort(new Error('Interrupted.'));
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const report = collectReport(options.log);
  report.begins(
    `Collecting as ${connection.caller.arn} into ${options.data}, each other account through the role ${options.role}.`,
  );
  try {
    const result = await collect({
      aws: connection.api,
      store: storeOf(options),
      clock: () => new Date(),
      origin: 'aws',
      seed: null,
      analyze: analyzeKey,
      callFor: rateBudgets({ share: options.share }),
      keepSnapshots: options.keepSnapshots,
      lookupBudgetMs: options.lookupMinutes * 60_000,
      concurrency: { accountRegions: options.concurrency },
      ...trailOf(options),
      ...(options.regions === undefined ? {} : { regions: options.regions }),
      ...(only === undefined ? {} : { only }),
      ...(options.validActions === undefined ? {} : { validActions: options.validActions }),
      ...(options.resume === undefined ? {} : { resume: options.resume }),
      onProgress: report.progress,
      onStatus: report.status,
      signal: stop.signal,
    }).catch(report.failed);
    report.published(result);
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    report.ends();
  }
}

async function connectOrExplain(options: AwsCollectOptions): Promise<Connection> {
  const { profile, role: name, externalId } = options;
  try {
    return await connect({ profile, role: { name, externalId, sessionName: 'kms-insights' } });
  } catch (error) {
    if (!(error instanceof CallerCredentialsError)) throw error;
    throw new CliError(
      exitCode.notCollected,
      'CREDENTIALS',
      error.message,
      'Sign in (aws sso login, for example) and name the profile with --profile; or try a simulated organization: kms-insights collect --simulate',
    );
  }
}

function trailOf(options: AwsCollectOptions): Pick<CollectOptions, 'trail'> {
  const { trail: table, trailWorkgroup: workgroup, trailDays: days, profile } = options;
  if (table === undefined) return {};
  return {
    trail: {
      athena: athenaApi({ profile, region: options.trailRegion }),
      settings: { table, workgroup, days, timeLimitMs: options.trailMinutes * 60_000 },
    },
  };
}

function storeOf({ data, profile }: AwsCollectOptions): SnapshotStore {
  if (!data.startsWith('s3:')) return folderStore(data);
  const location = s3Location(data);
  if (!location) {
    throw new CliError(
      exitCode.refused,
      'BAD_OPTION',
      `--data ${terminalSafe(data)} is no place in S3.`,
      'Example: --data s3://my-bucket/kms-insights',
    );
  }
  const client = new S3Client({
    followRegionRedirects: true,
    ...(profile === undefined ? {} : { profile }),
  });
  return s3Store(client, location);
}

function trailLines({ trail, trailWorkgroup, trailDays }: AwsCollectOptions): readonly string[] {
  if (trail === undefined) return [];
  return [
    `Who used and changed keys would come from the organization trail: the last ${trailDays} days of ${trail}, by a query in the workgroup ${trailWorkgroup}.`,
  ];
}

/** What a collection would call and what it needs for that. Reads the organization, and nothing else. */
async function explain(
  options: AwsCollectOptions,
  { api, caller }: Connection,
  only: readonly Selected[] | undefined,
): Promise<void> {
  const call = rateBudgets({ share: options.share })(null, null);
  const { id, accounts, isPartial } = await readOrganization(api.organizations, call, {
    orThese: only?.map((selected) => selected.accountId) ?? [],
  }).catch((error: unknown) => {
    throw new CliError(
      exitCode.notCollected,
      'ORGANIZATION_UNREADABLE',
      `The organization could not be read: ${error instanceof Error ? error.message : String(error)}`,
      'Run in the management account or a delegated administrator of AWS Organizations, or name accounts with --only or --self.',
    );
  });
  const isRead = (accountId: string) => !only || only.some((s) => s.accountId === accountId);
  const read = accounts.filter((a) => a.state === 'ACTIVE' && isRead(a.account_id));
  const organization = isPartial
    ? `${id ?? 'no organization'}, which cannot be listed`
    : `organization ${id}`;
  const source = options.trail === undefined ? 'event history' : 'trail';
  const lines = [
    `You are ${caller.arn}.`,
    `Would read ${read.length} of ${accounts.length} accounts (${organization}), in ${options.regions ? `the Regions ${options.regions.join(', ')}` : 'every enabled Region of each'}, into ${options.data}.`,
    ...trailLines(options),
    '',
    'Calls, each once (and once more a page) for:',
    ...permissionsFor(source).map(
      ({ action, per, who, note }) =>
        `  ${action.padEnd(42)} ${per}${note ? ` (${note})` : ''}, by the ${who}`,
    ),
    '',
    `The collector needs:`,
    JSON.stringify(collectorPolicy(caller.partition, options.role, source), null, 2),
    '',
    `The role ${options.role} in each account but ${caller.accountId} needs:`,
    JSON.stringify(memberRolePolicy(source), null, 2),
    '',
    'and this trust policy:',
    JSON.stringify(
      memberRoleTrust(caller.arn, options.externalId === undefined ? undefined : '<external id>'),
      null,
      2,
    ),
    '',
    'Nothing was read but the organization, and nothing was written.',
  ];
  console.log(lines.map((line) => line.split('\n').map(terminalSafe).join('\n')).join('\n'));
}
