import { deny, OTHER_ORG, OWN, OWN_ORG, allow as permit, SIBLING, STRANGER } from './example.ts';

/**
 * How far a policy reaches, from near to far. `service`: an AWS service acting for a known account;
 * `any source`: one acting for anyone's resource. `… but kept inside`: a Deny with a condition keeps
 * everybody outside the organization out, and the access rests on that Deny alone.
 */
export const verdicts = [
  'malformed',
  'nobody',
  'own account',
  'service',
  'any source',
  'organization',
  'external but kept inside',
  'external',
  'public but kept inside',
  'public',
] as const;
export type Verdict = (typeof verdicts)[number];

/** One policy, how far it reaches, and the reason with the AWS page behind it. */
export interface PolicyCase {
  readonly what: string;
  /** The document, or its text where the text is the point. */
  readonly policy: unknown;
  readonly verdict: Verdict;
  readonly why: string;
}

type Row = readonly [what: string, statements: unknown, verdict: Verdict, why: string];

const arn = (account: string, resource: string) => `arn:aws:iam::${account}:${resource}`;
const variable = (name: string) => `\${${name}}`;
/** For everyone, under a condition. */
const under = (condition: unknown) => [permit('*', { Condition: condition })];
const role = arn(OWN, 'role/app');
const logs = { Service: 'logs.us-east-1.amazonaws.com' };
const condition = (c: unknown) => ({ Condition: c });

// biome-ignore format: one case per line
const principals: readonly Row[] = [
  ['"Principal": "*"', [permit('*')], 'public', 'IAM, AWS JSON policy elements: Principal: everyone, anonymous callers included'],
  ['{"AWS": "*"}', [permit({ AWS: '*' })], 'public', 'IAM, AWS JSON policy elements: Principal: the same as "*"'],
  ['{"AWS": ["*"]}', [permit({ AWS: ['*'] })], 'public', 'IAM, Grammar: one value may be an array'],
  ['{"AWS": [own account, "*"]}', [permit({ AWS: [OWN, '*'] })], 'public', 'IAM, Grammar: any of the listed principals'],
  ['{"CanonicalUser": "*"}', [permit({ CanonicalUser: '*' })], 'public', 'IAM, AWS JSON policy elements: Principal: a wildcard is everyone'],
  ['the own account, bare', [permit({ AWS: OWN })], 'own account', 'IAM, Principal: a bare account id is the account'],
  ['the own account, as ARN', [permit({ AWS: arn(OWN, 'root') })], 'own account', 'KMS, Default key policy'],
  ['a sibling account', [permit({ AWS: SIBLING })], 'organization', 'IAM Access Analyzer, zone of trust: the organization'],
  ['an account outside', [permit({ AWS: STRANGER })], 'external', 'KMS, Allowing users in other accounts to use a KMS key'],
  ['a role outside', [permit({ AWS: arn(STRANGER, 'role/x') })], 'external', 'KMS, Allowing users in other accounts to use a KMS key'],
  ['a user outside', [permit({ AWS: arn(STRANGER, 'user/x') })], 'external', 'IAM, Principal: IAM user principals'],
  ['a session outside', [permit({ AWS: `arn:aws:sts::${STRANGER}:assumed-role/x/s` })], 'external', 'IAM, Principal: assumed-role session principals'],
  ['a federated user session', [permit({ AWS: `arn:aws:sts::${OWN}:federated-user/bob` })], 'own account', 'IAM, Principal: AWS STS federated user principals'],
  ['a role with a path', [permit({ AWS: arn(OWN, 'role/team/app') })], 'own account', 'IAM, IAM identifiers: paths'],
  ['a service-linked role', [permit({ AWS: arn(OWN, 'role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling') })], 'own account', 'KMS, Key policies: service-linked roles are roles of the account'],
  ['a deleted role', [permit({ AWS: 'AROADBQP57FF2AEXAMPLE' })], 'nobody', 'IAM, Principal: the unique id that remains matches nobody'],
  ['a deleted user', [permit({ AWS: 'AIDACKCEVSQ6C2EXAMPLE' })], 'nobody', 'IAM, Principal: the unique id that remains matches nobody'],
  ['a deleted role beside an account outside', [permit({ AWS: ['AROADBQP57FF2AEXAMPLE', STRANGER] })], 'external', 'IAM, Principal: each principal counts'],
  ['a SAML provider of the account', [permit({ Federated: arn(OWN, 'saml-provider/corp') })], 'own account', 'IAM, Principal: SAML session principals'],
  ['a public identity provider', [permit({ Federated: 'cognito-identity.amazonaws.com' })], 'external', 'IAM, Principal: OIDC session principals belong to no account'],
  ['a canonical user', [permit({ CanonicalUser: '79a59df900b949e55d96a1e698fbaced' })], 'external', 'IAM, Principal: a canonical id does not tell the account'],
  ['a service', [permit(logs)], 'any source', 'IAM, The confused deputy problem'],
  ['a service and the account', [permit({ ...logs, AWS: OWN })], 'any source', 'IAM, Principal: several kinds in one element'],
  ['a CloudFront identity', [permit({ AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE' })], 'external', 'CloudFront: an identity that names no account'],
  ['an ARN with a wildcard account', [permit({ AWS: 'arn:aws:iam::*:root' })], 'public', 'IAM, Principal: a wildcard in an ARN is refused by AWS; the widest reading counts'],
  ['nobody at all', [permit({ AWS: [] })], 'nobody', 'IAM, Grammar: an empty list names no one'],
  ['NotPrincipal with Allow', [{ Effect: 'Allow', NotPrincipal: { AWS: OWN }, Action: 'kms:Decrypt', Resource: '*' }], 'public', 'IAM, NotPrincipal: everyone but those named'],
  ['NotPrincipal with Allow, within the organization', [{ Effect: 'Allow', NotPrincipal: { AWS: role }, Action: 'kms:Decrypt', Resource: '*', ...condition({ StringEquals: { 'aws:PrincipalOrgID': OWN_ORG } }) }], 'organization', 'IAM, NotPrincipal; Global keys: aws:PrincipalOrgID'],
];

// biome-ignore format: one case per line
const partitions: readonly Row[] = [
  ['aws-cn', [permit({ AWS: `arn:aws-cn:iam::${STRANGER}:root` })], 'external', 'IAM, Amazon Resource Names: partitions'],
  ['aws-us-gov', [permit({ AWS: `arn:aws-us-gov:iam::${SIBLING}:role/x` })], 'organization', 'IAM, Amazon Resource Names: partitions'],
  ['aws-iso', [permit({ AWS: `arn:aws-iso:iam::${OWN}:root` })], 'own account', 'IAM, Amazon Resource Names: partitions'],
  ['aws-iso-b', [permit({ AWS: `arn:aws-iso-b:iam::${OWN}:role/a` })], 'own account', 'IAM, Amazon Resource Names: partitions'],
  ['aws-iso-e', [permit({ AWS: `arn:aws-iso-e:iam::${STRANGER}:user/a` })], 'external', 'SDK partition metadata: aws-iso-e'],
  ['aws-iso-f', [permit({ AWS: `arn:aws-iso-f:sts::${STRANGER}:assumed-role/a/b` })], 'external', 'SDK partition metadata: aws-iso-f'],
  ['aws-eusc', [permit({ AWS: `arn:aws-eusc:iam::${STRANGER}:root` })], 'external', 'SDK partition metadata: aws-eusc (European Sovereign Cloud)'],
  ['a service of China', [permit({ Service: 'ec2.amazonaws.com.cn' })], 'any source', 'China, ARNs and service principals'],
  ['a source of GovCloud', [permit(logs, condition({ ArnLike: { 'aws:SourceArn': `arn:aws-us-gov:logs:*:${OWN}:*` } }))], 'service', 'IAM, Amazon Resource Names: partitions'],
  ['a principal pattern of eusc', under({ ArnLike: { 'aws:PrincipalArn': `arn:aws-eusc:iam::${OWN}:role/*` } }), 'own account', 'IAM, Amazon Resource Names: partitions'],
];

// biome-ignore format: one case per line
const actions: readonly Row[] = [
  ['an action in capitals', [permit({ AWS: STRANGER }, { Action: 'KMS:DECRYPT' })], 'external', 'IAM, Action: names are not case-sensitive'],
  ['an action of another service', [permit('*', { Action: 's3:GetObject' })], 'nobody', 'KMS, Key policies: only actions of KMS have effect'],
  ['an action that only IAM policies give', [permit('*', { Action: ['kms:ListKeys', 'kms:CreateKey'] })], 'nobody', 'KMS, Permissions: policy type "IAM policy"'],
  ['"*" as action', [permit('*', { Action: '*' })], 'public', 'IAM, Action: a star is every action'],
  ['kms:* in an array', [permit('*', { Action: ['s3:*', 'kms:*'] })], 'public', 'IAM, Action'],
  ['a wildcard before the colon', [permit('*', { Action: 'k*:Decrypt' })], 'public', 'IAM, Action: wildcards; the widest reading counts'],
  ['a question mark', [permit('*', { Action: 'kms:D?crypt' })], 'public', 'IAM, Action: ? is one character'],
  ['a wildcard that meets no action', [permit({ AWS: OWN }, { Action: 'kms:Decrypt?' })], 'own account', 'IAM, Action: AWS may add actions'],
  ['NotAction', [{ Effect: 'Allow', Principal: { AWS: STRANGER }, NotAction: 'kms:PutKeyPolicy', Resource: '*' }], 'external', 'IAM, NotAction: everything but the listed'],
  ['NotAction of everything', [{ Effect: 'Allow', Principal: { AWS: STRANGER }, NotAction: 'kms:Dec*', Resource: '*' }], 'external', 'IAM, NotAction: the rest is allowed'],
];

// biome-ignore format: one case per line
const resources: readonly Row[] = [
  ['another key', [permit('*', { Resource: `arn:aws:kms:us-east-1:${OWN}:key/ffffffff-0000-0000-0000-000000000000` })], 'nobody', 'KMS, Resource in a key policy: only this key'],
  ['every key of the account', [permit('*', { Resource: `arn:aws:kms:*:${OWN}:key/*` })], 'public', 'IAM, Resource: wildcards'],
  ['no Resource', [permit('*', { Resource: undefined })], 'nobody', 'KMS, Resource in a key policy: without it there is no effect'],
  ['NotResource that spares something else', [{ Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', NotResource: 'arn:aws:s3:::b' }], 'public', 'IAM, NotResource'],
  ['NotResource that spares everything', [{ Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', NotResource: '*' }], 'nobody', 'IAM, NotResource'],
  ['a variable in the resource', [permit('*', { Resource: `arn:aws:kms:*:${variable('aws:PrincipalAccount')}:key/*` })], 'public', 'IAM, Variables: it may be this key'],
];

// biome-ignore format: one case per line
const callers: readonly Row[] = [
  ['the own organization', under({ StringEquals: { 'aws:PrincipalOrgID': OWN_ORG } }), 'organization', 'IAM, Global keys: aws:PrincipalOrgID'],
  ['another organization', under({ StringEquals: { 'aws:PrincipalOrgID': OTHER_ORG } }), 'external', 'IAM, Global keys: aws:PrincipalOrgID'],
  ['its id in other letters', under({ StringEqualsIgnoreCase: { 'aws:PrincipalOrgID': OWN_ORG.toUpperCase() } }), 'organization', 'IAM, Condition operators: StringEqualsIgnoreCase'],
  ['the organization by a pattern of its id', under({ StringLike: { 'aws:PrincipalOrgID': 'o-ex*' } }), 'public', 'IAM, StringLike: fits ids of other organizations'],
  ['a path with wildcards after the organization', under({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': `${OWN_ORG}/*` } }), 'organization', 'IAM, Global keys: aws:PrincipalOrgPaths'],
  ['an exact path', under({ 'ForAnyValue:StringEquals': { 'aws:PrincipalOrgPaths': `${OWN_ORG}/r-ab12/ou-ab12-11111111/` } }), 'organization', 'IAM, Global keys: aws:PrincipalOrgPaths'],
  ['a path of any organization', under({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': '*/r-ab12/*' } }), 'public', 'IAM, aws:PrincipalOrgPaths: root ids are not unique to us'],
  ['two paths, one of them outside', under({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': [`${OWN_ORG}/*`, `${OTHER_ORG}/*`] } }), 'external', 'IAM, Multivalued keys: any of the values'],
  ['a multivalued key without a set prefix', under({ StringLike: { 'aws:PrincipalOrgPaths': `${OWN_ORG}/*` } }), 'organization', 'IAM, Multivalued keys: AWS warns of it; it demands the value all the same'],
  ['ForAllValues', under({ 'ForAllValues:StringEquals': { 'aws:PrincipalOrgPaths': `${OWN_ORG}/r-ab12/` } }), 'public', 'IAM, Multivalued keys: ForAllValues holds when the key is absent'],
  ['ForAllValues with Null', under({ 'ForAllValues:StringLike': { 'aws:PrincipalOrgPaths': `${OWN_ORG}/*` }, Null: { 'aws:PrincipalOrgPaths': 'false' } }), 'organization', 'IAM, Multivalued keys: Null asks for the key to be there'],
  ['ForAllValues on a single-valued key', under({ 'ForAllValues:StringEquals': { 'aws:PrincipalAccount': OWN } }), 'public', 'IAM, Multivalued keys: it holds when the key is absent'],
  ['ForAnyValue on a single-valued key', under({ 'ForAnyValue:StringEquals': { 'aws:PrincipalAccount': OWN } }), 'own account', 'IAM, Multivalued keys: it needs one value that matches'],
  ['the own account', under({ StringEquals: { 'aws:PrincipalAccount': OWN } }), 'own account', 'IAM, Global keys: aws:PrincipalAccount'],
  ['a pattern of account ids', under({ StringLike: { 'aws:PrincipalAccount': '1111222233*' } }), 'public', 'IAM, StringLike: fits accounts of others'],
  ['kms:CallerAccount', under({ StringEquals: { 'kms:CallerAccount': OWN } }), 'own account', 'KMS, kms:CallerAccount'],
  ['kms:CallerAccount of two accounts', under({ StringEquals: { 'kms:CallerAccount': [OWN, SIBLING] } }), 'organization', 'KMS, kms:CallerAccount'],
  ['kms:CallerAccount outside', under({ StringEquals: { 'kms:CallerAccount': STRANGER } }), 'external', 'KMS, kms:CallerAccount'],
  ['kms:CallerAccount with kms:ViaService', under({ StringEquals: { 'kms:CallerAccount': OWN, 'kms:ViaService': 's3.us-east-1.amazonaws.com' } }), 'own account', 'KMS, kms:ViaService: the pattern of AWS managed keys'],
  ['the same in two operators', under({ StringEquals: { 'kms:CallerAccount': OWN }, StringLike: { 'kms:ViaService': 'ec2.*.amazonaws.com' } }), 'own account', 'KMS, kms:ViaService with a wildcard Region'],
  ['kms:CallerAccount as IfExists with kms:ViaService', under({ StringEqualsIfExists: { 'kms:CallerAccount': OWN }, StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } }), 'public', 'IAM, Condition operators: IfExists'],
  ['kms:ViaService alone', under({ StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } }), 'public', 'KMS, kms:ViaService: it limits the way, not who'],
  ['kms:ViaService of many services', under({ StringLike: { 'kms:ViaService': '*.amazonaws.com' } }), 'public', 'KMS, kms:ViaService: it limits the way, not who'],
  ['kms:ViaService, negated, with the account', under({ StringEquals: { 'kms:CallerAccount': OWN }, StringNotEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } }), 'own account', 'KMS, kms:CallerAccount still holds'],
  ['a role', under({ ArnEquals: { 'aws:PrincipalArn': role } }), 'own account', 'IAM, Global keys: aws:PrincipalArn'],
  ['a role, compared as text', under({ StringEquals: { 'aws:PrincipalArn': role } }), 'own account', 'IAM, Global keys: aws:PrincipalArn'],
  ['ArnEquals with a wildcard', under({ ArnEquals: { 'aws:PrincipalArn': arn(OWN, 'role/*') } }), 'own account', 'IAM, ARN condition operators: ArnEquals takes wildcards'],
  ['roles of that name anywhere', under({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/OrganizationAccountAccessRole' } }), 'public', 'IAM, aws:PrincipalArn: anyone can make a role of that name'],
  ['roles of that name in the organization', under({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Admin' }, StringEquals: { 'aws:PrincipalOrgID': OWN_ORG } }), 'organization', 'IAM, Conditions with several keys: all must hold'],
  ['aws:userid of one role', under({ StringLike: { 'aws:userId': 'AROADBQP57FF2AEXAMPLE:*' } }), 'external', 'IAM, Global keys: aws:userid does not tell the account'],
  ['aws:userid of an account', under({ StringEquals: { 'aws:userid': OWN } }), 'own account', 'IAM, Global keys: aws:userid is the account id for the root user'],
  ['a user name', under({ StringEquals: { 'aws:username': 'alice' } }), 'public', 'IAM, Global keys: aws:username: names are free'],
  ['a principal tag', under({ StringEquals: { 'aws:PrincipalTag/team': 'payments' } }), 'public', 'IAM, Global keys: aws:PrincipalTag: anyone can tag a role of their own'],
  ['a principal tag within the organization', under({ StringEquals: { 'aws:PrincipalTag/team': 'payments', 'aws:PrincipalOrgID': OWN_ORG } }), 'organization', 'IAM, ABAC: the tag beside the organization'],
  ['the type of the principal', under({ StringEquals: { 'aws:PrincipalType': 'AssumedRole' } }), 'public', 'IAM, Global keys: aws:PrincipalType'],
  ['a source identity', under({ StringEquals: { 'aws:SourceIdentity': 'alice' } }), 'public', 'IAM, Global keys: aws:SourceIdentity: chosen by who assumes the role'],
  ['an identity provider', under({ StringEquals: { 'aws:FederatedProvider': 'cognito-identity.amazonaws.com' } }), 'public', 'IAM, Global keys: aws:FederatedProvider: open to anyone'],
  ['an external id', under({ StringEquals: { 'sts:ExternalId': 'secret' } }), 'public', 'IAM, sts:ExternalId: not in requests to KMS'],
  ['a Lambda function of ours', under({ ArnEquals: { 'lambda:SourceFunctionArn': `arn:aws:lambda:us-east-1:${OWN}:function:f` } }), 'own account', 'Lambda, Execution environment credentials: lambda:SourceFunctionArn'],
  ['a Lambda function of a stranger', under({ ArnEquals: { 'lambda:SourceFunctionArn': `arn:aws:lambda:us-east-1:${STRANGER}:function:f` } }), 'external', 'Lambda, lambda:SourceFunctionArn'],
  ['a Lambda function of anyone', under({ ArnLike: { 'lambda:SourceFunctionArn': 'arn:aws:lambda:*:*:function:f' } }), 'public', 'Lambda, lambda:SourceFunctionArn: function names are free'],
  ['an instance of ours', under({ ArnLike: { 'ec2:SourceInstanceArn': `arn:aws:ec2:*:${OWN}:instance/*` } }), 'own account', 'IAM, Global keys: properties of the role session: ec2:SourceInstanceArn'],
];

// biome-ignore format: one case per line
const operators: readonly Row[] = [
  ['StringNotEquals', under({ StringNotEquals: { 'aws:PrincipalOrgID': OTHER_ORG } }), 'public', 'IAM, Condition operators: everyone but'],
  ['StringNotEquals of the own organization', under({ StringNotEquals: { 'aws:PrincipalOrgID': OWN_ORG } }), 'public', 'IAM, Condition operators: it admits only strangers'],
  ['StringNotLike', under({ StringNotLike: { 'aws:PrincipalArn': arn(STRANGER, '*') } }), 'public', 'IAM, Condition operators: everyone but'],
  ['ArnNotLike', under({ ArnNotLike: { 'aws:PrincipalArn': arn(STRANGER, 'role/*') } }), 'public', 'IAM, ARN condition operators: everyone but'],
  ['NotIpAddress', under({ NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }), 'public', 'IAM, IP address operators: everywhere but'],
  ['IpAddress', under({ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }), 'public', 'KMS, Using the IP address condition: says where, not whose'],
  ['IpAddress of the VPC', under({ IpAddress: { 'aws:VpcSourceIp': '10.0.0.0/16' } }), 'public', 'IAM, Global keys: aws:VpcSourceIp: private addresses are anybody’s'],
  ['IpAddress with the organization', under({ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' }, StringEquals: { 'aws:PrincipalOrgID': OWN_ORG } }), 'organization', 'IAM, Conditions with several keys: all must hold'],
  ['a date', under({ DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } }), 'public', 'IAM, Date operators: a time is nobody'],
  ['a time as a number', under({ NumericLessThan: { 'aws:EpochTime': '1893456000' } }), 'public', 'IAM, Numeric operators: a time is nobody'],
  ['the age of the second factor', under({ NumericLessThan: { 'aws:MultiFactorAuthAge': 3600 } }), 'public', 'IAM, aws:MultiFactorAuthAge: anyone can have one'],
  ['Bool of TLS', under({ Bool: { 'aws:SecureTransport': true } }), 'public', 'IAM, aws:SecureTransport: anyone can use TLS'],
  ['Bool of a call by way of a service', under({ Bool: { 'aws:ViaAWSService': 'true' } }), 'public', 'IAM, aws:ViaAWSService: of anyone'],
  ['Bool of a service', under({ Bool: { 'aws:PrincipalIsAWSService': 'true' } }), 'any source', 'IAM, aws:PrincipalIsAWSService: a service, for anyone'],
  ['Bool of a service for our account', under({ Bool: { 'aws:PrincipalIsAWSService': 'true' }, StringEquals: { 'aws:SourceAccount': OWN } }), 'service', 'IAM, The confused deputy problem'],
  ['Bool of a service, both ways', under({ Bool: { 'aws:PrincipalIsAWSService': ['true', 'false'] } }), 'public', 'IAM, Conditions with several values: any of them'],
  ['Bool on a text key', under({ Bool: { 'aws:PrincipalOrgID': OWN_ORG } }), 'public', 'IAM, Condition operators: the wrong operator cannot be counted on'],
  ['StringEquals on a service name', under({ StringEquals: { 'aws:PrincipalServiceName': 'logs.us-east-1.amazonaws.com' } }), 'any source', 'IAM, aws:PrincipalServiceName'],
  ['ForAnyValue on service names', under({ 'ForAnyValue:StringEquals': { 'aws:PrincipalServiceNamesList': ['logs.amazonaws.com'] } }), 'any source', 'IAM, aws:PrincipalServiceNamesList'],
  ['Null: the key is there', under({ Null: { 'aws:PrincipalOrgID': 'false' } }), 'public', 'IAM, Null: any organization'],
  ['Null: the key is absent', under({ Null: { 'aws:PrincipalOrgID': 'true' } }), 'public', 'IAM, Null: everyone without an organization'],
  ['Null with IfExists', under({ StringEqualsIfExists: { 'aws:PrincipalOrgID': OWN_ORG }, Null: { 'aws:PrincipalOrgID': false } }), 'organization', 'IAM, IfExists and Null together demand the key'],
  ['IfExists', under({ StringEqualsIfExists: { 'aws:PrincipalOrgID': OWN_ORG } }), 'public', 'IAM, IfExists holds when the key is absent'],
  ['IfExists in other letters', under({ stringequalsIFEXISTS: { 'aws:PrincipalOrgID': OWN_ORG } }), 'public', 'IAM, IfExists holds when the key is absent'],
  ['ForAnyValue with IfExists', under({ 'ForAnyValue:StringLikeIfExists': { 'aws:PrincipalOrgPaths': `${OWN_ORG}/*` } }), 'public', 'IAM, IfExists holds when the key is absent'],
  ['BinaryEquals', under({ BinaryEquals: { 'aws:PrincipalOrgID': 'bw==' } }), 'public', 'IAM, BinaryEquals does not compare text'],
  ['an operator that does not exist', under({ StringMatches: { 'aws:PrincipalOrgID': OWN_ORG } }), 'public', 'IAM, Condition operators: what is not known is not counted on'],
  ['a condition key that does not exist', under({ StringEquals: { 'aws:PrincipalOrganization': OWN_ORG } }), 'public', 'IAM, Global keys: what is not known is not counted on'],
  ['a wildcard under StringEquals', under({ StringEquals: { 'aws:PrincipalOrgID': 'o-*' } }), 'public', 'AWS Config, kms-key-policy-no-public-access: fixed values only'],
  ['an empty Condition', under({}), 'public', 'IAM, Condition: nothing is asked for'],
  ['an empty block', under({ StringEquals: {} }), 'public', 'IAM, Condition: nothing is asked for'],
  ['an empty list of values', under({ StringEquals: { 'aws:PrincipalOrgID': [] } }), 'public', 'IAM, Condition: nothing is asked for'],
  ['encryption context', under({ StringEquals: { 'kms:EncryptionContext:app': 'x' } }), 'public', 'KMS, kms:EncryptionContext: chosen by the caller'],
  ['grants for AWS resources', under({ Bool: { 'kms:GrantIsForAWSResource': true } }), 'public', 'KMS, kms:GrantIsForAWSResource: by way of a service, of anyone'],
  ['the alias of the request', under({ StringEquals: { 'kms:RequestAlias': 'alias/x' } }), 'public', 'KMS, kms:RequestAlias: chosen by the caller'],
  ['attestation', under({ StringEqualsIgnoreCase: { 'kms:RecipientAttestation:ImageSha384': 'ab12' } }), 'public', 'KMS, kms:RecipientAttestation: says what runs, not whose it is'],
];

// biome-ignore format: one case per line
const variables: readonly Row[] = [
  ['the account of the key', under({ StringEquals: { 'aws:PrincipalAccount': variable('aws:ResourceAccount') } }), 'own account', 'IAM, Global keys: aws:ResourceAccount'],
  ['the organization of the key', under({ StringEquals: { 'aws:PrincipalOrgID': variable('aws:ResourceOrgID') } }), 'organization', 'IAM, Global keys: aws:ResourceOrgID'],
  ['the organization of the key, for a source', [permit(logs, condition({ StringEquals: { 'aws:SourceOrgID': variable('aws:ResourceOrgID') } }))], 'service', 'IAM, Global keys: aws:SourceOrgID'],
  ['in other letters', under({ StringEquals: { 'aws:PrincipalAccount': variable('AWS:RESOURCEACCOUNT') } }), 'own account', 'IAM, Variables: names are not case-sensitive'],
  ['the caller’s own value', under({ StringEquals: { 'aws:PrincipalOrgID': variable('aws:PrincipalOrgID') } }), 'public', 'IAM, Variables: equal to itself'],
  ['a tag of the caller', under({ StringEquals: { 'aws:PrincipalAccount': variable('aws:PrincipalTag/home') } }), 'public', 'IAM, Variables: the caller chooses'],
  ['with a default', under({ StringEquals: { 'aws:PrincipalAccount': variable(`aws:PrincipalTag/home, '${OWN}'`) } }), 'public', 'IAM, Variables: default values: the caller still chooses'],
  ['an escaped star', under({ StringLike: { 'aws:PrincipalOrgID': `${OWN_ORG}${variable('*')}` } }), 'external', 'IAM, Variables: a star that is none'],
  ['inside an ARN', under({ ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${variable('aws:ResourceAccount')}:role/*` } }), 'own account', 'IAM, Variables in values'],
];

// biome-ignore format: one case per line
const services: readonly Row[] = [
  ['aws:SourceAccount', [permit(logs, condition({ StringEquals: { 'aws:SourceAccount': OWN } }))], 'service', 'IAM, The confused deputy problem'],
  ['aws:SourceAccount of a sibling', [permit(logs, condition({ StringEquals: { 'aws:SourceAccount': SIBLING } }))], 'service', 'IAM, The confused deputy problem'],
  ['aws:SourceAccount as IfExists', [permit(logs, condition({ StringEqualsIfExists: { 'aws:SourceAccount': OWN } }))], 'any source', 'IAM, IfExists holds when the key is absent'],
  ['aws:SourceAccount by wildcard', [permit(logs, condition({ StringLike: { 'aws:SourceAccount': '*' } }))], 'any source', 'IAM, StringLike: every account'],
  ['aws:SourceArn', [permit(logs, condition({ ArnEquals: { 'aws:SourceArn': `arn:aws:logs:us-east-1:${OWN}:log-group:x` } }))], 'service', 'IAM, Global keys: aws:SourceArn'],
  ['aws:SourceArn of a bucket', [permit({ Service: 's3.amazonaws.com' }, condition({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::our-bucket' } }))], 'service', 'IAM, aws:SourceArn: one bucket'],
  ['aws:SourceArn of any bucket', [permit({ Service: 's3.amazonaws.com' }, condition({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } }))], 'any source', 'IAM, aws:SourceArn: every bucket'],
  ['aws:SourceArn of any account', [permit(logs, condition({ ArnLike: { 'aws:SourceArn': 'arn:aws:logs:*:*:*' } }))], 'any source', 'IAM, aws:SourceArn: every account'],
  ['aws:SourceOrgID', [permit(logs, condition({ StringEquals: { 'aws:SourceOrgID': OWN_ORG } }))], 'service', 'IAM, Global keys: aws:SourceOrgID'],
  ['aws:SourceOrgPaths', [permit(logs, condition({ 'ForAnyValue:StringLike': { 'aws:SourceOrgPaths': `${OWN_ORG}/*` } }))], 'service', 'IAM, Global keys: aws:SourceOrgPaths'],
  ['aws:SourceOrgPaths with ForAllValues', [permit(logs, condition({ 'ForAllValues:StringLike': { 'aws:SourceOrgPaths': `${OWN_ORG}/*` } }))], 'any source', 'IAM, Multivalued keys: ForAllValues'],
  ['the encryption context of CloudWatch Logs', [permit(logs, condition({ ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:us-east-1:${OWN}:*` } }))], 'service', 'CloudWatch Logs, Encrypt log data'],
  ['the encryption context of CloudTrail', [permit({ Service: 'cloudtrail.amazonaws.com' }, condition({ StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': `arn:aws:cloudtrail:*:${OWN}:trail/*` } }))], 'service', 'CloudTrail, Configure KMS key policies'],
  ['an encryption context that names nobody', [permit(logs, condition({ StringLike: { 'kms:EncryptionContext:aws:logs:arn': '*' } }))], 'any source', 'KMS, kms:EncryptionContext'],
  ['kms:CallerAccount', [permit(logs, condition({ StringEquals: { 'kms:CallerAccount': OWN } }))], 'service', 'KMS, kms:CallerAccount'],
  ['two services, one source', [permit({ Service: ['sns.amazonaws.com', 'sqs.amazonaws.com'] }, condition({ StringEquals: { 'aws:SourceAccount': OWN } }))], 'service', 'IAM, The confused deputy problem'],
  ['everyone for a source of ours', under({ StringEquals: { 'aws:SourceAccount': OWN } }), 'own account', 'IAM, aws:SourceAccount: set in calls of services only'],
  ['a source of a stranger', under({ StringEquals: { 'aws:SourceAccount': STRANGER } }), 'external', 'IAM, aws:SourceAccount'],
];

// biome-ignore format: one case per line
const networks: readonly Row[] = [
  ['a VPC endpoint', under({ StringEquals: { 'aws:SourceVpce': 'vpce-1234abcd' } }), 'external', 'IAM Access Analyzer, filter keys: external, not public'],
  ['a VPC', under({ StringEquals: { 'aws:SourceVpc': 'vpc-1234abcd' } }), 'external', 'IAM Access Analyzer, filter keys: external, not public'],
  ['any VPC', under({ StringLike: { 'aws:SourceVpc': 'vpc-*' } }), 'public', 'S3, The meaning of "public": fixed values only'],
  ['a VPC as IfExists', under({ StringEqualsIfExists: { 'aws:SourceVpc': 'vpc-1234abcd' } }), 'public', 'IAM, IfExists holds when the key is absent'],
  ['an endpoint and the organization', under({ StringEquals: { 'aws:SourceVpce': 'vpce-1', 'aws:PrincipalOrgID': OWN_ORG } }), 'organization', 'IAM, Conditions with several keys: all must hold'],
  ['an endpoint and a named account outside', [permit({ AWS: STRANGER }, condition({ StringEquals: { 'aws:SourceVpce': 'vpce-1' } }))], 'external', 'IAM, aws:SourceVpce does not make it ours'],
  ['endpoints of our organization', under({ StringEquals: { 'aws:VpceOrgID': OWN_ORG } }), 'external', 'IAM, aws:VpceOrgID: the endpoint is ours, the caller need not be'],
];

const all = { Action: 'kms:*' };
const perimeter = (c: unknown, more = {}) => deny('*', { ...all, Condition: c, ...more });
const outsideOrg = { StringNotEquals: { 'aws:PrincipalOrgID': OWN_ORG } };

// biome-ignore format: one case per line
const together: readonly Row[] = [
  ['two Allows, one of them public', [permit({ AWS: OWN }), permit('*')], 'public', 'IAM, Policy evaluation: any Allow is enough'],
  ['an Allow and the same Deny', [permit({ AWS: STRANGER }), deny({ AWS: STRANGER })], 'nobody', 'IAM, Policy evaluation: an explicit Deny wins'],
  ['the Deny first', [deny({ AWS: STRANGER }), permit({ AWS: STRANGER })], 'nobody', 'IAM, Policy evaluation: order does not matter'],
  ['a Deny of everyone', [permit('*', all), deny('*', all)], 'nobody', 'IAM, Policy evaluation: an explicit Deny wins'],
  ['a Deny of another action', [permit('*'), deny('*', { Action: 'kms:Encrypt' })], 'public', 'IAM, Policy evaluation: it covers another action'],
  ['a Deny of one of two actions', [permit('*', { Action: ['kms:Encrypt', 'kms:Decrypt'] }), deny('*')], 'public', 'IAM, Policy evaluation: the rest remains'],
  ['two Denies that cover it together', [permit('*', { Action: ['kms:Encrypt', 'kms:Decrypt'] }), deny('*'), deny('*', { Action: 'kms:Encrypt' })], 'nobody', 'IAM, Policy evaluation: all statements count'],
  ['a Deny by wildcard', [permit('*', { Action: ['kms:Decrypt', 'kms:DescribeKey'] }), deny('*', { Action: 'kms:De*' })], 'nobody', 'IAM, Action: wildcards'],
  ['a Deny narrower than the wildcard', [permit('*', { Action: 'kms:De*' }), deny('*', { Action: ['kms:Decrypt', 'kms:DescribeKey'] })], 'public', 'IAM, Action: the wildcard holds more actions'],
  ['a Deny with NotAction', [permit('*'), { Effect: 'Deny', Principal: '*', NotAction: 'kms:DescribeKey', Resource: '*' }], 'nobody', 'IAM, NotAction with Deny: everything but the listed'],
  ['a Deny with NotAction that spares it', [permit('*'), { Effect: 'Deny', Principal: '*', NotAction: 'kms:Decrypt', Resource: '*' }], 'public', 'IAM, NotAction with Deny'],
  ['a Deny of one stranger among everyone', [permit('*'), deny({ AWS: STRANGER })], 'public', 'IAM, Policy evaluation: the others remain'],
  ['a Deny of the account of the role', [permit({ AWS: arn(STRANGER, 'role/x') }), deny({ AWS: STRANGER })], 'nobody', 'IAM, Principal: an account in a Deny is everyone in it'],
  ['a Deny of a role of the account', [permit({ AWS: STRANGER }), deny({ AWS: arn(STRANGER, 'role/x') })], 'external', 'IAM, Principal: the others of the account remain'],
  ['NotPrincipal with Deny, sparing us', [permit({ AWS: [OWN, STRANGER] }), { Effect: 'Deny', NotPrincipal: { AWS: OWN }, ...all, Resource: '*' }], 'own account', 'IAM, NotPrincipal with Deny: everyone but those named'],
  ['NotPrincipal with Deny, sparing the stranger', [permit({ AWS: STRANGER }), { Effect: 'Deny', NotPrincipal: { AWS: STRANGER }, ...all, Resource: '*' }], 'external', 'IAM, NotPrincipal with Deny: the named are spared'],
  ['NotPrincipal with Deny under an Allow for everyone', [permit('*'), { Effect: 'Deny', NotPrincipal: { AWS: STRANGER }, ...all, Resource: '*' }], 'public', 'IAM, NotPrincipal: the spared one remains; what is not certain is not counted on'],
  ['a Deny about another key', [permit('*'), deny('*', { Resource: `arn:aws:kms:us-east-1:${OWN}:key/ffffffff-0000-0000-0000-000000000000` })], 'public', 'KMS, Resource in a key policy'],
  ['a Deny that asks for TLS', [permit('*'), perimeter({ Bool: { 'aws:SecureTransport': 'false' } })], 'public', 'IAM, aws:SecureTransport: whoever uses TLS remains'],
  ['a Deny outside the organization', [permit('*'), perimeter(outsideOrg)], 'public but kept inside', 'AWS data perimeter: only our callers remain'],
  ['a Deny outside the organization, services spared', [permit('*'), perimeter({ StringNotEqualsIfExists: { 'aws:PrincipalOrgID': OWN_ORG }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } })], 'public but kept inside', 'AWS data perimeter: the documented form'],
  ['a Deny outside the organization for a named stranger', [permit({ AWS: STRANGER }), perimeter(outsideOrg)], 'external but kept inside', 'AWS data perimeter: the stranger is denied'],
  ['a Deny outside the organization of other actions', [permit('*'), perimeter(outsideOrg, { Action: 'kms:CreateGrant' })], 'public', 'IAM, Policy evaluation: it covers another action'],
  ['a Deny outside either organization', [permit('*'), perimeter({ StringNotEquals: { 'aws:PrincipalOrgID': [OWN_ORG, OTHER_ORG] } })], 'public', 'IAM, Negated operators: both organizations remain'],
  ['a Deny with ForAnyValue', [permit('*'), perimeter({ 'ForAnyValue:StringNotLike': { 'aws:PrincipalOrgPaths': `${OWN_ORG}/*` } })], 'public', 'IAM, Multivalued keys: callers without the key remain'],
  ['a Deny outside an address range', [permit({ AWS: STRANGER }), perimeter({ NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })], 'external', 'IAM, IP address operators: says where, not whose'],
  ['a Deny alone', [deny('*', all)], 'nobody', 'IAM, Policy evaluation: a Deny gives nothing'],
  ['no statement', [], 'nobody', 'IAM, Policy evaluation: denied by default'],
];

const good = { Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*' };
const document = (statement: unknown, version = '2012-10-17') => ({
  Version: version,
  Statement: statement,
});

// biome-ignore format: one case per line
const documents: readonly Row[] = [
  ['one statement without an array', document(good), 'public', 'IAM, Grammar: Statement may be one object'],
  ['version 2008', document(good, '2008-10-17'), 'public', 'IAM, Version: the older one is still in force'],
  ['version 2008 with a variable', document([permit('*', condition({ StringEquals: { 'aws:PrincipalAccount': variable('aws:ResourceAccount') } }))], '2008-10-17'), 'external', 'IAM, Version: no variables before 2012-10-17, so the text names no account of ours'],
  ['no version, with a variable', { Statement: [permit('*', condition({ StringEquals: { 'aws:PrincipalOrgID': variable('aws:ResourceOrgID') } }))] }, 'external', 'IAM, Version: without one it is 2008-10-17'],
  ['an Id', { Id: 'key-default-1', ...document(good) }, 'public', 'IAM, Grammar: Id'],
  ['Effect in lower case', document({ ...good, Effect: 'allow' }), 'malformed', 'IAM, Effect: case-sensitive'],
  ['no Effect', document({ ...good, Effect: undefined }), 'malformed', 'IAM, Effect: required'],
  ['no Principal', document({ ...good, Principal: undefined }), 'malformed', 'KMS, Key policies: Principal is required'],
  ['a principal as plain text', document({ ...good, Principal: arn(OWN, 'root') }), 'malformed', 'IAM, Principal: a plain string can only be "*"'],
  ['an array of principals', document({ ...good, Principal: ['*'] }), 'malformed', 'IAM, Principal: an object or "*"'],
  ['an unknown kind of principal', document({ ...good, Principal: { User: 'x' } }), 'malformed', 'IAM, Principal: AWS, Service, Federated, CanonicalUser'],
  ['Principal and NotPrincipal', document({ ...good, NotPrincipal: { AWS: OWN } }), 'malformed', 'IAM, Grammar: one of the two'],
  ['Action and NotAction', document({ ...good, NotAction: 'kms:*' }), 'malformed', 'IAM, Grammar: one of the two'],
  ['no Action', document({ ...good, Action: undefined }), 'malformed', 'IAM, Grammar: required'],
  ['a number as action', document({ ...good, Action: 1 }), 'malformed', 'IAM, Grammar: strings'],
  ['a condition that is no object', document({ ...good, Condition: 'x' }), 'malformed', 'IAM, Condition'],
  ['an object as condition value', document({ ...good, Condition: { StringEquals: { k: {} } } }), 'malformed', 'IAM, Condition: strings, numbers and booleans'],
  ['no Statement', { Version: '2012-10-17' }, 'malformed', 'IAM, Grammar: Statement is required'],
  ['an array', [good], 'malformed', 'IAM, Grammar: a document is an object'],
];

/** Documents whose text says something twice, which JSON readers drop without a word. */
// biome-ignore format: one case per line
const texts: readonly Row[] = [
  ['Principal twice', '{"Statement":{"Effect":"Allow","Principal":"*","Principal":{"AWS":"111122223333"},"Action":"kms:*","Resource":"*"}}', 'malformed', 'IAM, Grammar: each element once; which of the two counts is not certain'],
  ['an operator twice', '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"kms:*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-exampleorg1"},"StringEquals":{"kms:ViaService":"s3.us-east-1.amazonaws.com"}}}]}', 'malformed', 'IAM, Grammar: each operator once'],
  ['an escaped name twice', '{"Statement":[],"\\u0053tatement":[]}', 'malformed', 'RFC 8259: names that are equal after unescaping'],
];

const ofStatements = (rows: readonly Row[]): PolicyCase[] =>
  rows.map(([what, statements, verdict, why]) => ({
    what,
    policy: { Version: '2012-10-17', Statement: statements },
    verdict,
    why,
  }));
const asTheyAre = (rows: readonly Row[]): PolicyCase[] =>
  rows.map(([what, policy, verdict, why]) => ({ what, policy, verdict, why }));

/** The specification of the verdicts, by what is varied. */
export const policyCases: Readonly<Record<string, readonly PolicyCase[]>> = {
  principals: ofStatements(principals),
  partitions: ofStatements(partitions),
  actions: ofStatements(actions),
  resources: ofStatements(resources),
  callers: ofStatements(callers),
  operators: ofStatements(operators),
  variables: ofStatements(variables),
  services: ofStatements(services),
  networks: ofStatements(networks),
  'statements together': ofStatements(together),
  documents: asTheyAre(documents),
  texts: asTheyAre(texts),
};
