import { z } from 'zod';
import { type LanguageCode, languageOf } from '../language.ts';
import type { DataValues, TranslateRequest, Translation, Translator, Turn } from '../translator.ts';
import { aboutTheAnswer, withoutForm } from './about-the-answer.ts';
import { remarksOnAlike } from './alike.ts';
import { type Cut, type WithoutAsides, withoutAsides } from './asides.ts';
import type { Definition } from './definitions.ts';
import { english, isOrdinary } from './english.ts';
import { TooTangled } from './grammar/chart.ts';
import type { Grammar, Keeps } from './grammar/grammar.ts';
import { greeted } from './greetings.ts';
import { inert } from './inert.ts';
import { japanese } from './japanese/japanese.ts';
import type { Anew, Language } from './language.ts';
import { indexValues } from './lexicon/values.ts';
import { askNearest } from './near.ts';
import { askedInGeneral } from './overview.ts';
import { goesOnFrom } from './plan/continued.ts';
import { isEverything, listOf, type Plan, partsOf, planSchema } from './plan/plan.ts';
import { planToSql } from './plan/plan-to-sql.ts';
import { distinct } from './plan/possible.ts';
import { leavesOpenWhich, namesSomeone } from './plan/refine.ts';
import { hasEvent, isList, some } from './plan/says.ts';
import { keysBehind, meantOf, subjectAfter } from './plan/subject.ts';
import { ofOneKind, takenAsOne } from './plan/taken-as-one.ts';
import { gravityAskedFor, gravityOf, remedyAskedFor, remedyFor } from './remedy.ts';
import { type Choice, choiceWith, namedBy, picked, pickOf, together, wordsOf } from './reply.ts';
import { answerFor, askBack, decline, offerAgain } from './respond.ts';
import type { Token } from './tokens/token.ts';
import { apartByMeasure, apartBySentence } from './two-measures.ts';

/** Longer questions are not read. */
const LONGEST_QUESTION = 2_000;

/** What was answered, and the keys that it was asked of where it does not say them itself. */
const stateSchema = z.object({ plan: planSchema, of: planSchema.optional() });

/** So many choices of a question back are looked at; more were not offered here. */
const MOST_OFFERED = 6;

/** "Which keys?" after an answer asks for those of the answer. */
const MOST_BARE = 3;

/** So few words after a question without an answer hardly ask for all keys. */
const SHORT = 5;

/** What is offered and has more words than this is read as a sentence only. */
const LONGEST_FREE = 40;

/** A state larger than this was not made here. */
const LARGEST_STATE = 20_000;

/**
 * A translator that needs no network and no model: it reads the question with a grammar whose words
 * come from the data contract and the names in the data. Every word of the question must have its
 * place in the reading; a word without one leads to a question back or a refusal, never to an answer
 * that ignores it. It answers in the language of the question.
 */
export function createOfflineTranslator(data: DataValues): Translator {
  const values = indexValues(data, isOrdinary);
  values.warm();
  const languages: Readonly<Record<LanguageCode, Language>> = {
    en: english(values),
    ja: japanese(values),
  };
  const latest = new Map<Language, { readonly key: string; readonly grammar: Grammar }>();
  const grammarOf = (language: Language, { asOf, timeZone }: TranslateRequest) => {
    const key = `${asOf.toISOString()} ${timeZone}`;
    const known = latest.get(language);
    if (known?.key === key) return known.grammar;
    const grammar = language.grammar(asOf, timeZone);
    latest.set(language, { key, grammar });
    return grammar;
  };

  /** `wholly`: what is not understood as a whole is declined at once. */
  const translate = (
    request: TranslateRequest,
    code: LanguageCode,
    wholly = false,
  ): Translation => {
    const language = languages[code];
    const { messages } = language;
    const question = request.question.trim();
    const start = language.examples.slice(0, 3);
    if (question === '') return { ...decline(messages.empty, []), nearest: start };
    if (question.length > LONGEST_QUESTION) {
      return { ...decline(messages.tooLong(LONGEST_QUESTION), []), nearest: start };
    }
    const greeting = greeted(question, code);
    if (greeting) {
      const nearest = request.conversation.length === 0 ? start : [];
      return { ...decline(greeting, []), nearest, aside: true };
    }
    if (language.isBeyond(question)) {
      return { ...decline(messages.beyond, []), nearest: start };
    }
    const formed = withoutForm(question, code);
    const unformed = formed && translate({ ...request, question: formed.question }, code);
    if (formed && unformed?.kind === 'query') {
      return { ...unformed, notes: [...unformed.notes, formed.told] };
    }
    const tokens = language.tokens(question);
    const grammar = grammarOf(language, request);
    const lastTurn = request.conversation.at(-1);
    const unanswered = lastTurn?.sql === null;
    const refers = language.refersTo(tokens);
    const answered = lastTurn && !unanswered ? planOf(lastTurn, request.asOf) : null;
    // "Is this key public? Who can use it?" That is the key, public or not.
    const before = answered && refers === 'one' ? keyItself(answered) : answered;
    const subject = lastTurn && before ? subjectOf(lastTurn, request.asOf) : null;
    const offered = lastTurn?.choices?.slice(0, MOST_OFFERED) ?? [];
    const pick = offered.length > 0 ? pickOf(question, code) : null;
    if (pick) return answerPick(pick, offered, request, code);
    const explanation = language.explanation?.(question) ?? null;
    if (explanation) return defined(explanation, request.asOf, language);
    const loses = language.loses(tokens, { before, asOf: request.asOf });
    const keeps: Keeps = (plan) => !loses(plan);
    const plans = grammar.read(tokens, keeps).filter(keeps);
    const aboutAnswer =
      plans.length === 0 && lastTurn ? aboutTheAnswer(question, lastTurn, code) : null;
    if (aboutAnswer) return { ...decline(aboutAnswer, []), aside: true };
    const definition = plans.length === 0 ? language.definition(question) : null;
    if (definition) return defined(definition, request.asOf, language);
    const grave = plans.length === 0 && code === 'en' && gravityAskedFor(question);
    const gravity = grave && before ? gravityOf(before) : null;
    if (gravity) return { ...decline(gravity, []), aside: true };
    const about = plans.length === 0 ? remedyAskedFor(question, code) : null;
    if (about !== null) {
      const lastAnswer = before ?? answeredBefore(request);
      const [of, ...more] = about === '' ? [lastAnswer] : grammar.read(language.tokens(about));
      if (of && more.length === 0) return { ...decline(remedyFor(of, code), []), aside: true };
    }
    const elliptical =
      plans.length === 0 && !before ? grammar.readElliptical(tokens, keeps).filter(keeps) : [];
    // "Total cost?" says nothing of which keys; after an answer it asks about those.
    // "Who has access?" after a refusal: to what was asked about then, or to anything.
    const adrift =
      unanswered &&
      plans.length > 0 &&
      (language.saysOnes(question) ||
        (plans.every(leavesOpenWhich) &&
          (tokens.length <= MOST_BARE || !language.namesSubject(tokens))));
    const open =
      adrift ||
      plans.length === 0 ||
      language.pointsBack(tokens) ||
      plans.every(
        (p) =>
          isEverything(p.filter) && (tokens.length <= MOST_BARE || !language.namesSubject(tokens)),
      );
    const leans = lastTurn !== undefined && language.leansBack(tokens);
    // "Top concerns" names what it asks for, if no keys.
    const whole =
      !adrift &&
      !language.pointsBack(tokens) &&
      plans.length > 0 &&
      plans.every((p) => p.entity !== 'keys');
    const fragment = language.pointsBack(tokens) && !language.namesSubject(tokens);
    if (open && !whole && offered.length > 0) {
      const reply = answerReply(tokens, offered, request, code);
      if (reply) return reply;
    }
    if (open && (unanswered ? !whole : !lastTurn && fragment)) {
      const earlier = answeredBefore(request);
      const meant = [
        ...(earlier ? goingOn(earlier, tokens, grammar, language, request.asOf) : []),
        ...plans,
        ...elliptical,
      ];
      const message = unanswered ? messages.afterNoAnswer : messages.nothingBefore;
      if (meant.length > 0) return askBack(meant, language, message);
    }
    const goOn = (from: Plan | null) =>
      from
        ? goingOn(from, tokens, grammar, language, request.asOf).filter(
            (plan) => !leans || goesOnFrom(from, plan),
          )
        : [];
    // What those who may use keys did with them is not told by what goes on from either.
    const told = (open || leans) && refers !== 'people';
    const ofRows = told ? goOn(before) : [];
    const ofKeys = told ? goOn(subject) : [];
    const continued = before ? meantOf(before, ofRows, ofKeys, refers) : [];
    // "What can 123456789012 do" says itself of whom it asks.
    const ofNamed = whole && refers === null && plans.every((p) => namesSomeone(p.filter));
    // After an answer, a question that names no subject goes on from it, or else it is not clear.
    if (before && (open || leans) && continued.length === 0 && plans.length > 0 && !ofNamed) {
      return askBack(plans, language);
    }
    // The first ten of those in Tokyo, or those in Tokyo of the first ten, which no plan says.
    const others = continued.filter((plan) => before && !isSameFilter(plan, before));
    if (before && others.length > 0 && ranksAnew(before, tokens, language) === 'maybe') {
      return askBack(others, language);
    }
    const understood = continued.length > 0 ? continued : [...plans, ...elliptical];
    const cut = cutBy(grammar, language);
    const background = understood.length === 0 ? setAside(request, grammar, code, cut) : null;
    if (background) return background;
    const refused = understood.length === 0 ? language.outOfScope(question, tokens) : null;
    if (refused) return perhapsAside(request, grammar, code, cut) ?? refused;
    const alone = !lastTurn || (language.namesSubject(tokens) && !leans);
    const every =
      understood.length > 0 || !alone
        ? understood
        : grammar.readFreely(tokens, keeps).filter(keeps);
    const readings = takenAsOne(before && continued.length > 0 ? ofOneKind(every, before) : every);
    const loose =
      language.pointsBack(tokens) ||
      language.saysOnes(question) ||
      (tokens.length <= SHORT && readings.every((p) => isEverything(p.filter)));
    if (unanswered && understood.length === 0 && readings.length > 0 && loose) {
      return askBack(readings, language, messages.afterNoAnswer);
    }
    const [plan] = readings;
    // Readings that are said in the same words differ in what is shown, not in what is meant.
    const said = new Set(readings.map(language.question));
    if (said.size === 1 && plan) {
      const remarks = [
        ...(elliptical.length > 0 ? [messages.noSubject] : []),
        ...remarksOnAlike(plan, values, messages, tokens),
      ];
      const answer = answerFor(plan, request.asOf, language, remarks);
      const isOneOf = (plans: readonly Plan[]) => plans.some((p) => every.includes(p));
      const from = isOneOf(ofRows) ? before : isOneOf(ofKeys) ? subject : null;
      const of = from ? subjectAfter(plan, from, subject, refers) : keysBehind(plan);
      return of ? { ...answer, state: { plan, of } } : answer;
    }
    if (readings.length > 1) return askBack(readings, language);
    const slip = readings.length === 0 ? language.respelled(question, tokens) : null;
    if (slip) {
      const meant = translate({ ...request, question: slip.question }, code, true);
      if (meant.kind === 'query') {
        const readAs = slip.slips.map(({ written, meant }) => messages.readAs(written, meant));
        return { ...meant, notes: [...readAs, ...meant.notes] };
      }
      // What something means, or which of several readings is meant, says itself what was read.
      if (meant.kind === 'clarify' ? meant.unknownWords.length === 0 : meant.aside) return meant;
    }
    const eachMeasure = readings.length === 0 ? apartByMeasure(question) : null;
    if (eachMeasure) {
      const answers = eachMeasure.map((one) => translate({ ...request, question: one }, code));
      const meant = answers.flatMap((a) =>
        a.kind === 'query' ? (planOf(a, request.asOf) ?? []) : [],
      );
      const [one, other] = meant.map((p) => p.measure);
      if (one && other && JSON.stringify(one) !== JSON.stringify(other)) {
        return askBack(meant, language, messages.oneMeasure);
      }
    }
    const both = readings.length === 0 && messages.oneQuestion ? apartBySentence(question) : null;
    const twoPlans = both?.flatMap((one, i) => {
      const said = language.tokens(one);
      // "And which accounts?" is asked of what stands before it.
      if ((i > 0 && !language.namesSubject(said)) || language.pointsBack(said)) return [];
      const answer = translate({ ...request, question: one, conversation: [] }, code);
      return answer.kind === 'query' ? (planOf(answer, request.asOf) ?? []) : [];
    });
    if (twoPlans && distinct(twoPlans).length === 2) {
      return askBack(twoPlans, language, messages.oneQuestion);
    }
    const general = askedInGeneral(question, code);
    if (general) return general;
    if (wholly) return decline('', []);
    const perhaps = readings.length === 0 ? perhapsAside(request, grammar, code, cut) : null;
    if (perhaps) return perhaps;
    const nearest = () => {
      const losesOf = (said: readonly Token[]) =>
        language.loses(said, { before, asOf: request.asOf });
      const onward = before && told ? grammar.refineNearly(tokens, before, losesOf) : [];
      const near = onward.length > 0 ? onward : grammar.readNearly(tokens, losesOf);
      return askNearest(near, tokens, language, (choice) =>
        onlyMeaning(choice, grammar, language, request.asOf),
      );
    };
    const explained = language.explain(question, tokens, { grammar, before, keeps, nearest });
    const asksOn =
      explained.kind === 'declined' && explained.unknownWords.length === 0 && offered.length > 0;
    return asksOn ? offerAgain(offered, language) : explained;
  };

  /**
   * The answer to a question without what is told around it, which a remark names; null where nothing is, or
   * where that is not understood either.
   */
  const setAside = (
    request: TranslateRequest,
    grammar: Grammar,
    code: LanguageCode,
    cut: Cut,
  ): Translation | null => {
    const language = languages[code];
    const plainly = withoutAsides(request.question, language.asides, cut);
    if (!plainly) return null;
    const meant = translate({ ...request, question: plainly.question }, code);
    if (meant.kind === 'clarify') return meant;
    // What something means is told, whatever it is asked for.
    if (meant.kind === 'declined' && meant.aside) return meant;
    if (meant.kind !== 'query') {
      // "We have a breach. Delete all keys": whatever the reason.
      return language.outOfScope(plainly.question, language.tokens(plainly.question));
    }
    const plan = planOf(meant, request.asOf);
    // When something was done may be what the time in an aside says.
    const ofThen = plan && (speaksOfEvents(plan) || language.asides.deeds.test(plainly.question));
    if (ofThen && plainly.times.length > 0) {
      return askWhether(plan, plainly, request, grammar, language);
    }
    const { setAside: remark } = language.messages;
    // A greeting is no background.
    const told = plainly.asides.filter((aside) => /\s|[^\p{ASCII}]/u.test(aside));
    return told.length === 0 ? meant : { ...meant, notes: [remark(told), ...meant.notes] };
  };

  /**
   * Asks whether a question is meant without what may be told around it, where that may as well say which keys
   * are meant; null where it is not understood without that either.
   */
  const perhapsAside = (
    request: TranslateRequest,
    grammar: Grammar,
    code: LanguageCode,
    cut: Cut,
  ): Translation | null => {
    const language = languages[code];
    const plainly = withoutAsides(request.question, language.asides, cut, true);
    if (!plainly) return null;
    const meant = translate({ ...request, question: plainly.question }, code, true);
    if (meant.kind === 'clarify' && meant.unknownWords.length === 0) {
      return { ...meant, message: language.messages.perhapsAside(plainly.asides) };
    }
    if (meant.kind === 'declined' && meant.aside) return meant;
    const plan = meant.kind === 'query' ? planOf(meant, request.asOf) : null;
    return plan && askWhether(plan, plainly, request, grammar, language);
  };

  /** What a question that was offered asks for; null where it is not understood as it stands. */
  const offeredPlan = (choice: string, request: TranslateRequest, code: LanguageCode) => {
    const whole = { ...request, question: choice, conversation: [] };
    const translation = translate(whole, languageOf(choice, code));
    return translation.kind === 'query' ? planOf(translation, request.asOf) : null;
  };

  /** "The first one", "both", "yes": the answer to what was offered; asked again where it does not say which. */
  const answerPick = (
    pick: Choice,
    offered: readonly string[],
    request: TranslateRequest,
    code: LanguageCode,
  ): Translation => {
    const language = languages[code];
    if (pick === 'none') return { ...decline(language.messages.noneOfThese, []), aside: true };
    const chosen = picked(pick, offered.length)?.flatMap((at) => offered[at] ?? []) ?? [];
    const [only, ...more] = chosen;
    if (only !== undefined && more.length === 0) {
      return translate({ ...request, question: only, conversation: [] }, languageOf(only, code));
    }
    const plans = chosen.flatMap((choice) => offeredPlan(choice, request, code) ?? []);
    const joined = plans.length === chosen.length ? together(plans) : null;
    return joined ? answerFor(joined, request.asOf, language) : offerAgain(offered, language);
  };

  /**
   * A reply in words to what was offered: it names one of the choices, or says something that only one says
   * already, or goes on from them. Null where it does nothing of this.
   */
  const answerReply = (
    tokens: readonly Token[],
    offered: readonly string[],
    request: TranslateRequest,
    code: LanguageCode,
  ): Translation | null => {
    const language = languages[code];
    const named = choiceWith(namedBy(request.question, code), offered.map(wordsOf));
    if (named !== null) return answerPick({ at: named }, offered, request, code);
    const grammar = grammarOf(language, request);
    const choices = offered.flatMap((choice) => offeredPlan(choice, request, code) ?? []);
    const next = choices.map((before) =>
      takenAsOne(ofOneKind(goingOn(before, tokens, grammar, language, request.asOf), before)),
    );
    const same = (a: Plan, b: Plan) => JSON.stringify(a) === JSON.stringify(b);
    // What goes on from a single guess, which may have left out a word, is a guess still.
    if (choices.length === 1) {
      const guesses = distinct(next.flat());
      return guesses.length > 0
        ? askBack(guesses, language, language.messages.afterNoAnswer)
        : null;
    }
    const saidAlready = choices.filter((choice, i) => next[i]?.some((plan) => same(plan, choice)));
    const [only, ...others] = saidAlready;
    if (only && others.length === 0) return answerFor(only, request.asOf, language);
    if (only) return offerAgain(offered, language);
    const plans = distinct(next.flat());
    const [plan, ...more] = plans;
    if (!plan) return null;
    // "Which of those": that only one of them can be gone on from does not say that it was meant.
    const ofAll = !language.pointsBack(tokens) || next.every((one) => one.length > 0);
    return more.length === 0 && ofAll
      ? answerFor(plan, request.asOf, language)
      : askBack(
          plans,
          language,
          ofAll ? language.ambiguous(false) : language.messages.afterNoAnswer,
        );
  };

  return {
    name: 'offline',
    translate: async (request) => {
      const code = languageOf(request.question, request.language);
      const language = languages[code];
      try {
        return inert(translate(request, code));
      } catch (error) {
        if (error instanceof TooTangled) {
          const nearest = language.examples.slice(0, 3);
          return { ...decline(language.messages.tooTangled, []), nearest };
        }
        throw error;
      }
    },
  };
}

/** Whether it matters when something was done. */
const speaksOfEvents = (plan: Plan) =>
  plan.entity === 'usage' || hasEvent(plan) || some(plan, (f) => f.is === 'used');

/** What a word means, and how many keys it is so of, or which. */
function defined({ text, keys, listed }: Definition, asOf: Date, language: Language): Translation {
  if (!keys) return { ...decline(text, []), nearest: language.examples.slice(0, 3), aside: true };
  const list = listOf('keys', keys);
  const plan: Plan = listed ? list : { ...list, measure: { kind: 'count', keys: true } };
  const answer = answerFor(plan, asOf, language);
  return { ...answer, lead: [text, ...(answer.lead ? [answer.lead] : [])].join(' ') };
}

/** Cuts words of a language into pieces, the same words once. */
function cutBy(grammar: Grammar, language: Language): Cut {
  const known = new Map<string, ReturnType<Cut>>();
  return (text) => {
    const before = known.get(text);
    if (before) return before;
    const tokens = language.tokens(text);
    const pieces = { tokens, steps: grammar.cut(tokens) };
    known.set(text, pieces);
    return pieces;
  };
}

/** So many ways are offered in which what is told may say more of what is asked. */
const MOST_NARROWER = 2;

/** Asks whether a plan is meant, which leaves out what is told, or one that says that as well. */
function askWhether(
  plan: Plan,
  { question, asides, times, bounds }: WithoutAsides,
  { question: whole, asOf }: TranslateRequest,
  grammar: Grammar,
  language: Language,
): Translation {
  const bare = question.replace(/[?!.\s]+$/, '');
  const then = times
    .flatMap((time) => [`${bare} ${time}`, `${bare} since ${time}`])
    .flatMap((asked) => onlyMeaning(asked, grammar, language, asOf) ?? []);
  const losesOf = (said: readonly Token[]) => language.loses(said, { before: null, asOf });
  const near = grammar.readNearly(language.tokens(whole), losesOf).flatMap(({ plans }) => plans);
  const narrower = distinct([...then, ...near.filter((other) => isNarrower(other, plan))]);
  const some = takenAsOne(narrower).slice(0, MOST_NARROWER);
  // "How many keys have it?" without what "it" is asks for others.
  const dangling = some.length > 0 && language.pointsBack(language.tokens(question));
  const choices = dangling ? some : bounds ? [...some, plan] : [plan, ...some];
  return askBack(choices, language, language.messages.perhapsAside(asides));
}

/** Whether a plan asks for the same of fewer rows. */
function isNarrower(one: Plan, other: Plan): boolean {
  const form = (plan: Plan) => JSON.stringify({ ...plan, filter: null, columns: null });
  const facts = partsOf(one.filter).map((f) => JSON.stringify(f));
  const others = partsOf(other.filter).map((f) => JSON.stringify(f));
  return (
    form(one) === form(other) &&
    facts.length > others.length &&
    others.every((fact) => facts.includes(fact))
  );
}

/** What a question means that is asked by itself; null where it means nothing, or several things. */
function onlyMeaning(
  question: string,
  grammar: Grammar,
  language: Language,
  asOf: Date,
): Plan | null {
  const tokens = language.tokens(question);
  const loses = language.loses(tokens, { before: null, asOf });
  const keeps: Keeps = (plan) => !loses(plan);
  const plans = grammar.read(tokens, keeps).filter(keeps);
  const short = tokens.length <= LONGEST_FREE;
  const freely =
    plans.length > 0 || !short ? plans : grammar.readFreely(tokens, keeps).filter(keeps);
  const [plan, ...more] = takenAsOne(freely);
  return plan && more.length === 0 ? plan : null;
}

/** What a question means that goes on from a plan, and says what its words ask for. */
function goingOn(
  before: Plan,
  tokens: readonly Token[],
  grammar: Grammar,
  language: Language,
  asOf: Date,
): readonly Plan[] {
  const loses = language.loses(tokens, { before, asOf });
  return continuedFrom(before, tokens, grammar, language).filter((plan) => !loses(plan));
}

/** What a question means that goes on from the answer before. */
function continuedFrom(
  before: Plan,
  tokens: readonly Token[],
  grammar: Grammar,
  language: Language,
): readonly Plan[] {
  const refined = grammar.refine(tokens, before);
  const plans = refined.length > 0 ? refined : grammar.refineFreely(tokens, before);
  if (before.limit === null || (before.groupBy.length > 0 && !isList(before))) return plans;
  // "Which of the ten oldest are disabled" is not "the ten oldest of the disabled"; only what leaves those
  // ten as they are goes on from them.
  const same = (plan: Plan) => isSameFilter(plan, before);
  // Who used one key last says which key is spoken of, whatever is asked of it next.
  const key = before.entity === 'keys' ? null : particularKey(before);
  const ofThatKey = (plan: Plan) =>
    key !== null && plan.entity !== before.entity && particularKey(plan) === key;
  const anew = ranksAnew(before, tokens, language) !== 'no';
  return plans.filter(
    (plan) =>
      (plan.limit !== null && same(plan)) ||
      ofThatKey(plan) ||
      (anew && isSameCut(before, plan) && goesOnFrom(before, plan)),
  );
}

/** Whether a question after the first keys of an order asks for the first of others, if it may. */
const ranksAnew = (before: Plan, tokens: readonly Token[], language: Language): Anew =>
  before.entity === 'keys' && isList(before) && before.limit !== null
    ? (language.ranksAnew?.(tokens, before.limit) ?? 'no')
    : 'no';

/** Whether both plans cut a list alike, and only what is in it differs. */
const isSameCut = (a: Plan, b: Plan) =>
  JSON.stringify({ ...a, filter: null }) === JSON.stringify({ ...b, filter: null });

const isSameFilter = (a: Plan, b: Plan) => JSON.stringify(a.filter) === JSON.stringify(b.filter);

/** The condition by which a plan names one key; null where it names none, or says more of keys. */
function particularKey({ entity, filter }: Plan): string | null {
  const [of, ...more] =
    entity === 'keys'
      ? [filter]
      : partsOf(filter).flatMap((f) => (!('is' in f) && 'key' in f ? [f.key] : []));
  const named = of && more.length === 0 && 'is' in of && of.is === 'key';
  return named ? JSON.stringify(of) : null;
}

/** The key that a list of keys was asked for by name, whatever else was asked of it; the plan itself where none was. */
function keyItself(plan: Plan): Plan {
  const parts = partsOf(plan.filter);
  const [key, ...more] = parts.filter((f) => 'is' in f && f.is === 'key');
  const single = key && 'is' in key && key.is === 'key' && key.values.length === 1;
  const among = plan.entity === 'keys' && isList(plan) && plan.limit === null;
  return among && single && more.length === 0 && parts.length > 1 ? { ...plan, filter: key } : plan;
}

/** What the last answer meant, where questions without one came after it. */
function answeredBefore({ conversation, asOf }: TranslateRequest): Plan | null {
  const turn = conversation.findLast(({ sql }) => sql !== null);
  return turn ? planOf(turn, asOf) : null;
}

/** The plan of a turn, when it comes back as it was made. It passed through the client. */
const planOf = (turn: Pick<Turn, 'state'>, asOf: Date): Plan | null =>
  stateOf(turn, asOf)?.plan ?? null;

/** The keys that a turn asked about, where its own plan does not say them. */
const subjectOf = (turn: Turn, asOf: Date): Plan | null => stateOf(turn, asOf)?.of ?? null;

function stateOf({ state }: Pick<Turn, 'state'>, asOf: Date) {
  try {
    if (JSON.stringify(state).length > LARGEST_STATE) return null;
    const parsed = stateSchema.safeParse(state);
    if (!parsed.success) return null;
    for (const plan of [parsed.data.plan, parsed.data.of]) if (plan) planToSql(plan, asOf);
    return parsed.data;
  } catch {
    return null;
  }
}
