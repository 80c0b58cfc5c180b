import { describe, expect, it } from 'vitest';
import { functionNames } from '../../../assistant/guard/functions/table.ts';
import { guard } from '../../../assistant/guard/guard.ts';
import { attacks, hostile, innocent } from './attacks.ts';
import { accept, openDatabase, options, refused } from './database.ts';

function textAt(sql: string, { line, column }: { line: number; column: number }): string {
  const before = sql.split('\n').slice(0, line - 1);
  return sql.slice(before.reduce((n, l) => n + l.length + 1, 0) + column - 1);
}

describe.each(Object.entries(attacks))('%s', (_group, list) => {
  it.each(list)('%j is %s', (sql, code, place) => {
    const error = refused(sql);
    expect(error.code).toBe(code);
    expect(textAt(sql, error.position).startsWith(place)).toBe(true);
    expect(error.message).not.toBe('');
    expect(error.hint).not.toBe('');
  });
});

describe('an attack is refused in whatever way it is written', () => {
  const ways: readonly (readonly [string, (sql: string) => string])[] = [
    ['in capitals', (s) => s.toUpperCase()],
    ['with comments for blanks', (s) => (s.includes('/*') ? s : s.replaceAll(' ', '/**/ '))],
    ['with line ends for blanks', (s) => s.replaceAll(' ', '\r\n')],
    ['behind a comment', (s) => `-- SELECT 1\n/* SELECT 2; */ ${s}`],
    ['before a comment', (s) => `${s}\n-- ; SELECT 1`],
    ['with a semicolon', (s) => `${s}\n;`],
  ];
  it.each(ways)('%s', (_name, change) => {
    const passed = hostile.map(([sql]) => change(sql)).filter((sql) => guard(sql, options).ok);
    expect(passed).toEqual([]);
  });

  it('as a subquery, a WITH query, a part of a UNION and in EXISTS', () => {
    const inside = (s: string): readonly string[] => [
      `SELECT * FROM (${s}) t`,
      `WITH w AS (${s}) SELECT * FROM w`,
      `SELECT key_id FROM kms_keys UNION ALL (${s})`,
      `SELECT key_id FROM kms_keys WHERE EXISTS (${s})`,
    ];
    const passed = hostile
      .filter(([sql]) => !/;|--|\/\*/.test(sql))
      // Elsewhere than at the top a large LIMIT or OFFSET is not lowered and takes nothing along.
      .filter(([sql]) => !/OFFSET 9/.test(sql))
      .flatMap(([sql]) => inside(sql))
      .filter((sql) => guard(sql, options).ok);
    expect(passed).toEqual([]);
  });
});

describe('what is meant in earnest passes', () => {
  it.each(innocent)('%s', (sql) => {
    const result = guard(sql, options);
    expect(result.ok ? null : `${result.error.code} ${result.error.message}`).toBeNull();
  });

  it('and runs', async () => {
    const run = await openDatabase();
    for (const sql of innocent) await run(accept(sql).duckdb);
  });
});

describe('no function makes the text grow with every level of nesting', () => {
  const arguments_ = [
    '(X)',
    "(X, 'a')",
    '(X, 1)',
    '(X, X)',
    '(X, X, X)',
    "('day', 1, X)",
    '(X, v -> v)',
    "(X, 'a', 'b')",
    "(X, 5, 'a')",
  ];
  const operators = [
    '(X + X)',
    '(X / 2)',
    '(X / 2.5)',
    '(X % 2)',
    '(X * 1e0)',
    '(X || X)',
    '(X = X)',
    '(X between X and X)',
    '(X in (X, X))',
    'if(true, X, X)',
    '(case when X = X then X else X end)',
    'cast(X as varchar)',
    'cast(X as double)',
    'try_cast(X as integer)',
    'cast(X as timestamp)',
    '(- X)',
    'array[X]',
    'X[1]',
  ];
  const leaves = ['days_unused', '1.5', '1e0', 'alias', 'aliases', 'created_at', 'multi_region'];
  const shapes = [...operators, ...[...functionNames].flatMap((f) => arguments_.map((a) => f + a))];
  const nest = (shape: string, leaf: string, at: number, depth: number): string => {
    let sql = leaf;
    for (let i = 0; i < depth; i++) {
      let n = 0;
      const inside = sql;
      sql = shape.replaceAll('X', () => (n++ === at ? inside : leaf));
    }
    return `select ${sql} from kms_keys`;
  };

  it('in any of its arguments', () => {
    const grown: string[] = [];
    for (const shape of shapes)
      for (const leaf of leaves) {
        if (!guard(nest(shape, leaf, 0, 1), options).ok) continue;
        for (let at = 0; at < shape.split('X').length - 1; at++) {
          const length = (depth: number): number => {
            const result = guard(nest(shape, leaf, at, depth), options);
            return result.ok ? result.query.duckdb.length : 0;
          };
          const [four, eight] = [length(4), length(8)];
          // Doubling with every level would make it 16 times as long.
          if (eight > 5 * four) grown.push(`${shape} ${leaf} ${at}: ${four} to ${eight}`);
        }
      }
    expect(grown).toEqual([]);
  });
});
