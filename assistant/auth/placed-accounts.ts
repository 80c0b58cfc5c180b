import type { Assistant } from '../assistant.ts';
import { guard } from '../guard/guard.ts';
import type { PlacedAccount } from './access.ts';

const SQL = 'SELECT account_id, ou_path FROM kms_insights.accounts';

/** The accounts of the snapshot in force, read once for each snapshot. */
export function placedAccounts({
  dependencies,
}: Pick<Assistant, 'dependencies'>): () => Promise<readonly PlacedAccount[]> {
  let read: { readonly snapshotId: string; readonly accounts: Promise<readonly PlacedAccount[]> };
  return async () => {
    const { engine } = await dependencies(null);
    const { snapshotId, asOf } = engine.snapshot;
    if (read?.snapshotId !== snapshotId) {
      const checked = guard(SQL, {
        asOf: new Date(asOf),
        accountScope: null,
        defaultLimit: MOST_ACCOUNTS,
        maxLimit: MOST_ACCOUNTS,
      });
      if (!checked.ok) throw new Error(`the accounts were refused: ${checked.error.message}`);
      const accounts = engine.run(checked.query).then(({ rows }) =>
        rows.map(([id, ouPath]) => ({
          id: String(id),
          ouPath: ouPath === null ? null : String(ouPath),
        })),
      );
      read = { snapshotId, accounts };
      accounts.catch(() => {
        read = { snapshotId: '', accounts };
      });
    }
    return read.accounts;
  };
}

/** An organization may have ten thousand accounts ("Quotas for AWS Organizations", by request). */
const MOST_ACCOUNTS = 50_000;
