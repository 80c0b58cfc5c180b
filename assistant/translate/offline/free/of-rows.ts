import { plain } from '../grammar/joining.ts';
import { allOf, factsOf, listOf, type Plan } from '../plan/plan.ts';
import { keysOnce, rows } from './counting.ts';
import { differentOf, ofDimension } from './dimension.ts';
import { all, type Groups } from './groups.ts';
import { asksForSomeone } from './head.ts';
import { boundedBy, columnOfWhoMay, isExternalAccounts } from './numbers.ts';
import type { Piece } from './piece.ts';
import { hasOther } from './placed.ts';
import {
  aboutKeys,
  eventFilters,
  filtersFor,
  onConcerns,
  permissionFilters,
  present,
} from './row-filters.ts';
import { type Shape, shaped, shapeOf } from './shape.ts';

/** What was done, of these keys. */
export function ofEvents(pieces: readonly Piece[], groups: Groups): readonly Plan[] {
  if (hasOther(pieces, ['keys', 'usage'])) return [];
  const last = all(pieces, 'last').length > 0;
  const said = shapeOf(pieces, 'usage');
  if (!said || said.show.length > 0 || said.measure || (last && said.order)) return [];
  // "Who created the newest key" asks of that key.
  const ofKey = pieces.some((p, i) => p.is === 'order' && pieces[i + 1]?.is === 'noun');
  const shape = ofKey ? said : inOrderOfTime(said);
  // "Who changed the policies of the most keys?"
  const ranked = pieces.findIndex((p) => p.is === 'rank' || p.is === 'compare');
  const ofKeys = pieces[ranked + 1];
  if (ranked >= 0 && shape.groupBy.length === 0) {
    const who = pieces.some((p) => p.is === 'want' && p.want === 'who');
    if (!who || ofKeys?.is !== 'noun' || ofKeys.noun !== 'keys') return [];
    const byCaller: Shape = { ...shape, groupBy: [{ column: 'username' }], ofGroups: true };
    return eventFilters(pieces, groups).flatMap((f) =>
      shaped('usage', allOf(f, present({ column: 'username' })), byCaller, keysOnce),
    );
  }
  return eventFilters(pieces, groups).flatMap((f) => {
    if (!last) return shaped('usage', f, shape, rows);
    return shape.groupBy.length > 0 || shape.counted || shape.order
      ? []
      : [
          {
            ...listOf('usage', f),
            orderBy: { by: 'last_event_at', direction: 'desc' } as const,
            limit:
              shape.limit ?? (all(pieces, 'last').some((l) => l.all) ? null : ('ties' as const)),
          },
        ];
  });
}

/** "Newest first", of what was done, is by when it was. */
const inOrderOfTime = (shape: Shape): Shape =>
  shape.order?.by === 'created_at'
    ? { ...shape, order: { ...shape.order, by: 'last_event_at' } }
    : shape;

/** "Which external accounts can decrypt…": the accounts, not each of their permissions. */
function asksForAccounts(pieces: readonly Piece[]): boolean {
  const [asked] = all(pieces, 'someone');
  const wants = all(pieces, 'want');
  return (
    isExternalAccounts(asked?.someone.may) &&
    all(pieces, 'by').length === 0 &&
    wants.every((w) => w.want === 'list' || w.want === 'count') &&
    [-1, ...wants.map((w) => w.at)].some((at) => asksForSomeone(pieces, at) !== null)
  );
}

/** "External accounts with the most permissions": each of those is counted, and not the keys that it is for. */
function byPermissions(pieces: readonly Piece[], groups: Groups): readonly Plan[] {
  const shape = shapeOf(pieces, 'permissions');
  if (!shape || shape.measure || shape.compare || shape.order || shape.counted) return [];
  if (shape.groupBy.length > 0 || shape.show.length > 0) return [];
  const column = asksForAccounts(pieces) ? 'principal_account' : 'principal';
  return permissionFilters(pieces, groups).map((f) => ({
    ...listOf('permissions', allOf(f, present({ column }))),
    measure: rows,
    groupBy: [{ column }],
    orderBy: { by: 'value', direction: 'desc' },
    limit: shape.limit ?? ('ties' as const),
  }));
}

/** Who may, of these keys; how many they are, where that is asked. */
export function ofPermissions(pieces: readonly Piece[], groups: Groups): readonly Plan[] {
  const [counting, ...more] = all(pieces, 'want').filter((w) => w.want === 'count' && !w.each);
  const [asked] = all(pieces, 'someone');
  // "How many vendors", "how many principals": each counts once.
  // "External accounts with the number of keys" counts the keys of each.
  const ofNoun = pieces[(counting?.at ?? 0) + 1]?.is === 'noun';
  const [behind] = all(pieces, 'someone').filter(
    (s) => !ofNoun && s.at === (counting?.at ?? 0) - 1,
  );
  const someone = counting && asksForSomeone(pieces, counting.at) ? asked : behind;
  if (counting && (someone || all(pieces, 'noun').some((n) => n.people))) {
    const shape = shapeOf(pieces, 'permissions');
    if (!shape || more.length > 0 || hasOther(pieces, ['keys', 'permissions'])) return [];
    const column = columnOfWhoMay(someone?.someone.may);
    const head = { is: 'dimension', entity: 'permissions', dimension: { column }, at: -1 } as const;
    return differentOf(head, shape, filtersFor(head, pieces, groups));
  }
  if (all(pieces, 'may').some((m) => m.most)) return byPermissions(pieces, groups);
  if (asksForAccounts(pieces)) {
    const head = { entity: 'permissions', dimension: { column: 'principal_account' } } as const;
    return ofDimension({ is: 'dimension', ...head, at: -1 }, pieces, groups);
  }
  if (hasOther(pieces, ['keys', 'permissions'])) return [];
  const shape = shapeOf(pieces, 'permissions');
  if (!shape || shape.show.length > 0 || shape.measure) return [];
  // "Who can decrypt with the most keys?"
  const most = pieces.findIndex((p) => p.is === 'rank');
  if (most >= 0 && shape.groupBy.length === 0) {
    const ofKeys = pieces[most + 1];
    if (ofKeys?.is !== 'noun' || ofKeys.noun !== 'keys' || shape.counted) return [];
    const byPrincipal: Shape = { ...shape, groupBy: [{ column: 'principal' }], ofGroups: true };
    return permissionFilters(pieces, groups).flatMap((f) =>
      shaped('permissions', f, byPrincipal, keysOnce),
    );
  }
  // "More than 10 principals" counts them, not the keys of each.
  const bound = pieces.findIndex((p) => p.is === 'compare');
  const bounded = boundedBy(pieces, bound);
  if (bound >= 0 && !(bounded?.is === 'noun' && bounded.noun === 'keys')) return [];
  // "IAM users with access, and how many keys each": each of them has a number.
  const each = all(pieces, 'want').some((w) => w.each);
  const counted = (shape.compare !== null || each) && shape.groupBy.length === 0;
  const grouped: Shape = counted ? { ...shape, groupBy: [{ column: 'principal' }] } : shape;
  const plans = permissionFilters(pieces, groups).flatMap((f) =>
    shaped('permissions', f, grouped, counted ? keysOnce : rows),
  );
  const orderBy = { by: 'value', direction: 'desc' } as const;
  return each ? plans.map((plan) => ({ ...plan, orderBy })) : plans;
}

/** Concerns, of these keys. What names a concern says which. */
export function ofConcerns(pieces: readonly Piece[], groups: Groups): readonly Plan[] {
  if (hasOther(pieces, ['keys', 'concerns']) || groups.deeds.length > 0 || groups.permit) return [];
  const shape = shapeOf(pieces, 'concerns');
  if (!shape || shape.show.length > 0 || shape.measure) return [];
  // "Findings by number": each kind of them has one.
  const ofKinds =
    shape.order?.by === 'value' &&
    shape.groupBy.length === 0 &&
    !all(pieces, 'noun').some((n) => n.noun === 'keys');
  const grouped: Shape = ofKinds ? { ...shape, groupBy: [{ column: 'label' }] } : shape;
  return aboutKeys(withoutKinds(pieces)).flatMap((f) =>
    shaped('concerns', onConcerns(f), grouped, rows),
  );
}

/** "Except rotation": the kind of concern, and not the keys that rotate. */
function withoutKinds(pieces: readonly Piece[]): readonly Piece[] {
  const ofRotation = (p: Piece) =>
    p.is === 'condition' &&
    factsOf(p.condition.filter).every((f) => f.is === 'flag' && f.column === 'rotation_enabled');
  return pieces.map((p, i) =>
    pieces[i - 1]?.is === 'except' && ofRotation(p)
      ? { is: 'condition', condition: plain({ is: 'concern', codes: ['ROTATION_DISABLED'] }) }
      : p,
  );
}
