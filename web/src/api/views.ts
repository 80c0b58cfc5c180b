import type { DashboardBody, KeyBody, KeyFilter, KeysBody } from '../../../assistant/server/api.ts';
import type { Language } from '../messages/messages.ts';
import { queryOf } from '../route/route.ts';
import { type Problem, problemIn, unreachable, unreadable } from './problem.ts';
import { type Fields, hasNumber, hasText, isCoverage, isFields } from './shape.ts';

/** What was read, or why it could not be. */
export type Read<T> =
  | { readonly ok: true; readonly body: T }
  | { readonly ok: false; readonly problem: Problem };

export function fetchDashboard(
  filter: KeyFilter,
  language: Language,
  signal: AbortSignal,
): Promise<Read<DashboardBody>> {
  return read(`/api/dashboard?${queryOf(filter, { language })}`, isDashboard, signal);
}

/** `alias` is a part of one; empty for keys of any alias and of none. */
export function fetchKeys(
  filter: KeyFilter,
  alias: string,
  language: Language,
  signal: AbortSignal,
): Promise<Read<KeysBody>> {
  const more: Record<string, string> = alias === '' ? { language } : { language, alias };
  return read(`/api/keys?${queryOf(filter, more)}`, isKeys, signal);
}

export function fetchKey(
  arn: string,
  language: Language,
  signal: AbortSignal,
): Promise<Read<KeyBody>> {
  return read(`/api/keys/${encodeURIComponent(arn)}?language=${language}`, isKey, signal);
}

function read<T>(
  path: string,
  isBody: (body: Fields) => boolean,
  signal: AbortSignal,
): Promise<Read<T>> {
  return readBody(path, (body) => isShown(body) && isBody(body), signal);
}

/** Reads a path of the API; a body that is not what it promises is not shown. */
export async function readBody<T>(
  path: string,
  isBody: (body: Fields) => boolean,
  signal: AbortSignal,
  send: typeof fetch = fetch,
): Promise<Read<T>> {
  try {
    const response = await send(path, { headers: { Accept: 'application/json' }, signal });
    if (!response.ok) return { ok: false, problem: await problemIn(response) };
    const body: unknown = await response.json().catch(() => null);
    if (!isFields(body) || !isBody(body)) return { ok: false, problem: unreadable };
    return { ok: true, body: body as unknown as T };
  } catch {
    return { ok: false, problem: unreachable };
  }
}

const isShown = (body: Fields): boolean =>
  hasText(body, 'snapshotId', 'asOf', 'origin', 'coverageText') && isCoverage(body.coverage);

const isMark = (value: unknown): boolean =>
  isFields(value) &&
  hasNumber(value, 'keys') &&
  (value.question === null || typeof value.question === 'string');

const areMarks = (body: Fields, ...names: readonly string[]): boolean =>
  names.every((name) => {
    const marks = body[name];
    return Array.isArray(marks) && marks.every(isMark);
  });

const areFields = (body: Fields, ...names: readonly string[]): boolean =>
  names.every((name) => {
    const list = body[name];
    return Array.isArray(list) && list.every(isFields);
  });

function isDashboard(body: Fields): boolean {
  const { total, otherAccounts, cost, options } = body;
  return (
    isMark(total) &&
    areMarks(body, 'managers', 'regions', 'accounts', 'concerns', 'severities', 'usage') &&
    areFields(body, 'trend') &&
    isFields(otherAccounts) &&
    hasNumber(otherAccounts, 'accounts', 'keys') &&
    isFields(cost) &&
    hasNumber(cost, 'monthlyUsd', 'unknownKeys') &&
    isFields(options) &&
    areFields(options, 'accounts', 'concerns') &&
    Array.isArray(options.regions) &&
    Array.isArray(options.organizationalUnits)
  );
}

function isKeys(body: Fields): boolean {
  const { columns, rows } = body;
  return (
    areFields(body, 'columns') &&
    Array.isArray(columns) &&
    Array.isArray(rows) &&
    rows.every((row) => Array.isArray(row) && row.length === columns.length) &&
    hasNumber(body, 'total')
  );
}

const isKey = (body: Fields): boolean =>
  isFields(body.key) && areFields(body, 'columns', 'concerns', 'permissions', 'usage', 'advice');
