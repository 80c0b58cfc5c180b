import type { Moment } from './claim.ts';

/** Moments as people write them, in English and Japanese. */

const months =
  'january february march april may june july august september october november december'.split(
    ' ',
  );
const monthName = `(?:${months.map((m) => (m === 'may' ? m : `${m}|${m.slice(0, 3)}\\.?`)).join('|')}|sept\\.?)`;
const dayNumber = '\\d{1,2}(?:st|nd|rd|th)?';
const year = '(?:19|20)\\d{2}';
const clock =
  '(?:\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?(?:\\s*[ap]\\.?m\\b\\.?)?|\\d{1,2}時(?:\\d{1,2}分(?:\\d{1,2}秒)?)?)';
const between = '(?:T|,?\\s+(?:at\\s+)?|の)?';

const days: readonly string[] = [
  `${year}[-/.]\\d{1,2}[-/.]\\d{1,2}`,
  `${year}年\\s*\\d{1,2}月\\s*\\d{1,2}日`,
  `${dayNumber}\\s+(?:of\\s+)?${monthName}(?:,?\\s+${year})?`,
  `${monthName}\\s+${dayNumber}(?![\\d,.]*\\d)(?:,?\\s+${year})?`,
  `\\d{1,2}[-/.]\\d{1,2}[-/.]${year}`,
  `\\d{1,2}月\\s*\\d{1,2}日`,
];
const longer: readonly string[] = [
  `${monthName},?\\s+${year}`,
  `${year}年\\s*\\d{1,2}月`,
  `${year}年`,
  `${year}-(?:0[1-9]|1[0-2])`,
  '\\d{1,2}月(?!\\s*\\d)',
];

const edge = { before: '(?<![\\w.,/-])', after: '(?![\\d/]|[.,-]\\d)' };

/** Every way to write a moment; a day may be followed by a time of day. */
export const momentPattern = new RegExp(
  `${edge.before}(?:(?:${days.join('|')})(?:${between}${clock})?|${longer.join('|')}|${clock})${edge.after}`,
  'gi',
);

/** A month by its name alone, where a time is told: "may" and "march" are other words as well. */
export const monthPattern = new RegExp(
  `(?<=\\b(?:in|since|during|until|till|before|after|from|to|by|of|and|between)\\s)(?:${months.map((m) => m.charAt(0).toUpperCase() + m.slice(1)).join('|')})\\b`,
  'g',
);

const clockAtEnd = new RegExp(`${clock}$`, 'i');

/** What a text that {@link momentPattern} finds can mean; none when there is no such day. */
export function readMoments(text: string): readonly Moment[] {
  const timeText = clockAtEnd.exec(text)?.[0];
  const rest = timeText === undefined ? text : text.slice(0, -timeText.length);
  const time = timeText === undefined ? null : readTime(timeText);
  if (timeText !== undefined && time === null) return [];
  const dates = readDates(rest);
  if (dates === null) return time === null ? [] : [{ year: null, month: null, day: null, time }];
  return dates
    .filter(
      (d) => (d.month ?? 1) >= 1 && (d.month ?? 1) <= 12 && (d.day ?? 1) >= 1 && (d.day ?? 1) <= 31,
    )
    .map((d) => ({ ...d, time }));
}

type Day = Omit<Moment, 'time'>;

/** Null where there is no date at all. */
function readDates(text: string): readonly Day[] | null {
  const numbers = [...text.matchAll(/\d+/g)].map(([digits]) => digits);
  const word = /[a-z]{3}/.exec(text.toLowerCase().replace(/\d+(?:st|nd|rd|th)|\bof\b/g, ''))?.[0];
  const named = word === undefined ? -1 : months.findIndex((m) => m.startsWith(word));
  const yearText = numbers.find((n) => n.length === 4);
  const yearNumber = yearText === undefined ? null : Number(yearText);
  const others = numbers.filter((n) => n !== yearText).map(Number);
  const [first, second] = others;
  if (named >= 0) return [{ year: yearNumber, month: named + 1, day: first ?? null }];
  if (numbers.length === 0) return null;
  if (first === undefined) return [{ year: yearNumber, month: null, day: null }];
  if (second === undefined) return [{ year: yearNumber, month: first, day: null }];
  const inOrder = { year: yearNumber, month: first, day: second };
  // 03/04/2026 is March or April; whoever reads it cannot tell either.
  return numbers[2]?.length === 4
    ? [inOrder, { ...inOrder, month: second, day: first }]
    : [inOrder];
}

function readTime(text: string): string | null {
  const [hour = 0, minute = 0, second] = [...text.matchAll(/\d+/g)].map(Number);
  const afternoon = /p\.?m/i.test(text) && hour < 12 ? 12 : 0;
  const midnight = /a\.?m/i.test(text) && hour === 12 ? 12 : 0;
  const h = hour + afternoon - midnight;
  if (h > 24 || minute > 59 || (second ?? 0) > 59) return null;
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(h)}:${two(minute)}${second === undefined ? '' : `:${two(second)}`}`;
}
