import { refuse } from '../refusal.ts';

const codes: Readonly<Record<string, string>> = {
  yyyy: '%Y',
  YYYY: '%Y',
  yy: '%y',
  MMMM: '%M',
  MMM: '%b',
  MM: '%m',
  M: '%c',
  dd: '%d',
  d: '%e',
  EEEE: '%W',
  EEE: '%a',
  E: '%a',
  HH: '%H',
  H: '%k',
  hh: '%I',
  h: '%l',
  mm: '%i',
  ss: '%s',
  a: '%p',
  DDD: '%j',
};

/** A format of Joda, which format_datetime and parse_datetime take, as MySQL's, which date_format takes. */
export function formatFromJoda(format: string, at: number | null): string {
  return format.replace(
    /([A-Za-z])\1*|'((?:[^']|'')*)'|%|'/g,
    (part, letter: string | undefined, quoted: string | undefined) => {
      if (part === '%') return '%%';
      if (quoted !== undefined)
        return quoted === '' ? "'" : quoted.replaceAll("''", "'").replaceAll('%', '%%');
      const known = Object.hasOwn(codes, part) ? codes[part] : undefined;
      return letter !== undefined && known !== undefined
        ? known
        : refuse(
            'UNSUPPORTED',
            `The format ${part.slice(0, 20)} is not available.`,
            at,
            'Write yyyy MM dd HH mm ss, MMM or EEE, or date_format(x, format).',
          );
    },
  );
}
