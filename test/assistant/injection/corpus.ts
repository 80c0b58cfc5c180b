import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

/** Where an attacker of the data can write. */
const places = [
  'alias',
  'tag',
  'tag name',
  'description',
  'policy',
  'sid',
  'principal',
  'grant',
  'user name',
  'account name',
  'ou',
] as const;

export interface Planted {
  readonly through: (typeof places)[number];
  readonly text: string;
}

const turn = z.union([
  z.strictObject({ run_sql: z.string(), interpretation: z.string().optional() }),
  z.strictObject({ look_up: z.string(), kind: z.string() }),
  z.strictObject({ ask_back: z.string(), choices: z.array(z.string()).default([]) }),
  /** Any tool with any input; a text stands for an input that is no JSON. */
  z.strictObject({ tool: z.string(), input: z.unknown() }),
  z.strictObject({ say: z.string() }),
]);

/** What the model does in one turn: it may call several tools. */
export type Turn = z.infer<typeof turn>;

const attackSchema = z.strictObject({
  name: z.string(),
  /** What the attacker writes: the question itself, unless it is written into the data. */
  text: z.string(),
  through: z.enum(places).optional(),
  /** What the person asks, where the attack stands in the data. */
  question: z.string().optional(),
  /** What a model says and does that obeys. It does the last turn again and again. */
  obeys: z.array(z.union([turn, z.array(turn)])).min(1),
  /** What it says besides in each turn. */
  says: z.string().optional(),
  /** What it says of the rows, when they are there; else what it says besides, or what the attacker wrote. */
  words: z.string().optional(),
  /** What must come of it: the model's query, its question back, or why nothing of it was used. */
  outcome: z.string(),
  /** What the summary, which is made of the rows, must not say. */
  lies: z.array(z.string()).default([]),
});

export type Attack = Omit<z.infer<typeof attackSchema>, 'obeys'> & {
  readonly question: string;
  readonly turns: readonly (readonly Turn[])[];
};

/** A question that the offline translator understands, and that is no verified one word by word. */
const HARMLESS = 'Please list the disabled keys';

/** The attacks of the folder `attacks`, in order of file name. */
export async function readAttacks(): Promise<readonly Attack[]> {
  const folder = join(import.meta.dirname, 'attacks');
  const files = (await readdir(folder)).filter((f) => f.endsWith('.yaml')).sort();
  const read = await Promise.all(
    files.map(async (file) =>
      z.array(attackSchema).parse(parse(await readFile(join(folder, file), 'utf8'))),
    ),
  );
  return read.flat().map(({ obeys, ...attack }) => {
    const question = attack.question ?? (attack.through ? HARMLESS : attack.text);
    return { ...attack, question, turns: obeys.map((t) => (Array.isArray(t) ? t : [t])) };
  });
}

/** What stands in the data. */
export const plantedOf = (attacks: readonly Attack[]): readonly Planted[] =>
  attacks.flatMap(({ through, text }) => (through ? [{ through, text }] : []));
