import { describe, expect, it } from 'vitest';
import { deal, randomOf } from '../../../collector/simulate/random.ts';

describe('a random stream', () => {
  it('follows from its name', () => {
    const draw = (name: string) => {
      const random = randomOf(name);
      return Array.from({ length: 50 }, () => random.next());
    };
    expect(draw('a/1')).toEqual(draw('a/1'));
    expect(draw('a/1')).not.toEqual(draw('a/2'));
  });

  it('does not resemble the stream of a neighbouring name', () => {
    const firsts = Array.from({ length: 2000 }, (_, i) => randomOf(`key/${i}`).next());
    const mean = firsts.reduce((sum, x) => sum + x, 0) / firsts.length;
    expect(mean).toBeGreaterThan(0.47);
    expect(mean).toBeLessThan(0.53);
    const pairs = firsts.slice(1).map((x, i) => Math.abs(x - (firsts[i] ?? 0)));
    expect(pairs.reduce((sum, x) => sum + x, 0) / pairs.length).toBeGreaterThan(0.3);
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  it('covers both ends of a range', () => {
    const random = randomOf('range');
    const drawn = new Set(Array.from({ length: 200 }, () => random.int(3, 6)));
    expect([...drawn].sort()).toEqual([3, 4, 5, 6]);
  });

  it('makes version 4 UUIDs', () => {
    const random = randomOf('uuid');
    for (let i = 0; i < 100; i++) {
      expect(random.uuid()).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
    }
  });
});

describe('dealing', () => {
  const shares = [
    { value: 'common', share: 90 },
    { value: 'some', share: 10 },
    { value: 'rare', share: 0.001, atLeast: 3 },
  ];
  const count = (list: string[], value: string) => list.filter((x) => x === value).length;

  it('gives every kind its share and the rare ones their minimum', () => {
    const list = deal(randomOf('deal'), 1000, shares);
    expect(list).toHaveLength(1000);
    expect(count(list, 'some')).toBe(100);
    expect(count(list, 'rare')).toBe(3);
    expect(count(list, 'common')).toBe(897);
  });

  it('mixes the places', () => {
    const list = deal(randomOf('deal'), 1000, shares);
    expect(count(list.slice(0, 500), 'some')).toBeGreaterThan(25);
    expect(count(list.slice(500), 'some')).toBeGreaterThan(25);
  });

  it('never gives more places than there are', () => {
    expect(deal(randomOf('deal'), 2, shares)).toHaveLength(2);
    expect(deal(randomOf('deal'), 0, shares)).toEqual([]);
  });
});
