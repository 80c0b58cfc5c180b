/**
 * Random numbers that follow from a name alone. Each account, Region and key draws from a stream of
 * its own, so the order in which things are asked for never changes what they are.
 */
export interface Random {
  /** A number in [0, 1). */
  readonly next: () => number;
  /** A whole number from `low` to `high`, both included. */
  readonly int: (low: number, high: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(list: readonly T[]) => T;
  /** Picks by weight; the weights need not add up to anything. */
  readonly weighted: <T>(list: readonly (readonly [T, number])[]) => T;
  readonly hex: (length: number) => string;
  readonly digits: (length: number) => string;
  /** A version 4 UUID. */
  readonly uuid: () => string;
}

/** Folds a name into four 32-bit seeds: FNV-1a in four lanes, each with its own start. */
function seedsOf(name: string): [number, number, number, number] {
  const lanes: [number, number, number, number] = [0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35];
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    lanes[0] = Math.imul(lanes[0] ^ code, 0x01000193);
    lanes[1] = Math.imul(lanes[1] ^ (code + lanes[0]), 0x5bd1e995);
    lanes[2] = Math.imul(lanes[2] ^ (code + lanes[1]), 0x1b873593);
    lanes[3] = Math.imul(lanes[3] ^ (code + lanes[2]), 0x2c1b3c6d);
  }
  return lanes;
}

/** The stream of a name (Chris Doty-Humphrey's sfc32). */
export function randomOf(name: string): Random {
  let [a, b, c, d] = seedsOf(name);
  const step = (): number => {
    const sum = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
  // The first outputs still resemble the seeds, and names often differ in their last letter only.
  for (let i = 0; i < 12; i++) step();

  const next = (): number => step() / 4_294_967_296;
  const int = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const pick = <T>(list: readonly T[]): T => {
    if (list.length === 0) throw new RangeError('nothing to pick from');
    return list[int(0, list.length - 1)] as T;
  };
  const letters = (alphabet: string, length: number): string => {
    let text = '';
    for (let i = 0; i < length; i++) text += alphabet[int(0, alphabet.length - 1)];
    return text;
  };
  const hex = (length: number): string => {
    let text = '';
    while (text.length < length) text += step().toString(16).padStart(8, '0');
    return text.slice(0, length);
  };
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick,
    weighted: (list) => {
      let total = 0;
      for (const [, weight] of list) total += weight;
      let point = next() * total;
      for (const [value, weight] of list) {
        point -= weight;
        if (point < 0) return value;
      }
      return pick(list)[0];
    },
    hex,
    digits: (length) => letters('0123456789', length),
    uuid: () => {
      const h = hex(32);
      const variant = '89ab'[Number.parseInt(h[16] ?? '0', 16) % 4];
      return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-${variant}${h.slice(17, 20)}-${h.slice(20)}`;
    },
  };
}

/** One kind of thing to deal out: its share of all, and the fewest there must be. */
export interface Share<T> {
  readonly value: T;
  /** Parts of ten thousand. */
  readonly share: number;
  readonly atLeast?: number;
}

/**
 * Deals `count` places to kinds in their shares, in random order. Unlike drawing for each place, no
 * seed leaves a rare kind out. The first kind takes what rounding leaves over.
 */
export function deal<T>(random: Random, count: number, shares: readonly Share<T>[]): T[] {
  const total = shares.reduce((sum, { share }) => sum + share, 0);
  const places: T[] = [];
  for (const { value, share, atLeast = 0 } of shares.slice(1)) {
    const wanted = Math.max(atLeast, Math.round((count * share) / total));
    for (let i = 0; i < wanted; i++) places.push(value);
  }
  const first = shares[0];
  while (first !== undefined && places.length < count) places.push(first.value);
  for (let i = places.length - 1; i > 0; i--) {
    const j = random.int(0, i);
    [places[i], places[j]] = [places[j] as T, places[i] as T];
  }
  return places.slice(0, count);
}
