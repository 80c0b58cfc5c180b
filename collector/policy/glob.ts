/**
 * Matching with the wildcards of policies: `*` stands for any run of characters, `?` for exactly one.
 * All functions run in time bounded by the product of the lengths, whatever the pattern.
 */

/** Whether `pattern` matches the whole of `text`. Case-sensitive. */
export function globMatches(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    const c = pattern[p];
    if (c === '*') {
      star = p++;
      resume = t;
    } else if (c !== undefined && (c === '?' || c === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

/** Whether a text holds a wildcard at all. */
export function hasWildcard(text: string): boolean {
  return text.includes('*') || text.includes('?');
}

/**
 * Whether every text matched by `narrow` is also matched by `wide`. May answer false where the truth
 * is true (never the other way round), which is the safe side for deciding that a Deny covers an Allow.
 */
export function globCovers(wide: string, narrow: string): boolean {
  // A run of wildcards in `narrow` can only be swallowed by a `*` of `wide`, one `?` by `?` or `*`.
  let reach = startStates(wide);
  for (const c of narrow) {
    const next = new Set<number>();
    for (const p of reach) {
      const w = wide[p];
      if (w === '*') next.add(p);
      else if (w !== undefined && c !== '*' && (w === '?' || w === c)) next.add(p + 1);
    }
    reach = skipStars(wide, next);
    if (reach.size === 0) return false;
  }
  return reach.has(wide.length);
}

/** Whether some text is matched by both patterns. */
export function globsOverlap(a: string, b: string): boolean {
  const width = b.length + 1;
  const seen = new Uint8Array((a.length + 1) * width);
  const todo: [number, number][] = [[0, 0]];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const [i, j] = next;
    if (seen[i * width + j] === 1) continue;
    seen[i * width + j] = 1;
    const x = a[i];
    const y = b[j];
    if (x === undefined && y === undefined) return true;
    if (x === '*') {
      todo.push([i + 1, j]);
      if (y !== undefined) todo.push([i, j + 1]);
    }
    if (y === '*') {
      todo.push([i, j + 1]);
      if (x !== undefined) todo.push([i + 1, j]);
    }
    if (x === undefined || y === undefined || x === '*' || y === '*') continue;
    if (x === y || x === '?' || y === '?') todo.push([i + 1, j + 1]);
  }
  return false;
}

function startStates(pattern: string): Set<number> {
  return skipStars(pattern, new Set([0]));
}

function skipStars(pattern: string, positions: Set<number>): Set<number> {
  // Positions added while iterating are visited too, so runs of stars are followed to their end.
  for (const p of positions) if (pattern[p] === '*') positions.add(p + 1);
  return positions;
}
