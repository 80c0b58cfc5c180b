interface Page<T> {
  readonly items: readonly T[] | undefined;
  /** Where the next page begins; undefined or empty after the last. */
  readonly next: string | undefined;
}

export interface PageRead<T> {
  readonly items: readonly T[];
  readonly isLast: boolean;
}

/**
 * All items of a paged list, page by page, in the order in which AWS gives them.
 *
 * Throws when a page points to itself, which would otherwise never end.
 */
export async function* pages<T>(
  read: (from: string | undefined) => Promise<Page<T>>,
): AsyncGenerator<PageRead<T>> {
  let from: string | undefined;
  do {
    const { items = [], next } = await read(from);
    if (next && next === from) {
      throw new Error('AWS gave the same page twice; the list cannot be read to its end.');
    }
    from = next || undefined;
    yield { items, isLast: from === undefined };
  } while (from !== undefined);
}

/** As {@link pages}, all in one array. */
export async function allPages<T>(
  read: (from: string | undefined) => Promise<Page<T>>,
): Promise<readonly T[]> {
  const items: T[] = [];
  for await (const page of pages(read)) items.push(...page.items);
  return items;
}
