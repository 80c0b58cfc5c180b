import type { Need } from '../needs.ts';
import {
  denies,
  groupsBy,
  hasAccess,
  hasColumn,
  hasEvent,
  hasOperation,
  never,
  ofEvents,
  ofPermissions,
  some,
} from '../plan/says.ts';

/** What was done and when: use, changes, and what is still to come. */
export const ofDeeds: readonly Need[] = [
  // A key that encrypts a database protects it; a service calls more operations than Encrypt for that.
  {
    where: /\b(?:keys?|cmks?|that|which) (?:is |are )?(?:used to )?encrypts?(?:ing)?\b/,
    says: (plan) =>
      !hasEvent(plan, (t) => t.services !== undefined && t.operations?.join() === 'Encrypt'),
  },
  // "Which are to be deleted, and have they been used?" asks of all of them whether they were.
  {
    where:
      /^(?:which|what|list|show|are|is)\b.*\band (?:have|has|are|were|was|do|did|is) (?:they|it|these|those|any of them)\b/,
    says: never,
  },
  // "Keys that were disabled, with who did it": whoever disabled them, not whoever did anything to them.
  {
    where:
      /\b(?:disabled|enabled|deleted|scheduled|cancelled|rotated|tagged|imported|created|made|added|revoked|retired|turned|switched|changed|modified|edited|updated)\b.*\bwho (?:\w+ )?(?:did|done|made|performed|caused|triggered|requested) (?:it|that|this|so|them|change|each)\b|\b(?:disabled|enabled|deleted|scheduled|cancelled|rotated|tagged|imported)\b.*\b(?:responsible|by whom)\b/,
    says: (plan) => !hasEvent(plan, (t) => t.category === 'CRYPTO' && !t.operations),
  },
  // "Who has access but never used it": they did not use it; others may have.
  {
    where:
      /\b(?:who|whoever|people|roles?|users?|principals?|accounts?|vendors?|identities)\b.*\b(?:access|can|may|allowed|permissions?)\b.*\b(?:that|who|but|and|which|yet) (?:has |have |had |they |he |she )*(?:never|not)(?: yet| ever| actually| once)* (?:used?|using|accessed|decrypted|touched)\b/,
    says: (plan) =>
      denies(plan, (f) => 'is' in f && f.is === 'event') ||
      hasAccess(plan, ({ beside }) => beside?.holds === false),
  },
  // All that someone did is told by what was done, and not by the keys.
  {
    where:
      /\b(?:everything|anything|all|what(?:ever)?) (?:that )?(?:she|he|they|[\w.@-]+(?: [\w.@-]+)?) (?:did|has done|have done)\b/,
    says: (plan) => ofEvents(plan) || plan.entity !== 'keys',
  },
  // By whom keys were made.
  {
    where: /\b(?:made|created)\b.*\bby who(?:m)?\b/,
    says: (plan) => hasOperation(plan, 'CreateKey'),
  },
  // Who opened a key is not who may use it since.
  {
    where: /\bwho (?:has |have )?(?:opened|exposed|shared|made)\b/,
    says: ofEvents,
  },
  // Whether it is on says nothing of what happened.
  { where: /\bever (?:been )?rotated\b/, says: (plan) => hasEvent(plan) },
  {
    where: /\bused by (?:an? )?accounts? (?:in|of|from|under)\b/,
    says: (plan) =>
      hasEvent(plan, (t) => (t.callerFrom ?? t.callerUnit) !== undefined) ||
      hasAccess(plan, (t) => t.unit !== undefined),
  },
  { where: /\bregions do we use\b/, says: never },
  // When: what is still to come, and what has its time.
  {
    where:
      /\b(?:scheduled (?:to be deleted|for deletion)|deletion scheduled) (?:in|for|on)\b(?! (?:the )?(?:last|past|previous))/,
    says: (plan) => hasColumn(plan, 'deletion_at'),
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
  { where: /\bused and changed\b|\bchanged and used\b/, says: never },
  {
    where: /\bexternal accounts with (?:decrypt|encrypt|sign|use)\b/,
    says: ofPermissions,
  },
  { where: /\bconfused deputy\b.*\bservices?\b/, says: (plan) => !groupsBy(plan, 'via_service') },
  // A finding has no date here, and the key's is another.
  {
    where:
      /\b(?:findings?|concerns?|issues?) (?:that are |that were |were |are )?(?:older|newer|younger|created|opened|raised|found|detected|since|from|in the|this|last|introduced|reported|discovered)\b(?!.*\bkeys?\b)/,
    says: (plan) => !some(plan, (f) => f.is === 'time' && f.column === 'created_at'),
  },
  {
    where: /\baccounts? (?:with|having|that have|which have|have) used keys?\b/,
    says: (plan) => !ofEvents(plan),
  },
  { where: /\bonly used (?:to|for)\b/, says: never },
  {
    where: /\b(?:only|solely|exclusively) used (?:by|through|via|from)\b/,
    says: (plan) => hasEvent(plan, (t) => t.butNot !== undefined),
  },
  { where: /\bhave expired\b|\bhas expired\b/, says: (plan) => some(plan, (f) => f.is === 'time') },
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
  { where: /\b(?:last|latest) \d+ (?:uses|events|changes|operations|calls)\b/, says: ofEvents },
  {
    where: /^(?:which|what) (?:aws )?services (?:use|used|are using|have used|make use of)\b/,
    says: ({ groupBy }) => groupBy.length > 0,
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
  // Keys of a service that are not used: by whomever, not just through the service.
  {
    where:
      /\b(?:rds|s3|ebs|ec2|lambda|sqs|sns|dynamodb|efs|kinesis|redshift|secrets manager|ssm) (?:keys?|cmks?)\b.*\b(?:not|never|unused|idle)\b|\bkeys? for (?:rds|s3|ebs|ec2|lambda|sqs|sns|dynamodb|efs|kinesis|redshift)\b.*\b(?:not|never|unused|idle)\b/,
    says: (plan) => !denies(plan, (f) => 'is' in f && f.is === 'event'),
  },
  // What is so now is not who made it so.
  {
    where: /\b(?:are|is) (?:now |currently |still )?(?:disabled|enabled)(?: now)?$/,
    says: (plan) =>
      (!hasOperation(plan, 'DisableKey') && !hasOperation(plan, 'EnableKey')) ||
      hasColumn(plan, 'key_state'),
  },
  { where: /\b(?:have|has|had) (?:ever |already )?been rotated\b/, says: never },
  // What is to come is no event that has been.
  { where: /\b(?:when|how soon) will\b|\bhow soon\b/, says: (plan) => plan.entity === 'keys' },
  // That rotation is on says nothing of when it was done, or who turned it on or off.
  {
    where:
      /\bwhen (?:was|were|did)\b.* rotate[sd]?\b|\brotated (?:recently|lately|yesterday|ago|since)\b/,
    says: (plan) => hasOperation(plan, 'RotateKeyOnDemand'),
  },
  {
    where: /\brotation (?:setting |status )?changes?\b|\bchanges? (?:to|of|in) (?:\w+ )?rotation\b/,
    says: (plan) =>
      hasOperation(plan, 'EnableKeyRotation') && hasOperation(plan, 'DisableKeyRotation'),
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
  {
    where: /\brotation (?:was |were |got |been |ever )*(?:last |first )?(?:disabled|enabled)\b/,
    says: (plan) => !hasOperation(plan, 'DisableKey') && !hasOperation(plan, 'EnableKey'),
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
  {
    where:
      /\bwhen (?:was|were|did)\b.*\blast (?:changed|modified|edited|updated|disabled|enabled|rotated|used)\b|\bwhen (?:was|were)\b.*\b(?:changed|modified|edited|updated|disabled|enabled|rotated) last\b/,
    says: (plan) => !ofEvents(plan) || plan.limit !== null || plan.measure.kind === 'max',
  },
];
