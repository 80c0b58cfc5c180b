import type { Measure } from '../plan/plan.ts';

/** Rows one by one. */
export const rows: Measure = { kind: 'count', keys: false };

/** Each key once, in however many rows it is. */
export const keysOnce: Measure = { kind: 'count', keys: true };
