import pMap from 'p-map';
import { baseTables } from '../../collector/schema/tables.ts';
import type { Column } from '../../collector/schema/types.ts';
import type { Engine } from '../engine/engine.ts';
import { guard } from '../guard/guard.ts';
import type { DataValues } from './translator.ts';

/** More distinct values than this are not read; the rest can still be asked for by exact text. */
const MOST_VALUES = 1_000_000;

/** How many queries run side by side: on Athena each waits longer than it works. */
const AT_ONCE = 5;

/**
 * Columns whose values people name in questions: text that is not one of a closed set. Ids that are
 * unique to a row are recognised by their form instead.
 */
function isNamed(name: string, column: Column): boolean {
  if (column.values || /(_id|_arn)$/.test(name)) return false;
  if (column.type !== 'varchar' && column.type !== 'array(varchar)') return false;
  return column.role === 'category' || column.role === 'identifier' || name === 'account_name';
}

/** Reads the values that occur in the data, within the caller's scope. */
export async function loadDataValues(
  engine: Engine,
  accountScope: readonly string[] | null,
): Promise<DataValues> {
  const read = async (sql: string) => {
    const checked = guard(sql, {
      asOf: new Date(engine.snapshot.asOf),
      accountScope,
      defaultLimit: MOST_VALUES,
      maxLimit: MOST_VALUES,
    });
    if (!checked.ok) throw new Error(`a vocabulary query was refused: ${checked.error.message}`);
    return (await engine.run(checked.query)).rows.map((row) => row.map(String));
  };

  const named = baseTables.flatMap((table) =>
    Object.entries(table.columns as Record<string, Column>)
      .filter(([name, column]) => isNamed(name, column))
      .map(([name, column]) => ({ table: table.name, name, type: column.type })),
  );
  const columns = new Map(
    await pMap(
      named,
      async ({ table, name, type }) => {
        const from = `kms_insights.${table}`;
        const rows = await read(
          type === 'varchar'
            ? `SELECT DISTINCT ${name} AS v FROM ${from} WHERE ${name} IS NOT NULL ORDER BY v`
            : `SELECT DISTINCT u.v AS v FROM ${from} CROSS JOIN UNNEST(${name}) AS u (v) ORDER BY v`,
        );
        return [`${table}.${name}`, rows.map(([v]) => v ?? '')] as const;
      },
      { concurrency: AT_ONCE },
    ),
  );
  const [tags, accounts, roles, [tracked]] = await Promise.all([
    read(
      'SELECT DISTINCT u.k AS k, u.v AS v FROM kms_insights.kms_keys CROSS JOIN UNNEST(tags) AS u (k, v) ORDER BY k, v',
    ),
    read('SELECT account_id, account_name FROM kms_insights.accounts ORDER BY account_id'),
    // Sessions of one role are many, so the role is read and not they.
    read(
      "SELECT DISTINCT split_part(principal_arn, '/', 2) AS role FROM kms_insights.key_usage WHERE strpos(principal_arn, ':assumed-role/') > 0 ORDER BY role",
    ),
    read(
      'SELECT CAST(date(min(usage_tracked_since)) AS varchar) AS since FROM kms_insights.kms_keys WHERE usage_tracked_since IS NOT NULL',
    ),
  ]);
  return {
    column: (table, column) => columns.get(`${table}.${column}`) ?? [],
    tags: tags.map(([key = '', value = '']) => ({ key, value })),
    accounts: accounts.map(([id = '', name = '']) => ({ id, name })),
    callerRoles: roles.map(([role = '']) => role),
    usageTrackedSince: tracked?.[0]?.match(/^\d{4}-\d\d-\d\d/)?.[0],
  };
}
