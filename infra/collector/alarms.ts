import { Duration, Stack } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { Dashboard, GraphWidget, Metric, SingleValueWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { alarmsOf } from '../alarms.ts';
import type { Config } from '../config.ts';
import type { Data } from '../data/data-stack.ts';

/** As `collector/lambda/metrics.ts` writes them. */
const NAMESPACE = 'KMSInsights';

export interface Watched {
  readonly machine: StateMachine;
  readonly functions: Readonly<Record<string, LambdaFunction>>;
  readonly publish: LambdaFunction;
  readonly deadLetters: Queue;
}

/** Alarms by e-mail, a budget, and a page of figures in CloudWatch. */
export function watch(scope: Construct, config: Config, data: Data, watched: Watched): void {
  const { deployment, alarms, cost } = config;
  const { machine, publish, deadLetters, functions } = watched;
  const told = (metricName: string, period: Duration) =>
    new Metric({
      namespace: NAMESPACE,
      metricName,
      dimensionsMap: { FunctionName: publish.functionName },
      statistic: 'Sum',
      period,
    });
  const hour = Duration.hours(1);
  const alarm = alarmsOf(scope, config, data.alarms);
  alarm(
    'CollectionFailed',
    'A collection ended without a snapshot; the one before stays in force.',
    machine.metricFailed({ period: hour }),
    { above: 0 },
  );
  alarm(
    'CollectionTimedOut',
    'A collection took too long and was ended.',
    machine.metricTimedOut({ period: hour }),
    { above: 0 },
  );
  alarm(
    'AccountsFailed',
    'Accounts or Regions could not be read; answers say so.',
    told('AccountRegionsFailed', hour),
    { above: alarms.failedAccountRegions },
  );
  alarm(
    'StaleData',
    `No snapshot was published for ${alarms.staleHours} hours.`,
    told('SnapshotsPublished', hour),
    { belowOneFor: alarms.staleHours },
  );
  alarm(
    'CollectionNotStarted',
    'The schedule could not start a collection.',
    deadLetters.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5) }),
    { above: 0 },
  );

  new CfnBudget(scope, 'Budget', {
    budget: {
      budgetName: deployment.prefix,
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      budgetLimit: { amount: cost.monthlyBudgetUsd, unit: 'USD' },
      costFilters: { TagKeyValue: ['user:Project$kms-insights'] },
    },
    notificationsWithSubscribers: ['ACTUAL', 'FORECASTED'].map((notificationType) => ({
      notification: {
        notificationType,
        comparisonOperator: 'GREATER_THAN',
        threshold: 100,
        thresholdType: 'PERCENTAGE',
      },
      subscribers: [{ subscriptionType: 'EMAIL', address: alarms.email }],
    })),
  });

  const day = Duration.days(1);
  new Dashboard(scope, 'Dashboard', {
    dashboardName: deployment.prefix,
    defaultInterval: Duration.days(14),
    widgets: [
      [
        new SingleValueWidget({
          title: 'Last collection',
          width: 24,
          metrics: [
            'Keys',
            'AccountRegionsRead',
            'AccountRegionsPartial',
            'AccountRegionsFailed',
          ].map((name) => told(name, day)),
        }),
      ],
      [
        new GraphWidget({
          title: 'Collections',
          width: 12,
          left: [
            told('SnapshotsPublished', day),
            machine.metricFailed({ period: day }),
            machine.metricTimedOut({ period: day }),
          ],
        }),
        new GraphWidget({
          title: 'How long a collection takes',
          width: 12,
          left: [machine.metricTime({ period: day, statistic: 'Maximum' })],
        }),
      ],
      [
        new GraphWidget({
          title: 'Functions: longest run',
          width: 12,
          left: Object.values(functions).map((one) =>
            one.metricDuration({ period: hour, statistic: 'Maximum' }),
          ),
        }),
        new GraphWidget({
          title: 'Functions: errors and throttles',
          width: 12,
          left: Object.values(functions).flatMap((one) => [
            one.metricErrors({ period: hour }),
            one.metricThrottles({ period: hour }),
          ]),
        }),
      ],
      [
        new GraphWidget({
          title: 'Athena: bytes scanned a day',
          width: 24,
          left: [
            new Metric({
              namespace: 'AWS/Athena',
              metricName: 'ProcessedBytes',
              dimensionsMap: { WorkGroup: data.workgroup },
              statistic: 'Sum',
              period: day,
              region: Stack.of(scope).region,
            }),
          ],
        }),
      ],
    ],
  });
}
