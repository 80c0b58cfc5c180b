import type { ReplyEvent, Step } from './converse-server.ts';

/** What a model says, in the events of ConverseStream. */

export interface Tokens {
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly cacheReadInputTokens?: number;
  readonly cacheWriteInputTokens?: number;
}

/** A text in two pieces, as it would arrive. */
export function saying(text: string, at = 0): readonly ReplyEvent[] {
  const middle = Math.ceil(text.length / 2);
  return [
    ...[text.slice(0, middle), text.slice(middle)].map(
      (piece) =>
        ['contentBlockDelta', { contentBlockIndex: at, delta: { text: piece } }] as ReplyEvent,
    ),
    ['contentBlockStop', { contentBlockIndex: at }],
  ];
}

/** The call of a tool, its input in pieces; a text stands for an input that is no JSON. */
export function calling(
  name: string,
  input: unknown,
  at = 1,
  id = `use-${at}`,
): readonly ReplyEvent[] {
  const json = typeof input === 'string' ? input : JSON.stringify(input);
  const pieces = json.match(/.{1,20}/gs) ?? [];
  return [
    ['contentBlockStart', { contentBlockIndex: at, start: { toolUse: { toolUseId: id, name } } }],
    ...pieces.map(
      (piece) =>
        [
          'contentBlockDelta',
          { contentBlockIndex: at, delta: { toolUse: { input: piece } } },
        ] as ReplyEvent,
    ),
    ['contentBlockStop', { contentBlockIndex: at }],
  ];
}

/** A whole reply. */
export function reply(
  blocks: readonly (readonly ReplyEvent[])[],
  stopReason = 'tool_use',
  tokens: Tokens = {},
): Step {
  const usage = { inputTokens: 100, outputTokens: 10, totalTokens: 110, ...tokens };
  return {
    events: [
      ['messageStart', { role: 'assistant' }],
      ...blocks.flat(),
      ['messageStop', { stopReason }],
      ['metadata', { usage, metrics: { latencyMs: 5 } }],
    ],
  };
}

export const runSql = (sql: string, interpretation = 'The keys in eu-west-1', tokens?: Tokens) =>
  reply([calling('run_sql', { sql, interpretation })], 'tool_use', tokens);

export const lookUp = (kind: string, text: string) =>
  reply([calling('look_up_values', { kind, text })]);

export const GOOD_SQL =
  "SELECT key_id, account_id, region, key_arn FROM kms_keys WHERE region = 'eu-west-1'";
