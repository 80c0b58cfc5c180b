import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../assistant/answer/answer.ts';
import type { Judged } from '../../../assistant/eval/evaluate.ts';
import { reportOf, reportText } from '../../../assistant/eval/report.ts';
import { type Expected, type Outcome, outcomeOf } from '../../../assistant/eval/score.ts';
import type { Thresholds } from '../../../assistant/eval/suite.ts';

const asked = { id: '1', question: 'q', translator: 'offline' } as const;
const answered = (...rows: string[][]): Answer =>
  ({
    ...asked,
    status: 'answered',
    columns: [{ name: 'key_id', type: 'varchar' }],
    rows,
    rowCount: rows.length,
    totalRows: rows.length,
    truncated: false,
    summary: '1 key matches.',
    notes: [],
  }) as unknown as Answer;
const clarify: Answer = {
  ...asked,
  status: 'clarify',
  message: 'Which?',
  choices: ['keys in Payments-Prod'],
  unknownWords: [],
};
const declined: Answer = {
  ...asked,
  status: 'declined',
  message: 'No.',
  nearest: [],
  unknownWords: [],
};
const failed: Answer = {
  ...asked,
  status: 'error',
  error: { code: 'X', message: 'No.', hint: '' },
};

const rows = (orClarify = false): Expected => ({
  kind: 'rows',
  rows: { columns: [{ name: 'key_id', type: 'varchar' }], rows: [['k1']] },
  ordered: false,
  orClarify,
});

describe('what came of a question', () => {
  it.each<[expected: Expected, answer: Answer, outcome: Outcome]>([
    [rows(), answered(['k1']), 'right'],
    [rows(), answered(['k2']), 'wrong'],
    [rows(), clarify, 'clarified'],
    [rows(true), clarify, 'right'],
    [rows(true), answered(['k2']), 'wrong'],
    [rows(), declined, 'declined'],
    [rows(), failed, 'failed'],
    [{ kind: 'clarify', candidates: ['payments-prod'] }, clarify, 'right'],
    [{ kind: 'clarify', candidates: ['orders'] }, clarify, 'clarified'],
    [{ kind: 'clarify', candidates: ['payments-prod'] }, answered(['k1']), 'wrong'],
    [{ kind: 'declined' }, declined, 'right'],
    [{ kind: 'declined' }, clarify, 'clarified'],
    [{ kind: 'declined' }, answered(['k1']), 'wrong'],
    [{ kind: 'unanswered' }, clarify, 'right'],
    [{ kind: 'unanswered' }, declined, 'right'],
    [{ kind: 'unanswered' }, answered(), 'wrong'],
    [{ kind: 'says', texts: ['1 key'] }, answered(['k1']), 'right'],
    [{ kind: 'says', texts: ['no'] }, declined, 'right'],
    [{ kind: 'says', texts: ['no'] }, failed, 'failed'],
  ])('%j', (expected, answer, outcome) => {
    expect(outcomeOf(answer, expected)).toBe(outcome);
  });
});

describe('the report', () => {
  const judged = (category: string, intent: string, outcome: Outcome): Judged => ({
    category,
    intent,
    language: 'en',
    questions: ['q'],
    expected: 'rows',
    outcome,
    said: '',
    sql: null,
    elapsedMs: 4,
    models: [],
    narrative: null,
  });
  const all = [
    judged('usage', 'a', 'right'),
    judged('usage', 'a', 'declined'),
    judged('usage', 'b', 'right'),
    judged('outside', 'c', 'wrong'),
  ];
  const thresholds = (right: number, wrong: number): Thresholds => ({
    languages: { en: { right, wrong }, ja: { right: 0, wrong: 0 } },
    categories: {},
    medianMs: 10,
  });
  const lenient = thresholds(50, 25);

  it('counts by category, and the intents whose wordings disagree', () => {
    const report = reportOf(all, lenient);
    expect(report.totals).toMatchObject([{ questions: 4, right: 2, wrong: 1, declined: 1 }]);
    expect(report).toMatchObject({ intents: 3, disagreeing: 1, medianMs: 4, missed: [] });
    expect(reportText(report)).toContain('50.0 %');
  });

  it.each([
    ['right', thresholds(51, 25)],
    ['wrong', thresholds(50, 24)],
    ['outside', { ...lenient, categories: { outside: { right: 100 } } }],
    ['ms', { ...lenient, medianMs: 3 }],
  ])('says which threshold is missed: %s', (word, strict) => {
    expect(reportOf(all, strict).missed.join()).toContain(word);
  });
});
