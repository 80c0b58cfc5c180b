import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ProblemBody } from './api.ts';

/** Answers with an error as RFC 9457 problem details. */
export function problem(
  c: Context,
  status: ContentfulStatusCode,
  title: string,
  detail: string,
  hint: string,
  code: string = title.toUpperCase().replaceAll(/\W+/g, '_'),
  more: Pick<ProblemBody, 'signInPath'> = {},
): Response {
  const body: ProblemBody = { type: 'about:blank', title, status, detail, hint, code, ...more };
  return c.body(JSON.stringify(body), status, { 'content-type': 'application/problem+json' });
}

export function notFound(c: Context): Response {
  return problem(
    c,
    404,
    'Not found',
    'There is nothing here, or not any more.',
    'Ask the question again.',
  );
}
