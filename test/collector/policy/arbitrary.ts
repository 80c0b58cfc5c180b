import fc from 'fast-check';
import { KEY_ARN, OTHER_ORG, OWN, OWN_ORG, SIBLING, STRANGER } from './example.ts';

/** Statements such as people write them, the odd ones included. */
const oneOrMore = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof(value, fc.uniqueArray(value, { minLength: 1, maxLength: 3 }));

const account = fc.constantFrom(OWN, SIBLING, STRANGER);
const awsPrincipal = fc.oneof(
  account,
  fc
    .tuple(account, fc.constantFrom('root', 'role/app', 'role/team/app', 'user/alice'))
    .map(([id, resource]) => `arn:aws:iam::${id}:${resource}`),
  account.map((id) => `arn:aws:sts::${id}:assumed-role/app/session`),
  fc.constantFrom('*', 'AROADBQP57FF2AEXAMPLE'),
);
const principal = fc.oneof(
  fc.constant('*'),
  oneOrMore(awsPrincipal).map((AWS) => ({ AWS })),
  fc.constant({ Service: 'logs.amazonaws.com' }),
  oneOrMore(awsPrincipal).map((AWS) => ({ AWS, Service: 'logs.amazonaws.com' })),
);
const action = fc.constantFrom(
  'kms:*',
  '*',
  'kms:Decrypt',
  'kms:De*',
  'KMS:?ecrypt',
  'kms:PutKeyPolicy',
  'kms:Create*',
  's3:*',
);
const condition = fc.oneof(
  fc.constant(undefined),
  fc
    .tuple(
      fc.constantFrom('StringEquals', 'StringLike', 'StringNotEquals', 'StringEqualsIfExists'),
      fc.constantFrom(
        'aws:PrincipalOrgID',
        'kms:CallerAccount',
        'kms:ViaService',
        'aws:SourceVpce',
      ),
      oneOrMore(fc.constantFrom(OWN_ORG, OTHER_ORG, OWN, STRANGER, '*', 'o-*')),
    )
    .map(([operator, key, values]) => ({ [operator]: { [key]: values } })),
);
const statementOf = (effect: fc.Arbitrary<string>, conditions: fc.Arbitrary<unknown>) =>
  fc
    .record({
      effect,
      who: principal,
      exceptWho: fc.boolean(),
      what: oneOrMore(action),
      exceptWhat: fc.boolean(),
      resource: oneOrMore(
        fc.constantFrom('*', KEY_ARN, 'arn:aws:kms:us-east-1:999999999999:key/x'),
      ),
      conditions,
    })
    .map((s) => ({
      Effect: s.effect,
      [s.exceptWho && s.effect === 'Deny' ? 'NotPrincipal' : 'Principal']: s.who,
      [s.exceptWhat ? 'NotAction' : 'Action']: s.what,
      Resource: s.resource,
      ...(s.conditions === undefined ? {} : { Condition: s.conditions }),
    }));
export const statement = statementOf(fc.constantFrom('Allow', 'Allow', 'Deny'), condition);
/** The statements of a policy. */
export const policy = fc.array(statement, { maxLength: 5 });
/** A Deny without a condition. */
export const flatDeny = statementOf(fc.constant('Deny'), fc.constant(undefined));
