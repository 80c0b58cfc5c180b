import type { QuickSight } from '../server/embed.ts';
import { readQuickSightSettings } from '../server/quicksight-settings.ts';
import { CliError, exitCode } from './exit-codes.ts';

/**
 * The QuickSight dashboard of the page, by the environment; undefined where there is none. Throws
 * {@link CliError} that names the wrong setting.
 */
export async function chosenQuickSight(): Promise<QuickSight | undefined> {
  const read = readQuickSightSettings(process.env);
  if (read.ok) {
    if (!read.settings) return undefined;
    // The SDK's client is large, and few have a use for it.
    const { openQuickSight } = await import('../server/quicksight.ts');
    return openQuickSight(read.settings);
  }
  throw new CliError(
    exitCode.refused,
    'BAD_SETTING',
    `A setting of QuickSight is wrong: ${read.message}`,
    'The settings are listed in docs/dashboard.md.',
  );
}
