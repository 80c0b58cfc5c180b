import { randomUUID } from 'node:crypto';
import type { Turn } from '../translate/translator.ts';

/** Remembers the turns of conversations, so that follow-ups can refer to them. */
export interface Conversations {
  /** The id of a new conversation when there is none of that id (any more). */
  readonly open: (id: string | undefined) => {
    readonly id: string;
    readonly turns: readonly Turn[];
  };
  readonly add: (id: string, turn: Turn) => void;
}

/** Keeps the last `turns` turns of the `conversations` most recently used conversations, in memory. */
export function memoryConversations(limits = { conversations: 1_000, turns: 10 }): Conversations {
  const kept = new Map<string, readonly Turn[]>();
  return {
    open: (id) => {
      const turns = id === undefined ? undefined : kept.get(id);
      return id !== undefined && turns ? { id, turns } : { id: randomUUID(), turns: [] };
    },
    add: (id, turn) => {
      const turns = [...(kept.get(id) ?? []), turn].slice(-limits.turns);
      kept.delete(id);
      kept.set(id, turns);
      const oldest = kept.keys().next().value;
      if (kept.size > limits.conversations && oldest !== undefined) kept.delete(oldest);
    },
  };
}
