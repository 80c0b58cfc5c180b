import type { Period } from '../plan/moment.ts';
import type { Filter } from '../plan/plan.ts';
import { alt, map, opt, type Parser, rule, seq, words } from './chart.ts';
import { period, type TimeGrammar } from './time.ts';

/** When things happen to a key: created, last used, deleted, expired, rotated. */
export interface TimeConditions {
  readonly timed: Parser<Filter>;
  readonly upcoming: Parser<Filter>;
  readonly timeVerbs: Parser<Filter>;
  readonly age: Parser<Filter>;
}

export function timeConditions(time: TimeGrammar): TimeConditions {
  const timeColumn = (verbs: Parser<unknown>, column: string): Parser<Filter> =>
    map(seq(verbs, time.range), ([, { from, to }]): Filter => ({ is: 'time', column, from, to }));
  const timed: Parser<Filter> = rule(() =>
    alt(
      timeColumn(words('created', 'made', 'set up', 'added', 'been created'), 'created_at'),
      timeColumn(
        words('last used', 'most recently used', 'last accessed', 'last been used'),
        'last_used_at',
      ),
      timeColumn(
        words(
          'deleted',
          'scheduled for deletion',
          'due for deletion',
          'to be deleted',
          'scheduled to be deleted',
          'going to be deleted',
          'pending deletion',
          'about to be deleted',
        ),
        'deletion_at',
      ),
      timeColumn(
        words('expiring', 'going to expire', 'due to expire', 'about to expire'),
        'material_expires_at',
      ),
      timeColumn(
        words(
          'rotated next',
          'due for rotation',
          'due to rotate',
          'to be rotated',
          'rotating next',
        ),
        'next_rotation_at',
      ),
    ),
  );
  const upcoming: Parser<Filter> = rule(() => {
    const within = map(
      seq(words('within', 'in'), opt(words('next', 'coming')), period),
      ([, , p]) => p,
    );
    const ahead =
      (column: string) =>
      (p: Period): Filter => ({
        is: 'time',
        column,
        from: { ago: { count: 0, unit: 'day' } },
        to: { ahead: p },
      });
    return alt(
      map(
        seq(
          words(
            'expire',
            'expires',
            'expiring',
            'will expire',
            'going to expire',
            'due to expire',
            'about to expire',
          ),
          within,
        ),
        ([, p]) => ahead('material_expires_at')(p),
      ),
      map(
        seq(
          words(
            'deleted',
            'scheduled for deletion',
            'due for deletion',
            'to be deleted',
            'scheduled to be deleted',
            'will be deleted',
            'get deleted',
            'going to be deleted',
          ),
          within,
        ),
        ([, p]) => ahead('deletion_at')(p),
      ),
      map(
        seq(
          words(
            'rotate',
            'will rotate',
            'rotated',
            'will be rotated',
            'due for rotation',
            'rotate next',
          ),
          within,
        ),
        ([, p]) => ahead('next_rotation_at')(p),
      ),
    );
  });
  const timeVerbs: Parser<Filter> = alt(
    timeColumn(words('expire', 'expires', 'will expire'), 'material_expires_at'),
    timeColumn(words('will be deleted', 'get deleted', 'go away'), 'deletion_at'),
    timeColumn(
      words('will be rotated', 'rotate', 'rotate next', 'will rotate'),
      'next_rotation_at',
    ),
    upcoming,
  );
  const age: Parser<Filter> = rule(() => {
    const created = (from: Period | null, to: Period | null): Filter => ({
      is: 'time',
      column: 'created_at',
      from: from && { ago: from },
      to: to && { ago: to },
    });
    return alt(
      map(
        seq(
          words('older than', 'more than', 'over', 'at least'),
          period,
          opt(words('old', 'of age')),
        ),
        ([, p]) => created(null, p),
      ),
      map(seq(words('younger than', 'newer than'), period), ([, p]) => created(p, null)),
      map(seq(words('less than', 'under'), period, words('old', 'of age')), ([, p]) =>
        created(p, null),
      ),
      map(seq(period, words('old or older', 'or older', 'or more old')), ([p]) => created(null, p)),
      map(
        seq(words('older than', 'created earlier than', 'from before'), time.span),
        ([, s]): Filter => ({ is: 'time', column: 'created_at', from: null, to: s.from }),
      ),
      map(
        seq(words('newer than', 'younger than'), time.span),
        ([, s]): Filter => ({ is: 'time', column: 'created_at', from: s.to, to: null }),
      ),
    );
  });
  return { timed, upcoming, timeVerbs, age };
}
