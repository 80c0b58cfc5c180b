import type { Values } from './lexicon/values.ts';
import { isOver, isTooFar, meets, type Need, numberIn } from './needs.ts';
import { type Fact, type Filter, isEverything, type Plan, partsOf } from './plan/plan.ts';
import {
  facts,
  groupsBy,
  hasAccess,
  hasColumn,
  hasEvent,
  hasOperation,
  isList,
  never,
  ofEvents,
  ofPermissions,
  saysGrant,
  saysPolicy,
  showsPeople,
  showsPolicy,
  some,
  tellsApart,
} from './plan/says.ts';
import type { Token } from './tokens/token.ts';

/**
 * A second look at what was understood, from the other side: not how the words can be read, but whether
 * what was read says what certain words ask for. A reading that does not is none: no answer is better than
 * one to another question.
 */

const rankingWords =
  /\b(top|first|last|bottom|most|fewest|least|largest|biggest|highest|lowest|greatest|smallest|oldest|newest|youngest|latest|earliest|soonest|next|cheapest|costliest|priciest|dearest|expensive|recent|recently|leading|worst|best|rank(?:ed|ing)?|busiest|common(?:est)?|frequent|longest|shortest|order(?:ed)?|sort(?:ed)?|only|just|limit|show|give|list|random|sample)\b/;

const askingFor =
  '^(?:and |so |then |please |ok |just )*(?:who|which|what|how many|number of|list|show(?: me)?|any|all|give me|find|count|are there)?(?: any| all| the| our| of| different| distinct)* ?';

/** The operation behind a verb. */
const deedsOf: Readonly<Record<string, string>> = {
  disabled: 'DisableKey',
  enabled: 'EnableKey',
  deleted: 'ScheduleKeyDeletion',
  rotated: 'RotateKeyOnDemand',
  tagged: 'TagResource',
  imported: 'ImportKeyMaterial',
};

/** Whether who uses keys, or may use them, is among the conditions, or shown. */
const namesWho = (plan: Plan) =>
  showsPeople(plan) ||
  hasAccess(
    plan,
    (t) => t.grantee !== undefined || t.trust !== undefined || t.types !== undefined,
  ) ||
  hasEvent(plan, (t) => (t.callers ?? t.callerAccount ?? t.services ?? t.addresses) !== undefined);

/** Whether those who may are told by their account. */
const isOfAccount = (plan: Plan) =>
  hasAccess(plan, (t) => t.grantee !== undefined && 'account' in t.grantee);

const onlyRoles = (callers: readonly string[] = []) => callers.every((c) => c.includes('role/'));

/** What words of a question ask for, whatever stands around them. */
const needs: readonly Need[] = [
  // What a word means is told by a definition, and not by what is called so.
  {
    where:
      /^what(?: is|'s| are)(?: exactly)? (?:an? [a-z -]+|(?:key )?grants?|(?:external|outside|public|cross.account) access|key (?:policy|policies)|(?:key )?rotation|aliases|concerns|findings)$/,
    says: never,
  },
  // Who is asked for is shown, and not the keys.
  {
    where: /^(?:and |so |then |but )*(?:who|whom)\b(?! (?:owns?|has the|is the owner))/,
    says: showsPeople,
  },
  {
    where: new RegExp(
      `${askingFor}(?:external |outside |federated |iam |aws )*(users?|roles?|services?|vendors?|principals?) (?!(?:principal|principals)\\b.*\\bkeys? are\\b)`,
    ),
    says: (plan) => showsPeople(plan) && (!ofEvents(plan) || hasEvent(plan)),
  },
  {
    where: new RegExp(
      `${askingFor}(?:external |outside |federated |iam )*(user|role)s? (?:who |that )?(?:can|may|have|has|with|having)\\b`,
    ),
    says: (plan, [, kind]) =>
      plan.entity !== 'permissions' ||
      some(
        plan,
        (f) =>
          f.is === 'access' &&
          (f.test.types?.includes((kind ?? '').toUpperCase()) === true ||
            f.test.grantee !== undefined),
      ) ||
      groupsBy(plan, 'principal_type'),
  },
  // Of what was done, or of who may do it, users are not whoever has any access.
  {
    where: new RegExp(`${askingFor}(?:its |their )?users?$`),
    says: (plan) =>
      ofEvents(plan) ||
      hasAccess(plan, (t) => t.types?.join() === 'USER' || t.grantee !== undefined),
  },
  { where: /^permissions\b/, says: ofPermissions },
  {
    where: /\bexternal accounts (?:that |who )?(?:have )?(?:actually )?used\b/,
    says: (plan) => !isList(plan) || ofEvents(plan),
  },
  {
    where:
      /\b(?:every|any)(?:one|body) (?:who|with|that|having|whose)\b(?! (?:an? |any )?aws account)/,
    says: (plan) => !hasAccess(plan, (t) => t.trust?.join() === 'PUBLIC'),
  },
  // Things that are counted are those that are named.
  {
    where:
      /\bgrants?\b(?! (?:\w+ ){0,3}(?:access|permissions?|rights?|use)\b)(?! (?:anyone|everyone|iam) )/,
    says: (plan) => some(plan, saysGrant) || groupsBy(plan, 'source'),
  },
  {
    where: /\bgrants?\b.*\b(?:created|made|given|issued|added|new)\b|\bnew grants?\b/,
    says: (plan) => !some(plan, (f) => f.is === 'time' && f.column === 'created_at'),
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
    where: /\bcross account grants?\b/,
    says: (plan) => hasAccess(plan, (t) => t.otherAccount === true && t.source !== undefined),
  },
  {
    where: /\bretired?\b/,
    says: (plan) => !hasEvent(plan, (t) => t.operations?.join() === 'RevokeGrant'),
  },
  { where: /\b(?:policy|policies)\b/, says: saysPolicy },
  {
    where: /\bnew (?:key )?polic(?:y|ies)\b/,
    says: (plan) => hasOperation(plan, 'PutKeyPolicy'),
  },
  {
    where: /\b(?:policies|policy) older\b|\ballow(?:s|ing)? everything\b/,
    says: (plan) => hasAccess(plan, (t) => t.actions !== undefined),
  },
  {
    where:
      /\b(?:how many|number of|count of|most|fewest|average number of|more than \d+|at least \d+|fewer than \d+) (?:\w+ )?(?:\w+ )?(?:concerns|findings|issues)\b|^(?:\w+ )?(?:concerns|findings) (?:per|by)\b|^(?:concerns|findings) with\b.*\b(?:per|by)\b/,
    says: (plan) =>
      plan.entity === 'concerns' ||
      some(plan, (f) => f.is === 'number' && f.column === 'concern_codes'),
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
  // Whether it is on says nothing of what happened.
  { where: /\bever (?:been )?rotated\b/, says: (plan) => hasEvent(plan) },
  { where: /\bover time\b/, says: ({ groupBy }) => groupBy.some((d) => 'by' in d) },
  {
    where: /\b(?:percent|percentage)\b|\d%|(?<![\w%])%(?!\w)/,
    says: ({ measure }) => measure.kind === 'share',
  },
  {
    where: /\b(?:number|count|how many)\b.*\band (?:the |their |what )?(?:\w+ )?(?:cost|price)/,
    says: never,
  },
  {
    where: /\bnumber of (\w+) and (\w+) keys (?:per|by)\b/,
    says: ({ groupBy }) => groupBy.length > 1,
  },
  // Money of groups is not the price of one key.
  {
    where:
      /\b(?:accounts?|teams?|regions?|ous?|units?) (?:that |which )?(?:costs?|costing|spends?|pays?)\b.*\b(?:more|less|over|under|above|below|at least)\b/,
    says: (plan) => !some(plan, (f) => f.is === 'number' && f.column === 'monthly_cost_usd'),
  },
  {
    where: /\bcost(?:s|ing)?\b.*\d.*\b(?:a|per) year\b/,
    says: (plan) => !some(plan, (f) => f.is === 'number' && f.column === 'monthly_cost_usd'),
  },
  { where: /\b(?:savings?|wasted?)\b/, says: (plan) => !isEverything(plan.filter) },
  {
    where: /\b(?:lowest|highest) cost (?:region|account|team|ou)\b/,
    says: ({ measure }) => measure.kind === 'sum',
  },
  // "Only", "but not", "all": said of what has keys, they are more than that there is one.
  {
    where: /\b(?:only|just|solely|exclusively)\b(?! for\b)/,
    says: (plan) => plan.entity !== 'accounts' || !('keys' in plan.filter),
  },
  {
    where: /^(?:which |what |list |show )?accounts?\b.*\b(?:but not|except|but no)\b/,
    says: (plan) =>
      plan.entity !== 'accounts' || JSON.stringify(plan.filter).includes('"not":{"keys"'),
  },
  {
    where:
      /^(?:are|is|do|does|have|has|did) (?:\w+ )*?(?:all|every|each)\b(?! (?:the )?\w+ (?:per|by)\b)|^(?:are|is) .*\bon (?:all|every) keys?\b/,
    says: never,
  },
  { where: /\bfully\b|\bentirely\b|\bno longer\b/, says: never },
  { where: /\bboth (?:high|low|medium|critical|info) and\b/, says: never },
  {
    where: /\b(?:missing|lack(?:ing)?) (?:the |any |an? )?(?:\w+ )?\w+ or\b/,
    says: (plan) => !('and' in plan.filter) || plan.filter.and.filter((f) => 'not' in f).length < 2,
  },
  { where: /\bnot shared with (?:anyone|anybody|someone)\b/, says: never },
  { where: /\band their replicas\b/, says: never },
  // Accounts that act are not those that own keys.
  {
    where:
      /\baccounts? (?:that |which |who )?(?:have|has|with) (?:\w+ )?(?:decrypt|encrypt|admin|administrator|sign|signing|use|full) access\b/,
    says: showsPeople,
  },
  {
    where:
      /^(?:which |what |how many |list |show |any |are there )*accounts?\b.*\b(?:no|without|not|none|never|lacking)\b/,
    says: (plan) => plan.entity !== 'keys' || !groupsBy(plan, 'account_id'),
  },
  {
    where: /\bused by (?:an? )?accounts? (?:in|of|from|under)\b/,
    says: (plan) => hasEvent(plan, (t) => t.callerFrom !== undefined),
  },
  { where: /\bregions do we use\b/, says: never },
  // When: what is still to come, and what has its time.
  {
    where:
      /\b(?:scheduled (?:to be deleted|for deletion)|deletion scheduled) (?:in|for|on)\b(?! (?:the )?(?:last|past|previous))/,
    says: (plan) => hasColumn(plan, 'deletion_at'),
  },
  {
    where: /\bnew (?:\w+ )?(?:concerns?|findings?|access)\b/,
    says: (plan) => !some(plan, (f) => f.is === 'time' && f.column === 'created_at'),
  },
  {
    where: /\btags? (?:was |were |got |that )?changed\b/,
    says: (plan) => hasEvent(plan, (t) => t.operations !== undefined),
  },
  { where: /\bunused last (?:month|week|quarter|year)\b/, says: never },
  {
    where: /\bcreated but never used (?:this|last|in|since)\b/,
    says: (plan) => hasColumn(plan, 'created_at'),
  },
  // Who did, who gave, who may.
  {
    where:
      /\b(?:not|never|unused|haven't|hasn't) (?:used )?(?:by|a|any|keys)?\b.*\b(?:users?|services?|roles?|accounts)\b|\b(?:users?|services?|roles?) (?:who |that |which )?(?:have |has )?(?:not|never)\b|\bunused by\b/,
    says: (plan) => !ofEvents(plan) && !groupsBy(plan, 'account_id'),
  },
  {
    where:
      /^(?:which |what |list |show |the |any |iam )*(?:users?|roles?|accounts?|principals?) (?:that |which |who |with )?(?:have |can |may )?.*\b(?:but|and) (?:have |has )?(?:never|not|no use|have used|has used)\b/,
    says: never,
  },
  { where: /\bused and changed\b|\bchanged and used\b/, says: never },
  {
    where: /\bexternal accounts with (?:decrypt|encrypt|sign|use)\b/,
    says: ofPermissions,
  },
  {
    where: /^(?:which |the |what )?(?:users|roles|services)$/,
    says: (plan) => plan.entity !== 'permissions' || hasAccess(plan, (t) => t.types !== undefined),
  },
  {
    where: /\bgrants? (?:were |was )?(?:created|made|issued|given) (?:for|to) (?:a |an |the )?\w+/,
    says: (plan) => hasAccess(plan),
  },
  // "Any but", "everything but": what is named is left out.
  {
    where:
      /\b(?:any|every|all|everything|anything|anywhere|everywhere|each)(?: \w+){0,3} but (?!also|not|still|no\b|never)|^but (?!also|only)/,
    says: (plan) => JSON.stringify(plan.filter).includes('"not"'),
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
  // Grants themselves are asked for, which have no date but that of the event that made them.
  {
    where:
      /^(?:which |what |list |show |the |all )*grants? (?:that )?(?:was |were |have been )?(?:created|made|issued|given|added)\b(?! (?:to|for|on)\b)/,
    says: ofEvents,
  },
  {
    where: /\b(?:oldest|newest|latest|youngest|earliest) (?:\w+ )?grants?\b/,
    says: (plan) => plan.entity !== 'keys',
  },
  // What is protected is asked for, and not the keys.
  {
    where:
      /^(?:which |what |list |show |are there |any |the )*(?:(?:ebs|s3|rds|sqs|sns|dynamodb|efs|redshift) )?(?:volumes|buckets|databases|secrets|objects|tables|queues|topics|file systems|instances|clusters|functions|log groups)\b/,
    says: (plan) => plan.entity === 'usage',
  },
  { where: /\bconfused deputy\b.*\bservices?\b/, says: (plan) => !groupsBy(plan, 'via_service') },
  // One key of each kind is not one key of both.
  {
    where:
      /\b(?:have|has|with|having|own) both\b.*\band\b|\bat least (?:one|1|a) .* and (?:at least )?(?:one|1|an?) \w+/,
    says: ({ groupBy }) => groupBy.length === 0,
  },
  // Who never used keys that others may have.
  {
    where:
      /\b(?:accounts?|vendors?|principals?|part(?:y|ies)) (?:that |which |who )?(?:have |has )?never used (?:them|it|those|these|the key|their)\b/,
    says: never,
  },
  // A finding has no date here, and the key's is another.
  {
    where:
      /\b(?:findings?|concerns?|issues?) (?:that are |that were |were |are )?(?:older|newer|younger|created|opened|raised|found|detected|since|from|in the|this|last|introduced|reported|discovered)\b(?!.*\bkeys?\b)/,
    says: (plan) => !some(plan, (f) => f.is === 'time' && f.column === 'created_at'),
  },
  {
    where:
      /^(?:list |show |which |the |all )*deleted (?:principals?|users?|roles?) (?:and|with) (?:the |their )?keys?\b/,
    says: showsPeople,
  },
  // Money: which keys cost some, and what all of them cost, are two questions.
  {
    where:
      /^(?:and )?(?:which|list|find|show(?: me)?|get|display) (?:(?!what\b|how\b|cost|price|total|sum)\w+ )*?(?:keys?|cmks?)\b(?!.*\b(?:total|sum|altogether|combined)\b).*\b(?:costs?|costing|money|pay|paying|spend|spending|wast(?:e|ed|ing))\b|\bkeys?\b.*\b(?:that|which) (?:\w+ )?costs?\b|\bcosting\b.*\b(?:money|us)\b|\bkeys?\b.* and (?:what|how much) (?:they|each)(?: \w+)? costs?\b/,
    says: ({ measure, groupBy }) => measure.kind !== 'sum' || groupBy.length > 0,
  },
  // What was paid in the past is not recorded, only what keys cost now.
  {
    where:
      /\b(?:was|were|did|have|has|had)\b.*\b(?:cost|spent|spend|wasted|waste|paid|pay)\b.*\b(?:since|last|yesterday|in (?:19|20)\d\d|in (?:january|february|march|april|may|june|july|august|september|october|november|december)|(?:this|past|previous) (?:week|month|quarter|year))\b/,
    says: ({ measure }) => measure.kind !== 'sum',
  },
  { where: /\bbottom\b/, says: ({ orderBy }) => orderBy?.direction === 'asc' },
  { where: /\bhow many\b.*\band how many\b/, says: (plan) => plan.groupBy.length > 0 },
  {
    where: /\b(?:except|besides|apart from|but|but not|other than) [a-z]+/,
    says: (plan) => !/"not":\{"is":"tag"[^}]*@/.test(JSON.stringify(plan)),
  },
  // Both of two abilities: two conditions, and neither of them that something was done.
  {
    where:
      /\bboth (?:decrypt|encrypt|sign|admin)\w* and \w+|\b(?:can|may|could) (?:both )?(?:encrypt|decrypt|sign|use|manage|administer) (?:and|but) (?:not |can not |also )?(?:encrypt|decrypt|sign|use|manage|administer)\b/,
    says: (plan) => facts(plan).filter((f) => f.is === 'access').length > 1 && !hasEvent(plan),
  },
  // Two abilities are neither a kind of key nor one ability and something done.
  {
    where:
      /(?<!\b(?:can|may|both|to) )\b(?:encrypt|sign|encryption) and (?:decrypt|verify|decryption)\b|(?<!\b(?:can|may|both|to) )\bdecrypt and encrypt\b|\badmin(?:istrator)? access and\b|\bgrants? (?:that )?gives? (?:\w+ )?access\b/,
    says: (plan) =>
      !hasColumn(plan, 'key_usage') &&
      facts(plan).filter((f) => f.is === 'access').length < 2 &&
      !(hasEvent(plan) && hasAccess(plan)),
  },
  // Where someone is says nothing of where the key is.
  {
    where:
      /\b(?:roles?|users?|principals?) (?:in|of|from|inside) (?!(?:the |our )*organi[sz]ation|keys?\b)\w+/,
    says: (plan) =>
      (!hasColumn(plan, 'account_id') && !some(plan, (f) => f.is === 'ou')) || isOfAccount(plan),
  },
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
  // "Somebody disabled it" is more than that it is disabled.
  {
    where:
      /\b(?:some|any)(?:one|body) (?:has |have |had )?(?:disabled|enabled|rotated|tagged|imported)\b/,
    says: (plan) => hasEvent(plan),
  },
  // Where something is done says nothing of who does it.
  {
    where:
      /\b(?:in|within|inside) (?:what|which) accounts?\b|\baccounts? (?:where|in which|whose)\b/,
    says: (plan) => !groupsBy(plan, 'caller_account', 'principal_account'),
  },
  // Whoever shares a key owns it.
  {
    where:
      /\baccounts? (?:that |which |who )?(?:do |does )?(?:share|expose|open|give|grant|hand)s?\b/,
    says: (plan) => !groupsBy(plan, 'principal_account'),
  },
  {
    where: /\baccounts? (?:with|having|that have|which have|have) used keys?\b/,
    says: (plan) => !ofEvents(plan),
  },
  {
    where:
      /\baccounts? (?:that |which |who )?(?:have |has )?(?:ever )?used (?!keys? (?:and|or)\b)\w+/,
    says: (plan) => ofEvents(plan) || hasEvent(plan),
  },
  {
    where: /\binside (?:the |our )*organi[sz]ation can\b/,
    says: (plan) => hasAccess(plan, (t) => t.trust !== undefined),
  },
  { where: /\badministered by\b/, says: (plan) => !hasEvent(plan) },
  { where: /\bwho (?:has |have )?used\b/, says: ofEvents },
  { where: /^(?:and )?who owns\b/, says: (plan) => plan.entity === 'keys' },
  {
    where: /\b(?:kinds|types) of (?:concerns?|findings?)\b|\bconcern (?:types|kinds)\b/,
    says: ({ measure, groupBy }) => measure.kind !== 'count' || groupBy.length > 0,
  },
  {
    where: /\bnumber of (?:ips?|ip addresses|source addresses)\b/,
    says: ({ measure }) => measure.kind === 'distinct',
  },
  {
    where: /^(?:which|what) (?:ous?|regions?|teams?|units?) (?:has|have) (?:no|none)\b/,
    says: ({ measure }) => measure.kind === 'share',
  },
  { where: /\bkeys? whose\b/, says: (plan) => plan.entity !== 'permissions' },
  {
    where: /^(?:list |show |all )*deny statements?\b/,
    says: ofPermissions,
  },
  {
    where:
      /^(?:list |show |me |all |the )*(?:policy |key policy )?(?:changes|uses|modifications|decrypts|decryptions|edits)\b/,
    says: ofEvents,
  },
  // What accounts are and are tagged with themselves.
  {
    where:
      /\baccounts? (?:with|that have|having) (?:the |a )?tags?\b|\baccounts? (?:that are |are )?tagged\b/,
    says: never,
  },
  { where: /\baccount state\b/, says: (plan) => plan.entity === 'accounts' },
  { where: /\bof suspended accounts\b/, says: (plan) => !some(plan, (f) => f.is === 'ou') },
  { where: /\bonly used (?:to|for)\b/, says: never },
  {
    where: /\b(?:only|solely|exclusively) used (?:by|through|via|from)\b/,
    says: (plan) => hasEvent(plan, (t) => t.butNot !== undefined),
  },
  { where: /\bhave expired\b|\bhas expired\b/, says: (plan) => some(plan, (f) => f.is === 'time') },
  {
    where: /\b\d{1,2} \d{2}\b|\b\d{1,2}:\d{2}\b/,
    says: (plan) =>
      !some(
        plan,
        (f) => f.is === 'event' && f.test.addresses?.some((a) => /^\d\d?:\d\d$/.test(a)) === true,
      ),
  },
  { where: /^(?:the )?top \d+$/, says: ({ orderBy }) => orderBy !== null },
  {
    where: /^(?:list|show)\b.*\bwith (?:their |the )?(?:monthly |yearly )?(?:costs?|prices?)$/,
    says: isList,
  },
  {
    where: /\b(?:show|see|display|print|give) (?:me )?(?:their|its|the) (?:key )?polic(?:y|ies)$/,
    says: (plan) => ofPermissions(plan) || showsPolicy(plan),
  },
  {
    where:
      /\bwho (disabled|enabled|deleted|rotated|tagged|imported)\b(?! (?:the |automatic |key )*(?:rotation|grants?|material|deletion))/,
    says: (plan, [, deed]) => hasOperation(plan, deedsOf[deed ?? ''] ?? ''),
  },
  {
    where: /\bcan use and have used\b/,
    says: never,
  },
  // Who may and did not: of the same one, not of whoever used the key.
  {
    where: /\bcan \w+ (?:\w+ )*(?:but|and) (?:has |have )?(?:never|not) (?:actually )?used\b/,
    says: (plan) =>
      hasAccess(plan) &&
      facts(plan).some(
        (f) =>
          f.is === 'event' &&
          (f.test.callers ?? f.test.callerAccount ?? f.test.callerFrom) !== undefined,
      ) &&
      JSON.stringify(plan.filter).includes('"not":{"is":"event"'),
  },
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
  { where: /\b(?:is|are) \w+(?: \w+)* everywhere\b|\breplicas? of\b/, says: never },
  {
    where: /\bthat (?:only )?(?:sign|verify|encrypt|decrypt)s?$/,
    says: (plan) => !hasEvent(plan),
  },
  // "Last used in Tokyo" is no rank, and "the last used" is.
  {
    where: /\blast used in [a-z]+/,
    says: ({ limit }) => limit !== 'ties',
  },
  {
    where: /\bkeys? (?:that )?(?:\w+ )?(?:used|created|changed|disabled) by \w+/,
    says: (plan) => plan.entity !== 'permissions' || hasEvent(plan),
  },
  {
    where:
      /\blast use was (?:by|through|via)\b|\bkeys last used for (?:signing|encryption|decryption)\b/,
    says: never,
  },
  {
    where: /^(?:and )?who (?:shares?|shared|granted|grants|gave|gives|made .* public)\b/,
    says: (plan) => hasEvent(plan),
  },
  {
    where: /\bcan (?:view|list|describe|read|see)\b/,
    says: (plan) => hasAccess(plan, (t) => t.levels?.includes('READ') === true),
  },
  {
    where:
      /\bcan\b.*\b(?:through|via) (?!a? ?grants?\b|an? ?(?:key )?polic|the |key polic|polic|their|its)/,
    says: (plan) => !hasAccess(plan, (t) => t.grantee !== undefined),
  },
  {
    where: /\bwildcard principals?\b/,
    says: (plan) => hasAccess(plan, (t) => t.trust?.includes('PUBLIC') === true),
  },
  {
    where: /\bkeys for (?:signing|decrypting|decryption|encrypting)\b/,
    says: (plan) => !hasEvent(plan),
  },
  { where: /\b(?:last|latest) \d+ (?:uses|events|changes|operations|calls)\b/, says: ofEvents },
  { where: /\bgrants (?:made |created |given |issued )?by \w+/, says: (plan) => hasEvent(plan) },
  {
    where:
      /\bdeny permissions? for\b|\bchanges of grants\b|\bconcerns about grants\b|\bgrants that (?:decrypt|encrypt|sign)\b/,
    says: never,
  },
  {
    where: /\bshared keys used by\b|\bother accounts except\b/,
    says: never,
  },
  {
    where:
      /\b(?:one|body|who|users?|people|services?) other than \w+\b(?=.*\bus(?:e|ed|es)\b)|\bused by \w+ (?:other than|except|but not|besides)\b/,
    says: (plan) =>
      hasEvent(plan, (t) => t.butNot !== undefined) ||
      JSON.stringify(plan.filter).includes('"not":{"is":"event"'),
  },
  { where: /\baccess for \w+ but not\b/, says: never },
  // What is compared is told apart, in each group as well.
  {
    where:
      /\b(?:vs|versus|compared (?:to|with|against)|^compare)\b.*\b(?:per|by) (?!(?:the )?(?:number|count|cost|monthly|yearly|total|key|price|age|size|average))/,
    says: ({ groupBy }) => groupBy.length > 1,
  },
  {
    where:
      /\bcosts? (?:of|for) (?:the )?(?:\w+ )?(?:enabled|disabled|symmetric|asymmetric|rsa|ecc|hmac) and (?:\w+ )?(?:enabled|disabled|symmetric|asymmetric|rsa|ecc|hmac)\b.*\b(?:per|by)\b/,
    says: ({ groupBy }) => groupBy.length > 1,
  },
  {
    where: /^(?:which|what) (?:aws )?services (?:use|used|are using|have used|make use of)\b/,
    says: ({ groupBy }) => groupBy.length > 0,
  },
  // A role is no user of the same name.
  {
    where:
      /\b(?:by|of|than|except|from) (?:the |iam |an? )*role \w+|\b(?:by|of|than) [\w-]+ role\b/,
    says: (plan) => !hasEvent(plan, (t) => !onlyRoles(t.callers) || !onlyRoles(t.butNot?.callers)),
  },
  {
    where: /\b(?:breakdown|distribution) (?:of|by|per)\b/,
    says: ({ groupBy }) => groupBy.length > 0,
  },
  // What is left out of a percentage is left out of the whole, and does not count as failing.
  {
    where:
      /\b(?:percent|percentage|share|proportion|rate)\b.*\b(?:excluding|except|not counting|apart from|ignoring|leaving out)\b|\b(?:excluding|except|not counting|apart from|ignoring|leaving out)\b.*\b(?:percent|percentage|share|proportion|rate)\b/,
    says: ({ measure, filter }) =>
      measure.kind !== 'share' || JSON.stringify(filter).includes('"not"'),
  },
  // No key is in two places; one of the same id may be.
  {
    where: /\bin both (?!cases\b)\w+|\bboth in \w+/,
    says: (plan) =>
      !some(plan, (f) => f.is === 'value' && f.column === 'region' && f.values.length > 1),
  },
  { where: /^who\b.*\band how (?:many|often)\b/, says: tellsApart },
  {
    where: /\bused\b.*\band who\b/,
    says: (plan) => !hasEvent(plan, (t) => t.category === 'MANAGEMENT'),
  },
  // Who is outside an account may still be inside the organization.
  {
    where:
      /\b(?:principals?|users?|roles?|anyone|someone|who|people|accounts?)\b(?: \w+){0,2} outside (?:of )?(?:account )?(?!(?:the |our |my |this )*(?:organi[sz]ation|org|company)\b|of (?:the |our )*(?:organi[sz]ation|org)\b|can\b|may\b|has\b|have\b|with\b|use\b|used\b|our\b|aws\b)(?:account )?[\w-]+/,
    says: (plan) =>
      !hasAccess(plan, (t) => t.grantee !== undefined) && !hasColumn(plan, 'account_id'),
  },
  // "… and has used": they themselves, and not anyone.
  {
    where:
      /\b(?:can|may|could) (?:\w+ ){1,3}(?:and|but|except|that)\b.*\b(?:has|have)(?: also| actually| ever| never| not)* used\b/,
    says: (plan) =>
      hasEvent(
        plan,
        (t) => (t.callers ?? t.callerAccount ?? t.callerFrom ?? t.identityTypes) !== undefined,
      ) || ofEvents(plan),
  },
  // When deletion was scheduled is not when the key goes.
  {
    where:
      /\b(?:were|was|got|been) (?:scheduled|marked|set) (?:for deletion|to be deleted)\b.*\b(?:in|on|last|this|yesterday|since|during|between)\b/,
    says: (plan) => !hasColumn(plan, 'deletion_at'),
  },
  {
    where: /\b(?:are|is) (?:set|due|going|about|planned) (?:for deletion|to be deleted)\b/,
    says: (plan) => !hasEvent(plan),
  },
  // What something is called.
  {
    where:
      /\b(accounts?|roles?|users?|principals?|ous?|regions?|teams?)\b(?: \w+){0,3} (?:in (?:the |their |its )?names?|names? (?:contains?|containing|with|like|starting|starts|begins))\b|\b(accounts?|roles?|users?|principals?) (?:named|called) like\b/,
    says: (plan) => !some(plan, (f) => f.is === 'contains' && f.column !== 'account_name'),
  },
  {
    where: /^(?:list |show |which |what |the |all |our |me )*[\w-]+ accounts$/,
    says: (plan) =>
      plan.entity === 'accounts' || plan.entity === 'permissions' || plan.entity === 'coverage',
  },
  // Keys of a service that are not used: by whomever, not just through the service.
  {
    where:
      /\b(?:rds|s3|ebs|ec2|lambda|sqs|sns|dynamodb|efs|kinesis|redshift|secrets manager|ssm) (?:keys?|cmks?)\b.*\b(?:not|never|unused|idle)\b|\bkeys? for (?:rds|s3|ebs|ec2|lambda|sqs|sns|dynamodb|efs|kinesis|redshift)\b.*\b(?:not|never|unused|idle)\b/,
    says: (plan) => !JSON.stringify(plan.filter).includes('"not":{"is":"event"'),
  },
  // What is so now is not who made it so.
  {
    where: /\b(?:are|is) (?:now |currently |still )?(?:disabled|enabled)(?: now)?$/,
    says: (plan) =>
      (!hasOperation(plan, 'DisableKey') && !hasOperation(plan, 'EnableKey')) ||
      hasColumn(plan, 'key_state'),
  },
  {
    where: /^(?:list |show |which |the |all )*keys? with operations? /,
    says: (plan) => plan.entity === 'keys',
  },
  {
    where:
      /^(?:number of |count of |how many |list |the )*deleted principals? (?:per|by|in each)\b/,
    says: (plan) => plan.entity === 'concerns',
  },
  { where: /\b(?:have|has|had) (?:ever |already )?been rotated\b/, says: never },
  { where: /\bwho last \w+ (?:them|those|these|each)\b/, says: ({ limit }) => limit !== 'ties' },
  // Left out are those who may, and not where keys are, unless it says so.
  {
    where:
      /\b(?:shared with|access (?:for|from|by|of)|can (?:use|decrypt|access|encrypt)|accounts? other than|(?:has|have) access|vendors?|permissions)\b.*\b(?:except|other than|not from|besides|excluding|but not)\b (?!(?:the |those |keys |ones |the ones |for )*(?:in|of|from)\b)/,
    says: (plan) =>
      !JSON.stringify(plan.filter).includes('"not":{"is":"value","column":"account_id"'),
  },
  // Which of two joints holds first is not said.
  {
    where: /\S=\S+ and \S+=\S+ or \S+=\S|\S=\S+ or \S+=\S+ and \S+=\S/,
    says: never,
  },
  {
    where: /^(?:list |show |me |all |the )*key (?:changes|modifications|edits|updates)\b/,
    says: ofEvents,
  },
  // Rotation is on or off; a key is enabled or disabled.
  {
    where:
      /\brotation (?:status )?(?:is )?(?:enabled|disabled|on|off) (?:and|or|vs|versus) (?:not )?(?:disabled|enabled|on|off)\b/,
    says: (plan) => !hasColumn(plan, 'key_state'),
  },
  {
    where:
      /\brotation\b(?: \w+){0,3} (?:turned|switched|set|put) off\b|\b(?:turned|turns|turn|switched|switches|switch) (?:\w+ ){0,3}rotation off\b|\b(?:turned|switched) off (?:\w+ ){0,3}rotation\b/,
    says: (plan) => !hasOperation(plan, 'DisableKey'),
  },
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
  {
    where: /\brotation (?:was |were |got |been |ever )*(?:last |first )?(?:disabled|enabled)\b/,
    says: (plan) => !hasOperation(plan, 'DisableKey') && !hasOperation(plan, 'EnableKey'),
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
  // The price of one key, whatever keys there are.
  {
    where:
      /\b(?:cost|price|charge|fee|cost per|price per) (?:of |for |per )?(?:a|an|one|each|single|1)(?: \w+){0,3} (?:key|cmk)\b|\b(?:does|do|would|will|is) (?:a|an|one|each|1)(?: \w+){0,3} (?:key|cmk) cost\b|\b(?:cost|costs|price) per (?:\w+ ){1,2}(?:key|cmk)\b/,
    says: ({ measure }) => measure.kind === 'avg',
  },
  {
    where: /\b(?:lowest|highest|least|top) cost (?:keys?|cmks?)\b/,
    says: isList,
  },
  // The time is said of the same use as what it was for.
  {
    where:
      /\bused (?:today|yesterday|recently|this|last|in|since|before|after|during|within|on)\b.*\b(?:for|to|as) (?:sign|encrypt|decrypt|verify|re ?encrypt|generate|mac|encryption|decryption|signing)\w*/,
    says: (plan) =>
      !hasEvent(
        plan,
        (t) => t.operations !== undefined && !t.from && !t.to && t.category === 'CRYPTO',
      ) || ofEvents(plan),
  },
  {
    where: /^(?:the )?(?:use|usage|uses) (?:of|by)\b/,
    says: ofEvents,
  },
  // To have an ability is not to have used it.
  {
    where:
      /\b(?:with|having|without|has|have|no) (?:only )?(?:decrypt|encrypt|sign|decrypt and encrypt|encrypt and decrypt)\b(?! (?:use|uses|usage|events?|calls?|operations?|activity))/,
    says: (plan) => !hasEvent(plan),
  },
  // Where those live who may is not where the keys are.
  {
    where:
      /\b(?:anyone|anybody|someone|somebody|everyone|everybody|people|principals?|roles?|users?|identities|services?) (?:in|of|from|inside|within) (?!(?:the |our |my )*(?:organi[sz]ation|org)\b|keys?\b)(?:\w+ ){1,4}?(?:can|could|may|decrypt|encrypt|sign|use|access|that|who|which|with|has|have|allowed)\b/,
    says: (plan) =>
      (!hasColumn(plan, 'account_id') && !some(plan, (f) => f.is === 'ou' || f.is === 'tag')) ||
      hasAccess(plan, (t) => t.grantee !== undefined) ||
      hasEvent(plan, (t) => t.callerAccount !== undefined),
  },
  {
    where: /\b(?:every|any)(?:one|body) (?:in|inside|within|of) (?:the |our |my )*org/,
    says: (plan) => !hasAccess(plan, (t) => t.trust?.includes('PUBLIC') === true),
  },
  // "Except HMAC and RSA": neither of them.
  {
    where:
      /\b(?:except|excluding|besides|apart from|other than|but not)(?: for)? (?:the )?\w+(?: keys)?(?:, \w+)* and (?:the )?\w+/,
    says: (plan) => !/"not":\{"and"/.test(JSON.stringify(plan.filter)),
  },
  {
    where:
      /\b(?:findings?|concerns?|violations?|issues?|failures?) (?:except|other than|besides|excluding|apart from|but(?! no\b))\b/,
    says: (plan) => plan.entity === 'concerns',
  },
  // By whom, told by what they are: no groups are asked for.
  {
    where:
      /\b(?:deleted|deletion|disabled|changed|created|rotated|edited|modified|enabled|tagged|updated) by (?:users|roles|services|people|humans|principals)$/,
    says: ({ groupBy }) => groupBy.length === 0,
  },
  { where: /\bwho (?:has|have|got|holds?) grant access\b/, says: never },
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
  {
    where: /\bservices? (?:other than|except|but|besides)\b/,
    says: (plan) => hasEvent(plan, (t) => t.services !== undefined && t.services.length > 1),
  },
  {
    where:
      /\bwhen (?:was|were|did)\b.*\blast (?:changed|modified|edited|updated|disabled|enabled|rotated|used)\b|\bwhen (?:was|were)\b.*\b(?:changed|modified|edited|updated|disabled|enabled|rotated) last\b/,
    says: (plan) => !ofEvents(plan) || plan.limit !== null || plan.measure.kind === 'max',
  },
  {
    where:
      /\b(?:keys?|cmks?) (?:that |which )?(?:are )?(?:encrypt|protect|encrypting|protecting)s? (?:the |our |all |any )*[a-z0-9]+$/,
    says: (plan) => !hasEvent(plan, (t) => t.operations !== undefined && t.services !== undefined),
  },
  // Keys for encryption are fewer than all that are called encryption keys.
  {
    where:
      /\bencryption keys? (?:that|which|who)? ?(?:are|is) (?:\w+ )?(?:a?symmetric|rsa|ecc|hmac|for signing|multi)/,
    says: (plan) => hasColumn(plan, 'key_usage'),
  },
  {
    where:
      /\b(?:spec|specs|type|types|state|manager|origin) and usage\b|\busage and (?:key )?(?:spec|type)\b/,
    says: (plan) => !groupsBy(plan, 'usage_status'),
  },
];

const month = /^(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*$/;

/** Whether every number that stands by itself is in what was read. */
function keepsNumbers(tokens: readonly Token[], plan: Plan): boolean {
  return tokens.every((t, i) => {
    if (t.kind !== 'number' && t.kind !== 'percent') return true;
    const next = tokens[i + 1];
    const before = tokens[i - 1];
    if (t.glued || next?.glued) return true;
    // Ends of calendar spans are the beginnings of the next ones.
    const dated = [before, next].some((n) => n !== undefined && month.test(n.text));
    if (dated || /^(?:19|20)\d\d$/.test(t.text)) return true;
    return numberIn(plan, t.text.replaceAll(/[^0-9.]/g, ''));
  });
}

/** A cut to so many needs a word that ranks: "accounts with 5 keys" are not the first five. */
const cutsForNothing = (question: string, plan: Plan) =>
  typeof plan.limit === 'number' && !rankingWords.test(question);

/** "Team payments" says of which team; that an account is called payments is chance. */
function losesTag(
  tokens: readonly Token[],
  plan: Plan,
  { tags, tagKeys, exactly }: Values,
): boolean {
  return tokens.some((t, i) => {
    const value = tokens[i + 1]?.text === 'tag' ? tokens[i + 2] : tokens[i + 1];
    const keys = tagKeys.get(t.text);
    if (!keys || value?.kind !== 'word') return false;
    const tagged = tags.some((g) => keys.includes(g.key) && g.value.toLowerCase() === value.text);
    const account = exactly('account', value.text).length > 0;
    const valued = (f: Fact) => f.is === 'tag' && f.value?.toLowerCase() === value.text;
    const said = some(plan, (f) => f.is === 'tag' && valued(f) && keys.includes(f.key));
    const placed = some(plan, (f) => f.is === 'value' && f.column === 'account_id');
    const elsewhere = some(plan, valued);
    return !said && (elsewhere || ((tagged || account) && placed));
  });
}

/** Words of what is still to come. */
const ahead = /\b(?:expires?|expiring|due|will|to be deleted|going to)\b/;

/** "Except alice" leaves out a person, not the keys tagged with that name. */
function leavesOutTag(tokens: readonly Token[], plan: Plan, { exactly }: Values): boolean {
  const person = tokens.some(
    (t, i) =>
      /^(?:than|except|but|besides|from|not)$/.test(tokens[i - 1]?.text ?? '') &&
      exactly('caller', t.text).length > 0,
  );
  return person && JSON.stringify(plan.filter).includes('"not":{"is":"tag"');
}

const listing = /\b(?:list|show|which|what|who|name|names|display|see|give|export)\b/;
/** So few words say nothing of how the answer is to be shown. */
const FEW = 4;

/** Whether a plan has conditions that the one before it has not. */
const narrows = (before: Plan, plan: Plan) =>
  partsOf(plan.filter).length > partsOf(before.filter).length;

/** What a short question after an answer leaves out of it: the measure, the groups, who it was. */
function losesBefore(question: string, words: number, plan: Plan, before: Plan): boolean {
  const few = words <= FEW;
  const measured = !isList(before) && isList(plan) && !listing.test(question);
  const grouped = before.groupBy.length > 0 && plan.groupBy.length === 0 && !isList(plan);
  const total = /\b(?:in total|overall|altogether|in all)\b/.test(question);
  const isEvent = (p: Filter): boolean =>
    ('is' in p && p.is === 'event') || ('or' in p && p.or.every(isEvent));
  const own = partsOf(plan.filter).some(isEvent);
  const nested = plan.entity === 'usage' && !own && hasEvent(plan) && hasEvent(before);
  const repeated =
    /^and how many\b/.test(question) && JSON.stringify(plan) === JSON.stringify(before);
  // "List the keys" of the top three is not all of them.
  const cut = before.groupBy.length > 0 && (before.limit !== null || before.having !== null);
  const uncut = cut && isList(plan) && plan.entity === 'keys';
  const about = /^(?:and )?(?:what|how) about\b/.test(question);
  const accesses = (p: Plan) => partsOf(p.filter).filter((f) => 'is' in f && f.is === 'access');
  const piled =
    about && accesses(before).length > 0 && accesses(plan).length > accesses(before).length;
  const level =
    /\b(?:signing|encryption|decryption|encrypting|decrypting|sign|encrypt|decrypt)$/.test(
      question,
    );
  const sameLevels = JSON.stringify(accesses(before)) === JSON.stringify(accesses(plan));
  // "Show their aliases" leaves no key out that has none; "the grants" are more than keys with some.
  const shown =
    /^(?:and )?(?:show|list|give|see|display)(?: me)? (?:the|their|its|all) (\w+)$/.exec(question);
  const onlyWith =
    shown !== null &&
    !/^keys?$/.test(shown[1] ?? '') &&
    plan.entity === before.entity &&
    narrows(before, plan);
  // "Who used them last?" of several keys is a question for each.
  const lastOfSeveral =
    /\b(?:them|they|those|these)\b.*\blast$/.test(question) && plan.limit === 'ties';
  // Groups told by how many they have are not those of all that are meant.
  const bounded = before.having !== null && plan.having === null && plan.groupBy.length > 0;
  const ofAccounts =
    /^(?:and |only )?(?:in|from|of) (?:\w+ )?(?:accounts|regions|teams)\b/.test(question) &&
    isList(before) &&
    !isList(plan);
  // "What about external" after "public" is said of who may, and not of where material comes from.
  const ofMaterial = (p: Plan) =>
    some(p, (f) => f.is === 'value' && f.column === 'origin' && f.values.join() === 'EXTERNAL');
  const material = /\bexternal\b/.test(question) && !/\b(?:origin|material)\b/.test(question);
  if (material && ofMaterial(plan) && !ofMaterial(before)) return true;
  // "And the first five" after the last five is the other end.
  const sameEnd =
    /\bfirst \d+$/.test(question) &&
    before.orderBy?.direction === 'desc' &&
    JSON.stringify(plan.orderBy) === JSON.stringify(before.orderBy);
  // "I mean the RSA ones" puts right what was asked.
  const uncorrected =
    /^(?:no |sorry |oh )*i (?:mean|meant)\b/.test(question) &&
    plan.entity === before.entity &&
    narrows(before, plan);
  // "Used ones" after unused ones are others.
  const stillUnused =
    /^(?:and |the |what about |but )*(?:used|in use)(?: ones| keys)?$/.test(question) &&
    some(before, (f) => f.is === 'unused') &&
    some(plan, (f) => f.is === 'unused');
  if (sameEnd || uncorrected || stillUnused) return true;
  if (onlyWith || lastOfSeveral || bounded || ofAccounts) return true;
  const otherLevel =
    level && before.entity === 'permissions' && plan.entity === 'permissions' && sameLevels;
  return (
    (few && (measured || (grouped && !total))) || nested || piled || otherLevel || repeated || uncut
  );
}

/** Words behind "keys" and before "used" that name nobody. */
const nobody =
  /^(?:not|never|last|first|were|was|are|is|be|been|being|to|for|and|or|in|with|on|of|per|that|which|nobody|noone|no|who|have|has|had|still|we|they|i|you|it|anyone|someone|everyone|by|from|actually|ever|most|least|often|now|people|users|roles|services|accounts|saw|without|their|its|\w+ly)$/;

/**
 * Whether somebody is named who uses keys: "keys payments-prod used", "which keys does payments-prod use".
 * The keys are not theirs for that.
 */
function isNamedAsUser(tokens: readonly Token[]): boolean {
  return tokens.some((verb, at) => {
    if (!/^(?:used?|uses|using)$/.test(verb.text) || tokens[at + 1]?.text === 'by') return false;
    let name = at - 1;
    const auxiliary = /^(?:has|have|had|is|can|may)$/.test(tokens[name]?.text ?? '');
    if (auxiliary) name -= 1;
    const isName = tokens[name]?.kind === 'word' && !nobody.test(tokens[name]?.text ?? '');
    while (tokens[name]?.glued) name -= 1;
    const before = tokens[name - 1]?.text ?? '';
    // "Keys without use": a noun.
    if (verb.text === 'use' && !auxiliary && !/^(?:does|did)$/.test(before)) return false;
    return isName && /^(?:keys?|cmks?|does|did|has|have|that|which)$/.test(before);
  });
}

/**
 * Tells of the readings of a question whether they leave out, or turn around, what its words ask for. What
 * the words ask for is found once, and held against every reading.
 */
export function losesWords(
  tokens: readonly Token[],
  {
    values,
    before,
    asOf,
  }: { readonly values: Values; readonly before: Plan | null; readonly asOf: Date },
): (plan: Plan) => boolean {
  const question = tokens
    .map((t) => t.text)
    .join(' ')
    .toLowerCase();
  const asked = meets(needs, question);
  const comes = ahead.test(question);
  const usedBySomeone = isNamedAsUser(tokens);
  return (plan) =>
    !asked(plan) ||
    (usedBySomeone && !namesWho(plan)) ||
    !keepsNumbers(tokens, plan) ||
    (!before?.limit && cutsForNothing(question, plan)) ||
    losesTag(tokens, plan, values) ||
    leavesOutTag(tokens, plan, values) ||
    (comes && isOver(plan, asOf)) ||
    isTooFar(plan, asOf) ||
    (before !== null && losesBefore(question, tokens.length, plan, before));
}
