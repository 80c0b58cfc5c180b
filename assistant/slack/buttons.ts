import type { ActionsBlock, Button, KnownBlock } from '@slack/types';
import { inertText } from '../answer/inert-text.ts';
import { questionValue } from './job.ts';
import { limits } from './message.ts';
import { inert, richText, section, shortened } from './rich-text.ts';

/** Buttons below an answer. What they ask for is read in `job.ts`. */

/** Questions that are offered below one answer. */
const OFFERED = 5;

export const button = (actionId: string, label: string, value: string): Button => ({
  type: 'button',
  action_id: actionId,
  text: { type: 'plain_text', text: shortened(label, limits.buttonText), emoji: false },
  value,
});

/** A link out of Slack; Slack tells of its press too, which asks for nothing. */
export const link = (actionId: string, label: string, url: string): Button => ({
  type: 'button',
  action_id: actionId,
  text: { type: 'plain_text', text: label, emoji: false },
  url,
});

export const actions = (blockId: string, elements: Button[]): ActionsBlock => ({
  type: 'actions',
  block_id: blockId,
  elements,
});

/**
 * Questions to choose from, each of which goes on from `after`. Where one is too long for a button they
 * stand in a list, whole, and the buttons have their numbers.
 */
export function questionButtons(
  title: string,
  questions: readonly string[],
  after: string | null,
): KnownBlock[] {
  const offered = questions.slice(0, OFFERED).flatMap((question) => {
    const value = questionValue(question, after);
    return value === null || question.trim() === '' ? [] : [{ question, value }];
  });
  if (offered.length === 0) return [];
  const fits = offered.every(({ question }) => inertText(question).length <= limits.buttonText);
  const buttons = offered.map(({ question, value }, i) =>
    button(`ask-${i}`, fits ? question : String(i + 1), value),
  );
  const list = fits
    ? []
    : offered.map(({ question }, i) => section(...inert(`${i + 1}. ${shortened(question, 500)}`)));
  return [richText(section(...inert(title)), ...list), actions('questions', buttons)];
}
