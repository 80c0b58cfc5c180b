import { columnOf } from '../plan/entity-tables.ts';
import { allOf, everything, type Filter, listOf, type Measure, type Plan } from '../plan/plan.ts';
import { alt, expand, map, opt, type Parser, rule, seq, words } from './chart.ts';
import type { GrammarContext } from './context.ts';
import type { KeyConditions } from './key-conditions.ts';
import { type KeyPhrases, type NounPhrase, nothing } from './key-phrases.ts';

export interface MeasureQuestions {
  readonly question: Parser<Plan>;
  /** "Total monthly cost", "average age". */
  readonly aggregate: Parser<Measure>;
}

/** Totals, averages and extremes: "what do our keys cost?", "average age of keys". */
export function measureQuestions(
  context: GrammarContext,
  phrases: KeyPhrases,
  conditions: KeyConditions,
): MeasureQuestions {
  const { lexicon } = context;
  const { nounPhrase, group, rest, front } = phrases;
  const { after } = conditions;
  const aggregate: Parser<Measure> = rule(() => {
    const cost = words(
      'cost',
      'costs',
      'price',
      'monthly cost',
      'monthly costs',
      'monthly price',
      'spend',
      'monthly spend',
      'spending',
      'bill',
      'monthly bill',
      'cost per month',
    );
    const measured = alt(
      map(cost, () => 'monthly_cost_usd'),
      map(words('age', 'key age', 'age in days'), () => 'age_days'),
      expand(lexicon.columns.keys.parser, (c) =>
        ['days', 'count', 'money'].includes(columnOf('keys', c)?.role ?? '') ? [c] : [],
      ),
    );
    return alt(
      map(
        seq(words('average', 'mean', 'avg'), measured),
        ([, column]): Measure => ({ kind: 'avg', column }),
      ),
      map(
        seq(words('total', 'sum of', 'combined', 'overall', 'total sum of'), cost),
        (): Measure => ({ kind: 'sum', column: 'monthly_cost_usd' }),
      ),
      map(cost, (): Measure => ({ kind: 'sum', column: 'monthly_cost_usd' })),
      map(
        seq(words('maximum', 'highest', 'max', 'longest', 'greatest'), measured),
        ([, column]): Measure => ({ kind: 'max', column }),
      ),
      map(
        seq(words('minimum', 'lowest', 'min', 'shortest', 'smallest'), measured),
        ([, column]): Measure => ({ kind: 'min', column }),
      ),
    );
  });
  const bare: NounPhrase = { filter: everything, order: null, limit: null, singular: false };
  const asking = opt(
    words(
      'what is',
      'what are',
      'what was',
      'show',
      'show me',
      'give me',
      'tell me',
      'calculate',
      'compute',
      'how high is',
      'how high are',
      'what',
      'how much is',
      'list',
      'get',
    ),
  );
  const measureQuestion: Parser<Plan> = rule(() =>
    expand(
      alt(
        map(
          seq(
            front,
            asking,
            aggregate,
            words('of', 'for', 'across', 'over', 'among', 'by', 'from'),
            nounPhrase,
            rest,
          ),
          ([p, , m, , np, r]) => ({ p, m, np, r }),
        ),
        map(
          seq(front, asking, opt(words('kms', 'key')), aggregate, opt(words('per key', 'of key'))),
          ([p, , , m]) => ({
            p,
            m,
            np: bare,
            r: nothing,
          }),
        ),
        map(
          seq(
            front,
            asking,
            words('average', 'mean', 'avg'),
            words('cost', 'price', 'monthly cost', 'monthly price'),
            words('per key', 'of key'),
            opt(group),
            opt(after),
          ),
          ([p, , , , , g, a]) => ({
            p: allOf(p, a ?? everything),
            m: { kind: 'avg', column: 'monthly_cost_usd' } as const,
            np: bare,
            r: { ...nothing, groupBy: g ?? [] },
          }),
        ),
        map(words('how old is oldest key', 'what is age of oldest key'), () => ({
          p: everything,
          m: { kind: 'max', column: 'age_days' } as const,
          np: bare,
          r: nothing,
        })),
        map(
          seq(
            front,
            asking,
            opt(words('kms', 'key')),
            map(seq(aggregate, opt(words('of keys'))), ([m]) => m),
            group,
            opt(after),
          ),
          ([p, , , m, g, a]) => ({
            p,
            m,
            np: { filter: a ?? everything, order: null, limit: null, singular: false },
            r: { ...nothing, groupBy: g },
          }),
        ),
        map(
          seq(
            words(
              'how much do',
              'what do',
              'how much does',
              'what does',
              'how much are',
              'how much is',
            ),
            nounPhrase,
            opt(after),
            words('cost', 'cost us', 'costing', 'costing us'),
            opt(
              words(
                'per month',
                'a month',
                'monthly',
                'each month',
                'in total',
                'overall',
                'every month',
                'in total per month',
              ),
            ),
            rest,
          ),
          ([, np, a, , , r]) => ({
            p: a ?? everything,
            m: { kind: 'sum', column: 'monthly_cost_usd' } as const,
            np,
            r,
          }),
        ),
        map(
          seq(
            words(
              'how much do we spend on',
              'how much do we pay for',
              'what do we spend on',
              'what do we pay for',
              'how much are we spending on',
              'how much are we paying for',
              'how much money do we spend on',
            ),
            nounPhrase,
            opt(words('per month', 'a month', 'monthly', 'each month')),
            rest,
          ),
          ([, np, , r]) => ({
            p: everything,
            m: { kind: 'sum', column: 'monthly_cost_usd' } as const,
            np,
            r,
          }),
        ),
      ),
      ({ p, m, np, r }): readonly Plan[] => {
        if (np.order || r.show.length > 0 || r.limit !== null || r.order) return [];
        return [
          { ...listOf('keys', allOf(p, np.filter, r.filter)), measure: m, groupBy: [...r.groupBy] },
        ];
      },
    ),
  );
  const customer: Filter = { is: 'value', column: 'key_manager', values: ['CUSTOMER'] };
  /** What deletion would save: only customer managed keys cost anything, and only they can be deleted. */
  const saving: Parser<Plan> = rule(() =>
    expand(
      seq(
        words(
          'how much would we save',
          'what would we save',
          'how much could we save',
          'what could we save',
          'how much can we save',
          'how much money would we save',
          'how much money could we save',
          'how much do we save',
          'what would be saved',
          'how much would be saved',
          'what are potential savings',
          'potential savings',
          'what is potential saving',
          'savings',
          'how much will we save',
        ),
        opt(words('per month', 'a month', 'monthly', 'each month')),
        words(
          'if we deleted',
          'if we delete',
          'by deleting',
          'if we removed',
          'by removing',
          'if we got rid of',
          'by getting rid of',
          'from deleting',
          'when deleting',
          'if we were to delete',
          'if i deleted',
          'if deleting',
          'of deleting',
          'if we remove',
        ),
        nounPhrase,
        rest,
      ),
      ([, , , np, r]): readonly Plan[] =>
        np.order || r.limit !== null || r.order || r.show.length > 0
          ? []
          : [
              {
                ...listOf('keys', allOf(customer, np.filter, r.filter)),
                measure: { kind: 'sum', column: 'monthly_cost_usd' },
                groupBy: [...r.groupBy],
              },
            ],
    ),
  );
  return { question: alt(measureQuestion, saving), aggregate };
}
