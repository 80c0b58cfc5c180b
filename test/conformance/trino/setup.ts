import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { fillBoth } from './data.ts';
import { install } from './install.ts';
import { startTrino } from './server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where Trino answers, and the data folder that holds the same rows. */
    readonly trino: { readonly url: string; readonly folder: string; readonly release: number };
  }
}

/** Starts Trino and fills both engines before the first test; stops it and removes all after the last. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'kms-insights-conformance-'));
  const installation = await install();
  const server = await startTrino(installation);
  const teardown = async (): Promise<void> => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await fillBoth(folder, server.url);
  } catch (error) {
    await teardown();
    throw error;
  }
  project.provide('trino', { url: server.url, folder, release: Number(installation.version) });
  return teardown;
}
