import type { GrantListEntry } from '@aws-sdk/client-kms';
import { z } from 'zod';
import { actionSet, includesAction } from '../../../collector/policy/actions.ts';
import { analyzeKey } from '../../../collector/policy/analyze.ts';
import { parsePolicy, type Statement } from '../../../collector/policy/document.ts';
import { duplicateName } from '../../../collector/policy/json.ts';
import { classifyPrincipal } from '../../../collector/policy/principal.ts';
import type { Analysis, Concern } from '../../../collector/policy/types.ts';
import { concernKind } from '../../../collector/schema/concerns.ts';
import { severities } from '../../../collector/schema/enums.ts';
import { CliError, type ExitCode, exitCode } from '../exit-codes.ts';
import { fileOrStdin } from '../input.ts';
import { terminalSafe } from '../terminal.ts';

export interface AnalyzeOptions {
  readonly account?: string;
  readonly org?: string;
  readonly orgAccounts: readonly string[];
  readonly grants?: string;
  readonly json?: true;
}

/** The account of AWS's examples: the owner where neither the caller nor the policy says whose the key is. */
const EXAMPLE_ACCOUNT = '111122223333';

const accountIdPattern = /^\d{12}$/;

/** `kms-insights analyze FILE`: the permissions and concerns of one key policy. */
export async function analyzeCommand(file: string, options: AnalyzeOptions): Promise<ExitCode> {
  for (const account of [options.account ?? EXAMPLE_ACCOUNT, ...options.orgAccounts]) {
    if (!accountIdPattern.test(account)) {
      throw refused(
        'BAD_OPTION',
        `${JSON.stringify(account)} is not an account id.`,
        `An account id has 12 digits, such as ${EXAMPLE_ACCOUNT}.`,
      );
    }
  }
  if (options.org !== undefined && !/^o-[a-z0-9]+$/.test(options.org)) {
    throw refused(
      'BAD_OPTION',
      `${JSON.stringify(options.org)} is not an organization id.`,
      'An organization id looks like o-a1b2c3d4e5.',
    );
  }
  const policy = unwrapped(parseJson(await fileOrStdin(file), file), file);
  const parsed = parsePolicy(policy);
  if (!parsed.ok) {
    throw refused(
      'MALFORMED_POLICY',
      `The policy is malformed${parsed.path === '' ? '' : ` at ${parsed.path}`}: ${parsed.message}.`,
      'Mend the policy at that place; the IAM User Guide has the grammar ("Grammar of the IAM JSON policy language").',
    );
  }
  const owner = options.account ?? likelyOwner(parsed.statements);
  const analysis = analyzeKey(
    {
      accountId: owner,
      region: '',
      keyArn: '',
      policy,
      grants: options.grants === undefined ? [] : await readGrants(options.grants),
      key: null,
      asOf: new Date(),
    },
    {
      id: options.org ?? null,
      accountIds: new Set([owner, ...options.orgAccounts]),
    },
  );
  if (options.json) console.log(JSON.stringify(analysis));
  else print(analysis, owner);
  return exitCode.ok;
}

/**
 * Whose key it is, where the caller does not say. kms:PutKeyPolicy does not work across accounts, so the
 * only account to which the policy gives it is the owner; the assumption is told on standard error.
 */
function likelyOwner(statements: readonly Statement[]): string {
  const owners = new Set<string>();
  for (const s of statements) {
    if (s.effect !== 'Allow' || s.exceptPrincipals) continue;
    if (!includesAction(actionSet(s.actions, s.exceptActions), 'PutKeyPolicy')) continue;
    for (const p of s.principals) {
      const { account } = classifyPrincipal(p);
      if (account !== null) owners.add(account);
    }
  }
  const [only] = owners;
  const found = owners.size === 1 && only !== undefined;
  const owner = found ? only : EXAMPLE_ACCOUNT;
  const because = found ? ', the only one that may change it' : '';
  console.error(`Without --account, the policy is judged as one of account ${owner}${because}.`);
  return owner;
}

/** The policy itself where the file holds the whole answer of `aws kms get-key-policy`. */
function unwrapped(json: unknown, file: string): unknown {
  if (typeof json !== 'object' || json === null || 'Statement' in json) return json;
  return 'Policy' in json && typeof json.Policy === 'string' ? parseJson(json.Policy, file) : json;
}

function refused(code: string, message: string, hint: string): CliError {
  return new CliError(exitCode.refused, code, message, hint);
}

function parseJson(text: string, file: string): unknown {
  try {
    const json: unknown = JSON.parse(text);
    const twice = duplicateName(text);
    if (twice === null) return json;
    throw refused(
      'DUPLICATE_NAME',
      `${file === '-' ? 'Standard input' : file} says ${twice} twice.`,
      'Keep one of the two; JSON readers would drop the other without a word.',
    );
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw refused(
      'MALFORMED_JSON',
      `${file === '-' ? 'Standard input' : file} is not JSON: ${error instanceof Error ? error.message : String(error)}`,
      'Give the policy document itself, for example from: aws kms get-key-policy --output text --query Policy',
    );
  }
}

const grantSchema = z
  .looseObject({
    GrantId: z.string().optional(),
    GranteePrincipal: z.string().optional(),
    GranteeServicePrincipal: z.string().optional(),
    RetiringPrincipal: z.string().optional(),
    RetiringServicePrincipal: z.string().optional(),
    Operations: z.array(z.string()),
    // ISO 8601, or the seconds that version 1 of the AWS CLI prints.
    CreationDate: z
      .union([z.iso.datetime({ offset: true }), z.number().transform((s) => s * 1000)])
      .transform((at) => new Date(at))
      .optional(),
    Constraints: z
      .looseObject({
        EncryptionContextSubset: z.record(z.string(), z.string()).optional(),
        EncryptionContextEquals: z.record(z.string(), z.string()).optional(),
        SourceArn: z.string().optional(),
      })
      .optional(),
  })
  .refine(
    (grant) => grant.GranteePrincipal !== undefined || grant.GranteeServicePrincipal !== undefined,
    'a grant has GranteePrincipal or GranteeServicePrincipal',
  );

const grantsSchema = z.union([
  z.array(grantSchema),
  z.object({ Grants: z.array(grantSchema) }).transform((page) => page.Grants),
]);

/** Reads the answer of `aws kms list-grants`, or the array in it. */
async function readGrants(file: string): Promise<readonly GrantListEntry[]> {
  const parsed = grantsSchema.safeParse(parseJson(await fileOrStdin(file), file));
  if (parsed.success) return parsed.data as readonly GrantListEntry[];
  const issue = parsed.error.issues[0];
  throw refused(
    'MALFORMED_GRANTS',
    `${file} does not hold grants: at ${issue?.path.join('.') || 'its root'}: ${issue?.message}.`,
    'Give the output of: aws kms list-grants',
  );
}

/** For people: what each statement gives, then the concerns, gravest first, each kind explained once. */
function print({ permissions, concerns }: Analysis, owner: string): void {
  const safe = terminalSafe;
  console.log(
    `Policy of a key of account ${owner}: ${counted(permissions.length, 'permission')}, ${counted(concerns.length, 'concern')}`,
  );
  if (permissions.length > 0) console.log('\nPermissions');
  for (const p of permissions) {
    const place = p.grant_id
      ? `grant ${p.grant_id}`
      : (p.sid ?? `statement ${(p.statement_index ?? 0) + 1}`);
    const marks = [
      p.restricted_by.length > 0 ? `restricted by ${p.restricted_by.join(', ')}` : '',
      p.is_effective ? '' : 'not effective',
    ].filter((mark) => mark !== '');
    console.log(
      `  ${p.effect} ${safe(p.principal)} (${p.trust}) ${safe(p.actions.join(', '))} [${safe(place)}]${marks.map((m) => ` · ${safe(m)}`).join('')}`,
    );
  }
  if (concerns.length > 0) console.log('\nConcerns');
  for (const { severity, kind, found } of bySeverity(concerns)) {
    console.log(`\n  ${severity} · ${kind.label}`);
    for (const c of found) console.log(`    - ${safe(c.detail)}`);
    console.log(`    Why: ${kind.why}`);
    console.log(`    Fix: ${kind.fix}`);
    if (kind.controls.length > 0) console.log(`    Controls: ${kind.controls.join(', ')}`);
  }
}

/** The concerns of one kind and severity together, the gravest first. */
function bySeverity(concerns: readonly Concern[]) {
  return severities.flatMap(({ value: severity }) => {
    const codes = new Set(concerns.filter((c) => c.severity === severity).map((c) => c.code));
    return [...codes].map((code) => ({
      severity,
      kind: concernKind(code),
      found: concerns.filter((c) => c.severity === severity && c.code === code),
    }));
  });
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
