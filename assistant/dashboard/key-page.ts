import { concernKinds } from '../../collector/schema/concerns.ts';
import { baseTables, kmsKeys } from '../../collector/schema/tables.ts';
import { quoteText } from '../guard/render/quote.ts';
import { concernName } from './concern-name.ts';
import { type DataShown, dataShown, type NamedRow, rowsOf, text, type Viewer } from './view.ts';

/** A kind of concern as people need it to act: what it is, why it matters, how to mend it. */
export interface ConcernAdvice {
  readonly code: string;
  readonly label: string;
  /** In English, as the contract has them. */
  readonly why: string;
  readonly fix: string;
}

/** Everything that is known about one key. Rows have the columns of their table in docs/schema.md. */
export interface KeyPage extends DataShown {
  /** The row of `kms_keys`. */
  readonly key: NamedRow;
  /** What the columns of the row are called, in the viewer's language, and what they mean. */
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly label: string;
    readonly description: string;
  }[];
  /** Rows of `key_concerns`, gravest first. */
  readonly concerns: readonly NamedRow[];
  /** Rows of `key_permissions`: statements in their order, then grants. */
  readonly permissions: readonly NamedRow[];
  /** Rows of `key_usage`, latest first. */
  readonly usage: readonly NamedRow[];
  /** One for each kind among the concerns. */
  readonly advice: readonly ConcernAdvice[];
}

/** Rows of one table about one key beyond which something is wrong with the data. */
const MOST_ROWS = 10_000;

/** The page of a key; null when there is none of that ARN that the viewer may see. */
export async function keyPage(viewer: Viewer, arn: string): Promise<KeyPage | null> {
  const about = (table: (typeof baseTables)[number]['name'], orderBy: string) =>
    rowsOf(
      viewer,
      `SELECT ${columnsOf(table)} FROM kms_insights.${table} AS t WHERE t.key_arn = ${quoteText(arn)}
       ORDER BY ${orderBy} LIMIT ${MOST_ROWS}`,
    );
  const [key] = await about('kms_keys', 't.key_arn');
  if (!key) return null;
  const [shown, concerns, permissions, usage] = await Promise.all([
    dataShown(viewer, { account: text(key.account_id), region: text(key.region) }),
    about(
      'key_concerns',
      "array_position(ARRAY['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFO'], t.severity), t.code, t.statement_index, t.grant_id, t.principal",
    ),
    about('key_permissions', 't.source DESC, t.statement_index, t.grant_id, t.principal'),
    about('key_usage', 't.last_event_at DESC, t.operation, t.principal_arn'),
  ]);
  const codes = new Set(concerns.map((row) => text(row.code)));
  return {
    ...shown,
    key,
    columns: Object.entries(kmsKeys.columns).map(([name, column]) => ({
      name,
      type: column.type,
      label: viewer.language === 'ja' ? (column.words?.ja?.[0] ?? name) : name,
      description: column.description,
    })),
    concerns,
    permissions,
    usage,
    advice: concernKinds
      .filter(({ code }) => codes.has(code))
      .map(({ code, why, fix }) => ({
        code,
        label: concernName(code, viewer.language),
        why,
        fix,
      })),
  };
}

function columnsOf(name: (typeof baseTables)[number]['name']): string {
  const table = baseTables.find((t) => t.name === name);
  return Object.keys(table?.columns ?? {})
    .map((column) => `t.${column}`)
    .join(', ');
}
