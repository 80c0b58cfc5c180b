import { factsOf, isEverything } from '../plan/plan.ts';
import type { Piece } from './piece.ts';
import { isWhere } from './said-of-keys.ts';

/** Pieces that stand side by side and leave in doubt what is meant; a question with them is not read. */

/** "Keys keys", "except" of nothing: words that do not fit each other. */
export const isBabble = (pieces: readonly Piece[]) =>
  pieces.some((p, i) => {
    const next = pieces[i + 1]?.is;
    // "Who other than x": not the keys of x are left out, but x.
    if (p.is === 'want' && p.want === 'who' && next === 'except') return true;
    const asked = pieces[i + 1];
    // "How many callers": they are to be counted.
    const noPermit = asked?.is === 'someone' && !asked.adjective && !asked.someone.may;
    if (p.is === 'want' && p.want === 'count' && noPermit) return true;
    // "Which roles can use …": they are asked for, not keys.
    const active = asked?.is === 'condition' && asked.active === true;
    if ((p.is === 'want' || p.is === 'all') && active) return true;
    // "A Deny with NotPrincipal" is no concern about an Allow.
    const concerned =
      p.is === 'condition' && factsOf(p.condition.filter).some((f) => f.is === 'concern');
    if (concerned && pieces.some((q) => q.is === 'may' && q.denied)) return true;
    // "Changed rotation" is more than changed.
    const flagged =
      asked?.is === 'condition' && factsOf(asked.condition.filter).some((f) => f.is === 'flag');
    if (p.is === 'did' && p.test?.category === 'MANAGEMENT' && !p.test.operations && flagged)
      return true;
    // "A grant was created": the grant, not its key.
    const creates = (q: Piece | undefined) =>
      q?.is === 'did' && q.test?.operations?.join() === 'CreateKey';
    if (p.is === 'source' && p.source === 'GRANT' && creates(asked)) return true;
    if (creates(p) && asked?.is === 'source' && asked.source === 'GRANT') return true;
    const ofAge =
      asked?.is === 'condition' &&
      factsOf(asked.condition.filter).some((f) => f.is === 'time' && f.column === 'created_at');
    if (p.is === 'source' && p.source === 'GRANT' && ofAge) return true;
    // "An account [that is] outside": the account is that someone, not a group.
    const apart = asked?.is === 'someone' && asked.someone.did?.callerFrom;
    if (p.is === 'dimension' && apart) return true;
    // "Specs used in": those that keys have, or those of keys that were used.
    const make =
      p.is === 'dimension' &&
      'column' in p.dimension &&
      /^(key_spec|origin|key_usage|key_state)$/.test(p.dimension.column);
    const inUse =
      asked?.is === 'did' ||
      (asked?.is === 'condition' &&
        factsOf(asked.condition.filter).some(
          (f) => f.is === 'value' && f.column === 'usage_status',
        ));
    if (make && inUse) return true;
    // "Alice created or used": whose use is meant is not said.
    const joins = p.is === 'joint' && [pieces[i - 1], asked].some((q) => q?.is === 'did');
    if (
      joins &&
      [pieces[i - 1], asked].some(saysThatUsed) &&
      pieces.some((q) => q.is === 'someone')
    )
      return true;
    // "Anyone outside": one of those, not everyone.
    if (p.is === 'someone' && p.someone.may?.trust?.join() === 'PUBLIC' && asked?.is === 'someone')
      return true;
    // "External roles can decrypt": said of the roles, not of keys.
    const told = p.is === 'condition' && asked?.is === 'condition' && asked.active === true;
    if (
      told &&
      factsOf(p.condition.filter).some(
        (f) => f.is === 'access' || (f.is === 'value' && f.column === 'origin'),
      )
    )
      return true;
    // "Root users": one of those, not users whom root is.
    const actor = p.is === 'someone' && p.someone.did && asked?.is === 'dimension';
    if (actor && asked.entity === 'usage') return true;
    // "S3 keys": used by it, or used through it.
    const permitted = p.is === 'someone' && !p.adjective && p.someone.may;
    if (permitted && asked?.is === 'noun' && asked.noun === 'keys') return true;
    // "Keys all users can decrypt", "roles that can use every key": more than one of each.
    if (p.is === 'all' && asked?.is === 'someone') return true;
    if (p.is === 'all' && pieces.slice(0, i).some(saysWho)) return true;
    // "External accounts" are not accounts with external access.
    const place =
      asked?.is === 'dimension' &&
      'column' in asked.dimension &&
      asked.dimension.column === 'account_id';
    if (saysWhoMay(p) && place) return true;
    // "Multi-Region keys" are no group.
    const flag =
      p.is === 'dimension' && 'column' in p.dimension && p.dimension.column === 'multi_region';
    if (flag && asked?.is === 'noun' && asked.noun === 'keys') return true;
    // "Anyone in the organization" is not anyone.
    const everyone = p.is === 'someone' && p.someone.may?.trust?.join() === 'PUBLIC';
    if (everyone && asked?.is === 'condition' && isWhere(asked.condition.filter)) return true;
    // "Used cross-account", "external accounts used": who did is not who may.
    if (p.is === 'did' && [pieces[i - 1], asked].some(saysWhoMay)) return true;
    // How often something was done is not recorded.
    if (p.is === 'want' && p.want === 'count' && p.asks && next === 'did') return true;
    return (
      (p.is === 'noun' && next === 'noun' && saysNothing(p) && saysNothing(pieces[i + 1])) ||
      (p.is === 'except' && next !== 'condition')
    );
  });

/** "Per month" groups by the month of creation only where something was created. */
export function isOfPrice(pieces: readonly Piece[]): boolean {
  const calendar = pieces.some((p) => (p.is === 'by' || p.is === 'dimension') && p.calendar);
  const created = pieces.some(
    (p) =>
      (p.is === 'did' && p.test?.operations?.join() === 'CreateKey') ||
      (p.is === 'condition' &&
        factsOf(p.condition.filter).some((f) => f.is === 'time' && f.column === 'created_at')),
  );
  return calendar && (!created || pieces.some((p) => p.is === 'measure'));
}

const saysWho = (p: Piece) =>
  p.is === 'someone' || p.is === 'may' || (p.is === 'condition' && p.active === true);

const saysThatUsed = (p: Piece | undefined) =>
  p?.is === 'condition' &&
  factsOf(p.condition.filter).some(
    (f) => f.is === 'used' || (f.is === 'value' && f.column === 'usage_status'),
  );

const saysWhoMay = (p: Piece | undefined) =>
  p?.is === 'condition' && factsOf(p.condition.filter).some((f) => f.is === 'access');

const saysNothing = (p: Piece | undefined) => p?.is === 'noun' && isEverything(p.filter);
