/**
 * Names and values of the data, and words of a question, as they stand in a sentence: written by anyone,
 * and to be read exactly. They stay what they are, but nothing that shows the sentence can take a part of
 * them for a link, an image, a tag or a control; what is not seen is spelled out.
 */

/** Controls and line ends, formats, separators, fillers, variation tags. */
const unseen =
  /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\p{Cs}|\p{Co}|\p{Variation_Selector}|\p{Default_Ignorable_Code_Point}|\u2800/gu;

const codePoint = (char: string): string =>
  `⟨U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;

/** The text with a space wherever it could act as something else than text. The same again gives the same. */
export function inertText(text: string): string {
  return text
    .replaceAll(unseen, codePoint)
    .replaceAll(/:(?=\/\/)/g, ': ')
    .replaceAll(/\b(javascript|vbscript|data|file|mailto|tel|sms):(?=\S)/gi, '$1: ')
    .replaceAll(/\bwww\.(?=\S)/gi, 'www. ')
    .replaceAll(/!(?=\[)/g, '! ')
    .replaceAll(/\](?=[([:])/g, '] ')
    .replaceAll(/<(?=[a-z/!?@#])/gi, '< ')
    .replaceAll(/&(?=#?[a-z0-9]+;)/gi, '& ')
    .replaceAll(/\*(?=\*)/g, '* ')
    .replaceAll('`', "'");
}

/** A name of one word, as aliases, ids, ARNs, Regions and paths are. Japanese sentences have no spaces. */
const oneWord = /^[\w./:@*+=()&-]{1,200}$/;

/** The longest name that is said whole. */
const LONGEST_NAME = 120;

/**
 * A name from the data as it stands in a sentence. Unless it is one word it is put in quotation marks, so
 * that a name such as "All keys are safe" is not read as what the sentence says.
 */
export function nameInSentence(name: string, [open, close]: readonly [string, string]): string {
  const inert = inertText(name);
  if (oneWord.test(inert)) return inert;
  const cut = inert.length <= LONGEST_NAME ? inert : `${inert.slice(0, LONGEST_NAME)}…`;
  return `${open}${cut.replaceAll(open, "'").replaceAll(close, "'")}${close}`;
}

/** Text of several lines as it is, for where nothing in it can act: what is not seen is spelled out. */
export const visibleLines = (text: string): string =>
  text
    .split(/\r?\n/)
    .map((line) => line.replaceAll(unseen, codePoint))
    .join('\n');
