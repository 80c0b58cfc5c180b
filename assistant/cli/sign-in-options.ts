import { readFile } from 'node:fs/promises';
import { type Access, readAccess } from '../auth/access.ts';
import { AUTH_PREFIX, type AuthSettings, readAuthSettings } from '../auth/settings.ts';
import { CliError, exitCode } from './exit-codes.ts';

export interface ChosenSignIn {
  readonly settings: AuthSettings;
  readonly access: Access;
}

/**
 * How people sign in, by the environment; undefined where nobody is asked who they are. Throws
 * {@link CliError} that names the wrong setting.
 */
export async function chosenSignIn(): Promise<ChosenSignIn | undefined> {
  const read = readAuthSettings(process.env);
  if (!read.ok) throw wrong(read.message);
  const { settings } = read;
  if (!settings) return undefined;
  const text = await readFile(settings.access, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw wrong(`${AUTH_PREFIX}ACCESS: ${settings.access} cannot be read (${error.code}).`);
  });
  const access = readAccess(text);
  if (!access.ok) throw wrong(`${settings.access}: ${access.message}.`);
  return { settings, access: access.access };
}

const wrong = (message: string) =>
  new CliError(
    exitCode.refused,
    'BAD_SETTING',
    `A setting of the sign-in is wrong: ${message}`,
    'The settings are listed in docs/sign-in.md.',
  );
