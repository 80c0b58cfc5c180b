import { randomUUID } from 'node:crypto';
import type { Turn } from '../translate/translator.ts';

export interface Conversation {
  readonly id: string;
  /** Oldest first. */
  readonly turns: readonly Turn[];
}

/** Remembers the turns of conversations, so that follow-ups can refer to them. Each is its owner's alone. */
export interface Conversations {
  /** A new conversation when the owner has none of that id (any more). */
  readonly open: (owner: string, id: string | undefined) => Promise<Conversation>;
  readonly add: (owner: string, conversation: Conversation, turn: Turn) => Promise<void>;
}

/** So many turns are remembered. */
export const MOST_TURNS = 10;

/** Keeps the most recently used conversations, in memory. */
export function memoryConversations(most = 1_000): Conversations {
  const kept = new Map<string, readonly Turn[]>();
  const keyOf = (owner: string, id: string) => JSON.stringify([owner, id]);
  return {
    open: async (owner, id) => {
      const turns = id === undefined ? undefined : kept.get(keyOf(owner, id));
      return id !== undefined && turns ? { id, turns } : newConversation();
    },
    add: async (owner, { id, turns }, turn) => {
      const key = keyOf(owner, id);
      // What was added meanwhile, by a question that ran beside this one, is kept.
      const all = [...(kept.get(key) ?? turns), turn].slice(-MOST_TURNS);
      kept.delete(key);
      kept.set(key, all);
      const oldest = kept.keys().next().value;
      if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    },
  };
}

export const newConversation = (): Conversation => ({ id: randomUUID(), turns: [] });
