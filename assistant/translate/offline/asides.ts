import type { Step } from './free/nearest.ts';
import type { Piece } from './free/piece.ts';
import { factsOf } from './plan/plan.ts';
import { asWritten, type Token } from './tokens/token.ts';

/** A part of a question between its marks. */
export interface Clause {
  readonly text: string;
  /** It asks or demands something, so that it is no aside. */
  readonly asks: boolean;
  /** It says what the answer is for, as "for the audit on Monday" does: a time in it is of that. */
  readonly purpose?: true;
  /** It says what is done with the answer: whom it is given to is no group. */
  readonly use?: true;
  /** What stands between it and the next one. */
  readonly mark?: string;
}

/** What is needed of a language to tell asides from the question. */
export interface AsideWords {
  readonly clauses: (question: string) => readonly Clause[];
  /** What joins clauses between which another one is left out. */
  readonly joint: string;
  /** The pronouns that stand for someone or something named in an aside, and the possessive ones. */
  readonly pronoun: RegExp;
  /** The same, of what is named alone, before a mark: "the payments key: who uses it?" */
  readonly ofTopic: RegExp;
  /** Those of them that may as well stand for what is asked about, and are left where they stand twice. */
  readonly ofThings: RegExp;
  /** What takes the place of a pronoun. */
  readonly named: (pronoun: string, name: string) => string;
  /** Words that set bounds to what is asked, wherever they stand. */
  readonly bounds: RegExp;
  /** Begins what belongs to the asker: "our logs". */
  readonly ours: RegExp;
  /** What begins a statement of somebody about something: "we", "the auditor". */
  readonly states: RegExp;
  /** Words of what was done, which may have been done at a time that an aside tells. */
  readonly deeds: RegExp;
}

/** A question without what is told around it. */
export interface WithoutAsides {
  readonly question: string;
  /** What is left out, as it was written. */
  readonly asides: readonly string[];
  /** One of them sets bounds, or says something of keys. */
  readonly bounds: boolean;
  /** The times that are told in them: they may be meant of what was done. */
  readonly times: readonly string[];
}

/** Cuts words into pieces. */
export type Cut = (text: string) => {
  readonly tokens: readonly Token[];
  readonly steps: readonly Step[];
};

/** What a clause tells. */
interface Told {
  /** Someone or something of that name is in the data. */
  readonly names: readonly string[];
  /** Names that are said as words: "our logs". */
  readonly things: readonly string[];
  /** Words that may be names, of nothing that the data has by that name alone. */
  readonly strangers: readonly string[];
  readonly times: readonly string[];
  readonly sure: boolean;
  readonly bounds: boolean;
  /** Nothing but a name, of which the rest speaks, or with the name of a key: that may be "it". */
  readonly topic: boolean;
}

/** Pieces that may stand in an aside: they say nothing of which keys are meant, nor how they are shown. */
const harmless: ReadonlySet<Piece['is']> = new Set([
  'filler',
  'noun',
  'want',
  'joint',
  'mark',
  'all',
  'time',
  'dimension',
  'not',
  'them',
  'last',
  'also',
  'instead',
  'fresh',
  'collection',
  'reading',
  'each',
  'different',
  'monthly',
  'yearly',
]);

/** Pieces that tell nothing even where each word of a clause is known. */
const empty: ReadonlySet<Piece['is']> = new Set([
  'filler',
  'noun',
  'want',
  'joint',
  'mark',
  'time',
  'them',
]);

/** To whom something is given, in how many lines. */
const ofRecipients: ReadonlySet<Piece['is']> = new Set(['by', 'only', 'limit', 'show']);

/** What a part of a sentence may say keys of. */
const isOfWhat = ({ is }: Piece) => is === 'noun' || is === 'dimension';

/** A key by its name or id. */
const isKey = (piece: Piece): boolean =>
  piece.is === 'condition' && factsOf(piece.condition.filter).every((f) => f.is === 'key');

/** A name is no condition by itself: of an account, a unit, a key, the value of a tag. */
const isName = (piece: Piece): boolean =>
  piece.is === 'someone' ||
  (piece.is === 'condition' &&
    factsOf(piece.condition.filter).every(
      (f) =>
        f.is === 'tag' ||
        f.is === 'key' ||
        f.is === 'ou' ||
        (f.is === 'value' && f.column === 'account_id'),
    ));

/**
 * A question without the clauses that only tell why it is asked: those with words that mean nothing here, with
 * no condition, and with no name but one that the rest repeats or a pronoun of the rest stands for. Null where
 * there is none, or nothing else.
 *
 * That an audit is on Monday leaves the question as it is; "I only look after production" does not. With
 * `doubtful`, what may well be a condition is left out as well.
 */
export function withoutAsides(
  question: string,
  words: AsideWords,
  cut: Cut,
  doubtful = false,
): WithoutAsides | null {
  const clauses = words.clauses(question);
  if (clauses.length < 2) return null;
  const told = clauses
    .map((clause) => (clause.asks ? null : tellingOf(clause, words, cut)))
    .map((t) => (t?.sure || doubtful ? t : null));
  const left = joined(
    clauses.map((clause, i) => (told[i] ? null : clause)),
    words.joint,
  );
  const asides = clauses.filter((_, i) => told[i]).map((c) => c.text.trim());
  const tellings = told.flatMap((t) => t ?? []);
  if (left === '' || asides.length === 0) return null;
  const notIn = (names: readonly string[]) =>
    [...new Set(names)].filter((name) => !left.toLowerCase().includes(name.toLowerCase()));
  const names = notIn(tellings.flatMap((t) => t.names));
  const things = notIn(tellings.flatMap((t) => t.things));
  const result = {
    question: left,
    asides,
    bounds: tellings.some((t) => t.bounds),
    times: tellings.flatMap((t) => t.times),
  };
  const pronoun = tellings.every((t) => t.topic) ? words.ofTopic : words.pronoun;
  if (!pronoun.test(left)) {
    // "We bought Zorbly": it may be of them that is asked.
    if (!doubtful && notIn(tellings.flatMap((t) => t.strangers)).length > 0) return null;
    return doubtful || names.length + things.length === 0 ? result : null;
  }
  const strangers = tellings.flatMap((t) => t.strangers);
  const [name, ...more] =
    names.length > 0 ? names : things.length > 0 && !doubtful ? [] : strangers;
  if (name === undefined) return things.length === 0 ? result : null;
  if (more.length > 0) return null;
  const replaced = left.replace(pronoun, (said) => words.named(said, name));
  const again = pronoun.exec(replaced)?.[0] ?? '';
  return again !== '' && !words.ofThings.test(again) ? null : { ...result, question: replaced };
}

/** The clauses that are left, with their marks where they stand together. */
function joined(clauses: readonly (Clause | null)[], joint: string): string {
  return clauses
    .map((clause, i) => {
      if (!clause) return '';
      if (clauses[i + 1]) return clause.text + (clause.mark ?? joint);
      return clause.text + (clauses.slice(i + 1).some(Boolean) ? joint : '');
    })
    .join('')
    .trim();
}

/** What a clause tells; null where it is no aside. */
function tellingOf(clause: Clause, words: AsideWords, cut: Cut): Told | null {
  const { text } = clause;
  const { tokens, steps } = cut(text);
  const saidBy = ({ from, to }: Step) => tokens.slice(from, to);
  const unknown = steps.some(({ piece, from }) => piece === null && isWord(tokens[from]));
  const pieces = steps.flatMap((s) => (s.piece ? [s.piece] : []));
  const named = steps
    .filter(({ piece }) => piece && isName(piece))
    .map((s) => asWritten(saidBy(s)));
  const topic =
    !unknown &&
    named.length === 1 &&
    pieces.every((p) => isName(p) || p.is === 'filler' || p.is === 'mark');
  const ofKey = pieces.filter(isName).every(isKey);
  const only = (these: (piece: Piece) => boolean) => !unknown && pieces.every(these);
  const states = words.states.test(text) && !isShort(text);
  const says =
    (unknown && !isShort(text)) ||
    topic ||
    only((p) => p.is === 'filler' || p.is === 'mark') ||
    (clause.purpose === true && isOfSomething(steps, tokens)) ||
    (states && only((p) => empty.has(p.is) || isName(p)));
  const bounds =
    words.bounds.test(text) ||
    !steps.every(
      ({ piece }, at) =>
        isTame(at, steps, tokens) || (clause.use && piece && ofRecipients.has(piece.is)),
    ) ||
    // "Keys of Zorbly: how many …" says whose.
    (unknown && !states && clause.purpose !== true && pieces.some(isOfWhat));
  const told = {
    // "Our logs" are nobody who could be spoken of as "they".
    names: named.filter((name) => !words.ours.test(name)).map(nameIn),
    things: named.filter((name) => words.ours.test(name)).map(nameIn),
    strangers: named.length > 0 ? [] : strangersIn(steps, tokens),
    times: clause.purpose ? [] : timesIn(steps, tokens),
    bounds,
    topic: topic || (named.length > 0 && ofKey),
  };
  if (says && !bounds) return { ...told, sure: true };
  return isShort(text) || !(unknown || states) ? null : { ...told, sure: false };
}

/** Whether what stands at a place says nothing of keys. */
function isTame(at: number, steps: readonly Step[], tokens: readonly Token[]): boolean {
  const { piece, from } = steps[at] ?? { piece: null, from: 0 };
  if (!piece || harmless.has(piece.is) || isName(piece)) return true;
  switch (piece.is) {
    case 'may':
      return piece.modal === true;
    case 'only':
      return tokens[from]?.text === 'just';
    case 'deleted':
      return tokens[from]?.text === 'if';
    case 'period':
      return tokens[steps[at + 1]?.from ?? -1]?.text === 'ago';
    // "SOC 2", "ISO 27001".
    case 'limit': {
      const before = steps[at - 1];
      const name = before?.piece === null && /^\p{Lu}{2,}$/u.test(tokens[before.from]?.raw ?? '');
      return name || (before?.piece?.is === 'limit' && isTame(at - 1, steps, tokens));
    }
    default:
      return false;
  }
}

/** The times that are told, with "an hour ago". */
function timesIn(steps: readonly Step[], tokens: readonly Token[]): readonly string[] {
  return steps.flatMap(({ piece, from, to }) => {
    if (piece?.is === 'time') return [asWritten(tokens.slice(from, to))];
    const ago = piece?.is === 'period' && tokens[to]?.text === 'ago';
    return ago ? [asWritten(tokens.slice(from, to + 1))] : [];
  });
}

/** Words with a capital within a sentence that mean nothing here: somebody may be called so. */
const strangersIn = (steps: readonly Step[], tokens: readonly Token[]): readonly string[] =>
  steps.flatMap(({ piece, from }, at) => {
    const raw = tokens[from]?.raw ?? '';
    // "Zorbly was hacked": it begins with a capital because it is a name, or because it begins.
    const within = at > 0 || verbBehindName.test(tokens[from + 1]?.text ?? '');
    return within && piece === null && /^\p{Lu}\p{Ll}+$/u.test(raw) ? [raw] : [];
  });
const verbBehindName = /^(?:was|is|has|had|will|left|got|were)$/;

/** "For the audit on Monday" is for something, "for the month" is not. */
const isOfSomething = (steps: readonly Step[], tokens: readonly Token[]) =>
  steps.some(
    ({ piece, from, to }) =>
      (piece === null || piece.is === 'filler') && tokens.slice(from, to).some(isLong),
  );
const isLong = (token: Token) => isWord(token) && token.text.length > LONGEST_PREPOSITION;
const LONGEST_PREPOSITION = 4;

/** A word or two that are not understood may be meant of the keys; three tell something. */
const isShort = (text: string) =>
  /[^\p{ASCII}]/u.test(text) ? text.trim().length < 6 : text.trim().split(/\s+/).length < 3;

const isWord = (token: Token | undefined) => token?.kind === 'word' || token?.kind === 'character';

/** A name without the words around it. */
const nameIn = (said: string): string =>
  said
    .replace(
      /^(?:(?:the|of|in|by|with|for|from|account|accounts|role|user|vendor|team|to|at|on|our|my) )+/i,
      '',
    )
    .replace(/(?: (?:accounts?|roles?|users?|vendors?|team|credentials?|tokens?|laptop))+$/i, '');
