import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

/** The manifest from which the Slack app is made. */
it('asks for commands and nothing else, and names the addresses that the server has', async () => {
  const manifest = parse(await readFile('infra/slack/manifest.yaml', 'utf8'));
  expect(manifest.oauth_config).toEqual({ scopes: { bot: ['commands'] } });
  expect(manifest.features).toEqual({ slash_commands: [expect.anything()] });
  const [command] = manifest.features.slash_commands;
  const { interactivity, ...others } = manifest.settings;
  expect([command.url, interactivity.request_url].map((url) => new URL(url).pathname)).toEqual([
    '/slack/commands',
    '/slack/interactions',
  ]);
  expect(command).toMatchObject({ command: '/kms', should_escape: false });
  expect(Object.values(others)).toEqual([false, false, false]);
  // The sizes that Slack takes.
  expect(manifest.display_information.name.length).toBeLessThanOrEqual(35);
  expect(manifest.display_information.description.length).toBeLessThanOrEqual(140);
  expect(manifest.display_information.long_description.length).toBeGreaterThanOrEqual(174);
  expect(command.usage_hint.length).toBeLessThanOrEqual(1_000);
});
