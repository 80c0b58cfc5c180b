import { plainText as withoutMarkup } from '../../answer/plain-text.ts';

/**
 * Text that the model wrote, as people are shown it: no markup, no links, no images, no invisible
 * characters, in one line, and no longer than `longest`.
 */
export function plainText(text: string, longest: number): string {
  const plain = withoutMarkup(text).replaceAll(/\s+/g, ' ').trim();
  return plain.length <= longest ? plain : `${plain.slice(0, longest - 1)}…`;
}
