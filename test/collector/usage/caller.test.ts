import { expect, it } from 'vitest';
import { callerOf } from '../../../collector/usage/caller.ts';

const nobody = { principal_arn: null, caller_account: null, via_service: null, username: null };
const session = (name: string) => `arn:aws-us-gov:sts::111122223333:assumed-role/app/${name}`;

it.each([
  ['a session of a role', { principal_arn: session('a') }, '111122223333 role app'],
  ['another session of it', { principal_arn: session('b') }, '111122223333 role app'],
  [
    'a user',
    { principal_arn: 'arn:aws:iam::111122223333:user/me', via_service: 's3.amazonaws.com' },
    'arn:aws:iam::111122223333:user/me',
  ],
  ['a service', { via_service: 'logs.amazonaws.com', caller_account: '1' }, 'logs.amazonaws.com'],
  ['an account', { caller_account: '111122223333', username: 'x' }, '111122223333'],
  ['a name', { username: 'x' }, 'x'],
  ['nobody', {}, ''],
])('%s is one caller', (_, who, caller) => {
  expect(callerOf({ ...nobody, ...who })).toBe(caller);
});
