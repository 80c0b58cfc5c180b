import type { AskBody, AskEvent } from '../../../assistant/server/api.ts';
import { readAskEvent } from './askEvent.ts';
import { readEventStream } from './eventStream.ts';
import { interrupted, type Problem, problemIn, unreachable, unreadable } from './problem.ts';

/** Why no complete answer came. */
export type AskFailure =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'problem'; readonly problem: Problem };

/**
 * Asks, and hands on each event as it arrives. Resolves to null once `done` has come; otherwise
 * to the reason why it has not. Aborting the signal stops the question on the server too.
 */
export async function ask(
  body: AskBody,
  onEvent: (event: AskEvent) => void,
  signal: AbortSignal,
  send: typeof fetch = fetch,
): Promise<AskFailure | null> {
  let connected = false;
  try {
    const response = await send('/api/ask', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
      body: JSON.stringify(body),
      signal,
    });
    connected = true;
    if (!response.ok) return { kind: 'problem', problem: await problemIn(response) };
    const type = response.headers.get('Content-Type') ?? '';
    if (!response.body || !type.startsWith('text/event-stream')) {
      return { kind: 'problem', problem: unreadable };
    }
    for await (const raw of readEventStream(response.body)) {
      if (signal.aborted) return { kind: 'stopped' };
      const event = readAskEvent(raw);
      if (event === 'unreadable') return { kind: 'problem', problem: unreadable };
      if (event === null) continue;
      onEvent(event);
      if (event.type === 'done') return null;
    }
    return signal.aborted ? { kind: 'stopped' } : { kind: 'problem', problem: interrupted };
  } catch {
    if (signal.aborted) return { kind: 'stopped' };
    return { kind: 'problem', problem: connected ? interrupted : unreachable };
  }
}
