import type { Day, Direction } from './calendar.ts';
import { alt, map, opt, type Parser, seq, words } from './chart.ts';

/** A day with a name: of the same date every year (month from 0), or so many days after Easter Sunday. */
type Holiday = { readonly month: number; readonly day: number } | { readonly afterEaster: number };

const own = opt(words("'s"));

/** "Christmas", "New Year's Eve", "Easter": a day that everybody knows by its name. */
export const holiday: Parser<Holiday> = alt(
  map(words('christmas', 'xmas', 'christmas day', 'xmas day'), () => ({ month: 11, day: 25 })),
  map(words('christmas eve', 'xmas eve'), () => ({ month: 11, day: 24 })),
  map(words('boxing day'), () => ({ month: 11, day: 26 })),
  map(seq(words('new year', 'new years'), own, words('eve')), () => ({ month: 11, day: 31 })),
  map(seq(words('new year', 'new years'), own, opt(words('day'))), () => ({ month: 0, day: 1 })),
  map(words('halloween'), () => ({ month: 9, day: 31 })),
  map(words('good friday'), () => ({ afterEaster: -2 })),
  map(words('easter', 'easter sunday'), () => ({ afterEaster: 0 })),
  map(words('easter monday'), () => ({ afterEaster: 1 })),
);

/** The day of a year that Easter Sunday falls on in the Gregorian calendar (computus of Meeus, Jones and Butcher). */
function easter(year: number): Day {
  const golden = year % 19;
  const [century, ofCentury] = [Math.floor(year / 100), year % 100];
  const epact =
    (19 * golden +
      century -
      Math.floor(century / 4) -
      Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3) +
      15) %
    30;
  const toSunday =
    (32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - epact - (ofCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
  const days = epact + toSunday - 7 * late + 114;
  return { year, month: Math.floor(days / 31) - 1, day: (days % 31) + 1 };
}

/** Days since 1970, to compare days by. */
const number = ({ year, month, day }: Day) => Date.UTC(year, month, day) / 86_400_000;

/** The latest such day that has come, or the first that is still to come. */
export function nearestHoliday(of: Holiday, today: Day, direction: Direction): Day {
  const inYear = (year: number): Day => {
    if (!('afterEaster' in of)) return { year, ...of };
    const sunday = easter(year);
    return { ...sunday, day: sunday.day + of.afterEaster };
  };
  const years = [today.year - 1, today.year, today.year + 1].map(inYear);
  const past = years.filter((d) => number(d) <= number(today)).at(-1);
  const ahead = years.find((d) => number(d) >= number(today));
  return (direction === 'past' ? past : ahead) ?? inYear(today.year);
}
