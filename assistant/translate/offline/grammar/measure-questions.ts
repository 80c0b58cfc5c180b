import { columnOf } from '../plan/entity-tables.ts';
import {
  allOf,
  customerManaged,
  everything,
  listOf,
  type Measure,
  type Plan,
} from '../plan/plan.ts';
import { alt, expand, map, opt, type Parser, rule, seq, token, words } from './chart.ts';
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
      map(words('age in years', 'key age in years'), () => 'age_years'),
      map(
        words('number of aliases', 'aliases', 'alias count', 'number of aliases per key'),
        () => 'alias_count',
      ),
      map(
        words('number of tags', 'tags', 'tag count', 'number of tags per key'),
        () => 'tag_count',
      ),
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
  const total: Measure = { kind: 'sum', column: 'monthly_cost_usd' };
  const bare: NounPhrase = { filter: everything, order: null, limit: null, singular: false };
  const nounOrNot = alt(
    nounPhrase,
    map(phrases.beforeNoun, (filter): NounPhrase => ({ ...bare, filter })),
  );
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
        map(
          seq(words('how old are'), nounPhrase, opt(after), words('on average', 'in average')),
          ([, np, a]) => ({
            p: a ?? everything,
            m: { kind: 'avg', column: 'age_days' } as const,
            np,
            r: nothing,
          }),
        ),
        map(
          seq(
            words('how many days are'),
            nounPhrase,
            words('unused on average', 'idle on average', 'unused , on average'),
          ),
          ([, np]) => ({
            p: everything,
            m: { kind: 'avg', column: 'days_unused' } as const,
            np,
            r: nothing,
          }),
        ),
        map(
          seq(
            words('average', 'mean', 'avg'),
            words('cost', 'monthly cost', 'price'),
            words('per', 'of each', 'for each', 'of'),
            nounPhrase,
          ),
          ([, , , np]) => ({
            p: everything,
            m: { kind: 'avg', column: 'monthly_cost_usd' } as const,
            np,
            r: nothing,
          }),
        ),
        // "What does payments-prod pay for its keys", "cost of account payments-prod".
        map(
          seq(
            words('what does', 'how much does', 'what do', 'how much do'),
            opt(words('account')),
            phrases.place,
            words(
              'pay for its keys',
              'pay for keys',
              'spend on keys',
              'spend on kms',
              'spend on its keys',
              'cost',
              'pay',
              'pay for kms',
              'spend',
            ),
            opt(words('per month', 'a month')),
          ),
          ([, , p]) => ({ p, m: total, np: bare, r: nothing }),
        ),
        map(
          seq(opt(words('kms', 'key')), aggregate, words('of', 'for', 'in'), phrases.place),
          ([, m, , p]) => ({ p, m, np: bare, r: nothing }),
        ),
        // "How much does each account spend on keys".
        map(
          seq(
            words('how much does', 'what does', 'how much do', 'what do'),
            words('each', 'every'),
            phrases.dim,
            words(
              'spend on keys',
              'spend on kms',
              'pay for keys',
              'pay for kms',
              'cost',
              'spend',
              'pay',
              'pay for its keys',
              'spend on its keys',
            ),
            opt(words('per month', 'a month')),
          ),
          ([, , d]) => ({ p: everything, m: total, np: bare, r: { ...nothing, groupBy: [d] } }),
        ),
        map(
          seq(
            words('chargeback', 'showback', 'cost split', 'cost breakdown', 'cost allocation'),
            group,
          ),
          ([, g]) => ({ p: everything, m: total, np: bare, r: { ...nothing, groupBy: g } }),
        ),
        map(
          seq(aggregate, group, words('and month', 'and per month', 'per month', 'a month')),
          ([m, g]) => ({ p: everything, m, np: bare, r: { ...nothing, groupBy: g } }),
        ),
        map(
          seq(
            aggregate,
            group,
            token((t) => (t.kind === 'comma' ? true : undefined)),
            nounOrNot,
            opt(words('only')),
          ),
          ([m, g, , np]) => ({ p: everything, m, np, r: { ...nothing, groupBy: g } }),
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
            words('cost', 'cost us', 'costing', 'costing us', 'cost us per month'),
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
            words('how expensive are', 'how costly are', 'how expensive is'),
            nounPhrase,
            opt(words('per month', 'a month', 'monthly')),
            rest,
            opt(words('per month', 'a month')),
          ),
          ([, np, , r]) => ({ p: everything, m: total, np, r }),
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
              'how much do we waste on',
              'what do we waste on',
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
                ...listOf('keys', allOf(customerManaged, np.filter, r.filter)),
                measure: { kind: 'sum', column: 'monthly_cost_usd' },
                groupBy: [...r.groupBy],
              },
            ],
    ),
  );
  const saved = words(
    'savings',
    'monthly savings',
    'potential savings',
    'saving',
    'potential saving',
    'possible savings',
    'potential monthly savings',
    'savings potential',
    'what are savings',
    'what are potential savings',
  );
  const deleted = words(
    'were deleted',
    'are deleted',
    'got deleted',
    'were removed',
    'would be deleted',
    'were gone',
    'was deleted',
  );
  const deleting = words(
    'from deleting',
    'by deleting',
    'if we deleted',
    'if we delete',
    'of deleting',
    'when deleting',
    'from removing',
    'of',
    'from',
  );
  const savings: Parser<Plan> = rule(() =>
    expand(
      alt(
        map(
          seq(saved, opt(group), words('if', 'when'), nounPhrase, opt(after), deleted, opt(group)),
          ([, g, , np, a, , h]) => ({ np, f: a, by: [g, h] }),
        ),
        map(
          seq(saved, opt(group), deleting, nounPhrase, opt(after), opt(group)),
          ([, g, , np, a, h]) => ({
            np,
            f: a,
            by: [g, h],
          }),
        ),
      ),
      ({ np, f, by }): readonly Plan[] => {
        const groups = by.filter((g) => g !== null);
        return np.order || groups.length > 1
          ? []
          : [
              {
                ...listOf('keys', allOf(customerManaged, np.filter, f ?? everything)),
                measure: total,
                groupBy: [...(groups[0] ?? [])],
              },
            ];
      },
    ),
  );
  return { question: alt(measureQuestion, saving, savings), aggregate };
}
