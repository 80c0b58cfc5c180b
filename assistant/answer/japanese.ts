import type { Cell } from '../engine/engine.ts';
import type { Presentation } from '../translate/translator.ts';
import type { Coverage } from './answer.ts';
import type { Counted } from './counted.ts';
import { inertText, nameInSentence } from './inert-text.ts';
import { leadersOf } from './leaders.ts';

/** Headlines and the coverage sentence in Japanese, by the rules of the English ones. */

const number = (value: number) =>
  value.toLocaleString('ja-JP', { maximumFractionDigits: Number.isInteger(value) ? 0 : 2 });

function quantity(value: Cell, unit: Presentation['unit'], counter = ''): string {
  if (value === null) return '値なし';
  const numeric = typeof value === 'number' ? value : Number(value);
  if (typeof value === 'object' || Number.isNaN(numeric)) return inertText(String(value));
  switch (unit) {
    case 'USD':
      return `${numeric.toLocaleString('ja-JP', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}ドル`;
    case 'percent':
      return `${number(numeric)}%`;
    case 'days':
      return `${number(numeric)}日`;
    default:
      return `${number(numeric)}${counter}`;
  }
}

/** The headline of an answer, made from the rows alone. */
export function summarizeInJapanese(presentation: Presentation, counted: Counted): string {
  const { rows } = counted.result;
  const noun = presentation.noun.many;
  if (presentation.shape === 'number') {
    const { also } = presentation;
    const first = summarizeNumber(presentation, counted);
    return also ? `${first}${summarizeNumber({ ...presentation, ...also }, counted)}` : first;
  }
  if (rows.length === 0) return `該当する${noun}はありません。`;
  if (counted.truncated) {
    const total =
      counted.totalRows === null
        ? `${number(rows.length)}件を超えて`
        : `${number(counted.totalRows)}件`;
    return `該当する${noun}は${total}あります。先頭の${number(rows.length)}件を表示しています。`;
  }
  const largest = presentation.shape === 'group' ? summarizeLargest(presentation, counted) : null;
  return largest ?? `該当する${noun}は${number(rows.length)}件です。`;
}

const timestamp = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}:\d{2})(:\d{2}(\.\d+)?)?$/;

function summarizeNumber(presentation: Presentation, { result }: Counted): string {
  const column = presentation.value
    ? result.columns.findIndex((c) => c.name === presentation.value)
    : 0;
  const value = result.rows[0]?.[Math.max(column, 0)] ?? null;
  const { noun, unit, label } = presentation;
  if (value === null) return `該当する${noun.many}がないため、値はありません。`;
  const time = timestamp.exec(String(value));
  if (label && time) {
    const [, year, month, day, clock] = time;
    return `${label}は${year}年${Number(month)}月${Number(day)}日${clock}（UTC）です。`;
  }
  return `${label ?? noun.many}は${quantity(value, unit, label ? '' : '件')}です。`;
}

/** The name of a group; an account by its name, with its id to tell it from others of that name. */
function groupName(
  row: readonly Cell[],
  names: readonly number[],
  columns: readonly string[],
): string {
  const text = (i: number) =>
    row[i] === null || row[i] === undefined
      ? '（なし）'
      : nameInSentence(String(row[i]), ['「', '」']);
  const parts: string[] = [];
  names.forEach((at, i) => {
    if (columns[i] === 'account_name' && columns[i - 1] === 'account_id') {
      parts.push(`${text(at)}（${parts.pop()}）`);
    } else {
      parts.push(text(at));
    }
  });
  return parts.join('、');
}

function summarizeLargest(presentation: Presentation, { result }: Counted): string | null {
  const { groupBy = [], noun, unit, label, ranked, narrowed } = presentation;
  const leaders = leadersOf(presentation, result);
  if (!leaders) return null;
  const { leader, names, lowest, value, count } = leaders;
  const called = unit === 'percent' ? '割合' : label;
  const amount = quantity(value, unit, called ? '' : '件');
  const all = result.rows.length;
  const groups = presentation.groups?.many ?? 'グループ';
  const name = groupName(leader, names, groupBy);
  const thing = called ?? `${narrowed ? '該当する' : ''}${noun.many}の数`;
  if (count === all && all > 1 && !ranked) {
    return `${number(all)}の${groups}すべてで${thing}は同じ${amount}です。`;
  }
  const end = lowest ? '最小' : '最大';
  const among = lowest && !called ? `（${noun.many}が1件以上あるもののうち）` : '';
  if (count > 1) {
    const of = count === all ? '' : `${number(all)}のうち`;
    return `${thing}が${end}の${groups}は${of}${number(count)}あり、それぞれ${amount}です${among}。`;
  }
  if (all === 1 && !ranked) return `${name}：${thing}は${amount}です。`;
  const of =
    all === 1
      ? ''
      : ranked?.cut
        ? `（表示している${number(all)}の${groups}のうち）`
        : `（${number(all)}の${groups}のうち）`;
  return `${thing}が${end}なのは${name}で、${amount}です${of || among}。`;
}

/** The coverage sentence. `accounts`: how many accounts each number concerns. */
export function coverageInJapanese(
  coverage: Coverage,
  accounts: { readonly partial: number; readonly failed: number; readonly skipped: number },
): string {
  const read = coverage.ok + coverage.partial + coverage.failed;
  return [
    `${number(read)}のアカウント・リージョンのうち${number(coverage.ok)}を完全に読み取りました。`,
    coverage.failed > 0
      ? `${number(coverage.failed)}（${number(accounts.failed)}アカウント）は読み取れず、そこにあるキーはこの回答に含まれていません。`
      : '',
    coverage.partial > 0
      ? `${number(coverage.partial)}（${number(accounts.partial)}アカウント）は一部のみ読み取れたため、そこのキーには不明な点があります。`
      : '',
    coverage.skipped > 0
      ? `${number(accounts.skipped)}アカウントは、停止中などのため対象外です。`
      : '',
  ].join('');
}
