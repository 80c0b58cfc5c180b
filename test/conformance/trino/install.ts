import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The release that is used unless another is asked for: it runs on Java 11 and 17. */
const PINNED = {
  version: '368',
  sha256: '794a7df6faae51895183b52c6d7f36f0a9715140fab317dac5400f71729c05cd',
  java: 11,
} as const;

export interface Installation {
  /** The folder with `lib/` and `plugin/`. */
  readonly folder: string;
  readonly java: string;
  readonly version: string;
}

/**
 * Finds Java, and Trino in the cache; downloads Trino from Maven Central the first time (650 MB, of
 * which 280 MB are kept). Throws with what to do when either is missing.
 *
 * - `KMS_INSIGHTS_TRINO_CACHE`: where to keep it; default `$XDG_CACHE_HOME/kms-insights`
 * - `KMS_INSIGHTS_TRINO_VERSION`: another release, for a Java that it runs on
 * - `KMS_INSIGHTS_MAVEN`: another repository than Maven Central
 * - `JAVA_HOME`: another Java than the one on the path
 */
export async function install(): Promise<Installation> {
  const { env } = process;
  const version = env.KMS_INSIGHTS_TRINO_VERSION ?? PINNED.version;
  const java = env.JAVA_HOME ? join(env.JAVA_HOME, 'bin', 'java') : 'java';
  await checkJava(java);
  const cache =
    env.KMS_INSIGHTS_TRINO_CACHE ??
    join(env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'kms-insights');
  const folder = join(cache, `trino-${version}`);
  const isThere = await access(join(folder, 'plugin', 'hive')).then(
    () => true,
    () => false,
  );
  if (!isThere) await download(version, cache, folder);
  return { folder, java, version };
}

async function checkJava(java: string): Promise<void> {
  const { stderr } = await run(java, ['-version']).catch(() => {
    throw new Error(
      `Trino needs Java, and ${java} cannot be run. Install one (apt-get install openjdk-17-jre-headless), or name it with JAVA_HOME.`,
    );
  });
  const major = Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
  if (major < PINNED.java)
    throw new Error(`Trino needs Java ${PINNED.java} or later; ${java} is version ${major}.`);
}

async function download(version: string, cache: string, folder: string): Promise<void> {
  const maven = process.env.KMS_INSIGHTS_MAVEN ?? 'https://repo.maven.apache.org/maven2';
  const url = `${maven}/io/trino/trino-server/${version}/trino-server-${version}.tar.gz`;
  const work = join(cache, `unpacking-${randomUUID()}`);
  await mkdir(work, { recursive: true });
  try {
    console.error(`Downloading ${url} (about 650 MB, once) …`);
    const archive = join(work, 'trino.tar.gz');
    await fetchTo(url, archive);
    await verify(archive, version, url);
    await run('tar', ['-xzf', archive, '-C', work]);
    const unpacked = join(work, `trino-server-${version}`);
    // The archive has a connector for every database there is; only tables in memory and in files are needed.
    for (const plugin of await readdir(join(unpacked, 'plugin')))
      if (!['memory', 'hive'].includes(plugin))
        await rm(join(unpacked, 'plugin', plugin), { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
    await rename(unpacked, folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function fetchTo(url: string, file: string): Promise<void> {
  const cannot = (why: string) =>
    new Error(
      `Trino cannot be downloaded from ${url}: ${why}. Name a mirror with KMS_INSIGHTS_MAVEN, or put an unpacked trino-server into the cache folder.`,
    );
  const response = await fetch(url).catch((error: unknown) => {
    throw cannot(String(error instanceof Error ? (error.cause ?? error.message) : error));
  });
  if (!response.ok || response.body === null) throw cannot(`HTTP ${response.status}`);
  await pipeline(Readable.fromWeb(response.body as never), createWriteStream(file)).catch(
    (error: unknown) => {
      throw cannot(String(error));
    },
  );
}

async function verify(archive: string, version: string, url: string): Promise<void> {
  if (version !== PINNED.version) return;
  const hash = createHash('sha256');
  await pipeline(createReadStream(archive), hash);
  const found = hash.digest('hex');
  if (found !== PINNED.sha256)
    throw new Error(`${url} is not the release that was expected: its SHA-256 is ${found}.`);
}
