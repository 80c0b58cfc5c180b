/**
 * Tags as a map, in order of name, so that two readings of the same tags are equal. Tags without a
 * name are left out; a missing value is empty.
 */
export function tagMap(
  tags: Iterable<readonly [name: string | undefined, value: string | undefined]>,
): Readonly<Record<string, string>> {
  const named: [string, string][] = [];
  for (const [name, value] of tags) if (name !== undefined) named.push([name, value ?? '']);
  return sortedMap(named);
}

/** Entries as a map in order of name. `fromEntries`, because a name may be `__proto__`. */
export function sortedMap(
  entries: Iterable<readonly [string, string]>,
): Readonly<Record<string, string>> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
