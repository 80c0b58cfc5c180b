import { type CalendarSpan, calendarOf, type Day } from '../grammar/calendar.ts';
import { alt, expand, map, opt, type Parser, rule, seq, token } from '../grammar/chart.ts';
import { type Moment, resolveMoment } from '../plan/moment.ts';
import { j, table } from './literals.ts';
import { wholeNumber } from './numbers.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A time of the day, in minutes from its midnight. */
type Minutes = number;

/** What is said of the time of the day. */
interface Hours {
  readonly from: Minutes;
  readonly to: Minutes;
}

/** Of which half of the day an hour is, by the word before it; null where it cannot be of that part. */
type Half = (hour: number) => number | null;
const upTo12 =
  (add: number): Half =>
  (h) =>
    h <= 12 ? (h % 12) + add : null;
const later =
  (from: number, to: number): Half =>
  (h) =>
    h >= from && h <= to ? h + 12 : h;
const asSaid: Half = (h) => h;
const halves = table<Half>([
  ...['午前', '午前の', 'AM'].map((w) => [w, upTo12(0)] as const),
  ...['午後', '午後の', 'PM'].map((w) => [w, upTo12(12)] as const),
  ...['朝', '朝の', '早朝', '早朝の', '明け方', '明け方の', '未明', '未明の'].map(
    (w) => [w, asSaid] as const,
  ),
  ...['昼', '昼の', 'お昼の'].map((w) => [w, later(0, 5)] as const),
  ...['夕方', '夕方の'].map((w) => [w, later(3, 7)] as const),
  ...['夜', '夜の', '晩の'].map((w) => [w, later(6, 11)] as const),
  ...['深夜', '深夜の', '真夜中', '真夜中の', '夜中', '夜中の', '夜間', '夜間の'].map(
    (w) => [w, later(10, 11)] as const,
  ),
]);

/** Parts of the day, in hours from the midnight that begins it; the night goes on into the next day. */
const parts = table<readonly [number, number]>([
  ...['夜', '晩', '夜間'].map((w) => [w, [18, 30]] as const),
  ...['朝', '午前', '午前中'].map((w) => [w, [0, 12]] as const),
  ['午後', [12, 24]],
  ['夕方', [15, 18]],
  ['未明', [0, 3]],
  ['明け方', [3, 6]],
]);

const zones = table([
  ...['UTC', 'UTCの', 'UTCで', '協定世界時の', '世界標準時の'].map((w) => [w, 'UTC'] as const),
  ...['JST', 'JSTの', 'JSTで', '日本時間', '日本時間の', '日本時間で'].map(
    (w) => [w, 'Asia/Tokyo'] as const,
  ),
]);
const sign = (kind: 'open' | 'close') => token((t) => (t.kind === kind ? true : undefined));
const zoneBehind = alt(
  zones,
  map(seq(sign('open'), zones, sign('close')), ([, z]) => z),
);

/**
 * Times of the day that are past: 昨夜 (from 18:00 until 06:00), 今朝 (from midnight until noon), 昨日の夕方,
 * 3時台, 3時頃 (an hour before and after), 夜中の0時から5時. Of a time without a day the latest is meant that has
 * begun. `days`: how days are called.
 */
export function timesOfDay(
  asOf: Date,
  timeZone: string,
  days: Parser<CalendarSpan>,
): {
  readonly part: Parser<CalendarSpan>;
  readonly span: Parser<CalendarSpan>;
  /** 昨日の18時, as a moment that something is before or after. */
  readonly moment: Parser<CalendarSpan>;
} {
  const within = (zone: string, offset: number, from: Minutes, to: Minutes): CalendarSpan => {
    const { today, hourOf } = calendarOf(asOf, zone);
    const day: Day = { ...today, day: today.day + offset };
    return { from: hourOf(day, 0, from), to: hourOf(day, 0, to) };
  };
  const millis = (m: Moment) => resolveMoment(m, asOf).getTime();
  /** The time of the day on a day that is named; none where more than a day is. */
  const on = ({ from, to }: Hours, day: CalendarSpan, zone: string): readonly CalendarSpan[] => {
    const [first, last] = [millis(day.from), millis(day.to)];
    if (last - first > DAY_MS + HOUR_MS) return [];
    const about = Math.round((first - asOf.getTime()) / DAY_MS);
    const offset = [about - 1, about, about + 1].find((o) => {
      const noon = millis(within(zone, o, 720, 720).from);
      return noon >= first && noon < last;
    });
    return offset === undefined ? [] : [within(zone, offset, from, to)].filter(hasBegun);
  };
  const hasBegun = (span: CalendarSpan) => millis(span.from) <= asOf.getTime();
  const latest = ({ from, to }: Hours, zone: string): readonly CalendarSpan[] =>
    [0, -1]
      .map((offset) => within(zone, offset, from, to))
      .filter(hasBegun)
      .slice(0, 1);

  const part: Parser<CalendarSpan> = rule(() =>
    alt(
      map(j('昨夜', '昨晩', 'ゆうべ', '夕べ', '前夜'), () => within(timeZone, -1, 1080, 1800)),
      map(j('今朝', 'けさ', '今朝方'), () => within(timeZone, 0, 0, 720)),
      expand(seq(days, opt(j('の')), parts), ([day, , [from, to]]) =>
        on({ from: from * 60, to: to * 60 }, day, timeZone),
      ),
    ),
  );

  const minute = alt(
    map(j('半'), () => 30),
    expand(seq(wholeNumber, j('分')), ([m]) => (m < 60 ? [m] : [])),
  );
  const glued = token((t) =>
    t.glued && t.joint === ':' && /^[0-5]\d$/.test(t.text) ? Number(t.text) : undefined,
  );
  /** 3時, 15:30, 正午, as hour and minute. */
  const clock: Parser<readonly [number, number]> = alt(
    notPeriod(map(seq(wholeNumber, j('時'), opt(minute)), ([h, , m]) => [h, m ?? 0] as const)),
    map(seq(wholeNumber, glued), ([h, m]) => [h, m] as const),
    map(j('正午'), () => [12, 0] as const),
    map(j('零時', '深夜零時', '午前零時'), () => [0, 0] as const),
  );
  const inDay = (half: Half | null, [h, m]: readonly [number, number]): readonly Minutes[] => {
    const hour = half ? half(h) : h;
    return hour === null || hour > 24 ? [] : [hour * 60 + m];
  };
  const until = j('まで', 'までの間', 'の間', 'までの', 'にかけて', 'にかけての', '');
  const until1 = alt(until, j('までに'));
  const hours: Parser<Hours> = alt(
    // 0時から5時, 2〜4時, 午後1時から3時: the second hour is of the half of the first.
    expand(
      seq(
        opt(halves),
        alt(
          clock,
          map(wholeNumber, (h) => [h, 0] as const),
        ),
        j('から', '~', '-', 'と'),
        opt(halves),
        clock,
        until1,
      ),
      ([half, a, , other, b]) =>
        inDay(half, a).flatMap((from) =>
          inDay(other ?? half, b).map((to) => ({ from, to: to > from ? to : to + 1440 })),
        ),
    ),
    expand(seq(opt(halves), clock, j('頃', 'ごろ', 'ころ', '前後')), ([half, a]) =>
      inDay(half, a).map((from) => ({ from: from - 60, to: from + 60 })),
    ),
    expand(seq(opt(halves), clock, opt(j('台', 'ちょうど'))), ([half, a]) =>
      inDay(half, a).map((from) => ({ from, to: from + (a[1] === 0 ? 60 : 1) })),
    ),
  );
  const inZone: Parser<readonly [Hours, string]> = alt(
    map(
      seq(opt(zones), hours, opt(zoneBehind)),
      ([zone, said, behind]) => [said, zone ?? behind ?? timeZone] as const,
    ),
    // 夜中(UTC 0時〜5時)
    map(
      seq(halves, sign('open'), opt(zones), hours, opt(zones), sign('close')),
      ([, , zone, said, behind]) => [said, zone ?? behind ?? timeZone] as const,
    ),
  );
  const span: Parser<CalendarSpan> = rule(() =>
    alt(
      expand(inZone, ([said, zone]) => latest(said, zone)),
      expand(seq(days, opt(j('の', '、', 'に')), inZone), ([day, , [said, zone]]) =>
        on(said, day, zone),
      ),
      // 今朝3時頃, 昨夜11時
      expand(seq(part, opt(j('の', '、')), inZone), ([stretch, , [said, zone]]) =>
        [0, -1].flatMap((o) =>
          [within(zone, o, said.from, said.to), within(zone, o, said.from + 720, said.to + 720)]
            .filter((s) => millis(s.from) >= millis(stretch.from) - HOUR_MS)
            .filter((s) => millis(s.to) <= millis(stretch.to) + HOUR_MS)
            .filter(hasBegun),
        ),
      ),
    ),
  );
  const single = expand(
    seq(opt(zones), opt(halves), clock, opt(zoneBehind)),
    ([zone, half, a, z]) =>
      inDay(half, a).map((from) => [{ from, to: from }, zone ?? z ?? timeZone] as const),
  );
  const moment: Parser<CalendarSpan> = rule(() =>
    alt(
      expand(single, ([said, zone]) => latest(said, zone)),
      expand(seq(days, opt(j('の', '、')), single), ([day, , [said, zone]]) => on(said, day, zone)),
    ),
  );
  return { part, span, moment };
}

/** 3時間 is a length of time, and 3時点 says as of when. */
function notPeriod<T>(parser: Parser<T>): Parser<T> {
  return (chart, at) =>
    parser(chart, at).filter(({ end }) => !/^[間点期刻]$/u.test(chart.tokens[end]?.text ?? ''));
}
