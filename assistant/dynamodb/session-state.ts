import type { Counter } from '../auth/rate-limit.ts';
import type { Vault } from '../auth/vault.ts';
import { type Conversations, MOST_TURNS, newConversation } from '../server/conversations.ts';
import { fitting, turnsSchema } from './slack-state.ts';
import type { Table } from './table.ts';

/** What the page's face remembers of people, for functions that do not outlive a request. */

export function tableVault(table: Table): Vault {
  const keyOf = (key: string) => ({ partition: key, sort: '-' });
  return {
    get: async (key) => (await table.get(keyOf(key)))?.value,
    put: (key, value, expiresAt) => table.put({ ...keyOf(key), value, expiresAt }),
    replace: (key, before, value, expiresAt) =>
      table.replace({ ...keyOf(key), value, expiresAt }, before),
    take: async (key) => (await table.take(keyOf(key)))?.value,
  };
}

export const tableCounter = (table: Table): Counter => ({
  count: (key, most, expiresAt) => table.count({ partition: key, sort: '-' }, most, expiresAt),
});

/** A conversation is remembered for a day after its last question. */
const DAY_MS = 24 * 60 * 60_000;

export function tableTurns(table: Table, clock: () => Date): Conversations {
  const keyOf = (owner: string, id: string) => ({ partition: `conversation#${owner}`, sort: id });
  const turnsOf = async (owner: string, id: string) => {
    const item = await table.get(keyOf(owner, id));
    return item && turnsSchema.parse(item.value);
  };
  return {
    open: async (owner, id) => {
      const turns = id === undefined ? undefined : await turnsOf(owner, id);
      return id !== undefined && turns ? { id, turns } : newConversation();
    },
    add: async (owner, { id, turns }, turn) => {
      // What was added meanwhile, by a question that ran beside this one, is kept.
      const before = (await turnsOf(owner, id)) ?? turns;
      await table.put({
        ...keyOf(owner, id),
        value: fitting([...before, turn].slice(-MOST_TURNS)),
        expiresAt: new Date(clock().getTime() + DAY_MS),
      });
    },
  };
}
