import { siblingOf } from './grants.ts';
import type { SimulatedKey } from './keys.ts';
import type { OrganizationPlan } from './organization.ts';
import { managedPolicy, policyTemplates } from './policies/library.ts';
import type { Scene } from './policies/template.ts';
import { randomOf } from './random.ts';
import { workloadOf } from './workloads.ts';

/** The key policy of a key as GetKeyPolicy gives it: JSON text, indented as AWS keeps it. */
export function policyDocumentOf(plan: OrganizationPlan, key: SimulatedKey): string {
  const random = randomOf(`${key.stream}/policy`);
  const scene: Scene = {
    accountId: key.account.id,
    region: key.region,
    keyId: key.keyId,
    organizationId: plan.id,
    rootId: plan.rootId,
    system: key.account.system.replace(/[^A-Za-z0-9_+=,.@-]/g, '') || 'team',
    service: workloadOf(key.workload).service ?? 's3',
    random,
    sibling: () => siblingOf(plan, key.account.id, random),
  };
  const document =
    key.template === null
      ? managedPolicy({ ...scene, system: key.workload })
      : policyTemplates[key.template].document(scene);
  return JSON.stringify(document, null, 2);
}
