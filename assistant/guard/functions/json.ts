import { quoteText } from '../render/quote.ts';
import { BIGINT, BOOLEAN, JSON_TYPE, VARCHAR } from '../sqltype.ts';
import { jsonPathForDuckdb } from './patterns.ts';
import { type FunctionSpec, parameter as p, scalar, type Tools, textOf } from './spec.ts';

const pathOf = (t: Tools): string =>
  jsonPathForDuckdb(textOf(t.args[1]) ?? '', t.args[1]?.at ?? null);

/** Whether Trino, which reads no farther than it must, may find something in text that is not JSON. */
const mayBeRead = (text: string, path: string): string =>
  `regexp_matches(${text}, ${quoteText(`^[ \\t\\r\\n]*([\\[{"0-9-]${path === '$' ? '|true|false|null' : ''})`)})`;

/** Reads JSON from text or a JSON value; what is no JSON is null, where Trino sees that too. */
const reading = (
  args: readonly string[],
  t: Tools,
  path: string,
  use: (...names: string[]) => string,
): string =>
  t.bind(args, (j, ...others) =>
    t.args[0]?.type.kind === 'json'
      ? use(j, ...others)
      : `CASE WHEN json_valid(${j}) THEN ${use(j, ...others)} WHEN ${mayBeRead(j, path)} THEN ${t.stop('This text is not JSON throughout')} END`,
  );

/** A scalar as text. Its releases print 1.5 as 1.5 and as 1.5E0. */
export const scalarText = (j: string, path: string, t: Pick<Tools, 'stop'>): string => {
  const kind = `json_type(${j}, ${quoteText(path)})`;
  return `CASE WHEN ${kind} = 'DOUBLE' THEN ${t.stop('A JSON number with decimals is not available')} WHEN ${kind} NOT IN ('OBJECT', 'ARRAY', 'NULL') THEN json_extract_string(${j}, ${quoteText(path)}) END`;
};

/** JSON in texts, such as `policy_json`. A JSON value is read, never shown or compared as a whole. */
export const jsonFunctions: Readonly<Record<string, FunctionSpec>> = {
  json_parse: scalar([p.text], JSON_TYPE, (args, t) =>
    t.bind(
      args,
      (j) =>
        `CASE WHEN ${j} IS NULL THEN NULL WHEN json_valid(${j}) THEN CAST(${j} AS JSON) ELSE ${t.fail('Not JSON')} END`,
    ),
  ),
  json_extract: scalar([p.json, p.literal], JSON_TYPE, (args, t) => {
    const path = pathOf(t);
    return reading(args.slice(0, 1), t, path, (j) => `json_extract(${j}, ${quoteText(path)})`);
  }),
  json_extract_scalar: scalar([p.json, p.literal], VARCHAR, (args, t) => {
    const path = pathOf(t);
    return reading(args.slice(0, 1), t, path, (j) => scalarText(j, path, t));
  }),
  json_array_length: scalar([p.json], BIGINT, (args, t) =>
    reading(
      args,
      t,
      '$[0]',
      (j) => `CASE WHEN json_type(${j}) = 'ARRAY' THEN CAST(json_array_length(${j}) AS BIGINT) END`,
    ),
  ),
  json_array_contains: scalar([p.json, p.text], BOOLEAN, (args, t) =>
    reading(args, t, '$[0]', (j, x) => {
      const y = t.fresh();
      return `CASE WHEN json_type(${j}) = 'ARRAY' AND ${x} IS NOT NULL THEN len(list_filter(json_extract(${j}, '$[*]'), lambda ${y}: json_type(${y}) = 'VARCHAR' AND json_extract_string(${y}, '$') = ${x})) > 0 END`;
    }),
  ),
  json_size: scalar([p.json, p.literal], BIGINT, (args, t) => {
    const path = pathOf(t);
    const at = quoteText(path);
    return reading(
      args.slice(0, 1),
      t,
      path,
      (j) =>
        `CAST(CASE json_type(${j}, ${at}) WHEN 'ARRAY' THEN json_array_length(${j}, ${at}) WHEN 'OBJECT' THEN len(json_keys(${j}, ${at})) ELSE if(json_type(${j}, ${at}) IS NULL, NULL, 0) END AS BIGINT)`,
    );
  }),
};
