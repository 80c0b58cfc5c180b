import { type ConcernCode, concernKind } from '../schema/concerns.ts';
import { quoted } from './concerns/phrases.ts';
import type { Case, Finding, Rule } from './concerns/rule.ts';
import { rules } from './concerns/rules.ts';
import { parsePolicy, type Statement } from './document.ts';
import { compareText, type JudgedPermission, judgePermissions } from './permissions.ts';
import type { Analysis, Concern, KeyFacts, Organization } from './types.ts';

/**
 * Turns what is known of one key into its permissions and concerns. Pure and deterministic: the same
 * facts give the same rows in the same order. Never throws on the content of a policy or grant: a
 * policy that cannot be understood becomes the concern UNREADABLE_KEY.
 *
 * A null `policy` means that it could not be read. An empty `keyArn` means that the key is not known, as
 * when a policy is analysed on its own; each Resource is then taken to be the key.
 */
export function analyzeKey(facts: KeyFacts, organization: Organization): Analysis {
  const from = { accountId: facts.accountId, organization };
  const policy = readPolicy(facts.policy);
  const permissions = judgePermissions(policy.statements, facts.grants ?? [], facts.keyArn, from);
  const found: Case = { facts, from, permissions, policyProblem: policy.problem };
  return { permissions: permissions.judged.map((p) => p.row), concerns: concernsOf(found) };
}

function readPolicy(policy: unknown): {
  readonly statements: readonly Statement[];
  readonly problem: string | null;
} {
  if (policy === null || policy === undefined) {
    return { statements: [], problem: 'The key policy could not be read.' };
  }
  const parsed = parsePolicy(policy);
  if (parsed.ok) return { statements: parsed.statements, problem: null };
  const place = parsed.path === '' ? '' : `at ${quoted(parsed.path)}, `;
  return {
    statements: [],
    problem: `The key policy is not a valid policy document: ${place}${parsed.message}.`,
  };
}

const ruleEntries = Object.entries(rules) as readonly (readonly [ConcernCode, Rule])[];

function concernsOf(c: Case): Concern[] {
  const awsManaged = c.facts.key?.key_manager === 'AWS';
  const concerns: Concern[] = [];
  for (const [code, rule] of ruleEntries) {
    if (awsManaged && !rule.onAwsManagedKeys) continue;
    if (rule.about === 'key') {
      const finding = rule.judge(c);
      if (finding !== null) concerns.push(concern(code, finding, null));
      continue;
    }
    for (const permission of c.permissions.judged) {
      const { effect, is_effective } = permission.row;
      if (rule.sees === 'effective' && !(effect === 'Allow' && is_effective)) continue;
      const finding = rule.judge(permission, c);
      if (finding !== null) concerns.push(concern(code, finding, permission));
    }
  }
  return concerns.sort(byPlace);
}

function concern(
  code: ConcernCode,
  finding: Finding,
  permission: JudgedPermission | null,
): Concern {
  const kind = concernKind(code);
  return {
    code,
    label: kind.label,
    severity: finding.severity ?? kind.severity,
    detail: finding.detail,
    statement_index: permission?.row.statement_index ?? null,
    sid: permission?.row.sid ?? null,
    grant_id: permission?.row.grant_id ?? null,
    principal: permission?.row.principal ?? null,
    control_ids: kind.controls,
  };
}

function byPlace(a: Concern, b: Concern): number {
  return (
    compareText(a.code, b.code) ||
    (a.statement_index ?? -1) - (b.statement_index ?? -1) ||
    compareText(a.grant_id ?? '', b.grant_id ?? '') ||
    compareText(a.principal ?? '', b.principal ?? '')
  );
}
