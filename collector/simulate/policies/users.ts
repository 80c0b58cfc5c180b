import { botUsers, people } from '../vocabulary.ts';
import {
  administration,
  allow,
  iamDecides,
  policy,
  roleArn,
  teamRole,
  use,
  userArn,
} from './template.ts';

/** Policies that name IAM users, whose credentials never expire. */
export const users = {
  'iam-user': policy('An IAM user may use the key.', ['iam-user'], (s) => [
    iamDecides(s),
    allow({ AWS: userArn(s.accountId, s.random.pick(people)) }, use, {
      Sid: 'Allow use of the key',
    }),
  ]),
  'iam-user-admin': policy('An IAM user administers the key.', ['iam-user'], (s) => [
    iamDecides(s),
    allow({ AWS: userArn(s.accountId, s.random.pick(people)) }, administration, {
      Sid: 'Allow access for Key Administrators',
    }),
  ]),
  'iam-user-full': policy('kms:* for a build server’s IAM user.', ['iam-user'], (s) => [
    iamDecides(s),
    allow({ AWS: userArn(s.accountId, s.random.pick(botUsers)) }, ['kms:*'], { Sid: 'ci' }),
  ]),
  'iam-users-several': policy('Several IAM users, one under a path.', ['iam-user'], (s) => [
    iamDecides(s),
    allow(
      {
        AWS: [
          userArn(s.accountId, s.random.pick(people)),
          userArn(s.accountId, `developers/${s.random.pick(people)}`),
          userArn(s.accountId, s.random.pick(botUsers)),
        ],
      },
      ['kms:Decrypt', 'kms:Encrypt'],
    ),
  ]),
  'mixed-principals': policy(
    'One statement that names a role, a user, a service and the account.',
    ['iam-user'],
    (s) => [
      allow(
        {
          AWS: [
            roleArn(s.accountId, teamRole(s)),
            userArn(s.accountId, s.random.pick(botUsers)),
            s.accountId,
          ],
          Service: `${s.service}.amazonaws.com`,
        },
        'kms:*',
        { Sid: 'Everything', Condition: { StringEquals: { 'aws:SourceAccount': s.accountId } } },
      ),
      iamDecides(s),
    ],
  ),
} as const;
