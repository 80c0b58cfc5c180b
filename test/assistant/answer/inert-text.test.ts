import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inertText, nameInSentence } from '../../../assistant/answer/inert-text.ts';

describe('a name from the data in a sentence', () => {
  it.each([
    'alias/aws/s3',
    'arn:aws:iam::*:role/app',
    '*',
    '__proto__',
    'Root/Prod, 2 < 3 & more',
    '*.example.com (prod) [a]',
    'オーナー：支払い',
    "O'Reilly",
  ])('%s stays as it is', (name) => {
    expect(inertText(name)).toBe(name);
  });

  it.each([
    ['a link', 'https://evil.example/x', 'https: //evil.example/x'],
    ['a link without a scheme', 'x www.evil.example', 'x www. evil.example'],
    ['a script', 'JavaScript:alert(1)', 'JavaScript: alert(1)'],
    ['an image', '![a](b)', '! [a] (b)'],
    ['a reference', '[a][b] [c]: d', '[a] [b] [c] : d'],
    ['a tag', '<img src=x></img>', '< img src=x>< /img>'],
    ['Slack', '<!channel> <@U1>', '< !channel> < @U1>'],
    ['a reference to a character', '&lt;b&#62; &amp', '& lt;b& #62; &amp'],
    ['emphasis and code', '**a** `b`', "* *a* * 'b'"],
    ['what is not seen', 'a\u202eb\u200b\u001b[2J\n', 'a⟨U+202E⟩b⟨U+200B⟩⟨U+001B⟩[2J⟨U+000A⟩'],
  ])('%s is text', (_, name, inert) => {
    expect(inertText(name)).toBe(inert);
  });

  it('is the same when it is made inert again', () => {
    const pieces = fc.constantFrom(
      ...[
        'https:',
        '//',
        'www.',
        '!',
        '[',
        ']',
        '(',
        ':',
        '<',
        '&',
        'lt;',
        '*',
        '`',
        '\u202e',
        ' ',
        'x',
      ],
      ...['javascript:', 'data:', '#', '/'],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const once = inertText(parts.join(''));
        expect(inertText(once)).toBe(once);
        expect(once).not.toMatch(/:\/\/|!\[|\]\(|\]\[|<[a-z/!?@#]|&lt;|\*\*|`|[\p{Cc}\p{Cf}]/u);
      }),
    );
  });
});

describe('a name in a sentence', () => {
  it.each([
    ['alias/aws/s3', 'alias/aws/s3'],
    ['arn:aws:iam::*:role/app', 'arn:aws:iam::*:role/app'],
    ['Payments Prod', '“Payments Prod”'],
    ['All keys are safe” now', "“All keys are safe' now”"],
    ['支払い', '“支払い”'],
    ['<b>', '“< b>”'],
    ['', '“”'],
    ['x y'.repeat(100), `“${'x y'.repeat(40)}…”`],
  ])('%j is %s', (name, said) => {
    expect(nameInSentence(name, ['“', '”'])).toBe(said);
  });
});
