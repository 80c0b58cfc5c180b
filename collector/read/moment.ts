/** 9999-12-31: beyond it neither Trino nor JSON agree on how a date is written. */
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
/** 0001-01-01. */
const FIRST = Date.parse('0001-01-01T00:00:00Z');

/** A date that every engine can hold; null for none, an invalid one, or one outside the years 1 to 9999. */
export function moment(date: Date | undefined | null): Date | null {
  const time = date?.getTime();
  return time === undefined || Number.isNaN(time) || time < FIRST || time > LAST
    ? null
    : new Date(time);
}
