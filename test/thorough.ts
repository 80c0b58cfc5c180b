/**
 * Whether tests that try something at every place do so, as the CI has it (`THOROUGH=1`); else at every
 * eighth or so, which keeps `npm test` within three minutes and finds most of what they all find.
 */
export const isThorough = process.env.THOROUGH === '1';

/** How far a loop over places goes on. */
export const step = (otherwise: number): number => (isThorough ? 1 : otherwise);

/** Some of what is tried one by one, spread over all of it. */
export const sampled = <T>(otherwise: number, all: readonly T[]): readonly T[] =>
  all.filter((_, i) => i % step(otherwise) === 0);
