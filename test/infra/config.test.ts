import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { ConfigError, parseConfig, readConfig } from '../../infra/config.ts';

const EXAMPLE = 'infra/config.yaml';
const example = () => parse(readFileSync(EXAMPLE, 'utf8'));

/** The example with one setting changed: a path with dots. */
function changed(path: string, value: unknown): string {
  const config = example();
  const names = path.split('.');
  const last = names.pop() ?? '';
  let at = config;
  for (const name of names) at = at[name] ??= {};
  if (value === undefined) delete at[last];
  else at[last] = value;
  return stringify(config);
}

describe('the configuration file', () => {
  it('is the example, whose comments show the defaults', () => {
    const config = readConfig(EXAMPLE);
    const text = readFileSync(EXAMPLE, 'utf8');
    // What is commented out as `# name: value` in one line, uncommented, changes nothing.
    const uncommented = text.replace(
      /^( *)# (\w+): (\S.*?)( +#.*)?$/gm,
      (line, indent, name, value) =>
        DEFAULTED.includes(name) && !value.endsWith('…') ? `${indent}${name}: ${value}` : line,
    );
    expect(uncommented).not.toBe(text);
    expect(parseConfig(uncommented, EXAMPLE)).toEqual(config);
  });

  it.each([
    ['deployment.account', 111122223333, 'deployment.account: is a number; put the account id'],
    ['deployment.account', '1111', 'deployment.account: is not an account id of 12 digits'],
    ['deployment.region', 'Frankfurt', 'deployment.region: is not a Region'],
    ['deployment.region', undefined, 'deployment.region: is missing'],
    ['deployment.prefix', 'KMS', 'deployment.prefix: has 3 to 24 lower-case'],
    ['organization.id', 'exampleorg', 'organization.id: is not the id of an organization'],
    ['organization.memberRole.targets', ['root'], 'is not the id of a root'],
    ['collection.schedule', 'daily', 'collection.schedule: is neither rate'],
    ['collection.timeZone', 'Berlin', 'collection.timeZone: is not a time zone'],
    ['collection.accounts', ['12'], 'collection.accounts.0: is not an account id'],
    ['collection.accounts', 'some', 'collection.accounts: is neither `all` nor a list'],
    [
      'collection.trail',
      { table: 'logs', bucket: 'trail' },
      'trail.table: is not `database.table`',
    ],
    ['collection.sheduel', 'rate(1 day)', 'collection: has no setting `sheduel`'],
    ['assistant.identity', { provider: 'saml' }, 'assistant.identity.metadataUrl: '],
    ['retention.logDays', 100, 'retention.logDays: is none of 1, 3, 5'],
    ['cost.queryMegabytes', 5, 'cost.queryMegabytes: '],
    ['alarms.email', 'me', 'alarms.email: is not an e-mail address'],
  ])('says what is wrong with %s: %j', (path, value, message) => {
    const read = () => parseConfig(changed(path, value), EXAMPLE);
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(message);
  });

  it('names every fault at once, and the file', () => {
    expect(() => parseConfig('deployment: {}', 'mine.yaml')).toThrow(
      /mine\.yaml cannot be used:\n(?:.*\n)*.*organization: is missing\n(?:.*\n)*.*alarms: is missing/,
    );
    expect(() => parseConfig('a: [', 'mine.yaml')).toThrow(/mine\.yaml cannot be used:\n.*line 1/s);
    expect(() => readConfig('nowhere.yaml')).toThrow('copy infra/config.yaml');
  });

  it.each(['off', false])('takes %j for off', (off) => {
    expect(parseConfig(changed('collection.trail', off), EXAMPLE).collection.trail).toBe('off');
  });
});

const DEFAULTED = [
  ...['prefix', 'administrator', 'name', 'accounts', 'regions', 'schedule', 'timeZone'],
  ...[
    'validActions',
    'processor',
    'keepSnapshots',
    'trail',
    'model',
    'domain',
    'slack',
    'quickSight',
  ],
  ...['logDays', 'resultDays', 'accessLogDays', 'auditDays', 'queryMegabytes'],
  ...['monthlyBudgetUsd', 'staleHours', 'failedAccountRegions', 'blockedRequests'],
];
