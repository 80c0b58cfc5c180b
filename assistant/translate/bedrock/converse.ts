import type {
  ContentBlock,
  ContentBlockDelta,
  ConverseStreamCommandInput,
  ConverseStreamOutput,
  ReasoningContentBlock,
} from '@aws-sdk/client-bedrock-runtime';
import type { BedrockApi } from './client.ts';
import { failureOf, ModelFailure } from './failure.ts';

/** Tokens of one request, or of several. Those of the cache are not among the input tokens. */
export interface Usage {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

/** The model calls a tool. `json` is its input as the model wrote it, which may be no JSON at all. */
export interface ToolUse {
  readonly id: string;
  readonly name: string;
  readonly json: string;
}

/** What the model wrote in one turn. */
export interface ModelTurn {
  readonly text: string;
  readonly toolUses: readonly ToolUse[];
  readonly stopReason: string;
  readonly usage: Usage;
  /** Milliseconds from the request to the end of the reply. */
  readonly latencyMs: number;
  /** The same, to be sent back when the conversation goes on: thoughts must come back as they were. */
  readonly content: readonly ContentBlock[];
}

export interface ConverseOptions {
  readonly timeoutMs: number;
  /** Breaks the request off when the caller is gone. */
  readonly signal?: AbortSignal | undefined;
  /** Is told the text as it arrives. Of a reply that fails halfway, some was told already. */
  readonly onText?: ((delta: string) => void) | undefined;
}

/**
 * One turn of the model by ConverseStream (Amazon Bedrock API reference). Throws {@link ModelFailure},
 * or the reason of the signal when the caller is gone.
 */
export async function converse(
  api: Pick<BedrockApi, 'converseStream'>,
  input: ConverseStreamCommandInput,
  { timeoutMs, signal, onText }: ConverseOptions,
): Promise<ModelTurn> {
  signal?.throwIfAborted();
  const started = performance.now();
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), timeoutMs);
  const stop = signal ? AbortSignal.any([signal, late.signal]) : late.signal;
  const reply = new Reply();
  let begun = false;
  try {
    const stream = await unlessAborted(api.converseStream(input, stop), stop);
    if (!stream) throw new ModelFailure('STREAM_CUT', 'The reply has no stream');
    begun = true;
    const events = stream[Symbol.asyncIterator]();
    for (;;) {
      const { done, value } = await unlessAborted(events.next(), stop);
      if (done) break;
      reply.add(value, onText);
    }
    return reply.turn(performance.now() - started);
  } catch (error) {
    signal?.throwIfAborted();
    if (late.signal.aborted)
      throw new ModelFailure('TIMEOUT', `No whole reply within ${timeoutMs} ms`);
    // What is left of the reply is not waited for.
    late.abort();
    throw failureOf(error, begun);
  } finally {
    clearTimeout(timer);
  }
}

/** A promise, or the abortion of the signal, whichever is first. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** A block of the reply while it grows. */
interface Growing {
  readonly tool?: { readonly id: string; readonly name: string };
  text: string;
  json: string;
  thought: string;
  signature?: string;
  redacted?: Uint8Array;
}

/** The reply as its events put it together. */
class Reply {
  readonly #blocks = new Map<number, Growing>();
  #stopReason: string | undefined;
  #usage: Usage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };

  add(event: ConverseStreamOutput, onText: ((delta: string) => void) | undefined): void {
    const { contentBlockStart, contentBlockDelta, messageStop, metadata } = event;
    if (contentBlockStart) {
      const { toolUseId, name } = contentBlockStart.start?.toolUse ?? {};
      const tool = toolUseId && name ? { tool: { id: toolUseId, name } } : {};
      this.#blocks.set(contentBlockStart.contentBlockIndex ?? 0, { ...empty(), ...tool });
    }
    if (contentBlockDelta?.delta) {
      const at = contentBlockDelta.contentBlockIndex ?? 0;
      const block = this.#blocks.get(at) ?? empty();
      this.#blocks.set(at, block);
      grow(block, contentBlockDelta.delta);
      if (contentBlockDelta.delta.text) onText?.(contentBlockDelta.delta.text);
    }
    if (messageStop) this.#stopReason = messageStop.stopReason ?? '';
    if (metadata?.usage) {
      const { inputTokens, outputTokens, cacheReadInputTokens, cacheWriteInputTokens } =
        metadata.usage;
      this.#usage = {
        input: inputTokens ?? 0,
        output: outputTokens ?? 0,
        cacheRead: cacheReadInputTokens ?? 0,
        cacheWrite: cacheWriteInputTokens ?? 0,
      };
    }
  }

  turn(latencyMs: number): ModelTurn {
    if (this.#stopReason === undefined)
      throw new ModelFailure('STREAM_CUT', 'The reply ended before its end was told');
    const blocks = [...this.#blocks.entries()].sort(([a], [b]) => a - b).map(([, b]) => b);
    return {
      text: blocks.map((b) => b.text).join(''),
      toolUses: blocks.flatMap(({ tool, json }) => (tool ? [{ ...tool, json }] : [])),
      stopReason: this.#stopReason,
      usage: this.#usage,
      latencyMs: Math.round(latencyMs),
      content: blocks.flatMap(contentOf),
    };
  }
}

const empty = (): Growing => ({ text: '', json: '', thought: '' });

function grow(block: Growing, delta: ContentBlockDelta): void {
  block.text += delta.text ?? '';
  block.json += delta.toolUse?.input ?? '';
  const thought = delta.reasoningContent;
  block.thought += thought?.text ?? '';
  if (thought?.signature !== undefined) block.signature = thought.signature;
  if (thought?.redactedContent !== undefined) block.redacted = thought.redactedContent;
}

function contentOf(block: Growing): readonly ContentBlock[] {
  if (block.tool) {
    const { id, name } = block.tool;
    return [{ toolUse: { toolUseId: id, name, input: objectOf(block.json) } }];
  }
  const thought = thoughtOf(block);
  if (thought) return [{ reasoningContent: thought }];
  // An empty text is refused when it is sent back.
  return block.text.trim() === '' ? [] : [{ text: block.text }];
}

function thoughtOf({ thought, signature, redacted }: Growing): ReasoningContentBlock | null {
  if (redacted) return { redactedContent: redacted };
  if (thought === '' && signature === undefined) return null;
  return { reasoningText: { text: thought, ...(signature === undefined ? {} : { signature }) } };
}

type Json = NonNullable<NonNullable<ContentBlock['toolUse']>['input']>;

/** The input of a tool as it is sent back; what is no JSON object is sent back empty. */
function objectOf(json: string): Json {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Json)
      : {};
  } catch {
    return {};
  }
}
