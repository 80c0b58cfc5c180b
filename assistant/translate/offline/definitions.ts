import { concernKinds } from '../../../collector/schema/concerns.ts';
import type { Column } from '../../../collector/schema/types.ts';
import type { Lexicon } from './lexicon/lexicon.ts';
import { entityTables } from './plan/entity-tables.ts';

/** Ways to ask what a word means, around the word. */
const asking: readonly RegExp[] = [
  /^what (?:does|do) (?:the )?(.+?) (?:mean|stand for)$/i,
  /^what is meant by (?:the )?(.+)$/i,
  /^(?:what is |give me |show me )?(?:the )?(?:meaning|definition) of (?:the )?(.+)$/i,
  /^(?:define|explain) (?:the )?(.+)$/i,
  /^what (?:is|are) (?:an? )?(.+)$/i,
];

/** A word of the subject, and what the data contract says of it. */
export interface Definition {
  readonly text: string;
  /** Questions about it that can be asked. */
  readonly questions: readonly string[];
}

/**
 * What a question of the form "what does X mean" asks for, told in the words of the data contract:
 * the concerns, and the values of the columns of keys. Null when it asks for nothing of the kind.
 */
export function definitionOf(question: string, lexicon: Lexicon): Definition | null {
  const asked = question.trim().replace(/[?!.\s]+$/, '');
  for (const pattern of asking) {
    const term = pattern
      .exec(asked)?.[1]
      ?.replace(/^(?:the )?(?:concern|finding) |["\u201c\u201d]/gi, '');
    const found = term ? defined(term, lexicon) : null;
    if (found) return found;
  }
  return null;
}

function defined(term: string, lexicon: Lexicon): Definition | null {
  const [code, ...others] = lexicon.concerns.get(term);
  const kind = others.length === 0 ? concernKinds.find((k) => k.code === code) : undefined;
  if (kind) {
    return {
      text: `${kind.label} (${kind.severity}): ${kind.why} ${kind.fix}`,
      questions: [`Which keys have the concern "${kind.label}"?`, 'What are the top 5 concerns?'],
    };
  }
  const [meant, ...more] = lexicon.columnValues.keys.get(term);
  if (!meant || more.length > 0) return null;
  const columns: Readonly<Record<string, Column>> = entityTables.keys.table.columns;
  const value = columns[meant.column]?.values?.find((v) => v.value === meant.value);
  return value
    ? {
        text: `${value.value}: ${value.description}`,
        questions: ['How many keys are there per state?'],
      }
    : null;
}
