import { z } from 'zod';
import { limits } from './message.ts';

const answerId = z.uuid();

const askSchema = z.object({
  kind: z.literal('ask'),
  question: z.string(),
  /**
   * The answer that the question goes on from: the one with this id, the caller's latest in the channel,
   * or none.
   */
  after: z.union([z.object({ answerId }), z.enum(['latest', 'none'])]),
});
const statusSchema = z.object({ kind: z.literal('status'), language: z.enum(['en', 'ja']) });
const answerSchema = z.object({ kind: z.enum(['sql', 'csv', 'share']), answerId });

const taskSchema = z.discriminatedUnion('kind', [askSchema, statusSchema, answerSchema]);

export type Task = z.infer<typeof taskSchema>;
export type After = z.infer<typeof askSchema>['after'];

/** What is to be done for a command or a pressed button. It is JSON, to be handed to another process. */
export const jobSchema = z
  .object({
    caller: z.object({ team: z.string(), channel: z.string(), user: z.string() }),
    responseUrl: z.string(),
    /** When Slack's request came: from then on its `response_url` counts. */
    receivedAt: z.iso.datetime(),
  })
  .and(taskSchema);

export type Job = z.infer<typeof jobSchema>;

const questionSchema = z.object({ q: z.string().min(1), a: answerId.nullable() });

/** The value of a button that asks; null when the question is too long for one. */
export function questionValue(question: string, after: string | null): string | null {
  const value = JSON.stringify({ q: question, a: after });
  return value.length <= limits.buttonValue ? value : null;
}

/** What a pressed button asks for; undefined for buttons that ask for nothing, such as links. */
export function taskOf(actionId: string, value: string): Task | undefined {
  switch (actionId.replace(/-\d+$/, '')) {
    case 'sql':
    case 'csv':
    case 'share': {
      const id = answerId.safeParse(value);
      return id.success
        ? { kind: actionId as 'sql' | 'csv' | 'share', answerId: id.data }
        : undefined;
    }
    case 'ask': {
      const parsed = questionSchema.safeParse(jsonOf(value));
      if (!parsed.success) return undefined;
      const { q: question, a: after } = parsed.data;
      return { kind: 'ask', question, after: after === null ? 'none' : { answerId: after } };
    }
    default:
      return undefined;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
