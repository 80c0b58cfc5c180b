import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import { answerBody } from '../answer/body.ts';
import { ask } from '../ask.ts';
import type { Assistant } from '../assistant.ts';
import type { Caller } from '../auth/caller.ts';
import type { AskBody, AskEvents } from './api.ts';
import type { Conversations } from './conversations.ts';
import { jsonBody } from './json-body.ts';
import { problem } from './problem.ts';
import { isTimeZone } from './time-zone.ts';

/** A question of the greatest length that is accepted, in UTF-8 and JSON escapes, fits in well. */
export const MAX_QUESTION_BYTES = 64 * 1024;

const askBodySchema: z.ZodType<AskBody> = z.object({
  question: z.string(),
  conversationId: z.string().max(100).optional(),
  timeZone: z.string().max(100).refine(isTimeZone, 'is not an IANA time zone').optional(),
  language: z.enum(['en', 'ja']).optional(),
});

/** What questions are answered with. */
export interface AskParts {
  readonly assistant: Assistant;
  readonly conversations: Conversations;
  readonly log: (message: string, details: Record<string, unknown>) => void;
}

/** POST /api/ask: the answer as it comes about, as server-sent events, or at once as JSON. */
export async function handleAsk(
  c: Context,
  { user, accountScope }: Caller,
  { assistant, conversations, log }: AskParts,
): Promise<Response> {
  const read = await jsonBody(c, askBodySchema, 'Send {"question": "…"}.');
  if (!read.ok) return read.response;
  const { body } = read;
  const dependencies = await assistant.dependencies(accountScope);
  const conversation = await conversations.open(user, body.conversationId);
  const gone = new AbortController();
  const request = {
    question: body.question,
    conversation: conversation.turns,
    timeZone: body.timeZone ?? 'UTC',
    ...(body.language ? { language: body.language } : {}),
    user,
    face: 'http' as const,
    signal: gone.signal,
  };
  const finish = async ({ answer, turn }: Awaited<ReturnType<typeof ask>>) => {
    if (turn) await conversations.add(user, conversation, turn);
    if (answer.status !== 'error') await assistant.answers.save(answer, dependencies.accountScope);
  };

  if (!(c.req.header('accept') ?? '').includes('text/event-stream')) {
    c.req.raw.signal.addEventListener('abort', () => gone.abort(), { once: true });
    const outcome = await ask(request, dependencies);
    await finish(outcome);
    const { answer } = outcome;
    if (answer.status === 'error' && badQuestion.has(answer.error.code)) {
      return problem(c, 400, 'Bad question', answer.error.message, answer.error.hint);
    }
    return c.json({ ...answerBody(answer), conversationId: conversation.id });
  }

  return streamSSE(
    c,
    async (stream) => {
      stream.onAbort(() => gone.abort());
      // Events are told synchronously; writes are queued so that they leave in order.
      let writes = Promise.resolve();
      const send = (event: string, data: unknown) => {
        writes = writes.then(() => stream.writeSSE({ event, data: JSON.stringify(data) }));
      };
      const outcome = await ask(request, dependencies, ({ type, data }) => send(type, data));
      await finish(outcome);
      const { answer } = outcome;
      const done: AskEvents['done'] = {
        id: answer.id,
        status: answer.status,
        followUps: answer.status === 'answered' ? answer.followUps : [],
        conversationId: conversation.id,
      };
      send('done', done);
      await writes;
    },
    async (error, stream) => {
      log('answering failed', { error: error.stack ?? String(error) });
      const data: AskEvents['error'] = {
        code: 'INTERNAL',
        message: 'The question could not be answered.',
        hint: "Look at the server's log, and try again.",
      };
      await stream.writeSSE({ event: 'error', data: JSON.stringify(data) });
    },
  );
}

const badQuestion: ReadonlySet<string> = new Set(['EMPTY_QUESTION', 'QUESTION_TOO_LONG']);
