import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Assistant } from '../../../assistant/assistant.ts';
import { readQuestions } from '../../../assistant/audit/audit.ts';
import { openLocalAssistant } from '../../../assistant/local.ts';
import { collect } from '../../../collector/pipeline.ts';
import { analyzeKey } from '../../../collector/policy/analyze.ts';
import { createExampleCorp } from '../../../collector/simulate/example-corp.ts';
import { folderStore } from '../../../collector/snapshot/folder-store.ts';
import { textsOf } from './block-kit.ts';
import { slackBefore } from './slack-side.ts';

/** Slack before the whole assistant, over Example Corp. */

let data: string;
let assistant: Assistant;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'kms-insights-slack-'));
  const asOf = new Date('2026-11-23T00:00:00Z');
  const corp = createExampleCorp({ seed: 5, asOf, accounts: 12 });
  await collect({
    aws: corp.api,
    store: folderStore(data),
    clock: corp.now,
    origin: 'simulated',
    seed: 5,
    analyze: analyzeKey,
  });
  assistant = await openLocalAssistant(data);
}, 60_000);
afterAll(async () => {
  await assistant.close();
  await rm(data, { recursive: true, force: true });
});

const questions = [
  'which keys have external access and were unused for 90 days?',
  'top concerns',
  'how many keys are there per region?',
  'ローテーションが無効なキーは？',
  'what is the weather in Zurich?',
];

describe('fifty commands at once', () => {
  // Slack's own limit, so that it is wall time; a machine that was busy with something else may try again.
  it('are each acknowledged within three seconds, and each answered', { retry: 2 }, async () => {
    const earlier = (await readQuestions(data)).size;
    const slack = await slackBefore(assistant);
    const times: number[] = [];
    const commands = await Promise.all(
      Array.from({ length: 50 }, async (_, i) => {
        const begun = performance.now();
        const words = questions[i % questions.length] ?? '';
        const { at, response } = await slack.command(words, { user_id: `U0USER${i}` });
        expect(response.status).toBe(200);
        await response.arrayBuffer();
        times.push(performance.now() - begun);
        return at;
      }),
    );
    expect(Math.max(...times)).toBeLessThan(3_000);
    await slack.settled();
    const messages = await Promise.all(commands.map((at) => slack.hooks.at(at)));
    expect(
      messages.map((m) => textsOf(m.blocks).join('\n')).filter((t) => t.includes('As of')),
    ).toEqual([]);
    const recorded = [...(await readQuestions(data)).values()].slice(earlier);
    expect(recorded.length).toBe(50);
    expect(recorded.filter((r) => r.status === 'answered').length).toBe(40);
    await slack.close();
  });
});

describe('a question from Slack', () => {
  it('is answered within the accounts of the caller', async () => {
    const slack = await slackBefore(assistant);
    const narrow = { user_id: 'U0NARROW', channel_id: 'C0NARROW' };
    const { at } = await slack.command('how many keys are there?', narrow);
    expect(textsOf((await slack.hooks.at(at)).blocks).join('\n')).toContain('0 keys.');
    await slack.close();
  });
});
