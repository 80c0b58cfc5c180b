import type { Need } from '../needs.ts';
import type { Plan } from '../plan/plan.ts';
import {
  denies,
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
} from '../plan/says.ts';

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

const placeColumns: ReadonlySet<string> = new Set(['account_id', 'region', 'ou_path']);

/** Whether those who may are told by their account. */
const isOfAccount = (plan: Plan) =>
  hasAccess(plan, (t) => t.grantee !== undefined && 'account' in t.grantee);

const onlyRoles = (callers: readonly string[] = []) => callers.every((c) => c.includes('role/'));

/** Who may use keys and who used them: those who are asked for are shown, and what is said of them is not said of keys. */
/** Whether a plan says two abilities: of whoever has them, or of one and the same. */
const saysBoth = (plan: Plan) =>
  facts(plan).filter((f) => f.is === 'access').length > 1 ||
  hasAccess(plan, ({ beside }) => beside !== undefined);

export const ofPeople: readonly Need[] = [
  // What keys can be used for is their use, and not who may.
  {
    where: /\bcan (?:still )?be used (?:for|to) (?!by\b)/,
    says: (plan) => !hasAccess(plan, (t) => (t.types ?? t.grantee ?? t.trust) === undefined),
  },
  // "Group by user" after who may use keys: by those, and not by who did something with them.
  {
    where:
      /^(?:and |now |then )?(?:group|split|broken down|count|sort)(?:ed)? (?:it |them |that )?by (?:iam )?(?:users?|roles?|principals?)$/,
    says: (plan) => !ofEvents(plan) || facts(plan).every((f) => f.is !== 'access'),
  },
  // Of a key that others may use besides the account, the account is one of those who may.
  {
    where:
      /\b(?:other than|besides|except|but|beyond|apart from) (?:for |just |only )*(?:the )?(?:owning )?(?:account )?(?:root|account itself)\b/,
    says: (plan) =>
      !denies(
        plan,
        (f) => 'is' in f && f.is === 'concern' && f.codes.includes('ACCOUNT_PRINCIPAL'),
      ),
  },
  // One who may use keys in two places is more than one who may in either.
  {
    where:
      /\b(?:can|could|may|access|use|permissions?|rights?|used|allowed)\b(?: \w+){0,5} both (?!(?:encrypt|decrypt|sign|use|administer|manage|use)\b)/,
    says: (plan) =>
      !(ofPermissions(plan) || ofEvents(plan)) ||
      !some(plan, (f) => f.is === 'value' && placeColumns.has(f.column) && f.values.length > 1),
  },
  // Accounts are counted, and not each of those in them.
  {
    where:
      /\b(?:how many|number of|count of|count) (?:\w+ ){0,3}accounts (?:\w+ )?(?:can|may|could|have|has|with|are able|are allowed)\b/,
    says: ({ measure }) => measure.kind !== 'distinct' || measure.column !== 'principal',
  },
  // Permissions are counted, and not the keys that they are for.
  {
    where:
      /\b(?:most|fewest|least|number of|count of|how many) (?:\w+ )?permissions\b(?! (?:on|to|for) the most)/,
    says: (plan) =>
      plan.entity === 'permissions' && (plan.measure.kind !== 'count' || !plan.measure.keys),
  },
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
  // "Grants that let vendors decrypt" are theirs, and not all grants of keys that they may use in some way.
  {
    where: /\bgrants (?:that |which )?(?:let|lets|letting|allow|allows|allowing|permit|enable)\b/,
    says: (plan) => facts(plan).filter((f) => f.is === 'access').length === 1,
  },
  // "Which grants give access to vendors": a thing, and not what a policy does.
  {
    where:
      /\b(?:which|what|list|show|any|all|of|the) (?:\w+ )?grants (?:that |which )?(?:gives?|giving|allow|allowing|let|letting|provide|providing|permit|enable|exist)\b/,
    says: (plan) => some(plan, saysGrant) || groupsBy(plan, 'source'),
  },
  {
    where: /\bgrants?\b.*\b(?:created|made|given|issued|added|new)\b|\bnew grants?\b/,
    says: (plan) => !some(plan, (f) => f.is === 'time' && f.column === 'created_at'),
  },
  {
    where: /\bcross account grants?\b/,
    says: (plan) => hasAccess(plan, (t) => t.otherAccount === true && t.source !== undefined),
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
  { where: /\bnot shared with (?:anyone|anybody|someone)\b/, says: never },
  // Accounts that act are not those that own keys.
  {
    where:
      /\baccounts? (?:that |which |who )?(?:have|has|with) (?:\w+ )?(?:decrypt|encrypt|admin|administrator|sign|signing|use|full) access\b/,
    says: showsPeople,
  },
  {
    where: /\bnew (?:\w+ )?(?:concerns?|findings?|access)\b/,
    says: (plan) => !some(plan, (f) => f.is === 'time' && f.column === 'created_at'),
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
    says: (plan) => hasAccess(plan, ({ beside }) => beside !== undefined) && !hasEvent(plan),
  },
  {
    where: /^(?:which |the |what )?(?:users|roles|services)$/,
    says: (plan) => plan.entity !== 'permissions' || hasAccess(plan, (t) => t.types !== undefined),
  },
  {
    where: /\bgrants? (?:were |was )?(?:created|made|issued|given) (?:for|to) (?:a |an |the )?\w+/,
    says: (plan) => hasAccess(plan),
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
  // Who never used keys that others may have.
  {
    where:
      /\b(?:accounts?|vendors?|principals?|part(?:y|ies)) (?:that |which |who )?(?:have |has )?never used (?:them|it|those|these|the key|their)\b/,
    says: never,
  },
  {
    where:
      /^(?:list |show |which |the |all )*deleted (?:principals?|users?|roles?) (?:and|with) (?:the |their )?keys?\b/,
    says: showsPeople,
  },
  // Both of two abilities: two conditions, and neither of them that something was done.
  {
    where:
      /\bboth (?:decrypt|encrypt|sign|admin)\w* and \w+|\b(?:can|may|could) (?:both )?(?:encrypt|decrypt|sign|use|manage|administer) (?:and|but) (?:not |can not |also )?(?:encrypt|decrypt|sign|use|manage|administer)\b/,
    says: (plan) => saysBoth(plan) && !hasEvent(plan),
  },
  // Two abilities are neither a kind of key nor one ability and something done.
  {
    where:
      /(?<!\b(?:can|may|both|to) )\b(?:encrypt|sign|encryption) and (?:decrypt|verify|decryption)\b|(?<!\b(?:can|may|both|to) )\bdecrypt and encrypt\b|\badmin(?:istrator)? access and\b|\bgrants? (?:that )?gives? (?:\w+ )?access\b/,
    says: (plan) =>
      !hasColumn(plan, 'key_usage') && !saysBoth(plan) && !(hasEvent(plan) && hasAccess(plan)),
  },
  // Where someone is says nothing of where the key is.
  {
    where:
      /(?<!\bdeleted (?:\w+ (?:or|and) )?)\b(?:roles?|users?|principals?) (?:in|of|from|inside) (?!(?:the |our )*organi[sz]ation|keys?\b)\w+/,
    says: (plan) =>
      (!hasColumn(plan, 'account_id') && !some(plan, (f) => f.is === 'ou')) || isOfAccount(plan),
  },
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
    where:
      /\baccounts? (?:that |which |who )?(?:have |has )?(?:ever )?used (?!keys? (?:and|or)\b)\w+/,
    says: (plan) => ofEvents(plan) || hasEvent(plan),
  },
  {
    where: /\binside (?:the |our )*organi[sz]ation can\b/,
    says: (plan) => hasAccess(plan, (t) => t.trust !== undefined),
  },
  { where: /\bwho (?:has |have )?used\b/, says: ofEvents },
  // "…, who outside of our company can decrypt with it?"
  {
    where: /(?:[,;:] |\band )who (?:\w+ ){0,6}?(?:can|could|may|is able to|has access)\b/,
    says: showsPeople,
  },
  { where: /^(?:and )?who owns\b/, says: (plan) => plan.entity === 'keys' },
  { where: /\bkeys? whose\b/, says: (plan) => plan.entity !== 'permissions' },
  {
    where:
      /^(?:list |show |me |all |the )*(?:policy |key policy )?(?:changes|uses|modifications|decrypts|decryptions|edits)\b/,
    says: ofEvents,
  },
  {
    where: /\b(?:show|see|display|print|give) (?:me )?(?:their|its|the) (?:key )?polic(?:y|ies)$/,
    says: (plan) => ofPermissions(plan) || showsPolicy(plan),
  },
  {
    where:
      /\bwho (disabled|enabled|deleted|rotated|tagged|imported)\b(?! (?:the |automatic |key )*(?:rotation|grants?|material|deletion))/,
    says: (plan, { 1: deed, input }) => {
      const operation = deedsOf[deed ?? ''] ?? '';
      // "Who disabled it?" after an answer about rotation.
      const ofIt = /\bwho (?:disabled|enabled) (?:it|that|this|them|these|those)$/.test(input);
      return hasOperation(plan, operation) || (ofIt && hasOperation(plan, `${operation}Rotation`));
    },
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
      denies(plan, (f) => 'is' in f && f.is === 'event'),
  },
  {
    where: /^(?:and )?who (?:shares?|shared|granted|grants|gave|gives|made .* public)\b/,
    says: (plan) => hasEvent(plan),
  },
  {
    where: /\bcan (view|list|describe|read|see)\b/,
    says: (plan, [, what]) =>
      hasAccess(
        plan,
        (t) =>
          t.levels?.includes('READ') === true ||
          (what === 'read' && t.levels?.join() === 'DECRYPT'),
      ),
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
      hasEvent(plan, (t) => t.butNot !== undefined || t.callerFrom === 'OTHER_ACCOUNT') ||
      denies(plan, (f) => 'is' in f && f.is === 'event'),
  },
  { where: /\baccess for \w+ but not\b/, says: never },
  // A role is no user of the same name.
  {
    where:
      /\b(?:by|of|than|except|from) (?:the |iam |an? )*role \w+|\b(?:by|of|than) [\w-]+ role\b/,
    says: (plan) => !hasEvent(plan, (t) => !onlyRoles(t.callers) || !onlyRoles(t.butNot?.callers)),
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
  // What something is called.
  {
    where:
      /\b(accounts?|roles?|users?|principals?|ous?|regions?|teams?)\b(?: \w+){0,3} (?:in (?:the |their |its )?names?|names? (?:contains?|containing|with|like|starting|starts|begins))\b|\b(accounts?|roles?|users?|principals?) (?:named|called) like\b/,
    says: (plan) => !some(plan, (f) => f.is === 'contains' && f.column !== 'account_name'),
  },
  // Left out are those who may, and not where keys are, unless it says so.
  {
    where:
      /\b(?:shared with|access (?:for|from|by|of)|can (?:use|decrypt|access|encrypt)|accounts? other than|(?:has|have) access|vendors?|permissions)\b.*\b(?:except|other than|not from|besides|excluding|but not)\b (?!(?:the |those |keys |ones |the ones |for )*(?:in|of|from)\b)/,
    says: (plan) =>
      !denies(plan, (f) => 'is' in f && f.is === 'value' && f.column === 'account_id'),
  },
  // Where those live who may is not where the keys are.
  {
    where:
      /\b(?:anyone|anybody|someone|somebody|everyone|everybody|people|principals?|roles?|users?|identities|services?) (?:in|of|from|inside|within) (?!(?:the |our |my )*(?:organi[sz]ation|org)\b|keys?\b)(?:\w+ ){1,4}?(?:can|could|may|decrypt|encrypt|sign|use|access|that|who|which|with|has|have|allowed)\b/,
    says: (plan) =>
      (!hasColumn(plan, 'account_id') && !some(plan, (f) => f.is === 'ou' || f.is === 'tag')) ||
      hasAccess(plan, (t) => (t.grantee ?? t.unit) !== undefined) ||
      hasEvent(plan, (t) => (t.callerAccount ?? t.callerUnit) !== undefined),
  },
  {
    where: /\b(?:every|any)(?:one|body) (?:in|inside|within|of) (?:the |our |my )*org/,
    says: (plan) => !hasAccess(plan, (t) => t.trust?.includes('PUBLIC') === true),
  },
  // By whom, told by what they are: no groups are asked for.
  {
    where:
      /\b(?:deleted|deletion|disabled|changed|created|rotated|edited|modified|enabled|tagged|updated) by (?:users|roles|services|people|humans|principals)$/,
    says: ({ groupBy }) => groupBy.length === 0,
  },
  { where: /\bwho (?:has|have|got|holds?) grant access\b/, says: never },
  // Keys for encryption are fewer than all that are called encryption keys.
  {
    where:
      /\bencryption keys? (?:that|which|who)? ?(?:are|is) (?:\w+ )?(?:a?symmetric|rsa|ecc|hmac|for signing|multi)/,
    says: (plan) => hasColumn(plan, 'key_usage'),
  },
];
