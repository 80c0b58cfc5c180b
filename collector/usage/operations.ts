/**
 * The operations in which a key does its work: those that GetKeyLastUsage tracks (KMS API Reference,
 * "KeyLastUsageTrackingOperation").
 */
export const cryptoOperations = [
  'Decapsulate',
  'Decrypt',
  'DeriveSharedSecret',
  'Encapsulate',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateMac',
  'ReEncrypt',
  'Sign',
  'Verify',
  'VerifyMac',
] as const;

/**
 * The rare operations that change a key. TagResource and UntagResource are not among them: CloudTrail
 * finds events by name only, and every service of an account has events of those names.
 */
export const managementOperations = [
  'CancelKeyDeletion',
  'CreateAlias',
  'CreateGrant',
  'CreateKey',
  'DeleteAlias',
  'DeleteImportedKeyMaterial',
  'DisableKey',
  'DisableKeyRotation',
  'EnableKey',
  'EnableKeyRotation',
  'ImportKeyMaterial',
  'PutKeyPolicy',
  'ReplicateKey',
  'RetireGrant',
  'RevokeGrant',
  'RotateKeyOnDemand',
  'ScheduleKeyDeletion',
  'UpdateAlias',
  'UpdateKeyDescription',
  'UpdatePrimaryRegion',
] as const;

/** The parameters and answers by which a request names a key: an ARN, an id, or an alias. */
export const namingParameters = [
  'keyId',
  'targetKeyId',
  'sourceKeyId',
  'destinationKeyId',
  'replicaKeyArn',
] as const;

const crypto: ReadonlySet<string> = new Set(cryptoOperations);

/** Whether an operation uses a key; everything else that is recorded changes it. */
export function isCrypto(operation: string): boolean {
  return crypto.has(operation);
}

/**
 * Which cryptographic operations count as use, given as `Decrypt` or `kms:Decrypt` in any case; all
 * when none are given, also those that AWS will add. Throws on a name that is no cryptographic
 * operation, because a misspelt one would make used keys look unused.
 */
export function validUse(actions?: readonly string[]): (operation: string) => boolean {
  if (!actions) return () => true;
  const byLowerCase = new Map<string, string>(cryptoOperations.map((o) => [o.toLowerCase(), o]));
  const valid = new Set(
    actions.map((action) => {
      const name = byLowerCase.get(action.toLowerCase().replace(/^kms:/, ''));
      if (!name) {
        throw new RangeError(
          `validActions: "${action}" is not a cryptographic operation. Known: ${cryptoOperations.join(', ')}.`,
        );
      }
      return name;
    }),
  );
  return (operation) => valid.has(operation);
}
