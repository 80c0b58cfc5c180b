import { type LanguageCode, languageOf } from '../translate/language.ts';
import type { ModelUse, Narrate } from '../translate/translator.ts';
import type { Counted } from './counted.ts';
import { type GroundingContext, groundingOf } from './grounding.ts';
import { verdictsIn } from './verdicts.ts';

/** Words of a model, and what was found when they were held against the rows. */
export interface NarrativeAttempt {
  readonly text: string;
  /** How many numbers, dates, names and the like it states. */
  readonly claims: number;
  /** What is wrong: each thing that is found nowhere, each judging word, or that the words are none. */
  readonly wrong: readonly string[];
}

/** What a model said of the rows, and what came of it. */
export interface Narrative {
  /**
   * `grounded`: shown as it was said first. `repaired`: shown as it was said the second time.
   * `replaced`: not shown, the headline made by code stands alone. `failed`: the model could not be used.
   */
  readonly outcome: 'grounded' | 'repaired' | 'replaced' | 'failed';
  readonly attempts: readonly NarrativeAttempt[];
  /** Code of the failure of the model; null when it had none. */
  readonly failure: string | null;
}

export interface Narrated {
  /** The words that may be shown; null when there are none. */
  readonly text: string | null;
  readonly narrative: Narrative;
  readonly model: ModelUse;
}

/**
 * Lets a model say what the rows show, and holds every number, date and name in its words against them
 * (see {@link groundingOf}). Words that name nothing of the rows, or that judge and advise, pass no more
 * than those that say something else. What is wrong is told to the model once; if it is not mended, the
 * words are thrown away. Throws when the caller is gone.
 */
export async function narrated(
  narrate: Narrate,
  counted: Counted,
  context: Omit<GroundingContext, 'totalRows'>,
  language: LanguageCode,
  signal: AbortSignal | undefined,
): Promise<Narrated> {
  const { result, totalRows } = counted;
  const attempts: NarrativeAttempt[] = [];
  const say = async (): Promise<Narrated> => {
    const unfounded = attempts.at(-1)?.wrong ?? null;
    const { text, failure, model } = await narrate({ result, totalRows, unfounded, signal });
    if (text === null)
      return { text: null, narrative: { outcome: 'failed', attempts, failure }, model };
    const { claims, ungrounded } = groundingOf(text, result, { ...context, totalRows });
    const wrong = [
      ...wordsWrong(text, language),
      ...(text !== '' && claims === 0 ? ['Nothing of the rows is named.'] : []),
      ...new Set([...ungrounded.map((u) => u.text), ...verdictsIn(text, context.texts)]),
    ];
    attempts.push({ text, claims, wrong });
    const isFirst = attempts.length === 1;
    if (wrong.length > 0 && isFirst) return say();
    const outcome = wrong.length > 0 ? 'replaced' : isFirst ? 'grounded' : 'repaired';
    const shown = wrong.length > 0 ? null : text;
    return { text: shown, narrative: { outcome, attempts, failure: null }, model };
  };
  return say();
}

/** What is wrong with the words as words; each as it is told to the model. */
function wordsWrong(text: string, language: LanguageCode): readonly string[] {
  if (text === '') return ['There are no words.'];
  // Names in the rows may be in any script: only Japanese that is missing altogether is certain.
  if (language === 'ja' && languageOf(text, 'en') !== 'ja') return ['The words are not Japanese.'];
  return [];
}
