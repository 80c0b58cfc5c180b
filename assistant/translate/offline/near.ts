import type { Translation } from '../translator.ts';
import type { NearReading } from './free/nearest.ts';
import type { Language } from './language.ts';
import { takenAsOne } from './plan/taken-as-one.ts';
import type { Token } from './tokens/token.ts';

/** So many choices are offered of the reading that leaves out the least, and of each that leaves out something else. */
const MOST_OF_NEAREST = 3;
const MOST_OF_OTHERS = 1;

/**
 * Asks whether what most of the words of a question mean is meant, and names the words that it leaves out. Null
 * where nothing is near.
 */
export function askNearest(
  near: readonly NearReading[],
  tokens: readonly Token[],
  { question, messages }: Language,
): Translation | null {
  const [nearest] = near;
  if (!nearest) return null;
  const choices = [...new Set(takenAsOne(nearest.plans).slice(0, MOST_OF_NEAREST).map(question))];
  const others = near
    .slice(1)
    .flatMap((n) => takenAsOne(n.plans).slice(0, MOST_OF_OTHERS).map(question))
    .filter((choice) => !choices.includes(choice));
  const words = wordsAt(nearest.left, tokens);
  return {
    kind: 'clarify',
    message: others.length > 0 ? messages.inPart(words) : messages.leftOut(words),
    choices: [...choices, ...new Set(others)],
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
  return runs.map((run) => bare(written(run))).filter((text) => /[\p{L}\p{N}]/u.test(text));
}

/** Without the marks and the Japanese particles around it; nothing where it is no more than those. */
const bare = (text: string) =>
  text
    .replace(/^[\s,:;、。・-]+|[\s,:;、。・-]+$/gu, '')
    .replace(/^[のなをにでがはとも](?=[^\p{Script=Hiragana}])/u, '')
    .replace(/(?<=[^\p{Script=Hiragana}])[のなをにでがはとも]$/u, '')
    .replace(/^\p{Script=Hiragana}{1,2}$/u, '');

/** Words of a script that is written without spaces stand together. */
const written = (tokens: readonly Token[]) =>
  tokens
    .map((t, i) => {
      const apart = i > 0 && !t.glued && !['character', 'comma', 'symbol'].includes(t.kind);
      return `${apart ? ' ' : ''}${t.glued ? (t.joint ?? '') : ''}${t.raw}`;
    })
    .join('');
