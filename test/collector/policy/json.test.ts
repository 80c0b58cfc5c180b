import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { duplicateName } from '../../../collector/policy/json.ts';

describe('a name written twice', () => {
  it.each([
    ['{"a":1,"a":2}', 'a'],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['{"a":{"b":1,"c":[{"d":1},{"d":1,"d":2}]}}', 'a.c[1].d'],
    ['{"a":"\\"a\\"","b":"{\\"b\\":","b":1}', 'b'],
    ['[[],[{"":1,"":2}]]', '[1][0].'],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
    ['{ "a" : [ "a", "a" ] , "b" : "a" }', null],
    ['{"a":{"a":{"a":1}},"b":{"a":1}}', null],
    ['["a","a"]', null],
    ['"a"', null],
  ])('in %s is found at %s', (text, path) => {
    expect(JSON.parse(text)).toBeDefined();
    expect(duplicateName(text)).toBe(path);
  });

  it('is never found in what was written from an object', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(3), (json, indent) => {
        expect(duplicateName(JSON.stringify(json, null, indent))).toBeNull();
      }),
    );
  });

  it('is always found where a name is repeated', () => {
    const name = fc.string();
    fc.assert(
      fc.property(name, fc.jsonValue(), fc.jsonValue(), (key, a, b) => {
        const k = JSON.stringify(key);
        const text = `[{${k}:${JSON.stringify(a)},${k}:${JSON.stringify(b)}}]`;
        expect(duplicateName(text)).not.toBeNull();
      }),
    );
  });

  it('is looked for without recursion', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(duplicateName(deep)).toBeNull();
  });
});
