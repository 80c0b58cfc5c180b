/** A piece of SQL text to be coloured. The pieces of a text, joined, are the text. */
export interface SqlToken {
  readonly kind: 'keyword' | 'string' | 'number' | 'comment' | 'name' | 'other';
  readonly text: string;
}

const keywords = new Set(
  `all and any array as asc between by case cast cross current_date current_timestamp date day desc
   distinct else end except exists extract false fetch filter first following from full group
   grouping having hour if in inner intersect interval is join last lateral left like limit minute
   month natural not null nulls offset on or order outer over partition preceding range right row
   rows second select sets some then timestamp true try_cast unbounded union unnest using values
   when where with within year`.split(/\s+/),
);

const pattern =
  /(--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|('(?:[^']|'')*'?)|("(?:[^"]|"")*"?)|(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([\p{L}_][\p{L}\p{N}_$]*)|([\s\S])/gu;

/** Splits SQL for display. It colours; it does not judge: any text is taken. */
export function sqlTokens(sql: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  for (const match of sql.matchAll(pattern)) {
    const [text, comment, string, quoted, number, word] = match;
    const kind =
      comment !== undefined
        ? 'comment'
        : string !== undefined
          ? 'string'
          : quoted !== undefined
            ? 'name'
            : number !== undefined
              ? 'number'
              : word === undefined
                ? 'other'
                : keywords.has(word.toLowerCase())
                  ? 'keyword'
                  : 'name';
    const last = tokens.at(-1);
    if (kind === 'other' && last?.kind === 'other') {
      tokens[tokens.length - 1] = { kind, text: last.text + text };
    } else tokens.push({ kind, text });
  }
  return tokens;
}
