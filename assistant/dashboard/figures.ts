import { keyManagers, severities, usageStatuses } from '../../collector/schema/enums.ts';
import { concernName } from './concern-name.ts';
import {
  conditionOf,
  type KeyFilter,
  type MarkFilter,
  placesRead,
  questionForCost,
  questionForKeys,
} from './key-filter.ts';
import type { FilterOptions } from './options.ts';
import {
  count,
  type DataShown,
  dataShown,
  type NamedRow,
  rowsOf,
  text,
  type Viewer,
} from './view.ts';

/** A number of keys, and the question that lists them; null where none can say which they are. */
export interface Mark {
  readonly keys: number;
  readonly question: string | null;
}

/** A mark for one value of a column; null for keys of which it is not known. */
export interface ValueMark extends Mark {
  readonly value: string | null;
}

export interface RegionMark extends Mark {
  readonly region: string;
  readonly managers: readonly ValueMark[];
}

export interface AccountMark extends Mark {
  readonly accountId: string;
  readonly accountName: string;
}

export interface ConcernMark extends Mark {
  readonly code: string;
  readonly label: string;
}

/** One day of the history. */
export interface TrendPoint {
  /** YYYY-MM-DD (UTC). */
  readonly date: string;
  readonly snapshotId: string;
  readonly keys: number;
  readonly customerManaged: number;
  /** Keys whose highest severity is CRITICAL or HIGH. */
  readonly grave: number;
  readonly monthlyCostUsd: number;
  /** Account-Regions that could not be read: their keys are missing from the other numbers. */
  readonly unread: number;
}

/** The figures about the keys of a filter. */
export interface DashboardFigures extends DataShown {
  readonly filter: KeyFilter;
  readonly options: FilterOptions;
  readonly total: Mark;
  /** Customer managed first, as in each Region. */
  readonly managers: readonly ValueMark[];
  /** Most keys first, as are accounts and concerns. */
  readonly regions: readonly RegionMark[];
  readonly accounts: readonly AccountMark[];
  /** Accounts beyond those, and their keys. */
  readonly otherAccounts: { readonly accounts: number; readonly keys: number };
  /** A key with several concerns counts for each of them. */
  readonly concerns: readonly ConcernMark[];
  /** By the highest severity among the concerns of a key; keys without a concern are in none. */
  readonly severities: readonly ValueMark[];
  readonly usage: readonly ValueMark[];
  readonly cost: {
    readonly monthlyUsd: number;
    /** Keys whose price is not known. */
    readonly unknownKeys: number;
    readonly question: string | null;
  };
  /** Oldest first. A single point is no trend. */
  readonly trend: readonly TrendPoint[];
}

/** Accounts that are drawn; the others are told as a sum. */
const ACCOUNTS_SHOWN = 15;
const TREND_DAYS = 90;

/** The figures of the dashboard, each from a checked query over the snapshot in force. */
export async function dashboardFigures(
  viewer: Viewer,
  filter: KeyFilter,
  options: FilterOptions,
): Promise<DashboardFigures> {
  const where = conditionOf(filter);
  const from = `FROM kms_insights.kms_keys AS k WHERE ${where}`;
  const rows = (sql: string, limit = 1_000) => rowsOf(viewer, `${sql} LIMIT ${limit}`);
  const [shown, byPlace, byAccount, [distinct], byConcern, byState, trend] = await Promise.all([
    dataShown(viewer, filter),
    rows(
      `SELECT k.region, k.key_manager, count(*) AS n ${from} GROUP BY k.region, k.key_manager ORDER BY k.region`,
    ),
    rows(
      `SELECT k.account_id, k.account_name, count(*) AS n ${from} GROUP BY k.account_id, k.account_name ORDER BY n DESC, k.account_id`,
      ACCOUNTS_SHOWN,
    ),
    rows(`SELECT count(DISTINCT k.account_id) AS accounts ${from}`),
    rows(
      `SELECT c.code, count(*) AS n FROM kms_insights.kms_keys AS k CROSS JOIN UNNEST(k.concern_codes) AS c(code)
       WHERE ${where} GROUP BY c.code ORDER BY n DESC, c.code`,
    ),
    rows(
      `SELECT k.max_severity, k.usage_status, count(*) AS n, sum(k.monthly_cost_usd) AS cost,
       count_if(k.monthly_cost_usd IS NULL) AS unpriced ${from} GROUP BY k.max_severity, k.usage_status`,
    ),
    trendOf(viewer, filter),
  ]);

  const mark = (keys: number, more: MarkFilter = {}): Mark => ({
    keys,
    question: questionForKeys({ ...filter, ...more }, viewer.language),
  });
  const managersOf = (found: readonly NamedRow[], more: MarkFilter = {}): ValueMark[] =>
    [...keyManagers.map(({ value }) => value), null]
      .map((value) => ({ value, keys: sum(found.filter((row) => row.key_manager === value)) }))
      .filter(({ keys }) => keys > 0)
      .map(({ value, keys }) => ({
        value,
        ...(value === null ? { keys, question: null } : mark(keys, { ...more, manager: value })),
      }));

  return {
    ...shown,
    filter,
    options,
    total: mark(sum(byPlace)),
    managers: managersOf(byPlace),
    regions: [...new Set(byPlace.map((row) => text(row.region)))]
      .map((region) => ({ region, keys: sum(byPlace.filter((row) => row.region === region)) }))
      .sort((a, b) => b.keys - a.keys)
      .map(({ region, keys }) => ({
        region,
        ...mark(keys, { region }),
        managers: managersOf(
          byPlace.filter((row) => row.region === region),
          { region },
        ),
      })),
    accounts: byAccount.map((row) => ({
      accountId: text(row.account_id),
      accountName: text(row.account_name),
      ...mark(count(row.n), { account: text(row.account_id) }),
    })),
    otherAccounts: {
      accounts: count(distinct?.accounts) - byAccount.length,
      keys: sum(byPlace) - sum(byAccount),
    },
    concerns: byConcern.map((row) => ({
      code: text(row.code),
      label: concernName(text(row.code), viewer.language),
      ...mark(count(row.n), concernOf(filter, text(row.code))),
    })),
    severities: severities
      .map(({ value }) => ({
        value,
        ...mark(sum(byState.filter((row) => row.max_severity === value)), { severity: value }),
      }))
      .filter(({ keys }) => keys > 0),
    usage: usageStatuses.map(({ value }) => ({
      value,
      ...mark(sum(byState.filter((row) => row.usage_status === value)), { usage: value }),
    })),
    cost: {
      monthlyUsd: byState.reduce((total, row) => total + Number(row.cost ?? 0), 0),
      unknownKeys: byState.reduce((total, row) => total + count(row.unpriced), 0),
      question: questionForCost(filter, viewer.language),
    },
    trend,
  };
}

/** Every day of the last 90 on which a snapshot was published, also where it has no such key. */
async function trendOf(viewer: Viewer, filter: KeyFilter): Promise<TrendPoint[]> {
  const since = `snapshot_date >= date_add('day', -${TREND_DAYS}, current_date)`;
  const [days, keys] = await Promise.all([
    rowsOf(
      viewer,
      `SELECT CAST(s.snapshot_date AS varchar) AS day, s.snapshot_id,
       count_if(s.status = 'FAILED' AND ${placesRead(filter)}) AS unread
       FROM kms_insights.collection_status_history AS s WHERE s.${since}
       GROUP BY s.snapshot_date, s.snapshot_id ORDER BY s.snapshot_date LIMIT 1000`,
    ),
    rowsOf(
      viewer,
      `SELECT k.snapshot_id, count(*) AS n, count_if(k.key_manager = 'CUSTOMER') AS customer,
       count_if(k.max_severity IN ('CRITICAL', 'HIGH')) AS grave, sum(k.monthly_cost_usd) AS cost
       FROM kms_insights.kms_keys_history AS k WHERE k.${since} AND ${conditionOf(filter)}
       GROUP BY k.snapshot_id LIMIT 1000`,
    ),
  ]);
  return days.map((day) => {
    const found = keys.find((row) => row.snapshot_id === day.snapshot_id);
    return {
      date: text(day.day),
      snapshotId: text(day.snapshot_id),
      keys: count(found?.n),
      customerManaged: count(found?.customer),
      grave: count(found?.grave),
      monthlyCostUsd: Number(found?.cost ?? 0),
      unread: count(day.unread),
    };
  });
}

/** A concern beside the one that the view is about. */
const concernOf = (filter: KeyFilter, code: string): MarkFilter =>
  filter.concern === undefined || filter.concern === code
    ? { concern: code }
    : { otherConcern: code };

const sum = (rows: readonly NamedRow[]): number =>
  rows.reduce((total, row) => total + count(row.n), 0);
