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

/** An answer in the form in which stores keep it: JSON. */
export const keptAnswer = (answer: Answer, scope: Scope): string =>
  JSON.stringify({ scope, answer } satisfies Kept);

/** What was kept, where this caller may see it. */
export function shownTo(kept: string, scope: Scope): Answer | undefined {
  const { answer, scope: made } = JSON.parse(kept) as Partial<Kept>;
  return answer && made !== undefined && covers(scope, made) ? answer : undefined;
}

const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether answers have ids of this form; others name no answer, and may name anything else. */
export const isAnswerId = (id: string): boolean => idPattern.test(id);

const FOLDER = 'answers';

/** Keeps the newest `keep` answers as JSON files under `answers/` of the data folder. */
export function folderAnswerStore(dataFolder: string, keep = 1000): AnswerStore {
  const folder = join(dataFolder, FOLDER);
  let sinceCleaning = 0;
  return {
    save: async (answer, scope) => {
      await mkdir(folder, { recursive: true });
      const unfinished = join(folder, `${randomUUID()}.tmp`);
      await writeFile(unfinished, keptAnswer(answer, scope), 'utf8');
      await rename(unfinished, join(folder, `${answer.id}.json`));
      sinceCleaning += 1;
      if (sinceCleaning >= 100) {
        sinceCleaning = 0;
        await removeOldest(folder, keep);
      }
    },
    load: async (id, scope) => {
      if (!isAnswerId(id)) return undefined;
      try {
        return shownTo(await readFile(join(folder, `${id}.json`), 'utf8'), scope);
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
