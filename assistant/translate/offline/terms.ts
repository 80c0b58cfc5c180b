/**
 * Terms of the subject that are no value of the data, as a newcomer asks for them. Sources: AWS KMS
 * Developer Guide, "Concepts", "Grants in AWS KMS", "Key policies in AWS KMS", "Rotate AWS KMS keys"; what
 * is special to this tool is as the data contract has it.
 */
export const terms: readonly (readonly [words: readonly string[], text: string])[] = [
  [
    [
      'deleting a key',
      'key deletion',
      'deletion',
      'deletion of a key',
      'scheduled deletion',
      'scheduling deletion',
    ],
    'Deletion: AWS KMS deletes no key at once. The key first waits 7 to 30 days (PendingDeletion); in that time it cannot be used for anything, and the deletion can be cancelled. After that the key is gone for good, and what was encrypted under it, and under its data keys, can never be decrypted again. A key that waits costs nothing.',
  ],
  [
    ['disabling a key', 'disabling keys', 'disabling'],
    'Disabling: the key refuses every cryptographic operation until it is enabled again, which can be done at any time. Nothing is lost, but what was encrypted under it cannot be decrypted meanwhile. Its policy, grants and aliases stay, and so does its cost.',
  ],
  [
    ['grant', 'grants', 'kms grant'],
    'Grant: it lets one principal use a key for chosen operations, beside the key policy, until it is retired or revoked. AWS services make grants for the resources they encrypt.',
  ],
  [
    ['key policy', 'key policies'],
    'Key policy: the resource policy that every KMS key has, named default. Nobody has access to the key unless the key policy, or a grant or IAM policy that it lets count, allows it.',
  ],
  [
    ['external access', 'outside access'],
    'External access: the key policy or a grant has an effective Allow for someone outside the organization, or for anyone. Conditions that really restrict who may are taken into account.',
  ],
  [
    ['cross account access', 'cross-account access'],
    'Cross-account access: the key policy or a grant has an effective Allow for particular principals of another account, in the organization or not. Public access is told apart.',
  ],
  [
    ['rotation', 'key rotation', 'automatic rotation', 'automatic key rotation'],
    'Rotation: AWS KMS makes new key material for the key from time to time, each year by default. What was encrypted before can still be decrypted.',
  ],
  [
    ['alias', 'aliases', 'key alias'],
    'Alias: a name for a key in one account and Region. A key can have several, or none.',
  ],
  [
    ['concern', 'concerns', 'finding', 'findings'],
    'Concern: something about a key that someone should look at, found in its policy, grants, settings or use. Each has a code, a severity, and the controls that ask for it.',
  ],
  [
    [
      'unused',
      'unused key',
      'unused keys',
      'usage',
      'use',
      'idle',
      'unused status',
      'usage status',
    ],
    'Unused: judged by the last cryptographic operation that is recorded. With a time ("for 90 days"), a key that was there, and tracked, all that time without a recorded use. NEVER_USED keys were tracked since they were created and never used; NO_RECORD keys are older than the tracking and show no use since, which is no proof; of UNKNOWN keys nothing could be read, and they count neither as used nor as unused.',
  ],
  [
    ['cost', 'costs', 'monthly cost', 'price', 'key cost', 'kms cost', 'monthly price'],
    'Cost: an estimate in US dollars a month of what storing the keys costs. A customer managed key of any kind costs $1; its first and its second rotation add $1 each, estimated from its age and rotation period. AWS managed keys and keys that wait for deletion cost nothing. Requests are not included. Where a key could not be read its cost is not known.',
  ],
  [
    [
      'multi region key',
      'multi-region key',
      'multi-region keys',
      'multi region keys',
      'mrk',
      'mrks',
      'multi-region',
    ],
    'Multi-Region key: related keys in several Regions that share key id and key material, one primary and its replicas, so that what is encrypted in one Region can be decrypted in another. Each has a key policy, grants, aliases and tags of its own.',
  ],
  [
    [
      'wildcard principal',
      'wildcard principals',
      'wildcard',
      'star principal',
      'principal *',
      'wildcard in principal',
      'any principal',
    ],
    'Wildcard principal: a statement of the key policy whose principal is "*". It stands for everyone, in any AWS account, unless a condition of the statement restricts who; where none does, the key is open to the public.',
  ],
  [
    ['service principal', 'service principals', 'aws service principal'],
    'Service principal: an AWS service as a principal, such as cloudtrail.amazonaws.com. What a key policy allows it, the service may do on behalf of whoever uses it, unless conditions on the source restrict for whom.',
  ],
  [
    ['symmetric', 'symmetric key', 'symmetric keys'],
    'Symmetric: a key of one secret, by which the same key encrypts and decrypts (SYMMETRIC_DEFAULT), or makes and verifies MACs (HMAC). It never leaves AWS KMS, and only symmetric encryption keys can be rotated automatically.',
  ],
  [
    ['asymmetric', 'asymmetric key', 'asymmetric keys'],
    'Asymmetric: a key pair, of which the public key may be given to anyone and the private key never leaves AWS KMS. It signs and verifies, encrypts and decrypts, or agrees on secrets, by its key usage; it cannot be rotated automatically.',
  ],
  [
    ['external principal', 'external principals', 'external account', 'external accounts'],
    'External principal: someone of an AWS account outside the organization, whom a key policy or a grant allows something.',
  ],
  [
    ['severity', 'severities'],
    'Severity: how soon someone should look at a concern: CRITICAL, HIGH, MEDIUM, LOW or INFO.',
  ],
  [
    ['snapshot'],
    'Snapshot: everything that one collection read, published in one step. Answers come from the snapshot in force and name its time.',
  ],
  [
    ['coverage'],
    'Coverage: which accounts and Regions could be read. What could not be read is named with each answer that it could change.',
  ],
];
