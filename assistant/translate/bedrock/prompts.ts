import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { schemaCard } from './schema-card.ts';
import { PromptError, readVerified, type VerifiedQuestion } from './verified.ts';

/** Everything that a model is told besides the question and the rows. */
export interface Prompts {
  /** Who it is and how it behaves. */
  readonly system: string;
  /** How SQL is written here; `{as_of}` stands for the moment of the data, which `atMoment` fills in. */
  readonly rules: string;
  /** The tables; derived from the contract. */
  readonly schemaCard: string;
  readonly verified: readonly VerifiedQuestion[];
}

/**
 * Reads the prompts from their folder (`prompts/`): `system.md`, `rules.md`, `verified/*.yaml`.
 *
 * @throws PromptError when a file is missing, empty or not as it should be
 */
export async function readPrompts(folder: string): Promise<Prompts> {
  const [system, rules, verified] = await Promise.all([
    readText(folder, 'system.md'),
    readText(folder, 'rules.md'),
    readVerified(join(folder, 'verified')),
  ]);
  return { system, rules, schemaCard: schemaCard(), verified };
}

async function readText(folder: string, file: string): Promise<string> {
  const text = await readFile(join(folder, file), 'utf8').catch(() => '');
  if (text.trim() === '')
    throw new PromptError(
      `${file} is missing or empty in ${folder}.`,
      'Name the folder prompts of the installation.',
    );
  return text.replaceAll('\r\n', '\n').trim();
}
