import { DuckDBInstance } from '@duckdb/node-api';

/**
 * Opens a DuckDB file with everything locked that a query could use to reach out of it: no writing,
 * no other files, no network, no extensions, no temporary files, no settings. Should a query slip
 * past the guard, there is nothing for it to reach.
 */
export async function openLocked(
  file: string,
  limits: { readonly threads: number; readonly memoryLimit: string },
): Promise<DuckDBInstance> {
  const instance = await DuckDBInstance.create(file, {
    access_mode: 'READ_ONLY',
    threads: String(limits.threads),
    memory_limit: limits.memoryLimit,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    allow_persistent_secrets: 'false',
  });
  const setup = await instance.connect();
  for (const setting of [
    "TimeZone = 'UTC'",
    "temp_directory = ''",
    'enable_external_access = false',
    'lock_configuration = true',
  ]) {
    await setup.run(`SET ${setting}`);
  }
  setup.closeSync();
  return instance;
}
