import { readFile } from 'node:fs/promises';
import { type AccessRule, readAccess } from '../slack/access.ts';
import { readSlackSettings, SLACK_PREFIX, type SlackSettings } from '../slack/settings.ts';
import { CliError, exitCode } from './exit-codes.ts';

export interface ChosenSlack {
  readonly settings: SlackSettings;
  readonly rules: readonly AccessRule[];
}

/**
 * How Slack is served, by the environment; undefined where it is not. Throws {@link CliError} that names
 * the wrong setting.
 */
export async function chosenSlack(): Promise<ChosenSlack | undefined> {
  const read = readSlackSettings(process.env);
  if (!read.ok) throw wrong(read.message);
  const { settings } = read;
  if (!settings) return undefined;
  const text = await readFile(settings.access, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw wrong(`${SLACK_PREFIX}ACCESS: ${settings.access} cannot be read (${error.code}).`);
  });
  const access = readAccess(text);
  if (!access.ok) throw wrong(`${settings.access}: ${access.message}.`);
  return { settings, rules: access.rules };
}

const wrong = (message: string) =>
  new CliError(
    exitCode.refused,
    'BAD_SETTING',
    `A setting of Slack is wrong: ${message}`,
    'The settings are listed in docs/slack.md.',
  );
