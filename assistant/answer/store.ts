import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Answer } from './answer.ts';

/** The accounts that a caller may see; null for all. */
type Scope = readonly string[] | null;

/** Keeps answers, so that they can be fetched, exported and shared by id. */
export interface AnswerStore {
  /** With the accounts that the caller could see, whose data the answer may hold. */
  readonly save: (answer: Answer, scope: Scope) => Promise<void>;
  /**
   * Undefined when there is no such answer (any more), or when it may hold data of accounts that this
   * caller may not see.
   */
  readonly load: (id: string, scope: Scope) => Promise<Answer | undefined>;
}

/** Whether one may see what was made for another: only where the other could see no more. */
export const covers = (scope: Scope, made: Scope): boolean =>
  scope === null || (made?.every((account) => scope.includes(account)) ?? false);

interface Kept {
  readonly scope: Scope;
  readonly answer: Answer;
}

const FOLDER = 'answers';
const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Keeps the newest `keep` answers as JSON files under `answers/` of the data folder. */
export function folderAnswerStore(dataFolder: string, keep = 1000): AnswerStore {
  const folder = join(dataFolder, FOLDER);
  let sinceCleaning = 0;
  return {
    save: async (answer, scope) => {
      await mkdir(folder, { recursive: true });
      const unfinished = join(folder, `${randomUUID()}.tmp`);
      const kept: Kept = { scope, answer };
      await writeFile(unfinished, JSON.stringify(kept), 'utf8');
      await rename(unfinished, join(folder, `${answer.id}.json`));
      sinceCleaning += 1;
      if (sinceCleaning >= 100) {
        sinceCleaning = 0;
        await removeOldest(folder, keep);
      }
    },
    load: async (id, scope) => {
      if (!idPattern.test(id)) return undefined;
      try {
        const text = await readFile(join(folder, `${id}.json`), 'utf8');
        const { answer, scope: made } = JSON.parse(text) as Partial<Kept>;
        return answer && made !== undefined && covers(scope, made) ? answer : undefined;
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
