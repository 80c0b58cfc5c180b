import type { Expr, IntervalUnit, LiteralExpr, LiteralValue } from '../ast.ts';
import { refuse } from '../refusal.ts';
import type { Token } from '../scan.ts';
import {
  BIGINT,
  BOOLEAN,
  DATE,
  DOUBLE,
  decimal,
  INTEGER,
  NULL_TYPE,
  type SqlType,
  TIMESTAMP,
  VARCHAR,
} from '../sqltype.ts';

export function literal(value: LiteralValue, at: number | null): LiteralExpr {
  return { kind: 'literal', value, type: literalType(value, at), at };
}

function literalType(value: LiteralValue, at: number | null): SqlType {
  switch (value.kind) {
    case 'null':
      return NULL_TYPE;
    case 'boolean':
      return BOOLEAN;
    case 'string':
      return VARCHAR;
    case 'date':
      return DATE;
    case 'timestamp':
      return TIMESTAMP;
    case 'interval':
      return {
        kind: 'interval',
        of: value.unit === 'month' || value.unit === 'year' ? 'months' : 'time',
      };
    case 'number':
      return numberType(value.text, at);
  }
}

function numberType(text: string, at: number | null): SqlType {
  if (/e/i.test(text)) return DOUBLE;
  if (text.includes('.')) {
    const [whole = '', fraction = ''] = text.split('.');
    const digits = whole.replace(/^0+/, '').length + fraction.length;
    if (digits > 38)
      refuse(
        'UNSUPPORTED',
        `The number ${text.slice(0, 45)} has more than 38 digits.`,
        at,
        'Write fewer digits.',
      );
    return decimal(Math.max(digits, fraction.length, 1), fraction.length);
  }
  const value = BigInt(text);
  if (value > 9_223_372_036_854_775_807n)
    refuse(
      'UNSUPPORTED',
      `The number ${text.slice(0, 45)} is too large for a bigint.`,
      at,
      'Write a smaller number.',
    );
  return value > 2_147_483_647n ? BIGINT : INTEGER;
}

const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** A date as YYYY-MM-DD, or undefined when there is no such day. */
export function readDate(text: string): string | undefined {
  const m = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text.trim());
  if (!m) return undefined;
  const [year, month, day] = [Number(m[1]), Number(m[2]), Number(m[3])];
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  return `${m[1]}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** A timestamp as YYYY-MM-DD HH:MM:SS.mmm, or undefined. Zones and finer fractions are not read. */
export function readTimestamp(text: string): string | undefined {
  const m = /^(\S+)(?: (\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?)?$/.exec(text.trim());
  const date = m?.[1] === undefined ? undefined : readDate(m[1]);
  if (!m || date === undefined) return undefined;
  const [hour, minute, second] = [Number(m[2] ?? 0), Number(m[3] ?? 0), Number(m[4] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date} ${two(hour)}:${two(minute)}:${two(second)}.${(m[5] ?? '').padEnd(3, '0')}`;
}

const units: readonly string[] = ['second', 'minute', 'hour', 'day', 'month', 'year'];

/** DATE '…', TIMESTAMP '…' and INTERVAL '…' unit, read from the tokens at an index; how many it took. */
export function typedLiteral(
  tokens: readonly Token[],
  index: number,
): { readonly expr: Expr; readonly length: number } | undefined {
  const first = tokens[index];
  if (first?.kind !== 'word') return undefined;
  const next = tokens[index + 1];
  if (first.text === 'interval') return intervalLiteral(tokens, index, first.at);
  if (next?.kind !== 'string') return undefined;
  if (first.text === 'date') {
    const text = readDate(next.value);
    if (text === undefined)
      refuse(
        'SYNTAX',
        `There is no date '${next.value.slice(0, 40)}'.`,
        next.at,
        "Write DATE '2026-01-31'.",
      );
    return { expr: literal({ kind: 'date', text }, first.at), length: 2 };
  }
  if (first.text === 'timestamp') {
    // All times are UTC already.
    const text = readTimestamp(next.value.replace(/(:\d\d(?:\.\d+)?)\s*(?:UTC|Z|\+00:00)$/, '$1'));
    if (text === undefined)
      refuse(
        'SYNTAX',
        `There is no UTC timestamp '${next.value.slice(0, 40)}'.`,
        next.at,
        "Write TIMESTAMP '2026-01-31 12:00:00', without a zone and with at most three decimals.",
      );
    return { expr: literal({ kind: 'timestamp', text }, first.at), length: 2 };
  }
  return undefined;
}

function intervalLiteral(
  tokens: readonly Token[],
  index: number,
  at: number,
): { readonly expr: Expr; readonly length: number } | undefined {
  const signed = tokens[index + 1];
  const hasSign = signed?.kind === 'symbol' && (signed.text === '-' || signed.text === '+');
  const start = index + (hasSign ? 2 : 1);
  const value = tokens[start];
  const unit = tokens[start + 1];
  if (value?.kind === 'number')
    refuse(
      'SYNTAX',
      'The amount of an INTERVAL stands in quotes.',
      value.at,
      `Write INTERVAL '${value.text}' ${unit?.text.toUpperCase() ?? 'DAY'}.`,
    );
  if (value?.kind !== 'string') return undefined;
  const name = unit?.kind === 'word' ? unit.text : '';
  if (!units.includes(name) || tokens[start + 2]?.text === 'to')
    refuse(
      'UNSUPPORTED',
      `An INTERVAL in ${name || 'no unit'}${tokens[start + 2]?.text === 'to' ? ' TO …' : ''} is not available.`,
      unit?.at ?? value.at,
      "Write one unit: INTERVAL '14' DAY, MONTH, YEAR, HOUR, MINUTE or SECOND.",
    );
  if (!/^\s*[+-]?\d{1,6}\s*$/.test(value.value))
    refuse(
      'SYNTAX',
      `'${value.value.slice(0, 40)}' is not the amount of an INTERVAL.`,
      value.at,
      "Write a whole number: INTERVAL '90' DAY.",
    );
  const amount = Number(value.value) * (signed?.text === '-' && hasSign ? -1 : 1);
  return {
    expr: literal({ kind: 'interval', amount, unit: name as IntervalUnit }, at),
    length: start + 2 - index,
  };
}
