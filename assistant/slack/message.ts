import type { KnownBlock } from '@slack/types';

/** A message as a `response_url` takes it, and as the answer to a command is. */
export interface Message {
  /** `ephemeral` is for the caller alone. */
  readonly response_type: 'ephemeral' | 'in_channel';
  /** What notifications and screen readers say in place of the blocks. */
  readonly text: string;
  /** Keeps `text` from being read as markup. */
  readonly mrkdwn: false;
  readonly blocks: KnownBlock[];
}

/** The greatest sizes that Slack takes (Slack, "Block Kit"), as far as messages here come near them. */
export const limits = {
  buttonText: 75,
  buttonValue: 2_000,
  tableColumns: 20,
} as const;
