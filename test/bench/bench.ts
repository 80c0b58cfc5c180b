/**
 * Speed as ratios and growth: how the cost of collecting grows with the organization, what a question
 * costs next to the bare query, and what the guard costs per query and per length of query.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ask } from '../../assistant/ask.ts';
import { guard } from '../../assistant/guard/guard.ts';
import { openLocalAssistant } from '../../assistant/local.ts';
import { starterQuestions } from '../../assistant/server/starter-questions.ts';
import { collect } from '../../collector/pipeline.ts';
import { analyzeKey } from '../../collector/policy/analyze.ts';
import { createExampleCorp } from '../../collector/simulate/example-corp.ts';
import { policyTemplates } from '../../collector/simulate/policies/library.ts';
import { randomOf } from '../../collector/simulate/random.ts';
import { folderStore } from '../../collector/snapshot/folder-store.ts';
import { benchQuotas } from './quotas.ts';

const asOf = new Date('2026-11-23T00:00:00Z');
const scratch = mkdtempSync(join(tmpdir(), 'kms-insights-bench-'));

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const ms = (value: number) => `${value.toFixed(1)} ms`;

async function collectOf(accounts: number): Promise<{ seconds: number; keys: number }> {
  const corp = createExampleCorp({ seed: 1, asOf, accounts });
  const began = performance.now();
  const { manifest } = await collect({
    aws: corp.api,
    store: folderStore(join(scratch, `accounts-${accounts}`)),
    clock: corp.now,
    origin: 'simulated',
    seed: 1,
    analyze: analyzeKey,
  });
  const seconds = (performance.now() - began) / 1000;
  return { seconds, keys: manifest.tables.kms_keys?.rows ?? 0 };
}

async function benchCollect(): Promise<void> {
  console.log('Collect: simulate, read, analyse, publish');
  const sizes = [160, 320, 640];
  let previous: { seconds: number; keys: number } | null = null;
  for (const accounts of sizes) {
    const { seconds, keys } = await collectOf(accounts);
    const growth = previous
      ? `; ${(keys / previous.keys).toFixed(2)} times the keys in ${(seconds / previous.seconds).toFixed(2)} times the time`
      : '';
    console.log(
      `  ${accounts} accounts, ${keys} keys: ${seconds.toFixed(1)} s, ${Math.round(keys / seconds)} keys/s${growth}`,
    );
    previous = { seconds, keys };
  }
}

/** Each size in a process of its own; `collect-many.ts` has no latency and no quotas. */
function benchManyKeys(): void {
  console.log('Many keys in one account and Region, without latency and quotas:');
  let least: { readonly keys: number; readonly perKey: number } | undefined;
  for (const keys of [1_000, 10_000, 100_000]) {
    const script = fileURLToPath(new URL('./collect-many.js', import.meta.url));
    const folder = join(scratch, `keys-${keys}`);
    const out = execFileSync(
      process.execPath,
      ['--max-old-space-size=256', script, folder, String(keys), '1'],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const { seconds, peakMb } = JSON.parse(out);
    const perKey = seconds / keys;
    least ??= { keys, perKey };
    console.log(
      `  ${keys} keys: ${(perKey / least.perKey).toFixed(2)} times the time a key takes among ${least.keys}; peak memory ${Math.round(peakMb)} MB (aim: 512 MB)`,
    );
  }
}

/** Runs in a process of its own, so that its peak memory is its own. */
function benchDemo(): void {
  const data = join(scratch, 'demo');
  const script = `const { main } = await import(${JSON.stringify(new URL('./main.js', import.meta.url).href)});
    const began = Date.now();
    const exit = await main(['demo', '--no-serve', '--data', ${JSON.stringify(data)}]);
    console.log(JSON.stringify({ exit, seconds: (Date.now() - began) / 1000, peakMb: process.resourceUsage().maxRSS / 1024 }));`;
  const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const { exit, seconds, peakMb } = JSON.parse(out.trim().split('\n').at(-1) ?? '{}');
  if (exit !== 0) throw new Error('the demo failed');
  console.log(
    `Demo: ${seconds.toFixed(1)} s, peak memory ${Math.round(peakMb)} MB (aim: 20 s, 1,024 MB)`,
  );
}

async function benchAsk(): Promise<void> {
  const began = performance.now();
  const assistant = await openLocalAssistant(join(scratch, 'demo'));
  const opened = performance.now() - began;
  const dependencies = await assistant.dependencies();
  const request = { conversation: [], timeZone: 'UTC', user: 'bench', face: 'cli' as const };
  const whole: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < 10; round += 1) {
    for (const question of starterQuestions) {
      const start = performance.now();
      const { answer } = await ask({ ...request, question }, dependencies);
      whole.push(performance.now() - start);
      if (answer.status !== 'answered') throw new Error(`not answered: ${question}`);
      const checked = guard(answer.sql, { asOf, accountScope: null });
      if (!checked.ok) throw new Error(checked.error.message);
      const query = performance.now();
      await dependencies.engine.run(checked.query);
      bare.push(performance.now() - query);
    }
  }
  await assistant.close();
  console.log(
    `Ask: opened in ${ms(opened)}; median ${ms(median(whole))} a question (aim: 300 ms), ${(median(whole) / median(bare)).toFixed(2)} times the bare query`,
  );
}

function benchGuard(): void {
  const workshop = `SELECT kms_keys.keyid, kms_keys.alias, last_used.eventtime
    FROM kms_insights_database.kms_keys_table kms_keys
    LEFT JOIN kms_insights_database.kms_key_last_used_table last_used ON (kms_keys.keyid = last_used.keyid)
    WHERE last_used.eventtime < date_add('day', -90, current_date)`;
  const chain = (terms: number) =>
    `SELECT key_id FROM kms_keys WHERE ${Array.from({ length: terms }, (_, i) => `days_unused <> ${i}`).join(' AND ')}`;
  const time = (sql: string) =>
    median(
      Array.from({ length: 101 }, () => {
        const start = performance.now();
        guard(sql, { asOf, accountScope: null });
        return performance.now() - start;
      }),
    );
  const short = time(workshop);
  console.log(
    `Guard: median ${ms(short)} for a query of the workshop (aim: 5 ms), ${ms(time('DROP TABLE kms_keys'))} for a refusal`,
  );
  const ten = time(chain(10));
  console.log(
    `  10, 20, 40 conditions: 1, ${(time(chain(20)) / ten).toFixed(2)}, ${(time(chain(40)) / ten).toFixed(2)} times the time`,
  );
}

/** Judging policies: the simulator's templates, one core; and how the time grows with statements. */
function benchAnalyze(): void {
  const own = '111122223333';
  const organization = { id: 'o-exampleorg', accountIds: new Set([own, '444455556666']) };
  const judge = (policy: unknown) =>
    analyzeKey(
      { accountId: own, region: 'us-east-1', keyArn: '', policy, grants: [], key: null, asOf },
      organization,
    );
  const ordinary = Object.entries(policyTemplates)
    .filter(([name]) => name !== 'many-statements')
    .map(([name, template]) =>
      template.document({
        accountId: own,
        region: 'us-east-1',
        keyId: '1234abcd-12ab-34cd-56ef-1234567890ab',
        organizationId: 'o-exampleorg',
        rootId: 'r-abcd',
        system: 'payments',
        service: 's3',
        random: randomOf(name),
        sibling: () => '444455556666',
      }),
    );
  const rounds = Array.from({ length: 101 }, () => {
    const start = performance.now();
    for (const policy of ordinary) judge(policy);
    return performance.now() - start;
  });
  const perSecond = Math.round((ordinary.length / median(rounds)) * 1000);
  const of = (statements: number) => {
    const Statement = Array.from({ length: statements }, (_, i) => ({
      Effect: i % 10 === 9 ? 'Deny' : 'Allow',
      Principal: { AWS: `arn:aws:iam::${own}:role/r${i}` },
      Action: ['kms:Decrypt', 'kms:Sign'],
      Resource: '*',
    }));
    return median(
      Array.from({ length: 201 }, () => {
        const start = performance.now();
        judge({ Version: '2012-10-17', Statement });
        return performance.now() - start;
      }),
    );
  };
  of(50);
  const fifty = of(50);
  console.log(
    `Analyze: ${perSecond} policies/s (aim: 20,000); 50, 100, 200 statements: 1, ${(of(100) / fifty).toFixed(2)}, ${(of(200) / fifty).toFixed(2)} times the time`,
  );
}

try {
  benchAnalyze();
  benchDemo();
  await benchAsk();
  benchGuard();
  await benchCollect();
  await benchQuotas(scratch);
  benchManyKeys();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
