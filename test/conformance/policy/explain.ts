import { judge, type Ours } from './ours.ts';
import { type Json, type Reading, readings } from './readings.ts';

/** The questions, and our answer to each. */
export const questions: Readonly<Record<string, (ours: Ours) => boolean>> = {
  'prowler public': (o) => o.public,
  'prowler external': (o) => o.external,
  'prowler every action': (o) => o.everyAction,
  'policyuniverse public': (o) => o.public,
  'policyuniverse external': (o) => o.namesOutsider,
  'parliament malformed': (o) => o.malformed,
};

/** Names of explanations that are no reading of statements. */
export const NOT_A_VALIDATOR = 'A malformed policy is judged or breaks the peer';
export const NEEDS_ARRAY = 'Statement must be an array';
export const LAXER_GRAMMAR = 'The grammar is looser';
export const NARROWER_GRAMMAR = 'The grammar is narrower';

/** More readings than this at once would explain anything. */
const MOST_READINGS = 4;

/**
 * The fewest readings under which our analysis gives the peer's answer; empty where we agree; null
 * where nothing explains the difference.
 */
export function explain(
  question: string,
  ours: Ours,
  answer: boolean | { readonly error: string },
): readonly string[] | null {
  const our = questions[question];
  if (our === undefined) throw new Error(`no question ${question}`);
  if (answer === our(ours)) return [];
  if (question === 'parliament malformed') {
    return [ours.malformed ? LAXER_GRAMMAR : NARROWER_GRAMMAR];
  }
  if (ours.malformed) return [NOT_A_VALIDATOR];
  const statements = statementsOf(ours.text);
  if (statements === null) return typeof answer === 'object' ? [NEEDS_ARRAY] : null;
  if (typeof answer === 'object') return null;
  for (let size = 1; size <= MOST_READINGS; size += 1) {
    for (const some of combinations(readings[question] ?? [], size)) {
      const rewritten = some.reduce<readonly Json[]>((s, r) => r.rewrite(s), statements);
      const text = JSON.stringify({ ...JSON.parse(ours.text), Statement: rewritten });
      if (our(judge(text)) === answer) return some.map((r) => r.name);
    }
  }
  return null;
}

function statementsOf(text: string): readonly Json[] | null {
  const { Statement } = JSON.parse(text);
  return Array.isArray(Statement) ? Statement : null;
}

function* combinations(list: readonly Reading[], size: number): Generator<readonly Reading[]> {
  if (size === 0) yield [];
  for (const [i, first] of list.entries()) {
    if (size === 0) return;
    for (const rest of combinations(list.slice(i + 1), size - 1)) yield [first, ...rest];
  }
}
