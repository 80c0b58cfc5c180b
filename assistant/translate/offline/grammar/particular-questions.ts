import { allOf, type Plan } from '../plan/plan.ts';
import { alt, expand, many, map, opt, type Parser, rule, seq, words } from './chart.ts';
import type { KeyConditions } from './key-conditions.ts';
import type { KeyPhrases } from './key-phrases.ts';
import { list } from './key-plans.ts';
import { listing } from './openings.ts';

/** Questions about one key: "when was alias/orders last used?", "is alias/orders public?" */
export function particularQuestions(phrases: KeyPhrases, conditions: KeyConditions): Parser<Plan> {
  const { column } = phrases;
  const { particular } = conditions;
  /** A column by its name, or by what people call its content. */
  const shownColumn: Parser<string> = alt(
    // Concerns are told in full by a question of their own.
    expand(column, (c) => (c === 'concern_codes' ? [] : [c])),
    map(
      words(
        'last used date',
        'last usage date',
        'date of last use',
        'last use date',
        'time of last use',
      ),
      () => 'last_used_at',
    ),
    map(words('monthly cost', 'cost', 'price', 'monthly price'), () => 'monthly_cost_usd'),
    map(
      words('next rotation', 'next rotation date', 'date of next rotation'),
      () => 'next_rotation_at',
    ),
  );
  /** One particular key: what it is, or some of its columns. */
  const about: Parser<Plan> = rule(() =>
    alt(
      map(
        seq(
          opt(listing),
          opt(
            words(
              'details of',
              'details for',
              'details about',
              'everything about',
              'information about',
              'info on',
              'about',
            ),
          ),
          particular,
        ),
        ([, , filter]) => list(filter, []),
      ),
      map(
        seq(
          opt(
            words(
              'what is',
              'what are',
              'show',
              'show me',
              'when is',
              'give me',
              'tell me',
              'which',
              'print',
              'get',
              'list',
            ),
          ),
          shownColumn,
          many(
            map(seq(words('and', ','), shownColumn), ([, c]) => c),
            0,
            4,
          ),
          words('of', 'for', 'does', 'on', 'has'),
          particular,
          opt(words('have', 'use')),
        ),
        ([, first, more, , filter]) => list(filter, [first, ...more]),
      ),
      map(
        seq(
          words('when was', 'when were', 'when is', 'when will'),
          particular,
          alt(
            map(words('created', 'made'), () => 'created_at'),
            map(
              words(
                'last used',
                'used last',
                'most recently used',
                'used last time',
                'used for last time',
                'used the last time',
              ),
              () => 'last_used_at',
            ),
            map(words('be deleted', 'deleted', 'going to be deleted'), () => 'deletion_at'),
            map(words('expire', 'expiring', 'going to expire'), () => 'material_expires_at'),
            map(
              words(
                'be rotated next',
                'rotate next',
                'rotated next',
                'be rotated',
                'due for rotation',
              ),
              () => 'next_rotation_at',
            ),
          ),
        ),
        ([, filter, c]) =>
          list(
            filter,
            c === 'last_used_at' ? ['last_used_at', 'last_used_operation', 'usage_status'] : [c],
          ),
      ),
      map(seq(words('how old is', 'how old are', 'what is age of'), particular), ([, filter]) =>
        list(filter, ['created_at']),
      ),
      map(
        seq(
          words('how much does', 'how much do', 'what does'),
          particular,
          words('cost'),
          opt(words('per month', 'a month')),
        ),
        ([, filter]) => list(filter, ['monthly_cost_usd']),
      ),
      map(
        seq(
          words(
            'in which account is',
            'where is',
            'which account owns',
            'in which region is',
            'which account has',
            'which account is',
            'to which account does',
            'which account does',
            'which accounts key is',
          ),
          particular,
          opt(words('in', 'belong to', 'belong', 'live in')),
        ),
        ([, filter]) => list(filter, ['ou_path']),
      ),
      // The account that a key is in, or whoever its tags name.
      map(
        seq(
          words(
            'who owns',
            'who is owner of',
            'who is the owner of',
            'owner of',
            'whose key is',
            'whose is',
            'who is responsible for',
            'who do i ask about',
            'who do i contact about',
          ),
          particular,
        ),
        ([, filter]) => list(filter, ['ou_path', 'tags']),
      ),
      map(
        seq(words('what tags does', 'which tags does'), particular, words('have')),
        ([, filter]) => list(filter, ['tags']),
      ),
    ),
  );

  /** "Is rotation enabled for alias/orders?": the key with the column that says so. */
  const whether: Parser<Plan> = map(
    seq(
      words('is', 'has', 'does'),
      alt(
        map(
          seq(
            column,
            opt(words('enabled', 'on', 'disabled', 'off', 'set', 'turned on')),
            words('for', 'of', 'on'),
            particular,
          ),
          ([c, , , f]) => ({ c, f }),
        ),
        map(
          seq(particular, opt(words('have')), column, opt(words('enabled', 'on'))),
          ([f, , c]) => ({ c, f }),
        ),
      ),
    ),
    ([, { c, f }]) => list(f, [c]),
  );
  /** "Is alias/orders public?": the key, where it certainly is. */
  const isSuch: Parser<Plan> = map(
    seq(
      words('is', 'are', 'was', 'were', 'does', 'do', 'has', 'have'),
      particular,
      conditions.single,
    ),
    ([, key, such]) => list(allOf(key, such.filter), []),
  );
  /** The value itself says more than whether there is one. */
  const yesOrNo: Parser<Plan> = (chart, at) => {
    const shown = whether(chart, at);
    return shown.some(({ end }) => end === chart.tokens.length) ? shown : isSuch(chart, at);
  };
  return alt(about, yesOrNo);
}
