import { z } from 'zod';
import type { LanguageCode } from '../translate/language.ts';
import type { Caller } from './access.ts';
import { limits } from './message.ts';

/** What is to be done for a command or a pressed button. It is JSON, to be handed to another process. */
export type Job = {
  readonly caller: Caller;
  readonly responseUrl: string;
  /** When Slack's request came (ISO 8601): from then on its `response_url` counts. */
  readonly receivedAt: string;
} & Task;

export type Task =
  | { readonly kind: 'ask'; readonly question: string; readonly after: After }
  | { readonly kind: 'status'; readonly language: LanguageCode }
  | { readonly kind: 'sql' | 'csv' | 'share'; readonly answerId: string };

/**
 * The answer that a question goes on from: the one with this id, the caller's latest in the channel, or
 * none.
 */
export type After = { readonly answerId: string } | 'latest' | 'none';

const questionSchema = z.object({ q: z.string().min(1), a: z.uuid().nullable() });

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
      const id = z.uuid().safeParse(value);
      return id.success
        ? { kind: actionId as 'sql' | 'csv' | 'share', answerId: id.data }
        : undefined;
    }
    case 'ask': {
      const parsed = questionSchema.safeParse(jsonOf(value));
      if (!parsed.success) return undefined;
      const { q: question, a: answerId } = parsed.data;
      return { kind: 'ask', question, after: answerId === null ? 'none' : { answerId } };
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
