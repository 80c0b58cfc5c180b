import {
  allOf,
  type Dimension,
  everything,
  type Filter,
  isEverything,
  type Measure,
  type Plan,
} from '../plan/plan.ts';
import { alt, expand, map, opt, type Parser, rule, seq, token, unless, words } from './chart.ts';
import { comparisonQuestions } from './comparison-questions.ts';
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
  /** "Total monthly cost", "average age". */
  readonly aggregate: Parser<Measure>;
  /** "With their aliases": columns to show besides. */
  readonly shown: Parser<readonly string[]>;
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
  const direct = rule(() =>
    alt(
      listQuestions(phrases, conditions),
      countQuestions(phrases, conditions, time),
      measures.question,
      shareQuestions(phrases, conditions),
      groupQuestions(phrases, conditions, measures.aggregate),
      particularQuestions(phrases, conditions),
    ),
  );
  /** "Per account, what do keys unused for 90 days cost?": what to group by comes first. */
  const groupedFirst: Parser<Plan> = expand(
    seq(
      group,
      opt(words('we operate in', 'we use', 'we have keys in', 'that we use')),
      token((t) => (t.kind === 'comma' ? true : undefined)),
      opt(words('give me', 'show me', 'tell me', 'show')),
      direct,
    ),
    ([groupBy, , , , plan]): readonly Plan[] =>
      plan.groupBy.length > 0 || plan.measure.kind === 'list'
        ? []
        : [{ ...plan, groupBy: [...groupBy] }],
  );
  const question = rule(() =>
    alt(direct, groupedFirst, comparisonQuestions(phrases, measures.aggregate, time)),
  );
  const keys = rule(() =>
    expand(seq(nounPhrase, opt(after)), ([np, a]) =>
      np.order || mayBeWho(np.filter, a !== null && isEverything(a))
        ? []
        : [allOf(np.filter, a ?? everything)],
    ),
  );
  /** Conditions alone; "rotate it" at the beginning is an order, which nobody here carries out. */
  const elliptical: Parser<Plan> = map(
    seq(
      unless(words('rotate', 'expire', 'use', 'show')),
      after,
      opt(
        seq(
          token((t) => (t.kind === 'comma' ? true : undefined)),
          words('which keys', 'which ones', 'what keys', 'keys'),
        ),
      ),
      polite,
    ),
    ([, filter]) => list(filter, []),
  );
  const measured = map(seq(measures.aggregate, words('of')), ([measure]) => measure);
  return {
    question,
    elliptical,
    keys,
    grouping: group,
    ordering,
    measured,
    aggregate: measures.aggregate,
    shown: phrases.shown,
  };
}
