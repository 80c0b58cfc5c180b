import type { Template } from 'aws-cdk-lib/assertions';

/** Stacks in moto, whose CloudFormation makes some types of resources and passes over the others. */

export interface Resource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
}
export interface TemplateBody {
  readonly Resources: Readonly<Record<string, Resource>>;
}

export const bodyOf = (template: Template) => template.toJSON() as TemplateBody;

/**
 * What moto 5.2.5 passes over, by the stack. The tests make some of it themselves, where what they are
 * about needs it: the databases and tables, by moto's own AWS Glue. What else is here has cfn-lint, cdk-nag
 * and the tests of test/infra/ to say that it is right, and only AWS to say that it works: moto's QuickSight,
 * AWS WAF, CloudFront and Cognito take what they are given without looking at it.
 */
export const notMade: Readonly<Record<string, readonly string[]>> = {
  data: [
    'AWS::Athena::WorkGroup',
    'AWS::Glue::Database',
    'AWS::Glue::Table',
    'AWS::S3::BucketPolicy',
    'AWS::SNS::Subscription',
    'AWS::SNS::TopicPolicy',
  ],
  collector: [
    'AWS::Budgets::Budget',
    'AWS::CloudWatch::Alarm',
    'AWS::SQS::QueuePolicy',
    'AWS::Scheduler::Schedule',
    'AWS::Scheduler::ScheduleGroup',
  ],
  assistant: [
    'AWS::ApiGateway::Stage',
    'AWS::CloudFront::Distribution',
    'AWS::CloudFront::ResponseHeadersPolicy',
    'AWS::CloudWatch::Alarm',
    'AWS::Lambda::EventInvokeConfig',
    'AWS::Logs::MetricFilter',
    'AWS::S3::BucketPolicy',
    'AWS::WAFv2::WebACL',
    'AWS::WAFv2::WebACLAssociation',
  ],
  dashboard: [
    'AWS::QuickSight::Dashboard',
    'AWS::QuickSight::DataSet',
    'AWS::QuickSight::DataSource',
    'AWS::QuickSight::RefreshSchedule',
  ],
  'member-role': ['AWS::CloudFormation::StackSet'],
};

async function call(motoUrl: string, form: Readonly<Record<string, string>>): Promise<string> {
  const response = await fetch(motoUrl, {
    method: 'POST',
    headers: {
      authorization:
        'AWS4-HMAC-SHA256 Credential=a/20261124/us-east-1/cloudformation/aws4_request, SignedHeaders=host, Signature=x',
    },
    body: new URLSearchParams({ Version: '2010-05-15', ...form }),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`${form.StackName}: ${answer}`);
  return answer;
}

/**
 * Deploys a stack. Gives the types that the template has and moto did not make.
 *
 * @param instead what stands for a resource that moto does not know where others ask for an attribute of it
 */
export async function deploy(
  motoUrl: string,
  name: string,
  template: TemplateBody,
  instead: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  await call(motoUrl, {
    Action: 'CreateStack',
    StackName: name,
    TemplateBody: JSON.stringify(forMoto(template, instead)),
    'Capabilities.member.1': 'CAPABILITY_NAMED_IAM',
  });
  const status = await call(motoUrl, { Action: 'DescribeStacks', StackName: name });
  if (!status.includes('>CREATE_COMPLETE<')) throw new Error(`${name}: ${status}`);
  const listed = await call(motoUrl, { Action: 'DescribeStackResources', StackName: name });
  const made = new Set([...listed.matchAll(/<LogicalResourceId>([^<]+)</g)].map((m) => m[1]));
  const left = Object.entries(template.Resources).filter(([id]) => !made.has(id));
  return [...new Set(left.map(([, { Type }]) => Type))].sort();
}

/**
 * Without what asks for an attribute of a type that moto does not make, and without tags that it takes to be
 * written as the service writes them, not as CloudFormation does.
 */
function forMoto(template: TemplateBody, instead: Readonly<Record<string, string>>): unknown {
  const change = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(change);
    if (typeof value !== 'object' || value === null) return value;
    const asked = (value as { 'Fn::GetAtt'?: readonly [string, string] })['Fn::GetAtt'];
    const type = asked && template.Resources[asked[0]]?.Type;
    const other = type === undefined ? undefined : instead[`${type}.${asked?.[1]}`];
    if (other !== undefined) return other;
    return Object.fromEntries(Object.entries(value).map(([name, v]) => [name, change(v)]));
  };
  const changed = change(template) as { Resources: Record<string, Resource> };
  for (const { Type, Properties } of Object.values(changed.Resources)) {
    if (Type === 'AWS::KMS::Key' || Type === 'AWS::SSM::Parameter') delete Properties?.Tags;
  }
  return changed;
}
