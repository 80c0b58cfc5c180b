import { allow, iamDecides, policy, roleArn, rootArn, teamRole, use } from './template.ts';

/** Policies that reach other accounts of the same organization. */
export const withinOrganization = {
  'sibling-root': policy(
    'Another account of the organization, as a whole.',
    ['in-organization'],
    (s) => [
      iamDecides(s),
      allow({ AWS: rootArn(s.sibling()) }, use, { Sid: 'Allow use from the other account' }),
    ],
  ),
  'sibling-role': policy(
    'A role of another account of the organization.',
    ['in-organization'],
    (s) => [
      iamDecides(s),
      allow({ AWS: roleArn(s.sibling(), teamRole(s)) }, ['kms:Decrypt', 'kms:DescribeKey'], {
        Sid: 'CrossAccountDecrypt',
      }),
    ],
  ),
  'sibling-bare-ids': policy(
    'Several accounts of the organization as bare account ids.',
    ['in-organization'],
    (s) => [
      iamDecides(s),
      allow({ AWS: [s.sibling(), s.sibling(), rootArn(s.sibling())] }, use, { Sid: 'Shared' }),
    ],
  ),
  'organization-id': policy(
    '"*" narrowed by the organization’s own id: not public.',
    ['in-organization'],
    (s) => [
      iamDecides(s),
      allow('*', use, {
        Sid: 'OrganizationUse',
        Condition: { StringEquals: { 'aws:PrincipalOrgID': s.organizationId } },
      }),
    ],
  ),
  'organization-path': policy(
    '"*" narrowed to the organization by path: not public.',
    ['in-organization'],
    (s) => [
      iamDecides(s),
      allow({ AWS: '*' }, ['kms:Decrypt'], {
        Sid: 'OrganizationUnits',
        Condition: {
          'ForAnyValue:StringLike': {
            'aws:PrincipalOrgPaths': `${s.organizationId}/${s.rootId}/*`,
          },
        },
      }),
    ],
  ),
  'sibling-via-service': policy(
    'Another account of the organization, through one service.',
    ['in-organization'],
    (s) => [
      iamDecides(s),
      allow({ AWS: rootArn(s.sibling()) }, [...use, 'kms:CreateGrant'], {
        Sid: 'SharedSnapshots',
        Condition: { StringEquals: { 'kms:ViaService': `${s.service}.${s.region}.amazonaws.com` } },
      }),
    ],
  ),
} as const;
