import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * A Python that has the packages of a requirements file, from PyPI; installed once for each version of
 * that file. Returns the folder of its commands.
 *
 * @param requirements URL of the file
 */
export function pythonWith(
  name: string,
  requirements: URL,
  options: readonly string[] = [],
): string {
  const folder = fileURLToPath(new URL(`../../node_modules/.cache/${name}`, import.meta.url));
  const file = fileURLToPath(requirements);
  const wanted = createHash('sha256').update(readFileSync(file)).digest('hex');
  const mark = `${folder}/installed`;
  const commands = `${folder}/bin`;
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return commands;
  rmSync(folder, { recursive: true, force: true });
  execFileSync('python3', ['-m', 'venv', folder], { stdio: 'inherit' });
  const install = ['-m', 'pip', 'install', '--quiet', ...options, '-r', file];
  execFileSync(`${commands}/python`, install, { stdio: 'inherit' });
  writeFileSync(mark, wanted);
  return commands;
}
