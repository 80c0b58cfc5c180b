import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { assistantFolder } from '../../infra/assistant/function-code.ts';
import { bundle } from '../../infra/collector/function-code.ts';
import { isThorough } from '../thorough.ts';
import { example } from './synthesized.ts';

const processor = process.arch === 'arm64' ? 'arm64' : 'x64';
const hasNative = process.platform === 'linux';

const bytesIn = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).reduce(
    (sum, entry) => sum + (entry.isFile() ? statSync(join(entry.parentPath, entry.name)).size : 0),
    0,
  );

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

it.runIf(hasNative && isThorough).each(['list-accounts', 'get-data', 'publish'])(
  'the code of %s stands alone and fits into AWS Lambda',
  (name) => {
    const folder = bundle(`collector/lambda/${name}.ts`, processor);
    made.push(folder);
    // AWS Lambda, "Lambda quotas": the deployment package, unzipped.
    expect(bytesIn(folder)).toBeLessThan(250 * 2 ** 20);
    // Run where no package of the repository is found, with DuckDB inside.
    const away = join(folder, 'index.mjs');
    const said = execFileSync(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `const { handler } = await import(${JSON.stringify(resolve(away))});
         try { await handler({ runId: '20261123T000000Z-0123abcd', accountId: '1' }, { getRemainingTimeInMillis: () => 90_000 }); }
         catch (error) { console.log(error.message); }`,
      ],
      { cwd: '/', env: { PATH: process.env.PATH ?? '' }, encoding: 'utf8' },
    );
    expect(said).toContain('KMS_INSIGHTS_BUCKET');
    expect(readFileSync(away, 'utf8')).not.toMatch(/from ?"@aws-sdk/);
  },
);

it.each([
  [
    'http-handler',
    `await handler({ httpMethod: 'GET', path: '/healthz', headers: {}, requestContext: {} }, stream, {})`,
  ],
  [
    'slack-work-handler',
    `await handler({ kind: 'status', language: 'en', responseUrl: 'x', receivedAt: '2026-11-23T00:00:00Z', caller: { team: 'T', channel: 'C', user: 'U' } })`,
  ],
])('the code of %s stands alone, with page, prompts and parser beside it', (name, call) => {
  const folder = assistantFolder(`assistant/lambda/${name}.ts`, example());
  made.push(folder);
  expect(bytesIn(folder)).toBeLessThan(250 * 2 ** 20);
  expect(readdirSync(folder)).toEqual(
    expect.arrayContaining(['access.yaml', 'index.mjs', 'polyglot_sql.wasm', 'prompts', 'web']),
  );
  const away = join(folder, 'index.mjs');
  const said = execFileSync(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import { Writable } from 'node:stream';
       const stream = new Writable({ write: (chunk, encoding, done) => done() });
       globalThis.awslambda = { streamifyResponse: (run) => run, HttpResponseStream: { from: () => stream } };
       console.error = (...all) => console.log(...all);
       const { handler } = await import(${JSON.stringify(resolve(away))});
       try { ${call}; } catch (error) { console.log(error.message); }`,
    ],
    { cwd: '/', env: { PATH: process.env.PATH ?? '' }, encoding: 'utf8' },
  );
  expect(said).toContain('KMS_INSIGHTS_STATE_TABLE');
});
