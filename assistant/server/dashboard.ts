import type { Context } from 'hono';
import { z } from 'zod';
import { concernKinds } from '../../collector/schema/concerns.ts';
import { keyManagers, severities } from '../../collector/schema/enums.ts';
import type { Assistant } from '../assistant.ts';
import type { Caller } from '../auth/caller.ts';
import { dashboardFigures } from '../dashboard/figures.ts';
import type { KeyFilter } from '../dashboard/key-filter.ts';
import { keyList } from '../dashboard/key-list.ts';
import { keyPage } from '../dashboard/key-page.ts';
import { filterOptions, unknownPlace } from '../dashboard/options.ts';
import type { Viewer } from '../dashboard/view.ts';
import type { DashboardBody, KeyBody, KeysBody } from './api.ts';
import { notFound, problem } from './problem.ts';

const valuesOf = (list: readonly { readonly value: string }[]) => list.map(({ value }) => value);
const printable = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^\P{C}*$/u, 'has characters that cannot be seen');

const language = z.enum(['en', 'ja']).default('en');

const filterFields = {
  account: z
    .string()
    .regex(/^\d{12}$/, 'is not an account id of 12 digits')
    .optional(),
  ou: printable(500).optional(),
  region: z
    .string()
    .regex(/^[a-z]{2}[a-z0-9-]{1,38}$/, 'is not a Region such as eu-central-1')
    .optional(),
  manager: z.enum(valuesOf(keyManagers)).optional(),
  concern: z.enum(concernKinds.map(({ code }) => code)).optional(),
  severity: z.enum(valuesOf(severities)).optional(),
};

export const dashboardQuery = z.strictObject({ ...filterFields, language });
export const keysQuery = z.strictObject({
  ...filterFields,
  alias: printable(256).optional(),
  language,
});
export const keyQuery = z.strictObject({ language });

/** An ARN of a key, of any partition. */
const keyArn = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]{1,64}$/;

type Query<T> =
  | { readonly ok: true; readonly query: T }
  | { readonly ok: false; readonly response: Response };

/** The query string where it is of the form that is wanted, or else the problem to answer with. */
function queryOf<T>(c: Context, schema: z.ZodType<T>): Query<T> {
  const given = c.req.queries();
  const repeated = Object.keys(given).find((name) => (given[name]?.length ?? 0) > 1);
  const parsed = schema.safeParse(c.req.query());
  if (parsed.success && repeated === undefined) return { ok: true, query: parsed.data };
  const issue = parsed.error?.issues[0];
  const detail =
    repeated === undefined
      ? `${issue?.path.join('.') || 'the query'}: ${issue?.message}`
      : `${repeated}: is given more than once`;
  const hint = 'Name each filter once: account, ou, region, manager, concern, severity.';
  return { ok: false, response: problem(c, 400, 'Bad request', detail, hint) };
}

async function viewerOf(
  c: Context,
  assistant: Assistant,
  { user, accountScope }: Caller,
  inLanguage: Viewer['language'],
): Promise<Viewer> {
  const dependencies = await assistant.dependencies(accountScope);
  return { dependencies, user, language: inLanguage, signal: c.req.raw.signal };
}

/** A place that is not in the data is refused, not shown as a place without keys. */
const unknown = (c: Context, place: string): Response =>
  problem(
    c,
    404,
    'Unknown place',
    `There is no ${place} in the data that you may see.`,
    'Choose one of those in the options of /api/dashboard.',
  );

/** GET /api/dashboard: the figures about the keys of a filter, each with the question behind it. */
export async function handleDashboard(
  c: Context,
  caller: Caller,
  assistant: Assistant,
): Promise<Response> {
  const read = queryOf(c, dashboardQuery);
  if (!read.ok) return read.response;
  const { language: inLanguage, ...filter } = read.query;
  const viewer = await viewerOf(c, assistant, caller, inLanguage);
  const options = await filterOptions(viewer);
  const place = unknownPlace(filter, options);
  if (place !== null) return unknown(c, place);
  const body: DashboardBody = await dashboardFigures(viewer, filter, options);
  return c.json(body);
}

/** GET /api/keys: the keys of a filter, at most 10,000. */
export async function handleKeys(
  c: Context,
  caller: Caller,
  assistant: Assistant,
): Promise<Response> {
  const read = queryOf(c, keysQuery);
  if (!read.ok) return read.response;
  const { language: inLanguage, alias, ...filter } = read.query;
  const viewer = await viewerOf(c, assistant, caller, inLanguage);
  const place = unknownPlace(filter satisfies KeyFilter, await filterOptions(viewer));
  if (place !== null) return unknown(c, place);
  const body: KeysBody = await keyList(viewer, filter, alias ?? null);
  return c.json(body);
}

/** GET /api/keys/:arn: everything about one key. */
export async function handleKey(
  c: Context,
  caller: Caller,
  assistant: Assistant,
): Promise<Response> {
  const read = queryOf(c, keyQuery);
  if (!read.ok) return read.response;
  const arn = c.req.param('arn') ?? '';
  if (!keyArn.test(arn)) {
    return problem(
      c,
      400,
      'Bad request',
      'That is not the ARN of a KMS key.',
      'Send it URL-encoded, as in /api/keys/arn%3Aaws%3Akms%3Aeu-central-1%3A111122223333%3Akey%2F….',
    );
  }
  const viewer = await viewerOf(c, assistant, caller, read.query.language);
  const body: KeyBody | null = await keyPage(viewer, arn);
  return body === null ? notFound(c) : c.json(body);
}
