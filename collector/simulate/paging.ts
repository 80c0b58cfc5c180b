/** One page of a list, and the token for the next one. */
export interface Page<T> {
  readonly items: T[];
  readonly next: string | null;
}

/**
 * Cuts a page. Tokens are opaque to callers and belong to one list: a token of another list, or a
 * made-up one, throws what `invalid` makes, as AWS does.
 *
 * @param list names the list a token belongs to
 */
export function pageOf<T>(
  items: readonly T[],
  list: string,
  size: number,
  token: string | undefined,
  invalid: () => Error,
): Page<T> {
  let start = 0;
  if (token !== undefined) {
    const [name, offset] = Buffer.from(token, 'base64url').toString('utf8').split('\n');
    start = Number(offset);
    if (name !== list || !Number.isInteger(start) || start <= 0 || start >= items.length) {
      throw invalid();
    }
  }
  const end = start + size;
  return {
    items: items.slice(start, end),
    next: end < items.length ? Buffer.from(`${list}\n${end}`, 'utf8').toString('base64url') : null,
  };
}
