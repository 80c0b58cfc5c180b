import type { Turn } from '../translate/translator.ts';
import type { Caller } from './access.ts';
import type { After } from './job.ts';

/**
 * Remembers, per user and channel, what each answer went on from. A button stands below one answer, and
 * may be pressed when others have come since: its question goes on from the answer it stands below.
 */
export interface SlackConversations {
  /** What a question goes on from; undefined when that answer is not known any more. */
  readonly find: (caller: Caller, after: After) => Promise<Conversation | undefined>;
  readonly add: (caller: Caller, from: Conversation, answerId: string, turn: Turn) => Promise<void>;
}

export interface Conversation {
  /** The last answer of it; null when there is none. */
  readonly answerId: string | null;
  /** Oldest first. */
  readonly turns: readonly Turn[];
}

const none: Conversation = { answerId: null, turns: [] };

interface Kept extends Conversation {
  readonly at: number;
}

/**
 * Keeps the newest answers in memory. After an hour a command does not go on from the latest any more: the
 * caller will not have it before their eyes.
 */
export function memoryConversations(
  clock: () => Date,
  limits = { answers: 2_000, turns: 10, latestForMs: 60 * 60_000 },
): SlackConversations {
  const answers = new Map<string, Kept>();
  const latest = new Map<string, Kept>();
  const place = ({ team, channel, user }: Caller) => `${team}/${channel}/${user}`;
  const keep = (kept: Map<string, Kept>, key: string, conversation: Kept) => {
    kept.delete(key);
    kept.set(key, conversation);
    const oldest = kept.keys().next().value;
    if (kept.size > limits.answers && oldest !== undefined) kept.delete(oldest);
  };
  return {
    find: async (caller, after) => {
      if (after === 'none') return none;
      if (after !== 'latest') return answers.get(`${place(caller)}/${after.answerId}`);
      const known = latest.get(place(caller));
      return known && clock().getTime() - known.at <= limits.latestForMs ? known : none;
    },
    add: async (caller, from, answerId, turn) => {
      const turns = [...from.turns, turn].slice(-limits.turns);
      const conversation = { answerId, turns, at: clock().getTime() };
      keep(answers, `${place(caller)}/${answerId}`, conversation);
      keep(latest, place(caller), conversation);
    },
  };
}
