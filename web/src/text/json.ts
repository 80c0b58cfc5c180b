/**
 * Lays JSON out over lines without touching anything but the white space between its tokens, so
 * that a policy reads well and is still, character for character, what the account holds. Text
 * that is not JSON comes back as it is.
 */
export function layOutJson(text: string): string {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
  let depth = 0;
  let out = '';
  tokens.forEach((token, index) => {
    const next = tokens[index + 1];
    if (token === '{' || token === '[') {
      out += token;
      if (next === '}' || next === ']') return;
      depth += 1;
      out += newLine(depth);
    } else if (token === '}' || token === ']') {
      const previous = tokens[index - 1];
      if (previous !== '{' && previous !== '[') {
        depth -= 1;
        out += newLine(depth);
      }
      out += token;
    } else if (token === ',') out += `,${newLine(depth)}`;
    else if (token === ':') out += ': ';
    else out += token;
  });
  return out;
}

function newLine(depth: number): string {
  return `\n${'  '.repeat(depth)}`;
}
