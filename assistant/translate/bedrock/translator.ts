import { setTimeout as wait } from 'node:timers/promises';
import type { Message, ToolResultBlock } from '@aws-sdk/client-bedrock-runtime';
import { type LanguageCode, languageOf } from '../language.ts';
import type { TranslateRequest, Translation, Translator } from '../translator.ts';
import type { BedrockApi } from './client.ts';
import { converse, type ModelTurn, type ToolUse } from './converse.ts';
import { dataBlock } from './data-block.ts';
import { failureOfStop, ModelFailure } from './failure.ts';
import { fallbackNote, guardrailNote, withNote } from './fallback.ts';
import { plainText } from './plain-text.ts';
import { presentationOf } from './presentation.ts';
import type { Prompt } from './prompt.ts';
import { promptHash, requestFor, requestOf } from './request.ts';
import { withRetries } from './retry.ts';
import type { BedrockSettings } from './settings.ts';
import { readToolUse, type ToolCall } from './tools.ts';
import type { Trial } from './trial.ts';
import { UsageAccount } from './usage-account.ts';
import type { ValueFinder } from './value-finder.ts';

/** So often the model may mend what it wrote. */
const MOST_REPAIRS = 3;
/** So often it may look values up. */
const MOST_LOOK_UPS = 6;
/** So many turns there are in all. */
const MOST_TURNS = 12;

export interface BedrockParts {
  readonly api: Pick<BedrockApi, 'converseStream'>;
  readonly settings: BedrockSettings;
  readonly prompt: Prompt;
  readonly trial: Trial;
  readonly findValues: ValueFinder;
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
 * it is told to the model, at most three times. Whatever the model wrote is as untrusted as what anyone
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

  const sender = (request: TranslateRequest, usage: UsageAccount): Send => {
    const { signal } = request;
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
        const translation = await converseToQuery(request, language, sender(request, usage), parts);
        return { ...translation, model: usage.use(null) };
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

/** The state of a turn that this translator made; the offline translator cannot go on from it. */
const OWN_STATE = { by: 'bedrock' } as const;

const isOwnState = (state: unknown): boolean =>
  typeof state === 'object' && state !== null && 'by' in state && state.by === OWN_STATE.by;

/** What came of a tool: the end of the conversation, or what is told to the model. */
type Done = { readonly done: Translation };
type Told = {
  readonly text: string;
  /** The model wrote something wrong, which counts as one of its repairs. */
  readonly failure?: ModelFailure;
};

/** Talks with the model until there is a query or a question back. Throws {@link ModelFailure}. */
async function converseToQuery(
  request: TranslateRequest,
  language: LanguageCode,
  send: Send,
  parts: BedrockParts,
): Promise<Translation> {
  const messages: Message[] = [
    ...(requestFor(parts.prompt, parts.settings, request).messages ?? []),
  ];
  const tools = toolsOf(request, language, parts);
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
    const results: ToolResultBlock[] = [];
    let wrong: ModelFailure | undefined;
    for (const { use, told } of await tools(turn.toolUses)) {
      if ('done' in told) return told.done;
      wrong ??= told.failure;
      const status = told.failure ? 'error' : 'success';
      results.push({ toolUseId: use.id, content: [{ text: told.text }], status });
    }
    if (wrong) countRepair(wrong);
    messages.push(
      { role: 'assistant', content: [...turn.content] },
      { role: 'user', content: results.map((toolResult) => ({ toolResult })) },
    );
  }
  throw new ModelFailure('TOO_MANY_TURNS', `No query within ${MOST_TURNS} turns`);
}

type ToolOutcome = { readonly use: ToolUse; readonly told: Done | Told };

/** What the tools do, for one question. */
function toolsOf(request: TranslateRequest, language: LanguageCode, parts: BedrockParts) {
  const { prompt, trial, findValues } = parts;
  const { remarks } = prompt;
  let lookUps = 0;
  let emptyQuery: string | null = null;

  const runSql = async ({ sql, interpretation }: CallOf<'run_sql'>): Promise<Done | Told> => {
    const checked = trial.check(sql);
    if (!checked.ok) return mend('QUERY_REFUSED', checked.error, remarks.mendQuery);
    const preview = await trial.preview(sql, request.signal);
    if (preview.kind === 'failed') return mend('QUERY_FAILED', preview.error, remarks.mendQuery);
    const rows = preview.kind === 'rows' ? preview.rows : [];
    // No rows may be the answer, or a value that does not occur: the model says once more which.
    if (preview.kind === 'rows' && rows.length === 0 && emptyQuery !== checked.sql) {
      emptyQuery = checked.sql;
      return { text: remarks.noRows };
    }
    const understood = plainText(interpretation, 1_000);
    if (understood === '')
      return mend('MALFORMED_TOOL_INPUT', 'interpretation: has no words', remarks.mendQuery);
    const presentation = presentationOf(checked, rows, language);
    const isCut = checked.limit !== null && presentation.shape !== 'number';
    return {
      done: {
        kind: 'query',
        interpretation: understood,
        sql,
        presentation,
        state: OWN_STATE,
        followUps: [],
        notes: isCut ? [limitNote[language](checked.limit)] : [],
      },
    };
  };

  const lookUp = ({ kind, text }: CallOf<'look_up_values'>): Told => {
    lookUps += 1;
    if (lookUps > MOST_LOOK_UPS) return { text: remarks.enoughLookUps };
    const found = findValues(kind, text);
    return { text: found.length === 0 ? remarks.noValues : dataBlock(`values_of_${kind}`, found) };
  };

  const askBack = ({ question, choices }: CallOf<'ask_back'>): Done | Told => {
    const message = plainText(question, 500);
    if (message === '')
      return mend('MALFORMED_TOOL_INPUT', 'question: has no words', remarks.mendQuery);
    const offered = choices.map((choice) => plainText(choice, 300)).filter((c) => c !== '');
    return { done: { kind: 'clarify', message, choices: offered, unknownWords: [] } };
  };

  return async (uses: readonly ToolUse[]): Promise<readonly ToolOutcome[]> => {
    const read = uses.map((use) => ({ use, ...readOrTell(use) }));
    const called = (name: ToolCall['name']) => read.filter((r) => r.call?.name === name).length;
    const [queries, searches] = [called('run_sql'), called('look_up_values')];
    const outcomes: ToolOutcome[] = [];
    for (const { use, call, told } of read) {
      if (told) outcomes.push({ use, told });
      else if (call.name === 'ask_back') outcomes.push({ use, told: askBack(call.input) });
      else if (call.name === 'look_up_values') outcomes.push({ use, told: lookUp(call.input) });
      else if (queries > 1)
        outcomes.push({ use, told: mend('MALFORMED_TOOL_INPUT', remarks.oneQuery) });
      else if (searches > 0) outcomes.push({ use, told: { text: remarks.afterLookUp } });
      // Who asks back does not know yet what to query.
      else if (called('ask_back') > 0) outcomes.push({ use, told: { text: remarks.afterLookUp } });
      else outcomes.push({ use, told: await runSql(call.input) });
    }
    return outcomes;
  };
}

type CallOf<Name extends ToolCall['name']> = Extract<ToolCall, { name: Name }>['input'];

type Read =
  | { readonly call: ToolCall; readonly told?: never }
  | { readonly call?: never; readonly told: Told };

function readOrTell(use: ToolUse): Read {
  try {
    return { call: readToolUse(use) };
  } catch (error) {
    if (!(error instanceof ModelFailure)) throw error;
    return { told: { text: dataBlock('error', [error.message]), failure: error } };
  }
}

/** What is wrong, as data: the text of an engine may hold values that anyone wrote. */
function mend(code: ModelFailure['code'], error: string, remark = ''): Told {
  const text = `${dataBlock('error', [error], { block: 2_000, text: 1_500 })}\n${remark}`.trim();
  return { text, failure: new ModelFailure(code, error) };
}

const limitNote: Readonly<Record<LanguageCode, (rows: number) => string>> = {
  en: (rows) =>
    `The query asks for at most ${rows.toLocaleString('en-US')} rows; there may be more.`,
  ja: (rows) =>
    `クエリは最大${rows.toLocaleString('ja-JP')}行を求めています。ほかにもある可能性があります。`,
};
