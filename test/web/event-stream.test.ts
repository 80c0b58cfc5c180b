import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventParser, readEventStream, type ServerEvent } from '../../web/src/api/eventStream.ts';

function parse(...parts: string[]): ServerEvent[] {
  const parser = eventParser();
  return parts.flatMap((part) => parser(part));
}

describe('the parser of server-sent events', () => {
  it.each<[string, string, ServerEvent[]]>([
    ['an event with a name', 'event: sql\ndata: {"a":1}\n\n', [{ name: 'sql', data: '{"a":1}' }]],
    ['an event without a name', 'data: x\n\n', [{ name: 'message', data: 'x' }]],
    ['CR LF line ends', 'event: a\r\ndata: 1\r\n\r\n', [{ name: 'a', data: '1' }]],
    ['CR line ends', 'event: a\rdata: 1\r\r', [{ name: 'a', data: '1' }]],
    ['several data lines', 'data: 1\ndata: 2\ndata\n\n', [{ name: 'message', data: '1\n2\n' }]],
    ['no space after the colon', 'data:x\n\n', [{ name: 'message', data: 'x' }]],
    ['only the first space dropped', 'data:  x\n\n', [{ name: 'message', data: ' x' }]],
    ['a colon in the value', 'data: a:b\n\n', [{ name: 'message', data: 'a:b' }]],
    ['comments', ': hello\ndata: x\n:\n\n', [{ name: 'message', data: 'x' }]],
    ['other fields', 'id: 7\nretry: 10\nwhat: 1\ndata: x\n\n', [{ name: 'message', data: 'x' }]],
    ['a byte order mark', '\uFEFFdata: x\n\n', [{ name: 'message', data: 'x' }]],
    ['a name without data', 'event: a\n\ndata: x\n\n', [{ name: 'message', data: 'x' }]],
    ['an event cut off by the end', 'data: x\n\ndata: y\n', [{ name: 'message', data: 'x' }]],
    [
      'two events',
      'event: a\ndata: 1\n\nevent: b\ndata: 2\n\n',
      [
        { name: 'a', data: '1' },
        { name: 'b', data: '2' },
      ],
    ],
  ])('reads %s', (_, text, events) => {
    expect(parse(text)).toEqual(events);
  });

  it('takes a CR LF split between two pieces as one line end', () => {
    expect(parse('data: 1\r', '\ndata: 2\r', '\n\r', '\n')).toEqual([
      { name: 'message', data: '1\n2' },
    ]);
  });

  it('gives the same events however the text is cut', () => {
    const line = fc.constantFrom('event: a', 'data: é😀', 'data:', ': c', '', 'x', '\uFEFFdata: 1');
    const end = fc.constantFrom('\n', '\r\n', '\r');
    const text = fc
      .array(fc.tuple(line, end), { maxLength: 20 })
      .map((lines) => lines.map((parts) => parts.join('')).join(''));
    fc.assert(
      fc.property(text, fc.array(fc.nat({ max: 5 })), (whole, cuts) => {
        const parts: string[] = [];
        let at = 0;
        for (const cut of cuts) {
          parts.push(whole.slice(at, at + cut));
          at += cut;
        }
        parts.push(whole.slice(at));
        expect(parse(...parts)).toEqual(parse(whole));
      }),
    );
  });
});

describe('reading the events of a response body', () => {
  const body = (
    bytes: Uint8Array,
    size: number,
    onCancel?: () => void,
  ): ReadableStream<Uint8Array> => {
    let at = 0;
    return new ReadableStream<Uint8Array>({
      pull(controller) {
        if (at >= bytes.length) return controller.close();
        controller.enqueue(bytes.slice(at, at + size));
        at += size;
      },
      ...(onCancel ? { cancel: onCancel } : {}),
    });
  };

  it('joins characters whose bytes arrive apart', async () => {
    const bytes = new TextEncoder().encode('data: 鍵🔑\n\ndata: 2\n\n');
    const events: ServerEvent[] = [];
    for await (const event of readEventStream(body(bytes, 1))) events.push(event);
    expect(events.map(({ data }) => data)).toEqual(['鍵🔑', '2']);
  });

  it('cancels the stream when the reader stops early', async () => {
    let cancelled = false;
    const bytes = new TextEncoder().encode('data: 1\n\ndata: 2\n\ndata: 3\n\n');
    const stream = body(bytes, 9, () => {
      cancelled = true;
    });
    for await (const event of readEventStream(stream)) {
      expect(event.data).toBe('1');
      break;
    }
    expect(cancelled).toBe(true);
  });
});
