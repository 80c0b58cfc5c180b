import type {
  RichTextBlock,
  RichTextPreformatted,
  RichTextSection,
  RichTextText,
} from '@slack/types';
import { inertText, visibleLines } from '../answer/inert-text.ts';

/**
 * Text as Slack shows it, without markup: in rich text no character stands for formatting, a link or a
 * mention. Some clients make links of what looks like an address in any text but code; so what looks like
 * one, or like a mention or an emoji, is set as code.
 */

export type Style = NonNullable<RichTextText['style']>;

/** A word, as far as names go; quotation marks and brackets of a sentence end it. */
const word = /[^\s"'“”„«»‹›「」『』（）()[\]{}<>,;、。，；：！？|]+/gu;

/** Addresses of hosts, mail and Web, IPv4; mentions and channels; emoji, as in `arn:aws:`, and no times. */
const acting = /[.．｡]\p{L}{2}|[@＠#＃]|:\/|:(?!\d\d:)[\w+-]+:|\d+(?:\.\d+){3}/u;

/** Text that anyone may have written, as elements in which nothing acts. Empty text gives none. */
export function inert(text: string, style: Style = {}): RichTextText[] {
  const safe = inertText(text);
  const elements: RichTextText[] = [];
  let end = 0;
  const add = (part: string, code: boolean) => {
    if (part === '') return;
    const styled = code ? { ...style, code } : style;
    elements.push({
      type: 'text',
      text: part,
      ...(Object.keys(styled).length > 0 ? { style: styled } : {}),
    });
  };
  for (const { 0: found, index } of safe.matchAll(word)) {
    if (!acting.test(found)) continue;
    add(safe.slice(end, index), false);
    add(found, true);
    end = index + found.length;
  }
  add(safe.slice(end), false);
  return elements;
}

export const section = (...elements: RichTextSection['elements']): RichTextSection => ({
  type: 'rich_text_section',
  elements,
});

/** Paragraphs and boxes below each other. Slack takes none that is empty, so those are left out. */
export const richText = (
  ...elements: (RichTextSection | RichTextPreformatted)[]
): RichTextBlock => ({
  type: 'rich_text',
  elements: elements.filter((element) => element.elements.length > 0),
});

/** Lines as they are, in a box. In it Slack makes nothing of anything. */
export const preformatted = (text: string): RichTextPreformatted => ({
  type: 'rich_text_preformatted',
  elements: [{ type: 'text', text: visibleLines(text) }],
});

/** At most so many UTF-16 units, and no half of a character; what was cut shows. */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** What anyone may have written, for a place that holds so many UTF-16 units: spelled out, then cut. */
export const shortened = (text: string, longest: number): string => cut(inertText(text), longest);

/**
 * Text for where Slack reads its markup and makes links: what notifications and screen readers say. It is
 * heard, or seen in passing, so that words in it may be broken.
 */
export const plainFallback = (text: string): string =>
  inertText(text)
    .replaceAll(/[\p{L}\p{N}_.．｡-]+/gu, (token) =>
      /^\d+\.\d+\.?$/.test(token) ? token : token.replaceAll(/[.．｡](?=.)/g, '$& '),
    )
    .replaceAll(/[@＠#＃](?=\S)/g, '$& ')
    .replaceAll(/:(?=(?!\d\d:)[\w+-]+:)/g, ': ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
