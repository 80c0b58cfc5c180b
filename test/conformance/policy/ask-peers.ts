import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { pythonWith } from '../venv.ts';

/** What each peer answers, by the id of the policy and the question. */
export type Answers = Readonly<
  Record<string, Readonly<Record<string, boolean | { readonly error: string }>>>
>;

export function askPeers(policies: readonly (readonly [id: string, text: string])[]): Answers {
  const commands = pythonWith('policy-peers', new URL('requirements.txt', import.meta.url), [
    '--no-deps',
    // Prowler names the Python versions it was released for; the functions used here run on any.
    '--ignore-requires-python',
  ]);
  const out = execFileSync(
    `${commands}/python`,
    [fileURLToPath(new URL('peers.py', import.meta.url))],
    { input: JSON.stringify(policies), encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  return JSON.parse(out);
}
