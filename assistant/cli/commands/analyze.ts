import type { GrantListEntry } from '@aws-sdk/client-kms';
import { z } from 'zod';
import { analyzeKey } from '../../../collector/policy/analyze.ts';
import { parsePolicy } from '../../../collector/policy/document.ts';
import type { Analysis } from '../../../collector/policy/types.ts';
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

/** The account of AWS's examples: the owner of a policy that is analysed without saying whose it is. */
const EXAMPLE_ACCOUNT = '111122223333';

const accountIdPattern = /^\d{12}$/;

/** `kms-insights analyze FILE`: the permissions and concerns of one key policy. */
export async function analyzeCommand(file: string, options: AnalyzeOptions): Promise<ExitCode> {
  const owner = options.account ?? EXAMPLE_ACCOUNT;
  if (options.account === undefined) {
    console.error(`Without --account, the policy is judged as one of account ${EXAMPLE_ACCOUNT}.`);
  }
  for (const account of [owner, ...options.orgAccounts]) {
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
  const policy = parseJson(await fileOrStdin(file), file);
  const parsed = parsePolicy(policy);
  if (!parsed.ok) {
    throw refused(
      'MALFORMED_POLICY',
      `The policy is malformed at ${parsed.path}: ${parsed.message}.`,
      'Mend the policy at that place; the IAM User Guide has the grammar ("Grammar of the IAM JSON policy language").',
    );
  }
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
  else print(analysis);
  return exitCode.ok;
}

function refused(code: string, message: string, hint: string): CliError {
  return new CliError(exitCode.refused, code, message, hint);
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
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
    Operations: z.array(z.string()),
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

function print({ permissions, concerns }: Analysis): void {
  const safe = terminalSafe;
  console.log(`${permissions.length} ${permissions.length === 1 ? 'permission' : 'permissions'}`);
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
  console.log(`${concerns.length} ${concerns.length === 1 ? 'concern' : 'concerns'}`);
  for (const c of concerns) console.log(`  ${c.severity} ${c.label}: ${safe(c.detail)}`);
}
