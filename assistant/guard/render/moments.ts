import { duckdbTypeName, type SqlType } from '../sqltype.ts';

const DAY = 86_400_000_000;
const microseconds: Readonly<Record<string, number>> = {
  millisecond: 1_000,
  second: 1_000_000,
  minute: 60_000_000,
  hour: 3_600_000_000,
  day: DAY,
  week: 7 * DAY,
};
const months: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };

const times = (amount: string, n: number, type: string): string => {
  if (/^-?\d{1,6}$/.test(amount)) return `(${Number(amount) * n})`;
  return n === 1 ? `CAST(${amount} AS ${type})` : `CAST(${amount} AS ${type}) * ${n}`;
};

/**
 * A date or timestamp moved by an amount of a unit. Days are added as a number and not as an
 * INTERVAL: DuckDB takes INTERVAL 90 DAY and INTERVAL 3 MONTH for the same value, and computes only
 * one of two expressions that differ in nothing else.
 */
export function moved(
  moment: string,
  type: SqlType,
  op: '+' | '-',
  amount: string,
  unit: string,
): string {
  const inMonths = months[unit];
  if (inMonths !== undefined)
    return `CAST((${moment}) ${op} INTERVAL (${times(amount, inMonths, 'INTEGER')}) MONTH AS ${duckdbTypeName(type)})`;
  const length = microseconds[unit] ?? DAY;
  if (type.kind === 'date') return `((${moment}) ${op} ${times(amount, length / DAY, 'INTEGER')})`;
  return `make_timestamp(epoch_us(CAST(${moment} AS TIMESTAMP)) ${op} ${times(amount, length, 'BIGINT')})`;
}
