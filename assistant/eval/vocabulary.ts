import type { Engine } from '../engine/engine.ts';
import { runTrusted } from './run-trusted.ts';
import { SuiteError, type Vocabulary } from './suite.ts';

/** Fills the places of a text: names from the data, and words of the subject as SQL. */
export interface Filler {
  /** A question, with names as people write them. Throws {@link SuiteError} for an unknown name. */
  readonly question: (text: string) => string;
  /** A query, with names as the inside of text literals. Throws {@link SuiteError} as well. */
  readonly sql: (text: string) => string;
}

/** Ways in which people write a name otherwise than it is. */
const spellings: Readonly<Record<string, (name: string) => string>> = {
  upper: (name) => name.toUpperCase(),
  spaced: (name) => name.replaceAll(/[-_/]+/g, ' '),
  reversed: (name) =>
    name
      .split(/[-_/]+/)
      .reverse()
      .join(' '),
  typo: swapNearMiddle,
};

/** Two unlike letters beside each other change places, as near to the middle as there are any. */
function swapNearMiddle(name: string): string {
  const middle = (name.length - 2) / 2;
  const places = [...name]
    .map((_, i) => i)
    .filter((i) => /[a-z]/.test(name[i] ?? '') && /[a-z]/.test(name[i + 1] ?? ''))
    .filter((i) => name[i] !== name[i + 1])
    .sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
  const [at] = places;
  return at === undefined
    ? name
    : `${name.slice(0, at)}${name[at + 1]}${name[at]}${name.slice(at + 2)}`;
}

/** `{alias.id}`, `{alias.alias|typo}`, `{now}`, `{concern:NOT_ACTION_ALLOW}`. */
const places = /\{([a-z_]+)(?:\.([a-z_]+))?(?:\|([a-z]+))?(?::([^{}]+))?\}/g;

type Names = ReadonlyMap<string, Readonly<Record<string, string>>>;

/**
 * Takes the names from the data: of each query the first row.
 *
 * @throws SuiteError when a query is refused or finds nothing
 */
export async function fillerFor(vocabulary: Vocabulary, engine: Engine): Promise<Filler> {
  const names = new Map<string, Readonly<Record<string, string>>>();
  for (const [name, sql] of Object.entries(vocabulary.names)) {
    const { columns, rows } = await runTrusted(sql, engine, `name ${name}`);
    const [first] = rows;
    if (!first) {
      throw new SuiteError(
        `The name ${name} is not found in this data.`,
        'Make its query fit more data, or take other data.',
      );
    }
    names.set(name, Object.fromEntries(columns.map((c, i) => [c.name, String(first[i])])));
  }
  return makeFiller(names, vocabulary.terms);
}

/** A filler from names that are known already. */
export function makeFiller(names: Names, terms: Readonly<Record<string, string>>): Filler {
  const named = (name: string, column: string | undefined, spelling: string | undefined) => {
    const value = names.get(name)?.[column ?? name];
    if (value === undefined) return undefined;
    if (spelling === undefined) return value;
    const respell = spellings[spelling];
    if (!respell) throw new SuiteError(`There is no spelling ${spelling}.`, spellingHint);
    return respell(value);
  };
  const unknown = (place: string): never => {
    throw new SuiteError(`${place} is no name and no term.`, 'vocabulary.yaml has them all.');
  };
  const sql = (text: string, depth = 0): string =>
    text.replaceAll(places, (place, name, column, spelling, argument) => {
      const term = column === undefined ? terms[name] : undefined;
      if (term !== undefined) {
        if (depth > 8) throw new SuiteError(`${place} is made of itself.`, 'Untangle the terms.');
        return sql(term.replaceAll('$1', argument ?? ''), depth + 1);
      }
      return named(name, column, spelling)?.replaceAll("'", "''") ?? unknown(place);
    });
  return {
    question: (text) =>
      text.replaceAll(
        places,
        (place, name, column, spelling) => named(name, column, spelling) ?? unknown(place),
      ),
    sql,
  };
}

const spellingHint = `Use one of ${Object.keys(spellings).join(', ')}.`;
