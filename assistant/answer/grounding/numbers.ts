import type { Claim, Unit } from './claim.ts';
import type { ColumnFacts, Facts, NumberColumn } from './facts.ts';
import { folded } from './folded.ts';
import { countsSpokenOf, namesColumn, spokenRows } from './spoken.ts';

interface Stated {
  readonly kind: 'number';
  readonly value: number;
  readonly tolerance: number;
  readonly unit: Unit;
  readonly ofMatches?: true;
}

/** The numbers that are true of a result. */
export interface Numbers {
  readonly has: (stated: Stated) => boolean;
  /** Whether it is counted or computed over rows, and not only the number of a cell. */
  readonly isComputed: (stated: Stated) => boolean;
  /** The rows that have it as the number of a cell. */
  readonly rowsWith: (stated: Stated) => readonly number[];
  /** Whether one value is so many times another. */
  readonly hasRatio: (value: number, tolerance: number) => boolean;
}

/** Columns whose numbers may be called dollars or percent whatever their type. */
const moneyName = /usd|cost|price|spen[dt]|sav|dollar|amount|fee|charge|コスト|料金/i;
const percentName = /percent|pct|share|ratio|rate|proportion|割合|率/i;
const timeName = /age|unused|period|since|until|left|期間/i;
/** A unit that a column names: what is in days is not said in weeks. */
const unitName = /(second|minute|hour|day|week|month|quarter|year)s?(?![a-z])/i;

/** Words without which no difference is meant, and no number of equal values. */
const comparing =
  /\bthan\b|differ|apart|gap|increase|decrease|\bup by\b|\bdown by\b|\brose\b|\bfell\b|\bgrew\b|drop|より|差|上回|下回|増|減/i;
const averaging = /\baverage|\bmean\b|\btypical|\bper\b|平均|あたり/i;
const halving = /\bmedian|\btypical|中央値/i;
const alike = /\beach\b|\bshare|\bsame\b|\bequal|\btied?\b|それぞれ|同じ|ずつ|並/i;

/**
 * The numbers that can be said of a result. Differences and shares are taken between rows that the
 * summary speaks of, by a name or a number of theirs, and the rows with the least and the most:
 * between all rows of a long result nearly any number is a difference. Of rows that were cut nothing
 * is summed, for the sum would be said of all.
 */
export function numbersOf(
  facts: Facts,
  summary: string,
  claims: readonly Claim[],
  totalRows: number | null,
): Numbers {
  const whole = totalRows === facts.rows.length;
  const text = folded(summary).toLowerCase();
  const spoken = spokenRows(facts, text, claims);
  const columns = facts.numbers.map((column) => ({ column, ...sums(column, whole, text) }));
  const counts = [
    facts.rows.length,
    ...(totalRows === null ? [] : [totalRows]),
    ...(whole
      ? facts.columns.filter((c) => namesColumn(c.name, text)).map((c) => c.counts.size)
      : []),
    ...(whole ? facts.columns.flatMap((c) => countsSpokenOf(c, text)) : []),
    ...(whole && alike.test(text)
      ? columns.flatMap(({ column }) => countsOfStated(column, claims))
      : []),
  ];
  const lengths = spoken.flatMap((row) =>
    (facts.rows[row] ?? []).flatMap((cell, at) =>
      Array.isArray(cell) && namesColumn(facts.columns[at]?.name ?? '', text) ? [cell.length] : [],
    ),
  );
  const values = (column: NumberColumn) => column.values.map((v) => v.value);
  const compared = columns.map(({ column }) => ({
    column,
    values: column.values.filter((v) => spoken.includes(v.row)).map((v) => v.value),
  }));
  const differences = (column: NumberColumn) => {
    const some = compared.find((c) => c.column === column)?.values ?? [];
    return comparing.test(text)
      ? some.flatMap((a) => some.map((b) => Math.abs(a - b))).filter((d) => d !== 0)
      : [];
  };
  const shares = (): readonly number[] => [
    ...columns.flatMap(({ total }, i) =>
      total === null ? [] : (compared[i]?.values ?? []).map((v) => v / total),
    ),
    ...spoken.flatMap((row) => {
      const cells = columns.flatMap(({ column }) =>
        column.values.filter((v) => v.row === row).map((v) => v.value),
      );
      return cells.flatMap((a, i) => cells.flatMap((b, j) => (i === j ? [] : [a / b])));
    }),
    ...columns.flatMap((a, i) =>
      columns.flatMap((b, j) =>
        i === j || a.total === null || b.total === null ? [] : [a.total / b.total],
      ),
    ),
    ...(whole && facts.rows.length > 0
      ? facts.columns.flatMap((c) => countsSpokenOf(c, text)).map((n) => n / facts.rows.length)
      : []),
    ...(totalRows === null || totalRows === 0 ? [] : [facts.rows.length / totalRows]),
  ];
  const only = facts.columns.length === 1;
  const fitting = (stated: Stated): typeof columns =>
    columns.filter(({ column: { name, fractional } }) => {
      switch (stated.unit) {
        // Amounts without a sign have cents, which numbers of things have not.
        case 'none':
          return only || !moneyName.test(name) || (stated.tolerance > 0 && stated.tolerance < 0.5);
        case 'money':
          return moneyName.test(name) || fractional;
        case 'percent':
          return percentName.test(name) || fractional;
        default: {
          const unit = unitName.exec(name)?.[1]?.toLowerCase();
          return unit === undefined ? only || timeName.test(name) : unit === stated.unit;
        }
      }
    });

  const suiting = (stated: Stated) =>
    fitting(stated).filter(({ column }) => !stated.ofMatches || column.counting);
  const isComputed = (stated: Stated): boolean => {
    const is = (value: number) => equals(value, stated);
    if (stated.unit === 'none' && counts.includes(stated.value)) return true;
    if (stated.unit === 'none' && !stated.ofMatches && lengths.includes(stated.value)) return true;
    if (
      whole &&
      facts.columns.some((c) => isNamedBy(c, stated.unit) && c.counts.size === stated.value)
    )
      return true;
    const some = suiting(stated);
    if (some.some(({ computed }) => computed.some(is))) return true;
    if (some.some(({ column }) => differences(column).some(is))) return true;
    if (stated.unit !== 'percent') return false;
    const named = columns.filter(({ column }) => percentName.test(column.name));
    return (
      shares().some((share) => is(share * 100)) ||
      named.some(({ column }) => values(column).some((v) => v >= 0 && v <= 1 && is(v * 100)))
    );
  };
  const rowsWith = (stated: Stated) =>
    suiting(stated).flatMap(({ column }) =>
      column.values.filter((v) => equals(v.value, stated)).map((v) => v.row),
    );

  return {
    has: (stated) => isComputed(stated) || rowsWith(stated).length > 0,
    isComputed,
    rowsWith,
    hasRatio: (value, tolerance) => {
      const is = (ratio: number) =>
        Number.isFinite(ratio) && Math.abs(ratio - value) <= Math.max(tolerance, 0.05);
      return (
        shares().some(is) ||
        compared.some((c) => c.values.some((a) => c.values.some((b) => is(a / b))))
      );
    },
  };
}

/** A column of years or months, whose distinct values are so many years or months. */
const isNamedBy = (column: ColumnFacts, unit: Unit): boolean =>
  column.name === unit || column.name.endsWith(`_${unit}`);

/** How many rows have a number that the summary states. */
function countsOfStated(column: NumberColumn, claims: readonly Claim[]): readonly number[] {
  return claims.flatMap((claim) => {
    if (claim.kind !== 'number') return [];
    const count = column.values.filter((v) => equals(v.value, claim)).length;
    return count > 0 ? [count] : [];
  });
}

/** As written: whole numbers exactly, a fraction to the digits that are written. */
function equals(value: number, { value: stated, tolerance, unit }: Stated): boolean {
  if (!Number.isFinite(value)) return false;
  const rounded = Number.isInteger(value) || tolerance > 0 ? tolerance : 0.5;
  const slack = 1e-9 * (1 + Math.abs(value));
  const off = Math.abs(value - stated);
  // "down 5 days": the sign may be said in words.
  return (
    off <= rounded + slack ||
    (value < 0 && unit !== 'percent' && Math.abs(-value - stated) <= rounded + slack)
  );
}

/** What is computed from a column as a whole and said as such, and its sum where it can be shared out. */
function sums(
  { values }: NumberColumn,
  whole: boolean,
  text: string,
): { readonly computed: readonly number[]; readonly total: number | null } {
  if (!whole || values.length === 0) return { computed: [], total: null };
  const sorted = values.map((v) => v.value).sort((a, b) => a - b);
  const total = sorted.reduce((sum, v) => sum + v, 0);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  const median = sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
  const computed = [
    total,
    ...(averaging.test(text) ? [total / sorted.length] : []),
    ...(halving.test(text) ? [median] : []),
  ];
  return { computed, total: total === 0 ? null : total };
}
