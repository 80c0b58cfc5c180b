import { type Period, resolveMoment } from '../plan/moment.ts';
import { anyOf, type Filter } from '../plan/plan.ts';
import { alt, expand, map, opt, type Parser, rule, seq, words } from './chart.ts';
import { fromNowOn, wholeNumber as number, period, type TimeGrammar } from './time.ts';

/** When things happen to a key: created, last used, deleted, expired, rotated. */
export interface TimeConditions {
  readonly timed: Parser<Filter>;
  readonly upcoming: Parser<Filter>;
  readonly timeVerbs: Parser<Filter>;
  readonly age: Parser<Filter>;
}

/** How soon "soon" is, only the asker knows. */
const soon: readonly Period[] = [30, 60, 90].map((count) => ({ count, unit: 'day' }));

export function timeConditions(time: TimeGrammar, asOf: Date): TimeConditions {
  const timeColumn = (verbs: Parser<unknown>, column: string): Parser<Filter> =>
    map(seq(verbs, time.range), ([, { from, to }]): Filter => ({ is: 'time', column, from, to }));
  /**
   * What lies ahead. A past time cannot be meant by it: "scheduled for deletion since March" asks when
   * someone scheduled it, and a key that was deleted is no longer there.
   */
  const aheadColumn = (verbs: Parser<unknown>, column: string): Parser<Filter> =>
    expand(seq(verbs, time.ahead), ([, { from, to }]): readonly Filter[] => {
      const [begin, end] = [from, to].map((m) => m && resolveMoment(m, asOf));
      const past = end ? end <= asOf : begin !== null && begin !== undefined && begin < asOf;
      return past ? [] : [{ is: 'time', column, from, to }];
    });
  const created = words(
    'created',
    'made',
    'set up',
    'added',
    'been created',
    'generated',
    'provisioned',
    'born',
    'introduced',
    'spun up',
    'came into being',
  );
  const timed: Parser<Filter> = rule(() =>
    alt(
      timeColumn(created, 'created_at'),
      // "In March or April": either.
      map(
        seq(
          created,
          words('in', 'during', 'on'),
          time.span,
          words('or', 'and', 'or in', 'and in', 'or on', 'and on'),
          time.span,
        ),
        ([, , a, , b]) =>
          anyOf(
            ...[a, b].map(
              ({ from, to }): Filter => ({ is: 'time', column: 'created_at', from, to }),
            ),
          ),
      ),
      timeColumn(
        words('last used', 'most recently used', 'last accessed', 'last been used'),
        'last_used_at',
      ),
      aheadColumn(
        words(
          'scheduled for deletion',
          'due for deletion',
          'to be deleted',
          'scheduled to be deleted',
          'set to be deleted',
          'set for deletion',
          'planned to be deleted',
          'going to be deleted',
          'pending deletion',
          'about to be deleted',
          'being deleted',
          'getting deleted',
          'going away',
          'disappearing',
        ),
        'deletion_at',
      ),
      aheadColumn(
        words(
          'expiring',
          'going to expire',
          'due to expire',
          'about to expire',
          'running out',
          'lapsing',
        ),
        'material_expires_at',
      ),
      aheadColumn(
        words(
          'rotated next',
          'due for rotation',
          'due to rotate',
          'to be rotated',
          'rotating next',
          'rotating',
          'that rotate',
          'due to be rotated',
        ),
        'next_rotation_at',
      ),
    ),
  );
  const upcoming: Parser<Filter> = rule(() => {
    const within: Parser<Period> = alt(
      fromNowOn(
        map(seq(words('within', 'in'), opt(words('next', 'coming')), period), ([, , p]) => p),
      ),
      expand(words('soon', 'shortly', 'in the near future'), () => soon),
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
        seq(words('will rotate', 'will be rotated', 'due for rotation', 'rotate next'), within),
        ([, p]) => ahead('next_rotation_at')(p),
      ),
    );
  });
  const timeVerbs: Parser<Filter> = alt(
    aheadColumn(
      words(
        'expire',
        'expires',
        'will expire',
        'runs out',
        'run out',
        'will run out',
        'lapses',
        'lapse',
      ),
      'material_expires_at',
    ),
    aheadColumn(
      words('will be deleted', 'get deleted', 'gets deleted', 'go away', 'goes away', 'is deleted'),
      'deletion_at',
    ),
    aheadColumn(
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
      map(seq(words('older than'), period, opt(words('old', 'of age'))), ([, p]) =>
        created(null, p),
      ),
      map(seq(words('more than', 'over', 'at least'), period, words('old', 'of age')), ([, p]) =>
        created(null, p),
      ),
      map(
        seq(words('between'), number, words('and'), period, words('old', 'of age')),
        ([, least, , p]) => created(p, { ...p, count: least }),
      ),
      map(
        seq(words('between'), period, words('and'), period, words('old', 'of age')),
        ([, least, , p]) => created(p, least),
      ),
      map(seq(words('younger than', 'newer than'), period), ([, p]) => created(p, null)),
      map(
        seq(words('pre', 'from before'), time.span),
        ([, s]): Filter => ({ is: 'time', column: 'created_at', from: null, to: s.from }),
      ),
      map(
        seq(words('post'), time.span),
        ([, s]): Filter => ({ is: 'time', column: 'created_at', from: s.to, to: null }),
      ),
      map(
        seq(words('new'), time.range),
        ([, { from, to }]): Filter => ({
          is: 'time',
          column: 'created_at',
          from,
          to,
        }),
      ),
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
