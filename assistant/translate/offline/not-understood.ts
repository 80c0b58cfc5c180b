import type { Translation } from '../translator.ts';
import { exampleQuestions } from './examples.ts';
import { nearWords } from './lexicon/near-words.ts';
import type { Values } from './lexicon/values.ts';
import type { Plan } from './plan/plan.ts';
import { planToQuestion } from './plan/plan-to-words.ts';
import { decline } from './respond.ts';
import { type Token, wordsOf } from './tokens/token.ts';

interface Reader {
  /** Asks whether what most of the words mean is meant; null where that is nothing. */
  readonly nearest: () => Translation | null;
  /** Whether there is an answer that the question may go on from. */
  readonly goesOn: boolean;
  readonly read: (tokens: readonly Token[]) => readonly Plan[];
  /** As `read`, of words in any order. */
  readonly readFreely: (tokens: readonly Token[]) => readonly Plan[];
  /** As `read`, of a question that leaves out on purpose what the one that was asked says. */
  readonly readInstead: (tokens: readonly Token[]) => readonly Plan[];
  readonly tokens: (question: string) => readonly Token[];
  /** Whether a word has a meaning anywhere in the grammar. */
  readonly knows: (word: string) => boolean;
  readonly vocabulary: () => Iterable<string>;
  readonly values: Values;
}

/** Verbs that would change something when they begin a request. */
const changing: ReadonlySet<string> = new Set(
  'delete disable enable rotate create write draft compose schedule cancel change remove revoke retire tag untag grant update modify set put import replicate add give turn switch fix restore encrypt decrypt sign generate purge destroy drop insert alter rename move copy make stop start'.split(
    ' ',
  ),
);
const polite: ReadonlySet<string> = new Set(
  'please can could would you kindly now just i want to need us let we should go ahead and then'.split(
    ' ',
  ),
);
/** Asks how to do such a thing, which the data does not tell. */
const howTo =
  /^(?:(?:hi|hello|please|so|and|ok)[ ,]+)*how (?:do|can|could|should|would|to|must) (?:(?:i|we|one|you) )?(\w+)\b(?! (?:many|much))/i;
const secrets: ReadonlySet<string> = new Set(
  'plaintext ciphertext password passwords secret secrets credential credentials'.split(' '),
);
/** Keys of other kinds, and what other clouds have for them. */
const foreignKeys =
  /\b(api|ssh|license|licence|activation|gpg|pgp|(?<!(external|public|account|admin|decrypt|can|could|may|to|not|who|that) )access) keys?\b|\b(azure|gcp|google cloud|hashicorp|key vaults?)\b/;

/** Uses counted, which are not recorded each. */
const usesCounted =
  /\bhow often\b|\bhow many times\b|\bmost often\b|\b(?:uses|calls|requests|decrypts|encrypts|decryptions|encryptions|api calls|operations) (?:per|by|a|each|every) (?:second|minute|hour|day|week|month|year|user|service|account|caller|role)\b|\bmost (?:heavily|frequently) used\b|\b(?:usage|use) (?:volume|frequency|count)\b/;

/** Words of nothing else: beside them a word that is not understood still speaks of keys. */
const ofKeys =
  /^(?:keys?|kms|cmks?|grants?|polic(?:y|ies)|alias(?:es)?|rotations?|deletions?|concerns?|findings?|permissions?|principals?|decrypt\w*|encrypt\w*)$/;

/** Words that show that the question is at least about this subject. */
const subject: ReadonlySet<string> = new Set(
  'key keys kms cmk cmks account accounts region regions policy policies grant grants alias aliases rotation rotations deletion deletions concern concerns finding findings permission permissions principal principals ou access unused tag tags cost coverage snapshot data'.split(
    ' ',
  ),
);

const MOST_CHOICES = 6;

/**
 * Turns of phrase that no plan can say, though each of their words has a meaning of its own: what was so
 * before and is no longer, all but one kind of something, one for each, actors in other accounts.
 */
const beyond: readonly RegExp[] = [
  /\bused to (?:be|have|allow)\b/i,
  /\b(?:concerns?|findings?|issues?|problems?|alias(?:es)?|tags?) (?:other than|except|besides|apart from)\b/i,
  /\bwho else\b/i,
  /\b(?:delet|remov)\w* (?:the )?alias (?:named |called )?alias\//i,
  /\bwho (?:in|within|from) (?!outside|(?:the )?account \S+ (?:can|could|may|has|have)\b)/i,
  /\b(?:none|neither|(?<!than |first |second )half|(?<!the )most|some but not all) of\b/i,
  /\b(?:accounts?|roles?|users?|units?|principals?|services?)\b.*\b(?:ha(?:ve|s)|with|use)\b.*\b(?:in|for) (?:every|each|all) (?:region|account)s?\b/i,
  /\bregions? (?:do|does) (?:every|each|all)\b/i,
  /\b(?:in|of|from) other accounts\b(?! (?:of|in|within|inside) (?:the |our |this |same )*(?:own |same )?org)/i,
  /\bratio\b/i,
  /\b(?:top \d+|\d+ (?:oldest|newest|most expensive|cheapest|biggest|largest)|(?:biggest|largest))\b.* (?:in|for|of) (?:each|every) /i,
  /\bdo we (?:use keys|have access|have keys) (?:of|to|from)\b|\b(?:external|foreign) keys (?:can|do|may) we\b/i,
  /\bwho (?:\w+ )?(?:already|could have|might have)\b/i,
  /\bof any (?:year|month)\b/i,
];

/** Whether a question says something of that kind. */
export const isBeyond = (question: string): boolean => beyond.some((b) => b.test(question));

const salutation =
  /^(?:hi|hello|hey|howdy|good (?:morning|afternoon|evening|day)|greetings)(?: there| all| everyone| team)?[\s,.!:;-]+/i;

/** What can be asked here, and of whom. Each says all that is asked: "help me find unused keys" does not. */
const asksForHelp =
  /^(?:(?:please )?help(?: me)?(?:,? please)?[?!.\s]*$|(?:so |and )?what (?:all )?(?:else )?can (?:i|you|we|one|this(?: tool| thing)?|it) (?:ask|do|answer|tell|help)|how (?:does|do) (?:this|it|i use this|i use you|you|i ask)(?: tool| thing| assistant)? ?(?:work|questions?)?[?!.\s]*$|(?:what|which) (?:kinds?|sorts?|types?) of (?:questions?|things?|stuff|information) (?:can|could|do|should) |(?:what|which) questions? (?:can|could|should|do|are) |who are you|what are you(?: able to do)?[?!.\s]*$|what (?:do|are) you (?:do|know|able to do|good (?:for|at))[?!.\s]*$|how can (?:you|this tool|it) help|can you help me[?!.\s]*$|what is (?:this|this tool|kms insights)(?: for| about)?[?!.\s]*$|(?:give|show) me (?:some |a few )?(?:example|sample) questions|examples?[?!.\s]*$)/i;

/**
 * Why a question is none for this data, whatever its words: it asks for help, for a change, for other
 * keys or for secrets. Null when it is none of these.
 */
export function outOfScope(question: string, tokens: readonly Token[]): Translation | null {
  if (asksForHelp.test(question.replace(salutation, ''))) {
    return refuse(
      'Ask about KMS keys, who may use them, when they were used, what they cost and what is wrong with them, in English. For example:',
      [],
      tokens,
    );
  }
  const first = tokens.findIndex((t) => t.kind !== 'comma' && !polite.has(t.text));
  const verb = tokens[first];
  const next = tokens[first + 1];
  // "Give me" asks to be shown; SIGN_VERIFY is a value.
  const shows = verb?.text === 'give' && /^(me|us|please)$/.test(next?.text ?? '');
  // "Decrypt events": what was done, and nothing to do.
  const recorded = /^(events?|calls?|operations?|requests?|api)$/.test(next?.text ?? '');
  if (verb && changing.has(verb.text) && !shows && !recorded && !next?.glued) {
    return refuse(
      `This tool only reads: it changes nothing and cannot ${verb.text} anything. It can show what is there.`,
      [],
      tokens,
    );
  }
  const wish = howTo.exec(question)?.[1]?.toLowerCase() ?? '';
  if (changing.has(wish)) {
    return refuse(
      `How to ${wish} something is not in this data, and this tool only reads: it can show what is there.`,
      [],
      tokens,
    );
  }
  if (usesCounted.test(tokens.map((t) => t.text).join(' '))) {
    return refuse(
      'How often keys are used is not in this data: of each operation of a caller on a key only the latest is recorded.',
      [],
      tokens,
    );
  }
  const foreign = foreignKeys.exec(tokens.map((t) => t.text).join(' '));
  if (foreign) {
    return refuse(
      `This data is about AWS KMS keys; it has nothing about ${foreign[0]}.`,
      [foreign[0]],
      tokens,
    );
  }
  if (/\bprivate keys?\b/i.test(question)) {
    return refuse(
      'Key material is not in this data; it describes keys and who may use them.',
      ['private key'],
      tokens,
    );
  }
  const secret = tokens
    .filter(
      (t, i) =>
        secrets.has(t.text) &&
        ![tokens[i - 1], tokens[i + 1]].some((near) => near?.text === 'manager'),
    )
    .map((t) => t.raw);
  if (secret.length > 0) {
    return refuse(
      'Secrets, plaintext and key material are not in this data; it describes keys and who may use them.',
      secret,
      tokens,
    );
  }
  return null;
}

/**
 * What to say when no reading takes in every word: names the word that stands in the way and offers
 * complete questions without it or with a word spelled alike. Never answers.
 */
export function explain(question: string, tokens: readonly Token[], reader: Reader): Translation {
  const strange = unknownOf(tokens, reader);
  if (
    !tokens.some(
      (t) =>
        subject.has(t.text) ||
        nearWords(t.text, subject, 1).length > 0 ||
        t.kind === 'key_id' ||
        t.kind === 'key_arn' ||
        t.kind === 'alias',
    )
  ) {
    return refuse(
      strange.length > 0
        ? 'This does not seem to be a question about KMS keys, their policies, use, cost or concerns.'
        : 'Each word is known, but this does not seem to say what it asks about KMS keys.',
      strange,
      tokens,
    );
  }
  if (rotatedBefore.test(question)) return refuse(NO_ROTATIONS, [], tokens);
  return (
    actsByAdministrators(question, reader) ??
    namedByNoPolicy(question, tokens, reader) ??
    lastOfAll(question, reader) ??
    toldOtherwise(question, reader) ??
    unknownNames(question, tokens, reader) ??
    unknownAccounts(tokens, reader) ??
    misspeltNames(question, tokens, reader) ??
    unknownWords(question, tokens, reader) ??
    reader.nearest() ??
    refuse(
      'Each word is known, but the question as a whole was not understood, so it is not answered.',
      [],
      tokens,
    )
  );
}

function unknownOf(tokens: readonly Token[], reader: Reader): string[] {
  return tokens
    .filter(
      (t) =>
        (t.kind === 'word' && !reader.knows(t.text) && !reader.knows(t.base)) ||
        t.kind === 'symbol',
    )
    .map((t) => t.raw);
}

/** An account that is none of the organization, whose keys are therefore not here. */
function unknownAccounts(tokens: readonly Token[], { values }: Reader): Translation | null {
  const strange = tokens.filter((t) => t.kind === 'account' && !values.accountName(t.text));
  if (strange.length === 0) return null;
  const ids = strange.map((t) => t.raw);
  return refuse(
    `The question was not understood as a whole. ${ids.join(' and ')} ${ids.length === 1 ? 'is no account' : 'are no accounts'} of the organization in this data: no keys are in it. What it may do with keys can be asked in a simpler way, such as "which keys can account ${ids[0]} use".`,
    ids,
    tokens,
  );
}

/** Rotations that have been, by their time. */
const rotatedBefore =
  /\brotated (?:recently|lately|yesterday|today|last|ago|since|in|during|within|over|on|before|after|between|this|more than|less than)\b|\b(?:when (?:was|were|did)|last|(?:have|has|had)(?:n't| not)? (?:ever |never )?been|never)\b.* rotat(?:ed|es?|ions?)\b|\bage of .*\brotation\b/i;
const NO_ROTATIONS =
  'When keys were rotated is not in this data. Whether rotation is on, how often it is done and when it is next are: for example "keys with rotation off", "keys that rotate less often than every 365 days", "next rotation of alias/NAME".';

const administrative =
  /\b(can|could|may|(?:allowed|able|permitted) to) ((?:[\w.@-]+ )*?)(delete|schedule (?:the )?(?:(?:key )?deletion|deletions) of|schedule (?:the )?(?:key )?deletions?(?: of)?|disable|enable|rotate|tag)\b/i;

/** Whether someone may delete keys is no more than whether he may administer them. */
function actsByAdministrators(question: string, reader: Reader): Translation | null {
  const found = administrative.exec(question);
  if (!found) return null;
  const [phrase, can, between = '', act] = found;
  // "Schedule key deletion in payroll" names no keys besides.
  const choices = ['administer', 'administer keys']
    .flatMap((verb) =>
      reader.readInstead(reader.tokens(question.replace(phrase, `${can} ${between}${verb}`))),
    )
    .map((p) => planToQuestion(p, reader.values.accountName))
    .filter((choice, at, these) => these.indexOf(choice) === at)
    .slice(0, MOST_CHOICES);
  return choices.length === 0
    ? null
    : {
        kind: 'clarify',
        message: `Who may ${/deletions?/.test(act ?? '') ? 'schedule the deletion of' : act} keys is not told apart here: it is part of administering them, and an administrator may be allowed other things only. Is that meant?`,
        choices,
        unknownWords: [],
      };
}

/** Ways to say that nobody did it later, and the same of whoever did it at some time. */
const lastOnes: readonly (readonly [RegExp, string])[] = [
  [/\blast (used|changed|modified|edited) (by|via|through)\b/i, '$1 $2'],
  [/\bwhose last use was (by|via|through)\b/i, 'used $1'],
  [/\b(used|changed) last (by|via|through)\b/i, '$1 $2'],
];

/** Who was the last of all to use or change a key is not told apart from those before. */
function lastOfAll(question: string, reader: Reader): Translation | null {
  const [pattern, without] = lastOnes.find(([p]) => p.test(question)) ?? [];
  if (!pattern || without === undefined) return null;
  const choices = reader
    .readInstead(reader.tokens(question.replace(pattern, without)))
    .map((p) => planToQuestion(p, reader.values.accountName))
    .slice(0, MOST_CHOICES);
  return choices.length === 0
    ? null
    : {
        kind: 'clarify',
        message:
          'Whose use or change of a key was the last of all is not told apart here; that someone used or changed it at some time is. Is that meant?',
        choices,
        unknownWords: [],
      };
}

const HOW_OFTEN =
  'How often something was done is not recorded: of each operation by each caller on a key only the latest is. On how many keys it was done is; is that meant?';

/** What is not told here, what is told that comes near it, and why. */
const nearTo: readonly (readonly [asked: RegExp, told: readonly string[], message: string])[] = [
  [
    /\bboth (?:of )?(?:the )?([\w.-]+) and (?:the )?([\w.-]+)/i,
    ['$1 or $2'],
    'Who may use keys in both at once is not told apart here; who may use keys in either is. Is that meant?',
  ],
  [
    /\b(?:made|did|performed|caused) (?:the )?most (?:key |kms )?(?:changes|modifications|edits|management (?:events|actions|operations))(?: to (?:the |our )?keys)?\b/i,
    ['changed the most keys'],
    HOW_OFTEN,
  ],
  [
    /\b(?:made|did|performed) (?:the )?most (?:key )?policy (?:changes|edits|modifications)\b/i,
    ['changed the policies of the most keys'],
    HOW_OFTEN,
  ],
  [
    /\b(?:an? |real |actual )?(?:humans?(?: beings?| users?| callers?)?|real (?:person|people|persons))(?: (?:rather than|and not|instead of|not|but not) (?:by )?(?:an? |the )?(?:iam )?(?:roles?|services?|machines?|pipelines?|automation|bots?|scripts?))?\b/i,
    ['an IAM user'],
    'Whether a caller is a human is not recorded; whether it is an IAM user is, and people who sign in through roles are none. Is that meant?',
  ],
  [
    /\bwho (?:has |have )?(?:made|turned|set|opened|exposed|shared) (.+?) (?:up )?(?:(?:to )?(?:the )?public|to the (?:world|internet)|to everyone|with everyone|external(?:ly)?|with outsiders)\b/i,
    ['who changed the policy of $1'],
    'Who opened a key to others is not told apart here; who changed its policy is. Is that meant?',
  ],
  [
    /\b(?:when|since when) (?:did|was|is|has|were) (.+?) (?:become|became|becoming|made|been made|turned|opened to the|exposed to the|been) public\b/i,
    ['when was the policy of $1 last changed'],
    'Since when a key is open to others is not recorded; when its policy was last changed is. Is that meant?',
  ],
  [/\bmedian\b/i, ['average'], 'Medians are not worked out here; averages are. Is that meant?'],
  [
    /\b(?:keys?|cmks?) (?:(?:that|which) )?(?:(?:are|is|exist|live|available|present|replicated|spread|stored) )*(?:in|across|to|over|into) (?:more than (?:one|1)|at least (?:two|2)|two or more|multiple|several|many) regions?\b/i,
    ['multi-Region keys'],
    'In how many Regions a key has replicas is not told apart here; which keys are multi-Region keys is. Is that meant?',
  ],
  [
    /\b(?:key )?rotation rates?\b(?: (?:of|for|in)\b(?: (?:keys|cmks)\b)?)?/i,
    [
      'percentage of keys with rotation on in',
      'percentage of customer managed keys with rotation on in',
      'percentage of keys with rotation on',
      'percentage of customer managed keys with rotation on',
    ],
    'A rate of rotation may be of any keys. Is one of these meant?',
  ],
];

/** Something that comes near what is asked for, and is told. */
function toldOtherwise(question: string, reader: Reader): Translation | null {
  const [pattern, told = [], message = ''] = nearTo.find(([asked]) => asked.test(question)) ?? [];
  if (!pattern) return null;
  const choices = told
    .flatMap((words) => {
      const tokens = reader.tokens(question.replace(pattern, words));
      const plans = reader.read(tokens);
      const freely = plans.length > 0 ? plans : reader.readFreely(tokens);
      return freely.length > 0 ? freely : reader.readInstead(tokens);
    })
    .map((p) => planToQuestion(p, reader.values.accountName));
  const different = [...new Set(choices)].slice(0, MOST_CHOICES);
  return different.length === 0
    ? null
    : { kind: 'clarify', message, choices: different, unknownWords: [] };
}

/** "Can gitlab-ci decrypt …": a session or user that did something, and that no policy or grant names. */
function namedByNoPolicy(
  question: string,
  tokens: readonly Token[],
  reader: Reader,
): Translation | null {
  if (!tokens.some((t) => /^(can|could|may|able|allowed|access)$/.test(t.text))) return null;
  for (let at = 0; at < tokens.length; at += 1) {
    let end = at + 1;
    while (tokens[end]?.glued) end += 1;
    if (tokens[at]?.kind !== 'word' || tokens[at]?.glued) continue;
    const written = tokens
      .slice(at, end)
      .map((t, i) => `${i === 0 ? '' : (t.joint ?? '')}${t.raw}`)
      .join('');
    const called = (kind: 'caller' | 'principal' | 'servicePrincipal' | 'account') =>
      reader.values.exactly(kind, written);
    const [caller] = called('caller');
    const elsewhere = (['principal', 'servicePrincipal', 'account'] as const).some(
      (kind) => called(kind).length > 0,
    );
    if (!caller || elsewhere || !question.includes(written)) continue;
    const choice = `keys used by ${written}`;
    if (reader.read(reader.tokens(choice)).length !== 1) continue;
    return {
      kind: 'clarify',
      message: `${written} is recorded as having used keys, but no key policy or grant names it, so that what it may do is not in this data. Which keys it used is; is that meant?`,
      choices: [choice],
      unknownWords: [],
    };
  }
  return null;
}

/** An alias that no key has. */
function unknownNames(
  question: string,
  tokens: readonly Token[],
  reader: Reader,
): Translation | null {
  const missing = tokens.filter(
    (t) =>
      t.kind === 'alias' &&
      !reader.values
        .exactly('alias', t.text.replace(/^alias\//i, ''))
        .some((v) => v.values[0]?.toLowerCase() === t.text.toLowerCase()),
  );
  const [first] = missing;
  if (!first) return null;
  const name = first.text.replace(/^alias\//i, '');
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const near = words
    .flatMap((w) => reader.values.containing('alias', w))
    .flatMap((v) => v.values)
    .filter((alias) => /^alias\/[\w/-]+$/.test(alias));
  const choices = [...new Set(near)]
    .map((alias) => question.replace(first.raw, alias))
    .filter((q) => reader.read(reader.tokens(q)).length === 1)
    .slice(0, MOST_CHOICES);
  const message = `No key has the alias ${first.raw} in this data.`;
  return choices.length > 0
    ? {
        kind: 'clarify',
        message: `${message} Was one of these meant?`,
        choices,
        unknownWords: [first.raw],
      }
    : refuse(message, [first.raw], tokens);
}

/** Kinds of things in the data that questions name. */
const nameKinds = ['account', 'region', 'ou', 'alias', 'tag', 'principal', 'caller'] as const;

/** The name of an account or Region with a slip in it. */
function misspeltNames(
  question: string,
  tokens: readonly Token[],
  reader: Reader,
): Translation | null {
  const names = [...reader.values.names('account'), ...reader.values.names('region')];
  for (let at = 0; at < tokens.length; at += 1) {
    let end = at + 1;
    while (tokens[end]?.glued) end += 1;
    const part = tokens.slice(at, end);
    if (part.length < 2) continue;
    const written = part.map((t) => `${t.joint ?? ''}${t.raw}`).join('');
    if (nameKinds.some((kind) => reader.values.exactly(kind, written).length > 0)) continue;
    const near = nearWords(part.map((t) => t.text).join(' '), names, MOST_CHOICES);
    const choices = near
      .map((name) => properName(name, reader))
      // What people wrote into the data does not become part of a question as it likes.
      .filter((name) => /^[\w .-]+$/.test(name))
      .map((name) => question.replace(written, name))
      .filter((q) => reader.read(reader.tokens(q)).length >= 1);
    if (choices.length === 0) continue;
    return {
      kind: 'clarify',
      message: `Nothing is called ${written} in this data. Was one of these meant?`,
      choices,
      unknownWords: [written],
    };
  }
  return null;
}

/** A name as it is written, from its words. */
const properName = (words: string, { values }: Reader) => {
  const [account] = values.exactly('account', words);
  const [region] = values.exactly('region', words);
  return (account && values.accountName(account.values[0] ?? '')) ?? region?.values[0] ?? words;
};

function unknownWords(
  question: string,
  tokens: readonly Token[],
  reader: Reader,
): Translation | null {
  const unknown = unknownOf(tokens, reader);
  if (unknown.length === 0) return null;
  const named = unknown.map((w) => `"${w}"`).join(', ');
  const message =
    unknown.length === 1
      ? `The word ${named} is not understood, so the question is not answered as if it were absent.`
      : `These words are not understood: ${named}; the question is not answered as if they were absent.`;
  const choices = respelled(question, unknown, reader);
  if (choices.length === 0) {
    const near = reader.goesOn || tokens.some((t) => ofKeys.test(t.text)) ? reader.nearest() : null;
    return near ?? refuse(message, unknown, tokens);
  }
  return {
    kind: 'clarify',
    message: `${message} Was one of these meant?`,
    choices: [...new Set(choices)].slice(0, MOST_CHOICES),
    unknownWords: unknown,
  };
}

/** The question with one unknown word put right, where that gives a question that is understood. */
function respelled(
  question: string,
  unknown: readonly string[],
  reader: Reader,
): readonly string[] {
  // Two slips are put right as well, when each has one word that it can have been.
  const [word, second, ...more] = unknown;
  if (!word || more.length > 0) return [];
  const known = new Set([
    ...reader.vocabulary(),
    ...(['region', 'account', 'ou'] as const).flatMap((kind) => [...reader.values.names(kind)]),
  ]);
  const spelled = (text: string, wrong: string) =>
    nearWords(wrong.toLowerCase(), known, 4).map((near) => text.replace(wrong, near));
  const once = spelled(question, word);
  return (second ? once.flatMap((text) => spelled(text, second)) : once).filter(
    (q) => reader.read(reader.tokens(q)).length === 1,
  );
}

/** A refusal with the examples that share the most words with the question. */
export function refuse(
  message: string,
  unknown: readonly string[],
  tokens: readonly Token[],
): Translation {
  return { ...decline(message, unknown), nearest: nearestExamples(tokens) };
}

/** The examples that share the most words with a question; some to begin with, when none does. */
export function nearestExamples(tokens: readonly Token[], most = 3): readonly string[] {
  const asked = new Set(tokens.map((t) => t.base));
  const scored = exampleQuestions.map((question, order) => {
    const words = wordsOf(question);
    const shared = words.filter((w) => asked.has(w) && w.length > 3).length;
    return { question, order, score: shared / Math.sqrt(words.length) };
  });
  return scored
    .sort((a, b) => b.score - a.score || a.order - b.order)
    .slice(0, most)
    .map((s) => s.question);
}
