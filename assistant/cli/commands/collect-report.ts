import {
  CollectError,
  type CollectFailure,
  type CollectResult,
  type Progress,
} from '../../../collector/run/options.ts';
import type { CollectionStatusRow } from '../../../collector/schema/tables.ts';
import { CliError, exitCode } from '../exit-codes.ts';
import { progressBar } from '../progress-bar.ts';
import { terminalSafe } from '../terminal.ts';

/** Tells of a collection while it runs and at its end, on standard error. */
export interface CollectReport {
  readonly begins: (message: string) => void;
  readonly progress: (progress: Progress) => void;
  readonly status: (row: CollectionStatusRow) => void;
  readonly published: (result: CollectResult) => void;
  /** Ends with the error as the command line tells it. */
  readonly failed: (error: unknown) => never;
  readonly ends: () => void;
}

const MOST_NAMED = 5;

/** For people: a bar, and a summary. For machines: a line of JSON for each thing that happens. */
export function collectReport(log: 'text' | 'json'): CollectReport {
  return log === 'json' ? forMachines() : forPeople();
}

const count = (n: number) => n.toLocaleString('en-US');
const units = (n: number) => (n === 1 ? '1 account-Region' : `${count(n)} account-Regions`);

function forPeople(): CollectReport {
  const bar = progressBar(process.stderr);
  const began = Date.now();
  const say = (line: string) => console.error(terminalSafe(line));
  return {
    begins: say,
    progress: (p) => {
      const seconds = (Date.now() - began) / 1000;
      const rate = seconds > 1 && p.keys > 0 ? `, ${count(Math.round(p.keys / seconds))}/s` : '';
      const failures = p.failures > 0 ? `, ${count(p.failures)} not whole` : '';
      bar.update({
        done: p.regionsDone,
        total: p.regionsTotal,
        text: `${p.phase}: ${count(p.keys)} keys${rate} in ${count(p.regionsDone)} of ${count(p.regionsTotal)} account-Regions${failures}`,
      });
    },
    status: () => undefined,
    published: (result) => {
      bar.end();
      const { manifest, summary } = result;
      for (const warning of summary.warnings) say(`Warning: ${warning}`);
      const seconds = ((Date.now() - began) / 1000).toFixed(1);
      say(
        `Published snapshot ${manifest.snapshotId}: ${count(summary.keys)} keys of ${count(summary.accounts)} accounts in ${seconds} s, as of ${manifest.asOf}.`,
      );
      for (const line of notRead(manifest.coverage, summary.failures)) say(line);
    },
    failed: toCliError,
    ends: bar.end,
  };
}

/** What could not be read and why: each reason once, with some of the accounts it was met in. */
export function notRead(
  { failed, partial, skipped }: CollectResult['manifest']['coverage'],
  failures: readonly CollectFailure[],
): readonly string[] {
  const lines: string[] = [];
  if (skipped > 0) lines.push(`Left out on purpose: ${units(skipped)}.`);
  if (failed + partial === 0) return lines;
  lines.push(
    `Could not be read: ${units(failed)}; only in part: ${units(partial)}. Every answer says so.`,
  );
  const byReason = new Map<string, CollectFailure[]>();
  for (const failure of failures) {
    const reason = `${failure.status} ${failure.code}`;
    const known = byReason.get(reason);
    if (known) known.push(failure);
    else byReason.set(reason, [failure]);
  }
  for (const [reason, ofReason] of byReason) {
    const where = [
      ...new Set(ofReason.map((f) => (f.region ? `${f.accountId}/${f.region}` : f.accountId))),
    ];
    const more = where.length > MOST_NAMED ? ` and ${count(where.length - MOST_NAMED)} more` : '';
    lines.push(`  ${reason}: ${where.slice(0, MOST_NAMED).join(', ')}${more}`);
    lines.push(`    ${ofReason[0]?.message ?? ''}`);
  }
  return lines;
}

/** Progress is written down at most so often. */
const PROGRESS_EVERY_MS = 5_000;

function forMachines(): CollectReport {
  const say = (event: string, more: object) =>
    console.error(JSON.stringify({ time: new Date().toISOString(), event, ...more }));
  let toldAt = 0;
  let phase = '';
  return {
    begins: (message) => say('begins', { message }),
    progress: (p) => {
      if (p.phase === phase && Date.now() - toldAt < PROGRESS_EVERY_MS) return;
      [toldAt, phase] = [Date.now(), p.phase];
      say('progress', p);
    },
    status: (row) => say('status', row),
    published: ({ manifest, summary }) =>
      say('published', {
        snapshotId: manifest.snapshotId,
        asOf: manifest.asOf,
        coverage: manifest.coverage,
        accounts: summary.accounts,
        keys: summary.keys,
        warnings: summary.warnings,
      }),
    failed: (error) => {
      if (error instanceof CollectError) {
        const { code, message, hint, runId } = error;
        say('failed', { code, message, hint, runId });
      }
      return toCliError(error);
    },
    ends: () => undefined,
  };
}

function toCliError(error: unknown): never {
  if (error instanceof RangeError) {
    throw new CliError(exitCode.refused, 'BAD_OPTION', error.message, 'Mend the option.');
  }
  if (!(error instanceof CollectError)) throw error;
  throw new CliError(exitCode.notCollected, error.code, error.message, error.hint);
}
