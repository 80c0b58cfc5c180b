import { Stack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { Config } from './config.ts';

/** Where the alarms of every stack go: from there by e-mail to those whom the configuration names. */
export function alarmTopic(scope: Construct, { deployment, alarms }: Config, key: IKey): ITopic {
  const topic = new Topic(scope, 'Alarms', {
    topicName: `${deployment.prefix}-alarms`,
    displayName: 'KMS Insights',
    masterKey: key,
    enforceSSL: true,
  });
  // A policy of its own, as that for TLS, takes the place of the one that lets the account's alarms in.
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: 'TellOfAlarms',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  );
  topic.addSubscription(new EmailSubscription(alarms.email));
  return topic as ITopic;
}

/** When an alarm is raised: above so much in a period of the metric, or below one for so many periods. */
export type Limit = { readonly above: number } | { readonly belowOneFor: number };

/**
 * Adds an alarm.
 *
 * @param id words in one, each with a capital: from it comes the name by which docs/operate.md has it
 * @param meaning a sentence, for the message that is sent
 */
export type AddAlarm = (id: string, meaning: string, metric: Metric, limit: Limit) => void;

/** Adds alarms to a stack. That there is nothing to count is no fault, but where something is awaited. */
export const alarmsOf =
  (scope: Construct, { deployment }: Config, topic: ITopic): AddAlarm =>
  (id, meaning, metric, limit) => {
    const alarm = new Alarm(scope, id, {
      alarmName: `${deployment.prefix}-${id.replace(/\B[A-Z]/g, (c) => `-${c}`).toLowerCase()}`,
      alarmDescription: `${meaning} What to do: docs/operate.md.`,
      metric,
      ...('above' in limit
        ? {
            threshold: limit.above,
            evaluationPeriods: 1,
            comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
            treatMissingData: TreatMissingData.NOT_BREACHING,
          }
        : {
            threshold: 1,
            evaluationPeriods: limit.belowOneFor,
            comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
            treatMissingData: TreatMissingData.BREACHING,
          }),
    });
    alarm.addAlarmAction(new SnsAction(topic));
  };
