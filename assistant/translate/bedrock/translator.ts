import { setTimeout as wait } from 'node:timers/promises';
import type { Message, ToolResultBlock } from '@aws-sdk/client-bedrock-runtime';
import { type LanguageCode, languageOf } from '../language.ts';
import type { TranslateRequest, Translation, Translator } from '../translator.ts';
import type { BedrockApi } from './client.ts';
import { converse, type ModelTurn } from './converse.ts';
import { failureOfStop, ModelFailure } from './failure.ts';
import { fallbackNote, guardrailNote, withNote } from './fallback.ts';
import { narratorOf, type Proposed } from './narrator.ts';
import { promptHash, requestFor, requestOf } from './request.ts';
import { withRetries } from './retry.ts';
import type { BedrockSettings } from './settings.ts';
import { isOwnState, type ToolOutcome, type ToolParts, toolsFor } from './tool-results.ts';
import { UsageAccount } from './usage-account.ts';
import { verifiedTranslation } from './verified-translation.ts';

/** So often the model may mend what it wrote. */
const MOST_REPAIRS = 3;
/** So many turns there are in all. */
const MOST_TURNS = 12;

export interface BedrockParts extends ToolParts {
  readonly api: Pick<BedrockApi, 'converseStream'>;
  readonly settings: BedrockSettings;
  /** What answers when the model cannot. */
  readonly offline: Translator;
  readonly sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<unknown>;
  readonly random?: () => number;
  /** Is told the model's text as it arrives. It is for no person to read. */
  readonly onText?: (delta: string) => void;
}

/**
 * A translator that asks a model of Amazon Bedrock. The model may look up values that occur in the data,
 * ask back, or propose a query, which is checked by the guard and tried by the engine; what is wrong with
 * it is told to the model, at most three times. When the query has run, the model is given the rows to put
 * them into words. A verified question that is asked word by word needs no model. Whatever the model wrote is as untrusted as what anyone
 * wrote: the query is guarded again before it is run, and its words are shown as plain text.
 *
 * When the model cannot be used, the offline translator answers, and the translation says so. Throws
 * when the caller is gone.
 */
export function createBedrockTranslator(parts: BedrockParts): Translator {
  const { settings, prompt } = parts;
  const asked = {
    modelId: settings.model,
    promptVersion: prompt.version,
    promptHash: promptHash(prompt),
  };
  // Whether the model takes a temperature is learned from its refusal, once.
  let temperature = settings.temperature;

  /** Sends until the time is up, which runs from now. */
  const sender = (signal: AbortSignal | undefined, usage: UsageAccount): Send => {
    const end = performance.now() + settings.totalSeconds * 1_000;
    const remainingMs = () => end - performance.now();
    const sleep = parts.sleep ?? ((ms: number) => wait(ms, undefined, signal ? { signal } : {}));
    const attempt = async (messages: readonly Message[]) => {
      const timeoutMs = Math.min(settings.requestSeconds * 1_000, remainingMs());
      if (timeoutMs <= 0) throw new ModelFailure('TIMEOUT', 'The time for the question is up');
      usage.sent();
      const input = requestOf(prompt, { ...settings, temperature }, messages);
      try {
        const turn = await converse(parts.api, input, { timeoutMs, signal, onText: parts.onText });
        usage.replied(turn);
        const stopped = failureOfStop(turn.stopReason);
        if (stopped) throw stopped;
        return turn;
      } catch (error) {
        if (error instanceof ModelFailure && error.code === 'TEMPERATURE') temperature = null;
        throw error;
      }
    };
    return (messages) =>
      withRetries(() => attempt(messages), {
        attempts: settings.attempts,
        remainingMs,
        sleep: async (ms) => void (await sleep(ms, signal)),
        random: parts.random ?? Math.random,
      });
  };

  return {
    name: 'bedrock',
    translate: async (request) => {
      const language = languageOf(request.question, request.language);
      const usage = new UsageAccount(asked);
      try {
        const verified = await verifiedTranslation(request, language, parts);
        if (verified) return verified;
        const send = sender(request.signal, usage);
        const { translation, proposed } = await converseToQuery(request, language, send, parts);
        const model = usage.use(null);
        if (translation.kind !== 'query' || !proposed || settings.rows === 0)
          return { ...translation, model };
        // The engine may take its time: the words have as much for themselves.
        const narrate = narratorOf(proposed, {
          prompt,
          rows: settings.rows,
          sender: (signal) => sender(signal, usage),
          usage,
        });
        return { ...translation, narrate, model };
      } catch (error) {
        request.signal?.throwIfAborted();
        if (!(error instanceof ModelFailure)) throw error;
        const model = usage.use(error.code);
        if (error.handling === 'tell')
          return {
            kind: 'declined',
            message: guardrailNote(language),
            unknownWords: [],
            nearest: [],
            model,
          };
        const last = request.conversation.at(-1);
        const note = fallbackNote(error.code, language, isOwnState(last?.state));
        return { ...withNote(await parts.offline.translate(request), note), model };
      }
    },
  };
}

type Send = (messages: readonly Message[]) => Promise<ModelTurn>;

/** What a conversation came to; with the turn that proposed the query, if it came to one. */
interface Conversed {
  readonly translation: Translation;
  readonly proposed: Proposed | null;
}

/** Talks with the model until there is a query or a question back. Throws {@link ModelFailure}. */
async function converseToQuery(
  request: TranslateRequest,
  language: LanguageCode,
  send: Send,
  parts: BedrockParts,
): Promise<Conversed> {
  const messages: Message[] = [
    ...(requestFor(parts.prompt, parts.settings, request).messages ?? []),
  ];
  const tools = toolsFor(request, language, parts);
  let repairs = 0;
  const countRepair = (failure: ModelFailure) => {
    repairs += 1;
    if (repairs > MOST_REPAIRS) throw failure;
  };
  for (let turns = 0; turns < MOST_TURNS; turns += 1) {
    const turn = await send(messages);
    if (turn.toolUses.length === 0) {
      const failure = new ModelFailure('NO_TOOL_CALL', 'The model called no tool');
      if (turn.content.length === 0) throw failure;
      countRepair(failure);
      messages.push(
        { role: 'assistant', content: [...turn.content] },
        { role: 'user', content: [{ text: parts.prompt.remarks.noTool }] },
      );
      continue;
    }
    const outcomes = await tools(turn.toolUses);
    const results = outcomes.flatMap(toolResultOf);
    for (const { use, told } of outcomes)
      if ('done' in told)
        return {
          translation: told.done,
          proposed: { messages, content: turn.content, id: use.id, others: results },
        };
    const wrong = outcomes.map(({ told }) => 'failure' in told && told.failure).find(Boolean);
    if (wrong) countRepair(wrong);
    messages.push(
      { role: 'assistant', content: [...turn.content] },
      { role: 'user', content: results.map((toolResult) => ({ toolResult })) },
    );
  }
  throw new ModelFailure('TOO_MANY_TURNS', `No query within ${MOST_TURNS} turns`);
}

/** What the model is told of a tool that it called; nothing yet where the tool ended the conversation. */
function toolResultOf({ use, told }: ToolOutcome): readonly ToolResultBlock[] {
  if ('done' in told) return [];
  const status = told.failure ? 'error' : 'success';
  return [{ toolUseId: use.id, content: [{ text: told.text }], status }];
}
