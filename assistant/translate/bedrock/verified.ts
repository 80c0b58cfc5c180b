import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Document, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { exactly } from './words.ts';

/** A question whose SQL people have checked. */
export interface VerifiedQuestion {
  readonly question: string;
  /** Trino SQL in which `{as_of}` stands for the moment of the data; see {@link sqlAt}. */
  readonly sql: string;
  /** What the SQL gives, complete, in the language of the question: its interpretation. */
  readonly explanation: string;
  readonly tags: readonly string[];
  /** The file it stands in, without folder and ending. */
  readonly topic: string;
}

/** Prompt files that are not as they should be. The message names file, line and entry. */
export class PromptError extends Error {
  readonly code = 'BAD_PROMPT';
  constructor(
    message: string,
    readonly hint = 'docs/prompts.md tells how a verified question is written.',
  ) {
    super(message);
    this.name = 'PromptError';
  }
}

const text = z.string().trim().min(1);

const sql = text
  .refine((s) => /^(?:select|with)\b/i.test(s), 'must begin with SELECT or WITH')
  .refine(
    (s) => !/\b(?:current_(?:date|time(?:stamp)?)|local(?:time(?:stamp)?)|now\s*\()/i.test(s),
    {
      message: 'must say {as_of} instead of a clock',
    },
  )
  .refine((s) => !/\{(?!as_of\})[a-z_]+\}/.test(s), 'has a place that is not {as_of}')
  .refine((s) => !/;\s*$/.test(s), 'must not end in a semicolon');

const entrySchema = z.strictObject({
  question: text.max(300),
  sql,
  explanation: text,
  tags: z.array(z.string().regex(/^[a-z][a-z-]*$/, 'must be lower case')).min(1),
});

const fileSchema = z.array(entrySchema).min(1);

/**
 * Reads a folder of verified questions, one YAML file for each topic, in order of file name.
 *
 * @throws PromptError when the folder holds none, a file is not as it should be, or a question
 * occurs twice
 */
export async function readVerified(folder: string): Promise<readonly VerifiedQuestion[]> {
  const files = (await readdir(folder).catch(() => [])).filter((f) => f.endsWith('.yaml')).sort();
  if (files.length === 0)
    throw new PromptError(
      `${folder} has no verified questions.`,
      'Name the folder prompts/verified of the installation.',
    );
  const read = await Promise.all(
    files.map(async (file) => parseVerified(file, await readFile(join(folder, file), 'utf8'))),
  );
  const all = read.flat();
  refuseRepeated(all);
  return all;
}

/** One file from its text. Throws {@link PromptError}. */
export function parseVerified(file: string, source: string): readonly VerifiedQuestion[] {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines });
  const [broken] = document.errors;
  if (broken) throw new PromptError(`${file}: ${broken.message}`, 'Mend the YAML.');
  const content: unknown = document.toJS();
  const parsed = fileSchema.safeParse(content);
  if (parsed.success) {
    const topic = file.replace(/\.yaml$/, '');
    return parsed.data.map((entry) => ({ ...entry, topic }));
  }
  const told = parsed.error.issues.map(({ path, message }) => {
    const at = startOf(document, path);
    const line = at === undefined ? '' : `:${lines.linePos(at).line}`;
    return `${file}${line}: ${placeOf(path, content)}${message}`;
  });
  throw new PromptError(told.join('\n'));
}

/** Where the named place begins or, when it is missing, what it should be in. */
function startOf(document: Document, path: readonly PropertyKey[]): number | undefined {
  for (let depth = path.length; depth >= 0; depth--) {
    const node: unknown = document.getIn(path.slice(0, depth), true);
    const range = (node as { range?: readonly number[] } | null | undefined)?.range;
    if (range?.[0] !== undefined) return range[0];
  }
  return undefined;
}

/** The entry by its question where it has one, and the field. */
function placeOf(path: readonly PropertyKey[], content: unknown): string {
  const [at, ...field] = path;
  if (typeof at !== 'number') return '';
  const entry: unknown = Array.isArray(content) ? content[at] : undefined;
  const question = (entry as { question?: unknown } | null | undefined)?.question;
  const called = typeof question === 'string' ? `"${question}"` : `entry ${at + 1}`;
  return `${[called, ...field.map(String)].join(', ')}: `;
}

function refuseRepeated(all: readonly VerifiedQuestion[]): void {
  const seen = new Map<string, string>();
  for (const { question, topic } of all) {
    const before = seen.get(exactly(question));
    if (before !== undefined)
      throw new PromptError(
        `${topic}.yaml: "${question}" stands already in ${before}.yaml.`,
        'Keep one of them.',
      );
    seen.set(exactly(question), topic);
  }
}

/**
 * The SQL with the moment of the data (UTC) in the place of `{as_of}`. It is as untrusted as any:
 * the guard checks it like what a model wrote.
 */
export function sqlAt(verified: VerifiedQuestion, asOf: Date): string {
  return atMoment(verified.sql, asOf);
}

/** A text of the prompts with the moment of the data (UTC) in the place of `{as_of}`. */
export function atMoment(text: string, asOf: Date): string {
  return text.replaceAll('{as_of}', asOfLiteral(asOf));
}

/** A moment as a Trino literal, to the millisecond: `TIMESTAMP '2026-11-18 10:20:00.000'`. */
export function asOfLiteral(asOf: Date): string {
  return `TIMESTAMP '${asOf.toISOString().replace('T', ' ').replace('Z', '')}'`;
}
