import type { KeyUsageType } from '@aws-sdk/client-kms';
import { siblingOf } from './grants.ts';
import type { SimulatedKey } from './keys.ts';
import type { OrganizationPlan } from './organization.ts';
import { managedPolicy, policyTemplates } from './policies/library.ts';
import type { Scene } from './policies/template.ts';
import { randomOf } from './random.ts';
import { workloadOf } from './workloads.ts';

/** What people grant on keys that do not encrypt, in place of the usual actions. */
const otherActions: Readonly<Record<KeyUsageType, Readonly<Record<string, string>> | null>> = {
  ENCRYPT_DECRYPT: null,
  SIGN_VERIFY: {
    'kms:Encrypt': 'kms:Sign',
    'kms:Decrypt': 'kms:Verify',
    'kms:ReEncrypt*': 'kms:GetPublicKey',
    'kms:GenerateDataKey': 'kms:Sign',
  },
  GENERATE_VERIFY_MAC: {
    'kms:Encrypt': 'kms:GenerateMac',
    'kms:Decrypt': 'kms:VerifyMac',
    'kms:GenerateDataKey': 'kms:GenerateMac',
  },
  KEY_AGREEMENT: {
    'kms:Encrypt': 'kms:DeriveSharedSecret',
    'kms:Decrypt': 'kms:DeriveSharedSecret',
    'kms:ReEncrypt*': 'kms:GetPublicKey',
  },
  ENCAPSULATE_DECAPSULATE: {
    'kms:Encrypt': 'kms:Encapsulate',
    'kms:Decrypt': 'kms:Decapsulate',
    'kms:ReEncrypt*': 'kms:GetPublicKey',
  },
};

/** Rewrites the `Action` members of a document for a key that signs, for example. */
function withActionsFor(usage: KeyUsageType, document: unknown): string {
  const names = otherActions[usage];
  const rename = (action: unknown): unknown =>
    typeof action === 'string' ? (names?.[action] ?? action) : action;
  return JSON.stringify(
    document,
    (member, value: unknown) => {
      if (names === null || member !== 'Action') return value;
      return Array.isArray(value) ? [...new Set(value.map(rename))] : rename(value);
    },
    2,
  );
}

/** The key policy of a key as GetKeyPolicy gives it: JSON text, indented as AWS keeps it. */
export function policyDocumentOf(plan: OrganizationPlan, key: SimulatedKey): string {
  const random = randomOf(`${key.stream}/policy`);
  const scene: Scene = {
    accountId: key.account.id,
    region: key.region,
    keyId: key.keyId,
    organizationId: plan.id,
    rootId: plan.rootId,
    system: key.account.system,
    service: workloadOf(key.workload).service ?? 's3',
    random,
    sibling: () => siblingOf(plan, key.account.id, random),
  };
  const document =
    key.template === null
      ? managedPolicy({ ...scene, system: key.workload })
      : policyTemplates[key.template].document(scene);
  return withActionsFor(key.usage, document);
}
