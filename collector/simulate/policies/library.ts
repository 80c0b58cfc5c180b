import { odd } from './odd.ts';
import { ordinary } from './ordinary.ts';
import { withinOrganization } from './organization.ts';
import { outside } from './outside.ts';
import { open } from './public.ts';
import { services } from './services.ts';
import type { PolicyTemplate, Scene } from './template.ts';
import { users } from './users.ts';

const templates = {
  ...ordinary,
  ...users,
  ...withinOrganization,
  ...outside,
  ...open,
  ...services,
  ...odd,
};

/** The name of a way to write the policy of a customer managed key. */
export type TemplateName = keyof typeof templates;

/** All templates for customer managed keys, by name. */
export const policyTemplates: Readonly<Record<TemplateName, PolicyTemplate>> = templates;

/** The policy of an AWS managed key: fixed by AWS, for use through its service in its account. */
export function managedPolicy(scene: Scene): unknown {
  return {
    Version: '2012-10-17',
    Id: `auto-${scene.system}-2`,
    Statement: [
      {
        Sid: `Allow access through ${scene.system.toUpperCase()} for all principals in the account that are authorized to use ${scene.system.toUpperCase()}`,
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncrypt*',
          'kms:GenerateDataKey*',
          'kms:CreateGrant',
          'kms:DescribeKey',
        ],
        Resource: '*',
        Condition: {
          StringEquals: {
            'kms:CallerAccount': scene.accountId,
            'kms:ViaService': `${scene.service}.${scene.region}.amazonaws.com`,
          },
        },
      },
      {
        Sid: 'Allow direct access to key metadata to the account',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${scene.accountId}:root` },
        Action: ['kms:Describe*', 'kms:Get*', 'kms:List*', 'kms:RevokeGrant'],
        Resource: '*',
      },
    ],
  };
}
