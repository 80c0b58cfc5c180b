import { createHash } from 'node:crypto';
import type {
  ContentBlock,
  ConverseStreamCommandInput,
  Message,
  SystemContentBlock,
} from '@aws-sdk/client-bedrock-runtime';
import type { TranslateRequest, Turn } from '../translator.ts';
import { dataBlock, visibleText } from './data-block.ts';
import type { Prompt } from './prompt.ts';
import type { BedrockSettings } from './settings.ts';
import { toolConfig } from './tools.ts';

/** So many questions before this one are told to the model, with their SQL. */
const EARLIER_TURNS = 3;

/** The most characters of all of them, and of one question or its SQL. */
const EARLIER_BUDGET = { block: 8_000, text: 2_000 };

/**
 * What every question is sent with: the rules, the schema card and the tools. The cache point stands
 * after the schema card; what stands before it is cached, the tools included, because Bedrock puts them
 * first ("Prompt caching" in the Amazon Bedrock user guide).
 */
function fixedPart(prompt: Prompt, { promptCache }: Pick<BedrockSettings, 'promptCache'>) {
  const system: SystemContentBlock[] = [{ text: prompt.rules }, { text: prompt.schemaCard }];
  if (promptCache) system.push({ cachePoint: { type: 'default' } });
  return { system, toolConfig: toolConfig(prompt.tools) };
}

/**
 * SHA-256 over all that a model may be told besides the question and the data: what every question is sent
 * with, the verified questions, and what is said in the course of the conversation. Another prompt has
 * another; comments and the layout of files change nothing.
 */
export function promptHash(prompt: Prompt): string {
  const { system, toolConfig: tools } = fixedPart(prompt, { promptCache: false });
  return createHash('sha256')
    .update(JSON.stringify([prompt.version, system, tools, prompt.source]))
    .digest('hex');
}

/** What is sent for a question before the model has said anything. */
export function requestFor(
  prompt: Prompt,
  settings: BedrockSettings,
  request: TranslateRequest,
): ConverseStreamCommandInput {
  return requestOf(prompt, settings, [{ role: 'user', content: questionContent(prompt, request) }]);
}

/** What is sent when the conversation has come so far. */
export function requestOf(
  prompt: Prompt,
  settings: BedrockSettings,
  messages: readonly Message[],
): ConverseStreamCommandInput {
  const { guardrail, temperature, maxTokens } = settings;
  return {
    modelId: settings.model,
    ...fixedPart(prompt, settings),
    messages: [...messages],
    inferenceConfig: { maxTokens, ...(temperature === null ? {} : { temperature }) },
    ...(guardrail
      ? {
          guardrailConfig: {
            guardrailIdentifier: guardrail.id,
            guardrailVersion: guardrail.version,
            // Nothing of a reply is used before the guardrail has seen it.
            streamProcessingMode: 'sync' as const,
          },
        }
      : {}),
  };
}

function questionContent(prompt: Prompt, request: TranslateRequest): ContentBlock[] {
  const earlier = request.conversation.slice(-EARLIER_TURNS).map(questionAndSql);
  return [
    { text: prompt.context(request) },
    ...(earlier.length === 0
      ? []
      : [{ text: dataBlock('earlier_questions', earlier, EARLIER_BUDGET) }]),
    { text: visibleText(request.question) },
  ];
}

/** What a translator wants back for itself is not for the model. */
const questionAndSql = ({ question, sql, choices }: Turn) => ({
  question,
  sql,
  ...(choices ? { choices } : {}),
});
