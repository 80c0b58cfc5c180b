import { concernKinds } from '../../collector/schema/concerns.ts';
import { concernName } from './concern-name.ts';
import type { KeyFilter } from './key-filter.ts';
import { rowsOf, text, type Viewer } from './view.ts';

/** What a viewer can choose from: the places that they may see, and every kind of concern. */
export interface FilterOptions {
  readonly accounts: readonly { readonly id: string; readonly name: string }[];
  /** Paths in order, those in between included. */
  readonly organizationalUnits: readonly string[];
  readonly regions: readonly string[];
  readonly concerns: readonly { readonly code: string; readonly label: string }[];
}

/** Accounts that are listed. Beyond, a filter on one that is not among them cannot be judged. */
const MOST_ACCOUNTS = 10_000;

export async function filterOptions(viewer: Viewer): Promise<FilterOptions> {
  const [accounts, regions] = await Promise.all([
    rowsOf(
      viewer,
      `SELECT a.account_id, a.account_name, a.ou_path FROM kms_insights.accounts AS a ORDER BY a.account_name, a.account_id LIMIT ${MOST_ACCOUNTS}`,
    ),
    rowsOf(
      viewer,
      'SELECT DISTINCT s.region FROM kms_insights.collection_status AS s WHERE s.region IS NOT NULL ORDER BY s.region LIMIT 1000',
    ),
  ]);
  return {
    accounts: accounts.map((row) => ({ id: text(row.account_id), name: text(row.account_name) })),
    organizationalUnits: unitsOf(accounts.map((row) => text(row.ou_path))),
    regions: regions.map((row) => text(row.region)),
    concerns: concernKinds.map(({ code }) => ({
      code,
      label: concernName(code, viewer.language),
    })),
  };
}

/** Root/Workloads holds accounts only by what is below it, and is a unit all the same. */
function unitsOf(paths: readonly string[]): string[] {
  const units = new Set<string>();
  for (const path of paths) {
    const names = path.split('/');
    for (let depth = 1; depth <= names.length; depth++) units.add(names.slice(0, depth).join('/'));
  }
  units.delete('');
  return [...units].sort();
}

/**
 * What of a filter names a place that is not in the data the viewer may see; null when all of it is.
 * A misspelt Region must not be told that it has no keys.
 */
export function unknownPlace(filter: KeyFilter, options: FilterOptions): string | null {
  const { account, ou, region } = filter;
  const all = options.accounts.length < MOST_ACCOUNTS;
  if (account !== undefined && all && !options.accounts.some(({ id }) => id === account))
    return `account ${account}`;
  if (ou !== undefined && !options.organizationalUnits.includes(ou))
    return `organizational unit ${JSON.stringify(ou)}`;
  if (region !== undefined && !options.regions.includes(region)) return `Region ${region}`;
  return null;
}
