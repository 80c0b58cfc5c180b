import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { S3Client } from '@aws-sdk/client-s3';
import { pino } from 'pino';
import { s3AnswerStore } from '../answer/s3-store.ts';
import {
  type Assistant,
  type MakeTranslator,
  offlineAlone,
  openedMeanwhile,
} from '../assistant.ts';
import { openAthenaAssistant } from '../athena.ts';
import { readAccess } from '../auth/access.ts';
import { readAuthSettings } from '../auth/settings.ts';
import { openSignIn } from '../auth/sign-in.ts';
import { tableAudit, tableAuditLog, tableFeedback } from '../dynamodb/audit-table.ts';
import { tableCounter, tableTurns, tableVault } from '../dynamodb/session-state.ts';
import { tableConversations, tableReplays, tableUndelivered } from '../dynamodb/slack-state.ts';
import { dynamoTable, type Table } from '../dynamodb/table.ts';
import { readAthenaSettings } from '../engine/athena/settings.ts';
import { s3Readings } from '../kept-readings.ts';
import type { Records } from '../records.ts';
import type { AppOptions } from '../server/app.ts';
import { readQuickSightSettings } from '../server/quicksight-settings.ts';
import { readWebFiles } from '../server/web-files.ts';
import { readAccess as readSlackAccess } from '../slack/access.ts';
import type { Workshop } from '../slack/run-job.ts';
import { readSlackSettings } from '../slack/settings.ts';
import { routesOf, type SlackOptions, type SlackState, workshopOf } from '../slack/slack.ts';
import { readBedrockSettings } from '../translate/bedrock/settings.ts';
import { handOverTo } from './hand-over.ts';
import { tellingOutcomes } from './outcomes.ts';
import { type DeployedSettings, readDeployedSettings } from './settings.ts';

/** A deployed assistant: Athena, records in DynamoDB and S3, people that sign in. */

const logger = pino({ name: 'kms-insights' });
export const log = (message: string, details: Record<string, unknown>) =>
  logger.info(details, message);
const clock = () => new Date();

/** What a setting is, or an error that names the one at fault. */
function must<T>(
  read:
    | { readonly ok: true; readonly settings: T }
    | { readonly ok: false; readonly message: string },
): T {
  if (read.ok) return read.settings;
  throw new Error(`The function is not configured: ${read.message}`);
}

interface Deployed {
  readonly settings: DeployedSettings;
  readonly assistant: Assistant;
  readonly state: Table;
}

async function openDeployed(env: Readonly<Record<string, string | undefined>>): Promise<Deployed> {
  const settings = await readDeployedSettings(env);
  const { stateTable, auditTable, answersBucket, auditDays } = settings;
  const audit = dynamoTable(auditTable, clock);
  const s3 = new S3Client({});
  const bucket = answersBucket;
  const records: Records = {
    audit: tellingOutcomes(tableAudit(audit, auditDays), log),
    auditLog: tableAuditLog(audit, auditDays, clock),
    feedback: tableFeedback(audit, auditDays),
    answers: s3AnswerStore(s3, { bucket }),
  };
  const athena = must(readAthenaSettings(settings.env));
  const makeTranslator = await translatorOf(settings.env);
  const kept = s3Readings(s3, { bucket, codeId: await codeId(), log });
  // Slack waits three seconds for an acknowledgement, and Athena may take longer for a query.
  const assistant = openedMeanwhile(records, () =>
    openAthenaAssistant(records, athena, undefined, makeTranslator, kept),
  );
  return { settings, assistant, state: dynamoTable(stateTable, clock) };
}

/** Tells the code that runs from that of another deployment: a hash of its file. */
const codeId = async () =>
  createHash('sha256')
    .update(await readFile(fileURLToPath(import.meta.url)))
    .digest('hex');

/** The model that is configured, with the offline translator behind it; else that alone. */
async function translatorOf(env: DeployedSettings['env']): Promise<MakeTranslator> {
  if (env.KMS_INSIGHTS_TRANSLATOR !== 'bedrock') return offlineAlone;
  const settings = must(readBedrockSettings(env));
  const [{ bedrockTranslators }, { shippedPrompt }] = await Promise.all([
    import('../bedrock.ts'),
    import('../translate/bedrock/shipped.ts'),
  ]);
  return bedrockTranslators(settings, await shippedPrompt()).make;
}

async function slackOf({ env }: DeployedSettings): Promise<SlackOptions | null> {
  const settings = must(readSlackSettings(env));
  if (!settings) return null;
  const access = readSlackAccess(await readFile(settings.access, 'utf8'));
  if (!access.ok) throw new Error(`${settings.access}: ${access.message}`);
  return { settings, rules: access.rules, log, clock };
}

const slackState = (table: Table): SlackState => ({
  conversations: tableConversations(table, clock),
  replays: tableReplays(table, clock),
  undelivered: tableUndelivered(table, clock),
});

export interface DeployedApp {
  readonly options: AppOptions;
  /** The address under which people open the page. */
  readonly publicUrl: string;
}

/** What the function behind the page serves. Nobody is let in who has not signed in. */
export async function openDeployedApp(
  env: Readonly<Record<string, string | undefined>>,
  webFolder: string,
): Promise<DeployedApp> {
  const { settings, assistant, state } = await openDeployed(env);
  const auth = must(readAuthSettings(settings.env));
  if (!auth) throw new Error('The function is not configured: nobody could sign in');
  const access = readAccess(await readFile(auth.access, 'utf8'));
  if (!access.ok) throw new Error(`${auth.access}: ${access.message}`);
  const signIn = openSignIn({
    settings: auth,
    access: access.access,
    assistant,
    log,
    clock,
    vault: tableVault(state),
    counter: tableCounter(state),
  });
  const slack = await slackOf(settings);
  const { slackWorkFunction } = settings;
  if (slack && !slackWorkFunction)
    throw new Error('The function that works for Slack is not named');
  const quickSight = must(readQuickSightSettings(settings.env));
  return {
    publicUrl: auth.publicUrl,
    options: {
      assistant,
      webFiles: await readWebFiles(webFolder),
      allowedHosts: new Set([new URL(auth.publicUrl).hostname]),
      log,
      gate: signIn.gate,
      rateLimit: signIn.rateLimit,
      conversations: tableTurns(state, clock),
      ...(slack && slackWorkFunction
        ? { slack: routesOf(slack, slackState(state), handOverTo(slackWorkFunction).handOver) }
        : {}),
      ...(quickSight
        ? { quickSight: (await import('../server/quicksight.ts')).openQuickSight(quickSight) }
        : {}),
    },
  };
}

/** What the function does its work for Slack with. */
export async function openDeployedWorkshop(
  env: Readonly<Record<string, string | undefined>>,
): Promise<Workshop> {
  const { settings, assistant, state } = await openDeployed(env);
  const slack = await slackOf(settings);
  if (!slack) throw new Error('The function is not configured: Slack is off');
  return workshopOf(slack, slackState(state), assistant);
}
