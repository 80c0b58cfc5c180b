import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guard } from '../../../assistant/guard/guard.ts';
import { accept, options } from './database.ts';

const samples = [
  'select 1',
  "select region, count(*) as n, round(100.0 * count(*) / sum(count(*)) over (), 1) from kms_keys k where region <> 'x' and not contains(concern_codes, 'A') group by region having count(*) > 1 order by n desc nulls first limit 20",
  'with a(x) as (select key_arn from key_usage) select k.key_id from kms_keys k left join a on a.x = k.key_arn where a.x is null',
  'select c, count(*) from kms_keys cross join unnest(concern_codes) with ordinality as t(c, n) group by c',
  'select 1 union select 2 intersect select 3 except select 4 order by 1',
  '(select region from kms_keys order by 1 limit 3) union all (select region from key_usage limit 2)',
  "select listagg(alias, ', ') within group (order by alias) filter (where alias is not null) from kms_keys",
  "select array_agg(distinct region order by region desc), any_match(array['a'], x -> x like 'a!%' escape '!') from kms_keys",
  'select lag(key_id, 1) ignore nulls over (partition by region order by created_at rows between 1 preceding and current row) as "Prev Key" from kms_keys',
  "select case region when 'a' then -1 else - (-2) end, cast(days_unused as decimal(10, 2)) / 3, tags['x'], (1 = 2) = false, 1 - (2 - 3) from kms_keys",
  "select date_add('day', -90, current_date), now() - interval '3' hour, extract(year from created_at), trim(leading 'a' from alias) from kms_keys",
  'select region, grouping(region), count(*) from kms_keys group by grouping sets ((region), ())',
  'select k.key_id from kms_keys k join accounts a using (account_id) where k.created_at >= all (select created_at from kms_keys) and exists (select 1 from key_usage u where u.key_arn = k.key_arn)',
  "select * from (values (1, 'a'), (2, 'b'))",
  'select a.region from kms_keys a join (kms_keys b join key_usage c on b.key_arn = c.key_arn) on a.key_arn = b.key_arn',
];

describe('what the guard renders is a query that it renders the same again', () => {
  it.each(samples)('%s', (sql) => {
    const once = accept(sql);
    const twice = accept(once.trino);
    expect(twice.trino).toBe(once.trino);
    expect(twice.duckdb).toBe(once.duckdb);
    expect(twice.columns).toEqual(once.columns);
  });
});

describe('LIMIT', () => {
  it.each([
    ['select region from kms_keys', { rows: 1000, setByGuard: true }],
    ['select region from kms_keys limit 5', { rows: 5, setByGuard: false }],
    ['select region from kms_keys fetch first row only', { rows: 1, setByGuard: false }],
    ['select region from kms_keys limit 50000', { rows: 10000, setByGuard: true }],
    ['select region from kms_keys limit 0', { rows: 0, setByGuard: false }],
  ])('%s', (sql, limit) => {
    const query = accept(sql);
    expect(query.limit).toEqual(limit);
    expect(query.trino).toMatch(new RegExp(`LIMIT ${limit.rows}$`));
    expect(query.duckdb).toMatch(new RegExp(`LIMIT ${limit.rows}$`));
  });

  it('takes the bounds of the caller', () => {
    expect(accept('select 1', { defaultLimit: 7 }).limit.rows).toBe(7);
    expect(accept('select 1 limit 99', { maxLimit: 9 }).limit).toEqual({
      rows: 9,
      setByGuard: true,
    });
  });
});

describe('the clock stands at the moment of the data', () => {
  it.each(['current_date', 'current_timestamp', 'localtimestamp', 'now()', 'NOW ( )'])(
    '%s',
    (clock) => {
      const query = accept(`select ${clock}`);
      expect(query.trino).toMatch(/(DATE '2026-11-23'|TIMESTAMP '2026-11-23 10:30:00.000') AS/);
      expect(query.trino + query.duckdb).not.toMatch(/now|current|localtime/i);
    },
  );
});

/** A tree printed with all its parentheses, and again with only those that Trino's grammar needs. */
type Tree = { readonly full: string; readonly bare: string; readonly strength: number };
const binary = (op: string, strength: number, operand: fc.Arbitrary<Tree>): fc.Arbitrary<Tree> =>
  fc.tuple(operand, operand).map(([a, b]) => ({
    full: `(${a.full} ${op} ${b.full})`,
    bare: `${a.strength >= strength ? a.bare : `(${a.bare})`} ${op} ${b.strength > strength ? b.bare : `(${b.bare})`}`,
    strength,
  }));
const leaf = (...texts: string[]): fc.Arbitrary<Tree> =>
  fc.constantFrom(...texts).map((t) => ({ full: t, bare: t, strength: 9 }));
const numbers = fc.letrec<{ n: Tree }>((tie) => ({
  n: fc.oneof(
    { maxDepth: 4 },
    leaf('1', 'days_unused', '2.5'),
    binary('+', 6, tie('n')),
    binary('-', 6, tie('n')),
    binary('*', 7, tie('n')),
    binary('/', 7, tie('n')),
    binary('%', 7, tie('n')),
  ),
})).n;
const conditions = fc.letrec<{ b: Tree }>((tie) => ({
  b: fc.oneof(
    { maxDepth: 4 },
    leaf('multi_region', 'true'),
    fc.tuple(fc.constantFrom('=', '<>', '<', '>='), numbers, numbers).map(
      ([op, a, b]): Tree => ({
        full: `(${a.full} ${op} ${b.full})`,
        bare: `${a.bare} ${op} ${b.bare}`,
        strength: 4,
      }),
    ),
    fc.tuple(numbers, numbers, numbers).map(
      ([a, b, c]): Tree => ({
        full: `(${a.full} between ${b.full} and ${c.full})`,
        bare: `${a.bare} between ${b.bare} and ${c.bare}`,
        strength: 4,
      }),
    ),
    numbers.map(
      (a): Tree => ({
        full: `(${a.full} is not null)`,
        bare: `${a.bare} is not null`,
        strength: 4,
      }),
    ),
    tie('b').map(
      (a): Tree => ({
        full: `(not ${a.full})`,
        bare: `not ${a.strength >= 3 ? a.bare : `(${a.bare})`}`,
        strength: 3,
      }),
    ),
    binary('and', 2, tie('b')),
    binary('or', 1, tie('b')),
  ),
})).b;

describe('operators bind as the grammar of Trino says', () => {
  it('with and without needless parentheses', () => {
    fc.assert(
      fc.property(conditions, (t) => {
        const full = guard(`select key_id from kms_keys where ${t.full}`, options);
        const bare = guard(`select key_id from kms_keys where ${t.bare}`, options);
        if (!full.ok || !bare.ok)
          return (
            full.ok === bare.ok || [full, bare].some((r) => !r.ok && r.error.code === 'TOO_COMPLEX')
          );
        return full.query.trino === bare.query.trino && full.query.duckdb === bare.query.duckdb;
      }),
      { numRuns: 150 },
    );
  });
});

describe('the guard never throws', () => {
  const check = (sql: string): void => {
    const result = guard(sql, options);
    if (result.ok) expect(result.query.trino).toMatch(/LIMIT \d+$/);
    else expect(result.error.message).not.toBe('');
  };

  it('on any text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 80 }),
          fc.string({ unit: 'grapheme', maxLength: 80 }),
        ),
        check,
      ),
      { numRuns: 300 },
    );
  });

  it('on any row of words and signs', () => {
    const words = fc.constantFrom(
      ...`select from where ( ) , . ; ' " [ ] -> kms_keys k alias region count * max 1 2.5 'x' + - || / = and or not in between like is null case when then else end over partition by order group having limit offset union all intersect except with as join left on using unnest cross lateral values array cast filter interval date timestamp exists any distinct rows preceding current row grouping sets rollup try`.split(
        ' ',
      ),
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 40 }), (w) => check(`select ${w.join(' ')}`)),
      { numRuns: 500 },
    );
  });

  it('on damaged queries', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.nat(),
        fc.nat(12),
        fc.constantFrom(
          '',
          ' ',
          '(',
          ')',
          "'",
          '"',
          ',',
          ' select ',
          ' as ',
          ' null ',
          '*',
          '日',
          ' over () ',
          ';',
          '--',
          '/*',
        ),
        (sql, at, cut, put) => {
          const i = at % (sql.length + 1);
          check(sql.slice(0, i) + put + sql.slice(i + cut));
        },
      ),
      { numRuns: 600 },
    );
  });

  it('on what is no text', () => {
    expect(guard(undefined as unknown as string, options).ok).toBe(false);
  });

  it('and works on afterwards', () => {
    expect(guard('select 1', options).ok).toBe(true);
  });
});
