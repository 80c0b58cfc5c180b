import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';

/** The records under `audit/` of the data folder: files to which lines are added, one JSON object each. */
const FOLDER = 'audit';

export async function appendRecord(
  dataFolder: string,
  file: string,
  record: object,
): Promise<void> {
  const folder = join(dataFolder, FOLDER);
  await mkdir(folder, { recursive: true });
  // One write of one line: appends of several processes do not mix.
  await appendFile(join(folder, file), `${JSON.stringify(record)}\n`, 'utf8');
}

/**
 * The records of a file that have the form that is wanted, oldest first; none where there is no file.
 * Lines of another form are counted: a line that was cut when the disk was full must not hide the rest.
 */
export async function readRecords<T>(
  dataFolder: string,
  file: string,
  schema: z.ZodType<T>,
): Promise<{ readonly records: readonly T[]; readonly others: number }> {
  const lines = (await textOf(join(dataFolder, FOLDER, file))).split('\n').filter((l) => l !== '');
  const records = lines.flatMap((line) => {
    const parsed = schema.safeParse(jsonOf(line));
    return parsed.success ? [parsed.data] : [];
  });
  return { records, others: lines.length - records.length };
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
