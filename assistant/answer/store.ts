import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Answer } from './answer.ts';

/** Keeps answers, so that they can be fetched, exported and shared by id. */
export interface AnswerStore {
  readonly save: (answer: Answer) => Promise<void>;
  /** Undefined when there is no such answer (any more). */
  readonly load: (id: string) => Promise<Answer | undefined>;
}

const FOLDER = 'answers';
const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Keeps the newest `keep` answers as JSON files under `answers/` of the data folder. */
export function folderAnswerStore(dataFolder: string, keep = 1000): AnswerStore {
  const folder = join(dataFolder, FOLDER);
  let sinceCleaning = 0;
  return {
    save: async (answer) => {
      await mkdir(folder, { recursive: true });
      const unfinished = join(folder, `${randomUUID()}.tmp`);
      await writeFile(unfinished, JSON.stringify(answer), 'utf8');
      await rename(unfinished, join(folder, `${answer.id}.json`));
      sinceCleaning += 1;
      if (sinceCleaning >= 100) {
        sinceCleaning = 0;
        await removeOldest(folder, keep);
      }
    },
    load: async (id) => {
      if (!idPattern.test(id)) return undefined;
      try {
        return JSON.parse(await readFile(join(folder, `${id}.json`), 'utf8')) as Answer;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
  };
}

async function removeOldest(folder: string, keep: number): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  if (names.length <= keep) return;
  const aged = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
  );
  aged.sort((a, b) => b.at - a.at);
  await Promise.all(aged.slice(keep).map(({ name }) => rm(join(folder, name), { force: true })));
}
