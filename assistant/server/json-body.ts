import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { z } from 'zod';
import { problem } from './problem.ts';

/** Refuses bodies above a size; `hint` says what to do. */
export const atMost = (maxBytes: number, hint: string) =>
  bodyLimit({
    maxSize: maxBytes,
    onError: (c) =>
      problem(c, 413, 'Too long', `The request is larger than ${maxBytes / 1024} kB.`, hint),
  });

export type JsonBody<T> =
  | { readonly ok: true; readonly body: T }
  | { readonly ok: false; readonly response: Response };

/** The body of a request where it is JSON of the form that is wanted, or else the problem to answer with. */
export async function jsonBody<T>(
  c: Context,
  schema: z.ZodType<T>,
  hint: string,
): Promise<JsonBody<T>> {
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) {
    const fix = 'Send content-type: application/json.';
    return { ok: false, response: problem(c, 415, 'Not JSON', 'The body must be JSON.', fix) };
  }
  const json: unknown = await c.req.json().catch(() => undefined);
  const parsed = schema.safeParse(json);
  if (parsed.success) return { ok: true, body: parsed.data };
  const issue = parsed.error.issues[0];
  const place = issue?.path.join('.') || 'the body';
  return {
    ok: false,
    response: problem(c, 400, 'Bad request', `${place}: ${issue?.message}`, hint),
  };
}
