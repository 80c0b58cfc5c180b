/** Known words that differ from a word by so many slips of the keyboard: one, or two in a long word. */
export function nearWords(
  word: string,
  known: Iterable<string>,
  most: number,
  allowed = word.length > 6 ? 2 : 1,
): readonly string[] {
  if (word.length < 4) return [];
  const near: { readonly text: string; readonly distance: number }[] = [];
  for (const text of known) {
    if (Math.abs(text.length - word.length) > allowed || text === word) continue;
    const distance = editDistance(word, text, allowed);
    if (distance <= allowed) near.push({ text, distance });
  }
  return near
    .sort((a, b) => a.distance - b.distance || (a.text < b.text ? -1 : 1))
    .slice(0, most)
    .map((n) => n.text);
}

/** Insertions, deletions, replacements and swaps of neighbours; gives up beyond `most`. */
function editDistance(a: string, b: string, most: number): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(cost);
    }
    if (Math.min(...row) > most) return most + 1;
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? most + 1;
}
