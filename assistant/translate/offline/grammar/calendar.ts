import type { Moment } from '../plan/moment.ts';
import { token } from './chart.ts';

/** A calendar day, month or year, as the first moment of it and the first moment after it. */
export interface CalendarSpan {
  readonly from: Moment;
  readonly to: Moment;
}

export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** What a name means that says no year: the latest that has begun, or the first that has not ended. */
export interface Nearest {
  /** The year of a month from 0. */
  readonly yearOf: (month: number) => number;
  readonly yearOfDay: (month: number, day: number) => number;
  /** A day of the week: 0 is Monday. */
  readonly weekday: (n: number) => CalendarSpan;
}
/** Whether what is spoken of has happened, or lies ahead. */
export type Direction = 'past' | 'ahead';

/** The first moment of a day in a time zone, or the moment of a time of that day. */
function startOfDay({ year: y, month, day }: Day, timeZone: string, hour = 0, minute = 0): Date {
  const utc = Date.UTC(y, month, day, hour, minute);
  // The offset at the guess may differ from that at the answer when clocks change in between.
  const first = utc - offsetAt(new Date(utc), timeZone);
  return new Date(utc - offsetAt(new Date(first), timeZone));
}

function offsetAt(date: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(date);
  const part = (type: string) => Number(parts.find((p) => p.type === type)?.value ?? 0);
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return local - Math.floor(date.getTime() / 1000) * 1000;
}

/** The calendar day of a moment in a time zone. */
function dayOf(date: Date, timeZone: string): Day {
  const local = new Date(date.getTime() + offsetAt(date, timeZone));
  return { year: local.getUTCFullYear(), month: local.getUTCMonth(), day: local.getUTCDate() };
}

const at = (date: Date): Moment => ({ at: date.toISOString() });

export type CalendarOf = ReturnType<typeof calendarOf>;

/** The calendar of a time zone, seen from the day of a moment. Words for its days are each language's own. */
export function calendarOf(asOf: Date, timeZone: string) {
  const today = dayOf(asOf, timeZone);
  const days = (from: Day, to: Day): CalendarSpan => ({
    from: at(startOfDay(from, timeZone)),
    to: at(startOfDay(to, timeZone)),
  });
  const daySpan = (d: Day) => days(d, { ...d, day: d.day + 1 });
  const monthSpan = (y: number, month: number) =>
    days({ year: y, month, day: 1 }, { year: y, month: month + 1, day: 1 });
  const yearSpan = (y: number) =>
    days({ year: y, month: 0, day: 1 }, { year: y + 1, month: 0, day: 1 });
  const real = (d: Day) => {
    const date = new Date(Date.UTC(d.year, d.month, d.day));
    return date.getUTCMonth() === d.month && date.getUTCDate() === d.day;
  };
  /** The day of the week: 0 is Monday. */
  const weekday = (new Date(Date.UTC(today.year, today.month, today.day)).getUTCDay() + 6) % 7;
  const monday = { ...today, day: today.day - weekday };
  const week = (offset: number): Day => ({ ...monday, day: monday.day + 7 * offset });
  const past: Nearest = {
    yearOf: (month) => (month <= today.month ? today.year : today.year - 1),
    yearOfDay: (month, day) =>
      month < today.month || (month === today.month && day <= today.day)
        ? today.year
        : today.year - 1,
    weekday: (n) => daySpan({ ...today, day: today.day - ((weekday - n + 7) % 7) }),
  };
  const ahead: Nearest = {
    yearOf: (month) => (month >= today.month ? today.year : today.year + 1),
    yearOfDay: (month, day) =>
      month > today.month || (month === today.month && day >= today.day)
        ? today.year
        : today.year + 1,
    weekday: (n) => daySpan({ ...today, day: today.day + ((n - weekday + 7) % 7) }),
  };
  const isoDate = token((t) => {
    if (t.kind !== 'date' || t.text.length > 10) return undefined;
    const [y = 0, m = 0, d = 0] = t.text.split('-').map(Number);
    const day = { year: y, month: m - 1, day: d };
    return real(day) ? daySpan(day) : undefined;
  });
  const isoMoment = token((t) => {
    if (t.kind !== 'date' || t.text.length === 10) return undefined;
    const date = new Date(t.text);
    return Number.isNaN(date.getTime()) ? undefined : { from: at(date), to: at(date) };
  });
  return {
    today,
    days,
    daySpan,
    /** A time of a day; the hour may be that of a later day. */
    hourOf: (d: Day, hour: number, minute = 0) => at(startOfDay(d, timeZone, hour, minute)),
    monthSpan,
    yearSpan,
    real,
    realDay: (d: Day) => (real(d) ? [daySpan(d)] : []),
    nearest: { past, ahead },
    /** Of the week so many after this one, the Monday. */
    week,
    /** Of the week so many after this one, the day that is so many after its Monday. */
    dayOfWeek: (offset: number, n: number) =>
      daySpan({ ...week(offset), day: week(offset).day + n }),
    /** The day of the week of today: 0 is Monday. */
    weekday,
    /** 2026-11-23. */
    isoDate,
    /** 2026-11-23T06:00Z. */
    isoMoment,
  };
}
