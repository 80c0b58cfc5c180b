/**
 * Text that a model wrote, made plain: no markup of any kind, no links or images, and no character
 * that is not seen or that turns the direction of reading. Names in the data are written by anyone,
 * and a model may repeat what they say.
 */

/** Characters of text that are read at all; a summary has a few hundred. */
const LONGEST = 4_000;

/** What stands where an address stood. */
const NO_LINK = '(link removed)';

/** What is never seen: controls, format and private characters, fillers, variation tags. */
const hidden =
  /(?!\n)\p{Cc}|\p{Cf}|\p{Cs}|\p{Co}|\p{Variation_Selector}|\p{Default_Ignorable_Code_Point}|\u2800/gu;

/**
 * The text without markup, links, images and hidden characters; lines stay apart. What is left is
 * for display as text only: it is not escaped for any format. Never throws; the same text again
 * gives the same.
 */
export function plainText(text: string): string {
  let plain = cut(visible(text));
  for (;;) {
    const before = plain;
    plain = tidy(withoutMarkdown(withoutLinks(withoutTags(visible(plain)))));
    if (plain === before) return plain;
  }
}

function visible(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/\r\n?|\p{Zl}|\p{Zp}|\v|\f|\u0085/gu, '\n')
    .replaceAll(/\t|\p{Zs}/gu, ' ')
    .replaceAll(hidden, '')
    .replaceAll(/(\p{M}{3})\p{M}+/gu, '$1');
}

/** Ends at a space, so that no number or name is cut into another one. */
function cut(text: string): string {
  if (text.length <= LONGEST) return text;
  const kept = text.slice(0, LONGEST);
  const end = Math.max(kept.lastIndexOf(' '), kept.lastIndexOf('\n'), kept.lastIndexOf('。') + 1);
  return `${kept.slice(0, Math.max(end, 0))} …`;
}

const named: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** Character references become characters first, so that a tag cannot hide behind them. */
function withoutTags(text: string): string {
  let rest = text;
  for (;;) {
    const before = rest;
    rest = withoutWholeTags(withoutReferences(rest));
    if (rest === before) return rest.replaceAll(/<(?=[a-z/!?@#])/gi, '');
  }
}

const withoutReferences = (text: string): string =>
  text
    .replaceAll(/&#(?:x([0-9a-f]{1,6})|(\d{1,7}));?/gi, (_, hex?: string, decimal?: string) => {
      const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
    })
    .replaceAll(
      /&(lt|gt|amp|quot|apos|nbsp);/gi,
      (_, name: string) => named[name.toLowerCase()] ?? '',
    );

const withoutWholeTags = (text: string): string =>
  text
    .replaceAll(/<(script|style)\b[^<>]*>[^<]*<\/\1\s*>/gi, '')
    .replaceAll(/<!--[^<]*?-->/g, '')
    .replaceAll(/<[a-z/!?@#][^<>]*>/gi, '');

function withoutLinks(text: string): string {
  return withoutLinkMarkup(text)
    .replaceAll(/!+\[/g, '[')
    .replaceAll(/\]\(/g, '] (')
    .replaceAll(/(?<![a-z0-9])[a-z][a-z0-9+.-]*:\/\/[^\s<>()"'「」『』（）、。]*/gi, NO_LINK)
    .replaceAll(/:\/\//g, ': //')
    .replaceAll(
      /(?:javascript|vbscript|(?<![a-z0-9])(?:mailto|tel|sms|file|data)):(?=[^\s\d])\S+/gi,
      NO_LINK,
    )
    .replaceAll(/(?<![a-z0-9])www\.[^\s<>()"'「」『』（）、。]+/gi, NO_LINK)
    .replaceAll(/(?<![:/\w])\/\/[a-z0-9-]+\.[^\s<>()"'「」『』（）、。]*/gi, NO_LINK);
}

/** Links around images and links in links are taken off from the inside. */
function withoutLinkMarkup(text: string): string {
  let rest = text;
  for (;;) {
    const before = rest;
    rest = rest
      .replaceAll(/^ {0,3}\[[^[\]\n]*\]:[^\n]*$/gm, '')
      .replaceAll(/!?\[([^[\]\n]*)\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)/g, '$1')
      .replaceAll(/!?\[([^[\]\n]*)\]\[[^[\]\n]*\]/g, '$1');
    if (rest === before) return rest;
  }
}

function withoutMarkdown(text: string): string {
  return text
    .split('\n')
    .map(withoutBlockMarks)
    .join('\n')
    .replaceAll(/`+/g, '')
    .replaceAll(/~~/g, '')
    .replaceAll(/\*\*\*?(?=\S)([^*\n]*[^*\s])\*\*\*?/g, '$1')
    .replaceAll(/(?<![\w_])__(?=\S)([^\n]*?[^_\s])__(?![\w_])/g, '$1')
    .replaceAll(/(?<=^|[\s(（「])\*(?=[^\s*])([^*\n]*[^*\s])\*(?=$|[\s.,;:!?)）」、。])/gm, '$1')
    .replaceAll(/(?<=^|[\s(（「])_(?=[^\s_])([^_\n]*[^_\s])_(?=$|[\s.,;:!?)）」、。])/gm, '$1')
    .replaceAll(/\\([\\`*_{}[\]()#+.!|>~-])/g, '$1');
}

/** Headings, quotations, list marks, fences, rules, and the frame of tables. */
function withoutBlockMarks(line: string): string {
  if (/^\s*(?:```|~~~)/.test(line)) return '';
  if (/^\s*(?:[-*_=]\s*){3,}$/.test(line)) return '';
  if (/^\s*\|?[\s:|-]*-[\s:|-]*\|[\s:|-]*$/.test(line)) return '';
  const plain = line.replace(/^\s*(?:#{1,6}\s+|>\s?|[-*+•]\s+)/, '');
  return /^\s*\|.*\|\s*$/.test(plain)
    ? plain
        .split('|')
        .map((cell) => cell.trim())
        .filter((cell) => cell !== '')
        .join(', ')
    : plain;
}

const tidy = (text: string): string =>
  text
    .replaceAll(/ +/g, ' ')
    .replaceAll(/ *\n */g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
