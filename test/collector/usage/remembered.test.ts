import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Event } from '@aws-sdk/client-cloudtrail';
import { expect, it } from 'vitest';
import type { CollectOptions } from '../../../collector/run/options.ts';
import { paths } from '../../../collector/schema/snapshot.ts';
import { folderStore } from '../../../collector/snapshot/folder-store.ts';
import { openMemory } from '../../../collector/usage/remembered.ts';
import { collectInto, newFolder, query } from '../collecting.ts';
import { arnOf, awsError, fakeAws } from '../fake-aws.ts';

const account = '111122223333';
const region = 'eu-central-1';
const id = '00000000-0000-4000-8000-000000000001';
const day = (n: number) => new Date(Date.UTC(2026, 9, n));

const use = (EventId: string, at: Date, user: string): Event => ({
  EventId,
  EventName: 'Decrypt',
  EventTime: at,
  Resources: [{ ResourceName: arnOf(account, region, id) }],
  CloudTrailEvent: JSON.stringify({
    eventSource: 'kms.amazonaws.com',
    eventName: 'Decrypt',
    userIdentity: { arn: `arn:aws:iam::${account}:user/${user}` },
    requestParameters: { encryptionContext: { app: 'ünïcode "quoted"' } },
  }),
});

const organization = (event: Event | null, before?: Parameters<typeof fakeAws>[0]['before']) =>
  fakeAws({
    accounts: [
      {
        id: account,
        regions: {
          [region]: {
            keys: [
              {
                id,
                lastUsage: {
                  TrackingStartDate: day(1),
                  ...(event
                    ? {
                        KeyLastUsage: {
                          Operation: 'Decrypt',
                          Timestamp: event.EventTime ?? day(1),
                          CloudTrailEventId: event.EventId ?? '',
                        },
                      }
                    : {}),
                },
              },
            ],
            events: event ? [event] : [],
          },
        },
      },
    ],
    ...(before ? { before } : {}),
  });

const collectAt = (folder: string, at: Date, aws: CollectOptions['aws']) =>
  collectInto(folder, { aws, origin: 'aws', seed: null, clock: () => at });

const users = async (folder: string, snapshotId: string) =>
  (
    await query(folder, snapshotId, 'SELECT principal_arn FROM key_usage ORDER BY last_event_at')
  ).map((row) => String(row.principal_arn).split('/').at(-1));

it('who used a key stays known after somebody else used it', async () => {
  const folder = await newFolder();
  await collectAt(folder, day(10), organization(use('one', day(9), 'ada')).api);
  const second = await collectAt(folder, day(20), organization(use('two', day(19), 'bo')).api);
  expect(await users(folder, second.manifest.snapshotId)).toEqual(['ada', 'bo']);
  const [row] = await query(
    folder,
    second.manifest.snapshotId,
    'SELECT CAST(last_used_at AS VARCHAR) AS used FROM kms_keys',
  );
  expect(row?.used).toMatch(/^2026-10-19/);
  const memory = openMemory(folderStore(folder), 'o-example', day(21));
  const [events] = (await memory.eventsOf(account, region, [id])).values();
  expect(events?.map((e) => e.encryption_context)).toEqual(
    Array(2).fill({ app: 'ünïcode "quoted"' }),
  );
  expect(await memory.eventsOf(account, 'us-east-1', [id])).toEqual(new Map());
  await memory.close();
});

it('an event that is known is not looked up again', async () => {
  const folder = await newFolder();
  const { api, calls } = organization(use('one', day(9), 'ada'));
  await collectAt(folder, day(10), api);
  const before = calls.length;
  const { manifest } = await collectAt(folder, day(11), api);
  const again = calls.slice(before).filter((c) => JSON.stringify(c.input).includes('"EventId"'));
  expect(again).toEqual([]);
  expect(await users(folder, manifest.snapshotId)).toEqual(['ada']);
});

it('what is remembered does not say when a key was last used, since a later use may be unseen', async () => {
  const folder = await newFolder();
  await collectAt(folder, day(10), organization(use('one', day(9), 'ada')).api);
  const silent = organization(null, ({ api }) => {
    if (api === 'GetKeyLastUsage') throw awsError('AccessDeniedException');
  });
  const { manifest } = await collectAt(folder, day(30), silent.api);
  expect(
    await query(folder, manifest.snapshotId, 'SELECT usage_status, last_used_at FROM kms_keys'),
  ).toEqual([{ usage_status: 'UNKNOWN', last_used_at: null }]);
  expect(await users(folder, manifest.snapshotId)).toEqual(['ada']);
});

it.each<[string, string | null]>([
  ['another organization', 'o-other'],
  ['no organization', null],
])('nothing is remembered of %s', async (_, organizationId) => {
  const folder = await newFolder();
  await collectAt(folder, day(10), organization(use('one', day(9), 'ada')).api);
  const memory = openMemory(folderStore(folder), organizationId, day(11));
  expect(await memory.eventsOf(account, region, [id])).toEqual(new Map());
});

it('a damaged snapshot is forgotten and not in the way', async () => {
  const folder = await newFolder();
  const { manifest } = await collectAt(folder, day(10), organization(null).api);
  await writeFile(join(folder, paths.table(manifest.snapshotId, 'key_usage')), 'damaged');
  const memory = openMemory(folderStore(folder), 'o-example', day(11));
  expect(await memory.eventsOf(account, region, [id])).toEqual(new Map());
  await memory.close();
});
