interface Page<T> {
  readonly items: readonly T[] | undefined;
  /** Where the next page begins; undefined after the last. */
  readonly next: string | undefined;
}

/**
 * All items of a paged list, page by page, in the order in which AWS gives them.
 *
 * Throws when a page points to itself, which would otherwise never end.
 */
export async function* pages<T>(
  read: (from: string | undefined) => Promise<Page<T>>,
): AsyncGenerator<readonly T[]> {
  let from: string | undefined;
  do {
    const page = await read(from);
    yield page.items ?? [];
    if (page.next !== undefined && page.next === from) {
      throw new Error('AWS gave the same page twice; the list cannot be read to its end.');
    }
    from = page.next;
  } while (from !== undefined && from !== '');
}

/** As {@link pages}, all in one array. */
export async function allPages<T>(
  read: (from: string | undefined) => Promise<Page<T>>,
): Promise<readonly T[]> {
  const items: T[] = [];
  for await (const page of pages(read)) items.push(...page);
  return items;
}
