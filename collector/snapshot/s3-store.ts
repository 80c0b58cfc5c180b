import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { pages } from '../read/pages.ts';
import type { SnapshotStore, StoredFile } from './store.ts';

export interface S3Location {
  readonly bucket: string;
  /** Without a slash at its end; empty for the whole bucket. */
  readonly prefix: string;
}

/** `s3://bucket/prefix` as a location; null for anything else. */
export function s3Location(url: string): S3Location | null {
  const parts = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(url);
  if (!parts?.[1]) return null;
  const prefix = (parts[2] ?? '').replace(/\/+$/, '');
  return prefix.split('/').some((segment, n) => segment === '' && (n > 0 || prefix !== ''))
    ? null
    : { bucket: parts[1], prefix };
}

/** DeleteObjects takes so many keys (S3 API Reference, DeleteObjects). */
const MOST_DELETED = 1000;

/**
 * A {@link SnapshotStore} below a prefix of a bucket. S3 replaces an object in one step, and a reader
 * sees the new one as soon as it is written (Amazon S3 User Guide, "Amazon S3 data consistency model").
 */
export function s3Store(
  client: Pick<S3Client, 'send'>,
  { bucket, prefix }: S3Location,
): SnapshotStore {
  const below = prefix === '' ? '' : `${prefix}/`;
  const at = (path: string) => ({ Bucket: bucket, Key: `${below}${path}` });
  const contentType = (path: string) => ({
    ContentType: path.endsWith('.json') ? 'application/json' : 'application/octet-stream',
  });

  const list = async (folder: string): Promise<readonly StoredFile[]> => {
    const files: StoredFile[] = [];
    const all = pages((ContinuationToken) =>
      client
        .send(
          new ListObjectsV2Command({
            Bucket: bucket,
            Prefix: `${below}${folder}/`,
            ...(ContinuationToken === undefined ? {} : { ContinuationToken }),
          }),
        )
        .then((page) => ({ items: page.Contents, next: page.NextContinuationToken })),
    );
    for await (const page of all) {
      for (const { Key, LastModified } of page.items) {
        if (Key !== undefined && LastModified !== undefined) {
          files.push({ path: Key.slice(below.length), modifiedAt: LastModified });
        }
      }
    }
    return files.sort((a, b) => (a.path < b.path ? -1 : 1));
  };

  const get = async (path: string, Range?: string): Promise<Uint8Array | null> => {
    try {
      const { Body } = await client.send(
        new GetObjectCommand({ ...at(path), ...(Range === undefined ? {} : { Range }) }),
      );
      return (await Body?.transformToByteArray()) ?? new Uint8Array();
    } catch (error) {
      if ((error as Error).name === 'NoSuchKey') return null;
      throw error;
    }
  };

  return {
    put: async (path, content) => {
      await client.send(new PutObjectCommand({ ...at(path), ...contentType(path), Body: content }));
    },
    putFile: async (path, localFile) => {
      const { size } = await stat(localFile);
      await client.send(
        new PutObjectCommand({
          ...at(path),
          ...contentType(path),
          Body: createReadStream(localFile),
          ContentLength: size,
        }),
      );
    },
    get: (path) => get(path),
    // HTTP counts the last byte in.
    getRange: (path, from, to) => get(path, `bytes=${from}-${to - 1}`),
    list,
    removeAll: async (path) => {
      // A path may be that of one file.
      const keys = [at(path).Key, ...(await list(path)).map((file) => at(file.path).Key)];
      for (let from = 0; from < keys.length; from += MOST_DELETED) {
        const { Errors = [] } = await client.send(
          new DeleteObjectsCommand({
            Bucket: bucket,
            Delete: {
              Objects: keys.slice(from, from + MOST_DELETED).map((Key) => ({ Key })),
              Quiet: true,
            },
          }),
        );
        const [failed] = Errors;
        if (failed) {
          throw Object.assign(
            new Error(`s3://${bucket}/${failed.Key} was not removed: ${failed.Message}`),
            { name: failed.Code ?? 'DeleteFailed' },
          );
        }
      }
    },
  };
}
