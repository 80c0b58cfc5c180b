import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { tellingOutcomes } from '../../assistant/lambda/outcomes.ts';
import { example, exampleWith, synthesized } from './synthesized.ts';

/** What a team is told of by e-mail, and what it then reads in docs/operate.md. */

const full = exampleWith({
  'assistant.model': { id: 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0' },
  'assistant.slack': { secretName: 'kms-insights/slack', teams: ['T0123ABCD'], channels: [] },
  'alarms.blockedRequests': 7,
});

let stack: ReturnType<typeof synthesized>;
let all: Template;
let plain: Template;
beforeAll(() => {
  stack = synthesized(full);
  all = stack('assistant');
  plain = synthesized(example())('assistant');
}, 120_000);

interface Alarm {
  readonly AlarmName: string;
  readonly MetricName: string;
  readonly Namespace: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: unknown }[];
  readonly Threshold: number;
  readonly Period: number;
  readonly EvaluationPeriods: number;
  readonly TreatMissingData: string;
  readonly AlarmActions: readonly unknown[];
}
const alarmsOf = (template: Template): readonly Alarm[] =>
  Object.values(template.findResources('AWS::CloudWatch::Alarm')).map((r) => r.Properties as Alarm);
const namesOf = (template: Template) =>
  alarmsOf(template).map((a) => a.AlarmName.replace('kms-insights-', ''));

const always = [
  'assistant-errors',
  'assistant-throttled',
  'assistant-slow',
  'questions-failed',
  'api-errors',
  'state-reads-throttled',
  'state-writes-throttled',
  'audit-reads-throttled',
  'audit-writes-throttled',
  'requests-blocked',
];

describe('the alarms of the assistant', () => {
  it('watch its functions, API, tables and web ACL; model and Slack where they are on', () => {
    expect(namesOf(plain).sort()).toEqual([...always].sort());
    expect(namesOf(all).sort()).toEqual(
      [
        ...always,
        'model-failed',
        'slack-work-errors',
        'slack-work-throttled',
        'slack-work-slow',
        'slack-work-dropped',
        'slack-unanswered',
      ].sort(),
    );
  });

  it('go where those of the collector go', () => {
    const [topic] = Object.keys(stack('data').findResources('AWS::SNS::Topic'));
    for (const template of [all, stack('collector')]) {
      const alarms = alarmsOf(template);
      expect(alarms.length).toBeGreaterThan(4);
      for (const { AlarmActions } of alarms) {
        expect(AlarmActions).toHaveLength(1);
        expect(JSON.stringify(AlarmActions)).toContain(
          `kms-insights-data:ExportsOutputRef${topic}`,
        );
      }
    }
  });

  it('take it for well where there is nothing to count, and are of periods that CloudWatch has', () => {
    for (const alarm of alarmsOf(all)) {
      expect(alarm.TreatMissingData).toBe('notBreaching');
      // "Evaluating an alarm": a day at most for periods below an hour.
      expect(alarm.Period * alarm.EvaluationPeriods).toBeLessThanOrEqual(86_400);
    }
  });

  it('tell of a function before its time is up', () => {
    for (const [id, functionName] of [
      ['assistant-slow', 'kms-insights-assistant'],
      ['slack-work-slow', 'kms-insights-slack-work'],
    ] as const) {
      const alarm = alarmsOf(all).find((a) => a.AlarmName.endsWith(id));
      const [[logicalId, made] = ['', undefined]] = Object.entries(
        all.findResources('AWS::Lambda::Function', { Properties: { FunctionName: functionName } }),
      );
      const timeout: number = made?.Properties.Timeout * 1_000;
      expect(alarm?.Threshold).toBeGreaterThan(timeout / 2);
      expect(alarm?.Threshold).toBeLessThan(timeout);
      expect(alarm?.Dimensions).toEqual([{ Name: 'FunctionName', Value: { Ref: logicalId } }]);
    }
  });

  it('count what the web ACL blocks, by the name of its own metrics', () => {
    const [acl] = Object.values(all.findResources('AWS::WAFv2::WebACL'));
    const alarm = alarmsOf(all).find((a) => a.MetricName === 'BlockedRequests');
    expect(alarm).toMatchObject({ Threshold: 7, Namespace: 'AWS/WAFV2' });
    expect(alarm?.Dimensions).toContainEqual({
      Name: 'WebACL',
      Value: acl?.Properties.VisibilityConfig.MetricName,
    });
    expect(acl?.Properties.VisibilityConfig.MetricName).toBe(acl?.Properties.Name);
  });

  it('each have a line in the runbook, as those of the collector', () => {
    const runbook = readFileSync('docs/operate.md', 'utf8');
    const named = (name: string) => runbook.includes(`\`kms-insights-${name}\``);
    const names = [...namesOf(all), ...namesOf(stack('collector'))];
    expect(names.filter((name) => !named(name))).toEqual([]);
    // And of no alarm that is not there.
    const listed = [...runbook.matchAll(/^\| (`kms-insights-[^|]+)\|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`kms-insights-([\w-]+)`/g)].map(([, name = '']) => name),
    );
    expect(listed.filter((name) => !names.includes(name))).toEqual([]);
  });
});

type Line = Readonly<Record<string, unknown>>;

/** Whether a line of a log fits a pattern, of those that are used: `{ … || … }` or `{ … && … }` of texts. */
function fits(pattern: string, line: Line): boolean {
  const terms = [...pattern.matchAll(/\$\.(\w+) = "([^"]*)"/g)].map(([, name = '', value]) =>
    value === '*' ? typeof line[name] === 'string' : line[name] === value,
  );
  expect(terms.length).toBeGreaterThan(0);
  return pattern.includes('||') ? terms.some(Boolean) : terms.every(Boolean);
}

/** The names of the metrics that count a line in the log of a function. */
function countedBy(functionName: string, line: Line): readonly string[] {
  const [group = ''] =
    Object.entries(all.findResources('AWS::Logs::LogGroup')).find(
      ([, r]) => r.Properties.LogGroupName === `/aws/lambda/${functionName}`,
    ) ?? [];
  return Object.values(all.findResources('AWS::Logs::MetricFilter'))
    .filter(({ Properties }) => JSON.stringify(Properties.LogGroupName).includes(`"${group}"`))
    .filter(({ Properties }) => fits(Properties.FilterPattern, line))
    .map(({ Properties }) => Properties.MetricTransformations[0].MetricName as string)
    .sort();
}

const WEB = 'kms-insights-assistant';
const SLACK = 'kms-insights-slack-work';

describe('what is counted in the logs', () => {
  it('is what an alarm looks at', () => {
    const filters = Object.values(all.findResources('AWS::Logs::MetricFilter'));
    const made = new Set(
      filters.map(({ Properties }) => {
        const [{ MetricNamespace, MetricName }] = Properties.MetricTransformations;
        return `${MetricNamespace} ${MetricName}`;
      }),
    );
    const watched = alarmsOf(all).filter((a) => a.Namespace.startsWith('KMSInsights'));
    expect(watched.map((a) => a.MetricName).sort()).toEqual([
      'ModelFailed',
      'QuestionsFailed',
      'SlackUnanswered',
    ]);
    for (const a of watched) expect(made).toContain(`${a.Namespace} ${a.MetricName}`);
  });

  it.each([
    [{ status: 'answered' }, ['QuestionsAsked']],
    [{ status: 'clarify' }, ['QuestionsAsked']],
    [{ status: 'error', errorCode: 'EMPTY_QUESTION' }, ['QuestionsAsked']],
    [{ status: 'error', errorCode: 'NO_SNAPSHOT' }, ['QuestionsAsked', 'QuestionsFailed']],
    [{ status: 'answered', model: { failure: 'QUOTA' } }, ['ModelFailed', 'QuestionsAsked']],
    [{ status: 'answered', model: { failure: null } }, ['QuestionsAsked']],
  ])('is of the line of a question, %j, %j', async (entry, metrics) => {
    const lines: Line[] = [];
    const audit = tellingOutcomes(
      async () => {},
      (msg, details) => lines.push({ msg, ...details }),
    );
    await audit({ exported: null, elapsedMs: 1, errorCode: null, ...entry } as never);
    const [line = {}] = lines;
    expect(countedBy(WEB, line)).toEqual(metrics);
    expect(countedBy(SLACK, line)).toEqual(metrics);
  });

  it('are sentences that the code says, where it says them', () => {
    const said = (folder: string, only = /\.ts$/) =>
      readdirSync(folder)
        .filter((name) => only.test(name))
        .map((name) => readFileSync(join(folder, name), 'utf8'))
        .join('\n');
    const code = {
      [WEB]: `${said('assistant/server')}${said('assistant/slack', /^routes\.ts$/)}${said('assistant/lambda')}`,
      [SLACK]: `${said('assistant/slack', /^run-job\.ts$/)}${said('assistant/lambda')}`,
    };
    const sentences = (functionName: keyof typeof code) =>
      new Set([...code[functionName].matchAll(/\blog\(\s*'([^']+)'/g)].map(([, text]) => text));
    const web = sentences(WEB);
    const slack = sentences(SLACK);
    const patterns = Object.values(all.findResources('AWS::Logs::MetricFilter'))
      .map(({ Properties }) => Properties.FilterPattern as string)
      .join();
    const looked = [...patterns.matchAll(/\$\.msg = "([^"]+)"/g)].map(([, text]) => text);
    expect(new Set(looked).size).toBeGreaterThan(6);
    expect(looked.filter((text) => !web.has(text) && !slack.has(text))).toEqual([]);
    expect(countedBy(WEB, { msg: 'answering failed' })).toEqual(['QuestionsFailed']);
    // Whatever is said of work for Slack that somebody waits for is counted.
    for (const msg of [...slack].filter((text) => /Slack/.test(text ?? ''))) {
      expect(countedBy(SLACK, { msg })).toEqual(['SlackUnanswered']);
    }
    expect(countedBy(WEB, { msg: 'work for Slack was not taken' })).toEqual(['SlackUnanswered']);
  });
});

it('the page of figures shows every metric that an alarm of the assistant looks at', () => {
  const [board] = Object.values(all.findResources('AWS::CloudWatch::Dashboard'));
  const shown = JSON.stringify(board?.Properties.DashboardBody);
  const metrics = new Set(alarmsOf(all).map((a) => a.MetricName));
  expect([...metrics].filter((name) => !shown.includes(`\\"${name}\\"`))).toEqual([]);
});
