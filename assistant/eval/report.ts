import type { Judged } from './evaluate.ts';
import { type Outcome, outcomes } from './score.ts';
import { type Language, languages, type Thresholds } from './suite.ts';

/** Questions by what came of them. */
export interface Tally extends Readonly<Record<Outcome, number>> {
  readonly category: string;
  readonly language: Language;
  readonly questions: number;
}

export interface Report {
  readonly tallies: readonly Tally[];
  readonly totals: readonly Tally[];
  /** Intents of which some wordings are right and others are not, so that they disagree. */
  readonly disagreeing: number;
  readonly intents: number;
  readonly medianMs: number;
  /** What the thresholds are not met by, in words; empty when all are. */
  readonly missed: readonly string[];
}

/** Sums up what came of the questions, and compares it with the thresholds of the suites. */
export function reportOf(judged: readonly Judged[], thresholds: Thresholds): Report {
  const categories = [...new Set(judged.map((j) => j.category))];
  const tally = (category: string, language: Language, some: readonly Judged[]): Tally => {
    const count = (outcome: Outcome) => some.filter((j) => j.outcome === outcome).length;
    const counts = Object.fromEntries(outcomes.map((o) => [o, count(o)])) as Record<
      Outcome,
      number
    >;
    return { category, language, questions: some.length, ...counts };
  };
  const of = (language: Language) => judged.filter((j) => j.language === language);
  const asked = languages.filter((language) => of(language).length > 0);
  const tallies = asked.flatMap((language) =>
    categories
      .map((c) =>
        tally(
          c,
          language,
          of(language).filter((j) => j.category === c),
        ),
      )
      .filter((t) => t.questions > 0),
  );
  const totals = asked.map((language) => tally('all', language, of(language)));
  const groups = new Map<string, Judged[]>();
  for (const j of judged) {
    const group = `${j.language} ${j.category} ${j.intent}`;
    groups.set(group, [...(groups.get(group) ?? []), j]);
  }
  const disagreeing = [...groups.values()].filter(
    (g) => g.some((j) => j.outcome === 'right') && g.some((j) => j.outcome !== 'right'),
  ).length;
  const medianMs = median(judged.map((j) => j.elapsedMs));
  return {
    tallies,
    totals,
    disagreeing,
    intents: groups.size,
    medianMs,
    missed: missedBy(tallies, totals, medianMs, thresholds),
  };
}

export const percent = (part: number, whole: number) => (whole === 0 ? 0 : (100 * part) / whole);
export const shown = (value: number) => `${value.toFixed(1)} %`;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function missedBy(
  tallies: readonly Tally[],
  totals: readonly Tally[],
  medianMs: number,
  thresholds: Thresholds,
): readonly string[] {
  const missed: string[] = [];
  for (const total of totals) {
    const { right, wrong } = thresholds.languages[total.language] ?? { right: 0, wrong: 100 };
    const isRight = percent(total.right, total.questions);
    const isWrong = percent(total.wrong, total.questions);
    if (isRight < right) {
      missed.push(`${total.language}: ${shown(isRight)} are right, at least ${right} % must be.`);
    }
    if (isWrong > wrong) {
      missed.push(`${total.language}: ${shown(isWrong)} are wrong, at most ${wrong} % may be.`);
    }
  }
  for (const t of tallies) {
    const least = thresholds.categories[t.category]?.right ?? 0;
    const isRight = percent(t.right, t.questions);
    if (isRight < least) {
      missed.push(
        `${t.category}, ${t.language}: ${shown(isRight)} are right, at least ${least} % must be.`,
      );
    }
  }
  if (medianMs > thresholds.medianMs) {
    missed.push(
      `The median answer took ${medianMs.toFixed(0)} ms, at most ${thresholds.medianMs} may pass.`,
    );
  }
  return missed;
}

const header = [
  'category',
  'language',
  'questions',
  'right',
  '',
  'wrong',
  'clarified',
  'declined',
  'failed',
];

/** The lines of the table, totals last. */
export function reportRows({ tallies, totals }: Report): readonly (readonly string[])[] {
  return [...tallies, ...totals].map((t) => [
    t.category,
    t.language,
    String(t.questions),
    String(t.right),
    shown(percent(t.right, t.questions)),
    String(t.wrong),
    String(t.clarified),
    String(t.declined),
    String(t.failed),
  ]);
}

/** The report for a terminal. */
export function reportText(report: Report): string {
  const rows = [header, ...reportRows(report)];
  const widths = header.map((_, c) => Math.max(...rows.map((row) => (row[c] ?? '').length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, c) => (c < 2 ? cell.padEnd(widths[c] ?? 0) : cell.padStart(widths[c] ?? 0)))
      .join('  ')
      .trimEnd();
  return [...rows.map(line), '', remarks(report)].join('\n');
}

/** The report as Markdown, for the documentation. Times are left out: they are of one machine. */
export function reportMarkdown(report: Report): string {
  const cells = (row: readonly string[]) => `| ${row.join(' | ')} |`;
  return [
    cells(header.map((name) => (name === '' ? '%' : name))),
    cells(header.map((_, c) => (c < 2 ? '---' : '---:'))),
    ...reportRows(report).map(cells),
    '',
    agreement(report),
  ].join('\n');
}

const agreement = ({ intents, disagreeing }: Report) =>
  `${intents - disagreeing} of ${intents} intents were understood alike in all their wordings.`;

const remarks = (report: Report) =>
  `${agreement(report)} The median answer took ${report.medianMs.toFixed(1)} ms.`;
