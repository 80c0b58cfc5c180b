import { describe, expect, it } from 'vitest';
import { fuzz } from './fuzz.ts';

describe('a sample of what the nightly fuzzing does', () => {
  it('finds nothing', async () => {
    const { findings, codes, compared } = await fuzz({ count: 1_500, seed: 7 });
    expect(findings).toEqual([]);
    // Both ways are well tried: what is refused, and what is run and compared.
    expect(codes.accepted).toBeGreaterThan(250);
    expect(compared).toBeGreaterThan(50);
    expect(codes.FORBIDDEN).toBeGreaterThan(20);
  }, 180_000);

  it('gives the same for the same seed', async () => {
    const one = await fuzz({ count: 60, seed: 3 });
    const other = await fuzz({ count: 60, seed: 3 });
    expect(other.codes).toEqual(one.codes);
  }, 60_000);
});
