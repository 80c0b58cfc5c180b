import { narrowed } from '../grammar/access.ts';
import { alt, expand, many, map, opt, type Parser, rule, seq } from '../grammar/chart.ts';
import { type Moment, resolveMoment } from '../plan/moment.ts';
import { allOf, type Filter, noneOf, type UsageTest } from '../plan/plan.ts';
import type { AccessGrammar } from './access.ts';
import { caller } from './callers.ts';
import { type Condition, ended } from './chain.ts';
import type { GrammarContext } from './context.ts';
import { type Ending, godan, ichidan, type Slot } from './endings.ts';
import { j, table } from './literals.ts';
import { doerOfAccess } from './same-doer.ts';
import { period, type TimeGrammar } from './time.ts';

/** Keys by who used them and who did not: gitlab-ciに使われた, S3に使われていない, aliceが使えるのに使っていない. */

const active = alt(
  ichidan('使用し', '利用し'),
  godan({ a: '使わ', i: '使い', u: '使う', t: '使っ' }),
);
const passive = ichidan('使われ', '使用され', '利用され');
const verb = alt(active, passive);

/** 使わなくなった is not any more, which no record tells. */
const stillSo =
  <T>(parser: Parser<T>): Parser<T> =>
  (chart, at) =>
    parser(chart, at).filter(
      ({ end }) =>
        !/なくな(?:っ|り)/u.test(
          chart.tokens
            .slice(at, end)
            .map((t) => t.raw)
            .join(''),
        ),
    );

/** 使ったことがない: never, of whoever is spoken of. */
const neverDone = (...done: readonly string[]): Parser<Ending> =>
  map(
    seq(
      j(...done),
      j('こと', '事', '形跡', '実績', '記録', '履歴'),
      j('の', 'が', 'も', 'は'),
      table<Slot>([
        ['ない', 'attributive'],
        ['無い', 'attributive'],
        ['なく', 'continuative'],
        ['なくて', 'continuative'],
        ['ありません', 'final'],
      ]),
    ),
    ([, , , slot]) => ({ negated: true, slot }),
  );
const neverUsed = neverDone('使った', '使用した', '利用した');
const neverWasUsed = neverDone('使われた', '使用された', '利用された');

const emphasis = opt(
  j(
    ...['一度も', '1度も', '1回も', '一回も', 'まだ', 'まだ一度も', '実際に', '実際には', '全く'],
    ...['まったく', 'これまで一度も', '今まで一度も', '実際には一度も', '直接', '、'],
  ),
);

/** Who did something, by the kind he is. */
const kinds: Parser<Partial<UsageTest>> = alt(
  map(j('IAMユーザー', 'IAMユーザ'), () => ({ identityTypes: ['IAMUser'] })),
  map(j('IAMロール', 'ロール'), () => ({ identityTypes: ['AssumedRole'] })),
  map(j('外部アカウント', '外部のアカウント', '組織外のアカウント', '社外のアカウント'), () => ({
    callerFrom: 'EXTERNAL' as const,
  })),
  map(j('別のアカウント', '別アカウント', '他のアカウント', '他アカウント'), () => ({
    callerFrom: 'OTHER_ACCOUNT' as const,
  })),
);

export function usedBy({ names, asOf }: GrammarContext, time: TimeGrammar): Parser<Condition> {
  const by = caller(names);
  const since = opt(time.since);
  const during = opt(whileOf(time, asOf));
  return rule(() =>
    alt(
      expand(
        seq(since, by, j('が', 'に', 'によって', 'により', 'から', '経由で'), since, verb),
        ([a, who, , b, ending]): readonly Condition[] => {
          const from = a ?? b;
          if ((a && b) || ending.negated) return [];
          return [
            ended(
              { is: 'event', test: { category: 'CRYPTO', ...who, ...(from ? { from } : {}) } },
              ending,
            ),
          ];
        },
      ),
      expand(
        seq(
          during,
          alt(by, kinds),
          alt(
            seq(j('が', 'は', 'も'), during, emphasis, stillSo(alt(active, neverUsed))),
            seq(
              j('に', 'には', 'にも', 'によって', 'により', 'から', 'からは', '経由で', '経由では'),
              during,
              emphasis,
              stillSo(alt(passive, neverWasUsed)),
            ),
          ),
        ),
        ([a, who, [, b, , ending]]): readonly Condition[] =>
          ending.negated && !(a && b) && !who.butNot ? [such(notBy(who, a ?? b), ending.slot)] : [],
      ),
      // S3経由でもRDS経由でも使われていない: by neither.
      expand(
        seq(
          during,
          many(
            map(
              seq(alt(by, kinds), j('も', 'にも', 'でも', '経由でも', 'からも', 'によっても')),
              ([who]) => who,
            ),
            2,
            5,
          ),
          during,
          emphasis,
          stillSo(alt(active, passive, neverUsed, neverWasUsed)),
        ),
        ([a, each, b, , ending]): readonly Condition[] =>
          ending.negated && !(a && b)
            ? [such(allOf(...each.map((who) => notBy(who, a ?? b))), ending.slot)]
            : [],
      ),
    ),
  );
}

/** 使えるのに一度も使っていない: by the one who may, and not by anyone. */
export function mayButDidNot(
  { asOf }: GrammarContext,
  time: TimeGrammar,
  access: AccessGrammar,
): Parser<Condition> {
  return rule(() =>
    expand(
      seq(
        access.who,
        j('が', 'は', 'から', 'に'),
        access.ability,
        j(
          ...[
            'のに',
            'が',
            'けど',
            'けれど',
            'けれども',
            'ものの',
            'にもかかわらず',
            'にも関わらず',
          ],
          ...[
            'のに、',
            'が、',
            'けど、',
            'けれど、',
            'ものの、',
            'にもかかわらず、',
            '一方で',
            '、',
          ],
        ),
        opt(whileOf(time, asOf)),
        emphasis,
        stillSo(alt(active, neverUsed)),
      ),
      ([may, , { levels, ending: able }, , during, , ending]): readonly Condition[] => {
        const who = doerOfAccess(may);
        const told = Object.keys(who).length > 0;
        if (able.negated || !ending.negated || !told) return [];
        return [such(allOf(narrowed(may, levels, null), notBy(who, during)), ending.slot)];
      },
    ),
  );
}

const such = (filter: Filter, slot: Slot): Condition => ({ filter, slot, denied: null });

interface While {
  readonly from: Moment | null;
  readonly to: Moment | null;
}

function notBy(who: Partial<UsageTest>, during: While | null): Filter {
  const { from = null, to = null } = during ?? {};
  return noneOf({
    is: 'event',
    test: { category: 'CRYPTO', ...who, ...(from ? { from } : {}), ...(to ? { to } : {}) },
  });
}

/** In which time: 今月, 3月以降, 90日以上, 過去90日間. */
function whileOf(time: TimeGrammar, asOf: Date): Parser<While> {
  return alt(
    map(time.since, (from) => ({ from, to: null })),
    // What lasts until now needs no end.
    expand(seq(time.range, opt(j('に', 'は', 'には'))), ([{ from, to }]) =>
      to && resolveMoment(to, asOf) > asOf ? [] : [{ from, to }],
    ),
    map(
      seq(
        opt(j('過去', '直近', 'ここ', 'もう')),
        period,
        j('', '以上', '間', '以上も', 'も', '間も'),
      ),
      ([, ago]) => ({ from: { ago }, to: null }),
    ),
  );
}
