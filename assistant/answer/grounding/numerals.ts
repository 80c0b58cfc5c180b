/** Numbers as people write them in words and signs, in English and Japanese. */

const small =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const powers: Readonly<Record<string, number>> = {
  hundred: 100,
  thousand: 1_000,
  million: 1_000_000,
  billion: 1_000_000_000,
};

const oneWord = `(?:${[...small, ...tens, ...Object.keys(powers), 'dozen'].join('|')})`;
/** A number in English words, of one word or several. */
export const englishNumber = `${oneWord}(?:(?:[ -]|[ -]and[ -])${oneWord}){0,12}`;

/** The value of a number in English words; null when the words make none. */
export function readEnglishNumber(text: string): number | null {
  let total = 0;
  let part = 0;
  for (const word of text.toLowerCase().split(/[ -]+/)) {
    if (word === 'and') continue;
    if (word === 'dozen') {
      part = Math.max(part, 1) * 12;
    } else if (small.includes(word)) {
      if (part % 10 !== 0 || (part % 100 !== 0 && small.indexOf(word) > 9)) return null;
      part += small.indexOf(word);
    } else if (tens.includes(word)) {
      if (part % 100 !== 0) return null;
      part += (tens.indexOf(word) + 2) * 10;
    } else {
      const power = powers[word];
      if (power === undefined) return null;
      if (power === 100) {
        part = Math.max(part, 1) * 100;
      } else {
        total += Math.max(part, 1) * power;
        part = 0;
      }
    }
  }
  return total + part;
}

const kanjiDigits = '〇一二三四五六七八九';
const kanjiPowers: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1_000 };
const kanjiMyriads: Readonly<Record<string, number>> = { 万: 10_000, 億: 100_000_000 };

/** The value of a number in Chinese characters, such as 三百二十; null when there is none. */
export function readKanjiNumber(text: string): number | null {
  let total = 0;
  let section = 0;
  let digit: number | null = null;
  for (const character of text) {
    const value = kanjiDigits.indexOf(character);
    const power = kanjiPowers[character];
    const myriad = kanjiMyriads[character];
    if (value >= 0) {
      digit = (digit ?? 0) * 10 + value;
    } else if (power !== undefined) {
      section += (digit ?? 1) * power;
      digit = null;
    } else if (myriad !== undefined) {
      total += (section + (digit ?? 0) || 1) * myriad;
      section = 0;
      digit = null;
    } else {
      return null;
    }
  }
  return total + section + (digit ?? 0);
}

/** Signs and words that multiply the digits before them. */
const multipliers: Readonly<Record<string, number>> = {
  k: 1_000,
  m: 1_000_000,
  bn: 1_000_000_000,
  ...powers,
  千: 1_000,
  万: 10_000,
  億: 100_000_000,
};

/** A number in digits: its value, and half of the last digit that is written. */
export interface Written {
  readonly value: number;
  readonly tolerance: number;
}

/**
 * Digits with separators of thousands, a point, and what multiplies them: `1,234.5`, `1.2k`, `3万`,
 * `1万2千`.
 */
export function readDigits(text: string): Written | null {
  const parts = [
    ...text
      .toLowerCase()
      .replaceAll(/[,\s'’](?=\d{3})/g, '')
      .matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+|[千万億])?/g),
  ];
  let value = 0;
  let tolerance = 0;
  for (const [, digits = '', word] of parts) {
    const times = word === undefined ? 1 : multipliers[word];
    if (times === undefined) return null;
    const decimals = digits.split('.')[1]?.length ?? 0;
    value += Number(digits) * times;
    tolerance = word === undefined && decimals === 0 ? 0 : 0.5 * 10 ** -decimals * times;
  }
  return parts.length === 0 || !Number.isFinite(value) ? null : { value, tolerance };
}
