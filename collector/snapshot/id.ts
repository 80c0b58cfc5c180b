import { randomBytes } from 'node:crypto';

/**
 * A new id of a run and of the snapshot it becomes: sortable by time, and different for two runs of
 * the same second. Example: 20261123T000000Z-1a2b3c4d.
 */
export function newRunId(now: Date): string {
  const time = now.toISOString().replace(/[-:]|\.\d{3}/g, '');
  return `${time}-${randomBytes(4).toString('hex')}`;
}
