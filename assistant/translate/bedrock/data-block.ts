/** Characters that show nothing: controls, formats such as those that turn the direction, lone surrogates. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]+/gu;

/** Text of unknown origin on one line: what shows nothing becomes a space. */
export const visibleText = (text: string): string => text.replace(invisible, ' ').trim();

/** How many characters a block may have, and a single text in it. */
export interface DataBudget {
  readonly block: number;
  readonly text: number;
}

const ORDINARY: DataBudget = { block: 4_000, text: 300 };

/**
 * Text that anyone may have written (names, tags, messages of the engine), as the model is given it:
 * JSON between marks that the text cannot itself contain, because `<` and `>` are escaped in it. Rows
 * that go beyond the budget of characters are left out, and how many is said.
 */
export function dataBlock(
  kind: string,
  rows: readonly unknown[],
  budget: DataBudget = ORDINARY,
): string {
  const lines: string[] = [];
  let used = 0;
  for (const row of rows) {
    const line = escaped(JSON.stringify(cleaned(row, budget.text)));
    if (used + line.length > budget.block) break;
    used += line.length;
    lines.push(line);
  }
  const leftOut = rows.length - lines.length;
  const more = leftOut === 0 ? '' : ` left_out="${leftOut}"`;
  return [`<data kind="${kind}"${more}>`, ...lines, '</data>'].join('\n');
}

const escaped = (json: string): string =>
  json.replace(
    /[<>&]/g,
    (char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );

function cleaned(value: unknown, longest: number): unknown {
  const clean = (text: string) => {
    const visible = visibleText(text);
    return visible.length <= longest ? visible : `${visible.slice(0, longest)}…`;
  };
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map((item) => cleaned(item, longest));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [clean(key), cleaned(item, longest)]),
    );
  return value;
}
