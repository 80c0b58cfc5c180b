import { type Plan, partsOf } from '../plan/plan.ts';
import { distinct } from '../plan/possible.ts';
import { asParts } from '../plan/refine.ts';
import { saysOnlyWhere } from '../plan/says.ts';
import type { Token } from '../tokens/token.ts';
import { japaneseTokens, written } from './tokens.ts';

/** What a percentage is called that is told of each group. */
const percentage = '(?:割合|比率|構成比率|構成比|比|シェア|パーセンテージ|百分率)';
const ending =
  '(?:は|って|を|が)?(?:どう|どれくらい|どのくらい|何%|いくつ|どうなって(?:い)?(?:る|ます))?(?:ですか|でしょうか|か)?(?:(?:教えて|見せて|出して|示して|知りたい|見たい|ほしい|欲しい|お願い)(?:ください|下さい|です|します)?|ください)?';
const keys = '(?:キー|鍵|CMK)';

/** 東京と大阪のキーの比率, 無効なキーと有効なキーの割合: of two kinds, how much of both is each. */
const ofTwo = new RegExp(
  `^([^、。?]+)(?<![ごっひこも])と(?!も)([^、。?]+?)の?(?:${keys}の?)?数?の?${percentage}${ending}$`,
  'iu',
);
/** リージョン別のキーの割合, キー数の構成比をリージョン別に: what each group has of the whole. */
const ofEach: readonly RegExp[] = [
  new RegExp(
    `^(?<by>[^、。?]*(?:別|ごと|毎|単位))(?:に|の)?、?(?<of>[^、。?]*?)の?(?:数|件数|本数)?の?(?<how>${percentage})${ending}$`,
    'u',
  ),
  new RegExp(
    `^(?<of>[^、。?]*?)の?(?:数|件数|本数)?の?(?<how>${percentage})(?:を|は)?、?(?<by>[^、。?のをは]+(?:別|ごと|毎|単位))(?:に|で)?${ending}$`,
    'u',
  ),
];
/** Of all, whatever else is said of the keys. */
const ofAll = /構成比|シェア/u;
const cost = /コスト|費用|料金|金額|月額/u;
/** Part of a whole that is named is another question. */
const ofWhole = /のうち|に占める|の中で|に対する|以外|除/u;

/** Whether a question asks for parts of a whole by a word that nothing else is asked for with. */
export const asksForParts = (tokens: readonly Token[]) => /構成比|比率/u.test(written(tokens));

type Read = (tokens: readonly Token[]) => readonly Plan[];

/**
 * The parts that groups have of the whole, read from the question for their numbers; null where no parts of
 * groups are asked for. What is so of each group (アカウント別の無効なキーの割合) is read elsewhere.
 */
export function inParts(tokens: readonly Token[], read: Read): readonly Plan[] | null {
  const text = written(tokens);
  if (ofWhole.test(text)) return null;
  const two = ofTwo.exec(text);
  if (two) {
    for (const noun of ['', 'のキー', 'キー']) {
      const asked = `${two[1]}と${two[2]}${noun}の数を比較`;
      const plans = read(japaneseTokens(asked));
      if (plans.length > 0 && plans.every(comparesTwo) && meansOnly(plans, two, read))
        return distinct(plans.flatMap(asParts));
    }
  }
  for (const pattern of ofEach) {
    const { by, of = '', how = '' } = pattern.exec(text)?.groups ?? {};
    if (by === undefined) continue;
    const counted = cost.test(of) ? of : of === '' ? '件数' : `${of}の数`;
    const plans = read(japaneseTokens(`${by}の${counted}`)).filter(
      (plan) => plan.groupBy.length > 0 && (ofAll.test(how) || saysOnlyWhere(plan)),
    );
    if (plans.length > 0) return distinct(plans.flatMap(asParts));
  }
  return null;
}

/** Whether the two can be nothing else, such as values of a tag, which have no column to compare. */
function meansOnly(plans: readonly Plan[], [, a, b]: readonly string[], read: Read): boolean {
  const known = new Set(plans.map((plan) => JSON.stringify(plan.filter)));
  return read(japaneseTokens(`${a}と${b}のキー`)).every((p) => known.has(JSON.stringify(p.filter)));
}

/** Whether the groups of a plan are two values that are named, and no more. */
function comparesTwo({ filter, groupBy }: Plan): boolean {
  const [group, ...more] = groupBy;
  if (!group || more.length > 0 || !('column' in group)) return false;
  return partsOf(filter).some(
    (f) =>
      'is' in f &&
      ((f.is === 'value' && f.column === group.column && f.values.length === 2) ||
        (f.is === 'ou' && group.column === 'ou_path' && f.paths.length === 2)),
  );
}
