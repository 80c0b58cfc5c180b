import type { Need } from '../needs.ts';
import { costBeside } from '../plan/measured.ts';
import { isEverything } from '../plan/plan.ts';
import { isList, some } from '../plan/says.ts';

/** What keys cost: one of them, all of them, and what was paid. */
export const ofMoney: readonly Need[] = [
  {
    where: /\b(?:number|count|how many)\b.*\band (?:the |their |what )?(?:\w+ )?(?:cost|price)/,
    says: (plan) => costBeside(plan) !== null,
  },
  // Money of groups is not the price of one key.
  {
    where:
      /\b(?:accounts?|teams?|regions?|ous?|units?) (?:that |which )?(?:costs?|costing|spends?|pays?)\b.*\b(?:more|less|over|under|above|below|at least)\b/,
    says: (plan) => !some(plan, (f) => f.is === 'number' && f.column === 'monthly_cost_usd'),
  },
  {
    where: /\bcost(?:s|ing)?\b.*\d.*\b(?:a|per) year\b/,
    says: (plan) => !some(plan, (f) => f.is === 'number' && f.column === 'monthly_cost_usd'),
  },
  { where: /\b(?:savings?|wasted?)\b/, says: (plan) => !isEverything(plan.filter) },
  {
    where: /\b(?:lowest|highest) cost (?:region|account|team|ou)\b/,
    says: ({ measure }) => measure.kind === 'sum',
  },
  // Money: which keys cost some, and what all of them cost, are two questions.
  {
    where:
      /^(?:and )?(?:which|list|find|show(?: me)?|get|display) (?:(?!what\b|how\b|cost|price|total|sum)\w+ )*?(?:keys?|cmks?)\b(?!.*\b(?:total|sum|altogether|combined)\b).*\b(?:costs?|costing|money|pay|paying|spend|spending|wast(?:e|ed|ing))\b|\bkeys?\b.*\b(?:that|which) (?:\w+ )?costs?\b|\bcosting\b.*\b(?:money|us)\b|\bkeys?\b.* and (?:what|how much) (?:they|each)(?: \w+)? costs?\b/,
    says: ({ measure, groupBy }) => measure.kind !== 'sum' || groupBy.length > 0,
  },
  // What was paid in the past is not recorded, only what keys cost now.
  {
    where:
      /\b(?:was|were|did|have|has|had)\b.*\b(?:cost|spent|spend|wasted|waste|paid|pay)\b.*\b(?:since|last|yesterday|in (?:19|20)\d\d|in (?:january|february|march|april|may|june|july|august|september|october|november|december)|(?:this|past|previous) (?:week|month|quarter|year))\b/,
    says: ({ measure }) => measure.kind !== 'sum',
  },
  {
    where: /^(?:list|show)\b.*\bwith (?:their |the )?(?:monthly |yearly )?(?:costs?|prices?)$/,
    says: isList,
  },
  // "By key manager in every Region": in each of them.
  ...(['region', 'account'] as const).map(
    (place): Need => ({
      where: new RegExp(
        `\\b(?:vs|versus|compared (?:to|with)|by|per)\\b.*\\b(?:in|for|of) (?:every|each)(?: single)? ${place}\\b`,
      ),
      says: ({ groupBy }) =>
        groupBy.some(
          (d) => 'column' in d && d.column === (place === 'region' ? place : 'account_id'),
        ),
    }),
  ),
  // What is compared is told apart, in each group as well.
  {
    where:
      /\b(?:vs|versus|compared (?:to|with|against)|^compare)\b.*\b(?:per|by) (?!(?:the )?(?:number|count|cost|monthly|yearly|total|key|price|age|size|average))/,
    says: ({ groupBy }) => groupBy.length > 1,
  },
  {
    where:
      /\bcosts? (?:of|for) (?:the )?(?:\w+ )?(?:enabled|disabled|symmetric|asymmetric|rsa|ecc|hmac) and (?:\w+ )?(?:enabled|disabled|symmetric|asymmetric|rsa|ecc|hmac)\b.*\b(?:per|by)\b/,
    says: ({ groupBy }) => groupBy.length > 1,
  },
  // The price of one key, whatever keys there are.
  {
    where:
      /\b(?:cost|price|charge|fee|cost per|price per) (?:of |for |per )?(?:a|an|one|each|single|1)(?: \w+){0,3} (?:key|cmk)\b|\b(?:does|do|would|will|is) (?:a|an|one|each|1)(?: \w+){0,3} (?:key|cmk) cost\b|\b(?:cost|costs|price) per (?:\w+ ){1,2}(?:key|cmk)\b/,
    says: ({ measure }) => measure.kind === 'avg',
  },
  {
    where: /\b(?:lowest|highest|least|top) cost (?:keys?|cmks?)\b/,
    says: isList,
  },
];
