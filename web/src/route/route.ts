import type { KeyFilter } from '../../../assistant/server/api.ts';

/** What the page shows, beside the chat. It stands in the address, so that it can be sent and kept. */
export type Route =
  | { readonly view: 'chat' }
  | { readonly view: 'dashboard'; readonly filter: KeyFilter }
  | { readonly view: 'key'; readonly arn: string }
  | { readonly view: 'report'; readonly id: string }
  | { readonly view: 'audit'; readonly filter: AuditFilter };

/** What narrows the audit view: who, how it came out, where it was asked, and between which days. */
export type AuditFilter = { readonly [Name in (typeof auditFilterNames)[number]]?: string };

export const auditFilterNames = ['user', 'status', 'face', 'from', 'to'] as const;

export const filterNames = ['account', 'ou', 'region', 'manager', 'concern', 'severity'] as const;

/** The route of a fragment; null for one that names a place in the page, such as #question. */
export function routeOf(fragment: string): Route | null {
  const path = fragment.replace(/^#/, '');
  if (path === '' || path === '/') return { view: 'chat' };
  const [place = '', query = ''] = path.split(/\?(.*)/s);
  if (place === '/dashboard') return { view: 'dashboard', filter: given(filterNames, query) };
  if (place === '/audit') return { view: 'audit', filter: given(auditFilterNames, query) };
  if (place.startsWith('/report/')) {
    const id = place.slice('/report/'.length);
    if (/^[\w-]{1,64}$/.test(id)) return { view: 'report', id };
  }
  if (place.startsWith('/key/')) {
    const arn = decoded(place.slice('/key/'.length));
    if (arn !== null && isKeyArn(arn)) return { view: 'key', arn };
  }
  return place.startsWith('/') ? { view: 'chat' } : null;
}

/** Of a query string, the fields that are known and have a value. */
function given<Name extends string>(
  names: readonly Name[],
  query: string,
): { readonly [N in Name]?: string } {
  const fields = new URLSearchParams(query);
  const known = names.flatMap((name) => {
    const value = fields.get(name);
    return value === null || value === '' ? [] : [[name, value] as const];
  });
  return Object.fromEntries(known) as { readonly [N in Name]?: string };
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

export function reportPath(id: string): string {
  return `#/report/${encodeURIComponent(id)}`;
}

export function auditPath(filter: AuditFilter = {}): string {
  const fields = new URLSearchParams();
  for (const name of auditFilterNames) {
    const value = filter[name];
    if (value !== undefined && value !== '') fields.set(name, value);
  }
  const query = fields.toString();
  return query === '' ? '#/audit' : `#/audit?${query}`;
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
