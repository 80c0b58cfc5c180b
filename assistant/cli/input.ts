import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { tableName } from '../../collector/usage/trail-table.ts';
import { CliError, exitCode } from './exit-codes.ts';

/** The largest text that is read from standard input or a policy file: 1 MB. */
const MAX_INPUT_BYTES = 1_000_000;

/** The argument itself, or standard input when it is `-`. */
export async function argumentOrStdin(argument: string): Promise<string> {
  if (argument !== '-') return argument;
  return bounded(await text(process.stdin), 'Standard input');
}

/** The content of a file, or standard input when the path is `-`. */
export async function fileOrStdin(path: string): Promise<string> {
  if (path === '-') return bounded(await text(process.stdin), 'Standard input');
  try {
    return bounded(await readFile(path, 'utf8'), path);
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(
      exitCode.refused,
      'FILE_NOT_READABLE',
      `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      'Check the path, or use - for standard input.',
    );
  }
}

function bounded(content: string, name: string): string {
  if (content.length <= MAX_INPUT_BYTES) return content;
  throw new CliError(
    exitCode.refused,
    'INPUT_TOO_LARGE',
    `${name} holds more than ${MAX_INPUT_BYTES / 1_000_000} MB.`,
    'Give a smaller input.',
  );
}

/** A whole number option within bounds. */
export function wholeNumber(name: string, min: number, max: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (/^-?\d+$/.test(value) && number >= min && number <= max) return number;
    throw new CliError(
      exitCode.refused,
      'BAD_OPTION',
      `${name} must be a whole number from ${min} to ${max}, not ${JSON.stringify(value)}.`,
      `Example: ${name} ${min}.`,
    );
  };
}

/** The table over the logs of an organization trail. */
export function trailTable(value: string): string {
  if (tableName.test(value)) return value;
  throw new CliError(
    exitCode.refused,
    'BAD_OPTION',
    `--trail must be a table with its database, not ${JSON.stringify(value)}.`,
    'Example: --trail security.organization_trail',
  );
}

/** A date (`2026-11-23`, midnight UTC) or a moment (`2026-11-23T06:00:00Z`). */
export function moment(value: string): Date {
  const iso = /^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T00:00:00Z` : value;
  const date = new Date(iso);
  const day = value.slice(0, 10);
  const exists =
    /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z)?$/.test(value) &&
    !Number.isNaN(date.getTime());
  // JavaScript reads 2026-02-31 as 3 March.
  if (exists && date.toISOString().slice(0, 10) === day) return date;
  throw new CliError(
    exitCode.refused,
    'BAD_OPTION',
    `--as-of must be a date such as 2026-11-23, or a moment such as 2026-11-23T06:00:00Z, not ${JSON.stringify(value)}.`,
    'Times are UTC.',
  );
}

/** `a, b` as its parts. */
export function commaSeparated(value: string): readonly string[] {
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** `111122223333,444455556666/eu-west-1` as accounts and account-Regions. */
export function selections(
  value: string,
): readonly { readonly accountId: string; readonly region?: string }[] {
  return commaSeparated(value).map((part) => {
    const [, accountId, region] = /^(\d{12})(?:\/([a-z]{2,}(?:-[a-z]+)+-\d+))?$/.exec(part) ?? [];
    if (accountId !== undefined) return { accountId, ...(region === undefined ? {} : { region }) };
    throw new CliError(
      exitCode.refused,
      'BAD_OPTION',
      `--only takes account ids and account/Region pairs, not ${JSON.stringify(part)}.`,
      'Example: --only 111122223333,444455556666/eu-west-1',
    );
  });
}

/** A part of a whole, above 0 and at most 1. */
export function share(value: string): number {
  const number = Number(value);
  if (/^\d*\.?\d+$/.test(value) && number > 0 && number <= 1) return number;
  throw new CliError(
    exitCode.refused,
    'BAD_OPTION',
    `--share must be above 0 and at most 1, not ${JSON.stringify(value)}.`,
    'Example: --share 0.5',
  );
}

/** US dollars, above 0. */
export const dollars =
  (flag: string) =>
  (value: string): number => {
    const number = Number(value);
    if (/^\d*\.?\d+$/.test(value) && number > 0) return number;
    throw new CliError(
      exitCode.refused,
      'BAD_OPTION',
      `${flag} must be an amount of US dollars above 0, not ${JSON.stringify(value)}.`,
      `Example: ${flag} 2.50`,
    );
  };
