const IAM = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';
const KMS = 'https://docs.aws.amazon.com/kms/latest/developerguide';
const operators = `${IAM}/reference_policies_elements_condition_operators.html`;
const severalKeys = `${IAM}/reference_policies_condition-logic-multiple-context-keys-or-values.html`;

/** The page behind each reason of the cases, by how the reason begins. */
const pages: Readonly<Record<string, string>> = {
  'AWS Config, kms-key-policy-no-public-access':
    'https://docs.aws.amazon.com/config/latest/developerguide/kms-key-policy-no-public-access.html',
  'AWS data perimeter': `${IAM}/access_policies_data-perimeters.html`,
  'China, ARNs': 'https://docs.amazonaws.cn/en_us/aws/latest/userguide/ARNs.html',
  'CloudFront: an identity':
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html',
  'CloudTrail, Configure KMS key policies':
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html',
  'CloudWatch Logs, Encrypt log data':
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html',
  'IAM Access Analyzer, filter keys': `${IAM}/access-analyzer-reference-filter-keys.html`,
  'IAM Access Analyzer, zone of trust': `${IAM}/what-is-access-analyzer.html`,
  'IAM, ABAC': `${IAM}/introduction_attribute-based-access-control.html`,
  'IAM, ARN condition operators': operators,
  'IAM, AWS JSON policy elements: Principal': `${IAM}/reference_policies_elements_principal.html`,
  'IAM, Action': `${IAM}/reference_policies_elements_action.html`,
  'IAM, Amazon Resource Names': `${IAM}/reference-arns.html`,
  'IAM, BinaryEquals': operators,
  'IAM, Condition operators': operators,
  'IAM, Condition': `${IAM}/reference_policies_elements_condition.html`,
  'IAM, Conditions with several': severalKeys,
  'IAM, Date operators': operators,
  'IAM, Effect': `${IAM}/reference_policies_elements_effect.html`,
  'IAM, Global keys': `${IAM}/reference_policies_condition-keys.html`,
  'IAM, Grammar': `${IAM}/reference_policies_grammar.html`,
  'IAM, IAM identifiers': `${IAM}/reference_identifiers.html`,
  'IAM, IP address operators': operators,
  'IAM, IfExists': operators,
  'IAM, Multivalued keys': `${IAM}/reference_policies_condition-single-vs-multi-valued-context-keys.html`,
  'IAM, Negated operators': severalKeys,
  'IAM, NotAction': `${IAM}/reference_policies_elements_notaction.html`,
  'IAM, NotPrincipal': `${IAM}/reference_policies_elements_notprincipal.html`,
  'IAM, NotResource': `${IAM}/reference_policies_elements_notresource.html`,
  'IAM, Null': operators,
  'IAM, Numeric operators': operators,
  'IAM, Policy evaluation': `${IAM}/reference_policies_evaluation-logic.html`,
  'IAM, Principal': `${IAM}/reference_policies_elements_principal.html`,
  'IAM, Resource': `${IAM}/reference_policies_elements_resource.html`,
  'IAM, StringLike': operators,
  'IAM, The confused deputy problem': `${IAM}/confused-deputy.html`,
  'IAM, Variables': `${IAM}/reference_policies_variables.html`,
  'IAM, Version': `${IAM}/reference_policies_elements_version.html`,
  'IAM, aws:': `${IAM}/reference_policies_condition-keys.html`,
  'IAM, sts:ExternalId': `${IAM}/reference_policies_iam-condition-keys.html`,
  'KMS, Allowing users in other accounts to use a KMS key': `${KMS}/key-policy-modifying-external-accounts.html`,
  'KMS, Default key policy': `${KMS}/key-policy-default.html`,
  'KMS, Key policies': `${KMS}/key-policies.html`,
  'KMS, Permissions': `${KMS}/kms-api-permissions-reference.html`,
  'KMS, Resource in a key policy': `${KMS}/key-policy-overview.html`,
  'KMS, Using the IP address condition': `${KMS}/conditions-aws.html`,
  'KMS, kms:RecipientAttestation': `${KMS}/conditions-attestation.html`,
  'KMS, kms:': `${KMS}/conditions-kms.html`,
  'Lambda, Execution environment credentials':
    'https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html',
  'Lambda, lambda:SourceFunctionArn':
    'https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html',
  'RFC 8259': 'https://www.rfc-editor.org/rfc/rfc8259',
  'S3, The meaning of "public"':
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html',
  'SDK partition metadata':
    'https://github.com/boto/botocore/blob/develop/botocore/data/partitions.json',
};

/** The page behind a reason, or null where it names none. The longest beginning counts. */
export function pageOf(why: string): string | null {
  const beginning = Object.keys(pages)
    .filter((b) => why.startsWith(b))
    .reduce<string | null>((best, b) => (b.length > (best?.length ?? 0) ? b : best), null);
  return beginning === null ? null : (pages[beginning] ?? null);
}

/** Beginnings that no case uses. */
export const unusedPages = (reasons: readonly string[]): string[] =>
  Object.keys(pages).filter((b) => !reasons.some((why) => why.startsWith(b)));
