export interface StoredFile {
  /** With `/` between folders, below the root of the store. */
  readonly path: string;
  readonly modifiedAt: Date;
}

/**
 * Where snapshots and runs are kept: a folder, or a prefix of a bucket. Paths are those of
 * `collector/schema/snapshot.ts`.
 */
export interface SnapshotStore {
  /** Writes a file whole or not at all; a reader sees the old content or the new, nothing between. */
  readonly put: (path: string, content: string) => Promise<void>;
  /** As `put`, with the content of a local file. */
  readonly putFile: (path: string, localFile: string) => Promise<void>;
  /** The content of a file; null when there is none. */
  readonly get: (path: string) => Promise<Uint8Array | null>;
  /** A part of a file; null when there is no such file. `to` is the first byte that is left out. */
  readonly getRange: (path: string, from: number, to: number) => Promise<Uint8Array | null>;
  /** All files below a folder, in order of path; none when there is no such folder. */
  readonly list: (folder: string) => Promise<readonly StoredFile[]>;
  /** Removes all files below a folder; does nothing when there is none. */
  readonly removeAll: (folder: string) => Promise<void>;
}

/** Reads a text file. Null when there is none. */
export async function getText(store: SnapshotStore, path: string): Promise<string | null> {
  const content = await store.get(path);
  return content && new TextDecoder('utf-8', { fatal: true }).decode(content);
}
