import type { VerifiedQuestion } from './verified.ts';
import { exactly, termsOf } from './words.ts';

/** A verified question that is near to one asked. */
export interface Near {
  readonly verified: VerifiedQuestion;
  /** BM25 over the terms that occur; higher is nearer. It orders the questions of one search and says nothing by itself. */
  readonly score: number;
}

/** Finds verified questions; made once, searched for every question. */
export interface Retrieval {
  /**
   * The verified question that is the same but for case, spaces, width of characters and the sign
   * at the end; null when there is none. No word may differ: one number more is another question.
   */
  readonly exact: (question: string) => VerifiedQuestion | null;
  /** The nearest verified questions, the nearest first; none where no word is in common. */
  readonly nearest: (question: string, most: number) => readonly Near[];
}

/**
 * The usual constants of BM25. A term counts once, however often a question repeats it, so K1 only
 * says how much the length counts, and B how far it is counted at all.
 */
const K1 = 1.2;
const B = 0.75;

/** Builds the index, once for a set of verified questions. */
export function retrievalOver(all: readonly VerifiedQuestion[]): Retrieval {
  const byText = new Map(all.map((v) => [exactly(v.question), v]));
  const documents = all.map((verified) => ({ verified, terms: new Set(documentTerms(verified)) }));
  const averageLength =
    documents.reduce((sum, d) => sum + d.terms.size, 0) / Math.max(documents.length, 1);
  const documentsWith = new Map<string, number>();
  for (const { terms } of documents)
    for (const term of terms) documentsWith.set(term, (documentsWith.get(term) ?? 0) + 1);
  const weight = (term: string): number => {
    const n = documentsWith.get(term) ?? 0;
    return Math.log(1 + (documents.length - n + 0.5) / (n + 0.5));
  };

  return {
    exact: (question) => byText.get(exactly(question)) ?? null,
    nearest: (question, most) => {
      const asked = new Set(termsOf(question));
      return documents
        .map(({ verified, terms }) => {
          const norm = K1 * (1 - B + (B * terms.size) / averageLength);
          let weights = 0;
          for (const term of asked) if (terms.has(term)) weights += weight(term);
          return { verified, score: (weights * (K1 + 1)) / (1 + norm) };
        })
        .filter((near) => near.score > 0)
        .sort((a, b) => b.score - a.score)
        .slice(0, most);
    },
  };
}

/** The question and its tags: the tags hold words for it that the question does not use. */
const documentTerms = (verified: VerifiedQuestion): readonly string[] => [
  ...termsOf(verified.question),
  ...verified.tags.flatMap(termsOf),
];
