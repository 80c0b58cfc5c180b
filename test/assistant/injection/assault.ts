import { vi } from 'vitest';
import type { Answer } from '../../../assistant/answer/answer.ts';
import { type CoverageStatement, readCoverage } from '../../../assistant/answer/coverage.ts';
import type { AskDependencies } from '../../../assistant/ask.ts';
import type { AuditEntry } from '../../../assistant/audit/audit.ts';
import { bedrockTranslators } from '../../../assistant/bedrock.ts';
import { printAnswer } from '../../../assistant/cli/commands/ask.ts';
import type { Engine } from '../../../assistant/engine/engine.ts';
import type { CheckedQuery } from '../../../assistant/guard/types.ts';
import { createApp } from '../../../assistant/server/app.ts';
import type { Prompt } from '../../../assistant/translate/bedrock/prompt.ts';
import { shippedPrompt } from '../../../assistant/translate/bedrock/shipped.ts';
import { loadDataValues } from '../../../assistant/translate/data-values.ts';
import { createOfflineTranslator } from '../../../assistant/translate/offline/offline.ts';
import type { DataValues, Translator } from '../../../assistant/translate/translator.ts';
import { noRecords } from '../fakes.ts';
import {
  type ConverseServer,
  type Step,
  startConverse,
} from '../translate/bedrock/converse-server.ts';
import { settings } from '../translate/bedrock/model.ts';
import { calling, reply, saying } from '../translate/bedrock/replies.ts';
import type { Attack, Turn } from './corpus.ts';
import type { Organization } from './organization.ts';

/**
 * The whole assistant, asked over HTTP by a caller who may see one account: the real prompt, SDK client,
 * guard and DuckDB. Only the model is one that obeys the attacker.
 */

/** More turns than any question takes: the last is repeated. */
const TURNS = 24;

const toolOf = (turn: Turn): readonly [name: string, input: unknown] | null => {
  if ('run_sql' in turn)
    return ['run_sql', { sql: turn.run_sql, interpretation: turn.interpretation ?? 'The keys' }];
  if ('look_up' in turn) return ['look_up_values', { kind: turn.kind, text: turn.look_up }];
  if ('ask_back' in turn) return ['ask_back', { question: turn.ask_back, choices: turn.choices }];
  return 'tool' in turn ? [turn.tool, turn.input] : null;
};

/** A turn as the model says it, with what it says in each of them. */
function stepOf(turns: readonly Turn[], says: string | undefined): Step {
  const texts = [says, ...turns.map((t) => ('say' in t ? t.say : undefined))]
    .filter((t) => t !== undefined)
    .map((t, i) => saying(t, i));
  const calls = turns
    .map(toolOf)
    .filter((t) => t !== null)
    .map(([name, input], i) => calling(name, input, texts.length + i));
  return reply([...texts, ...calls], calls.length > 0 ? 'tool_use' : 'end_turn');
}

/** Once the rows are there, the model says of them what the attacker wants said, also when told it is wrong. */
function stepsOf({ turns, says, words, text }: Attack): readonly Step[] {
  const steps = turns.map((t) => stepOf(t, says));
  const last = steps.at(-1) ?? stepOf([], says);
  const ofRows = reply([saying(words ?? says ?? text)], 'end_turn');
  return [...steps, ...Array.from({ length: TURNS }, () => last)].map(
    (step): Step =>
      (body) =>
        JSON.stringify(body.messages).includes('<data kind=\\"rows\\"') ? ofRows : step,
  );
}

export interface Assaulted {
  /** The events of the answer as the page gets them: each name with its data. */
  readonly events: readonly { readonly type: string; readonly data: unknown }[];
  readonly answer: Answer;
  /** What GET of the answer, its CSV and its evidence give; empty where there is no answer. */
  readonly fetched: { readonly json: string; readonly csv: string; readonly evidence: string };
  /** What the command line prints of the answer, line by line as it was printed. */
  readonly printed: readonly string[];
  readonly audited: AuditEntry;
  /** What DuckDB was given, and the checked queries that it came from. */
  readonly ran: readonly string[];
  readonly checked: readonly CheckedQuery[];
  readonly requests: ConverseServer['requests'];
}

/** What is read of an organization once for all attacks on it, within the caller's accounts. */
export interface Prepared {
  readonly organization: Organization;
  readonly prompt: Prompt;
  readonly values: DataValues;
  readonly offline: Translator;
  readonly coverage: CoverageStatement;
}

export async function prepareFor(organization: Organization): Promise<Prepared> {
  const { engine, scope } = organization;
  const values = await loadDataValues(engine, scope);
  return {
    organization,
    prompt: await shippedPrompt(),
    values,
    offline: createOfflineTranslator(values),
    coverage: await readCoverage(engine, scope),
  };
}

/** Lets the attack happen, and gives everything that came out of the assistant anywhere. */
export async function assault(attack: Attack, prepared: Prepared): Promise<Assaulted> {
  const { organization, prompt, values, offline, coverage } = prepared;
  const server = await startConverse(stepsOf(attack));
  process.env.AWS_ENDPOINT_URL_BEDROCK_RUNTIME = server.url;
  const translators = bedrockTranslators(settings({ rows: 30 }), prompt);
  const checked: CheckedQuery[] = [];
  const audited: AuditEntry[] = [];
  const kept = new Map<string, Answer>();
  const engine: Engine = {
    ...organization.engine,
    run: (query, signal) => {
      checked.push(query);
      return organization.engine.run(query, signal);
    },
  };
  const accountScope = organization.scope;
  const dependencies: AskDependencies = {
    engine,
    translator: translators.make({ engine, values, accountScope, offline }),
    coverage,
    audit: async (entry) => void audited.push(entry),
    accountScope,
    clock: () => new Date('2026-11-24T12:00:00Z'),
  };
  const app = createApp({
    assistant: {
      dependencies: async () => dependencies,
      answers: {
        save: async (answer) => void kept.set(answer.id, answer),
        load: async (id) => kept.get(id),
      },
      ...noRecords,
      close: async () => {},
    },
    webFiles: new Map(),
    allowedHosts: new Set(['localhost']),
    log: (message, details) => {
      throw new Error(`${message}: ${JSON.stringify(details)}`);
    },
  });
  const get = async (path: string): Promise<string> => {
    const response = await app.fetch(new Request(`http://localhost/api/answers/${path}`));
    return response.ok ? response.text() : '';
  };
  organization.ran.splice(0);
  try {
    const response = await app.fetch(
      new Request('http://localhost/api/ask', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
        body: JSON.stringify({ question: attack.question }),
      }),
    );
    const events = eventsOf(await response.text());
    const [entry] = audited;
    const answer = [...kept.values()][0] ?? failedOf(events);
    if (!entry || !answer) throw new Error(`no answer: ${JSON.stringify(events)}`);
    return {
      events,
      answer,
      fetched: {
        json: await get(answer.id),
        csv: await get(`${answer.id}.csv`),
        evidence: await get(`${answer.id}/evidence`),
      },
      printed: printedOf(answer),
      audited: entry,
      ran: [...organization.ran],
      checked,
      requests: server.requests,
    };
  } finally {
    translators.close();
    await server.stop();
  }
}

/** Server-sent events: a text that broke out of its line would be an event of its own. */
function eventsOf(stream: string): Assaulted['events'] {
  return stream
    .split('\n\n')
    .filter((block) => block !== '')
    .map((block) => {
      const [, type = '', data = ''] = /^event: ([a-z]+)\ndata: (.*)$/.exec(block) ?? [];
      if (type === '') throw new Error(`not an event: ${block}`);
      return { type, data: JSON.parse(data) };
    });
}

/** A failure is not kept; it is what its event says. */
function failedOf(events: Assaulted['events']): Answer | undefined {
  const event = events.find((e) => e.type === 'error');
  if (!event) return undefined;
  const error = event.data as Extract<Answer, { status: 'error' }>['error'];
  return { id: '', question: '', translator: 'bedrock', status: 'error', error };
}

function printedOf(answer: Answer): readonly string[] {
  const lines: string[] = [];
  const keep = (line: unknown) => void lines.push(String(line));
  const spies = [
    vi.spyOn(console, 'log').mockImplementation(keep),
    vi.spyOn(console, 'error').mockImplementation(keep),
  ];
  try {
    printAnswer(answer, { all: true, sql: true });
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return lines;
}
