/** Lines of a policy that belong together: one statement, or what stands around the statements. */
export interface PolicyPart {
  /** The position of the statement, from 0; null for what stands around them. */
  readonly statement: number | null;
  readonly lines: readonly string[];
}

interface Place {
  readonly kind: '{' | '[';
  /** In an object, the name whose value comes next. */
  name: string | null;
  /** In a list, how many items came before. */
  items: number;
}

/**
 * Lays a policy out over lines, as `layOutJson` does, and tells its statements apart. Text that is not
 * JSON, or that names its statements twice, is one part: nothing is marked where it might be wrong.
 */
export function policyParts(laidOut: string): readonly PolicyPart[] {
  const lines = laidOut.split('\n');
  const whole: readonly PolicyPart[] = [{ statement: null, lines }];
  if (!isJson(laidOut)) return whole;
  const statements = statementsOf(lines);
  if (statements === null) return whole;
  const parts: { statement: number | null; lines: string[] }[] = [];
  lines.forEach((line, index) => {
    const statement = statements[index] ?? null;
    const last = parts.at(-1);
    if (last && last.statement === statement) last.lines.push(line);
    else parts.push({ statement, lines: [line] });
  });
  return parts;
}

/** For each line the statement that it belongs to; null when the policy names its statements twice. */
function statementsOf(lines: readonly string[]): (number | null)[] | null {
  const open: Place[] = [];
  let named = 0;
  const found: (number | null)[] = [];
  for (const line of lines) {
    let statement = statementAt(open);
    const tokens = line.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
    tokens.forEach((token, index) => {
      const here = open.at(-1);
      if (token === '{' || token === '[') open.push({ kind: token, name: null, items: 0 });
      else if (token === '}' || token === ']') open.pop();
      else if (token === ',') {
        if (here?.kind === '[') here.items += 1;
      } else if (here?.kind === '{' && tokens[index + 1] === ':') {
        here.name = textOf(token);
        if (open.length === 1 && here.name === 'Statement') named += 1;
      }
      statement ??= statementAt(open);
    });
    found.push(statement);
  }
  return named === 1 ? found : null;
}

/** The statement that is open: an item of the list under Statement, or the one object there. */
function statementAt([policy, value, item]: readonly Place[]): number | null {
  if (policy?.kind !== '{' || policy.name !== 'Statement' || !value) return null;
  if (value.kind === '{') return 0;
  return item ? value.items : null;
}

function textOf(token: string): string {
  try {
    return String(JSON.parse(token));
  } catch {
    return token;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
