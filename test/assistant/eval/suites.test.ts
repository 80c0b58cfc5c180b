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
 * The suites on a simulated organization: all questions outside the domain, and of the others a few;
 * `kms-insights eval`, which the CI runs too, asks them all. The thresholds are in
 * test/eval/thresholds.yaml, with a margin for what a part of the questions may differ by.
 */
const STEP = 130;
const MARGIN = { right: 4, wrong: 0.5 };

let data: string;
let suites: Suites;
let judged: readonly Judged[];

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'kms-insights-suites-'));
  const all = await readSuites('test/eval');
  suites = {
    ...all,
    suites: all.suites.map((suite) => ({
      ...suite,
      cases: suite.cases.filter((_, i) => suite.category === 'outside' || i % STEP === 0),
    })),
  };
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
    const { languages, categories } = suites.thresholds;
    const eased = ({ right, wrong }: { right: number; wrong: number }) => ({
      right: right - MARGIN.right,
      wrong: wrong + MARGIN.wrong,
    });
    const report = reportOf(judged, {
      languages: { en: eased(languages.en), ja: eased(languages.ja) },
      categories,
      medianMs: Number.POSITIVE_INFINITY,
    });
    const wrong = failures(judged.filter((j) => j.outcome === 'wrong'));
    expect({ missed: report.missed, wrong }).toEqual({ missed: [], wrong });
  });

  it('break nothing', () => {
    expect(failures(judged.filter((j) => j.outcome === 'failed'))).toEqual([]);
  });
});
