import { type Fact, factsOf, isEverything } from '../plan/plan.ts';
import type { Piece } from './piece.ts';
import { isWhere } from './said-of-keys.ts';

/** Pieces that stand side by side and leave in doubt what is meant; a question with them is not read. */

/** Whether it is doubtful what a piece means, by the piece behind it, the one before it, and all of them. */
type Doubt = (
  piece: Piece,
  next: Piece | undefined,
  before: Piece | undefined,
  pieces: readonly Piece[],
) => boolean;

const has = (piece: Piece | undefined, test: (fact: Fact) => boolean) =>
  piece?.is === 'condition' && factsOf(piece.condition.filter).some(test);

const saysWho = (p: Piece) =>
  p.is === 'someone' || p.is === 'may' || (p.is === 'condition' && p.active === true);
const saysWhoMay = (p: Piece | undefined) => has(p, (f) => f.is === 'access');
const saysThatUsed = (p: Piece | undefined) =>
  has(p, (f) => f.is === 'used' || (f.is === 'value' && f.column === 'usage_status'));
const saysUnused = (p: Piece) =>
  has(
    p,
    (f) => f.is === 'unused' || (f.is === 'value' && /NEVER_USED|NO_RECORD/.test(f.values.join())),
  ) ||
  (p.is === 'condition' && 'not' in p.condition.filter && saysThatUsed(p));
const saysNothing = (p: Piece | undefined) => p?.is === 'noun' && isEverything(p.filter);
const isActive = (p: Piece | undefined) => p?.is === 'condition' && p.active === true;
const isKeys = (p: Piece | undefined) => p?.is === 'noun' && p.noun === 'keys';
const isGrant = (p: Piece | undefined) => p?.is === 'source' && p.source === 'GRANT';
const isEveryone = (p: Piece) => p.is === 'someone' && p.someone.may?.trust?.join() === 'PUBLIC';
const groupsBy = (p: Piece | undefined, ...columns: readonly string[]) =>
  p?.is === 'dimension' && 'column' in p.dimension && columns.includes(p.dimension.column);
const creates = (p: Piece | undefined) =>
  p?.is === 'did' && p.test?.operations?.join() === 'CreateKey';

/** Doubts about who is meant. */
const aboutWho: readonly Doubt[] = [
  // "Who other than x": not the keys of x are left out, but x.
  (p, next) => p.is === 'want' && p.want === 'who' && next?.is === 'except',
  // "How many callers": they are to be counted.
  (p, next) =>
    p.is === 'want' &&
    p.want === 'count' &&
    next?.is === 'someone' &&
    !next.adjective &&
    !next.someone.may,
  // "Which roles can use …": they are asked for, not keys.
  (p, next) => (p.is === 'want' || p.is === 'all') && isActive(next),
  // "External roles can decrypt": said of the roles, not of keys.
  (p, next) =>
    isActive(next) &&
    has(p, (f) => f.is === 'access' || (f.is === 'value' && f.column === 'origin')),
  // "An account [that is] outside": the account is that someone, not a group.
  (p, next) =>
    p.is === 'dimension' && next?.is === 'someone' && next.someone.did?.callerFrom !== undefined,
  // "Anyone outside": one of those, not everyone.
  (p, next) => isEveryone(p) && next?.is === 'someone',
  // "Anyone in the organization" is not anyone.
  (p, next) => isEveryone(p) && next?.is === 'condition' && isWhere(next.condition.filter),
  // "Root users": one of those, not users whom root is.
  (p, next) =>
    p.is === 'someone' &&
    p.someone.did !== null &&
    next?.is === 'dimension' &&
    next.entity === 'usage',
  // "S3 keys": used by it, or used through it.
  (p, next) => p.is === 'someone' && !p.adjective && p.someone.may !== null && isKeys(next),
  // "Keys all users can decrypt", "roles that can use every key": more than one of each.
  (p, next, _, pieces) =>
    p.is === 'all' && (next?.is === 'someone' || pieces.slice(0, pieces.indexOf(p)).some(saysWho)),
  // "External accounts" are not accounts with external access.
  (p, next) => saysWhoMay(p) && groupsBy(next, 'account_id'),
  // "Used cross-account", "external accounts used": who did is not who may.
  (p, next, before) => p.is === 'did' && [before, next].some(saysWhoMay),
  // "Not used through S3": not by it, or not at all.
  (p, next, before) =>
    (saysUnused(p) || (before?.is === 'except' && saysThatUsed(p))) &&
    next?.is === 'someone' &&
    !next.adjective,
  // "Alice created or used": whose use is meant is not said.
  (p, next, before, pieces) =>
    p.is === 'joint' &&
    [before, next].some((q) => q?.is === 'did') &&
    [before, next].some(saysThatUsed) &&
    pieces.some((q) => q.is === 'someone'),
];

/** Doubts about what is said of it. */
const aboutWhat: readonly Doubt[] = [
  // "A Deny with NotPrincipal" is no concern about an Allow.
  (p, _next, _before, pieces) =>
    has(p, (f) => f.is === 'concern') && pieces.some((q) => q.is === 'may' && q.denied),
  // "Changed rotation" is more than changed.
  (p, next) =>
    p.is === 'did' &&
    p.test?.category === 'MANAGEMENT' &&
    !p.test.operations &&
    has(next, (f) => f.is === 'flag'),
  // "Not used for signing": that is what was not done.
  (p, next) => saysUnused(p) && next?.is === 'did' && next.test?.operations !== undefined,
  // "A grant was created": the grant, not its key.
  (p, next) =>
    (isGrant(p) && creates(next)) ||
    (creates(p) && isGrant(next)) ||
    (isGrant(p) && has(next, (f) => f.is === 'time' && f.column === 'created_at')),
  // "Specs used in": those that keys have, or those of keys that were used.
  (p, next) =>
    groupsBy(p, 'key_spec', 'origin', 'key_usage', 'key_state') &&
    (next?.is === 'did' || has(next, (f) => f.is === 'value' && f.column === 'usage_status')),
  // "Multi-Region keys" are no group.
  (p, next) => groupsBy(p, 'multi_region') && isKeys(next),
  // How often something was done is not recorded.
  (p, next) => p.is === 'want' && p.want === 'count' && p.asks === true && next?.is === 'did',
  // "Keys keys", "except" of nothing.
  (p, next) => p.is === 'noun' && next?.is === 'noun' && saysNothing(p) && saysNothing(next),
  (p, next) => p.is === 'except' && next?.is !== 'condition',
];

const doubts = [...aboutWho, ...aboutWhat];

/** Whether some of the pieces do not fit each other, or leave open what they mean together. */
export const isBabble = (pieces: readonly Piece[]) =>
  pieces.some((p, i) => doubts.some((doubt) => doubt(p, pieces[i + 1], pieces[i - 1], pieces)));

/** "Per month" groups by the month of creation only where something was created. */
export function isOfPrice(pieces: readonly Piece[]): boolean {
  const calendar = pieces.some((p) => (p.is === 'by' || p.is === 'dimension') && p.calendar);
  const created = pieces.some(
    (p) => creates(p) || has(p, (f) => f.is === 'time' && f.column === 'created_at'),
  );
  return calendar && (!created || pieces.some((p) => p.is === 'measure'));
}
