import { hostile, innocent } from '../assistant/guard/attacks.ts';
import { type Databases, openDatabases } from './database.ts';
import { generate } from './grammar.ts';
import { mutate, shrink } from './mutate.ts';
import { check, type Finding } from './oracle.ts';
import { type Random, randomFrom } from './random.ts';

export interface FuzzReport {
  readonly count: number;
  /** How many texts ended in each code; `accepted` counts those that were run. */
  readonly codes: Readonly<Record<string, number>>;
  /** Accepted texts whose answer under a scope was compared with that of a database without others. */
  readonly compared: number;
  /** The longest times of the guard and of a query, in milliseconds, and whose they were. */
  readonly slowest: { readonly ms: number; readonly sql: string };
  readonly slowestRun: { readonly ms: number; readonly sql: string };
  /** The first of each kind, as small as it could be made. */
  readonly findings: readonly (Finding & { readonly sql: string; readonly smallest: string })[];
}

export interface FuzzOptions {
  readonly count: number;
  readonly seed: number;
  /** Stops making texts smaller after this many tries; 0 leaves them. */
  readonly shrinks?: number;
  readonly onProgress?: (done: number, report: FuzzReport) => void;
}

/** A text: made from the grammar, or changed from one that is, from an attack or from an innocent query. */
function makeText(r: Random): string {
  const seed = (): string =>
    r.chance(0.4) ? generate(r) : r.chance(0.5) ? r.pick(hostile)[0] : r.pick(innocent);
  return r.chance(0.55) ? generate(r) : mutate(seed(), r, seed);
}

/** Makes texts from a seed and checks each. The same seed makes the same texts. */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const db = await openDatabases();
  try {
    return await fuzzOn(db, options);
  } finally {
    await db.close();
  }
}

async function fuzzOn(db: Databases, options: FuzzOptions): Promise<FuzzReport> {
  const codes: Record<string, number> = {};
  const findings = new Map<string, FuzzReport['findings'][number]>();
  let slowest = { ms: 0, sql: '' };
  let slowestRun = { ms: 0, sql: '' };
  let compared = 0;
  const report = (count: number): FuzzReport => ({
    count,
    codes,
    compared,
    slowest,
    slowestRun,
    findings: [...findings.values()],
  });
  const before = await db.fingerprint();
  for (let i = 0; i < options.count; i++) {
    // A generator for each text, so that a failing one can be made again alone.
    const r = randomFrom(options.seed * 1_000_003 + i);
    const sql = makeText(r).replaceAll('CANARY_FILE', db.canaryFile);
    const result = await check(sql, db, i);
    codes[result.code] = (codes[result.code] ?? 0) + 1;
    if (result.compared) compared++;
    if (result.ms > slowest.ms) slowest = { ms: result.ms, sql };
    if (result.ranMs > slowestRun.ms) slowestRun = { ms: result.ranMs, sql };
    const { finding } = result;
    if (finding) {
      const kind = `${finding.property} ${finding.detail.replaceAll(/[^a-z ]|_?[a-z]\d+/gi, '').slice(0, 40)}`;
      if (!findings.has(kind)) {
        let tries = options.shrinks ?? 400;
        const smallest = await shrink(sql, async (s) => {
          if (tries-- <= 0) return false;
          return (await check(s, db, i)).finding?.property === finding.property;
        });
        const last = (await check(smallest, db, i)).finding ?? finding;
        findings.set(kind, { ...last, sql, smallest });
      }
    }
    if ((i + 1) % 1_000 === 0) options.onProgress?.(i + 1, report(i + 1));
  }
  if ((await db.fingerprint()) !== before)
    findings.set('writes', {
      property: 'no canary',
      detail: 'The database or its files were changed.',
      sql: '',
      smallest: '',
    });
  return report(options.count);
}
