/**
 * Finds the first name that an object of a JSON text holds twice, as a path such as
 * `Statement[0].Condition.StringEquals`; null without one. JSON readers keep the last of two and drop
 * the other without a word, so a policy read that way would not be the policy that was written.
 *
 * The text must be valid JSON. Takes time in proportion to its length, and no stack.
 */
export function duplicateName(text: string): string | null {
  const open: Frame[] = [];
  let at = 0;
  while (at < text.length) {
    const c = text[at];
    const top = open.at(-1);
    if (c === '"') {
      const end = endOfString(text, at);
      if (top?.names && top.expectsName) {
        const name: string = JSON.parse(text.slice(at, end));
        top.step = name;
        if (top.names.has(name)) return pathOf(open);
        top.names.add(name);
        top.expectsName = false;
      }
      at = end;
      continue;
    }
    if (c === '{') open.push({ names: new Set(), expectsName: true, step: '' });
    else if (c === '[') open.push({ names: null, expectsName: false, step: 0 });
    else if (c === '}' || c === ']') open.pop();
    else if (c === ',' && top) {
      if (top.names) top.expectsName = true;
      else if (typeof top.step === 'number') top.step += 1;
    }
    at += 1;
  }
  return null;
}

/** An object or array that is open; `names` is null for an array. */
interface Frame {
  readonly names: Set<string> | null;
  expectsName: boolean;
  /** The name or index that is being read. */
  step: string | number;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

const LONGEST_STEP = 60;

function pathOf(open: readonly Frame[]): string {
  let path = '';
  for (const { step } of open) {
    if (typeof step === 'number') path += `[${step}]`;
    else path += `${path === '' ? '' : '.'}${step.slice(0, LONGEST_STEP)}`;
  }
  return path;
}
