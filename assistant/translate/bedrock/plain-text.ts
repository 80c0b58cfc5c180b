import { visibleText } from './data-block.ts';

/** What stands for an address that the model wrote. */
const ADDRESS = '[…]';

/**
 * Text that the model wrote, as people are shown it: no markup, no links, no images, no invisible
 * characters, and no longer than `longest`. The faces show text as text anyway; this is for those
 * that make links of addresses by themselves, and for the copy that someone pastes elsewhere.
 */
export function plainText(text: string, longest: number): string {
  const plain = visibleText(text)
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/!?\[([^\]]*)\]\[[^\]]*\]/g, '$1')
    .replace(/\b[a-z][a-z0-9+.-]{1,20}:\/\/\S*/gi, ADDRESS)
    .replace(/\b(?:javascript|data|vbscript|mailto|file):\S+/gi, ADDRESS)
    .replace(/\bwww\.\S+/gi, ADDRESS)
    .replace(/<[^>]*>/g, ' ')
    .replace(/[<>`]/g, ' ')
    .replace(/(\*\*|__|~~)/g, '')
    .replace(/ {2,}/g, ' ')
    .trim();
  return plain.length <= longest ? plain : `${plain.slice(0, longest - 1)}…`;
}
