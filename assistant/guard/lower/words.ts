/** Words that the grammar of queries itself needs; every other word is a name. */
export const keywords: ReadonlySet<string> = new Set(
  `select distinct all from where group by having order asc desc nulls limit offset fetch with as
  union intersect except join inner left right full outer cross on using lateral unnest ordinality
  values and or not in exists between like escape is null true false case when then else end any
  some over partition within window sets rollup cube ignore respect preceding following unbounded`
    .split(/\s+/)
    .filter(Boolean),
);

/** Words that start statements which are not queries. */
export const otherStatements: ReadonlySet<string> = new Set(
  `insert update delete merge truncate create drop alter grant revoke deny comment analyze explain show
  describe desc set reset call unload prepare execute deallocate copy attach detach pragma install
  load use start begin commit rollback export import checkpoint vacuum refresh replace optimize msck
  summarize do declare kill`
    .split(/\s+/)
    .filter(Boolean),
);

interface Refused {
  readonly code: 'UNSUPPORTED' | 'FORBIDDEN' | 'NOT_A_QUERY';
  readonly hint: string;
}

const unsupported = (hint: string): Refused => ({ code: 'UNSUPPORTED', hint });
const forbidden = (hint: string): Refused => ({ code: 'FORBIDDEN', hint });
const session = forbidden(
  'Queries see the collected data only, nothing of the session or the engine.',
);

/** Unquoted words that are never part of an accepted query, with what to write instead. */
export const refusedWords: ReadonlyMap<string, Refused> = new Map<string, Refused>([
  ['recursive', unsupported('Write WITH without RECURSIVE; recursion is not available.')],
  ['natural', unsupported('Name the columns: JOIN … USING (…) or ON ….')],
  ['corresponding', unsupported('Name the columns of each SELECT in the same order.')],
  ['tablesample', unsupported('Sampling is not available; add a condition or a LIMIT.')],
  ['match_recognize', unsupported('Write window functions instead.')],
  ['asof', unsupported('Write an ordinary JOIN with max_by or row_number().')],
  ['positional', unsupported('Write an ordinary JOIN … ON ….')],
  ['semi', unsupported('Write WHERE … IN (SELECT …) or EXISTS.')],
  ['anti', unsupported('Write WHERE NOT EXISTS (SELECT …).')],
  ['pivot', unsupported('Write aggregates with FILTER (WHERE …).')],
  ['unpivot', unsupported('Write UNION ALL or UNNEST.')],
  ['qualify', unsupported('Put the window function in a subquery and filter outside.')],
  ['ilike', unsupported('Write lower(x) LIKE ….')],
  ['rlike', unsupported('Write regexp_like(x, pattern).')],
  ['similar', unsupported('Write regexp_like(x, pattern).')],
  ['glob', unsupported('Write LIKE.')],
  ['exclude', unsupported('Name the columns you want.')],
  ['lateral_view', unsupported('Write CROSS JOIN UNNEST.')],
  ['top', unsupported('Write LIMIT.')],
  [
    'for',
    unsupported(
      'Time travel and locks are not available; read the *_history tables by snapshot_date.',
    ),
  ],
  ['into', forbidden('Queries only read.')],
  ['returning', forbidden('Queries only read.')],
  ['ties', unsupported('Write rank() in a subquery.')],
  ['groups', unsupported('Write a ROWS or RANGE frame.')],
  ['zone', unsupported('Timestamps are UTC without a zone.')],
  ['overflow', unsupported('Leave ON OVERFLOW out.')],
  ['current_time', unsupported('Write current_timestamp or current_date.')],
  ['localtime', unsupported('Write current_timestamp or current_date.')],
  ['current_user', session],
  ['session_user', session],
  ['current_role', session],
  ['current_catalog', session],
  ['current_schema', session],
  ['current_path', session],
]);

/** Words that name a value and so never need FROM. */
export const clocks = {
  current_date: 'current_date',
  current_timestamp: 'current_timestamp',
  localtimestamp: 'localtimestamp',
} as const;

/** Fields of EXTRACT, and the function that gives each. */
export const extractFields: ReadonlySet<string> = new Set([
  'year',
  'quarter',
  'month',
  'week',
  'day',
  'day_of_month',
  'day_of_week',
  'dow',
  'day_of_year',
  'doy',
  'year_of_week',
  'yow',
  'hour',
  'minute',
  'second',
  'millisecond',
]);
