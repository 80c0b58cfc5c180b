import { alt, expand, map, opt, type Parser, rule, seq, token } from '../grammar/chart.ts';
import type { Comparison } from '../plan/plan.ts';
import { type Ending, ichidan } from './endings.ts';
import { j, table } from './literals.ts';

const digits = '〇一二三四五六七八九';
const powers: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/** The number that kanji digits spell: 九十 is 90, 二千二十 is 2020, 二〇二四 is 2024; null for none. */
export function kanjiNumber(text: string): number | null {
  if (text === '') return null;
  if ([...text].every((c) => digits.includes(c))) {
    return Number([...text].map((c) => digits.indexOf(c)).join(''));
  }
  let total = 0;
  let digit: number | null = null;
  let last = Number.POSITIVE_INFINITY;
  for (const c of text) {
    const power = powers[c];
    if (power === undefined) {
      if (digit !== null || !digits.includes(c)) return null;
      digit = digits.indexOf(c);
    } else {
      if (power >= last || digit === 0) return null;
      total += (digit ?? 1) * power;
      last = power;
      digit = null;
    }
  }
  return total + (digit ?? 0);
}

const kanji: Parser<number> = (chart, at) => {
  // 数十 is some tens, 何百 any number of hundreds.
  if (/^[数何幾]$/u.test(chart.tokens[at - 1]?.text ?? '')) return [];
  const found: { value: number; end: number }[] = [];
  let text = '';
  for (let end = at; ; end += 1) {
    const t = chart.tokens[end];
    if (t?.kind !== 'character' || !/[〇一二三四五六七八九十百千]/.test(t.text)) break;
    text += t.text;
    // A number is read whole: the 九 of 九十 is not 9.
    const next = chart.tokens[end + 1];
    if (next?.kind === 'character' && /[〇一二三四五六七八九十百千]/.test(next.text)) continue;
    const value = kanjiNumber(text);
    if (value !== null) found.push({ value, end: end + 1 });
  }
  return found;
};

const written = token((t) => (t.kind === 'number' ? Number(t.text) : undefined));
const digitNumber: Parser<number> = (chart, at) =>
  /^[何幾]$/u.test(chart.tokens[at - 1]?.text ?? '') ? [] : written(chart, at);

/** A number: 90, 1,000, 九十, 1万, 3千. */
export const number: Parser<number> = rule(() =>
  map(
    seq(
      alt(digitNumber, kanji),
      opt(
        table([
          ['万', 10_000],
          ['千', 1000],
          ['百', 100],
        ]),
      ),
    ),
    ([n, power]) => n * (power ?? 1),
  ),
);

export const wholeNumber: Parser<number> = expand(number, (n) => (Number.isInteger(n) ? [n] : []));

/** What things are counted by. */
export const counter = j('個', '件', 'つ', '本', 'コ', 'ヶ', 'ケ', '種類', '種', '個分');

/** So many things: 10個, 3つ, 5件. */
export const things: Parser<number> = map(seq(wholeNumber, opt(counter)), ([n]) => n);

export interface Compared {
  readonly op: Comparison;
  readonly value: number;
}

/** Behind a quantity: 以上, 以下, 未満. */
const bound: Parser<Comparison> = table([
  ['以上', 'at least'],
  ['以下', 'at most'],
  ['未満', 'less than'],
  ['超', 'more than'],
]);

const beyond: Parser<{ op: Comparison; ending: Ending }> = alt(
  map(ichidan('を超え', 'を越え', 'より超え', 'が超え'), (ending) => ({
    op: 'more than' as const,
    ending,
  })),
);
/** i-adjectives of more and less. */
const adjectives: Parser<Comparison> = table([
  ['より多', 'more than'],
  ['よりも多', 'more than'],
  ['より長', 'more than'],
  ['よりも長', 'more than'],
  ['より大き', 'more than'],
  ['より高', 'more than'],
  ['よりも高', 'more than'],
  ['より少な', 'less than'],
  ['よりも少な', 'less than'],
  ['より短', 'less than'],
  ['より小さ', 'less than'],
  ['より安', 'less than'],
  ['より低', 'less than'],
]);
const adjectiveEndings: Parser<Ending> = table<Ending>([
  ['い', { negated: false, slot: 'attributive' }],
  ['く', { negated: false, slot: 'continuative' }],
  ['くて', { negated: false, slot: 'continuative' }],
  ['いです', { negated: false, slot: 'final' }],
  ['くない', { negated: true, slot: 'attributive' }],
  ['くなく', { negated: true, slot: 'continuative' }],
]);

/**
 * How a quantity is compared. `ending` is there where the comparison is itself the predicate (を超える,
 * より多い); otherwise it is a noun that a predicate follows (以上ある, 以上の).
 */
export const comparing: Parser<{ op: Comparison; ending: Ending | null }> = rule(() =>
  alt(
    map(bound, (op) => ({ op, ending: null })),
    beyond,
    map(seq(adjectives, adjectiveEndings), ([op, ending]) => ({ op, ending })),
  ),
);

/** "10個以上", "ちょうど3つ", "3つ". */
export const comparedThings: Parser<Compared> = rule(() =>
  alt(
    map(seq(wholeNumber, opt(counter), bound), ([value, , op]): Compared => ({ op, value })),
    map(
      seq(j('ちょうど', '丁度', 'きっかり'), wholeNumber, opt(counter)),
      ([, value]): Compared => ({ op: 'exactly', value }),
    ),
    map(
      seq(j('少なくとも', '最低', '最低でも'), wholeNumber, opt(counter)),
      ([, value]): Compared => ({ op: 'at least', value }),
    ),
  ),
);
