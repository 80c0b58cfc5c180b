import type { Plan } from '../plan/plan.ts';
import { distinct } from '../plan/possible.ts';
import { asParts, asPartsOrShare } from '../plan/refine.ts';
import { saysOnlyWhere } from '../plan/says.ts';
import { englishTokens } from '../tokens/english.ts';
import type { Token } from '../tokens/token.ts';

/**
 * Of what the parts are where a condition says more of the keys than where they are: of all that it holds for,
 * perhaps of that and perhaps of the keys of each group, or, as another question asks, of those keys only.
 */
type Of = 'whole' | 'either' | 'each';

/** Ways to ask for the part of the whole that each group holds, and the question for what it holds. */
const ways: readonly (readonly [asked: RegExp, holds: string, of: Of])[] = [
  // "Cost by account in percent of the total", "keys per region as a percentage".
  [
    /,? (?:shown |expressed |given )?(?:as (?:percentages?|percents?|shares?|proportions?|fractions?)|in (?:percents?|percentages?|%)) of (?:all keys|total|whole|all|total cost|total number)$/i,
    '',
    'whole',
  ],
  [
    /,? (?:shown |expressed |given )?(?:as (?:percentages?|percents?|shares?|proportions?|fractions?)|in (?:percents?|percentages?|%))$/i,
    '',
    'either',
  ],
  // "What share of all keys does each account have", "percentage of our keys in every region".
  [
    /^(?:(?:what is|what|which|show|show me|give me|how much is) )?(?:percentages?|percents?|%|shares?|proportions?|part|fraction) of (?:(?:all|our|total|kms) )*keys (?:(?:is|are|lies|lie|live|sits|sit) )?(?:in|per|by|for|from|held by|belongs to|belong to) (?:(?:each|every|different|single) )*/i,
    'keys per ',
    'each',
  ],
  [
    /^(?:(?:what is|what|which|show|show me|give me|how much is) )?(?:percentages?|percents?|%|shares?|proportions?|part|fraction) of (?:(?:all|our|total|kms|monthly|overall|key) )*(?:cost|costs|spend|spending|bill) (?:(?:is|are|falls|goes|comes) )?(?:in|per|by|for|from|to|on) (?:(?:each|every|different|single) )*/i,
    'monthly cost per ',
    'each',
  ],
  // "Each account's share of the total cost".
  [
    /^(?:(?:what is|show|show me|give me) )?(?:each|every) (.+?)(?: '?s|'s)? (?:percentage|share|proportion|part) of (?:(?:all|our|total|kms|monthly|overall|key) )*(?:cost|costs|spend|spending|bill)$/i,
    'monthly cost per $1',
    'whole',
  ],
  [
    /^(?:(?:what is|show|show me|give me) )?(?:each|every) (.+?)(?: '?s|'s)? (?:percentage|share|proportion|part) of (?:(?:all|our|total|kms) )*keys(?: in (?:percent|%))?$/i,
    'keys per $1',
    'whole',
  ],
];

type Read = (tokens: readonly Token[]) => readonly Plan[];

/**
 * The parts that groups have of the whole, read from the question for what they hold; nothing where no parts of
 * groups are asked for.
 */
export function inParts(tokens: readonly Token[], read: Read): readonly Plan[] {
  const text = written(tokens);
  for (const [asked, holds, of] of ways) {
    if (!asked.test(text)) continue;
    const grouped = read(englishTokens(text.replace(asked, holds))).filter(
      (plan) => plan.groupBy.length > 0,
    );
    const plans = grouped.flatMap((plan) => {
      if (of === 'whole' || saysOnlyWhere(plan)) return asParts(plan);
      return of === 'either' ? asPartsOrShare(plan) : [];
    });
    if (plans.length > 0) return distinct(plans);
  }
  return [];
}

const written = (tokens: readonly Token[]) =>
  tokens
    .map((t, i) => `${i === 0 ? '' : t.glued ? (t.joint ?? '') : ' '}${t.raw}`)
    .join('')
    .replaceAll(/(^| )(?:the|an?) /gi, '$1');
