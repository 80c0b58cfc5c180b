import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Prompt } from './prompt.ts';

const text = z.string().trim().min(1);

const fileSchema = z.strictObject({
  version: text,
  rules: text,
  tools: z.strictObject({ run_sql: text, look_up_values: text, ask_back: text }),
  /** With `{as_of}`, `{time_zone}` and `{language}`, for which the request's are put in. */
  context: text,
  languages: z.strictObject({ en: text, ja: text }),
  remarks: z.strictObject({
    noTool: text,
    oneQuery: text,
    afterLookUp: text,
    mendQuery: text,
    noRows: text,
    noValues: text,
    enoughLookUps: text,
  }),
});

/**
 * Reads the words of the prompt from a YAML file and puts them beside the schema card. Throws when the
 * file is missing or is not of the form above: it comes with the program, so that is a defect.
 */
export async function readPrompt(path: string, schemaCard: string): Promise<Prompt> {
  const { context, languages, ...words } = fileSchema.parse(parse(await readFile(path, 'utf8')));
  return {
    ...words,
    schemaCard,
    context: ({ asOf, timeZone, language }) =>
      context
        .replaceAll('{as_of}', asOf.toISOString())
        .replaceAll('{time_zone}', timeZone)
        .replaceAll('{language}', languages[language]),
  };
}
