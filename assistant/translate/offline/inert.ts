import { inertText } from '../../answer/inert-text.ts';
import type { Translation } from '../translator.ts';

/**
 * A translation whose sentences cannot act on what shows them, although they repeat words of the question
 * and names of the data. What is run and what follow-ups go on from stays as it is.
 */
export function inert(translation: Translation): Translation {
  const all = (texts: readonly string[]) => texts.map(inertText);
  switch (translation.kind) {
    case 'query':
      return {
        ...translation,
        interpretation: inertText(translation.interpretation),
        ...(translation.lead === undefined ? {} : { lead: inertText(translation.lead) }),
        followUps: all(translation.followUps),
        notes: all(translation.notes),
      };
    case 'clarify':
      return {
        ...translation,
        message: inertText(translation.message),
        choices: all(translation.choices),
        unknownWords: all(translation.unknownWords),
      };
    case 'declined':
      return {
        ...translation,
        message: inertText(translation.message),
        nearest: all(translation.nearest),
        unknownWords: all(translation.unknownWords),
      };
  }
}
