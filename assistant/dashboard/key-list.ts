import { kmsKeys } from '../../collector/schema/tables.ts';
import type { Cell, ResultColumn } from '../engine/engine.ts';
import { quoteText } from '../guard/render/quote.ts';
import { conditionOf, type KeyFilter } from './key-filter.ts';
import { count, type DataShown, dataShown, rowsOf, type Viewer } from './view.ts';

/** The keys of a filter, as a table. */
export interface KeyList extends DataShown {
  readonly filter: KeyFilter;
  readonly alias: string | null;
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly Cell[])[];
  /** How many keys there are; more than the rows when it is beyond the most that are given. */
  readonly total: number;
}

const MOST_ROWS = 10_000;

/** The columns that the table shows, most telling first. */
const shownColumns = [
  'key_id',
  'alias',
  'account_id',
  'account_name',
  'region',
  'key_manager',
  'key_state',
  'max_severity',
  'concern_codes',
  'usage_status',
  'last_used_at',
  'days_unused',
  'monthly_cost_usd',
  'ou_path',
  'key_arn',
] as const satisfies readonly (keyof typeof kmsKeys.columns)[];

/** At most 10,000 keys; `alias` finds those with an alias that holds it, case aside. */
export async function keyList(
  viewer: Viewer,
  filter: KeyFilter,
  alias: string | null,
): Promise<KeyList> {
  const named =
    alias === null
      ? ''
      : ` AND strpos(lower(array_join(k.aliases, ' ')), lower(${quoteText(alias)})) > 0`;
  const from = `FROM kms_insights.kms_keys AS k WHERE ${conditionOf(filter)}${named}`;
  const [shown, totals, rows] = await Promise.all([
    dataShown(viewer, filter),
    rowsOf(viewer, `SELECT count(*) AS n ${from}`),
    rowsOf(
      viewer,
      `SELECT ${shownColumns.map((name) => `k.${name}`).join(', ')} ${from}
       ORDER BY k.account_id, k.region, k.key_id LIMIT ${MOST_ROWS}`,
      true,
    ),
  ]);
  return {
    ...shown,
    filter,
    alias,
    columns: shownColumns.map((name) => ({ name, type: kmsKeys.columns[name].type })),
    rows: rows.map((row) => shownColumns.map((name) => row[name] ?? null)),
    total: count(totals[0]?.n),
  };
}
