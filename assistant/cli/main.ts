import { Command, CommanderError, Option } from 'commander';
import { DataFolderError } from '../engine/duckdb/data-folder.ts';
import { EngineError } from '../engine/engine.ts';
import { withEngine } from './engine-options.ts';
import { CliError, type ExitCode, exitCode } from './exit-codes.ts';
import {
  commaSeparated,
  dollars,
  moment,
  selections,
  share,
  trailTable,
  wholeNumber,
} from './input.ts';
import { terminalSafe } from './terminal.ts';
import { withTranslator } from './translator-options.ts';

/**
 * The command line. Each command is loaded when it is called, so that `check-sql` does not wait for
 * the server's code, nor `ask` for the collector's.
 */

const DEFAULT_DATA = '.kms-insights';
const DEFAULT_PORT = 4780;
const DEFAULT_SUITES = 'test/eval';

/** Runs the command line and returns the exit code. `argv` is without node and script. */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  let exit: ExitCode = exitCode.ok;
  const set = async (code: Promise<ExitCode> | ExitCode) => {
    exit = await code;
  };
  const program = buildProgram(set);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exit;
  } catch (error) {
    return report(error, argv.includes('--json'));
  }
}

function report(error: unknown, json: boolean): ExitCode {
  if (error instanceof CommanderError) {
    // Commander has printed its message (or the help that was asked for).
    return error.exitCode === 0 ? exitCode.ok : exitCode.refused;
  }
  const told =
    error instanceof CliError
      ? { exit: error.exit, code: error.code, message: error.message, hint: error.hint }
      : error instanceof DataFolderError
        ? { exit: exitCode.noData, code: error.code, message: error.message, hint: error.hint }
        : error instanceof EngineError
          ? { exit: exitOf(error), code: error.code, message: error.message, hint: error.hint }
          : null;
  if (!told) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    if (json) {
      console.log(
        JSON.stringify({
          status: 'error',
          error: { code: 'FAILED', message: String(error), hint: '' },
        }),
      );
    }
    console.error(`Failed: ${message}`);
    return exitCode.failed;
  }
  const { exit, code, message, hint } = told;
  if (json)
    console.log(
      JSON.stringify({ status: 'error', error: { code, message, position: null, hint } }),
    );
  console.error(`Error: ${terminalSafe(message)}\n${terminalSafe(hint)}`);
  return exit;
}

const exitOf = ({ code }: EngineError): ExitCode =>
  code === 'NO_SNAPSHOT' ? exitCode.noData : exitCode.failed;

function buildProgram(set: (code: Promise<ExitCode> | ExitCode) => Promise<void>): Command {
  const program = new Command('kms-insights')
    .description(
      'Ask about every AWS KMS key of an AWS Organization, and get answers you can defend.',
    )
    .exitOverride()
    .showHelpAfterError();

  const command = (signature: string, description: string) =>
    program.command(signature).description(description).exitOverride();
  const withData = (c: Command) => c.option('--data <dir>', 'the data folder', DEFAULT_DATA);
  const withSimulation = (c: Command) =>
    c
      .option(
        '--seed <n>',
        'seed of the simulated organization',
        wholeNumber('--seed', 0, 2 ** 31 - 1),
        1,
      )
      .option(
        '--as-of <date>',
        'the day or moment the simulation speaks of (UTC; default today)',
        moment,
      );
  const withAddress = (c: Command) =>
    c
      .option('--host <address>', 'loopback address to listen on', '127.0.0.1')
      .option(
        '--port <n>',
        'port to listen on; 0 takes any free one',
        wholeNumber('--port', 0, 65_535),
        DEFAULT_PORT,
      );

  withAddress(
    withTranslator(
      withSimulation(
        withData(command('demo', 'simulate an organization, collect it, and serve the page')),
      ),
    ),
  )
    .option('--region <name>', 'the Region of Bedrock')
    .option('--no-serve', 'stop after publishing the snapshot')
    .action(async (options) => set((await import('./commands/serve.ts')).demoCommand(options)));

  withSimulation(withData(command('collect', 'read all keys and publish a snapshot')))
    .option('--simulate', 'read Example Corp, a simulated organization, in place of AWS')
    .option('--resume <run>', 'go on with a run that ended early')
    .option('--profile <name>', 'profile of the AWS configuration; default: as the AWS CLI')
    .option('--regions <names>', 'these Regions; default: all enabled ones', commaSeparated)
    .option(
      '--only <what>',
      'these accounts or account/Region pairs, separated by commas; the rest is left out',
      selections,
    )
    .option('--self', 'the account of the credentials alone')
    .option('--role <name>', 'the role to take on in each account', 'KMSInsightsReadRole')
    .option('--external-id <id>', 'what the trust policy of the role asks for')
    .option('--valid-actions <names>', 'the operations that count as use', commaSeparated)
    .option('--share <part>', 'how much of each request quota may be used', share, 0.95)
    .option(
      '--concurrency <n>',
      'account-Regions side by side',
      wholeNumber('--concurrency', 1, 500),
      32,
    )
    .option(
      '--lookup-minutes <n>',
      'how long single events are looked up in CloudTrail, per account and Region',
      wholeNumber('--lookup-minutes', 0, 1_440),
      15,
    )
    .option(
      '--trail <table>',
      'ask the logs of an organization trail, a table of Athena (database.table), in place of event histories',
      trailTable,
    )
    .option('--trail-workgroup <name>', 'the workgroup of Athena for it', 'primary')
    .option('--trail-region <name>', 'the Region of the table; default: as the AWS CLI')
    .option(
      '--trail-days <n>',
      'how far back its logs are read',
      wholeNumber('--trail-days', 1, 400),
      90,
    )
    .option(
      '--trail-minutes <n>',
      'after this the query is stopped',
      wholeNumber('--trail-minutes', 1, 1_440),
      30,
    )
    .option(
      '--keep-snapshots <n>',
      'how many snapshots are kept',
      wholeNumber('--keep-snapshots', 1, 10_000),
      30,
    )
    .option('--dry-run', 'print the calls and the permissions they need, and read no key')
    .addOption(new Option('--log <form>', 'text or json').choices(['text', 'json']).default('text'))
    .action(async (options) =>
      set((await import('./commands/collect.ts')).collectCommand(options)),
    );

  withAddress(
    withTranslator(
      withEngine(withData(command('serve', 'serve the page and the API on this machine'))),
    ),
  ).action(async (options) => set((await import('./commands/serve.ts')).serveCommand(options)));

  withTranslator(
    withEngine(
      withData(
        command(
          'ask <question...>',
          'ask in plain language; several questions are one conversation',
        ),
      ),
    ),
  )
    .option('--json', 'print the whole answer as JSON, one line a question')
    .option('--sql', 'print the SQL too')
    .option('--all', 'print all rows')
    .option('--time-zone <name>', 'IANA name, for words such as yesterday', 'UTC')
    .action(async (questions, options) =>
      set((await import('./commands/ask.ts')).askCommand(questions, options)),
    );

  withEngine(
    withData(
      command('prompt <question>', 'print what a Bedrock model would be sent for a question'),
    ),
  )
    .option('--model <id>', 'the id or ARN of the Bedrock model or inference profile')
    .option('--guardrail <id:version>', 'the Bedrock guardrail')
    .option('--time-zone <name>', 'IANA name, for words such as yesterday', 'UTC')
    .action(async (question, options) =>
      set((await import('./commands/prompt.ts')).promptCommand(question, options)),
    );

  withEngine(
    withData(command('sql <query>', 'run read-only SQL through the guard; - reads standard input')),
  )
    .option('--json', 'print {columns, rows, rowCount} or {error}')
    .action(async (query, options) =>
      set((await import('./commands/sql.ts')).sqlCommand(query, options)),
    );

  withData(
    command(
      'check-sql <query>',
      'check SQL without running it, and print what would run; - reads standard input',
    ),
  )
    .option('--json', 'print {sql, duckdb, tables, columns, limit} or {error}')
    .action(async (query, options) =>
      set((await import('./commands/sql.ts')).checkSqlCommand(query, options)),
    );

  withData(
    command(
      'review',
      'what people said of answers: what may be verified, and what is to be mended',
    ),
  )
    .option('--write <file>', 'write the candidates for verified questions into a new file')
    .option('--json', 'print {candidates, repairs, leftOut, unreadable}')
    .action(async (options) => set((await import('./commands/review.ts')).reviewCommand(options)));

  command('analyze <file>', 'permissions and concerns of one key policy; - reads standard input')
    .option('--account <id>', 'the account that owns the key')
    .option('--org <id>', 'the id of its organization')
    .option(
      '--org-accounts <ids>',
      'the other accounts of the organization, separated by commas',
      commaSeparated,
      [],
    )
    .option('--grants <file>', 'the output of aws kms list-grants')
    .option('--json', 'print {permissions, concerns}')
    .action(async (file, options) =>
      set((await import('./commands/analyze.ts')).analyzeCommand(file, options)),
    );

  command('schema', 'print the tables, columns and values')
    .option('--json', 'print the contract as JSON')
    .option('--ddl', 'print it as DuckDB DDL')
    .option('--concerns', 'print the concerns, their severities, fixes and controls instead')
    .action(async (options) => set((await import('./commands/schema.ts')).schemaCommand(options)));

  command('eval', 'ask the questions of the suites and count what came of them')
    .option('--suites <dir>', 'the folder of the suites', DEFAULT_SUITES)
    .option('--suite <categories>', 'only these, separated by commas', commaSeparated)
    .option('--language <code>', 'only questions in this language: en or ja')
    .option('--data <dir>', 'data collected before; else an organization is simulated')
    .option('--seed <n>', 'seed of the simulation', wholeNumber('--seed', 0, 2 ** 31 - 1), 1)
    .addOption(
      new Option('--translator <name>', 'what translates the questions')
        .choices(['offline', 'bedrock'])
        .default('offline'),
    )
    .option('--model <ids>', 'the Bedrock models to compare, separated by commas', commaSeparated)
    .option('--region <name>', 'the Region of Bedrock')
    .option('--guardrail <id:version>', 'the Bedrock guardrail')
    .option('--sample <n>', 'so many questions at most, evenly', wholeNumber('--sample', 1, 1e6))
    .option('--at-once <n>', 'so many questions at a time', wholeNumber('--at-once', 1, 64))
    .option('--max-usd <amount>', 'stop asking a model that has cost so much', dollars('--max-usd'))
    .option('--failures', 'print each question that was not understood as expected')
    .option('--write <file>', 'put the numbers into a Markdown file, between its marks')
    .option('--json', 'print the report as JSON')
    .action(async (options) => set((await import('./commands/eval.ts')).evalCommand(options)));

  return program;
}
