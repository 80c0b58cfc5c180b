import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../free-port.ts';
import { pythonWith } from '../venv.ts';

export interface Moto {
  readonly url: string;
  /** Forgets everything that was made. */
  readonly reset: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const START_MS = 60_000;

/**
 * Starts a moto server, an imitation of AWS, that is reachable from this machine only.
 *
 * @param functionsPort where its Step Functions find AWS Lambda; by default moto's own, which runs none
 */
export async function startMoto(functionsPort?: number): Promise<Moto> {
  const commands = pythonWith('moto', new URL('requirements.txt', import.meta.url));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(`${commands}/moto_server`, ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // moto reaches its own services by this port, and AWS Lambda is the only one that is asked for.
    env: { ...process.env, MOTO_PORT: String(functionsPort ?? port) },
  });
  let said = '';
  server.stderr.on('data', (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-4_000);
  });
  const ended = new Promise<void>((resolve) => server.on('exit', () => resolve()));
  const leave = () => server.kill('SIGKILL');
  process.once('exit', leave);
  const stop = async () => {
    process.off('exit', leave);
    leave();
    await ended;
  };
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline && server.exitCode === null) {
    const isReady = await fetch(`${url}/moto-api/`).then(
      (response) => response.ok,
      () => false,
    );
    if (isReady) {
      const reset = async () => {
        const response = await fetch(`${url}/moto-api/reset`, { method: 'POST' });
        if (!response.ok) throw new Error(`moto was not reset: ${response.status}`);
      };
      return { url, reset, stop };
    }
    await sleep(200);
  }
  await stop();
  throw new Error(`moto did not start:\n${said}`);
}
