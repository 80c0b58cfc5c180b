import { z } from 'zod';
import type { Caller } from '../slack/access.ts';
import type { Conversation, SlackConversations } from '../slack/conversations.ts';
import { KEEP_MS, type Replays } from '../slack/replays.ts';
import type { Undelivered } from '../slack/undelivered.ts';
import { MAX_ITEM_BYTES, type Table } from './table.ts';

/** What Slack's face remembers, for functions that do not outlive a request. */

const DAY_MS = 24 * 60 * 60_000;

const place = ({ team, channel, user }: Caller) => `${team}/${channel}/${user}`;

/** Remembers signatures as long as they count. */
export function tableReplays(table: Table, clock: () => Date): Replays {
  return {
    first: (signature) =>
      table.putNew({
        partition: `slack-request#${signature}`,
        sort: '-',
        value: null,
        // A second more, since DynamoDB counts in whole ones.
        expiresAt: new Date(clock().getTime() + KEEP_MS + 1_000),
      }),
  };
}

/** Remembers, for a day, the last question of a caller whose answer Slack did not take. */
export function tableUndelivered(table: Table, clock: () => Date): Undelivered {
  const keyOf = (caller: Caller) => ({
    partition: `slack-undelivered#${place(caller)}`,
    sort: '-',
  });
  return {
    add: (caller, question) =>
      table.put({
        ...keyOf(caller),
        value: question,
        expiresAt: new Date(clock().getTime() + DAY_MS),
      }),
    take: async (caller) => {
      const taken = await table.take(keyOf(caller));
      return taken && z.string().parse(taken.value);
    },
  };
}

const none: Conversation = { answerId: null, turns: [] };

/** The turns of a conversation, as they come back from a table. */
export const turnsSchema = z.array(
  z.object({
    question: z.string(),
    sql: z.string().nullable(),
    choices: z.array(z.string()).optional(),
    state: z.unknown(),
  }),
);

const conversationSchema = z.object({ answerId: z.string().nullable(), turns: turnsSchema });

/** A button under an answer works so long; a command goes on from the latest one for an hour. */
const ANSWER_MS = 7 * DAY_MS;
const LATEST_MS = 60 * 60_000;
const TURNS = 10;
/** Room for the keys of an item, and for the signs that JSON in JSON takes. */
const MOST_BYTES = MAX_ITEM_BYTES / 2;

export function tableConversations(table: Table, clock: () => Date): SlackConversations {
  const partitionOf = (caller: Caller) => `slack-conversation#${place(caller)}`;
  const LATEST = 'latest';
  return {
    find: async (caller, after) => {
      if (after === 'none') return none;
      const sort = after === 'latest' ? LATEST : after.answerId;
      const item = await table.get({ partition: partitionOf(caller), sort });
      if (item) return conversationSchema.parse(item.value);
      return after === 'latest' ? none : undefined;
    },
    add: async (caller, from, answerId, turn) => {
      const value: Conversation = { answerId, turns: fitting([...from.turns, turn].slice(-TURNS)) };
      const partition = partitionOf(caller);
      const until = (ms: number) => new Date(clock().getTime() + ms);
      await Promise.all([
        table.put({ partition, sort: answerId, value, expiresAt: until(ANSWER_MS) }),
        table.put({ partition, sort: LATEST, value, expiresAt: until(LATEST_MS) }),
      ]);
    },
  };
}

/** The newest turns, as many as an item holds. */
export function fitting<T>(turns: readonly T[]): readonly T[] {
  let left = MOST_BYTES;
  const kept: T[] = [];
  for (const turn of turns.toReversed()) {
    left -= Buffer.byteLength(JSON.stringify(turn));
    if (left < 0) break;
    kept.unshift(turn);
  }
  return kept;
}
