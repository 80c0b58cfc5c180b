import { allOf, factsOf, type Plan, partsOf } from '../plan/plan.ts';
import { replaced, subjectOf } from '../plan/refine.ts';
import type { Reference } from '../plan/subject.ts';
import type { Token } from '../tokens/token.ts';
import { textOf } from './tokens.ts';

/** Questions after an answer that name their keys and leave open what is asked of them. */

const topic = /(キー|鍵|CMK)(は|って|なら|だと|だったら|の場合は?|ではどう|はどう)$/iu;
const only = /(キー|鍵|CMK)(だけ|のみ)(で|だと|なら|に|は|では)?$/iu;

/** 有効なキーは？: of other keys the same as before. 無効なキーだけで: only of those. */
export const pointsBack = (tokens: readonly Token[]): boolean => {
  const text = textOf(tokens);
  return topic.test(text) || only.test(text);
};

/** 懸念は？: of whatever was asked about before. */
export const isTopicAlone = (tokens: readonly Token[]): boolean =>
  /^(?:懸念(?:事項)?|指摘(?:事項)?|検出結果|グラント|権限|変更|操作|イベント)(?:は|って)$/u.test(
    textOf(tokens),
  );

const everywhere = /全(?:リージョン|アカウント|体|社|部|て)|すべて|どこでも/u;
const pronoun = /^(?:それ|その|これ(?!から|まで)|この(?!\d)|うち|上記|同じ|対象の|該当|当該)/u;
/** audit-prod-backupでは？ puts another name in the place of one before. */
const otherOne =
  /^[\w./-]+(?:は|では|だと|なら|だったら|の場合は?|について(?:は|も同じ.*)|も同様に?)$/u;
/** A name by itself: it does not say of what it is the name. */
export const isNameAlone = (tokens: readonly Token[]): boolean =>
  /^[A-Za-z][\w.-]*(?:は|って)?$/u.test(textOf(tokens));
/** どのアカウントのキー？: of which of the answer. */
const ofWhich =
  /^(?:どの|どこの)(?:AWS)?(?:アカウント|リージョン|OU|組織単位|チーム)の(?:キー|鍵|CMK|もの|やつ)?(?:か|なの|ですか|でしょうか)?$/u;
/** 一番早く消えるのはどれ: the first of those that were answered. */
const extreme =
  /^(?:一番|最も|いちばん|もっとも|最初に|真っ先に)(?!.*(?:キー|鍵|CMK|アカウント|リージョン|ユーザー?|ロール))[^、。]*(?:の|もの|やつ)(?:は|って)(?:どれ|何|いつ|どのキー)?(?:ですか|でしょうか|か|なの)?$/iu;
/** So few characters hardly make a question of their own after another one. */
const SHORT = 10;

/** キーポリシーの変更のみ: of what was answered, even where it could be a question by itself. */
const narrowing = /(?:だけ|のみ|に絞って|に限定して)(?:ください|お願い(?:します)?)?$/u;

/** アカウント別のコスト, 懸念事項は？, そのキーの一覧: too short, or too full of pronouns, to stand alone. */
export const leansBack = (tokens: readonly Token[]): boolean => {
  const text = textOf(tokens);
  if (everywhere.test(text)) return false;
  return (
    extreme.test(text) ||
    otherOne.test(text) ||
    ofWhich.test(text) ||
    pronoun.test(text) ||
    (narrowing.test(text) && !/(?:キー(?!ポリシー)|鍵|CMK)/iu.test(text)) ||
    (text.length <= SHORT && !/キー|鍵|CMK/iu.test(text))
  );
};

/** What a question is about by itself, and not the places and groups that go by such a word. */
const ofItsOwn =
  /キー|鍵|CMK|key|エイリアス|alias\/|arn:|ポリシー|グラント|懸念|指摘|違反|検出結果|イベント|操作|変更|権限|アクセス|使え|できる|誰|ユーザー?|ロール|プリンシパル|データ|収集|(?:率|割合)(?:を|は|の)|(?:コスト|費用|料金|金額|月額|年額)(?:を|は|と|、|\(|合計|の(?![高安大多]))|スナップショット|(?:アカウント|リージョン|OU|組織単位)(?!別|ごと|毎|だけ|のみ|に絞|に限|なら|だと|だったら|では?[、。?]?$|の場合|も|は除|を除|$)/iu;
/** CreateGrant: the name of what is done. */
const operationName = /[A-Z][a-z]+[A-Z][a-z]/u;
/** Ends that narrow, widen or change what an answer was about. */
const changing =
  /(?:だけ|のみ)(?:に|を|で|は|の)?(?:(?:絞|限|し|見|表示|お願い|教え|出し|ください|下さい).*)?$|に(?:絞|限)(?!ら).*$|(?:なら|だと|だったら|の場合は?|にすると|に変えて|に変更して|に広げて)(?:どう.*)?$|では(?:どう.*)?$|も(?:(?:含め|追加|加え|入れ|足し|お願い|見せ|表示).*)?$|(?:は|を)?(?:除いて|除外して|外して|抜いて|省いて)(?:ください)?$/u;
/** By what order alone. */
const sorting =
  /(?:順|昇順|降順|並べ替え|並び替え|ソート)(?:に|で)?(?:(?:並|ソート|し|お願い|表示|見せ|出し).*)?$/u;
const grouping =
  /^[^、]*(?:別|ごと|毎)(?:に|で|の|だと|では)?(?:(?:見|し|分け|集計|まとめ|表示|お願い).*)?$/u;

/**
 * 東京だけに絞って, 180日以上なら, 件数の多い順に: what can only go on from an answer, because it does not say
 * what it is about.
 */
export const goesOnOnly = (tokens: readonly Token[]): boolean => {
  const text = textOf(tokens);
  return (
    !ofItsOwn.test(text) &&
    !operationName.test(text) &&
    (pronoun.test(text) || changing.test(text) || sorting.test(text) || grouping.test(text))
  );
};

/** The keys that are named, without the particles behind them. */
export function named(tokens: readonly Token[]): readonly Token[] {
  let end = tokens.length;
  while (end > 0 && !/(キー|鍵|CMK)$/iu.test(textOf(tokens.slice(0, end)))) end -= 1;
  return tokens.slice(0, end);
}

/** What a use is for (署名は？) says nothing of keys where who may or did was asked. */
export const turnsToKeys = (plan: Plan, before: Plan): boolean =>
  before.entity !== 'keys' && forUse(plan) > forUse(before);
const forUse = ({ filter }: Plan) =>
  factsOf(filter).filter((f) => f.is === 'value' && f.column === 'key_usage').length;

/**
 * What such a question means after an answer, `asked` being what it means alone. After a list it asks for
 * another list; after a number, for the same number of other keys.
 */
export function ofOtherKeys(
  tokens: readonly Token[],
  asked: readonly Plan[],
  before: Plan,
): readonly Plan[] {
  const [plan, ...more] = asked;
  if (!plan || more.length > 0) return asked;
  const plainly = plan.entity === 'keys' && plan.measure.kind === 'list' && plan.limit === null;
  if (!plainly || before.entity !== 'keys') return asked;
  if (only.test(textOf(tokens))) {
    return [{ ...before, filter: allOf(before.filter, plan.filter) }];
  }
  if (before.measure.kind === 'list') return asked;
  // Whether what else was said of the keys before still holds is not clear.
  const instead = { ...before, filter: plan.filter };
  const still = { ...before, filter: replaced(before.filter, plan.filter) };
  return [instead, still];
}

/** securityだと？ puts another value in the place of one before, and adds none. */
const inPlace = /(だと|なら|だったら|の場合は?|にすると|に変えて)$/u;
export function putInPlace(
  tokens: readonly Token[],
  plans: readonly Plan[],
  before: Plan,
): readonly Plan[] {
  if (plans.length < 2 || !inPlace.test(textOf(tokens))) return plans;
  const known = partsOf(before.filter).map((p) => JSON.stringify(p));
  const subjects = partsOf(before.filter).map(subjectOf);
  const instead = plans.flatMap((plan): readonly Plan[] => {
    const added = partsOf(plan.filter).filter((p) => !known.includes(JSON.stringify(p)));
    const alike = added.every((p) => subjects.includes(subjectOf(p)) && subjectOf(p) !== null);
    return alike && added.length > 0
      ? [{ ...plan, filter: replaced(before.filter, allOf(...added)) }]
      : [];
  });
  return instead.length > 0 ? instead : plans;
}

const active = /^[^がに]*(した|った|えた)(の|もの|やつ)(は|って)?$/u;

/** 変更したのは？ after what someone did: whether he is still meant is not clear. */
export const leavesOutWho = (tokens: readonly Token[], before: Plan): boolean =>
  active.test(textOf(tokens)) &&
  factsOf(before.filter).some(
    (f) =>
      f.is === 'event' &&
      (f.test.callers || f.test.callerAccount || f.test.callerFrom || f.test.identityTypes),
  );

/** それらを, そのうち point back to keys; そのうち…だけ chooses among the rows. */
export const refersTo = (tokens: readonly Token[]): Reference => {
  const text = textOf(tokens);
  if (/(だけ|のみ|以外|順に?|一覧|別に?)$/u.test(text)) return null;
  if (/それら|これら|そのうち|この中|その中/u.test(text)) return 'several';
  return /それ|これ|その|この/u.test(text) ? 'one' : null;
};
