import { refuse } from '../refusal.ts';

/**
 * A pattern that takes ASCII letters in either case, without the flag (?i): with it Joni also takes
 * ß for ss and ﬁ for fi, and RE2 does not.
 */
export function ignoringCase(pattern: string, at: number | null): string {
  const no = (what: string): never =>
    refuse(
      'UNSUPPORTED',
      `(?i) with ${what} is not available.`,
      at,
      'Write regexp_like(lower(x), pattern).',
    );
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is meant
  if (/[^\x00-\x7f]/.test(pattern)) no('letters that are not ASCII');
  const other = (c: string) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase());
  const isLetter = (c: string | undefined) => c !== undefined && /[A-Za-z]/.test(c);
  let out = '';
  let inClass = false;
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i] ?? '';
    if (c === '\\') {
      out += c + (pattern[++i] ?? '');
    } else if (inClass) {
      const to = pattern[i + 1] === '-' && pattern[i + 2] !== ']' ? pattern[i + 2] : undefined;
      if (to !== undefined) {
        const [low, high] = [c, to];
        if (isLetter(low) !== isLetter(high)) no('a class from a letter to another sign');
        if (isLetter(low) && low < 'a' !== high < 'a') no('a class from A to z');
        out += `${low}-${high}${isLetter(low) ? `${other(low)}-${other(high)}` : ''}`;
        i += 2;
      } else {
        if (c === ']') inClass = false;
        out += isLetter(c) ? c + other(c) : c;
      }
    } else if (c === '[') {
      inClass = true;
      out += c;
      if (pattern[i + 1] === '^') out += pattern[++i];
    } else out += isLetter(c) ? `[${c.toLowerCase()}${c.toUpperCase()}]` : c;
  }
  return out;
}
