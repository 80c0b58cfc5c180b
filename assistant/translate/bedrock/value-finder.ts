import { nearWords } from '../offline/lexicon/near-words.ts';
import type { DataValues } from '../translator.ts';
import type { ValueKind } from './tools.ts';

/** Finds values that occur in the data, by what a person called them; the likeliest first. */
export type ValueFinder = (kind: ValueKind, text: string) => readonly unknown[];

/** So many are given at most. */
const MOST = 20;

interface Candidate {
  /** As it is given. */
  readonly value: unknown;
  /** As it is compared. */
  readonly text: string;
}

const normal = (text: string): string => text.normalize('NFKC').toLowerCase();
const wordsOf = (text: string): readonly string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];

/**
 * A finder over the values that were read within the caller's scope, so that no other value can be
 * learned by it. A value is found when it is the text, holds it, holds all its words, or holds words
 * that differ from them by a slip.
 */
export function valueFinder(data: DataValues): ValueFinder {
  const plain = (values: readonly string[]): readonly Candidate[] =>
    [...new Set(values)].map((value) => ({ value, text: normal(value) }));
  const candidates: Readonly<Record<ValueKind, () => readonly Candidate[]>> = {
    account: () =>
      data.accounts.map(({ id, name }) => ({
        value: { account_id: id, account_name: name },
        text: normal(`${name} ${id}`),
      })),
    ou: () => plain(data.column('accounts', 'ou_path')),
    alias: () => plain(data.column('kms_keys', 'aliases')),
    tag: () =>
      data.tags.map(({ key, value }) => ({
        value: { tag: key, value },
        text: normal(`${key}=${value}`),
      })),
    principal: () =>
      plain([
        ...data.column('key_permissions', 'principal'),
        ...data.column('key_usage', 'username'),
      ]),
    region: () => plain(data.column('kms_keys', 'region')),
  };
  return (kind, text) => {
    const wanted = normal(text);
    const words = wordsOf(wanted);
    return candidates[kind]()
      .map((candidate) => ({ ...candidate, likeness: likeness(candidate.text, wanted, words) }))
      .filter((c) => c.likeness > 0)
      .sort((a, b) => b.likeness - a.likeness || a.text.length - b.text.length)
      .slice(0, MOST)
      .map((c) => c.value);
  };
}

function likeness(text: string, wanted: string, words: readonly string[]): number {
  if (text === wanted) return 4;
  if (text.includes(wanted)) return 3;
  if (words.length === 0) return 0;
  if (words.every((word) => text.includes(word))) return 2;
  const own = wordsOf(text);
  const isNear = (word: string) => text.includes(word) || nearWords(word, own, 1).length > 0;
  return words.every(isNear) ? 1 : 0;
}
