import { severities } from '../../../../collector/schema/enums.ts';
import {
  allOf,
  everything,
  type Filter,
  isEverything,
  listOf,
  type Measure,
  type Plan,
} from '../plan/plan.ts';
import { alt, expand, map, opt, type Parser, rule, seq, token, words } from './chart.ts';
import { severe } from './concern-conditions.ts';
import type { GrammarContext } from './context.ts';
import { dimension, grouping } from './dimensions.ts';
import type { KeyConditions } from './key-conditions.ts';
import type { KeyQuestions } from './key-questions.ts';
import { counting, existing, listing } from './openings.ts';
import type { Places } from './places.ts';
import { wholeNumber } from './time.ts';

const rows: Measure = { kind: 'count', keys: false };
const keysOnce: Measure = { kind: 'count', keys: true };

/** Questions about concerns. "Top concerns" are the kinds of concern that the most keys have. */
export function concernQuestions(
  context: GrammarContext,
  conditions: KeyConditions,
  keys: KeyQuestions,
  places: Places,
): Parser<Plan> {
  const { lexicon } = context;
  const noun = expand(lexicon.nouns.parser, (e) => (e === 'concerns' ? [true] : []));
  const nouns = alt(
    noun,
    words(
      'problem',
      'problems',
      'risks',
      'risk',
      'security concerns',
      'security issues',
      'security findings',
      'security problems',
      'types of concerns',
      'kinds of concerns',
      'concern types',
      'concern kinds',
      'kinds of concern',
      'types of concern',
    ),
  );
  const names = severities.map((s) => s.value as string);
  const oneSeverity = expand(lexicon.columnValues.concerns.parser, (v) =>
    v.column === 'severity' ? [v.value] : [],
  );
  const severityWord = opt(words('severity'));
  const severity: Parser<Filter> = map(
    alt(
      map(seq(oneSeverity, severityWord), ([s]) => [s]),
      map(
        seq(oneSeverity, severityWord, words('and', 'or'), oneSeverity, severityWord),
        ([a, , , b]) => names.filter((n) => n === a || n === b),
      ),
      map(
        seq(
          oneSeverity,
          severityWord,
          words('or worse', 'and worse', 'or higher', 'and higher', 'or above', 'and above'),
        ),
        ([s]) => names.slice(0, names.indexOf(s) + 1),
      ),
      severe,
    ),
    (list): Filter => ({ is: 'severity', severities: [...list] }),
  );
  const code: Parser<Filter> = map(
    lexicon.concerns.parser,
    (c): Filter => ({ is: 'concern', codes: [c] }),
  );
  const ofKeys: Parser<Filter> = rule(() =>
    alt(
      map(
        seq(words('in', 'within', 'for', 'of', 'from', 'on', 'across'), places.place),
        ([, f]): Filter => (isEverything(f) ? everything : { key: f }),
      ),
      map(
        seq(
          words(
            'of',
            'for',
            'on',
            'about',
            'with',
            'affecting',
            'does',
            'do',
            'among',
            'in',
            'at',
            'that affect',
          ),
          alt(conditions.particular, keys.keys),
          opt(words('have', 'show')),
        ),
        ([, f]): Filter => (isEverything(f) ? everything : { key: f }),
      ),
    ),
  );
  const mark = token((t) =>
    t.kind === 'comma' || /^(?:[:;]|-+)$/.test(t.text) ? true : undefined,
  );
  const ofKeysFirst: Parser<Filter> = expand(
    seq(opt(words('in', 'for', 'of')), places.place, mark),
    ([, f]) => (isEverything(f) ? [] : [{ key: f } as const]),
  );
  const ofSeverity: Parser<Filter> = map(
    seq(
      words('with', 'of', 'with severity', 'of severity', 'that are', 'which are', 'are'),
      severity,
    ),
    ([, f]) => f,
  );
  const phrase: Parser<Filter> = rule(() =>
    map(
      seq(
        opt(words('all', 'any', 'all of', 'different', 'individual')),
        opt(severity),
        opt(code),
        nouns,
        opt(existing),
        opt(ofSeverity),
        opt(ofKeys),
        opt(ofSeverity),
        opt(existing),
      ),
      ([, s, c, , , a, k, b]) =>
        allOf(s ?? everything, c ?? everything, a ?? everything, k ?? everything, b ?? everything),
    ),
  );
  const group = grouping('concerns', context);
  const dim = dimension('concerns', context);

  const kind = words(
    'per kind',
    'by kind',
    'by type',
    'per type',
    'by concern',
    'per concern',
    'for each concern',
    'by label',
    'per label',
    'grouped by kind',
    'grouped by type',
    'by name',
    'by code',
    'by concern type',
    'by kind of concern',
    'per kind of concern',
    'by type of concern',
    'per type of concern',
    'per concern type',
    'broken down by kind',
    'broken down by type',
    'by concern kind',
  );
  const byKind = (
    filter: Filter,
    measure: Measure,
    orderBy: Plan['orderBy'],
    limit: Plan['limit'],
  ): Plan => ({
    ...listOf('concerns', filter),
    measure,
    groupBy: [{ column: 'label' }],
    orderBy,
    limit,
  });
  const descending = { by: 'value', direction: 'desc' } as const;
  const common = words(
    'most common',
    'most frequent',
    'most widespread',
    'top',
    'main',
    'biggest',
    'commonest',
    'most prevalent',
    'leading',
  );
  return rule(() =>
    alt(
      map(seq(opt(listing), phrase), ([, filter]) => listOf('concerns', filter)),
      map(
        seq(counting, phrase),
        ([, filter]): Plan => ({ ...listOf('concerns', filter), measure: rows }),
      ),
      map(
        seq(counting, phrase, group),
        ([, filter, g]): Plan => ({
          ...listOf('concerns', filter),
          measure: rows,
          groupBy: [...g],
        }),
      ),
      map(
        seq(opt(listing), phrase, group, opt(ofKeys)),
        ([, filter, g, k]): Plan => ({
          ...listOf('concerns', allOf(filter, k ?? everything)),
          measure: rows,
          groupBy: [...g],
        }),
      ),
      // "Payments-prod: findings by severity".
      map(
        seq(ofKeysFirst, opt(words('list', 'show', 'number of', 'count')), phrase, group),
        ([k, , filter, g]): Plan => ({
          ...listOf('concerns', allOf(filter, k)),
          measure: rows,
          groupBy: [...g],
        }),
      ),
      map(
        seq(counting, nouns, group, opt(ofKeys)),
        ([, , g, k]): Plan => ({
          ...listOf('concerns', k ?? everything),
          measure: rows,
          groupBy: [...g],
        }),
      ),
      map(
        seq(opt(listing), phrase, group),
        ([, filter, g]): Plan => ({
          ...listOf('concerns', filter),
          measure: rows,
          groupBy: [...g],
        }),
      ),
      map(seq(alt(opt(listing), counting), phrase, kind), ([, filter]) =>
        byKind(filter, rows, null, null),
      ),
      map(seq(opt(listing), common, opt(wholeNumber), phrase), ([, , n, filter]) =>
        byKind(filter, keysOnce, descending, n),
      ),
      map(seq(opt(listing), wholeNumber, common, phrase), ([, n, , filter]) =>
        byKind(filter, keysOnce, descending, n),
      ),
      map(
        seq(
          words('which', 'what'),
          phrase,
          words('is', 'are'),
          words('most common', 'the most common', 'most frequent', 'most widespread'),
        ),
        ([, filter]) => byKind(filter, keysOnce, descending, 'ties'),
      ),
      map(
        seq(
          words('which', 'what'),
          nouns,
          words('affects', 'affect', 'has', 'have', 'occurs in', 'occur in'),
          words('most keys', 'the most keys', 'most of keys'),
        ),
        () => byKind(everything, keysOnce, descending, 'ties'),
      ),
      map(
        seq(words('what is wrong in', 'what is wrong with', 'what is the matter in'), places.place),
        ([, f]) => listOf('concerns', isEverything(f) ? everything : { key: f }),
      ),
      map(
        seq(
          words('how many'),
          phrase,
          words('of each severity', 'by each severity', 'per each severity'),
          opt(existing),
        ),
        ([, filter]): Plan => ({
          ...listOf('concerns', filter),
          measure: rows,
          groupBy: [{ column: 'severity' }],
        }),
      ),
      map(
        seq(dim, words('breakdown of', 'distribution of', 'split of', 'counts of'), phrase),
        ([d, , filter]): Plan => ({ ...listOf('concerns', filter), measure: rows, groupBy: [d] }),
      ),
      map(
        seq(phrase, words('counts', 'count', 'totals', 'numbers', 'statistics'), kind),
        ([filter]) => byKind(filter, rows, null, null),
      ),
      map(
        seq(phrase, words('counts', 'count', 'totals'), group),
        ([filter, , g]): Plan => ({
          ...listOf('concerns', filter),
          measure: rows,
          groupBy: [...g],
        }),
      ),
      // Keys by what is wrong with them.
      map(seq(alt(counting, opt(listing)), keys.keys, kind), ([, filter]) =>
        byKind(isEverything(filter) ? everything : { key: filter }, keysOnce, null, null),
      ),
      map(
        seq(
          words('which', 'what'),
          dim,
          words('has', 'have'),
          words('most', 'fewest', 'least'),
          phrase,
        ),
        ([, d, , most, filter]): Plan => ({
          ...listOf('concerns', filter),
          measure: rows,
          groupBy: [d],
          orderBy: { by: 'value', direction: most === 'most' ? 'desc' : 'asc' },
          limit: 'ties',
        }),
      ),
      map(
        seq(
          opt(listing),
          words('top'),
          wholeNumber,
          dim,
          words('by', 'by number of', 'with most', 'with the most'),
          phrase,
        ),
        ([, , n, d, , filter]): Plan => ({
          ...listOf('concerns', filter),
          measure: rows,
          groupBy: [d],
          orderBy: descending,
          limit: n,
        }),
      ),
      map(
        seq(
          words(
            'what is wrong with',
            'what is the matter with',
            'what are the concerns about',
            'why is',
            'why was',
            'why are',
            'what problems does',
            'any problems with',
            'any concerns about',
            'any issues with',
          ),
          alt(conditions.particular, keys.keys),
          opt(
            words(
              'flagged',
              'a concern',
              'being flagged',
              'reported',
              'listed',
              'on the list',
              'have',
            ),
          ),
        ),
        ([, filter]) => listOf('concerns', { key: filter }),
      ),
    ),
  );
}
