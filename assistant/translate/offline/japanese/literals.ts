import { type Chart, type Found, type Parser, reach } from '../grammar/chart.ts';
import type { Phrases } from '../lexicon/phrases.ts';
import type { Token } from '../tokens/token.ts';
import { tokensOf } from './tokens.ts';

/** Phrases by their tokens, one after the other. */
interface Node<T> {
  readonly next: Map<string, Node<T>>;
  readonly values: T[];
}

const newNode = <T>(): Node<T> => ({ next: new Map(), values: [] });

const keyOf = (token: Token) => (token.kind === 'quoted' ? undefined : token.text.toLowerCase());

function insert<T>(root: Node<T>, phrase: string, value: T): void {
  let node = root;
  for (const token of tokensOf(phrase)) {
    const key = token.text.toLowerCase();
    const next = node.next.get(key) ?? newNode<T>();
    node.next.set(key, next);
    node = next;
  }
  node.values.push(value);
}

/** Every phrase that stands at a position, and where it ends. A part of a name is no phrase. */
function* standing<T>(root: Node<T>, tokens: readonly Token[], at: number): Iterable<Found<T>> {
  if (tokens[at]?.glued) return;
  let node: Node<T> | undefined = root;
  for (let i = at; ; i += 1) {
    const token = tokens[i];
    const key = token && keyOf(token);
    node = key === undefined ? undefined : node?.next.get(key);
    if (!node) return;
    if (node.values.length === 0 || tokens[i + 1]?.glued) continue;
    for (const value of node.values) yield { value, end: i + 1 };
  }
}

function parserOf<T>(root: Node<T>): Parser<T> {
  return (chart: Chart, at: number) => {
    const found = [...standing(root, chart.tokens, at)];
    for (const { end } of found) reach(chart, end);
    // The empty phrase stands everywhere.
    return [...root.values.map((value) => ({ value, end: at })), ...found];
  };
}

/** Every phrase of the grammar; tells known words from unknown ones. */
const spelled = newNode<true>();

/** Where the phrases of the grammar that stand at a position end. */
export function spelledAt(tokens: readonly Token[], at: number): readonly number[] {
  return [...standing(spelled, tokens, at)].map(({ end }) => end);
}

/** Whether a text is one of the phrases of the grammar. */
export function isSpelled(text: string): boolean {
  const tokens = tokensOf(text);
  return tokens.length > 0 && spelledAt(tokens, 0).includes(tokens.length);
}

/** Phrases and what they stand for. An empty phrase makes the rest optional. */
export function table<T>(entries: Iterable<readonly [string, T]>): Parser<T> {
  const root = newNode<T>();
  for (const [phrase, value] of entries) {
    insert(root, phrase, value);
    insert(spelled, phrase, true);
  }
  return parserOf(root);
}

/** One of these phrases, to the letter. */
export function j<const P extends string>(...phrases: readonly P[]): Parser<P> {
  return table(phrases.map((p) => [p, p] as const));
}

/** Names in the data: found like phrases, but no words of the language. */
export function nameTable<T>(entries: Iterable<readonly [string, T]>): Parser<T> {
  const root = newNode<T>();
  for (const [name, value] of entries) insert(root, name, value);
  return parserOf(root);
}

/** The words of the data contract in Japanese, looked up character by character. */
export function newJapanesePhrases<T>(): Phrases<T> {
  const root = newNode<T>();
  const all = new Map<string, T[]>();
  const plain = (phrase: string) =>
    tokensOf(phrase)
      .map((t) => t.text.toLowerCase())
      .join(' ');
  return {
    add: (phrase, value) => {
      const key = plain(phrase);
      const known = all.get(key) ?? [];
      if (known.some((k) => JSON.stringify(k) === JSON.stringify(value))) return;
      all.set(key, [...known, value]);
      insert(root, phrase, value);
      insert(spelled, phrase, true);
    },
    get: (phrase) => all.get(plain(phrase)) ?? [],
    parser: parserOf(root),
    vocabulary: () => all.keys(),
  };
}
