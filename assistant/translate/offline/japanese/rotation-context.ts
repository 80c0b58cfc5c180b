import type { Plan } from '../plan/plan.ts';
import { ofRotation as inRotation } from '../plan/rotation-context.ts';
import type { Token } from '../tokens/token.ts';
import { textOf } from './tokens.ts';

const onOrOff = {
  ofSomething: /^(?!.*(?:ローテ|アカウント|有効期限|懸念|指摘)).*(?:有効|無効)/u,
  cuts: /だけ|のみ|うち|中で|中から|絞|限|除|以外|外し|抜い/u,
  namesKeys: /(?:有効|無効)(?:な|の|化された|になっている)?(?:キー|鍵|CMK)/iu,
};

/** 無効なものは？ after an answer about rotation: of rotation. */
export const ofRotation = (
  tokens: readonly Token[],
  plans: readonly Plan[],
  before: Plan,
): readonly Plan[] => inRotation(textOf(tokens), plans, before, onOrOff);
