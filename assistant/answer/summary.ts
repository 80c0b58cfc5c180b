import type { Cell, QueryResult } from '../engine/engine.ts';
import type { LanguageCode } from '../translate/language.ts';
import type { Presentation } from '../translate/translator.ts';
import type { Counted } from './counted.ts';
import { inertText, nameInSentence } from './inert-text.ts';
import { summarizeInJapanese } from './japanese.ts';
import { leadersOf } from './leaders.ts';

const number = (value: number) =>
  value.toLocaleString('en-US', { maximumFractionDigits: Number.isInteger(value) ? 0 : 2 });

function quantity(value: Cell, unit: Presentation['unit']): string {
  if (value === null) return 'no value';
  const numeric = typeof value === 'number' ? value : Number(value);
  if (typeof value === 'object' || Number.isNaN(numeric)) return inertText(String(value));
  switch (unit) {
    case 'USD':
      return `$${numeric.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
    case 'percent':
      return `${number(numeric)} %`;
    case 'days':
      return `${number(numeric)} ${numeric === 1 ? 'day' : 'days'}`;
    default:
      return number(numeric);
  }
}

/**
 * The headline of an answer, made from the rows alone: every number in it is a count of rows or the
 * value of a cell. The presentation must be in the same language.
 */
export function summarize(
  presentation: Presentation,
  counted: Counted,
  language: LanguageCode = 'en',
): string {
  return headlines[language](presentation, counted);
}

const headlines: Readonly<
  Record<LanguageCode, (presentation: Presentation, counted: Counted) => string>
> = { en: summarizeInEnglish, ja: summarizeInJapanese };

function summarizeInEnglish(presentation: Presentation, counted: Counted): string {
  const { rows } = counted.result;
  const { noun } = presentation;
  if (presentation.shape === 'number') {
    const { also } = presentation;
    const first = summarizeNumber(presentation, counted.result);
    return also
      ? `${first} ${summarizeNumber({ ...presentation, ...also }, counted.result)}`
      : first;
  }
  if (rows.length === 0) return `No ${noun.many} match.`;
  if (counted.truncated) {
    return counted.totalRows === null
      ? `More than ${number(rows.length)} ${noun.many} match; the first ${number(rows.length)} are shown.`
      : `${number(counted.totalRows)} ${noun.many} match; the first ${number(rows.length)} are shown.`;
  }
  if (presentation.shape === 'group') {
    const largest = summarizeLargest(presentation, counted.result);
    if (largest) return largest;
  }
  return rows.length === 1
    ? `1 ${noun.one} matches.`
    : `${number(rows.length)} ${noun.many} match.`;
}

const timestamp = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2})(:\d{2}(\.\d+)?)?$/;

function summarizeNumber(presentation: Presentation, result: QueryResult): string {
  const column = presentation.value
    ? result.columns.findIndex((c) => c.name === presentation.value)
    : 0;
  const value = result.rows[0]?.[Math.max(column, 0)] ?? null;
  const { noun, unit, label } = presentation;
  if (value === null) return `There is no value: no ${noun.many} match.`;
  const text = quantity(value, unit);
  if (label && unit === 'percent') return `${text} of ${label}.`;
  if (label) {
    const time = timestamp.exec(text);
    return time ? `${label} at ${time[1]} ${time[2]} UTC.` : `${label}: ${text}.`;
  }
  if (unit) return `${text} (${noun.many}).`;
  return `${text} ${Number(value) === 1 ? noun.one : noun.many}.`;
}

/** The name of a group; an account by its name, with its id to tell it from others of that name. */
function groupName(
  row: readonly Cell[],
  names: readonly number[],
  columns: readonly string[],
): string {
  const text = (i: number) =>
    row[i] === null || row[i] === undefined ? '(none)' : nameInSentence(String(row[i]), ['“', '”']);
  const parts: string[] = [];
  names.forEach((at, i) => {
    if (columns[i] === 'account_name' && columns[i - 1] === 'account_id') {
      parts.push(`${text(at)} (${parts.pop()})`);
    } else {
      parts.push(text(at));
    }
  });
  return parts.join(', ');
}

function summarizeLargest(presentation: Presentation, result: QueryResult): string | null {
  const { groupBy = [], noun, unit, label, ranked, narrowed } = presentation;
  const leaders = leadersOf(presentation, result);
  if (!leaders) return null;
  const { leader, names, lowest, extreme, value, count } = leaders;
  const amount = quantity(value, unit);
  const all = result.rows.length;
  const many = presentation.groups?.many ?? 'groups';
  const end = lowest ? 'lowest' : 'highest';
  const called =
    unit === 'percent' ? 'share' : label && label.charAt(0).toLowerCase() + label.slice(1);
  const most = called
    ? `the ${end} ${called}`
    : `the ${lowest ? 'fewest' : 'most'} ${narrowed ? 'matching ' : ''}${noun.many}${lowest ? ' of those that have any' : ''}`;
  const name = groupName(leader, names, groupBy);
  if (count > 1) {
    if (count === all && !ranked) {
      return `All ${number(all)} ${many} have the same value, ${amount}.`;
    }
    const of = count === all ? '' : ` of ${number(all)}`;
    return `${number(count)}${of} ${many} share ${most}, ${amount} each.`;
  }
  if (all === 1 && !ranked)
    return `${name}: ${amount}${called ? '' : ` ${extreme === 1 ? noun.one : noun.many}`}.`;
  const among =
    all === 1
      ? ''
      : ranked?.cut
        ? `, of the ${number(all)} ${many} shown`
        : `, of ${number(all)} ${many}`;
  return `${name} has ${most}, ${amount}${among}.`;
}
