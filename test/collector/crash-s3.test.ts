import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CollectError } from '../../collector/run/options.ts';
import { paths } from '../../collector/schema/snapshot.ts';
import { s3Store } from '../../collector/snapshot/s3-store.ts';
import { step } from '../thorough.ts';
import { collectInto, newFolder, now, rowsOf } from './collecting.ts';
import { fakeAws } from './fake-aws.ts';
import { type Objects, type S3ServerOptions, startS3 } from './snapshot/s3-server.ts';

/** More keys than are staged at a time, so that a reading can end in the middle. */
const keys = Array.from({ length: 250 }, (_, n) => ({
  id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  aliases: [`alias/${n}`],
}));
const accounts = [
  { id: '111122223333', regions: { 'eu-central-1': { keys }, 'us-east-1': { keys: [] } } },
  { id: '444455556666', regions: { 'eu-central-1': { keys: keys.slice(0, 3) } } },
];

/** Each step takes two collections; `npm test` tries one of so many. */
const EVERY = step(20);

const location = { bucket: 'insights', prefix: 'kms' };
const later = new Date(now.getTime() + 86_400_000);

/** One life of a collector whose snapshots are in a bucket. */
async function collectOnce(
  objects: Objects,
  options: { at: Date; dies?: S3ServerOptions['dies']; resume?: string | undefined },
) {
  const { at, dies, resume } = options;
  const s3 = await startS3({ objects, ...(dies ? { dies } : {}) });
  try {
    const outcome = await collectInto('', {
      aws: fakeAws({ accounts }).api,
      store: s3Store(s3.client, location),
      clock: () => at,
      ...(resume === undefined ? {} : { resume }),
    }).catch((error: unknown) => {
      if (error instanceof CollectError) return error;
      throw error;
    });
    return { outcome, requests: s3.requests() };
  } finally {
    s3.client.destroy();
    await s3.stop();
  }
}

/** The id of the snapshot in force, and its rows; reading them fails where it is not whole. */
async function inForce(objects: Objects) {
  const folder = await newFolder();
  for (const [name, { content }] of objects) {
    const file = join(folder, name.slice('insights/kms/'.length));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  const current = objects.get(`insights/kms/${paths.current}`)?.content.toString();
  const id: string = JSON.parse(current ?? 'null')?.snapshotId;
  const manifest = objects.get(`insights/kms/${paths.manifest(id)}`);
  expect(manifest, 'the snapshot in force has its manifest').toBeDefined();
  return { id, rows: await rowsOf(folder, id) };
}

describe('a process that dies while its snapshots are in a bucket', () => {
  it.each([
    ['before a request is done', false],
    ['before the answer to a request arrives', true],
  ])('%s loses nothing: what is in force is whole, and the run is resumed', async (_, done) => {
    const before: Objects = new Map();
    await collectOnce(before, { at: now });
    const old = await inForce(before);

    const undisturbed: Objects = new Map(before);
    const { requests } = await collectOnce(undisturbed, { at: later });
    const expected = await inForce(undisturbed);
    expect(expected.id).not.toBe(old.id);
    expect(expected.rows.kms_keys).toHaveLength(253);

    let resumed = 0;
    for (let at = 1; at <= requests; at += EVERY) {
      const objects: Objects = new Map(before);
      const { outcome } = await collectOnce(objects, { at: later, dies: { at, done } });
      const found = await inForce(objects);
      if (!(outcome instanceof CollectError)) {
        // Died after the snapshot was in force, while tidying up.
        expect(found.id).toBe(outcome.manifest.snapshotId);
        expect(found.rows).toEqual(expected.rows);
        continue;
      }
      // The pointer may be replaced although nobody lived to hear of it.
      expect(found.rows).toEqual(found.id === old.id ? old.rows : expected.rows);
      const runId = [...objects.keys()]
        .map((name) => /\/runs\/([^/]+)\/run\.json$/.exec(name)?.[1])
        .find((id) => id !== undefined);
      if (runId === undefined) continue;
      const again = await collectOnce(objects, { at: later, resume: runId });
      if (again.outcome instanceof CollectError) throw again.outcome;
      const finished = await inForce(objects);
      expect(finished.id).toBe(runId);
      expect(finished.rows).toEqual(expected.rows);
      expect([...objects.keys()].filter((name) => name.includes('/runs/'))).toEqual([]);
      resumed += 1;
    }
    expect(resumed).toBeGreaterThanOrEqual(Math.floor(30 / EVERY));
  });
});
