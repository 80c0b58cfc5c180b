import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { policyParts } from '../../web/src/key/policyParts.ts';
import { layOutJson } from '../../web/src/text/json.ts';

const parts = (text: string) => policyParts(layOutJson(text));

/** Each statement of a policy by its position. */
const statements = (text: string) =>
  parts(text).flatMap(({ statement, lines }) =>
    statement === null ? [] : [[statement, JSON.parse(lines.join('\n').replace(/,$/, ''))]],
  );

describe('the parts of a policy', () => {
  it('are its statements and what stands around them', () => {
    const policy = { Version: '2012-10-17', Statement: [{ Sid: 'a' }, { Sid: 'b' }], Id: 'x' };
    expect(parts(JSON.stringify(policy)).map(({ statement }) => statement)).toEqual([
      null,
      0,
      1,
      null,
    ]);
    expect(statements(JSON.stringify(policy))).toEqual([
      [0, { Sid: 'a' }],
      [1, { Sid: 'b' }],
    ]);
  });

  it('tell one statement without a list', () => {
    const text = JSON.stringify({ Statement: { Sid: 'a', Principal: { AWS: ['x'] } }, Id: 'y' });
    expect(parts(text).flatMap(({ statement, lines }) => (statement === 0 ? lines : []))).toEqual([
      '  "Statement": {',
      '    "Sid": "a",',
      '    "Principal": {',
      '      "AWS": [',
      '        "x"',
      '      ]',
      '    }',
      '  },',
    ]);
  });

  it.each([
    ['a text that is no JSON', '{"Statement": [{]'],
    ['statements that are named twice', '{"Statement":[{"Sid":"a"}],"Statement":[{"Sid":"b"}]}'],
    ['no statements', '{"Id":"Statement","Other":{"Statement":[{"Sid":"a"}]}}'],
    ['a name that is spelt otherwise', '{"statement":[{"Sid":"a"}]}'],
  ])('are one for %s', (_, text) => {
    expect(parts(text).map(({ statement }) => statement)).toEqual([null]);
  });

  it('are not led astray by names and brackets inside texts', () => {
    const first = { Sid: '"Statement": [{', Condition: { Statement: [{ a: ']}' }] } };
    const text = JSON.stringify({ Statement: [first, { Sid: '}],' }] });
    expect(statements(text)).toEqual([
      [0, first],
      [1, { Sid: '}],' }],
    ]);
  });

  it('find a name that is written with escapes', () => {
    expect(statements('{"\\u0053tatement":[{"Sid":"a"}]}')).toEqual([[0, { Sid: 'a' }]]);
  });

  it('are together the whole text, and every statement is found in its place', () => {
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue())), (list) => {
        const filled = list.map((item) => ({ Sid: 's', ...item }));
        const text = layOutJson(JSON.stringify({ Version: 'v', Statement: filled }));
        const found = policyParts(text);
        expect(found.flatMap(({ lines }) => lines).join('\n')).toBe(text);
        expect(statements(text)).toEqual(
          filled.map((item, index) => [index, JSON.parse(JSON.stringify(item))]),
        );
      }),
    );
  });
});
