import type { Answered } from '../../../assistant/answer/answer.ts';
import type { Cell } from '../../../assistant/engine/engine.ts';

/** An answer for tests, with these parts in place of its own. */
export function answered(parts: Partial<Answered> = {}): Answered {
  const columns = parts.columns ?? [
    { name: 'key_id', type: 'varchar' },
    { name: 'alias', type: 'varchar' },
    { name: 'days_unused', type: 'integer' },
  ];
  const rows =
    parts.rows ??
    ([
      ['k1', 'alias/a', 3],
      ['k2', null, 120],
    ] as Cell[][]);
  const id = '0b6c3f2e-5a0d-4f0e-9d3a-1f2e3d4c5b6a';
  return {
    id,
    question: 'which keys are unused?',
    translator: 'offline',
    status: 'answered',
    interpretation: 'All keys, as of 23 November 2026',
    sql: 'SELECT key_id FROM kms_insights.kms_keys',
    rowCount: rows.length,
    totalRows: rows.length,
    truncated: false,
    summary: '2 keys match.',
    narrative: null,
    notes: [],
    chart: null,
    followUps: ['How many is that?'],
    evidence: {
      id,
      question: 'which keys are unused?',
      askedBy: 'slack:T1:U1',
      interpretation: 'All keys',
      sql: 'SELECT 1',
      tables: ['kms_keys'],
      asOf: '2026-11-23T00:00:00.000Z',
      snapshotId: '20261123T000000Z-0123abcd',
      origin: 'simulated',
      engine: 'duckdb',
      queryId: 'query-1',
      rowCount: rows.length,
      resultHash: 'ab',
      translator: 'offline',
      model: null,
      narrative: null,
      answeredAt: '2026-11-24T12:00:00.000Z',
      elapsedMs: 5,
      scannedBytes: null,
      costUsd: null,
      queuedMs: null,
      executionMs: null,
      reusedResult: false,
      coverage: { ok: 9, partial: 0, failed: 1, skipped: 0 },
      coverageText: '9 of 10 account-Regions were read completely.',
    },
    ...parts,
    columns,
    rows,
  };
}
