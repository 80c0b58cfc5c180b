import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Architecture, Code } from 'aws-cdk-lib/aws-lambda';
import { bundleFunction } from '../bundle.ts';

/** The processors of AWS Lambda, as packages on npm name them. */
export type Processor = 'x64' | 'arm64';

export const architectureOf = (processor: Processor): Architecture =>
  processor === 'x64' ? Architecture.X86_64 : Architecture.ARM_64;

/** DuckDB, which writes and reads Parquet, is not JavaScript: a package for each system and processor. */
const nativePackage = (processor: Processor) => `@duckdb/node-bindings-linux-${processor}`;

/** Makes the code of a function: from the path of a file that exports `handler`, for a processor. */
export type CodeOf = (entry: string, processor: Processor) => Code;

/**
 * The code of a function, ready for AWS Lambda: the entry and all that it imports in one file, and the
 * native part of DuckDB beside it. Needs no network where that is installed. Paths are from the root of
 * the repository.
 */
export const functionCode: CodeOf = (entry, processor) => Code.fromAsset(bundle(entry, processor));

/** Makes the folder that {@link functionCode} hands over. */
export function bundle(entry: string, processor: Processor): string {
  const folder = bundleFunction(entry, ['@duckdb/node-bindings-*']);
  const native = nativePackage(processor);
  cpSync(nativeFolder(native), join(folder, 'node_modules', native), { recursive: true });
  return folder;
}

/** Where a package is installed; one for another processor is fetched once, and must be that of the lock file. */
function nativeFolder(name: string): string {
  const installed = join('node_modules', name);
  if (existsSync(installed)) return installed;
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const { version, integrity } = packages[`node_modules/${name}`];
  const kept = join('node_modules', '.cache', 'kms-insights', `${name}-${version}`);
  if (existsSync(kept)) return kept;
  const scratch = mkdtempSync(join(tmpdir(), 'kms-insights-native-'));
  try {
    execFileSync('npm', ['pack', `${name}@${version}`, '--pack-destination', scratch], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const file = join(scratch, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`);
    const found = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
    if (found !== integrity) {
      throw new Error(`${name}@${version} from the registry is not that of package-lock.json.`);
    }
    mkdirSync(kept, { recursive: true });
    execFileSync('tar', ['-xzf', file, '-C', kept, '--strip-components=1']);
    return kept;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
