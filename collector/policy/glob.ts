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
  // reach[p] is 1 where the first p characters of `wide` can stand for what was read of `narrow`. A
  // star of `narrow` can only be swallowed by a star of `wide`, its `?` by `?` or `*`.
  let reach = new Uint8Array(wide.length + 1);
  let next = new Uint8Array(wide.length + 1);
  reach[0] = 1;
  passStars(wide, reach);
  for (let n = 0; n < narrow.length; n++) {
    const c = narrow[n];
    next.fill(0);
    for (let p = 0; p < wide.length; p++) {
      if (reach[p] === 0) continue;
      const w = wide[p];
      if (w === '*') next[p] = 1;
      else if (c !== '*' && (w === '?' || w === c)) next[p + 1] = 1;
    }
    passStars(wide, next);
    [reach, next] = [next, reach];
  }
  return reach[wide.length] === 1;
}

/** Whether some text is matched by both patterns. */
export function globsOverlap(a: string, b: string): boolean {
  // reach[j] is 1 where the first i characters of `a` and the first j of `b` can stand for one text.
  const reach = new Uint8Array(b.length + 1);
  reach[0] = 1;
  passStars(b, reach);
  for (let i = 0; i < a.length; i++) {
    const x = a[i];
    // What reach[j - 1] was before this character of `a`.
    let diagonal: number = reach[0] ?? 0;
    reach[0] = x === '*' ? diagonal : 0;
    for (let j = 1; j <= b.length; j++) {
      const y = b[j - 1];
      const above: number = reach[j] ?? 0;
      const left: number = reach[j - 1] ?? 0;
      if (x === '*') reach[j] = above | left;
      else if (y === '*') reach[j] = left | above | diagonal;
      else reach[j] = x === y || x === '?' || y === '?' ? diagonal : 0;
      diagonal = above;
    }
  }
  return reach[b.length] === 1;
}

/** A star may stand for nothing, so whoever stands before one stands behind it too. */
function passStars(pattern: string, reach: Uint8Array): void {
  for (let p = 0; p < pattern.length; p++) {
    if (reach[p] === 1 && pattern[p] === '*') reach[p + 1] = 1;
  }
}
