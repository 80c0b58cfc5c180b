import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluate, type Judged } from '../../../assistant/eval/evaluate.ts';
import { reportOf } from '../../../assistant/eval/report.ts';
import { readSuites, type Suites } from '../../../assistant/eval/suite.ts';
import { openLocalAssistant } from '../../../assistant/local.ts';
import { collect } from '../../../collector/pipeline.ts';
import { analyzeKey } from '../../../collector/policy/analyze.ts';
import { createExampleCorp } from '../../../collector/simulate/example-corp.ts';
import { folderStore } from '../../../collector/snapshot/folder-store.ts';

/**
 * All suites on a simulated organization. The thresholds are in test/eval/thresholds.yaml; a rule that
 * makes an answer wrong, or a question no longer understood, fails here.
 */

let data: string;
let suites: Suites;
let judged: readonly Judged[];

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'kms-insights-suites-'));
  suites = await readSuites('test/eval');
  const corp = createExampleCorp({ seed: 1, asOf: new Date(suites.vocabulary.asOf) });
  await collect({
    aws: corp.api,
    store: folderStore(data),
    clock: corp.now,
    origin: 'simulated',
    seed: 1,
    analyze: analyzeKey,
  });
  const assistant = await openLocalAssistant(data);
  judged = await evaluate(suites, await assistant.dependencies());
  await assistant.close();
}, 300_000);
afterAll(() => rm(data, { recursive: true, force: true }));

const failures = (some: readonly Judged[]) =>
  some.map((j) => `${j.outcome}: ${j.questions.join(' / ')} = ${j.said}`);

describe('the questions of the suites', () => {
  it('outside the domain are declined, every one', () => {
    const outside = judged.filter((j) => j.category === 'outside');
    expect(outside.length).toBeGreaterThan(60);
    expect(failures(outside.filter((j) => j.outcome !== 'right'))).toEqual([]);
  });

  it('are answered as expected as often as before, and hardly ever wrong', () => {
    // How long an answer takes on a busy machine is no matter of right or wrong.
    const report = reportOf(judged, { ...suites.thresholds, medianMs: Number.POSITIVE_INFINITY });
    const wrong = failures(judged.filter((j) => j.outcome === 'wrong'));
    expect({ missed: report.missed, wrong }).toEqual({ missed: [], wrong });
  });

  it('break nothing', () => {
    expect(failures(judged.filter((j) => j.outcome === 'failed'))).toEqual([]);
  });
});
