import type { Expr, IntervalUnit } from '../ast.ts';
import { moved } from '../render/moments.ts';
import { arrayOf, BIGINT, DATE, type SqlType, TIMESTAMP } from '../sqltype.ts';
import { type FunctionSpec, type Parameter, scalar, type Tools, textOf, wholeOf } from './spec.ts';

/** Most values of a sequence. */
const MAX_VALUES = 1_000;

const seconds: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3600, day: 86400 };

/** A moment that can be worked out before anything runs, in seconds since 1970; months are counted apart. */
function momentOf(e: Expr | undefined): Date | undefined {
  if (e?.kind === 'literal' && e.value.kind === 'date')
    return new Date(`${e.value.text}T00:00:00Z`);
  if (e?.kind === 'literal' && e.value.kind === 'timestamp')
    return new Date(`${e.value.text.replace(' ', 'T')}Z`);
  if (e?.kind === 'cast' && (e.to.kind === 'date' || e.to.kind === 'timestamp')) {
    const moment = momentOf(e.operand);
    if (moment && e.to.kind === 'date') moment.setUTCHours(0, 0, 0, 0);
    return moment;
  }
  if (e?.kind === 'arithmetic' && e.right.kind === 'literal' && e.right.value.kind === 'interval') {
    const { amount, unit } = e.right.value;
    return later(momentOf(e.left), e.op === '-' ? -amount : amount, unit);
  }
  if (e?.kind === 'call' && e.name === 'date_add') {
    const n = wholeOf(e.args[1]);
    return n === undefined ? undefined : later(momentOf(e.args[2]), n, textOf(e.args[0]) ?? '');
  }
  if (e?.kind === 'call' && e.name === 'date_trunc') {
    const moment = momentOf(e.args[1]);
    if (moment === undefined || !['month', 'year', 'day'].includes(textOf(e.args[0]) ?? '')) return;
    moment.setUTCHours(0, 0, 0, 0);
    if (textOf(e.args[0]) !== 'day') moment.setUTCDate(1);
    if (textOf(e.args[0]) === 'year') moment.setUTCMonth(0);
    return moment;
  }
  return undefined;
}

function later(from: Date | undefined, amount: number, unit: string): Date | undefined {
  if (from === undefined) return undefined;
  const length = unit === 'week' ? 7 * 86400 : seconds[unit];
  if (length !== undefined) return new Date(from.getTime() + amount * length * 1000);
  const months = unit === 'month' ? amount : unit === 'year' ? 12 * amount : undefined;
  if (months === undefined || from.getUTCDate() > 28) return undefined;
  const to = new Date(from);
  to.setUTCMonth(to.getUTCMonth() + months);
  return to;
}

interface Step {
  readonly amount: number;
  readonly unit: IntervalUnit;
}

/** The step of a sequence of moments; a day when none is written. */
function stepOf(args: readonly Expr[]): Step | undefined {
  const step = args[2];
  if (step === undefined) {
    const [from, to] = [momentOf(args[0]), momentOf(args[1])];
    return { amount: from && to && to < from ? -1 : 1, unit: 'day' };
  }
  return step.kind === 'literal' && step.value.kind === 'interval' ? step.value : undefined;
}

/** How many values there are, or why that cannot be told. */
function countOf(args: readonly Expr[]): number | string {
  const unknown = 'its bounds must be written out, such as DATE or numbers';
  const [start, stop] = [wholeOf(args[0]), wholeOf(args[1])];
  if (start !== undefined && stop !== undefined) {
    const step = args[2] === undefined ? Math.sign(stop - start) || 1 : (wholeOf(args[2]) ?? 0);
    return step === 0 ? 'the step must be a number, and not 0' : (stop - start) / step + 1;
  }
  const [from, to, step] = [momentOf(args[0]), momentOf(args[1]), stepOf(args)];
  if (!from || !to || Number.isNaN(from.getTime()) || Number.isNaN(to.getTime())) return unknown;
  if (!step || step.amount === 0) return "the step must be an interval such as INTERVAL '1' DAY";
  const length = seconds[step.unit];
  if (length !== undefined)
    return (to.getTime() - from.getTime()) / 1000 / (length * step.amount) + 1;
  if (from.getUTCDate() > 28) return 'steps of months must begin before the 29th';
  const months = step.amount * (step.unit === 'year' ? 12 : 1);
  return (
    ((to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth()) /
      months +
    1
  );
}

const bound: Parameter = {
  wanted: 'an integer, a date or a timestamp',
  accepts: (t) => ['integer', 'bigint', 'date', 'timestamp'].includes(t.kind),
};

/** The numbers, days or moments between two that are known before anything runs. */
export const sequence: FunctionSpec = scalar(
  [bound, bound, { wanted: 'a step', accepts: () => true }],
  (types, args): SqlType | string => {
    if (
      types[0]?.kind !== types[1]?.kind &&
      !types.slice(0, 2).every((t) => t.kind.endsWith('int'))
    )
      return 'both bounds must have one type';
    const count = countOf(args);
    if (typeof count === 'string') return count;
    if (count > MAX_VALUES) return `more than ${MAX_VALUES} values`;
    if (count < 1) return 'the step leads away from the end';
    if (types[0]?.kind === 'timestamp') return arrayOf(TIMESTAMP);
    return arrayOf(types[0]?.kind === 'date' ? DATE : BIGINT);
  },
  (args, t: Tools) => {
    const element = t.result.kind === 'array' ? t.result.element.kind : 'bigint';
    if (element === 'bigint') {
      const down = (wholeOf(t.args[1]) ?? 0) < (wholeOf(t.args[0]) ?? 0);
      return `CAST(generate_series(${args[0]}, ${args[1]}, ${args[2] ?? (down ? -1 : 1)}) AS BIGINT[])`;
    }
    const step = stepOf(t.args) ?? { amount: 1, unit: 'day' };
    const count = Math.floor(Number(countOf(t.args)));
    const type: SqlType = element === 'date' ? DATE : TIMESTAMP;
    return t.bind([], () => {
      const n = t.fresh();
      return `list_transform(range(${count}), lambda ${n}: ${moved(args[0] ?? '', type, '+', `${n} * ${step.amount}`, step.unit)})`;
    });
  },
  { optional: 1 },
);
