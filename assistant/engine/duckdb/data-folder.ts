import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  currentSchema,
  type Manifest,
  manifestSchema,
  paths,
  SNAPSHOT_FORMAT,
} from '../../../collector/schema/snapshot.ts';

/** Why a data folder cannot be read. The message names the file; `hint` says what to do. */
export class DataFolderError extends Error {
  constructor(
    readonly code: 'MISSING' | 'DAMAGED' | 'OTHER_VERSION' | 'NOT_WRITABLE',
    message: string,
    readonly hint: string,
  ) {
    super(message);
    this.name = 'DataFolderError';
  }
}

const collectAgain = (folder: string) =>
  `Collect again: kms-insights collect --simulate --data ${folder} (or without --simulate for your organization).`;

/** Parses a JSON file of the data folder. Undefined when there is no such file. */
async function readJson(folder: string, path: string): Promise<unknown> {
  const file = join(folder, path);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw new DataFolderError(
      'DAMAGED',
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      'Check the permissions of the data folder.',
    );
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new DataFolderError('DAMAGED', `${file} is not valid JSON.`, collectAgain(folder));
  }
}

function isNotFound(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function checkFormat(folder: string, path: string, value: unknown): void {
  const format = (value as { format?: unknown } | null)?.format;
  if (typeof format === 'number' && format !== SNAPSHOT_FORMAT) {
    const age = format < SNAPSHOT_FORMAT ? 'an older' : 'a newer';
    throw new DataFolderError(
      'OTHER_VERSION',
      `${join(folder, path)} was written by ${age} version of KMS Insights (format ${format}; this one reads ${SNAPSHOT_FORMAT}).`,
      format < SNAPSHOT_FORMAT
        ? collectAgain(folder)
        : 'Update KMS Insights, or name another folder with --data.',
    );
  }
}

/** Reads and checks the manifest of one snapshot, and that its files are there in full length. */
export async function readManifest(folder: string, snapshotId: string): Promise<Manifest> {
  const path = paths.manifest(snapshotId);
  const json = await readJson(folder, path);
  if (json === undefined) {
    throw new DataFolderError(
      'DAMAGED',
      `The snapshot ${snapshotId} in ${folder} is half written: ${path} is missing.`,
      collectAgain(folder),
    );
  }
  checkFormat(folder, path, json);
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new DataFolderError(
      'DAMAGED',
      `${join(folder, path)} is damaged at ${issue?.path.join('.') || 'its root'}: ${issue?.message}.`,
      collectAgain(folder),
    );
  }
  for (const [table, entry] of Object.entries(parsed.data.tables)) {
    const file = join(folder, paths.table(snapshotId, table));
    const size = await stat(file).then(
      (s) => s.size,
      () => null,
    );
    if (size !== entry.bytes) {
      throw new DataFolderError(
        'DAMAGED',
        size === null
          ? `The snapshot ${snapshotId} is damaged: ${file} is missing.`
          : `The snapshot ${snapshotId} is damaged: ${file} has ${size} bytes instead of ${entry.bytes}.`,
        collectAgain(folder),
      );
    }
  }
  return parsed.data;
}

/**
 * The manifest of the snapshot in force.
 *
 * Throws {@link DataFolderError} when the folder is missing, half written, damaged, or of another
 * format version.
 */
export async function readCurrent(folder: string): Promise<Manifest> {
  const json = await readJson(folder, paths.current);
  if (json === undefined) {
    throw new DataFolderError(
      'MISSING',
      `There is no published snapshot in ${folder} (${paths.current} is missing).`,
      `Make one: kms-insights collect --simulate --data ${folder}, or name another folder with --data.`,
    );
  }
  checkFormat(folder, paths.current, json);
  const current = currentSchema.safeParse(json);
  if (!current.success) {
    throw new DataFolderError(
      'DAMAGED',
      `${join(folder, paths.current)} does not name a snapshot.`,
      collectAgain(folder),
    );
  }
  return readManifest(folder, current.data.snapshotId);
}
