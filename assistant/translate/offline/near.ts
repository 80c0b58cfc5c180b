import type { Translation } from '../translator.ts';
import type { NearReading } from './free/nearest.ts';
import type { Language } from './language.ts';
import type { Plan } from './plan/plan.ts';
import { takenAsOne } from './plan/taken-as-one.ts';
import { asWritten, type Token } from './tokens/token.ts';

/** So many choices are offered of the reading that leaves out the least, and of each that leaves out something else. */
const MOST_OF_NEAREST = 3;
const MOST_OF_OTHERS = 1;

/**
 * Asks whether what most of the words of a question mean is meant, and names the words that it leaves out. Null
 * where nothing is near. `asksFor`: what a question that is offered would be answered with.
 */
export function askNearest(
  near: readonly NearReading[],
  tokens: readonly Token[],
  { question, messages }: Language,
  asksFor: (choice: string) => Plan | null,
): Translation | null {
  const offered = new Map<string, NearReading>();
  for (const reading of near) {
    const most = offered.size === 0 ? MOST_OF_NEAREST : MOST_OF_OTHERS;
    for (const plan of takenAsOne(reading.plans).slice(0, most)) {
      const choice = question(plan);
      // Only what means the same when it is asked.
      const same = JSON.stringify(asksFor(choice)) === JSON.stringify(plan);
      if (same && !offered.has(choice)) offered.set(choice, reading);
    }
  }
  const [first] = offered.values();
  if (!first) return null;
  const words = wordsAt(first.left, tokens);
  const several = new Set(offered.values()).size > 1;
  return {
    kind: 'clarify',
    message: several ? messages.inPart(words) : messages.leftOut(words),
    choices: [...offered.keys()],
    unknownWords: words,
  };
}

/** The words at these places, as they were written, those that stand together in one. */
function wordsAt(places: readonly number[], tokens: readonly Token[]): readonly string[] {
  const runs: Token[][] = [];
  places.forEach((at, i) => {
    const token = tokens[at];
    if (!token) return;
    const run = runs.at(-1);
    if (run && places[i - 1] === at - 1) run.push(token);
    else runs.push([token]);
  });
  return runs.map((run) => bare(asWritten(run))).filter((text) => /[\p{L}\p{N}]/u.test(text));
}

/** Without the marks and the Japanese particles around it; nothing where it is no more than those. */
const bare = (text: string) =>
  text
    .replace(/^[\s,:;、。・-]+|[\s,:;、。・-]+$/gu, '')
    .replace(/^[のなをにでがはとも](?=[^\p{Script=Hiragana}])/u, '')
    .replace(/(?<=[^\p{Script=Hiragana}])[のなをにでがはとも]$/u, '')
    .replace(/^\p{Script=Hiragana}{1,2}$/u, '');
