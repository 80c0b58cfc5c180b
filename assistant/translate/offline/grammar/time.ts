import { type Moment, type Period, resolveMoment, type Unit } from '../plan/moment.ts';
import { type CalendarSpan, calendarOf, type Day, type Direction } from './calendar.ts';
import {
  alt,
  expand,
  map,
  opt,
  type Parser,
  rule,
  seq,
  startsAt,
  token,
  unless,
  words,
} from './chart.ts';
import { timesOfDay } from './clock.ts';
import { holiday, nearestHoliday } from './holidays.ts';

const smallNumbers = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
];
const tens = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

/** Numbers in words up to ninety-nine, and the round ones above. */
const numberWords: ReadonlyMap<string, number> = new Map([
  ...smallNumbers.map((w, i) => [w, i] as const),
  ...tens.map((w, i) => [w, (i + 2) * 10] as const),
]);

/** A number in digits or words: 90, 1,000, ninety, twenty-five, a hundred. */
export const number: Parser<number> = rule(() =>
  alt(
    token((t) => (t.kind === 'number' ? Number(t.text) : undefined)),
    token((t) => (t.kind === 'word' ? numberWords.get(t.text) : undefined)),
    expand(
      seq(
        token((t) => (tens.includes(t.text) ? numberWords.get(t.text) : undefined)),
        token((t) => numberWords.get(t.text)),
      ),
      ([ten, one]) => (one > 0 && one < 10 ? [ten + one] : []),
    ),
    map(
      seq(opt(token((t) => numberWords.get(t.text))), words('hundred', 'thousand')),
      ([count, unit]) => (count ?? 1) * (unit === 'hundred' ? 100 : 1000),
    ),
  ),
);

export const wholeNumber: Parser<number> = expand(number, (n) => (Number.isInteger(n) ? [n] : []));

const unitWords: Readonly<Record<string, readonly [Unit, number]>> = {
  hour: ['hour', 1],
  day: ['day', 1],
  week: ['week', 1],
  fortnight: ['day', 14],
  month: ['month', 1],
  quarter: ['month', 3],
  year: ['year', 1],
  decade: ['year', 10],
};

const unit = token((t) =>
  t.kind === 'word' && Object.hasOwn(unitWords, t.base) ? unitWords[t.base] : undefined,
);

/** A length of time: 90 days, six months, a year, half a year, 90-day. */
export const period: Parser<Period> = rule(() =>
  alt(
    map(seq(wholeNumber, opt(words('whole', 'full', 'calendar')), unit), ([n, , [u, factor]]) => ({
      count: n * factor,
      unit: u,
    })),
    map(seq(opt(words('whole', 'full', 'entire')), unit), ([, [u, factor]]) => ({
      count: factor,
      unit: u,
    })),
    map(words('half a year', 'half year'), () => ({ count: 6, unit: 'month' as const })),
  ),
);

const monthNames = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const shortMonths = monthNames.map((m) => m.slice(0, 3));

const monthName = token((t) => {
  const long = monthNames.indexOf(t.text);
  const short = t.text === 'sept' ? 8 : shortMonths.indexOf(t.text);
  const month = long === -1 ? short : long;
  return t.kind === 'word' && month !== -1 ? month : undefined;
});

const year = token((t) =>
  t.kind === 'number' && /^(19|20)\d{2}$/.test(t.text) ? Number(t.text) : undefined,
);

const dayOfMonth = token((t) => {
  const match = /^(\d{1,2})(st|nd|rd|th)?$/.exec(t.text);
  const day = Number(match?.[1] ?? 0);
  return day >= 1 && day <= 31 ? day : undefined;
});

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** A day of the week, whole or by its first letters: 0 is Monday. */
const weekdayName: Parser<number> = token((t) => {
  const name =
    t.kind === 'word' && /^(?:[a-z]{3}|tues|thurs?|[a-z]+day)$/.test(t.text) ? t.text : null;
  const n = weekdays.findIndex((day) => name !== null && day.startsWith(name));
  return n === -1 ? undefined : n;
});

/** H1, "first half": its number from 0. */
const halfName: Parser<number> = alt(
  token((t) => (/^h[12]$/.test(t.text) ? Number(t.text[1]) - 1 : undefined)),
  map(words('first half', 'second half'), (phrase) => (phrase === 'first half' ? 0 : 1)),
);

/** Q1, "first quarter": its number from 0. */
const quarterName: Parser<number> = alt(
  token((t) => {
    const match = /^q([1-4])$/.exec(t.text);
    return match ? Number(match[1]) - 1 : undefined;
  }),
  map(words('first quarter', 'second quarter', 'third quarter', 'fourth quarter'), (phrase) =>
    ['first', 'second', 'third', 'fourth'].indexOf(phrase.split(' ')[0] ?? ''),
  ),
);

/** "last year", the one before this; "the last year" is a length of time and reads elsewhere. */
function calendarLast(name: 'year' | 'quarter' | 'month' | 'week'): Parser<true> {
  return (chart, at) =>
    startsAt(chart, at).flatMap((start) => {
      const [before, last, noun] = [-1, 0, 1].map((i) => chart.tokens[start + i]?.text);
      const matches =
        noun === name && (last === 'previous' || (before !== 'the' && last === 'last'));
      return matches ? [{ value: true, end: start + 2 }] : [];
    });
}

/**
 * A length of time from now on: "the next month", "the next 30 days"; but "next month" is the calendar
 * month after this one.
 */
export function fromNowOn(rolling: Parser<Period>): Parser<Period> {
  return (chart, start) =>
    rolling(chart, start).filter(({ end }) => {
      const [article, next] = [end - 3, end - 2].map((i) => chart.tokens[i]?.text);
      return !/^(next|coming|following)$/.test(next ?? '') || article === 'the';
    });
}

/** "the previous quarter" is one of the calendar. */
const calendarPrevious = alt(
  ...(['year', 'quarter', 'month', 'week'] as const).map((name) => words(`previous ${name}`)),
);

/** Where a number follows; takes nothing. */
const counted: Parser<null> = (chart, at) =>
  number(chart, at).length > 0 ? [{ value: null, end: at }] : [];

/** "next year", the one after this. */
function calendarNext(name: 'year' | 'month' | 'week'): Parser<true> {
  return (chart, start) => {
    const [before, next, noun] = [-1, 0, 1].map((i) => chart.tokens[start + i]?.text);
    const matches = before !== 'the' && next === 'next' && noun === name;
    return matches ? [{ value: true, end: start + 2 }] : [];
  };
}

/** A stretch of time: from included, to excluded. */
export interface Range {
  readonly from: Moment | null;
  readonly to: Moment | null;
}

export interface TimeGrammar {
  /** A named day, month or year. */
  readonly span: Parser<CalendarSpan>;
  /** A stretch of time as an adverb: "in the last 30 days", "since March", "before 2024". */
  readonly range: Parser<Range>;
  /** The same of what is still to come: "in January" is the next one, "on Friday" the coming one. */
  readonly ahead: Parser<Range>;
  /** The beginning of a stretch that lasts until now: "since March", "in the last 90 days". */
  readonly since: Parser<Moment>;
}

/** "Year end", "the end of the month": of the one that is now. */
const endOfThis: Parser<`this ${string}`> = alt(
  ...(['week', 'month', 'quarter', 'year'] as const).map((name) =>
    map(
      words(
        `${name} end`,
        `${name}'s end`,
        `${name} 's end`,
        `end of ${name}`,
        `end of this ${name}`,
        `${name} ends`,
        `${name} is over`,
      ),
      () => `this ${name}` as const,
    ),
  ),
);

const dayOffsets = { today: 0, yesterday: -1, tomorrow: 1, 'day before yesterday': -2 } as const;

/** The grammar of time for an as-of moment and the asker's time zone. */
export function timeGrammar(asOf: Date, timeZone: string): TimeGrammar {
  const { span, range, since } = stretches(asOf, timeZone, 'past');
  return { span, range, since, ahead: stretches(asOf, timeZone, 'ahead').range };
}

function stretches(
  asOf: Date,
  timeZone: string,
  direction: Direction,
): Pick<TimeGrammar, 'span' | 'range' | 'since'> {
  const calendar = calendarOf(asOf, timeZone);
  const { today, days, daySpan, monthSpan, yearSpan, realDay, isoDate, isoMoment } = calendar;
  const { week, weekday, dayOfWeek } = calendar;
  const nearest = calendar.nearest[direction];
  const weekSpan = (offset: number) => days(week(offset), week(offset + 1));
  const weekend = (offset: number): CalendarSpan => {
    const monday = week(offset);
    return days({ ...monday, day: monday.day + 5 }, { ...monday, day: monday.day + 7 });
  };
  /**
   * "Last Friday" may be the one of last week or of this week, "next Friday" that of this week or of the
   * next: where both are past, or both ahead, either may be meant.
   */
  const eitherWeek: Parser<CalendarSpan> = alt(
    expand(seq(words('last', 'previous', 'past'), weekdayName), ([, n]) =>
      n < weekday ? [dayOfWeek(0, n), dayOfWeek(-1, n)] : [dayOfWeek(-1, n)],
    ),
    expand(seq(words('next', 'coming'), weekdayName), ([word, n]) =>
      n <= weekday
        ? [dayOfWeek(1, n)]
        : word === 'coming'
          ? [dayOfWeek(0, n)]
          : [dayOfWeek(0, n), dayOfWeek(1, n)],
    ),
  );
  /** "Over the weekend": of what is past, the latest that has begun. */
  const latestWeekend: Parser<string> = direction === 'past' ? words('weekend') : words();
  const quarter = Math.floor(today.month / 3) * 3;

  const quarterSpan = (y: number, q: number): CalendarSpan => {
    const first = { year: y, month: q * 3, day: 1 };
    return days(first, { ...first, month: q * 3 + 3 });
  };
  const quarterBefore = quarterSpan(today.year, quarter / 3 - 1);
  const halfSpan = (y: number, half: number): CalendarSpan =>
    days({ year: y, month: half * 6, day: 1 }, { year: y, month: half * 6 + 6, day: 1 });
  const nearestDay = (month: number, day: number): Day => ({
    year: nearest.yearOfDay(month, day),
    month,
    day,
  });

  const of = opt(words('of'));
  const span: Parser<CalendarSpan> = rule(() =>
    alt(
      isoDate,
      isoMoment,
      expand(seq(monthName, dayOfMonth, opt(words(',')), year), ([month, day, , y]) =>
        realDay({ year: y, month, day }),
      ),
      expand(seq(dayOfMonth, of, monthName, year), ([day, , month, y]) =>
        realDay({ year: y, month, day }),
      ),
      map(seq(monthName, opt(words('of', ',')), year), ([month, , y]) => monthSpan(y, month)),
      map(monthName, (month) => monthSpan(nearest.yearOf(month), month)),
      expand(seq(monthName, dayOfMonth, unless(seq(opt(words(',')), year))), ([month, day]) =>
        realDay(nearestDay(month, day)),
      ),
      expand(seq(dayOfMonth, of, monthName, unless(year)), ([day, , month]) =>
        realDay(nearestDay(month, day)),
      ),
      map(year, yearSpan),
      map(seq(quarterName, opt(words('of')), year), ([q, , y]) => quarterSpan(y, q)),
      map(seq(year, quarterName), ([y, q]) => quarterSpan(y, q)),
      map(seq(quarterName, unless(seq(opt(words('of')), year))), ([q]) =>
        // One that has begun, or one that has not ended.
        quarterSpan(nearest.yearOf(direction === 'past' ? q * 3 : q * 3 + 2), q),
      ),
      map(seq(halfName, opt(words('of')), year), ([h, , y]) => halfSpan(y, h)),
      map(seq(year, halfName), ([y, h]) => halfSpan(y, h)),
      map(seq(opt(words(direction === 'past' ? 'last' : 'next')), holiday), ([, of]) =>
        daySpan(nearestHoliday(of, today, direction)),
      ),
      map(weekdayName, nearest.weekday),
      map(seq(words('this'), weekdayName), ([, n]) => dayOfWeek(0, n)),
      eitherWeek,
      map(words('day before yesterday'), () => daySpan({ ...today, day: today.day - 2 })),
      map(words('last weekend', 'previous weekend', 'past weekend'), () => weekend(-1)),
      map(latestWeekend, () => weekend(weekday < 5 ? -1 : 0)),
      map(words('today'), () => daySpan(today)),
      map(words('yesterday'), () => daySpan({ ...today, day: today.day - 1 })),
      map(words('tomorrow'), () => daySpan({ ...today, day: today.day + 1 })),
      map(calendarLast('quarter'), () => quarterBefore),
      map(words('this week'), () => weekSpan(0)),
      map(words('this month'), () => monthSpan(today.year, today.month)),
      map(words('this quarter'), () =>
        days(
          { year: today.year, month: quarter, day: 1 },
          { year: today.year, month: quarter + 3, day: 1 },
        ),
      ),
      map(words('this year'), () => yearSpan(today.year)),
      map(calendarLast('year'), () => yearSpan(today.year - 1)),
      map(calendarLast('month'), () => monthSpan(today.year, today.month - 1)),
      map(calendarLast('week'), () => weekSpan(-1)),
    ),
  );

  const none: Parser<CalendarSpan> = () => [];
  const ofDay = direction === 'past' ? timesOfDay(asOf, calendar) : { span: none, moment: none };
  const ago: Parser<Moment> = alt(
    map(seq(period, words('ago', 'back')), ([p]) => ({ ago: p })),
    map(seq(period, words('from now')), ([p]) => ({ ahead: p })),
    map(words('now'), (): Moment => ({ ago: { count: 0, unit: 'day' } })),
  );
  /** "in the last 30 days" counts back from the as-of moment; "last year" is no such thing. */
  const lately: Parser<Moment> = alt(
    map(
      seq(
        words('in', 'within', 'during', 'over', 'for', 'throughout'),
        unless(calendarPrevious),
        words('last', 'past', 'previous'),
        period,
      ),
      ([, , , p]) => ({ ago: p }),
    ),
    // Without a preposition only where a number tells it from the calendar: "last 30 days".
    map(seq(words('last', 'past', 'previous'), counted, period), ([, , p]) => ({ ago: p })),
  );
  // "Since" never looks ahead.
  const from = direction === 'past' ? words('since', 'from') : words('from');
  const begun: Parser<Moment> = rule(() =>
    alt(
      map(
        seq(
          from,
          alt(
            ago,
            map(seq(span, opt(words('on', 'onwards', 'onward'))), ([s]) => s.from),
            map(ofDay.moment, (s) => s.from),
          ),
        ),
        ([, m]) => m,
      ),
      map(
        seq(
          words('on or after', 'at or after'),
          alt(
            map(span, (s) => s.from),
            ago,
          ),
        ),
        ([, m]) => m,
      ),
      map(
        seq(
          words('after', 'later than'),
          alt(
            map(span, (s) => s.to),
            map(ofDay.moment, (s) => s.to),
            ago,
          ),
        ),
        ([, m]) => m,
      ),
      lately,
      map(seq(words('less than', 'within', 'fewer than'), period, words('ago')), ([, p]) => ({
        ago: p,
      })),
    ),
  );
  /** Until now, a span that has begun is what has passed of it. */
  const since: Parser<Moment> = rule(() =>
    alt(
      begun,
      map(
        seq(words('in', 'during'), words('this week', 'this month', 'this quarter', 'this year')),
        ([, w]) => thisSpan(w),
      ),
      map(words('this week', 'this month', 'this quarter', 'this year', 'today'), (w) =>
        thisSpan(w),
      ),
    ),
  );
  const thisWhole = (word: string): CalendarSpan => {
    if (word === 'this week') return weekSpan(0);
    if (word === 'this month') return monthSpan(today.year, today.month);
    if (word === 'this year') return yearSpan(today.year);
    const first = { year: today.year, month: quarter, day: 1 };
    return days(first, { ...first, month: quarter + 3 });
  };
  const thisSpan = (word: string): Moment => {
    if (word === 'this week') return weekSpan(0).from;
    if (word === 'this month') return monthSpan(today.year, today.month).from;
    if (word === 'this quarter') {
      return days({ year: today.year, month: quarter, day: 1 }, today).from;
    }
    return word === 'today' ? daySpan(today).from : yearSpan(today.year).from;
  };
  const before: Parser<Moment> = rule(() =>
    alt(
      map(
        seq(
          words('before', 'prior to', 'earlier than', 'until before'),
          alt(
            map(span, (s) => s.from),
            ago,
          ),
        ),
        ([, m]) => m,
      ),
      map(seq(words('on or before', 'until', 'up to'), span), ([, s]) => s.to),
      map(
        seq(
          words('before end of', 'by end of', 'until end of', 'up to end of', 'till end of'),
          span,
        ),
        ([, s]) => s.to,
      ),
      map(
        seq(words('before', 'by', 'until', 'till', 'up to'), endOfThis),
        ([, name]) => thisWhole(name).to,
      ),
      // "By Friday" sets a limit to what is to come.
      ...(direction === 'ahead' ? [map(seq(words('by'), span), ([, s]) => s.to)] : []),
      map(
        seq(words('more than', 'over', 'at least', 'longer than'), period, words('ago')),
        ([, p]) => ({ ago: p }),
      ),
    ),
  );
  const inOrder = (a: CalendarSpan, b: CalendarSpan) =>
    resolveMoment(a.from, asOf) < resolveMoment(b.to, asOf) ? [{ from: a.from, to: b.to }] : [];
  /** "Between January and June 2021": the year is said once. */
  const months: Parser<{ from: Moment; to: Moment }> = map(
    seq(
      words('between', 'from'),
      monthName,
      words('and', 'to', 'through', 'until'),
      monthName,
      opt(words('of', ',')),
      year,
    ),
    ([, first, , last, , y]) => ({ from: monthSpan(y, first).from, to: monthSpan(y, last).to }),
  );
  const range = rule(() =>
    alt(
      months,
      ofDay.span,
      map(begun, (from) => ({ from, to: null })),
      map(words('this week', 'this month', 'this quarter', 'this year'), thisWhole),
      map(before, (to) => ({ from: null, to })),
      map(seq(begun, opt(words('and', 'but')), before), ([from, , to]) => ({ from, to })),
      map(seq(words('in', 'during', 'on', 'within'), span), ([, s]) => s),
      map(calendarLast('year'), () => yearSpan(today.year - 1)),
      map(calendarLast('month'), () => monthSpan(today.year, today.month - 1)),
      map(calendarLast('week'), () => weekSpan(-1)),
      map(calendarLast('quarter'), () => quarterBefore),
      map(words('today', 'yesterday', 'tomorrow', 'day before yesterday'), (w) =>
        daySpan({ ...today, day: today.day + dayOffsets[w] }),
      ),
      eitherWeek,
      map(seq(words('this'), weekdayName), ([, n]) => dayOfWeek(0, n)),
      map(
        seq(opt(words('over', 'on', 'at', 'during')), words('last weekend', 'previous weekend')),
        () => weekend(-1),
      ),
      map(seq(words('over', 'on', 'at'), latestWeekend), () => weekend(weekday < 5 ? -1 : 0)),
      expand(isoDate, (s) => [s]),
      // "Between January and June 2021" is read above; what would end before it begins was not meant.
      expand(seq(words('between'), span, words('and'), span), ([, a, , b]) => inOrder(a, b)),
      expand(seq(words('from'), span, words('to', 'through', 'until'), span), ([, a, , b]) =>
        inOrder(a, b),
      ),
      map(calendarNext('year'), () => yearSpan(today.year + 1)),
      map(calendarNext('month'), () => monthSpan(today.year, today.month + 1)),
      map(calendarNext('week'), () => weekSpan(1)),
      map(
        fromNowOn(
          map(
            seq(
              opt(words('in', 'within', 'during', 'over')),
              words('next', 'coming', 'following'),
              period,
            ),
            ([, , p]) => p,
          ),
        ),
        (p) => ({ from: { ago: { count: 0, unit: 'day' as const } }, to: { ahead: p } }),
      ),
    ),
  );
  return { span, range, since };
}
