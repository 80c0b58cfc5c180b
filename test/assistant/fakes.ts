import type { AskDependencies } from '../../assistant/ask.ts';
import type { AuditEntry } from '../../assistant/audit/audit.ts';
import type { Engine, QueryResult } from '../../assistant/engine/engine.ts';
import { NO_EXPENSE } from '../../assistant/engine/expense.ts';
import type { Translation } from '../../assistant/translate/translator.ts';
import type { Manifest } from '../../collector/schema/snapshot.ts';

/** Stand-ins for the parts around the ask pipeline; the guard is always the real one. */

export const manifest: Manifest = {
  format: 1,
  snapshotId: '20261123T000000Z-0123abcd',
  asOf: '2026-11-23T00:00:00.000Z',
  createdAt: '2026-11-23T00:00:10.000Z',
  origin: 'simulated',
  organizationId: 'o-example0001',
  seed: 1,
  tables: {},
  coverage: { ok: 9, partial: 0, failed: 1, skipped: 0 },
};

export const oneColumn = (rows: QueryResult['rows']): QueryResult => ({
  columns: [{ name: 'key_id', type: 'varchar' }],
  rows,
  queryId: 'query-1',
  elapsedMs: 1,
  truncated: false,
  expense: NO_EXPENSE,
});

export const keyList = (sql: string): Translation => ({
  kind: 'query',
  interpretation: 'All keys, as of 23 November 2026',
  sql,
  presentation: { shape: 'list', noun: { one: 'key', many: 'keys' } },
  state: { plan: 1 },
  followUps: ['How many is that?'],
  notes: ['A note.'],
});

export function fakeDependencies(parts: {
  readonly translate: (question: string) => Translation | Promise<Translation>;
  readonly run?: Engine['run'];
}): { readonly dependencies: AskDependencies; readonly audited: AuditEntry[] } {
  const audited: AuditEntry[] = [];
  return {
    audited,
    dependencies: {
      engine: {
        name: 'duckdb',
        snapshot: manifest,
        run: parts.run ?? (async () => oneColumn([['k1'], ['k2']])),
        close: async () => {},
      },
      translator: {
        name: 'offline',
        translate: async (request) => parts.translate(request.question),
      },
      coverage: {
        coverage: manifest.coverage,
        text: {
          en: '9 of 10 account-Regions were read completely.',
          ja: '10のアカウント・リージョンのうち9を完全に読み取りました。',
        },
      },
      audit: async (entry) => {
        audited.push(entry);
      },
      accountScope: null,
      clock: () => new Date('2026-11-24T12:00:00Z'),
    },
  };
}

/** Records of what is kept besides answers, of which there are none. */
export const noRecords = {
  feedback: { give: async () => {}, of: async () => new Map() },
  auditLog: { read: async () => ({ entries: [], next: null }) },
};
