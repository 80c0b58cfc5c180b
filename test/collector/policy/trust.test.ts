import { describe, expect, it } from 'vitest';
import {
  allow,
  KEY_ARN,
  OTHER_ORG,
  OWN,
  OWN_ORG,
  permissionOf,
  SIBLING,
  STRANGER,
} from './example.ts';

type Row = readonly [condition: unknown, trust: string, restrictedBy: string, why: string];

/** A policy variable, such as `${aws:ResourceAccount}`. */
function variable(name: string): string {
  return `\${${name}}`;
}

/** Conditions on a statement for "*". Pages are of the IAM User Guide unless they say KMS. */
// biome-ignore format: one case per line
const everyone: readonly Row[] = [
  [undefined, 'PUBLIC', '', 'AWS JSON policy elements: Principal, "All principals"'],
  [{}, 'PUBLIC', '', 'an empty condition asks for nothing'],
  // Who calls
  [{ StringEquals: { 'aws:PrincipalOrgID': OWN_ORG } }, 'ORGANIZATION', 'aws:PrincipalOrgID', 'Global condition keys: aws:PrincipalOrgID'],
  [{ StringEquals: { 'AWS:principalORGid': OWN_ORG } }, 'ORGANIZATION', 'aws:PrincipalOrgID', 'Condition: key names are not case-sensitive'],
  [{ stringequals: { 'aws:PrincipalOrgID': [OWN_ORG] } }, 'ORGANIZATION', 'aws:PrincipalOrgID', 'a value may be an array of one'],
  [{ StringEquals: { 'aws:PrincipalOrgID': OTHER_ORG } }, 'EXTERNAL', 'aws:PrincipalOrgID', 'another organization is outside'],
  [{ StringEquals: { 'aws:PrincipalOrgID': [OWN_ORG, OTHER_ORG] } }, 'EXTERNAL', 'aws:PrincipalOrgID', 'Conditions with multiple values: OR, so the widest counts'],
  [{ StringLike: { 'aws:PrincipalOrgID': 'o-*' } }, 'PUBLIC', '', 'every organization id begins with o-'],
  [{ StringLike: { 'aws:PrincipalOrgID': '*' } }, 'PUBLIC', '', 'a mere wildcard'],
  [{ StringLike: { 'aws:PrincipalOrgID': '?*' } }, 'PUBLIC', '', 'a mere wildcard'],
  [{ StringEquals: { 'aws:PrincipalOrgID': '*' } }, 'PUBLIC', '', 'AWS Config: fixed values only'],
  [{ StringLike: { 'aws:PrincipalOrgID': `${OWN_ORG}*` } }, 'ORGANIZATION', 'aws:PrincipalOrgID', 'the whole id is fixed'],
  [{ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': `${OWN_ORG}/r-ab12/ou-ab12-1/*` } }, 'ORGANIZATION', 'aws:PrincipalOrgPaths', 'Global condition keys: aws:PrincipalOrgPaths'],
  [{ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': `${OTHER_ORG}/*` } }, 'EXTERNAL', 'aws:PrincipalOrgPaths', 'another organization'],
  [{ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-*/r-*/*' } }, 'PUBLIC', '', 'a path of any organization'],
  [{ 'ForAllValues:StringLike': { 'aws:PrincipalOrgPaths': `${OWN_ORG}/*` } }, 'PUBLIC', '', 'Multivalued context keys: ForAllValues holds when the key is absent'],
  [{ StringEquals: { 'aws:PrincipalAccount': OWN } }, 'SAME_ACCOUNT', 'aws:PrincipalAccount', 'Global condition keys: aws:PrincipalAccount'],
  [{ StringEquals: { 'aws:PrincipalAccount': SIBLING } }, 'ORGANIZATION', 'aws:PrincipalAccount', 'an account of the organization'],
  [{ StringEquals: { 'aws:PrincipalAccount': [OWN, STRANGER] } }, 'EXTERNAL', 'aws:PrincipalAccount', 'one of the accounts is outside'],
  [{ StringEquals: { 'aws:PrincipalAccount': 111122223333 } }, 'SAME_ACCOUNT', 'aws:PrincipalAccount', 'a number stands for its text'],
  [{ StringLike: { 'aws:PrincipalAccount': '1111*' } }, 'PUBLIC', '', 'fits accounts of anyone'],
  [{ StringLike: { 'aws:PrincipalAccount': '????????????' } }, 'PUBLIC', '', 'fits every account id'],
  [{ StringEquals: { 'aws:PrincipalAccount': [OWN, '*'] } }, 'PUBLIC', '', 'one wildcard undoes the rest'],
  [{ StringEquals: { 'kms:CallerAccount': OWN } }, 'SAME_ACCOUNT', 'kms:CallerAccount', 'KMS: kms:CallerAccount'],
  [{ StringEquals: { 'kms:CallerAccount': '' } }, 'EXTERNAL', 'kms:CallerAccount', 'names no account of ours'],
  [{ ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${OWN}:role/app` } }, 'SAME_ACCOUNT', 'aws:PrincipalArn', 'Global condition keys: aws:PrincipalArn'],
  [{ ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${SIBLING}:role/*` } }, 'ORGANIZATION', 'aws:PrincipalArn', 'the account part is fixed'],
  [{ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Admin' } }, 'PUBLIC', '', 'anyone can create a role of that name'],
  [{ StringLike: { 'aws:PrincipalArn': `arn:aws:iam::${STRANGER}:role/*` } }, 'EXTERNAL', 'aws:PrincipalArn', 'an account outside'],
  [{ StringLike: { 'aws:PrincipalArn': `arn:aws:iam::${OWN}*` } }, 'SAME_ACCOUNT', 'aws:PrincipalArn', 'twelve digits are a whole account id'],
  [{ ArnLike: { 'aws:PrincipalArn': `arn:*:iam::${OWN}:role/x` } }, 'SAME_ACCOUNT', 'aws:PrincipalArn', 'ARN condition operators compare part by part'],
  [{ StringLike: { 'aws:PrincipalArn': `arn:*:iam::${OWN}:role/x` } }, 'PUBLIC', '', 'a string star runs over colons, and role paths may hold them'],
  [{ StringLike: { 'aws:PrincipalArn': '*' } }, 'PUBLIC', '', 'a mere wildcard'],
  [{ StringLike: { 'aws:userid': 'AROAEXAMPLEID1234567:*' } }, 'EXTERNAL', 'aws:userid', 'one role, but of an account that the id does not tell'],
  [{ StringLike: { 'aws:userid': '*:session' } }, 'PUBLIC', '', 'session names are free'],
  // For which resource
  [{ StringEquals: { 'aws:SourceAccount': OWN } }, 'SAME_ACCOUNT', 'aws:SourceAccount', 'Global condition keys: aws:SourceAccount'],
  [{ ArnLike: { 'aws:SourceArn': `arn:aws:cloudtrail:*:${OWN}:trail/*` } }, 'SAME_ACCOUNT', 'aws:SourceArn', 'Global condition keys: aws:SourceArn'],
  [{ StringLike: { 'aws:SourceArn': `arn:aws:cloudtrail:*:${SIBLING}:trail/*` } }, 'ORGANIZATION', 'aws:SourceArn', 'KMS: documented with StringLike'],
  [{ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::our-bucket' } }, 'EXTERNAL', 'aws:SourceArn', 'one bucket, whose account the ARN does not tell'],
  [{ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } }, 'PUBLIC', '', 'every bucket of anyone'],
  [{ ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:*' } }, 'PUBLIC', '', 'every topic of anyone'],
  [{ StringEquals: { 'aws:SourceOrgID': OWN_ORG } }, 'ORGANIZATION', 'aws:SourceOrgID', 'Global condition keys: aws:SourceOrgID'],
  [{ 'ForAnyValue:StringLike': { 'aws:SourceOrgPaths': `${OWN_ORG}/*` } }, 'ORGANIZATION', 'aws:SourceOrgPaths', 'Global condition keys: aws:SourceOrgPaths'],
  // Through what
  [{ StringEquals: { 'aws:SourceVpce': 'vpce-1234abcd' } }, 'EXTERNAL', 'aws:SourceVpce', 'IAM Access Analyzer filter keys: external, not public'],
  [{ StringEquals: { 'aws:SourceVpc': 'vpc-1234abcd' } }, 'EXTERNAL', 'aws:SourceVpc', 'IAM Access Analyzer filter keys: external, not public'],
  [{ StringLike: { 'aws:SourceVpce': 'vpce-*' } }, 'PUBLIC', '', 'any endpoint of anyone'],
  [{ StringEquals: { 'aws:SourceVpce': 'vpce-1', 'aws:PrincipalOrgID': OWN_ORG } }, 'ORGANIZATION', 'aws:PrincipalOrgID,aws:SourceVpce', 'Conditions with multiple keys: AND, so the nearest counts'],
  [{ ArnEquals: { 'aws:SourceVpcArn': `arn:aws:ec2:us-east-1:${OWN}:vpc/vpc-1` } }, 'EXTERNAL', 'aws:SourceVpcArn', 'Global condition keys: aws:SourceVpcArn'],
  [{ ArnLike: { 'aws:SourceVpcArn': 'arn:aws:ec2:*:*:vpc/*' } }, 'PUBLIC', '', 'any VPC of anyone'],
  [{ StringEquals: { 'aws:VpceAccount': OWN } }, 'EXTERNAL', 'aws:VpceAccount', 'the endpoint is ours, the caller need not be'],
  [{ StringEquals: { 'aws:VpceOrgID': OWN_ORG } }, 'EXTERNAL', 'aws:VpceOrgID', 'the endpoint is ours, the caller need not be'],
  [{ 'ForAnyValue:StringLike': { 'aws:VpceOrgPaths': `${OWN_ORG}/*` } }, 'EXTERNAL', 'aws:VpceOrgPaths', 'the endpoint is ours, the caller need not be'],
  [{ 'ForAnyValue:StringLike': { 'aws:VpceOrgPaths': '*' } }, 'PUBLIC', '', 'a mere wildcard'],
  // A service
  [{ Bool: { 'aws:PrincipalIsAWSService': 'true' } }, 'SERVICE', 'aws:PrincipalIsAWSService', 'Global condition keys: aws:PrincipalIsAWSService'],
  [{ Bool: { 'aws:PrincipalIsAWSService': false } }, 'PUBLIC', '', 'everyone but services'],
  [{ StringEquals: { 'aws:PrincipalServiceName': 'cloudtrail.amazonaws.com' } }, 'SERVICE', 'aws:PrincipalServiceName', 'Global condition keys: aws:PrincipalServiceName'],
  // Not restricting by themselves
  [{ StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } }, 'PUBLIC', '', 'KMS: kms:ViaService; anyone can use the service'],
  [{ StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com', 'kms:CallerAccount': OWN } }, 'SAME_ACCOUNT', 'kms:CallerAccount', 'KMS: the pattern of AWS managed keys'],
  [{ StringEquals: { 'kms:EncryptionContext:app': 'payments' } }, 'PUBLIC', '', 'KMS: the caller chooses the encryption context'],
  [{ StringEquals: { 'kms:EncryptionContextKeys': 'app' } }, 'PUBLIC', '', 'KMS: the caller chooses the encryption context'],
  [{ Bool: { 'kms:GrantIsForAWSResource': 'true' } }, 'PUBLIC', '', 'KMS: kms:GrantIsForAWSResource'],
  [{ Bool: { 'aws:SecureTransport': 'true' } }, 'PUBLIC', '', 'Global condition keys: aws:SecureTransport'],
  [{ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }, 'PUBLIC', '', 'anyone can have a second factor'],
  [{ StringEquals: { 'aws:PrincipalTag/team': 'payments' } }, 'PUBLIC', '', 'anyone can tag a role of their own'],
  [{ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, 'PUBLIC', '', 'KMS: Using the IP address condition'],
  [{ StringNotEquals: { 'aws:PrincipalOrgID': OTHER_ORG } }, 'PUBLIC', '', 'all but one organization'],
  [{ StringNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${STRANGER}:*` } }, 'PUBLIC', '', 'all but one account'],
  [{ ArnNotEquals: { 'aws:PrincipalArn': `arn:aws:iam::${STRANGER}:role/x` } }, 'PUBLIC', '', 'all but one role'],
  [{ StringEqualsIfExists: { 'aws:PrincipalOrgID': OWN_ORG } }, 'PUBLIC', '', 'Condition operators: IfExists holds when the key is absent'],
  [{ StringEqualsIfExists: { 'aws:PrincipalOrgID': OWN_ORG }, Null: { 'aws:PrincipalOrgID': 'false' }}, 'ORGANIZATION', 'aws:PrincipalOrgID', 'Null says that the key must be there'],
  [{ StringEqualsIfExists: { 'aws:PrincipalOrgID': OWN_ORG }, Null: { 'aws:PrincipalOrgID': 'true' } }, 'PUBLIC', '', 'Null says that the key must be absent'],
  [{ StringEqualsIfExists: { 'aws:PrincipalOrgID': OWN_ORG }, BoolIfExists: { 'aws:PrincipalOrgID': 'false' } }, 'PUBLIC', '', 'only Null asks for presence'],
  [{ StringEqualsIfExists: { 'aws:PrincipalOrgID': OWN_ORG }, Null: { 'aws:PrincipalOrgID': ['true', 'false'] } }, 'PUBLIC', '', 'Null with both values asks for nothing'],
  [{ Null: { 'aws:PrincipalOrgID': 'false' } }, 'PUBLIC', '', 'any organization'],
  [{ DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } }, 'PUBLIC', '', 'a time is not a person'],
  [{ StringEquals: { 'aws:PrincipalOrgID': [] } }, 'PUBLIC', '', 'no value to demand'],
  // Policy variables
  [{ StringEquals: { 'aws:PrincipalOrgID': variable('aws:ResourceOrgID') } }, 'ORGANIZATION', 'aws:PrincipalOrgID', 'Global condition keys: aws:ResourceOrgID'],
  [{ StringEquals: { 'aws:PrincipalAccount': variable('aws:ResourceAccount') } }, 'SAME_ACCOUNT', 'aws:PrincipalAccount', 'Global condition keys: aws:ResourceAccount'],
  [{ ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${variable('aws:ResourceAccount')}:role/app` } }, 'SAME_ACCOUNT', 'aws:PrincipalArn', 'a variable inside an ARN'],
  [{ StringEquals: { 'aws:PrincipalOrgID': variable('aws:PrincipalOrgID') } }, 'PUBLIC', '', 'equal to itself'],
  [{ StringEquals: { 'aws:PrincipalAccount': variable('aws:PrincipalTag/home') } }, 'PUBLIC', '', 'the caller chooses the tag'],
  [{ StringEquals: { 'aws:PrincipalAccount': variable("aws:PrincipalTag/home, '{x}'") } }, 'PUBLIC', '', 'Variables: a default with braces in it'],
  [{ StringLike: { 'aws:PrincipalAccount': variable('*') } }, 'EXTERNAL', 'aws:PrincipalAccount', 'Variables: a star that is no wildcard, and no account'],
  [{ StringLike: { 'aws:PrincipalAccount': variable('?') } }, 'EXTERNAL', 'aws:PrincipalAccount', 'Variables: a question mark that is no wildcard'],
];

describe('trust of a statement for everyone', () => {
  it.each(everyone)('%j is %s, restricted by "%s": %s', (condition, trust, restrictedBy) => {
    for (const star of ['*', { AWS: '*' }, { AWS: ['*'] }]) {
      const statement = allow(star, condition === undefined ? {} : { Condition: condition });
      const permission = permissionOf(statement);
      expect(permission.principal_type).toBe('ANYONE');
      expect(permission.trust).toBe(trust);
      expect(permission.restricted_by.join(',')).toBe(restrictedBy);
    }
  });

  it('reads variables as plain text in the old version, where they are none', () => {
    const condition = { StringEquals: { 'aws:PrincipalAccount': variable('aws:ResourceAccount') } };
    const statement = allow('*', { Condition: condition });
    expect(permissionOf(statement, { version: '2008-10-17' }).trust).toBe('EXTERNAL');
  });

  it('cannot call an organization its own when its own is not known', () => {
    const statement = allow('*', {
      Condition: { StringEquals: { 'aws:PrincipalOrgID': OWN_ORG } },
    });
    const alone = { id: null, accountIds: new Set([OWN]) };
    expect(permissionOf(statement, { organization: alone }).trust).toBe('EXTERNAL');
    expect(permissionOf(allow({ AWS: SIBLING }), { organization: alone }).trust).toBe('EXTERNAL');
  });
});

// biome-ignore format: one case per line
const named: readonly (readonly [
  principal: unknown,
  condition: unknown,
  trust: string,
  why: string,
])[] = [
  [{ AWS: OWN }, undefined, 'SAME_ACCOUNT', 'the account itself'],
  [{ AWS: SIBLING }, undefined, 'ORGANIZATION', 'an account of the organization'],
  [{ AWS: STRANGER }, undefined, 'EXTERNAL', 'an account outside'],
  [{ AWS: `arn:aws:iam::${STRANGER}:role/x` }, { StringEquals: { 'aws:PrincipalOrgID': OWN_ORG } }, 'ORGANIZATION', 'whoever is admitted belongs to the organization'],
  [{ AWS: `arn:aws:iam::${STRANGER}:role/x` }, { StringEquals: { 'aws:SourceAccount': OWN } }, 'EXTERNAL', 'source keys speak of services only'],
  [{ AWS: `arn:aws:iam::${OWN}:role/x` }, { StringEquals: { 'aws:PrincipalOrgID': OTHER_ORG } }, 'SAME_ACCOUNT', 'a condition never widens'],
  [{ AWS: `arn:aws:iam::${STRANGER}:role/x` }, { StringEquals: { 'sts:ExternalId': 'secret' } }, 'EXTERNAL', 'an external id is no account'],
  [{ Service: 'logs.us-east-1.amazonaws.com' }, { StringEquals: { 'aws:SourceAccount': STRANGER } }, 'SERVICE', 'a service stays a service'],
  [{ CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' }, undefined, 'EXTERNAL', 'a canonical id tells no account'],
  [{ Federated: 'accounts.google.com' }, undefined, 'EXTERNAL', 'a web identity provider has no account'],
  [{ Federated: `arn:aws:iam::${OWN}:saml-provider/corp` }, undefined, 'SAME_ACCOUNT', 'a SAML provider belongs to an account'],
  [{ Federated: '*' }, undefined, 'PUBLIC', 'every provider of everyone'],
  [{ AWS: 'arn:aws:iam::*:root' }, undefined, 'PUBLIC', 'as wide as everyone'],
  [{ AWS: 'AROAEXAMPLEID12345678' }, undefined, 'SAME_ACCOUNT', 'a deleted role admits nobody'],
];

describe('trust of a named principal', () => {
  it.each(named)('%j under %j is %s: %s', (principal, condition, trust) => {
    const more = condition === undefined ? {} : { Condition: condition };
    expect(permissionOf(allow(principal, more)).trust).toBe(trust);
  });

  it('takes NotPrincipal for everyone', () => {
    const statement = {
      Effect: 'Allow',
      NotPrincipal: { AWS: STRANGER },
      Action: 'kms:Decrypt',
      Resource: '*',
    };
    const permission = permissionOf(statement);
    expect(permission.principal).toBe(`NOT ${STRANGER}`);
    expect(permission.principal_type).toBe('ANYONE');
    expect(permission.principal_account).toBeNull();
    expect(permission.trust).toBe('PUBLIC');
  });
});

describe('the resource of a statement', () => {
  it.each<[resource: unknown, effective: boolean, why: string]>([
    ['*', true, 'KMS, Creating a key policy: the key itself'],
    [KEY_ARN, true, 'the ARN of the key'],
    [`arn:aws:kms:*:${OWN}:key/*`, true, 'a pattern that fits the key'],
    [KEY_ARN.replace('1234abcd', 'ffffffff'), false, 'another key'],
    [[KEY_ARN.replace('1234abcd', 'ffffffff'), KEY_ARN], true, 'one of several'],
    [undefined, false, 'KMS: without Resource the statement has no effect'],
  ])('%j leaves an Allow effective: %s (%s)', (resource, effective) => {
    const statement = allow({ AWS: OWN }, { Resource: resource });
    expect(permissionOf(statement).is_effective).toBe(effective);
  });

  it('is taken for the key where the key is not known', () => {
    const statement = allow({ AWS: OWN }, { Resource: KEY_ARN });
    expect(permissionOf(statement, { keyArn: '' }).is_effective).toBe(true);
  });

  it('understands NotResource', () => {
    const spares = (notResource: string) =>
      permissionOf({
        Effect: 'Allow',
        Principal: '*',
        Action: 'kms:Decrypt',
        NotResource: notResource,
      });
    expect(spares(KEY_ARN).is_effective).toBe(false);
    expect(spares('arn:aws:s3:::bucket').is_effective).toBe(true);
    expect(spares(KEY_ARN).resources).toEqual([`NOT ${KEY_ARN}`]);
  });
});
