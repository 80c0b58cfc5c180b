import { resolveMoment } from '../plan/moment.ts';
import type { CalendarOf, CalendarSpan, Day } from './calendar.ts';
import { alt, expand, map, opt, type Parser, rule, seq, token, words } from './chart.ts';

/** A time of the day. */
interface Clock {
  readonly hour: number;
  readonly minute: number;
}

const HOUR_MS = 3_600_000;

const inDay = (hour: number, minute: number, half: string | null): readonly Clock[] => {
  if (minute > 59 || hour > (half ? 12 : 23) || (half && hour === 0)) return [];
  const turned = half ? (hour % 12) + (half === 'pm' ? 12 : 0) : hour;
  return [{ hour: turned, minute }];
};

const half = words('am', 'pm');
const digits = token((t) => (/^\d{1,2}$/.test(t.text) && !t.glued ? Number(t.text) : undefined));
const minutes = token((t) => {
  const match = t.glued && t.joint === ':' ? /^([0-5]\d)(am|pm)?$/.exec(t.text) : null;
  return match ? { minute: Number(match[1]), half: match[2] ?? null } : undefined;
});

/** "3am", "3 am", "03:15", "3:15 pm", "noon": what says itself that it is a time of the day. */
const clock: Parser<Clock> = alt(
  expand(
    token((t) => /^(\d{1,2})(am|pm)$/.exec(t.text) ?? undefined),
    ([, hour, part]) => inDay(Number(hour), 0, part ?? null),
  ),
  expand(seq(digits, half), ([hour, part]) => inDay(hour, 0, part)),
  expand(seq(digits, minutes, opt(half)), ([hour, m, part]) =>
    inDay(hour, m.minute, m.half ?? part),
  ),
  map(words('midnight'), () => ({ hour: 0, minute: 0 })),
  map(words('noon', 'midday'), () => ({ hour: 12, minute: 0 })),
);

const since = words('between', 'from', 'some time between', 'sometime between');
const until = words('and', 'to', 'until', 'till');

/** What is said of the time of the day: from, and for how long or until when. */
interface Hours {
  readonly from: Clock;
  /** After `from`, in milliseconds. */
  readonly lasts: number;
  /** Before `from`, in milliseconds: "around". */
  readonly earlier?: number;
}

const millis = ({ hour, minute }: Clock) => hour * HOUR_MS + minute * 60_000;
const between = (from: Clock, to: Clock): Hours => {
  const lasts = millis(to) - millis(from);
  return { from, lasts: lasts > 0 ? lasts : lasts + 24 * HOUR_MS };
};

const hours: Parser<Hours> = alt(
  map(
    seq(
      words(
        ...['around', 'about', 'approximately', 'roughly', 'circa', 'near', 'close to'].flatMap(
          (about) => [about, `at ${about}`, `${about} at`, `sometime ${about}`],
        ),
      ),
      clock,
    ),
    ([, from]): Hours => ({ from, lasts: HOUR_MS, earlier: HOUR_MS }),
  ),
  // "At 3am" is in that hour, "at 3:15" in that minute.
  map(
    seq(words('at'), clock),
    ([, from]): Hours => ({ from, lasts: from.minute === 0 ? HOUR_MS : 60_000 }),
  ),
  map(seq(since, clock, until, clock), ([, from, , to]) => between(from, to)),
  // "Between 2 and 4 am".
  expand(seq(since, digits, until, digits, half), ([, a, , b, part]) =>
    inDay(a, 0, part).flatMap((from) => inDay(b, 0, part).map((to) => between(from, to))),
  ),
);

/** Parts of the day, as hours from the midnight that begins it. */
const parts = { morning: [0, 12], afternoon: [12, 18], evening: [18, 24] } as const;

/**
 * Times of the day that are past: "last night" (from 18:00 until 06:00), "this morning" (from midnight until
 * noon), "yesterday evening", "around 3am" (an hour before and after), "between 2 and 4 am". Of a time without a
 * day the latest is meant that has begun.
 */
export function timesOfDay(
  asOf: Date,
  calendar: CalendarOf,
): { readonly span: Parser<CalendarSpan>; readonly moment: Parser<CalendarSpan> } {
  const { today, daySpan, hourOf } = calendar;
  const day = (offset: number): Day => ({ ...today, day: today.day + offset });
  const within = (offset: number, from: number, to: number): CalendarSpan => ({
    from: hourOf(day(offset), from),
    to: hourOf(day(offset), to),
  });
  const night: CalendarSpan = { from: hourOf(day(-1), 18), to: hourOf(day(0), 6) };
  const part: Parser<CalendarSpan> = alt(
    map(words('last night', 'overnight', 'during last night', 'in last night'), () => night),
    ...(['morning', 'afternoon', 'evening'] as const).flatMap((name) => {
      const [from, to] = parts[name];
      return [
        map(words(`this ${name}`), () => within(0, from, to)),
        map(words(`yesterday ${name}`, `yesterday in ${name}`), () => within(-1, from, to)),
      ];
    }),
  );
  const wholeDay: Parser<CalendarSpan> = alt(
    map(words('today'), () => daySpan(today)),
    map(words('yesterday'), () => daySpan(day(-1))),
  );
  const past: CalendarSpan = {
    from: { at: new Date(asOf.getTime() - 24 * HOUR_MS).toISOString() },
    to: { at: asOf.toISOString() },
  };
  /** The time of the day in that stretch of time; none where it has none. */
  const at = (said: Hours, stretch: CalendarSpan): readonly CalendarSpan[] => {
    const [first, last] = [resolveMoment(stretch.from, asOf), resolveMoment(stretch.to, asOf)];
    const found = [0, -1, -2].flatMap((offset) => {
      const moment = resolveMoment(hourOf(day(offset), said.from.hour, said.from.minute), asOf);
      if (moment < first || moment >= last) return [];
      const from = new Date(moment.getTime() - (said.earlier ?? 0)).toISOString();
      const to = new Date(moment.getTime() + said.lasts).toISOString();
      return [{ from: { at: from }, to: { at: to } }];
    });
    return found.slice(0, 1);
  };
  const comma = opt(token((t) => (t.kind === 'comma' ? true : undefined)));
  const moment = alt(
    part,
    expand(clock, (from) => at({ from, lasts: 0 }, past)),
    expand(seq(clock, alt(part, wholeDay)), ([from, stretch]) => at({ from, lasts: 0 }, stretch)),
    expand(seq(alt(part, wholeDay), opt(words('at')), clock), ([stretch, , from]) =>
      at({ from, lasts: 0 }, stretch),
    ),
  );
  const span = rule(() =>
    alt(
      part,
      expand(hours, (said) => at(said, past)),
      expand(seq(alt(part, wholeDay), comma, hours), ([stretch, , said]) => at(said, stretch)),
      expand(seq(hours, opt(words('on')), alt(part, wholeDay)), ([said, , stretch]) =>
        at(said, stretch),
      ),
    ),
  );
  return { span, moment };
}
