import type { Answer, Answered } from '../answer/answer.ts';
import { covers } from '../answer/store.ts';
import { ask } from '../ask.ts';
import type { AccountScope, Assistant } from '../assistant.ts';
import type { ExportKind } from '../audit/audit.ts';
import { recordExport } from '../audit/export.ts';
import { DataFolderError } from '../engine/duckdb/data-folder.ts';
import { EngineError } from '../engine/engine.ts';
import { readStatus } from '../server/status.ts';
import { type LanguageCode, languageOf } from '../translate/language.ts';
import { type AccessRule, audienceScopes, type Caller, scopeOf } from './access.ts';
import { answerMessage, languageOfAnswer, notice, sharedMessage } from './answer-message.ts';
import type { SlackConversations } from './conversations.ts';
import type { Job } from './job.ts';
import { labels } from './labels.ts';
import type { Message } from './message.ts';
import { csvMessage, sqlMessage, statusMessage } from './messages.ts';
import {
  type Delivery,
  openResponseUrl,
  type ResponseUrl,
  type ResponseUrlOptions,
} from './response-url.ts';
import type { Undelivered } from './undelivered.ts';

const PATIENCE_MS = 2_000;

/** What the work of Slack is done with, in the process that answers or in another. */
export interface Workshop {
  readonly assistant: Assistant;
  readonly rules: readonly AccessRule[];
  readonly conversations: SlackConversations;
  readonly undelivered: Undelivered;
  readonly responses: ResponseUrlOptions;
  readonly webUrl: string | null;
  readonly timeZone: string;
  readonly log: (message: string, details: Record<string, unknown>) => void;
}

/** Does what a command or a pressed button asks for, and sends what comes of it. Never throws. */
export async function runJob(job: Job, workshop: Workshop): Promise<void> {
  try {
    const { rules, responses } = workshop;
    const response = openResponseUrl(job.responseUrl, new Date(job.receivedAt), responses);
    const accountScope = scopeOf(rules, job.caller);
    if (accountScope === undefined) return;
    const work = { ...workshop, response, accountScope };
    const delivery = await perform(job, work).catch((error: unknown) => tell(error, job, work));
    if (delivery === 'delivered') return;
    workshop.log('Slack did not take a message', { kind: job.kind, ...job.caller, delivery });
    if (job.kind === 'ask') await workshop.undelivered.add(job.caller, job.question);
  } catch (error) {
    workshop.log('work for Slack failed', { kind: job.kind, error: stackOf(error) });
  }
}

interface Work extends Workshop {
  readonly response: ResponseUrl;
  readonly accountScope: AccountScope;
}

function perform(job: Job, work: Work): Promise<Delivery> {
  switch (job.kind) {
    case 'ask':
      return answerQuestion(job, work);
    case 'status':
      return tellStatus(job.language, work);
    case 'sql':
      return ofAnswer(job.answerId, work, async (answer) => {
        await recorded(answer, 'sql', job.caller, work);
        return work.response.send(sqlMessage(answer));
      });
    case 'csv':
      return ofAnswer(job.answerId, work, async (answer) => {
        await recorded(answer, 'csv', job.caller, work);
        return work.response.send(csvMessage(answer));
      });
    case 'share':
      return ofAnswer(job.answerId, work, (answer) => share(answer, job.caller, work));
  }
}

async function answerQuestion(job: Job & { kind: 'ask' }, work: Work): Promise<Delivery> {
  const { assistant, conversations, response, accountScope } = work;
  const { caller, question } = job;
  const language = languageOf(question, 'en');
  const from = await conversations.find(caller, job.after);
  if (!from) return response.send(notice(labels[language].contextGone));
  // Slack takes no answer after that, so none is looked for any longer.
  if (response.timeLeft() <= 0) return 'gone';
  const asking = assistant.dependencies(accountScope).then((dependencies) =>
    ask(
      {
        question,
        conversation: from.turns,
        timeZone: work.timeZone,
        ...nameOf(caller),
        signal: AbortSignal.timeout(Math.max(response.timeLeft(), 1)),
      },
      dependencies,
    ),
  );
  // A command was acknowledged with words; of a pressed button nothing is seen as long as it takes.
  const isPress = job.after !== 'latest';
  const { answer, turn } = isPress
    ? await withPatience(asking, () => response.send(notice(labels[language].working)))
    : await asking;
  if (answer.status !== 'error') await assistant.answers.save(answer, accountScope);
  if (turn) await conversations.add(caller, from, answer.id, turn);
  const around = {
    webUrl: work.webUrl,
    after: from.answerId,
    shareable: isShareable(caller, accountScope, work),
  };
  return sendOrPlain(response, language, (plain) => answerMessage(answer, around, plain));
}

/** Says something when it takes a while. */
async function withPatience<T>(work: Promise<T>, say: () => Promise<unknown>): Promise<T> {
  let saying: Promise<unknown> | undefined;
  const timer = setTimeout(() => {
    saying = say();
  }, PATIENCE_MS);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    await saying;
  }
}

async function tellStatus(
  language: LanguageCode,
  { assistant, accountScope, response }: Work,
): Promise<Delivery> {
  const dependencies = await assistant.dependencies(accountScope);
  const status = await readStatus(dependencies);
  return response.send(statusMessage(status, dependencies.coverage.text[language], language));
}

/** With an answer that the caller may see, whose kind can be shown. */
async function ofAnswer(
  id: string,
  { assistant, accountScope, response }: Work,
  send: (answer: Answered) => Promise<Delivery>,
): Promise<Delivery> {
  const answer: Answer | undefined = await assistant.answers.load(id, accountScope);
  if (answer?.status === 'answered') return send(answer);
  // In which language it was is not known any more.
  return response.send(notice(labels.en.answerGone, labels.ja.answerGone));
}

/** How the audit log names a caller. */
const nameOf = ({ team, user }: Caller) => ({ user: `${team}/${user}`, face: 'slack' as const });

async function recorded(
  answer: Answered,
  exported: ExportKind,
  caller: Caller,
  { assistant, accountScope }: Work,
): Promise<void> {
  const dependencies = await assistant.dependencies(accountScope);
  await recordExport(answer, exported, nameOf(caller), dependencies);
}

/** Sends an answer to the channel, where everyone who may be in it may see all that it may speak of. */
async function share(answer: Answered, caller: Caller, work: Work): Promise<Delivery> {
  const { assistant, rules, response, webUrl } = work;
  const language = languageOfAnswer(answer);
  const audience = audienceScopes(rules, caller) ?? [];
  const loaded = await Promise.all(audience.map((s) => assistant.answers.load(answer.id, s)));
  if (loaded.length === 0 || loaded.includes(undefined)) {
    return response.send(notice(labels[language].notShareable));
  }
  await recorded(answer, 'shared', caller, work);
  return sendOrPlain(response, language, (plain) =>
    sharedMessage(answer, caller.user, webUrl, plain),
  );
}

const isShareable = (caller: Caller, made: AccountScope, { rules }: Work): boolean =>
  audienceScopes(rules, caller)?.every((scope) => covers(scope, made)) ?? false;

/** When Slack does not take a message, one that asks less of it is sent. */
async function sendOrPlain(
  response: ResponseUrl,
  language: LanguageCode,
  message: (plain: boolean) => Message,
): Promise<Delivery> {
  const first = await response.send(message(false));
  if (first !== 'refused') return first;
  const second = await response.send(message(true));
  return second === 'refused' ? response.send(notice(labels[language].notShown)) : second;
}

/** Tells what went wrong: what the caller can mend with the fix, all else in the log alone. */
function tell(error: unknown, job: Job, { response, log }: Work): Promise<Delivery> {
  if (error instanceof DataFolderError || error instanceof EngineError) {
    log('Slack was not answered', { kind: job.kind, code: error.code, error: error.message });
    return response.send(notice(error.message, error.hint));
  }
  log('work for Slack failed', { kind: job.kind, error: stackOf(error) });
  const language = job.kind === 'ask' ? languageOf(job.question, 'en') : 'en';
  return response.send(notice(labels[language].failed));
}

const stackOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
