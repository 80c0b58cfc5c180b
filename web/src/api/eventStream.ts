/** One server-sent event: its name, and its data lines joined by a line feed. */
export interface ServerEvent {
  readonly name: string;
  readonly data: string;
}

/** Takes the text of a stream in pieces of any size and gives the events completed by each. */
export type EventParser = (piece: string) => ServerEvent[];

/**
 * A parser of `text/event-stream` as the HTML standard, "Interpreting an event stream", defines it.
 * Lines end with LF, CR LF or CR; a pair split between two pieces counts as one line end. An event
 * that the stream's end cuts off is not given. `id` and `retry` are ignored: nothing reconnects.
 */
export function eventParser(): EventParser {
  let pending = '';
  let atStart = true;
  let afterCarriageReturn = false;
  let name = '';
  let data: string[] = [];

  const readLine = (line: string, events: ServerEvent[]): void => {
    if (line === '') {
      if (data.length > 0) events.push({ name: name || 'message', data: data.join('\n') });
      name = '';
      data = [];
      return;
    }
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const raw = colon === -1 ? '' : line.slice(colon + 1);
    const value = raw.startsWith(' ') ? raw.slice(1) : raw;
    if (field === 'event') name = value;
    else if (field === 'data') data.push(value);
  };

  return (piece) => {
    let text = piece;
    if (atStart && text !== '') {
      atStart = false;
      if (text.startsWith('\uFEFF')) text = text.slice(1);
    }
    if (afterCarriageReturn && text !== '') {
      afterCarriageReturn = false;
      if (text.startsWith('\n')) text = text.slice(1);
    }
    const events: ServerEvent[] = [];
    let start = 0;
    for (let end = nextLineEnd(text, 0); end !== -1; end = nextLineEnd(text, start)) {
      readLine(pending + text.slice(start, end), events);
      pending = '';
      start = end + 1;
      if (text[end] !== '\r') continue;
      if (text[start] === '\n') start += 1;
      else if (start === text.length) afterCarriageReturn = true;
    }
    pending += text.slice(start);
    return events;
  };
}

function nextLineEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === '\n' || character === '\r') return at;
  }
  return -1;
}

/** The events of a response body, as they arrive. Stopping early cancels the stream. */
export async function* readEventStream(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<ServerEvent, void, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const parse = eventParser();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield* parse(decoder.decode(value, { stream: true }));
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
