import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Prompt } from './prompt.ts';
import type { Prompts } from './prompts.ts';
import { retrievalOver } from './retrieval.ts';
import { asOfLiteral, sqlAt } from './verified.ts';

const text = z.string().trim().min(1);

const fileSchema = z.strictObject({
  version: text,
  rules: text,
  tools: z.strictObject({ run_sql: text, look_up_values: text, ask_back: text }),
  /** With `{as_of}`, `{moment}`, `{time_zone}` and `{language}`, for which the request's are put in. */
  context: text,
  /** What stands before the verified questions that are like the one asked. */
  examples: text,
  languages: z.strictObject({ en: text, ja: text }),
  remarks: z.strictObject({
    noTool: text,
    oneQuery: text,
    afterLookUp: text,
    mendQuery: text,
    noRows: text,
    noValues: text,
    enoughLookUps: text,
    words: text,
    unfounded: text,
  }),
});

/** So many verified questions go along with a question. */
const EXAMPLES = 6;

/** What the rules write for the moment of the data, so that they are the same for each question. */
const MOMENT = 'AS_OF';

/**
 * Reads the words of the conversation from a YAML file and puts them together with the prompts: the system
 * prompt, the rules for SQL, the schema card, and with each question the verified ones that are like it.
 * Throws when the file is missing or is not of the form above: it comes with the program, so that is a
 * defect.
 */
export async function readPrompt(path: string, prompts: Prompts): Promise<Prompt> {
  const file = fileSchema.parse(parse(await readFile(path, 'utf8')));
  const { context, examples, languages, rules, ...words } = file;
  const retrieval = retrievalOver(prompts.verified);
  return {
    ...words,
    source: [file, prompts.verified.map((v) => [v.question, v.sql, v.explanation, v.tags])],
    rules: [prompts.system, rules, prompts.rules].join('\n\n').replaceAll('{as_of}', MOMENT),
    schemaCard: prompts.schemaCard,
    verified: retrieval.exact,
    context: ({ question, asOf, timeZone, language }) => {
      const told = context
        .replaceAll('{as_of}', asOf.toISOString())
        .replaceAll('{moment}', `${MOMENT} = ${asOfLiteral(asOf)}`)
        .replaceAll('{time_zone}', timeZone)
        .replaceAll('{language}', languages[language]);
      const like = retrieval
        .nearest(question, EXAMPLES)
        .map(({ verified }) => `- ${verified.question}\n  ${sqlAt(verified, asOf)}`);
      return like.length > 0 ? [told, examples, ...like].join('\n') : told;
    },
  };
}
