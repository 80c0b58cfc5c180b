import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainText } from '../../../assistant/answer/plain-text.ts';

describe('text of a model made plain', () => {
  it.each([
    // What a summary is made of stays as it is.
    '12 keys match; the first is alias/payments-prod in eu-central-1.',
    'Principal "*" may call kms:* and kms:Decrypt.',
    'arn:aws:iam::111122223333:role/app-reader used it at 2026-11-18 10:20 UTC.',
    'Fewer than <5 keys, and a < b but c > d.',
    'key_state is PENDING_DELETION for 3 of 7 keys (42.9 %).',
    '外部アクセスのあるキーは12件です（「payments-prod」など）。',
    'Through s3.amazonaws.com by ada@example.com.',
    'Two lines:\nthe second one.',
  ])('leaves %j', (text) => {
    expect(plainText(text)).toBe(text);
  });

  it.each([
    ['**12** keys', '12 keys'],
    ['__12__ keys, ***all*** of them', '12 keys, all of them'],
    ['*12* keys and _all_ of them', '12 keys and all of them'],
    ['# Result\n\n12 keys', 'Result\n\n12 keys'],
    ['> quoted\n- one\n* two', 'quoted\none\ntwo'],
    ['| a | b |\n| --- | --- |\n| 1 | 2 |', 'a, b\n\n1, 2'],
    ['```sql\nSELECT 1\n```', 'SELECT 1'],
    ['the key `abc`', 'the key abc'],
    ['~~no~~ yes', 'no yes'],
    ['a\n---\nb', 'a\n\nb'],
    ['\\*not bold\\*', 'not bold'],
  ])('takes Markdown out of %j', (text, plain) => {
    expect(plainText(text)).toBe(plain);
  });

  it.each([
    ['[open](https://evil.example/x)', 'open'],
    ['[open](javascript:alert(1))', 'open'],
    ['![pixel](https://evil.example/p.png?d=secret)', 'pixel'],
    ['![](https://evil.example/p.png)12 keys', '12 keys'],
    ['[a][b]\n[b]: https://evil.example', 'a'],
    ['see https://evil.example/a?b=c now', 'see (link removed) now'],
    ['see www.evil.example now', 'see (link removed) now'],
    ['see //evil.example/x now', 'see (link removed) now'],
    ['data:text/html;base64,AAAA', '(link removed)'],
    ['<https://evil.example|click>', ''],
    ['[![x](https://evil.example/i.png)](https://evil.example)', 'x'],
    ['詳細はhttps://evil.example/を参照。', '詳細は(link removed)。'],
  ])('takes links and images out of %j', (text, plain) => {
    expect(plainText(text)).toBe(plain);
  });

  it.each([
    ['<b>12</b> keys', '12 keys'],
    ['<img src=x onerror=alert(1)>12 keys', '12 keys'],
    ['<script>alert(1)</script>12 keys', '12 keys'],
    ['<script>alert(1)', 'alert(1)'],
    ['&lt;img src=x&gt;12 keys', '12 keys'],
    ['&amp;lt;img src=x&amp;gt;12', '12'],
    ['&#60;b&#x3e;12', '12'],
    ['<scr<b>ipt>alert(1)</scr</b>ipt>12', '12'],
    ['<img src="x" ', 'img src="x"'],
    ['<!channel> 12 keys <@U123>', '12 keys'],
    ['<\u200bimg src=x>12', '12'],
  ])('takes HTML out of %j', (text, plain) => {
    expect(plainText(text)).toBe(plain);
  });

  it.each([
    ['pay\u202Etxt.exe', 'paytxt.exe'],
    ['1\u200B2 keys', '12 keys'],
    ['\u001b[31mred', '[31mred'],
    ['a\u0000b\u0007c', 'abc'],
    ['a\u2028b\u0085c', 'a\nb\nc'],
    ['\u{E0041}\u{E0042}tag', 'tag'],
    ['\u2066x\u2069', 'x'],
    ['\ud800x', 'x'],
    ['e\u0301\u0301\u0301\u0301\u0301\u0301!', 'é\u0301\u0301\u0301!'],
  ])('takes hidden characters out of %j', (text, plain) => {
    expect(plainText(text)).toBe(plain);
  });

  it('cuts a long text where no number is cut', () => {
    const text = plainText('1234567 '.repeat(2_000));
    expect(text.length).toBeLessThan(4_010);
    expect(text).toMatch(/^(1234567 )+…$/);
  });

  const hostile = fc.array(
    fc.oneof(
      fc.constantFrom(
        ...'<>[]()!*_`~#|\\&;:/-\n '.split(''),
        '![',
        '](',
        'https://e.example/',
        '<img ',
        '&lt;',
        '&amp;',
        'javascript:',
        '\u202e',
        '\u200b',
        '```',
        '**',
        'a',
        '12',
        '「',
        '。',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 40 },
  );

  it('leaves no tag, address or hidden character, whatever the text, and is stable', () => {
    fc.assert(
      fc.property(hostile, (parts) => {
        const plain = plainText(parts.join(''));
        expect(plain).not.toMatch(/<[a-z/!?@#]/i);
        expect(plain).not.toMatch(/:\/\/|\]\(|!\[|javascript:[^\s\d]/i);
        expect(plain).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/u);
        expect(plainText(plain)).toBe(plain);
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes time in proportion to the text', () => {
    for (const part of [
      '<a',
      '[',
      '![a](',
      '**a',
      '_a ',
      '|',
      '&#60;',
      '](',
      '<script>',
      'a:',
      '(',
    ]) {
      const started = performance.now();
      plainText(part.repeat(50_000));
      expect(performance.now() - started).toBeLessThan(2_000);
    }
  });
});
