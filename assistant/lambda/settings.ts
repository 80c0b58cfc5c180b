import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { z } from 'zod';

/** What the functions are told besides what the readers of settings take: where records and state are. */
const environment = z.object({
  KMS_INSIGHTS_STATE_TABLE: z.string().min(3),
  KMS_INSIGHTS_AUDIT_TABLE: z.string().min(3),
  KMS_INSIGHTS_ANSWERS_BUCKET: z.string().min(3),
  KMS_INSIGHTS_AUDIT_DAYS: z.coerce.number().int().positive().default(2557),
  /** The function that works for Slack; none where Slack is off. */
  KMS_INSIGHTS_SLACK_WORK_FUNCTION: z.string().optional(),
  /**
   * Secrets of AWS Secrets Manager, whose values become environment variables: `NAME=ARN` each, with a
   * space between; `NAME=ARN#field` takes a field of a secret that is JSON.
   */
  KMS_INSIGHTS_SECRETS: z.string().default(''),
  /**
   * A parameter of AWS Systems Manager with more variables, as JSON: what is known only after the function
   * was made, such as the address of the page before it.
   */
  KMS_INSIGHTS_PARAMETER: z.string().optional(),
});

export interface DeployedSettings {
  readonly stateTable: string;
  readonly auditTable: string;
  readonly answersBucket: string;
  readonly auditDays: number;
  readonly slackWorkFunction: string | undefined;
  /** The environment, with the secrets in it. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Reads the settings, and the secrets they name. Throws with the name of a variable at fault. */
export async function readDeployedSettings(
  env: Readonly<Record<string, string | undefined>>,
): Promise<DeployedSettings> {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    throw new Error(`The function is not configured: ${z.prettifyError(parsed.error)}`);
  }
  const v = parsed.data;
  return {
    stateTable: v.KMS_INSIGHTS_STATE_TABLE,
    auditTable: v.KMS_INSIGHTS_AUDIT_TABLE,
    answersBucket: v.KMS_INSIGHTS_ANSWERS_BUCKET,
    auditDays: v.KMS_INSIGHTS_AUDIT_DAYS,
    slackWorkFunction: v.KMS_INSIGHTS_SLACK_WORK_FUNCTION,
    env: {
      ...env,
      ...(await readParameter(v.KMS_INSIGHTS_PARAMETER)),
      ...(await readSecrets(v.KMS_INSIGHTS_SECRETS)),
    },
  };
}

async function readParameter(name: string | undefined): Promise<Record<string, string>> {
  if (name === undefined) return {};
  const client = new SSMClient({});
  const { Parameter: parameter } = await client.send(new GetParameterCommand({ Name: name }));
  client.destroy();
  return z.record(z.string(), z.string()).parse(JSON.parse(parameter?.Value ?? ''));
}

async function readSecrets(named: string): Promise<Record<string, string>> {
  const wanted = named.split(' ').flatMap((one) => {
    const [, name = '', arn = '', field] = /^(\w+)=([^#]+)(?:#(\w+))?$/.exec(one) ?? [];
    return name === '' ? [] : [{ name, arn, field }];
  });
  if (wanted.length === 0) return {};
  const client = new SecretsManagerClient({});
  const entries = await Promise.all(
    wanted.map(async ({ name, arn, field }) => {
      const { SecretString: text } = await client.send(
        new GetSecretValueCommand({ SecretId: arn }),
      );
      const value: unknown = field === undefined ? text : fieldOf(text, field);
      if (typeof value !== 'string' || value === '') {
        throw new Error(
          `the secret for ${name} is empty${field ? `, or has no field ${field}` : ''}`,
        );
      }
      return [name, value] as const;
    }),
  );
  client.destroy();
  return Object.fromEntries(entries);
}

function fieldOf(text: string | undefined, field: string): unknown {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return (value as Record<string, unknown> | null)?.[field];
  } catch {
    return undefined;
  }
}
