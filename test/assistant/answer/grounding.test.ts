import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimsOf } from '../../../assistant/answer/grounding/claims.ts';
import { type GroundingContext, groundingOf } from '../../../assistant/answer/grounding.ts';

const perRegion = {
  columns: [
    { name: 'region', type: 'varchar' },
    { name: 'keys', type: 'bigint' },
    { name: 'monthly_usd', type: 'double' },
  ],
  rows: [
    ['eu-central-1', 1234, 1300.5],
    ['us-east-1', 617, 650.25],
    ['ap-northeast-1', 149, 149],
  ],
};
const keys = {
  columns: [
    { name: 'key_id', type: 'varchar' },
    { name: 'account_id', type: 'varchar' },
    { name: 'key_arn', type: 'varchar' },
    { name: 'alias', type: 'varchar' },
    { name: 'key_state', type: 'varchar' },
    { name: 'last_used_at', type: 'timestamp' },
    { name: 'days_unused', type: 'integer' },
    { name: 'tags', type: 'map(varchar, varchar)' },
    { name: 'concern_codes', type: 'array(varchar)' },
    { name: 'rotation_enabled', type: 'boolean' },
  ],
  rows: [
    [
      '0b7a9c3e-1111-4222-8333-444455556666',
      '111122223333',
      'arn:aws:kms:eu-central-1:111122223333:key/0b7a9c3e-1111-4222-8333-444455556666',
      'alias/payments-prod',
      'Enabled',
      '2026-03-04 05:06:07.000',
      264,
      { owner: 'Ada Lovelace', team: 'core-7' },
      ['ROTATION_DISABLED', 'PUBLIC_ACCESS', 'WILDCARD_ACTIONS', 'UNUSED_KEY'],
      false,
    ],
    [
      'mrk-0123456789abcdef0123456789abcdef',
      '999988887777',
      'arn:aws:kms:us-east-1:999988887777:key/mrk-0123456789abcdef0123456789abcdef',
      null,
      'PendingDeletion',
      '2026-07-15 23:59:00.000',
      131,
      {},
      [],
      true,
    ],
  ],
};
const percent = { columns: [{ name: 'percent', type: 'double' }], rows: [[53.6]] };
const none = { columns: [{ name: 'key_id', type: 'varchar' }], rows: [] };
const results = { perRegion, keys, percent, none };

const context = (over: Partial<GroundingContext> & { rows?: number } = {}): GroundingContext => ({
  texts: [
    'Which keys were unused for 90 days?',
    'Keys with at least 90 days without a recorded use',
  ],
  asOf: new Date('2026-11-23T10:30:00Z'),
  totalRows: over.rows ?? 0,
  ...over,
});
const check = (of: keyof typeof results, summary: string, over: Partial<GroundingContext> = {}) =>
  groundingOf(summary, results[of], context({ rows: results[of].rows.length, ...over }));

type Row = readonly [keyof typeof results, string];

describe('a summary that says what the rows say', () => {
  it.each<Row>([
    ['perRegion', 'eu-central-1 has the most keys, 1,234, of 3 Regions.'],
    ['perRegion', 'There are 2,000 keys in three Regions; eu-central-1 has 1234.'],
    ['perRegion', 'Frankfurt has 617 more keys than us-east-1.'],
    ['perRegion', 'eu-central-1 has 61.7 % of the 2000 keys.'],
    ['perRegion', 'eu-central-1 has 62 percent of the keys.'],
    ['perRegion', 'eu-central-1 has twice as many keys as us-east-1.'],
    ['perRegion', 'The keys cost $2,099.75 a month, $1,300.50 of it in eu-central-1.'],
    ['perRegion', 'The keys cost 2,099.75 USD; on average a Region pays $699.92.'],
    ['perRegion', 'eu-central-1 has about 1.2k keys.'],
    ['perRegion', 'eu-central-1 has about 1.2 thousand keys.'],
    ['perRegion', 'The least are 149, in Tokyo.'],
    ['perRegion', 'In the second place (2nd) is us-east-1.'],
    ['perRegion', 'キーは全部で2,000件、最も多いのはeu-central-1の1,234件です。'],
    ['perRegion', '３つのリージョンに２０００件あります。'],
    ['perRegion', 'フランクフルトのキーは約1.2千件で、全体の61.7％です。'],
    ['perRegion', '月額は合計2,099.75ドルです。'],
    ['perRegion', '東京は最も少ない149件です。三リージョンあります。'],
    ['perRegion', '全体の約6割がeu-central-1にあります。'],
    ['keys', 'Two keys match; alias/payments-prod was last used on 4 March 2026 at 05:06 UTC.'],
    ['keys', '2 keys were unused for 90 days, as of 2026-11-23.'],
    [
      'keys',
      'The key 0b7a9c3e-1111-4222-8333-444455556666 of account 111122223333 was unused for 264 days.',
    ],
    [
      'keys',
      'Account 1111-2222-3333 owns one of them; the other is mrk-0123456789abcdef0123456789abcdef.',
    ],
    [
      'keys',
      'arn:aws:kms:eu-central-1:111122223333:key/0b7a9c3e-1111-4222-8333-444455556666 is tagged "owner=Ada Lovelace".',
    ],
    [
      'keys',
      'It was last used on Mar 4, 2026, March 4th, 2026, 2026/03/04, 04.03.2026, in March 2026.',
    ],
    ['keys', 'One key is pending deletion, and 1 key has rotation off.'],
    ['keys', 'alias/payments-prod has four concerns, among them PUBLIC_ACCESS.'],
    ['keys', 'They were unused for 264 and 131 days, 197.5 days on average, 133 days apart.'],
    ['keys', 'One has no alias. Its last use was at 11:59 pm.'],
    ['keys', '“Ada Lovelace” owns it; the team is core-7.'],
    [
      'keys',
      '該当するキーは2件です。alias/payments-prodは2026年3月4日5時6分に最後に使われました。',
    ],
    ['keys', '「Ada Lovelace」のキーは２６４日間使われていません。'],
    [
      'keys',
      'It was used in March, and one of them in July. No one else did; that one may march on.',
    ],
    ['keys', '3月に使われました。'],
    ['keys', '二件のうち一件は削除待ちです。90日以上使われていません。'],
    ['percent', '53.6 % of the keys have rotation enabled.'],
    ['percent', 'About 54 percent of the keys.'],
    ['percent', 'ローテーションが有効なキーは53.6%です。'],
    ['none', 'No keys match.'],
    ['none', 'There are no keys that were unused for 90 days.'],
    ['none', '該当するキーはありません。'],
    ['none', 'Nothing is known of this.'],
  ])('%s: %s', (of, summary) => {
    expect(check(of, summary).ungrounded).toEqual([]);
  });
});

describe('a summary that says something else', () => {
  it.each<readonly [keyof typeof results, string, readonly string[]]>([
    ['perRegion', 'eu-central-1 has 1,235 keys.', ['1,235']],
    ['perRegion', 'There are 2,001 keys in four Regions.', ['2,001', 'four']],
    ['perRegion', 'eu-central-1 has 61.8 % of the keys.', ['61.8 %']],
    ['perRegion', 'The keys cost $2,099.76 a month.', ['$2,099.76']],
    ['perRegion', 'eu-west-1 has 1,234 keys.', ['eu-west-1']],
    ['perRegion', 'Dublin has 1,234 keys.', ['Dublin']],
    ['perRegion', 'It has three times as many keys.', ['three times']],
    ['perRegion', 'eu-central-1 has about 1.3k keys.', ['1.3k']],
    ['perRegion', 'There are 1,300 keys.', ['1,300']],
    ['perRegion', 'They cost €1,300.50 a month.', ['€1,300.50']],
    ['perRegion', '月額は1,300.50円です。', ['1,300.50円']],
    ['perRegion', 'keysは3倍です。', ['3倍']],
    ['perRegion', 'Half of the keys are in eu-central-1.', ['Half']],
    ['perRegion', 'There are 90 keys.', ['90']],
    ['perRegion', 'There are 3 % more.', ['3 %']],
    ['perRegion', 'It costs $3.', ['$3']],
    ['perRegion', 'They are 1,234 days old.', ['1,234 days']],
    ['perRegion', 'No keys match.', ['No keys match']],
    ['perRegion', 'キーは全部で2,001件です。', ['2,001']],
    ['perRegion', '４つのリージョンにあります。', ['４']],
    ['perRegion', '約3万件あります。', ['3万']],
    ['perRegion', '五件あります。', ['五件']],
    ['perRegion', 'シンガポールに1,234件あります。', ['シンガポール']],
    ['perRegion', '該当するキーは見つかりませんでした。', ['見つかりません']],
    ['perRegion', '全体の7割です。', ['7割']],
    ['perRegion', 'There are twenty-five keys.', ['twenty-five']],
    ['perRegion', 'There are ② Regions.', ['②']],
    ['perRegion', 'Hundreds of keys.', ['Hundreds of']],
    ['perRegion', 'There are ١٢ keys.', ['١٢']],
    [
      'keys',
      'alias/payments-dev was last used on 5 March 2026.',
      ['alias/payments-dev', '5 March 2026'],
    ],
    ['keys', 'alias/payments matches.', ['alias/payments']],
    ['keys', 'alias/payments-prod/eu matches.', ['alias/payments-prod/eu']],
    ['keys', 'Account 111122223334 owns it.', ['111122223334']],
    ['keys', 'Account 1111-2222-3334 owns it.', ['1111-2222-3334']],
    [
      'keys',
      'The key 0b7a9c3e-1111-4222-8333-444455556667 matches.',
      ['0b7a9c3e-1111-4222-8333-444455556667'],
    ],
    [
      'keys',
      'The key mrk-0123456789abcdef0123456789abcde0.',
      ['mrk-0123456789abcdef0123456789abcde0'],
    ],
    [
      'keys',
      'arn:aws:iam::111122223333:role/admin may use it.',
      ['arn:aws:iam::111122223333:role/admin'],
    ],
    ['keys', 'It belongs to "Grace Hopper".', ['"Grace Hopper"']],
    ['keys', 'It belongs to “Ada”.', ['“Ada”']],
    ['keys', '「Grace Hopper」のキーです。', ['「Grace Hopper」']],
    ['keys', 'The team is core-8.', ['core-8']],
    ['keys', 'It was used at 05:07 UTC.', ['05:07']],
    ['keys', 'It was used on 2026-03-04 at 06:06.', ['2026-03-04 at 06:06']],
    ['keys', '2026年3月5日に使われました。', ['2026年3月5日']],
    ['keys', 'It was used in 2025.', ['2025']],
    ['keys', 'It was used in August, and may be used again.', ['August']],
    ['keys', '8月に使われました。', ['8月']],
    ['keys', 'It was used on 31 February 2026 at 25:61.', ['31 February 2026 at 25:61']],
    ['keys', 'Twenty-one of the keys match.', ['Twenty-one']],
    ['keys', 'It was unused for 265 days.', ['265 days']],
    ['keys', 'It was called from 10.0.0.1.', ['10.0.0.1']],
    ['keys', 'ada@example.com used it.', ['ada@example.com']],
    ['keys', 'It has the concern LOCKOUT_RISK.', ['LOCKOUT_RISK']],
    ['keys', 'It was unused for 90 weeks.', ['90 weeks']],
    ['keys', 'It was unused for 264 weeks.', ['264 weeks']],
    ['keys', '264か月使われていません。', ['264か月']],
    ['percent', '53.7 % of the keys.', ['53.7 %']],
    ['percent', '46.4 % do not.', ['46.4 %']],
    ['none', 'Two keys match.', ['Two']],
    ['keys', '4 customer managed keys match.', ['4']],
    ['keys', '該当するキーは4件です。', ['4']],
    ['keys', '264 keys match.', ['264']],
    ['keys', '02 keys match.', ['02']],
    ['keys', '00 keys match.', ['00']],
    ['keys', 'There are 0 keys.', ['0']],
    ['keys', 'There are 133 keys.', ['133']],
  ])('%s: %s', (of, summary, texts) => {
    const { grounded, ungrounded } = check(of, summary);
    expect(ungrounded.map((u) => u.text)).toEqual(texts);
    expect(grounded).toBe(false);
    for (const { text, start, end } of ungrounded) expect(summary.slice(start, end)).toBe(text);
  });
});

describe('groups of a result', () => {
  const byMonth = {
    columns: [
      { name: 'created_month', type: 'varchar' },
      { name: 'keys', type: 'bigint' },
    ],
    rows: [
      ['2026-09', 7],
      ['2026-10', 7],
      ['2026-11', 2],
    ],
  };
  it.each<readonly [string, readonly string[]]>([
    ['2026-10 has 7 keys, the most of 3 months.', []],
    ['Two of 3 months share the most, 7 each.', []],
    ['2026-08 has 7 keys, the most of 4 months.', ['2026-08', '4 months']],
    ['5 of 3 months share the most, 7 each.', ['5']],
    ['2026年10月は7件で、3か月のうち最も多いです。', []],
  ])('%s', (summary, texts) => {
    const { ungrounded } = groundingOf(summary, byMonth, context({ rows: 3, texts: [] }));
    expect(ungrounded.map((u) => u.text)).toEqual(texts);
  });
});

describe('a number or a date beside the name of another row', () => {
  it.each<readonly [keyof typeof results, string, readonly string[]]>([
    ['perRegion', 'us-east-1 has 1,234 keys.', ['1,234']],
    ['perRegion', 'eu-central-1 has 1,234 keys and us-east-1 has 149.', ['149']],
    ['perRegion', 'eu-central-1 has the most keys, 617.', ['617']],
    ['perRegion', 'With 617 keys, eu-central-1 has the most.', ['617']],
    ['perRegion', 'Frankfurt has 617 keys.', ['617']],
    ['perRegion', 'us-east-1 costs $1,300.50 a month.', ['$1,300.50']],
    ['perRegion', '東京は1,234件です。', ['1,234']],
    ['perRegion', 'eu-central-1は617件、us-east-1は1,234件です。', ['617', '1,234']],
    ['keys', 'alias/payments-prod was unused for 131 days.', ['131 days']],
    ['keys', 'alias/payments-prod was last used on 15 July 2026.', ['15 July 2026']],
    ['keys', 'The key of account 999988887777 was last used in March 2026.', ['March 2026']],
    ['perRegion', 'us-east-1 has 617 keys and eu-central-1 has 1,234.', []],
    ['perRegion', 'eu-central-1 and us-east-1 have 1,234 and 617 keys.', []],
    ['perRegion', 'eu-central-1 has more keys than us-east-1, 1,234.', []],
    ['perRegion', 'us-east-1 has 617 keys; the largest number is 1,234.', []],
    ['perRegion', 'us-east-1 does not have the 1,234 keys.', []],
    ['perRegion', 'us-east-1 has 617 of 2,000 keys, in 3 Regions.', []],
    ['keys', 'alias/payments-prod was unused for 264 days, the other key for 131.', ['131']],
    ['keys', 'alias/payments-prod was unused for 264 days. Another key was for 131 days.', []],
  ])('%s: %s', (of, summary, texts) => {
    expect(check(of, summary).ungrounded.map((u) => u.text)).toEqual(texts);
  });
});

describe('what is not of the rows', () => {
  it('may stand in the question, with the unit it has there', () => {
    expect(check('keys', 'Nothing was used for 90 days.').grounded).toBe(true);
    expect(check('keys', '90 keys were not used.').grounded).toBe(false);
    expect(check('keys', 'It is in "core".', { texts: ['Is it in core?'] }).grounded).toBe(true);
  });

  it('may be the number of rows in all, of which some are shown', () => {
    const over = { totalRows: 4_711 };
    expect(check('perRegion', '4,711 rows match; the first 3 are shown.', over).grounded).toBe(
      true,
    );
    expect(check('perRegion', 'There are 2,000 keys in all.', over).grounded).toBe(false);
    expect(check('perRegion', '3 are shown.', { totalRows: null }).grounded).toBe(true);
  });

  it('states nothing where there is nothing to check', () => {
    expect(check('none', 'These are read-only facts; see the notes and/or the table.')).toEqual({
      grounded: true,
      claims: 0,
      ungrounded: [],
    });
    expect(check('none', '').grounded).toBe(true);
  });
});

describe('numbers of any result', () => {
  const count = fc.integer({ min: 0, max: 5_000_000 });
  const rows = fc.array(fc.tuple(count, fc.integer({ min: 1, max: 99_999_999 })), {
    minLength: 1,
    maxLength: 12,
  });
  const spell = (n: number, style: number) =>
    [
      String(n),
      n.toLocaleString('en-US'),
      String(n).replaceAll(/\d/g, (d) => String.fromCharCode(0xff10 + Number(d))),
    ][style] ?? String(n);
  const result = (values: readonly (readonly [number, number])[]) => ({
    columns: [
      { name: 'name', type: 'varchar' },
      { name: 'keys', type: 'bigint' },
      { name: 'monthly_usd', type: 'double' },
    ],
    rows: values.map(([n, cents], i) => [`name-${i}x`, n, cents / 100]),
  });
  const sentences = (values: readonly (readonly [number, number])[], style: number) => {
    const [[n, cents] = [0, 0]] = values;
    const total = values.reduce((sum, [v]) => sum + v, 0);
    const usd = (cents / 100).toLocaleString('en-US', { minimumFractionDigits: 2 });
    return [
      `name-0x has ${spell(n, style)} keys.`,
      `キーは${spell(n, style)}件です。`,
      `It costs $${usd} a month.`,
      `There are ${spell(total, style)} keys in all.`,
      `${spell(values.length, style)} rows match.`,
    ];
  };
  const at = (values: readonly (readonly [number, number])[]) =>
    context({ rows: values.length, texts: [] });

  it('are found when they are true', () => {
    fc.assert(
      fc.property(rows, fc.nat(2), (values, style) => {
        for (const summary of sentences(values, style))
          expect(groundingOf(summary, result(values), at(values)).ungrounded).toEqual([]);
      }),
    );
  });

  it('are not found when one digit is another, unless that is true as well', () => {
    let caught = 0;
    let chance = 0;
    fc.assert(
      fc.property(
        rows,
        fc.nat(2),
        fc.nat(4),
        fc.nat(20),
        fc.integer({ min: 1, max: 9 }),
        (values, style, which, place, by) => {
          const summary = (sentences(values, style)[which] ?? '').replace(
            'name-0x has ',
            'It has ',
          );
          const digits = [...summary.matchAll(/[0-9０-９]/g)];
          const digit = digits[place % digits.length];
          if (digit === undefined) return;
          const [own, zero] = /[0-9]/.test(digit[0]) ? [digit[0], 0x30] : [digit[0], 0xff10];
          const other = String.fromCharCode(zero + ((own.charCodeAt(0) - zero + by) % 10));
          const changed = `${summary.slice(0, digit.index)}${other}${summary.slice(digit.index + 1)}`;
          const stated = Number(
            (/[\d.,]+(?=\D*$)/.exec(changed.normalize('NFKC'))?.[0] ?? '').replaceAll(/,|\.$/g, ''),
          );
          if (isTrue(stated, values)) {
            chance++;
            return;
          }
          const { ungrounded } = groundingOf(changed, result(values), at(values));
          expect({ changed, found: ungrounded.length }).toEqual({ changed, found: 1 });
          caught++;
        },
      ),
      { numRuns: 3_000 },
    );
    expect(caught).toBeGreaterThan(20 * chance);
  });

  /** Whether a number is a cell or can be computed, worked out here in another way. */
  function isTrue(stated: number, values: readonly (readonly [number, number])[]): boolean {
    const near = (v: number) =>
      Math.abs(v - stated) <=
      (Number.isInteger(v) ? 1e-6 : Number.isInteger(stated) ? 0.5 : 0.00501);
    const columns = [values.map(([n]) => n), values.map(([, c]) => c / 100)];
    return (
      [values.length, 0, ...columns.map((c) => new Set(c).size)].some(near) ||
      columns.some((column) => {
        const sum = column.reduce((a, b) => a + b, 0);
        const sorted = [...column].sort((a, b) => a - b);
        const middle = [
          sorted[Math.floor((sorted.length - 1) / 2)] ?? 0,
          sorted[Math.floor(sorted.length / 2)] ?? 0,
        ];
        return [
          ...column,
          sum,
          sum / column.length,
          ((middle[0] ?? 0) + (middle[1] ?? 0)) / 2,
          ...column.flatMap((a) => column.map((b) => a - b)),
        ].some(near);
      })
    );
  }
});

describe('whatever the text', () => {
  it('is never an error, every digit belongs to a claim, and a place is a place of the text', () => {
    const parts = fc.constantFrom(
      '1',
      '2,',
      '3',
      '.',
      '-',
      '/',
      ':',
      '%',
      '$',
      '"',
      '「',
      '」',
      'one ',
      ' hundred',
      '万',
      '年',
      '月',
      '日',
      'March ',
      ' at ',
      '12:30',
      'arn:aws:',
      'alias/',
      '①',
      '割',
      ' times',
      'k ',
      'no keys match',
      '\n',
      '𝟙',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(parts, fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 30 }),
        (texts) => {
          const text = texts.join('');
          for (const u of check('keys', text).ungrounded)
            expect(text.slice(u.start, u.end)).toBe(u.text);
          const claims = claimsOf(text);
          for (const { index } of text.matchAll(/\p{N}/gu))
            expect(claims.some((c) => c.start <= index && index < c.end)).toBe(true);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('takes time in proportion to it, and to the result', () => {
    // Of the processor, which a busy machine does not take longer of.
    const spent = () => process.cpuUsage().user / 1_000;
    for (const part of [
      '1,',
      'one ',
      '"',
      'a1-',
      '10:',
      '2026-',
      '三',
      'no ',
      ':',
      'arn:',
      '1 ',
      'March ',
      "'",
    ]) {
      const started = spent();
      check('keys', part.repeat(4_000 / part.length));
      expect({ part, slow: spent() - started > 2_000 }).toEqual({ part, slow: false });
    }
    const rows = Array.from({ length: 10_000 }, (_, i) => [`name-${i}`, i * 7, i / 3]);
    const started = spent();
    groundingOf(
      'name-17 has 119 keys of 10,000, 1.1 % of $5, and "x" 12 times.',
      { ...perRegion, rows },
      context({ rows: 10_000 }),
    );
    expect(spent() - started).toBeLessThan(2_000);
  });
});
