import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { stringify } from 'yaml';
import { bundleFunction } from '../bundle.ts';
import type { Config } from '../config.ts';

/** The parser of SQL, which is WebAssembly and is looked for beside the code. */
const PARSER = 'node_modules/@polyglot-sql/sdk/dist/polyglot_sql.wasm';

const PAGE = join('dist', 'web');

/** Files that the functions read, by their names beside the code. */
export const files = { access: 'access.yaml', slackAccess: 'slack-access.yaml' } as const;

/** Who may see what, as the functions read it: the texts of {@link files}. */
export function accessFiles({
  groups,
  slack,
}: Config['assistant']): Readonly<Record<string, string>> {
  if (slack === 'off') return { [files.access]: stringify({ groups }) };
  const rules = slack.teams.map((team) => ({
    team,
    ...(slack.channels.length > 0 ? { channels: slack.channels } : {}),
    accounts: 'all',
  }));
  return { [files.access]: stringify({ groups }), [files.slackAccess]: stringify(rules) };
}

/** Makes the code of a function: from the path of a file that exports `handler`, for a configuration. */
export type AssistantCodeOf = (entry: string, config: Config) => Code;

/**
 * The code of a function of the assistant, ready for AWS Lambda: the entry and all that it imports in one
 * file; beside it the parser, the prompts, the built page, and who may see what. Paths are from the root of
 * the repository.
 */
export const assistantCode: AssistantCodeOf = (entry, config) =>
  Code.fromAsset(assistantFolder(entry, config));

/** Makes the folder that {@link assistantCode} hands over. */
export function assistantFolder(entry: string, { assistant }: Config): string {
  const folder = bundleFunction(entry);
  if (!existsSync(PAGE)) {
    throw new Error(`The page is not built: there is no ${PAGE}. Run npm run build.`);
  }
  cpSync(PARSER, join(folder, 'polyglot_sql.wasm'));
  cpSync('prompts', join(folder, 'prompts'), { recursive: true });
  cpSync(PAGE, join(folder, 'web'), { recursive: true });
  for (const [name, text] of Object.entries(accessFiles(assistant))) {
    writeFileSync(join(folder, name), text);
  }
  return folder;
}
