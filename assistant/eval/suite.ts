import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';

/** A file of a suite folder that is not as it should be. The message names file, line and place. */
export class SuiteError extends Error {
  readonly code = 'BAD_SUITE';
  constructor(
    message: string,
    readonly hint: string,
  ) {
    super(message);
    this.name = 'SuiteError';
  }
}

export const languages = ['en', 'ja'] as const;
export type Language = (typeof languages)[number];

const text = z.string().trim().min(1);
/** One question, or a conversation of which the last question is judged. */
const asked = z.union([text.transform((q): readonly string[] => [q]), z.array(text).min(2)]);

const expectations = [
  'keys',
  'count',
  'rows',
  'ordered',
  'number',
  'clarify',
  'declined',
  'unanswered',
  'says',
] as const;

const caseSchema = z
  .strictObject({
    /** What is asked for, in a few words; every wording below asks for the same. */
    intent: text,
    en: z.array(asked).default([]),
    ja: z.array(asked).default([]),
    /** IANA name; UTC where none is given. */
    timeZone: text.default('UTC'),
    /** A condition on kms_keys: the answer lists exactly these keys. */
    keys: text.optional(),
    /** A condition on kms_keys: the answer is the number of these keys. */
    count: text.optional(),
    /** SQL: the answer has these rows, each once or more, in any order, besides any other columns. */
    rows: text.optional(),
    /** SQL: as `rows`, and in this order. */
    ordered: text.optional(),
    /** SQL of one row and column: the answer is one row with this value. */
    number: text.optional(),
    /** Asked back, with choices that contain each of these texts. */
    clarify: z.array(text).min(1).optional(),
    /** Declined: not about this data, or not to be done. */
    declined: z.literal(true).optional(),
    /** Asked back or declined; the data does not tell. */
    unanswered: z.literal(true).optional(),
    /** Whatever comes back contains each of these texts. */
    says: z.array(text).min(1).optional(),
    /** Asking back is as right as the rows: the words alone do not settle it. */
    orClarify: z.literal(true).optional(),
    /** No rows are a fair expectation; elsewhere they show a case that any empty answer would pass. */
    mayBeEmpty: z.literal(true).optional(),
  })
  .refine((c) => expectations.filter((e) => c[e] !== undefined).length === 1, {
    message: `must have exactly one of ${expectations.join(', ')}`,
  })
  .refine((c) => c.en.length + c.ja.length > 0, { message: 'asks no question' });

const suiteSchema = z.strictObject({ category: text, cases: z.array(caseSchema).min(1) });

const vocabularySchema = z.strictObject({
  asOf: z.iso.datetime(),
  terms: z.record(z.string(), text),
  names: z.record(z.string(), text),
});

const share = z.number().min(0).max(100);
const thresholdsSchema = z.strictObject({
  /** Per language: at least so many percent right, at most so many wrong. */
  languages: z.record(z.enum(languages), z.strictObject({ right: share, wrong: share })),
  /** Per category: at least so many percent right, in every language. */
  categories: z.record(z.string(), z.strictObject({ right: share })),
  /** The median time of an answer, in milliseconds. */
  medianMs: z.number().positive(),
});

export type Case = z.infer<typeof caseSchema>;
export type Suite = z.infer<typeof suiteSchema>;
export type Vocabulary = z.infer<typeof vocabularySchema>;
export type Thresholds = z.infer<typeof thresholdsSchema>;

export interface Suites {
  readonly vocabulary: Vocabulary;
  readonly thresholds: Thresholds;
  readonly suites: readonly Suite[];
}

/** What is not a suite in the folder. */
const VOCABULARY = 'vocabulary.yaml';
const THRESHOLDS = 'thresholds.yaml';

/**
 * Reads a folder of suites: one file for each category, `vocabulary.yaml` and `thresholds.yaml`.
 *
 * @throws SuiteError when a file is missing or not as it should be
 */
export async function readSuites(folder: string): Promise<Suites> {
  const entries = await readdir(folder).catch(() => {
    throw new SuiteError(`${folder} cannot be read.`, 'Name the folder of the suites.');
  });
  const files = entries
    .filter((f) => f.endsWith('.yaml') && f !== VOCABULARY && f !== THRESHOLDS)
    .sort();
  const [vocabulary, thresholds, ...suites] = await Promise.all([
    readYaml(folder, VOCABULARY, vocabularySchema),
    readYaml(folder, THRESHOLDS, thresholdsSchema),
    ...files.map((file) => readYaml(folder, file, suiteSchema)),
  ]);
  refuseRepeated(suites);
  return { vocabulary, thresholds, suites };
}

async function readYaml<T>(folder: string, file: string, schema: z.ZodType<T>): Promise<T> {
  const source = await readFile(join(folder, file), 'utf8').catch(() => {
    throw new SuiteError(`${file} is missing in ${folder}.`, 'See docs/eval.md for the files.');
  });
  return parseSuiteFile(file, source, schema);
}

/** Parses one file; what is wrong is told with the line. */
function parseSuiteFile<T>(file: string, source: string, schema: z.ZodType<T>): T {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines });
  const [broken] = document.errors;
  if (broken) throw new SuiteError(`${file}: ${broken.message}`, 'Mend the YAML.');
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  const told = parsed.error.issues.map(({ path, message }) => {
    const node: unknown = document.getIn(path, true);
    const range = (node as { range?: readonly number[] } | undefined)?.range;
    const line = range?.[0] === undefined ? '' : `:${lines.linePos(range[0]).line}`;
    return `${file}${line}: ${place(path)}${message}`;
  });
  throw new SuiteError(told.join('\n'), 'docs/eval.md tells how a case is written.');
}

const place = (path: readonly PropertyKey[]) =>
  path.length === 0
    ? ''
    : `${path.map((p) => (typeof p === 'number' ? `[${p}]` : `.${String(p)}`)).join('')} `.slice(1);

/** One suite from its text, for tests and tools. */
export const parseSuite = (file: string, source: string): Suite =>
  parseSuiteFile(file, source, suiteSchema);

/** The same words twice would count twice. */
function refuseRepeated(suites: readonly Suite[]): void {
  const seen = new Map<string, string>();
  for (const { category, cases } of suites) {
    for (const one of cases) {
      for (const conversation of [...one.en, ...one.ja]) {
        const words = JSON.stringify([one.timeZone, ...conversation]).toLowerCase();
        const before = seen.get(words);
        if (before !== undefined) {
          throw new SuiteError(
            `${category}, "${one.intent}": ${conversation.join(' / ')} is asked already in ${before}.`,
            'Ask each question once.',
          );
        }
        seen.set(words, `${category}, "${one.intent}"`);
      }
    }
  }
}
