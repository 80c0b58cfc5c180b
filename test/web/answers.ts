import type { AskEvents, Evidence } from '../../assistant/server/api.ts';

/** An answer as the API sends it, for the tests of the page. */
export const evidence: Evidence = {
  id: 'a1',
  question: 'How many keys per Region?',
  askedBy: 'local',
  interpretation: 'Count of keys by Region',
  sql: 'SELECT region, count(*) AS keys FROM kms_keys GROUP BY region',
  tables: ['kms_keys'],
  asOf: '2026-11-20T06:00:00.000Z',
  snapshotId: 's1',
  origin: 'simulated',
  engine: 'duckdb',
  queryId: 'q1',
  rowCount: 2,
  resultHash: 'ab12',
  translator: 'offline',
  model: null,
  narrative: null,
  answeredAt: '2026-11-20T07:00:00.000Z',
  elapsedMs: 12,
  scannedBytes: null,
  costUsd: null,
  queuedMs: null,
  executionMs: null,
  reusedResult: false,
  coverage: { ok: 3, partial: 0, failed: 0, skipped: 0 },
  coverageText: 'All 3 account-Regions were read.',
};

export const rows: AskEvents['rows'] = {
  columns: [
    { name: 'region', type: 'varchar' },
    { name: 'keys', type: 'bigint' },
  ],
  rows: [
    ['us-east-1', 3],
    ['eu-west-1', 2],
  ],
  rowCount: 2,
  totalRows: 2,
  truncated: false,
};

export const answered: Omit<AskEvents, 'clarify' | 'declined' | 'error'> = {
  interpretation: { text: evidence.interpretation },
  sql: { sql: evidence.sql, translator: 'offline' },
  rows,
  summary: { text: 'us-east-1 has the most keys: 3.', notes: ['Per account'] },
  chart: { kind: 'bar', x: 'region', y: 'keys', unit: null },
  narrative: { text: 'us-east-1 holds 60 % of 5 keys.' },
  evidence,
  done: { id: 'a1', status: 'answered', followUps: ['And per account?'], conversationId: 'c1' },
};
