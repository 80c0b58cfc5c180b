import {
  allOf,
  type Dimension,
  everything,
  type Filter,
  isEverything,
  type Measure,
  type Plan,
} from '../plan/plan.ts';
import { alt, expand, map, opt, type Parser, rule, seq, words } from './chart.ts';
import type { GrammarContext } from './context.ts';
import { countQuestions } from './count-questions.ts';
import { groupQuestions } from './group-questions.ts';
import type { KeyConditions } from './key-conditions.ts';
import { keyPhrases, mayBeWho, type Order } from './key-phrases.ts';
import { list } from './key-plans.ts';
import { listQuestions } from './list-questions.ts';
import { measureQuestions } from './measure-questions.ts';
import { polite } from './openings.ts';
import { particularQuestions } from './particular-questions.ts';
import type { Places } from './places.ts';
import { shareQuestions } from './share-questions.ts';
import type { TimeGrammar } from './time.ts';

export interface KeyQuestions {
  readonly question: Parser<Plan>;
  /** Conditions alone, without a word for what they are about: keys are meant. */
  readonly elliptical: Parser<Plan>;
  /** Keys as a noun phrase with everything that describes them. */
  readonly keys: Parser<Filter>;
  readonly grouping: Parser<readonly Dimension[]>;
  readonly ordering: Parser<Order>;
  /** "Total monthly cost of", "average age of". */
  readonly measured: Parser<Measure>;
}

/** Questions whose rows are keys, or counts and sums of keys. */
export function keyQuestions(
  context: GrammarContext,
  time: TimeGrammar,
  conditions: KeyConditions,
  places: Places,
): KeyQuestions {
  const phrases = keyPhrases(context, conditions, places);
  const { nounPhrase, group, ordering } = phrases;
  const { after } = conditions;
  const measures = measureQuestions(context, phrases, conditions);
  const question = rule(() =>
    alt(
      listQuestions(phrases, conditions),
      countQuestions(phrases, conditions, time),
      measures.question,
      shareQuestions(phrases, conditions),
      groupQuestions(phrases, conditions, measures.aggregate),
      particularQuestions(phrases, conditions),
    ),
  );
  const keys = rule(() =>
    expand(seq(nounPhrase, opt(after)), ([np, a]) =>
      np.order || mayBeWho(np.filter, a !== null && isEverything(a))
        ? []
        : [allOf(np.filter, a ?? everything)],
    ),
  );
  const elliptical = map(seq(after, polite), ([filter]) => list(filter, []));
  const measured = map(seq(measures.aggregate, words('of')), ([measure]) => measure);
  return { question, elliptical, keys, grouping: group, ordering, measured };
}
