import { englishPieces } from '../free/english/pieces.ts';
import { type NearGrammar, nearGrammar, readFreely, refineFreely } from '../free/free.ts';
import type { Nearness } from '../free/nearest.ts';
import { paraphrased } from '../lexicon/paraphrases.ts';
import { eachAccountOnce } from '../plan/outside-accounts.ts';
import type { Plan } from '../plan/plan.ts';
import { distinct } from '../plan/possible.ts';
import { elsewhere } from '../plan/refine.ts';
import { ofRotation } from '../plan/rotation-context.ts';
import type { Token } from '../tokens/token.ts';
import { accessGrammar } from './access.ts';
import { accessQuestions } from './access-questions.ts';
import { accountQuestions } from './account-questions.ts';
import { inPlace, withoutPossessives, withStandIns, withVerb } from './anaphora.ts';
import { changeQuestions } from './change-questions.ts';
import {
  alt,
  chartsOf,
  expand,
  followUpFillers,
  freeFillers,
  map,
  newChart,
  type Parser,
  readAll,
} from './chart.ts';
import { concernQuestions } from './concern-questions.ts';
import type { GrammarContext } from './context.ts';
import { contrastQuestions } from './contrast-questions.ts';
import { countedQuestions } from './counted-questions.ts';
import { followUps } from './follow-ups.ts';
import { grantQuestions } from './grant-questions.ts';
import { keyConditions } from './key-conditions.ts';
import { keyQuestions } from './key-questions.ts';
import { inParts } from './parts.ts';
import { placeGrammar } from './places.ts';
import { resourceQuestions } from './resource-questions.ts';
import { restatement } from './restatement.ts';
import { timeGrammar } from './time.ts';
import { usageQuestions } from './usage-questions.ts';
import { showing, wantedColumns } from './wanted-columns.ts';

/** Tells whether a reading holds what the words of its question ask for. */
export type Keeps = (plan: Plan) => boolean;

/**
 * Understands the tokens of a question. What is not kept (`keeps`) is no reading, so that another way to
 * read the same words may get its turn; whoever asks still has to sift what comes back.
 */
export interface Grammar extends NearGrammar {
  /** Every reading of the whole question, each meaning once. */
  readonly read: (tokens: readonly Token[], keeps?: Keeps) => readonly Plan[];
  /** Every reading of conditions that name nothing: of keys. */
  readonly readElliptical: (tokens: readonly Token[], keeps?: Keeps) => readonly Plan[];
  /**
   * Every reading of the whole as a change to the plan before it, or as a question about the keys of
   * that plan.
   */
  readonly refine: (tokens: readonly Token[], before: Plan) => readonly Plan[];
  /** Every reading in free word order, for questions that no sentence of the grammar covers. */
  readonly readFreely: (tokens: readonly Token[], keeps?: Keeps) => readonly Plan[];
  /** As {@link readFreely}, of a question that goes on from the plan before it. */
  readonly refineFreely: (tokens: readonly Token[], before: Plan) => readonly Plan[];
}

/**
 * The English grammar, over the vocabulary and for the moment of a context.
 *
 * Where a phrase belongs: words for tables, columns, values and concerns are in the data contract
 * (`words`); ways to begin a request in `openings.ts`; verbs that join conditions to keys in `verbs.ts`;
 * what a key is or has in `key-conditions.ts` and the files named after a kind of condition
 * (`use-conditions.ts`, `time-conditions.ts`, `tag-conditions.ts`, `text-conditions.ts`,
 * `concern-conditions.ts`, `access.ts`, `places.ts`); whole questions in the file named after what they
 * ask for (`list-questions.ts`, `group-questions.ts`, `usage-questions.ts`…).
 */
export function englishGrammar(context: GrammarContext): Grammar {
  const time = timeGrammar(context.asOf, context.timeZone);
  const places = placeGrammar(context);
  const access = accessGrammar(context, places);
  const conditions = keyConditions(context, time, places, access);
  const keys = keyQuestions(context, time, conditions, places);
  const question: Parser<Plan> = alt(
    keys.question,
    accountQuestions(context, keys, {
      // A cost may be that of one key or of all; it is asked for by groups.
      keyObjects: expand(conditions.object, (f) => ('is' in f && f.is === 'number' ? [] : [f])),
      sharedWith: map(access.who, (test) => ({ is: 'access', test })),
    }),
    concernQuestions(context, conditions, keys, places),
    resourceQuestions(context, conditions, keys),
    countedQuestions(context, time, access, keys, places),
    contrastQuestions(context, time, access, keys, places),
    accessQuestions(context, access, conditions, keys),
    grantQuestions(context, access, conditions, keys, places),
    usageQuestions(context, time, conditions, keys, places),
    changeQuestions(context, time, conditions, keys, places),
    restatement(context, time, conditions, access, keys),
  );
  const refinement = followUps(context, time, conditions, keys);
  const freeChart = chartsOf(freeFillers);
  const goingChart = chartsOf(followUpFillers);
  const pieces = englishPieces(context, { time, conditions, access, keys });
  const asAsked = (tokens: readonly Token[], plans: readonly Plan[]) =>
    asksForAccounts(tokens) ? distinct(plans.map(eachAccountOnce)) : plans;
  const read = (tokens: readonly Token[]) =>
    asAsked(tokens, distinct(readAll(question, newChart(tokens))));
  const inAnyOrder = plainly((tokens) =>
    asAsked(tokens, ofFindings(tokens, readFreely(pieces, freeChart(tokens), 'first'))),
  );
  const inOrder = plainly(read);
  const eitherWay = (tokens: readonly Token[]) => {
    const plans = inOrder(tokens);
    return plans.length > 0 ? plans : inAnyOrder(tokens);
  };
  const wanted = wantedColumns(context);
  /** A question for keys that goes on to name the columns of their list, of which nothing else reads. */
  const withColumns = (tokens: readonly Token[]) => {
    const found = wanted(tokens);
    if (!found) return [];
    return distinct(eitherWay(found.said).flatMap((plan) => showing(plan, found.columns)));
  };
  return {
    read: (tokens) => {
      const parts = inParts(tokens, eitherWay);
      if (parts.length > 0) return parts;
      const plans = inOrder(tokens);
      return plans.length > 0 ? plans : withColumns(tokens);
    },
    readFreely: inAnyOrder,
    refineFreely: (tokens, before) => {
      const refined = plainly((said) =>
        refineFreely(pieces, goingChart(said), before, 'first', context.asOf),
      );
      const meant = withVerb(tokens, before);
      const plans = refined(meant);
      const owned = withoutPossessives(meant);
      const found = plans.length > 0 || owned === meant ? plans : refined(owned);
      return ofRotation(textOf(tokens), found, before, onOrOff);
    },
    ...nearGrammar(pieces, freeChart, goingChart, 'first', context.asOf, nearness),
    readElliptical: plainly((tokens) => distinct(readAll(keys.elliptical, newChart(tokens)))),
    refine: (tokens, before) => {
      const found = plainly((said) =>
        distinct(readAll(refinement, newChart(said)).flatMap((refine) => refine(before))),
      )(tokens);
      const refined = forAnother.test(textOf(tokens))
        ? distinct(found.map((plan) => elsewhere(before, plan)))
        : found;
      if (refined.length > 0 || before.entity !== 'keys')
        return distinct(ofRotation(textOf(tokens), refined, before, onOrOff));
      const continued = withStandIns(tokens).map((said) =>
        inOrder(said).flatMap((plan) => inPlace(plan, before) ?? []),
      );
      const inPlaces = continued.find((plans) => plans.length > 0) ?? [];
      return distinct(ofRotation(textOf(tokens), inPlaces, before, onOrOff));
    },
  };
}

/** Words that turn around what stands behind them. */
const turning =
  /^(?:not|no|never|without|except|excluding|neither|nor|none|nobody|unless|besides)$/;

const nearness: Omit<Nearness, 'loses'> = {
  price: (token) =>
    token.kind === 'comma' || token.kind === 'symbol' ? 4 : freeFillers.has(token.text) ? 6 : 25,
  // "Without" alone, or the last word of what is left out: what it turns around is kept.
  turns: (tokens) => {
    const said = tokens.filter((t) => t.kind !== 'comma' && !freeFillers.has(t.text));
    return turning.test(said.at(-1)?.text ?? '');
  },
  denies: (tokens) => tokens.some((t) => turning.test(t.text)),
  belong: (_, next) => next.glued,
};

const textOf = (tokens: readonly Token[]) => tokens.map((t) => t.text).join(' ');

/** "And for bluebird?" */
const forAnother = /^(?:(?:and|now|ok|okay|then|so|but|also) )*(?:(?:the )?same )?for /;

/** "And the disabled ones?" after an answer about rotation. */
const onOrOff = {
  ofSomething:
    /^(?!.*\b(?:rotat\w*|accounts?|polic\w+|grants?|concerns?|findings?|delet\w+)\b).*\b(?:enabled|disabled|on|off)\b/,
  cuts: /\b(?:only|just|of (?:them|those|these)|which|among|except|without|excluding|exclude|drop|still)\b/,
  namesKeys: /\b(?:enabled|disabled) (?:keys?|cmks?)\b/,
};

/** "Findings by severity" where no word says keys: the findings are counted, not the keys that have some. */
function ofFindings(tokens: readonly Token[], plans: readonly Plan[]): readonly Plan[] {
  const named = tokens.some((t) => /^(?:finding|concern|issue|problem)$/.test(t.base));
  if (!named || tokens.some((t) => /^(?:key|cmk)$/.test(t.base))) return plans;
  const themselves = plans.filter(
    ({ entity, measure }) =>
      entity === 'concerns' &&
      (measure.kind === 'list' || (measure.kind === 'count' && !measure.keys)),
  );
  return themselves.length > 0 ? themselves : plans;
}

/** "Which external accounts have access": the accounts, not what each of them may do. */
function asksForAccounts(tokens: readonly Token[]): boolean {
  const text = textOf(tokens);
  return (
    /^(?:please )?(?:which|what|list|show|show me|name|give me|tell me)?(?: ?(?:all|the|of|us))* ?(?:external|outside|foreign|third party|unknown) (?:aws )?accounts? (?!ids?\b)/.test(
      text,
    ) || /^(?:which|what|list|show|show me) (?:aws )?accounts (?:outside|not in|beyond) /.test(text)
  );
}

/** Reads the words as they are, and in plainer words where that gives nothing. */
function plainly(
  read: (tokens: readonly Token[]) => readonly Plan[],
): (tokens: readonly Token[]) => readonly Plan[] {
  return (tokens) => {
    const plans = read(tokens);
    if (plans.length > 0) return plans;
    const plainer = paraphrased(tokens);
    return plainer === tokens ? [] : read(plainer);
  };
}
