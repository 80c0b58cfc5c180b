/** How questions are taken apart for comparing them. */

const japanese = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+/gu;
const word = /[\p{L}\p{N}]+(?:[-_/.'][\p{L}\p{N}]+)*/gu;

/** English words without which a question asks for the same. */
const fillers: ReadonlySet<string> = new Set(
  'a an the of in on at to for by with and or is are was were be been do does did have has had there our we us my i me you your it its that which what show list give tell please can could would'.split(
    ' ',
  ),
);

/** Small numbers in words are numbers. */
const numberWords: ReadonlySet<string> = new Set(
  'one two three four five six seven eight nine ten eleven twelve'.split(' '),
);

/** Words that ask for the same; the tags of the verified questions use what they become. */
const sameWords: ReadonlyMap<string, string> = new Map([
  ['many', 'count'],
  ['number', 'count'],
  ['cmk', 'customer'],
  ['cmks', 'customer'],
  ['idle', 'unused'],
]);

/** What two questions have in common that are the same but for case, spaces and the sign at the end. */
export function exactly(question: string): string {
  return question
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\u2018\u2019]/g, "'")
    .replaceAll(/[\u201c\u201d]/g, '"')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/[\s?!.。]+$/u, '');
}

/**
 * The terms by which a question is found: English words in their stem, numbers also as "#" so that
 * 60 days are near 90 days, and pairs of neighbouring characters of Japanese, which has no spaces.
 */
export function termsOf(question: string): readonly string[] {
  const text = exactly(question);
  const runs = text.match(japanese) ?? [];
  const words = (text.replaceAll(japanese, ' ').match(word) ?? []).filter((w) => !fillers.has(w));
  return [...words.flatMap((w) => wordTerms(sameWords.get(w) ?? w)), ...runs.flatMap(pairs)];
}

function wordTerms(text: string): readonly string[] {
  if (/^[\d.,]+$/.test(text) || numberWords.has(text)) return [text, '#'];
  const parts = text.split(/[-_/.]/).filter((p) => p !== '');
  if (parts.length > 1) return [text, ...parts.map(stem)];
  // Unused keys are told of in the words of use.
  return /^un[a-z]{4,}$/.test(text) ? [stem(text), stem(text.slice(2))] : [stem(text)];
}

/** Enough of a stem for keys and key, deleted and deletion, rotated and rotation to meet. */
function stem(text: string): string {
  if (!/^[a-z']+$/.test(text) || text.length < 4) return text;
  const plain = text
    .replace(/'s?$/, '')
    .replace(/ies$/, 'y')
    .replace(/(?<=[^s])s$/, '');
  const shorter = plain.replace(/(?:ations?|ation|ating|ated|ates|ate|ions?|ing|ed|ly)$/, '');
  return (shorter.length >= 3 ? shorter : plain).replace(/e$/, '');
}

function pairs(run: string): readonly string[] {
  const characters = [...run];
  if (characters.length === 1) return characters;
  return characters.slice(1).map((c, i) => `${characters[i]}${c}`);
}
