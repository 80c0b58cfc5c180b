import { describe, expect, it } from 'vitest';
import { allPages } from '../../../collector/read/pages.ts';

describe('a paged list', () => {
  it('is read to its end, over empty pages too', async () => {
    const answers = [
      { items: [1, 2], next: 'a' },
      { items: [], next: 'b' },
      { items: undefined, next: 'c' },
      { items: [3], next: '' },
    ];
    const asked: (string | undefined)[] = [];
    const items = await allPages<number>(async (from) => {
      asked.push(from);
      const answer = answers.shift();
      if (!answer) throw new Error('asked too often');
      return answer;
    });
    expect(items).toEqual([1, 2, 3]);
    expect(asked).toEqual([undefined, 'a', 'b', 'c']);
  });

  it('that runs in a circle is given up', async () => {
    await expect(allPages(async () => ({ items: [1], next: 'a' }))).rejects.toThrow('same page');
  });
});
