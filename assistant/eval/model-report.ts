import type { Narrative } from '../answer/narrative.ts';
import type { Judged } from './evaluate.ts';
import { median, percent, shown } from './report.ts';
import { type Outcome, outcomes } from './score.ts';

/** What a model made of the questions: how well, how fast, and for how much. */
export interface ModelReport {
  readonly modelId: string;
  readonly promptVersion: string;
  readonly promptHash: string;
  readonly questions: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Requests to the model for a question, with mending and words, on average. */
  readonly requestsPerQuestion: number;
  readonly tokens: {
    readonly input: number;
    readonly output: number;
    readonly cacheRead: number;
    readonly cacheWrite: number;
  };
  /** US dollars for all questions; null where the price of the model is not known. */
  readonly costUsd: number | null;
  /** Milliseconds from a question to its whole answer, the words of the model included. */
  readonly latencyMs: { readonly median: number; readonly p95: number };
  /** How often the model failed, by code. */
  readonly failures: Readonly<Record<string, number>>;
  /** What came of its words about the rows. */
  readonly narratives: Readonly<Record<Narrative['outcome'], number>>;
}

/** Sums up what one model made of the questions. */
export function modelReportOf(
  model: Pick<ModelReport, 'modelId' | 'promptVersion' | 'promptHash'>,
  judged: readonly Judged[],
): ModelReport {
  const uses = judged.flatMap((j) => j.models);
  const sum = (of: (use: (typeof uses)[number]) => number) => uses.reduce((n, u) => n + of(u), 0);
  const known = uses.every((u) => u.costUsd !== null);
  const failures: Record<string, number> = {};
  for (const { failure } of uses)
    if (failure !== null) failures[failure] = (failures[failure] ?? 0) + 1;
  const times = judged.map((j) => j.elapsedMs).sort((a, b) => a - b);
  const count = (outcome: Narrative['outcome']) =>
    judged.filter((j) => j.narrative === outcome).length;
  return {
    ...model,
    questions: judged.length,
    outcomes: Object.fromEntries(
      outcomes.map((o) => [o, judged.filter((j) => j.outcome === o).length]),
    ) as Record<Outcome, number>,
    requestsPerQuestion: judged.length === 0 ? 0 : sum((u) => u.requests) / judged.length,
    tokens: {
      input: sum((u) => u.inputTokens),
      output: sum((u) => u.outputTokens),
      cacheRead: sum((u) => u.cacheReadTokens),
      cacheWrite: sum((u) => u.cacheWriteTokens),
    },
    costUsd: known ? sum((u) => u.costUsd ?? 0) : null,
    latencyMs: {
      median: median(times),
      p95: times[Math.min(times.length - 1, Math.floor(times.length * 0.95))] ?? 0,
    },
    failures,
    narratives: {
      grounded: count('grounded'),
      repaired: count('repaired'),
      replaced: count('replaced'),
      failed: count('failed'),
    },
  };
}

const header = [
  'model',
  'questions',
  'right',
  'wrong',
  'clarified',
  'declined',
  'failed',
  'words shown',
  'US$ per 1,000',
  'median',
  '95 %',
] as const;

function cellsOf(report: ModelReport): readonly string[] {
  const { questions, outcomes: of, costUsd, latencyMs, narratives } = report;
  const words = Object.values(narratives).reduce((a, b) => a + b, 0);
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
  return [
    report.modelId,
    String(questions),
    shown(percent(of.right, questions)),
    String(of.wrong),
    String(of.clarified),
    String(of.declined),
    String(of.failed),
    words === 0 ? '' : shown(percent(narratives.grounded + narratives.repaired, words)),
    costUsd === null || questions === 0 ? '?' : ((1_000 * costUsd) / questions).toFixed(2),
    seconds(latencyMs.median),
    seconds(latencyMs.p95),
  ];
}

/** A table of models, as Markdown, which is readable in a terminal too. */
export function modelsMarkdown(reports: readonly ModelReport[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(header),
    line(header.map((_, i) => (i === 0 ? '---' : '---:'))),
    ...reports.map((report) => line(cellsOf(report))),
  ].join('\n');
}
