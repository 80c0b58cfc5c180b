import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AskDependencies, ask } from '../../assistant/ask.ts';
import { guard } from '../../assistant/guard/guard.ts';
import { openLocalAssistant } from '../../assistant/local.ts';
import { collect } from '../../collector/pipeline.ts';
import { analyzeKey } from '../../collector/policy/analyze.ts';
import { createExampleCorp } from '../../collector/simulate/example-corp.ts';
import { folderStore } from '../../collector/snapshot/folder-store.ts';

let data: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'kms-insights-local-'));
});
afterEach(() => rm(data, { recursive: true, force: true }));

async function publish(day: string): Promise<string> {
  const corp = createExampleCorp({ seed: 5, asOf: new Date(`${day}T00:00:00Z`), accounts: 12 });
  const { manifest } = await collect({
    aws: corp.api,
    store: folderStore(data),
    clock: corp.now,
    origin: 'simulated',
    seed: 5,
    analyze: analyzeKey,
  });
  return manifest.snapshotId;
}

describe('an assistant over a data folder', () => {
  it('answers from the newest snapshot without a restart, and keeps the older ones as history', async () => {
    await publish('2026-11-22');
    const assistant = await openLocalAssistant(data);
    const before = await assistant.dependencies();
    const newest = await publish('2026-11-23');
    const [one, two] = await Promise.all([assistant.dependencies(), assistant.dependencies()]);
    expect(one.engine.snapshot.snapshotId).toBe(newest);
    expect(two).toBe(one);
    expect(before.engine.snapshot.snapshotId).not.toBe(newest);

    const checked = guard(
      'SELECT snapshot_date, count(*) AS n FROM kms_keys_history GROUP BY snapshot_date ORDER BY snapshot_date',
      { asOf: new Date(one.engine.snapshot.asOf), accountScope: null },
    );
    if (!checked.ok) throw new Error(checked.error.message);
    const { rows } = await one.engine.run(checked.query);
    expect(rows.map((row) => row[0])).toEqual(['2026-11-22', '2026-11-23']);
    await assistant.close();
  }, 60_000);

  it('answers a caller with a scope from the accounts in it, and prepares each scope once', async () => {
    await publish('2026-11-23');
    const assistant = await openLocalAssistant(data);
    const all = await assistant.dependencies();
    const asked = (dependencies: AskDependencies) =>
      ask(
        {
          question: 'How many keys are there per account?',
          conversation: [],
          timeZone: 'UTC',
          user: 'someone',
          face: 'slack',
        },
        { ...dependencies, audit: async () => {} },
      );
    const accountsOf = async (dependencies: AskDependencies) => {
      const { answer } = await asked(dependencies);
      if (answer.status !== 'answered') throw new Error(answer.status);
      const id = answer.columns.findIndex((c) => c.name === 'account_id');
      return answer.rows.map((row) => String(row[id])).sort();
    };
    const everyone = await accountsOf(all);
    expect(everyone.length).toBeGreaterThan(2);
    const two = everyone.slice(0, 2);
    const scoped = await assistant.dependencies(two);
    expect(scoped.accountScope).toEqual(two);
    expect(await accountsOf(scoped)).toEqual(two);
    expect(scoped.coverage.text.en).not.toBe(all.coverage.text.en);
    expect(await assistant.dependencies([...two].reverse())).toBe(scoped);
    await assistant.close();
  }, 60_000);
});
