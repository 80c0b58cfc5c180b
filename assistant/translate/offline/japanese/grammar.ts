import { nearGrammar, readFreely, readFreelyOfKeys, refineFreely } from '../free/free.ts';
import { japanesePieces } from '../free/japanese/pieces.ts';
import { alt, chartsOf, newChart, type Parser, readAll } from '../grammar/chart.ts';
import type { Grammar, Keeps } from '../grammar/grammar.ts';
import { valueFilter } from '../grammar/places.ts';
import { eachAccountOnce } from '../plan/outside-accounts.ts';
import { allOf, listOf, type Plan, partsOf } from '../plan/plan.ts';
import { distinct } from '../plan/possible.ts';
import type { Token } from '../tokens/token.ts';
import { accessQuestions } from './access-questions.ts';
import { accountQuestions } from './account-questions.ts';
import { eachPlace, rateOfAnyKeys, whicheverOfTwo } from './apart.ts';
import { concernQuestions } from './concern-questions.ts';
import type { GrammarContext } from './context.ts';
import { followUps } from './follow-ups.ts';
import { withNamesInBrackets, withoutGlosses } from './glosses.ts';
import { withoutImpliedPresence } from './implied.ts';
import { keyConditions } from './key-conditions.ts';
import { keyQuestions } from './key-questions.ts';
import { outOfTheWhole } from './left-out.ts';
import { spelledAt } from './literals.ts';
import { meanCosts } from './mean-costs.ts';
import { ofTheirOwn } from './members.ts';
import type { Names } from './names.ts';
import { nearness } from './nearness.ts';
import { nounPhrases } from './noun-phrases.ts';
import {
  onlyOfKind,
  thoseToWhomOpen,
  throughWhichService,
  whoMadeGrants,
} from './of-rows-before.ts';
import { asksWhoMay, ofThoseKeys, oppositeUse } from './opposites.ts';
import { paraphrased } from './paraphrases.ts';
import { asksForParts, inParts } from './parts.ts';
import { peopleQuestions } from './people-questions.ts';
import { resourceQuestions } from './resource-questions.ts';
import { restatement } from './restatement.ts';
import { reworded } from './rewordings.ts';
import { ofRotation } from './rotation-context.ts';
import {
  bySameDoer,
  leavesOutDoer,
  leavesOutWhoDidNot,
  speaksOfSomeone,
  withThoseOfSomeone,
} from './same-doer.ts';
import { timeGrammar } from './time.ts';
import { japaneseTokens, textOf } from './tokens.ts';
import {
  isNameAlone,
  leavesOutWho,
  named,
  ofOtherKeys,
  pointsBack,
  putInPlace,
  turnsToKeys,
} from './topics.ts';
import { usageQuestions } from './usage-questions.ts';

/** Every reading of the whole, each meaning once. */
function readings(parser: Parser<Plan>, tokens: readonly Token[]): readonly Plan[] {
  return distinct(readAll(parser, newChart(tokens, noFillers)).map(withoutImpliedPresence));
}

const noFillers: ReadonlySet<string> = new Set();

/**
 * The Japanese grammar, over the vocabulary and for the moment of a context. Japanese puts the head last:
 * what describes keys stands before キー, and what is asked of them (の一覧, は何個, 別の数) behind.
 *
 * Where a phrase belongs: words for tables, columns, values and concerns are in the data contract
 * (`words.ja`); endings of verbs and adjectives in `endings.ts`; how conditions join in `chain.ts`; what a
 * key is or has in `key-conditions.ts` and the files named after a kind of condition; polite ends of
 * requests in `asking.ts`; whole questions in the file named after what they ask for.
 */
export function japaneseGrammar(context: GrammarContext): Grammar {
  const time = timeGrammar(context.asOf, context.timeZone);
  const conditions = keyConditions(context, time);
  const phrases = nounPhrases(context, conditions);
  const keys = keyQuestions(context, conditions, phrases);
  const question: Parser<Plan> = alt(
    keys.question,
    accountQuestions(context, phrases),
    meanCosts(phrases),
    concernQuestions(context, conditions, phrases),
    accessQuestions(context, conditions, phrases),
    peopleQuestions(conditions, phrases, time),
    usageQuestions(context, time, conditions, phrases),
    resourceQuestions(context, conditions, phrases),
    restatement(context, time, conditions, phrases, keys),
  );
  const chart = chartsOf(noFillers);
  const pieces = japanesePieces(context, { time, conditions, phrases, keys });
  const refinement = followUps(context, conditions, phrases);
  /** What a question means by itself. */
  const alone = (tokens: readonly Token[]): readonly Plan[] => {
    const plain = readings(question, tokens);
    return plain.length > 0
      ? plain
      : readFreely(pieces, chart(tokens), 'last').map(withoutImpliedPresence);
  };
  const plainly = (read: (tokens: readonly Token[]) => readonly Plan[]) => {
    const plain = readPlainly(
      (said) =>
        outOfTheWhole(
          conditions,
          said,
          ofTheirOwn(context.names, conditions.places.exact, said, read(said)),
        ),
      context.names,
    );
    return (tokens: readonly Token[], keeps?: Keeps) => toldApart(tokens, plain(tokens, keeps));
  };
  return {
    read: plainly((tokens) => {
      const parts = asksForParts(tokens) ? inParts(tokens, alone) : null;
      if (parts) return parts;
      return asAsked(tokens, [
        ...orOfKey(context, tokens, readings(question, tokens)),
        ...eitherCalled(context, tokens),
      ]);
    }),
    readFreely: plainly((tokens) => {
      const parts = inParts(tokens, alone);
      if (parts) return parts;
      return asAsked(
        tokens,
        orOfKey(
          context,
          tokens,
          readFreely(pieces, chart(tokens), 'last').map(withoutImpliedPresence),
        ),
      );
    }),
    refineFreely: (tokens, before) =>
      plainly((said) =>
        ((leavesOutDoer(said) || leavesOutWhoDidNot(said)) && speaksOfSomeone(before)) ||
        leavesOutWho(said, before)
          ? []
          : goingOn(
              said,
              refineFreely(pieces, chart(said), before, 'last', context.asOf)
                .map(withoutImpliedPresence)
                .filter((plan) => !turnsToKeys(plan, before)),
              before,
            ),
      )(tokens),
    ...nearGrammar(pieces, chart, chart, 'last', context.asOf, nearness),
    readElliptical: plainly((tokens) => {
      const plain = readings(keys.elliptical, tokens);
      return plain.length > 0 ? plain : readFreelyOfKeys(pieces, chart(tokens), 'last');
    }),
    refine: (tokens, before) =>
      plainly((said) => {
        const same =
          bySameDoer(said, before, alone) ??
          thoseToWhomOpen(said, before) ??
          whoMadeGrants(said, before) ??
          throughWhichService(said, before) ??
          onlyOfKind(said, before, context.names.values.operations);
        if (same) return same;
        if (asksWhoMay(said)) return distinct(ofThoseKeys(asAsked(said, alone(said)), before));
        if (leavesOutWho(said, before)) return [];
        if (pointsBack(said)) {
          const asked = ofOtherKeys(said, readings(question, named(said)), before).flatMap((plan) =>
            withThoseOfSomeone(said, plan, before),
          );
          return distinct(oppositeUse(said, ofRotation(said, asked, before), before));
        }
        const refined = readAll(refinement, newChart(said, noFillers))
          .flatMap((refine) => refine(before))
          .map(withoutImpliedPresence);
        return goingOn(said, distinct(refined), before);
      })(tokens),
  };
}

/** What follows an answer, held against what that was about. */
const goingOn = (tokens: readonly Token[], plans: readonly Plan[], before: Plan) =>
  distinct(
    lastOfSeveral(
      tokens,
      oppositeUse(tokens, ofRotation(tokens, putInPlace(tokens, plans, before), before), before),
    ),
  );

/**
 * 無効なキーのポリシーを最後に変えたのは誰: the last change of all, or who changed each of them; of one key both
 * are the same.
 */
function lastOfSeveral(tokens: readonly Token[], plans: readonly Plan[]): readonly Plan[] {
  if (!/誰|だれ|どなた/u.test(textOf(tokens))) return plans;
  return plans.flatMap((plan) => {
    const ofKeys = partsOf(plan.filter).flatMap((p) => (!('is' in p) && 'key' in p ? [p.key] : []));
    const one = ofKeys.some((key) => partsOf(key).some((f) => 'is' in f && f.is === 'key'));
    const last = plan.entity === 'usage' && (plan.limit === 'ties' || plan.limit === 1);
    return last && ofKeys.length > 0 && !one ? [plan, { ...plan, limit: null }] : [plan];
  });
}

/** data-lake-prodは？: where a key and an account are called so, either may be meant. */
function eitherCalled({ names }: GrammarContext, tokens: readonly Token[]): readonly Plan[] {
  if (!isNameAlone(tokens)) return [];
  const called = (kind: 'account' | 'alias') =>
    names
      .named([kind], false)(newChart(tokens, noFillers), 0)
      .filter(({ end }) => tokens.slice(end).every((t) => t.kind === 'character'))
      .map(({ value }) => listOf('keys', valueFilter(value)));
  const [accounts, keys] = [called('account'), called('alias')];
  return accounts.length > 0 && keys.length > 0 ? [...accounts, ...keys] : [];
}

/**
 * data-lake-prodで復号できる人: who may or did something is asked of one key as well as of all keys of an
 * account. Where both are called so, and nothing says which is meant, either may be.
 */
function orOfKey(
  { names }: GrammarContext,
  tokens: readonly Token[],
  plans: readonly Plan[],
): readonly Plan[] {
  if (saysKeysOrAccounts.test(textOf(tokens))) return plans;
  const first = (kind: 'account' | 'alias') =>
    names
      .named([kind], false)(newChart(tokens, noFillers), 0)
      .map((r) => valueFilter(r.value));
  const keys = first('alias');
  const accounts = first('account').map((f) => JSON.stringify(f));
  if (keys.length === 0 || accounts.length === 0) return plans;
  return plans.flatMap((plan) => [
    plan,
    ...keys.flatMap((key): readonly Plan[] => {
      if (plan.entity !== 'permissions' && plan.entity !== 'usage') return [];
      const parts = partsOf(plan.filter);
      const of = parts.find(
        (p) => !('is' in p) && 'key' in p && accounts.includes(JSON.stringify(p.key)),
      );
      return of ? [{ ...plan, filter: allOf(...parts.filter((p) => p !== of), { key }) }] : [];
    }),
  ]);
}
const saysKeysOrAccounts = /キー|鍵|CMK|アカウント|コスト|費用|料金|key/iu;

/** どの外部アカウントがキーを使えるか: the accounts, not what each of them may do. */
function asAsked(tokens: readonly Token[], plans: readonly Plan[]): readonly Plan[] {
  const text = textOf(tokens);
  const asksForAccounts =
    /^どの(?:外部|組織外の?|社外の?|サードパーティの?)アカウントが|(?:る|た|な)(?:外部|組織外の?|社外の?)アカウント(?:の一覧|のリスト|は(?:どれ|どこ)?|を.{0,8})?(?:ですか|でしょうか)?$/u.test(
      text,
    );
  const asked = asksForAccounts ? distinct(plans.map(eachAccountOnce)) : plans;
  return lastOfSeveral(tokens, asked);
}

/** What a question leaves open of which keys, or asks of two things, told apart. */
function toldApart(tokens: readonly Token[], plans: readonly Plan[]): readonly Plan[] {
  const text = textOf(tokens);
  return whicheverOfTwo(text, rateOfAnyKeys(text, eachPlace(text, plans)));
}

/**
 * Reads the words as they are; where that gives nothing that is kept, without brackets that repeat them,
 * and then in other words that say the same.
 */
function readPlainly(
  read: (tokens: readonly Token[]) => readonly Plan[],
  names: Names,
): (tokens: readonly Token[], keeps?: Keeps) => readonly Plan[] {
  const place = names.named(['account', 'ou', 'tag'], false);
  const isName = (word: string) =>
    (['account', 'alias', 'principal', 'caller'] as const).some(
      (kind) => names.values.exactly(kind, word).length > 0,
    );
  const isPlace = (word: string) =>
    isName(word) ||
    (['ou', 'tag'] as const).some((kind) => names.values.exactly(kind, word).length > 0);
  const anywhere = names.named(['region', 'account', 'ou', 'tag', 'environment'], false);
  const isOf = (name: string, account: string) => {
    const called = names.values.exactly('principal', name).flatMap((v) => v.values);
    return called.length > 0 && called.every((principal) => principal.includes(`:${account}:`));
  };
  const saysMore = (text: string) => {
    const said = japaneseTokens(text);
    return said.some(
      (_, at) =>
        anywhere(newChart(said, noFillers), at).length > 0 ||
        spelledAt(said, at).some((end) => end - at > 1),
    );
  };
  return (tokens, keeps = () => true) => {
    const plans = read(tokens).filter(keeps);
    if (plans.length > 0) return plans;
    const plainer = withNamesInBrackets(withoutGlosses(tokens), {
      isName: isPlace,
      isOf,
      saysMore,
    });
    const without = textOf(plainer) === textOf(tokens) ? [] : read(plainer).filter(keeps);
    if (without.length > 0) return without;
    const spoken = reworded(plainer, isName);
    const said = spoken === plainer ? [] : read(withoutGlosses(spoken)).filter(keeps);
    if (said.length > 0) return said;
    const ofKey = place(newChart(spoken, noFillers), 0).length === 0;
    const other = paraphrased(spoken, ofKey);
    return other === tokens ? [] : read(other).filter(keeps);
  };
}
