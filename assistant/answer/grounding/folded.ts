/**
 * The text with signs of full width in their ordinary form and the digits of every script as 0 to 9,
 * unit for unit, so that places stay what they are.
 */
export function folded(text: string): string {
  return text.replaceAll(/[\uFF01-\uFF5E\u3000\u2212]|\p{Nd}/gu, (character) => {
    if (character.length > 1) return character;
    if (/[0-9]/.test(character)) return character;
    if (character === '\u3000') return ' ';
    if (character === '\u2212') return '-';
    const code = character.charCodeAt(0);
    if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
    return String(digitOf(code));
  });
}

/** The digits of a script stand beside each other, from zero on. */
function digitOf(code: number): number {
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCharCode(code - value - 1))) value++;
  return value;
}
