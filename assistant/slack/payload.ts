import { z } from 'zod';
import type { Caller } from './access.ts';

/** What Slack sends in forms: slash commands, and payloads of buttons that were pressed. */

const id = z.string().regex(/^[A-Z0-9]{2,32}$/);
const responseUrl = z.string().max(2_000);

const commandSchema = z.object({
  team_id: id,
  channel_id: id,
  user_id: id,
  text: z.string().default(''),
  response_url: responseUrl,
});

export interface Command {
  readonly caller: Caller;
  /** What stands behind `/kms`. */
  readonly text: string;
  readonly responseUrl: string;
}

/** A slash command; undefined when the form is none. */
export function readCommand(form: URLSearchParams): Command | undefined {
  const parsed = commandSchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return undefined;
  const { team_id, channel_id, user_id, text, response_url } = parsed.data;
  return {
    caller: { team: team_id, channel: channel_id, user: user_id },
    text: unescaped(text).trim(),
    responseUrl: response_url,
  };
}

/** Slack sends the three characters that its markup is made of as references. */
const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

const pressSchema = z.object({
  type: z.literal('block_actions'),
  team: z.object({ id }),
  channel: z.object({ id }),
  user: z.object({ id }),
  response_url: responseUrl,
  actions: z
    .array(z.object({ action_id: z.string().max(255), value: z.string().max(2_000).default('') }))
    .min(1),
});

/** A button of one of our messages that was pressed. */
export interface Press {
  readonly caller: Caller;
  readonly actionId: string;
  readonly value: string;
  readonly responseUrl: string;
}

/** A pressed button; undefined when the form is another interaction, or none. */
export function readPress(form: URLSearchParams): Press | undefined {
  const parsed = pressSchema.safeParse(json(form.get('payload')));
  const action = parsed.data?.actions[0];
  if (!parsed.success || !action) return undefined;
  const { team, channel, user, response_url } = parsed.data;
  return {
    caller: { team: team.id, channel: channel.id, user: user.id },
    actionId: action.action_id,
    value: action.value,
    responseUrl: response_url,
  };
}

function json(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
