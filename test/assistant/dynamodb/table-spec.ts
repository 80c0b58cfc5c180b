import { beforeEach, describe, expect, it } from 'vitest';
import type { Table } from '../../../assistant/dynamodb/table.ts';

/** What every table keeps to, in memory as in DynamoDB. `make` gives an empty one. */
export function describeTable(name: string, make: (clock: () => Date) => Promise<Table>): void {
  describe(name, () => {
    const start = new Date('2026-11-23T00:00:00Z');
    let now: Date;
    let table: Table;
    const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
    const item = (sort: string, value: unknown = sort, expiresAt: Date | null = null) => ({
      partition: 'p',
      sort,
      value,
      expiresAt,
    });
    beforeEach(async () => {
      now = start;
      table = await make(() => now);
    });

    it('gives back what was put, and nothing for another key', async () => {
      const value = { text: 'a "b" \u2028 日本', list: [1, null, { deep: true }] };
      await table.put(item('one', value, later(60)));
      const found = await table.get({ partition: 'p', sort: 'one' });
      expect(found).toEqual(item('one', value, later(60)));
      expect(await table.get({ partition: 'p', sort: 'two' })).toBeUndefined();
      expect(await table.get({ partition: 'q', sort: 'one' })).toBeUndefined();
    });

    it('puts what is new once, until it has expired', async () => {
      expect(await table.putNew(item('one', 1, later(60)))).toBe(true);
      expect(await table.putNew(item('one', 2, later(60)))).toBe(false);
      expect((await table.get({ partition: 'p', sort: 'one' }))?.value).toBe(1);
      now = later(61);
      expect(await table.putNew(item('one', 3, later(60)))).toBe(true);
      expect((await table.get({ partition: 'p', sort: 'one' }))?.value).toBe(3);
    });

    it('does not find what has expired', async () => {
      await table.put(item('one', 1, later(60)));
      await table.put(item('two', 2));
      now = later(61);
      expect(await table.get({ partition: 'p', sort: 'one' })).toBeUndefined();
      expect((await table.query({ partition: 'p', limit: 10 })).items.map((i) => i.sort)).toEqual([
        'two',
      ]);
      expect(await table.take({ partition: 'p', sort: 'one' })).toBeUndefined();
    });

    it('replaces what is as it was got, and nothing that changed, is gone or has expired', async () => {
      const key = { partition: 'p', sort: 'one' };
      await table.put(item('one', { n: 1, text: '日本 "x"' }, later(60)));
      const got = (await table.get(key))?.value;
      expect(await table.replace(item('one', { n: 2 }, later(60)), got)).toBe(true);
      expect(await table.replace(item('one', { n: 3 }, later(60)), got)).toBe(false);
      const value = (await table.get(key))?.value;
      expect(value).toEqual({ n: 2 });
      expect(await table.replace(item('two', 1), null)).toBe(false);
      expect(await table.get({ partition: 'p', sort: 'two' })).toBeUndefined();
      now = later(61);
      expect(await table.replace(item('one', 4, later(60)), value)).toBe(false);
      now = start;
      await table.take(key);
      expect(await table.replace(item('one', 5, later(60)), value)).toBe(false);
      expect(await table.get(key)).toBeUndefined();
    });

    it('gives what is taken to one only', async () => {
      await table.put(item('one'));
      const taken = await Promise.all(
        [1, 2, 3].map(() => table.take({ partition: 'p', sort: 'one' })),
      );
      expect(taken.filter((t) => t !== undefined).map((t) => t.value)).toEqual(['one']);
    });

    it('gives a range in order, from its first up to before its last', async () => {
      for (const sort of ['d', 'b', 'a', 'c']) await table.put(item(sort));
      await table.put({ ...item('b'), partition: 'q' });
      const sorts = async (query: Omit<Parameters<Table['query']>[0], 'partition'>) => {
        const { items, more } = await table.query({ partition: 'p', ...query });
        return { sorts: items.map((i) => i.sort).join(''), more };
      };
      expect(await sorts({ limit: 10 })).toEqual({ sorts: 'abcd', more: false });
      expect(await sorts({ limit: 10, newestFirst: true })).toEqual({ sorts: 'dcba', more: false });
      expect((await sorts({ limit: 10, from: 'b' })).sorts).toBe('bcd');
      expect((await sorts({ limit: 10, before: 'c' })).sorts).toBe('ab');
      expect((await sorts({ limit: 10, from: 'b', before: 'd' })).sorts).toBe('bc');
      expect((await sorts({ limit: 10, from: 'd', before: 'b' })).sorts).toBe('');
      expect(await sorts({ limit: 2, newestFirst: true, before: 'd' })).toEqual({
        sorts: 'cb',
        more: true,
      });
    });

    it('counts no further than it may, also when many count at once', async () => {
      const key = { partition: 'p', sort: 'minute' };
      const counts = await Promise.all(
        Array.from({ length: 8 }, () => table.count(key, 5, later(60))),
      );
      expect(counts.filter((c) => c !== null).sort()).toEqual([1, 2, 3, 4, 5]);
      expect(counts.filter((c) => c === null)).toHaveLength(3);
    });
  });
}
