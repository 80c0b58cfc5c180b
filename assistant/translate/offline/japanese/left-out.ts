import { alt, map, newChart, opt, type Parser, seq } from '../grammar/chart.ts';
import { allOf, type Filter, isEverything, noneOf, type Plan, partsOf } from '../plan/plan.ts';
import type { Token } from '../tokens/token.ts';
import type { KeyConditions } from './key-conditions.ts';
import { j } from './literals.ts';
import { textOf } from './tokens.ts';

/**
 * 無効なキーを除くローテーション有効率: what is left out of a share is in neither the part nor the whole. Behind
 * the whole it is said of the part: カスタマー管理キーのうち署名用以外の割合.
 */

const whole = /のうち|の中で|に占める|における/u;

/** What a question leaves out, as what then holds. */
function leftOut({ before, noun, places }: KeyConditions): Parser<readonly Filter[]> {
  const described = alt(
    map(seq(before, opt(noun)), ([f, n]) => (n ? allOf(f, n) : f)),
    noun,
    places.exact,
  );
  return map(
    seq(
      described,
      opt(j('は', 'を', 'のもの', 'のものを', 'のキーを')),
      j(
        '除く',
        '除いた',
        '除いて',
        '除外した',
        '除外して',
        '除外すると',
        '以外の',
        '以外',
        '抜きの',
      ),
    ),
    ([f]) => partsOf(noneOf(f)),
  );
}

/** Shares of what is left when it is left out. */
export function outOfTheWhole(
  conditions: KeyConditions,
  tokens: readonly Token[],
  plans: readonly Plan[],
): readonly Plan[] {
  const text = textOf(tokens);
  if (!/除|以外|抜き/u.test(text) || plans.every((p) => p.measure.kind !== 'share')) return plans;
  const parser = leftOut(conditions);
  const chart = newChart(tokens, new Set());
  const left = new Set(
    tokens.flatMap((_, at) =>
      whole.test(textOf(tokens.slice(0, at)))
        ? []
        : parser(chart, at).flatMap(({ value }) =>
            value.filter((f) => !isEverything(f)).map((f) => JSON.stringify(f)),
          ),
    ),
  );
  return plans.map((plan) => {
    if (plan.measure.kind !== 'share') return plan;
    const parts = partsOf(plan.measure.of);
    const moved = parts.filter((p) => left.has(JSON.stringify(p)));
    const kept = parts.filter((p) => !left.has(JSON.stringify(p)));
    return kept.length === 0
      ? plan
      : {
          ...plan,
          filter: allOf(plan.filter, ...moved),
          measure: { ...plan.measure, of: allOf(...kept) },
        };
  });
}
