import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../free-port.ts';
import type { Installation } from './install.ts';

export interface TrinoServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

const START_MS = 120_000;

/**
 * Starts one Trino with tables in memory and in files of this machine, reachable from this machine only, and waits until it
 * answers. It ends with this process, however that ends.
 */
export async function startTrino({ folder, java }: Installation): Promise<TrinoServer> {
  const home = await mkdtemp(join(tmpdir(), 'kms-insights-trino-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  await mkdir(join(home, 'catalog'));
  await writeFile(
    join(home, 'catalog', 'memory.properties'),
    'connector.name=memory\nmemory.max-data-per-node=512MB\n',
  );
  await writeFile(
    join(home, 'catalog', 'hive.properties'),
    `connector.name=hive\nhive.metastore=file\nhive.metastore.catalog.dir=file://${join(home, 'metastore')}\nhive.allow-drop-table=true\n`,
  );
  await writeFile(join(home, 'log.properties'), 'io.trino=WARN\nio.airlift=WARN\n');
  const config = {
    coordinator: true,
    'node-scheduler.include-coordinator': true,
    'http-server.http.port': port,
    'discovery.uri': url,
    'query.max-memory': '512MB',
    'query.max-memory-per-node': '512MB',
    'memory.heap-headroom-per-node': '512MB',
    'web-ui.enabled': false,
    'plugin.dir': join(folder, 'plugin'),
    'catalog.config-dir': join(home, 'catalog'),
  };
  await writeFile(
    join(home, 'config.properties'),
    Object.entries(config)
      .map(([k, v]) => `${k}=${v}\n`)
      .join(''),
  );
  const logFile = join(home, 'server.log');
  const log = openSync(logFile, 'w');
  const server = spawn(
    java,
    [
      '-Xmx2G',
      '-XX:+UseG1GC',
      '-Djdk.attach.allowAttachSelf=true',
      '--add-opens=java.base/java.nio=ALL-UNNAMED',
      '-Duser.timezone=UTC',
      '-Dfile.encoding=UTF-8',
      `-Dconfig=${join(home, 'config.properties')}`,
      `-Dlog.levels-file=${join(home, 'log.properties')}`,
      '-Dnode.environment=test',
      '-Dnode.id=conformance',
      '-Dnode.bind-ip=127.0.0.1',
      '-Dnode.internal-address=127.0.0.1',
      `-Dnode.data-dir=${join(home, 'data')}`,
      '-cp',
      join(folder, 'lib', '*'),
      'io.trino.server.TrinoServer',
    ],
    { cwd: home, stdio: ['ignore', log, log] },
  );
  const ended = new Promise<string>((resolve) => {
    server.on('error', (error) => resolve(error.message));
    server.on('exit', (code, signal) => resolve(`it ended with ${code ?? signal}`));
  });
  let isRunning = true;
  void ended.then(() => {
    isRunning = false;
  });
  // Reads from this process until that is gone, then ends the server: no Trino is left behind.
  const guardian = spawn('sh', ['-c', `cat > /dev/null; kill -9 ${server.pid}`], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  const stop = async (): Promise<void> => {
    server.kill('SIGKILL');
    await ended;
    guardian.kill('SIGKILL');
    await rm(home, { recursive: true, force: true });
  };
  const deadline = Date.now() + START_MS;
  while (isRunning && Date.now() < deadline) {
    if (await isReady(url)) return { url, stop };
    await sleep(250);
  }
  const tail = (await readFile(logFile, 'utf8')).split('\n').slice(-30).join('\n');
  const why = isRunning ? `it did not answer within ${START_MS / 1000} seconds` : await ended;
  await stop();
  throw new Error(`Trino did not start: ${why}.\n${tail}`);
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/v1/info`);
    const info = (await response.json()) as { readonly starting?: boolean };
    return response.ok && info.starting === false;
  } catch {
    return false;
  }
}
