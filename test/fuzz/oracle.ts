import { guard } from '../../assistant/guard/guard.ts';
import type { AccountScope, CheckedQuery, GuardResult } from '../../assistant/guard/types.ts';
import {
  CANARY,
  type Databases,
  FOREIGN,
  type Outcome,
  OWN_ACCOUNTS,
  OWN_UNIT,
  TRIPWIRE,
} from './database.ts';

/**
 * What must hold for every text there is, told from what comes out and not from the guard's lists.
 */
export type Property =
  | 'only refusals'
  | 'quick'
  | 'stable'
  | 'no canary'
  | 'no clock'
  | 'own accounts only'
  | 'as if other accounts were not there'
  | 'nothing without accounts'
  | 'few rows'
  | 'runs';

export interface Finding {
  readonly property: Property;
  readonly detail: string;
}

export interface Checked {
  readonly code: string;
  /** How long the guard computed, in milliseconds of the processor's time. */
  readonly ms: number;
  readonly ranMs: number;
  /** Whether the answers under a scope could be compared, which those that hang on the order of rows cannot. */
  readonly compared: boolean;
  readonly finding: Finding | null;
}

/** Longest that the guard may compute for one text, in milliseconds. */
export const MAX_GUARD_MS = 2_000;
const MAX_ROWS = 10_000;
/** The answer under a scope is compared for one accepted text in so many; it takes most of the time. */
const COMPARED_OF = 3;

const options = { asOf: new Date('2026-06-15T10:30:00Z'), accountScope: null };
const scopes: readonly (readonly string[] | AccountScope)[] = [
  OWN_ACCOUNTS,
  { accounts: [], organizationalUnits: [OWN_UNIT] },
  { accounts: ['444444444444'], organizationalUnits: [`${OWN_UNIT}/`, '999999999999'] },
];

const bare = (sql: string): string => sql.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, "''");

/** Words that would let an answer hang on the moment or the caller. */
const surroundings =
  /\b(?:current_(?:date|time|timestamp|user|role|catalog|schema|schemas|path|database|setting|localtime|localtimestamp)|localtime|localtimestamp|now|today|session_user|user|random|rand|uuid\w*|getenv|version|read_\w+|attach|copy|install|load|pragma|set)\b/i;

/** The rows in an order of their own; so are the elements of arrays, which array_agg gives as they come. */
const rowsOf = (o: Outcome): string =>
  o.kind === 'rows'
    ? JSON.stringify(o.rows.map((r) => JSON.stringify(JSON.parse(r, sorted))).sort())
    : `error ${kindOfError(o)}`;

const sorted = (key: string, value: unknown): unknown =>
  key !== '' && Array.isArray(value) ? [...value].sort() : value;

const isInterrupted = (o: Outcome): boolean => o.kind === 'error' && /INTERRUPT/.test(o.message);

/** What DuckDB 1.5 makes of some subqueries with columns of two queries around; the next query runs. */
const defectOfDuckdb = /INTERNAL Error: Failed to bind column reference/;

/** Which row failed first is chance; that one failed is not. */
const kindOfError = (o: Outcome): string =>
  o.kind === 'error'
    ? (/^\w*:? ?(\w+(?: \w+)? Error)/.exec(o.message)?.[1] ?? o.message.slice(0, 40))
    : '';

/** Guards a text, runs what is accepted, and says what does not hold. `turn` chooses among the scopes. */
export async function check(sql: string, db: Databases, turn: number): Promise<Checked> {
  const started = process.cpuUsage();
  let result: GuardResult;
  try {
    result = guard(sql, options);
  } catch (error) {
    return made('THROWN', started, found('only refusals', String(error)));
  }
  const ms = cpuSince(started);
  if (ms > MAX_GUARD_MS) return made('SLOW', started, found('quick', `${Math.round(ms)} ms`));
  if (!result.ok) {
    const { code, message, hint, position } = result.error;
    const isComplete = message !== '' && hint !== '' && position.line >= 1 && position.column >= 1;
    const told =
      code === 'INTERNAL' ||
      !isComplete ||
      (/\bkf?\d+\b/.test(message.replaceAll(/\S*(?:alias|_)k\d\S*/g, '')) &&
        !/\bkf?\d+\b/i.test(sql));
    return made(code, started, told ? found('only refusals', `${code} ${message}`) : null);
  }
  const { finding, ranMs, compared } = await checkAccepted(sql, result.query, db, turn);
  return { code: 'accepted', ms, ranMs, compared, finding };
}

const cpuSince = (started: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
};

const found = (property: Property, detail: string): Finding => ({ property, detail });
const made = (code: string, started: NodeJS.CpuUsage, finding: Finding | null): Checked => ({
  code,
  ms: cpuSince(started),
  ranMs: 0,
  compared: false,
  finding,
});

async function checkAccepted(
  sql: string,
  query: CheckedQuery,
  db: Databases,
  turn: number,
): Promise<{ finding: Finding | null; ranMs: number; compared: boolean }> {
  let ranMs = 0;
  let compared = false;
  const done = (finding: Finding | null) => ({ finding, ranMs, compared });
  const run = async (
    on: keyof Pick<Databases, 'open' | 'own' | 'ownShuffled' | 'none' | 'shuffled'>,
    text: string,
  ) => {
    const outcome = await db[on](text);
    ranMs = Math.max(ranMs, outcome.ms);
    return outcome;
  };

  const again = guard(query.trino, options);
  if (!again.ok)
    return done(
      found(
        'stable',
        `rendered text is refused: ${again.error.code} ${again.error.message}: ${query.trino}`,
      ),
    );
  if (again.query.trino !== query.trino || again.query.duckdb !== query.duckdb)
    return done(found('stable', `${query.trino}\n${again.query.trino}`));
  const word =
    surroundings.exec(bare(query.duckdb).replaceAll("''", ' ')) ??
    surroundings.exec(bare(query.trino).replaceAll("''", ' '));
  if (word) return done(found('no clock', `${word[0]} in ${query.duckdb}`));

  const all = await run('open', query.duckdb);
  const seen = all.kind === 'rows' ? all.rows.join('\n') : all.message;
  if (seen.includes(CANARY)) return done(found('no canary', seen.slice(0, 300)));
  if (seen.includes(TRIPWIRE)) return done(found('no clock', query.duckdb));
  if (all.kind === 'rows' && (all.rows.length > query.limit.rows || all.rows.length > MAX_ROWS))
    return done(found('few rows', `${all.rows.length} rows`));
  if (
    all.kind === 'error' &&
    /Binder|Parser|Catalog|INTERNAL|Serialization/.test(all.message) &&
    !defectOfDuckdb.test(all.message)
  )
    return done(found('runs', `${all.message.slice(0, 300)}: ${query.duckdb}`));

  const scope = scopes[turn % scopes.length] ?? OWN_ACCOUNTS;
  const scoped = guard(sql, { ...options, accountScope: scope });
  if (!scoped.ok)
    return done(
      scoped.error.code === 'TOO_COMPLEX' ? null : found('own accounts only', scoped.error.message),
    );
  const within = await run('open', scoped.query.duckdb);
  const withinText = within.kind === 'rows' ? within.rows.join('\n') : within.message;
  if (withinText.includes(FOREIGN) && !sql.includes(FOREIGN))
    return done(found('own accounts only', `${withinText.slice(0, 300)}: ${scoped.query.duckdb}`));

  // The same question to a database that never held another account. What hangs on the order of
  // rows, such as LIMIT without ORDER BY, gives two answers there and proves nothing.
  // So does what takes one of several that are equal, or joins them as they come.
  const isCut =
    /\b(?:limit|offset|fetch|listagg|max_by|min_by)\b/i.test(sql) ||
    (within.kind === 'rows' && within.rows.length >= query.limit.rows);
  if (!isCut && turn % COMPARED_OF === 0) {
    const [expected, reversed] = await Promise.all([
      run('own', query.duckdb),
      run('ownShuffled', query.duckdb),
    ]);
    const isTimed = [within, expected, reversed].some(isInterrupted);
    // The own rows alone may fail where all do not: which rows are looked at first is the engine's.
    const isFailureOfOwn = within.kind === 'rows' && expected.kind === 'error';
    if (!isTimed && rowsOf(expected) === rowsOf(reversed)) {
      compared = true;
      if (rowsOf(within) !== rowsOf(expected) && !isFailureOfOwn)
        return done(
          found(
            'as if other accounts were not there',
            `${rowsOf(within).slice(0, 300)}\n${rowsOf(expected).slice(0, 300)}\n${scoped.query.duckdb}`,
          ),
        );
    }
  }
  const nobody = guard(sql, { ...options, accountScope: [] });
  if (nobody.ok && turn % 8 === 0) {
    const [nothing, empty] = [
      await run('open', nobody.query.duckdb),
      await run('none', query.duckdb),
    ];
    const isFailureOfEmpty = nothing.kind === 'rows' && empty.kind === 'error';
    if (
      ![nothing, empty].some(isInterrupted) &&
      !isFailureOfEmpty &&
      rowsOf(nothing) !== rowsOf(empty)
    )
      return done(
        found(
          'nothing without accounts',
          `${rowsOf(nothing).slice(0, 300)}\n${rowsOf(empty).slice(0, 300)}`,
        ),
      );
  }
  return done(null);
}
