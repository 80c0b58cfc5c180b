import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const FOLDER = here('../../../node_modules/.cache/policy-peers');
const REQUIREMENTS = here('requirements.txt');

/** The Python that has the peers. Installs them from PyPI once for each version of the list. */
export function pythonWithPeers(): string {
  const wanted = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex');
  const mark = `${FOLDER}/installed`;
  const python = `${FOLDER}/bin/python`;
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return python;
  rmSync(FOLDER, { recursive: true, force: true });
  execFileSync('python3', ['-m', 'venv', FOLDER], { stdio: 'inherit' });
  // Prowler names the Python versions it was released for; the functions used here run on any.
  const install = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--ignore-requires-python'];
  execFileSync(python, [...install, '-r', REQUIREMENTS], { stdio: 'inherit' });
  writeFileSync(mark, wanted);
  return python;
}

/** What each peer answers, by the id of the policy and the question. */
export type Answers = Readonly<
  Record<string, Readonly<Record<string, boolean | { readonly error: string }>>>
>;

export function askPeers(policies: readonly (readonly [id: string, text: string])[]): Answers {
  const out = execFileSync(pythonWithPeers(), [here('peers.py')], {
    input: JSON.stringify(policies),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(out);
}
