import type { KeyFilter } from '../../../assistant/server/api.ts';

/** What the page shows, beside the chat. It stands in the address, so that it can be sent and kept. */
export type Route =
  | { readonly view: 'chat' }
  | { readonly view: 'dashboard'; readonly filter: KeyFilter }
  | { readonly view: 'key'; readonly arn: string };

export const filterNames = ['account', 'ou', 'region', 'manager', 'concern', 'severity'] as const;

/** The route of a fragment; null for one that names a place in the page, such as #question. */
export function routeOf(fragment: string): Route | null {
  const path = fragment.replace(/^#/, '');
  if (path === '' || path === '/') return { view: 'chat' };
  const [place = '', query = ''] = path.split(/\?(.*)/s);
  if (place === '/dashboard') return { view: 'dashboard', filter: filterOf(query) };
  if (place.startsWith('/key/')) {
    const arn = decoded(place.slice('/key/'.length));
    if (arn !== null && isKeyArn(arn)) return { view: 'key', arn };
  }
  return place.startsWith('/') ? { view: 'chat' } : null;
}

function filterOf(query: string): KeyFilter {
  const given = new URLSearchParams(query);
  return Object.fromEntries(
    filterNames.flatMap((name) => {
      const value = given.get(name);
      return value === null || value === '' ? [] : [[name, value]];
    }),
  );
}

/** The filter as a query string, with what else is to be asked. */
export function queryOf(filter: KeyFilter, more: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams();
  for (const name of filterNames) {
    const value = filter[name];
    if (value !== undefined && value !== '') query.set(name, value);
  }
  for (const [name, value] of Object.entries(more)) query.set(name, value);
  return query.toString();
}

export function dashboardPath(filter: KeyFilter = {}): string {
  const query = queryOf(filter);
  return query === '' ? '#/dashboard' : `#/dashboard?${query}`;
}

export function keyPath(arn: string): string {
  return `#/key/${encodeURIComponent(arn)}`;
}

/** Whether a text is the ARN of a key, and so may lead to its page. */
export function isKeyArn(text: string): boolean {
  return /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]{1,64}$/.test(text);
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
