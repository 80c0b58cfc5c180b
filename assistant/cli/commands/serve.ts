import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { loopbackHosts, serve } from '../../server/serve.ts';
import { openSlack } from '../../slack/slack.ts';
import { type EngineOptions, openAssistant } from '../engine-options.ts';
import { CliError, type ExitCode, exitCode } from '../exit-codes.ts';
import { chosenQuickSight } from '../quicksight-options.ts';
import { chosenSignIn } from '../sign-in-options.ts';
import { chosenSlack } from '../slack-options.ts';
import type { TranslatorOptions } from '../translator-options.ts';
import { collectSimulated, type SimulationOptions } from './collect.ts';

export interface ServeOptions extends EngineOptions, TranslatorOptions {
  readonly host: string;
  readonly port: number;
}

/** The built page lies beside the built command line. */
const webFolder = fileURLToPath(new URL('./web/', import.meta.url));

/** `kms-insights serve`: runs until it is interrupted. */
export async function serveCommand(options: ServeOptions): Promise<ExitCode> {
  const signInOptions = await chosenSignIn();
  if (!signInOptions && !loopbackHosts.has(options.host)) {
    throw new CliError(
      exitCode.refused,
      'NOT_LOOPBACK',
      `The server asks nobody who they are, so it listens on loopback only, not on ${JSON.stringify(options.host)}.`,
      'Leave --host out, or have people sign in (docs/sign-in.md).',
    );
  }
  const logger = pino({ name: 'kms-insights' }, pino.destination(2));
  const log = (message: string, details: Record<string, unknown>) => logger.error(details, message);
  const slackOptions = await chosenSlack();
  const quickSight = await chosenQuickSight();
  const assistant = await openAssistant(options);
  const slack = slackOptions && openSlack({ ...slackOptions, assistant, log });
  const signIn =
    signInOptions &&
    (await import('../../auth/sign-in.ts')).openSignIn({ ...signInOptions, assistant, log });
  const server = await serve({
    assistant,
    webFolder,
    host: options.host,
    port: options.port,
    log,
    quickSight,
    slack,
    signIn,
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new CliError(
      exitCode.failed,
      'PORT_TAKEN',
      `Port ${options.port} is in use.`,
      'Choose another with --port, or --port 0 for any free one.',
    );
  });
  console.log(`KMS Insights is at ${server.url} (Ctrl-C stops it)`);
  if (slack) console.log('Slack is answered at /slack/commands and /slack/interactions');
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await server.close();
  quickSight?.close();
  await assistant.close();
  return exitCode.ok;
}

/** `kms-insights demo`: simulate, collect, serve. */
export async function demoCommand(
  options: SimulationOptions & Omit<ServeOptions, 'engine'> & { readonly serve: boolean },
): Promise<ExitCode> {
  await collectSimulated(options);
  if (!options.serve) return exitCode.ok;
  return serveCommand({ ...options, engine: 'duckdb' });
}
