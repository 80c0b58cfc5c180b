import type { Context } from 'hono';
import { z } from 'zod';
import type { Assistant } from '../assistant.ts';
import { LONGEST_COMMENT } from '../audit/feedback.ts';
import type { Caller } from '../auth/caller.ts';
import type { FeedbackBody, GivenFeedbackBody } from './api.ts';
import { jsonBody } from './json-body.ts';
import { notFound } from './problem.ts';

const feedbackSchema: z.ZodType<FeedbackBody> = z.strictObject({
  answerId: z.string().min(1).max(64),
  rating: z.enum(['up', 'down']),
  comment: z.string().trim().max(LONGEST_COMMENT).nullish(),
});

/** The longest comment, each of its characters in a JSON escape, fits in well. */
export const MAX_FEEDBACK_BYTES = 16 * 1024;

/**
 * POST /api/feedback: what the caller says of an answer that they may see. The last that one
 * says of an answer counts, so that sending it again changes nothing.
 */
export async function handleFeedback(
  c: Context,
  { user, accountScope }: Caller,
  { dependencies, answers, feedback }: Assistant,
): Promise<Response> {
  const read = await jsonBody(
    c,
    feedbackSchema,
    'Send {"answerId": "…", "rating": "up"}, with a comment if you like.',
  );
  if (!read.ok) return read.response;
  const { clock } = await dependencies(accountScope);
  const answer = await answers.load(read.body.answerId, accountScope);
  if (!answer) return notFound(c);
  const { rating } = read.body;
  const comment = read.body.comment || null;
  await feedback.give({ at: clock().toISOString(), user, answerId: answer.id, rating, comment });
  const given: GivenFeedbackBody = { answerId: answer.id, rating, comment };
  return c.json(given);
}
