import type { Need } from '../needs.ts';
import { factsOf } from '../plan/plan.ts';
import {
  denies,
  groupsBy,
  hasAccess,
  hasEvent,
  isList,
  never,
  ofEvents,
  ofPermissions,
  some,
  tellsApart,
} from '../plan/says.ts';

/** Numbers, groups, orders and percentages: what is counted is what is named, of each that is named. */
export const ofAmounts: readonly Need[] = [
  // "Of the keys that can rotate, how many do": that they can is no part of all.
  {
    where:
      /\b(?:share|percent(?:age)?|part|fraction|proportion|ratio|%)\b.*\bcan (?:be )?rotated?\b/,
    says: ({ measure }) =>
      measure.kind !== 'share' || !factsOf(measure.of).every((f) => f.is === 'present'),
  },
  // Rotation that is compared is on or off, or a part.
  {
    where: /^compare (?:the |key )*rotation (?:in|of|between|across)\b/,
    says: (plan) => plan.measure.kind === 'share' || groupsBy(plan, 'rotation_enabled'),
  },
  // Findings that are counted are more than the keys that have them.
  {
    where:
      /\b(?:findings?|concerns?|issues?) counts?\b|\b(?:number|count|breakdown) of (?:the |all |our )*(?:critical |high |medium |low )?(?:findings|concerns|issues) (?:by|per)\b/,
    says: (plan) => plan.entity === 'concerns',
  },
  {
    where:
      /^(?:how many |number of |count of |list |show |all |the |our )*(?:external |public |cross account |new )*grants (?:per|by|in|to|for|of|from)\b(?!.*\bkeys\b)|\b(?:external|public|cross account) grants? (?:per|by)\b|^(?:external|public) grants\b(?!.*\bkeys\b)/,
    says: (plan) => ofPermissions(plan) || hasEvent(plan),
  },
  {
    where: /^(?:how many|number of|count) (?:active |all )?grants\b(?!.*\bkeys?\b)/,
    says: (plan) => ofPermissions(plan) || hasEvent(plan),
  },
  {
    where:
      /\b(?:how many|number of|count of|most|fewest|average number of|more than \d+|at least \d+|fewer than \d+) (?:\w+ )?(?:\w+ )?(?:concerns|findings|issues)\b|^(?:\w+ )?(?:concerns|findings) (?:per|by)\b|^(?:concerns|findings) with\b.*\b(?:per|by)\b/,
    says: (plan) =>
      plan.entity === 'concerns' ||
      some(plan, (f) => f.is === 'number' && f.column === 'concern_codes'),
  },
  // Findings are counted one by one, not the keys that have some.
  {
    where:
      /^(?:show |list |give me |what is |the )*(?:number|count) of (?:\w+ )?(?:concerns|findings|issues)\b.*\b(?:per|by)\b/,
    says: ({ measure }) => measure.kind !== 'count' || !measure.keys,
  },
  // "The key with the most aliases" is a key, and no number.
  {
    where: /\b(?:keys?|cmks?) (?:with|has|have|that has|having)\b.*\b(?:aliases|tags)\b/,
    says: ({ measure }) => measure.kind !== 'max' && measure.kind !== 'min',
  },
  // What keys are used for is asked besides.
  {
    where:
      /\bhow many\b.*\band (?:for what\b|what (?:are|is|do) (?:they|these|those|it|we) (?:used|use)\b)/,
    says: (plan) => plan.groupBy.length > 0,
  },
  {
    where: /\bdifferent (?:concerns|findings|issues)\b/,
    says: tellsApart,
  },
  {
    where: /\bhow many different (?!keys|cmks|customer|aws)/,
    says: tellsApart,
  },
  {
    where: /\bhow many (?:\w+ )?(?:ips?|ip addresses|source addresses|addresses)\b/,
    says: (plan) => plan.measure.kind === 'distinct',
  },
  {
    where:
      /\bdeny statements? (?:per|by)\b|\bhow many (?:\w+ )?(?:deny )?statements\b|\bpermissions (?:per|by)\b|\bhow many permissions\b/,
    says: ofPermissions,
  },
  {
    where:
      /\b(?:most|fewest) (?:\w+ )?(?:changes|uses|events|operations|decrypts|calls)\b|^(?:\w+ )?(?:changes|uses|decrypts|events|operations|calls) (?:per\b|by (?:account|region|user|service|operation|key|caller|team|month|year|day|ou|ip|principal|role|resource)$)/,
    says: ({ measure }) => measure.kind === 'count' && !measure.keys,
  },
  {
    where:
      /\b(?:more than|at least|over|fewer than|less than|at most|exactly) \d+ (?:\w+ )?(grants|users|roles|principals|services|concerns|findings|permissions|events|changes|uses)\b/,
    says: ({ having, measure }) => having === null || !(measure.kind === 'count' && measure.keys),
  },
  // "The 5 cost-center tags that cost most" are groups, and no keys.
  {
    where:
      /(?<!\b(?:than|least|most|exactly|over|under|has|have|with|without|or|and) )\b\d+ (?:\w+ ){1,3}tags?\b/,
    says: ({ groupBy, limit }) => limit === null || groupBy.length > 0,
  },
  {
    where:
      /^(?:which|what|the)? ?\w+ (?:has|have|with) (?:the )?(?:oldest|newest|youngest|most expensive|cheapest)\b/,
    says: ({ groupBy, measure }) => groupBy.length === 0 || measure.kind !== 'count',
  },
  {
    where: /\beach (?:account|region|team|key|user|role|service|ou|unit|of)\b|\beach$/,
    says: (plan) =>
      plan.groupBy.length > 0 ||
      isList(plan) ||
      plan.measure.kind === 'mean' ||
      plan.measure.kind === 'avg',
  },
  {
    where: /\bper (?!month|year|annum|day|key\b|cmk\b|the\b|aws\b|cis\b|pci\b)/,
    says: (plan) => plan.groupBy.length > 0 || ['mean', 'avg'].includes(plan.measure.kind),
  },
  {
    where:
      /\bper (?:key|cmk)\b(?! (?:spec|usage|state|manager|type|origin|material|policy|store|alias))/,
    says: ({ measure }) => measure.kind !== 'sum' && measure.kind !== 'count',
  },
  {
    where: /\b(?:percent|percentage)\b|\d%|(?<![\w%])%(?!\w)/,
    says: ({ measure }) => measure.kind === 'share' || measure.kind === 'part',
  },
  {
    where: /\bnumber of (\w+) and (\w+) keys (?:per|by)\b/,
    says: ({ groupBy }) => groupBy.length > 1,
  },
  {
    where:
      /^(?:are|is|do|does|have|has|did) (?:\w+ )*?(?:all|every|each)\b(?! (?:the )?\w+ (?:per|by)\b)|^(?:are|is) .*\bon (?:all|every) keys?\b/,
    says: never,
  },
  {
    where:
      /^(?:which |what |how many |list |show |any |are there )*accounts?\b(?!.*\b(?:most|fewest|number of) (?:[\w-]+ ){0,3}(?:keys|cmks)\b).*\b(?:no|without|not|none|never|lacking)\b/,
    says: (plan) => plan.entity !== 'keys' || !groupsBy(plan, 'account_id'),
  },
  // "Any but", "everything but": what is named is left out.
  {
    where:
      /\b(?:any|every|all|everything|anything|anywhere|everywhere|each)(?: \w+){0,3} but (?!also|not|still|no\b|never)|^but (?!also|only|not\b)/,
    says: (plan) => denies(plan),
  },
  {
    where: /\b(?:sort|order)(?:ed)? (?:\w+ )?by\b/,
    says: (plan) => plan.orderBy !== null || plan.groupBy.some((d) => 'by' in d),
  },
  {
    where: /^(?:which|list|show)\b.*\band how many (?!keys?(?: each| per \w+)?$|of them$|each$)\w+/,
    says: never,
  },
  {
    where: /\b(?:concern|finding) (?:types|kinds) (?:per|by|in each)\b/,
    says: (plan) => plan.measure.kind === 'distinct' || plan.groupBy.length > 1,
  },
  // What is protected is asked for, and not the keys.
  {
    where:
      /^(?:which |what |list |show |are there |any |the )*(?:(?:ebs|s3|rds|sqs|sns|dynamodb|efs|redshift) )?(?:volumes|buckets|databases|secrets|objects|tables|queues|topics|file systems|instances|clusters|functions|log groups)\b/,
    says: (plan) => plan.entity === 'usage',
  },
  // One key of each kind is not one key of both.
  {
    where:
      /\b(?:have|has|with|having|own) both\b.*\band\b|\bat least (?:one|1|a) .* and (?:at least )?(?:one|1|an?) \w+/,
    says: ({ groupBy }) => groupBy.length === 0,
  },
  { where: /\bbottom\b/, says: ({ orderBy }) => orderBy?.direction === 'asc' },
  { where: /\bhow many\b.*\band how many\b/, says: (plan) => plan.groupBy.length > 0 },
  {
    where: /\bhow many accounts used\b|(?<!\b(?:can|may|could|be) )\bused by account \w+/,
    says: (plan) => hasEvent(plan),
  },
  {
    where:
      /\bhow many (?:different |distinct )?(?:people|persons|users|callers|principals|identities|roles|services) (?:can|may|have access|are allowed)\b/,
    says: (plan) => ofPermissions(plan) && tellsApart(plan),
  },
  {
    where: /\b(?:most|fewest|least) (?:\w+ )?grants\b/,
    says: (plan) => ofPermissions(plan) || plan.groupBy.length === 0,
  },
  { where: /\b(?:where|whose|in which) (?:the )?most\b(?! of\b)/, says: never },
  {
    where: /\bnumber of (?:ips?|ip addresses|source addresses)\b/,
    says: ({ measure }) => measure.kind === 'distinct',
  },
  { where: /^(?:the )?top \d+$/, says: ({ orderBy }) => orderBy !== null },
  // How often something was done is not recorded, only when last.
  {
    where:
      /\b(?:decrypted|encrypted|signed|changed|used|called) (?:the )?(?:most|least)(?: often)?$|\bmost often\b|\bhow often\b|\bby usage$/,
    says: never,
  },
  {
    where:
      /\bhow many (?:different |distinct )?(?:people|persons|users|callers|principals|identities) (?:have |has )?(?:ever )?(?:used|changed|decrypted|encrypted|signed|touched|accessed)\b/,
    says: (plan) => ofEvents(plan) && tellsApart(plan),
  },
  {
    where: /\b(?:breakdown|distribution) (?:of|by|per)\b/,
    says: ({ groupBy }) => groupBy.length > 0,
  },
  // What is left out of a percentage is left out of the whole, and does not count as failing.
  {
    where:
      /\b(?:percent|percentage|share|proportion|rate)\b.*\b(?:excluding|except|not counting|apart from|ignoring|leaving out)\b|\b(?:excluding|except|not counting|apart from|ignoring|leaving out)\b.*\b(?:percent|percentage|share|proportion|rate)\b/,
    says: (plan) => plan.measure.kind !== 'share' || denies(plan),
  },
  {
    where:
      /^(?:number of |count of |how many |list |the )*deleted principals? (?:per|by|in each)\b/,
    says: (plan) => plan.entity === 'concerns',
  },
  { where: /\bwho last \w+ (?:them|those|these|each)\b/, says: ({ limit }) => limit !== 'ties' },
  // A bound on what there is in each group is no cut to the first so many.
  {
    where: /\b(?:at least|at most|more than|over|fewer than|less than|under|above|below) (\d+)\b/,
    says: ({ limit }, [, bound]) => limit !== Number(bound),
  },
  {
    where:
      /\b(?:at least|at most|more than|over|fewer than|less than|under) \d+ (?:keys?|cmks?) (?:and|but) (?!(?:which|that|how)\b)/,
    says: ({ having }) => having === null,
  },
  // Of each kind of use only the latest is recorded, so that uses cannot be counted.
  {
    where:
      /^(?:number of |count of |how many |the |all |list |show )*(?:\w+ )?(?:uses|calls|decrypts|encrypts|decryptions|encryptions|signatures)\b(?!.*\bkeys?\b).*\b(?:per|by) (?:account|region|user|service|operation|caller|month|day|week|year|principal|role)s?\b/,
    says: never,
  },
  // Changes are counted one by one, not the keys that had some.
  {
    where:
      /^(?:number of |count of |how many |the |all |list |show )*(?:\w+ )?(?:changes|events|operations)\b(?!.*\bkeys?\b).*\b(?:per|by) (?:account|region|user|service|operation|caller|principal|role)s?\b/,
    says: ({ measure }) => measure.kind !== 'count' || !measure.keys,
  },
  {
    where: /^how many (?:concerns|findings|issues) (?:does|do|has|have|are|per)\b/,
    says: ({ measure }) => measure.kind !== 'distinct',
  },
  // Two bounds are said of two kinds of keys; one of all that are meant is neither.
  {
    where:
      /\b(?:keys?|cmks?|ones) (?:and|but) (?:also |have |has )?(?:at least|at most|more than|over|fewer than|less than|under) \d+\b/,
    says: ({ having }) => having === null,
  },
  {
    where:
      /^(?:how many |number of |count |count of |list |show |the |all )*grants?\b.*\b(?:per|by) (?:account|service|user|caller|region|month|year|principal|role|team|ou)s?$/,
    says: ({ measure }) => measure.kind !== 'count' || !measure.keys,
  },
  {
    where:
      /^(?:how many |number of |count |list |show |the |all )*(?:findings|concerns|issues) (?:about|on|regarding|for|of|concerning)\b.*\b(?:per|by)\b/,
    says: (plan) => plan.entity === 'concerns' && !hasAccess(plan),
  },
  {
    where:
      /\b(?:percent|percentage|share|proportion|%) of (?:the |all )*(?:high|critical|medium|low|info)?(?: and (?:high|critical))? ?(?:findings|concerns|issues)\b/,
    says: (plan) => plan.entity === 'concerns',
  },
];
