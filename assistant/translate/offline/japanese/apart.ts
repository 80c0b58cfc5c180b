import { allOf, customerManaged, type Filter, type Plan, partsOf } from '../plan/plan.ts';
import { groupsOf, severalOf, some } from '../plan/says.ts';

/** What a question asks for of two things, or leaves open of which, told apart after it was read. */

/** Both taken together are one number. */
const together = /合計|合わせ|あわせて|総数|総額|両方|全部で|トータル|計\d|いずれか|どちらか/u;
/** 東京と大阪のキー数: two places by their names, and the number of the keys there. */
const ofTwoPlaces =
  /[^、。]と[^、。]+?(?:に(?:ある|おける)|の)?(?:[^、。と]*(?:な|の|た|る|い))?(?:キー|鍵|CMK)(?:の?(?:本数|件数|個数|数)|は、?(?:それぞれ)?(?:何本|何個|何件|いくつ))/iu;
const places = ['region', 'account_id', 'ou_path'];

/** The number of keys of one place and of another is one for each. */
export function eachPlace(text: string, plans: readonly Plan[]): readonly Plan[] {
  if (!ofTwoPlaces.test(text) || together.test(text)) return plans;
  return plans.map((plan) => {
    const { entity, measure, groupBy, filter } = plan;
    if (entity !== 'keys' || measure.kind !== 'count' || groupBy.length > 0) return plan;
    const column = partsOf(filter).flatMap((f) => severalOf(f) ?? []);
    const [only, ...more] = column.filter((c) => places.includes(c));
    return only && more.length === 0 ? { ...plan, groupBy: [groupsOf(only)] } : plan;
  });
}

const rotationRate =
  /ローテーション(?:の)?(?:有効(?:化)?|設定|実施|適用|対応)?率(?!.*(?:対称|対象|可能|できる))/u;

/** ローテーション有効率: of all keys, or of those whose rotation is the customer's. */
export function rateOfAnyKeys(text: string, plans: readonly Plan[]): readonly Plan[] {
  if (!rotationRate.test(text)) return plans;
  return plans.flatMap((plan) =>
    plan.measure.kind !== 'share' || some(plan, (f) => f.is === 'value' && f.column !== 'region')
      ? [plan]
      : [plan, { ...plan, filter: allOf(plan.filter, customerManaged) }],
  );
}

/** Families of key specs, as they are called. */
const families = ['RSA', 'ECC', 'HMAC'];
const asksWhich = /どっち|どちら/u;

/**
 * RSAとECC、どっちが多い: of two families of specs, each of which is several, how much of both the first is; a
 * number for each spec would leave the sums to whoever reads them.
 */
export function whicheverOfTwo(text: string, plans: readonly Plan[]): readonly Plan[] {
  if (!asksWhich.test(text)) return plans;
  return plans.map((plan) => {
    const [group, ...others] = plan.groupBy;
    if (!group || others.length > 0 || !('column' in group) || group.column !== 'key_spec')
      return plan;
    if (plan.entity !== 'keys' || plan.measure.kind !== 'count') return plan;
    const specs = partsOf(plan.filter).flatMap((f) =>
      'is' in f && f.is === 'value' && f.column === 'key_spec' ? f.values : [],
    );
    const named = families.filter((f) => specs.some((s) => s.startsWith(f)));
    const [first, second] = [...named].sort((a, b) => placeOf(text, a) - placeOf(text, b));
    const covered = specs.every((s) => named.some((f) => s.startsWith(f)));
    if (!first || !second || named.length > 2 || !covered || specs.length === 2) return plan;
    const of: Filter = {
      is: 'value',
      column: 'key_spec',
      values: specs.filter((s) => s.startsWith(first)),
    };
    return { ...plan, groupBy: [], orderBy: null, limit: null, measure: { kind: 'share', of } };
  });
}

const placeOf = (text: string, family: string) => {
  const at = text.toUpperCase().indexOf(family);
  return at < 0 ? text.length : at;
};
