/** The edit distance of two words, where swapping neighbours counts once. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(
        (previous[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (previous[j - 1] ?? 0) + same,
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row.push(best);
    }
    before = previous;
    previous = row;
  }
  return previous[b.length] ?? 0;
}

/** The names most like a mistaken one, best first. A name that holds the word, or is held, counts as near. */
export function nearest(word: string, names: Iterable<string>, most = 3): readonly string[] {
  const wanted = word.toLowerCase().slice(0, 64);
  const scored: { name: string; score: number }[] = [];
  for (const name of new Set(names)) {
    const d = distance(wanted, name.toLowerCase());
    const holds =
      wanted.length > 2 && name.length > 2 && (name.includes(wanted) || wanted.includes(name));
    if (d <= Math.max(2, Math.floor(wanted.length / 3)) || holds)
      scored.push({ name, score: holds ? Math.min(d, 2.5) : d });
  }
  return scored
    .sort((a, b) => a.score - b.score || a.name.localeCompare(b.name))
    .slice(0, most)
    .map((s) => s.name);
}
