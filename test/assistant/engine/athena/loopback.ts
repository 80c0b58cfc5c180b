import { afterEach, beforeEach } from 'vitest';
import { athenaApi } from '../../../../assistant/engine/athena/api.ts';
import { execute } from '../../../../assistant/engine/athena/execute.ts';
import {
  type AthenaSettings,
  readAthenaSettings,
} from '../../../../assistant/engine/athena/settings.ts';
import type { EngineError, QueryResult } from '../../../../assistant/engine/engine.ts';
import {
  type AthenaServer,
  type AthenaServerOptions,
  startAthena,
  type TextResult,
} from '../../../conformance/aws/athena-server.ts';
import { accept } from '../../guard/database.ts';

/** The real SDK client against an Athena on this machine. */

let server: AthenaServer | undefined;
const before = { ...process.env };

beforeEach(() => {
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'eu-central-1',
  });
});
afterEach(async () => {
  process.env = { ...before };
  await server?.stop();
  server = undefined;
});

export async function athena(
  options: Partial<AthenaServerOptions> & { readonly result?: TextResult },
): Promise<AthenaServer> {
  const execute = async () => options.result ?? keys(['k1']);
  server = await startAthena({ execute, ...options });
  process.env.AWS_ENDPOINT_URL_ATHENA = server.url;
  return server;
}

/** One column of key ids. */
export const keys = (ids: readonly (string | undefined)[]): TextResult => ({
  columns: [{ name: 'key_id', type: 'varchar' }],
  rows: ids.map((id) => [id]),
});

export function settings(over: Partial<AthenaSettings> = {}): AthenaSettings {
  const read = readAthenaSettings({});
  if (!read.ok) throw new Error(read.message);
  return { ...read.settings, pollFirstMs: 10, pollLongestMs: 40, ...over };
}

export async function run(
  options: {
    readonly sql?: string;
    readonly settings?: Partial<AthenaSettings>;
    readonly signal?: AbortSignal;
    readonly reuseMinutes?: number;
  } = {},
): Promise<QueryResult> {
  const api = athenaApi(undefined);
  try {
    return await execute(
      api,
      accept(options.sql ?? 'SELECT key_id FROM kms_keys'),
      settings(options.settings),
      { reuseMinutes: options.reuseMinutes ?? 0, signal: options.signal },
    );
  } finally {
    api.close();
  }
}

/** The error with which a run ends. */
export const failure = (options: Parameters<typeof run>[0] = {}): Promise<EngineError> =>
  run(options).then(
    () => {
      throw new Error('the query succeeded');
    },
    (error: EngineError) => error,
  );
