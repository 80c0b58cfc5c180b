import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Prompt } from './prompt.ts';
import { readPrompt } from './prompt-files.ts';
import { readPrompts } from './prompts.ts';

/** The prompt that comes with the program. */
export async function shippedPrompt(): Promise<Prompt> {
  const folder = promptsFolder();
  return readPrompt(join(folder, 'bedrock', 'instructions.yaml'), await readPrompts(folder));
}

/** `prompts/` lies in the project, above the built program as above its source. */
export function promptsFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  for (let folder = here; ; folder = dirname(folder)) {
    const prompts = join(folder, 'prompts');
    if (existsSync(join(prompts, 'bedrock'))) return prompts;
    if (folder === dirname(folder)) throw new Error(`there is no folder prompts above ${here}`);
  }
}
