import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DefaultStackSynthesizer, type IReusableStackSynthesizer, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { parse, stringify } from 'yaml';
import { kmsInsights } from '../../infra/app.ts';
import { type Config, parseConfig, readConfig } from '../../infra/config.ts';

export const example = (): Config => readConfig('infra/config.yaml');

/** The example with other settings, each by its path with dots. */
export function exampleWith(settings: Readonly<Record<string, unknown>>): Config {
  const config = parse(stringify(example()));
  for (const [path, value] of Object.entries(settings)) {
    const names = path.split('.');
    const last = names.pop() ?? '';
    let at = config;
    for (const name of names) at = at[name];
    at[last] = value;
  }
  return parseConfig(stringify(config), 'the example, changed');
}

/** The templates of a deployment by the names of their stacks; cdk-nag has seen them. */
export function stacksOf(config: Config): ReadonlyMap<string, Template> {
  const outdir = mkdtempSync(join(tmpdir(), 'kms-insights-cdk-'));
  // What the functions hold is the business of function-code.test.ts.
  const props = {
    outdir,
    // What is deployed in a test has no bootstrap stack beside it.
    defaultStackSynthesizer: new DefaultStackSynthesizer({
      generateBootstrapVersionRule: false,
    }) as IReusableStackSynthesizer,
  };
  const inline = () => Code.fromInline('export const handler = 0;');
  const app = kmsInsights(config, props, { collector: inline, assistant: inline });
  app.synth();
  const stacks = app.node.children.filter(Stack.isStack);
  const templates = new Map(stacks.map((stack) => [stack.stackName, Template.fromStack(stack)]));
  rmSync(outdir, { recursive: true });
  return templates;
}

/** One of the {@link stacksOf} a deployment, by its name without the prefix. */
export function synthesized(config: Config) {
  const templates = stacksOf(config);
  return (name: string): Template => {
    const template = templates.get(`${config.deployment.prefix}-${name}`);
    if (!template) throw new Error(`There is no stack ${name}.`);
    return template;
  };
}
