import type { Step } from './free/nearest.ts';
import type { Piece } from './free/piece.ts';
import { factsOf } from './plan/plan.ts';
import type { Token } from './tokens/token.ts';

/** A part of a question between its marks. */
export interface Clause {
  readonly text: string;
  /** It asks or demands something, so that it is no aside. */
  readonly asks: boolean;
}

/** What is needed of a language to tell asides from the question. */
export interface AsideWords {
  readonly clauses: (question: string) => readonly Clause[];
  /** Joins the clauses that are left. */
  readonly joined: (clauses: readonly string[]) => string;
  /** The pronouns that stand for someone or something named in an aside, and the possessive ones. */
  readonly pronoun: RegExp;
  /** What takes the place of a pronoun. */
  readonly named: (pronoun: string, name: string) => string;
  /** Words that set bounds to what is asked, wherever they stand. */
  readonly bounds: RegExp;
}

/** A question without what is told around it. */
export interface WithoutAsides {
  readonly question: string;
  /** What is left out, as it was written. */
  readonly asides: readonly string[];
  /** A time is told in them: it may be meant of what was done. */
  readonly timed: boolean;
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
  'each',
  'different',
  'monthly',
  'yearly',
]);

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
 * That an audit is on Monday leaves the question as it is; "I only look after production" does not.
 */
export function withoutAsides(
  question: string,
  words: AsideWords,
  cut: (text: string) => { readonly tokens: readonly Token[]; readonly steps: readonly Step[] },
): WithoutAsides | null {
  const clauses = words.clauses(question);
  if (clauses.length < 2) return null;
  const told = clauses.map((clause) => (clause.asks ? null : tellingOf(clause, words, cut)));
  const rest = clauses.filter((_, i) => told[i] === null).map((c) => c.text);
  const asides = clauses.filter((_, i) => told[i] !== null).map((c) => c.text.trim());
  if (rest.length === 0 || asides.length === 0) return null;
  const left = words.joined(rest);
  const names = [...new Set(told.flatMap((t) => t?.names ?? []))];
  const others = names.filter((name) => !left.toLowerCase().includes(name.toLowerCase()));
  const timed = told.some((t) => t?.timed);
  if (others.length === 0) return { question: left, asides, timed };
  const [name, ...more] = others;
  const pronoun = words.pronoun.exec(left);
  if (name === undefined || more.length > 0 || !pronoun) return null;
  const replaced = left.replace(words.pronoun, (said) => words.named(said, name));
  return words.pronoun.test(replaced) ? null : { question: replaced, asides, timed };
}

/** The names that an aside tells; null where a clause is no aside. */
function tellingOf(
  { text }: Clause,
  { bounds }: AsideWords,
  cut: (text: string) => { readonly tokens: readonly Token[]; readonly steps: readonly Step[] },
): { readonly names: readonly string[]; readonly timed: boolean } | null {
  if (bounds.test(text)) return null;
  const { tokens, steps } = cut(text);
  const unknown = steps.some(({ piece, from }) => piece === null && isWord(tokens[from]));
  const pieces = steps.flatMap((s) => (s.piece ? [s.piece] : []));
  const meaningless = !unknown && pieces.every((p) => p.is === 'filler' || p.is === 'mark');
  if (!meaningless && (!unknown || isShort(text))) return null;
  if (!pieces.every((p) => harmless.has(p.is) || isName(p))) return null;
  const names = steps.flatMap(({ piece, from, to }) =>
    piece && isName(piece) ? [nameAt(tokens.slice(from, to))] : [],
  );
  return { names, timed: pieces.some((p) => p.is === 'time') };
}

/** A word or two that are not understood may be meant of the keys; three tell something. */
const isShort = (text: string) =>
  /[^\p{ASCII}]/u.test(text) ? text.trim().length < 6 : text.trim().split(/\s+/).length < 3;

const isWord = (token: Token | undefined) => token?.kind === 'word' || token?.kind === 'character';

/** A name as it is written, without the words around it. */
const nameAt = (tokens: readonly Token[]): string =>
  tokens
    .map((t, i) => `${t.glued ? (t.joint ?? '') : i > 0 && t.kind === 'word' ? ' ' : ''}${t.raw}`)
    .join('')
    .replace(
      /^(?:(?:the|of|in|by|with|for|from|account|accounts|role|user|vendor|team|to|at|on|our) )+/i,
      '',
    )
    .replace(/(?: (?:accounts?|roles?|users?|vendors?|team))+$/i, '');
