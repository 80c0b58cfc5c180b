import { Duration, Stack } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Dashboard, GraphWidget, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, type IFilterPattern } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { type AddAlarm, alarmsOf } from '../alarms.ts';
import type { Config } from '../config.ts';
import type { Data } from '../data/data-stack.ts';

export interface Watched {
  readonly app: LambdaFunction;
  /** The function that works for Slack; null where Slack is off. */
  readonly slackWork: LambdaFunction | null;
  readonly api: RestApi;
  /** By what they hold, in one word with a capital. */
  readonly tables: Readonly<Record<string, Table>>;
  /** The name of the web ACL, and of its metrics. */
  readonly webAcl: string;
}

/** A function that runs longer than this share of its time will soon be ended by it. */
const NEAR_TIMEOUT = 0.8;

const minutes = Duration.minutes(5);
const hour = Duration.hours(1);

/** Alarms by e-mail about what answers people and Slack, and a page of figures in CloudWatch. */
export function watch(scope: Construct, config: Config, data: Data, watched: Watched): void {
  const { app, slackWork, api, tables } = watched;
  const alarm = alarmsOf(scope, config, data.alarms);
  const counted = countedInLogs(config, watched);
  const blocked = webAclMetric(scope, watched, 'BlockedRequests');

  watchFunction('Assistant', 'The function behind the page', app, alarm);
  alarm(
    'QuestionsFailed',
    'Questions could not be answered, for no fault of theirs.',
    counted.failed,
    { above: 2 },
  );
  if (config.assistant.model !== 'offline') {
    alarm(
      'ModelFailed',
      'The model could not be used; the offline translator stood in for it.',
      counted.modelFailed,
      { above: 2 },
    );
  }
  alarm(
    'ApiErrors',
    'Requests of the page or of Slack were answered with errors of the server.',
    api.deploymentStage.metricServerError({ period: minutes, statistic: 'Sum' }),
    { above: 2 },
  );
  for (const [name, table] of Object.entries(tables)) {
    for (const way of ['Read', 'Write'] as const) {
      alarm(
        `${name}${way}sThrottled`,
        `Amazon DynamoDB refused requests to ${table.tableName} as too many.`,
        throttled(table, way),
        { above: 0 },
      );
    }
  }
  alarm('RequestsBlocked', 'The web ACL blocks more requests than usual.', blocked, {
    above: config.alarms.blockedRequests,
  });
  if (slackWork) {
    watchFunction('SlackWork', 'The function that works for Slack', slackWork, alarm);
    alarm(
      'SlackWorkDropped',
      'Work for Slack was given up before it was done.',
      dropped(slackWork),
      { above: 0 },
    );
    alarm('SlackUnanswered', 'Someone in Slack got no answer.', counted.slackUnanswered, {
      above: 0,
    });
  }
  makeDashboard(scope, config, watched, [counted, blocked]);
}

function watchFunction(id: string, what: string, one: LambdaFunction, alarm: AddAlarm): void {
  const limit = (one.timeout?.toMilliseconds() ?? 0) * NEAR_TIMEOUT;
  alarm(`${id}Errors`, `${what} failed, or was ended.`, one.metricErrors({ period: minutes }), {
    above: 0,
  });
  alarm(
    `${id}Throttled`,
    `${what} was refused to run: too many run in the account.`,
    one.metricThrottles({ period: minutes }),
    { above: 0 },
  );
  alarm(
    `${id}Slow`,
    `${what} took almost all of the time that it has.`,
    one.metricDuration({ period: minutes, statistic: 'Maximum' }),
    { above: limit },
  );
}

/** Events that another function handed over, and that ended in no run, or in one that failed. */
const dropped = (slackWork: LambdaFunction) =>
  slackWork.metric('AsyncEventsDropped', { period: minutes, statistic: 'Sum' });

/** Refused reads or writes. Of a table that refuses none there is no such metric. */
const throttled = (table: Table, way: 'Read' | 'Write') =>
  table.metric(`${way}ThrottleEvents`, { period: minutes, statistic: 'Sum' });

/** The metrics of a web ACL in front of something in a Region ("AWS WAF metrics and dimensions"). */
const webAclMetric = (scope: Construct, { webAcl }: Watched, metricName: string) =>
  new Metric({
    namespace: 'AWS/WAFV2',
    metricName,
    dimensionsMap: { WebACL: webAcl, Region: Stack.of(scope).region, Rule: 'ALL' },
    statistic: 'Sum',
    period: hour,
  });

/** What the functions say in their logs; test/infra/assistant-alarms.test.ts holds it against the code. */
const sentences = {
  asked: 'a question was asked',
  brokenOff: 'answering failed',
  /** Said by the function that works for Slack. */
  slackWork: ['work for Slack failed', 'Slack was not answered', 'Slack did not take a message'],
  /** Said by the function behind the page. */
  slackRoutes: [
    'work for Slack was not taken',
    'Slack did not take a message',
    'Slack could not be told',
    'whether a request came before could not be looked up in time',
  ],
} as const;

const says = (sentence: string) => FilterPattern.stringValue('$.msg', '=', sentence);
const saysOneOf = (these: readonly string[]) => FilterPattern.any(...these.map(says));
const came = (field: string, value: string) =>
  FilterPattern.all(says(sentences.asked), FilterPattern.stringValue(field, '=', value));

/** Counts lines of the logs. */
function countedInLogs({ deployment }: Config, { app, slackWork }: Watched) {
  // Several deployments may be in one account; lines of a log have no dimension that tells them apart.
  const metricNamespace = `KMSInsights/${deployment.prefix}`;
  const count = (from: LambdaFunction, id: string, metricName: string, pattern: IFilterPattern) =>
    from.logGroup.addMetricFilter(id, {
      filterPattern: pattern,
      metricNamespace,
      metricName,
      metricValue: '1',
    });
  const of = (metricName: string) =>
    new Metric({ namespace: metricNamespace, metricName, statistic: 'Sum', period: hour });
  for (const [id, one] of [
    ['App', app],
    ['SlackWork', slackWork],
  ] as const) {
    if (!one) continue;
    count(one, `${id}Asked`, 'QuestionsAsked', says(sentences.asked));
    count(one, `${id}Failed`, 'QuestionsFailed', came('$.outcome', 'failed'));
    count(one, `${id}ModelFailed`, 'ModelFailed', came('$.modelFailure', '*'));
  }
  count(app, 'AppBrokenOff', 'QuestionsFailed', says(sentences.brokenOff));
  if (slackWork) {
    count(slackWork, 'SlackWorkSlack', 'SlackUnanswered', saysOneOf(sentences.slackWork));
    count(app, 'AppSlack', 'SlackUnanswered', saysOneOf(sentences.slackRoutes));
  }
  return {
    asked: of('QuestionsAsked'),
    failed: of('QuestionsFailed'),
    modelFailed: of('ModelFailed'),
    slackUnanswered: of('SlackUnanswered'),
  };
}

function makeDashboard(
  scope: Construct,
  { deployment }: Config,
  watched: Watched,
  [counted, blocked]: readonly [ReturnType<typeof countedInLogs>, Metric],
): void {
  const { app, slackWork, api, tables } = watched;
  const functions = slackWork ? [app, slackWork] : [app];
  const graph = (title: string, left: Metric[], width = 12) =>
    new GraphWidget({ title, width, left });
  const stage = api.deploymentStage;
  new Dashboard(scope, 'Dashboard', {
    dashboardName: `${deployment.prefix}-assistant`,
    defaultInterval: Duration.days(14),
    widgets: [
      [
        graph(
          'Questions',
          [counted.asked, counted.failed, counted.modelFailed],
          slackWork ? 12 : 24,
        ),
        ...(slackWork ? [graph('Slack', [counted.slackUnanswered, dropped(slackWork)])] : []),
      ],
      [
        graph(
          'Functions: longest run',
          functions.map((one) => one.metricDuration({ period: hour, statistic: 'Maximum' })),
        ),
        graph(
          'Functions: errors and throttles',
          functions.flatMap((one) => [
            one.metricErrors({ period: hour }),
            one.metricThrottles({ period: hour }),
          ]),
        ),
      ],
      [
        graph('API: requests and errors', [
          stage.metricCount({ period: hour, statistic: 'SampleCount' }),
          stage.metricClientError({ period: hour, statistic: 'Sum' }),
          stage.metricServerError({ period: hour, statistic: 'Sum' }),
        ]),
        graph('Web ACL: allowed and blocked', [
          webAclMetric(scope, watched, 'AllowedRequests'),
          blocked,
        ]),
      ],
      [
        graph(
          'Tables: refused reads and writes',
          Object.values(tables).flatMap((one) => [throttled(one, 'Read'), throttled(one, 'Write')]),
          24,
        ),
      ],
    ],
  });
}
