import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import { stringify } from 'yaml';
import type { Config } from '../config.ts';

/** The parser of SQL, which is WebAssembly and is looked for beside the code. */
const PARSER = 'node_modules/@polyglot-sql/sdk/dist/polyglot_sql.wasm';

/** Files that the functions read, by their names beside the code. */
export const files = { access: 'access.yaml', slackAccess: 'slack-access.yaml' } as const;

/**
 * The code of a function of the assistant, ready for AWS Lambda: the entry and all that it imports in one
 * file; beside it the parser, the prompts, the built page, and who may see what.
 *
 * @param entry the path of a file that exports `handler`, from the root of the repository
 */
export function assistantCode(entry: string, { assistant }: Config): Code {
  const folder = join('dist', 'functions', entry.replace(/\.ts$/, '').replaceAll('/', '-'));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  buildSync({
    entryPoints: [entry],
    outfile: join(folder, 'index.mjs'),
    bundle: true,
    minify: true,
    keepNames: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    // What is written in CommonJS asks for Node's own modules by `require`.
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'warning',
  });
  cpSync(PARSER, join(folder, 'polyglot_sql.wasm'));
  cpSync('prompts', join(folder, 'prompts'), { recursive: true });
  cpSync(join('dist', 'web'), join(folder, 'web'), { recursive: true });
  const { groups, slack } = assistant;
  writeFileSync(join(folder, files.access), stringify({ groups }));
  if (slack !== 'off') {
    const rules = slack.teams.map((team) => ({
      team,
      ...(slack.channels.length > 0 ? { channels: slack.channels } : {}),
      accounts: 'all',
    }));
    writeFileSync(join(folder, files.slackAccess), stringify(rules));
  }
  return Code.fromAsset(folder);
}
