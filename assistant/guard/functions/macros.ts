import type { CallExpr, Expr } from '../ast.ts';
import { literal, readDate, readTimestamp } from '../lower/literals.ts';
import { plainCall } from '../nodes.ts';
import { refuse } from '../refusal.ts';
import { BIGINT, DOUBLE, isInteger, NULL_TYPE, type SqlType, VARCHAR } from '../sqltype.ts';
import { ignoringCase } from './case-insensitive.ts';
import { formatFromJoda } from './joda.ts';
import { textOf } from './spec.ts';

/** Writes a call by means of others, before names and types are resolved; both engines get the result. */
export type Macro = (e: CallExpr, typeOf: (e: Expr) => SqlType) => Expr;

const call = (e: CallExpr, name: string, args: readonly Expr[]): CallExpr =>
  plainCall(name, args, e.at);
const cast = (operand: Expr, to: SqlType): Expr => ({
  kind: 'cast',
  operand,
  to,
  safe: false,
  type: to,
  at: operand.at,
});
const text = (value: string, at: number | null): Expr => literal({ kind: 'string', value }, at);
const number = (n: number | string, at: number | null): Expr =>
  literal({ kind: 'number', text: String(n) }, at);

function takes(e: CallExpr, least: number, most: number): readonly Expr[] {
  if (e.star || e.args.length < least || e.args.length > most)
    refuse(
      'WRONG_ARGUMENTS',
      `${e.name} takes ${least === most ? least : `${least} to ${most}`} argument${most === 1 ? '' : 's'}, not ${e.star ? '*' : e.args.length}.`,
      e.at,
      'Look the function up in the reference.',
    );
  return e.args;
}

/** Arguments of a function that is no aggregate. */
function plain(e: CallExpr, least: number, most = least): readonly Expr[] {
  if (e.distinct || e.filter || e.over || e.nulls || e.withinGroup || e.orderBy.length > 0)
    refuse(
      'UNSUPPORTED',
      `${e.name} takes no DISTINCT, FILTER or OVER.`,
      e.at,
      'Only aggregates do.',
    );
  return takes(e, least, most);
}

function literalText(e: CallExpr, i: number): string {
  const value = textOf(e.args[i]);
  return (
    value ??
    refuse(
      'WRONG_ARGUMENTS',
      `Argument ${i + 1} of ${e.name} must be a text in quotes.`,
      e.args[i]?.at ?? e.at,
      'Give a text in quotes.',
    )
  );
}

/**
 * The value below which this share of the values stands. Trino estimates it, and no two estimates
 * are the same; the exact one is as good an answer.
 */
const percentile: Macro = (e, typeOf) => {
  const [x, share] = takes(e, 2, 2);
  if (!x || !share) return e;
  if (e.over || e.distinct)
    refuse(
      'UNSUPPORTED',
      'approx_percentile takes no OVER or DISTINCT.',
      e.at,
      'Aggregate in a subquery.',
    );
  if (share.kind === 'array')
    return { ...share, items: share.items.map((s) => percentile({ ...e, args: [x, s] }, typeOf)) };
  const p = share.kind === 'literal' && share.value.kind === 'number' ? share.value.text : '';
  if (!/^(?:0?\.\d{1,6}|0|1|1\.0{1,6})$/.test(p))
    refuse(
      'WRONG_ARGUMENTS',
      'The share must be a number from 0 to 1, written out.',
      share.at ?? e.at,
      'Write approx_percentile(x, 0.95).',
    );
  const values = cast(x, isInteger(typeOf(x)) ? BIGINT : DOUBLE);
  const sorted = call(e, 'array_sort', [
    { ...call(e, 'array_agg', [values]), filter: e.filter, type: NULL_TYPE },
  ]);
  const place: Expr = {
    kind: 'arithmetic',
    op: '*',
    left: { ...call(e, 'count', [x]), filter: e.filter },
    right: number(p.includes('.') ? p : `${p}.0`, e.at),
    type: NULL_TYPE,
    at: e.at,
  };
  const next: Expr = {
    kind: 'arithmetic',
    op: '+',
    left: cast(call(e, 'floor', [place]), BIGINT),
    right: number(1, e.at),
    type: NULL_TYPE,
    at: e.at,
  };
  // The place that Trino's estimate takes of few values.
  const last: Expr = { ...call(e, 'count', [x]), filter: e.filter };
  const index = call(e, 'nullif', [call(e, 'least', [next, last]), number(0, e.at)]);
  return call(e, 'element_at', [sorted, index]);
};

/** A moment of ISO 8601 in UTC. */
const isoMoment: Macro = (e) => {
  plain(e, 1);
  const written = literalText(e, 0);
  const m = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?))?(?:Z|\+00:?00)?$/.exec(
    written,
  );
  const moment = m ? readTimestamp(`${m[1]} ${m[2] ?? '00:00'}`) : undefined;
  return moment === undefined
    ? refuse(
        'SYNTAX',
        `There is no UTC moment '${written.slice(0, 40)}'.`,
        e.at,
        "Write TIMESTAMP '2026-01-31 12:00:00'; all times are UTC.",
      )
    : literal({ kind: 'timestamp', text: moment }, e.at);
};

const isoDate: Macro = (e) => {
  plain(e, 1);
  const date = readDate(literalText(e, 0));
  return date === undefined
    ? refuse('SYNTAX', `There is no such date.`, e.at, "Write DATE '2026-01-31'.")
    : literal({ kind: 'date', text: date }, e.at);
};

/** All times are UTC already. */
const inZone: Macro = (e) => {
  const [moment] = plain(e, 2);
  const zone = literalText(e, 1);
  if (!/^(utc|gmt|z|\+00:00|etc\/utc)$/i.test(zone))
    refuse(
      'UNSUPPORTED',
      `The time zone ${zone.slice(0, 40)} is not available.`,
      e.at,
      "All times are UTC; write date_add('hour', 9, x) for another zone.",
    );
  return moment ?? e;
};

const withFormat =
  (name: string): Macro =>
  (e) => {
    const [x, format] = plain(e, 2);
    return x && format
      ? call(e, name, [x, text(formatFromJoda(literalText(e, 1), format.at), format.at)])
      : e;
  };

/** Whether an expression gives no error on Trino. */
export const isSafe = (e: Expr): boolean =>
  e.kind === 'column' ||
  e.kind === 'literal' ||
  e.kind === 'clock' ||
  (e.kind === 'subscript' && e.index.kind === 'literal' && isSafe(e.base)) ||
  (e.kind === 'cast' && e.safe && isSafe(e.operand)) ||
  (e.kind === 'call' &&
    /^(json_extract_scalar|json_extract|element_at|lower|upper|trim|regexp_\w+|split_part|substr|replace|coalesce|try)$/.test(
      e.name,
    ) &&
    e.over === null &&
    e.args.every(isSafe));

/** TRY(CAST(x AS type)) is TRY_CAST(TRY(x) AS type), which needs no TRY where x is safe. */
export function withoutTry(e: CallExpr): Expr | undefined {
  const [inner] = e.args;
  if (e.name !== 'try' || e.args.length !== 1 || inner?.kind !== 'cast') return undefined;
  const operand = isSafe(inner.operand) ? inner.operand : call(e, 'try', [inner.operand]);
  return { ...inner, safe: true, operand };
}

const least: Macro = (e) => {
  takes(e, 1, 1);
  return { ...e, name: 'min' };
};

/** Names for which there is a macro, and what is written instead. */
export const macros: ReadonlyMap<string, Macro> = new Map<string, Macro>([
  // Estimates: the exact count is as good an answer, and the same everywhere.
  [
    'approx_distinct',
    (e) => ({ ...e, name: 'count', distinct: true, args: takes(e, 1, 2).slice(0, 1) }),
  ],
  ['approx_percentile', percentile],
  // Any value is as good as the least, which does not depend on the order of rows.
  ['arbitrary', least],
  ['any_value', least],
  ['from_iso8601_timestamp', isoMoment],
  ['from_iso8601_date', isoDate],
  ['at_timezone', inZone],
  ['with_timezone', inZone],
  ['format_datetime', withFormat('date_format')],
  ['parse_datetime', withFormat('date_parse')],
  [
    'from_unixtime',
    (e) => {
      const [seconds] = plain(e, 1);
      const epoch = literal({ kind: 'timestamp', text: '1970-01-01 00:00:00.000' }, e.at);
      return seconds ? call(e, 'date_add', [text('second', e.at), seconds, epoch]) : e;
    },
  ],
  [
    'to_iso8601',
    (e) => {
      const [x] = plain(e, 1);
      return x ? call(e, 'replace', [cast(x, VARCHAR), text(' ', e.at), text('T', e.at)]) : e;
    },
  ],
  [
    'ends_with',
    (e) => {
      const [whole, end] = plain(e, 2);
      return whole && end
        ? call(e, 'starts_with', [call(e, 'reverse', [whole]), call(e, 'reverse', [end])])
        : e;
    },
  ],
]);

/** A pattern with (?i) in front, with each letter in both cases: the engines fold others differently. */
export function withoutCaseFlag(e: CallExpr): CallExpr {
  const pattern = e.args[1];
  const written = textOf(pattern);
  if (!e.name.startsWith('regexp_') || !pattern || !written?.startsWith('(?i)')) return e;
  const both = text(ignoringCase(written.slice(4), pattern.at), pattern.at);
  return { ...e, args: e.args.map((a, i) => (i === 1 ? both : a)) };
}
