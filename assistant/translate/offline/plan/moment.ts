import { z } from 'zod';

/**
 * Moments and lengths of time. A relative moment counts from the as-of time of the data, never from
 * the clock of the machine.
 *
 * Hours, days and weeks are exact multiples of 24 hours counted from the as-of moment; months and
 * years go by the calendar, and a day that the target month does not have becomes its last day (as
 * Trino's date_add does).
 */

export const units = ['hour', 'day', 'week', 'month', 'year'] as const;
export type Unit = (typeof units)[number];

export const periodSchema = z.object({
  count: z.number().int().min(0).max(100_000),
  unit: z.enum(units),
});
/** A length of time: 90 days, 6 months. */
export type Period = z.infer<typeof periodSchema>;

export const momentSchema = z.union([
  z.object({ ago: periodSchema }),
  z.object({ ahead: periodSchema }),
  z.object({ at: z.iso.datetime() }),
]);
/** A point in time: so long before or after the as-of time, or a fixed one (UTC). */
export type Moment = z.infer<typeof momentSchema>;

const MS: Readonly<Partial<Record<Unit, number>>> = {
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
};

/** The moment `count` units after `from`; before it when `count` is negative. */
export function addPeriod(from: Date, count: number, unit: Unit): Date {
  const ms = MS[unit];
  if (ms !== undefined) return new Date(from.getTime() + count * ms);
  const months = unit === 'year' ? count * 12 : count;
  const first = new Date(from);
  first.setUTCDate(1);
  first.setUTCMonth(first.getUTCMonth() + months);
  const daysInMonth = new Date(
    Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0),
  ).getUTCDate();
  first.setUTCDate(Math.min(from.getUTCDate(), daysInMonth));
  return first;
}

/** The date and time a moment stands for. */
export function resolveMoment(moment: Moment, asOf: Date): Date {
  if ('at' in moment) return new Date(moment.at);
  if ('ago' in moment) return addPeriod(asOf, -moment.ago.count, moment.ago.unit);
  return addPeriod(asOf, moment.ahead.count, moment.ahead.unit);
}

/** `YYYY-MM-DD HH:MM:SS` in UTC, as a timestamp literal is written. */
export function timestampText(date: Date): string {
  return date.toISOString().slice(0, 19).replace('T', ' ');
}

/** The whole days of a period that is counted in days or weeks; null for the others. */
export function wholeDays(period: Period): number | null {
  if (period.unit === 'day') return period.count;
  return period.unit === 'week' ? period.count * 7 : null;
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** "23 November 2026", with the time of day where it is not midnight. */
export function momentInWords(date: Date): string {
  const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  const time = date.toISOString().slice(11, 16);
  return time === '00:00' ? day : `${day} ${time} UTC`;
}

/** "90 days", "1 year". */
export function periodInWords(period: Period): string {
  return `${period.count} ${period.unit}${period.count === 1 ? '' : 's'}`;
}
