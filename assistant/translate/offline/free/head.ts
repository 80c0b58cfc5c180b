import type { Dimension, Entity } from '../plan/plan.ts';
import { all } from './groups.ts';
import type { Noun, Piece, Want } from './piece.ts';

/** What a question is about: the noun, the group or the verb that is asked for. */

/** Where a language puts what is asked for: before its conditions, or behind them. */
export type HeadPlace = 'first' | 'last';

/** What a question is about. */
export type Head =
  | { readonly is: 'noun'; readonly noun: Noun; readonly at: number }
  | {
      readonly is: 'dimension';
      readonly entity: Entity;
      readonly dimension: Dimension;
      readonly at: number;
    }
  | { readonly is: 'want'; readonly want: Want; readonly at: number };

/** What makes a group a question of its own, without "which". */
const asksForGroups: ReadonlySet<Piece['is']> = new Set([
  'rank',
  'limit',
  'compare',
  'measure',
  'share',
  'want',
  'by',
  'ofAccounts',
  'reading',
]);

/** Words that may stand between "which" and the noun it asks for. */
const between: ReadonlySet<Piece['is']> = new Set([
  'source',
  'condition',
  'limit',
  'order',
  'rank',
  'all',
  'only',
  'may',
  'someone',
  'different',
]);

export function headOf(pieces: readonly Piece[], place: HeadPlace): Head | null {
  const wants = all(pieces, 'want');
  const who = wants.find(({ want }) => ['who', 'when', 'whence', 'what', 'why'].includes(want));
  if (who) return { is: 'want', want: who.want, at: who.at };
  const nouns = pieces.flatMap((p, at): Head[] => {
    if (p.is === 'noun') return [{ is: 'noun', noun: p.noun, at }];
    if (p.is === 'dimension') {
      return [{ is: 'dimension', entity: p.entity, dimension: p.dimension, at }];
    }
    return [];
  });
  const grants = place === 'first' ? asksForGrants(pieces) : null;
  if (grants) return grants;
  for (const want of wants.filter((w) => w.asks)) {
    let at = want.at + 1;
    while (between.has(pieces[at]?.is ?? 'mark')) at += 1;
    const asked = nouns.find((n) => n.at === at);
    const whose = asksForSomeone(pieces, want.at);
    if (whose) return whose;
    if (asked) return asked;
  }
  const behind = place === 'last' ? asksForWhoMay(pieces) : null;
  if (behind) return behind;
  // "IAM users allowed to decrypt with RSA keys".
  const whose = place === 'first' ? asksForSomeone(pieces, -1) : null;
  const named = place === 'first' ? nouns[0] : nouns.at(-1);
  // "The root user" is no question for users; "top 5 users" is.
  const plainly =
    place === 'last' || named?.is !== 'dimension' || pieces.some((p) => asksForGroups.has(p.is));
  return whose ?? (plainly ? named : null) ?? null;
}

/** 復号できるロール, in languages that put those who may behind what they may. */
function asksForWhoMay(pieces: readonly Piece[]): Head | null {
  const asked = pieces.findLastIndex((p) => p.is !== 'mark' && p.is !== 'want');
  const [before, who] = [pieces[asked - 1], pieces[asked]];
  const plainly = who?.is === 'someone' && who.someone.may !== null && !who.adjective;
  return plainly && before?.is === 'may' ? { is: 'noun', noun: 'permissions', at: asked } : null;
}

/** "Grants held by x", "list all grants on keys in Tokyo": the grants, not the keys. */
function asksForGrants(pieces: readonly Piece[]): Head | null {
  const at = pieces.findIndex((p) => p.is !== 'all' && !(p.is === 'want' && p.want === 'list'));
  const first = pieces[at];
  const grouped = pieces.some((p) => p.is === 'dimension' || p.is === 'by');
  const others = all(pieces, 'noun').some((n) => n.noun !== 'keys');
  return first?.is === 'source' && first.source === 'GRANT' && !grouped && !others
    ? { is: 'noun', noun: 'permissions', at }
    : null;
}

/** Words that may stand between "which" and someone who is asked for. */
const beforeSomeone: ReadonlySet<Piece['is']> = new Set([
  'all',
  'limit',
  'among',
  'rank',
  'only',
  'different',
]);

/** "External" before "roles": of them, not of keys. */
function describesNext(pieces: readonly Piece[], at: number): boolean {
  const [here, next] = [pieces[at], pieces[at + 1]];
  return here?.is === 'someone' && here.adjective === true && next?.is === 'someone';
}

/** "No condition external roles": how they may stands before who they are. */
const isUnconditional = (piece: Piece | undefined) =>
  piece?.is === 'may' && piece.unconditional === true;

/** "Which vendors can decrypt…": those who may are asked for. "Which keys can vendors…" asks for keys. */
export function asksForSomeone(pieces: readonly Piece[], want: number): Head | null {
  let at = want + 1;
  while (
    beforeSomeone.has(pieces[at]?.is ?? 'mark') ||
    describesNext(pieces, at) ||
    isUnconditional(pieces[at])
  )
    at += 1;
  const asked = pieces[at];
  // "The grants held by outsiders" are permissions.
  if (want >= 0 && asked?.is === 'source' && asked.source === 'GRANT') {
    return { is: 'noun', noun: 'permissions', at };
  }
  // "External keys" asks for keys.
  if (asked?.is !== 'someone' || asked.adjective) return null;
  // "Which IAM users decrypted": whoever did is asked for.
  if (!asked.someone.may) {
    const byKind = asked.someone.did?.identityTypes ?? asked.someone.did?.callerFrom;
    return want >= 0 && byKind ? { is: 'want', want: 'who', at } : null;
  }
  const may = pieces.slice(at).some((p) => p.is === 'may' || p.is === 'source');
  return may ? { is: 'noun', noun: 'permissions', at: want + 1 } : null;
}

/** Whether a noun is what is asked for at a place before it. */
export function asksFor(
  pieces: readonly Piece[],
  want: number,
  head: number,
  place: HeadPlace,
): boolean {
  // アカウントはいくつ
  if (place === 'last') return head >= 0 && want === head + 1;
  return want < head && pieces.slice(want + 1, head).every((p) => between.has(p.is));
}
