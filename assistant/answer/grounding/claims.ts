import { regionNames } from '../../translate/offline/lexicon/regions.ts';
import type { Claim, Place, TimeUnit, Unit } from './claim.ts';
import { folded } from './folded.ts';
import { momentPattern, monthPattern, readMoments } from './moments.ts';
import { englishNumber, readDigits, readEnglishNumber, readKanjiNumber } from './numerals.ts';

type Found = Claim extends infer C ? (C extends Place ? Omit<C, keyof Place> : never) : never;

/** One kind of claim: how it is written, and what it states; null where it states nothing. */
interface Reader {
  readonly pattern: RegExp;
  readonly read: (match: RegExpExecArray) => Found | null;
}

const name = (): Found => ({ kind: 'name' });

const digits =
  "(?<!\\d)\\d{1,30}(?:[,\\u00a0\\u202f\\u2009'’]\\d{3})*(?![,']\\d{3}(?!\\d))(?:\\.\\d+)?";
const multiplied = `${digits}(?:\\s?(?:k|m|bn|hundred|thousand|million|billion)\\b|[千万億](?:\\d+[千百]?)?)?`;
const kanji = '(?<![〇一二三四五六七八九十百千万億])[〇一二三四五六七八九十百千万億]{1,16}';
const anyNumber = `(?:${multiplied}|\\b${englishNumber}\\b|${kanji})`;
const timeUnit =
  '(?:[ -]?(?:seconds?|minutes?|hours?|days?|weeks?|months?|quarters?|years?|d|hrs?|mins?)\\b|日間?(?!付|時)|週間?|[かヶヵカ箇ケ]月|年間?|時間|分間|秒)';
const counter =
  '(?:件|個|つ|本|社|名|人|種類|回|アカウント|リージョン|キー|グラント|サービス|ユーザー|ロール|カ所|か所)';

/** In the order in which they are taken: what was taken once is not read again. */
const readers: readonly Reader[] = [
  quoted('"', '"'),
  quoted('“', '”'),
  quoted('„', '[“”]'),
  quoted('«', '»'),
  quoted('「', '」'),
  quoted('『', '』'),
  quoted('`', '`'),
  quoted("(?<!\\w)['‘]", "['’](?!\\w)"),
  {
    pattern: /\barn:[\w-]+:[^\s"'“”‘’「」『』、。（）()<>]*[^\s"'“”‘’「」『』、。（）()<>.,;:!?]/gi,
    read: name,
  },
  { pattern: /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\bmrk-[0-9a-f]+\b/gi, read: name },
  { pattern: /\balias\/[\w/-]+/gi, read: name },
  { pattern: /(?<![\w-])\d{4}-\d{4}-\d{4}(?![\w-])/g, read: name },
  { pattern: /(?<![\w.,-])\d{12}(?![\w]|[.,]\d)/g, read: name },
  { pattern: /(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?:\/\d+)?(?![\w]|\.\d)/g, read: name },
  { pattern: /(?<![\w:])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}(?![\w:])/gi, read: name },
  { pattern: momentPattern, read: ([text]) => momentOf(text) },
  { pattern: monthPattern, read: ([text]) => momentOf(text) },
  {
    pattern:
      /(?<=\b(?:in|since|during|year|until|till|before|after|from|to|and|of)\s)(?:19|20)\d{2}(?=\s*(?:[.;:)]|,(?!\d)|$|\n))/gi,
    read: ([text]) => momentOf(`${text}年`),
  },
  {
    pattern: /(?<![\w.@/=-])[A-Za-z0-9][\w.@/+=-]*[A-Za-z0-9](?![\w])/g,
    read: ([text]) => (isName(text) ? name() : null),
  },
  ...Object.entries(placeCodes()).map(
    ([place, codes]): Reader => ({
      pattern: placePattern(place),
      read: () => ({ kind: 'place', codes }),
    }),
  ),
  {
    pattern: new RegExp(
      `(?:US)?\\$\\s?(${multiplied})|\\bUSD\\s?(${multiplied})|(${anyNumber})\\s?(?:USD\\b|US dollars?\\b|dollars?\\b|米?ドル)`,
      'gi',
    ),
    read: ([, sign, code, word]) => number(sign ?? code ?? word ?? '', 'money'),
  },
  {
    pattern: new RegExp(
      `[€£¥]\\s?${multiplied}|\\b(?:EUR|GBP|JPY)\\s?${multiplied}|${anyNumber}\\s?(?:[€£¥円]|ユーロ|ポンド|(?:EUR|GBP|JPY|euros?|pounds?|yen)\\b)`,
      'gi',
    ),
    read: () => ({ kind: 'unreadable' }),
  },
  {
    pattern: new RegExp(
      `(${anyNumber})[\\s-]?(?:%|percent\\b|per cent\\b|percentage\\b|パーセント|ポイント)`,
      'gi',
    ),
    read: ([, text = '']) => number(text, 'percent'),
  },
  {
    pattern: /(\d|[一二三四五六七八九])割(?:(\d|[一二三四五六七八九])分)?/g,
    read: ([, tens = '', ones]) => ({
      kind: 'number',
      value: (spelledValue(tens) ?? 0) * 10 + (ones === undefined ? 0 : (spelledValue(ones) ?? 0)),
      tolerance: ones === undefined ? 5 : 0.5,
      unit: 'percent',
    }),
  },
  fraction(/\b(?:one[ -]|a )?half\b(?![ -](?:an? )?(?:year|month|day|hour)s?\b)|半数|半分/gi, 50),
  fraction(/\b(?:a|one)[ -]third\b|3分の1|三分の一/gi, 100 / 3),
  fraction(/\btwo[ -]thirds\b|3分の2|三分の二/gi, 200 / 3),
  fraction(/\b(?:a|one)[ -]quarter\b(?! (?:of a )?year)|4分の1|四分の一/gi, 25),
  fraction(/\bthree[ -]quarters\b|4分の3|四分の三/gi, 75),
  {
    pattern: /\b(?:twice|double[ds]?|doubling)\b/gi,
    read: () => ({ kind: 'ratio', value: 2, tolerance: 0 }),
  },
  {
    pattern: /\b(?:thrice|triple[ds]?|tripling)\b/gi,
    read: () => ({ kind: 'ratio', value: 3, tolerance: 0 }),
  },
  {
    pattern: new RegExp(
      `(${anyNumber})(?:\\s?times(?=\\s+(?:as|more|the|that|larger|higher|greater|bigger)\\b)|x\\b|-fold\\b|倍)`,
      'gi',
    ),
    read: ([, text = '']) => {
      const read = number(text, 'none');
      return read.kind === 'number'
        ? { kind: 'ratio', value: read.value, tolerance: read.tolerance }
        : read;
    },
  },
  {
    pattern: /(?<![\w.,])(\d+)(?:st|nd|rd|th)\b|第(\d+)|(\d+)(?:番目|位)/gi,
    read: ([, english, before, after]) => ({
      kind: 'ordinal',
      value: Number(english ?? before ?? after),
    }),
  },
  {
    pattern:
      /\b(?:no|none|nothing|zero|nobody)\b(?:\s+[\w-]+){0,5}?\s+(?:match(?:es|ed)?|found|exists?|meets?)\b|\bthere (?:is|are|were|was) (?:no|none|zero)\b|\bnone of (?:the|them|our|these|those)\b|該当[^。、]{0,20}(?:ありません|なし|ない)|見つかりません|存在しません|[1１一]件もありません/gi,
    read: () => ({ kind: 'none' }),
  },
  ...matchCounts(),
  {
    pattern: new RegExp(`(?<![\\d.])[-−+]?(${multiplied})(${timeUnit})?`, 'gi'),
    read: ([, text = '', unit]) => number(text, timeUnitOf(unit)),
  },
  {
    pattern: /\b(?:dozens|hundreds|thousands|millions|billions) of\b|数[十百千万]/gi,
    read: () => ({ kind: 'unreadable' }),
  },
  {
    pattern: new RegExp(
      `(?<!\\b(?:any|every|each|no|this|that|which|another|either|some|only)[ -])\\b(${englishNumber})\\b(?!-|\\s+(?:of|by|another|or|that|which|who|can|could|may|might|should|must|has|is|more time)\\b(?<=(?<![\\w-])one\\s+\\w+))(${timeUnit})?`,
      'gi',
    ),
    read: ([, text = '', unit]) => number(text, timeUnitOf(unit)),
  },
  {
    pattern: new RegExp(`(${kanji})(?:(${timeUnit})|${counter})`, 'g'),
    read: ([, text = '', unit]) => number(text, timeUnitOf(unit)),
  },
  {
    pattern: /(?:ひと|ふた)つ/g,
    read: ([text]) => number(text.startsWith('ひと') ? '1' : '2', 'none'),
  },
  { pattern: /[\p{N}]+/gu, read: () => ({ kind: 'unreadable' }) },
];

/** "12 customer managed keys match", "12件が該当", "該当するキーは12件". */
function matchCounts(): readonly Reader[] {
  const read = ([, text = '']: RegExpExecArray): Found => {
    const found = number(text, 'none');
    return found.kind === 'number' ? { ...found, ofMatches: true } : found;
  };
  return [
    {
      pattern: new RegExp(
        `(?<![\\d.])\\b(${anyNumber})(?!${timeUnit})(?=(?:\\s+[a-z-]+){0,5}?\\s+(?:match|matches|matched|(?:was|were) found)\\b)`,
        'gi',
      ),
      read,
    },
    { pattern: new RegExp(`(?<=該当[^。、\\d]{0,20})(${anyNumber})(?=件)`, 'g'), read },
    { pattern: new RegExp(`(?<![\\d.])(${anyNumber})(?=件[^。、]{0,6}該当)`, 'g'), read },
  ];
}

function quoted(open: string, close: string): Reader {
  return {
    pattern: new RegExp(`${open}([^\\n]{1,300}?)${close}`, 'g'),
    read: ([, content = '']) => ({ kind: 'quoted', content }),
  };
}

function fraction(pattern: RegExp, percent: number): Reader {
  return {
    pattern,
    read: () => ({ kind: 'number', value: percent, tolerance: 0.5, unit: 'percent' }),
  };
}

function momentOf(text: string): Found {
  const readings = readMoments(text);
  return readings.length === 0 ? { kind: 'unreadable' } : { kind: 'moment', readings };
}

function number(text: string, unit: Unit): Found {
  if (/^0\d/.test(text)) return { kind: 'unreadable' };
  const read = readDigits(text);
  if (read !== null) return { kind: 'number', ...read, unit };
  const value = spelledValue(text);
  return value === null ? { kind: 'unreadable' } : { kind: 'number', value, tolerance: 0, unit };
}

const spelledValue = (text: string): number | null =>
  /^\d/.test(text)
    ? (readDigits(text)?.value ?? null)
    : /^[a-z]/i.test(text)
      ? readEnglishNumber(text)
      : readKanjiNumber(text);

/**
 * Whether a run of letters, digits and signs is a name: something of the data rather than a word or a
 * number with its unit (90d, 2nd, 1.2k, USD12, 30-day).
 */
function isName(text: string): boolean {
  if (!/[A-Za-z]/.test(text)) return false;
  if (/[@_]/.test(text) || (text.match(/\//g)?.length ?? 0) > 1) return true;
  if (!/\d/.test(text)) return false;
  return !/^(?:usd)?[\d.,]+(?:[kmdhx]|bn|st|nd|rd|th|usd|-?(?:second|minute|hour|day|week|month|year)s?(?:-old)?|-fold)?$/i.test(
    text,
  );
}

/** The unit that stands behind a number. */
function timeUnitOf(text: string | undefined): Unit {
  if (text === undefined) return 'none';
  const plain = text.trim().replace(/^-/, '').toLowerCase();
  return timeUnits.find(([pattern]) => pattern.test(plain))?.[1] ?? 'none';
}

const timeUnits: readonly (readonly [RegExp, TimeUnit])[] = [
  [/^sec|^秒/, 'second'],
  [/^min|^分/, 'minute'],
  [/^h|^時/, 'hour'],
  [/^d|^日/, 'day'],
  [/^week|^週/, 'week'],
  [/^month|月$/, 'month'],
  [/^quarter/, 'quarter'],
  [/^year|^年/, 'year'],
];

/** How people call Regions, with the codes each can mean. */
function placeCodes(): Readonly<Record<string, readonly string[]>> {
  const codes: Record<string, string[]> = {};
  for (const [code, places] of Object.entries(regionNames))
    for (const place of places) codes[place] = [...(codes[place] ?? []), code];
  const longestFirst = Object.entries(codes).sort(([a], [b]) => b.length - a.length);
  return Object.fromEntries(longestFirst);
}

/** A word by itself: タイ is Thailand, and not the beginning of タイム. */
function placePattern(place: string): RegExp {
  const text = place.replaceAll('.', '\\.');
  return /^[\p{Script=Latin} .]+$/u.test(place)
    ? new RegExp(`(?<![\\p{L}\\p{N}-])${text}(?![\\p{L}\\p{N}-])`, 'giu')
    : new RegExp(
        `(?<![\\p{Script=Han}\\p{Script=Katakana}ー])${text}(?![\\p{Script=Han}\\p{Script=Katakana}ー])`,
        'gu',
      );
}

/** Takes the place of what was read. */
const TAKEN = '\u0001';

/** Everything that a text states and that can be checked, in order of its place. */
export function claimsOf(text: string): readonly Claim[] {
  let rest = folded(text);
  const claims: Claim[] = [];
  for (const { pattern, read } of readers) {
    let taken = '';
    let from = 0;
    for (const match of rest.matchAll(pattern)) {
      const found = read(match);
      if (found === null) continue;
      const [start, end] = [match.index, match.index + match[0].length];
      claims.push({ ...found, start, end, text: text.slice(start, end) } as Claim);
      taken += rest.slice(from, start) + TAKEN.repeat(end - start);
      from = end;
    }
    rest = taken + rest.slice(from);
  }
  return claims.sort((a, b) => a.start - b.start);
}
