import type { Need } from '../needs.ts';
import { denies, groupsBy, hasEvent, never, ofPermissions, some } from '../plan/says.ts';

/** What is asked for and what is left out: keys, accounts, concerns, resources, tags. */
export const ofThings: readonly Need[] = [
  // Whether a key is well is told by its state and concerns, and not by its name.
  {
    where:
      /^is (?:the |my |our |this )*(?:key )?\S+ (?:ok|okay|fine|healthy|good|safe|all right|in order)$/,
    says: (plan) =>
      plan.entity === 'concerns' || (plan.measure.kind === 'list' && plan.measure.show.length > 0),
  },
  // "AWS and customer keys" are the keys of both.
  {
    where: /\b(?:aws|amazon)(?: managed)? (?:and|or|plus|as well as|vs|versus) (?:the )?customer\b/,
    says: (plan) =>
      !some(plan, (f) => f.is === 'value' && f.column === 'key_manager' && f.values.length === 1),
  },
  // What keys are "in" was still to be said.
  {
    where:
      /^(?:list |show |give me |all |the )*(?:keys?|cmks?) (?!.*\b(?:which|what|who|whom|where)\b).*\b(?:in|of|from)$/,
    says: never,
  },
  // That no use is known is not that there was none.
  {
    where: /./,
    says: (plan) =>
      !denies(plan, (f) => 'is' in f && f.is === 'value' && f.values.join() === 'USED'),
  },
  {
    where: /\bretired?\b/,
    says: (plan) => !hasEvent(plan, (t) => t.operations?.join() === 'RevokeGrant'),
  },
  { where: /\bover time\b/, says: ({ groupBy }) => groupBy.some((d) => 'by' in d) },
  // "Only", "but not", "all": said of what has keys, they are more than that there is one.
  {
    where: /\b(?:only|just|solely|exclusively)\b(?! for\b)/,
    says: (plan) => plan.entity !== 'accounts' || !('keys' in plan.filter),
  },
  {
    where: /^(?:which |what |list |show )?accounts?\b.*\b(?:but not|except|but no)\b/,
    says: (plan) => plan.entity !== 'accounts' || denies(plan, (f) => !('is' in f) && 'keys' in f),
  },
  { where: /\bfully\b|\bentirely\b|\bno longer\b/, says: never },
  { where: /\bboth (?:high|low|medium|critical|info) and\b/, says: never },
  {
    where: /\b(?:missing|lack(?:ing)?) (?:the |any |an? )?(?:\w+ )?\w+ or\b/,
    says: (plan) => !('and' in plan.filter) || plan.filter.and.filter((f) => 'not' in f).length < 2,
  },
  { where: /\band their replicas\b/, says: never },
  {
    where: /\b(?:except|besides|apart from|but|but not|other than) [a-z]+/,
    says: (plan) => !/"not":\{"is":"tag"[^}]*@/.test(JSON.stringify(plan)),
  },
  { where: /\badministered by\b/, says: (plan) => !hasEvent(plan) },
  {
    where: /\b(?:kinds|types) of (?:concerns?|findings?)\b|\bconcern (?:types|kinds)\b/,
    says: ({ measure, groupBy }) => measure.kind !== 'count' || groupBy.length > 0,
  },
  {
    where: /^(?:which|what) (?:ous?|regions?|teams?|units?) (?:has|have) (?:no|none)\b/,
    says: ({ measure }) => measure.kind === 'share',
  },
  {
    where: /^(?:list |show |all )*deny statements?\b/,
    says: ofPermissions,
  },
  // What accounts are and are tagged with themselves.
  {
    where:
      /\baccounts? (?:with|that have|having) (?:the |a )?tags?\b|\baccounts? (?:that are |are )?tagged\b/,
    says: never,
  },
  { where: /\baccount state\b/, says: (plan) => plan.entity === 'accounts' },
  {
    where: /\b\d{1,2} \d{2}\b|\b\d{1,2}:\d{2}\b/,
    says: (plan) =>
      !some(
        plan,
        (f) => f.is === 'event' && f.test.addresses?.some((a) => /^\d\d?:\d\d$/.test(a)) === true,
      ),
  },
  { where: /\b(?:is|are) \w+(?: \w+)* everywhere\b|\breplicas? of\b/, says: never },
  {
    where: /\bthat (?:only )?(?:sign|verify|encrypt|decrypt)s?$/,
    says: (plan) => !hasEvent(plan),
  },
  {
    where: /\bkeys for (?:signing|decrypting|decryption|encrypting)\b/,
    says: (plan) => !hasEvent(plan),
  },
  // No key is in two places; one of the same id may be.
  {
    where: /\bin both (?!cases\b)\w+|\bboth in \w+/,
    says: (plan) =>
      !some(plan, (f) => f.is === 'value' && f.column === 'region' && f.values.length > 1),
  },
  {
    // An adjective of cost ranks them.
    where:
      /^(?:list |show |which |what |the |all |our |me )*(?!(?:cheapest|costliest|priciest|dearest) )[\w-]+ accounts$/,
    says: (plan) =>
      plan.entity === 'accounts' || plan.entity === 'permissions' || plan.entity === 'coverage',
  },
  {
    where: /^(?:list |show |which |the |all )*keys? with operations? /,
    says: (plan) => plan.entity === 'keys',
  },
  // Which of two joints holds first is not said.
  {
    where: /\S=\S+ and \S+=\S+ or \S+=\S|\S=\S+ or \S+=\S+ and \S+=\S/,
    says: never,
  },
  // "Except HMAC and RSA": neither of them.
  {
    where:
      /\b(?:except|excluding|besides|apart from|other than|but not)(?: for)? (?:the )?\w+(?: keys)?(?:, \w+)* and (?:the )?\w+/,
    says: (plan) => !denies(plan, (f) => 'and' in f),
  },
  {
    where:
      /\b(?:findings?|concerns?|violations?|issues?|failures?)\b(?:(?! keys?\b(?! of| in| with)).)* (?:except|other than|besides|excluding|apart from|but(?! no\b))\b/,
    says: (plan) =>
      plan.entity === 'concerns' &&
      denies(plan, (f) => !('is' in f) || (f.is !== 'flag' && f.is !== 'access')) &&
      !some(plan, (f) => f.is === 'flag'),
  },
  {
    where: /\bservices? (?:other than|except|but|besides)\b/,
    says: (plan) => hasEvent(plan, (t) => t.services !== undefined && t.services.length > 1),
  },
  {
    where:
      /\b(?:keys?|cmks?) (?:that |which )?(?:are )?(?:encrypt|protect|encrypting|protecting)s? (?:the |our |all |any )*[a-z0-9]+$/,
    says: (plan) => !hasEvent(plan, (t) => t.operations !== undefined && t.services !== undefined),
  },
  {
    where:
      /\b(?:spec|specs|type|types|state|manager|origin) and usage\b|\busage and (?:key )?(?:spec|type)\b/,
    says: (plan) => !groupsBy(plan, 'usage_status'),
  },
  { where: /\bof suspended accounts\b/, says: (plan) => !some(plan, (f) => f.is === 'ou') },
];
