/** A text as a literal, in both dialects. */
export const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A name in double quotes, in both dialects. */
export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Words that Trino, Athena or the parser would not take for a name. */
const reserved = new Set(
  `all alter and any array as asc between by case cast constraint create cross cube current current_catalog
  current_date current_path current_role current_schema current_time current_timestamp current_user
  deallocate delete desc describe distinct drop else end escape except execute exists extract false fetch
  for from full group grouping having if in inner insert intersect into is ignore interval join lateral
  left like limit listagg localtime localtimestamp natural normalize not null nulls offset on or order
  ordinality outer over partition preceding following prepare recursive respect right rollup row rows range
  select set sets skip some table then time timestamp to trim true try uescape unbounded union unnest user
  using values when where window with within semi anti asof positional pivot unpivot qualify top zone ties
  groups tablesample match_recognize ilike rlike similar glob exclude returning corresponding lateral_view`
    .split(/\s+/)
    .filter(Boolean),
);

/** A name as Trino reads it: bare where that is safe. */
export const trinoName = (name: string): string =>
  /^[a-z_][a-z0-9_]*$/.test(name) && !reserved.has(name) ? name : quoteName(name);
