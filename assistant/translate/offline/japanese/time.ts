import { type CalendarSpan, calendarOf } from '../grammar/calendar.ts';
import { alt, expand, map, opt, type Parser, rule, seq } from '../grammar/chart.ts';
import { type Moment, type Period, resolveMoment, type Unit } from '../plan/moment.ts';
import { timesOfDay } from './clock.ts';
import { j, table } from './literals.ts';
import { wholeNumber } from './numbers.ts';

const unit: Parser<readonly [Unit, number]> = table<readonly [Unit, number]>([
  ...['日', '日間', 'd', 'day', 'days'].map((t) => [t, ['day', 1]] as const),
  ...['週', '週間', 'weeks', 'week'].map((t) => [t, ['week', 1]] as const),
  ...['か月', 'ヶ月', 'カ月', 'ヵ月', 'ケ月', 'ヶ月', '箇月', '個月', 'months', 'month'].flatMap(
    (t) => [[t, ['month', 1]] as const, [`${t}間`, ['month', 1]] as const],
  ),
  ...['年', '年間', 'ヵ年', 'か年', 'years', 'year'].map((t) => [t, ['year', 1]] as const),
  ...['時間', 'hours'].map((t) => [t, ['hour', 1]] as const),
]);

/** A length of time: 90日, 6か月, 半年, 1年間. */
export const period: Parser<Period> = rule(() =>
  alt(
    // 2024年 is a year and no length of time.
    expand(seq(wholeNumber, unit), ([n, [u, factor]]): readonly Period[] =>
      u === 'year' && n > 100 ? [] : [{ count: n * factor, unit: u }],
    ),
    map(j('半年', '半年間'), () => ({ count: 6, unit: 'month' as const })),
    map(j('ひと月', 'ひと月間'), () => ({ count: 1, unit: 'month' as const })),
  ),
);

/** A stretch of time: from included, to excluded. */
export interface Range {
  readonly from: Moment | null;
  readonly to: Moment | null;
}

export interface TimeGrammar {
  /** A named day, month or year. */
  readonly span: Parser<CalendarSpan>;
  /** What has passed, as an adverb: 先月, 過去30日間に, 2023年3月以降に, 2020年より前に. */
  readonly range: Parser<Range>;
  /** What lies ahead: 今後7日間に, 30日以内に, 来月. */
  readonly ahead: Parser<Range>;
  /** The beginning of a stretch that lasts until now. */
  readonly since: Parser<Moment>;
}

export const now: Moment = { ago: { count: 0, unit: 'day' } };

/** The grammar of time for an as-of moment and the asker's time zone. */
export function timeGrammar(asOf: Date, timeZone: string): TimeGrammar {
  const {
    today,
    days,
    daySpan,
    monthSpan,
    yearSpan,
    real,
    realDay,
    nearest,
    week: mondayOf,
    dayOfWeek,
    isoDate,
    isoMoment,
  } = calendarOf(asOf, timeZone);
  const week = (offset: number) => days(mondayOf(offset), mondayOf(offset + 1));
  const weekend = (offset: number) => {
    const monday = mondayOf(offset);
    return days({ ...monday, day: monday.day + 5 }, { ...monday, day: monday.day + 7 });
  };
  /** 月曜, 先週の月曜日: each day of the week with what may stand before it. */
  const weekdays = (before: readonly string[], dayAt: (n: number) => CalendarSpan) =>
    [...'月火水木金土日'].flatMap((name, n) =>
      before.flatMap((b) => ['曜', '曜日'].map((end) => [`${b}${name}${end}`, dayAt(n)] as const)),
    );
  /** 年度: a business year in Japan, from April to March of the next year. */
  const fiscalSpan = (first: number) =>
    days({ year: first, month: 3, day: 1 }, { year: first + 1, month: 3, day: 1 });
  const fiscal = today.month >= 3 ? today.year : today.year - 1;
  const quarter = Math.floor(today.month / 3) * 3;
  const quarterSpan = (first: number) =>
    days({ ...today, month: first, day: 1 }, { ...today, month: first + 3, day: 1 });
  const yearNumber = alt(
    expand(wholeNumber, (y) => (y >= 1900 && y < 2100 ? [y] : [])),
    // The Reiwa era began in 2019.
    expand(
      seq(
        j('令和'),
        alt(
          wholeNumber,
          map(j('元'), () => 1),
        ),
      ),
      ([, n]) => (n >= 1 && n < 100 ? [2018 + n] : []),
    ),
  );
  const year = map(seq(yearNumber, j('年')), ([y]) => y);
  const month = expand(seq(wholeNumber, j('月')), ([m]) => (m >= 1 && m <= 12 ? [m - 1] : []));
  const dayOfMonth = expand(seq(wholeNumber, j('日')), ([d]) => (d >= 1 && d <= 31 ? [d] : []));
  /**
   * Quarters and halves, by their first month and their length. Those of a 年度 are of the business year;
   * a 上期 that is none of a 年度 may be either.
   */
  const quarters = ['一', '二', '三', '四'].flatMap((n, i) =>
    [`第${i + 1}四半期`, `第${n}四半期`, `${i + 1}Q`, `Q${i + 1}`].map(
      (w) => [w, [3 * i, 3]] as const,
    ),
  );
  const halves = [
    ...['上半期', '前半'].map((w) => [w, [0, 6]] as const),
    ...['下半期', '後半'].map((w) => [w, [6, 6]] as const),
  ];
  const terms = [
    ['上期', [0, 6]],
    ['下期', [6, 6]],
  ] as const;
  const part = table<readonly [number, number]>([...quarters, ...halves, ...terms]);
  const term = table<readonly [number, number]>(terms);
  const partSpan = (year: number, [month, months]: readonly [number, number]) =>
    days({ year, month, day: 1 }, { year, month: month + months, day: 1 });
  const fiscalPartSpan = (year: number, [month, months]: readonly [number, number]) =>
    partSpan(year, [month + 3, months]);
  const relativeDays: Parser<CalendarSpan> = table([
    ...['今日', '本日', 'きょう'].map((t) => [t, daySpan(today)] as const),
    ...['昨日', 'きのう', '前日'].map(
      (t) => [t, daySpan({ ...today, day: today.day - 1 })] as const,
    ),
    ...['一昨日', 'おととい'].map((t) => [t, daySpan({ ...today, day: today.day - 2 })] as const),
    ...['今週'].map((t) => [t, week(0)] as const),
    ...['先週', '前週'].map((t) => [t, week(-1)] as const),
    ...['先々週'].map((t) => [t, week(-2)] as const),
    ...['今月', '当月'].map((t) => [t, monthSpan(today.year, today.month)] as const),
    ...['先月', '前月'].map((t) => [t, monthSpan(today.year, today.month - 1)] as const),
    ...['先々月'].map((t) => [t, monthSpan(today.year, today.month - 2)] as const),
    ...['今年', '本年'].map((t) => [t, yearSpan(today.year)] as const),
    ...['昨年', '去年', '前年'].map((t) => [t, yearSpan(today.year - 1)] as const),
    ...['一昨年', 'おととし'].map((t) => [t, yearSpan(today.year - 2)] as const),
    ...['今年度', '本年度', '当年度'].map((t) => [t, fiscalSpan(fiscal)] as const),
    ...['昨年度', '前年度', '去年度'].map((t) => [t, fiscalSpan(fiscal - 1)] as const),
    ...['一昨年度'].map((t) => [t, fiscalSpan(fiscal - 2)] as const),
    ...['今四半期', 'この四半期'].map((t) => [t, quarterSpan(quarter)] as const),
    ...['前四半期'].map((t) => [t, quarterSpan(quarter - 3)] as const),
    ...['先週末'].map((t) => [t, weekend(-1)] as const),
    ...weekdays([''], nearest.past.weekday),
    ...weekdays(['今週の', '今週'], (n) => dayOfWeek(0, n)),
    ...weekdays(['先週の', '先週'], (n) => dayOfWeek(-1, n)),
  ]);
  const relative: Parser<CalendarSpan> = rule(() => alt(relativeDays, clock.part));
  const comingSpans: Parser<CalendarSpan> = table([
    ['明日', daySpan({ ...today, day: today.day + 1 })],
    ['今日', daySpan(today)],
    ['本日', daySpan(today)],
    ['今週', week(0)],
    ['今週中', { from: now, to: week(0).to }],
    ['来週', week(1)],
    ['今月', monthSpan(today.year, today.month)],
    ['今月中', { from: now, to: monthSpan(today.year, today.month).to }],
    ['来月', monthSpan(today.year, today.month + 1)],
    ['翌月', monthSpan(today.year, today.month + 1)],
    ['今年', yearSpan(today.year)],
    ['今年中', { from: now, to: yearSpan(today.year).to }],
    ['年内', { from: now, to: yearSpan(today.year).to }],
    ['来年', yearSpan(today.year + 1)],
    ['今年度', fiscalSpan(fiscal)],
    ['今年度中', { from: now, to: fiscalSpan(fiscal).to }],
    ['年度内', { from: now, to: fiscalSpan(fiscal).to }],
    ['来年度', fiscalSpan(fiscal + 1)],
    ['今四半期', quarterSpan(quarter)],
    ...['週末', '今週末'].map((t) => [t, weekend(0)] as const),
    ['来週末', weekend(1)],
    ...weekdays([''], nearest.ahead.weekday),
    ...weekdays(['今週の', '今週'], (n) => dayOfWeek(0, n)),
    ...weekdays(['来週の', '来週', '翌週の'], (n) => dayOfWeek(1, n)),
  ]);
  /** 今月中 is what is left of the month, not the month. */
  const coming: Parser<CalendarSpan> = (chart, at) => {
    const all = comingSpans(chart, at);
    const isLeft = (end: number) =>
      chart.tokens[end]?.text === '中' && all.some((longer) => longer.end === end + 1);
    return all.filter(({ end }) => !isLeft(end));
  };
  const thisYear = table([
    ...['今年', '本年'].map((w) => [w, today.year] as const),
    ...['昨年', '去年'].map((w) => [w, today.year - 1] as const),
  ]);
  const thisFiscalYear = table([
    ...['今年度', '本年度', '当年度'].map((w) => [w, fiscal] as const),
    ...['昨年度', '前年度'].map((w) => [w, fiscal - 1] as const),
  ]);
  const withYear: Parser<CalendarSpan> = rule(() =>
    alt(
      isoDate,
      isoMoment,
      map(year, yearSpan),
      map(seq(year, j('度')), ([y]) => fiscalSpan(y)),
      ...(
        [
          [alt(year, thisYear), part, partSpan],
          [
            alt(
              map(seq(year, j('度')), ([y]) => y),
              thisFiscalYear,
            ),
            part,
            fiscalPartSpan,
          ],
          [alt(year, thisYear), term, fiscalPartSpan],
        ] as const
      ).map(([of, parts, spanOf]) => map(seq(of, opt(j('の')), parts), ([y, , p]) => spanOf(y, p))),
      map(seq(year, month), ([y, m]) => monthSpan(y, m)),
      expand(seq(year, month, dayOfMonth), ([y, m, d]) => realDay({ year: y, month: m, day: d })),
      expand(seq(j('昨年', '去年'), opt(j('の')), month), ([, , m]) => [
        monthSpan(today.year - 1, m),
      ]),
      expand(seq(j('今年', '本年'), opt(j('の')), month), ([, , m]) => [monthSpan(today.year, m)]),
    ),
  );
  const withoutYear: Parser<CalendarSpan> = rule(() =>
    alt(
      // 第3四半期: the latest that has begun, of the year of the calendar as where a year is said.
      map(table<readonly [number, number]>(quarters), (q) =>
        partSpan(q[0] <= today.month ? today.year : today.year - 1, q),
      ),
      map(month, (m) => monthSpan(nearest.past.yearOf(m), m)),
      expand(seq(month, dayOfMonth), ([m, d]) =>
        realDay({ year: nearest.past.yearOfDay(m, d), month: m, day: d }),
      ),
    ),
  );
  const absolute: Parser<CalendarSpan> = rule(() => alt(withYear, withoutYear));
  const span: Parser<CalendarSpan> = rule(() => alt(absolute, relative));
  const clock = timesOfDay(
    asOf,
    timeZone,
    rule(() => alt(absolute, relativeDays)),
  );
  const fromTo = j('から', '~');
  const until = opt(j('まで', 'までの間', 'の間', 'にかけて', 'にかけての', 'までにかけて'));
  /** 2024年1月から3月まで: the second month is of the year of the first. */
  const sameYear: Parser<Range> = expand(
    seq(
      alt(year, thisYear),
      opt(j('の')),
      month,
      opt(dayOfMonth),
      fromTo,
      month,
      opt(dayOfMonth),
      until,
    ),
    ([y, , m1, d1, , m2, d2]): readonly Range[] => {
      const [a, b] = [
        { year: y, month: m1, day: d1 ?? 1 },
        { year: y, month: m2, day: d2 ?? 1 },
      ];
      if (m2 < m1 || (d1 === null) !== (d2 === null) || !real(a) || !real(b)) return [];
      const last = d2 === null ? monthSpan(y, m2) : daySpan(b);
      return [{ from: daySpan(a).from, to: last.to }];
    },
  );
  /** 11月1日から10日まで: the second day is of the month of the first. */
  const sameMonth: Parser<Range> = expand(
    seq(opt(year), month, dayOfMonth, fromTo, dayOfMonth, until),
    ([y, m, d1, , d2]): readonly Range[] => {
      const of = y ?? nearest.past.yearOfDay(m, d1);
      const [a, b] = [
        { year: of, month: m, day: d1 },
        { year: of, month: m, day: d2 },
      ];
      return d2 >= d1 && real(a) && real(b) ? [{ from: daySpan(a).from, to: daySpan(b).to }] : [];
    },
  );
  const between: Parser<Range> = expand(
    alt(
      seq(withYear, fromTo, withYear, until),
      seq(withYear, fromTo, relative, until),
      seq(relative, fromTo, relative, until),
      seq(withoutYear, fromTo, withoutYear, until),
      seq(withoutYear, fromTo, relative, until),
      seq(withYear, j('と'), withYear, j('の間')),
    ),
    ([a, , b]): readonly Range[] =>
      resolveMoment(a.from, asOf) < resolveMoment(b.to, asOf) ? [{ from: a.from, to: b.to }] : [],
  );

  const ago: Parser<Moment> = alt(
    map(seq(period, j('前')), ([p]) => ({ ago: p })),
    map(j('現在', '今'), () => now),
  );
  /** 過去90日間, 直近の3か月, ここ1年. */
  const lately: Parser<Moment> = map(
    seq(
      j(
        '過去',
        '直近',
        'ここ',
        'この',
        '最近',
        '直前',
        'これまで',
        '現在までの',
        '過去の',
        '直近の',
        '最近の',
        '最後の',
      ),
      opt(j('の')),
      period,
      opt(j('以内', 'の間', '間', 'のあいだ', 'あいだ', 'ほど', 'くらい', 'ぐらい')),
    ),
    ([, , p]) => ({ ago: p }),
  );
  const untilNow = opt(
    j('今まで', '現在まで', 'これまで', '今日まで', 'ずっと', '今までに', '現在まで一度も'),
  );
  const begun: Parser<Moment> = rule(() =>
    alt(
      lately,
      map(
        seq(
          alt(
            map(span, (s) => s.from),
            ago,
          ),
          j('以降', '以後', 'から', '以来', 'からは'),
          untilNow,
        ),
        ([m]) => m,
      ),
      map(
        seq(
          span,
          j(
            'に入ってから',
            'に入って以降',
            'に入って',
            'になってから',
            'になって',
            'に入り',
            'が始まってから',
          ),
        ),
        ([s]) => s.from,
      ),
      map(seq(span, j('より後', 'よりあと', 'よりも後', 'の後', 'より新しく')), ([s]) => s.to),
      map(seq(ago, j('より後', 'よりあと', 'よりも後')), ([m]) => m),
    ),
  );
  const beforeNamed = (named: Parser<CalendarSpan>): Parser<Moment> =>
    alt(
      map(
        seq(
          named,
          j(
            'より前',
            'よりも前',
            'の前',
            '前',
            'より以前',
            'よりも以前',
            'より昔',
            'より古く',
            '未満',
          ),
        ),
        ([s]) => s.from,
      ),
      map(seq(named, j('以前', 'まで', 'までの間')), ([s]) => s.to),
    );
  const beforePeriod: Parser<Moment> = rule(() =>
    alt(
      map(
        seq(
          period,
          j(
            '以上前',
            'より前',
            'よりも前',
            '以上も前',
            '以上昔',
            'を超える前',
            '超前',
            '前より前',
            '前以前',
            '前までの間',
            '前まで',
            'よりも以前',
          ),
        ),
        ([p]) => ({ ago: p }),
      ),
    ),
  );
  const before: Parser<Moment> = rule(() => alt(beforeNamed(span), beforePeriod));
  const particle = opt(
    j(
      'に',
      'の',
      'で',
      'は',
      'の間に',
      'の間',
      'の間で',
      'のあいだに',
      'のあいだ',
      'のあいだで',
      'で見て',
      '中に',
      '中',
      '中の',
      'のうちに',
      'において',
      'には',
      '間に',
      '分',
      '分の',
      '分で',
      '分だけ',
    ),
  );
  const bare: Parser<Range> = rule(() =>
    alt(
      map(begun, (from) => ({ from, to: null })),
      map(before, (to) => ({ from: null, to })),
      map(span, (s): Range => s),
      map(clock.span, (s): Range => s),
      map(
        seq(clock.moment, j('以降', '以後', 'から', 'より後', 'からは', '過ぎから', '過ぎ以降')),
        ([s]): Range => ({ from: s.from, to: null }),
      ),
      // The year of a month that ends a stretch is that of its beginning, not the latest.
      map(seq(begun, opt(j('、')), beforeNamed(alt(withYear, relative))), ([from, , to]) => ({
        from,
        to,
      })),
      map(seq(begun, opt(j('、')), beforePeriod), ([from, , to]) => ({ from, to })),
      sameYear,
      sameMonth,
      between,
      // 30日以内 looks back where what happened is told, and ahead where it will happen.
      map(seq(period, j('以内')), ([p]) => ({ from: { ago: p }, to: null })),
      map(seq(period, j('前から'), period, j('前までの間', '前まで')), ([a, , b]) => ({
        from: { ago: a },
        to: { ago: b },
      })),
    ),
  );
  const range: Parser<Range> = rule(() => map(seq(bare, particle), ([r]) => r));
  /** A month or day without its year, of what lies ahead: the next there is. */
  const nextWithoutYear: Parser<CalendarSpan> = rule(() =>
    alt(
      map(month, (m) => monthSpan(nearest.ahead.yearOf(m), m)),
      expand(seq(month, dayOfMonth), ([m, d]) =>
        // A day of this month that has passed is not meant to come in a year.
        m === today.month && d < today.day
          ? []
          : realDay({ year: nearest.ahead.yearOfDay(m, d), month: m, day: d }),
      ),
    ),
  );
  const comingDate: Parser<CalendarSpan> = rule(() => alt(withYear, nextWithoutYear));
  const soon: Parser<Range> = alt(
    map(
      seq(
        opt(
          j(
            '今後',
            'これから',
            'この先',
            '次の',
            '向こう',
            '今から',
            'あと',
            'この',
            '今後の',
            'これからの',
            '先',
            '本日から',
            '今日から',
          ),
        ),
        period,
        opt(j('以内', 'の間', 'のあいだ', 'のうち', '後まで', 'まで', '内', 'のあいだに')),
      ),
      ([, p]) => ({ from: now, to: { ahead: p } }),
    ),
    map(coming, (s): Range => s),
    map(seq(coming, j('まで', '末まで', 'までの間')), ([s]): Range => ({ from: now, to: s.to })),
    map(comingDate, (s): Range => s),
    map(seq(comingDate, j('以前', 'まで')), ([s]): Range => ({ from: null, to: s.to })),
    map(seq(comingDate, j('より前')), ([s]): Range => ({ from: null, to: s.from })),
    map(seq(comingDate, j('以降')), ([s]): Range => ({ from: s.from, to: null })),
    map(
      seq(comingDate, j('以降'), comingDate, j('より前')),
      ([a, , b]): Range => ({ from: a.from, to: b.from }),
    ),
    map(
      seq(j('現在以降'), period, j('後より前')),
      ([, p]): Range => ({ from: now, to: { ahead: p } }),
    ),
  );
  /** 今年中に: what is left of it. */
  const isLeft = (text: string) => /^今(?:週|月|年|年度)中/u.test(text);
  const wholly: Parser<Range> = rule(() => map(seq(soon, particle), ([r]) => r));
  const ahead: Parser<Range> = (chart, at) =>
    wholly(chart, at).filter(
      ({ value, end }) =>
        value.from === now ||
        !isLeft(
          chart.tokens
            .slice(at, end)
            .map((t) => t.text)
            .join(''),
        ),
    );
  const since: Parser<Moment> = rule(() =>
    alt(
      map(seq(begun, particle), ([m]) => m),
      // A stretch that still lasts is what has passed of it.
      map(
        seq(
          table([
            ['今日', daySpan(today).from],
            ['本日', daySpan(today).from],
            ['今週', week(0).from],
            ['今月', monthSpan(today.year, today.month).from],
            ['今年', yearSpan(today.year).from],
          ]),
          particle,
        ),
        ([m]) => m,
      ),
    ),
  );
  return { span, range, ahead, since };
}
