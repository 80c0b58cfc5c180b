import type { ToolConfiguration } from '@aws-sdk/client-bedrock-runtime';
import { z } from 'zod';
import type { ToolUse } from './converse.ts';
import { ModelFailure } from './failure.ts';
import type { Prompt, ToolName } from './prompt.ts';

/** What values can be looked up. */
export const valueKinds = ['account', 'ou', 'alias', 'tag', 'principal', 'region'] as const;
export type ValueKind = (typeof valueKinds)[number];

const text = (longest: number) => z.string().trim().min(1).max(longest);

const inputs = {
  run_sql: z.object({ sql: text(20_000), interpretation: text(1_000) }),
  look_up_values: z.object({ kind: z.enum(valueKinds), text: text(200) }),
  ask_back: z.object({
    question: text(500),
    choices: z.array(text(300)).max(6),
    /** The question is not about this data, or asks to change something. */
    outside: z.boolean().optional(),
  }),
} satisfies Record<ToolName, z.ZodType>;

/** A tool that the model called, with an input that the tool takes. */
export type ToolCall = {
  readonly [Name in ToolName]: {
    readonly name: Name;
    readonly input: z.infer<(typeof inputs)[Name]>;
  };
}[ToolName];

const isTool = (name: string): name is ToolName => Object.hasOwn(inputs, name);

/**
 * Reads what the model called. Throws {@link ModelFailure} `UNKNOWN_TOOL` or `MALFORMED_TOOL_INPUT`; the
 * message says what is wrong, for the model to mend.
 */
export function readToolUse({ name, json }: ToolUse): ToolCall {
  if (!isTool(name)) {
    const known = Object.keys(inputs).join(', ');
    throw new ModelFailure('UNKNOWN_TOOL', `There is no tool ${name}. The tools are: ${known}.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new ModelFailure('MALFORMED_TOOL_INPUT', `The input of ${name} is not JSON.`);
  }
  const parsed = inputs[name].safeParse(value);
  if (parsed.success) return { name, input: parsed.data } as ToolCall;
  const wrong = parsed.error.issues
    .map(({ path, message }) => `${path.join('.') || 'input'}: ${message}`)
    .join('; ');
  throw new ModelFailure('MALFORMED_TOOL_INPUT', `The input of ${name} is wrong: ${wrong}.`);
}

/**
 * The tools as Converse takes them. Which one is called is left to the model: models that think first
 * refuse to be made to call one. Nova takes nothing at the top of a schema but these three keys (Amazon
 * Nova user guide, "Tool use").
 */
export function toolConfig(descriptions: Prompt['tools']): ToolConfiguration {
  return {
    tools: (Object.keys(inputs) as ToolName[]).map((name) => {
      const { type, properties, required } = z.toJSONSchema(inputs[name]);
      const json = JSON.parse(JSON.stringify({ type, properties, required }));
      return { toolSpec: { name, description: descriptions[name], inputSchema: { json } } };
    }),
    toolChoice: { auto: {} },
  };
}
