import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Below what a build makes, and the next one clears. */
const PLACE = join('dist', 'functions');

const made: string[] = [];
process.once('exit', () => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/**
 * A folder of its own for what is made during a synthesis, such as the code of a function: the CDK copies
 * it into its output at once, and several syntheses may run side by side. Removed when the process ends.
 */
export function scratchFolder(): string {
  mkdirSync(PLACE, { recursive: true });
  const folder = mkdtempSync(join(PLACE, 'made-'));
  made.push(folder);
  return folder;
}
