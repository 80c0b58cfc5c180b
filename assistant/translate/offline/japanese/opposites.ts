import {
  allOf,
  type Fact,
  type Filter,
  factsOf,
  isEverything,
  type Plan,
  partsOf,
} from '../plan/plan.ts';
import { meantBy } from '../plan/refine.ts';
import type { Token } from '../tokens/token.ts';
import { textOf } from './tokens.ts';

/** Questions after an answer that turn what it said, or ask who may use what it was about. */

type Of<K extends Fact['is']> = Extract<Fact, { is: K }>;
const factIn = <K extends Fact['is']>(plan: Plan, is: K): Of<K> | undefined =>
  factsOf(plan.filter).find((f): f is Of<K> => f.is === is);

const isStatus = (f: Filter) => 'is' in f && f.is === 'value' && f.column === 'usage_status';
const isOfUse = (f: Filter) => isStatus(f) || ('is' in f && (f.is === 'unused' || f.is === 'used'));
const ownTime = /\d|月|週|昨|今|前|先|直近|過去|最近|一度/u;
const narrowing = /だけ|のみ|うち|中で|絞|限/u;

/**
 * 使われているものは？ after keys that were not used for so long: those that were, in just that time. What was
 * not used in a month that is over is not known: of each use only the latest is.
 */
export function oppositeUse(
  tokens: readonly Token[],
  plans: readonly Plan[],
  before: Plan,
): readonly Plan[] {
  const text = textOf(tokens);
  const { measure } = before;
  if (measure.kind === 'share' && partsOf(measure.of).some(isOfUse)) {
    // Of a share the part is turned, and not the whole.
    const part = { ...before, filter: measure.of, measure: { kind: 'count', keys: true } as const };
    return plans.length === 0
      ? []
      : oppositeUse(tokens, [part], part).flatMap((turned) =>
          turned === part ? [] : [{ ...before, measure: { ...measure, of: turned.filter } }],
        );
  }
  if (before.entity !== 'keys' || ownTime.test(text) || narrowing.test(text)) return plans;
  const [unused, used] = [factIn(before, 'unused'), factIn(before, 'used')];
  const turned: Fact | null =
    unused && /(?:使われ|使用され|利用され|使っ)て(?:い)?る|使用中|利用中/u.test(text)
      ? { is: 'used', from: unused.since }
      : used && !used.to && /(?:使われ|使用され|利用され)て(?:い)?ない|未使用/u.test(text)
        ? { is: 'unused', since: used.from, longer: false }
        : null;
  const denies = /(?:使われ|使用され|利用され)て(?:い)?ない|未使用/u.test(text);
  if (!turned) return used && denies ? [] : plans;
  const rest = partsOf(before.filter).filter((p) => !isOfUse(p));
  const opposite = { ...before, filter: allOf(...rest, turned) };
  // With the keys named again, they may be all that are so, whatever was said of a time.
  return /キー|鍵|CMK/iu.test(text) ? [opposite, ...plans] : [opposite];
}

const mayAsked =
  /^(?:それらを|それを|これらを)?(?:使える|使用できる|利用できる|アクセスできる|復号できる|暗号化できる|署名できる|管理できる|許可されている|アクセス可能な)(?:外部|組織外の?|社外の?|IAM)?(?:アカウント|ロール|ユーザー?|プリンシパル|人)(?:は|って|の一覧|は誰|はどれ)?(?:ですか)?$/u;

/** 使える外部アカウントは？: who may use something, which stands in the answer before. */
export const asksWhoMay = (tokens: readonly Token[]): boolean => mayAsked.test(textOf(tokens));

/** Those who may use the keys of the answer before, of all that may use any. */
export function ofThoseKeys(asked: readonly Plan[], before: Plan): readonly Plan[] {
  if (before.entity !== 'keys' || before.limit !== null) return [];
  return asked.flatMap((plan): readonly Plan[] => {
    if (plan.entity !== 'permissions') return [];
    const keys = meantBy(before);
    return [isEverything(keys) ? plan : { ...plan, filter: allOf(plan.filter, { key: keys }) }];
  });
}
