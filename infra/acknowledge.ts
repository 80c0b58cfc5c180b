import { Stack, Validations } from 'aws-cdk-lib';
import type { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';

/** Why a permission is for more than one thing, by the Sid of its statement. */
export type Reasons = Readonly<Record<string, string>>;

/**
 * Gives a role its statements, and tells cdk-nag why some are for more than one resource. A statement
 * with a wildcard and without a reason stays a finding, which ends the synthesis.
 */
export function allow(role: Role, statements: readonly PolicyStatement[], reasons: Reasons): void {
  const wide = new Map<string, string>();
  for (const statement of statements) {
    role.addToPolicy(statement);
    const reason = reasons[statement.sid ?? ''];
    if (reason === undefined) continue;
    for (const resource of statement.resources) {
      const text = asText(Stack.of(role).resolve(resource));
      if (text.includes('*')) wide.set(`AwsSolutions-IAM5[Resource::${text}]`, reason);
    }
  }
  for (const [id, reason] of wide) Validations.of(role).acknowledge({ id, reason });
}

/** Traces have no names before they are written. */
export function acknowledgeTracing(role: Role): void {
  Validations.of(role).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'Traces of AWS X-Ray, and the delivery of logs, have no resources to name.',
  });
}

/** A resource as cdk-nag spells it: what is known at deployment between angle brackets. */
function asText(resource: unknown): string {
  if (typeof resource === 'string') return resource;
  const { Ref, 'Fn::Join': join } = resource as {
    Ref?: string;
    'Fn::Join'?: readonly [string, readonly unknown[]];
  };
  if (Ref !== undefined) return `<${Ref}>`;
  return join ? join[1].map(asText).join(join[0]) : '';
}
