import type { Item, Key, Table } from '../../../assistant/dynamodb/table.ts';

/** A table in memory that keeps to what is said of `Table`. */
export function memoryTable(clock: () => Date): Table {
  const kept = new Map<string, Item & { readonly count?: number }>();
  const nameOf = ({ partition, sort }: Key) => JSON.stringify([partition, sort]);
  const found = (key: Key) => {
    const item = kept.get(nameOf(key));
    return item && (item.expiresAt === null || item.expiresAt > clock()) ? item : undefined;
  };
  const put = (item: Item) =>
    // What is kept is JSON, as in DynamoDB, so that nothing is shared with who gave it.
    kept.set(nameOf(item), { ...item, value: JSON.parse(JSON.stringify(item.value)) });
  return {
    get: async (key) => found(key),
    put: async (item) => void put(item),
    putNew: async (item) => {
      if (found(item)) return false;
      put(item);
      return true;
    },
    replace: async (item, before) => {
      const there = found(item);
      if (!there || JSON.stringify(there.value) !== JSON.stringify(before)) return false;
      put(item);
      return true;
    },
    take: async (key) => {
      const item = found(key);
      kept.delete(nameOf(key));
      return item;
    },
    query: async ({ partition, from, before, newestFirst = false, limit }) => {
      const items = [...kept.values()]
        .filter((item) => item.partition === partition && found(item) !== undefined)
        .filter(
          ({ sort }) =>
            (from === undefined || sort >= from) && (before === undefined || sort < before),
        )
        .sort((a, b) => (a.sort < b.sort ? -1 : 1));
      if (newestFirst) items.reverse();
      return { items: items.slice(0, limit), more: items.length > limit };
    },
    count: async (key, most, expiresAt) => {
      const now = kept.get(nameOf(key))?.count ?? 0;
      if (now >= most) return null;
      kept.set(nameOf(key), { ...key, value: null, expiresAt, count: now + 1 });
      return now + 1;
    },
  };
}
